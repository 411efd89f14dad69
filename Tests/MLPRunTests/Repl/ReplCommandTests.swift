import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("A command of the REPL")
struct ReplCommandTests {
  @Test("is found by its beginning, and its misspelling answered")
  func names() {
    #expect(ReplCommand("train") == .train)
    #expect(ReplCommand("t") == .train)
    #expect(ReplCommand("sh") == .show)
    #expect(ReplCommand("s") == nil)
    #expect(ReplCommand("") == nil)
    var session = ReplSession()
    #expect(session.enter(":trian") == "there is no command ':trian'; did you mean ':train'?\n")
    #expect(session.enter(":s") == "':s' may mean ':show' or ':set' or ':save'\n")
    #expect(session.enter(":") == "a command's name follows the colon; ':help' lists them\n")
    #expect(session.enter(":show me") == "':show' takes nothing behind it, found 'me'\n")
  }

  @Test(
    "ends the REPL, and nothing behind it is read",
    arguments: [":quit", ":q", "quit", "exit", ":exit"])
  func quit(text: String) {
    var session = ReplSession()
    #expect(session.repl.enter(text + "\n\ntrain epochs 3") == .quit)
    #expect(session.spec == ReplSession.smallSpec)
  }

  @Test("that lacks its colon is answered with it, and a statement is none")
  func withoutColon() {
    var session = ReplSession()
    #expect(session.enter("train 3") == "a command begins with a colon: ':train 3'\n")
    #expect(session.enter("set lr 0.1") == "a command begins with a colon: ':set lr 0.1'\n")
    #expect(session.enter("eval") == "a command begins with a colon: ':eval'\n")
    #expect(session.enter("train epochs 3").contains("epochs 3"))
    #expect(session.enter("train batch").contains("error"))
  }

  @Test("takes changes back, and does them again")
  func undo() {
    var session = ReplSession()
    let specs = [":set lr 0.1", ":set lr 0.2", "fc 2 -> softmax_ce"].map { text in
      session.enter(text)
      return session.spec
    }
    session.enter(":undo")
    session.enter(":undo")
    #expect(session.spec == specs[0])
    session.enter(":redo")
    #expect(session.spec == specs[1])
    session.enter(":set lr 0.7")
    #expect(session.enter(":redo") == "there is nothing to do again\n")
    for _ in 0..<3 { session.enter(":undo") }
    #expect(session.spec == ReplSession.smallSpec)
    #expect(session.enter(":undo") == "there is nothing to undo\n")
  }

  @Test("shows the spec as it is")
  func show() {
    var session = ReplSession()
    #expect(session.enter(":show") == ReplSession.smallSpec)
  }

  @Test("takes statements and names out")
  func drop() {
    var session = ReplSession()
    session.enter("expect test accuracy 0.9 within 0.1\nlet width = 3")
    session.enter(":drop expect")
    session.enter(":drop width")
    #expect(session.spec == ReplSession.smallSpec)
    #expect(session.enter(":drop slover") == "the spec has no 'slover'; did you mean 'solver'?\n")
  }

  @Test("writes the spec to a file and reads one")
  func files() throws {
    var session = ReplSession(files: [
      "other.mlp": "net fc 2 2 -> softmax_ce  # small\n", "bad.mlp": "net fc\n",
    ])
    session.enter("let width = 3")
    #expect(session.enter(":save a/b.mlp").contains("wrote a/b.mlp\nnote: 'width' is left out"))
    let bytes = try #require(session.world.log.events.written["a/b.mlp"])
    #expect(String(decoding: bytes, as: UTF8.self) == ReplSession.smallSpec)
    #expect(session.enter(":save a/b.mlp").hasPrefix("replaced a/b.mlp\n"))
    #expect(session.enter(":load other.mlp") == "net     fc 2 2 -> softmax_ce  # small\n")
    #expect(session.enter(":load bad.mlp").contains("--> bad.mlp:1:"))
    #expect(session.enter(":load none.mlp") == "no file 'none.mlp'\n")
    #expect(session.spec == "net     fc 2 2 -> softmax_ce  # small\n")
    #expect(session.enter(":undo").contains("from spec.mlp\n"))
  }

  @Test("explains codes and words")
  func help() {
    var session = ReplSession()
    #expect(session.enter(":explain e0312").hasPrefix("E0312"))
    #expect(session.enter(":explain E9999").hasPrefix("there is no code 'E9999'"))
    let fc = session.enter(":help fc")
    #expect(fc.hasPrefix("fc: layer\n"))
    #expect(fc.contains("y[n, o] = "))
    #expect(fc.contains("  bias  yes, no; default yes\n"))
    #expect(session.enter(":help lr").contains("setting of the solver 'sgd'"))
    #expect(session.enter(":help rleu") == "no word is called 'rleu'; did you mean 'relu'?\n")
    #expect(session.enter(":help :weights").contains("':weights'") == false)
    for command in ReplCommand.allCases { #expect(session.enter(":help").contains(command.usage)) }
  }

  @Test("knows every word of the language")
  func words() {
    for name in WordHelp.names {
      #expect(WordHelp(columns: 80).text(about: name) != nil, "\(name)")
    }
  }

  @Test("draws curves and weights")
  func looks() {
    var session = ReplSession()
    #expect(session.enter(":plot") == "nothing was trained yet: ':train' does\n")
    #expect(session.enter(":weights").hasPrefix("  untrained\n"))
    session.enter(":train 3")
    let plot = session.enter(":plot")
    #expect(plot.contains("loss") && plot.contains("accuracy") && plot.contains("validation"))
    let weights = session.enter(":weights")
    #expect(weights.contains("weight") && weights.contains(" %"))
    #expect(!weights.contains("output 1"))
  }

  @Test(
    "draws first-layer weights of images, as wide as the terminal has room for",
    arguments: [40, 80, 130])
  func pictures(columns: Int) {
    var session = ReplSession(
      "net fc 784 30 -> relu -> fc 10 -> softmax_ce\ndata digits count 50 test 10\nsolver sgd lr 0.1\n",
      columns: columns)
    let lines = session.enter(":weights 4").split(separator: "\n", omittingEmptySubsequences: false)
    let perRow = max(1, columns / 30)
    #expect(lines.contains { $0.hasPrefix("  output 1") })
    #expect(lines.filter { $0.hasPrefix("  output") }.count == (4 + perRow - 1) / perRow)
    #expect(lines.allSatisfy { $0.count <= max(columns, 80) })
    #expect(lines.last { !$0.isEmpty } == "  4 of 30 outputs; ':weights 30' shows all")
    #expect(session.enter(":weights 0").split(separator: "\n").count == 6)
  }

  @Test("colours only where colours are wanted")
  func colours() {
    let spec = "net fc 784 3 -> softmax_ce\ndata digits count 50 test 10 random_labels 3\n"
    var plain = ReplSession(spec)
    var coloured = ReplSession(spec, hasColours: true)
    for text in [":weights", "net fc 784 rleu"] {
      #expect(!plain.enter(text).contains("\u{1B}"))
      #expect(coloured.enter(text).contains("\u{1B}["))
    }
  }

  @Test("begins with a spec that is said, where none is given")
  func standard() {
    let session = ReplSession(nil)
    #expect(session.repl.isFit)
    #expect(session.repl.greeting.contains("  net     fc 784 128 -> relu -> fc 10 -> softmax_ce\n"))
  }
}
