/// The sizes of one sample's axes, without the batch: `784`, or `28x28x1` as height, width, channels.
package struct Shape: Hashable, Sendable, CustomStringConvertible {
  package let sizes: [Int]

  package init(_ sizes: [Int]) {
    precondition(sizes.allSatisfy { $0 > 0 })
    self.sizes = sizes
  }

  package init(_ sizes: Int...) { self.init(sizes) }

  package var rank: Int { sizes.count }

  /// How many numbers one sample has.
  package var count: Int { sizes.reduce(1, *) }

  package var description: String { sizes.map { String($0) }.joined(separator: "x") }
}
