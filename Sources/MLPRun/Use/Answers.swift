import MLPLibrary
import MLPTensor

/// What a model makes of samples: a class for each, and how probable each class is.
package struct Answers: Equatable, Sendable {
  /// The file's name.
  package let name: String
  package let classes: Int
  /// One a sample.
  package let labels: [Int32]
  /// `classes` of each sample, one after the other.
  package let probabilities: [Float]

  package func probabilities(of sample: Int) -> ArraySlice<Float> {
    probabilities[sample * classes..<(sample + 1) * classes]
  }
}

extension SavedModel {
  /// The classes that the outputs speak for, and what the loss makes of these.
  package func answers(for input: PredictionInput, threads: Int) -> Answers {
    let plan = plan(of: input.samples, team: Team(size: threads))
    var labels: [Int32] = []
    var probabilities: [Float] = []
    var sum = ScoreSum()
    plan.evaluate(0..<input.samples.count, of: input.samples, into: &sum) { outputs in
      labels += net.loss.predictions(outputs)
      let numbers = outputs.rowMajor
      for row in 0..<outputs.rows {
        let outputs = Array(numbers[row * outputs.columns..<(row + 1) * outputs.columns])
        probabilities += net.loss.probabilities(outputs).map { Float($0) }
      }
    }
    return Answers(
      name: input.name, classes: net.classes, labels: labels, probabilities: probabilities)
  }
}

// MARK: - Showing

extension Answers {
  /// The line above the rows: `file,sample,class,p0,p1,…`.
  package static func header(classes: Int) -> String {
    "file,sample,class," + (0..<classes).map { "p\($0)" }.joined(separator: ",") + "\n"
  }

  /// A row a sample, counted from 1.
  package var csv: String {
    let file = Self.field(name)
    var text = ""
    for sample in labels.indices {
      text += "\(file),\(sample + 1),\(labels[sample])"
      for probability in probabilities(of: sample) { text += ",\(probability)" }
      text += "\n"
    }
    return text
  }

  /// In quotes where it must be (RFC 4180).
  private static func field(_ text: String) -> String {
    guard text.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// An object a sample, each on a line.
  package var json: String {
    labels.indices.map { sample in
      JSON.object([
        ("event", .text("prediction")), ("file", .text(name)), ("sample", .integer(sample + 1)),
        ("class", .integer(Int(labels[sample]))),
        ("probabilities", .list(probabilities(of: sample).map { .float($0) })),
      ]).line + "\n"
    }.joined()
  }
}

extension JSON {
  /// With the digits that a `Float` needs.
  fileprivate static func float(_ x: Float) -> JSON { .number(Double("\(x)") ?? Double(x)) }
}
