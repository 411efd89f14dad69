import MLPTensor

/// The products of a fully connected layer whose weights lie in far memory.
///
/// The threads divide the layer's outputs on the way forwards and its inputs on the way back, each for the whole
/// batch, so that a step reads the weights once in each direction and not once for each chunk of samples.
struct WideProduct {
  private let team: Team
  private let weight: Panels
  /// dyᵀ and dxᵀ: a product needs its right factor's columns side by side. nil where nothing before needs a gradient.
  private let transposed: (dy: PanelBuffer, dx: PanelBuffer)?

  /// Numbers of a weight that no near cache holds, not even the last one for long.
  private static let far = 1 << 20

  /// nil where the layer's weights are near.
  init?(_ weight: Panels, capacity: Int, needsInputGradient: Bool, team: Team) {
    guard weight.rows * weight.columns > Self.far else { return nil }
    self.team = team
    self.weight = weight
    transposed =
      needsInputGradient
      ? (
        dy: PanelBuffer(rows: weight.columns, columns: capacity),
        dx: PanelBuffer(rows: weight.rows, columns: capacity)
      ) : nil
  }

  /// y ← f(x·W + b). x: [n, i]   y: [n, o]   b: [1, o], or none
  func forward(_ x: Panels, into y: Panels, bias: Panels?, _ activation: Activation) {
    share(y.panelCount) { panels in
      let target = y.panels(panels)
      Kernel.product(x, weight.panels(panels), into: target)
      Kernel.activate(target, bias: bias?.panels(panels), activation)
    }
  }

  /// dy ← dy·f′, from y = f(x·W + b); dx ← dy·Wᵀ. y, dy: [n, o]   dx: [n, i]
  ///
  /// - Parameter dx: nil where nothing before needs a gradient.
  func backward(_ dy: Panels, _ y: Panels, _ activation: Activation, into dx: Panels?) {
    let dyT = transposed?.dy.panels.prefix(columns: dy.rows)
    share(dy.panelCount) { panels in
      let gradient = dy.panels(panels)
      Kernel.deactivate(gradient, y.panels(panels), activation)
      if let dyT { Kernel.transpose(gradient, into: dyT.rows(panels, of: dy)) }
    }
    guard let dx, let dyT, let dxT = transposed?.dx.panels.prefix(columns: dy.rows) else { return }
    share(dx.panelCount) { panels in
      let product = dxT.rows(panels, of: dx)
      Kernel.product(weight.rows(panels, of: dx), dyT, into: product)
      Kernel.transpose(product, into: dx.panels(panels))
    }
  }

  /// Runs `body` for parts of so many panels, some for each thread.
  private func share(_ panels: Int, _ body: (Range<Int>) -> Void) {
    let parts = min(panels, 4 * team.size)
    team.parallel(parts) { part in
      body(part * panels / parts..<(part + 1) * panels / parts)
    }
  }
}

extension Panels {
  /// The rows with the numbers of another matrix' columns in some of its panels.
  fileprivate func rows(_ panels: Range<Int>, of other: Panels) -> Panels {
    rows(panels.lowerBound * Panels.width..<min(panels.upperBound * Panels.width, other.columns))
  }
}
