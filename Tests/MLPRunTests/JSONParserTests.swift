import MLPTensor
import Testing

@testable import MLPRun

@Suite("The JSON parser")
struct JSONParserTests {
  private func parse(_ text: String) throws(JSON.Fault) -> JSON { try JSON.parse(Array(text.utf8)) }

  private func fault(_ bytes: [UInt8]) -> JSON.Fault? {
    do throws(JSON.Fault) {
      _ = try JSON.parse(bytes)
      return nil
    } catch { return error }
  }

  @Test(
    "reads each kind of value",
    arguments: [
      ("null", JSON.null), (" true\n", .flag(true)), ("\t\rfalse", .flag(false)),
      ("0", .integer(0)),
      ("-17", .integer(-17)), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.0", .number(1)),
      ("1e3", .number(1000)), ("-2.5E-1", .number(-0.25)), ("0.1", .number(0.1)),
      ("5e-324", .number(.leastNonzeroMagnitude)), ("1e-400", .number(0)), ("\"\"", .text("")),
      ("[]", .list([])),
      ("[ 1 , [ ] ]", .list([.integer(1), .list([])])), ("{}", .object([])),
      ("{ \"a\" : { \"b\" : 1 } }", .object([("a", .object([("b", .integer(1))]))])),
    ])
  func values(text: String, expected: JSON) throws { #expect(try parse(text) == expected) }

  @Test("keeps the sign of zero")
  func negativeZero() throws {
    let zero = try #require(try parse("-0").number)
    #expect(zero == 0 && zero.sign == .minus)
  }

  @Test(
    "undoes escapes",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
      (#""\uD83D\uDE00""#, "😀"), (#""\u0000""#, "\0"), ("\"é€😀\"", "é€😀"),
      (#""a\u0301b""#, "a\u{301}b"),
    ])
  func texts(text: String, expected: String) throws {
    #expect(try parse(text) == .text(expected))
  }

  @Test("keeps the order of members and those that share a name")
  func members() throws {
    let value = try parse(#"{"b":1,"a":2,"b":3}"#)
    #expect(value.members?.map { $0.0 } == ["b", "a", "b"])
    #expect(value["b"] == .integer(1))
    #expect(value["c"] == nil)
  }

  @Test(
    "says where a text is faulty",
    arguments: [
      ("", 0, "expected a value, found the end of the text"),
      ("  ", 2, "expected a value, found the end of the text"),
      ("nul", 0, "expected a value, found 'n'"), ("True", 0, "expected a value, found 'T'"),
      ("nullx", 4, "expected the end of the text, found 'x'"),
      ("1 2", 2, "expected the end of the text, found '2'"),
      ("[1,]", 3, "expected a value, found ']'"), ("[1 2]", 3, "expected ',' or ']', found '2'"),
      ("[1", 2, "expected ',' or ']', found the end of the text"),
      ("{\"a\" 1}", 5, "expected ':', found '1'"),
      ("{\"a\":1,}", 7, "expected a member's name in quotes, found '}'"),
      ("{a:1}", 1, "expected a member's name in quotes, found 'a'"),
      ("{\"a\":1]", 6, "expected ',' or '}', found ']'"),
      ("01", 0, "a number begins with a superfluous 0"),
      ("-", 1, "expected a digit, found the end of the text"),
      ("1.", 2, "expected a digit, found the end of the text"),
      (".5", 0, "expected a value, found '.'"), ("+1", 0, "expected a value, found '+'"),
      ("1e", 2, "expected a digit, found the end of the text"),
      ("1e999", 0, "a number is too large to be stored"), ("NaN", 0, "expected a value, found 'N'"),
      ("0x10", 1, "expected the end of the text, found 'x'"),
      ("\"a", 0, "a text is not closed"),
      ("\"\\", 1, "a backslash stands before a character that it can't"),
      ("\"a\nb\"", 2, "a text holds a control character that is not escaped"),
      (#""\x""#, 1, "a backslash stands before a character that it can't"),
      (#""\u12""#, 1, #"'\u' needs four hexadecimal digits"#),
      (#""\uD83D""#, 1, "a surrogate stands without its other half"),
      (#""\uDE00\uD83D""#, 1, "a surrogate stands without its other half"),
      (#""\uD83D\u0041""#, 1, "a surrogate stands without its other half"),
      (#""\uD83D\uD83D""#, 1, "a surrogate stands without its other half"),
      (#""\uD83D\uE000""#, 1, "a surrogate stands without its other half"),
      ("'a'", 0, "expected a value, found '''"), ("// x\n1", 0, "expected a value, found '/'"),
      ("\u{FEFF}1", 0, "expected a value, found byte 239"),
    ])
  func faults(text: String, offset: Int, message: String) {
    #expect(fault(Array(text.utf8)) == JSON.Fault(offset: offset, message: message))
  }

  @Test(
    "refuses bytes that are not UTF-8",
    arguments: [
      [0xFF], [0xC3], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x80],
    ] as [[UInt8]])
  func encoding(bytes: [UInt8]) {
    let text: [UInt8] = Array("\"é".utf8) + bytes + Array("\"".utf8)
    #expect(fault(text) == JSON.Fault(offset: 3, message: "the text is not UTF-8"))
  }

  @Test("goes 128 deep and no deeper")
  func depth() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    _ = try parse(nested(128))
    #expect(fault(Array(nested(129).utf8))?.offset == 128)
    #expect(fault([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))?.offset == 128)
    // Depth, not number: lists beside each other are no problem.
    _ = try parse("[" + Array(repeating: "[[]]", count: 500).joined(separator: ",") + "]")
  }

  @Test("reads back what is written")
  func roundTrip() throws {
    let random = Random(seed: 1, purpose: .toy)
    var next = 0
    func draw(_ count: Int) -> Int {
      next += 1
      return random.integer(next, below: count)
    }
    func value(_ depth: Int) -> JSON {
      switch draw(depth == 0 ? 5 : 7) {
      case 0: return .null
      case 1: return .flag(draw(2) == 0)
      case 2: return .integer(draw(2_000_000) - 1_000_000)
      case 3: return .number(Double(draw(1_000_000)) / 1024 + 0.5)
      case 4: return .text(String((0..<draw(6)).map { _ in Array("a\"\\\n\u{1}é😀")[draw(7)] }))
      case 5: return .list((0..<draw(4)).map { _ in value(depth - 1) })
      default: return .object((0..<draw(4)).map { _ in ("k\(draw(3))", value(depth - 1)) })
      }
    }
    for _ in 0..<2000 {
      let written = value(4)
      #expect(try parse(written.line) == written)
    }
  }

  @Test("ends with a value or a fault on any bytes")
  func fuzz() {
    let random = Random(seed: 2, purpose: .toy)
    let seed = Array(#"{"a":[1,-2.5e3,"x\u00e9\n",true,null],"bé":{"c":{}}}"#.utf8)
    var next = 0
    func draw(_ count: Int) -> Int {
      next += 1
      return random.integer(next, below: count)
    }
    for _ in 0..<20_000 {
      var bytes = seed
      for _ in 0...draw(3) {
        let place = draw(bytes.count)
        switch draw(3) {
        case 0: bytes[place] = UInt8(draw(256))
        case 1: bytes.remove(at: place)
        default: bytes.insert(seed[draw(seed.count)], at: place)
        }
      }
      if let fault = fault(bytes) { #expect(fault.offset <= bytes.count) }
    }
  }
}
