import MLPLibrary

/// What others write experiments in.
enum ForeignLanguage {
  case caffe
  case caffeSolver
  case darknet
  /// Sections in square brackets that aren't darknet's.
  case sections
  case json
  case python
  case yaml

  /// As a message says it.
  var described: String {
    switch self {
    case .caffe: "a network in Caffe's prototxt"
    case .caffeSolver: "a solver in Caffe's prototxt"
    case .darknet: "a darknet file"
    case .sections: "a file of sections, as INI and TOML have them"
    case .json: "JSON"
    case .python: "Python"
    case .yaml: "YAML"
    }
  }
}

// MARK: - Signs

extension ForeignLanguage {
  /// What tells that a language other than ours begins, and in which bytes of its line.
  struct Sign {
    let language: ForeignLanguage
    /// How much of the line's text shows it.
    let length: Int
  }

  /// - Parameter next: the line below.
  static func sign(in line: ForeignLines.Line, before next: ForeignLines.Line?) -> Sign? {
    guard line.indent == 0, !line.isOwn else { return nil }
    let (head, tail) = (line.head, line.tail)
    if line.beginsObject(next) { return Sign(language: .json, length: 1) }
    if let section = line.section {
      let isFollowed = next.map { $0.section != nil || $0.isAssignment } ?? false
      guard isFollowed else { return nil }
      let language = darknetSections.contains(section) ? darknet : sections
      return Sign(language: language, length: section.utf8.count + 2)
    }
    if ["layer", "layers"].contains(head), tail.first == "{", line.opensBlock(next) {
      let length = line.text.utf8.count - tail.utf8.count + 1
      return Sign(language: .caffe, length: length)
    }
    if caffeKeys.contains(head), tail.first == ":", next?.isMember == true {
      return Sign(language: .caffeSolver, length: head.utf8.count + 1)
    }
    if let length = line.lengthOfPython { return Sign(language: .python, length: length) }
    if line.isBareKey, let next, next.indent > 0 || next.isListItem,
      next.isListItem || next.isMember || next.isBareKey
    {
      return Sign(language: .yaml, length: head.utf8.count + 1)
    }
    return nil
  }

  /// Whether a line that isn't indented goes on in the language.
  func goesOn(in line: ForeignLines.Line) -> Bool {
    if line.isOwn { return false }
    switch self {
    case .caffe, .caffeSolver:
      return line.text.first == "}" || line.tail.first == ":" || line.tail.first == "{"
    case .darknet, .sections: return line.section != nil || line.isAssignment
    case .json: return "{}[],\"".contains(line.text.first ?? " ")
    case .python: return line.isPython
    case .yaml: return line.isListItem || line.isMember || line.isBareKey || line.text == "---"
    }
  }

  private static let darknetSections: Set<String> = [
    "avgpool", "connected", "convolutional", "cost", "crop", "dropout", "maxpool", "net", "network",
    "route", "shortcut", "softmax",
  ]

  private static let caffeKeys: Set<Substring> = [
    "base_lr", "lr_policy", "max_iter", "snapshot_prefix", "solver_mode", "test_interval",
    "test_iter", "train_net",
  ]
}

// MARK: - Forms of lines

extension ForeignLines.Line {
  /// The word of `[connected]`.
  var section: String? {
    guard text.first == "[", text.last == "]" else { return nil }
    let word = text.dropFirst().dropLast()
    let isWord = word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    return isWord && word.first?.isLetter == true ? String(word) : nil
  }

  /// `name = value`
  var isAssignment: Bool { !head.isEmpty && tail.first == "=" && !tail.hasPrefix("==") }

  /// `name: value`
  var isMember: Bool { !head.isEmpty && tail.first == ":" && tail.utf8.count > 1 }

  /// `name:`
  var isBareKey: Bool { !head.isEmpty && tail == ":" }

  /// `- value`
  var isListItem: Bool { text == "-" || text.hasPrefix("- ") }

  /// Whether an object of JSON begins here.
  fileprivate func beginsObject(_ next: ForeignLines.Line?) -> Bool {
    guard text.first == "{" else { return false }
    let rest = text.dropFirst().drop { $0 == " " || $0 == "\t" }
    return (rest.isEmpty ? next?.text : rest)?.first == "\""
  }

  /// Whether settings with colons, or further blocks, stand behind the brace of this line.
  fileprivate func opensBlock(_ next: ForeignLines.Line?) -> Bool {
    let rest = tail.dropFirst().drop { $0 == " " || $0 == "\t" }
    let inside = rest.isEmpty ? next?.text ?? "" : rest
    let behind = inside.drop { $0.isLetter || $0.isNumber || $0 == "_" }.drop { $0 == " " }
    return behind.startIndex != inside.startIndex && (behind.first == ":" || behind.first == "{")
  }
}

// MARK: - Python

extension ForeignLines.Line {
  /// How much of the line shows that it is Python, where it surely is.
  fileprivate var lengthOfPython: Int? {
    let words = text.split(separator: " ", maxSplits: 4)
    switch head {
    case "from" where words.count > 3 && words[2] == "import": return text.utf8.count
    case "import" where words.count > 1 && (words[1].contains(".") || words.contains("as")):
      return text.utf8.count
    case "class", "def", "for", "while", "with", "if", "elif", "else", "try":
      return text.hasSuffix(":") && tail.first != ":" ? text.utf8.count : nil
    default: break
    }
    if isSequential { return callee.utf8.count }
    if tail.first == "(" {
      let names = head.split(separator: ".")
      return names.count > 1 && Self.methods.contains(names[names.count - 1])
        ? head.utf8.count : nil
    }
    return isConstruction ? callee.utf8.count : nil
  }

  /// Up to the first parenthesis.
  private var callee: Substring { text.prefix { $0 != "(" } }

  /// `model = Net()`, `optimizer = torch.optim.SGD(…)`: a call of a class, or of a module's function.
  private var isConstruction: Bool {
    guard isAssignment, text.contains("(") else { return false }
    let value = tail.dropFirst().drop { $0 == " " }
    let called = value.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "._".contains($0)) }
    guard value[called.endIndex...].first == "(" else { return false }
    if called.contains(".") { return true }
    // `hidden = Dense(128)` may be a name of this language without its `let`.
    return called.first?.isUppercase == true
      && Catalogue.ours(String(called), in: [.layer, .loss]) == nil
  }

  /// Whether it may be a line of Python.
  fileprivate var isPython: Bool {
    if let first = text.first, ")]}@'\"".contains(first) { return true }
    if Self.statements.contains(head) { return true }
    let rest = tail.drop { "+-*/".contains($0) }
    return !head.isEmpty && (rest.first == "=" || tail.first == "(" || tail.first == ",")
  }

  private static let methods: Set<Substring> = [
    "add", "backward", "compile", "evaluate", "fit", "parameters", "predict", "step", "summary",
    "train", "zero_grad",
  ]

  private static let statements: Set<Substring> = [
    "assert", "class", "def", "del", "elif", "else", "except", "for", "from", "if", "import",
    "print", "raise", "return", "try", "while", "with",
  ]
}
