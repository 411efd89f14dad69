import MLPLibrary
import MLPTensor

/// What each layer's parameters are like.
enum WeightsTable {
  /// - Parameter beginning: the parameters before any training.
  static func text(
    _ net: CheckedNet, _ parameters: [[Tensor<Float>]], beginning: [[Tensor<Float>]]
  ) -> String {
    var table = TextTable([.left, .left, .right, .right, .right, .right, .right, .right])
    table.add("layer", "parameter", "sizes", "mean", "deviation", "least", "greatest", "moved")
    for (index, placed) in net.layers.enumerated() {
      for (position, spec) in placed.parameters.enumerated() {
        let numbers = Numbers(parameters[index][position])
        table.add(
          position == 0 ? placed.text : "", spec.name,
          spec.sizes.map { String($0) }.joined(separator: "x"), short(numbers.mean),
          short(numbers.deviation), short(numbers.least), short(numbers.greatest),
          moved(parameters[index][position], beginning[index][position]))
      }
    }
    return table.text
  }

  private struct Numbers {
    var mean = 0.0
    var deviation = 0.0
    var least = Double.infinity
    var greatest = -Double.infinity

    init(_ tensor: Tensor<Float>) {
      let count = Double(max(1, tensor.count))
      for element in tensor.elements {
        mean += Double(element)
        least = min(least, Double(element))
        greatest = max(greatest, Double(element))
      }
      mean /= count
      let squares = tensor.elements.reduce(0.0) { sum, element in
        let distance = Double(element) - mean
        return sum + distance * distance
      }
      deviation = (squares / count).squareRoot()
    }
  }

  /// How far the parameters are from where they began, as a share of how long they were.
  private static func moved(_ now: Tensor<Float>, _ before: Tensor<Float>) -> String {
    var (way, length) = (0.0, 0.0)
    for (x, y) in zip(now.elements, before.elements) {
      way += (Double(x) - Double(y)) * (Double(x) - Double(y))
      length += Double(y) * Double(y)
    }
    guard length > 0 else { return "" }
    return Format.fixed((way / length).squareRoot() * 100, 1) + " %"
  }

  private static func short(_ x: Double) -> String {
    guard abs(x) < 1e6 else { return "\(x)" }
    return Format.fixed(x, abs(x) < 100 ? 4 : 1)
  }
}
