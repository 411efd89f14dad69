/// When a run writes down how far it has come.
package enum CheckpointRule: Equatable, Sendable {
  case never
  /// At epochs' ends, as seldom as keeps the cost below a fiftieth of the time.
  case sparing
  case everySteps(Int)
  case everyEpochs(Int)

  /// From the setting's words, as read.
  init(_ words: [String]) {
    guard words.count == 3, let count = Int(words[1]) else {
      self = words == ["no"] ? .never : .sparing
      return
    }
    self = words[2] == "steps" ? .everySteps(count) : .everyEpochs(count)
  }
}
