// What is mostly not meant.

extension Explanation {
  static let lints: [Explanation] = [
    Explanation(
      "W0501",
      """
      The loss has the last activation in it, since both together are computed more exactly. \
      Applied twice it flattens the gradient, and training is slow.
      """,
      faulty: "net fc 784 10 -> softmax -> softmax_ce",
      mended: "net fc 784 10 -> softmax_ce"),
    Explanation(
      "W0502",
      """
      With very small weights each sigmoid gives about one half whatever comes in, and \
      gradients shrink by a large factor at each layer. Plain descent with a small rate \
      doesn't get out of that within the epochs asked for.
      """,
      faulty: """
        net fc 784 128 -> sigmoid -> fc 10 -> softmax_ce
        init normal 0.01
        data mnist
        solver sgd lr 0.001
        """,
      mended: """
        net fc 784 128 -> sigmoid -> fc 10 -> softmax_ce
        init glorot
        data mnist
        solver sgd lr 0.001
        """),
    Explanation(
      "W0503",
      """
      Pixels from 0 to 255 make the first layer's gradients hundreds of times larger than \
      pixels from 0 to 1, and the rate has to be smaller by the square of that.
      """,
      faulty: """
        net fc 784 128 -> relu -> fc 10 -> softmax_ce
        data mnist scale raw
        solver sgd lr 0.1
        """,
      mended: """
        net fc 784 128 -> relu -> fc 10 -> softmax_ce
        data mnist scale unit
        solver sgd lr 0.1
        """),
    Explanation(
      "W0504",
      "Outputs without a class cost time and can only be predicted wrongly.",
      faulty: """
        net fc 784 20 -> softmax_ce
        data mnist
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        data mnist
        """),
    Explanation(
      "W0505",
      """
      A loss takes outputs of both signs. Behind a relu half of them are 0, where no \
      gradient comes through: such a class may never be learnt.
      """,
      faulty: "net fc 784 128 -> relu -> fc 10 -> relu -> softmax_ce",
      mended: "net fc 784 128 -> relu -> fc 10 -> softmax_ce"),
    Explanation(
      "W0506",
      """
      Dropout makes hidden units independent of each other. On the outputs it only hides \
      classes at random.
      """,
      faulty: "net fc 784 128 -> relu -> fc 10 -> dropout 0.5 -> softmax_ce",
      mended: "net fc 784 128 -> relu -> dropout 0.5 -> fc 10 -> softmax_ce"),
    Explanation(
      "W0507",
      "A batch takes at most the samples that there are, so the number is not what is used.",
      faulty: """
        net fc 784 10 -> softmax_ce
        data mnist first 100
        train batch 128
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        data mnist first 100
        train batch 100
        """),
    Explanation(
      "W0508",
      """
      Hidden units that begin alike get the same gradient and stay alike: the network is as \
      good as one unit wide. Random numbers part them.
      """,
      faulty: """
        net fc 784 128 -> relu -> fc 10 -> softmax_ce
        init zeros
        """,
      mended: """
        net fc 784 128 -> relu -> fc 10 -> softmax_ce
        init he
        """),
    Explanation(
      "W0509",
      """
      What the setting is about never happens: a schedule whose first step comes after the last \
      epoch, a patience that is longer than the training, first biases where no layer has any. \
      Where there are alternatives, that is so in each combination.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        data mnist
        solver sgd lr 0.1 schedule step every 50
        train epochs 3
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        data mnist
        solver sgd lr 0.1 schedule step every 2
        train epochs 3
        """),
    Explanation(
      "W0510",
      """
      Each alternative makes a combination of its own. Two that are the same train the same \
      network to the same bits.
      """,
      faulty: """
        net fc 784 {64 | 128 | 64} -> relu -> fc 10 -> softmax_ce
        """,
      mended: """
        net fc 784 {64 | 128} -> relu -> fc 10 -> softmax_ce
        """),
    Explanation(
      "W0511",
      """
      Each combination is judged by all expectations that are for it. These two leave no number \
      that would do, or one of them wants the training to diverge and the other a result.
      """,
      faulty: """
        net fc 784 10 -> softmax_ce
        expect test accuracy at least 0.9
        expect test accuracy at most 0.5
        """,
      mended: """
        net fc 784 10 -> softmax_ce
        expect test accuracy at least 0.5
        expect test accuracy at most 0.9
        """),
  ]
}
