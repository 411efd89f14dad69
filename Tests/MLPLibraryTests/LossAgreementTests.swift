import MLPRun
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

/// `Reference` holds what PyTorch computes in float64; Reference/constants.py wrote it.
@Suite("Losses compute what PyTorch's do")
struct LossAgreementTests {
  @Test func softmaxCe() throws {
    try expect("softmax_ce", Reference.softmaxCeLosses, Reference.softmaxCeGradient)
  }

  @Test func binaryCe() throws {
    try expect(
      "binary_ce", outputs: Reference.odds, labels: Reference.binary, Reference.binaryCeLosses,
      Reference.binaryCeGradient)
  }

  @Test func meanSquareOverElements() throws {
    try expect("mse", Reference.mseLosses, Reference.mseGradient)
  }

  @Test func meanSquareOverSamples() throws {
    try expect("mse over samples", Reference.mseSamplesLosses, Reference.mseSamplesGradient)
  }

  @Test("euclidean is half the squared distance, averaged over samples")
  func euclidean() throws {
    try expect("euclidean", Reference.euclideanLosses, Reference.euclideanGradient)
  }

  @Test("cross-entropy stays finite where a class is all but excluded")
  func extremes() throws {
    let o = Tensor<Float>([2, 2], elements: [200, -200, -3e4, 3e4])
    let loss = try loss("softmax_ce", outputs: 2)
    #expect(loss.losses(o, labels: [1, 1]) == [400, 0])
    #expect(loss.gradient(o, labels: [1, 1], scale: 1).elements == [1, -1, 0, 0])
    let odds = Tensor<Float>([2, 1], elements: [-3e4, 200])
    let binary = try self.loss("binary_ce", outputs: 1)
    #expect(binary.losses(odds, labels: [1, 1]) == [3e4, 0])
    #expect(binary.gradient(odds, labels: [1, 1], scale: 1).elements == [-1, 0])
  }

  @Test("a loss that isn't a number is seen as such", arguments: Example.all(in: .loss))
  func notANumber(_ example: Example) throws {
    let net = try example.experiment().net
    let o = Tensor<Float>([1, net.output.count], repeating: .nan)
    #expect(!BatchScore(o, labels: [0], net.loss).isFinite)
  }

  @Test("of equal outputs, the first is the prediction")
  func predictions() throws {
    let loss = try loss("softmax_ce", outputs: 4)
    #expect(loss.prediction([0, 3, 1, 3.0][...]) == 1)
    #expect(loss.prediction([9, -1, -2, -1.0][1...]) == 0)
    let binary = try self.loss("binary_ce", outputs: 1)
    #expect([-0.1, 0, 0.1].map { binary.prediction([$0][...]) } == [0, 0, 1])
  }

  // MARK: Means

  private func loss(_ text: String, outputs: Int) throws -> any Loss {
    try Experiment("net fc 1 \(outputs) -> \(text)").net.loss
  }

  private func expect(
    _ text: String, outputs: [Double] = Reference.x, labels: [Int32] = Reference.labels,
    _ losses: [Double], _ gradient: [Double], at location: SourceLocation = #_sourceLocation
  ) throws {
    let loss = try loss(text, outputs: outputs.count / 3)
    expect(loss, Double.self, outputs, labels, losses, gradient, location)
    expect(loss, Float.self, outputs, labels, losses, gradient, location)
  }

  private func expect<S: Scalar>(
    _ loss: any Loss, _ scalar: S.Type, _ outputs: [Double], _ labels: [Int32], _ losses: [Double],
    _ gradient: [Double], _ location: SourceLocation
  ) {
    let o = Tensor([3, outputs.count / 3], elements: outputs.map { S($0) })
    let found = loss.losses(o, labels: labels)
    let foundGradient = loss.gradient(o, labels: labels, scale: 1 / S(3)).elements
    #expect(Closeness.error(found, losses) <= S.fewRoundings, sourceLocation: location)
    #expect(Closeness.error(foundGradient, gradient) <= S.fewRoundings, sourceLocation: location)
  }
}
