import MLPLibrary

/// A file fetched over HTTP/1.1, without encryption: what is fetched must have a checksum.
struct Download {
  struct Limits: Sendable {
    /// Seconds until the server's name must be resolved: two servers, one after the other, are given up
    /// within three.
    var lookup = 1.4
    /// Seconds until the connection must stand, likewise.
    var connect = 1.4
    /// Seconds that may pass without a byte.
    var stall = 10.0
    /// Bytes of one file.
    var size = 64 << 20
    var redirections = 3
  }

  let limits: Limits
  /// Whether to end before the end; asked several times a second.
  var isStopped: @Sendable () -> Bool = { false }

  /// - Throws: `.missing` where no server answers, where it doesn't have the file and where the address
  ///   is not an http one; `.io` where the answer is cut off, too large or not HTTP; `.stopped`.
  func fetch(
    _ url: String, progress: (_ received: Int, _ total: Int?) -> Void
  ) throws(Problem) -> [UInt8] {
    var url = url
    for _ in 0...limits.redirections {
      let address = try HTTPAddress(url)
      let connection = try Connection(address, url: url, limits: limits, isStopped: isStopped)
      try connection.send(request(address))
      var response = Response(connection, url: url, limit: limits.size)
      let head = try response.readHead()
      switch head.status {
      case 200: return try response.readBody(head, progress)
      case 301, 302, 303, 307, 308:
        guard let location = head.fields["location"] else {
          throw Problem(.io, "'\(url)' redirects to nowhere (status \(head.status))")
        }
        url = address.resolving(location)
      default: throw Problem(.missing, "'\(url)' is answered with status \(head.status)")
      }
    }
    throw Problem(.missing, "'\(url)' is redirected more than \(limits.redirections) times")
  }

  private func request(_ address: HTTPAddress) -> String {
    let lines = [
      "GET \(address.target) HTTP/1.1", "Host: \(address.hostField)", "User-Agent: mlpc",
      "Accept: */*", "Accept-Encoding: identity", "Connection: close", "", "",
    ]
    return lines.joined(separator: "\r\n")
  }
}

/// What a server answers, read piece by piece.
private struct Response {
  struct Head {
    var status: Int
    /// By names in lower case.
    var fields: [String: String]
  }

  private let connection: Connection
  private let url: String
  private let limit: Int
  /// Received and not yet used, from `used` on.
  private var buffer: [UInt8] = []
  private var used = 0

  init(_ connection: Connection, url: String, limit: Int) {
    self.connection = connection
    self.url = url
    self.limit = limit
  }

  mutating func readHead() throws(Problem) -> Head {
    while true {
      let line = try readLine().split(separator: " ", maxSplits: 2)
      guard line.count > 1, line[0].hasPrefix("HTTP/1."), let status = Int(line[1]) else {
        throw Problem(.io, "'\(url)' is not answered in HTTP")
      }
      let fields = try readFields()
      // 100 and the like only announce the answer.
      if status >= 200 { return Head(status: status, fields: fields) }
    }
  }

  mutating func readBody(
    _ head: Head, _ progress: (_ received: Int, _ total: Int?) -> Void
  ) throws(Problem) -> [UInt8] {
    var body: [UInt8] = []
    if head.fields["transfer-encoding"]?.lowercased() == "chunked" {
      try readChunks(into: &body, progress)
      return body
    }
    guard let field = head.fields["content-length"] else {
      while try receive() { try take(available, into: &body, nil, progress) }
      return body
    }
    guard let length = Int(field), length >= 0 else {
      throw Problem(.io, "'\(url)' is answered with the length '\(field)'")
    }
    guard length <= limit else { throw tooLarge }
    body.reserveCapacity(length)
    progress(0, length)
    try read(length, into: &body, length, progress)
    return body
  }

  private mutating func readChunks(
    into body: inout [UInt8], _ progress: (_ received: Int, _ total: Int?) -> Void
  ) throws(Problem) {
    while true {
      let size = try readLine().prefix { $0 != ";" && $0 != " " }
      guard let count = Int(size, radix: 16), count >= 0 else {
        throw Problem(.io, "'\(url)' is answered with a chunk of size '\(size)'")
      }
      if count == 0 {
        _ = try readFields()
        return
      }
      guard count <= limit else { throw tooLarge }
      try read(count, into: &body, nil, progress)
      guard try readLine().isEmpty else {
        throw Problem(.io, "'\(url)' is answered with a chunk longer than it states")
      }
    }
  }

  /// Reads `count` bytes of the body.
  private mutating func read(
    _ count: Int, into body: inout [UInt8], _ total: Int?,
    _ progress: (_ received: Int, _ total: Int?) -> Void
  ) throws(Problem) {
    var rest = count
    while rest > 0 {
      guard try receive() else {
        let found = total.map { "\(body.count) of \($0)" } ?? "\(body.count)"
        throw Problem(.io, "'\(url)' is cut off after \(found) bytes")
      }
      let piece = min(rest, available)
      try take(piece, into: &body, total, progress)
      rest -= piece
    }
  }

  private mutating func take(
    _ count: Int, into body: inout [UInt8], _ total: Int?,
    _ progress: (_ received: Int, _ total: Int?) -> Void
  ) throws(Problem) {
    guard body.count + count <= limit else { throw tooLarge }
    body += buffer[used..<used + count]
    used += count
    progress(body.count, total)
  }

  private var available: Int { buffer.count - used }

  private var tooLarge: Problem { Problem(.io, "'\(url)' holds more than \(limit) bytes") }

  /// Fills the buffer where it is empty; false at the end.
  private mutating func receive() throws(Problem) -> Bool {
    guard available == 0 else { return true }
    used = 0
    buffer = try connection.receive()
    return !buffer.isEmpty
  }

  private mutating func readFields() throws(Problem) -> [String: String] {
    var fields: [String: String] = [:]
    var count = 0
    while true {
      let line = try readLine()
      if line.isEmpty { return fields }
      count += 1
      guard count <= 200 else { throw Problem(.io, "'\(url)' is answered with too many fields") }
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      let end = value.lastIndex { $0 != " " && $0 != "\t" }
      fields[line[..<colon].lowercased()] = end.map { String(value[...$0]) } ?? ""
    }
  }

  /// Up to a line feed, which is dropped with the carriage return before it.
  private mutating func readLine() throws(Problem) -> String {
    var line: [UInt8] = []
    while line.count < 1 << 14 {
      guard try receive() else {
        throw Problem(.io, "'\(url)' is not answered: the server closes the connection")
      }
      let byte = buffer[used]
      used += 1
      guard byte != 10 else {
        if line.last == 13 { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
      }
      line.append(byte)
    }
    throw Problem(.io, "'\(url)' is answered with a line that is too long")
  }
}
