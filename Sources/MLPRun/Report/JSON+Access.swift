// What a JSON value holds; nil where it is of another kind.

extension JSON {
  package var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }

  package var integer: Int? { if case .integer(let integer) = self { integer } else { nil } }

  /// An integer as well.
  package var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  package var text: String? { if case .text(let text) = self { text } else { nil } }

  package var list: [JSON]? { if case .list(let values) = self { values } else { nil } }

  package var members: [(String, JSON)]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// The first member of that name; nil where there is none, or this is no object.
  package subscript(name: String) -> JSON? { members?.first { $0.0 == name }?.1 }
}

extension JSON: Equatable {
  /// Objects are equal where their members are, in order. Numbers are compared by value within a case.
  package static func == (a: JSON, b: JSON) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.flag(let a), .flag(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.text(let a), .text(let b)): Array(a.utf8) == Array(b.utf8)
    case (.list(let a), .list(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy { Array($0.0.utf8) == Array($1.0.utf8) && $0.1 == $1.1 }
    default: false
    }
  }
}
