import MLPTensor
import Testing

@testable import MLPRun

@Suite("The colours")
struct ThemeTests {
  private static let themes = [Theme.light, Theme.dark]

  @Test("of curves stand out from the ground", arguments: themes.indices)
  func curves(_ index: Int) throws {
    let theme = Self.themes[index]
    #expect(theme.curves.count == LineStyle.colours)
    let ground = try Colour(theme.ground)
    for curve in theme.curves { #expect(try Colour(curve).contrast(with: ground) >= 3, "\(curve)") }
  }

  @Test("of text can be read (WCAG 2.1, level AA)", arguments: themes.indices)
  func text(_ index: Int) throws {
    let theme = Self.themes[index]
    for ground in [try Colour(theme.ground), try Colour(theme.card)] {
      for text in [
        theme.text, theme.muted, theme.good, theme.bad, theme.keyword, theme.word, theme.setting,
        theme.name, theme.literal, theme.comment,
      ] {
        #expect(try Colour(text).contrast(with: ground) >= 4.5, "\(text)")
      }
    }
  }

  @Test("of curves differ for each kind of sight", arguments: themes.indices)
  func colourBlindness(_ index: Int) throws {
    let curves = try Self.themes[index].curves.map { try Colour($0) }
    for (sight, matrix) in Colour.sights {
      let seen = curves.map { $0.seen(through: matrix).oklab }
      for one in seen.indices {
        for other in seen.indices where other < one {
          let distance = zip(seen[one], seen[other]).reduce(0) {
            $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
          }.squareRoot()
          #expect(distance > 0.055, "\(sight): \(other) and \(one)")
        }
      }
    }
  }
}

/// Linear red, green and blue.
private struct Colour {
  let channels: [Double]

  init(_ hex: String) throws {
    let value = try #require(Int(hex.dropFirst(), radix: 16))
    channels = [16, 8, 0].map { shift in
      let c = Double(value >> shift & 0xFF) / 255
      return c <= 0.04045 ? c / 12.92 : power((c + 0.055) / 1.055, 2.4)
    }
  }

  init(channels: [Double]) { self.channels = channels }

  var luminance: Double { 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2] }

  func contrast(with other: Colour) -> Double {
    let pair = [luminance, other.luminance].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  /// Machado, Oliveira, Fernandes 2009, severity 1.
  static let sights: [(String, [[Double]])] = [
    ("usual", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  func seen(through matrix: [[Double]]) -> Colour { Colour(channels: product(matrix, channels)) }

  /// Ottosson 2020.
  var oklab: [Double] {
    let cones = product(
      [
        [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ], channels)
    return product(
      [
        [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
      ], cones.map { power(max(0, $0), 1.0 / 3) })
  }
}

private func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
  matrix.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
}

private func power(_ base: Double, _ exponent: Double) -> Double {
  base <= 0 ? 0 : Double.exp(exponent * Double.log(base))
}
