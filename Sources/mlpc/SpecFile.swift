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

  /// Whether its record, which has a `spec.mlp`, would replace it.
  var replacesItself: Bool {
    guard let folder, let name = path.split(separator: "/").last else { return false }
    return (name == "spec.mlp" || name.hasPrefix("spec-"))
      && SpecFolder.isSame(DiskWorld.folder(of: path), folder)
  }

  /// - Parameter trouble: says what can't be written, of all specs.
  func keeping(_ session: Session, resumes: Bool, _ trouble: WritingTrouble) -> Keeping? {
    folder.map { Keeping($0, resumes: resumes, in: session.world, trouble: trouble) }
  }

  /// The files that the paths stand for: a folder for all specs in it and in folders within.
  ///
  /// The record of a single file goes to `out` itself where that was asked for; else each has a folder in it, named as
  /// the spec. Those found in a folder are named by their way from there, which begins with that folder's own name
  /// where there are other paths, too. Of specs that still have the same name, the first keeps it, and the others
  /// have the next number behind it that makes a name of its own.
  ///
  /// - Parameters:
  ///   - out: nil: nothing is kept.
  ///   - isRoot: whether a single file's record has a folder of its own in `out`, too.
  static func all(at paths: [String], out: String?, isRoot: Bool) throws(Problem) -> [SpecFile] {
    var files: [SpecFile] = []
    for path in paths {
      let isFolder = SpecFolder.isFolder(path)
      let isNamed = isRoot || paths.count > 1
      for file in try isFolder ? SpecFolder.allFiles(below: path) : [path] {
        let name = isFolder || isNamed ? name(of: file, in: isFolder ? path : nil, isNamed) : ""
        files.append(SpecFile(path: file, folder: out.map { joined($0, name) }))
      }
    }
    return out == nil ? files : numbered(files)
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
  /// `isNamed`; else its name alone.
  private static func name(of file: String, in folder: String?, _ isNamed: Bool) -> String {
    let stem = SpecPath.stem(file)
    guard let folder else { return SpecPath.lastStep(stem) }
    let rest = String(stem.dropFirst(folder.count).drop { $0 == "/" })
    return isNamed ? joined(SpecPath.lastStep(folder), rest) : rest
  }

  private static func joined(_ folder: String, _ name: String) -> String {
    if name.isEmpty { return folder }
    if folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// The files, each with a folder of its own: the first of a name keeps it.
  private static func numbered(_ files: [SpecFile]) -> [SpecFile] {
    let wanted = Set(files.compactMap { $0.folder })
    var taken: Set<String> = []
    return files.map { file in
      guard let folder = file.folder, !taken.insert(folder).inserted else { return file }
      var (name, number) = (folder, 1)
      repeat {
        number += 1
        name = "\(folder)-\(number)"
      } while wanted.contains(name) || !taken.insert(name).inserted
      return SpecFile(path: file.path, folder: name)
    }
  }
}
