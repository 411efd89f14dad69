import CZlib
import MLPTestSupport
import Testing

@testable import MLPLibrary

/// Asserts that `body` throws a problem, and hands it on.
func problem<T>(
  _ body: () throws(Problem) -> T, sourceLocation: SourceLocation = #_sourceLocation
) -> Problem {
  do {
    _ = try body()
    Issue.record("expected a problem", sourceLocation: sourceLocation)
    return Problem("")
  } catch {
    return error
  }
}

extension Problem {
  init(_ message: String) { self.init(.spec, message) }
}

/// A gzip file of one member, made by zlib.
func gzip(_ content: [UInt8]) -> [UInt8] {
  var stream = z_stream()
  deflateInit2_(
    &stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  defer { deflateEnd(&stream) }
  var input = content
  return input.withUnsafeMutableBufferPointer { input in
    [UInt8](unsafeUninitializedCapacity: input.count + 1000) { output, count in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(output.count)
      deflate(&stream, Z_FINISH)
      count = output.count - Int(stream.avail_out)
    }
  }
}

/// An IDX file of unsigned bytes.
func idx(_ sizes: [Int], _ body: [UInt8]) -> [UInt8] {
  let header: [UInt8] = [0, 0, 8, UInt8(sizes.count)]
  return header + sizes.flatMap { size in [24, 16, 8, 0].map { UInt8(size >> $0 & 0xFF) } } + body
}

/// Bytes without a pattern that deflate would find.
func noise(_ count: Int) -> [UInt8] {
  var state: UInt32 = 1
  return (0..<count).map { _ in
    state = state &* 1_664_525 &+ 1_013_904_223
    return UInt8(state >> 24)
  }
}

/// The defaults of a word's settings, and those given.
func values(_ schema: Schema, _ given: [String: Value] = [:]) -> Values {
  var values = Values(given)
  for setting in schema.settings where given[setting.name] == nil {
    if case .value(let value) = setting.default { values[setting.name] = value }
  }
  return values
}

/// The four files of a set like MNIST, by file name.
func mnistLike(train: Int = 3, test: Int = 2, folder: String) -> [String: [UInt8]] {
  func images(_ n: Int) -> [UInt8] { idx([n, 28, 28], noise(n * 784)) }
  func labels(_ n: Int) -> [UInt8] { idx([n], (0..<n).map { UInt8($0 % 10) }) }
  return [
    "\(folder)/train-images-idx3-ubyte": images(train),
    "\(folder)/train-labels-idx1-ubyte": labels(train),
    "\(folder)/t10k-images-idx3-ubyte": images(test),
    "\(folder)/t10k-labels-idx1-ubyte": labels(test),
  ]
}
