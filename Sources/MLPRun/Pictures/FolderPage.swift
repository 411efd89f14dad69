import MLPLibrary
import MLPSyntax

extension ReportPage {
  /// The page of several specs: reported beside reached, and then each spec.
  ///
  /// - Parameter records: of those specs that could be read, in their order.
  package static func page(
    title: String, _ results: [SpecResult], records: [RunRecord]
  ) -> Page {
    var rest = records[...]
    let sections = results.map { result -> PageSection in
      if case .unreadable = result.outcome { return section(result) }
      guard let record = rest.popFirst(), case .ran(let report) = result.outcome else {
        return section(result)
      }
      var entry = record.entry(report)
      entry.name = result.name
      return section(entry)
    }
    return Page(
      title: title, lead: "\(results.count == 1 ? "1 spec" : "\(results.count) specs")",
      verdict: nil,
      sections: [PageSection("Reported and reached", [.table(table(results))])] + sections,
      footer: footer)
  }

  private static func section(_ entry: Entry) -> PageSection {
    PageSection(entry.name, verdict: entry.verdict, [.paragraph(entry.chain)], parts: entry.parts)
  }

  /// A spec that was not run.
  private static func section(_ result: SpecResult) -> PageSection {
    PageSection(
      result.name, verdict: Page.Mark("not run", .bad),
      [.paragraph(VerdictTable.line(result))])
  }

  private static func table(_ results: [SpecResult]) -> PageTable {
    let rows = results.flatMap { result -> [PageTable.Row] in
      guard case .ran(let report) = result.outcome else { return [row(result, "", "not run")] }
      let rows = report.rows.flatMap { row in
        row.expectations.map { expectation in
          PageTable.Row(
            [
              PageTable.Cell(result.name, section: result.name),
              .init(SweepTable.label(report.axes, row.cells)),
            ] + expectation.cells)
        }
      }
      return rows.isEmpty ? [self.row(result, VerdictTable.line(result), "")] : rows
    }
    let table = PageTable(
      [.init("spec"), .init("combination")] + ExpectationResult.columns, withoutRepeats(rows))
    return table.withoutEmpty(3)
  }

  private static func row(_ result: SpecResult, _ text: String, _ verdict: String) -> PageTable.Row
  {
    PageTable.Row(
      [
        PageTable.Cell(result.name, section: result.name), "", .init(text, .muted), "", "", "",
        .init(verdict, .bad),
      ])
  }

  /// A spec is named in the first of its rows alone.
  private static func withoutRepeats(_ rows: [PageTable.Row]) -> [PageTable.Row] {
    var previous = ""
    return rows.map { row in
      var row = row
      if row.cells[0].text == previous { row.cells[0] = "" } else { previous = row.cells[0].text }
      return row
    }
  }
}
