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
    guard let links = expansion.links(of: statement.body),
      let words = words(of: links), let last = words.last
    else { return nil }
    guard let loss = last.entry as? any Loss else {
      diagnostics.append(.missingLoss(at: last.link.span))
      return nil
    }
    guard let input = input(of: words[0], data: data),
      let layers = place(words.dropLast(), from: input, data: data)
    else { return nil }
    return finish(layers, loss, words, input: input, data: data)
  }

  /// A link's word with its settings.
  struct Word {
    let entry: any Entry
    let reading: Reading
    let link: Link
  }

  private mutating func words(of links: [Link]) -> [Word]? {
    var words: [Word] = []
    let before = diagnostics.count
    for (index, link) in links.enumerated() {
      if let word = word(of: link, isLast: index == links.count - 1) { words.append(word) }
    }
    return diagnostics.count == before ? words : nil
  }

  private mutating func word(of link: Link, isLast: Bool) -> Word? {
    let head = link.items[0]
    guard case .word(let name) = head.kind else {
      diagnostics.append(.wordExpected("a layer", found: head))
      return nil
    }
    guard let type = Catalogue.entry(name, in: .layer) ?? Catalogue.entry(name, in: .loss) else {
      diagnostics.append(.unknownWord(name, "layer", at: head.span, mend: mend(name)))
      return nil
    }
    if !isLast, Catalogue.entry(name, in: .layer) == nil {
      diagnostics.append(.lossInside(name, at: link.span))
      return nil
    }
    let items = Array(link.items.dropFirst())
    guard let reading = read(items, type.schema, at: head.span), let entry = make(reading)
    else { return nil }
    return Word(entry: entry, reading: reading, link: link)
  }

  private func mend(_ name: String) -> Mend? {
    let words = (Catalogue.entries(in: .layer) + Catalogue.entries(in: .loss)).map {
      $0.schema.word
    }
    return Suggestion.mend(name, among: words + Keyword.allCases.map { $0.rawValue })
  }

  // MARK: Shapes

  /// What comes in: as the first layer says, or as the data are.
  private mutating func input(of first: Word, data: CheckedData?) -> Shape? {
    let given = (first.entry as? any Layer)?.expectedInput
    if let shape = data?.source.sampleShape { return Shape(shape.count) }
    if given == nil {
      diagnostics.append(
        .unknownInputSize(of: first.reading.schema.word, at: first.link.span, data: data?.word))
    }
    return given
  }

  private mutating func place(
    _ words: some Sequence<Word>, from input: Shape, data: CheckedData?
  ) -> [PlacedLayer]? {
    var shape = input
    var layers: [PlacedLayer] = []
    for word in words {
      guard let layer = word.entry as? any Layer else { return nil }
      do throws(Problem) {
        let output = try layer.output(for: shape)
        layers.append(
          PlacedLayer(
            layer: layer, input: shape, output: output, parameters: layer.parameters(for: shape),
            text: Printer.text(of: Chain([word.link], word.link.span)), span: word.link.span))
        shape = output
      } catch {
        let label = label(for: layers.last, shape, data)
        diagnostics.append(
          .shapeClash(error, at: word.reading.place(of: error.setting), source: label))
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

  private mutating func finish(
    _ layers: [PlacedLayer], _ loss: any Loss, _ words: [Word], input: Shape, data: CheckedData?
  ) -> (checked: CheckedNet, explicit: String)? {
    guard let last = words.last else { return nil }
    let before = diagnostics.count
    let outputs = (layers.last?.output ?? input).count
    var classes = 0
    do throws(Problem) {
      classes = try loss.classes(forOutputs: outputs)
    } catch {
      diagnostics.append(
        .shapeClash(
          error, at: last.link.span, source: label(for: layers.last, Shape(outputs), data)))
    }
    if loss is BinaryCe, let previous = layers.last, previous.layer is Sigmoid {
      diagnostics.append(.squashedTwice("sigmoid", "binary_ce", at: previous.span))
    }
    if let data, let known = data.knownClasses, diagnostics.count == before, known > classes {
      diagnostics.append(
        .outputsAndClasses(
          outputs: classes, classes: known, data: data.word,
          at: layers.last?.span ?? last.link.span, dataSpan: data.reading.span))
    }
    let net = CheckedNet(
      input: input, layers: layers, loss: loss, lossSpan: last.link.span, classes: classes)
    if net.parameterCount > Limits.parameters {
      diagnostics.append(.tooManyParameters(net.parameterCount, at: largest(of: layers)))
    }
    guard diagnostics.count == before else { return nil }
    return (net, ExplicitText.chain(words.map { $0.reading }, layers))
  }

  private func largest(of layers: [PlacedLayer]) -> Span {
    let counts = layers.map { $0.trainedCount }
    let index = counts.firstIndex(of: counts.max() ?? 0) ?? 0
    return layers[index].span
  }
}

extension CheckedData {
  /// The number of classes, where it is known before the data are read.
  var knownClasses: Int? { preparation.randomLabels ?? source.classes }
}
