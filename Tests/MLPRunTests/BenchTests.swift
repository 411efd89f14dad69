import Foundation
import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// Trained in a moment: 90 samples, of two numbers each, of which 80 are trained on.
private let small = """
  fc 2 3 -> relu -> fc 3 4 -> tanh -> fc 4 2 -> softmax_ce
  data toy xor count 90 test 20 validation last 10
  solver sgd lr 0.1 momentum 0.9 schedule cosine
  train batch 20 epochs 2 seed 5
  """

private func session(_ text: String, _ overlays: String...) -> Session {
  let texts = [text] + overlays
  return Session(texts.map { Source(name: "small.mlp", text: $0) }, in: MemoryWorld())
}

private func bench(_ text: String, epochs: Int?, threads: Int = 1) throws -> [BenchReport] {
  var reports: [BenchReport] = []
  let settings = BenchSettings(
    threads: threads, epochs: epochs, peakMemory: { 12_345 }, forgetPeakMemory: {})
  try session(text).bench(settings) { reports.append($0) }
  return reports
}

private func report(
  epochSeconds: [Double] = [1], samples: Int = 1000, multiplyAdds: Int = 500, peak: Double = 1e6,
  memory: Int? = nil
) -> BenchReport {
  BenchReport(
    spec: "a.mlp", choices: ["lr 0.1"], data: "digits", dataNamed: "mnist", threads: 2, batch: 10,
    samples: samples, multiplyAddsPerSample: multiplyAdds, epochSeconds: epochSeconds,
    loadSeconds: 0.25, peak: peak, peakMemory: memory, testAccuracy: 0.5,
    weightsHash: "0123456789abcdef")
}

@Suite struct BenchReportTests {
  @Test(arguments: [
    ([3.0], 3.0), ([9.0, 1.0, 2.0], 2.0), ([4.0, 1.0, 2.0, 100.0], 3.0),
  ])
  func anEpochTakesTheMedian(seconds: [Double], median: Double) {
    #expect(report(epochSeconds: seconds).secondsPerEpoch == median)
  }

  @Test func ratesFollowFromTheMedian() {
    let report = report(epochSeconds: [0.5, 2, 90], samples: 1000, multiplyAdds: 500, peak: 1e6)
    #expect(report.samplesPerSecond == 500)
    #expect(report.operationsPerEpoch == 1_000_000)
    #expect(report.operationsPerSecond == 500_000)
    #expect(report.shareOfPeak == 0.5)
  }

  @Test func asManyEpochsAsAskedFor() {
    let settings = BenchSettings(
      threads: 1, epochs: 2, peakMemory: { nil }, forgetPeakMemory: {})
    #expect(!settings.isEnough([100]))
    #expect(settings.isEnough([0, 0]))
  }

  @Test func withoutNumberThreeSecondsAndThreeEpochs() {
    let settings = BenchSettings(
      threads: 1, epochs: nil, peakMemory: { nil }, forgetPeakMemory: {})
    #expect(!settings.isEnough([10, 10]))
    #expect(settings.isEnough([10, 10, 10]))
    #expect(!settings.isEnough([0.5, 0.5, 0.5, 0.5, 0.5]))
    #expect(settings.isEnough([0.5, 0.5, 0.5, 0.5, 0.5, 0.5]))
    #expect(settings.isEnough(Array(repeating: 0, count: 100)))
  }
}

@Suite struct BenchTests {
  /// The first layer needs no gradient of its input: 2·3 weights twice, 3·4 and 4·2 three times.
  @Test func multiplyAddsAreThoseCountedByHand() throws {
    let report = try #require(try bench(small, epochs: 1).first)
    #expect(report.multiplyAddsPerSample == 2 * 6 + 3 * 12 + 3 * 8)
    #expect(report.samples == 80)
    #expect(report.operationsPerEpoch == 2.0 * 72 * 80)
  }

  @Test func epochsGoOnBeyondTheSpecs() throws {
    let report = try #require(try bench(small, epochs: 5).first)
    #expect(report.epochSeconds.count == 5)
  }

  /// What is timed is what a run does.
  @Test(arguments: [1, 2])
  func weightsAndAccuracyAreThoseOfARunsFirstEpoch(threads: Int) throws {
    let once = small.replacingOccurrences(of: "epochs 2", with: "epochs 1")
      .replacingOccurrences(of: "schedule cosine", with: "schedule constant")
    let often = once.replacingOccurrences(of: "epochs 1", with: "epochs 3")
    let sweep = try session(once).run(threads: threads) { _ in }
    let run = try #require(sweep.runs[0].outcome.report)
    let report = try #require(try bench(often, epochs: 2, threads: threads).first)
    #expect(report.weightsHash == run.weightsHash)
    #expect(report.testAccuracy == run.test?.accuracy)
  }

  @Test func eachCombinationIsTimed() throws {
    let reports = try bench(
      small.replacingOccurrences(of: "lr 0.1", with: "lr {0.1 | 0.2}"), epochs: 1)
    #expect(reports.count == 2)
    #expect(Set(reports.map { $0.choices }).count == 2)
    #expect(Set(reports.map { $0.weightsHash }).count == 2)
  }

  @Test func aFaultySpecIsNotTimed() throws {
    #expect(throws: RunFailure.self) { try bench("fc 2 3 -> softmax_ce", epochs: 1) }
  }

  @Test func aDivergingSpecSaysSo() throws {
    let wild = small.replacingOccurrences(of: "relu", with: "leaky_relu")
      .replacingOccurrences(of: "tanh", with: "leaky_relu")
      .replacingOccurrences(of: "lr 0.1", with: "lr 1e30")
    #expect {
      try bench(wild, epochs: 1)
    } throws: { error in
      if case RunFailure.diverged = error { true } else { false }
    }
  }
}

@Suite struct BenchOutputTests {
  @Test func jsonHasThePromisedMembers() throws {
    let line = BenchJSON.report(report(epochSeconds: [1, 2, 4], memory: 4096)).line
    #expect(!line.contains("\n"))
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["event"] as? String == "bench")
    #expect(object["spec"] as? String == "a.mlp")
    #expect(object["choices"] as? [String] == ["lr 0.1"])
    #expect(object["data"] as? String == "digits")
    #expect(object["data_named"] as? String == "mnist")
    #expect(object["threads"] as? Int == 2)
    #expect(object["batch"] as? Int == 10)
    #expect(object["samples"] as? Int == 1000)
    #expect(object["epochs"] as? Int == 3)
    #expect(object["epoch_seconds"] as? [Double] == [1, 2, 4])
    #expect(object["seconds_per_epoch"] as? Double == 2)
    #expect(object["samples_per_second"] as? Double == 500)
    #expect(object["multiply_adds_per_sample"] as? Int == 500)
    #expect(object["gflops"] as? Double == 500_000 / 1e9)
    #expect(object["peak_gflops"] as? Double == 1e6 / 1e9)
    #expect(object["share_of_peak"] as? Double == 0.5)
    #expect(object["load_seconds"] as? Double == 0.25)
    #expect(object["peak_memory_bytes"] as? Int == 4096)
    #expect(object["test_accuracy"] as? Double == 0.5)
    #expect(object["weights_hash"] as? String == "0123456789abcdef")
    #expect(object.count == 20)
  }

  @Test func whatTheSystemDoesNotTellIsNull() {
    #expect(BenchJSON.report(report()).line.contains("\"peak_memory_bytes\":null"))
  }

  @Test func theTableShowsEachReportAndTheDataReallyUsed() {
    let text = BenchTable.text([report(epochSeconds: [0.5], memory: 70_000_000)])
    let lines = text.split(separator: "\n")
    #expect(lines[0].contains("s/epoch"))
    for part in [
      "a.mlp, lr 0.1", "digits, NOT mnist", "0.5000", "2 000", "200 %", "70 MB",
      "0123456789abcdef",
    ] {
      #expect(lines[1].contains(part), "\(part)")
    }
  }
}

/// The specs that are timed stand in files; each must be ready to run.
@Suite struct BenchSpecTests {
  private static let specs = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "specs")

  @Test(arguments: [
    "bench/mnist_mlp", "bench/batch1", "bench/wide", "bench/softmax", "bench/own_mean",
    "records/mnist98",
  ])
  func specIsReadyToRun(name: String) throws {
    let file = Self.specs.appending(path: name + ".mlp")
    let source = Source(name: name, text: try String(contentsOf: file, encoding: .utf8))
    let (checked, diagnostics) = Session([source], in: MemoryWorld()).check(for: .run)
    #expect(diagnostics.isEmpty)
    #expect(checked?.experiments.count == 1)
    #expect(checked?.experiments.first?.data?.word == "mnist")
  }
}
