import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("':set' in the REPL")
struct ReplSetTests {
  @Test(
    "puts a setting where it belongs",
    arguments: [
      ("sgd lr 0.1", "lr 0.01", "solver sgd lr 0.01"),
      ("sgd lr 0.1", "decay 0.1", "solver sgd lr 0.1 decay 0.1"),
      ("sgd lr 0.1 decay 0.1", "lr 0.2", "solver sgd lr 0.2 decay 0.1"),
      (
        "sgd lr 0.1 schedule cosine floor 0.1", "floor 0.2",
        "solver sgd lr 0.1 schedule cosine floor 0.2"
      ),
      (
        "sgd schedule cosine floor 0.1 lr 1", "schedule constant",
        "solver sgd schedule constant lr 1"
      ),
      (
        "sgd lr 0.1 schedule cosine", "schedule step every 2",
        "solver sgd lr 0.1 schedule step every 2"
      ),
      ("sgd lr {0.1 | 0.2}", "decay 0.1", "solver sgd lr { 0.1 | 0.2 } decay 0.1"),
      ("sgd lr 0.1", "lr {0.1 | 0.2}", "solver sgd lr { 0.1 | 0.2 }"),
      ("sgd lr 0.1", "sgd decay 0.1", "solver sgd lr 0.1 decay 0.1"),
      ("sgd lr 0.1", "adam", "solver adam"), ("", "sgd lr 1", "solver sgd lr 1"),
    ])
  func solver(statement: String, overlay: String, merged: String) {
    #expect(SettingList.text(of: "solver " + statement, with: overlay) == merged)
  }

  @Test(
    "keeps values that stand without their names so",
    arguments: [
      ("data toy moons noise 0.1", "shape spirals", "data toy spirals noise 0.1"),
      ("data toy moons noise 0.1", "toy xor", "data toy xor noise 0.1"),
      (
        "data mnist validation last 5000 else digits", "validation none",
        "data mnist validation none else digits"
      ),
      ("data mnist else digits count 60", "count 100", "data mnist else digits count 100"),
      ("init normal 0.1 biases same", "biases zeros", "init normal 0.1 biases zeros"),
      ("init normal 0.1", "std 0.2", "init normal 0.2"),
      ("train", "epochs 3", "train epochs 3"),
    ])
  func others(statement: String, overlay: String, merged: String) {
    #expect(SettingList.text(of: statement, with: overlay) == merged)
  }

  @Test(
    "means what '--with' means",
    arguments: [
      "solver lr 0.2", "solver adam", "solver decay 0.1 momentum 0.9", "train epochs 9 batch 7",
      "data noise 0.4", "data toy spirals", "data validation none", "train shuffle no",
      "solver schedule cosine floor 0.1", "solver sgd lr {0.1 | 0.2}", "init he biases same",
    ])
  func likeWith(overlay: String) throws {
    var session = ReplSession()
    session.enter(":set " + overlay)
    let texts = [ReplSession.smallSpec, overlay].map { Source(name: "test", text: $0) }
    let expected = try #require(Session(texts, in: MemoryWorld()).check().checked)
    let found = try #require(session.repl.spec.checked)
    #expect(
      found.experiments.map { $0.explicitText } == expected.experiments.map { $0.explicitText })
  }

  @Test("finds the statement by itself")
  func owner() {
    var session = ReplSession()
    session.enter(":set lr 0.25")
    session.enter(":set noise 0.2")
    session.enter(":set seed 9")
    session.enter(":set biases same")
    #expect(
      session.spec == """
        net     fc 2 8 -> tanh -> fc 2 -> softmax_ce
        init    biases same
        data    toy moons count 400 test 100 noise 0.2 validation last 100
        solver  sgd lr 0.25
        train   batch 20 epochs 4 seed 9

        """)
  }

  @Test("points into what was typed")
  func faults() {
    var session = ReplSession()
    let before = session.spec
    #expect(session.enter(":set lr 0,1").contains("--> input:1:9\n"))
    #expect(session.enter("  :set epochs 0").contains("--> input:1:15\n"))
    #expect(session.enter(":set momentum yes").contains(" 1 | :set momentum yes\n"))
    #expect(session.enter(":set beta1 0.5").contains("error[E0303]"))
    #expect(session.spec == before)
  }

  @Test("says where a setting that it doesn't change belongs")
  func homeless() {
    var session = ReplSession()
    #expect(
      session.enter(":set rate 0.5")
        == "'rate' is a setting of 'dropout' in the net: type the chain anew\n")
    // Of the words that have it, one that the network has.
    #expect(
      session.enter(":set out 3")
        == "'out' is a setting of 'fc' in the net: type the chain anew\n")
    #expect(session.enter(":set bias no").contains("setting of 'fc'"))
    #expect(session.enter(":set relu") == "'relu' is part of the net: type the chain anew\n")
    #expect(
      session.enter(":set epohcs 3")
        == "no word here has a setting 'epohcs'; did you mean 'epochs'?\n")
    #expect(session.enter(":set learning_rate 3").contains("here it is called 'lr'"))
    #expect(session.enter(":set") == "say what: ':set lr 0.01'\n")
    #expect(session.enter(":set 3") == "a setting's name comes first: ':set lr 0.01'\n")
    #expect(session.enter(":set net fc 2 -> mse").hasPrefix("':set' changes settings"))
  }
}
