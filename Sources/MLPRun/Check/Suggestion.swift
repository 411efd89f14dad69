import MLPLibrary
import MLPSyntax

/// A word that was probably meant.
struct Mend {
  let word: String
  let help: String

  func edit(at span: Span) -> Diagnostic.Edit { Diagnostic.Edit(span, word) }
}

/// Finds the word that was meant among those that would be right.
enum Suggestion {
  /// Another framework's word for one of `candidates`, or the nearest of them.
  static func mend(_ word: String, among candidates: [String]) -> Mend? {
    let folded = word.lowercased()
    if let ours = Catalogue.foreignWords[folded], candidates.contains(ours.firstWord) {
      return Mend(word: ours, help: "here it is called '\(ours)'")
    }
    if Catalogue.foreignAdvice[folded] != nil { return nil }
    guard
      let nearest = Spelling.nearest(to: folded, among: candidates)
        ?? part(of: word, among: candidates)
    else { return nil }
    return Mend(word: nearest, help: "did you mean '\(nearest)'?")
  }

  /// The only candidate that is a part of a word made of several: `adam` of `AdamOptimizer` and `adam_optimizer`.
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
