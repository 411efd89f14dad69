import MLPTensor

/// One of MNIST's four files, and what the original holds.
private struct Part {
  let file: String
  /// Uncompressed.
  let size: Int
  /// CRC-32, uncompressed.
  let checksum: UInt32

  static let trainImages = Part(
    file: "train-images-idx3-ubyte", size: 47_040_016, checksum: 0xE9F4_D8B3)
  static let trainLabels = Part(
    file: "train-labels-idx1-ubyte", size: 60_008, checksum: 0xE0CB_4AD2)
  static let testImages = Part(
    file: "t10k-images-idx3-ubyte", size: 7_840_016, checksum: 0x9137_3BDF)
  static let testLabels = Part(file: "t10k-labels-idx1-ubyte", size: 10_008, checksum: 0x4AB9_EFF9)
  static let all = [trainImages, trainLabels, testImages, testLabels]

  /// Where it lies in `folder`, uncompressed or compressed.
  func path(in folder: String, _ world: any World) -> String? {
    [file, file + ".gz"].map { DataFile.path(folder, $0) }.first { world.fileExists($0) }
  }

  /// Throws unless `found` is the original.
  func check(_ found: IDXFile) throws(Problem) {
    guard found.contentSize == size else {
      throw Problem(
        .data,
        "'\(found.name)' is not MNIST's: it should hold \(size) bytes, found \(found.contentSize)")
    }
    guard found.checksum() == checksum else {
      throw Problem(
        .data,
        "'\(found.name)' is not MNIST's: the CRC-32 of its content should be "
          + "\(hex(checksum)), found \(hex(found.checksum()))")
    }
  }

  private func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

private let help =
  "give a folder with the four files by 'path \"…\"', put them into $MLPC_DATA/mnist, or let mlpc"
  + " download them (the network must be up; $MLPC_MIRROR may name a server)"

// Files that are there.
extension Mnist {
  /// All four files from one folder; they may be of another set with the same sizes and classes.
  func load(
    from folder: String, _ world: any World, setting: String?
  ) throws(Problem) -> Dataset {
    try load(together: true) { part throws(Problem) in
      guard let path = part.path(in: folder, world) else {
        throw Problem(
          .missing, "'\(folder)' has no '\(part.file)', with or without '.gz'", setting: setting,
          help: help)
      }
      return try DataFile.idx(path, world, setting: setting)
    }
  }

  /// From the folder that the environment names, the cache, or a server.
  ///
  /// - Throws: `.missing` only where all of these have nothing.
  func find(_ world: any World) throws(Problem) -> Dataset {
    if let data = world.environment("MLPC_DATA"), !data.isEmpty {
      let folder = DataFile.path(data, "mnist")
      if Part.all.contains(where: { $0.path(in: folder, world) != nil }) {
        do {
          return try load(from: folder, world, setting: nil)
        } catch {
          // A folder with some of the four files is a mistake, not a reason to look elsewhere.
          guard error.kind == .missing else { throw error }
          throw Problem(.data, error.message, help: "add the file, or take away the others")
        }
      }
    }
    let cache = world.cacheFolder.map { DataFile.path($0, "mnist") }
    let isThere = cache.map { cache in Part.all.allSatisfy { $0.path(in: cache, world) != nil } }
    return try load(together: isThere ?? false) { part throws(Problem) in
      if let cache, let path = part.path(in: cache, world) { return try cached(part, path, world) }
      return try download(part, to: cache, world)
    }
  }

  private func cached(_ part: Part, _ path: String, _ world: any World) throws(Problem) -> IDXFile {
    do {
      let file = try DataFile.idx(path, world, setting: nil)
      try part.check(file)
      return file
    } catch {
      if error.kind == .stopped { throw error }
      var problem = error
      // The file was there a moment ago: whatever is wrong, there is no reason to use other data.
      if problem.kind == .missing { problem.kind = .io }
      problem.help = "delete the file: the next run fetches it again"
      throw problem
    }
  }

  /// - Parameter together: whether both sets are read at once: not where a server is asked, whose files come one
  ///   after the other.
  private func load(
    together: Bool, _ file: (Part) throws(Problem) -> IDXFile
  ) throws(Problem) -> Dataset {
    func trainSet() throws(Problem) -> Samples {
      try samples(try file(.trainImages), try file(.trainLabels))
    }
    func testSet() throws(Problem) -> Samples {
      try samples(try file(.testImages), try file(.testLabels))
    }
    let (train, test) =
      together ? try DataFile.both(trainSet, testSet) : (try trainSet(), try testSet())
    return Dataset(name: Self.schema.word, classes: 10, train: train, test: test)
  }

  private func samples(_ images: IDXFile, _ labels: IDXFile) throws(Problem) -> Samples {
    guard images.sizes.count == 3, images.sampleShape == Self.shape else {
      let sizes = images.sizes.map { String($0) }.joined(separator: "x")
      throw Problem(
        .data, "'\(images.name)' should hold images of 28x28, found sizes \(sizes)",
        setting: path == nil ? nil : "path", help: "other sets are read by 'data idx'")
    }
    do {
      return try IDXFile.samples(images: images, labels: labels, classes: 10)
    } catch {
      throw error.blaming(path == nil ? nil : "path")
    }
  }
}

// Files on a server.
extension Mnist {
  /// `$MLPC_MIRROR`, or else the two well-known places; each ends in a slash.
  private func servers(_ world: any World) -> [String] {
    if let mirror = world.environment("MLPC_MIRROR"), !mirror.isEmpty {
      return [mirror.hasSuffix("/") ? mirror : mirror + "/"]
    }
    return [
      "http://storage.googleapis.com/cvdf-datasets/mnist/",
      "http://ossci-datasets.s3.amazonaws.com/mnist/",
    ]
  }

  /// Fetches a file from the first server that has it whole, and keeps it in the cache.
  private func download(
    _ part: Part, to cache: String?, _ world: any World
  ) throws(Problem) -> IDXFile {
    var reasons: [String] = []
    for server in servers(world) {
      let url = server + part.file + ".gz"
      do {
        let bytes = try fetch(url, part, world)
        let file = try IDXFile(
          bytes, name: url, limit: part.size, isStopped: { world.isStopRequested })
        try part.check(file)
        if let cache { keep(bytes, DataFile.path(cache, part.file + ".gz"), world) }
        return file
      } catch {
        if error.kind == .stopped { throw error }
        reasons.append(error.message)
      }
    }
    throw Problem(.missing, "no server gives MNIST: " + reasons.joined(separator: ", "), help: help)
  }

  private func fetch(_ url: String, _ part: Part, _ world: any World) throws(Problem) -> [UInt8] {
    defer { world.progress(nil) }
    var shown = ""
    return try world.download(url) { received, total in
      let line = bar(part.file, received, total)
      if line != shown { world.progress(line) }
      shown = line
    }
  }

  private func bar(_ name: String, _ received: Int, _ total: Int?) -> String {
    let label = "\(name)  "
    guard let total, total > 0 else { return label + Format.bytes(received) }
    let width = 24
    let filled = min(width, max(0, received) * width / total)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    return label + "[\(bar)] \(Format.bytes(received)) of \(Format.bytes(total))"
  }

  /// A cache that can't be written is no reason to stop.
  private func keep(_ bytes: [UInt8], _ path: String, _ world: any World) {
    do {
      try world.writeAtomically(bytes, to: path)
    } catch {
      world.note("MNIST is not kept for the next run: \(error.message)")
    }
  }
}
