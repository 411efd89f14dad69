import MLPLibrary
import MLPRun
import MLPSyntax

extension Command {
  static let run: Command = Command(
    name: "run", usage: "run FILE|FOLDER…",
    summary: "Trains what specs describe, measures it, and compares it with what is expected.",
    options: [
      Arguments.Option(
        name: "--with", value: "'STATEMENT'", help: "merge a statement over each file's"),
      Shell.threads,
      Arguments.Option(
        name: "--out", value: "FOLDER",
        help: "where to keep metrics and results; runs/SPEC if left out"),
      Arguments.Option(
        name: "--resume", value: nil,
        help: "go on where runs that were stopped or killed came to"),
      Arguments.Option(name: "--no-out", value: nil, help: "keep nothing"),
      Shell.deny,
      Arguments.Option(name: "--json", value: nil, help: "write one JSON object a line"),
    ],
    examples: [
      "mlpc run specs/two_layer.mlp", "mlpc run specs/two_layer.mlp --resume",
      "mlpc run specs/two_layer.mlp --with 'train epochs 3' --with 'solver lr {0.01 | 0.1}'",
      "mlpc run specs/two_layer.mlp --with 'train repeat 3' --out runs/thrice",
      "mlpc run specs --no-out --json",
    ]
  ) { (arguments: Arguments) in
    let usage = "run FILE|FOLDER…"
    guard !arguments.files.isEmpty else {
      return Shell.usageError("run needs a file or a folder", usage)
    }
    guard let threads = Shell.threadCount(arguments) else {
      return Shell.usageError(Shell.threadsNeed, usage)
    }
    guard Shell.deniesWarnings(arguments) != nil else {
      return Shell.usageError("'--deny' takes 'warnings'", usage)
    }
    guard !arguments.has("--no-out") || arguments.all("--out").isEmpty else {
      return Shell.usageError("'--out' and '--no-out' contradict each other", usage)
    }
    guard arguments.all("--out").last != "" else {
      return Shell.usageError("'--out' needs the name of a folder", usage)
    }
    return run(arguments, threads)
  }

  private static func run(_ arguments: Arguments, _ threads: Int) -> ExitCode {
    let files: [SpecFile]
    do throws(Problem) {
      files = try SpecFile.all(
        at: arguments.files,
        out: arguments.has("--no-out") ? nil : arguments.all("--out").last ?? "runs",
        isRoot: arguments.all("--out").isEmpty)
    } catch {
      Terminal.error("mlpc: \(error.message)\n")
      return ExitCode(error.kind)
    }
    if let file = files.first(where: { $0.replacesItself }) {
      Terminal.error(
        "mlpc: the run's record would replace '\(file.path)'; name another folder with '--out'\n")
      return .usage
    }
    if let warning = BuildCheck.here.warning { DiskWorld().note("warning: \(warning)") }
    if files.count == 1, !SpecFolder.isFolder(arguments.files[0]) {
      return runOne(files[0], arguments, threads)
    }
    return runAll(files, arguments, threads)
  }

  private static func runOne(_ file: SpecFile, _ arguments: Arguments, _ threads: Int) -> ExitCode {
    let session: Session
    switch Shell.session(file.path, arguments.all("--with")) {
    case .success(let found): session = found
    case .failure(let failure): return failure.code
    }
    if Shell.isDenied(session, arguments) { return .faulty }
    let keeping = file.keeping(
      session, resumes: arguments.has("--resume"), WritingTrouble(session.world))
    do throws(Problem) { try keeping?.take() } catch { return Shell.fail(error) }
    defer { keeping?.release() }
    let record = file.record(session, keeping)
    let view: any RunView = arguments.has("--json") ? JSONView() : TextView(world: session.world)
    do throws(RunFailure) {
      let report = try session.run(
        threads: threads, record: record, keeping: keeping, observe: observer { view.show($0) })
      view.show(report, session.sources)
      return ExitCode(report).or(record, [report])
    } catch {
      view.show(error, session.sources)
      return code(error, arguments, session.world)
    }
  }

  /// From the end of the loading on, which may be broken off, a stop is a request.
  private static func observer(
    _ show: @escaping (RunEvent) -> Void
  ) -> (RunEvent) -> Void {
    { event in
      if case .loaded = event { Signals.catchStops() }
      show(event)
    }
  }

  /// Says how to go on, where something is kept to go on from.
  private static func code(
    _ failure: RunFailure, _ arguments: Arguments, _ world: any World
  ) -> ExitCode {
    guard case .interrupted(let interruption) = failure, !arguments.has("--no-out") else {
      return ExitCode(failure)
    }
    guard interruption.checkpoint != nil || interruption.done > 0 else { return .io }
    world.note("go on with: \(ResumeCommand.text(arguments.words))")
    return .interrupted
  }

  private static func runAll(
    _ files: [SpecFile], _ arguments: Arguments, _ threads: Int
  ) -> ExitCode {
    let world = DiskWorld()
    let trouble = WritingTrouble(world)
    var records: [RunRecord] = []
    var isDenied = false
    let members = files.map { file in
      do throws(Problem) {
        let session = try Shell.load(file.path, arguments.all("--with"))
        if Shell.isDenied(session, arguments) { isDenied = true }
        let keeping = file.keeping(session, resumes: arguments.has("--resume"), trouble)
        let record = file.record(session, keeping)
        if let record { records.append(record) }
        return RunSet.Member(file.path, session, record: record, keeping: keeping)
      } catch { return RunSet.Member(file.path, error) }
    }
    guard !isDenied else { return .faulty }
    let writesJSON = arguments.has("--json")
    let view = SetView(world: world, count: files.count, writesJSON: writesJSON)
    do throws(RunFailure) {
      let results = try RunSet(members).run(
        threads: threads, in: world, observe: observer { view.show($0) },
        done: { view.show($0, as: $1) })
      view.show(results)
      if !records.isEmpty { keepPage(results, records, arguments, in: world, trouble) }
      let reports = results.compactMap { $0.report }
      return results.map { ExitCode($0) }.max { $0.rawValue < $1.rawValue }?
        .or(records, reports) ?? .done
    } catch {
      TextView(world: world).show(error, [])
      return code(error, arguments, world)
    }
  }
}

extension Command {
  /// Writes one report for all specs, beside their own.
  private static func keepPage(
    _ results: [SpecResult], _ records: [RunRecord], _ arguments: Arguments, in world: DiskWorld,
    _ trouble: WritingTrouble
  ) {
    let folder = SpecFile.folder(of: arguments.files, out: arguments.all("--out").last)
    let page = ReportPage.page(
      title: arguments.files.joined(separator: " "), results, records: records)
    RunFolder(folder, in: world, trouble: trouble).write(page.html, to: "report.html")
  }
}

extension ExitCode {
  /// 74 where all went well but for the record, of which nothing could be kept, or for a model that is lost.
  fileprivate func or(_ record: RunRecord?, _ reports: [SweepReport]) -> ExitCode {
    or(record.map { [$0] } ?? [], reports)
  }

  fileprivate func or(_ records: [RunRecord], _ reports: [SweepReport]) -> ExitCode {
    guard self == .done || self == .missed else { return self }
    let isLost = !records.isEmpty && records.allSatisfy { $0.folder.keptNothing }
    let hasLostModel = reports.contains { report in
      report.runs.contains { $0.outcome.report?.kept?.problem != nil }
    }
    return isLost || hasLostModel ? .io : self
  }
}
