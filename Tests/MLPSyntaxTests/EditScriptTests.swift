import Testing

@testable import MLPSyntax

@Suite("The way from one sequence to another")
struct EditScriptTests {
  private func made(_ old: [Int], _ new: [Int], _ steps: [EditScript.Step]) -> [Int]? {
    var (x, y, result) = (0, 0, [Int]())
    for step in steps {
      switch step {
      case .keep:
        guard x < old.count, y < new.count, old[x] == new[y] else { return nil }
        result.append(old[x])
        (x, y) = (x + 1, y + 1)
      case .remove: x += 1
      case .add:
        result.append(new[y])
        y += 1
      }
    }
    return x == old.count && y == new.count ? result : nil
  }

  /// By the table of longest common subsequences.
  private func fewest(_ old: [Int], _ new: [Int]) -> Int {
    var row = [Int](repeating: 0, count: new.count + 1)
    for a in old {
      var next = [0]
      for (index, b) in new.enumerated() {
        next.append(a == b ? row[index] + 1 : max(row[index + 1], next[index]))
      }
      row = next
    }
    return old.count + new.count - 2 * row[new.count]
  }

  @Test func leadsThereInTheFewestSteps() {
    var state: UInt64 = 7
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    for _ in 0..<2000 {
      let old = (0..<next(12)).map { _ in next(4) }
      let new = (0..<next(12)).map { _ in next(4) }
      let steps = EditScript.steps(from: old, to: new)
      #expect(made(old, new, steps) == new)
      #expect(steps.count { $0 != .keep } == fewest(old, new), "\(old) \(new)")
      #expect(made(old, new, EditScript.steps(from: old, to: new, maximumEdits: 2)) == new)
    }
  }
}

@Suite("A unified diff")
struct UnifiedDiffTests {
  private func diff(_ old: String, _ new: String, colour: Bool = false) -> String {
    UnifiedDiff.text(from: Array(old.utf8), to: Array(new.utf8), name: "a.mlp", colour: colour)
  }

  @Test func isEmptyWhereNothingDiffers() {
    #expect(diff("a\nb\n", "a\nb\n") == "")
  }

  @Test func showsThreeLinesAround() {
    let old = (1...20).map { "\($0)\n" }.joined()
    let new = old.replacing("\n5\n", with: "\nfive\n").replacing("\n18\n", with: "\n")
    #expect(
      diff(old, new) == """
        --- a.mlp
        +++ a.mlp
        @@ -2,7 +2,7 @@
         2
         3
         4
        -5
        +five
         6
         7
         8
        @@ -15,6 +15,5 @@
         15
         16
         17
        -18
         19
         20

        """)
  }

  @Test func saysWhereALineHasNoEnd() {
    #expect(
      diff("a\nb", "a\nb\n") == """
        --- a.mlp
        +++ a.mlp
        @@ -1,2 +1,2 @@
         a
        -b
        \\ No newline at end of file
        +b

        """)
  }

  @Test func countsLinesFromTheOneBeforeWhereThereAreNone() {
    #expect(diff("", "a\n").contains("@@ -0,0 +1,1 @@"))
    #expect(diff("a\n", "").contains("@@ -1,1 +0,0 @@"))
  }

  @Test func hasColoursAndNoControlCharactersOnATerminal() {
    let text = diff("a\u{1B}[2J\n", "b\n", colour: true)
    #expect(text.contains("\u{1B}[31m-a�[2J\u{1B}[0m\n\u{1B}[32m+b\u{1B}[0m\n"))
  }

  @Test func isQuickWhereAllDiffers() {
    let old = (0..<30_000).map { "a\($0)\n" }.joined()
    let new = (0..<30_000).map { "b\($0)\n" }.joined()
    #expect(diff(old, new).utf8.count > old.utf8.count + new.utf8.count)
  }
}
