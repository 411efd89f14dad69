/// Where a training's files lie in its run's folder.
package struct KeepingPlace: Equatable, Sendable {
  /// The run's folder.
  package let folder: String
  /// The file with the model.
  package let model: String
  /// The folder with the checkpoints.
  package let checkpoints: String

  /// - Parameter suffix: which of a sweep's trainings it is, `-3` or `-3.2`, counted from 1; empty where it is the
  ///   only one.
  package init(_ folder: String, suffix: String = "") {
    self.folder = folder
    model = "\(folder)/model\(suffix).safetensors"
    checkpoints = "\(folder)/checkpoints" + (suffix.isEmpty ? "" : "/\(suffix.dropFirst())")
  }

  /// The file that shows that a process uses the folder.
  package static func lock(of folder: String) -> String { "\(folder)/lock" }
}
