import MLPLibrary
import MLPSyntax

/// A spec's text for another folder: the paths in it lead to the same files from there.
enum SpecCopy {
  /// - Parameters:
  ///   - text: a spec without mistakes.
  ///   - world: knows where the paths begin now.
  ///   - folder: where the copy will lie, as the user gave it.
  static func text(_ text: String, from world: any World, to folder: String) -> String {
    var spec = Parser.parse(Source(name: "", text: text), index: 0).spec
    for index in spec.statements.indices where spec.statements[index].keyword == .data {
      for link in spec.statements[index].body.links.indices {
        relocate(&spec.statements[index].body.links[link].items) { path in
          relocated(world.location(of: path), to: folder, world.currentFolder)
        }
      }
    }
    return Printer.print(spec)
  }

  private static func relocate(_ items: inout [Item], _ path: (String) -> String) {
    for index in items.indices.dropFirst() {
      guard case .word(let name) = items[index - 1].kind, pathSettings.contains(name),
        case .text(let text) = items[index].kind
      else { continue }
      items[index].kind = .text(path(text))
    }
  }

  /// The settings whose value is a path.
  private static let pathSettings = Set(
    Catalogue.entries(in: .data).flatMap { entry in
      entry.schema.settings.compactMap { setting in
        if case .text = setting.kind { setting.name } else { nil }
      }
    })

  /// A path from the current folder, as it is reached from `folder`.
  private static func relocated(_ path: String, to folder: String, _ current: String?) -> String {
    if path.hasPrefix("/") { return path }
    let steps = folder.split(separator: "/").filter { $0 != "." }
    guard !folder.hasPrefix("/"), !steps.contains("..") else {
      return current.map { $0 + "/" + path } ?? path
    }
    return String(repeating: "../", count: steps.count) + path
  }
}
