import MLPRun

/// What the user typed after a command's name.
struct Arguments {
  /// An option that a command knows.
  struct Option: Sendable {
    let name: String
    /// What its value is called in help; nil for a switch.
    let value: String?
    let help: String
    /// What the value may be, where these are few words.
    var choices: [String] = []
  }

  struct UsageError: Error {
    let message: String
  }

  /// All of it, as the shell gave it.
  let words: [String]
  private(set) var files: [String] = []
  private var switches: Set<String> = []
  private var values: [String: [String]] = [:]

  /// - Throws: where an option is unknown, or its value is missing or superfluous.
  init(_ words: ArraySlice<String>, options: [Option]) throws(UsageError) {
    self.words = Array(words)
    var rest = words
    var onlyFiles = false
    while let word = rest.popFirst() {
      if onlyFiles || !word.hasPrefix("-") || word == "-" {
        files.append(word)
      } else if word == "--" {
        onlyFiles = true
      } else {
        try read(word, &rest, options)
      }
    }
  }

  func has(_ name: String) -> Bool { switches.contains(name) }

  /// All values that an option was given, in order.
  func all(_ name: String) -> [String] { values[name, default: []] }

  private mutating func read(
    _ word: String, _ rest: inout ArraySlice<String>, _ options: [Option]
  ) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = options.first(where: { $0.name == name }) else {
      throw UsageError(message: Self.unknown(name, options))
    }
    guard option.value != nil else {
      guard parts.count == 1 else { throw UsageError(message: "'\(name)' takes no value") }
      switches.insert(name)
      return
    }
    guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
      throw UsageError(message: "'\(name)' needs a value: \(name) \(option.value ?? "")")
    }
    values[name, default: []].append(value)
  }

  private static func unknown(_ name: String, _ options: [Option]) -> String {
    let nearest = Spelling.nearest(to: name, among: options.map { $0.name })
    return "there is no option '\(name)'" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
  }
}
