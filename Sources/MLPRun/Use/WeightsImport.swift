import MLPLibrary
import MLPTensor

/// Weights of another program that are to become a network's.
package struct WeightsImport {
  /// The file's name.
  private let name: String
  private let net: CheckedNet
  /// Whether the weights lie as PyTorch has them, outputs first.
  private let transposes: Bool
  /// The arrays of floating-point numbers.
  private let entries: [Safetensors.Entry]
  /// Arrays that are no weights: counters and the like.
  package let leftOut: [String]

  private init(
    _ bytes: [UInt8], name: String, for net: CheckedNet, transposes: Bool, limit: Int
  ) throws(Problem) {
    self.name = name
    self.net = net
    self.transposes = transposes
    var all: [Safetensors.Entry]
    if ZipArchive.isZip(bytes) {
      all = try NumPyArchive.entries(bytes, name: name, limit: limit)
    } else {
      do throws(Problem) {
        // A safetensors file is a set of names, which its writers sort as they like.
        all = try Safetensors(bytes).entries.sorted { $0.name.precedesNaturally($1.name) }
      } catch { throw Problem(error.kind, "'\(name)': \(error.message)") }
    }
    func isWeight(_ entry: Safetensors.Entry) -> Bool {
      if case .integers = entry.numbers { return false }
      return !entry.name.hasPrefix("scaling.")
    }
    entries = all.filter(isWeight)
    leftOut = all.filter { !isWeight($0) }.map { $0.name }
  }

  /// Reads weights for a network: by their names where all of them are as `mlpc export` names them, else by order,
  /// layer by layer.
  ///
  /// - Parameter limit: how many bytes the file may hold when it is unpacked.
  /// - Throws: `.data` where the file is faulty, or an array has other sizes than the network's; both are named.
  static func parameters(
    _ bytes: [UInt8], name: String, for net: CheckedNet, transposes: Bool, limit: Int
  ) throws(Problem) -> (parameters: [[Tensor<Float>]], leftOut: [String]) {
    let weights = try WeightsImport(
      bytes, name: name, for: net, transposes: transposes, limit: limit)
    return (try weights.parameters(), weights.leftOut)
  }

  private func parameters() throws(Problem) -> [[Tensor<Float>]] {
    let wanted = ParameterName.all(of: net)
    let found = try ordered(wanted)
    guard found.count == wanted.count else {
      throw Problem(
        .data,
        "'\(name)' has \(found.count) arrays, and the network \(wanted.count): \(Self.list(wanted, found))"
      )
    }
    var parameters: [[Tensor<Float>]] = net.layers.map { _ in [] }
    for (parameter, entry) in zip(wanted, found) {
      parameters[parameter.layer].append(try tensor(entry, parameter))
    }
    return parameters
  }

  /// The arrays in the order of the network's parameters.
  private func ordered(_ wanted: [ParameterName]) throws(Problem) -> [Safetensors.Entry] {
    var byName: [String: Safetensors.Entry] = [:]
    for entry in entries {
      guard byName.updateValue(entry, forKey: entry.name) == nil else {
        throw Problem(.data, "'\(name)' has two arrays '\(entry.name.brief)'")
      }
    }
    let named = wanted.compactMap { byName[$0.text] }
    if named.count == wanted.count, entries.count == wanted.count { return named }
    // Weight, bias and statistics of one layer stand together, but in any order.
    var groups: [(prefix: String, entries: [Safetensors.Entry])] = []
    var places: [String: Int] = [:]
    for entry in entries {
      let prefix = entry.name.lastIndex(of: ".").map { String(entry.name[..<$0]) } ?? ""
      if let place = places[prefix], !prefix.isEmpty {
        groups[place].entries.append(entry)
      } else {
        places[prefix] = groups.count
        groups.append((prefix, [entry]))
      }
    }
    return groups.flatMap { group in
      group.entries.enumerated().sorted {
        (Self.rank($0.element.name), $0.offset) < (Self.rank($1.element.name), $1.offset)
      }.map { $0.element }
    }
  }

  /// The place of a parameter among those of its layer, by its usual names.
  private static func rank(_ name: String) -> Int {
    let last = name.split(separator: ".").last.map { String($0) } ?? name
    let known = [
      ["weight", "kernel", "scale", "gamma"], ["bias", "shift", "beta"],
      ["running_mean", "moving_mean"], ["running_variance", "running_var", "moving_variance"],
    ]
    return known.firstIndex { $0.contains(last) } ?? known.count
  }

  private static func list(_ wanted: [ParameterName], _ found: [Safetensors.Entry]) -> String {
    func joined(_ names: [String]) -> String {
      names.isEmpty
        ? "none" : names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
    }
    return "\(joined(found.map { "'\($0.name.brief)'" })) for "
      + joined(wanted.map { "'\($0.text)'" })
  }

  // MARK: One array

  private func tensor(
    _ entry: Safetensors.Entry, _ parameter: ParameterName
  ) throws(Problem) -> Tensor<Float> {
    let sizes = parameter.spec.sizes
    let turns = transposes && sizes.count > 1
    let wanted = turns ? Self.outputsFirst(sizes) : sizes
    guard entry.sizes == wanted else {
      let fits = !transposes && entry.sizes == Self.outputsFirst(sizes) && sizes.count > 1
      throw Problem(
        .data,
        "'\(entry.name.brief)' in '\(name)' has the sizes \(Self.text(entry.sizes)), and "
          + "'\(parameter.text)' of the network \(Self.text(wanted))",
        help: fits
          ? "'--transpose' takes weights with their outputs first, as PyTorch has them" : nil)
    }
    let numbers = try floats(entry)
    let placed = net.layers[parameter.layer]
    if transposes, case .normalisation = placed.layer.planned, placed.input.rank == 1 {
      let column = rowsFirst(numbers, sizes + [1], picture: picture(before: parameter.layer))
      return column.reshaped(sizes)
    }
    guard turns else { return Tensor(sizes, elements: numbers) }
    if sizes.count == 4 { return Self.filtersLast(numbers, sizes) }
    return rowsFirst(numbers, sizes, picture: picture(before: parameter.layer))
  }

  /// - Throws: where one is not finite, or beyond the range of `Float`.
  private func floats(_ entry: Safetensors.Entry) throws(Problem) -> [Float] {
    let numbers: [Float]
    switch entry.numbers {
    case .floats(let found): numbers = found
    case .doubles(let found): numbers = found.map { Float($0) }
    case .integers: numbers = []
    }
    guard numbers.allSatisfy({ $0.isFinite }) else {
      throw Problem(.data, "'\(entry.name.brief)' in '\(name)' has numbers that are not finite")
    }
    return numbers
  }

  /// `784x128`, or `none` for a single number.
  private static func text(_ sizes: [Int]) -> String {
    sizes.isEmpty ? "none" : sizes.map { String($0) }.joined(separator: "x")
  }

  /// [in, out] as [out, in]; [height, width, in, out] as [out, in, height, width].
  private static func outputsFirst(_ sizes: [Int]) -> [Int] {
    sizes.count == 4 ? [sizes[3], sizes[2], sizes[0], sizes[1]] : sizes.reversed()
  }

  /// - Parameter sizes: [height, width, in, out], those of the result.
  private static func filtersLast(_ numbers: [Float], _ sizes: [Int]) -> Tensor<Float> {
    let (taps, inputs, outputs) = (sizes[0] * sizes[1], sizes[2], sizes[3])
    var result: [Float] = []
    result.reserveCapacity(numbers.count)
    for tap in 0..<taps {
      for c in 0..<inputs {
        for o in 0..<outputs { result.append(numbers[(o * inputs + c) * taps + tap]) }
      }
    }
    return Tensor(sizes, elements: result)
  }

  /// - Parameter picture: where the inputs are one, they come in the order of channels, height, width.
  private func rowsFirst(
    _ numbers: [Float], _ sizes: [Int], picture: Shape?
  ) -> Tensor<Float> {
    let (inputs, outputs) = (sizes[0], sizes[1])
    let (channels, pixels) = picture.map { ($0.sizes[2], $0.sizes[0] * $0.sizes[1]) } ?? (1, inputs)
    var result: [Float] = []
    result.reserveCapacity(numbers.count)
    for input in 0..<inputs {
      let source = input % channels * pixels + input / channels
      for o in 0..<outputs { result.append(numbers[o * inputs + source]) }
    }
    return Tensor(sizes, elements: result)
  }

  /// The picture that comes into a layer, also where `flatten` has made a row of it since.
  private func picture(before layer: Int) -> Shape? {
    for index in (0...layer).reversed() {
      if index < layer, case .dense = net.layers[index].layer.planned { return nil }
      if net.layers[index].input.rank == 3 { return net.layers[index].input }
    }
    return nil
  }
}

extension String {
  /// In the order of their characters, but runs of digits by their number: `layer2` before `layer10`.
  fileprivate func precedesNaturally(_ other: String) -> Bool {
    func parts(_ text: String) -> [(String, Int)] {
      var parts: [(String, Int)] = []
      var rest = Substring(text)
      while !rest.isEmpty {
        let word = rest.prefix { !$0.isASCII || !$0.isNumber }
        rest = rest.dropFirst(word.count)
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(digits.count)
        parts.append((String(word), Int(digits) ?? -1))
      }
      return parts
    }
    let (mine, others) = (parts(self), parts(other))
    for (one, two) in zip(mine, others) where one != two { return one < two }
    return mine.count < others.count
  }
}
