/// The names of specs in their paths.
package enum SpecPath {
  private static let ending = ".mlp"

  /// The path without a spec's ending.
  package static func stem(_ path: String) -> String {
    path.hasSuffix(ending) && lastStep(path) != ending ? String(path.dropLast(ending.count)) : path
  }

  /// The path's last step that is a name; empty where there is none.
  package static func lastStep(_ path: String) -> String {
    let name = path.split(separator: "/").last { $0 != "." } ?? ""
    return name == ".." ? "" : String(name)
  }
}
