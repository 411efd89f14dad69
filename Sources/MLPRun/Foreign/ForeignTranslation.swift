import MLPLibrary
import MLPSyntax

/// What a text of another language says, in this one.
struct ForeignTranslation {
  private var links: [String] = []
  private var statements: [(keyword: Keyword, text: String)] = []
  /// Whether all of it is said, and the same.
  private(set) var isWhole = true

  /// Networks with more layers are shown in part.
  private static let maximumLinks = 24
  /// Stands for layers that nobody knows.
  private static let gap = "…"

  init(_ text: ForeignText) {
    switch text.language {
    case .caffe: readCaffe(text.text)
    case .caffeSolver: readCaffeSolver(text.text)
    case .darknet, .sections: readSections(text.lines)
    case .json:
      var reader = ForeignReader(text.text)
      if let value = reader.value(), reader.isAtEnd { readDocument(value) } else { isWhole = false }
    case .python: readPython(text.text)
    case .yaml: readDocument(ForeignYAML.value(of: text.lines))
    }
    if links.isEmpty && statements.isEmpty { isWhole = false }
  }

  /// Whether any layer is known.
  var hasNetwork: Bool { links.contains { $0 != Self.gap } }

  /// The statements, one a line, the network first.
  ///
  /// - Parameter isCut: whether only the beginning of a long network is there.
  func lines(isCut: Bool) -> [String] {
    var lines: [String] = []
    if hasNetwork {
      let isLong = isCut && links.count > Self.maximumLinks
      let shown = isLong ? links.prefix(Self.maximumLinks) + [Self.gap] : links[...]
      lines.append("net " + shown.joined(separator: " -> "))
    }
    for keyword in [Keyword.`init`, .data, .solver, .train, .expect] {
      lines += statements.filter { $0.keyword == keyword }.map { "\(keyword.rawValue) \($0.text)" }
    }
    return lines
  }

  // MARK: Parts

  private mutating func leaveOut() { isWhole = false }

  private mutating func add(_ call: ForeignCall) {
    guard let layer = ForeignLayer(call) else {
      if links.last != Self.gap { links.append(Self.gap) }
      return leaveOut()
    }
    links += layer.links
    if !layer.isWhole { leaveOut() }
  }

  /// A statement whose settings are known by name.
  private mutating func add(
    _ keyword: Keyword, subject: String? = nil, _ settings: [(String, ForeignValue)]
  ) {
    let words = ForeignSettings(keyword, subject: subject, settings)
    if !words.isWhole { leaveOut() }
    guard !words.text.isEmpty else { return }
    let known = statements.firstIndex { $0.keyword == keyword && keyword != .expect }
    if let known {
      leaveOut()
      if subject == nil { statements[known].text += " " + words.text }
    } else {
      statements.append((keyword, words.text))
    }
  }

  /// A loss that is named beside the network.
  private mutating func end(with loss: ForeignValue?) {
    guard let loss else { return }
    let name = loss.text ?? loss.call?.name ?? ""
    guard let ours = Catalogue.ours(name, in: [.loss]) else { return leaveOut() }
    if loss.call?.arguments.isEmpty == false { leaveOut() }
    if ours == "softmax_ce", links.last == "softmax" { links.removeLast() }
    if links.last != ours { links.append(ours) }
  }
}

// MARK: - Caffe and darknet

extension ForeignTranslation {
  private mutating func readCaffe(_ text: String) {
    var reader = ForeignReader(text)
    guard let file = reader.map(closedBy: nil) else { return leaveOut() }
    for member in file.members {
      guard member.name.hasPrefix("layer"), let type = member.value["type"]?.text else {
        if member.name != "name" { leaveOut() }
        continue
      }
      add(ForeignCall([type], Self.arguments(of: member.value)))
    }
  }

  /// The settings of a layer and those of the blocks in it.
  private static func arguments(of layer: ForeignValue) -> [ForeignCall.Argument] {
    layer.members.flatMap { member -> [ForeignCall.Argument] in
      if ["name", "type", "top", "bottom"].contains(member.name) { return [] }
      guard member.name.hasSuffix("_param") else {
        return [ForeignCall.Argument(name: member.name, value: member.value)]
      }
      return member.value.members.map { ForeignCall.Argument(name: $0.name, value: $0.value) }
    }
  }

  private mutating func readCaffeSolver(_ text: String) {
    var reader = ForeignReader(text)
    guard let file = reader.map(closedBy: nil) else { return leaveOut() }
    let type = file["type"]?.text ?? file["solver_type"]?.text ?? "sgd"
    let settings = file.members.filter { !["type", "solver_type"].contains($0.name) }
    add(.solver, subject: type, settings.map { ($0.name, $0.value) })
    // Its rate falls or its end comes in another way.
    leaveOut()
  }

  private mutating func readSections(_ lines: ArraySlice<ForeignLines.Line>) {
    var name: String?
    var settings: [(String, ForeignValue)] = []
    for line in lines {
      if let section = line.section {
        if let name { addSection(name, settings) }
        (name, settings) = (section, [])
      } else if line.isAssignment {
        let value = line.tail.dropFirst()
        settings.append((String(line.head), ForeignReader.value(of: value) ?? .text("")))
      } else {
        leaveOut()
      }
    }
    if let name { addSection(name, settings) }
    // darknet's softmax brings its loss.
    if links.last == "softmax" { links[links.count - 1] = "softmax_ce" }
  }

  private mutating func addSection(_ name: String, _ settings: [(String, ForeignValue)]) {
    if name == "cost" { return }
    guard let keyword = Keyword(ours: name) else {
      return add(
        ForeignCall([name], settings.map { ForeignCall.Argument(name: $0.0, value: $0.1) }))
    }
    guard keyword == .net else {
      return addStatement(keyword, .map(settings.map { .init(name: $0.0, value: $0.1) }))
    }
    // darknet's first section is about the training.
    addByOwner(settings)
  }

  /// Each setting to the statement that has it.
  private mutating func addByOwner(_ settings: [(String, ForeignValue)]) {
    let train = settings.filter { Catalogue.hasSetting($0.0, of: "train") }
    let solver = settings.filter {
      Catalogue.hasSetting($0.0, of: "solver") || Catalogue.hasSetting($0.0, of: "sgd")
    }
    if !solver.isEmpty { add(.solver, subject: "sgd", solver) }
    if !train.isEmpty { add(.train, train) }
    if solver.count + train.count < settings.count { leaveOut() }
  }
}

// MARK: - JSON and YAML

extension ForeignTranslation {
  private mutating func readDocument(_ document: ForeignValue?) {
    guard let document else { return leaveOut() }
    for member in document.members {
      guard let keyword = Keyword(ours: member.name) else {
        leaveOut()
        continue
      }
      if keyword == .net { readLayers(member.value) } else { addStatement(keyword, member.value) }
    }
    if document.members.isEmpty { readLayers(document) }
  }

  private mutating func readLayers(_ layers: ForeignValue) {
    if let text = layers.text, isOurs(text, in: .net) { return links.append(text) }
    // `model: {layers: […]}`
    let inner = layers.members.map { $0.value }.filter {
      if case .list = $0 { true } else { false }
    }
    if layers.members.count != inner.count || inner.count > 1 { leaveOut() }
    guard case .list(let layers) = inner.first ?? layers else { return leaveOut() }
    for layer in layers {
      switch layer {
      case .text(let text):
        if isOurs(text, in: .net) {
          links.append(text)
        } else {
          let words = text.split(separator: " ").map { String($0) }
          add(
            ForeignCall(
              Array(words.prefix(1)),
              words.dropFirst().map { ForeignCall.Argument(name: nil, value: .text($0)) }))
        }
      case .call(let call): add(call)
      case .map(let members): add(Self.call(of: members))
      case .list: leaveOut()
      }
    }
  }

  /// Whether a text begins as a part of a statement of this language does: it is taken as it is.
  private func isOurs(_ text: String, in keyword: Keyword) -> Bool {
    let head = String(text.prefix { $0 != " " })
    if !text.utf8.allSatisfy({ $0 >= 0x20 && !"#\"".utf8.contains($0) }) { return false }
    if keyword == .train {
      return Catalogue.statements.contains { $0.word == "train" && $0.setting(head) != nil }
    }
    return Category.allCases.contains {
      $0.keyword == keyword && $0 != .schedule && Catalogue.entry(head, in: $0) != nil
    }
  }

  /// `fc: 128`, `fc: [784, 128]`, `fc: {units: 128}`, or `type: fc` with its settings beside it.
  private static func call(of members: [ForeignValue.Member]) -> ForeignCall {
    let labels = ["type", "class", "class_name", "kind", "layer"]
    if let label = members.first(where: { labels.contains($0.name) }), let name = label.value.text {
      let rest = members.filter { $0.name != label.name && $0.name != "name" }
      return ForeignCall(
        [name], rest.map { ForeignCall.Argument(name: $0.name, value: $0.value) })
    }
    guard let first = members.first else { return ForeignCall([""]) }
    let rest = members.dropFirst().map { ForeignCall.Argument(name: $0.name, value: $0.value) }
    if case .map(let settings) = first.value {
      return ForeignCall(
        [first.name], settings.map { ForeignCall.Argument(name: $0.name, value: $0.value) } + rest)
    }
    let values = first.value.elements.filter { $0.text?.isEmpty != true }
    return ForeignCall(
      [first.name], values.map { ForeignCall.Argument(name: nil, value: $0) } + rest)
  }

  /// `mnist`, `{type: sgd, lr: 0.1}`, `{sgd: {lr: 0.1}}`, `{batch: 100}`
  private mutating func addStatement(_ keyword: Keyword, _ value: ForeignValue) {
    let isHeaded = keyword != .train && keyword != .expect
    switch value {
    case .text(let text) where text.contains(" ") && isOurs(text, in: keyword):
      statements.append((keyword, text))
    case .text(let text) where isHeaded: add(keyword, subject: text, [])
    case .map(let members) where !isHeaded: add(keyword, members.map { ($0.name, $0.value) })
    case .map(let members):
      let labels = ["type", "class", "class_name", "kind", "name", keyword.rawValue]
      if let label = members.first(where: { labels.contains($0.name) }), let head = label.value.text
      {
        let rest = members.filter { $0.name != label.name }
        return add(keyword, subject: head, rest.map { ($0.name, $0.value) })
      }
      guard members.count == 1, case .map(let settings) = members[0].value else {
        return leaveOut()
      }
      add(keyword, subject: members[0].name, settings.map { ($0.name, $0.value) })
    default: leaveOut()
    }
  }
}

// MARK: - Python

extension ForeignTranslation {
  private mutating func readPython(_ text: String) {
    for statement in ForeignPython.statements(of: text) {
      if statement.hasPrefix("import ") || statement.hasPrefix("from ") { continue }
      guard let call = ForeignPython.call(in: statement) else {
        leaveOut()
        continue
      }
      readPython(call)
    }
  }

  private mutating func readPython(_ call: ForeignCall) {
    if call.isApplied {
      // On what, nobody looks.
      leaveOut()
      return add(call)
    }
    switch call.name {
    case "Sequential":
      let parts = call.values.flatMap { $0.elements }
      for part in parts { if let layer = part.call { add(layer) } else { leaveOut() } }
    case "add" where call.values.count == 1:
      if let layer = call.values[0].call { add(layer) } else { leaveOut() }
    case "compile":
      if let solver = call["optimizer"] { addSolver(solver) }
      end(with: call["loss"])
      let known = ["optimizer", "loss", "metrics"]
      if call.arguments.contains(where: { $0.name.map { !known.contains($0) } ?? true }) {
        leaveOut()
      }
    case "fit":
      let settings = call.arguments.compactMap { argument in
        argument.name.map { ($0, argument.value) }
      }
      // Which samples they are isn't known.
      leaveOut()
      add(.train, settings)
    case _ where Catalogue.ours(call.name, in: [.solver]) != nil: addSolver(.call(call))
    case _ where Catalogue.ours(call.name, in: [.loss]) != nil && !links.isEmpty:
      end(with: .call(call))
    default: leaveOut()
    }
  }

  private mutating func addSolver(_ solver: ForeignValue) {
    if let name = solver.text { return add(.solver, subject: name, []) }
    guard let call = solver.call else { return leaveOut() }
    let settings = call.arguments.compactMap { argument in
      argument.name.map { ($0, argument.value) }
    }
    add(.solver, subject: call.name, settings)
  }
}

extension ForeignValue {
  fileprivate subscript(name: String) -> ForeignValue? {
    members.first { $0.name == name }?.value
  }
}

extension Keyword {
  /// The statement that is called so, here or in another framework.
  fileprivate init?(ours word: String) {
    let folded = word.lowercased()
    guard
      let keyword = Keyword(rawValue: folded)
        ?? Catalogue.foreignWords[folded].flatMap({
          Keyword(rawValue: $0)
        }), keyword != .let
    else { return nil }
    self = keyword
  }
}
