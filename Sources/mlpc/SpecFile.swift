import MLPLibrary
import MLPRun

/// A spec that is to be run, and where its record goes.
struct SpecFile: Equatable {
  let path: String
  /// nil: nothing is kept.
  let folder: String?

  func record(_ session: Session, _ keeping: Keeping?) -> RunRecord? {
    folder.map { RunRecord(session, folder: $0, trouble: keeping?.trouble) }
  }

  /// - Throws: `.io` where another run uses the folder.
  func keeping(_ session: Session, resumes: Bool) throws(Problem) -> Keeping? {
    guard let folder else { return nil }
    return try Keeping(folder, resumes: resumes, in: session.world)
  }

  /// The files that the paths stand for: a folder for all specs in it and in folders within.
  ///
  /// The record of a single file goes to `out` itself where that was asked for; else each has a folder in it, named as
  /// the spec, and for those found in a folder by its way from there.
  ///
  /// - Parameters:
  ///   - out: nil: nothing is kept.
  ///   - isRoot: whether a single file's record has a folder of its own in `out`, too.
  static func all(at paths: [String], out: String?, isRoot: Bool) throws(Problem) -> [SpecFile] {
    var files: [SpecFile] = []
    var taken: Set<String> = []
    for path in paths {
      let isFolder = SpecFolder.isFolder(path)
      for file in try isFolder ? SpecFolder.allFiles(below: path) : [path] {
        guard var folder = out else {
          files.append(SpecFile(path: file, folder: nil))
          continue
        }
        if isRoot || isFolder || paths.count > 1 {
          folder = free(joined(folder, name(of: file, in: isFolder ? path : nil, isRoot)), &taken)
        }
        files.append(SpecFile(path: file, folder: folder))
      }
    }
    return files
  }

  /// Where the report of all specs goes: into the folder that holds their records.
  ///
  /// - Parameter out: nil: none was asked for.
  static func folder(of paths: [String], out: String?) -> String {
    if let out { return out }
    return paths.count == 1 && SpecFolder.isFolder(paths[0])
      ? joined("runs", SpecPath.lastStep(paths[0])) : "runs"
  }

  /// The way to the spec without its ending: from the folder that was given, whose own name comes first where
  /// `isRoot`; else its name alone.
  private static func name(of file: String, in folder: String?, _ isRoot: Bool) -> String {
    let stem = SpecPath.stem(file)
    guard let folder else { return SpecPath.lastStep(stem) }
    let rest = String(stem.dropFirst(folder.count).drop { $0 == "/" })
    return isRoot ? joined(SpecPath.lastStep(folder), rest) : rest
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    if name.isEmpty { return folder }
    if folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The folder, or with a number behind it where two specs have the same name.
  private static func free(_ folder: String, _ taken: inout Set<String>) -> String {
    var name = folder
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(folder)-\(number)"
      number += 1
    }
    return name
  }
}
