import MLPTensor

/// A word after `init`: how weights begin.
package protocol Initialiser: Entry {
  /// Number `index` of a parameter, drawn from `random`'s number `index`.
  func value(_ index: Int, fanIn: Int, fanOut: Int, _ random: Random) -> Double
}

extension Initialiser {
  /// The numbers of a whole parameter, in row-major order.
  ///
  /// - Parameter team: divides them, for each is drawn by its own number.
  package func values<S: Scalar>(
    _ count: Int, fanIn: Int, fanOut: Int, _ random: Random, as _: S.Type = Double.self,
    team: Team = .single
  ) -> [S] {
    [S](unsafeUninitializedCapacity: count) { values, filled in
      let parts = min(count, 4 * team.size)
      team.parallel(parts) { part in
        for index in part * count / parts..<(part + 1) * count / parts {
          let value = S(value(index, fanIn: fanIn, fanOut: fanOut, random))
          values.initializeElement(at: index, to: value)
        }
      }
      filled = count
    }
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
