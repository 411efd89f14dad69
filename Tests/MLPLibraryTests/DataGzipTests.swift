import Testing

@testable import MLPLibrary

@Suite struct GzipTests {
  let content = noise(5000) + [UInt8](repeating: 7, count: 20_000)

  @Test(arguments: [nil, 25_000]) func givesTheContentBack(size: Int?) throws {
    let bytes = try Gzip.decompress(gzip(content), name: "a.gz", limit: 25_000, size: size)
    #expect(bytes == content)
  }

  @Test func anEmptyContentIsFine() throws {
    #expect(try Gzip.decompress(gzip([]), name: "a.gz", limit: 10) == [])
  }

  @Test func theChecksumIsThatOfTheStandard() {
    // The check value of CRC-32/ISO-HDLC.
    #expect(Gzip.crc32(of: Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(
      Gzip.crc32(of: Array("6789".utf8), after: Gzip.crc32(of: Array("12345".utf8))) == 0xCBF4_3926)
    #expect(Gzip.crc32(of: [], after: 5) == 5)
  }

  @Test func cutOffAnywhereItIsCutOff() {
    let whole = gzip(content)
    for length in [
      2, 9, 10, 11, 100, whole.count / 2, whole.count - 9, whole.count - 4, whole.count - 1,
    ] {
      let found = problem { () throws(Problem) in
        try Gzip.decompress(Array(whole[..<length]), name: "a.gz", limit: 1 << 20)
      }
      #expect(found.kind == .data)
      #expect(found.message == "'a.gz' is cut off: its gzip data end after \(length) bytes")
    }
  }

  @Test func aFlippedBitInStoredBytesFailsTheChecksum() {
    var bytes = gzip(noise(2000))
    bytes[1000] ^= 1
    let found = problem { () throws(Problem) in
      try Gzip.decompress(bytes, name: "a.gz", limit: 1 << 20)
    }
    #expect(
      found.message == "'a.gz' is damaged: the CRC-32 of its content is not the one it states")
  }

  @Test func aFalseLengthIsReportedAsSuch() {
    var bytes = gzip(content)
    bytes[bytes.count - 4] ^= 1
    let found = problem { () throws(Problem) in
      try Gzip.decompress(bytes, name: "a.gz", limit: 1 << 20)
    }
    #expect(found.message == "'a.gz' is damaged: its content is not as long as it states")
  }

  @Test func damagedDeflateDataAreReported() {
    var bytes = gzip([UInt8](repeating: 7, count: 2000))
    bytes[10] = 0xFF
    let found = problem { () throws(Problem) in
      try Gzip.decompress(bytes, name: "a.gz", limit: 1 << 20)
    }
    #expect(found.message.hasPrefix("'a.gz' is damaged near byte"))
  }

  @Test func nothingMayFollow() {
    let found = problem { () throws(Problem) in
      try Gzip.decompress(gzip(content) + [1, 2, 3], name: "a.gz", limit: 1 << 20)
    }
    #expect(found.message == "'a.gz' has 3 bytes behind the end of its gzip data")
  }

  @Test func otherFilesAreNoGzip() {
    #expect(
      problem { () throws(Problem) in try Gzip.decompress([], name: "a", limit: 9) }.message
        == "'a' is empty")
    #expect(
      problem { () throws(Problem) in
        try Gzip.decompress(Array("<html>".utf8), name: "a", limit: 9)
      }.message == "'a' is not a gzip file")
  }

  @Test func aBombStopsAtTheLimit() {
    let bomb = gzip([UInt8](repeating: 0, count: 10_000_000))
    let found = problem { () throws(Problem) in
      try Gzip.decompress(bomb, name: "a.gz", limit: 1_000_000)
    }
    #expect(found.message == "'a.gz' holds more than 1000000 bytes, the limit here")
  }

  @Test func theKnownSizeMustBeRight() {
    let bytes = gzip(content)
    #expect(
      problem { () throws(Problem) in
        try Gzip.decompress(bytes, name: "a.gz", limit: 1 << 20, size: 25_001)
      }.message == "'a.gz' should hold 25001 bytes, but holds 25000 bytes")
    #expect(
      problem { () throws(Problem) in
        try Gzip.decompress(bytes, name: "a.gz", limit: 1 << 20, size: 24_999)
      }.message == "'a.gz' holds more than the 24999 bytes that it should")
    #expect(
      problem { () throws(Problem) in
        try Gzip.decompress(bytes, name: "a.gz", limit: 1 << 40, size: 1 << 39)
      }.message == "'a.gz' should hold 549755813888 bytes, but holds far less")
  }
}
