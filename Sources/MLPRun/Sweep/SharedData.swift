import MLPLibrary
import MLPTensor

/// Data that are loaded once for all trainings of a program's run that name the same.
///
/// What was used last is kept, as far as it takes no more than a quarter of the machine's memory.
package final class SharedData: Sendable {
  private let entries = Guarded<[Entry]>([])

  fileprivate struct Entry: Sendable {
    let key: String
    /// A source that failed is not asked again.
    let dataset: Result<Dataset, Problem>
    /// The last ones made of it, with what each was made by.
    var prepared: [(key: String, data: PreparedData)] = []

    /// Whether the user stopped the loading, which may be tried again.
    var wasStopped: Bool {
      if case .failure(let problem) = dataset { problem.kind == .stopped } else { false }
    }

    var bytes: Int {
      guard case .success(let dataset) = dataset else { return 0 }
      return dataset.train.bytes + (dataset.test?.bytes ?? 0)
    }
  }

  /// Preparations of one data set that are kept: they share its samples, and differ in scale and labels.
  fileprivate static let mostPreparations = 8

  package init() {}

  /// The experiment's data; other threads that ask wait for the loading.
  func prepared(
    _ data: CheckedData, seed: Int, in world: any World
  ) throws(Problem) -> PreparedData {
    try entries.withLock { (entries) throws(Problem) in
      var entry = Self.take(data, from: &entries, in: world)
      defer {
        if !entry.wasStopped {
          entries.append(entry)
          Self.shrink(&entries, to: world.memory / 4)
        }
      }
      return try entry.prepare(data, seed: seed)
    }
  }

  /// Takes the data set out, or loads it.
  private static func take(
    _ data: CheckedData, from entries: inout [Entry], in world: any World
  ) -> Entry {
    let key = data.sourceKey(in: world)
    if let index = entries.firstIndex(where: { $0.key == key }) {
      return entries.remove(at: index)
    }
    let dataset = Result { () throws(Problem) in try data.source.load(world) }
    return Entry(key: key, dataset: dataset)
  }

  /// Lets the data sets go that were not used for longest; the last one stays.
  private static func shrink(_ entries: inout [Entry], to limit: Int) {
    var bytes = entries.reduce(0) { $0 + $1.bytes }
    while bytes > limit, entries.count > 1 { bytes -= entries.removeFirst().bytes }
  }
}

extension SharedData.Entry {
  fileprivate mutating func prepare(
    _ data: CheckedData, seed: Int
  ) throws(Problem) -> PreparedData {
    let key = data.preparationKey(seed: seed)
    if let known = prepared.first(where: { $0.key == key }) { return known.data }
    let made = try data.preparation.prepare(dataset.get(), seed: UInt64(seed))
    if prepared.count == SharedData.mostPreparations { prepared.removeFirst() }
    prepared.append((key, made))
    return made
  }
}

extension Samples {
  fileprivate var bytes: Int {
    let numbers =
      switch storage {
      case .bytes(let bytes): bytes.count
      case .floats(let floats): 4 * floats.count
      }
    return numbers + 4 * labels.count
  }
}

extension CheckedData {
  /// The same for two that load the same samples.
  fileprivate func sourceKey(in world: any World) -> String {
    var values = reading.values
    for setting in Preparation.settings(scale: "", scales: []) { values[setting.name] = nil }
    let folder = reading.schema.namesFiles(values) ? world.location(of: "") : ""
    return "\(folder) \(text(values))"
  }

  /// The same for two that also prepare them alike.
  package func preparationKey(seed: Int) -> String {
    text(reading.values) + (preparation.randomLabels == nil ? "" : " \(seed)")
  }

  private func text(_ values: Values) -> String {
    guard let type = Catalogue.entry(of: reading.schema) else { return "" }
    return ExplicitText.text(.entry(type, values))
  }
}

extension Schema {
  /// Whether a setting names a file, its own or that of a word behind it.
  fileprivate func namesFiles(_ values: Values) -> Bool {
    settings.contains { setting in
      switch (setting.kind, values[setting.name]) {
      case (.text, .text): true
      case (_, .entry(let type, let values)): type.schema.namesFiles(values)
      default: false
      }
    }
  }
}
