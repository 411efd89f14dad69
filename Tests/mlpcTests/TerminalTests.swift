import Foundation
import Testing

/// What a person at a terminal sees, and a pipe does not.
@Suite struct TerminalTests {
  /// A second or so for an epoch, so that progress is told.
  private let slowSpec = """
    net     fc 784 800 -> relu -> fc 800 800 -> relu -> fc 800 10 -> softmax_ce
    data    digits count 1500 test 10
    solver  sgd lr 0.01
    train   batch 2 epochs 1

    """
  private let escape = "\u{1B}"

  private func onTerminal(
    _ text: String, _ environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    let scratch = try Scratch()
    try scratch.write("s.mlp", text)
    return try Program.runOnTerminal(["run", "s.mlp"], environment: environment, in: scratch.url)
  }

  private func hasColour(_ text: String) -> Bool {
    text.range(of: "\(escape)\\[[0-9;]*m", options: .regularExpression) != nil
  }

  @Test func aPipeGetsNoEscapeCodesAndNoBar() throws {
    for text in [slowSpec, "net fc 2 rleu\n"] {
      let found = try run(text, environment: ["TERM": "xterm"])
      #expect(!(found.stdout + found.stderr).contains(escape))
      #expect(!(found.stdout + found.stderr).contains("\r"))
      #expect(!(found.stdout + found.stderr).contains("samples/s,"))
    }
  }

  @Test(.enabled(if: Program.hasPython))
  func aTerminalGetsABarThatGoesAway() throws {
    let found = try onTerminal(slowSpec)
    #expect(found.status == 0)
    #expect(found.stdout.contains("\r  epoch 1/1 █"))
    #expect(found.stdout.contains(" left\(escape)[K"))
    let last = found.stdout.components(separatedBy: "\r\(escape)[K").last ?? ""
    #expect(last.hasPrefix("  epoch  train loss"))
    #expect(!last.contains("█"))
  }

  @Test(.enabled(if: Program.hasPython))
  func severalTrainingsHaveABarTogether() throws {
    let spec = slowSpec.replacingOccurrences(
      of: "-> relu -> fc 800 10", with: "-> {relu | tanh} -> fc 800 10")
    let found = try onTerminal(spec)
    #expect(found.status == 0)
    #expect(found.stdout.contains("\r  0 of 2 runs █"))
    let last = found.stdout.components(separatedBy: "\r\(escape)[K").last ?? ""
    #expect(last.contains("  layer  train loss"))
    #expect(!last.contains("█"))
  }

  @Test(.enabled(if: Program.hasPython))
  func aDumbTerminalGetsNeitherBarNorColour() throws {
    #expect(!(try onTerminal(slowSpec, ["TERM": "dumb"]).stdout.contains("█")))
    #expect(!(try onTerminal("net fc 2 rleu\n", ["TERM": "dumb"]).stdout.contains(escape)))
  }

  @Test(.enabled(if: Program.hasPython))
  func diagnosticsAreColouredUnlessNoColorIsSet() throws {
    let coloured = try onTerminal("net fc 2 rleu\n")
    #expect(coloured.status == 65)
    #expect(hasColour(coloured.stdout))
    #expect(hasColour(try onTerminal("net fc 2 rleu\n", ["NO_COLOR": ""]).stdout))
    #expect(!hasColour(try onTerminal("net fc 2 rleu\n", ["NO_COLOR": "1"]).stdout))
  }
}
