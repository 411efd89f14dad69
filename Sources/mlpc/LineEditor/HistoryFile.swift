import MLPLibrary

/// Where the history is kept between starts: one entry a line, its line ends as `\n`, backslashes as `\\`.
struct HistoryFile {
  let world: any World

  /// nil where there is no home, as the XDG specification has it.
  var path: String? {
    if let folder = world.environment("XDG_STATE_HOME"), folder.hasPrefix("/") {
      return folder + "/mlpc/history"
    }
    guard let home = world.environment("HOME"), home.hasPrefix("/") else { return nil }
    return home + "/.local/state/mlpc/history"
  }

  /// An empty history where there is none, or none that can be read.
  func read() -> History {
    guard let path, let bytes = try? world.read(path) else { return History() }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return History(lines.map { Self.decoded($0) })
  }

  /// Adds entries behind those that are in the file now: another session may have added some.
  ///
  /// - Throws: where the file can't be written.
  func append(_ entries: [String]) throws(Problem) {
    guard let path, !entries.isEmpty else { return }
    var history = read()
    for entry in entries { history.add(entry) }
    let text = history.entries.map { Self.encoded($0) + "\n" }.joined()
    try world.writeAtomically(Array(text.utf8), to: path)
  }

  private static func encoded(_ entry: String) -> String {
    entry.map { $0 == "\n" ? "\\n" : $0 == "\\" ? "\\\\" : String($0) }.joined()
  }

  private static func decoded(_ line: Substring) -> String {
    var entry = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        entry.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        entry.append(character)
      }
    }
    return entry
  }
}
