import Testing

@testable import MLPTensor

@Suite struct CalibrationTests {
  @Test(arguments: [1, 2])
  func peakIsPositive(threads: Int) {
    let clock = ContinuousClock()
    let start = clock.now
    let peak = Calibration.peak(Team(size: threads)) {
      let (seconds, attoseconds) = (clock.now - start).components
      return Double(seconds) + Double(attoseconds) * 1e-18
    }
    #expect(peak > 0)
    #expect(peak.isFinite)
  }

  /// By a clock on which each run takes one second.
  @Test(arguments: [1, 2])
  func peakIsTheOperationsOfTheWidestRunBySeconds(threads: Int) {
    var time = 0.0
    let peak = Calibration.peak(Team(size: threads)) {
      time += 1
      return time
    }
    // pieces × links × chains × lanes, a multiply-add being two operations
    #expect(peak == Double(256 * threads) * 8_192 * 12 * 16 * 2)
  }
}
