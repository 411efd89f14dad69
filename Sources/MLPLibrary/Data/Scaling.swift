import MLPTensor

/// What becomes of a stored number before the network sees it; a source's setting `scale`.
package enum Scaling: Sendable {
  /// x/255
  case unit
  /// x
  case raw
  /// (x − 128)/255
  case centered
  /// x/255 − m, where m is the mean of x/255 over the sample
  case ownMean
  /// (x − μ_i)/σ_i for feature i, computed in Double as a product with 1/σ_i, which is 0 where σ_i is
  case standard(mean: [Double], inverseDeviation: [Double])

  /// The scales of sources that hold bytes.
  package static let ofBytes = ["unit", "raw", "centered", "own_mean", "standard"]
  /// The scales of sources that hold other numbers.
  package static let ofFloats = ["raw", "standard"]

  /// What each word stands for, for the setting's help.
  static let formulas: [(word: String, formula: String)] = [
    ("unit", "x/255"),
    ("raw", "x"),
    ("centered", "(x - 128)/255"),
    ("own_mean", "x/255 minus the sample's own mean of x/255"),
    (
      "standard",
      "(x - m)/s by feature, m and s its mean and standard deviation (divided by n) over the training"
        + " set, and 0 where s is 0"
    ),
  ]

  /// - Parameters:
  ///   - word: one of the above.
  ///   - rows: the samples that `standard` measures; not empty.
  /// - Throws: `.spec` where the samples aren't bytes and the scale is for bytes only.
  init(_ word: String, over rows: Range<Int>, of samples: Samples) throws(Problem) {
    if case .floats = samples.storage, !Self.ofFloats.contains(word) {
      throw Problem(
        .spec, "scale '\(word)' is for bytes, but these samples hold other numbers",
        setting: "scale", help: "use 'raw' or 'standard'")
    }
    switch word {
    case "unit": self = .unit
    case "raw": self = .raw
    case "centered": self = .centered
    case "own_mean": self = .ownMean
    case "standard": self = Self.standard(over: rows, of: samples)
    default: preconditionFailure(word)
    }
  }
}

// Measuring the training set.
extension Scaling {
  private static func standard(over rows: Range<Int>, of samples: Samples) -> Scaling {
    switch samples.storage {
    case .bytes(let numbers): standard(numbers, rows, samples.shape.count)
    case .floats(let numbers): standard(numbers, rows, samples.shape.count)
    }
  }

  /// Mean first, then the mean square about it, both summed in sample order.
  ///
  /// A feature that never varies has σ = 0 exactly, whatever its mean was rounded to.
  private static func standard<T: StoredNumber>(
    _ numbers: [T], _ rows: Range<Int>, _ features: Int
  ) -> Scaling {
    var mean = [Double](repeating: 0, count: features)
    var squares = mean
    var varies = [Bool](repeating: false, count: features)
    let first = rows.lowerBound * features
    forEachRow(numbers, rows, features, &mean) { x, sum in
      for i in 0..<features { sum[i] += x[i].scalar() }
    }
    for i in 0..<features { mean[i] /= Double(rows.count) }
    forEachRow(numbers, rows, features, &squares) { x, sum in
      for i in 0..<features {
        let distance: Double = x[i].scalar() - mean[i]
        sum[i] += distance * distance
        if x[i] != numbers[first + i] { varies[i] = true }
      }
    }
    let inverse = (0..<features).map { i in
      varies[i] ? 1 / (squares[i] / Double(rows.count)).squareRoot() : 0
    }
    return .standard(mean: mean, inverseDeviation: inverse)
  }

  @inline(__always)
  private static func forEachRow<T>(
    _ numbers: [T], _ rows: Range<Int>, _ features: Int, _ sums: inout [Double],
    _ body: (UnsafePointer<T>, UnsafeMutablePointer<Double>) -> Void
  ) {
    numbers.withUnsafeBufferPointer { source in
      sums.withUnsafeMutableBufferPointer { sums in
        guard let x = source.baseAddress, let sum = sums.baseAddress else { return }
        for row in rows { body(x + row * features, sum) }
      }
    }
  }
}

// Filling a batch.
extension Scaling {
  /// Writes the rows with these indices, one after the other.
  ///
  /// Each number is the formula's value in `S`, operation by operation, so its bits are the same
  /// everywhere.
  ///
  /// - Parameter output: `[rows, features]`, room for just that or more.
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package func fill<S: BinaryFloatingPoint>(
    rows: ArraySlice<Int>, of samples: Samples, into output: UnsafeMutableBufferPointer<S>
  ) {
    fillEach(rows, samples, output)
  }

  /// Writes a range of rows, one after the other.
  @_specialize(where S == Float)
  @_specialize(where S == Double)
  package func fill<S: BinaryFloatingPoint>(
    rows: Range<Int>, of samples: Samples, into output: UnsafeMutableBufferPointer<S>
  ) {
    fillEach(rows, samples, output)
  }

  @inline(__always)
  private func fillEach<S: BinaryFloatingPoint>(
    _ rows: some Collection<Int>, _ samples: Samples, _ output: UnsafeMutableBufferPointer<S>
  ) {
    switch samples.storage {
    case .bytes(let numbers): fillEach(rows, numbers, samples.shape.count, output)
    case .floats(let numbers): fillEach(rows, numbers, samples.shape.count, output)
    }
  }

  @inline(__always)
  private func fillEach<T: StoredNumber, S: BinaryFloatingPoint>(
    _ rows: some Collection<Int>, _ numbers: [T], _ features: Int,
    _ output: UnsafeMutableBufferPointer<S>
  ) {
    precondition(output.count >= rows.count * features)
    guard var target = output.baseAddress else { return }
    numbers.withUnsafeBufferPointer { source in
      for row in rows {
        precondition(row >= 0 && (row + 1) * features <= source.count)
        fillRow(
          UnsafeBufferPointer(rebasing: source[row * features..<(row + 1) * features]), target)
        target += features
      }
    }
  }

  @inline(__always)
  private func fillRow<T: StoredNumber, S: BinaryFloatingPoint>(
    _ x: UnsafeBufferPointer<T>, _ y: UnsafeMutablePointer<S>
  ) {
    switch self {
    case .raw:
      for i in 0..<x.count { y[i] = x[i].scalar() }
    case .unit:
      for i in 0..<x.count { y[i] = x[i].scalar() / 255 }
    case .centered:
      for i in 0..<x.count { y[i] = (x[i].scalar() - 128) / 255 }
    case .ownMean:
      var sum = 0
      for i in 0..<x.count { sum &+= x[i].whole }
      let mean = S(Double(sum) / Double(255 * x.count))
      for i in 0..<x.count { y[i] = x[i].scalar() / 255 - mean }
    case .standard(let mean, let inverse):
      mean.withUnsafeBufferPointer { mean in
        inverse.withUnsafeBufferPointer { inverse in
          for i in 0..<x.count { y[i] = S((x[i].scalar() - mean[i]) * inverse[i]) }
        }
      }
    }
  }
}

/// What `Samples` store: bytes or floats, each exact as a `Float` and as a `Double`.
private protocol StoredNumber: Equatable {
  func scalar<S: BinaryFloatingPoint>() -> S
  /// The number, where it is a byte.
  var whole: Int { get }
}

extension UInt8: StoredNumber {
  @inline(__always)
  fileprivate func scalar<S: BinaryFloatingPoint>() -> S { S(Int32(self)) }
  @inline(__always)
  fileprivate var whole: Int { Int(self) }
}

extension Float: StoredNumber {
  @inline(__always)
  fileprivate func scalar<S: BinaryFloatingPoint>() -> S { S(self) }
  @inline(__always)
  fileprivate var whole: Int { 0 }
}
