/// Numbers as text, the same on every machine.
package enum Format {
  /// The shortest text that reads back as `x`, without a point for whole numbers: `0.001`, `5000`.
  package static func number(_ x: Double) -> String {
    if x == x.rounded(), abs(x) < 1e15 { return String(Int(x)) }
    return "\(x)"
  }

  /// `digits` places behind the point: `0.8450`. NaN and infinities as words.
  package static func fixed(_ x: Double, _ digits: Int) -> String {
    guard x.isFinite else { return x.isNaN ? "nan" : x < 0 ? "-inf" : "inf" }
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    guard abs(x) * scale < 1e18 else { return "\(x)" }
    let scaled = Int((abs(x) * scale).rounded(.toNearestOrAwayFromZero))
    let sign = x < 0 && scaled != 0 ? "-" : ""
    guard digits > 0 else { return sign + String(scaled) }
    let text = String(scaled)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
  }

  /// Thousands set apart: `101 770`.
  package static func grouped(_ n: Int) -> String {
    var text = ""
    for (index, digit) in String(n.magnitude).reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { text.append(" ") }
      text.append(digit)
    }
    return (n < 0 ? "-" : "") + String(text.reversed())
  }

  /// A text of unknown origin on one line, without what a terminal would obey.
  package static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "\u{FFFD}" : scalar
        }))
  }

  /// `1.2 GB`, in powers of 1000.
  package static func bytes(_ n: Int) -> String {
    var value = Double(n)
    var unit = 0
    while value >= 999.5, unit < 4 {
      value /= 1000
      unit += 1
    }
    return fixed(value, value < 9.95 && unit > 0 ? 1 : 0) + " "
      + ["B", "kB", "MB", "GB", "TB"][unit]
  }

  /// `18.3 G`, in powers of 1000.
  package static func magnitude(_ x: Double) -> String {
    var value = x
    var unit = 0
    while value >= 999.5, unit < 5 {
      value /= 1000
      unit += 1
    }
    let digits = unit == 0 ? 0 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    return fixed(value, digits) + ["", " k", " M", " G", " T", " P"][unit]
  }
}
