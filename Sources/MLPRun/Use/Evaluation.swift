import MLPLibrary
import MLPSyntax
import MLPTensor

/// What a saved model makes of samples whose labels are known.
package struct Evaluation: Sendable {
  package let model: String
  /// The word of the source that the samples really came from.
  package let data: String
  package let set: MeasuredSet
  package let score: Score
  package let confusion: ConfusionMatrix
}

/// Why a saved model can't be used as asked.
package enum UseFailure: Error {
  /// With the sources that the diagnostics point at.
  case run(RunFailure, [Source])
  case model(Problem)
}

/// A part of a data set that can be measured.
package enum MeasuredSet: String, CaseIterable, Sendable {
  case train
  case validation
  case test
}

extension SavedModel {
  /// Measures the model.
  ///
  /// - Parameters:
  ///   - data: a `data` statement; nil: that of the model's own spec.
  ///   - set: nil: the test set, or the validation set where there is none, or else the training set.
  ///   - world: where relative paths begin that the data name.
  package func evaluate(
    data: Source?, set: MeasuredSet?, threads: Int, in world: any World
  ) throws(UseFailure) -> Evaluation {
    let session = session(data: data, in: world)
    let experiment = try experiment(of: session, data: data)
    guard let source = experiment.data else {
      throw .model(
        Problem(
          .spec, "the spec in '\(path)' names no data to measure",
          help: "name some, for instance --data 'data mnist'"))
    }
    let prepared: PreparedData
    do throws(RunFailure) {
      prepared = try session.load(source, for: experiment, SharedData())
    } catch { throw .run(error, session.sources) }
    if data == nil, prepared.hash != file.provenance.dataHash {
      world.note("the data are not those that '\(path)' was trained with")
    }
    guard let (samples, range, found) = Self.part(set, of: prepared) else {
      throw .model(
        Problem(.data, "'\(source.word)' has no \(set?.rawValue ?? "test") set to measure"))
    }
    do throws(Problem) {
      let fitting = try fitting(samples, source.word)
      return measured(fitting, range, Team(size: threads), data: prepared.name, found)
    } catch { throw .model(error) }
  }

  /// The one experiment that a session over this model's spec describes.
  private func experiment(of session: Session, data: Source?) throws(UseFailure) -> Experiment {
    if let data {
      let statements = Parser.parse(data, index: 1).spec.statements
      guard statements.allSatisfy({ $0.keyword == .data }) else {
        throw .model(
          Problem(
            .spec, "'--data' takes a 'data' statement and no other",
            help: "for instance --data 'data csv path \"a.csv\" label 1'"))
      }
    }
    let (checked, diagnostics) = session.check()
    guard let experiments = checked?.experiments else {
      throw .run(.faulty(diagnostics, .spec), session.sources)
    }
    guard experiments.count == 1 else {
      throw .model(
        Problem(
          .spec, "a model is measured on one set of data, and '--data' names \(experiments.count)"))
    }
    let reading = experiments[0].data?.reading
    guard data == nil || reading?.spans["scale"] == nil else {
      throw .model(
        Problem(
          .spec,
          "'scale' has no effect here, for the model brings its own, '\(file.facts.scaling.word)'",
          help: "leave 'scale' out"))
    }
    return experiments[0]
  }

  private static func part(
    _ set: MeasuredSet?, of data: PreparedData
  ) -> (Samples, Range<Int>, MeasuredSet)? {
    switch set {
    case .train?: (data.samples, data.train, .train)
    case .validation?:
      data.validation.isEmpty ? nil : (data.samples, data.validation, .validation)
    case .test?: data.test.map { ($0, 0..<$0.count, .test) }
    case nil:
      part(.test, of: data) ?? part(.validation, of: data) ?? part(.train, of: data)
    }
  }

  private func measured(
    _ samples: Samples, _ range: Range<Int>, _ team: Team, data: String, _ set: MeasuredSet
  ) -> Evaluation {
    let plan = plan(of: samples, team: team)
    var sum = ScoreSum()
    var predictions: [Int32] = []
    plan.evaluate(range, of: samples, into: &sum) { predictions += net.loss.predictions($0) }
    return Evaluation(
      model: path, data: data, set: set, score: sum.score,
      confusion: ConfusionMatrix(
        classes: net.classes, labels: Array(samples.labels[range]), predictions: predictions))
  }
}

// MARK: - Showing

extension Evaluation {
  /// Loss and accuracy, and a line for each class.
  package var text: String {
    let samples = confusion.total
    var text =
      "\(model) on \(data), \(set.rawValue) set of \(RunTable.counted(samples, "sample"))\n\n"
    text += "  loss \(Format.fixed(score.loss, 4)), accuracy \(Format.fixed(score.accuracy, 4))\n\n"
    var table = TextTable([.right, .right, .right, .right, .left])
    table.add("class", "samples", "recognised", "predicted", "most often taken for")
    for label in 0..<confusion.classes {
      let recall = confusion.recall(of: label).map { Format.fixed($0, 4) } ?? "-"
      table.add(
        String(label), Format.grouped(confusion.total(of: label)), recall,
        Format.grouped(confusion.predicted(label)), worst(label))
    }
    return text + table.text
  }

  /// What a class is most often taken for by mistake.
  private func worst(_ label: Int) -> String {
    let others = (0..<confusion.classes).filter { $0 != label }
    let best = others.max {
      confusion.count(label, takenFor: $0) < confusion.count(label, takenFor: $1)
    }
    guard let best, case let count = confusion.count(label, takenFor: best), count > 0 else {
      return ""
    }
    return "\(best) (\(Format.grouped(count)))"
  }

  package var json: JSON {
    let classes = 0..<confusion.classes
    return .object([
      ("event", .text("eval")), ("model", .text(model)), ("data", .text(data)),
      ("set", .text(set.rawValue)), ("samples", .integer(confusion.total)),
      ("loss", .number(score.loss)), ("accuracy", .number(score.accuracy)),
      (
        "confusion",
        .list(
          classes.map { label in
            .list(classes.map { .integer(confusion.count(label, takenFor: $0)) })
          })
      ),
    ])
  }
}

extension ConfusionMatrix {
  /// How many samples were taken for a class.
  fileprivate func predicted(_ prediction: Int) -> Int {
    (0..<classes).reduce(0) { $0 + count($1, takenFor: prediction) }
  }
}
