extension SpecDiff.Difference: CustomStringConvertible {
  /// `solver lr 0.1 → 0.01`, `net layer 2: relu → sigmoid`, `net layer 3 added: dropout 0.2`
  package var description: String {
    switch kind {
    case .changed: "\(place)\(isOfWord ? ":" : "") \(Self.text(old)) → \(Self.text(new))"
    case .added: "\(place) added: \(Self.text(new))"
    case .removed: "\(place) removed: \(Self.text(old))"
    }
  }

  /// Whether the place is a whole layer or loss.
  private var isOfWord: Bool {
    let words = place.split(separator: " ")
    return words[0] == "net" && (words.count == 3 && words[1] == "layer" || place == "net loss")
  }

  private static func text(_ values: [String]) -> String {
    values.count == 1 ? values[0] : "{" + values.joined(separator: " | ") + "}"
  }

  package var json: JSON {
    .object([
      ("event", .text("difference")), ("kind", .text(kind.rawValue)), ("place", .text(place)),
      ("old", .list(old.map { .text($0) })), ("new", .list(new.map { .text($0) })),
    ])
  }
}
