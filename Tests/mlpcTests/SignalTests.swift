import Foundation
import Testing

@testable import mlpc

/// Which stops count as one.
@Suite struct SignalTests {
  @Test(arguments: [SIGINT, SIGTERM])
  func aStopThatFollowsAtOnceBelongsToTheFirst(_ signal: Int32) {
    for milliseconds in [0, 1, 50, 100] {
      #expect(!Signals.endsAtOnce(signal, after: milliseconds * 1_000_000))
    }
    for milliseconds in [101, 300, 86_400_000] {
      #expect(Signals.endsAtOnce(signal, after: milliseconds * 1_000_000))
    }
  }

  @Test func theEndOfTheTerminalIsNoSecondThought() {
    for milliseconds in [0, 50, 300, 86_400_000] {
      #expect(!Signals.endsAtOnce(SIGHUP, after: milliseconds * 1_000_000))
    }
  }
}
