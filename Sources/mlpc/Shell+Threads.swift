extension Shell {
  /// The option of all commands that compute.
  static let threads = Arguments.Option(
    name: "--threads", value: "N", help: "threads to use; all cores if left out")

  /// What is said where something else is asked for.
  static let threadsNeed = "'--threads' needs a whole number from 1 to 256"

  /// The threads to use; nil where what was asked for is no number of threads.
  static func threadCount(_ arguments: Arguments) -> Int? {
    guard let text = arguments.all(threads.name).last else { return Terminal.cores }
    return Int(text).flatMap { (1...256).contains($0) ? $0 : nil }
  }
}
