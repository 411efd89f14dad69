/// Whoever shows what the REPL answers: a terminal, a pipe, a test.
package protocol ReplView {
  /// How wide a line may be.
  var columns: Int { get }
  /// Whether answers may have colours.
  var hasColours: Bool { get }

  /// A result.
  func show(_ text: String)

  /// A diagnostic, or a note beside the results.
  func complain(_ text: String)

  /// Something begins that takes time: a wish to stop that came before doesn't count any more.
  func beginWork()

  /// Whether the user wishes to stop what takes time.
  var isStopped: Bool { get }
}
