import MLPTestSupport
import Testing

/// `mlpc check` over the specs that define the language; what each means is MLPRunTests' matter.
@Suite struct ConformanceByProgramTests {
  /// Without those that are large on purpose.
  private static let specs = AnnotatedSpec.all(below: "specs/language")
    .filter { !$0.path.contains("/limit/") }

  @Test func validSpecsPass() throws {
    let files = Self.specs.filter { $0.errors.isEmpty && $0.overlays.isEmpty }.map { $0.path }
    #expect(!files.isEmpty)
    let result = try Program.run(["check"] + files)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.isEmpty)
    for file in files { #expect(result.stdout.contains("\(file): ok")) }
  }

  @Test func warningsPassUnlessTheyAreDenied() throws {
    let files = Self.specs.filter { $0.isValid && !$0.errors.isEmpty }.map { $0.path }
    #expect(!files.isEmpty)
    let result = try Program.run(["check"] + files)
    #expect(result.status == 0)
    for file in files {
      #expect(result.stdout.contains("\(file): ok"))
      #expect(result.stderr.contains("--> \(file):"))
      #expect(try Program.run(["check", "--deny", "warnings", file]).status == 65)
    }
  }

  @Test func eachFaultySpecIsRefused() throws {
    let specs = Self.specs.filter { !$0.isValid && $0.overlays.isEmpty }
    #expect(!specs.isEmpty)
    let result = try Program.run(["check"] + specs.map { $0.path })
    #expect(result.status == 65)
    #expect(result.lines.count == 1)
    #expect(result.stdout.hasPrefix("\(specs.count) specs: 0 ok, \(specs.count) faulty, "))
    for spec in specs {
      #expect(result.stderr.contains("--> \(spec.path):"), "nothing is said about \(spec.path)")
    }
  }

  @Test(arguments: specs.filter { !$0.overlays.isEmpty })
  func overlaysAreMerged(_ spec: AnnotatedSpec) throws {
    let result = try Program.run(
      ["check", spec.path] + spec.overlays.flatMap { ["--with", $0] })
    #expect(result.status == (spec.isValid ? 0 : 65), "\(result.stderr)")
  }
}
