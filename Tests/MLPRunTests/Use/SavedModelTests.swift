import MLPSyntax
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary
@testable import MLPRun

@Suite("A saved model")
struct SavedModelTests {
  private static let path = "runs/test/model.safetensors"

  private static func run(_ net: String, _ rest: String = "") throws -> (KeptRun, RunReport) {
    let run = KeptRun(
      "\(net)\ndata toy spirals count 120 test 40 validation last 20\nsolver adam lr 0.01\n"
        + "train batch 20 epochs 2 \(rest)")
    return (run, try run.run())
  }

  private static let nets = [
    "fc 2 9 -> relu -> dropout 0.2 -> fc 2 -> softmax_ce",
    "fc 2 9 -> batchnorm -> tanh -> fc 1 -> binary_ce",
    "reshape 1x2x1 -> conv 1x2 4 -> leaky_relu -> flatten -> fc 2 -> euclidean",
  ]

  @Test("is measured as the run measured it", arguments: nets)
  func evaluation(_ net: String) throws {
    let (run, report) = try Self.run(net)
    let model = try SavedModel(Self.path, in: run.world)
    let test = try model.evaluate(data: nil, set: nil, threads: 1, in: run.world)
    #expect(test.set == .test && test.data == "toy")
    #expect(test.score == report.test)
    #expect(test.confusion.total == 40)
    let validation = try model.evaluate(data: nil, set: .validation, threads: 2, in: run.world)
    #expect(validation.score == report.validation)
    #expect(run.notes == [])
  }

  @Test("is measured on other data, which it scales itself")
  func otherData() throws {
    let (run, _) = try Self.run(Self.nets[0])
    let model = try SavedModel(Self.path, in: run.world)
    func evaluate(_ data: String, _ set: MeasuredSet? = nil) throws(UseFailure) -> Evaluation {
      try model.evaluate(
        data: Source(name: "--data", text: data), set: set, threads: 1, in: run.world)
    }
    #expect(try evaluate("data toy ellipse count 30 test 10").confusion.total == 10)
    func problem(_ data: String, _ set: MeasuredSet? = nil) -> String {
      do {
        _ = try evaluate(data, set)
        return ""
      } catch {
        guard case .model(let problem) = error else { return "\(error)" }
        return problem.message
      }
    }
    #expect(problem("data toy ellipse count 30 test 10", .validation).contains("no validation set"))
    #expect(
      problem("data toy ellipse count 30 test 10 scale raw").contains("'scale' has no effect"))
    #expect(problem("train epochs 3").contains("no other"))
    #expect(problem("data toy {ellipse | spirals} count 30 test 10").contains("names 2"))
    #expect(problem("data digits count 20 test 10").contains("E0312"))
  }

  @Test("is refused where its weights are not those of its hash, or its spec is none")
  func damage() throws {
    let (run, _) = try Self.run(Self.nets[0])
    let file = try run.world.read(Self.path)
    var world = MemoryWorld()
    world.files["m"] = file
    world.files["m"]?[file.count - 2] ^= 1
    #expect(problem { () throws(Problem) in try SavedModel("m", in: world) }.contains("damaged"))
    #expect(problem { () throws(Problem) in try SavedModel("x", in: world) }.contains("no file"))
    world.files["m"] = [1, 2, 3]
    #expect(problem { () throws(Problem) in try SavedModel("m", in: world) }.hasPrefix("'m': "))
  }

  private func problem<T>(_ body: () throws(Problem) -> T) -> String {
    do {
      _ = try body()
      return ""
    } catch { return error.message }
  }

  // MARK: Answers

  @Test("answers with the reference's outputs as probabilities", arguments: nets)
  func answers(_ net: String) throws {
    let (run, _) = try Self.run(net)
    let saved = try SavedModel(Self.path, in: run.world)
    let rows: [Float] = [0.5, -0.25, 1, 2, -3, 0.125]
    let text = "x,y\n0.5,-0.25\n1,2\n-3,0.125\n"
    let input = try PredictionInput(
      Array(text.utf8), name: "t", for: saved, .init(), limit: 1000)
    let answers = saved.answers(for: input, threads: 1)
    var model = Model<Float>(
      saved.net, Initialisation(weights: Zeros(Values()), biases: nil), seed: 1)
    model.parameters = saved.file.parameters
    let outputs = model.outputs(Tensor([3, 2], elements: rows))
    for sample in 0..<3 {
      let row = outputs.elements[sample * outputs.columns..<(sample + 1) * outputs.columns]
      let expected = saved.net.loss.probabilities(Array(row)).map { Float($0) }
      #expect(Array(answers.probabilities(of: sample)) == expected)
      #expect(answers.labels[sample] == saved.net.loss.prediction(row))
    }
    #expect(answers.csv.hasPrefix("t,1,"))
    #expect(answers.csv.split(separator: "\n").count == 3)
    let lines = try answers.json.split(separator: "\n").map { try JSON.parse(Array($0.utf8)) }
    #expect(lines.map { $0["class"]?.integer } == answers.labels.map { Int($0) })
  }

  @Test("says what probabilities are: softmax, sigmoid, or outputs cut off at 0 and 1")
  func probabilities() {
    let softmax = SoftmaxCe(Values()).probabilities([0, 0, Float(Double.log(2))])
    #expect(zip(softmax, [0.25, 0.25, 0.5]).allSatisfy { abs($0 - $1) < 1e-7 })
    #expect(SoftmaxCe(Values()).probabilities([1000, -1000]) == [1, 0])
    #expect(BinaryCe(Values()).probabilities([0]) == [0.5, 0.5])
    #expect(BinaryCe(Values()).probabilities([-1000]) == [1, 0])
    #expect(Euclidean(Values()).probabilities([-0.5, 0.25, 3]) == [0, 0.25, 1])
  }

  @Test("takes pictures: made grey, laid on black, scaled, and says so")
  func pictures() throws {
    let run = KeptRun(
      "fc 784 5 -> relu -> fc 10 -> softmax_ce\ndata digits count 20 test 10\n"
        + "solver sgd lr 0.1\ntrain batch 10 epochs 1")
    _ = try run.run()
    let model = try SavedModel(Self.path, in: run.world)
    let digit = Pixels(
      width: 28, height: 28, kind: .grey, bytes: (0..<784).map { UInt8($0 % 256) })
    func input(_ bytes: [UInt8], _ options: PredictionInput.Options = .init()) throws(Problem)
      -> PredictionInput
    { try PredictionInput(bytes, name: "p.png", for: model, options, limit: 10000) }
    func bytes(_ input: PredictionInput) -> [UInt8] {
      if case .bytes(let bytes) = input.samples.storage { bytes } else { [] }
    }
    let plain = try input(PNG.file(of: digit))
    #expect(bytes(plain) == digit.bytes && plain.notes == [])
    let large = try input(PNG.file(of: digit.scaled(width: 56, height: 56)))
    #expect(bytes(large) == digit.bytes)
    #expect(large.notes == ["'p.png' was scaled from 56x56 to 28x28 pixels"])
    let grey = try input(PNG.file(of: digit.coloured))
    #expect(bytes(grey) == digit.bytes && grey.notes == [])
    let red = Pixels(
      width: 28, height: 28, kind: .rgb, bytes: (0..<784).flatMap { _ in [255, 0, 0] })
    let coloured = try input(PNG.file(of: red))
    #expect(bytes(coloured) == [UInt8](repeating: 76, count: 784))
    #expect(coloured.notes == ["'p.png' has colours: it was made grey"])
    #expect(bytes(try input(PNG.file(of: digit), .init(inverts: true))) == digit.inverted.bytes)
    #expect(try input(PNGSample.deepAlpha).notes[0].contains("laid on black"))
    #expect(
      problem { () throws(Problem) in try input(Array("1,2\n".utf8)) }.contains(
        "2 numbers a sample, and the model takes 784"))
    #expect(
      problem { () throws(Problem) in try input(PNG.file(of: digit), .init(ignoredColumn: "1")) }
        .contains("is no table"))
  }
}
