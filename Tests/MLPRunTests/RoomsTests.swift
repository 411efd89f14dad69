import MLPTestSupport
import Testing

@Suite("The house")
struct RoomsTests {
  /// Which rooms of ours, and which modules of the system, each room may import.
  private static let allowed: [(room: String, modules: Set<String>)] = [
    ("MLPSyntax", []),
    ("MLPTensor", ["CProcessor", "Synchronization", "Glibc", "Darwin", "Musl"]),
    ("MLPLibrary", ["MLPTensor", "CZlib"]),
    ("MLPRun", ["MLPSyntax", "MLPTensor", "MLPLibrary"]),
    (
      "mlpc",
      ["MLPRun", "MLPLibrary", "MLPSyntax", "Synchronization", "Glibc", "Darwin", "Musl"]
    ),
  ]

  @Test("has rooms that import only what is below them")
  func imports() throws {
    for (room, modules) in Self.allowed {
      for path in try Self.files(of: room) {
        for module in try Self.imports(in: path) {
          #expect(modules.contains(module), "\(path) imports \(module)")
        }
      }
    }
  }

  @Test("has no other rooms")
  func rooms() throws {
    let rooms = Set(try SourceFiles.paths(under: "Sources").map { String($0.prefix { $0 != "/" }) })
    #expect(rooms == Set(Self.allowed.map { $0.room }))
  }

  /// What may stand nowhere in the sources, and why.
  private static let forbidden: [(text: String, reason: String)] = [
    ("import Foundation", "it takes milliseconds to start"),
    ("Foundation.", "the C library's functions differ from system to system"),
    ("Glibc.exp(", "the C library's functions differ from system to system"),
    ("Glibc.log(", "the C library's functions differ from system to system"),
    (".random(", "all numbers come from Random"),
    (".randomElement(", "all numbers come from Random"),
    (".shuffled()", "all numbers come from Random"),
    ("SystemRandomNumberGenerator", "all numbers come from Random"),
    ("Date()", "the clock is the World's"),
    ("try!", "a mistake is a diagnostic"),
    ("as! ", "a mistake is a diagnostic"),
    ("fatalError", "a mistake is a diagnostic"),
  ]

  @Test("does nothing that the sources must not", arguments: forbidden.indices)
  func forbiddenText(_ index: Int) throws {
    let (text, reason) = Self.forbidden[index]
    for path in try Self.files() {
      for line in try SourceFiles.code(of: path) where line.text.contains(text) {
        Issue.record("\(path):\(line.number): '\(text)': \(reason)")
      }
    }
  }

  @Test("shares unchecked memory between threads in the thread team alone")
  func unchecked() throws {
    let files = try Self.files().filter { path in
      try SourceFiles.code(of: path).contains { $0.text.contains("@unchecked Sendable") }
    }
    // The name lookup of a download, which is left behind when it takes too long.
    let known = ["Sources/mlpc/Connection.swift"]
    #expect(
      files.filter { !$0.hasPrefix("Sources/MLPTensor/Threads/") && !known.contains($0) } == [])
  }

  @Test("is looked at whole: the sources are found, and comments are no code")
  func reading() throws {
    #expect(try Self.files(of: "MLPTensor").contains("Sources/MLPTensor/Threads/Crew.swift"))
    #expect(
      try Self.imports(in: "Sources/MLPTensor/Threads/Crew.swift").contains("Synchronization"))
    let code = try SourceFiles.code(of: "Sources/MLPTensor/Threads/Crew.swift")
    #expect(code.contains { $0.text.contains("@unchecked Sendable") })
    #expect(!code.contains { $0.text.contains("A fixed set of threads") })
  }

  // MARK: Means

  private static func files(of room: String? = nil) throws -> [String] {
    let folder = room.map { "Sources/\($0)" } ?? "Sources"
    return try SourceFiles.paths(under: folder).map { "\(folder)/\($0)" }
  }

  /// The modules that a file imports, whatever stands around the word `import`.
  private static func imports(in path: String) throws -> [String] {
    try SourceFiles.code(of: path).compactMap { line in
      let words = line.text.split(separator: " ")
      guard let place = words.firstIndex(of: "import"),
        words[..<place].allSatisfy({ $0.hasPrefix("@") || $0 == "package" || $0 == "public" })
      else { return nil }
      return words[(place + 1)...].last.map { String($0.prefix { $0 != "." }) }
    }
  }
}
