/// What the mathematics is written for: `Float` to train, `Double` to check gradients.
///
/// The functions are ours and of fixed operations: the same bits on every machine.
package protocol Scalar: BinaryFloatingPoint, SIMDScalar, Codable, Sendable {
  static func exp(_ x: Self) -> Self
  static func log(_ x: Self) -> Self
  static func tanh(_ x: Self) -> Self
  /// 1/(1 + e^-x)
  static func sigmoid(_ x: Self) -> Self
}

extension Double: Scalar {}

extension Float: Scalar {
  package static func exp(_ x: Float) -> Float { VectorMath.exp(SIMD4(repeating: x))[0] }
  package static func log(_ x: Float) -> Float { VectorMath.log(SIMD4(repeating: x))[0] }
  package static func tanh(_ x: Float) -> Float { VectorMath.tanh(SIMD4(repeating: x))[0] }
  package static func sigmoid(_ x: Float) -> Float { VectorMath.sigmoid(SIMD4(repeating: x))[0] }
}
