import MLPTestSupport
import Synchronization
import Testing

@testable import MLPRun

@Suite("Training in the REPL")
struct ReplTrainingTests {
  private let spec = ReplSession.smallSpec

  @Test(
    "epoch by epoch gives the bits of a run",
    arguments: ["solver lr 0.5", "solver adam schedule cosine"])
  func sameBits(overlay: String) throws {
    var session = ReplSession()
    session.enter(":set " + overlay)
    for command in [":train", ":train 2", ":train"] { session.enter(command) }
    let hash = try ReplSession.hashOfRun(spec, with: [overlay])
    #expect(session.weightsHash() == hash)
    session.enter(":train")
    #expect(session.weightsHash() != hash)
  }

  @Test("goes on where it was stopped, to the same bits", arguments: [1, 7, 15, 16, 40])
  func stopped(step: Int) throws {
    var session = ReplSession()
    session.view.patience = step
    let said = session.enter(":train 4")
    #expect(said.contains("note: stopped"))
    session.view.patience = nil
    let rest = 4 - session.repl.trials[0].records.count
    #expect(session.enter(":train \(rest)").contains("      4  "))
    #expect(session.weightsHash() == (try ReplSession.hashOfRun(spec)))
  }

  @Test("says where it was stopped")
  func saysWhere() {
    var session = ReplSession()
    session.view.patience = 5
    #expect(
      session.enter(":train").contains(
        "note: stopped in epoch 1 after 6 of 15 steps; the weights are those of the last step, and "
          + "':train' goes on from there\n"))
  }

  @Test("keeps the weights under another rate or method, and takes them along")
  func otherSettings() throws {
    var session = ReplSession()
    session.enter(":train 2")
    let hash = session.weightsHash()
    for command in [":set lr 0.01", ":set batch 10", "solver adam", ":set epochs 9"] {
      #expect(session.enter(command).contains("trained for 2 epochs"))
      #expect(session.weightsHash() == hash)
    }
    #expect(session.enter(":train").contains("      3  "))
    #expect(session.weightsHash() != hash)
  }

  @Test("under another rate is no other than a run that changes it on its way")
  func momentumStays() {
    var (one, other) = (ReplSession(), ReplSession())
    for command in [":set momentum 0.9", ":train", ":set lr 0.1", ":train"] { one.enter(command) }
    for command in [":set momentum 0.9", ":train", ":set lr 0.3", ":set lr 0.1", ":train"] {
      other.enter(command)
    }
    #expect(one.weightsHash() == other.weightsHash())
    var third = ReplSession()
    // Without momentum in between, nothing is left of the velocity.
    for command in [
      ":set momentum 0.9", ":train", "solver sgd lr 0.1", ":eval", ":set momentum 0.9", ":train",
    ] {
      third.enter(command)
    }
    #expect(one.weightsHash() != third.weightsHash())
  }

  @Test("begins anew with another net, and goes on when one comes back to the first")
  func otherNet() {
    var session = ReplSession()
    session.enter(":train 2")
    let hash = session.weightsHash()
    #expect(session.enter("fc 2 4 -> relu -> fc 2 -> softmax_ce").contains("  untrained\n"))
    #expect(session.enter(":train").contains("      1  "))
    let said = session.enter(":undo")
    #expect(said.contains("- net     fc 2 4 -> relu -> fc 2 -> softmax_ce\n"))
    #expect(said.contains("+ net     fc 2 8 -> tanh -> fc 2 -> softmax_ce\n"))
    #expect(said.contains("  #1, trained for 2 epochs: ':train' goes on from there\n"))
    #expect(session.weightsHash() == hash)
    #expect(session.enter(":redo").contains("#2, trained for 1 epoch:"))
  }

  @Test("begins anew when asked to")
  func fresh() throws {
    var session = ReplSession()
    session.enter(":train 3")
    #expect(session.enter(":fresh") == "  untrained again\n")
    session.enter(":train 4")
    #expect(session.weightsHash() == (try ReplSession.hashOfRun(spec)))
  }

  @Test("loads the data once, and again only when they change")
  func data() {
    var session = ReplSession()
    #expect(session.enter(":train").contains("toy: 300 train, 100 validation, 100 test\n"))
    #expect(!session.enter(":train").contains("toy:"))
    session.enter("fc 2 3 -> relu -> fc 2 -> softmax_ce")
    #expect(!session.enter(":train").contains("toy:"))
    session.enter(":set noise 0.2")
    #expect(session.enter(":train").contains("toy:"))
  }

  @Test("that diverges keeps the weights before the step")
  func diverges() throws {
    var session = ReplSession()
    session.enter("net fc 2 8 -> relu -> fc 2 -> mse")
    session.enter(":train")
    session.enter(":set lr 1e30")
    let said = session.enter(":train 3")
    #expect(said.contains("error[E0409]"))
    #expect(said.contains("--> spec:3:1\n"))
    #expect(said.contains("':fresh' begins anew"))
    session.enter(":fresh")
    session.enter(":set lr 0.1")
    #expect(!session.enter(":train").contains("error"))
  }

  @Test("of alternatives trains each combination, and compares them")
  func sweep() {
    var session = ReplSession()
    session.enter(":set lr {0.1 | 0.5}")
    let said = session.enter(":train 2")
    #expect(said.contains("\n0.1\n") && said.contains("\n0.5\n"))
    let table = said.split(separator: "\n").suffix(3).map { $0.split(separator: " ") }
    #expect(table[0].contains("solver"))
    #expect(table[1].first == "1" && table[2].first == "2")
    session.enter(":train")
    #expect(session.repl.trials.all.map { $0.records.count } == [3, 3])
    #expect(session.enter(":weights").contains("type one of them"))
    #expect(session.enter(":plot loss").contains("validation loss"))
  }

  @Test(
    "trains each combination by itself, whatever tells them apart",
    arguments: ["epochs {2 | 4}", "shuffle {yes | no}", "batch {20 | 30}", "clip {1 | 2}"])
  func combinationsApart(setting: String) {
    var session = ReplSession()
    session.enter(":set " + setting)
    let table = session.enter(":train 1").split(separator: "\n").suffix(3)
    #expect(session.repl.trials.all.map { $0.records.count } == [1, 1])
    // The rows differ in more than their numbers.
    let rows = table.suffix(2).map { $0.split(separator: " ") }
    #expect(rows.map { $0.first } == ["1", "2"])
    let head = table.first.map { String($0) } ?? ""
    #expect(["planned", "training", "batch"].contains { head.contains($0) }, "\(head)")
  }

  @Test("says where combinations begin with unequal chances")
  func headStart() {
    var session = ReplSession()
    session.enter(":set lr {0.1 | 0.5}")
    #expect(!session.enter(":train").contains("note:"))
    session.enter(":set lr {0.5 | 0.7}")
    #expect(
      session.enter(":train").contains(
        "note: some combinations go on from epoch 1, others from epoch 0: ':fresh' begins all anew")
    )
    session.enter(":fresh")
    #expect(!session.enter(":train").contains("note:"))
  }

  @Test("leaves 'repeat' to a run, and says so")
  func repeats() {
    var session = ReplSession()
    session.enter(":set repeat 3")
    #expect(session.enter(":train").contains("note: 'repeat' is left to 'mlpc run'"))
    #expect(!session.enter(":train").contains("repeat"))
  }

  @Test("leaves 'keep best' and a 'checkpoint' that is asked for to a run, and says so once")
  func leftToRun() {
    var session = ReplSession()
    session.enter(":train")
    session.enter(":set keep best")
    session.enter(":set checkpoint every 2 epochs")
    let said = session.enter(":train")
    #expect(said.contains("note: 'keep best' is left to 'mlpc run'"))
    #expect(said.contains("note: 'checkpoint' is left to 'mlpc run'"))
    #expect(!session.enter(":train").contains("is left to"))
    session.enter(":set checkpoint no")
    session.enter(":set keep last")
    #expect(!session.enter(":train").contains("is left to"))
    session.enter(":set checkpoint yes")
    #expect(session.enter(":train").contains("note: 'checkpoint'"))
  }

  @Test("can be stopped while the data load, and is tried anew")
  func stoppedLoading() {
    let isStopped = Flag()
    var session = ReplSession(nil, isStopRequested: { isStopped.value })
    session.enter(ReplSession.smallSpec)
    session.enter("fc 784 4 -> relu -> fc 10 -> softmax_ce\ndata digits count 300 test 20")
    isStopped.value = true
    let said = session.enter(":train")
    #expect(said == "note: the loading of the data was stopped; the next ':train' begins it anew\n")
    #expect(!session.repl.hasErred)
    isStopped.value = false
    #expect(session.enter(":train").contains("digits: 300 train"))
  }

  /// Two batches for the training set, one each for validation and test.
  @Test("can be stopped while it measures, between any two batches", arguments: 0..<4)
  func stoppedMeasuring(batches: Int) {
    var session = ReplSession()
    session.enter(":train")
    let whole = session.enter(":eval")
    session.view.patience = batches
    let said = session.enter(":eval")
    #expect(said == "note: the measuring was stopped; the next ':eval' begins it anew\n")
    #expect(!session.repl.hasErred)
    session.view.patience = nil
    #expect(session.enter(":eval") == whole)
  }

  @Test("can be stopped while it measures what it has trained")
  func stoppedMeasuringTheTestSet() {
    var session = ReplSession()
    // One question a step of the epoch but the last, and one before the first batch of the test set.
    session.view.patience = 15
    let said = session.enter(":train")
    #expect(said.contains("      1  "))
    #expect(said.hasSuffix("note: the measuring of the test set was stopped; ':eval' does it\n"))
    session.view.patience = nil
    #expect(session.enter(":eval").contains("test "))
  }

  @Test("beyond the epochs of 'train' stretches the schedule, and says so")
  func stretched() {
    var session = ReplSession()
    session.enter(":set schedule cosine")
    #expect(!session.enter(":train 4").contains("stretched"))
    #expect(session.enter(":train 2").contains("made for 'epochs 4'; it is stretched over 6 now"))
  }

  @Test("asks for what is missing, and for a number of epochs", arguments: ["0", "-1", "x", "1.5"])
  func refused(epochs: String) {
    var session = ReplSession()
    #expect(session.enter(":train \(epochs)").hasSuffix("found '\(epochs)'\n"))
    session.enter(":drop solver")
    #expect(session.enter(":train").contains("error[E0317]"))
  }

  @Test("is compared with the others of the session")
  func compare() {
    var session = ReplSession(columns: 100)
    #expect(session.enter(":compare") == "nothing was trained yet: ':train' does\n")
    session.enter(":train 2")
    session.enter("fc 2 4 -> relu -> fc 2 -> softmax_ce")
    session.enter(":train")
    let rows = session.enter(":compare").split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows[1].hasPrefix("  1  fc 2 8 -> tanh -> fc 2 -> softmax_ce          42       2  0."))
    #expect(rows[2].hasPrefix("> 2  fc 2 4 -> relu -> fc 2 -> softmax_ce          22       1  0."))
  }

  @Test(
    "is compared with nothing left out, however narrow the terminal", arguments: [30, 60, 80, 120])
  func compareWhole(columns: Int) {
    var session = ReplSession(columns: columns)
    let middles = ["tanh -> fc 8 -> relu", "tanh -> fc 9 -> relu", "relu -> fc 8 -> tanh"]
    for middle in middles {
      session.enter("fc 2 8 -> \(middle) -> fc 7 -> sigmoid -> fc 2 -> softmax_ce")
      session.enter(":train")
    }
    session.enter(":set lr 0.1")
    session.enter(":set batch 50")
    session.enter(":train")
    let said = session.enter(":compare")
    let words = said.split { $0.isWhitespace }.joined(separator: " ")
    for middle in middles {
      #expect(words.contains("fc 2 8 -> \(middle) -> fc 7 -> sigmoid -> fc 2 -> softmax_ce"))
    }
    #expect(!said.contains("…"))
    let lines = said.split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("> 3  ") }.count == 1)
    // Numbers need some room.
    if columns >= 60 { #expect(lines.allSatisfy { $0.count <= columns }) }
  }

  @Test("is measured on all sets, and judged")
  func evaluate() {
    var session = ReplSession()
    session.enter("expect test accuracy 0.5 within 0.5")
    session.enter(":train 2")
    let said = session.enter(":eval")
    for word in ["train", "validation", "test", "expect", "met", "weights"] {
      #expect(said.contains(word))
    }
  }
}

/// Set by a test, read by what it tests.
private final class Flag: Sendable {
  private let state = Mutex(false)

  var value: Bool {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
