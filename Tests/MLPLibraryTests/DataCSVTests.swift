import MLPTensor
import MLPTestSupport
import Testing

@testable import MLPLibrary

@Suite struct CsvTests {
  func load(
    _ text: String, label: String = "y", _ given: [String: Value] = [:], test: String? = nil
  ) throws(Problem) -> Dataset {
    var settings = given
    settings["path"] = .text("t.csv")
    settings["label"] = .text(label)
    var world = MemoryWorld(files: ["t.csv": Array(text.utf8)])
    if let test {
      settings["test_path"] = .text("u.csv")
      world.files["u.csv"] = Array(test.utf8)
    }
    return try Csv(values(Csv.schema, settings)).load(world)
  }

  func features(_ samples: Samples?) -> [Float]? {
    guard case .floats(let numbers)? = samples?.storage else { return nil }
    return numbers
  }

  @Test func rowsAreSamplesAndOneColumnTheirLabels() throws {
    let data = try load("a,y,b\n1,0,2.5\n-3e1,2,.5\n")
    #expect(data.train.shape == Shape(2))
    #expect(features(data.train) == [1, 2.5, -30, 0.5])
    #expect(data.train.labels == [0, 2])
    #expect(data.classes == 3)
    #expect(data.test == nil)
  }

  @Test func wordsBecomeClassesInSortedOrder() throws {
    let data = try load("x,y\n1,rose\n2,Iris\n3,lily\n4,Iris\n")
    #expect(data.train.labels == [2, 0, 1, 0])
    #expect(data.classes == 3)
  }

  @Test func negativeLabelsAreWords() throws {
    #expect(try load("x,y\n1,1\n2,1\n", label: "y").classes == 2)
    #expect(try load("x,y\n1,-1\n2,1\n", label: "y").train.labels == [0, 1])
  }

  @Test(arguments: [
    "\u{FEFF}x,y\r\n1,0\r\n2,1\r\n", "x,y\n1,0\n2,1", "\"x\",\"y\"\n\"1\",\"0\"\r\n2 , 1\n\n\n",
    "x , y\n 1,0\n2,1\r\n",
  ]) func ordinaryVariationsMeanTheSame(text: String) throws {
    let data = try load(text)
    #expect(features(data.train) == [1, 2])
    #expect(data.train.labels == [0, 1])
  }

  @Test func quotesHoldSeparatorsLinesAndQuotes() throws {
    let data = try load(
      "x,\"the \"\"y\"\"\"\n1,\"b,c\nd\"\n2,\"a\"\"\"\n3,a\"\n", label: "the \"y\"")
    // 'a"' quoted and unquoted are one word, before 'b,c…'.
    #expect(data.train.labels == [1, 0, 0])
  }

  @Test func separatorAndHeaderAreSettings() throws {
    let semicolons = try load(
      "0;1.5\n1;2\n", label: "1", ["separator": .word("semicolon"), "header": .flag(false)])
    #expect(features(semicolons.train) == [1.5, 2])
    let tabs = try load("y\tx\n0\t1\n1\t2\n", ["separator": .word("tab")])
    #expect(features(tabs.train) == [1, 2])
  }

  @Test func aColumnIsFoundByNameFirstThenByNumber() throws {
    #expect(try load("x,1\n5,0\n6,1\n", label: "1").train.labels == [0, 1])
    #expect(try load("x,z\n0,5\n1,6\n", label: "1").train.labels == [0, 1])
  }

  @Test(arguments: [
    ("", "'t.csv' is empty"),
    ("\u{FEFF}\n", "'t.csv' is empty"),
    ("x,y\n", "'t.csv' has a header but no rows"),
    ("y\n1\n", "'t.csv' should have a label and at least one other column, found one column"),
    ("x,y\n1,0\nabc,1\n", "'t.csv', line 3, column 1: expected a number, found 'abc'"),
    ("x,y\n1,0\n0x10,1\n", "'t.csv', line 3, column 1: expected a number, found '0x10'"),
    ("x,y\nnan,0\n", "'t.csv', line 2, column 1: expected a number, found 'nan'"),
    ("x,y\n1e39,0\n", "'t.csv', line 2, column 1: expected a number within ±3.4e38, found '1e39'"),
    ("x,y\n,0\n", "'t.csv', line 2, column 1: a value is missing"),
    ("x,y\n1,0\n1,\n", "'t.csv', line 3, column 2: the label is missing"),
    ("x,y\n1,0\n\n1,0\n", "'t.csv', line 3, column 1: expected 2 fields, found an empty line"),
    ("x,y\n1,0\n1\n", "'t.csv', line 3, column 1: the row ends here, but 2 fields are expected"),
    ("x,y\n1,0,3\n", "'t.csv', line 2, column 2: the row should end here, after 2 fields"),
    ("x,y\n1,\"0\n", "'t.csv', line 2, column 2: the quote is never closed"),
    (
      "x,y\n\"1\"2,0\n",
      "'t.csv', line 2, column 1: expected a separator or the line's end behind the closing quote"
    ),
    (
      "x,y\n1,0\n1,cat\n",
      "'t.csv', line 3, column 2: expected a whole number from 0 as a label, like those before, "
        + "found 'cat'"
    ),
    ("x,y\n1,1000\n", "'t.csv', line 2, column 2: expected a label from 0 to 999, found '1000'"),
    ("x,y\n1,a\n2,a\n", "'t.csv' should have two labels or more, found only 'a'"),
  ]) func mistakesAreNamedWithTheirPlace(text: String, message: String) {
    let found = problem { () throws(Problem) in try load(text) }
    #expect(found.message == message)
    #expect(found.kind == .data)
    #expect(found.setting == "path")
  }

  @Test func linesWithinQuotesCount() {
    let found = problem { () throws(Problem) in try load("x,y\n1,\"a\nb\"\nq,c\n") }
    #expect(found.message == "'t.csv', line 4, column 1: expected a number, found 'q'")
  }

  @Test func utf16IsRefused() {
    let world = MemoryWorld(files: ["t.csv": [0xFF, 0xFE, 0x78, 0]])
    let settings: [String: Value] = ["path": .text("t.csv"), "label": .text("y")]
    let found = problem { () throws(Problem) in
      try Csv(values(Csv.schema, settings)).load(world)
    }
    #expect(found.message == "'t.csv' is UTF-16 text; UTF-8 is expected")
  }

  @Test func anUnknownColumnIsAnsweredWithTheirNames() {
    let found = problem { () throws(Problem) in try load("a,b\n1,2\n") }
    #expect(found.setting == "label")
    #expect(found.help == "its columns are 'a', 'b'")
    let place = problem { () throws(Problem) in try load("a,b\n1,2\n", label: "3") }
    #expect(place.message == "'t.csv' has columns 1 to 2, but no column 3")
    let twice = problem { () throws(Problem) in try load("y,y\n1,2\n") }
    #expect(twice.message == "'t.csv' has 2 columns named 'y'")
    let headless = problem { () throws(Problem) in try load("1,2\n", ["header": .flag(false)]) }
    #expect(headless.setting == "label")
  }

  @Test func theLastRowsCanBeTheTestSet() throws {
    let data = try load(
      "x,y\n1,a\n2,b\n3,a\n4,c\n5,a\n", ["test": .portion(.last(.share(0.4)))])
    #expect(features(data.train) == [1, 2, 3])
    #expect(features(data.test) == [4, 5])
    #expect(data.test?.labels == [2, 0])
    #expect(data.classes == 3)
    let all = problem { () throws(Problem) in
      try load("x,y\n1,0\n2,1\n", ["test": .portion(.last(.count(2)))])
    }
    #expect(all.setting == "test")
  }

  @Test func anotherFileCanBeTheTestSet() throws {
    let data = try load("x,y\n1,a\n2,b\n", test: "x,y\n3,b\n")
    #expect(features(data.test) == [3])
    #expect(data.test?.labels == [1])
    #expect(throws: Problem.self) {
      try load("x,y\n1,0\n", ["test": .portion(.last(.count(1)))], test: "x,y\n3,1\n")
    }
  }

  @Test(arguments: [
    (
      "x,y\n1,a\n2,b\n", "x,y\n3,c\n",
      "'u.csv', line 2, column 2: label 'c' does not occur in the training file"
    ),
    (
      "x,y\n1,0\n2,2\n", "x,y\n3,3\n",
      "'u.csv', line 2, column 2: label 3 is not in 0 to 2, those of the training file"
    ),
    ("x,y\n1,0\n", "z,y\n3,3\n", "'u.csv' has not the same columns as the training file"),
  ]) func theTestFileMustAgree(train: String, test: String, message: String) {
    let found = problem { () throws(Problem) in try load(train, test: test) }
    #expect(found.message == message)
    #expect(found.setting == "test_path")
  }
}

@Suite struct DecimalTests {
  func float(_ text: String) -> Float? {
    Array(text.utf8).withUnsafeBufferPointer { Decimal.float($0) }
  }

  @Test(arguments: [
    "0", "-0", "1", "+1", "1.", ".5", "0.1", "3.4028235e38", "1e-45", "1.17549435e-38", "1e-400",
    // Just between two floats, and a little to either side.
    "16777217", "16777217.0000000001", "16777216.999999999", "16777219",
    "1.00000005960464477539062500", "1.00000005960464477539062501",
    "0.100000001490116119384765625", "9007199254740993", "123456789012345678901234567890", "1e22",
    "1e23", "5e-324", "0.000000000000000000000000000000000000001", "7.038531e-26", "8.589973e9",
  ]) func isRoundedAsByTheStandardLibrary(text: String) throws {
    let expected = try #require(Float(text))
    #expect(float(text)?.bitPattern == expected.bitPattern)
  }

  @Test func manyNumbersAreRoundedAsByTheStandardLibrary() {
    let random = Random(seed: 1, purpose: .test)
    for index in 0..<20_000 {
      let digits = random.bits(index) >> UInt64(random.integer(index + 100_000, below: 60))
      let text = "\(digits)e\(random.integer(index + 200_000, below: 60) - 40)"
      #expect(float(text)?.bitPattern == Float(text)?.bitPattern, "\(text)")
    }
  }

  @Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "1 2", "1,5", "0x1p3", "inf", "nan", "--1", "1f",
  ])
  func otherTextsAreNoNumbers(text: String) { #expect(float(text) == nil) }
}
