import MLPLibrary
import MLPSyntax

/// What the checker can say, in the order of the codes.
extension Diagnostic {
  static func unknownWord(
    _ word: String, _ kind: String, at span: Span, mend: Mend?
  ) -> Diagnostic {
    Diagnostic(
      .error, "E0301", "there is no \(kind) '\(word)'", at: span, help: mend?.help,
      edit: mend?.edit(at: span))
  }

  static func wordExpected(_ kind: String, found: Item) -> Diagnostic {
    Diagnostic(
      .error, "E0302", "expected the name of \(kind), found \(found.described)", at: found.span)
  }

  static func unknownSetting(
    _ word: String, of subject: String, at span: Span, names: [String], mend: Mend?
  ) -> Diagnostic {
    let settings = names.isEmpty ? "it has none" : "it has " + names.joined(separator: ", ")
    return Diagnostic(
      .error, "E0303", "'\(subject)' has no setting '\(word)'", at: span, note: settings,
      help: mend?.help, edit: mend?.edit(at: span))
  }

  static func settingTwice(_ name: String, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0304", "'\(name)' is set twice", at: span, labels: [Label(first, "first set here")])
  }

  static func missingValue(_ name: String, expected: String, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0305", "'\(name)' needs \(expected), found nothing", at: span)
  }

  static func wrongValue(_ name: String, expected: String, found: Item, mend: Mend? = nil)
    -> Diagnostic
  {
    Diagnostic(
      .error, "E0306", "'\(name)' needs \(expected), found \(found.described)", at: found.span,
      help: mend?.help, edit: mend?.edit(at: found.span))
  }

  static func outOfRange(_ name: String, range: String, found: Item) -> Diagnostic {
    Diagnostic(
      .error, "E0307", "'\(name)' must be \(range), found \(found.described)", at: found.span)
  }

  static func missingSetting(_ name: String, of subject: String, help: String, at span: Span)
    -> Diagnostic
  {
    Diagnostic(
      .error, "E0309", "'\(subject)' needs '\(name)', which is missing", at: span,
      note: "\(name): \(help)")
  }

  static func unexpectedValue(_ item: Item, in subject: String) -> Diagnostic {
    Diagnostic(
      .error, "E0310", "'\(subject)' takes no value here, found \(item.described)", at: item.span,
      help: "settings are written as name and value")
  }

  static func problem(_ problem: Problem, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0311", problem.message, at: span, help: problem.help)
  }

  static func shapeClash(_ problem: Problem, at span: Span, source: Label?) -> Diagnostic {
    Diagnostic(
      .error, "E0312", problem.message, at: span, labels: source.map { [$0] } ?? [],
      help: problem.help)
  }

  static func missingLoss(at span: Span) -> Diagnostic {
    let losses = Catalogue.entries(in: .loss).map { $0.schema.word }
    return Diagnostic(
      .error, "E0313", "the chain ends without a loss, so there is nothing to train for",
      at: span.end,
      help: "end it with '-> softmax_ce', or one of \(losses.joined(separator: ", "))")
  }

  static func lossInside(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0314", "the loss '\(word)' must be the chain's last word", at: span,
      help: word == "softmax_ce" ? "as a layer inside the network, write 'softmax'" : nil)
  }

  static func unknownInputSize(of word: String, at span: Span, data: String?) -> Diagnostic {
    let reason = data.map { "'data \($0)' doesn't tell how large a sample is" }
    return Diagnostic(
      .error, "E0315", "the network doesn't say how many inputs it has", at: span,
      note: reason ?? "there is no 'data' statement that would tell",
      help: "give the first fc both sizes, for instance 'fc 784 128'")
  }

  static func statementTwice(_ keyword: Keyword, at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0316", "a second '\(keyword.rawValue)' statement", at: span,
      labels: [Label(first, "the first")],
      help: "to try several, write alternatives: '{ … | … }'")
  }

  static func missingStatement(_ keyword: String, example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0317", "the spec has no '\(keyword)' statement", at: span,
      help: "for instance '\(example)'")
  }

  static func arrowOutsideNet(_ keyword: Keyword, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0318", "'->' has no place in a '\(keyword.rawValue)' statement", at: span)
  }

  static func reservedName(_ name: Name) -> Diagnostic {
    Diagnostic(
      .error, "E0319", "'\(name.text)' is a word of the language and can't be a name", at: name.span
    )
  }

  static func unusedName(_ name: Name) -> Diagnostic {
    Diagnostic(.error, "E0320", "'\(name.text)' is defined but never used", at: name.span)
  }

  static func nameUsedBefore(_ name: String, at span: Span, definition: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0321", "'\(name)' is used before it is defined", at: span,
      labels: [Label(definition, "defined here")], help: "move the 'let' above its use")
  }

  static func nameTwice(_ name: Name, first: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0322", "'\(name.text)' is defined twice", at: name.span,
      labels: [Label(first, "first defined here")])
  }

  static func chainAmongItems(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0323", "a chain can't stand among a word's settings", at: span,
      help: "let it stand alone between two arrows")
  }

  static func wrongRepetition(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0324",
      "a group is repeated a whole number of times, from 1 to \(Format.grouped(Limits.repetitions))",
      at: span)
  }

  static func tooManyLayers(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0325", "the network has more than \(Format.grouped(Limits.layers)) layers", at: span
    )
  }

  static func tooManyParameters(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0326",
      "the network has \(Format.grouped(count)) parameters, more than "
        + "\(Format.grouped(Limits.parameters))", at: span,
      note: "they alone would take \(Format.bytes(count * 4))")
  }

  static func tooManyCombinations(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0327",
      "the alternatives make more than \(Format.grouped(Limits.combinations)) combinations",
      at: span)
  }

  static func outputsAndClasses(
    outputs: Int, classes: Int, data: String, at span: Span, dataSpan: Span
  ) -> Diagnostic {
    Diagnostic(
      .error, "E0328", "the network tells \(outputs) classes apart, but '\(data)' has \(classes)",
      at: span,
      labels: [Label(dataSpan, "\(classes) classes")],
      help: "let the last fc have \(classes) outputs")
  }

  static func emptyStatement(_ keyword: Keyword, at span: Span) -> Diagnostic {
    Diagnostic(.error, "E0329", "'\(keyword.rawValue)' needs something behind it", at: span.end)
  }

  static func sweepNotRun(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0330", "alternatives and 'repeat' can be checked but not run yet", at: span,
      help: "choose one of them, for instance with --with")
  }

  static func expectationWithoutSet(_ set: String, at span: Span, help: String) -> Diagnostic {
    Diagnostic(.error, "E0331", "the run has no \(set) set to measure", at: span, help: help)
  }

  static func squashedTwice(_ layer: String, _ loss: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0332",
      "'\(loss)' applies \(layer) itself, so '\(layer)' before it would apply it twice",
      at: span, help: "leave '\(layer)' out")
  }

}

extension Item {
  /// The item as a message names it.
  var described: String {
    switch kind {
    case .word(let word): "'\(word)'"
    case .number(let number): number.text
    case .size(let sizes): sizes.map { String($0) }.joined(separator: "x")
    case .text(let text): "\"\(text)\""
    case .group: "a group"
    case .alternatives: "alternatives"
    }
  }
}
