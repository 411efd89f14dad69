import MLPSyntax

extension Page {
  /// The file.
  package var html: String { PageWriter(self).html }
}

/// Writes a page as HTML.
private struct PageWriter {
  private let page: Page
  /// The anchor of each section, by title; of equal titles the first counts.
  private let anchors: [String: String]

  init(_ page: Page) {
    self.page = page
    var anchors: [String: String] = [:]
    for (index, section) in page.sections.enumerated() where anchors[section.title] == nil {
      anchors[section.title] = "s\(index + 1)"
    }
    self.anchors = anchors
  }

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>\(Markup.escaped(page.title))</title>
    <style>
    \(Theme.pageRules)\(Theme.drawingRules)</style>
    </head>
    <body>
    \(head)
    \(index)<main>
    \(page.sections.map { section($0, level: 2) }.joined())</main>
    \(footer)</body>
    </html>

    """
  }

  // MARK: Frame

  private var head: String {
    var content = element("h1", page.title, markup: verdict(page.verdict))
    if !page.lead.isEmpty {
      content += Markup.element("p", [("class", "lead")], escaped(page.lead))
    }
    return Markup.element("header", [], content)
  }

  private var index: String {
    guard page.hasIndex else { return "" }
    let items = page.sections.map { section in
      let link = Markup.element(
        "a", [("href", "#" + anchors[section.title, default: ""])], escaped(section.title))
      return Markup.element("li", [], link + verdict(section.verdict)) + "\n"
    }
    return Markup.element("nav", [], "<ol>\n\(items.joined())</ol>") + "\n"
  }

  private var footer: String {
    page.footer.isEmpty ? "" : element("footer", page.footer) + "\n"
  }

  private func section(_ section: PageSection, level: Int) -> String {
    let anchor = level == 2 ? anchors[section.title] : nil
    let heading = element("h\(min(level, 4))", section.title, markup: verdict(section.verdict))
    let content =
      section.blocks.map { block($0) }.joined()
      + section.parts.map { self.section($0, level: level + 1) }.joined()
    return Markup.element(
      "section", anchor.map { [("id", $0)] } ?? [], "\n\(heading)\n\(content)") + "\n"
  }

  /// A judgement: never by colour alone.
  private func verdict(_ mark: Page.Mark?) -> String {
    guard let mark else { return "" }
    let sign = mark.tone == .good ? "✓\u{A0}" : mark.tone == .bad ? "✗\u{A0}" : ""
    return " "
      + Markup.element(
        "span", [("class", "mark \(mark.tone.rawValue)")], escaped(sign + mark.text))
  }

  // MARK: Blocks

  private func block(_ block: PageBlock) -> String {
    switch block {
    case .paragraph(let text): element("p", text) + "\n"
    case .figures(let figures): self.figures(figures)
    case .facts(let facts): self.facts(facts)
    case .table(let table): self.table(table)
    case .drawing(let drawing, let caption):
      figure(Markup.element("div", [("class", "drawing")], drawing.inline), caption)
    case .picture(let file, let description, let caption):
      figure(picture(file, description), caption)
    case .spec(let source): spec(source)
    case .fold(let title, let blocks):
      Markup.element(
        "details", Self.isLong(blocks) ? [("class", "long")] : [],
        element("summary", title) + "\n" + blocks.map { self.block($0) }.joined()) + "\n"
    }
  }

  /// Whether tables would fill page after page of paper.
  private static func isLong(_ blocks: [PageBlock]) -> Bool {
    blocks.reduce(0) { count, block in
      if case .table(let table) = block { count + table.rows.count } else { count }
    } > 50
  }

  private func figures(_ figures: [(value: String, name: String)]) -> String {
    let items = figures.map { figure in
      Markup.element("div", [], element("dd", figure.value) + element("dt", figure.name))
    }
    return Markup.element("dl", [("class", "figures")], items.joined()) + "\n"
  }

  private func facts(_ facts: [(name: String, value: String)]) -> String {
    let items = facts.map { element("dt", $0.name) + element("dd", $0.value) + "\n" }
    return Markup.element("dl", [("class", "facts")], "\n" + items.joined()) + "\n"
  }

  private func figure(_ content: String, _ caption: String) -> String {
    let caption = caption.isEmpty ? "" : element("figcaption", caption)
    return Markup.element("figure", [], content + caption) + "\n"
  }

  private func picture(_ file: PictureFile, _ description: String) -> String {
    Markup.element(
      "img",
      [
        ("alt", description), ("width", String(file.width)), ("height", String(file.height)),
        ("src", "data:image/png;base64," + Base64.text(file.bytes)),
      ])
  }

  private func table(_ table: PageTable) -> String {
    let heads = table.columns.map { column in
      Markup.element(
        "th", [("scope", "col")] + (column.isNumber ? [("class", "number")] : []),
        escaped(column.title))
    }
    let rows = table.rows.map { row in
      let cells = zip(row.cells, table.columns).map { cell($0, isNumber: $1.isNumber) }
      return Markup.element(
        "tr", row.isMarked ? [("class", "best")] : [], cells.joined()) + "\n"
    }
    let caption = table.caption.isEmpty ? "" : element("caption", table.caption)
    let content =
      caption + Markup.element("thead", [], Markup.element("tr", [], heads.joined())) + "\n"
      + Markup.element("tbody", [], rows.joined())
    return Markup.element(
      "div", [("class", "wide")],
      Markup.element(
        "table", table.columns.count > 7 ? [("class", "dense")] : [], content)) + "\n"
  }

  private func cell(_ cell: PageTable.Cell, isNumber: Bool) -> String {
    let classes = [isNumber ? "number" : nil, cell.tone == .plain ? nil : cell.tone.rawValue]
      .compactMap { $0 }
    var content = escaped(cell.text)
    if let section = cell.section, let anchor = anchors[section] {
      content = Markup.element("a", [("href", "#" + anchor)], content)
    }
    return Markup.element(
      "td", classes.isEmpty ? [] : [("class", classes.joined(separator: " "))], content)
  }

  private func spec(_ source: Source) -> String {
    var content = ""
    var offset = source.start
    func text(to end: Int) -> String { escaped(source.text(Span(offset, max(offset, end)))) }
    for (span, kind) in Highlight.spans(of: source) {
      content += text(to: span.lower)
      offset = span.lower
      content += Markup.element("span", [("class", kind.rawValue)], text(to: span.upper))
      offset = span.upper
    }
    content += text(to: source.bytes.count)
    return Markup.element("pre", [("class", "spec")], Markup.element("code", [], content)) + "\n"
  }

  // MARK: Text

  private func escaped(_ text: String) -> String { Markup.escaped(text) }

  private func element(_ name: String, _ text: String, markup: String = "") -> String {
    Markup.element(name, [], escaped(text) + markup)
  }
}
