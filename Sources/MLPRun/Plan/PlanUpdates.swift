/// The parts of all parameters that a step updates, and which thread begins with which.
struct PlanUpdates {
  typealias Part = (stage: Int, part: Int)

  /// Thread by thread.
  let parts: [Part]
  /// Thread t begins with the parts bounds[t] ..< bounds[t + 1].
  let bounds: [Int]

  /// The first stage's parts are divided evenly and in order, as its product is, so that a thread keeps to its
  /// weights; then the others' parts.
  init(_ stages: [any PlanStage], threads: Int) {
    let all = stages.indices.map { stage in
      (0..<stages[stage].updateCount).map { Part(stage, $0) }
    }
    let (first, others) = (all.first ?? [], all.dropFirst().flatMap { $0 })
    func share(_ parts: [Part], _ thread: Int) -> ArraySlice<Part> {
      parts[thread * parts.count / threads..<(thread + 1) * parts.count / threads]
    }
    var parts: [Part] = []
    var bounds = [0]
    for thread in 0..<threads {
      parts += share(first, thread) + share(others, thread)
      bounds.append(parts.count)
    }
    self.parts = parts
    self.bounds = bounds
  }
}
