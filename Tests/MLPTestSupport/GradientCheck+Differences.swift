import MLPTensor

extension GradientCheck.Claim {
  /// What of the gradient is wrong; nil where the function isn't smooth around the point.
  func faults(tolerance: Double) -> [String]? {
    guard gradients.count == variables.count else {
      return ["\(gradients.count) gradients for \(variables.count) variables"]
    }
    var faults: [String] = []
    for index in variables.indices {
      guard let found = self.faults(ofVariable: index, tolerance) else { return nil }
      faults += found
    }
    return faults
  }

  private func faults(ofVariable index: Int, _ tolerance: Double) -> [String]? {
    let (variable, gradient) = (variables[index], gradients[index])
    guard gradient.count == variable.tensor.count else {
      return [
        "\(variable.name) has \(variable.tensor.count) numbers, its gradient \(gradient.count)"
      ]
    }
    var numeric: [Double] = []
    for element in 0..<gradient.count {
      guard
        let difference = Differences.derivative({ value(moved(index, element, by: $0)) })
      else { return nil }
      numeric.append(difference)
    }
    let floor = 1e-3 * (numeric.map { abs($0) }.max() ?? 0) + 1e-6
    return gradient.elements.indices.compactMap { k in
      let (found, expected) = (gradient.elements[k], numeric[k])
      let size = max(abs(found), abs(expected), floor)
      if abs(found - expected) <= tolerance * size { return nil }
      return "\(variable.name)[\(k)]: the gradient is \(found), the differences give \(expected)"
    }
  }

  private func moved(_ index: Int, _ element: Int, by step: Double) -> [Tensor<Double>] {
    var tensors = variables.map { $0.tensor }
    tensors[index].elements[element] += step
    return tensors
  }
}

/// Derivatives of functions of one number, at 0.
enum Differences {
  /// Central differences of fourth order; nil where two step sizes disagree, as they do about a kink.
  static func derivative(_ f: (Double) -> Double) -> Double? {
    let near = (f(1e-3) - f(-1e-3)) / 2e-3
    let far = (f(2e-3) - f(-2e-3)) / 4e-3
    let half = (f(5e-4) - f(-5e-4)) / 1e-3
    // Each is off by a multiple of its step squared, which the right mixture of two cancels.
    let coarse = (4 * near - far) / 3
    let fine = (4 * half - near) / 3
    guard abs(coarse - fine) <= 1e-7 * max(1e-2, abs(coarse), abs(fine)) else { return nil }
    return fine
  }
}
