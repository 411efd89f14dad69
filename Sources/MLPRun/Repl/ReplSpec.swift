import MLPSyntax

/// The spec that the REPL works on, with what the checker says of it.
///
/// It may be unfit: statements that are each right by themselves need not go together while one thinks.
struct ReplSpec: Sendable {
  /// The file that it was read from; empty where it was in none.
  let path: String
  /// In the canonical layout; its spans are those of everything below.
  let source: Source
  let spec: Spec
  /// nil where the statements don't go together.
  let checked: CheckedSpec?
  let diagnostics: [Diagnostic]
  /// Names that are defined and not used yet. A file may not have such, but who defines a name before
  /// using it does nothing wrong.
  let unused: [Name]

  /// What a REPL without a file begins with.
  static let standard = ReplSpec(
    text: """
      net     fc 784 128 -> relu -> fc 10 -> softmax_ce
      init    he
      data    mnist validation last 5000 else digits
      solver  sgd lr 0.1
      train   batch 100 epochs 10 seed 1

      """)

  /// - Parameter text: printed from a tree that the parser had nothing to say against.
  init(text: String, path: String = "") {
    self.path = path
    source = Source(name: "spec", text: text)
    spec = Parser.parse(source).spec
    let result = Self.check([spec])
    checked = result.checked
    diagnostics = result.diagnostics
    unused = result.unused
  }

  var text: String { String(decoding: source.bytes, as: UTF8.self) }

  /// The text as a file may have it: without names that nothing uses.
  var savedText: String {
    let spans = Set(unused.map { $0.span })
    var saved = spec
    saved.statements.removeAll { $0.name.map { spans.contains($0.span) } ?? false }
    return Printer.print(saved)
  }

  /// The statement with this keyword, where there is one.
  func statement(_ keyword: Keyword) -> Statement? {
    spec.statements.first { $0.keyword == keyword }
  }

  // MARK: Checking

  struct Result {
    var checked: CheckedSpec?
    var diagnostics: [Diagnostic]
    var unused: [Name]
  }

  /// Checks specs that are merged, leaving out names that nothing uses.
  static func check(_ specs: [Spec], for purpose: Checker.Purpose = .check) -> Result {
    var specs = specs
    var unused: [Name] = []
    while true {
      let (checked, diagnostics) = Checker.check(specs, for: purpose)
      let lonely = Set(diagnostics.filter { $0.code == unusedName }.map { $0.span })
      guard !lonely.isEmpty else {
        return Result(checked: checked, diagnostics: diagnostics, unused: unused)
      }
      for index in specs.indices {
        specs[index].statements.removeAll { statement in
          guard let name = statement.name, lonely.contains(name.span) else { return false }
          unused.append(name)
          return true
        }
      }
    }
  }

  private static let unusedName = "E0320"
}
