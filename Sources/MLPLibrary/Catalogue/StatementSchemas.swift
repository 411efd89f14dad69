/// What may stand in each statement but `net` and `let`, whose bodies are chains.
///
/// `init`, `data` and `solver` begin with a word of the catalogue, which brings its own settings.
package enum StatementSchemas {
  package static let `init` = Schema(
    "init", "How weights and biases begin.",
    settings: [
      Setting(
        "initialiser", .entry(.initialiser, or: []), .value(.entry(Glorot.self, Values())),
        "how weights begin"),
      Setting(
        "biases", .entry(.initialiser, or: ["same"]), .value(.entry(Zeros.self, Values())),
        "how biases begin: `zeros`, `same` as the weights, or an initialiser of their own"),
    ],
    positional: ["initialiser"],
    examples: ["init glorot gain 1.4142 biases same", "init he biases normal 0.01"])

  package static let data = Schema(
    "data", "Where samples and labels come from, and how they are prepared.",
    settings: [Setting("source", .entry(.data, or: []), .required, "where samples come from")],
    positional: ["source"],
    examples: ["data mnist else digits validation last 5000", "data toy spirals count 2000"])

  package static let solver = Schema(
    "solver", "How gradients change the parameters.",
    settings: [Setting("method", .entry(.solver, or: []), .required, "the method")],
    positional: ["method"],
    examples: ["solver sgd lr 0.001 decay 0.1"])

  package static let train = Schema(
    "train", "How long and in what order the samples are gone through.",
    settings: [
      Setting(
        "batch", .integer(1...1_000_000), .value(.integer(100)),
        "samples a step; the last step of an epoch takes what is left"),
      Setting(
        "epochs", .integer(1...1_000_000), .value(.integer(10)),
        "how often the training set is gone through"),
      Setting(
        "seed", .integer(0...9_007_199_254_740_991), .value(.integer(1)),
        "what all randomness is drawn from"),
      Setting(
        "shuffle", .flag, .value(.flag(true)), "whether each epoch has its own random order"),
      Setting(
        "repeat", .integer(1...1000), .value(.integer(1)),
        "how many runs, with seed, seed + 1, …; their mean and standard deviation is shown"),
      Setting(
        "checkpoint",
        .phrase([
          Phrase("yes"), Phrase("no"),
          Phrase(
            "every 500 steps", .word("every"), .integer(1...1_000_000_000),
            .choice(["steps", "epochs"])),
        ]), .value(.phrase(["yes"])),
        "when the run writes down how far it has come: `yes` at epochs' ends, as often as it costs"
          + " less than 2 % of the time, `every` so many steps or epochs, or `no`"),
      Setting(
        "clip", .number(.positive), .absent,
        "the greatest norm of the gradient of all parameters together: a longer one is shortened to"
          + " it; not limited by default"),
      Setting(
        "stop",
        .phrase([
          Phrase(
            "when validation loss 5 epochs without gain", .word("when"),
            .choice(["train", "validation"]), .choice(["loss", "accuracy"]),
            .integer(1...1_000_000), .word("epochs"), .word("without"), .word("gain"))
        ]), .absent,
        "ends the training before its last epoch where so many epochs in a row bring nothing better"
          + " than the best before them; all epochs are done by default"),
      Setting(
        "keep", .choice(["last", "best"]), .value(.word("last")),
        "which epoch's parameters the run ends with: the `last`, or the `best` by what `stop` names,"
          + " else by validation loss"),
    ],
    examples: [
      "train batch 100 epochs 10 seed 1", "train epochs 3 shuffle no",
      "train epochs 50 checkpoint every 500 steps clip 1.0",
      "train epochs 50 stop when train loss 5 epochs without gain keep best",
    ])

  package static let expect = Schema(
    "expect", "What the run must come to; a miss makes the exit code 1.",
    settings: [
      Setting(
        "set", .choice(["train", "validation", "test"]), .required, "the samples it is measured on"),
      Setting("measure", .choice(["loss", "accuracy"]), .required, "what is measured"),
      Setting("value", .number(.nonNegative), .absent, "the number expected, with 'within'"),
      Setting("within", .number(.nonNegative), .absent, "how far off 'value' it may be"),
      Setting(
        "at", .bound(.nonNegative), .absent, "instead of 'value': the least or the most it may be"),
      Setting(
        "reported", .number(.nonNegative), .absent,
        "the number that a report prints, to be shown beside what is expected and reached"),
      Setting("diverges", .mark, .absent, "alone: the training must diverge"),
      Setting(
        "when", .condition, .absent,
        "the combination that it is expected of, by the branches that it takes of alternatives; of"
          + " every combination by default"),
    ],
    positional: ["set", "measure", "value"], standalone: "diverges",
    examples: [
      "expect test accuracy 0.86 within 0.02",
      "expect train loss 0.85 within 0.04 reported 0.8055",
      "expect test accuracy at least 0.985",
      "solver sgd lr {0.01 | 10}\nexpect test loss at most 0.5 when lr 0.01\n"
        + "expect diverges when lr 10",
    ])
}
