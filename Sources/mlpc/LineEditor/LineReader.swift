import MLPRun

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads lines with all comforts from a terminal that takes escape sequences.
struct LineReader {
  enum Input: Equatable {
    case line(String)
    case interrupted
    case ended
  }

  private var editor: LineEditor
  private var decoder = KeyDecoder()
  private var screen = LineScreen()
  /// Bytes that were read and are no key yet.
  private var waiting: [UInt8] = []
  private var hasEnded = false
  private let paint: (String) -> [String]

  /// - Parameter paint: the colour of each character of a text, as `LineLayout` takes them.
  init(history: History, paint: @escaping (String) -> [String]) {
    editor = LineEditor(history: history)
    self.paint = paint
  }

  /// Waits for a line. The terminal is in mode `.keys` meanwhile, and in `.working` afterwards.
  mutating func read(
    _ prompt: LineLayout.Prompt, candidates: (String, Int) -> [ReplCandidate]
  ) -> Input {
    // A Ctrl-C that stopped what went on before is not meant for this line.
    TerminalModes.clearInterruption()
    TerminalModes.drainWake()
    TerminalModes.set(.keys)
    defer { TerminalModes.set(.working) }
    editor.begin()
    draw(prompt)
    while let key = nextKey(prompt) {
      let outcome = editor.handle(key, isOpen: ReplInput.isOpen, candidates: candidates)
      if let input = react(to: outcome, prompt) { return input }
      if waiting.isEmpty { draw(prompt) }
    }
    write(screen.leave())
    return .ended
  }

  private mutating func react(to outcome: LineEditor.Outcome, _ prompt: LineLayout.Prompt) -> Input?
  {
    switch outcome {
    case .edited: break
    case .refused: write("\u{07}")
    case .entered(let text):
      if isFollowedByContinuation(text) {
        editor.breakLine()
        break
      }
      draw(prompt)
      write(screen.leave())
      editor.remember(text)
      return .line(text)
    case .interrupted:
      write("^C" + screen.leave())
      return .interrupted
    case .ended:
      write(screen.leave())
      return .ended
    case .clearScreen:
      screen.forget()
      write("\u{1B}[H\u{1B}[2J")
    case .suspended: suspend()
    case .choices(let choices):
      draw(prompt)
      write(screen.leave() + ChoiceList.text(choices, columns: TerminalSize.current.columns))
    }
    return nil
  }

  /// Whether what was pasted where pastes aren't marked goes on with this statement.
  private mutating func isFollowedByContinuation(_ text: String) -> Bool {
    guard !text.isEmpty, !ReplInput.isCommand(text) else { return false }
    if waiting.isEmpty, isReadable(milliseconds: 5) { receive() }
    return waiting.first.map {
      [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-")].contains($0)
    }
      ?? false
  }

  private mutating func suspend() {
    write(screen.leave())
    TerminalModes.suspend()
  }

  // MARK: Drawing

  private mutating func draw(_ prompt: LineLayout.Prompt) {
    let size = TerminalSize.current
    var shown = prompt
    if let (query, isFailed) = editor.searched {
      shown.first = "\(isFailed ? "not found" : "search"): \(query) | "
    }
    let layout = LineLayout(
      shown, editor.buffer.characters, cursor: editor.buffer.cursor, columns: size.columns,
      style: paint(editor.buffer.text))
    write(screen.draw(layout, columns: size.columns, height: size.rows))
  }

  private func write(_ text: String) { Terminal.out(text) }

  // MARK: Keys

  /// nil at the end of input.
  private mutating func nextKey(_ prompt: LineLayout.Prompt) -> Key? {
    while true {
      if !waiting.isEmpty {
        if let key = decoder.add(waiting.removeFirst()) { return key }
        continue
      }
      if hasEnded { return nil }
      if decoder.isWithinKey, !decoder.isWithinPaste, !isReadable(milliseconds: 50) {
        if let key = decoder.finish() { return key }
        continue
      }
      if awaitInput() {
        receive()
      } else if TerminalModes.isInterrupted {
        TerminalModes.clearInterruption()
        return .interrupt
      } else {
        draw(prompt)
      }
    }
  }

  /// - Returns: whether there is something to read; false where a signal came instead.
  private func awaitInput() -> Bool {
    var files = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: TerminalModes.wakeDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&files, nfds_t(files.count), -1) < 0 && errno == EINTR {}
    if files[1].revents != 0 {
      TerminalModes.drainWake()
      return false
    }
    return true
  }

  private func isReadable(milliseconds: Int32) -> Bool {
    var file = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&file, 1, milliseconds) > 0
  }

  private mutating func receive() {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = readBytes(STDIN_FILENO, &bytes, bytes.count)
    if count > 0 {
      waiting += bytes[..<count]
    } else if count == 0 || errno != EINTR && errno != EAGAIN {
      hasEnded = true
    }
  }
}
