import MLPLibrary
import MLPTensor

/// The first layer's weights of each output as a picture of the input: black is a
/// large weight below 0, white one above 0, and grey is 0.
struct WeightsPictures {
  private let height: Int
  private let width: Int
  /// One an output, row by row, from -1 to 1.
  private let pictures: [[Double]]
  /// Pictures side by side.
  private let perRow: Int

  /// nil where the samples are no pictures, or the first layer doesn't take them as they are.
  init?(_ experiment: Experiment, _ parameters: [[Tensor<Float>]], columns: Int) {
    guard let shape = experiment.data?.source.sampleShape, shape.rank >= 2,
      shape.sizes[0] > 1, shape.sizes[1] > 1, let weight = parameters.first?.first,
      experiment.net.layers[0].layer is Fc, weight.rows == shape.count
    else { return nil }
    height = shape.sizes[0]
    width = shape.sizes[1]
    perRow = max(1, (columns - 2 + Self.gap) / (width + Self.gap))
    let channels = shape.count / (height * width)
    pictures = (0..<weight.columns).map { output in
      Self.picture(of: output, weight, pixels: shape.count / channels, channels: channels)
    }
  }

  private static let gap = 2

  private static func picture(
    of output: Int, _ weight: Tensor<Float>, pixels: Int, channels: Int
  ) -> [Double] {
    let values = (0..<pixels).map { pixel in
      (0..<channels).reduce(0.0) { sum, channel in
        sum + Double(weight.elements[(pixel * channels + channel) * weight.columns + output])
      }
    }
    // A few weights that stand out must not leave all others grey.
    let sizes = values.filter { $0.isFinite }.map { abs($0) }.sorted()
    guard !sizes.isEmpty, let greatest = sizes.last, greatest > 0 else {
      return values.map { _ in 0 }
    }
    let full = max(sizes[sizes.count * 98 / 100], greatest / 10)
    return values.map { $0.isFinite ? min(1, max(-1, $0 / full)) : 0 }
  }

  /// - Parameter count: how many pictures; by default as many as two rows hold, or ten.
  func text(count: Int?, hasColours: Bool) -> String {
    let wanted = min(pictures.count, count ?? max(2 * perRow, pictures.count <= 10 ? 10 : 0))
    var text = ""
    for first in stride(from: 0, to: wanted, by: perRow) {
      let group = pictures[first..<min(first + perRow, wanted)]
      if first > 0 { text += "\n" }
      text += titles(first, group.count)
      for row in stride(from: 0, to: height, by: 2) {
        let cells = group.map { line(of: $0, row, hasColours: hasColours) }
        text += "  " + cells.joined(separator: blanks(Self.gap)) + "\n"
      }
    }
    guard wanted > 0, wanted < pictures.count else { return text }
    return text
      + "\n  \(wanted) of \(pictures.count) outputs; ':weights \(pictures.count)' shows all\n"
  }

  private func titles(_ first: Int, _ count: Int) -> String {
    let titles = (first..<first + count).map { output in
      let title = "output \(output + 1)"
      return title + blanks(width + Self.gap - title.count)
    }
    return "  " + titles.joined().trimmed + "\n"
  }

  /// Two rows of pixels as one line.
  private func line(of picture: [Double], _ row: Int, hasColours: Bool) -> String {
    let upper = picture[row * width..<(row + 1) * width]
    let hasLower = row + 1 < height
    let lower = hasLower ? picture[(row + 1) * width..<(row + 2) * width] : upper
    guard hasColours else {
      return String(zip(upper, lower).map { Self.shade(($0 + $1) / 2) })
    }
    var line = ""
    var last: (Int, Int)?
    for (top, bottom) in zip(upper, lower) {
      let colours = (Self.grey(top), Self.grey(bottom))
      if last.map({ $0 == colours }) != true {
        line += "\u{1B}[38;5;\(colours.0);48;5;\(colours.1)m"
      }
      last = colours
      line += "▀"
    }
    return line + "\u{1B}[0m"
  }

  /// One of the 24 greys of a terminal of 256 colours.
  private static func grey(_ value: Double) -> Int {
    232 + Int(((value + 1) / 2 * 23).rounded())
  }

  private static func shade(_ value: Double) -> Character {
    let shades: [Character] = [" ", "░", "▒", "▓", "█"]
    return shades[Int(((value + 1) / 2 * 4).rounded())]
  }
}

private func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
