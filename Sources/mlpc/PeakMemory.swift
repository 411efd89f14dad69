import MLPLibrary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The most memory that the process ever held at once.
enum PeakMemory {
  /// In bytes, since the start or since `forget`.
  static var bytes: Int? {
    #if os(Linux)
      return (try? DiskWorld().read("/proc/self/status")).flatMap { peak(status: $0) }
    #else
      var usage = rusage()
      return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : nil
    #endif
  }

  /// Counts from now on, beginning with what is held now; Linux alone can.
  static func forget() {
    #if os(Linux)
      let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { return }
      _ = writeAll(Array("5".utf8), to: file)
      close(file)
    #endif
  }

  /// `VmHWM:     51234 kB` in /proc/self/status, in bytes.
  static func peak(status: [UInt8]) -> Int? {
    let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
    guard let line = lines.first(where: { $0.hasPrefix("VmHWM:") }) else { return nil }
    let words = line.split { $0 == " " || $0 == "\t" }
    return words.count == 3 ? Int(words[1]).map { $0 * 1024 } : nil
  }
}
