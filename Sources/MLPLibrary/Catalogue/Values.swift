/// The value of one setting, read and found to be in range.
package enum Value: Sendable {
  case integer(Int)
  case number(Double)
  case word(String)
  case flag(Bool)
  case text(String)
  case size([Int])
  case amount(Amount)
  case portion(Portion)
  /// The words of a phrase as they were written, numbers as digits.
  case phrase([String])
  case bound(Bound)
  case entry(any Entry.Type, Values)
}

/// A number of samples, or a share of them.
package enum Amount: Equatable, Sendable {
  case count(Int)
  /// 0 < share ≤ 1
  case share(Double)

  /// Of `total` samples; a share is rounded to the nearest whole number.
  package func of(_ total: Int) -> Int {
    switch self {
    case .count(let n): n
    case .share(let share): Int((share * Double(total)).rounded())
    }
  }
}

/// Which samples to set aside.
package enum Portion: Equatable, Sendable {
  case none
  case last(Amount)
}

/// What a number must not leave.
package enum Bound: Equatable, Sendable {
  case least(Double)
  case most(Double)
}

/// A word's settings, each present that is required or has a default.
///
/// Asking for a setting that the schema doesn't have, or as another kind, is a defect.
package struct Values: Sendable {
  /// Few, so that looking through the names is faster than hashing one.
  private var values: [(name: String, value: Value)] = []

  package init(_ values: [String: Value] = [:]) {
    for (name, value) in values { self.values.append((name, value)) }
  }

  package subscript(name: String) -> Value? {
    get { place(of: name).map { values[$0].value } }
    set {
      switch (place(of: name), newValue) {
      case (let place?, let value?): values[place].value = value
      case (let place?, nil): values.remove(at: place)
      case (nil, let value?):
        if values.isEmpty { values.reserveCapacity(4) }
        values.append((name, value))
      case (nil, nil): break
      }
    }
  }

  private func place(of name: String) -> Int? { values.firstIndex { $0.name == name } }

  package func integer(_ name: String) -> Int {
    guard case .integer(let n)? = self[name] else { preconditionFailure(name) }
    return n
  }

  package func optionalInteger(_ name: String) -> Int? {
    self[name] == nil ? nil : integer(name)
  }

  package func number(_ name: String) -> Double {
    guard case .number(let x)? = self[name] else { preconditionFailure(name) }
    return x
  }

  package func optionalNumber(_ name: String) -> Double? {
    self[name] == nil ? nil : number(name)
  }

  package func word(_ name: String) -> String {
    guard case .word(let word)? = self[name] else { preconditionFailure(name) }
    return word
  }

  package func optionalWord(_ name: String) -> String? { self[name] == nil ? nil : word(name) }

  package func flag(_ name: String) -> Bool {
    guard case .flag(let flag)? = self[name] else { preconditionFailure(name) }
    return flag
  }

  package func optionalText(_ name: String) -> String? {
    guard let value = self[name] else { return nil }
    guard case .text(let text) = value else { preconditionFailure(name) }
    return text
  }

  package func text(_ name: String) -> String {
    guard case .text(let text)? = self[name] else { preconditionFailure(name) }
    return text
  }

  package func size(_ name: String) -> [Int] {
    guard case .size(let sizes)? = self[name] else { preconditionFailure(name) }
    return sizes
  }

  package func amount(_ name: String) -> Amount? {
    guard let value = self[name] else { return nil }
    guard case .amount(let amount) = value else { preconditionFailure(name) }
    return amount
  }

  package func bound(_ name: String) -> Bound? {
    guard let value = self[name] else { return nil }
    guard case .bound(let bound) = value else { preconditionFailure(name) }
    return bound
  }

  package func portion(_ name: String) -> Portion {
    guard case .portion(let portion)? = self[name] else { preconditionFailure(name) }
    return portion
  }

  /// The words of a phrase; nil where the setting is absent.
  package func phrase(_ name: String) -> [String]? {
    guard let value = self[name] else { return nil }
    guard case .phrase(let words) = value else { preconditionFailure(name) }
    return words
  }
}
