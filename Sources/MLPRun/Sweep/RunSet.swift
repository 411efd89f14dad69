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
    let courses = members.map { SpecCourse($0) }
    let jobs = courses.enumerated().flatMap { $1.jobs(spec: $0) }
    var results: [SpecResult] = []
    func tell() {
      while results.count < courses.count, let result = courses[results.count].result {
        results.append(result)
        done(result, results.count)
      }
    }
    tell()
    let queue = JobQueue(jobs: jobs, threads: threads, data: SharedData())
    _ = try queue.run(
      in: world, obstacle: { courses[$0.spec].begin() }, record: { courses[$0.spec].end($0, $1) },
      observe: observe, ended: { _, _ in tell() })
    return results
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
