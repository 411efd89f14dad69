// What can go wrong in a run; no text alone causes it.

extension Explanation {
  static let runs: [Explanation] = [
    Explanation(
      "E0401",
      """
      A file of the data, or the server that has it, can't be found. For MNIST a source \
      behind 'else' can stand in: 'data mnist else digits'.
      """),
    Explanation(
      "E0402",
      """
      A data file is not what it should be: cut off, of another format, or with labels \
      outside of the classes. File, line and column are named where there are any.
      """),
    Explanation(
      "E0403",
      "Reading a data file failed, for instance for lack of permission."),
    Explanation(
      "E0404",
      """
      The data are there, but what the spec asks of them can't be: more samples than there \
      are, a column that isn't there.
      """),
    Explanation(
      "E0405",
      "Each sample has another number of values than the first layer takes."),
    Explanation(
      "E0406",
      "The labels name more classes than the network has outputs."),
    Explanation(
      "E0407",
      """
      Parameters, gradients, the solver's state and a batch's numbers need more memory than \
      the machine has. A smaller batch or narrower layers need less.
      """),
    Explanation(
      "E0408",
      "A number is expected of a set that the data turned out not to have."),
    Explanation(
      "E0409",
      """
      The loss is no longer a finite number. Mostly the learning rate is too large, or the \
      input is not scaled. The step that would have spoilt the weights was not applied.
      """),
    Explanation(
      "E0501",
      """
      A run goes on only as the same experiment, and the spec says another one than the \
      checkpoint does. Undo the change, or run without '--resume' from the beginning.
      """),
    Explanation(
      "E0502",
      """
      The samples are not those that the checkpoint was trained on. Bring these back, or run \
      without '--resume' from the beginning.
      """),
    Explanation(
      "E0503",
      """
      The run's folder has no checkpoint, or none that is whole and of this format. Run \
      without '--resume' from the beginning.
      """),
  ]
}
