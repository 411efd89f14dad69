import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("Text in another language")
struct ForeignTextTests {
  private func diagnostics(_ text: String) -> [Diagnostic] {
    Session([Source(name: "spec", text: text)], in: MemoryWorld()).check().diagnostics
  }

  private func foreign(_ text: String) -> [Diagnostic] {
    diagnostics(text).filter { $0.code == "E0337" }
  }

  /// What the one edit of the one mistake puts in the text's place.
  private func mended(_ text: String) throws -> String {
    let found = diagnostics(text)
    try #require(found.map { $0.code } == ["E0337"], "\(found)")
    return try #require(found[0].edits.first, "\(found[0].help ?? "")").replacement
  }

  @Test(
    "is mended where all of it is understood",
    arguments: [
      (
        "layer {\n  type: \"Convolution\"\n  convolution_param { num_output: 20 kernel_size: 5 }\n}\n",
        "net conv 5 20"
      ),
      (
        "layers { type: \"Pooling\" pooling_param { pool: MAX kernel_size: 2 stride: 2 } }",
        "net maxpool 2 stride 2"
      ),
      (
        "[convolutional]\nfilters=32\nsize=3\nstride=1\npad=1\nactivation=leaky\n",
        "net conv 3 32 stride 1 padding same -> leaky_relu"
      ),
      (
        "model.add(Conv2D(32, (3, 3), activation=\"relu\", padding='same'))",
        "net conv 3x3 32 padding same -> relu"
      ),
      // Keras names the outputs first, PyTorch the inputs.
      ("model.add(Conv2D(32, 3, 2))", "net conv 3 32 stride 2"),
      (
        "net = nn.Sequential(nn.Conv2d(1, 32, 3, 2), nn.ReLU())",
        "net conv 3 1 32 stride 2 -> relu"
      ),
      (
        "model.add(Dense(units=10, use_bias=False))\nmodel.add(BatchNormalization())",
        "net fc 10 bias no -> batchnorm"
      ),
      (
        "net = torch.nn.Sequential(nn.Linear(4, 3), nn.Tanh())\nloss = nn.CrossEntropyLoss()",
        "net fc 4 3 -> tanh -> softmax_ce"
      ),
      ("model.add(Dense(10, activation='softmax'))\nmodel.compile('adam')\n", nil),
      (
        "net:\n- dense 128\n- ReLU\n", "net fc 128 -> relu"
      ),
      (
        "layers:\n- linear: [4, 3]\n- leaky_relu\n- dropout: 0.5\n",
        "net fc 4 3 -> leaky_relu -> dropout 0.5"
      ),
      (
        "model:\n  layers:\n    - dense: {units: 3, activation: relu}\noptimizer:\n  adam:\n    lr: 0.01",
        "net fc 3 -> relu\nsolver adam lr 0.01"
      ),
      (
        "net: fc 4 3 -> relu\ndata: toy moons count 9\ntrain:\n  batch: 3\n",
        "net fc 4 3 -> relu\ndata toy moons count 9\ntrain batch 3"
      ),
      (
        "{ \"net\": [\"fc 4 3 bias no\", \"dropout rate 0.5\"], \"train\": \"epochs 3\" }",
        "net fc 4 3 bias no -> dropout rate 0.5\ntrain epochs 3"
      ),
      ("{\"model\": {\"layers\": [{\"type\": \"dense\", \"units\": 3}]}, \"seed\": 1}", nil),
      (
        "solver:\n  type: sgd\n  learning_rate: 1e-2\n  nesterov: true\n  momentum: .9\n",
        "solver sgd lr 1e-2 nesterov yes momentum 0.9"
      ),
    ] as [(String, String?)])
  func mends(_ text: String, _ expected: String?) throws {
    guard let expected else { return #expect(foreign(text).map { $0.edits.isEmpty } == [true]) }
    #expect(try mended(text) == expected)
  }

  @Test("shows what could be read, and where something is missing")
  func parts() throws {
    let text = """
      inputs = keras.Input(shape=(784,))
      x = layers.Dense(64, activation="relu")(inputs)
      x = layers.Attention()(x)
      outputs = layers.Dense(10)(x)
      """
    let found = try #require(foreign(text).first)
    #expect(found.edits.isEmpty)
    #expect(found.help?.hasSuffix("\n  net fc 64 -> relu -> … -> fc 10") == true)
    let sections = "[net]\nheight=28\nlr=0.1\n[model]\nhidden=3\n[train]\nepochs=3\n"
    let help = try #require(foreign(sections).first?.help)
    #expect(help.hasSuffix("\n  solver sgd lr 0.1\n  train epochs 3"))
  }

  @Test("leaves out nothing in silence: no edit where something isn't understood")
  func partsAreNoEdits() {
    for text in [
      "model.add(Dense(10, kernel_initializer='he_normal'))", "model.add(LSTM(10))",
      "model.add(Dense(10))\nmodel.summary()", "nn.Sequential(nn.Linear(3, 4), Mine())",
      "layer { type: \"Pooling\" pooling_param { pool: AVE kernel_size: 2 } }",
      "[connected]\noutput=3\nactivation=mish", "net:\n  - fc: 3\nextra: 3",
      "net:\n  - fc: many", "{\"net\": [\"attention\"]}", "{\"net\": [", "[net]\nbatch=ten\n",
    ] {
      let found = foreign(text)
      #expect(found.count == 1, "\(text)")
      #expect(found.allSatisfy { $0.edits.isEmpty }, "\(text)")
    }
  }

  @Test("is one mistake, and the statements around it have theirs")
  func statementsAround() {
    let text = """
      data mnist
      solver sgd lr 0.1 momentun 0.9
      model.add(Dense(128))
      model.add(Dense(10))

      # So far.
      train epohcs 3
      model.fit(x, y)
      let unused = 3
      """
    let found = diagnostics(text)
    #expect(found.map { $0.code } == ["E0303", "E0337", "E0303", "E0337"])
    #expect(found[1].edits.map { $0.replacement } == ["net fc 128 -> fc 10"])
  }

  @Test(
    "is not what looks a little like it",
    arguments: [
      "net {relu | tanh}", "layer {relu | tanh}", "net [fc 784 10, relu]", "[relu]", "import mnist",
      "batch_size = 128", "batch: 3\nepochs: 4", "train: epochs 3", "solver: {type: sgd, lr: 0.1}",
      "net: fc 3 -> softmax_ce", "fc 3 ->\n  Dense(4)", "Dense(4) -> ReLU()", "\"solver\": \"sgd\"",
      "let x = Dense(3)", "hidden = Dense(128)", "from mnist", "for each", "if: 3", "data:",
      "net\n  fc: 3", "{ fc 3 }",
      "max_iter: 10", "- train", "train(", "# [net]\n# batch=3\nfc 3, 4",
    ])
  func others(_ text: String) { #expect(foreign(text).isEmpty, "\(diagnostics(text))") }

  @Test("may be hostile")
  func hostile() {
    let deep = String(repeating: "[", count: 5000)
    for text in [
      "{\"a\": \(deep)", "model.add(\(deep.replacing("[", with: "(")))",
      "layer { a " + String(repeating: "{ b ", count: 5000),
      "net:\n" + (1...2000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
      "net:\n" + String(repeating: " - ", count: 2000), "layer { a: \"", "model.add('", "{\"",
      "[net]\n[net]\n[net]", "net:\n -", "net:\n  -:\n", "model.add()", "nn.Sequential()",
      "layer { type: \"\" }", "{\"\": []}", "class A:\n" + deep,
      "nn.Sequential(nn.Linear(99999999999999999999, -1e999))",
    ] {
      let found = diagnostics(text)
      #expect(!found.isEmpty && found.count <= 101, "\(text.prefix(40))")
      let lines = found.compactMap { $0.help }.joined()
      #expect(lines.utf8.count < 20_000)
    }
  }

  @Test("is shown in part where it is long")
  func long() throws {
    let text = "net:\n" + String(repeating: "  - relu\n", count: 500)
    let found = foreign(text)
    #expect(found.count == 1)
    let edit = try #require(found.first?.edits.first)
    #expect(edit.replacement.split(separator: " ").count { $0 == "relu" } == 500)
    #expect(try #require(found.first?.help).hasSuffix("relu -> …"))
  }
}
