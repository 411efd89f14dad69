/// What a person does at the keyboard, whatever bytes the terminal sends for it.
enum Key: Equatable, Sendable {
  case text(String)
  /// Pasted text, with its line ends as `\n`.
  case paste(String)
  case enter
  /// A line end that doesn't send.
  case newLine
  case tab
  case left, right, up, down
  case home, end
  case wordLeft, wordRight
  case backspace, delete
  /// To the line's start, and to its end.
  case killBefore, killBehind
  case killWordBefore, killWordBehind
  case yank
  case transpose
  case clearScreen
  case interrupt
  /// The end of input where nothing is typed, else `delete`.
  case endOfInput
  case searchBack, searchForth
  case previous, next
  case suspend
  case escape
}
