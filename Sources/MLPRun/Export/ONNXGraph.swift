import MLPTensor

/// A graph of operators and constants in the ONNX format.
///
/// Field numbers are those of onnx.proto (IR version 8), operators those of opset 13.
struct ONNXGraph {
  static let irVersion = 8
  static let opset = 13

  enum Attribute {
    case integer(Int)
    case integers([Int])
    case float(Float)
  }

  private enum Element: Int {
    case float = 1
    case integer = 7
    case double = 11
  }

  private var nodes: [Protobuf] = []
  private var constants: [Protobuf] = []
  private var count = 0

  // MARK: Building

  /// Adds an operator with one output, and gives that a name of its own.
  ///
  /// - Parameter output: the name; nil: a new one.
  @discardableResult
  mutating func node(
    _ type: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [],
    output: String? = nil
  ) -> String {
    count += 1
    let output = output ?? "t\(count)"
    var node = Protobuf()
    for input in inputs { node.add(1, input) }
    node.add(2, output)
    node.add(3, "\(type)_\(count)")
    node.add(4, type)
    for (name, attribute) in attributes { node.add(5, Self.message(name, attribute)) }
    nodes.append(node)
    return output
  }

  mutating func constant(_ name: String, _ tensor: Tensor<Float>) -> String {
    constant(name, tensor.sizes, .float, Safetensors.Numbers.floats(tensor.elements))
  }

  mutating func constant(_ name: String, _ numbers: [Double]) -> String {
    constant(name, [numbers.count], .double, .doubles(numbers))
  }

  mutating func constant(_ name: String, _ numbers: [Int]) -> String {
    constant(name, [numbers.count], .integer, .integers(numbers.map { Int64($0) }))
  }

  /// One number, without sizes.
  mutating func constant(_ name: String, _ number: Float) -> String {
    constant(name, [], .float, .floats([number]))
  }

  private mutating func constant(
    _ name: String, _ sizes: [Int], _ element: Element, _ numbers: Safetensors.Numbers
  ) -> String {
    var tensor = Protobuf()
    for size in sizes { tensor.add(1, size) }
    tensor.add(2, element.rawValue)
    tensor.add(8, name)
    var raw: [UInt8] = []
    numbers.append(to: &raw)
    tensor.add(9, raw)
    constants.append(tensor)
    return name
  }

  private static func message(_ name: String, _ attribute: Attribute) -> Protobuf {
    var message = Protobuf()
    message.add(1, name)
    switch attribute {
    case .float(let number):
      message.add(2, number)
      message.add(20, 1)
    case .integer(let number):
      message.add(3, number)
      message.add(20, 2)
    case .integers(let numbers):
      for number in numbers { message.add(8, number) }
      message.add(20, 7)
    }
    return message
  }

  // MARK: The file

  /// A name in the graph, of floats: [samples, columns].
  struct Port {
    let name: String
    let columns: Int
  }

  /// The whole file.
  func bytes(name: String, inputs: [Port], outputs: [Port], facts: [(String, String)]) -> [UInt8] {
    var graph = Protobuf()
    for node in nodes { graph.add(1, node) }
    graph.add(2, name)
    for constant in constants { graph.add(5, constant) }
    for input in inputs { graph.add(11, Self.message(input)) }
    for output in outputs { graph.add(12, Self.message(output)) }
    var model = Protobuf()
    model.add(1, Self.irVersion)
    model.add(2, "mlpc")
    model.add(3, Version.text)
    model.add(7, graph)
    var opset = Protobuf()
    opset.add(1, "")
    opset.add(2, Self.opset)
    model.add(8, opset)
    for (key, value) in facts {
      var fact = Protobuf()
      fact.add(1, key)
      fact.add(2, value)
      model.add(14, fact)
    }
    return model.bytes
  }

  private static func message(_ port: Port) -> Protobuf {
    var samples = Protobuf()
    samples.add(2, "samples")
    var columns = Protobuf()
    columns.add(1, port.columns)
    var shape = Protobuf()
    shape.add(1, samples)
    shape.add(1, columns)
    var tensor = Protobuf()
    tensor.add(1, Element.float.rawValue)
    tensor.add(2, shape)
    var type = Protobuf()
    type.add(1, tensor)
    var message = Protobuf()
    message.add(1, port.name)
    message.add(2, type)
    return message
  }
}
