import Testing

@testable import MLPLibrary

@Suite("A table without labels")
struct NumberTableTests {
  private func table(_ text: String, ignoring: String? = nil) throws(Problem) -> NumberTable {
    try NumberTable(Array(text.utf8), name: "t", ignoring: ignoring)
  }

  @Test("is read with or without a header, by comma, semicolon or tab")
  func reading() throws {
    for text in ["1,2\n3,4\n", "a,b\n1,2\n3,4", "1;2\n3;4", "1\t2\r\n3\t4\r\n"] {
      let found = try table(text)
      #expect(found.rows == 2 && found.columns == 2)
      #expect(found.numbers == [1, 2, 3, 4])
    }
    #expect(try table("5\n6\n").columns == 1)
  }

  @Test("can leave a column out, by name or number")
  func ignoring() throws {
    let text = "a,kind,b\n1,oak,2\n3,elm,4\n"
    #expect(try table(text, ignoring: "kind").numbers == [1, 2, 3, 4])
    #expect(try table(text, ignoring: "2").numbers == [1, 2, 3, 4])
    #expect(try table("1,oak,2\n3,elm,4\n", ignoring: "2").numbers == [1, 2, 3, 4])
    let fault = problem { () throws(Problem) in try table(text, ignoring: "c") }
    #expect(fault.message.contains("no column 'c'"))
  }

  @Test("names the place of what is no number: a first row with one number is no header")
  func faults() {
    func message(_ text: String) -> String {
      problem { () throws(Problem) in try table(text) }.message
    }
    #expect(message("1,x\n3,4\n").contains("line 1, column 2"))
    #expect(message("1,2\n3,4,5\n").contains("line 2, column 2"))
    #expect(message("1,2\n3\n").contains("line 2, column 1"))
    #expect(message("a,b\n").contains("no rows"))
    #expect(message("").contains("empty"))
    #expect(message("1,1e99\n").contains("3.4e38"))
  }
}

@Suite("A ZIP archive")
struct ZipArchiveTests {
  private let archive = ZipArchive([
    .init("a.npy", Array("hello".utf8)), .init("ä", []), .init("c", noise(5000)),
  ])

  @Test("is read back, and the same content gives the same bytes")
  func roundTrip() throws {
    let bytes = try archive.bytes()
    #expect(try ZipArchive(bytes, name: "z", limit: 5005) == archive)
    #expect(try archive.bytes() == bytes)
    #expect(ZipArchive.isZip(bytes))
    #expect(try ZipArchive(ZipArchive([]).bytes(), name: "z", limit: 0).members == [])
  }

  @Test("is refused where any byte of a member is wrong, or the end is missing")
  func damage() throws {
    let bytes = try archive.bytes()
    for place in [40, 5000] {
      var damaged = bytes
      damaged[place] ^= 4
      #expect(
        problem { () throws(Problem) in try ZipArchive(damaged, name: "z", limit: 9999) }.kind
          == .data)
    }
    for count in [0, 10, 40, bytes.count - 1] {
      let cut = Array(bytes.prefix(count))
      #expect(
        problem { () throws(Problem) in try ZipArchive(cut, name: "z", limit: 9999) }.kind == .data)
    }
  }
}
