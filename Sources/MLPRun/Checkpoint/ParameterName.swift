import MLPLibrary

/// What a parameter or a running statistic is called in a file: `0.fc.weight`, layers counted from 0.
struct ParameterName {
  let layer: Int
  /// Among the layer's specs.
  let index: Int
  let spec: ParameterSpec
  let text: String

  /// All of a network, in the order of layers and specs.
  static func all(of net: CheckedNet) -> [ParameterName] {
    net.layers.enumerated().flatMap { layer, placed in
      placed.parameters.enumerated().map { index, spec in
        ParameterName(
          layer: layer, index: index, spec: spec, text: "\(layer).\(placed.word).\(spec.name)")
      }
    }
  }
}
