import MLPLibrary

/// An http URL, taken apart.
struct HTTPAddress: Equatable {
  let host: String
  let port: String
  /// Path and query, beginning with a slash.
  let target: String

  /// - Throws: `.missing` where it is no http URL.
  init(_ url: String) throws(Problem) {
    guard let schemeEnd = url.utf8.firstRange(of: "://".utf8) else {
      throw Problem(.missing, "'\(url)' is no address: it should begin with 'http://'")
    }
    let scheme = url[..<schemeEnd.lowerBound].lowercased()
    guard scheme == "http" else {
      throw Problem(
        .missing, "'\(url)' can't be fetched: only 'http' is spoken here, not '\(scheme)'",
        help:
          "the data's checksums guard them, so an http address is safe; or fetch the file by hand")
    }
    let rest = url[schemeEnd.upperBound...].prefix { $0 != "#" }
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let path = rest[end...]
    target = path.hasPrefix("/") ? String(path) : "/" + path
    (host, port) = try Self.split(rest[..<end], url)
    // A blank or line end would end the request's line.
    guard target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Problem(.missing, "'\(url)' holds a character that an address can't hold")
    }
  }

  private static func split(
    _ authority: Substring, _ url: String
  ) throws(Problem) -> (host: String, port: String) {
    var host = authority
    var port = "80"
    let afterBracket = authority.lastIndex(of: "]") ?? authority.startIndex
    if let colon = authority[afterBracket...].lastIndex(of: ":") {
      host = authority[..<colon]
      port = String(authority[authority.index(after: colon)...])
    }
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    let isClean = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } && !host.contains("@")
    guard isClean, !host.isEmpty, let number = Int(port), (1...65_535).contains(number) else {
      throw Problem(.missing, "'\(url)' names no server")
    }
    return (String(host), String(number))
  }

  /// For the request's `Host` field.
  var hostField: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == "80" ? name : "\(name):\(port)"
  }

  /// The URL that a redirection from here names.
  func resolving(_ location: String) -> String {
    location.hasPrefix("/") && !location.hasPrefix("//")
      ? "http://\(hostField)\(location)" : location
  }
}

extension Collection where Element: Equatable {
  /// The first place where `pattern` stands.
  fileprivate func firstRange(of pattern: some Collection<Element>) -> Range<Index>? {
    var start = startIndex
    while start != endIndex {
      if self[start...].starts(with: pattern) {
        return start..<index(start, offsetBy: pattern.count)
      }
      formIndex(after: &start)
    }
    return nil
  }
}
