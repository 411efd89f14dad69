import MLPLibrary
import MLPSyntax

/// A text with all that can be told about it without its data.
package struct Analysis: Sendable {
  package let source: Source
  package let spec: Spec
  /// Of parser and checker, in order.
  package let diagnostics: [Diagnostic]
  /// The networks that the text describes; where another statement is faulty, those of the statements
  /// that decide their shapes. Empty where these are faulty.
  package let experiments: [Experiment]

  package init(_ source: Source) {
    self.source = source
    let parsed = ForeignText.parse(source)
    let isMended = !parsed.diagnostics.isEmpty
    let checked = Checker.check([parsed.spec], after: isMended)
    spec = parsed.spec
    diagnostics = Diagnostic.joined(parsed.diagnostics, checked.diagnostics)
    let isFaulty = diagnostics.contains { $0.severity == .error }
    experiments =
      isFaulty
      ? Checker.check([parsed.spec.shapingStatements], after: isMended).checked?.experiments ?? []
      : checked.checked?.experiments ?? []
  }

  package init(_ text: String) { self.init(Source(name: "", text: text)) }

  package var words: WordMap { WordMap(source) }
}

extension Spec {
  /// `net` and `data`, with the names that they use: all that decides the network's shapes.
  fileprivate var shapingStatements: Spec {
    var used: Set<String> = []
    var kept: [Statement] = []
    // A name is defined above its uses.
    for statement in statements.reversed() {
      switch statement.keyword {
      case .net, .data: break
      case .let where statement.name.map({ used.contains($0.text) }) == true: break
      default: continue
      }
      statement.body.forEachWord { used.insert($0) }
      kept.append(statement)
    }
    return Spec(statements: kept.reversed())
  }
}

extension Chain {
  fileprivate func forEachWord(_ body: (String) -> Void) {
    for item in links.flatMap({ $0.items }) { item.forEachWord(body) }
  }
}

extension Item {
  fileprivate func forEachWord(_ body: (String) -> Void) {
    switch kind {
    case .word(let word): body(word)
    case .group(let chain, let times):
      chain.forEachWord(body)
      times?.forEachWord(body)
    case .alternatives(let chains): for chain in chains { chain.forEachWord(body) }
    default: break
    }
  }
}
