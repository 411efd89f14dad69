import MLPLibrary
import MLPSyntax

/// What a run came to, to be read: one spec, or all of a folder.
package struct ReportPage: Sendable {
  /// One spec with its results.
  package struct Entry: Sendable {
    package var name: String
    /// The file, then the statements merged over it.
    package var sources: [Source]
    package var report: SweepReport
    /// Of the data that each row was trained on.
    package var dataHashes: [Int: String]
    /// Of the row that is shown: the best, or else the first.
    package var pictures: RunPictures?

    package init(
      name: String, sources: [Source], report: SweepReport, dataHashes: [Int: String] = [:],
      pictures: RunPictures? = nil
    ) {
      self.name = name
      self.sources = sources
      self.report = report
      self.dataHashes = dataHashes
      self.pictures = pictures
    }
  }

  /// The page of one spec.
  package static func page(_ entry: Entry) -> Page {
    Page(
      title: entry.name, lead: entry.chain, verdict: entry.verdict, sections: entry.parts,
      footer: footer)
  }

  static let footer = "Made by mlpc \(Version.text)."
}

extension ReportPage.Entry {
  /// The row whose pictures and network are shown.
  package var shownRow: Int { report.best ?? report.rows.firstIndex { $0.isFinished } ?? 0 }

  var chain: String {
    let net = report.rows[shownRow].experiment.net
    let links = net.layers.map { $0.text } + [type(of: net.loss).schema.word]
    let which = report.best == nil ? "the first" : "the best"
    let count = report.rows.count
    return links.joined(separator: " → ")
      + (count > 1 ? " (\(which) of \(count) combinations)" : "")
  }

  var verdict: Page.Mark? {
    let verdicts = report.rows.flatMap { $0.expectations.map { $0.verdict } }
    let missed = verdicts.count { $0 == .missed }
    if missed > 0 { return Page.Mark("\(missed) of \(verdicts.count) expectations missed", .bad) }
    if verdicts.contains(.met) { return Page.Mark("as expected", .good) }
    return verdicts.isEmpty ? nil : Page.Mark("not judged", .muted)
  }

  var parts: [PageSection] {
    [
      PageSection("Result", resultBlocks), curveSection, pictureSection,
      PageSection("Run", runBlocks), specSection,
    ]
    .compactMap { $0 }
  }

  // MARK: Result

  private var resultBlocks: [PageBlock] {
    var blocks: [PageBlock] = []
    if let figures { blocks.append(.figures(figures)) }
    blocks.append(.table(report.isSingle ? scoreTable : sweepTable))
    if let table = expectationTable { blocks.append(.table(table)) }
    return blocks
  }

  /// The numbers that matter most, of one training.
  private var figures: [(value: String, name: String)]? {
    guard report.isSingle, let run = report.rows[0].runs[0].outcome.report else { return nil }
    var figures: [(String, String)] = []
    for (set, score) in [("test", run.test), ("validation", run.validation), ("train", run.train)] {
      guard let score else { continue }
      figures.append((Format.fixed(score.accuracy, 4), "\(set) accuracy"))
    }
    return figures
  }

  // MARK: Curves and pictures

  /// The files of curves, by name.
  var drawings: [(name: String, drawing: Drawing)] {
    guard report.hasEpochs else { return [] }
    let curves = report.curves
    return [
      ("loss.svg", curves.loss.drawing()), ("accuracy.svg", curves.accuracy.drawing()),
      ("loss_trace.svg", report.trace.drawing()),
    ]
  }

  private var curveSection: PageSection? {
    guard report.hasEpochs else { return nil }
    let curves = drawings.map { name, drawing in
      PageBlock.drawing(drawing, caption: name == "loss.svg" ? lossCaption : "")
    }
    let numbers = PageBlock.fold("The numbers of each epoch", epochTables.map { .table($0) })
    return PageSection("Curves", curves + [numbers])
  }

  private var lossCaption: String {
    report.rows.count > CurvePlots.mostWithBoth
      ? ""
      : "Training loss is the mean over an epoch's samples, each measured before its step's update."
  }

  private var pictureSection: PageSection? {
    guard let pictures else { return nil }
    var blocks: [PageBlock] = []
    if report.rows.count > 1 {
      blocks.append(
        .paragraph(
          "Of the combination " + SweepTable.label(report.axes, report.rows[shownRow].cells) + "."))
    }
    if let drawing = pictures.confusionDrawing {
      blocks.append(.drawing(drawing, caption: Self.confusionCaption))
    }
    for picture in [pictures.mistakes, pictures.weights].compactMap({ $0 }) {
      blocks.append(
        .picture(picture.file, description: picture.description, caption: picture.caption))
    }
    return blocks.isEmpty ? nil : PageSection("What was learnt", blocks)
  }

  private static let confusionCaption =
    "Rows are the true classes, columns the predicted ones. Blue cells are right, vermilion ones wrong."

  // MARK: Spec

  private var specSection: PageSection? {
    guard !sources.isEmpty else { return nil }
    let written = sources.enumerated().flatMap { index, source -> [PageBlock] in
      index == 0 ? [.spec(source)] : [.paragraph("Merged over it with --with:"), .spec(source)]
    }
    let explicit = report.rows.prefix(1).map { row in
      PageBlock.spec(Source(name: "explicit", text: row.experiment.explicitText))
    }
    let title =
      report.rows.count > 1
      ? "With every default written out (the first combination)" : "With every default written out"
    return PageSection("Spec", written + [.fold(title, explicit)])
  }
}

extension SweepReport {
  /// Whether any run finished an epoch.
  var hasEpochs: Bool { runs.contains { !$0.epochs.isEmpty } }
}

extension SweepRow {
  /// Whether a run of it came to its end.
  var isFinished: Bool { runs.contains { $0.outcome.report != nil } }
}
