import MLPLibrary
import MLPSyntax

/// A word that was probably meant.
struct Mend {
  let word: String
  let help: String
  /// Whether nothing else can have been meant.
  var isCertain = true

  /// What `check --fix` may write without being asked.
  ///
  /// An edit is offered only where it is certain what was meant, and where no word or number of the user's is
  /// dropped or gets another meaning. Everything else is said in the help, which leaves the choice to the user. So
  /// another framework's word for the same thing has an edit, and so has a slip of the fingers; a word of the field
  /// that means something else (`Catalogue.foreignAdvice`) has none, however near its spelling is to one of ours.
  var replacement: String? { isCertain ? word : nil }

  func edit(at span: Span) -> Diagnostic.Edit? { replacement.map { Diagnostic.Edit(span, $0) } }
}

/// Finds the word that was meant among those that would be right.
enum Suggestion {
  /// Another framework's word for one of `candidates`, one of them with its number, or the nearest of them.
  ///
  /// - Parameter next: the item behind the word.
  static func mend(_ word: String, among candidates: [String], before next: Item? = nil) -> Mend? {
    var folded = word.lowercased()
    // PyTorch's functions that change their argument end so.
    if folded.utf8.count > 1, folded.hasSuffix("_") { folded.removeLast() }
    if let ours = Catalogue.foreignWords[folded], candidates.contains(ours.firstWord) {
      return Mend(word: ours, help: "here it is called '\(ours)'")
    }
    if Catalogue.foreignAdvice[folded] != nil { return nil }
    if let mend = parted(folded, among: candidates, before: next)
      ?? plain(folded, among: candidates) ?? number(folded, among: candidates)
    {
      return mend
    }
    if let nearest = Spelling.nearest(to: folded, among: candidates) {
      let isCertain = Spelling.isSlip(folded, for: nearest, among: candidates)
      return Mend(word: nearest, help: "did you mean '\(nearest)'?", isCertain: isCertain)
    }
    return part(of: word, among: candidates).map {
      Mend(word: $0, help: "the nearest here is '\($0)'", isCertain: false)
    }
  }

  /// `fc128`, `fc_128` and `conv3x3`: one of `candidates` that takes a number, with it.
  private static func parted(
    _ folded: String, among candidates: [String], before next: Item?
  ) -> Mend? {
    let stem = folded.prefix { !("0"..."9").contains($0) }
    let digits = folded[stem.endIndex...]
    guard !digits.isEmpty, isSize(digits), let ours = ours(stem, among: candidates),
      Catalogue.takesNumber(ours)
    else { return nil }
    if case .number? = next?.kind, digits.utf8.count == 1 {
      let help = "did you mean '\(ours)'? words here have no numbers of their own"
      return Mend(word: ours, help: help, isCertain: false)
    }
    let text = "\(ours) \(digits)"
    return Mend(word: text, help: "a number stands apart from its word: write '\(text)'")
  }

  /// `128` or `3x3`.
  private static func isSize(_ text: Substring) -> Bool {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { ("0"..."9").contains($0) }
    }
  }

  /// One of `candidates` with a word that only says what it is: `adam_optimizer`, `CosineSchedule`.
  private static func plain(_ folded: String, among candidates: [String]) -> Mend? {
    if folded.hasPrefix("load_"), let ours = ours(folded.dropFirst(5), among: candidates) {
      return Mend(word: ours, help: "did you mean '\(ours)'?")
    }
    for kind in kinds where folded.hasSuffix(kind) {
      guard let ours = ours(folded.dropLast(kind.count), among: candidates) else { continue }
      return Mend(word: ours, help: "did you mean '\(ours)'?")
    }
    return nil
  }

  /// One of `candidates` in the plural or the singular: `bias` for `biases`.
  private static func number(_ folded: String, among candidates: [String]) -> Mend? {
    let ours = candidates.first { candidate in
      folded.utf8.count > 2
        && [folded + "s", folded + "es"].contains(candidate)
        || candidate.utf8.count > 2 && [candidate + "s", candidate + "es"].contains(folded)
    }
    return ours.map { Mend(word: $0, help: "did you mean '\($0)'?") }
  }

  private static func ours(_ stem: Substring, among candidates: [String]) -> String? {
    let stem = String(stem.hasSuffix("_") ? stem.dropLast() : stem)
    if candidates.contains(stem) { return stem }
    guard let ours = Catalogue.foreignWords[stem], candidates.contains(ours), stem.utf8.count > 1
    else { return nil }
    return ours
  }

  /// What other frameworks put behind a name to say what it names.
  private static let kinds = [
    "activation", "dataset", "function", "initialiser", "initializer", "layer", "loss",
    "optimiser", "optimizer", "scheduler", "schedule",
  ]

  /// The only candidate that is a part of a word made of several: `decay` of `epsilon_decay`, `mnist` of `load_mnist`.
  private static func part(of word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 40 else { return nil }
    var parts: [String] = [""]
    for character in word.unicodeScalars {
      let begins = ("A"..."Z").contains(character)
      if begins || character == "_" || ("0"..."9").contains(character) { parts.append("") }
      guard character != "_", !("0"..."9").contains(character) else { continue }
      parts[parts.count - 1] += String(character).lowercased()
    }
    guard parts.count > 1 else { return nil }
    let found = candidates.filter { $0.utf8.count > 1 && parts.contains($0) }
    return found.count == 1 ? found[0] : nil
  }
}

extension Catalogue {
  /// Whether a word is the name of a setting, here or elsewhere.
  static func isNameOfSetting(_ word: String) -> Bool {
    if foreignAdvice[word.lowercased()] != nil { return true }
    let ours = foreignWords[word.lowercased()] ?? word
    return schemas.contains { $0.setting(ours) != nil }
  }

  /// Whether a number may stand right behind a word: a layer's, or a setting's name.
  fileprivate static func takesNumber(_ word: String) -> Bool {
    for category in [Category.layer, .initialiser] {
      guard let schema = entry(word, in: category)?.schema else { continue }
      return schema.positional.first.flatMap { schema.setting($0) }?.kind.isNumeric ?? false
    }
    return schemas.contains { $0.setting(word)?.kind.isNumeric ?? false }
  }
}

extension String {
  /// The text up to its first blank.
  var firstWord: String { String(prefix { $0 != " " }) }
}

/// Compares words by their letters.
package enum Spelling {
  /// The candidate at the smallest distance, where that is at most a third of the word's length.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    guard word.utf8.count <= 40 else { return nil }
    let limit = max(1, word.utf8.count / 3)
    let ranked = candidates.map { (distance(word, $0), $0) }.filter { $0.0 <= limit }
    return ranked.min { ($0.0, $0.1) < ($1.0, $1.1) }?.1
  }

  /// Whether a word can only be a slip of the fingers for `candidate`: two letters exchanged, one wrong, missing or
  /// too much within the word, two of them in a long one. What stands before or behind a whole word makes it another
  /// word, as `asgd` and `sgdw` are.
  static func isSlip(_ word: String, for candidate: String, among candidates: [String]) -> Bool {
    if word == candidate { return true }
    let distance = distance(word, candidate)
    let isOnly = !candidates.contains {
      $0 != candidate && Self.distance(word, $0) <= distance
    }
    guard isOnly, digits(word) == digits(candidate) else { return false }
    let (a, b) = (Array(word.utf8), Array(candidate.utf8))
    if distance == 1, a.count == b.count, a.sorted() == b.sorted() { return true }
    guard a.first == b.first, min(a.count, b.count) >= 3 else { return false }
    if a.starts(with: b) {
      return a.count == b.count + 1 && (a.last == b.last || a.last == UInt8(ascii: "s"))
    }
    return distance == 1 ? max(a.count, b.count) >= 4 : distance == 2 && a.count >= 7
  }

  private static func digits(_ word: String) -> String {
    word.filter { ("0"..."9").contains($0) }
  }

  /// Damerau and Levenshtein's distance (neighbours swapped count one), on bytes.
  static func distance(_ left: String, _ right: String) -> Int {
    let (a, b) = (Array(left.utf8), Array(right.utf8))
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
