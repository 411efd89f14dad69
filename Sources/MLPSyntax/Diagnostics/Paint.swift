/// Puts colours around text, or doesn't.
struct Paint {
  enum Style: Equatable {
    case plain
    case bold
    /// Numbers, bars and arrows at the margin.
    case frame
    case label
    /// What the diagnostic is about.
    case main(Diagnostic.Severity)

    /// The parameters of ECMA-48's "select graphic rendition".
    fileprivate var parameters: String? {
      switch self {
      case .plain: nil
      case .bold: "1"
      case .frame, .label: "1;34"
      case .main(.error): "1;31"
      case .main(.warning): "1;33"
      }
    }
  }

  /// Text with a style for each part.
  struct Row {
    var parts: [(text: String, style: Style)] = []

    /// Adds to the last part if it has the same style.
    mutating func append(_ text: String, _ style: Style) {
      if let last = parts.last, last.style == style {
        parts[parts.count - 1].text += text
      } else if !text.isEmpty {
        parts.append((text, style))
      }
    }
  }

  let isOn: Bool

  func callAsFunction(_ text: String, _ style: Style) -> String {
    guard isOn, let parameters = style.parameters else { return text }
    return "\u{1B}[\(parameters)m\(text)\u{1B}[0m"
  }

  func callAsFunction(_ row: Row) -> String {
    row.parts.map { self($0.text, $0.style) }.joined()
  }
}
