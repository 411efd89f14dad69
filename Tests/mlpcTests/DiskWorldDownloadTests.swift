import Foundation
import MLPLibrary
import Testing

@testable import mlpc

/// A server on this machine that reads one request per connection and gives a fixed answer.
private final class Server: Sendable {
  let port: UInt16
  private let listener: Int32

  /// - Parameters:
  ///   - answer: the pieces to send for the request's target; nil to say nothing and wait.
  init(_ answer: @escaping @Sendable (_ target: String) -> [String]?) throws {
    let (file, port) = try LocalListener.open()
    listener = file
    self.port = port
    Thread.detachNewThread { Self.serve(file, answer) }
  }

  /// Wakes the thread, which closes the socket: another could get its number otherwise.
  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  func url(_ target: String) -> String { "http://127.0.0.1:\(port)\(target)" }

  private static func serve(_ listener: Int32, _ answer: (String) -> [String]?) {
    while true {
      let file = accept(listener, nil, nil)
      guard file >= 0 else { break }
      var request = ""
      var buffer = [UInt8](repeating: 0, count: 4096)
      while !request.contains("\r\n\r\n") {
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { break }
        request += String(decoding: buffer[..<count], as: UTF8.self)
      }
      let words = request.split(separator: " ")
      guard words.count > 1, let pieces = answer(String(words[1])) else {
        // Until the other side gives up.
        _ = read(file, &buffer, buffer.count)
        close(file)
        continue
      }
      for piece in pieces {
        let bytes = Array(piece.utf8)
        _ = send(file, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        Thread.sleep(forTimeInterval: 0.005)
      }
      close(file)
    }
    close(listener)
  }
}

@Suite struct DownloadTests {
  let world = DiskWorld(
    limits: Download.Limits(lookup: 3, connect: 1, stall: 0.3, size: 100, redirections: 3))

  private func fetch(_ pieces: [String]?) throws -> Result<String, Problem> {
    fetch(try Server { _ in pieces })
  }

  private func fetch(_ server: Server, _ target: String = "/file") -> Result<String, Problem> {
    withExtendedLifetime(server) { fetch(server.url(target)) }
  }

  func fetch(_ url: String) -> Result<String, Problem> {
    do throws(Problem) {
      return .success(String(decoding: try world.download(url) { _, _ in }, as: UTF8.self))
    } catch {
      return .failure(error)
    }
  }

  func message(_ result: Result<String, Problem>) -> String {
    guard case .failure(let problem) = result else { return "it succeeded" }
    return problem.message
  }

  @Test(arguments: [
    ["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
    ["HTTP/1.1 200 OK\r\ncontent-length:5 \r\n", "\r\nhel", "lo"],
    ["HTTP/1.0 200 OK\r\n\r\nhel", "lo"],
    ["HTTP/1.1 200 OK\nContent-Length: 5\n\nhello, and more"],
    ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
    [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "3;x=y\r\nhel\r",
      "\n2\r\nlo\r\n0\r\n",
      "A: b\r\n\r\n",
    ],
  ]) func theBodyIsGivenHoweverItIsFramed(pieces: [String]) throws {
    #expect(try fetch(pieces) == .success("hello"))
  }

  @Test func progressTellsBytesAndTotal() throws {
    let server = try Server { _ in ["HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", "ab", "cd"] }
    var told: [Int] = []
    try withExtendedLifetime(server) {
      _ = try world.download(server.url("/")) { received, total in
        told.append(received)
        #expect(total == 4)
      }
    }
    #expect(told.first == 0)
    #expect(told.last == 4)
  }

  @Test func redirectionsAreFollowedThreeTimes() throws {
    let server = try Server { target in
      guard let number = Int(target.dropFirst()), number > 0 else {
        return ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"]
      }
      return ["HTTP/1.1 302 Found\r\nLocation: /\(number - 1)\r\nContent-Length: 0\r\n\r\n"]
    }
    #expect(fetch(server, "/3") == .success("ok"))
    #expect(message(fetch(server, "/4")).hasSuffix("is redirected more than 3 times"))
  }

  @Test func aRedirectionToAnEncryptedPlaceIsToldApart() throws {
    let found = try fetch(["HTTP/1.1 301 Moved\r\nLocation: https://a.org/x\r\n\r\n"])
    #expect(message(found).hasPrefix("'https://a.org/x' can't be fetched: only 'http'"))
  }

  @Test func otherAnswersAreProblems() throws {
    let notFound = try fetch(["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"])
    #expect(message(notFound).hasSuffix("is answered with status 404"))
    guard case .failure(let problem) = notFound else { return }
    #expect(problem.kind == .missing)
  }

  @Test(arguments: [
    (["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"], "is cut off after 3 of 5 bytes"),
    (["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"], "is cut off after 3 bytes"),
    (["HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n"], "is answered with the length '-5'"),
    (["HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n"], "holds more than 100 bytes"),
    (
      ["HTTP/1.1 200 OK\r\n\r\n", String(repeating: "x", count: 101)],
      "holds more than 100 bytes"
    ),
    (
      ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"],
      "is answered with a chunk of size 'xyz'"
    ),
    (
      ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n"],
      "is answered with a chunk longer than it states"
    ),
    (["SSH-2.0-OpenSSH\r\n"], "is not answered in HTTP"),
    (["HTTP/1.1 302 Found\r\n\r\n"], "redirects to nowhere (status 302)"),
    ([], "is not answered: the server closes the connection"),
  ]) func faultyAnswersAreProblems(pieces: [String], message expected: String) throws {
    #expect(message(try fetch(pieces)).hasSuffix(expected))
  }

  @Test func anEndlessLineIsCutOff() throws {
    let found = try fetch([String(repeating: "x", count: 20_000)])
    #expect(message(found).hasSuffix("is answered with a line that is too long"))
  }

  @Test func aServerThatAcceptsAndSaysNothingIsGivenUp() throws {
    let found = try fetch(nil)
    #expect(message(found).hasSuffix("sends nothing for 0.3 seconds"))
    guard case .failure(let problem) = found else { return }
    #expect(problem.kind == .missing)
  }

  @Test func whereNothingListensNobodyAnswers() throws {
    // A port that was free a moment ago.
    let port = try Server { _ in nil }.port
    let found = fetch("http://127.0.0.1:\(port)/")
    #expect(message(found).hasPrefix("no answer from '127.0.0.1:\(port)'"))
  }

  @Test func anUnknownNameIsMissing() {
    let found = fetch("http://no-such-server.invalid/")
    guard case .failure(let problem) = found else { return }
    #expect(problem.kind == .missing)
    #expect(problem.message.contains("'no-such-server.invalid'"))
  }
}
