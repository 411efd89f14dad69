import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// Alternatives and `repeat` are checked, and a run says plainly that it does one training only.
@Suite struct SweepTests {
  static let rest = "\ndata toy xor\nsolver sgd lr 0.1\n"

  @Test(arguments: [
    ("fc 2 {3 | 4} -> relu -> fc 2 -> softmax_ce" + rest, 2),
    ("fc 2 {3 | 4} -> {relu | tanh} -> fc 2 -> softmax_ce" + rest, 4),
    ("fc 2 3 -> relu -> fc 2 -> softmax_ce\(rest)train repeat 3", 1),
  ])
  func checkedButNotRun(_ spec: String, combinations: Int) {
    let session = Session([Source(name: "sweep", text: spec)], in: MemoryWorld())
    #expect(session.check().checked?.experiments.count == combinations)
    do throws(RunFailure) {
      _ = try session.run(threads: 1) { _ in }
    } catch .faulty(let diagnostics, _) {
      #expect(diagnostics.map { $0.code } == ["E0330"])
    } catch {
      Issue.record("\(error)")
    }
  }
}
