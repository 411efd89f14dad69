import MLPLibrary
import MLPTensor

/// Writes a model as a program in Python that needs NumPy alone, to be read, and its weights as `.npz` beside it.
struct NumPyProgram {
  private let chain: ExportChain
  /// The weights' file, beside the program.
  private let weights: String
  private var lines: [String] = []

  private init(_ chain: ExportChain, weights: String) {
    self.chain = chain
    self.weights = weights
  }

  static func text(_ chain: ExportChain, weights: String) -> String {
    var program = NumPyProgram(chain, weights: weights)
    program.write()
    return program.lines.map { $0 + "\n" }.joined()
  }

  private mutating func write() {
    writeHead()
    if uses({
      if case .convolution = $0 { true } else if case .maximum = $0 { true } else { false }
    }) {
      lines += Self.windows
    }
    if uses({ if case .convolution = $0 { true } else { false } }) { lines += Self.convolution }
    if uses({ if case .maximum = $0 { true } else { false } }) { lines += Self.maximum }
    if uses({ if case .softmax = $0 { true } else { false } }) || chain.ending == .softmax {
      lines += Self.softmax
    }
    if uses({ if case .activation(.sigmoid) = $0 { true } else { false } })
      || chain.ending == .sigmoidPair
    {
      lines += Self.sigmoid
    }
    writeNetwork()
    writeEnding()
    lines += Self.main
  }

  private func uses(_ isWanted: (ExportChain.Operation) -> Bool) -> Bool {
    chain.steps.contains { isWanted($0.operation) }
  }

  // MARK: Head

  private mutating func writeHead() {
    lines += [
      "#!/usr/bin/env python3",
      "# A network trained by mlpc \(chain.model.file.provenance.version.pythonComment):", "#",
    ]
    // The model's file may be anybody's: none of its text may end a comment.
    for line in chain.model.file.provenance.spec.split(separator: "\n") {
      lines.append("#   \(String(line).pythonComment)")
    }
    lines += [
      "#", "# Its weights' hash: \(chain.model.file.weightsHash). They are in the file",
      "# \(weights.pythonComment) beside this program.", "import os", "import sys", "",
      "import numpy as np", "", "_here = os.path.dirname(os.path.abspath(__file__))",
      "W = np.load(os.path.join(_here, \(weights.pythonText)))", "",
    ]
  }

  // MARK: The network

  private mutating func writeNetwork() {
    lines += [
      "", "def outputs(x):",
      "    \"\"\"The network's outputs. x: [samples, \(chain.inputs)], numbers as the data have them.\"\"\"",
      "    x = np.asarray(x)",
    ]
    lines += scaling.map { "    " + $0 }
    for step in chain.steps {
      lines.append("    # \(step.text.pythonComment)")
      lines += Self.lines(step).map { "    " + $0 }
    }
    lines += ["    return x", ""]
  }

  private var scaling: [String] {
    switch chain.scaling {
    case .raw: ["x = x.astype(np.float32)"]
    case .unit: ["x = x.astype(np.float32) / np.float32(255)"]
    case .centered: ["x = (x.astype(np.float32) - np.float32(128)) / np.float32(255)"]
    case .ownMean:
      [
        "x = x.astype(np.float32) / np.float32(255)",
        "x = x - x.mean(axis=1, keepdims=True, dtype=np.float64).astype(np.float32)",
      ]
    case .standard:
      [
        "x = (x.astype(np.float64) - W[\"scaling.mean\"]) * W[\"scaling.inverse_deviation\"]",
        "x = x.astype(np.float32)",
      ]
    }
  }

  private static func lines(_ step: ExportChain.Step) -> [String] {
    func weight(_ name: String) -> String { "W[\"\(step.name).\(name)\"]" }
    func sizes(_ shape: Shape) -> String { shape.sizes.map { String($0) }.joined(separator: ", ") }
    switch step.operation {
    case .dense(_, let bias):
      return ["x = x @ \(weight("weight"))" + (bias == nil ? "" : " + \(weight("bias"))")]
    case .activation(let activation): return [line(activation)]
    case .softmax: return ["x = softmax(x)"]
    case .normalisation(let normalisation):
      let normalised = [
        "x = (x - \(weight("running_mean"))) / np.sqrt(\(weight("running_variance")) + np.float32(\(Float(normalisation.epsilon))))",
        "x = x * \(weight("scale")) + \(weight("shift"))",
      ]
      guard let shape = normalisation.picture else { return normalised }
      return ["x = x.reshape(-1, \(shape.sizes[2]))"] + normalised + [
        "x = x.reshape(-1, \(shape.count))"
      ]
    case .convolution(let window, _, let bias):
      let (before, after) = (window.before, window.after)
      return [
        "x = x.reshape(-1, \(sizes(step.input)))",
        "x = np.pad(x, ((0, 0), (\(before.height), \(after.height)), (\(before.width), \(after.width)), (0, 0)))",
        "x = convolve(x, \(weight("weight")), (\(window.stride.height), \(window.stride.width)))"
          + (bias == nil ? "" : " + \(weight("bias"))"),
        "x = x.reshape(-1, \(step.output.count))",
      ]
    case .maximum(let window):
      return [
        "x = x.reshape(-1, \(sizes(step.input)))",
        "x = maximum(x, (\(window.kernel.height), \(window.kernel.width)), (\(window.stride.height), \(window.stride.width)))",
        "x = x.reshape(-1, \(step.output.count))",
      ]
    }
  }

  private static func line(_ activation: Activation) -> String {
    switch activation {
    case .identity: "pass"
    case .relu: "x = np.maximum(x, 0)"
    case .leakyRelu(let slope): "x = np.where(x < 0, np.float32(\(slope)) * x, x)"
    case .sigmoid: "x = sigmoid(x)"
    case .tanh: "x = np.tanh(x)"
    }
  }

  private mutating func writeEnding() {
    lines += [
      "", "def probabilities(x):",
      "    \"\"\"How probable each of the \(chain.classes) classes is.\"\"\"",
    ]
    switch chain.ending {
    case .softmax: lines.append("    return softmax(outputs(x))")
    case .sigmoidPair:
      lines += [
        "    o = outputs(x)", "    return np.concatenate([sigmoid(-o), sigmoid(o)], axis=1)",
      ]
    case .clip: lines.append("    return np.clip(outputs(x), 0, 1)")
    }
    lines.append("")
  }

  // MARK: Parts

  private static let windows = [
    "", "def windows(x, size, stride):",
    "    \"\"\"What each output sees: [samples, rows, columns, channels, height, width].\"\"\"",
    "    seen = np.lib.stride_tricks.sliding_window_view(x, size, axis=(1, 2))",
    "    return seen[:, ::stride[0], ::stride[1]]", "",
  ]

  private static let convolution = [
    "", "def convolve(x, weight, stride):",
    "    seen = windows(x, weight.shape[:2], stride)",
    "    return np.einsum(\"nijcab,abco->nijo\", seen, weight, optimize=True)", "",
  ]

  private static let maximum = [
    "", "def maximum(x, size, stride):", "    return windows(x, size, stride).max(axis=(4, 5))", "",
  ]

  private static let softmax = [
    "", "def softmax(x):", "    e = np.exp(x - x.max(axis=1, keepdims=True))",
    "    return e / e.sum(axis=1, keepdims=True)", "",
  ]

  private static let sigmoid = [
    "", "def sigmoid(x):", "    e = np.exp(-np.abs(x))",
    "    return np.where(x < 0, e / (1 + e), 1 / (1 + e))", "",
  ]

  private static let main = [
    "", "if __name__ == \"__main__\":", "    if len(sys.argv) != 2:",
    "        sys.exit(f\"usage: {sys.argv[0]} FILE   (CSV: a sample a row, without header)\")",
    "    rows = np.loadtxt(sys.argv[1], delimiter=\",\", ndmin=2)",
    "    for row in probabilities(rows):",
    "        print(\",\".join([str(int(row.argmax()))] + [repr(float(p)) for p in row]))",
  ]
}

extension String {
  /// Without line ends.
  fileprivate var pythonComment: String {
    String(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : Character($0) })
  }

  /// As a literal of Python.
  fileprivate var pythonText: String { JSON.text(self).line }
}
