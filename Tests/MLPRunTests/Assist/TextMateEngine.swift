import Foundation

@testable import MLPRun

/// As much of a TextMate grammar's meaning as ours needs: `match` with captures, `begin` and `end` with patterns
/// between them, and `include` of parts.
struct TextMateEngine {
  private struct Rule {
    var name: String
    var match: NSRegularExpression
    var captures: [Int: String] = [:]
    /// Where the rule goes on to a second pattern.
    var end: NSRegularExpression?
    var inner: [Rule] = []
  }

  struct Fault: Error {
    let message: String
  }

  private let rules: [Rule]

  init(_ grammar: JSON) throws {
    let parts = grammar["repository"]
    rules = try (grammar["patterns"]?.list ?? []).map { pattern in
      let name = pattern["include"]?.text?.dropFirst() ?? ""
      guard let part = parts?[String(name)] else { throw Fault(message: "no part '\(name)'") }
      return try Self.rule(part)
    }
  }

  private static func rule(_ part: JSON) throws -> Rule {
    guard let pattern = part["match"]?.text ?? part["begin"]?.text else {
      throw Fault(message: "a part has no pattern")
    }
    var rule = Rule(
      name: part["name"]?.text ?? "", match: try NSRegularExpression(pattern: pattern))
    for (number, capture) in part["captures"]?.members ?? [] {
      rule.captures[Int(number) ?? -1] = capture["name"]?.text
    }
    rule.end = try part["end"]?.text.map { try NSRegularExpression(pattern: $0) }
    rule.inner = try (part["patterns"]?.list ?? []).map { try Self.rule($0) }
    return rule
  }

  /// The innermost scope of each UTF-16 unit; empty where no rule holds.
  func scopes(of text: String) -> [String] {
    Array(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .map { scopes(ofLine: String($0)) }.joined(separator: [""]))
  }

  private func scopes(ofLine line: String) -> [String] {
    let length = (line as NSString).length
    var scopes = Array(repeating: "", count: length)
    var position = 0
    while position < length, let (rule, found) = Self.first(rules, line, position) {
      for index in found.range.location..<NSMaxRange(found.range) { scopes[index] = rule.name }
      for (number, name) in rule.captures {
        let range = found.range(at: number)
        for index in range.location..<NSMaxRange(range) { scopes[index] = name }
      }
      position = max(NSMaxRange(found.range), position + (found.range.length == 0 ? 1 : 0))
      if let end = rule.end { position = Self.close(rule, end, line, from: position, &scopes) }
    }
    return scopes
  }

  /// Goes on to the end of a rule that has begun; all of ours end with their line.
  private static func close(
    _ rule: Rule, _ end: NSRegularExpression, _ line: String, from start: Int,
    _ scopes: inout [String]
  ) -> Int {
    var position = start
    let length = scopes.count
    while position <= length {
      let last = end.firstMatch(
        in: line, range: NSRange(location: position, length: length - position))
      let inner = first(rule.inner, line, position)
      let upper = last.map { NSMaxRange($0.range) } ?? length
      guard let (piece, found) = inner, found.range.location < (last?.range.location ?? length)
      else {
        for index in position..<upper { scopes[index] = rule.name }
        return upper
      }
      for index in position..<found.range.location { scopes[index] = rule.name }
      for index in found.range.location..<NSMaxRange(found.range) { scopes[index] = piece.name }
      position = NSMaxRange(found.range)
    }
    return position
  }

  /// The rule that holds first; of those that hold at one place, that which stands first.
  private static func first(
    _ rules: [Rule], _ line: String, _ position: Int
  ) -> (Rule, NSTextCheckingResult)? {
    let range = NSRange(location: position, length: (line as NSString).length - position)
    // `^` stands for the line's beginning, and look-behinds see what was passed.
    let options: NSRegularExpression.MatchingOptions = [
      .withTransparentBounds, .withoutAnchoringBounds,
    ]
    return rules.compactMap { rule in
      rule.match.firstMatch(in: line, options: options, range: range).map { (rule, $0) }
    }.enumerated().min {
      ($0.element.1.range.location, $0.offset) < ($1.element.1.range.location, $1.offset)
    }?.element
  }
}
