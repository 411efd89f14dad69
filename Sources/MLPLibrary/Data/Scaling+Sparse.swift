import MLPTensor

extension Scaling {
  /// What each byte becomes, where that is the same for every feature and 0 stays 0; nil otherwise.
  package var zeroKeepingTable: [Float]? {
    switch self {
    case .unit: (0..<256).map { Float($0) / 255 }
    case .raw: (0..<256).map { Float($0) }
    default: nil
    }
  }
}

extension Samples {
  /// The share of numbers other than 0, measured on a thousand samples of `range`, evenly spaced.
  package func density(in range: Range<Int>) -> Double {
    guard case .bytes(let bytes) = storage else { return 1 }
    let size = shape.count
    var (set, seen) = (0, 0)
    for row in stride(from: range.lowerBound, to: range.upperBound, by: max(1, range.count / 1000))
    {
      for byte in bytes[row * size..<(row + 1) * size] where byte != 0 { set += 1 }
      seen += size
    }
    return seen == 0 ? 1 : Double(set) / Double(seen)
  }
}
