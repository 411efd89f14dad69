import MLPLibrary
import MLPSyntax

/// Several specs that are run together: side by side where that is faster, and with data that they share.
package struct RunSet: Sendable {
  package struct Member: Sendable {
    /// How the spec is called in tables: its path.
    package let name: String
    let content: Content

    enum Content: Sendable {
      case spec(Session, RunRecord?, Keeping?)
      case unreadable(Problem)
    }

    package init(
      _ name: String, _ session: Session, record: RunRecord?, keeping: Keeping? = nil
    ) {
      self.name = name
      content = .spec(session, record, keeping)
    }

    /// A spec that can't be read.
    package init(_ name: String, _ problem: Problem) {
      self.name = name
      content = .unreadable(problem)
    }
  }

  private let members: [Member]

  package init(_ members: [Member]) { self.members = members }

  /// Runs all, also behind one that is faulty, and returns what each came to.
  ///
  /// - Throws: `.interrupted`.
  /// - Parameters:
  ///   - observe: told how far all are.
  ///   - done: told each spec's result and its number, from 1, in their order, none while another is told.
  package func run(
    threads: Int, in world: any World, observe: @escaping (RunEvent) -> Void,
    done: (SpecResult, _ number: Int) -> Void
  ) throws(RunFailure) -> [SpecResult] {
    let checked = members.map { Checked($0) }
    let jobs = checked.enumerated().flatMap { index, plan in
      plan.sweep.flatMap { sweep in
        plan.session.map { sweep.jobs(of: $0, spec: index, keeping: plan.keeping) }
      } ?? []
    }
    var gathering = Gathering(members, checked)
    gathering.tell(done)
    let queue = JobQueue(jobs: jobs, threads: threads, data: SharedData())
    _ = try queue.run(
      in: world,
      record: { job, run in
        let plan = checked[job.spec]
        if let sweep = plan.sweep { plan.record?.keep(run, of: sweep) }
      }, observe: observe,
      ended: { job, run in
        gathering.add(run, of: job.spec)
        gathering.tell(done)
      })
    return gathering.results
  }

  /// A member after its check.
  fileprivate struct Checked {
    var session: Session?
    var record: RunRecord?
    var keeping: Keeping?
    var sweep: Sweep?
    /// What is wrong, where there is no sweep.
    var fault: SpecResult.Outcome?

    init(_ member: Member) {
      switch member.content {
      case .unreadable(let problem): fault = .unreadable(problem)
      case .spec(let session, let record, let keeping):
        self.session = session
        self.record = record
        self.keeping = keeping
        let (checked, diagnostics) = session.check(for: .run)
        sweep = checked.map { Sweep($0) }
        fault = checked == nil ? .faulty(diagnostics, .spec) : nil
      }
    }
  }

  /// Puts the runs together to results, in the order of the specs.
  private struct Gathering {
    private let members: [Member]
    private let checked: [Checked]
    private var runs: [[SweepRun]]
    private(set) var results: [SpecResult] = []

    init(_ members: [Member], _ checked: [Checked]) {
      self.members = members
      self.checked = checked
      runs = members.map { _ in [] }
    }

    mutating func add(_ run: SweepRun, of spec: Int) { runs[spec].append(run) }

    /// Tells of the specs that are done and were not told.
    mutating func tell(_ done: (SpecResult, Int) -> Void) {
      while results.count < members.count, let result = result(results.count) {
        results.append(result)
        done(result, results.count)
      }
    }

    /// nil as long as runs are missing.
    private func result(_ index: Int) -> SpecResult? {
      let (name, plan) = (members[index].name, checked[index])
      let sources = plan.session?.sources ?? []
      if let fault = plan.fault { return SpecResult(name: name, sources: sources, outcome: fault) }
      guard let sweep = plan.sweep, runs[index].count == sweep.runCount else { return nil }
      let report = sweep.report(runs[index])
      plan.record?.finish(report)
      return SpecResult(name: name, sources: sources, outcome: .ran(report))
    }
  }
}

/// What one of several specs came to.
package struct SpecResult: Sendable {
  package enum Outcome: Sendable {
    case ran(SweepReport)
    case faulty([Diagnostic], Problem.Kind)
    case unreadable(Problem)
  }

  package let name: String
  /// For the places in diagnostics.
  package let sources: [Source]
  package let outcome: Outcome

  package var report: SweepReport? {
    if case .ran(let report) = outcome { report } else { nil }
  }
}
