import MLPSyntax

/// What the diagnostics' codes mean. A code never changes its meaning.
package enum DiagnosticCodes {
  package struct Entry: Sendable {
    package let code: String
    package let meaning: String
  }

  package static let all: [Entry] = (characters + sentences + words + networks + runs + lints).map {
    Entry(code: $0.0, meaning: $0.1)
  }

  private static let characters = [
    (Code.sourceTooLarge, "the file is too large"),
    (Code.invalidEncoding, "the file is not UTF-8"),
    (Code.tooManyDiagnostics, "there are more mistakes than are shown"),
    (Code.unknownCharacter, "a character has no meaning"),
    (Code.invisibleCharacter, "an invisible character stands where a blank should"),
    (Code.wrongArrow, "an arrow is not spelt `->`"),
    (Code.wrongQuotes, "a text stands in other quotes than `\"`"),
    (Code.wrongComment, "a comment begins with `//`"),
    (Code.wrongMinus, "a minus sign is not `-`"),
    (Code.malformedWord, "a word has characters that words don't have"),
    (Code.textWithoutQuotes, "a path or other text lacks its quotes"),
    (Code.malformedNumber, "a number or size is malformed"),
    (Code.numberOutOfRange, "a number is too large or too small to be stored"),
    (Code.tooManySizes, "a size has more than four parts"),
    (Code.unclosedText, "a text is not closed in its line"),
    (Code.unknownEscape, "a backslash stands before a character that it can't"),
    (Code.controlCharacterInText, "a text holds a control character"),
  ]

  private static let sentences = [
    (Code.missingAfterArrow, "nothing follows an arrow"),
    (Code.missingBeforeArrow, "nothing stands before an arrow"),
    (Code.repeatedArrow, "nothing stands between two arrows"),
    (Code.unclosedGroup, "a `(` is not closed"),
    (Code.unclosedAlternatives, "a `{` is not closed"),
    (Code.strayClosing, "a `)` or `}` closes nothing"),
    (Code.strayBar, "a `|` stands outside of `{` and `}`"),
    (Code.strayStar, "a `*` stands behind no group"),
    (Code.strayEquals, "a `=` or `:` has nothing before it"),
    (Code.emptyGroup, "nothing stands between `(` and `)`"),
    (Code.emptyAlternative, "an alternative is empty"),
    (Code.singleAlternative, "there is one alternative only"),
    (Code.letWithoutName, "a `let` has no name"),
    (Code.letNameIsKeyword, "a `let` names a keyword"),
    (Code.letNameIsNoWord, "a `let` names something that is no word"),
    (Code.letWithoutEquals, "a `let` has no `=`"),
    (Code.letWithoutValue, "nothing follows the `=` of a `let`"),
    (Code.missingLet, "a definition lacks its `let`"),
    (Code.missingCount, "no number follows a `*`"),
    (Code.faultyCount, "a group is not repeated a whole number of times"),
    (Code.comma, "a `,` stands between items"),
    (Code.separator, "a `=` or `:` stands between items"),
    (Code.tooDeep, "groups and alternatives lie too deep in each other"),
    (Code.settingsInParentheses, "a word's settings stand in parentheses"),
  ]

  private static let words = [
    ("E0301", "nobody knows the word"),
    ("E0302", "something stands where a word should"),
    ("E0303", "the word has no such setting"),
    ("E0304", "a setting is given twice"),
    ("E0305", "a setting has no value"),
    ("E0306", "a setting's value is of the wrong kind"),
    ("E0307", "a setting's value is out of range"),
    ("E0309", "a setting that is needed is missing"),
    ("E0310", "a value stands where none is taken"),
    ("E0311", "settings don't go together"),
  ]

  private static let networks = [
    ("E0312", "a layer or loss doesn't fit what comes in"),
    ("E0313", "the network ends without a loss"),
    ("E0314", "a loss stands inside the network"),
    ("E0315", "nothing says how many inputs the network has"),
    ("E0316", "a statement stands twice"),
    ("E0317", "a statement that is needed is missing"),
    ("E0318", "an arrow stands in a statement other than `net` and `let`"),
    ("E0319", "a `let` names a word of the language"),
    ("E0320", "a name is never used"),
    ("E0321", "a name is used before it is defined, or by its own definition"),
    ("E0322", "a name is defined twice"),
    ("E0323", "a chain or group stands among settings"),
    ("E0324", "a group is repeated zero or too many times"),
    ("E0325", "the network has too many layers"),
    ("E0326", "the network has too many parameters"),
    ("E0327", "the alternatives make too many combinations"),
    ("E0328", "the network tells fewer classes apart than the data have"),
    ("E0329", "a statement is empty"),
    ("E0331", "a number is expected of a set that there isn't"),
    ("E0333", "a line begins no statement"),
    ("E0334", "the spec is too long once its names are written out"),
    ("E0335", "names lie too deep in each other"),
    ("E0336", "the network has nothing to train"),
    ("E0337", "a text is written in another language"),
    ("E0351", "a condition names no branch of alternatives"),
    ("E0352", "a condition may mean several branches"),
    ("E0353", "a condition holds for no combination"),
  ]

  private static let lints = [
    ("W0501", "the last layer does what the loss does itself"),
    ("W0502", "sigmoids begin too faint for the training to change that"),
    ("W0503", "the learning rate is large for raw pixels"),
    ("W0504", "the network tells more classes apart than the data have"),
    ("W0505", "the outputs are rectified"),
    ("W0506", "the outputs are dropped"),
    ("W0507", "a batch is larger than the training set"),
    ("W0508", "hidden weights begin at zero"),
    ("W0509", "a setting comes to nothing"),
    ("W0510", "two alternatives are the same"),
    ("W0511", "two expectations contradict each other"),
  ]

  private static let runs = [
    ("E0401", "data can't be found"),
    ("E0402", "data are faulty"),
    ("E0403", "data can't be read"),
    ("E0404", "the data are not as the spec says"),
    ("E0405", "a sample has another size than the network's input"),
    ("E0406", "the data have more classes than the network tells apart"),
    ("E0407", "there is too little memory"),
    ("E0408", "a number is expected of a set that the data don't have"),
    ("E0409", "training diverged"),
    ("E0501", "the spec has changed since the checkpoint from which a run is to go on"),
    ("E0502", "the data have changed since that checkpoint"),
    ("E0503", "no checkpoint of the run can be read"),
  ]
}
