import MLPRun
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

@Suite("Gradients are the derivatives of what forward computes")
struct GradientTests {
  @Test("of every layer in the catalogue", arguments: Example.all(in: .layer))
  func layer(_ example: Example) throws {
    let layers = try example.layers()
    #expect(!layers.isEmpty, "the example doesn't use \(example.word)")
    for placed in layers {
      #expect(GradientCheck.faults(of: placed.layer, input: placed.input) == [])
    }
  }

  @Test("of every loss in the catalogue", arguments: Example.all(in: .loss))
  func loss(_ example: Example) throws {
    let net = try example.experiment().net
    #expect(GradientCheck.faults(of: net.loss, outputs: net.output.count) == [])
  }

  @Test("of a network of every layer, under each loss", arguments: Example.all(in: .loss))
  func network(_ example: Example) throws {
    let experiment = try Experiment(Self.everyLayer(before: example))
    let words = Set(experiment.net.layers.map { $0.word })
    #expect(words == Set(Catalogue.entries(in: .layer).map { $0.schema.word }))
    #expect(GradientCheck.faults(ofNetworkIn: experiment) == [])
  }

  /// Each layer's first example behind an fc of the size that it was shown with.
  private static func everyLayer(before loss: Example) throws -> String {
    var links: [String] = []
    for type in Catalogue.entries(in: .layer) {
      let first = Example.all(in: .layer).first { $0.word == type.schema.word }
      let placed = try #require(first?.layers().first)
      links.append("fc \(links.isEmpty ? "5 " : "")\(placed.input.count)")
      if placed.input.rank > 1 { links.append("reshape \(placed.input)") }
      links.append(placed.text)
    }
    let outputs = try loss.experiment().net.output.count
    links += ["fc \(outputs)", loss.lastLink]
    return "net \(links.joined(separator: " -> "))\ninit he biases normal 0.5"
  }
}

@Suite("What every layer keeps to")
struct LayerContractTests {
  @Test("the same input gives the same bits", arguments: Example.all(in: .layer))
  func repeatable(_ example: Example) throws {
    for placed in try example.layers() {
      for mode in [Pass.Mode.train, .evaluate] {
        let first = output(of: placed, mode)
        #expect(
          first.elements.map { $0.bitPattern }
            == output(of: placed, mode).elements.map { $0.bitPattern })
      }
    }
  }

  @Test(
    "outputs have the promised shape, in training and evaluation",
    arguments: Example.all(in: .layer))
  func shapes(_ example: Example) throws {
    for placed in try example.layers() {
      for mode in [Pass.Mode.train, .evaluate] {
        #expect(output(of: placed, mode).sizes == [3, placed.output.count])
      }
    }
  }

  @Test(
    "only statistics change in forward, and only in training", arguments: Example.all(in: .layer))
  func parametersStay(_ example: Example) throws {
    for placed in try example.layers() {
      let before = parameters(of: placed)
      var (trained, evaluated) = (before, before)
      _ = placed.layer.forward(input(of: placed), &trained, pass(.train))
      _ = placed.layer.forward(input(of: placed), &evaluated, pass(.evaluate))
      #expect(evaluated == before)
      for (index, spec) in placed.parameters.enumerated() where spec.isTrained {
        #expect(trained[index] == before[index], "\(spec.name) changed")
      }
    }
  }

  private func output(of placed: PlacedLayer, _ mode: Pass.Mode) -> Tensor<Float> {
    var parameters = parameters(of: placed)
    return placed.layer.forward(input(of: placed), &parameters, pass(mode)).y
  }

  private func input(of placed: PlacedLayer) -> Tensor<Float> {
    float(.normal([3, placed.input.count], seed: 5, stream: 0))
  }

  private func parameters(of placed: PlacedLayer) -> [Tensor<Float>] {
    placed.parameters.enumerated().map { index, spec in
      if case .statistic(let value) = spec.role {
        return Tensor(spec.sizes, repeating: Float(value))
      }
      return float(.normal(spec.sizes, seed: 5, stream: UInt64(index + 1)))
    }
  }

  private func pass(_ mode: Pass.Mode) -> Pass {
    Pass(mode, random: Random(seed: 9, purpose: .dropout))
  }

  private func float(_ tensor: Tensor<Double>) -> Tensor<Float> {
    Tensor(tensor.sizes, elements: tensor.elements.map { Float($0) })
  }
}
