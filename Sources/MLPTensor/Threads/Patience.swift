/// How long the caller does without workers that came late. All times are in nanoseconds.
///
/// A worker that is held up costs the time that the caller waits for it, and gains as much time as it works beside
/// the caller. While it gains more than it costs, as where a core is taken away for a moment now and then, the
/// caller soon tries again; where it doesn't, for another program has the core, twice as late each time.
struct Patience {
  /// Whether the next loops are run alone, until the end of that time.
  private(set) var isOver = false
  private var end = 0
  /// Time that the workers were beside the caller since one was late.
  private var gained = 0
  private var factor = 1

  private static let highestFactor = 64

  /// Whether the next loop is run alone too.
  mutating func staysOver(at now: Int) -> Bool {
    isOver = now < end
    return isOver
  }

  /// - Parameters:
  ///   - waited: how long the caller waited for the last worker.
  ///   - worked: how long the caller's own part took.
  mutating func note(waited: Int, worked: Int, at now: Int) {
    guard waited > 2 * worked + Self.grace else {
      gained += worked
      return
    }
    factor = gained >= waited ? 1 : min(2 * factor, Self.highestFactor)
    gained = 0
    isOver = true
    end = now + factor * waited
  }

  /// What a worker may be late without its core being busy: a tenth of a millisecond.
  private static let grace = 100_000
}
