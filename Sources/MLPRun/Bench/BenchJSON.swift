/// The object that `mlpc bench --json` writes for each experiment, on one line.
package enum BenchJSON {
  package static func report(_ report: BenchReport) -> JSON {
    .object([
      ("event", .text("bench")), ("spec", .text(report.spec)),
      ("choices", .list(report.choices.map { .text($0) })),
      ("data", .text(report.data)), ("data_named", .text(report.dataNamed)),
      ("threads", .integer(report.threads)), ("batch", .integer(report.batch)),
      ("samples", .integer(report.samples)), ("epochs", .integer(report.epochSeconds.count)),
      ("seconds_per_epoch", .number(report.secondsPerEpoch)),
      ("epoch_seconds", .list(report.epochSeconds.map { .number($0) })),
      ("samples_per_second", .number(report.samplesPerSecond)),
      ("multiply_adds_per_sample", .integer(report.multiplyAddsPerSample)),
      ("gflops", .number(report.operationsPerSecond / 1e9)),
      ("peak_gflops", .number(report.peak / 1e9)),
      ("share_of_peak", .number(report.shareOfPeak)),
      ("load_seconds", .number(report.loadSeconds)),
      ("peak_memory_bytes", report.peakMemory.map { .integer($0) } ?? .null),
      ("test_accuracy", .optional(report.testAccuracy)),
      ("weights_hash", .text(report.weightsHash)),
    ])
  }
}
