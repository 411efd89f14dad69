import MLPLibrary
import MLPSyntax
import MLPTensor

/// What a run leaves behind: the spec with every default, the metrics of each epoch, the results, and the report
/// with its curves and pictures.
package struct RunRecord: Sendable {
  package let folder: RunFolder
  private let session: Session
  /// The hash of the data that each run was trained on.
  private let dataHashes = Guarded(DataHashes())
  /// Each row's, of its first repetition.
  private let pictures = Guarded<[Int: RunPictures]>([:])

  package init(_ session: Session, folder: String, trouble: WritingTrouble? = nil) {
    self.session = session
    self.folder = RunFolder(folder, in: session.world, trouble: trouble)
  }

  /// Keeps what belongs to one run, as long as its model is there. Called by several threads.
  func keep(_ run: SweepRun, of sweep: Sweep) {
    guard let model = run.outcome.report?.model else { return }
    dataHashes.withLock { $0.note(model.data, run) }
    if run.repetition == 0 { draw(model, row: run.row, of: sweep) }
  }

  /// Pictures of more rows are written at once, and not shown in the report.
  private static let mostPictures = 100

  private func draw(_ model: TrainedModel, row: Int, of sweep: Sweep) {
    let drawn = RunPictures(model)
    if sweep.rows.count <= Self.mostPictures {
      pictures.withLock { $0[row] = drawn }
    } else {
      write(drawn, suffix: sweep.suffix(row: row))
    }
  }

  private func write(_ pictures: RunPictures, suffix: String) {
    for (name, bytes) in pictures.files(suffix: suffix) { folder.write(bytes, to: name) }
  }

  /// Keeps what is known when all runs have ended; nothing where none could begin.
  func finish(_ report: SweepReport) {
    if report.runs.allSatisfy({ $0.outcome.isFaulty }) { return }
    let earlier = RecordFiles(in: folder.path, session.world)
    folder.write(MetricsCSV.text(report), to: "metrics.csv")
    for (name, text) in specs(report) { folder.write(text, to: name) }
    let json = RecordJSON.record(
      report, session.sources, dataHashes: dataHashes.value.byRow(of: report))
    folder.write(json.line + "\n", to: "run.json")
    finishPictures(report)
    if let earlier { remove(earlier, besides: report) }
  }

  /// Deletes what an earlier run has left in the folder, once this one's record stands there.
  private func remove(_ earlier: RecordFiles, besides report: SweepReport) {
    let world = session.world
    guard folder.written.contains("run.json"), let own = RecordFiles(in: folder.path, world)
    else { return }
    let models = report.runs.compactMap { run in
      run.outcome.report?.kept?.model.map { String($0.dropFirst(folder.path.count + 1)) }
    }
    earlier.remove(
      from: folder.path, besides: folder.written.union(models), keeping: own.suffixes, world)
  }

  private func finishPictures(_ report: SweepReport) {
    for (row, drawn) in pictures.value.sorted(by: { $0.key < $1.key }) {
      write(drawn, suffix: report.isSingle ? "" : "-\(row + 1)")
    }
    let entry = entry(report)
    for (name, drawing) in entry.drawings { folder.write(drawing.file, to: name) }
    folder.write(ReportPage.page(entry).html, to: "report.html")
  }

  /// What the report shows of it.
  package func entry(_ report: SweepReport) -> ReportPage.Entry {
    var entry = ReportPage.Entry(
      name: session.specName, sources: session.sources, report: report,
      dataHashes: dataHashes.value.byRow(of: report))
    entry.pictures = pictures.value[entry.shownRow]
    return entry
  }

  /// One spec for a row, or for each of its seeds where these are alternatives; each runs again to the same bits.
  private func specs(_ report: SweepReport) -> [(name: String, text: String)] {
    var specs: [(String, String)] = []
    for (index, row) in report.rows.enumerated() {
      let texts = row.explicitTexts.map { SpecCopy.text($0, from: session.world, to: folder.path) }
      for (position, text) in texts.enumerated() {
        let suffix =
          report.isSingle || report.rows.count == 1 && texts.count == 1
          ? "" : "-\(index + 1)" + (texts.count == 1 ? "" : ".\(position + 1)")
        specs.append(("spec\(suffix).mlp", text))
      }
    }
    return specs
  }
}

extension Session {
  /// The file's name without folder and ending.
  fileprivate var specName: String {
    SpecPath.lastStep(SpecPath.stem(sources[0].name))
  }
}

/// Hashes of the data that runs were trained on.
private struct DataHashes {
  private var byRun: [[Int]: String] = [:]

  mutating func note(_ data: PreparedData, _ run: SweepRun) {
    byRun[[run.row, run.repetition]] = data.hash
  }

  /// Those of each row's first repetition that came to its end; with random labels the others have others.
  func byRow(of report: SweepReport) -> [Int: String] {
    var hashes: [Int: String] = [:]
    for run in report.runs where hashes[run.row] == nil {
      hashes[run.row] = byRun[[run.row, run.repetition]]
    }
    return hashes
  }
}
