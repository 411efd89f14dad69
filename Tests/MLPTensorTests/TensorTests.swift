import Testing

@testable import MLPTensor

@Suite("Shapes and tensors")
struct TensorTests {
  @Test("a shape is written as the language writes it")
  func shape() {
    #expect(Shape(28, 28, 1).description == "28x28x1")
    #expect(Shape(28, 28, 1).count == 784)
    #expect(Shape(784).description == "784")
  }

  @Test("the first axis is the rows, the rest a row's numbers")
  func rows() {
    let tensor = Tensor<Float>([2, 3, 4])
    #expect(tensor.rows == 2 && tensor.columns == 12 && tensor.count == 24)
    #expect(tensor.elements.allSatisfy { $0 == 0 })
    #expect(tensor.reshaped([6, 4]).sizes == [6, 4])
    #expect(Tensor<Float>([0, 5]).columns == 0)
  }

  @Test("map and zip go element by element")
  func elementwise() {
    let a = Tensor<Double>([2, 2], elements: [1, 2, 3, 4])
    #expect(a.map { $0 * 10 }.elements == [10, 20, 30, 40])
    #expect(a.zip(a) { $0 - 2 * $1 } == Tensor([2, 2], elements: [-1, -2, -3, -4]))
  }
}
