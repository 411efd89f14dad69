import MLPLibrary
import MLPTensor

/// A trained network as a file that can be used without its run: parameters, the spec that says what they are the
/// parameters of, and what its inputs and outputs mean.
package struct ModelFile: Sendable {
  /// What a network's inputs and outputs mean.
  package struct Facts: Sendable {
    package let classes: Int
    /// Of one sample, as the data have it: `28x28x1`.
    package let inputShape: Shape
    /// What becomes of a stored number before the network sees it.
    package let scaling: Scaling

    init(classes: Int, inputShape: Shape, scaling: Scaling) {
      self.classes = classes
      self.inputShape = inputShape
      self.scaling = scaling
    }

    init(_ experiment: Experiment, _ data: PreparedData) {
      self.init(
        classes: experiment.net.classes, inputShape: data.shape, scaling: data.scaling)
    }
  }

  package let facts: Facts
  package let provenance: Provenance
  /// The epoch, from 1, after which these were the parameters.
  package let epoch: Int
  package let weightsHash: String
  /// By layer, in the order of the layer's specs.
  package let parameters: [[Tensor<Float>]]

  static let format = "mlpc model 1"
}

// MARK: - Writing

extension ModelFile {
  func file(_ net: CheckedNet) -> Safetensors {
    var file = Safetensors()
    file.set("format", to: Self.format)
    provenance.write(to: &file)
    file.set("epoch", to: String(epoch))
    file.set("weights_hash", to: weightsHash)
    file.set("classes", to: String(facts.classes))
    file.set("input_shape", to: facts.inputShape.description)
    file.set("scaling", to: facts.scaling.word)
    if case .standard(let mean, let inverse) = facts.scaling {
      file.add("scaling.mean", [mean.count], .doubles(mean))
      file.add("scaling.inverse_deviation", [inverse.count], .doubles(inverse))
    }
    for parameter in ParameterName.all(of: net) {
      file.add(parameter.text, parameters[parameter.layer][parameter.index])
    }
    return file
  }
}

extension Scaling {
  /// The word of the setting `scale`.
  package var word: String {
    switch self {
    case .unit: "unit"
    case .raw: "raw"
    case .centered: "centered"
    case .ownMean: "own_mean"
    case .standard: "standard"
    }
  }
}

// MARK: - Reading

extension ModelFile {
  /// What a model's file says of itself, before its spec is looked at.
  package struct Head: Sendable {
    package let provenance: Provenance
    package let weightsHash: String

    /// - Throws: where the file is no model of this program.
    package init(_ file: Safetensors) throws(Problem) {
      guard file.text("format") == ModelFile.format else {
        throw Problem(
          .data, "it is no model of this program ('format' is not '\(ModelFile.format)')")
      }
      provenance = try Provenance(file)
      weightsHash = try file.needed("weights_hash")
      guard weightsHash.utf8.count == 16, weightsHash.allSatisfy({ $0.isHexDigit }) else {
        throw Problem(.data, "'weights_hash' in the metadata is no hash")
      }
    }
  }

  /// - Parameter net: what the file's spec describes.
  /// - Throws: where something is missing, or of other sizes than the network's.
  package init(_ file: Safetensors, for net: CheckedNet) throws(Problem) {
    let head = try Head(file)
    provenance = head.provenance
    weightsHash = head.weightsHash
    epoch = try file.number("epoch")
    let sizes = try file.needed("input_shape").split(separator: "x").map { Int($0) ?? 0 }
    guard sizes.allSatisfy({ $0 > 0 }), sizes.product == net.input.count else {
      throw Problem(.data, "'input_shape' is not that of the network")
    }
    facts = Facts(
      classes: try file.number("classes"), inputShape: Shape(sizes),
      scaling: try Self.scaling(file, inputs: net.input.count))
    guard facts.classes == net.classes else {
      throw Problem(.data, "'classes' is not that of the network")
    }
    var parameters: [[Tensor<Float>]] = net.layers.map { _ in [] }
    for parameter in ParameterName.all(of: net) {
      parameters[parameter.layer].append(
        try file.tensor(parameter.text, parameter.spec.sizes))
    }
    self.parameters = parameters
  }

  private static func scaling(_ file: Safetensors, inputs: Int) throws(Problem) -> Scaling {
    switch try file.needed("scaling") {
    case "unit": return .unit
    case "raw": return .raw
    case "centered": return .centered
    case "own_mean": return .ownMean
    case "standard":
      return .standard(
        mean: try file.doubles("scaling.mean", count: inputs),
        inverseDeviation: try file.doubles("scaling.inverse_deviation", count: inputs))
    case let word: throw Problem(.data, "there is no scale '\(word.brief)'")
    }
  }
}

extension Safetensors {
  fileprivate func number(_ name: String) throws(Problem) -> Int {
    guard let number = Int(try needed(name)) else {
      throw Problem(.data, "'\(name)' in the metadata is no number")
    }
    return number
  }
}

extension [Int] {
  /// nil where it can't be counted.
  fileprivate var product: Int? {
    reduce(1) { product, size in
      product.flatMap { known in
        let (result, overflows) = known.multipliedReportingOverflow(by: size)
        return overflows ? nil : result
      }
    }
  }
}
