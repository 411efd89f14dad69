/// What a line that begins with a colon asks for.
enum ReplCommand: String, CaseIterable, Sendable {
  case train
  case eval
  case show
  case set
  case drop
  case undo
  case redo
  case fresh
  case compare
  case plot
  case weights
  case save
  case load
  case explain
  case help
  case quit

  /// What stands behind the name.
  var argument: String {
    switch self {
    case .train: "[EPOCHS]"
    case .set: "[STATEMENT] SETTING VALUE…"
    case .drop: "STATEMENT|NAME"
    case .plot: "[loss|accuracy]"
    case .weights: "[PICTURES]"
    case .save, .load: "FILE"
    case .explain: "CODE"
    case .help: "[WORD]"
    default: ""
    }
  }

  var usage: String { ":" + rawValue + (argument.isEmpty ? "" : " " + argument) }

  var help: String {
    switch self {
    case .train: "trains, 1 epoch if no number is said, and goes on from the present weights"
    case .eval: "measures the present weights on all sets, and judges what is expected"
    case .show: "the spec as it is now"
    case .set: "a setting wherever it belongs, as 'run --with' does it"
    case .drop: "takes a statement or a name out; ':drop expect train loss' one of several"
    case .undo: "takes the last change of the spec back"
    case .redo: "does again what was undone"
    case .fresh: "begins anew with untrained weights"
    case .compare: "the networks tried in this session side by side"
    case .plot: "loss and accuracy by epoch"
    case .weights:
      "what each layer's parameters are like; first-layer weights of images as pictures"
    case .save: "writes the spec to a file"
    case .load: "takes a file's spec"
    case .explain: "what a diagnostic's code means"
    case .help: "this, or a word's settings, defaults and formula"
    case .quit: "ends; Ctrl-D does so too"
    }
  }

  /// - Parameter name: without its colon; the beginning is enough where only one command begins so.
  /// - Returns: nil where it is none, or could be several.
  init?(_ name: some StringProtocol) {
    if name == "exit" { self = .quit; return }
    if let command = ReplCommand(rawValue: String(name)) { self = command; return }
    let candidates = Self.allCases.filter { $0.rawValue.hasPrefix(name) }
    guard !name.isEmpty, candidates.count == 1 else { return nil }
    self = candidates[0]
  }
}
