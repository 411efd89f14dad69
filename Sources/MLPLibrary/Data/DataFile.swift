import MLPTensor

/// What the sources of files share.
enum DataFile {
  /// Reads a file; `setting` is the one that names it.
  static func read(_ path: String, _ world: any World, setting: String?) throws(Problem) -> [UInt8]
  {
    do { return try world.readUnlessStopped(path) } catch { throw error.blaming(setting) }
  }

  /// Reads an IDX file, gzip or not; its numbers are in memory once.
  static func idx(_ path: String, _ world: any World, setting: String?) throws(Problem) -> IDXFile {
    do {
      return try IDXFile(
        world.readUnlessStopped(path), name: path, limit: world.fileLimit,
        isStopped: { world.isStopRequested })
    } catch {
      throw error.blaming(setting)
    }
  }

  /// Reads two sets side by side, on two threads; where both can't be read, the first one's problem counts.
  static func both<Part: Sendable>(
    _ first: () throws(Problem) -> Part, _ second: () throws(Problem) -> Part
  ) throws(Problem) -> (Part, Part) {
    let results = Guarded<[Int: Result<Part, Problem>]>([:])
    Team(size: 2).parallel(2) { index in
      let result = Result { () throws(Problem) in try index == 0 ? first() : second() }
      results.withLock { $0[index] = result }
    }
    guard let one = results.value[0], let other = results.value[1] else {
      preconditionFailure("the team does each")
    }
    return (try one.get(), try other.get())
  }

  /// `folder/name`
  static func path(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
