import Foundation

/// The project's own source files, for tests of how they are laid out.
package enum SourceFiles {
  /// The folder that holds `Package.swift`.
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files under a folder of the project, their paths relative to it, in order.
  package static func paths(under folder: String) throws -> [String] {
    let start = root.appendingPathComponent(folder)
    guard let files = FileManager.default.enumerator(atPath: start.path) else {
      throw FaultyExample(description: "no folder \(folder)")
    }
    return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
  }

  package static func text(of path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The lines of a file without `//` comments, with their numbers from 1.
  package static func code(of path: String) throws -> [(number: Int, text: String)] {
    try text(of: path).split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      ($0.offset + 1, withoutComment($0.element))
    }
  }

  /// A `//` inside quotes, as in an address, is no comment.
  private static func withoutComment(_ line: Substring) -> String {
    var (kept, isQuoted, previous) = ("", false, Character(" "))
    for character in line {
      if character == "\"", previous != "\\" { isQuoted.toggle() }
      if !isQuoted, character == "/", previous == "/" { return String(kept.dropLast()) }
      kept.append(character)
      previous = character
    }
    return kept
  }
}
