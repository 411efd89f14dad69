import Foundation
import MLPTestSupport
import Testing

@testable import MLPTensor

@Suite("Kernels")
struct KernelTests {
  /// Batch, inputs and outputs; odd ones, and some across the widths of vectors.
  struct Sizes: Sendable {
    let n: Int
    let i: Int
    let o: Int
  }

  static let sizes = [
    (1, 1, 1), (1, 7, 3), (3, 1, 5), (5, 3, 1), (4, 16, 16), (7, 17, 33), (2, 65, 15), (13, 5, 64),
    (31, 9, 10),
  ].map { Sizes(n: $0.0, i: $0.1, o: $0.2) }

  @Test(
    "products are the naive loop's, bit for bit, on 1, 2 and 3 threads", arguments: sizes, 1...3)
  func products(_ sizes: Sizes, _ threads: Int) {
    let team = Team(size: threads)
    expectNaive(Float.self, sizes, team)
    expectNaive(Double.self, sizes, team)
  }

  private func expectNaive<S: Scalar>(_ scalar: S.Type, _ sizes: Sizes, _ team: Team) {
    let x: Tensor<S> = numbers([sizes.n, sizes.i], stream: 1)
    let w: Tensor<S> = numbers([sizes.i, sizes.o], stream: 2)
    let dy: Tensor<S> = numbers([sizes.n, sizes.o], stream: 3)
    #expect(sameBits(Kernel.product(x, w, team), NaiveProduct.product(x, w)))
    #expect(
      sameBits(Kernel.product(transposed: x, dy, team), NaiveProduct.product(transposed: x, dy)))
    #expect(
      sameBits(Kernel.product(dy, transposed: w, team), NaiveProduct.product(dy, transposed: w)))
  }

  @Test("a product is one chain of fused multiply-adds, not rounded in between")
  func fused() {
    // 1 + 2^-12 squared is 1 + 2^-11 + 2^-24; only a fused chain keeps the last term.
    let a = 1 + Float(0x1p-12)
    let x = Tensor<Float>([1, 2], elements: [-1, a])
    let w = Tensor<Float>([2, 1], elements: [1 + 0x1p-11, a])
    #expect(Kernel.product(x, w, .single).elements == [0x1p-24])
  }

  @Test("NaN and infinity go through a product")
  func notFinite() {
    let x = Tensor<Float>([1, 2], elements: [0, 1])
    let w = Tensor<Float>([2, 2], elements: [.nan, 1, 1, .infinity])
    let y = Kernel.product(x, w, .single).elements
    #expect(y[0].isNaN && y[1] == .infinity)
  }

  @Test func transpose() {
    let w = Tensor<Float>([2, 3], elements: [1, 2, 3, 4, 5, 6])
    #expect(Kernel.transpose(w) == Tensor([3, 2], elements: [1, 4, 2, 5, 3, 6]))
  }

  @Test("biases are added to every row")
  func addToRows() {
    var y = Tensor<Float>([2, 3], elements: [1, 2, 3, 4, 5, 6])
    Kernel.add(Tensor([3], elements: [10, 20, 30]), toRowsOf: &y)
    #expect(y.elements == [11, 22, 33, 14, 25, 36])
  }

  @Test("rows are summed in sample order")
  func sumRows() {
    let dy = Tensor<Float>([3, 2], elements: [1e8, 1, 1, 2, -1e8, 3])
    #expect(Kernel.sumRows(dy).elements == [0, 6])
  }

  @Test("softmax's rows add up to 1 and don't overflow")
  func softmaxRows() {
    var x = Tensor<Double>([2, 3], elements: [1000, 1000, 1000 - 800, 0.5, -1, 2])
    Kernel.softmaxRows(&x)
    #expect(x.elements[0..<3] == [0.5, 0.5, 0])
    let sum = exp(0.5) + exp(-1) + exp(2)
    for (found, o) in zip(x.elements[3...], [0.5, -1, 2]) {
      #expect(abs(found - exp(o) / sum) < 1e-15)
    }
  }

  @Test("the logarithm of a sum of exponentials doesn't overflow")
  func logSumExp() {
    let x = Tensor<Double>([3, 2], elements: [1000, 1000, -1000, -1000, 0, 1])
    let found = Kernel.logSumExpRows(x)
    let expected = [1000 + log(2.0), -1000 + log(2.0), log(1 + exp(1.0))]
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-12) }
  }

  // MARK: Means

  /// Normal numbers of very different sizes, every fifth an exact zero.
  private func numbers<S: Scalar>(_ sizes: [Int], stream: UInt64) -> Tensor<S> {
    let random = Random(seed: 8, purpose: .test, stream: stream)
    return Tensor(
      sizes,
      elements: (0..<sizes.reduce(1, *)).map { k in
        guard random.integer(k, below: 5) > 0 else { return 0 }
        return S(random.uniform(k, in: -1..<1)) * S([1, 1e-3, 1e4][k % 3])
      })
  }

  private func sameBits<S: Scalar>(_ a: Tensor<S>, _ b: Tensor<S>) -> Bool {
    a.sizes == b.sizes
      && zip(a.elements, b.elements).allSatisfy { $0 == $1 && $0.sign == $1.sign }
  }
}
