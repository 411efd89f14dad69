import MLPLibrary
import MLPSyntax

// What the checker can say about the network and about statements, in the order of the codes.

extension Diagnostic {
  static func shapeClash(
    _ problem: Problem, at span: Span, source: Label?, combination: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      .error, "E0312", problem.message, at: span, labels: source.map { [$0] } ?? [],
      note: combination, help: problem.help)
  }

  /// - Parameters:
  ///   - span: the statement.
  ///   - last: the chain's last link, which may come from a name.
  static func missingLoss(at span: Span, behind last: Link) -> Diagnostic {
    let isHere = last.span.end == span.end
    return Diagnostic(
      .error, "E0313", "the chain ends without a loss, so there is nothing to train for",
      at: span.end, note: "losses are \(Category.loss.words.joined(separator: ", "))",
      help: last.isSoftmax
        ? "softmax and its loss are one word here: 'softmax_ce'"
        : "end it with a loss, for instance '-> softmax_ce'",
      edit: last.isSoftmax && isHere ? Edit(last.span, "softmax_ce") : nil)
  }

  static func lossInside(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0314", "the loss '\(word.brief)' must be the chain's last word", at: span,
      help: word == "softmax_ce" ? "as a layer inside the network, write 'softmax'" : nil)
  }

  static func unknownInputSize(at span: Span, word: String, data: String?) -> Diagnostic {
    let reason = data.map { "'data \($0)' doesn't tell how large a sample is" }
    return Diagnostic(
      .error, "E0315", "the network doesn't say how many inputs it has", at: span,
      note: reason ?? "there is no 'data' statement that would tell",
      help: ["conv", "maxpool"].contains(word)
        ? "say how the numbers of a sample lie, for instance 'reshape 28x28x1 -> \(word) …'"
        : "give the first fc both sizes, for instance 'fc 784 128'")
  }

  static func statementTwice(_ statement: Statement, first: Span) -> Diagnostic {
    let help =
      statement.keywordSpan == nil
      ? "a line without a keyword is a network; to continue the line above, begin it with '->'"
      : "to try several, write alternatives: '{a | b}'"
    var diagnostic = Diagnostic(
      .error, "E0316", "a second '\(statement.keyword.rawValue)' statement",
      at: statement.keywordSpan ?? statement.span, labels: [Label(first, "the first")], help: help)
    if statement.isOneLayer { diagnostic.edits = [Edit(statement.span.start, "-> ")] }
    return diagnostic
  }

  static func missingStatement(_ keyword: String, example: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0317", "the spec has no '\(keyword)' statement", at: span,
      help: "for instance '\(example)'")
  }

  static func arrowOutsideNet(_ keyword: Keyword, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0318", "'->' has no place in a '\(keyword.rawValue)' statement", at: span,
      help: "only blanks stand between settings")
  }

  /// - Parameter scope: the statement, where its `let` is missing as well.
  static func reservedName(_ name: Name, within scope: Span?) -> Diagnostic {
    Diagnostic(
      .error, "E0319", "'\(name.text.brief)' is a word of the language and can't be a name",
      at: name.span, help: "choose another name, for instance 'my_\(name.text.brief)'",
      scope: scope)
  }

  static func unusedName(_ name: Name) -> Diagnostic {
    Diagnostic(
      .error, "E0320", "'\(name.text.brief)' is defined but never used", at: name.span,
      help: "use it, or remove the 'let'")
  }

  static func nameUsedBefore(_ name: String, at span: Span, definition: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0321", "'\(name.brief)' is used before it is defined", at: span,
      labels: [Label(definition, "defined here")], help: "move the 'let' above its use")
  }

  static func nameUsesItself(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0321", "'\(name.brief)' is defined by itself", at: span,
      help: "a name can't stand in its own definition")
  }

  static func nameTwice(_ name: Name, first: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0322", "'\(name.text.brief)' is defined twice", at: name.span,
      labels: [Label(first, "first defined here")])
  }

  static func chainAmongItems(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0323", "a chain can't stand among a word's settings", at: span,
      help: "let it stand alone between two arrows")
  }

  static func groupAmongItems(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0323", "a group can't stand among a word's settings", at: span,
      help: "a group stands alone between two arrows, and is repeated by '*': '(a -> b) * 3'")
  }

  static func wrongRepetition(found: Item?, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0324",
      "a group is repeated a whole number of times, from 1 to "
        + Format.grouped(Limits.repetitions) + (found.map { ", found \($0.described)" } ?? ""),
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
      .error, "E0327", "the alternatives make too many combinations", at: span,
      note: "at most \(Format.grouped(Limits.combinations)) are allowed, with "
        + "\(Format.grouped(Limits.layers)) layers in all",
      help: "take alternatives out, or run them as several specs")
  }

  static func outputsAndClasses(
    outputs: Int, data: CheckedData, classes: Int, at span: Span, help: String
  ) -> Diagnostic {
    Diagnostic(
      .error, "E0328",
      "the network tells \(outputs) classes apart, but '\(data.word)' has \(classes)", at: span,
      labels: [Label(data.reading.span, "\(classes) classes")], help: help)
  }

  static func emptyStatement(_ keyword: Keyword, at span: Span) -> Diagnostic {
    let schema = Catalogue.statements.first { $0.word == keyword.rawValue }
    let example = schema?.examples.first ?? "net fc 784 10 -> softmax_ce"
    return Diagnostic(
      .error, "E0329", "'\(keyword.rawValue)' needs something behind it", at: span.end,
      help: "for instance '\(example)'")
  }

  /// A line that begins with no keyword and is no network.
  ///
  /// - Parameter scope: the line, in which nothing else can be judged.
  static func unknownStatement(
    _ word: Name, meant owner: Belonging.Owner?, within scope: Span
  ) -> Diagnostic {
    let keywords = Keyword.allCases.map { $0.rawValue }.joined(separator: ", ")
    return Diagnostic(
      .error, "E0333", "no statement begins with '\(word.text.brief)'", at: word.span,
      note: owner?.mend == nil
        ? "statements begin with \(keywords), or are a chain of layers" : nil,
      help: owner?.help ?? Catalogue.foreignAdvice[word.text.lowercased()],
      edit: owner?.mend?.edit(at: word.span), scope: scope)
  }

  static func tooManyItems(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0334",
      "with its names written out the spec has more than \(Format.grouped(Limits.items)) words",
      at: span)
  }

  static func namesTooDeep(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0335",
      "names, groups and alternatives lie more than \(Limits.depth) deep in each other", at: span)
  }

  static func nothingToTrain(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, "E0336", "the network has no parameters, so there is nothing to train", at: span,
      help: "write a layer that learns, for instance 'fc 784 10'")
  }
}

extension Statement {
  /// Whether it is a layer or loss on a line of its own.
  fileprivate var isOneLayer: Bool {
    guard keywordSpan == nil, body.links.count == 1,
      case .word(let word)? = body.links[0].items.first?.kind
    else { return false }
    return [.layer, .loss].contains(Belonging.category(of: word))
  }
}
