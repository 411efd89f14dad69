// What can be wrong with words and settings.

extension Explanation {
  static let words: [Explanation] = [
    Explanation(
      "E0301",
      """
      The word is none of the language and none that a 'let' defines. The known ones are \
      listed in grammar.md, and small and capital letters are distinguished.
      """,
      faulty: "net fc 784 128 -> reul -> fc 10 -> softmax_ce",
      mended: "net fc 784 128 -> relu -> fc 10 -> softmax_ce"),
    Explanation(
      "E0302",
      """
      A layer, loss, solver, schedule, initialiser or data source is named by a word. A \
      number or text stands in its place.
      """,
      faulty: "net 784 -> fc 10 -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0303",
      """
      Each word has its own settings, and a setting stands in the statement that it belongs \
      to. What would have no effect is not accepted.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver adam momentum 0.9
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1 momentum 0.9
        """),
    Explanation(
      "E0304",
      "A setting has one value. Several values that are to be tried are alternatives.",
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1 lr 0.01
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr {0.1 | 0.01}
        """),
    Explanation(
      "E0305",
      "A setting's name is followed by its value.",
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1
        """),
    Explanation(
      "E0306",
      """
      A setting takes values of one kind: a number, a word of its own, a text. The message \
      says which.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        train epochs ten
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        train epochs 10
        """),
    Explanation(
      "E0307",
      "The value is of the right kind, but outside of the range in which it means something.",
      faulty: "net fc 784 10 -> dropout 50 -> softmax_ce",
      mended: "net fc 784 20 -> dropout 0.5 -> fc 10 -> softmax_ce"),
    Explanation(
      "E0309",
      "The word needs a setting that has no default.",
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1
        """),
    Explanation(
      "E0310",
      """
      A value without a name stands only where the word takes one, which grammar.md shows in \
      brackets. Elsewhere its setting's name stands before it.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd 0.1
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1
        """),
    Explanation(
      "E0311",
      """
      Each setting is right by itself, but together they contradict each other, or one takes \
      the other's effect away.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1 nesterov yes
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1 momentum 0.9 nesterov yes
        """),
  ]
}
