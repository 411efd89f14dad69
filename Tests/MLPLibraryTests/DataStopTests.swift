import MLPTestSupport
import Synchronization
import Testing

@testable import MLPLibrary

/// Answers "yes" to the question whether to stop from the `turn`th on, as a terminal does after Ctrl-C.
///
/// Who goes on asking after that would do so for ever, and is ended.
private final class Stop: Sendable {
  private let turn: Int
  private let asked = Mutex(0)

  init(at turn: Int) { self.turn = turn }

  var count: Int { asked.withLock { $0 } }

  var isStopped: Bool {
    asked.withLock { asked in
      asked += 1
      precondition(asked < turn + 1000, "asked on and on after the answer to stop")
      return asked >= turn
    }
  }
}

/// What ends the loading of data on its way.
@Suite struct DataStopTests {
  // More than is inflated between two questions, so that a file is asked about more than once.
  private let images = gzip(
    idx([100, 28, 8 * 1024], noise(1000) + Self.zeros(100 * 28 * 8192 - 1000)))

  private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  @Test(arguments: 1...5) func aGzipFileStoppedInAnyPieceIsLetGoOf(turn: Int) {
    let stop = Stop(at: turn)
    let found = problem { () throws(Problem) in
      try IDXFile(images, name: "x.gz", limit: 1 << 30, isStopped: { stop.isStopped })
    }
    #expect(found.kind == .stopped)
    #expect(stop.count == turn)
  }

  @Test func aGzipFileNotStoppedIsReadWhole() throws {
    let stop = Stop(at: 1000)
    let file = try IDXFile(images, name: "x.gz", limit: 1 << 30, isStopped: { stop.isStopped })
    #expect(file.body.count == 100 * 28 * 8192)
    #expect(stop.count >= 5)
  }

  @Test(arguments: [2, 3, 5, 8]) func mnistStoppedWhileAFileIsInflatedIsLetGoOf(turn: Int) {
    let files = mnistLike(folder: "m").map { ($0 + ".gz", gzip($1)) }
    var world = MemoryWorld(files: Dictionary(uniqueKeysWithValues: files))
    let stop = Stop(at: turn)
    world.isStopRequestedNow = { stop.isStopped }
    let found = problem { () throws(Problem) in
      try Mnist(values(Mnist.schema, ["path": .text("m")])).load(world)
    }
    #expect(found.kind == .stopped)
    // The set that is read beside the one that was stopped asks once itself.
    #expect(turn...turn + 1 ~= stop.count)
  }
}
