import MLPLibrary

// Completion of the names of files.
extension Repl {
  /// The specs and folders that the path behind `:load` or `:save` may go on with.
  func specCandidates(_ typed: String, endingAt offset: Int) -> [ReplCandidate] {
    let names = FileNames(world: world, location: { $0 }, ending: " ") { $0.hasSuffix(".mlp") }
    return names.candidates(typed, endingAt: offset)
  }

  /// The files and folders that a path within a statement may go on with; nil where no path is being typed.
  func pathCandidates(in text: String, at offset: Int) -> [ReplCandidate]? {
    let bytes = Array(text.utf8)
    let before = String(decoding: bytes.prefix(offset), as: UTF8.self)
    guard let typed = OpenPath.typed(in: before) else { return nil }
    let next = bytes.dropFirst(offset).first
    let isWithinWord = next.map { !Array(" \n}|\"".utf8).contains($0) } ?? false
    let names = FileNames(
      world: world, location: { [world] in world.location(of: $0) },
      ending: isWithinWord ? "" : "\""
    ) { !$0.contains { "\"\\".contains($0) } }
    return names.candidates(typed, endingAt: offset)
  }
}

/// The names in folders, as ends of a path that is being typed.
private struct FileNames {
  let world: any World
  /// Where a path lies.
  let location: (String) -> String
  /// What follows the path behind a file's name.
  let ending: String
  let isWanted: (String) -> Bool

  func candidates(_ typed: String, endingAt offset: Int) -> [ReplCandidate] {
    let cut = typed.lastIndex(of: "/").map { typed.index(after: $0) } ?? typed.startIndex
    let beginning = typed[cut...]
    let folder = location(String(typed[..<cut]))
    let range = offset - beginning.utf8.count..<offset
    return names(in: folder).compactMap { name in
      guard name.hasPrefix(beginning), !beginning.isEmpty || !name.hasPrefix(".") else {
        return nil
      }
      let isFolder = !world.fileExists(folder + name)
      guard isFolder || isWanted(name) else { return nil }
      return ReplCandidate(
        text: isFolder ? name + "/" : name, help: "", range: range, ending: isFolder ? "" : ending)
    }
  }

  /// Those that a terminal can show.
  private func names(in folder: String) -> [String] {
    let isLong = folder.count > 1 && folder.hasSuffix("/")
    let path = folder.isEmpty ? "." : isLong ? String(folder.dropLast()) : folder
    return world.names(in: path).filter { name in
      name.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value) }
    }
  }
}

/// A text in quotes that is still open, and names a file.
private enum OpenPath {
  /// What there is of it; nil where none is open.
  static func typed(in before: String) -> String? {
    guard let quote = openQuote(in: before) else { return nil }
    let path = before[before.index(after: quote)...]
    guard !path.contains("\\"), let word = word(before: before[..<quote]) else { return nil }
    return settings.contains(word) ? String(path) : nil
  }

  /// The settings whose values are files.
  private static let settings: Set<String> = Set(
    Catalogue.entries(in: .data).flatMap { $0.schema.settings }
      .filter { if case .text = $0.kind { true } else { false } }.map { $0.name })

  private static func openQuote(in text: String) -> String.Index? {
    var quote: String.Index?
    var (isComment, isEscaped) = (false, false)
    for index in text.indices {
      let character = text[index]
      if character.isNewline {
        (quote, isComment, isEscaped) = (nil, false, false)
      } else if isComment || isEscaped {
        isEscaped = false
      } else if character == "\"" {
        quote = quote == nil ? index : nil
      } else if quote != nil {
        isEscaped = character == "\\"
      } else {
        isComment = character == "#"
      }
    }
    return quote
  }

  /// The setting's name: right before the text, or before the alternatives to which it belongs.
  private static func word(before text: Substring) -> String? {
    var text = text
    while text.last == " " { text.removeLast() }
    if let last = text.last, "{|".contains(last), let brace = text.lastIndex(of: "{") {
      text = text[..<brace]
      while text.last == " " { text.removeLast() }
    }
    return text.split { " \n(){}|".contains($0) }.last.map { String($0) }
  }
}
