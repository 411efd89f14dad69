// Every sentence that the lexer can say, in alphabetical order.

extension Diagnostic {
  /// - Parameter mended: the list as it is written here, where that can be guessed.
  /// - Parameter place: what it replaces, if that is more than the list.
  static func brackets(_ text: String, mended: String?, at span: Span, over place: Span? = nil)
    -> Diagnostic
  {
    Diagnostic(
      .error, Code.unknownCharacter,
      text.utf8.count == 1
        ? "\(quoted(text)) has no meaning here" : "a list in square brackets has no meaning here",
      at: span,
      help: mended.map { "write \(quoted($0))" }
        ?? "alternatives are written '{a | b}', and the layers of a network 'a -> b'",
      edit: mended.map { Edit(place ?? span, $0) })
  }

  static func calculation(_ text: String, mended: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) is a calculation, and there are none here",
      at: span,
      help: mended.map { "write the result: \(quoted($0))" }
        ?? "write the result, as a number like '0.001' or '1e-3'",
      edit: mended.map { Edit(span, $0) })
  }

  static func controlCharacterInText(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.controlCharacterInText, "text can't hold the control character \(shown(scalar))",
      at: span, help: "remove it; a line end in a text is written '\\n', a tab '\\t'",
      edit: Edit(span, ""))
  }

  static func exponentIsFraction(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "the exponent of \(quoted(text)) is not a whole number",
      at: span, help: "write the power of ten that is meant, as in '1e-4', or the number '0.0003'")
  }

  /// Blanks within a number.
  static func exponentIsApart(mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "a number with an exponent has no blanks in it", at: span,
      help: "write \(quoted(mended))", edit: Edit(span, mended))
  }

  static func exponentIsUnfinished(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) has no digits behind its 'e'", at: span,
      help: "numbers with an exponent look like '1e-3'")
  }

  /// - Parameter mended: plain letters that look the same.
  static func foreignLetters(_ text: String, mended: String?, at span: Span) -> Diagnostic {
    let one = text.unicodeScalars.count == 1 ? "letter" : "letters"
    return Diagnostic(
      .error, Code.malformedWord, "no word has the \(one) \(quoted(text))", at: span,
      help: mended.map { "it looks like the plain \(quoted($0)), and is another" }
        ?? "words are made of the letters a to z and A to Z, digits and '_'",
      edit: mended.map { Edit(span, $0) })
  }

  /// - Parameter words: what says the same.
  static func foreignSign(_ sign: String, words: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unknownCharacter, "\(quoted(sign)) has no meaning here", at: span,
      help: words == "scale unit"
        ? "write 'scale unit', which divides by 255" : "write \(quoted(words))",
      edit: Edit(span, words))
  }

  static func fullWidthCharacter(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    let plain = String(Unicode.Scalar(UInt8(scalar.value - 0xFF00 + 0x20)))
    return Diagnostic(
      .error, Code.unknownCharacter, "\(shown(scalar)) has no meaning here", at: span,
      help: "write the plain '\(plain)'", edit: Edit(span, plain))
  }

  static func invalidEncoding(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.invalidEncoding, "expected UTF-8, but found bytes that are none", at: span,
      help: "save the file as UTF-8")
  }

  static func invisibleCharacter(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.invisibleCharacter,
      "expected a plain blank, but found the invisible \(shown(scalar))",
      at: span, help: "put a plain blank in its place", edit: Edit(span, " "))
  }

  static func leftArrow(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unknownCharacter, "'<-' has no meaning here", at: span,
      help: "arrows lead to the right, from the first layer to the loss: 'a -> b'")
  }

  /// - Parameter blanks: the sign and the blanks behind it.
  static func listItem(at span: Span, with blanks: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unknownCharacter, "'-' has no meaning at a line's beginning", at: span,
      help: "remove it; a network is written 'a -> b', and each other statement on its own line",
      edit: Edit(blanks, ""))
  }

  static func malformedNumber(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) is neither a number nor a word", at: span,
      help: "numbers look like '3', '-0.5', '1e-4' or '10%', sizes like '28x28'; "
        + "a word can't begin with a digit")
  }

  static func malformedWord(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedWord, "\(quoted(text)) is not a word", at: span,
      help: "words are made of the letters a to z and A to Z, digits and '_'")
  }

  /// - Parameter values: each number of the range.
  static func numberIsRange(_ text: String, values: String, isInBraces: Bool, at span: Span)
    -> Diagnostic
  {
    let mended = isInBraces ? values : "{\(values)}"
    return Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) is a range, and there are none here", at: span,
      help: "write each number: '{\(values)}'", edit: Edit(span, mended))
  }

  /// - Parameter gap: where a blank is missing.
  static func numberBehindWord(_ word: String, _ number: String, at span: Span, gap: Span)
    -> Diagnostic
  {
    Diagnostic(
      .error, Code.malformedWord, "\(quoted(word + number)) is not a word", at: span,
      help: "a number stands apart from its word: write \(quoted(word + " " + number))",
      edit: Edit(gap, " "))
  }

  static func numberEndsWithPoint(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) has no digit behind its point", at: span,
      help: "write \(quoted(text + "0"))", edit: Edit(span, text + "0"))
  }

  static func numberHasSeparators(_ text: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) has signs between its digits", at: span,
      help: "write \(quoted(mended))", edit: Edit(span, mended))
  }

  /// - Parameter mended: the number without its unit; nil where nobody knows what the unit means.
  static func numberHasUnit(_ text: String, mended: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) is not a number", at: span,
      help: mended.map { "numbers have no units: write \(quoted($0))" }
        ?? "numbers have no units: each setting counts what its help says",
      edit: mended.map { Edit(span, $0) })
  }

  static func numberHasTwoPoints(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) has more than one point", at: span,
      help: "numbers look like '3', '0.001' or '1e-4'")
  }

  static func numberHasWrongMinus(_ text: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.wrongMinus, "the minus sign in \(quoted(text)) is not '-'", at: span,
      help: "write \(quoted(mended))", edit: Edit(span, mended))
  }

  static func numberOutOfRange(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.numberOutOfRange, "the number \(quoted(text)) is out of range", at: span,
      help: "whole numbers reach to about 9.2e18, others from about 5e-324 to 1.8e308")
  }

  static func numbersAreJoined(_ text: String, apart: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) is not a number", at: span,
      help: "write the numbers apart: \(quoted(apart)); there are no ranges and no calculations")
  }

  /// - Parameter between: the blanks before the sign, and the sign.
  static func percentApart(at span: Span, between: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unknownCharacter, "'%' stands apart from its number", at: span,
      help: "write '%' right behind its number: '10%'", edit: Edit(between, "%"))
  }

  static func qualifiedWord(_ text: String, name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedWord, "\(quoted(text)) is not a word", at: span,
      help: "words stand without a module before them: \(quoted(name))", edit: Edit(span, name))
  }

  static func semicolon(at span: Span, edit: Edit) -> Diagnostic {
    Diagnostic(
      .error, Code.unknownCharacter, "';' has no meaning here", at: span,
      help: edit.replacement == " |"
        ? "alternatives are written '{a | b}'"
        : "a statement ends with its line" + (edit.replacement.isEmpty ? "; remove the ';'" : ""),
      edit: edit)
  }

  static func sizeIsMisspelt(_ text: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) is not a size", at: span,
      help: "sizes are joined by a small 'x': \(quoted(mended))", edit: Edit(span, mended))
  }

  static func sourceTooLarge(bytes: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.sourceTooLarge,
      "expected at most \(Source.maximumBytes) bytes of text, but found \(bytes)", at: span,
      help: "check whether this file is a spec")
  }

  static func textWithoutQuotes(_ text: String, at span: Span) -> Diagnostic {
    let literal = Printer.literal(text)
    return Diagnostic(
      .error, Code.textWithoutQuotes, "\(quoted(text)) is not a word", at: span,
      help: "paths and other text stand in double quotes", edit: Edit(span, literal))
  }

  static func tooManyDiagnostics(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.tooManyDiagnostics, "more than \(limit) mistakes; the others are not shown",
      at: span,
      help: "mend those above first")
  }

  static func tooManySizes(_ count: Int, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.tooManySizes, "expected at most 4 sizes, but found \(count)", at: span,
      help: "sizes look like '3x3' or '28x28x1'")
  }

  static func unclosedText(at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unclosedText, "expected '\"' before the end of the line", at: span,
      help: "close the text with '\"'; a line end within it is written '\\n'",
      edit: Edit(span.end, "\""))
  }

  static func unknownCharacter(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    var diagnostic = Diagnostic(
      .error, Code.unknownCharacter, "\(shown(scalar)) has no meaning here", at: span)
    switch scalar {
    case "<": diagnostic.help = "alternatives are written '{a | b}', groups '(a -> b)'"
    case "%": diagnostic.help = "write '%' right behind its number: '10%'"
    case "+":
      diagnostic.help = "numbers need no '+'; layers are joined by '->'"
    case "-": diagnostic.help = "the arrow is written '->', a negative number '-3'"
    default:
      diagnostic.help =
        "remove it; the signs of the language are '->', '(', ')', '{', '}', '|', '*', '=' and '#'"
    }
    return diagnostic
  }

  static func unknownEscape(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.unknownEscape, "'\\' can't stand before \(shown(scalar)) in a text", at: span,
      help: "the escapes are '\\\"', '\\\\', '\\n' and '\\t'; a backslash is written '\\\\'")
  }

  static func wordBeginsWithDigit(_ text: String, mended: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.malformedNumber, "\(quoted(text)) begins with a digit, as no word does",
      at: span,
      help: "write \(quoted(mended)), or set the number apart by a blank")
  }

  static func wordHasHyphen(_ text: String, at span: Span) -> Diagnostic {
    let mended = String(text.map { $0 == "-" ? "_" : $0 })
    return Diagnostic(
      .error, Code.malformedWord, "\(quoted(text)) is not a word", at: span,
      help: "within words write '_', between words a blank, between layers '->'",
      edit: text.hasSuffix("-") ? nil : Edit(span, mended))
  }

  static func wrongArrow(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.wrongArrow, "expected the arrow '->', but found \(quoted(text))", at: span,
      help: "write '->'", edit: Edit(span, "->"))
  }

  static func wrongComment(_ sign: String, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.wrongComment, "\(quoted(sign)) does not begin a comment", at: span,
      help: "comments begin with '#' and end with their line",
      edit: sign == "/*" ? nil : Edit(span, "#"))
  }

  static func wrongMinus(_ scalar: Unicode.Scalar, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.wrongMinus, "expected the minus sign '-', but found \(shown(scalar))", at: span,
      help: "write '-'", edit: Edit(span, "-"))
  }

  /// - Parameter content: what stands between the quotes; nil where they are not closed.
  static func wrongQuotes(content: String?, at span: Span) -> Diagnostic {
    Diagnostic(
      .error, Code.wrongQuotes, "expected text in double quotes, but found another kind of quote",
      at: span,
      help: "write '\"' on both sides", edit: content.map { Edit(span, Printer.literal($0)) })
  }
}

extension Diagnostic {
  /// The user's text in quotes, shortened if it is long.
  static func quoted(_ text: String) -> String {
    text.utf8.count <= 40 ? "'\(text)'" : "'\(String(text.unicodeScalars.prefix(36)))…'"
  }

  /// A character in quotes, or its number if it can't be seen.
  static func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar.properties.generalCategory {
    case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .privateUse,
      .unassigned, .nonspacingMark:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    default: return "'\(scalar)'"
    }
  }
}
