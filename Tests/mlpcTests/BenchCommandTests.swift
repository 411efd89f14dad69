import Foundation
import MLPLibrary
import Testing

@testable import mlpc

@Suite struct PeakMemoryTests {
  @Test func theHighWaterMarkIsReadInKilobytes() {
    let status = "Name:\tmlpc\nVmPeak:\t  123456 kB\nVmHWM:\t   71132 kB\nVmRSS:\t   60000 kB\n"
    #expect(PeakMemory.peak(status: Array(status.utf8)) == 71_132 * 1024)
  }

  @Test(arguments: ["", "VmPeak: 12 kB\n", "VmHWM:\n", "VmHWM: many kB\n"])
  func withoutItNothingIsClaimed(status: String) {
    #expect(PeakMemory.peak(status: Array(status.utf8)) == nil)
  }

  @Test func thePeakIsNotBelowWhatWasTouched() throws {
    PeakMemory.forget()
    let bytes = [UInt8](repeating: 1, count: 50_000_000)
    let peak = try #require(PeakMemory.bytes)
    #expect(peak > bytes.count)
  }
}

/// A folder with empty files and a folder within; gone when the test is over.
private final class Folder {
  let path = NSTemporaryDirectory() + "mlpc-test-" + UUID().uuidString

  init(_ names: String...) throws {
    let manager = FileManager.default
    try manager.createDirectory(atPath: path + "/within", withIntermediateDirectories: true)
    for name in names { try Data().write(to: URL(filePath: path + "/" + name)) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct SpecFolderTests {
  @Test func aFolderStandsForItsSpecsByName() throws {
    let folder = try Folder("b.mlp", "a.mlp", "notes.txt", ".hidden.mlp", "within/c.mlp")
    let expected = [folder.path + "/a.mlp", folder.path + "/b.mlp"]
    #expect(try SpecFolder.files(at: folder.path) == expected)
    #expect(try SpecFolder.files(at: folder.path + "/") == expected)
  }

  @Test func aFileStandsForItself() throws {
    let folder = try Folder("a.txt")
    #expect(try SpecFolder.files(at: folder.path + "/a.txt") == [folder.path + "/a.txt"])
  }

  /// Whoever reads it says that it is missing.
  @Test func whatIsNotThereStandsForItself() throws {
    let folder = try Folder()
    #expect(try SpecFolder.files(at: folder.path + "/none.mlp") == [folder.path + "/none.mlp"])
  }

  @Test func aFolderWithoutSpecsIsAMistake() throws {
    let folder = try Folder("notes.txt")
    #expect(throws: Problem.self) { try SpecFolder.files(at: folder.path) }
  }
}

@Suite struct BenchCommandTests {
  @Test func benchIsACommandWithExamples() throws {
    let command = try #require(Command.all.first { $0.name == "bench" })
    #expect(command.options.map { $0.name } == ["--with", "--epochs", "--threads", "--json"])
    #expect(!command.examples.isEmpty)
  }

  @Test(arguments: [
    [], ["a.mlp", "--epochs", "0"], ["a.mlp", "--epochs", "many"], ["a.mlp", "--threads", "0"],
  ])
  func wrongUseIsSaid(words: [String]) throws {
    let command = try #require(Command.all.first { $0.name == "bench" })
    let arguments = try Arguments(words[...], options: command.options)
    #expect(command.body(arguments) == .usage)
  }

  @Test func aMissingFileIsSaid() throws {
    let command = try #require(Command.all.first { $0.name == "bench" })
    let arguments = try Arguments(["/nowhere/a.mlp"], options: command.options)
    #expect(command.body(arguments) == .missing)
  }
}
