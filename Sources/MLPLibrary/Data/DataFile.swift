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

  /// `folder/name`
  static func path(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }
}
