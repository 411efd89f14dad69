import MLPLibrary
import MLPSyntax

/// Makes the edits that errors offer, where that mends a spec.
///
/// Edits of warnings are left alone: a spec that can be run would become another experiment.
package struct Fixer {
  /// An edit that was made.
  package struct Change: Equatable, Sendable {
    package let code: String
    /// Where it was made, in the text as it was then; both from 1, the column counts characters.
    package let line: Int
    package let column: Int
    package let removed: String
    package let inserted: String
  }

  package struct Outcome: Sendable {
    /// The spec with all edits, then the statements merged over it.
    package let session: Session
    package let changes: [Change]
    package let checked: CheckedSpec?
    package let diagnostics: [Diagnostic]
  }

  /// Edits may bring mistakes to light that offer edits themselves: so often it is begun again.
  package static let maximumRounds = 10

  package static func fix(_ session: Session) -> Outcome {
    var fixer = Fixer(session)
    for _ in 0..<maximumRounds {
      if !fixer.makeRound() { break }
    }
    return Outcome(
      session: fixer.state.session, changes: fixer.changes, checked: fixer.state.checked,
      diagnostics: fixer.state.diagnostics)
  }

  /// A spec and what is wrong with it.
  private struct State {
    let session: Session
    let checked: CheckedSpec?
    let diagnostics: [Diagnostic]

    init(_ session: Session) {
      self.session = session
      (checked, diagnostics) = session.check()
    }

    var source: Source { session.sources[0] }
    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }

    /// The edits of errors in the file, none of which touches another.
    var edits: [Proposal] {
      let all = errors.flatMap { error in
        error.edits.filter { $0.span.source == 0 }.map { Proposal(code: error.code, edit: $0) }
      }
      var edits: [Proposal] = []
      for proposal in all.sorted(by: { $0.edit.span.lower < $1.edit.span.lower }) {
        if let last = edits.last?.edit.span, proposal.edit.span.lower <= last.upper { continue }
        edits.append(proposal)
      }
      return edits
    }

    func making(_ edits: [Proposal]) -> State {
      var bytes: [UInt8] = []
      var position = 0
      for edit in edits.map({ $0.edit }) {
        bytes += source.bytes[position..<edit.span.lower] + Array(edit.replacement.utf8)
        position = edit.span.upper
      }
      bytes += source.bytes[position...]
      let sources = [Source(name: source.name, bytes: bytes)] + session.sources.dropFirst()
      return State(Session(sources, in: session.world))
    }

    /// Whether there are fewer errors, or as many and others.
    func isBetter(than other: State) -> Bool {
      let (ours, theirs) = (errors.map { Fault($0) }, other.errors.map { Fault($0) })
      return ours.count < theirs.count || ours.count == theirs.count && ours != theirs
    }
  }

  private struct Proposal {
    let code: String
    let edit: Diagnostic.Edit
  }

  private struct Fault: Equatable {
    let code: String
    let message: String

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code
      message = diagnostic.message
    }
  }

  private var state: State
  private var changes: [Change] = []
  /// Texts that there were, so that no two edits undo each other for ever.
  private var seen: Set<[UInt8]>

  private init(_ session: Session) {
    state = State(session)
    seen = [session.sources[0].bytes]
  }

  /// Makes all edits, or those that mend something by themselves. Returns whether it made one.
  private mutating func makeRound() -> Bool {
    let edits = state.edits
    if edits.isEmpty { return false }
    if let changes = make(edits) {
      self.changes += changes
      return true
    }
    // From the last to the first, so that places before an edit stay what they are.
    var made: [Change] = []
    for edit in edits.reversed() { made = (make([edit]) ?? []) + made }
    changes += made
    return !made.isEmpty
  }

  /// Makes the edits if the spec is the better for it; else nil.
  private mutating func make(_ edits: [Proposal]) -> [Change]? {
    let next = state.making(edits)
    guard next.isBetter(than: state), seen.insert(next.source.bytes).inserted else { return nil }
    let changes = edits.map { change($0) }
    state = next
    return changes
  }

  private func change(_ proposal: Proposal) -> Change {
    let span = proposal.edit.span
    let (line, column) = state.source.position(of: span.lower)
    return Change(
      code: proposal.code, line: line, column: column, removed: state.source.text(span),
      inserted: proposal.edit.replacement)
  }
}

extension Fixer.Change: CustomStringConvertible {
  /// `2:13: 'learning_rate' → 'lr' (E0303)`
  package var description: String {
    let what =
      removed.isEmpty
      ? "'\(inserted)' added"
      : inserted.isEmpty ? "'\(removed)' removed" : "'\(removed)' → '\(inserted)'"
    return "\(line):\(column): \(what) (\(code))"
  }
}
