import MLPLibrary

/// The folder with one training's checkpoints: `step-500.safetensors`, the number being that of the steps done.
struct CheckpointFolder {
  let world: any World
  let path: String

  func path(ofStep step: Int) -> String { "\(path)/step-\(step).safetensors" }

  /// The steps of which there are checkpoints, the latest first.
  var steps: [Int] {
    world.names(in: path).compactMap { Self.step(of: $0) }.sorted(by: >)
  }

  private static func step(of name: String) -> Int? {
    guard name.hasPrefix("step-"), name.hasSuffix(".safetensors") else { return nil }
    return Int(name.dropFirst(5).dropLast(12)).flatMap { $0 >= 0 ? $0 : nil }
  }

  /// Deletes all checkpoints but those of `kept`.
  func prune(keeping kept: [Int]) {
    for step in steps where !kept.contains(step) { world.remove(path(ofStep: step)) }
  }

  /// Deletes what was being written when a process was killed. Nobody else may be writing.
  static func removeLeftovers(in folder: String, _ world: any World) {
    for name in world.names(in: folder) where isLeftover(name) { world.remove("\(folder)/\(name)") }
  }

  /// Whether a name is one under which a file is written before it gets its own: `model.safetensors.4711-0.tmp`.
  /// Others' temporary files end otherwise.
  private static func isLeftover(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 2, parts.last == "tmp" else { return false }
    let numbers = parts[parts.count - 2].split(separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2
      && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
  }
}
