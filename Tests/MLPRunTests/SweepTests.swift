import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// A small net on drawn points: hundredths of a second.
let sweptSpec = """
  fc 2 8 -> {relu | tanh} -> fc 2 -> softmax_ce
  data toy xor count 300 test 100 validation last 50
  solver sgd lr {0.1 | 0.5}
  train batch 20 epochs 2 seed 3

  """

/// Runs a spec in a world of its own; `told` gets the events.
func sweep(
  _ spec: String, _ overlays: [String] = [], threads: Int = 1, world: any World = MemoryWorld(),
  told: (RunEvent) -> Void = { _ in }
) throws -> SweepReport {
  let texts = [spec] + overlays
  let session = Session(texts.map { Source(name: "sweep", text: $0) }, in: world)
  return try withoutActuallyEscaping(told) { told in
    try session.run(threads: threads) { told($0) }
  }
}

extension SweepReport {
  var hashes: [String?] { runs.map { $0.outcome.report?.weightsHash } }
}

/// Alternatives and repetitions: every combination is trained.
@Suite struct SweepTests {
  @Test(arguments: [
    (sweptSpec, 4, 4, ["layer", "lr"]),
    (
      sweptSpec.replacingOccurrences(of: "seed 3", with: "seed 3 repeat 3"), 4, 12, ["layer", "lr"]
    ),
    (sweptSpec.replacingOccurrences(of: "seed 3", with: "seed {3 | 8}"), 4, 8, ["layer", "lr"]),
  ])
  func eachCombinationIsARow(_ spec: String, rows: Int, runs: Int, axes: [String]) throws {
    let report = try sweep(spec)
    #expect(report.rows.count == rows)
    #expect(report.runs.count == runs)
    #expect(report.axes.map { $0.name } == axes)
    #expect(report.rows.map { $0.cells }.first == ["relu", "0.1"])
    #expect(report.rows.map { $0.cells }.last == ["tanh", "0.5"])
    #expect(Set(report.hashes).count == runs)
    #expect(!report.hashes.contains(nil))
  }

  @Test func aSingleRunHasOneRowAndKeepsItsModel() throws {
    let report = try sweep(
      sweptSpec, ["fc 2 8 -> relu -> fc 2 -> softmax_ce", "solver lr 0.1"])
    #expect(report.isSingle)
    #expect(report.axes == [])
    let model = try #require(report.runs[0].outcome.report?.model)
    #expect(model.parameters.map { $0.map { $0.sizes } } == [[[2, 8], [8]], [], [[8, 2], [2]]])
    #expect(try sweep(sweptSpec).runs.allSatisfy { $0.outcome.report?.model == nil })
  }

  // MARK: The same bits

  /// Side by side, one by one, and each alone: the same weights.
  @Test(arguments: [1, 2, 3, 7])
  func threadsDontChangeABit(threads: Int) throws {
    let spec = sweptSpec.replacingOccurrences(of: "seed 3", with: "seed 3 repeat 2")
    var alone: [String?] = []
    for layer in ["relu", "tanh"] {
      for rate in ["0.1", "0.5"] {
        for seed in ["3", "4"] {
          let net = "fc 2 8 -> \(layer) -> fc 2 -> softmax_ce"
          alone += try sweep(sweptSpec, [net, "solver lr \(rate)", "train seed \(seed)"]).hashes
        }
      }
    }
    #expect(try sweep(spec, threads: threads).hashes == alone)
    #expect(alone.count == 8)
  }

  /// What a merged statement overrides tells nothing apart any more.
  @Test func anOverriddenAxisIsGone() throws {
    let report = try sweep(sweptSpec, ["solver lr 0.2"])
    #expect(report.axes.map { $0.name } == ["layer"])
    #expect(report.rows.map { $0.cells } == [["relu"], ["tanh"]])
  }

  // MARK: Seeds

  @Test func repetitionsCountTheSeedUp() throws {
    let report = try sweep(sweptSpec, ["train repeat 3"])
    #expect(report.rows.map { $0.runs.map { $0.seed } } == Array(repeating: [3, 4, 5], count: 4))
    let seeds = try sweep(sweptSpec, ["train seed {3 | 4 | 5}"])
    #expect(seeds.hashes == report.hashes)
    #expect(seeds.rows.map { $0.test } == report.rows.map { $0.test })
  }

  @Test func rowsHaveMeanAndDeviation() throws {
    let row = try #require(try sweep(sweptSpec, ["train repeat 3"]).rows.first)
    let losses = row.runs.compactMap { $0.outcome.report?.test?.loss }
    let mean = (losses[0] + losses[1] + losses[2]) / 3
    let squares = losses.map { ($0 - mean) * ($0 - mean) }
    let spread = try #require(row.test?.loss)
    #expect(abs(spread.mean - mean) < 1e-12)
    let deviation = ((squares[0] + squares[1] + squares[2]) / 2).squareRoot()
    #expect(abs(try #require(spread.deviation) - deviation) < 1e-12)
    #expect(try sweep(sweptSpec).rows[0].test?.loss.deviation == nil)
  }

  // MARK: Order

  @Test(arguments: [1, 3])
  func runsAreToldInTheOrderOfTheRows(threads: Int) throws {
    let told = Events()
    _ = try sweep(sweptSpec, ["train repeat 2"], threads: threads) { told.add($0) }
    let runs = told.all.compactMap { event -> [Int]? in
      if case .ended(let ended) = event { [ended.run.row, ended.run.repetition] } else { nil }
    }
    #expect(runs == [[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1], [3, 0], [3, 1]])
    let loaded = told.all.compactMap { event -> RunEvent.Loaded? in
      if case .loaded(let loaded) = event { loaded } else { nil }
    }
    #expect(loaded.map { $0.runs } == [8])
    #expect(loaded.map { $0.sideBySide } == [threads])
  }

  // MARK: Data

  @Test func dataAreLoadedOnce() throws {
    let world = MemoryWorld()
    let spec = sweptSpec.replacingOccurrences(of: "fc 2 8", with: "fc 784 8")
      .replacingOccurrences(
        of: "toy xor count 300 test 100", with: "mnist else digits count 300 test 100")
    _ = try sweep(
      spec, ["fc 784 8 -> {relu | tanh} -> fc 10 -> softmax_ce"], threads: 2, world: world)
    #expect(world.log.events.notes.filter { $0.contains("MNIST can't be had") }.count == 1)
  }

  @Test func combinationsMayDifferInTheirData() throws {
    let report = try sweep(sweptSpec, ["data toy {xor | spirals} count 300 test 100"])
    #expect(report.axes.map { $0.name } == ["layer", "lr", "toy"])
    #expect(report.rows.count == 8)
    #expect(Set(report.hashes).count == 8)
  }
}

/// Events, kept.
final class Events {
  private(set) var all: [RunEvent] = []
  func add(_ event: RunEvent) { all.append(event) }
}
