import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("A statement typed into the REPL")
struct ReplStatementTests {
  @Test("replaces its part of the spec, and the table answers")
  func chain() {
    var session = ReplSession()
    let said = session.enter("fc 2 16 -> relu -> fc 16 2 -> softmax_ce")
    #expect(said.contains("  fc 2 16      2   16          48\n"))
    #expect(said.contains("  total                        82\n"))
    #expect(session.spec.hasPrefix("net     fc 2 16 -> relu -> fc 16 2 -> softmax_ce\ndata "))
    #expect(session.enter("fc 2 16 -> relu -> fc 16 2 -> softmax_ce") == "as before\n")
  }

  @Test("is shown with its defaults where it changes no shape")
  func settings() {
    var session = ReplSession()
    let said = session.enter("solver adam")
    #expect(said.hasPrefix("  solver  adam lr 0.001 beta1 0.9"))
    #expect(!said.contains("total"))
    #expect(session.spec.contains("\nsolver  adam\n"))
  }

  @Test("that is faulty changes nothing, and the diagnostic points into what was typed")
  func faulty() {
    var session = ReplSession()
    let before = session.spec
    let said = session.enter("fc 2 16 -> rleu -> fc 2 -> softmax_ce")
    #expect(said.contains("--> input:1:12\n"))
    #expect(said.contains("did you mean 'relu'?"))
    #expect(session.spec == before)
    #expect(session.repl.hasErred)
    #expect(session.view.complained == said)
  }

  @Test("counts the lines of what is read")
  func lines() {
    var session = ReplSession()
    let said = session.enter("train epochs 2\n\n\ntrain epohcs 3")
    #expect(said.contains("--> input:4:7\n"))
    #expect(said.contains(" 4 | train epohcs 3\n"))
  }

  @Test("is taken also where others don't go with it yet")
  func unfit() {
    var session = ReplSession()
    let first = session.enter("data digits count 100 test 20")
    #expect(first.contains("error[E0312]"))
    #expect(first.contains("--> spec:1:12\n"))
    #expect(first.contains("note: taken, but"))
    #expect(!session.repl.isFit)
    #expect(session.enter(":train").contains("error[E0312]"))
    let second = session.enter("fc 784 10 -> softmax_ce")
    #expect(second.contains("7 850"))
    #expect(!second.contains("error"))
    #expect(session.repl.isFit)
  }

  @Test("may come with others, in any order")
  func block() {
    var session = ReplSession()
    let said = session.enter("fc 784 10 -> softmax_ce\ndata digits count 100 test 20")
    #expect(!said.contains("error"))
    #expect(session.repl.isFit)
  }

  @Test("that clashes with one typed beside it is refused")
  func ownClash() {
    var session = ReplSession()
    let before = session.spec
    #expect(session.enter("fc 784 10 -> softmax_ce\ndata toy xor").contains("error[E0312]"))
    #expect(session.spec == before)
  }

  @Test("may define a name before anything uses it")
  func names() {
    var session = ReplSession()
    #expect(session.enter("let width = 5").contains("note: nothing uses 'width' yet\n"))
    #expect(session.repl.isFit)
    let said = session.enter("fc width -> relu -> fc 2 -> softmax_ce")
    #expect(said.contains("fc 5"))
    #expect(session.enter("let width = 7").contains("fc 7"))
    #expect(session.spec.hasPrefix("let width = 7\nnet     fc width"))
  }

  @Test("stands beside others only where there may be several")
  func expectations() {
    var session = ReplSession()
    session.enter("expect test accuracy 0.9 within 0.1")
    session.enter("expect train loss 0.3 within 0.1")
    session.enter("expect test accuracy 0.8 within 0.1")
    let expected = session.spec.split(separator: "\n").filter { $0.hasPrefix("expect") }
    #expect(
      expected == [
        "expect  test accuracy 0.8 within 0.1", "expect  train loss 0.3 within 0.1",
      ])
  }

  private func expected(_ session: ReplSession) -> [String] {
    session.spec.split(separator: "\n").filter { $0.hasPrefix("expect") }
      .map { String($0.dropFirst(8)) }
  }

  @Test("replaces what is expected of the same, and says so")
  func expectationsReplaced() {
    let spec =
      ReplSession.smallSpec
      + "expect test accuracy at least 0.5\n# Not more.\nexpect test accuracy at most 0.9\n"
      + "expect test loss 1 within 0.5\n"
    var session = ReplSession(spec)
    let said = session.enter("expect test accuracy at most 0.95")
    #expect(said.hasSuffix("note: it takes the place of 'expect test accuracy at most 0.9'\n"))
    #expect(
      expected(session) == [
        "test accuracy at least 0.5", "test accuracy at most 0.95", "test loss 1 within 0.5",
      ])
    #expect(session.spec.contains("# Not more.\nexpect  test accuracy at most 0.95\n"))
    #expect(session.enter("expect test accuracy at most 0.95") == "as before\n")
  }

  @Test("never drops another expectation without a word")
  func expectationsKept() {
    var session = ReplSession(
      ReplSession.smallSpec.replacing("lr 0.5", with: "lr {0.5 | 0.1}"))
    let lines = [
      "test accuracy 0.9 within 0.1", "test accuracy at least 0.5", "test accuracy at most 0.99",
      "test loss at most 0.9", "train accuracy at most 0.99", "test loss at most 0.5 when 0.5",
      "test loss at most 0.6 when 0.1", "diverges when 0.5",
    ]
    for line in lines { #expect(!session.enter("expect " + line).contains("takes the place")) }
    #expect(Set(expected(session)) == Set(lines))
  }

  @Test("typed beside another doesn't drop it")
  func expectationsTogether() {
    var session = ReplSession()
    session.enter("expect test loss at least 0.1\nexpect test loss at most 2")
    #expect(expected(session) == ["test loss at least 0.1", "test loss at most 2"])
    let said = session.enter("expect test loss at most 1\nexpect test loss at most 3")
    #expect(said.contains("takes the place of 'expect test loss at most 2'"))
    #expect(
      expected(session).sorted() == [
        "test loss at least 0.1", "test loss at most 1", "test loss at most 3",
      ])
    let both = session.enter("expect test loss at most 0.5")
    #expect(both.contains("of 'expect test loss at most 1'"))
    #expect(both.contains("of 'expect test loss at most 3'"))
    #expect(expected(session) == ["test loss at least 0.1", "test loss at most 0.5"])
  }

  @Test("is dropped alone where it is one of several")
  func expectationDropped() {
    var session = ReplSession()
    session.enter(
      "expect test loss at least 0.1\nexpect test loss at most 2\nexpect train loss at most 2")
    session.enter(":drop expect test loss at most")
    #expect(expected(session) == ["test loss at least 0.1", "train loss at most 2"])
    #expect(session.enter(":drop expect validation").contains("no 'expect validation'"))
    session.enter(":drop expect")
    #expect(expected(session) == [])
  }

  @Test("leaves the comments of a file where they are")
  func comments() {
    var session = ReplSession("# The report's section 3.\n" + ReplSession.smallSpec)
    session.enter("fc 2 -> softmax_ce")
    #expect(session.spec.hasPrefix("# The report's section 3.\nnet     fc 2 -> softmax_ce\n"))
  }

  @Test("with alternatives shows each combination")
  func sweep() {
    var session = ReplSession()
    let said = session.enter("fc 2 {4 | 8} -> {relu | tanh} -> fc 2 -> softmax_ce")
    let rows = said.split(separator: "\n").map { $0.split(separator: " ").map { String($0) } }
    #expect(rows.count == 5)
    #expect(rows.last?.prefix(4) == ["8", "tanh", "3", "42"])
  }

  @Test("without a keyword, a chain or a colon is explained")
  func stranger() {
    var session = ReplSession()
    #expect(session.enter("hello").contains("error[E0333]"))
    #expect(session.enter("# nothing but a comment").isEmpty)
    #expect(session.enter("   ").isEmpty)
  }
}
