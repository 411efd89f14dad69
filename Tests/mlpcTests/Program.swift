import Foundation
import MLPTestSupport

/// The built executable, run as a user runs it.
struct Program {
  struct Result {
    let code: Int32
    let output: String
    let errors: String
  }

  /// Beside the test bundle.
  static let executable: URL = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let folder = bundle?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return folder.deletingLastPathComponent().appendingPathComponent("mlpc")
  }()

  /// Runs `mlpc` with these words in the repository's folder, and waits.
  static func run(_ words: [String]) throws -> Result {
    let process = Process()
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("mlpc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (output, errors) = (folder.appendingPathComponent("1"), folder.appendingPathComponent("2"))
    for file in [output, errors] {
      FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    process.executableURL = executable
    process.arguments = words
    process.currentDirectoryURL = Repository.root
    // Files, not pipes: a pipe that nobody empties would stop the program.
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let isExit = process.terminationReason == .exit
    return Result(
      code: isExit ? process.terminationStatus : -process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// `mlpc check` of a file with these bytes.
  static func check(_ bytes: some Sequence<UInt8>) throws -> Result {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("\(UUID().uuidString).mlp")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try run(["check", file.path])
  }

  static func check(_ text: String) throws -> Result { try check(text.utf8) }
}
