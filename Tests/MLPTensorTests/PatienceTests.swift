import Testing

@testable import MLPTensor

/// Times are in nanoseconds. A wait of a millisecond means that the worker was without its core.
@Suite("The caller's patience with its workers")
struct PatienceTests {
  private static let millisecond = 1_000_000

  /// How long loops are run alone after a worker came late at time 0.
  private func pause(_ patience: inout Patience) -> Int {
    let times = stride(from: 0, through: 1000 * Self.millisecond, by: Self.millisecond / 2)
    return times.first { !patience.isOver || !patience.staysOver(at: $0) } ?? .max
  }

  private func late(_ patience: inout Patience) {
    patience.note(waited: Self.millisecond, worked: 1000, at: 0)
  }

  @Test("does not end while workers are punctual, or late by less than a busy core would make them")
  func punctual() {
    var patience = Patience()
    for _ in 0..<1000 { patience.note(waited: 50_000, worked: 20_000, at: 0) }
    #expect(!patience.isOver)
  }

  @Test("ends for as long as a worker was late that had gained more than that")
  func gain() {
    var patience = Patience()
    for _ in 0..<3 {
      for _ in 0..<100 { patience.note(waited: 0, worked: Self.millisecond / 50, at: 0) }
      late(&patience)
      #expect(pause(&patience) == Self.millisecond)
    }
  }

  @Test("ends for twice as long each time for a worker that is late and gained nothing")
  func loss() {
    var patience = Patience()
    let pauses = (0..<8).map { _ in
      late(&patience)
      return pause(&patience) / Self.millisecond
    }
    #expect(pauses == [2, 4, 8, 16, 32, 64, 64, 64])
  }
}
