import MLPSyntax

// The network's input, layers and loss.
extension SpecDiff {
  mutating func compareNets(_ old: [Meaning], _ new: [Meaning]) {
    add("net input", old.map { $0.input }, new.map { $0.input })
    let (before, after) = (old.map { $0.layers }.unique, new.map { $0.layers }.unique)
    if before.count == 1 && after.count == 1 {
      compareChains(before[0], after[0])
    } else if Set((before + after).map { $0.count }).count == 1 {
      for index in before[0].indices {
        compareLayer(index + 1, before.map { $0[index] }, after.map { $0[index] })
      }
    } else if Set(before) != Set(after) {
      add("net layers", before.map { chain($0) }, after.map { chain($0) })
    }
    compareWords("net loss", old.map { $0.loss }, new.map { $0.loss })
  }

  private func chain(_ layers: [Meaning.Term]) -> String {
    layers.map { $0.brief }.joined(separator: " -> ")
  }

  private mutating func compareLayer(
    _ number: Int, _ old: [Meaning.Term], _ new: [Meaning.Term]
  ) {
    compareWords("net layer \(number)", old, new)
  }

  /// As `compare`, naming the word before its settings.
  private mutating func compareWords(
    _ place: String, _ old: [Meaning.Term], _ new: [Meaning.Term]
  ) {
    let words = (old + new).map { $0.word }.unique
    compare(words.count == 1 ? "\(place) \(words[0])" : place, old, new)
  }

  /// Two chains: layers that are the same in both first, then those with one word, then those left over in
  /// their order.
  private mutating func compareChains(_ old: [Meaning.Term], _ new: [Meaning.Term]) {
    for gap in Gap.all(old, new, by: { $0.brief }) {
      for gap in Gap.all(Array(old[gap.old]), Array(new[gap.new]), by: { $0.word }, from: gap) {
        compareGap(gap, old, new)
      }
    }
  }

  private mutating func compareGap(
    _ gap: Gap, _ old: [Meaning.Term], _ new: [Meaning.Term]
  ) {
    for (x, y) in zip(gap.old, gap.new) { compareLayer(x + 1, [old[x]], [new[y]]) }
    for x in gap.old.dropFirst(gap.new.count) { add("net layer \(x + 1)", [old[x].brief], []) }
    for y in gap.new.dropFirst(gap.old.count) { add("net layer \(y + 1)", [], [new[y].brief]) }
  }
}

/// Ranges of two sequences that stand in for each other.
private struct Gap {
  var old: Range<Int>
  var new: Range<Int>

  /// What lies between the elements with equal keys, and each of those pairs whose elements aren't the same.
  ///
  /// - Parameter start: where the sequences begin.
  static func all(
    _ old: [Meaning.Term], _ new: [Meaning.Term], by key: (Meaning.Term) -> String,
    from start: Gap = Gap(old: 0..<0, new: 0..<0)
  ) -> [Gap] {
    var gaps: [Gap] = []
    var open = Gap(old: 0..<0, new: 0..<0)
    for step in EditScript.steps(from: old.map(key), to: new.map(key)) {
      switch step {
      case .remove: open.old = open.old.lowerBound..<(open.old.upperBound + 1)
      case .add: open.new = open.new.lowerBound..<(open.new.upperBound + 1)
      case .keep:
        let (x, y) = (open.old.upperBound, open.new.upperBound)
        gaps.append(open)
        if old[x] != new[y] { gaps.append(Gap(old: x..<(x + 1), new: y..<(y + 1))) }
        open = Gap(old: (x + 1)..<(x + 1), new: (y + 1)..<(y + 1))
      }
    }
    return (gaps + [open]).filter { !$0.old.isEmpty || !$0.new.isEmpty }.map { gap in
      Gap(
        old: gap.old.shifted(by: start.old.lowerBound),
        new: gap.new.shifted(by: start.new.lowerBound))
    }
  }
}

extension Range<Int> {
  fileprivate func shifted(by offset: Int) -> Range<Int> {
    (lowerBound + offset)..<(upperBound + offset)
  }
}
