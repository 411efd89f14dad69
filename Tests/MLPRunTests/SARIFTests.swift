import Foundation
import MLPSyntax
import MLPTestSupport
import Testing

@testable import MLPRun

/// What schema 2.1.0 (sarif-schema-2.1.0.json, OASIS) says of the objects that we write: the members that must be
/// there, and all that may be, with their types.
private struct SARIFSchema {
  indirect enum Kind: Sendable {
    case text
    case flag
    /// With the least value.
    case integer(Int)
    case word([String])
    case list(Kind)
    case object(String)
  }

  static let objects: [String: (required: [String], members: [String: Kind])] = [
    "log": (
      ["version", "runs"],
      ["$schema": .text, "version": .word(["2.1.0"]), "runs": .list(.object("run"))]
    ),
    "run": (
      ["tool"],
      [
        "tool": .object("tool"), "invocations": .list(.object("invocation")),
        "columnKind": .word(["utf16CodeUnits", "unicodeCodePoints"]),
        "results": .list(.object("result")),
      ]
    ),
    "tool": (["driver"], ["driver": .object("toolComponent")]),
    "toolComponent": (
      ["name"], ["name": .text, "version": .text, "rules": .list(.object("reportingDescriptor"))]
    ),
    "reportingDescriptor": (
      ["id"],
      [
        "id": .text, "shortDescription": .object("message"),
        "defaultConfiguration": .object("reportingConfiguration"),
      ]
    ),
    "reportingConfiguration": ([], ["level": .word(["none", "note", "warning", "error"])]),
    "invocation": (
      ["executionSuccessful"],
      ["executionSuccessful": .flag, "toolExecutionNotifications": .list(.object("notification"))]
    ),
    "notification": (
      ["message"],
      ["message": .object("message"), "level": .word(["none", "note", "warning", "error"])]
    ),
    "result": (
      ["message"],
      [
        "ruleId": .text, "ruleIndex": .integer(-1), "message": .object("message"),
        "level": .word(["none", "note", "warning", "error"]),
        "locations": .list(.object("location")), "relatedLocations": .list(.object("location")),
        "fixes": .list(.object("fix")),
      ]
    ),
    "message": ([], ["text": .text]),
    "location": (
      [], ["physicalLocation": .object("physicalLocation"), "message": .object("message")]
    ),
    "physicalLocation": (
      ["artifactLocation"],
      ["artifactLocation": .object("artifactLocation"), "region": .object("region")]
    ),
    "artifactLocation": ([], ["uri": .text]),
    "region": (
      [],
      [
        "startLine": .integer(1), "startColumn": .integer(1), "endLine": .integer(1),
        "endColumn": .integer(1),
      ]
    ),
    "fix": (
      ["artifactChanges"],
      ["description": .object("message"), "artifactChanges": .list(.object("artifactChange"))]
    ),
    "artifactChange": (
      ["artifactLocation", "replacements"],
      [
        "artifactLocation": .object("artifactLocation"),
        "replacements": .list(.object("replacement")),
      ]
    ),
    "replacement": (
      ["deletedRegion"],
      ["deletedRegion": .object("region"), "insertedContent": .object("artifactContent")]
    ),
    "artifactContent": ([], ["text": .text]),
  ]

  /// What a value has against the schema.
  static func faults(_ value: Any, _ kind: Kind, at path: String) -> [String] {
    switch kind {
    case .text: return value is String ? [] : ["\(path) is no text"]
    case .flag: return value is Bool ? [] : ["\(path) is no flag"]
    case .integer(let least):
      return (value as? Int).map { $0 >= least } == true ? [] : ["\(path): \(value)"]
    case .word(let words):
      return words.contains(value as? String ?? "") ? [] : ["\(path): \(value)"]
    case .list(let kind):
      guard let values = value as? [Any] else { return ["\(path) is no list"] }
      return values.enumerated().flatMap { faults($0.element, kind, at: "\(path)[\($0.offset)]") }
    case .object(let name):
      guard let members = value as? [String: Any], let object = objects[name] else {
        return ["\(path) is no \(name)"]
      }
      let missing = object.required.filter { members[$0] == nil }.map { "\(path) has no \($0)" }
      return missing
        + members.flatMap { key, value in
          object.members[key].map { faults(value, $0, at: "\(path).\(key)") }
            ?? ["\(path) has \(key)"]
        }
    }
  }
}

@Suite("The SARIF document")
struct SARIFTests {
  private func document(_ texts: [(name: String, text: String)]) throws -> [String: Any] {
    var sarif = SARIF()
    for (name, text) in texts {
      let session = Session([Source(name: name, text: text)], in: MemoryWorld())
      sarif.add(session.check().diagnostics, session.sources)
    }
    sarif.add(failure: "there is no file 'x'")
    let value = try JSONSerialization.jsonObject(with: Data(sarif.document.line.utf8))
    return try #require(value as? [String: Any])
  }

  private func results(_ document: [String: Any]) throws -> [[String: Any]] {
    let runs = try #require(document["runs"] as? [[String: Any]])
    return try #require(runs[0]["results"] as? [[String: Any]])
  }

  @Test func meetsTheSchemaForEverySpec() throws {
    let specs = AnnotatedSpec.all(below: "specs").filter { !$0.path.contains("/limit/") }
    let document = try document(specs.map { ($0.path, $0.text) })
    #expect(SARIFSchema.faults(document, .object("log"), at: "log") == [])
    let runs = try #require(document["runs"] as? [[String: Any]])
    let tool = try #require(runs[0]["tool"] as? [String: [String: Any]])
    let rules = try #require(tool["driver"]?["rules"] as? [[String: Any]])
    let results = try results(document)
    #expect(results.count > 100)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
    }
  }

  @Test func columnsCountUTF16() throws {
    let text = "# 😀\nfc 2 2 -> softmax_ce\ndata csv path \"😀é\" lable 1\n"
    let result = try #require(results(try document([("a b/ü.mlp", text)])).first)
    let place = try #require(
      (result["locations"] as? [[String: [String: Any]]])?.first?["physicalLocation"])
    #expect((place["artifactLocation"] as? [String: String])?["uri"] == "a%20b/%C3%BC.mlp")
    #expect(
      place["region"] as? [String: Int] == [
        "startLine": 3, "startColumn": 21, "endLine": 3, "endColumn": 26,
      ])
  }

  @Test func absolutePathsHaveAScheme() {
    #expect(SARIF.uri("/a/b.mlp") == "file:///a/b.mlp")
    #expect(SARIF.uri("a:b") == "a%3Ab")
  }
}
