import MLPLibrary
import MLPTensor

/// A model made of another program's weights.
package struct ImportedModel: Sendable {
  /// The model's file.
  package let bytes: [UInt8]
  /// Arrays of the weights' file that are no weights.
  package let leftOut: [String]
  /// How many numbers were taken.
  package let count: Int
  /// The word of the scale that its inputs get.
  package let scale: String
}

extension Session {
  /// Puts weights into the network that the spec describes. Its data, where it names some, are loaded for what the
  /// inputs mean and for their scale.
  ///
  /// - Parameters:
  ///   - weights: a file of safetensors or `.npz`.
  ///   - name: the file's, for messages.
  ///   - transposes: whether the weights lie as PyTorch has them.
  package func importing(
    _ weights: [UInt8], name: String, transposes: Bool
  ) throws(UseFailure) -> ImportedModel {
    let (checked, diagnostics) = check()
    guard let experiments = checked?.experiments else {
      throw .run(.faulty(diagnostics, .spec), sources)
    }
    guard experiments.count == 1 else {
      throw .model(
        Problem(
          .spec,
          "a model has one network, and the spec describes \(experiments.count) combinations",
          help: "choose one with '--with'"))
    }
    let experiment = experiments[0]
    let (facts, provenance) = try facts(of: experiment)
    do throws(Problem) {
      let (parameters, leftOut) = try WeightsImport.parameters(
        weights, name: name, for: experiment.net, transposes: transposes,
        limit: unpackedLimit(of: experiment.net))
      let model = ModelFile(
        facts: facts, provenance: provenance, epoch: 0,
        weightsHash: WeightsHash.text(of: parameters), parameters: parameters)
      return ImportedModel(
        bytes: model.file(experiment.net).bytes, leftOut: leftOut,
        count: parameters.joined().reduce(0) { $0 + $1.count }, scale: facts.scaling.word)
    } catch { throw .model(error) }
  }

  /// How much an archive may hold: a few times what the network takes, so that a wrong file can still be told from
  /// what it should be.
  private func unpackedLimit(of net: CheckedNet) -> Int {
    min(world.fileLimit, max(64 << 20, 32 * net.parameterCount))
  }

  private func facts(
    of experiment: Experiment
  ) throws(UseFailure) -> (ModelFile.Facts, Provenance) {
    let file = sources.first?.name ?? ""
    guard let data = experiment.data else {
      let facts = ModelFile.Facts(
        classes: experiment.net.classes, inputShape: experiment.net.input, scaling: .raw)
      return (facts, Provenance(withoutData: experiment, file: file))
    }
    do throws(RunFailure) {
      let prepared = try load(data, for: experiment, SharedData())
      return (
        ModelFile.Facts(experiment, prepared), Provenance(experiment, prepared, file: file)
      )
    } catch { throw .run(error, sources) }
  }
}
