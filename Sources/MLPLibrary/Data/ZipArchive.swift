/// Files packed into one, in the ZIP format: as far as NumPy's `.npz` needs it.
///
/// Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", 6.3. Members are written as they are, and read so
/// or deflated; no encryption, no parts, nothing of 4 GB or more.
package struct ZipArchive: Equatable, Sendable {
  package struct Member: Equatable, Sendable {
    package let name: String
    package let content: [UInt8]

    package init(_ name: String, _ content: [UInt8]) {
      self.name = name
      self.content = content
    }
  }

  package let members: [Member]

  package init(_ members: [Member]) { self.members = members }

  private static let localMark = 0x0403_4B50
  private static let centralMark = 0x0201_4B50
  private static let endMark = 0x0605_4B50
  private static let endSize = 22
  /// The first day that the format can say, so that the same content gives the same file.
  private static let date = 1 << 5 | 1
}

// MARK: - Writing

extension ZipArchive {
  /// The whole file.
  ///
  /// - Throws: where it would have 4 GB or more, or more than 65 535 members.
  package func bytes() throws(Problem) -> [UInt8] {
    let size = members.reduce(Self.endSize) { $0 + $1.content.count + 2 * $1.name.utf8.count + 76 }
    guard size < 1 << 32, members.count < 1 << 16 else {
      throw Problem(.data, "a ZIP archive can't hold \(size) bytes in \(members.count) members")
    }
    var file: [UInt8] = []
    var directory: [UInt8] = []
    file.reserveCapacity(size)
    for member in members {
      let name = Array(member.name.utf8)
      let facts =
        Self.word(0, 2) + Self.word(0, 2) + Self.word(Self.date, 2)
        + Self.word(Int(Gzip.crc32(of: member.content)), 4) + Self.word(member.content.count, 4)
        + Self.word(member.content.count, 4) + Self.word(name.count, 2) + Self.word(0, 2)
      // Version 2.0; bit 11 says that the name is UTF-8.
      let version = Self.word(20, 2) + Self.word(1 << 11, 2)
      directory +=
        Self.word(Self.centralMark, 4) + Self.word(20, 2) + version + facts + Self.word(0, 2)
        + Self.word(0, 2) + Self.word(0, 2) + Self.word(0, 4) + Self.word(file.count, 4) + name
      file += Self.word(Self.localMark, 4) + version + facts + name
      file += member.content
    }
    let start = file.count
    file += directory
    file += Self.word(Self.endMark, 4) + Self.word(0, 4) + Self.word(members.count, 2)
    file += Self.word(members.count, 2) + Self.word(directory.count, 4) + Self.word(start, 4)
    return file + Self.word(0, 2)
  }

  /// A number with its lowest byte first.
  private static func word(_ n: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: n >> (8 * $0)) }
  }
}

// MARK: - Reading

extension ZipArchive {
  package static func isZip(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: word(localMark, 4)) || bytes.starts(with: word(endMark, 4))
  }

  /// So many bytes of a member are looked at before the rest is unpacked.
  package static let headSize = 1 << 16

  /// - Parameters:
  ///   - name: the file's, for messages.
  ///   - limit: how many bytes all members may have together.
  ///   - accept: given each member's name, its first bytes, and how many it states; throws where these don't belong
  ///     together, before more is made of it.
  /// - Throws: `.data` where the file is damaged, or holds what can't be read here.
  package init(
    _ bytes: [UInt8], name: String, limit: Int,
    accept: (_ member: String, _ head: [UInt8], _ size: Int) throws(Problem) -> Void = { _, _, _ in
    }
  ) throws(Problem) {
    let reader = Reader(bytes: bytes, name: name)
    var members: [Member] = []
    for entry in try reader.directory(limit: limit) {
      members.append(Member(entry.name, try reader.content(of: entry, accept)))
    }
    self.members = members
  }

  /// What the directory says of a member.
  fileprivate struct Entry {
    let name: String
    let method: Int
    let checksum: Int
    let packedSize: Int
    let size: Int
    let offset: Int
  }

  private struct Reader {
    let bytes: [UInt8]
    let name: String

    /// What the archive holds, as far as that can be.
    func directory(limit: Int) throws(Problem) -> [Entry] {
      let entries = try entries()
      let size = entries.reduce(0) { $0 + $1.size }
      guard size <= limit else {
        throw Problem(
          .data, "'\(name)' states \(size) bytes, which is more than fits here (\(limit) bytes)")
      }
      // Members that share bytes would make more of a file than it holds.
      guard entries.reduce(0, { $0 + $1.packedSize }) <= bytes.count else {
        throw Problem(.data, "'\(name)' is damaged: its members overlap")
      }
      return entries
    }

    private func entries() throws(Problem) -> [Entry] {
      let end = try endRecord()
      let count = number(end + 10, 2)
      var place = number(end + 16, 4)
      guard number(end + 4, 4) == 0, number(end + 8, 2) == count, count < 0xFFFF,
        place + number(end + 12, 4) <= end
      else { throw damaged("its directory is not where it should be") }
      var entries: [Entry] = []
      for _ in 0..<count {
        guard place + 46 <= end, number(place, 4) == ZipArchive.centralMark else {
          throw damaged("its directory is cut off")
        }
        let (nameSize, rest) = (
          number(place + 28, 2), number(place + 30, 2) + number(place + 32, 2)
        )
        guard place + 46 + nameSize + rest <= end else { throw damaged("its directory is cut off") }
        entries.append(try entry(place, nameSize))
        place += 46 + nameSize + rest
      }
      return entries
    }

    private func entry(_ place: Int, _ nameSize: Int) throws(Problem) -> Entry {
      guard let text = String(validating: bytes[place + 46..<place + 46 + nameSize], as: UTF8.self)
      else { throw damaged("a member's name is not UTF-8") }
      guard number(place + 8, 2) & 1 == 0 else {
        throw Problem(.data, "'\(name)' is encrypted, which can't be read")
      }
      return Entry(
        name: text, method: number(place + 10, 2), checksum: number(place + 16, 4),
        packedSize: number(place + 20, 4), size: number(place + 24, 4),
        offset: number(place + 42, 4))
    }

    /// Where the last record begins: it is followed by nothing but its own comment.
    private func endRecord() throws(Problem) -> Int {
      var place = bytes.count - ZipArchive.endSize
      let first = max(0, place - 0xFFFF)
      while place >= first {
        if number(place, 4) == ZipArchive.endMark,
          place + ZipArchive.endSize + number(place + 20, 2) == bytes.count
        {
          return place
        }
        place -= 1
      }
      throw damaged("it has no end record")
    }

    func content(
      of entry: Entry, _ accept: (String, [UInt8], Int) throws(Problem) -> Void
    ) throws(Problem) -> [UInt8] {
      let start = entry.offset
      guard start + 30 <= bytes.count, number(start, 4) == ZipArchive.localMark else {
        throw damaged("'\(entry.name)' is not where it should be")
      }
      let lower = start + 30 + number(start + 26, 2) + number(start + 28, 2)
      guard lower + entry.packedSize <= bytes.count else { throw damaged("it is cut off") }
      let packed = Array(bytes[lower..<lower + entry.packedSize])
      let content = try unpacked(packed, entry, accept)
      guard Int(Gzip.crc32(of: content)) == entry.checksum else {
        throw damaged("the CRC-32 of '\(entry.name)' is not the one it states")
      }
      return content
    }

    private func unpacked(
      _ packed: [UInt8], _ entry: Entry, _ accept: (String, [UInt8], Int) throws(Problem) -> Void
    ) throws(Problem) -> [UInt8] {
      switch entry.method {
      case 0:
        guard entry.size == packed.count else { throw damaged("'\(entry.name)' has two sizes") }
        try accept(entry.name, Array(packed.prefix(ZipArchive.headSize)), entry.size)
        return packed
      case 8:
        guard Inflater.canHold(entry.size, in: packed.count) else {
          throw damaged("'\(entry.name)' states \(entry.size) bytes, more than it can hold")
        }
        let inflater = Inflater(packed, .none)
        var content = inflater.bytes(upTo: min(entry.size, ZipArchive.headSize))
        try accept(entry.name, content, entry.size)
        content += inflater.bytes(upTo: entry.size - content.count)
        guard content.count == entry.size, inflater.bytes(upTo: 1).isEmpty, inflater.isAtEnd else {
          throw damaged("'\(entry.name)' does not hold the \(entry.size) bytes that it states")
        }
        return content
      default:
        throw Problem(
          .data,
          "'\(entry.name)' in '\(name)' is packed by method \(entry.method); 0 and 8 can be read")
      }
    }

    /// The number at a place that lies within the file.
    private func number(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    private func damaged(_ reason: String) -> Problem {
      Problem(.data, "'\(name)' is damaged: \(reason)")
    }
  }
}
