import MLPTensor

/// A step in two passes, for a gradient whose norm is limited: it must be there as a whole before any parameter
/// changes.
struct PlanClip {
  private struct Slot {
    let parameter: Parameter
    let isWeight: Bool
    /// Of the parameter's shape: the gradient, and the values while the gradient is gathered in their place.
    let gradient: PanelBuffer
    let values: PanelBuffer
  }

  private let limit: Double
  /// All trained parameters in the order of layers and specs.
  private let slots: [Slot]

  init(_ limit: Double, _ net: CheckedNet, _ stages: [any PlanStage]) {
    self.limit = limit
    let panels = stages.flatMap { $0.parameters }
    let states = stages.flatMap { $0.solverState }
    slots = net.layers.indices.flatMap { layer in
      let specs = net.layers[layer].parameters
      return specs.indices.filter { specs[$0].isTrained }.map { index in
        let values = panels[layer][index]
        return Slot(
          parameter: Parameter(values, state: states[layer][index]),
          isWeight: specs[index].role == .weight,
          gradient: PanelBuffer(rows: values.rows, columns: values.columns),
          values: PanelBuffer(rows: values.rows, columns: values.columns))
      }
    }
  }

  /// - Parameter gather: lets every stage add its gradients to its parameters, by the rule `sum`.
  /// - Returns: whether the gradient is finite; where it isn't, no parameter changes.
  func step(weights: UpdateRule, others: UpdateRule, gather: () -> Void) -> Bool {
    for slot in slots {
      Kernel.copy(slot.parameter.values, to: slot.values.panels)
      Kernel.clear(slot.parameter.values)
    }
    gather()
    var squares = 0.0
    for slot in slots {
      Kernel.copy(slot.parameter.values, to: slot.gradient.panels)
      Kernel.copy(slot.values.panels, to: slot.parameter.values)
      squares += Kernel.squareSum(slot.gradient.panels)
    }
    guard squares.isFinite else { return false }
    let factor = Clipping.factor(squares: squares, limit: limit)
    for slot in slots {
      if let factor { Kernel.scale(slot.gradient.panels, by: factor) }
      Kernel.update(
        slot.parameter, slot.gradient.panels, slot.isWeight ? weights : others)
    }
    return true
  }
}
