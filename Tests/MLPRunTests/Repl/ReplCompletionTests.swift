import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("Completion in the REPL")
struct ReplCompletionTests {
  private func words(_ text: String, _ session: ReplSession = ReplSession()) -> [String] {
    session.repl.candidates(in: text, at: text.utf8.count).map { $0.text }
  }

  @Test("knows commands and what may stand behind them")
  func commands() {
    #expect(words(":tr") == ["train"])
    #expect(words(":s") == ["show", "set", "save"])
    #expect(words(":explain E040").count > 5)
    #expect(words(":help soft") == ["softmax", "softmax_ce"])
    #expect(words(":drop s") == ["solver"])
    #expect(words(":plot l") == ["loss"])
    #expect(words(":quit x").isEmpty)
    #expect(words(":nonsense x").isEmpty)
  }

  @Test("knows the language's words by their place, and the spec's names")
  func statements() {
    #expect(words("fc 2 8 -> rel") == ["relu"])
    #expect(words("solver ad") == ["adam", "adamw"])
    #expect(words("sol") == ["solver"])
    var session = ReplSession()
    session.enter("let width = 3")
    #expect(words("fc wid", session).contains("width"))
  }

  @Test("knows the spec's alternatives in a condition")
  func conditions() {
    let session = ReplSession(
      ReplSession.smallSpec.replacing("tanh", with: "{tanh | relu}")
        .replacing("lr 0.5", with: "lr {0.5 | 0.1}") + "expect test loss at most 1 when relu\n")
    #expect(
      words("expect test accuracy at least 0.5 when ", session)
        == ["tanh", "relu", "layer", "lr", "reported"])
    // The network typed beside it is the one that counts.
    let text = "fc 2 {4 | 8} -> relu -> fc 2 -> softmax_ce\nexpect test loss 1 when "
    #expect(words(text, session) == ["lr", "fc", "within", "reported"])
  }

  @Test("knows the settings of the spec's own words")
  func settings() {
    #expect(words(":set l").contains("lr"))
    #expect(words(":set mom") == ["momentum"])
    #expect(words(":set ep") == ["epochs"])
    #expect(words(":set schedule cos") == ["cosine"])
    #expect(words(":set shuffle n") == ["no"])
    #expect(words(":set solver mom") == ["momentum"])
  }

  @Test("knows the files that ':load' and ':save' may mean: specs and folders")
  func specs() {
    let files = ["a.mlp": "", "b c.mlp": "", "note.txt": "", "in/d.mlp": "", ".hidden.mlp": ""]
    let session = ReplSession(files: files)
    #expect(words(":load ", session) == ["a.mlp", "b c.mlp", "in/", "spec.mlp"])
    #expect(words(":save s", session) == ["spec.mlp"])
    #expect(words(":l  b c", session) == ["b c.mlp"])
    #expect(words(":load in/", session) == ["d.mlp"])
    #expect(words(":load .", session) == [".hidden.mlp"])
    #expect(words(":load nowhere/", session).isEmpty)
  }

  @Test("knows the files that a path may mean, and closes its quotes behind one")
  func paths() {
    let session = ReplSession(
      files: ["data/t.csv": "", "data/u.tsv": "", "d\"q.csv": "", "dot.csv": ""])
    func found(_ text: String) -> [String] {
      session.repl.candidates(in: text, at: text.utf8.count).map { $0.text + $0.ending }
    }
    #expect(found("data csv path \"") == ["data/", "dot.csv\"", "spec.mlp\""])
    #expect(found("data csv path \"data/") == ["t.csv\"", "u.tsv\""])
    #expect(found("data csv label 1 test_path \"data/u") == ["u.tsv\""])
    #expect(found("data csv path {\"data/t.csv\" | \"data/u") == ["u.tsv\""])
    #expect(found(":set path \"do") == ["dot.csv\""])
    #expect(found("let it = csv path \"do") == ["dot.csv\""])
    // No file's name is wanted there.
    #expect(found("data csv label \"do").isEmpty)
    #expect(found("data csv path \"dot.csv\" ").contains("label "))
    #expect(found("# path \"do").isEmpty)
    let text = "data csv path \"do\" label 1"
    #expect(session.repl.candidates(in: text, at: 17).map { $0.range } == [15..<17])
  }

  @Test("gives the place of what it replaces")
  func places() {
    let session = ReplSession()
    for text in [":tr", ":help soft", "fc 2 8 -> rel", ":set mom", ":set schedule cos"] {
      let count = text.utf8.count
      let typed = text.split { " :".contains($0) }.last?.utf8.count ?? 0
      let found = session.repl.candidates(in: text, at: count)
      #expect(!found.isEmpty, "\(text)")
      for candidate in found { #expect(candidate.range == count - typed..<count, "\(text)") }
    }
  }

  @Test(
    "never fails, wherever the cursor is",
    arguments: [":set lr 0.1", "fc é -> r", ":", " : x", "é"])
  func anywhere(text: String) {
    let session = ReplSession()
    for offset in 0...text.utf8.count { _ = session.repl.candidates(in: text, at: offset) }
  }
}
