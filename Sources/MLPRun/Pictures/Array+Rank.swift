extension Array where Element: Comparable {
  /// The element that would stand at `rank` if all were sorted; the others change places.
  ///
  /// Hoare's selection: each pass divides what is left about the middle one of three elements, so that most inputs
  /// take a time in proportion to their length, where sorting would take more.
  mutating func selectRank(_ rank: Int) -> Element {
    precondition(indices.contains(rank))
    var (first, last) = (0, count - 1)
    while first < last {
      let pivot = pivot(first, last)
      var (low, high) = (first, last)
      while low <= high {
        while self[low] < pivot { low += 1 }
        while pivot < self[high] { high -= 1 }
        guard low <= high else { break }
        swapAt(low, high)
        low += 1
        high -= 1
      }
      // What lies between the two is equal to the pivot.
      if rank <= high {
        last = high
      } else if rank >= low {
        first = low
      } else {
        break
      }
    }
    return self[rank]
  }

  private func pivot(_ first: Int, _ last: Int) -> Element {
    let (a, b, c) = (self[first], self[first + (last - first) / 2], self[last])
    return a < b ? (b < c ? b : Swift.max(a, c)) : (a < c ? a : Swift.max(b, c))
  }
}
