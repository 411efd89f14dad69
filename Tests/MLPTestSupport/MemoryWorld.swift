import MLPLibrary

/// A world of files in memory, for tests: no disk, no network, a clock that stands still.
package struct MemoryWorld: World {
  package var files: [String: [UInt8]]
  package var variables: [String: String]

  package init(files: [String: [UInt8]] = [:], variables: [String: String] = [:]) {
    self.files = files
    self.variables = variables
  }

  package func read(_ path: String) throws(Problem) -> [UInt8] {
    guard let bytes = files[path] else { throw Problem(.missing, "no file '\(path)'") }
    return bytes
  }

  package func fileExists(_ path: String) -> Bool { files[path] != nil }

  package func writeAtomically(_ bytes: [UInt8], to path: String) throws(Problem) {
    throw Problem(.io, "'\(path)' can't be written")
  }

  package func download(_ url: String, progress: (_ received: Int, _ total: Int?) -> Void)
    throws(Problem) -> [UInt8]
  {
    throw Problem(.missing, "no answer from '\(url)'")
  }

  package func environment(_ name: String) -> String? { variables[name] }
  package var cacheFolder: String? { nil }
  package var memory: Int { 8_000_000_000 }
  package func now() -> Double { 0 }
  package func note(_ message: String) {}
  package func progress(_ line: String?) {}
}
