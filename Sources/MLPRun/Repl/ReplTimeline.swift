/// States that can be gone back to, and forth again.
struct ReplTimeline<State> {
  private(set) var present: State
  private var past: [State] = []
  private var future: [State] = []

  /// States beyond these many are forgotten, the oldest first.
  private static var limit: Int { 1000 }

  init(_ state: State) { present = state }

  /// A new present; what was undone is gone.
  mutating func advance(to state: State) {
    past.append(present)
    if past.count > Self.limit { past.removeFirst() }
    present = state
    future = []
  }

  /// - Returns: whether there was something to go back to.
  mutating func undo() -> Bool {
    guard let state = past.popLast() else { return false }
    future.append(present)
    present = state
    return true
  }

  /// - Returns: whether something had been undone.
  mutating func redo() -> Bool {
    guard let state = future.popLast() else { return false }
    past.append(present)
    present = state
    return true
  }
}
