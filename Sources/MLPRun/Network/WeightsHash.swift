import MLPTensor

/// FNV-1a, 64 bits, over the parameters' Float bytes in little-endian order.
package struct WeightsHash: Sendable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  package mutating func add(_ tensor: Tensor<Float>) {
    for element in tensor.elements {
      var bits = element.bitPattern
      for _ in 0..<4 {
        state = (state ^ UInt64(bits & 0xFF)) &* 0x100_0000_01B3
        bits >>= 8
      }
    }
  }

  /// 16 hexadecimal digits.
  package var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension WeightsHash {
  /// Of all parameters, layer by layer.
  package static func text(of parameters: [[Tensor<Float>]]) -> String {
    var hash = WeightsHash()
    for layer in parameters { for tensor in layer { hash.add(tensor) } }
    return hash.text
  }
}

extension Model where S == Float {
  package var weightsHash: String { WeightsHash.text(of: parameters) }
}

extension Plan {
  package var weightsHash: String { WeightsHash.text(of: parameters) }
}
