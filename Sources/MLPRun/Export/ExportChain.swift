import MLPLibrary
import MLPTensor

/// A model as exporters see it: the few operations that its layers come to in evaluation, with their numbers.
///
/// Samples are rows of numbers between all operations, pictures in the order of height, width, channels.
struct ExportChain {
  enum Operation {
    /// weight: [in, out]   bias: [out]
    case dense(weight: Tensor<Float>, bias: Tensor<Float>?)
    case activation(Activation)
    case softmax
    case normalisation(Normalisation)
    /// weight: [height, width, channels in, channels out]   bias: [channels out]
    case convolution(Window, weight: Tensor<Float>, bias: Tensor<Float>?)
    case maximum(Window)
  }

  /// scale·(x - mean)/√(variance + epsilon) + shift, each of them one number a feature.
  struct Normalisation {
    let scale: Tensor<Float>
    let shift: Tensor<Float>
    let mean: Tensor<Float>
    let variance: Tensor<Float>
    let epsilon: Double
    /// Of a picture, the features are its channels.
    let picture: Shape?
  }

  /// What becomes of the outputs so that they are probabilities.
  enum Ending {
    case softmax
    /// 1 - p and p, with p the sigmoid of the only output.
    case sigmoidPair
    /// Cut off below 0 and above 1.
    case clip
  }

  struct Step {
    let operation: Operation
    /// The layer's index, from 0, and its word: what its parameters' names begin with.
    let name: String
    /// As the spec says it.
    let text: String
    let input: Shape
    let output: Shape
  }

  let model: SavedModel
  let steps: [Step]
  let ending: Ending

  var scaling: Scaling { model.file.facts.scaling }
  var inputs: Int { model.net.input.count }
  var classes: Int { model.net.classes }

  /// - Throws: `.spec` where a layer or the loss has no export, naming it.
  init(_ model: SavedModel) throws(Problem) {
    self.model = model
    var steps: [Step] = []
    for (index, placed) in model.net.layers.enumerated() {
      guard let operation = try Self.operation(placed, model.file.parameters[index]) else {
        continue
      }
      steps.append(
        Step(
          operation: operation, name: "\(index).\(placed.word)", text: placed.text,
          input: placed.input, output: placed.output))
    }
    self.steps = steps
    switch model.net.loss.rule(outputs: model.net.output.count) {
    case .softmaxCrossEntropy?: ending = .softmax
    case .binaryCrossEntropy?: ending = .sigmoidPair
    case .squared?: ending = .clip
    case nil: throw Self.unknown(type(of: model.net.loss).schema.word)
    }
  }

  /// nil where the layer does nothing in evaluation.
  static func operation(
    _ placed: PlacedLayer, _ p: [Tensor<Float>]
  ) throws(Problem) -> Operation? {
    let bias = p.count > 1 ? p[1] : nil
    switch placed.layer.planned {
    case .reference: throw unknown(placed.word)
    case .dropout, .reshaping: return nil
    case .dense: return .dense(weight: p[0], bias: bias)
    case .activation(.identity): return nil
    case .activation(let activation): return .activation(activation)
    case .softmax: return .softmax
    case .normalisation(_, let epsilon):
      return .normalisation(
        Normalisation(
          scale: p[0], shift: p[1], mean: p[2], variance: p[3], epsilon: epsilon,
          picture: placed.input.rank == 3 ? placed.input : nil))
    case .convolution(let window): return .convolution(window, weight: p[0], bias: bias)
    case .maximum(let window): return .maximum(window)
    }
  }

  private static func unknown(_ word: String) -> Problem {
    Problem(
      .spec, "'\(word)' can't be exported: no exporter knows it",
      help: "'.safetensors' and '.npz' hold the weights of any network")
  }
}

extension Window {
  /// Rows below and columns right of the input that the last output's kernel reaches.
  var after: Extent {
    Extent(
      height: max(
        0, (output.height - 1) * stride.height + kernel.height - input.height - before.height),
      width: max(0, (output.width - 1) * stride.width + kernel.width - input.width - before.width))
  }
}
