import MLPLibrary

/// The names of the files that a run of so many rows leaves in its folder, and none that it doesn't write.
struct RecordFiles {
  /// How many trainings each row has.
  private let runs: [Int]

  /// Of the run whose `run.json` lies in the folder; nil where there is none of mlpc's.
  init?(in folder: String, _ world: any World) {
    guard let bytes = try? world.read("\(folder)/run.json"), let json = try? JSON.parse(bytes),
      json["program"]?["name"]?.text == "mlpc", let rows = json["rows"]?.list
    else { return nil }
    runs = rows.map { $0["runs"]?.list?.count ?? 0 }
  }

  private var isSingle: Bool { runs == [1] }

  /// The names of all but checkpoints.
  var names: [String] {
    var names = [
      "run.json", "metrics.csv", "report.html", "loss.svg", "accuracy.svg", "loss_trace.svg",
    ]
    if runs.count == 1 { names.append("spec.mlp") }
    for (row, count) in runs.enumerated() {
      let suffix = isSingle ? "" : "-\(row + 1)"
      names += ["confusion\(suffix).svg", "misclassified\(suffix).png", "weights\(suffix).png"]
      for suffix in [suffix] + (count > 1 ? (1...count).map { "\(suffix).\($0)" } : []) {
        names += ["spec\(suffix).mlp", "model\(suffix).safetensors"]
      }
    }
    return names
  }

  /// What tells the checkpoints of each training apart, as `KeepingPlace` takes it.
  var suffixes: [String] {
    if isSingle { return [""] }
    return runs.enumerated().flatMap { row, count in
      count > 1 ? (1...count).map { "-\(row + 1).\($0)" } : ["-\(row + 1)"]
    }
  }

  /// Deletes what this run left in the folder and the present one did not write.
  ///
  /// - Parameters:
  ///   - written: the names of the present run's files.
  ///   - kept: its suffixes.
  func remove(
    from folder: String, besides written: Set<String>, keeping kept: [String], _ world: any World
  ) {
    for name in names where !written.contains(name) { world.remove("\(folder)/\(name)") }
    for suffix in suffixes where !kept.contains(suffix) {
      let path = KeepingPlace(folder, suffix: suffix).checkpoints
      // A link may lead to what is somebody else's.
      guard !world.isLink("\(folder)/checkpoints"), !world.isLink(path) else { continue }
      CheckpointFolder(world: world, path: path).prune(keeping: [])
      world.remove(path)
    }
  }
}
