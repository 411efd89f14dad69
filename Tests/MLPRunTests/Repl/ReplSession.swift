import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Synchronization

@testable import MLPRun

/// A REPL without a terminal, and all that it has said.
struct ReplSession {
  /// Small enough to be trained in a moment.
  static let smallSpec = """
    net     fc 2 8 -> tanh -> fc 2 -> softmax_ce
    data    toy moons count 400 test 100 noise 0.1 validation last 100
    solver  sgd lr 0.5
    train   batch 20 epochs 4 seed 3

    """

  final class View: ReplView {
    let columns: Int
    let hasColours: Bool
    private(set) var said = ""
    private(set) var complained = ""
    /// How often the training may still ask whether it is to stop; nil for ever.
    var patience: Int?

    init(columns: Int, hasColours: Bool) {
      self.columns = columns
      self.hasColours = hasColours
    }

    func show(_ text: String) { said += text }

    func complain(_ text: String) {
      said += text
      complained += text
    }

    func beginWork() {}

    var isStopped: Bool {
      guard let rest = patience else { return false }
      patience = rest - 1
      return rest <= 0
    }

    func forget() {
      said = ""
      complained = ""
    }
  }

  let view: View
  let world: MemoryWorld
  var repl: Repl

  init(
    _ spec: String? = smallSpec, files: [String: String] = [:], columns: Int = 80,
    hasColours: Bool = false, isStopRequested: @escaping @Sendable () -> Bool = { false }
  ) {
    var world = MemoryWorld(files: files.mapValues { Array($0.utf8) })
    world.isWritable = true
    world.isStopRequestedNow = isStopRequested
    if let spec { world.files["spec.mlp"] = Array(spec.utf8) }
    self.world = world
    view = View(columns: columns, hasColours: hasColours)
    repl = Repl(view: view, threads: 1, worldOfSpec: { [world] _ in world })
    if spec != nil { _ = repl.begin(with: "spec.mlp") }
  }

  /// What is said to a text.
  @discardableResult
  mutating func enter(_ text: String) -> String {
    view.forget()
    _ = repl.enter(text)
    return view.said
  }

  var spec: String { repl.spec.text }

  /// The present weights' hash, as `:eval` says it.
  mutating func weightsHash() -> String? {
    enter(":eval").split(separator: "\n").last { $0.contains("weights") }
      .flatMap { $0.split(separator: " ").last.map { String($0) } }
  }

  /// The hash that a run of a spec ends with.
  static func hashOfRun(_ spec: String, with overlays: [String] = []) throws -> String {
    let sources = ([spec] + overlays).map { Source(name: "test", text: $0) }
    let report = try Session(sources, in: MemoryWorld()).run(threads: 1, observe: { _ in })
    return report.runs.compactMap { $0.outcome.report?.weightsHash }.joined(separator: " ")
  }
}
