/// The fewest elements to remove and add that turn one sequence into another: Myers, "An O(ND)
/// difference algorithm and its variations", 1986.
package enum EditScript {
  package enum Step: Equatable, Sendable {
    case keep
    case remove
    case add
  }

  /// Where more steps are needed, the parts that differ are replaced as a whole.
  package static let maximumEdits = 1000

  /// - Returns: one step for each element that is kept, removed or added, in order.
  package static func steps<E: Equatable>(
    from old: [E], to new: [E], maximumEdits: Int = EditScript.maximumEdits
  ) -> [Step] {
    let shorter = min(old.count, new.count)
    let head = (0..<shorter).first { old[$0] != new[$0] } ?? shorter
    let room = shorter - head
    let tail =
      (0..<room).first { old[old.count - 1 - $0] != new[new.count - 1 - $0] } ?? room
    let middle = Search(
      Array(old[head..<(old.count - tail)]), Array(new[head..<(new.count - tail)])
    ).steps(maximumEdits)
    return repeated(.keep, head) + middle + repeated(.keep, tail)
  }
}

private func repeated(_ step: EditScript.Step, _ count: Int) -> [EditScript.Step] {
  Array(repeating: step, count: count)
}

/// The edit graph of two sequences: right removes, down adds, diagonally keeps. Diagonal k holds the
/// points (x, y) with x - y = k.
private struct Search<E: Equatable> {
  private let old: [E]
  private let new: [E]

  init(_ old: [E], _ new: [E]) {
    self.old = old
    self.new = new
  }

  func steps(_ maximumEdits: Int) -> [EditScript.Step] {
    // After d edits: how far each diagonal -d…d is reached.
    var reached: [[Int]] = []
    for edits in 0...min(maximumEdits, old.count + new.count) {
      var ends: [Int] = []
      for k in -edits...edits {
        let x = (k - edits).isMultiple(of: 2) ? end(of: k, edits, from: reached) : 0
        ends.append(x)
        if x >= old.count, x - k >= new.count, (k - edits).isMultiple(of: 2) {
          return path(through: reached, edits, to: k)
        }
      }
      reached.append(ends)
    }
    return repeated(.remove, old.count) + repeated(.add, new.count)
  }

  /// The furthest x on diagonal `k` with that many edits.
  private func end(of k: Int, _ edits: Int, from reached: [[Int]]) -> Int {
    var x = edits == 0 ? 0 : start(of: k, edits, reached[edits - 1]).x
    while x < old.count, x - k < new.count, old[x] == new[x - k] { x += 1 }
    return x
  }

  /// Where diagonal `k` is entered, and whether by an addition.
  private func start(of k: Int, _ edits: Int, _ before: [Int]) -> (x: Int, isAddition: Bool) {
    let above = k < edits - 1 ? before[k + 1 + edits - 1] : -1
    let left = k > 1 - edits ? before[k - 1 + edits - 1] : -1
    let isAddition = above > left
    return (isAddition ? above : left + 1, isAddition)
  }

  private func path(
    through reached: [[Int]], _ edits: Int, to diagonal: Int
  ) -> [EditScript.Step] {
    var steps: [EditScript.Step] = []
    var (k, x) = (diagonal, old.count)
    for edits in stride(from: edits, to: 0, by: -1) {
      let (start, isAddition) = self.start(of: k, edits, reached[edits - 1])
      steps += repeated(.keep, x - start) + [isAddition ? .add : .remove]
      (k, x) = isAddition ? (k + 1, start) : (k - 1, start - 1)
    }
    return Array((steps + repeated(.keep, x)).reversed())
  }
}
