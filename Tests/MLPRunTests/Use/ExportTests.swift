import MLPSyntax
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary
@testable import MLPRun

@Suite("An exported model")
struct ExportTests {
  private static let spec =
    "reshape 4x3x2 -> conv 2x2 3 -> batchnorm -> relu -> flatten -> fc 5 -> tanh -> fc 2 -> softmax_ce\n"

  private static func model(_ spec: String, in world: MemoryWorld = MemoryWorld()) throws
    -> SavedModel
  {
    let session = Session([Source(name: "s.mlp", text: spec)], in: world)
    let checked = try #require(session.check().checked)
    let experiment = checked.experiments[0]
    let parameters: [[Tensor<Float>]] = experiment.net.layers.indices.map { index in
      experiment.initialisation.parameters(of: experiment.net.layers[index], index: index, seed: 3)
    }
    var file = Safetensors()
    for name in ParameterName.all(of: experiment.net) {
      file.add(name.text, parameters[name.layer][name.index])
    }
    let imported = try session.importing(file.bytes, name: "w", transposes: false)
    var world = world
    world.files["m"] = imported.bytes
    return try SavedModel("m", in: world)
  }

  @Test("gives the same files each time, and those that its ending says")
  func endings() throws {
    let model = try Self.model(Self.spec)
    for ending in ExportFormat.allCases {
      let files = try model.exported(to: "a/b.\(ending.rawValue)")
      #expect(
        files.map { $0.path }
          == (ending == .py ? ["a/b.py", "a/b.npz"] : ["a/b.\(ending.rawValue)"]))
      let again = try model.exported(to: "a/b.\(ending.rawValue)")
      #expect(files.map { $0.bytes } == again.map { $0.bytes })
    }
    for path in ["b", "b.pt", "onnx", ".", ""] {
      #expect(throws: Problem.self) { try ExportFormat(path: path) }
    }
  }

  @Test("comes back the same through each file of weights", arguments: ["npz", "safetensors"])
  func roundTrip(_ ending: String) throws {
    let model = try Self.model(Self.spec)
    let bytes = try model.exported(to: "w.\(ending)")[0].bytes
    let found = try WeightsImport.parameters(
      bytes, name: "w", for: model.net, transposes: false, limit: 1 << 20)
    #expect(WeightsHash.text(of: found.parameters) == model.file.weightsHash)
  }

  /// A layer that no exporter knows.
  private struct Twice: Layer {
    static let schema = Schema("twice", "For tests.", examples: [])

    init() {}
    init(_ values: Values) {}

    func forward<S: Scalar>(_ x: Tensor<S>, _ p: inout [Tensor<S>], _ pass: Pass) -> Forward<S> {
      Forward(x.map { $0 + $0 })
    }

    func backward<S: Scalar>(
      _ dy: Tensor<S>, _ p: [Tensor<S>], _ saved: [Tensor<S>], _ pass: Pass
    ) -> Backward<S> { Backward(dy.map { $0 + $0 }) }
  }

  /// A model's file may be anybody's, and a program is made of it: nothing in the file may become a statement.
  @Test("is a program in which the model's own texts are nothing but comments")
  func textsOfTheFile() throws {
    var world = MemoryWorld()
    let session = Session([Source(name: "s.mlp", text: Self.small)], in: world)
    var file = Safetensors()
    for (name, sizes) in [("a.weight", [3, 2]), ("a.bias", [2]), ("b.weight", [2, 2])] {
      file.add(name, sizes, .floats([Float](repeating: 1, count: sizes.reduce(1, *))))
    }
    let good = try session.importing(file.bytes, name: "w", transposes: false).bytes
    let text = try #require(try Safetensors(good).text("spec"))
    var tried = 0
    for (name, old, new) in [
      ("version", Version.text, "1\nevil()"), ("version", Version.text, "1\revil()"),
      ("spec", text, text + "# a\revil()\n"), ("spec", text, text + "# a\r\n# b\r\n"),
    ] {
      world.files["m"] = try Self.changing(name, from: old, to: new, in: good)
      // A spec that the language doesn't know is refused.
      guard let model = try? SavedModel("m", in: world) else { continue }
      tried += 1
      let program = String(decoding: try model.exported(to: "a.py")[0].bytes, as: UTF8.self)
      let lines = program.unicodeScalars.split { $0 == "\n" || $0 == "\r" }.map { String($0) }
      #expect(lines.first { !$0.hasPrefix("#") } == "import os")
      #expect(!program.unicodeScalars.contains("\r"))
    }
    #expect(tried >= 2)
  }

  /// A file with another text in its metadata.
  private static func changing(
    _ name: String, from old: String, to new: String, in bytes: [UInt8]
  ) throws -> [UInt8] {
    let file = try Safetensors(bytes)
    var changed = Safetensors()
    for (other, text) in file.metadata { changed.set(other, to: other == name ? new : text) }
    for entry in file.entries { changed.add(entry) }
    #expect(file.text(name) == old)
    return changed.bytes
  }

  @Test("is refused where a layer has no export, which is named")
  func unknownLayer() {
    let placed = PlacedLayer(
      layer: Twice(), input: Shape(3), output: Shape(3), parameters: [], text: "twice",
      span: Span(0, 5))
    do throws(Problem) {
      _ = try ExportChain.operation(placed, [])
      Issue.record("accepted")
    } catch { #expect(error.message == "'twice' can't be exported: no exporter knows it") }
  }

  @Test("knows every layer of the language")
  func allLayers() throws {
    for type in Catalogue.entries(in: .layer) {
      for example in type.schema.examples {
        _ = try ExportChain(try Self.model(example))
      }
    }
    for type in Catalogue.entries(in: .loss) {
      for example in type.schema.examples { _ = try ExportChain(try Self.model(example)) }
    }
  }

  // MARK: Weights from elsewhere

  private static let small = "fc 3 2 -> relu -> fc 2 2 bias no -> softmax_ce\n"

  private func importing(
    _ entries: [(String, [Int])], transposes: Bool = false
  ) throws(Problem) -> [[Float]] {
    var file = Safetensors()
    for (name, sizes) in entries {
      let count = sizes.reduce(1, *)
      file.add(name, sizes, .floats((0..<count).map { Float($0) }))
    }
    let net: CheckedNet
    do { net = try Self.model(Self.small).net } catch { throw Problem("\(error)") }
    return try WeightsImport.parameters(
      file.bytes, name: "w", for: net, transposes: transposes, limit: 1 << 20
    ).parameters.joined().map { $0.elements }
  }

  @Test("takes weights in the order of their names, whose numbers count as numbers")
  func order() throws {
    let found = try importing([("l10.weight", [2, 2]), ("l2.bias", [2]), ("l2.weight", [3, 2])])
    #expect(found == [[0, 1, 2, 3, 4, 5], [0, 1], [0, 1, 2, 3]])
  }

  @Test("turns weights round that have their outputs first")
  func transposing() throws {
    let found = try importing(
      [("0.bias", [2]), ("0.weight", [2, 3]), ("2.weight", [2, 2])], transposes: true)
    #expect(found == [[0, 3, 1, 4, 2, 5], [0, 1], [0, 2, 1, 3]])
  }

  @Test("is refused with both names where sizes or counts differ")
  func misfits() {
    func problem(_ entries: [(String, [Int])], transposes: Bool = false) -> Problem? {
      do throws(Problem) {
        _ = try importing(entries, transposes: transposes)
        return nil
      } catch { return error }
    }
    let torch = problem([("a.weight", [2, 3]), ("a.bias", [2]), ("b.weight", [2, 2])])
    #expect(
      torch?.message
        == "'a.weight' in 'w' has the sizes 2x3, and '0.fc.weight' of the network 3x2")
    #expect(torch?.help?.contains("--transpose") ?? false)
    let few = problem([("a.weight", [3, 2])])
    #expect(
      few?.message.contains("1 arrays, and the network 3: 'a.weight' for '0.fc.weight'") ?? false)
    let other = problem([("a.weight", [3, 2]), ("a.bias", [3]), ("b.weight", [2, 2])])
    #expect(other?.message.contains("sizes 3, and '0.fc.bias' of the network 2") ?? false)
  }
}
