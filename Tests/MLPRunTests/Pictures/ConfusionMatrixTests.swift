import Testing

@testable import MLPRun

@Suite("A confusion matrix")
struct ConfusionMatrixTests {
  private let matrix = ConfusionMatrix(
    classes: 3, labels: [0, 0, 0, 1, 1, 7], predictions: [0, 0, 1, 2, 1, 0])

  @Test("counts each class and what it was taken for")
  func counts() {
    #expect(matrix.count(0, takenFor: 0) == 2)
    #expect(matrix.count(0, takenFor: 1) == 1)
    #expect(matrix.count(1, takenFor: 2) == 1)
    #expect(matrix.total == 5)
    #expect(matrix.recall(of: 0) == 2.0 / 3)
    #expect(matrix.recall(of: 2) == nil)
  }

  @Test(
    "is drawn with its counts, or without where classes are too many",
    arguments: [1, 2, 10, 24, 25, 200])
  func drawing(_ classes: Int) {
    var matrix = ConfusionMatrix(classes: classes)
    for label in 0..<classes {
      for _ in 0..<(label + 1) { matrix.add(label, takenFor: label) }
      matrix.add(label, takenFor: (label + 3) % classes)
    }
    let reader = XMLReader()
    #expect(reader.read(matrix.drawing(title: "Test set").file), "\(reader.fault)")
    #expect(reader.texts.contains("true class") && reader.texts.contains("predicted class"))
    #expect(reader.texts.contains("recall") == (classes <= ConfusionMatrix.mostWithCounts))
    #expect(matrix.drawing(title: "Test set").width < 1300)
  }
}
