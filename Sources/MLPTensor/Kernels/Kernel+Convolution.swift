extension Kernel {
  // x, dx: [n, h·w·c]   w, dw: [kh, kw, c, o]   y, dy: [n, i·j·o]

  /// y[n, i, j, o] = Σ x·w over the taps inside, each sum in the order of w's rows, columns and channels.
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func convolve<S: Scalar>(
    _ x: Tensor<S>, _ w: Tensor<S>, _ window: Window
  ) -> Tensor<S> {
    let (channels, outputs) = (window.channels, w.sizes[3])
    var y = Tensor<S>([x.rows, window.output.count * outputs])
    y.elements.withUnsafeMutableBufferPointer { y in
      window.forEachTap(x.rows) { pixel, output, tap in
        for c in 0..<channels {
          let value = x.elements[pixel * channels + c]
          let row = (tap * channels + c) * outputs
          for o in 0..<outputs {
            y[output * outputs + o].addProduct(value, w.elements[row + o])
          }
        }
      }
    }
    return y
  }

  /// dw = Σ x·dy over all outputs that a tap has a part in, each sum in the order of samples, output rows and
  /// columns.
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func convolutionWeightGradient<S: Scalar>(
    _ x: Tensor<S>, _ dy: Tensor<S>, _ window: Window, outputs: Int
  ) -> Tensor<S> {
    let channels = window.channels
    var dw = Tensor<S>([window.kernel.height, window.kernel.width, channels, outputs])
    dw.elements.withUnsafeMutableBufferPointer { dw in
      window.forEachTap(x.rows) { pixel, output, tap in
        for c in 0..<channels {
          let value = x.elements[pixel * channels + c]
          let row = (tap * channels + c) * outputs
          for o in 0..<outputs {
            dw[row + o].addProduct(value, dy.elements[output * outputs + o])
          }
        }
      }
    }
    return dw
  }

  /// dx = Σ dy·w over all outputs that see an input, each sum in the order of output rows, columns and channels.
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func convolutionInputGradient<S: Scalar>(
    _ dy: Tensor<S>, _ w: Tensor<S>, _ window: Window
  ) -> Tensor<S> {
    let (channels, outputs) = (window.channels, w.sizes[3])
    var dx = Tensor<S>([dy.rows, window.input.count * channels])
    dx.elements.withUnsafeMutableBufferPointer { dx in
      window.forEachTap(dy.rows) { pixel, output, tap in
        for o in 0..<outputs {
          let value = dy.elements[output * outputs + o]
          for c in 0..<channels {
            let weight = w.elements[(tap * channels + c) * outputs + o]
            dx[pixel * channels + c].addProduct(value, weight)
          }
        }
      }
    }
    return dx
  }

  /// For each output of a pooling the place in x of the first of the greatest numbers that it sees.
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package static func maxima<S: Scalar>(_ x: Tensor<S>, _ window: Window) -> [Int] {
    let channels = window.channels
    var places = [Int](repeating: 0, count: x.rows * window.output.count * channels)
    window.forEachTap(x.rows) { pixel, output, tap in
      for c in 0..<channels {
        let place = pixel * channels + c
        let isFirst = tap == 0
        if isFirst || x.elements[place] > x.elements[places[output * channels + c]] {
          places[output * channels + c] = place
        }
      }
    }
    return places
  }
}
