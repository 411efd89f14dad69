import Foundation
import Testing

@Suite struct FallbackTests {
  private let spec = smallSpec.replacingOccurrences(
    of: "data    digits count 500 test 100", with: "data mnist else digits count 500 test 100"
  ).replacingOccurrences(of: " validation last 50", with: "")

  @Test func elseIsUsedAndSaidLoudly() throws {
    let found = try run(spec + "expect test accuracy 0.999 within 0.0001\n")
    #expect(found.status == 0)
    #expect(found.stderr.hasPrefix("mlpc: MNIST can't be had: "))
    #expect(found.stderr.contains("using 'digits' instead"))
    #expect(found.stdout.hasPrefix("digits: 500 train, 100 test; "))
    #expect(found.stdout.contains("  data     digits, NOT mnist, which can't be had\n"))
    let row = found.lines.first { $0.contains("test accuracy") }
    #expect(row?.hasSuffix("not judged") == true)
  }

  @Test func programsSeeItToo() throws {
    let found = try result(spec + "expect test accuracy 0.999 within 0.0001\n")
    #expect(found["data"] as? String == "digits")
    #expect(found["data_named"] as? String == "mnist")
    let expectation = (found["expectations"] as? [[String: Any]])?.first
    #expect(expectation?["verdict"] as? String == "not judged")
  }

  @Test func withoutElseTheInputIsMissing() throws {
    let found = try run("fc 10 -> softmax_ce\ndata mnist\nsolver sgd lr 1\n")
    #expect(found.status == 66)
    #expect(found.stdout.isEmpty)
    #expect(found.stderr.contains("--> s.mlp:2:6"))
    #expect(found.stderr.contains("no server gives MNIST: no answer from '127.0.0.1:9'"))
    #expect(found.stderr.contains("$MLPC_DATA/mnist"))
  }

  @Test func aServerThatDoesntAnswerIsGivenUp() throws {
    // 192.0.2.1 is nobody's (RFC 5737): packets are lost, or refused at once.
    let found = try run(
      "fc 10 -> softmax_ce\ndata mnist\nsolver sgd lr 1\n",
      environment: ["MLPC_MIRROR": "http://192.0.2.1/"])
    #expect(found.status == 66)
  }
}
