import MLPLibrary
import MLPSyntax
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPRun

/// A training whose numbers stop being finite ends before the step that did it, and says where.
@Suite struct DivergenceTests {
  private func divergence(
    _ run: KeptRun
  ) throws -> RunFailure.Divergence? {
    do {
      _ = try run.run()
      return nil
    } catch RunFailure.diverged(let divergence) {
      return divergence
    }
  }

  static let data = "data toy xor count 70 test 20\n"

  @Test func theFirstLayerThatOverflowsIsNamed() throws {
    let run = KeptRun(
      "fc 2 5 -> relu -> fc 5 2 -> mse\n\(Self.data)solver sgd lr 1e6\ntrain batch 10 epochs 9")
    let found = try #require(try divergence(run))
    #expect(found.epoch == 1)
    #expect(found.step > 1)
    let names = ["fc 2 5", "relu", "fc 5 2"]
    #expect(found.layer == found.place.layer.map { names[$0] })
    #expect(found.place == .loss || found.place.word == "output")
    let diagnostic = Diagnostic.diverged(found)
    #expect(diagnostic.code == "E0409")
    #expect(diagnostic.note?.contains("step-\(found.step - 1).safetensors' holds") == true)
    #expect(diagnostic.help?.contains("lower the learning rate (1000000)") == true)
  }

  /// The checkpoint is the state before the step that was not applied: going on from it ends at the same step.
  @Test(arguments: ["", "batchnorm -> "])
  func theStateBeforeIsKept(_ layer: String) throws {
    let run = KeptRun(
      "fc 2 5 -> \(layer)relu -> fc 5 2 -> mse\n\(Self.data)solver sgd lr 1e6\n"
        + "train batch 10 epochs 9")
    let found = try #require(try divergence(run))
    let path = try #require(found.checkpoint)
    #expect(path == "runs/test/checkpoints/step-\(found.step - 1).safetensors")
    for entry in try Safetensors(run.world.read(path)).entries {
      guard case .floats(let numbers) = entry.numbers else { continue }
      #expect(numbers.allSatisfy { $0.isFinite }, "\(entry.name)")
    }
    do {
      _ = try run.run(resumes: true)
      Issue.record("it doesn't diverge again")
    } catch RunFailure.diverged(let again) {
      #expect(again.step == found.step && again.place == found.place)
    }
  }

  /// Weights that overflow while the loss stays finite are found at the next checkpoint, and traced to their step.
  @Test func infiniteWeightsAreTracedToTheirStep() throws {
    // A sigmoid hides what is infinite before it.
    let spec = "fc 2 3 -> sigmoid -> fc 3 1 -> binary_ce\n\(Self.data)solver sgd lr 3e38\n"
    let run = KeptRun(spec + "train batch 10 epochs 2 checkpoint every 1 epochs")
    let found = try #require(try divergence(run))
    let path = try #require(found.checkpoint)
    let file = try Safetensors(run.world.read(path))
    for entry in file.entries {
      guard case .floats(let numbers) = entry.numbers else { continue }
      #expect(numbers.allSatisfy { $0.isFinite }, "\(entry.name)")
    }
  }

  @Test func aLargeInputIsBlamed() throws {
    let spec =
      "fc 784 10 -> mse\ndata digits count 60 test 10 scale raw\n"
      + "solver sgd lr 10\ntrain batch 10 epochs 3"
    let found = try #require(try divergence(KeptRun(spec)))
    #expect(found.greatestInput == 255)
    #expect(Diagnostic.diverged(found).help?.contains("it goes up to 255") == true)
  }
}
