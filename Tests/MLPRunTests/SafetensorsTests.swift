import MLPLibrary
import MLPTensor
import Testing

@testable import MLPRun

/// Files in the safetensors format: what is written is read back to the bit, and what breaks the format's rules is
/// refused with its reason.
@Suite struct SafetensorsTests {
  /// A file with this header and so many bytes of data, which are 0.
  static func file(_ header: String, data: Int = 0) -> [UInt8] {
    let text = Array(header.utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return length + text + [UInt8](repeating: 0, count: data)
  }

  static func sample() -> Safetensors {
    var file = Safetensors()
    file.set("format", to: "sample \"1\"\n\t\\ é 漢 🙂\u{1}")
    file.set("", to: "")
    file.add("a", [2, 3], .floats([0, -0.0, 1.5, .leastNonzeroMagnitude, .infinity, .nan]))
    file.add("b", [3], .doubles([-0.0, 0.1, .leastNonzeroMagnitude]))
    file.add("scalar", [], .doubles([Double(bitPattern: 0x7FF8_0000_DEAD_BEEF)]))
    file.add("nothing", [0, 7], .floats([]))
    file.add("n\"\\ü", [2], .integers([.min, .max]))
    return file
  }

  @Test func everythingIsReadBackToTheBit() throws {
    let file = Self.sample()
    let read = try Safetensors(file.bytes)
    #expect(read == file)
    #expect(read.text("format") == file.text("format"))
    #expect(read.text("") == "")
    let doubles = try read.doubles("scalar", count: 1)
    #expect(doubles[0].bitPattern == 0x7FF8_0000_DEAD_BEEF)
    #expect(try read.integers("n\"\\ü", count: 2) == [.min, .max])
    guard case .floats(let floats)? = read.entry("a")?.numbers else {
      Issue.record("'a' is missing")
      return
    }
    #expect(floats[1].sign == .minus && floats[5].isNaN)
  }

  @Test func numbersLieAtMultiplesOfTheirWidth() {
    let bytes = Self.sample().bytes
    let header = (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
    #expect(header.isMultiple(of: 8))
    // Three doubles, one, and two integers come before the floats.
    #expect(bytes.count == 8 + header + 8 * 6 + 4 * 6)
  }

  @Test func anEmptyFileIsOne() throws {
    let read = try Safetensors(Self.file("{}  "))
    #expect(read.entries.isEmpty && read.metadata.isEmpty)
  }

  @Test func blanksAndEscapesAreJSON() throws {
    let header =
      "{ \"\\u00e9\\ud83d\\ude42\\/\" :\n{\"shape\":[ 1 ],\t\"data_offsets\":[0,4],\"dtype\":\"F32\"} }"
    #expect(try Safetensors(Self.file(header, data: 4)).entries.map { $0.name } == ["é🙂/"])
  }

  static let one = "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}"

  @Test(arguments: [
    ([], "at least 8 bytes"),
    ([1, 2, 3], "at least 8 bytes"),
    ([9, 0, 0, 0, 0, 0, 0, 0, 0x7B], "only 1 follow"),
    ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], "at most 100000000"),
    ([1, 225, 245, 5, 0, 0, 0, 0], "at most 100000000"),
    (file(""), "expected '{'"),
    (file(" {}"), "expected '{'"),
    (file("[]"), "expected '{'"),
    (file("{}x"), "nothing but blanks"),
    (file("{}\n"), "nothing but blanks"),
    (file("{\(one)", data: 4), "expected '}'"),
    (file("{\(one),}", data: 4), "expected '\"'"),
    (file("{\(one),\(one)}", data: 4), "overlaps"),
    (file("{\(one)}", data: 3), "beyond the 3 bytes"),
    (file("{\(one)}", data: 5), "1 bytes at the end"),
    (file("{\(one.replacing("[0,4]", with: "[4,8]"))}", data: 8), "hole"),
    (file("{\(one),\(one.replacing("\"a\"", with: "\"b\""))}", data: 4), "overlaps"),
    (file("{\(one.replacing("[0,4]", with: "[4,0]"))}", data: 4), "beyond"),
    (file("{\(one.replacing("[1]", with: "[2]"))}", data: 4), "not those of its sizes"),
    (file("{\(one.replacing("[1]", with: "[-1]"))}", data: 4), "expected a whole number"),
    (file("{\(one.replacing("[1]", with: "[01]"))}", data: 4), "expected a whole number"),
    (file("{\(one.replacing("[1]", with: "[1.0]"))}", data: 4), "expected ']'"),
    (file("{\(one.replacing("[1]", with: "[1e0]"))}", data: 4), "expected ']'"),
    (file("{\(one.replacing("[1]", with: "[99999999999999999999]"))}", data: 4), "smaller"),
    (
      file("{\(one.replacing("[1]", with: "[9223372036854775807,9]"))}", data: 4),
      "not those of its sizes"
    ),
    (
      file("{\(one.replacing("[1]", with: "[1,1,1,1,1,1,1,1,1]"))}", data: 4), "more than 8 sizes"
    ),
    (file("{\(one.replacing("F32", with: "F8_E4M3"))}", data: 4), "of the type 'F8_E4M3'"),
    (file("{\(one.replacing("F32", with: "BF16"))}", data: 4), "not those of its sizes"),
    (file("{\(one.replacing("dtype", with: "type"))}", data: 4), "'type' where it shouldn't"),
    (file("{\"a\":{\"dtype\":\"F32\"}}"), "needs 'dtype', 'shape'"),
    (file("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}}"), "'dtype' where it shouldn't"),
    (file("{\"__metadata__\":{\"a\":1}}"), "expected '\"'"),
    (file("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}"), "twice in the metadata"),
    (file("{\"__metadata__\":{},\"__metadata__\":{}}"), "stands twice"),
    (file("{\"a\\q\":1}"), "a character that it can't at byte 3 of the header"),
    (file("{\"\\ud83d\":1}"), "without its other half"),
    (file("{\"\\u12\":1}"), "four hexadecimal digits"),
    (file("{\"a\n\":1}"), "a control character"),
    (file("{\"a"), "a text is not closed at byte 1 of the header"),
    (file("{\"a\\"), "before a character that it can't"),
    ([6, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x7D], "not UTF-8"),
  ])
  func whatBreaksTheRulesIsRefused(_ bytes: [UInt8], reason: String) {
    do throws(Problem) {
      _ = try Safetensors(bytes)
      Issue.record("accepted")
    } catch {
      #expect(error.kind == .data)
      #expect(error.message.contains(reason), "\(error.message)")
    }
  }

  /// Against the standard library's own type, over all numbers of 16 bits; no number stays none.
  @Test func numbersOf16BitsAreReadExactly() throws {
    let count = 1 << 16
    let bytes = (0..<count).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    for type in ["F16", "BF16"] {
      let header =
        "{\"a\":{\"dtype\":\"\(type)\",\"shape\":[\(count)],\"data_offsets\":[0,\(2 * count)]}}"
      let read = try Safetensors(Self.file(header) + bytes)
      guard case .floats(let floats)? = read.entry("a")?.numbers else {
        Issue.record("'a' holds no floats")
        return
      }
      let expected = (0..<count).map { bits in
        type == "BF16"
          ? Float(bitPattern: UInt32(bits) << 16) : Float(Float16(bitPattern: UInt16(bits)))
      }
      let isSame = zip(floats, expected).allSatisfy { found, wanted in
        found.bitPattern == wanted.bitPattern || found.isNaN && wanted.isNaN
      }
      #expect(floats.count == count && isSame)
      // The smallest, the largest below normal, one, the largest, and those beyond.
      if type == "F16" {
        #expect([floats[1], floats[0x3FF], floats[0x3C00]] == [0x1p-24, 0x3FFp-24, 1])
        #expect(floats[0x7BFF] == 65504 && floats[0xFC00] == -.infinity && floats[0x7E00].isNaN)
        #expect(floats[0x8000] == 0 && floats[0x8000].sign == .minus)
      }
    }
  }

  @Test func twoOfOneNameAreRefused() {
    let empty = "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}"
    #expect(throws: Problem.self) { try Safetensors(Self.file("{\(empty),\(empty)}")) }
    #expect(throws: Never.self) { try Safetensors(Self.file("{\(empty)}")) }
  }

  /// Whatever is done to a file, it is read or refused, never trapped on.
  @Test func mutatedFilesAreReadOrRefused() {
    let whole = Self.sample().bytes
    let random = Random(seed: 6, purpose: .test)
    var draws = 0
    func draw(below count: Int) -> Int {
      draws += 1
      return random.integer(draws, below: count)
    }
    var accepted = 0
    for _ in 0..<4000 {
      var bytes = whole
      for _ in 0...draw(below: 3) {
        guard !bytes.isEmpty else { break }
        switch draw(below: 4) {
        case 0: bytes[draw(below: bytes.count)] = UInt8(draw(below: 256))
        case 1: bytes.remove(at: draw(below: bytes.count))
        case 2: bytes.insert(UInt8(draw(below: 128)), at: draw(below: bytes.count))
        default: bytes = Array(bytes.prefix(draw(below: bytes.count + 1)))
        }
      }
      if (try? Safetensors(bytes)) != nil { accepted += 1 }
    }
    // Changed numbers or letters alone make no file faulty.
    #expect(accepted > 0 && accepted < 4000)
  }
}
