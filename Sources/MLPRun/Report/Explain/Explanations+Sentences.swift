// What can be wrong with how words are put together.

extension Explanation {
  static let sentences: [Explanation] = [
    Explanation(
      "E0201",
      """
      An arrow leads to a layer or a loss. A line that ends with '->' goes on with the next \
      one, unless that begins with a keyword.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce ->
        train epochs 3
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        train epochs 3
        """),
    Explanation(
      "E0202",
      """
      An arrow comes from a layer. The input needs no word: the first fc says how large it \
      is, or the data do.
      """,
      faulty: "net -> fc 784 10 -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0203",
      "Between two arrows stands a layer.",
      faulty: "net fc 784 10 -> -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0204",
      """
      Each '(' needs its ')' in the same statement. A statement ends with its line, unless \
      the next line is indented or begins with '->'.
      """,
      faulty: "net (fc 784 10 -> relu -> fc 10 -> softmax_ce",
      mended: "net (fc 784 10 -> relu) -> fc 10 -> softmax_ce"),
    Explanation(
      "E0205",
      """
      Each '{' needs its '}' in the same statement. A statement ends with its line, unless \
      the next line is indented or begins with '->'.
      """,
      faulty: "net fc 784 10 -> {relu | tanh -> fc 10 -> softmax_ce",
      mended: "net fc 784 10 -> {relu | tanh} -> fc 10 -> softmax_ce"),
    Explanation(
      "E0206",
      "A ')' or '}' closes what was opened before it in the same statement.",
      faulty: "net fc 784 10) -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0207",
      "'|' parts alternatives, which stand in braces. Layers are joined by '->'.",
      faulty: "net fc 784 10 -> relu | tanh -> fc 10 -> softmax_ce",
      mended: "net fc 784 10 -> {relu | tanh} -> fc 10 -> softmax_ce"),
    Explanation(
      "E0208",
      "'*' repeats the group before it. Nothing else can be multiplied.",
      faulty: "net fc 784 10 -> 2 * (relu -> fc 10) -> softmax_ce",
      mended: "net fc 784 10 -> (relu -> fc 10) * 2 -> softmax_ce"),
    Explanation(
      "E0209",
      "'=' stands in 'let name = …' alone, behind the name.",
      faulty: "= fc 784 10 -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0210",
      "A group holds a chain of at least one layer.",
      faulty: "net fc 784 10 -> () -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0211",
      """
      Each alternative says something. A part that is to be there or not is best written as \
      two chains: '{relu | relu -> dropout 0.5}'.
      """,
      faulty: "net fc 784 10 -> {relu | } -> fc 10 -> softmax_ce",
      mended: "net fc 784 10 -> {relu | tanh} -> fc 10 -> softmax_ce"),
    Explanation(
      "E0212",
      """
      Braces hold alternatives, at least two, parted by '|'. A single choice is written \
      without braces, and so are settings.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr {0.1, 0.01}
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr {0.1 | 0.01}
        """),
    Explanation(
      "E0213",
      "A definition names something: 'let width = 128'.",
      faulty: """
        let = 128
        net fc 784 128 -> fc 10 -> softmax_ce
        """,
      mended: """
        let width = 128
        net fc 784 width -> fc 10 -> softmax_ce
        """),
    Explanation(
      "E0214",
      "The words that begin a statement can't be names.",
      faulty: """
        let net = 128
        fc 784 10 -> softmax_ce
        """,
      mended: """
        let width = 10
        fc 784 width -> softmax_ce
        """),
    Explanation(
      "E0215",
      "A name is a word: it begins with a letter.",
      faulty: """
        let 3 = 10
        fc 784 10 -> softmax_ce
        """,
      mended: """
        let three = 10
        fc 784 three -> softmax_ce
        """),
    Explanation(
      "E0216",
      "Between a name and what it stands for there is one '='.",
      faulty: """
        let width 10
        fc 784 width -> softmax_ce
        """,
      mended: """
        let width = 10
        fc 784 width -> softmax_ce
        """),
    Explanation(
      "E0217",
      "Behind the '=' of a definition stands a value, a word with settings, or a chain.",
      faulty: """
        let width =
        fc 784 width -> softmax_ce
        """,
      mended: """
        let width = 10
        fc 784 width -> softmax_ce
        """),
    Explanation(
      "E0218",
      "A definition begins with 'let'. A setting stands in its statement's line, without '='.",
      faulty: """
        width = 10
        fc 784 width -> softmax_ce
        """,
      mended: """
        let width = 10
        fc 784 width -> softmax_ce
        """),
    Explanation(
      "E0219",
      "Behind '*' stands how often the group is repeated: a whole number, or a name for one.",
      faulty: """
        net (fc 784 -> relu) * -> fc 10 -> softmax_ce
        data mnist
        """,
      mended: """
        net (fc 784 -> relu) * 2 -> fc 10 -> softmax_ce
        data mnist
        """),
    Explanation(
      "E0220",
      "A group is repeated a whole number of times.",
      faulty: """
        net (fc 784 -> relu) * 1.5 -> fc 10 -> softmax_ce
        data mnist
        """,
      mended: """
        net (fc 784 -> relu) * 2 -> fc 10 -> softmax_ce
        data mnist
        """),
    Explanation(
      "E0221",
      "Only blanks stand between items. A number has a point, not a comma.",
      faulty: "net fc 784, 10 -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0222",
      "A setting is its name and its value with a blank between.",
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr=0.1 momentum=0.9
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1 momentum 0.9
        """),
    Explanation(
      "E0223",
      """
      Groups and alternatives may be written 64 deep in each other. Parts that are named by \
      'let' make a spec easier to read long before.
      """),
    Explanation(
      "E0224",
      "A word is no function: its settings stand behind it, with blanks between.",
      faulty: "net fc(784, 128) -> relu -> fc(10) -> softmax_ce",
      mended: "net fc 784 128 -> relu -> fc 10 -> softmax_ce"),
  ]
}
