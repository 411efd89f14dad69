/// Colours and type of pictures and pages, in light and in dark.
///
/// The curves' colours differ in lightness and hue so that they can be told with any kind of sight; a test
/// holds them against models of colour blindness. Dashes and markers differ besides.
enum Theme {
  struct Colours: Sendable {
    /// Behind everything.
    let ground: String
    /// Behind tables, code and pictures.
    let card: String
    let text: String
    let muted: String
    /// Lines of the grid and borders.
    let faint: String
    let axis: String
    /// One a curve: blue, vermilion, green, purple, ink, ochre.
    let curves: [String]
    let good: String
    let bad: String
    /// What the parts of a spec are written in.
    let keyword: String
    let word: String
    let setting: String
    let name: String
    let literal: String
    let comment: String
  }

  static let light = Colours(
    ground: "#ffffff", card: "#f6f7f9", text: "#1b1f24", muted: "#5b6470", faint: "#e3e6ea",
    axis: "#9aa3ad",
    curves: ["#0f5cb0", "#e2591b", "#128a62", "#a3308f", "#23272d", "#7a4f12"],
    good: "#0d7a50", bad: "#b8370b", keyword: "#8a2478", word: "#0f5cb0", setting: "#0b6b58",
    name: "#7a4f12", literal: "#a8420a", comment: "#66707b")

  static let dark = Colours(
    ground: "#16181c", card: "#1f2228", text: "#e7eaee", muted: "#a2abb6", faint: "#333840",
    axis: "#6b7480",
    curves: ["#5ba8f5", "#ff7d3b", "#5fe0b0", "#dd7fc0", "#f2f4f7", "#e9c94a"],
    good: "#5fd6a3", bad: "#ff9566", keyword: "#e39ad2", word: "#7fbcfa", setting: "#6fd3bd",
    name: "#e9c94a", literal: "#ffab7d", comment: "#8f99a5")

  static let fonts =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif"
  static let codeFonts =
    "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'DejaVu Sans Mono', monospace"

  /// The rules that each drawing needs: within its own file, or once in a page.
  static let drawingRules =
    """
    .plot{font-family:\(fonts);font-variant-numeric:tabular-nums}
    .plot text{stroke:none}
    .plot .title{font-weight:600}
    .plot .curve{fill:none;stroke:currentColor;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
    .plot .band{fill:currentColor;fill-opacity:.16;stroke:none}
    .plot .lost{fill:none;stroke:currentColor;stroke-width:1.5;stroke-dasharray:1 4;stroke-linecap:round}
    .plot .point{stroke:currentColor;stroke-width:1.6;stroke-linejoin:round}
    .plot .solid{fill:currentColor}
    .plot .line{fill:none;stroke-width:1}
    .plot .onmistake{fill:#16181c}
    .plot .shade{fill:currentColor;stroke-width:1}

    """ + rules(light) + "@media screen and (prefers-color-scheme:dark){\n" + rules(dark) + "}\n"

  private static func rules(_ colours: Colours) -> String {
    var text = """
      .plot .ground{fill:\(colours.ground)}
      .plot .text{fill:\(colours.text)}
      .plot .muted{fill:\(colours.muted)}
      .plot .onfill{fill:\(colours.ground)}
      .plot .hollow{fill:\(colours.ground)}
      .plot .faint{stroke:\(colours.faint)}
      .plot .axis{stroke:\(colours.axis)}

      """
    for (index, colour) in colours.curves.enumerated() {
      text += ".plot .c\(index){color:\(colour)}\n"
    }
    return text
  }

  /// The lengths of dashes and gaps, by `LineStyle.dash`; nil is a whole line.
  static let dashes: [String?] = [nil, "7 4", "2 4", "10 4 2 4"]
}
