import MLPLibrary
import MLPTensor

/// An axis: which values it spans and which of them are named.
package struct PlotScale: Sendable {
  package struct Tick: Equatable, Sendable {
    package let value: Double
    package let label: String
  }

  /// Of the values, or of their logarithms to base 10.
  private let lower: Double
  private let upper: Double
  package let isLogarithmic: Bool
  package let ticks: [Tick]

  /// A linear axis.
  ///
  /// - Parameters:
  ///   - values: what must have a place; none at all gives an axis without ticks.
  ///   - isWhole: whether ticks stand on whole numbers alone.
  ///   - padding: the share of the span to add at each end.
  package init(over values: [Double], isWhole: Bool = false, ticks: Int = 6, padding: Double = 0) {
    let finite = values.filter { abs($0) < 1e300 }
    let least = finite.min() ?? 0
    let greatest = finite.max() ?? 1
    let span = greatest - least
    isLogarithmic = false
    if span > 1e-250, span > 1e-9 * max(abs(least), abs(greatest)) {
      lower = least - padding * span
      upper = greatest + padding * span
    } else {
      let room = isWhole || least == 0 ? max(0.5, abs(least) * 1e-6) : abs(least) * 0.1
      lower = least - room
      upper = greatest + room
    }
    self.ticks =
      finite.isEmpty ? [] : Self.linearTicks(lower, upper, about: ticks, isWhole: isWhole)
  }

  /// An axis on which equal ratios are equal lengths.
  ///
  /// - Parameter values: positive; not empty.
  package init(logarithmicOver values: [Double], ticks: Int = 6) {
    let logarithms = values.map { Self.log10($0) }
    let least = logarithms.min() ?? 0
    let greatest = logarithms.max() ?? 1
    let room = max(0.04 * (greatest - least), 0.05)
    isLogarithmic = true
    lower = least - room
    upper = greatest + room
    self.ticks = Self.logarithmicTicks(lower, upper, about: ticks)
  }

  /// Where a value lies: 0 at the lower end, 1 at the upper; moved into the axis.
  package func share(of value: Double) -> Double {
    let place = isLogarithmic ? (value > 0 ? Self.log10(value) : lower) : value
    return min(1, max(0, (place - lower) / (upper - lower)))
  }

  // MARK: Ticks

  /// Multiples of 1, 2 or 5 times a power of ten.
  private static func linearTicks(
    _ lower: Double, _ upper: Double, about count: Int, isWhole: Bool
  ) -> [Tick] {
    var step = DecimalStep(atLeast: (upper - lower) / Double(max(1, count)))
    if isWhole, step.exponent < 0 { step = DecimalStep(mantissa: 1, exponent: 0) }
    // Padding is no reason to name a number that the values don't come near.
    let first = Int((lower / step.value).rounded(.up))
    let last = Int((upper / step.value).rounded(.down))
    guard first <= last else { return [] }
    let isLarge = max(abs(lower), abs(upper)) >= 1e6
    return (first...last).map { multiple in
      Tick(value: step.times(multiple), label: step.label(multiple, isLarge: isLarge))
    }
  }

  /// Powers of ten, with 2 and 5 times them where there is room.
  private static func logarithmicTicks(
    _ lower: Double, _ upper: Double, about count: Int
  ) -> [Tick] {
    let exponents = Array(Int(lower.rounded(.down))...Int(upper.rounded(.up)))
    let decades = upper - lower
    let mantissas = decades * 3 <= Double(count) + 2 ? [1, 2, 5] : [1]
    let stride = max(1, Int((decades / Double(max(1, count))).rounded(.up)))
    return exponents.filter { $0.isMultiple(of: stride) }.flatMap { exponent in
      mantissas.map { DecimalStep(mantissa: $0, exponent: exponent) }
    }.filter { (lower...upper).contains(log10($0.value)) }.map { step in
      let isLarge = step.exponent > 4 || step.exponent < -4
      return Tick(value: step.value, label: step.label(1, isLarge: isLarge))
    }
  }

  static func log10(_ x: Double) -> Double { Double.log(x) / 2.302585092994046 }
}

/// 1, 2 or 5 times a power of ten.
struct DecimalStep {
  let mantissa: Int
  let exponent: Int

  init(mantissa: Int, exponent: Int) {
    self.mantissa = mantissa
    self.exponent = exponent
  }

  /// The least that is no smaller than `width`, which is positive.
  init(atLeast width: Double) {
    let guess = Int(PlotScale.log10(width).rounded(.down)) - 1
    let steps = (guess...guess + 3).flatMap { exponent in
      [1, 2, 5].map { DecimalStep(mantissa: $0, exponent: exponent) }
    }
    // A hair less will do: 0.3 / 3 is not 0.1 in binary.
    self = steps.first { $0.value >= width * (1 - 1e-9) } ?? steps[steps.count - 1]
  }

  var value: Double { times(1) }

  /// The multiple, rounded once or twice.
  func times(_ multiple: Int) -> Double {
    let whole = Double(multiple * mantissa)
    let power = (0..<abs(exponent)).reduce(1.0) { power, _ in power * 10 }
    return exponent >= 0 ? whole * power : whole / power
  }

  /// `0.25`, `20 000`; with large or small numbers `3e7`, `2e-9`.
  func label(_ multiple: Int, isLarge: Bool) -> String {
    let whole = multiple * mantissa
    guard whole != 0 else { return "0" }
    if exponent < -6 || isLarge { return Self.scientific(whole, exponent) }
    if exponent < 0 { return Format.fixed(times(multiple), -exponent) }
    return Format.grouped(Int(times(multiple)))
  }

  private static func scientific(_ whole: Int, _ exponent: Int) -> String {
    var digits = String(whole.magnitude)
    let power = exponent + digits.count - 1
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    let rest = digits.dropFirst()
    let sign = whole < 0 ? "-" : ""
    return sign + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e\(power)"
  }
}
