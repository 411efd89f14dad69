import MLPLibrary
import MLPSyntax

/// Looks through statements for the names that they use, before any is replaced by what it stands for.
///
/// A name must be defined above its use; a definition that is merged over the file stands above all.
struct NameCheck {
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var used: Set<String> = []
  /// Whether a definition could not be read: a word that nobody knows may then be its name.
  var isMissingDefinitions = false
  /// Names whose definition has a mistake that was reported.
  private var faulty: Set<String> = []
  private let definitions: [String: Statement]

  init(_ definitions: [String: Statement]) { self.definitions = definitions }

  /// Whether the statement's words can be judged; else the mistake in a name has been reported.
  mutating func accepts(_ statement: Statement) -> Bool {
    let accepted = accepts(statement.body, within: statement)
    if let name = statement.name, !accepted || Catalogue.reservedWords.contains(name.text) {
      faulty.insert(name.text)
    }
    return accepted
  }

  private mutating func accepts(_ chain: Chain, within statement: Statement) -> Bool {
    var accepted = true
    for link in chain.links {
      for item in link.items where !accepts(item, within: statement) { accepted = false }
    }
    return accepted
  }

  private mutating func accepts(_ item: Item, within statement: Statement) -> Bool {
    switch item.kind {
    case .word(let word):
      return accepts(word, at: item.span, within: statement)
    case .group(let chain, let times):
      let timesAccepted = times.map { accepts($0, within: statement) } ?? true
      return accepts(chain, within: statement) && timesAccepted
    case .alternatives(let branches):
      var accepted = true
      for branch in branches where !accepts(branch, within: statement) { accepted = false }
      return accepted
    default: return true
    }
  }

  private mutating func accepts(_ word: String, at span: Span, within statement: Statement) -> Bool
  {
    used.insert(word)
    if faulty.contains(word) { return false }
    guard let definition = definitions[word] else {
      return !isMissingDefinitions || Catalogue.reservedWords.contains(word)
    }
    guard definition.span.source == span.source, definition.span.upper > span.lower else {
      return true
    }
    // One mistake, however often the name is used.
    faulty.insert(word)
    let isItself = definition.span == statement.span
    diagnostics.append(
      isItself
        ? .nameUsesItself(word, at: span)
        : .nameUsedBefore(word, at: span, definition: definition.span))
    return false
  }
}
