/// The command with which a run that was stopped goes on.
enum ResumeCommand {
  /// - Parameter words: those behind `mlpc run`, as the shell gave them.
  static func text(_ words: [String]) -> String {
    let rest = words.filter { $0 != "--resume" }
    return (["mlpc", "run", "--resume"] + rest).map { quoted($0) }.joined(separator: " ")
  }

  /// A word as the shell takes it back.
  private static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
      default: "-_./=,:+%@".utf8.contains(byte)
      }
    }
    if plain, !word.isEmpty { return word }
    let parts = word.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: "'\\''") + "'"
  }
}
