import MLPRun
import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

@Suite("Layers of pictures compute what their formulas say")
struct PictureLayerTests {
  @Test("a convolution of 3 x 4 numbers with a kernel of 2 x 2, by hand")
  func byHand() throws {
    // The picture of Goodfellow et al., figure 9.1: a…l with w x y z.
    let layer = try layer("reshape 3x4x1 -> conv 2x2 1")
    var parameters = [
      Tensor<Double>([2, 2, 1, 1], elements: [1, 10, 100, 1000]),
      Tensor<Double>([1], elements: [0.5]),
    ]
    let x = Tensor<Double>([1, 12], elements: (1...12).map { Double($0) })
    let forward = layer.forward(x, &parameters, pass)
    #expect(
      forward.y.elements
        == [6521.5, 7632.5, 8743.5, 10965.5, 12076.5, 13187.5])
    let dy = Tensor<Double>([1, 6], elements: [1, 0, 0, 0, 0, 2])
    let backward = layer.backward(dy, parameters, forward.saved, pass)
    #expect(backward.dx.elements == [1, 10, 0, 0, 100, 1000, 2, 20, 0, 0, 200, 2000])
    let expected: [Double] = [15, 18, 27, 30]
    #expect(backward.gradients[0].elements == expected)
    #expect(backward.gradients[1].elements == [Double(3)])
  }

  /// Settings over 7 x 6 x 3 numbers, and the output's height and width.
  static let cases: [(String, Int, Int)] = [
    ("conv 3x3 4", 5, 4), ("conv 2x4 5 stride 2x1", 3, 3), ("conv 3x3 2 padding 2", 9, 8),
    ("conv 3x3 2 padding same", 7, 6), ("conv 4x4 2 padding same stride 3", 3, 2),
    ("conv 1x1 9 stride 4", 2, 2), ("conv 5x2 1 padding 1 stride 3x2", 2, 4),
  ]

  @Test("a convolution is its formula, for every stride and padding", arguments: cases)
  func formula(_ text: String, _ height: Int, _ width: Int) throws {
    let placed = try placed("reshape 7x6x3 -> \(text)")
    #expect(placed.output.sizes.prefix(2) == [height, width])
    let outputs = placed.output.sizes[2]
    let (kernelHeight, kernelWidth) = (
      placed.parameters[0].sizes[0], placed.parameters[0].sizes[1]
    )
    let numbers = text.split(separator: " ").map { String($0) }
    func setting(_ name: String) -> String? {
      numbers.firstIndex(of: name).map { numbers[$0 + 1] }
    }
    let stride = (setting("stride") ?? "1").split(separator: "x").compactMap { Int($0) }
    let (down, across) = (stride[0], stride[stride.count - 1])
    func before(_ size: Int, _ kernel: Int, _ step: Int, _ count: Int) -> Int {
      setting("padding") == "same"
        ? max(0, (count - 1) * step + kernel - size) / 2 : Int(setting("padding") ?? "0") ?? 0
    }
    let top = before(7, kernelHeight, down, height)
    let left = before(6, kernelWidth, across, width)
    let x = Tensor<Double>.normal([2, 7 * 6 * 3], seed: 1, stream: 0)
    var parameters = placed.parameters.enumerated().map {
      Tensor<Double>.normal($1.sizes, seed: 1, stream: UInt64($0 + 1))
    }
    let y = placed.layer.forward(x, &parameters, pass).y
    for n in 0..<2 {
      for i in 0..<height {
        for j in 0..<width {
          for o in 0..<outputs {
            var sum = parameters[1].elements[o]
            for a in 0..<kernelHeight {
              for b in 0..<kernelWidth {
                let (row, column) = (i * down + a - top, j * across + b - left)
                guard (0..<7).contains(row), (0..<6).contains(column) else { continue }
                for c in 0..<3 {
                  let weight = ((a * kernelWidth + b) * 3 + c) * outputs + o
                  sum +=
                    x.elements[n * 126 + (row * 6 + column) * 3 + c]
                    * parameters[0].elements[weight]
                }
              }
            }
            let found = y.elements[((n * height + i) * width + j) * outputs + o]
            #expect(abs(found - sum) < 1e-12)
          }
        }
      }
    }
  }

  @Test("of equal numbers a pooling takes the first, row by row")
  func ties() throws {
    let layer = try layer("reshape 2x4x1 -> maxpool 2")
    var none: [Tensor<Double>] = []
    let x = Tensor<Double>([1, 8], elements: [1, 3, 5, 5, 3, 3, 5, 5])
    let forward = layer.forward(x, &none, pass)
    #expect(forward.y.elements == [3, 5])
    let dy = Tensor<Double>([1, 2], elements: [7, 9])
    let dx = layer.backward(dy, none, forward.saved, pass).dx
    #expect(dx.elements == [0, 7, 9, 0, 0, 0, 0, 0])
  }

  @Test("windows that overlap add up; rows and columns that fill no window are left out")
  func overlap() throws {
    let layer = try layer("reshape 3x4x1 -> maxpool 2x2 stride 1x2")
    var none: [Tensor<Double>] = []
    let x = Tensor<Double>([1, 12], elements: [0, 1, 0, 0, 9, 2, 3, 8, 4, 5, 6, 7])
    let forward = layer.forward(x, &none, pass)
    #expect(forward.y.elements == [9, 8, 9, 8])
    let dy = Tensor<Double>([1, 4], elements: [1, 2, 3, 4])
    let dx = layer.backward(dy, none, forward.saved, pass).dx
    #expect(dx.elements == [0, 0, 0, 0, 4, 0, 0, 6, 0, 0, 0, 0])
    #expect(try placed("reshape 7x5x2 -> maxpool 2").output == Shape(3, 2, 2))
  }

  @Test("batchnorm gives each channel of a picture mean 0 and variance 1 over batch and pixels")
  func channels() throws {
    let placed = try placed("reshape 3x2x4 -> batchnorm")
    #expect(placed.parameters.map { $0.sizes } == Array(repeating: [4], count: 4))
    var parameters = placed.parameters.map { Tensor<Double>($0.sizes, repeating: 1) }
    let x = Tensor<Double>.normal([5, 24], seed: 2, stream: 0)
    let y = placed.layer.forward(x, &parameters, pass).y
    for c in 0..<4 {
      let channel = stride(from: c, to: y.count, by: 4).map { y.elements[$0] - 1 }
      #expect(abs(channel.reduce(0, +)) < 1e-10)
      #expect(abs(channel.reduce(0) { $0 + $1 * $1 } / 30 - 1) < 1e-3)
    }
  }

  @Test("glorot and he count a kernel's numbers times its channels")
  func fans() throws {
    let specs = try placed("reshape 9x9x5 -> conv 3x2 7").parameters
    for spec in specs {
      #expect(spec.fanIn == 3 * 2 * 5)
      #expect(spec.fanOut == 3 * 2 * 7)
    }
  }

  // MARK: Means

  private var pass: Pass { Pass(.train, random: Random(seed: 1, purpose: .dropout)) }

  private func placed(_ layers: String) throws -> PlacedLayer {
    try #require(try Experiment("net \(layers) -> fc 2 -> softmax_ce").net.layers.dropLast().last)
  }

  private func layer(_ layers: String) throws -> any Layer { try placed(layers).layer }
}
