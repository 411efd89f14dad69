import MLPSyntax

/// A page to read: one HTML file that needs nothing else, neither scripts nor styles nor pictures.
package struct Page: Sendable {
  package var title: String
  /// A line below the title.
  package var lead: String
  package var verdict: Mark?
  package var sections: [PageSection]
  /// Whether a list of the sections stands above them.
  package var hasIndex: Bool
  /// A line at the end.
  package var footer: String

  package init(
    title: String, lead: String = "", verdict: Mark? = nil, sections: [PageSection],
    hasIndex: Bool = false, footer: String = ""
  ) {
    self.title = title
    self.lead = lead
    self.verdict = verdict
    self.sections = sections
    self.hasIndex = hasIndex
    self.footer = footer
  }

  /// A word that judges.
  package struct Mark: Equatable, Sendable {
    package var text: String
    package var tone: PageTone

    package init(_ text: String, _ tone: PageTone) {
      self.text = text
      self.tone = tone
    }
  }
}

/// What a piece of text means beside what it says. A tone shows by more than colour.
package enum PageTone: String, Sendable {
  case plain
  case good
  case bad
  case muted
  case strong
}

/// A part of a page under a heading.
package struct PageSection: Sendable {
  package var title: String
  package var verdict: Page.Mark?
  package var blocks: [PageBlock]
  package var parts: [PageSection]

  package init(
    _ title: String, verdict: Page.Mark? = nil, _ blocks: [PageBlock], parts: [PageSection] = []
  ) {
    self.title = title
    self.verdict = verdict
    self.blocks = blocks
    self.parts = parts
  }
}

/// What a section holds.
package enum PageBlock: Sendable {
  case paragraph(String)
  /// Few numbers that matter most, each with its name below.
  case figures([(value: String, name: String)])
  /// Names and what they stand for.
  case facts([(name: String, value: String)])
  case table(PageTable)
  case drawing(Drawing, caption: String)
  /// A picture; `description` is for who can't see it.
  case picture(PictureFile, description: String, caption: String)
  /// A spec in its colours.
  case spec(Source)
  /// Blocks that are folded away until they are asked for.
  case fold(String, [PageBlock])
}

/// Rows under headings.
package struct PageTable: Sendable {
  package struct Column: Sendable {
    package var title: String
    /// Numbers stand at the right.
    package var isNumber: Bool

    package init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }
  }

  package struct Cell: Sendable, ExpressibleByStringLiteral {
    package var text: String
    package var tone: PageTone
    /// The title of the section of this page that the cell leads to.
    package var section: String?

    package init(_ text: String, _ tone: PageTone = .plain, section: String? = nil) {
      self.text = text
      self.tone = tone
      self.section = section
    }

    package init(stringLiteral text: String) { self.init(text) }
  }

  package struct Row: Sendable {
    package var cells: [Cell]
    /// Whether it stands out, as the best of them.
    package var isMarked: Bool

    package init(_ cells: [Cell], isMarked: Bool = false) {
      self.cells = cells
      self.isMarked = isMarked
    }
  }

  package var columns: [Column]
  package var rows: [Row]
  package var caption: String

  /// - Parameter rows: each with a cell for every column.
  package init(_ columns: [Column], _ rows: [Row], caption: String = "") {
    precondition(rows.allSatisfy { $0.cells.count == columns.count })
    self.columns = columns
    self.rows = rows
    self.caption = caption
  }

  /// The table without a column that has nothing but a title.
  func withoutEmpty(_ column: Int) -> PageTable {
    guard rows.allSatisfy({ $0.cells[column].text.isEmpty }) else { return self }
    var table = self
    table.columns.remove(at: column)
    for row in table.rows.indices { table.rows[row].cells.remove(at: column) }
    return table
  }
}
