import MLPTensor

/// A word after `init`: how weights begin.
package protocol Initialiser: Entry {
  /// Number `index` of a parameter, drawn from `random`'s number `index`.
  func value(_ index: Int, fanIn: Int, fanOut: Int, _ random: Random) -> Double
}

extension Initialiser {
  /// The numbers of a whole parameter, in row-major order.
  package func values(_ count: Int, fanIn: Int, fanOut: Int, _ random: Random) -> [Double] {
    (0..<count).map { value($0, fanIn: fanIn, fanOut: fanOut, random) }
  }
}

extension Values {
  /// The initialiser that a setting names; nil where the setting is absent or the plain word `same`.
  package func initialiser(_ name: String) throws(Problem) -> (any Initialiser)? {
    guard case .entry(let type, let values)? = self[name] else { return nil }
    guard let initialiser = try type.init(values) as? any Initialiser else {
      preconditionFailure(name)
    }
    return initialiser
  }
}
