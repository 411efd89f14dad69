import Foundation
import MLPLibrary
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

@Suite("The report of a run")
struct ReportPageTests {
  private static func files(
    _ spec: String, threads: Int = 1
  ) throws -> (report: SweepReport, files: [String: [UInt8]]) {
    var world = MemoryWorld()
    world.isWritable = true
    let session = Session([Source(name: "a/spec.mlp", text: spec)], in: world)
    let record = RunRecord(session, folder: "out")
    let report = try session.run(threads: threads, record: record) { _ in }
    let files = world.log.events.written.map { (String($0.key.dropFirst(4)), $0.value) }
    return (report, Dictionary(uniqueKeysWithValues: files))
  }

  private static func text(_ bytes: [UInt8]?) -> String {
    String(decoding: bytes ?? [], as: UTF8.self)
  }

  private static let pictures = """
    net    fc 784 12 -> relu -> fc 12 10 -> softmax_ce
    data   digits count 300 test 100 validation last 100
    solver sgd lr 0.01
    train  batch 20 epochs 2
    expect test accuracy 0.9 within 0.01 reported 0.95

    """

  @Test("of pictures shows curves, confusion, mistakes and weights, and keeps each as a file")
  func pictures() throws {
    let (_, files) = try Self.files(Self.pictures)
    let names = ["loss.svg", "accuracy.svg", "loss_trace.svg", "confusion.svg"]
    for name in names {
      #expect(XMLReader().read(Self.text(files[name])), "\(name)")
    }
    for name in ["misclassified.png", "weights.png"] {
      #expect(files[name]?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true, "\(name)")
    }
    let page = Self.text(files["report.html"])
    for piece in ["<h1>spec", "0.95", "missed", "predicted class", "Weights into all 12 units"] {
      #expect(page.contains(piece), "\(piece)")
    }
    #expect(page.components(separatedBy: "data:image/png").count == 3)
    #expect(page.components(separatedBy: "<svg").count == 5)
  }

  @Test("has the same bytes with any number of threads, and each time")
  func deterministic() throws {
    let first = try Self.files(Self.pictures).files
    let second = try Self.files(Self.pictures, threads: 3).files
    for name in first.keys.sorted() where name != "metrics.csv" {
      #expect(first[name] == second[name], "\(name)")
    }
  }

  private static let sweep = """
    fc 2 8 -> {relu | tanh} -> fc 2 -> euclidean
    data toy xor count 300 test 100
    solver sgd lr {0.1 | 1e30}
    train batch 100 epochs 2 repeat 2

    """

  @Test("of alternatives has a curve and a row for each, and says which diverged")
  func sweep() throws {
    let (report, files) = try Self.files(Self.sweep)
    let reader = XMLReader()
    #expect(reader.read(Self.text(files["loss.svg"])))
    for name in ["lr 0.1, relu", "lr 1e30, tanh, 2 of 2 diverged"] {
      let turned = name.components(separatedBy: ", ")
      #expect(
        reader.texts.contains { text in turned.allSatisfy { text.contains($0) } },
        "\(name) is not among \(reader.texts)")
    }
    let page = Self.text(files["report.html"])
    #expect(page.contains("class=\"best\""))
    #expect(page.components(separatedBy: "2 of 2 diverged").count > 2)
    #expect(report.rows.count == 4)
    #expect(files["confusion-1.svg"] != nil && files["confusion.svg"] == nil)
    #expect(files["weights-1.png"] == nil, "two numbers are no picture")
  }

  @Test("counts observations in millions where there are as many", arguments: [300, 1200, 9000])
  func millions(thousands: Int) throws {
    let spec = """
      fc 2 8 -> relu -> fc 2 -> softmax_ce
      data toy xor count 300 test 100
      solver sgd lr 0.1
      train batch 100 epochs 1

      """
    let run = try MLPRunTests.sweep(spec).runs[0]
    let known = run.epochs[0]
    let epoch = EpochRecord(
      epoch: 1, epochs: 1, train: known.train, validation: nil, seconds: 0, step: 1, rate: 0.1,
      trace: Array(repeating: LossPoint(observations: 1000, loss: 0.5), count: thousands))
    let checked = Session([Source(name: "s", text: spec)], in: MemoryWorld()).check(for: .run)
      .checked
    let report = Sweep(try #require(checked)).report([
      SweepRun(row: 0, repetition: 0, seed: 1, epochs: [epoch], outcome: run.outcome)
    ])
    let labels = report.trace.xAxis.ticks.map { $0.label }
    #expect(!labels.contains { $0.contains("e") }, "\(labels)")
    #expect(report.trace.xLabel.hasPrefix("millions") == (thousands >= 1000))
    #expect(labels.last == [300: "300 000", 1200: "1.0", 9000: "8"][thousands])
  }

  @Test("of a training that diverged at once has no empty axes")
  func diverged() throws {
    let (_, files) = try Self.files(
      Self.sweep.replacingOccurrences(of: "{0.1 | 1e30}", with: "1e30"))
    let page = Self.text(files["report.html"])
    #expect(page.contains("2 of 2 diverged"))
    #expect(files["loss.svg"] == nil)
    #expect(!page.contains("<svg"))
  }

  @Test("of a folder shows reported beside reached for each spec, and what could not be run")
  func folder() throws {
    var world = MemoryWorld()
    world.isWritable = true
    var records: [RunRecord] = []
    let specs = [("a", Self.pictures), ("b", "net fc 2 rleu"), ("c", Self.sweep)]
    let members = specs.map { name, text in
      let session = Session([Source(name: name, text: text)], in: world)
      records.append(RunRecord(session, folder: name))
      return RunSet.Member(name, session, record: records[records.count - 1])
    }
    let gone = RunSet.Member("gone", Problem(.missing, "there is no file 'gone'"))
    let results = try RunSet(members + [gone]).run(
      threads: 1, in: world, observe: { _ in }, done: { _, _ in })
    let html = ReportPage.page(title: "specs", results, records: records).html
    let reader = XMLReader()
    #expect(reader.read(PageTests.asXML(html)), "\(reader.fault)")
    for name in ["a", "b", "c", "gone"] { #expect(html.contains("<h2>\(name)"), "\(name)") }
    #expect(html.components(separatedBy: "not run").count == 5)
    #expect(html.contains("there is no file 'gone'"))
    #expect(!html.contains("data:image/png;base64,\""))
  }
}

@Suite("The curves of trainings")
struct CurvePlotsTests {
  private func epochs(_ losses: [Double], validates: Bool = true) -> [EpochRecord] {
    losses.enumerated().map { index, loss in
      let score = Score(loss: loss, accuracy: 1 / (1 + loss))
      return EpochRecord(
        epoch: index + 1, epochs: losses.count, train: score, validation: validates ? score : nil,
        seconds: 1, step: index + 1, rate: 0.1, trace: [])
    }
  }

  @Test("show training and validation of a few runs, and one of both of many")
  func sets() {
    func names(_ count: Int, validates: Bool) -> [String] {
      CurvePlots(
        (0..<count).map { CurvePlots.Run("r\($0)", [epochs([1, 0.5], validates: validates)]) }
      ).loss.series.map { $0.name }
    }
    #expect(names(1, validates: true) == ["validation", "train"])
    #expect(names(1, validates: false) == ["train"])
    #expect(
      names(2, validates: true) == ["r0, validation", "r0, train", "r1, validation", "r1, train"])
    #expect(names(5, validates: true) == ["r0", "r1", "r2", "r3", "r4"])
  }

  @Test("are means over repetitions, with the standard deviation as a band")
  func repetitions() throws {
    let run = CurvePlots.Run("r", [epochs([1, 3]), epochs([2, 5]), epochs([3, 1, 9])])
    let points = try #require(CurvePlots([run]).loss.series.first).points
    #expect(points == [.init(1, 2, deviation: 1), .init(2, 3, deviation: 2)])
  }

  @Test("end where training diverged")
  func divergence() throws {
    let run = CurvePlots.Run("r", [epochs([1])], divergedIn: 2)
    let series = try #require(CurvePlots([run]).loss.series.first)
    #expect(series.losses.map { $0.lost.x } == [2])
  }
}
