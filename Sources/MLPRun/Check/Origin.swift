import MLPSyntax

/// Where a value comes from that stands under a name.
struct Origin {
  let name: String
  /// The value in its definition.
  let span: Span
}

extension Diagnostic {
  /// Shows wrong values at their definition, however often their names are used: one message a value, with a label
  /// at each use.
  ///
  /// An edit at the definition is offered only where the value is wrong in the same way at every use.
  ///
  /// - Parameter origins: the values, by the places of their uses.
  static func atDefinitions(_ diagnostics: [Diagnostic], _ origins: [Span: Origin]) -> [Diagnostic]
  {
    if origins.isEmpty || diagnostics.isEmpty { return diagnostics }
    var moved: [Diagnostic] = []
    var places: [Key: Int] = [:]
    var wrongUses: [Int: Set<Span>] = [:]
    for diagnostic in diagnostics {
      guard let origin = origins[diagnostic.span], diagnostic.isOfValue else {
        moved.append(diagnostic)
        continue
      }
      let key = Key(code: diagnostic.code, span: origin.span, message: diagnostic.message)
      let place = places[key] ?? moved.count
      let isNewUse = wrongUses[place, default: []].insert(diagnostic.span).inserted
      if place == moved.count {
        places[key] = place
        moved.append(diagnostic.moved(to: origin))
      } else if isNewUse {
        moved[place].mark(diagnostic.span, "used here")
      }
    }
    let uses = Dictionary(grouping: origins.values) { $0.span }.mapValues { $0.count }
    for (place, wrong) in wrongUses where wrong.count < uses[moved[place].span, default: 0] {
      moved[place].edits = []
    }
    return moved
  }

  private struct Key: Hashable {
    let code: String
    let span: Span
    let message: String
  }

  /// Whether the value is wrong by itself: it is none that the place takes.
  private var isOfValue: Bool { ["E0301", "E0302", "E0306", "E0307", "E0324"].contains(code) }

  private func moved(to origin: Origin) -> Diagnostic {
    var moved = self
    moved.span = origin.span
    moved.labels = labels + [Label(span, "used here")]
    let isOwn = edits.count == 1 && edits[0].span == span
    moved.edits = isOwn ? [Edit(origin.span, edits[0].replacement)] : []
    moved.scope = nil
    return moved
  }
}
