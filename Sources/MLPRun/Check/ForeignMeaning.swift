import MLPLibrary
import MLPSyntax

/// Layers of other frameworks whose values mean something else than the same values here.
enum ForeignMeaning {
  /// What to write instead; nil where our word may take the values as they are.
  static func advice(for link: Link, head word: String) -> String? {
    switch word {
    case "Conv2D", "Convolution2D": filtersFirst(in: link)
    case "BatchNormalization", "batch_normalization": share(in: link)
    default: nil
    }
  }

  /// Keras's `Conv2D(8, 3)`: the filters stand before the kernel.
  private static func filtersFirst(in link: Link) -> String? {
    let numbers = link.items.dropFirst().prefix { $0.number != nil }.compactMap { $0.number }
    guard numbers.count == 2 else { return nil }
    return "Keras's filters stand before the kernel, here behind it: "
      + "'conv \(numbers[1].text) \(numbers[0].text)'"
  }

  /// Keras's `momentum` is the share of the running statistics that stays.
  private static func share(in link: Link) -> String? {
    guard
      let place = link.items.firstIndex(where: {
        if case .word("momentum") = $0.kind { true } else { false }
      }), place + 1 < link.items.count, let kept = link.items[place + 1].number
    else { return nil }
    let replaced = Format.number(((1 - kept.value) * 1e9).rounded() / 1e9)
    return "Keras's 'momentum' is the share that stays, here it is the one that is replaced: "
      + "'batchnorm momentum \(replaced)'"
  }
}
