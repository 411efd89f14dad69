import MLPLibrary
import MLPSyntax
import MLPTensor

extension Checker {
  /// The network of the last `net` statement; nil after a mistake.
  mutating func net(
    _ expansion: inout Expansion, data: CheckedData?
  ) -> (checked: CheckedNet, explicit: String)? {
    guard let statement = statements.single[.net]?.last else { return nil }
    guard !statement.body.links.isEmpty else {
      diagnostics.append(.emptyStatement(.net, at: statement.span))
      return nil
    }
    guard let links = expansion.links(ofNet: statement),
      let words = words(of: links), let last = words.last
    else { return nil }
    guard let loss = last.entry as? any Loss else {
      diagnostics.append(.missingLoss(at: statement.span, behind: last.link))
      return nil
    }
    guard data != nil || !statements.has(.data), let input = input(of: words, data: data),
      let layers = place(words.dropLast(), from: input, data: data, expansion.combination)
    else { return nil }
    let network = Network(layers: layers, loss: loss, words: words, input: input)
    return finish(network, data: data, expansion.combination)
  }

  /// A link's word with its settings.
  struct Word {
    let entry: any Entry
    let reading: Reading
    let link: Link
  }

  private mutating func words(of links: [Link]) -> [Word]? {
    if let fault = Diagnostic.onlySizes(links) {
      diagnostics.append(fault)
      return nil
    }
    var words: [Word] = []
    let before = diagnostics.count
    for (index, link) in links.enumerated() where diagnostics.count <= Diagnostic.limit {
      let previous = index > 0 ? links[index - 1] : nil
      let next = index + 1 < links.count ? links[index + 1] : nil
      // The loss behind it has the message for both.
      if link.isLogSoftmax, next?.isSoftmaxLoss == true { continue }
      if let word = word(of: link, behind: previous, before: next) { words.append(word) }
    }
    return diagnostics.count == before ? words : nil
  }

  private mutating func word(
    of link: Link, behind previous: Link?, before next: Link?
  ) -> Word? {
    let head = link.items[0]
    guard case .word(let name) = head.kind else {
      diagnostics.append(.layerExpected(link, behind: previous))
      return nil
    }
    guard let type = Catalogue.entry(name, in: .layer) ?? Catalogue.entry(name, in: .loss) else {
      diagnostics.append(
        .unknownLayer(link, head: name, behind: previous, names: statements.names))
      return nil
    }
    if let next, Catalogue.entry(name, in: .layer) == nil {
      if !next.isMeasure { diagnostics.append(.lossInside(name, at: link.span)) }
      return nil
    }
    let items = Array(link.items.dropFirst())
    guard let reading = read(items, type.schema, at: head.span), let entry = make(reading)
    else { return nil }
    return Word(entry: entry, reading: reading, link: link)
  }

  // MARK: Shapes

  /// What comes in: as the data are, or as the first layer says that knows.
  private mutating func input(of words: [Word], data: CheckedData?) -> Shape? {
    if let shape = data?.source.sampleShape { return shape }
    let first = words.firstIndex { $0.tellsInput } ?? 0
    guard let given = (words[first].entry as? any Layer)?.expectedInput,
      words[..<first].allSatisfy({ $0.keeps(given) })
    else {
      diagnostics.append(
        .unknownInputSize(
          at: words[first].link.span, word: words[first].reading.schema.word, data: data?.word))
      return nil
    }
    return given
  }

  private mutating func place(
    _ words: some Sequence<Word>, from input: Shape, data: CheckedData?, _ combination: String?
  ) -> [PlacedLayer]? {
    var shape = input
    var layers: [PlacedLayer] = []
    for word in words {
      guard let layer = word.entry as? any Layer else { return nil }
      do throws(Problem) {
        let output = try layer.output(for: shape)
        layers.append(
          PlacedLayer(
            layer: layer.fitted(to: shape), input: shape, output: output,
            parameters: layer.parameters(for: shape),
            text: Printer.text(of: Chain([word.link], word.link.span)), span: word.link.span))
        shape = output
      } catch {
        let label = label(for: layers.last, shape, data)
        diagnostics.append(
          .shapeClash(
            error, at: word.reading.place(of: error.setting), source: label,
            combination: combination))
        return nil
      }
    }
    return layers
  }

  /// Where the numbers come from that didn't fit.
  private func label(for layer: PlacedLayer?, _ shape: Shape, _ data: CheckedData?)
    -> Diagnostic.Label?
  {
    if let layer { return Diagnostic.Label(layer.span, "gives \(shape)") }
    return data.map { Diagnostic.Label($0.reading.span, "gives \(shape)") }
  }

  /// A chain whose shapes fit.
  private struct Network {
    let layers: [PlacedLayer]
    let loss: any Loss
    let words: [Word]
    let input: Shape

    var lossWord: String { type(of: loss).schema.word }
    var lossSpan: Span { words[words.count - 1].link.span }
    var outputs: Int { (layers.last?.output ?? input).count }
    /// The layer that decides how many outputs there are, or else the loss.
    var outputSpan: Span { layers.last { $0.layer is Fc }?.span ?? lossSpan }
  }

  private mutating func finish(
    _ network: Network, data: CheckedData?, _ combination: String?
  ) -> (checked: CheckedNet, explicit: String)? {
    let before = diagnostics.count
    guard let classes = classes(of: network, data: data, combination) else { return nil }
    let net = CheckedNet(
      input: network.input, layers: network.layers, loss: network.loss, lossSpan: network.lossSpan,
      classes: classes)
    if net.parameterCount > Limits.parameters {
      diagnostics.append(.tooManyParameters(net.parameterCount, at: largest(of: net.layers)))
    }
    if net.parameterCount == 0 {
      diagnostics.append(.nothingToTrain(at: network.words[0].link.span))
    }
    guard diagnostics.count == before else { return nil }
    return (net, ExplicitText.chain(network.words.map { $0.reading }, network.layers))
  }

  /// How many classes the network tells apart: enough for the data.
  private mutating func classes(
    of network: Network, data: CheckedData?, _ combination: String?
  ) -> Int? {
    let classes: Int
    do throws(Problem) {
      classes = try network.loss.classes(forOutputs: network.outputs)
    } catch {
      let label = label(for: network.layers.last, Shape(network.outputs), data)
      diagnostics.append(
        .shapeClash(error, at: network.lossSpan, source: label, combination: combination))
      return nil
    }
    guard let data, let known = data.knownClasses, known > classes else { return classes }
    let help =
      network.loss is BinaryCe
      ? "end the chain with 'fc \(known) -> softmax_ce'" : "let the last fc have \(known) outputs"
    diagnostics.append(
      .outputsAndClasses(
        outputs: classes, data: data, classes: known, at: network.outputSpan, help: help))
    return nil
  }

  private func largest(of layers: [PlacedLayer]) -> Span {
    let counts = layers.map { $0.trainedCount }
    let index = counts.firstIndex(of: counts.max() ?? 0) ?? 0
    return layers[index].span
  }
}

extension Checker.Word {
  /// Whether it says how large its input is, or should.
  fileprivate var tellsInput: Bool {
    reading.schema.setting("in") != nil || (entry as? any Layer)?.expectedInput != nil
  }

  /// Whether it is a layer that leaves numbers of this shape in their shape.
  fileprivate func keeps(_ shape: Shape) -> Bool {
    guard let layer = entry as? any Layer, let output = try? layer.output(for: shape)
    else { return false }
    return output == shape
  }
}

extension CheckedData {
  /// The number of classes, where it is known before the data are read.
  var knownClasses: Int? { preparation.randomLabels ?? source.classes }

  /// Why the training set can't be divided as the text says, where its size is known.
  var partitionProblem: Problem? {
    guard let total = source.counts?.train else { return nil }
    var rest = total
    if case .last(let amount) = preparation.validation {
      rest -= amount.of(total)
      guard rest > 0 else {
        return Problem(
          "'validation' takes \(Format.grouped(amount.of(total))) of \(Format.grouped(total)) "
            + "training samples and leaves none to train on", setting: "validation")
      }
    }
    guard case .count(let first)? = preparation.first, first > rest else { return nil }
    return Problem(
      "the first \(Format.grouped(first)) training samples are asked for, but there are "
        + Format.grouped(rest), setting: "first")
  }
}

extension Link {
  private var head: String? {
    if case .word(let word)? = items.first?.kind { word.lowercased() } else { nil }
  }

  /// Whether it is the layer that other frameworks have before a loss of their own.
  fileprivate var isLogSoftmax: Bool {
    items.count == 1 && (head == "log_softmax" || head == "logsoftmax")
  }

  /// Whether it is another framework's word for the loss over a softmax.
  fileprivate var isSoftmaxLoss: Bool {
    head.map { Catalogue.foreignWords[$0] == "softmax_ce" || $0 == "softmax_ce" } ?? false
  }

  /// Whether it names what is measured, which is no link.
  fileprivate var isMeasure: Bool {
    head.map { ["accuracy", "acc", "loss", "metric", "metrics", "argmax"].contains($0) } ?? false
  }
}
