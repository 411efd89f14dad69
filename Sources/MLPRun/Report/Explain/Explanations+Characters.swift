// What can be wrong with characters, words and numbers.

extension Explanation {
  static let characters: [Explanation] = [
    Explanation(
      "E0101",
      """
      A spec is a page of text. A file of more than 8 388 608 bytes is refused before it is \
      read: it is likely no spec.
      """),
    Explanation(
      "E0102",
      """
      A spec is UTF-8. The file has bytes that are none: it was saved in another encoding, \
      or it is no text. Editors offer UTF-8 when a file is saved.
      """),
    Explanation(
      "E0103",
      """
      At most 100 mistakes of a file are shown. Mend the first ones: the others often follow \
      from them.
      """),
    Explanation(
      "E0104",
      """
      The language has few signs: '->', '(', ')', '{', '}', '|', '*', '=', '#', quotes and \
      the '%' of a number. Others mean nothing, so they are not passed over.
      """,
      faulty: "net fc 784 128 -> [relu | tanh] -> fc 10 -> softmax_ce",
      mended: "net fc 784 128 -> {relu | tanh} -> fc 10 -> softmax_ce"),
    Explanation(
      "E0105",
      """
      A character that looks like a blank, or like nothing, came in by copying from a web \
      page or a PDF. Only the space bar's blank and the tab part words.
      """,
      faulty: "net fc 784\u{A0}10 -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0106",
      "Layers are joined by '->' alone: not by '=>', '→', '>' or a dash.",
      faulty: "net fc 784 10 => softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0107",
      """
      A text, such as a path, stands in the straight double quotes of the keyboard. Word \
      processors and chats turn them into others.
      """,
      faulty: """
        net fc 4 3 -> softmax_ce
        data csv path “iris.csv” label 5
        """,
      mended: """
        net fc 4 3 -> softmax_ce
        data csv path "iris.csv" label 5
        """),
    Explanation(
      "E0108",
      "A comment begins with '#' and ends with its line.",
      faulty: """
        // one layer
        net fc 784 10 -> softmax_ce
        """,
      mended: """
        # one layer
        net fc 784 10 -> softmax_ce
        """),
    Explanation(
      "E0109",
      """
      The sign of a number is the keyboard's '-'. A dash or the typographic minus looks \
      alike and is another character.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 1e−3
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 1e-3
        """),
    Explanation(
      "E0110",
      "A word is made of the letters a to z and A to Z, digits and '_', and begins with no digit.",
      faulty: "net fc 784 10 -> softmax-ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0111",
      "A path or another text that isn't a word stands in double quotes.",
      faulty: """
        net fc 4 3 -> softmax_ce
        data csv path data/iris.csv label 5
        """,
      mended: """
        net fc 4 3 -> softmax_ce
        data csv path "data/iris.csv" label 5
        """),
    Explanation(
      "E0112",
      """
      Numbers look like '3', '-0.5', '.5', '1e-4' or '10%', sizes like '3x3'. They have a \
      point and no comma, no units, and nothing is calculated.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0,1
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 0.1
        """),
    Explanation(
      "E0113",
      """
      The number can't be stored: whole numbers reach to about 9.2e18, others to 1.8e308, \
      and the smallest above 0 is about 5e-324.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 1e-999
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd lr 1e-9
        """),
    Explanation(
      "E0114",
      "A size has two to four parts, like '28x28' or '28x28x3'.",
      faulty: """
        net fc 784 10 -> softmax_ce
        train batch 1x2x3x4x5
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        train batch 120
        """),
    Explanation(
      "E0115",
      #"A text ends on the line on which it begins. A line end within it is written '\n'."#,
      faulty: """
        net fc 4 3 -> softmax_ce
        data csv label 5 path "iris.csv
        """,
      mended: """
        net fc 4 3 -> softmax_ce
        data csv label 5 path "iris.csv"
        """),
    Explanation(
      "E0116",
      #"""
      In a text a backslash begins an escape: '\"', '\\', '\n' or '\t'. A backslash itself \#
      is written twice.
      """#,
      faulty: #"""
        net fc 4 3 -> softmax_ce
        data csv path "C:\iris.csv" label 5
        """#,
      mended: #"""
        net fc 4 3 -> softmax_ce
        data csv path "C:\\iris.csv" label 5
        """#),
    Explanation(
      "E0117",
      "A text holds no control characters, such as a bell or a null.",
      faulty: """
        net fc 4 3 -> softmax_ce
        data csv path "a\u{7}.csv" label 5
        """,
      mended: """
        net fc 4 3 -> softmax_ce
        data csv path "a.csv" label 5
        """),
  ]
}
