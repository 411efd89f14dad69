import MLPTensor

/// The numbers that training changes.
package struct PlanState: Equatable, Sendable {
  /// Parameters and running statistics, by layer, in the order of the layer's specs.
  package var parameters: [[Tensor<Float>]]
  /// What the solver keeps, by layer and parameter as above: nothing for a parameter that isn't trained.
  package var solver: [[[Tensor<Float>]]]

  package init(parameters: [[Tensor<Float>]], solver: [[[Tensor<Float>]]]) {
    self.parameters = parameters
    self.solver = solver
  }
}

extension Plan {
  /// A copy of everything that training has changed so far.
  package var state: PlanState {
    let parameters = parameters
    let kept = stages.flatMap { $0.solverState }
    let solver = zip(parameters, kept).map { tensors, kept in
      zip(tensors, kept).map { tensor, panels in
        panels.map { Tensor(tensor.sizes, elements: $0.rowMajor) }
      }
    }
    return PlanState(parameters: parameters, solver: solver)
  }

  /// Goes back to where the numbers were taken from a plan of the same experiment.
  package func restore(_ state: PlanState) {
    restore(state.parameters)
    let kept = stages.flatMap { $0.solverState }
    for (layer, tensors) in zip(kept, state.solver) {
      for (panels, tensors) in zip(layer, tensors) {
        for (panels, tensor) in zip(panels, tensors) { panels.fill(from: tensor.elements) }
      }
    }
  }

  /// Sets parameters and running statistics alone.
  package func restore(_ parameters: [[Tensor<Float>]]) {
    for (layer, tensors) in zip(stages.flatMap { $0.parameters }, parameters) {
      for (panels, tensor) in zip(layer, tensors) { panels.fill(from: tensor.elements) }
    }
  }

  /// The first layer with a parameter or a running statistic that is not finite; nil where all are.
  package var firstLayerNotFinite: Int? {
    stages.flatMap { $0.parameters }.firstIndex { layer in
      !layer.allSatisfy { Kernel.isFinite($0) }
    }
  }
}
