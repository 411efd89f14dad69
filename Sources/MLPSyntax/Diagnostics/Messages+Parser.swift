// Every sentence that the parser can say, in alphabetical order.

extension Diagnostic {
  static func comma(at span: Span, edit: Edit? = nil) -> Diagnostic {
    Diagnostic(
      .error, Code.comma, "',' has no meaning here", at: span,
      help: "a blank is enough between items; no commas are needed", edit: edit ?? Edit(span, ""))
  }

  static func commaForArrow(at span: Span, edit: Edit) -> Diagnostic {
    Diagnostic(
      .error, Code.comma, "expected the arrow '->' between two layers, but found ','", at: span,
      help: "write '->'", edit: edit)
  }

  /// Digits on both sides that may be one number or two.
  static func commaBetweenDigits(_ text: String, _ left: String, _ right: String, at span: Span)
    -> Diagnostic
  {
    let one = right.utf8.count == 3 ? left + right : "\(left).\(right)"
    return Diagnostic(
      .error, Code.comma, "\(quoted(text)) may be one number or two", at: span,
      help: "write \(quoted(one)) for one number, or \(quoted("\(left) \(right)")) for two")
  }

  static func commasBetweenValues(_ text: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.comma, "\(quoted(text)) is a list, and a setting takes one value", at: span,
      help: "to try several values, write \(quoted(mended))", edit: Edit(span, mended))
  }

  static func commasInBraces(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.singleAlternative, "alternatives are parted by '|', not by ','", at: span,
      help: "write \(quoted(mended))", edit: Edit(span, mended))
  }

  static func decimalComma(_ text: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) has a comma in place of its point", at: span,
      help: "write \(quoted(mended))", edit: Edit(span, mended))
  }

  /// Digits with commas between them that may be one number or several.
  static func doubtfulNumber(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.comma, "\(quoted(text)) may be one number or several", at: span,
      help: "write one number without commas, as '1000.5', and several as '{1 | 2}'")
  }

  static func emptyAlternative(before sign: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.emptyAlternative, "expected an alternative before '\(sign)', but found nothing",
      at: span,
      help: "alternatives look like '{a | b}'")
  }

  static func emptyGroup(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.emptyGroup, "expected a chain between '(' and ')', but found nothing", at: span,
      help: "remove the parentheses, or write a chain between them: '(a -> b)'")
  }

  static func faultyCount(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.faultyCount,
      "expected a whole number of repetitions after '*', but found \(quoted(text))",
      at: span, help: "write how often the group is repeated: '(a -> b) * 3'")
  }

  static func foreignLet(_ word: String, name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.missingLet, "expected 'let' before a name with '=', but found \(quoted(word))",
      at: span, help: "write 'let \(elided(name)) = …'", edit: Edit(span, "let"))
  }

  /// A number behind a comma, with nothing before it.
  static func leadingComma(_ digits: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.comma, "\(quoted("," + digits)) has nothing before its comma", at: span,
      help: "write \(quoted("0." + digits)), or leave the comma out if \(digits) is meant")
  }

  static func letNameIsKeyword(_ keyword: Keyword, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.letNameIsKeyword,
      "'\(keyword.rawValue)' is a keyword and can't be the name of a 'let'",
      at: span, help: "choose another name")
  }

  static func letNameIsNoWord(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.letNameIsNoWord, "expected a word as the name of the 'let'", at: span,
      help: "names begin with a letter: 'let width = 128'")
  }

  static func letWithoutEquals(name: String, at span: Span, edit: Edit?) -> Diagnostic {
    Diagnostic(
      .error, Code.letWithoutEquals, "expected '=' after 'let \(elided(name))'", at: span,
      help: "write 'let \(elided(name)) = …'", edit: edit)
  }

  static func letWithoutName(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.letWithoutName, "expected a name after 'let'", at: span,
      help: "a definition looks like 'let width = 128'")
  }

  static func letWithoutValue(name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.letWithoutValue, "expected a value after 'let \(elided(name)) ='", at: span,
      help: "a definition looks like 'let width = 128' or 'let block = fc 128 -> relu'")
  }

  static func missingAfterArrow(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.missingAfterArrow, "expected something after '->', but found nothing", at: span,
      help: "write what the arrow leads to, or remove it")
  }

  static func missingBeforeArrow(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.missingBeforeArrow, "expected something before '->', but found nothing",
      at: span,
      help: "write what the arrow comes from, or remove it", edit: Edit(span, ""))
  }

  static func missingCount(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.missingCount, "expected a number of repetitions after '*'", at: span,
      help: "write how often the group is repeated: '(a -> b) * 3'")
  }

  static func missingLet(name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.missingLet, "expected a statement, but found \(quoted(name)) with '=' behind it",
      at: span,
      help: "a name of your own begins with 'let': 'let \(elided(name)) = …'; "
        + "a setting stands without '=' behind its statement's keyword",
      edit: Edit(span.start, "let "))
  }

  /// - Parameters:
  ///   - edit: the calls as a chain.
  ///   - scope: the statement, where the same habit shows.
  /// - Parameter isNet: whether the statement is a network, or may be part of one.
  static func nestedCall(at span: Span, isNet: Bool, edit: Edit?, within scope: Span) -> Diagnostic
  {
    guard isNet else {
      return Diagnostic(
        .error, Code.settingsInParentheses, "parentheses stand within the parentheses of a word",
        at: span, help: "settings stand behind their word, without parentheses and commas",
        scope: scope)
    }
    return Diagnostic(
      .error, Code.settingsInParentheses, "parentheses stand within the parentheses of a word",
      at: span,
      help: "layers are joined by '->', and their settings stand behind their names: "
        + (edit.map { "write \(quoted($0.replacement))" } ?? "'fc 784 128 -> relu'"),
      edit: edit, scope: scope)
  }

  static func repeatedArrow(at span: Span, first: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.repeatedArrow, "expected something between two arrows, but found nothing",
      at: span,
      labels: [Label(first, "")], help: "remove one of them, or write what stands between")
  }

  static func repeatedStar(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.strayStar, "'*' stands behind another '*'", at: span,
      help: "a group is repeated with one '*': '(a -> b) * 3'", edit: Edit(span, ""))
  }

  /// - Parameter example: the items on both sides with a blank between.
  static func separator(_ text: String, at span: Span, example: String?, edit: Edit) -> Diagnostic {
    Diagnostic(
      .error, Code.separator, "'\(text)' has no meaning between items", at: span,
      help: "only a blank stands between two items"
        + (example.map { ": write \(quoted($0))" } ?? ""),
      edit: edit, example: example)
  }

  /// - Parameter scope: the statement up to the braces, where the same habit shows.
  static func settingsInBraces(mended: String, at span: Span, within scope: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.singleAlternative, "settings stand in braces, which are for alternatives",
      at: span, help: "write \(quoted(mended))", edit: Edit(span, mended), scope: scope)
  }

  /// - Parameter example: the word and its settings without parentheses.
  static func settingsInParentheses(_ example: String, at span: Span, edit: Edit) -> Diagnostic {
    Diagnostic(
      .error, Code.settingsInParentheses, "settings need no parentheses", at: span,
      help: "write \(quoted(example))", edit: edit, example: example)
  }

  static func secondDefinition(_ name: String, at span: Span, edit: Edit) -> Diagnostic {
    Diagnostic(
      .error, Code.comma, "a 'let' defines one name, found a comma and '\(elided(name)) ='",
      at: span, help: "write 'let \(elided(name)) = …' in a line of its own", edit: edit)
  }

  /// - Parameter content: what stands between the braces.
  static func singleAlternative(content: String, at span: Span) -> Diagnostic {
    let plain = content.split(separator: " ").joined(separator: " ")
    return Diagnostic(
      .error, Code.singleAlternative, "expected at least two alternatives, but found one", at: span,
      help: "write '{a | b}', or remove the braces", edit: Edit(span, plain))
  }

  static func starBeforeGroup(at span: Span, edit: Edit) -> Diagnostic {
    Diagnostic(
      .error, Code.strayStar, "the number of repetitions stands before its group", at: span,
      help: "write it behind: \(quoted(edit.replacement))", edit: edit)
  }

  /// - Parameter edit: braces around the values on both sides, where these are plain.
  static func strayBar(at span: Span, edit: Edit?) -> Diagnostic {
    Diagnostic(
      .error, Code.strayBar, "'|' stands outside of '{' and '}'", at: span,
      help: edit.map { "write \(quoted($0.replacement))" }
        ?? "alternatives are written '{a | b}'", edit: edit)
  }

  static func strayClosing(_ text: String, open: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.strayClosing, "'\(text)' closes nothing", at: span,
      help: "remove it, or write the '\(open)' that it closes")
  }

  static func strayColon(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.strayEquals, "':' has nothing before it", at: span,
      help: "a line begins with its keyword; what begins with a colon is a command of 'mlpc repl'")
  }

  static func wordBetweenAlternatives(_ values: [String], at span: Span) -> Diagnostic {
    let mended = "{" + values.joined(separator: " | ") + "}"
    return Diagnostic(
      .error, Code.singleAlternative, "expected '|' between alternatives, but found 'or'", at: span,
      help: "write \(quoted(mended))", edit: Edit(span, mended), scope: span)
  }

  static func strayEquals(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.strayEquals, "'\(text)' has nothing before it", at: span,
      help: "'=' stands only in 'let name = …'")
  }

  /// - Parameter group: what stands before the star, as a group that is repeated.
  static func strayStar(at span: Span, group: String?) -> Diagnostic {
    Diagnostic(
      .error, Code.strayStar, "'*' stands behind no group", at: span,
      help: group.map { "only a group can be repeated, and nothing is calculated: \(quoted($0))" }
        ?? "only a group can be repeated: '(a -> b) * 3'")
  }

  static func tooDeep(limit: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.tooDeep, "groups and alternatives lie more than \(limit) deep in each other",
      at: span,
      help: "name the inner parts with 'let'")
  }

  /// `x 3` or `x3` behind a group.
  static func timesAsLetter(_ text: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.strayStar, "\(quoted(text)) stands behind a group", at: span,
      help: "a group is repeated by '*': write \(quoted(mended))", edit: Edit(span, mended))
  }

  static func unclosedAlternatives(at span: Span, found: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unclosedAlternatives, "'{' is not closed", at: span,
      labels: [Label(found, "expected '}'")],
      help: "alternatives look like '{a | b}'; a line that continues them is indented")
  }

  static func unclosedGroup(at span: Span, found: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unclosedGroup, "'(' is not closed", at: span,
      labels: [Label(found, "expected ')'")],
      help: "a group looks like '(a -> b)'; a line that continues it is indented")
  }

  private static func elided(_ name: String) -> String {
    String(quoted(name).dropFirst().dropLast())
  }
}
