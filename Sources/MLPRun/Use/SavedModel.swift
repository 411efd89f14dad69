import MLPLibrary
import MLPSyntax
import MLPTensor

/// A trained network that was read from its file, ready to be used: measured, asked, exported.
package struct SavedModel: Sendable {
  /// The file's path, for messages.
  package let path: String
  package let file: ModelFile
  /// What the spec in the file describes, without its data.
  private let experiment: Experiment

  var net: CheckedNet { experiment.net }

  /// - Throws: `.missing` or `.io` where the file can't be read, `.data` where it is no model, damaged, or its spec
  ///   and its numbers don't agree.
  package init(_ path: String, in world: any World) throws(Problem) {
    self.path = path
    let bytes = try world.read(path, limit: world.fileLimit, takesPipes: true)
    do throws(Problem) {
      let safetensors = try Safetensors(bytes)
      let head = try ModelFile.Head(safetensors)
      experiment = try Self.experiment(head.provenance)
      file = try ModelFile(safetensors, for: experiment.net)
    } catch { throw Problem(error.kind, "'\(path)': \(error.message)", help: error.help) }
    guard WeightsHash.text(of: file.parameters) == file.weightsHash else {
      throw Problem(.data, "'\(path)' is damaged: its weights are not those of its hash")
    }
  }

  private static func experiment(_ provenance: Provenance) throws(Problem) -> Experiment {
    let text = reduced(provenance, without: ["data"])
    let parsed = Parser.parse(Source(name: "", text: text), index: 0)
    let isReadable = !parsed.diagnostics.contains { $0.severity == .error }
    let checked = isReadable ? Checker.check([parsed.spec]).checked : nil
    guard let experiments = checked?.experiments, experiments.count == 1 else {
      throw Problem(.data, "the spec in it is faulty, or of another version of this program")
    }
    return experiments[0]
  }

  /// A session over the model's spec as far as it matters to data that are measured: not how it was trained, nor
  /// what was expected of it.
  ///
  /// - Parameter data: a statement instead of the spec's own.
  func session(data: Source?, in world: any World) -> Session {
    let text = Self.reduced(file.provenance, without: data == nil ? [] : ["data"])
    return Session([Source(name: path, text: text)] + (data.map { [$0] } ?? []), in: world)
  }

  /// The spec without those statements, and with as little training as can be.
  private static func reduced(_ provenance: Provenance, without keywords: [Substring]) -> String {
    let replaced = keywords + ["solver", "train", "expect"]
    let lines = provenance.spec.split(separator: "\n").filter { line in
      !replaced.contains(line.prefix { $0 != " " })
    }
    // No solver changes an evaluation; this one keeps nothing.
    let ending = ["solver sgd lr 1", "train seed \(provenance.seed) batch 1 epochs 1"]
    return (lines.map { String($0) } + ending).joined(separator: "\n") + "\n"
  }

  /// The network with its numbers, for so many samples at once.
  func plan(of samples: Samples, team: Team) -> Plan {
    guard let solver = experiment.solver else {
      preconditionFailure("the reduced spec names a solver")
    }
    let working = net.layers.reduce(2 * net.input.count) {
      $0 + $1.layer.workingNumbers(for: $1.input)
    }
    let capacity = max(1, min(Self.batch, samples.count, Self.workingLimit / working))
    let plan = Plan(
      experiment, solver: solver.solver, capacity: capacity, scaling: file.facts.scaling,
      density: samples.density(in: 0..<samples.count), team: team)
    plan.restore(file.parameters)
    return plan
  }

  /// Samples that are computed at once, unless they are so large that their numbers would be more than the limit.
  private static let batch = 240
  private static let workingLimit = 1 << 27

  /// The samples as this model's scale takes them.
  ///
  /// - Throws: where they are other than bytes, and the scale is for these.
  func fitting(_ samples: Samples, _ name: String) throws(Problem) -> Samples {
    guard case .ownMean = file.facts.scaling else { return samples }
    guard let bytes = samples.asBytes else {
      throw Problem(
        .data,
        "the model's scale 'own_mean' is for whole numbers from 0 to 255, and '\(name)' has others")
    }
    return bytes
  }
}
