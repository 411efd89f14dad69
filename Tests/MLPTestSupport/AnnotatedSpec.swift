import Foundation

/// A spec whose comments say what the checker must make of it.
///
/// ```
/// # resolves: net     fc 784 10 bias yes -> softmax_ce     a line of the explicit text
/// # parameters: 7850                                       of the first combination
/// # combinations: 4
/// # with: train epochs 1                                   a statement merged over the file
/// fc 784 10   # error: E0313 without a loss                in this line
/// # error at 2: E0317 no 'net' statement | for instance    in line 2
/// # error with: E0303                                      in a merged statement
/// fc 784 20 -> softmax_ce   # warning: W0504 20 classes    in this line
/// ```
///
/// Behind a code stand parts, set apart by `|`, that the diagnostic's texts must hold.
package struct AnnotatedSpec: Sendable, CustomStringConvertible {
  /// An error or a warning.
  package struct ExpectedError: Sendable {
    /// nil: in a statement that is merged over the file.
    package let line: Int?
    package let code: String
    package let parts: [String]
  }

  /// From the root of the repository.
  package let path: String
  package let text: String
  package var overlays: [String] = []
  package var errors: [ExpectedError] = []
  package var resolves: [String] = []
  package var parameters: Int?
  package var combinations: Int?
  /// Annotations that can't be read.
  package var faults: [String] = []

  package var isValid: Bool { !errors.contains { $0.code.hasPrefix("E") } }
  package var description: String { path }

  package init(path: String, text: String) {
    self.path = path
    self.text = text
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() { read(String(line), number: index + 1) }
  }

  /// All specs below a folder of the repository, in the order of their paths.
  package static func all(below folder: String) -> [AnnotatedSpec] {
    let start = Repository.root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String }
    return (found ?? []).filter { $0.hasSuffix(".mlp") }.sorted().map { name in
      let path = "\(folder)/\(name)"
      return AnnotatedSpec(path: path, text: Repository.text(of: path))
    }
  }

  private mutating func read(_ line: String, number: Int) {
    for comment in line.components(separatedBy: "# ").dropFirst() {
      guard let colon = comment.firstIndex(of: ":") else { continue }
      let key = String(comment[..<colon])
      let value = comment[comment.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      read(key, value, number)
    }
  }

  private mutating func read(_ key: String, _ value: String, _ number: Int) {
    switch key {
    case "resolves": resolves.append(value)
    case "with": overlays.append(value)
    case "parameters": parameters = integer(value)
    case "combinations": combinations = integer(value)
    case "error", "warning": addError(value, line: number)
    case "error with", "warning with": addError(value, line: nil)
    case _ where key.hasPrefix("error at "):
      if let line = integer(String(key.dropFirst(9))) { addError(value, line: line) }
    case _ where key.hasPrefix("warning at "):
      if let line = integer(String(key.dropFirst(11))) { addError(value, line: line) }
    case _ where key.hasPrefix("error"): faults.append("# \(key): \(value)")
    default: break
    }
  }

  private mutating func integer(_ text: String) -> Int? {
    if let value = Int(text) { return value }
    faults.append("'\(text)' is no number")
    return nil
  }

  private mutating func addError(_ value: String, line: Int?) {
    let code = String(value.prefix { $0 != " " })
    let rest = value.dropFirst(code.count)
    let parts = rest.components(separatedBy: " | ").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    errors.append(ExpectedError(line: line, code: code, parts: parts.filter { !$0.isEmpty }))
  }
}

/// The files of the repository that is being tested.
package enum Repository {
  package static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The text of a file; empty where there is none.
  package static func text(of path: String) -> String {
    let bytes = try? Data(contentsOf: root.appendingPathComponent(path))
    return String(decoding: bytes ?? Data(), as: UTF8.self)
  }
}
