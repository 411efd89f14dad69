import Foundation
import MLPLibrary
import Testing

@testable import mlpc

/// Asserts that `body` throws a problem, and hands it on.
private func problem<T>(
  _ body: () throws(Problem) -> T, sourceLocation: SourceLocation = #_sourceLocation
) -> Problem {
  do {
    _ = try body()
    Issue.record("expected a problem", sourceLocation: sourceLocation)
    return Problem(.spec, "")
  } catch {
    return error
  }
}

/// A folder that is gone when the test is over.
private final class Folder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "mlpc-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite struct DiskFileTests {
  let world = DiskWorld()

  @Test func whatIsWrittenIsRead() throws {
    let folder = try Folder()
    let path = folder.path + "/a/b/c.bin"
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    #expect(!world.fileExists(path))
    try world.writeAtomically(bytes, to: path)
    #expect(world.fileExists(path))
    #expect(try world.read(path) == bytes)
    try world.writeAtomically([1], to: path)
    #expect(try world.read(path) == [1])
    try world.writeAtomically([], to: path)
    #expect(try world.read(path) == [])
    // No temporary file stays behind.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path + "/a/b") == ["c.bin"])
  }

  @Test func aMissingFileIsMissing() throws {
    let folder = try Folder()
    let path = folder.path + "/nothing"
    #expect(
      problem { () throws(Problem) in try world.read(path) }
        == Problem(.missing, "there is no file '\(path)'"))
  }

  @Test func aFolderIsNoFile() throws {
    let folder = try Folder()
    #expect(!world.fileExists(folder.path))
    #expect(
      problem { () throws(Problem) in try world.read(folder.path) }
        == Problem(.io, "'\(folder.path)' is a folder, not a file"))
  }

  @Test func whatCantBeWrittenIsReportedAndLeavesNothing() throws {
    let folder = try Folder()
    try world.writeAtomically([1], to: folder.path + "/file")
    let below = problem { () throws(Problem) in
      try world.writeAtomically([1], to: folder.path + "/file/a/b")
    }
    #expect(below.kind == .io)
    #expect(below.message.hasPrefix("'\(folder.path)/file/a/b' can't be written"))
    #expect(below.message.contains("not a directory"))
    try world.writeAtomically([1], to: folder.path + "/full/inside")
    let over = problem { () throws(Problem) in
      try world.writeAtomically([1], to: folder.path + "/full")
    }
    #expect(over.kind == .io)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(left == ["file", "full"])
  }

  @Test func filesWithoutASizeAreReadToo() throws {
    guard FileManager.default.fileExists(atPath: "/proc/self/status") else { return }
    #expect(try world.read("/proc/self/status").count > 100)
  }

  @Test func theMachineIsDescribed() {
    #expect(world.memory > 100_000_000)
    let before = world.now()
    #expect(world.now() >= before)
    #expect(world.environment("PATH")?.isEmpty == false)
    #expect(world.environment("MLPC_SURELY_NOT_SET") == nil)
  }
}

@Suite struct HTTPAddressTests {
  @Test(arguments: [
    ("http://a.org", "a.org", "80", "/"), ("HTTP://a.org/x/y?z=1#top", "a.org", "80", "/x/y?z=1"),
    ("http://a.org:8080?q", "a.org", "8080", "/?q"), ("http://[::1]:81/", "::1", "81", "/"),
    ("http://[::1]", "::1", "80", "/"),
  ]) func isTakenApart(url: String, host: String, port: String, target: String) throws {
    let address = try HTTPAddress(url)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.target == target)
  }

  @Test(arguments: [
    "a.org/x", "", "http://", "http:///x", "http://a:99999/", "http://a:b/", "http://u@a/",
    "http://a/x y", "http://a/\r\nX: y", "ftp://a/",
  ]) func otherTextsAreRefused(url: String) {
    #expect(problem { () throws(Problem) in try HTTPAddress(url) }.kind == .missing)
  }

  @Test func anEncryptedAddressIsToldApart() {
    let found = problem { () throws(Problem) in try HTTPAddress("https://a.org/") }
    #expect(
      found.message
        == "'https://a.org/' can't be fetched: only 'http' is spoken here, not 'https'")
  }

  @Test func redirectionsMayBeRelative() throws {
    let address = try HTTPAddress("http://[::1]:81/a/b")
    #expect(address.resolving("/c") == "http://[::1]:81/c")
    #expect(address.resolving("http://b/") == "http://b/")
  }
}
