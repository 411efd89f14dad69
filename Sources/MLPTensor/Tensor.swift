/// Numbers in row-major order: the last axis is contiguous.
package struct Tensor<S: Scalar>: Equatable, Sendable {
  package let sizes: [Int]
  package var elements: [S]

  package init(_ sizes: [Int], elements: [S]) {
    precondition(sizes.reduce(1, *) == elements.count)
    self.sizes = sizes
    self.elements = elements
  }

  package init(_ sizes: [Int], repeating value: S = 0) {
    self.sizes = sizes
    elements = [S](repeating: value, count: sizes.reduce(1, *))
  }

  package var count: Int { elements.count }

  /// The first axis: samples, where the tensor is a batch.
  package var rows: Int { sizes.first ?? 1 }

  /// How many numbers one row has.
  package var columns: Int { rows == 0 ? 0 : elements.count / rows }

  /// The same numbers under other sizes.
  package func reshaped(_ sizes: [Int]) -> Tensor { Tensor(sizes, elements: elements) }

  /// `f` of each element. For closures that the caller's module can specialise.
  @inlinable
  package func map(_ f: (S) -> S) -> Tensor { Tensor(sizes, elements: elements.map(f)) }

  /// `f` of each pair of elements of two tensors of the same sizes.
  @inlinable
  package func zip(_ other: Tensor, _ f: (S, S) -> S) -> Tensor {
    precondition(sizes == other.sizes)
    var result = self
    for index in elements.indices {
      result.elements[index] = f(elements[index], other.elements[index])
    }
    return result
  }
}
