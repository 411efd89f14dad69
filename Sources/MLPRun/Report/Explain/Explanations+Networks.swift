// What can be wrong with networks, statements and names.

extension Explanation {
  static let networks: [Explanation] = [
    Explanation(
      "E0312",
      """
      What a layer or loss takes in isn't what comes out of the one before it, or out of the \
      data.
      """,
      faulty: "net fc 784 128 -> relu -> fc 100 10 -> softmax_ce",
      mended: "net fc 784 128 -> relu -> fc 128 10 -> softmax_ce"),
    Explanation(
      "E0313",
      """
      The chain's last word is a loss: it says what training makes small. For classes that \
      is mostly softmax_ce.
      """,
      faulty: "net fc 784 128 -> relu -> fc 10",
      mended: "net fc 784 128 -> relu -> fc 10 -> softmax_ce"),
    Explanation(
      "E0314",
      "A loss ends the chain. Its softmax as a layer inside of the network is 'softmax'.",
      faulty: "net fc 784 10 -> softmax_ce -> fc 10 -> softmax_ce",
      mended: "net fc 784 10 -> softmax -> fc 10 -> softmax_ce"),
    Explanation(
      "E0315",
      """
      The first fc says how many inputs there are, unless the data tell. Files are not \
      looked at for that.
      """,
      faulty: "net fc 10 -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "E0316",
      """
      'net', 'init', 'data', 'solver' and 'train' stand once. To try several, write \
      alternatives.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver adam
        solver sgd lr 0.1
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver {adam | sgd lr 0.1}
        """),
    Explanation(
      "E0317",
      "To be checked a spec needs a network; to be run it needs data and a solver as well.",
      faulty: "data mnist",
      mended: """
        data mnist
        net fc 10 -> softmax_ce
        """),
    Explanation(
      "E0318",
      "Arrows join the layers of a network. Settings stand side by side.",
      faulty: """
        net fc 784 10 -> softmax_ce
        data mnist -> scale raw
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        data mnist scale raw
        """),
    Explanation(
      "E0319",
      "A name can't be a word of the language, for it would hide it.",
      faulty: """
        let relu = leaky_relu 0.1
        net fc 784 10 -> relu -> fc 10 -> softmax_ce
        """,
      mended: """
        let bend = leaky_relu 0.1
        net fc 784 10 -> bend -> fc 10 -> softmax_ce
        """),
    Explanation(
      "E0320",
      """
      Nothing that is written is ignored, so a name that nothing uses is a mistake: it is \
      often misspelt where it is used.
      """,
      faulty: """
        let width = 128
        net fc 784 10 -> softmax_ce
        """,
      mended: """
        let width = 10
        net fc 784 width -> softmax_ce
        """),
    Explanation(
      "E0321",
      "A name is defined above its uses, and not by itself.",
      faulty: """
        net fc 784 width -> softmax_ce
        let width = 10
        """,
      mended: """
        let width = 10
        net fc 784 width -> softmax_ce
        """),
    Explanation(
      "E0322",
      "A name stands for one thing. Several that are to be tried are alternatives.",
      faulty: """
        let width = 10
        let width = 20
        net fc 784 width -> fc 10 -> softmax_ce
        """,
      mended: """
        let width = {10 | 20}
        net fc 784 width -> fc 10 -> softmax_ce
        """),
    Explanation(
      "E0323",
      """
      A chain, or a group of one, stands alone between two arrows. Among a word's settings \
      stand values.
      """,
      faulty: """
        let block = fc 128 -> relu
        net fc 784 block -> fc 10 -> softmax_ce
        """,
      mended: """
        let block = fc 128 -> relu
        net fc 784 128 -> block -> fc 10 -> softmax_ce
        """),
    Explanation(
      "E0324",
      "A group is repeated at least once, and at most 100 000 times.",
      faulty: "net fc 784 10 -> (relu -> fc 10) * 0 -> softmax_ce",
      mended: "net fc 784 10 -> (relu -> fc 10) * 1 -> softmax_ce"),
    Explanation(
      "E0325",
      "A network, and the networks of all combinations together, have at most 100 000 layers.",
      faulty: "net (fc 784 784) * 100000 -> fc 784 10 -> softmax_ce",
      mended: "net (fc 784 784) * 10 -> fc 784 10 -> softmax_ce"),
    Explanation(
      "E0326",
      "A network has at most 1 000 000 000 parameters.",
      faulty: "net fc 784 1000000 -> relu -> fc 1000000 10000 -> softmax_ce",
      mended: "net fc 784 1000 -> relu -> fc 1000 10 -> softmax_ce"),
    Explanation(
      "E0327",
      """
      The alternatives of a spec multiply: at most 1 000 combinations are allowed, with 100 \
      000 layers in all.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        let n = {1|2|3|4|5|6|7|8|9|10|11}
        let m = {1|2|3|4|5|6|7|8|9|10|11}
        let k = {1|2|3|4|5|6|7|8|9|10|11}
        train batch n epochs m seed k
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        let n = {1|2|3|4|5|6|7|8|9|10|11}
        train batch n
        """),
    Explanation(
      "E0328",
      "Each class needs an output of its own, or it can never be predicted.",
      faulty: """
        net fc 784 5 -> softmax_ce
        data mnist
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        data mnist
        """),
    Explanation(
      "E0329",
      "Behind a keyword stands what the statement is about.",
      faulty: """
        net fc 784 10 -> softmax_ce
        train
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        train epochs 3
        """),
    Explanation(
      "E0331",
      "A number is expected of a set of samples, and the spec sets none aside.",
      faulty: """
        net fc 784 10 -> softmax_ce
        data mnist
        expect validation accuracy 0.9 within 0.02
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        data mnist validation last 5000
        expect validation accuracy 0.9 within 0.02
        """),
    Explanation(
      "E0333",
      """
      A line begins with a keyword, or is a chain of layers. A setting stands in its \
      statement's line, or indented below it.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver sgd
        lr 0.1
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver sgd
          lr 0.1
        """),
    Explanation(
      "E0334",
      """
      Names stand for words, which are counted where they are used: a spec has at most 1 000 \
      000 of them.
      """,
      faulty: """
        let a = bias yes bias yes bias yes bias yes bias yes bias yes bias yes bias yes bias yes bias yes
        let b = a a a a a a a a a a
        let c = b b b b b b b b b b
        let d = c c c c c c c c c c
        let e = d d d d d d d d d d
        let f = e e e e e e e e e e
        net fc 784 10 f -> softmax_ce
        """,
      mended: """
        let a = bias yes
        net fc 784 10 a -> softmax_ce
        """),
    Explanation(
      "E0335",
      """
      Names, groups and alternatives may lie 256 deep in each other once each name is \
      replaced by what it stands for.
      """),
    Explanation(
      "E0336",
      "No layer of the network learns.",
      faulty: """
        net softmax_ce
        data mnist
        """,
      mended: """
        net fc 10 -> softmax_ce
        data mnist
        """),
    Explanation(
      "E0337",
      """
      A part of the file is written for another program: Python, JSON, YAML, Caffe's prototxt or \
      the sections of darknet. What can be read of it is shown as it is written here; where that is all of it, \
      'mlpc check --fix' puts it in its place.
      """,
      faulty: """
        net:
          - fc: [784, 10]
          - softmax_ce
        data: mnist
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        data mnist
        """),
    Explanation(
      "E0351",
      """
      'when' ties an expectation to one combination by naming branches of the alternatives, \
      and no alternatives have such a branch.
      """,
      faulty: """
        net fc 784 128 -> {relu | sigmoid} -> fc 10 -> softmax_ce
        expect test accuracy 0.9 within 0.02 when sigmoyd
        """,
      mended: """
        net fc 784 128 -> {relu | sigmoid} -> fc 10 -> softmax_ce
        expect test accuracy 0.9 within 0.02 when sigmoid
        """),
    Explanation(
      "E0352",
      """
      What stands behind 'when' fits several branches. Write as much of the branch as only \
      one begins with, or the name of its setting before it.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver {sgd lr 0.1 | sgd lr 0.2}
        expect test accuracy 0.9 within 0.02 when sgd
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver {sgd lr 0.1 | sgd lr 0.2}
        expect test accuracy 0.9 within 0.02 when sgd lr 0.2
        """),
    Explanation(
      "E0353",
      """
      Each branch behind 'when' exists, but no combination takes all of them: alternatives \
      within a branch count only where that branch is taken.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        solver {adam | sgd lr {0.1 | 0.2}}
        expect test accuracy 0.9 within 0.02 when adam lr 0.1
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        solver {adam | sgd lr {0.1 | 0.2}}
        expect test accuracy 0.9 within 0.02 when lr 0.1
        """),
  ]
}
