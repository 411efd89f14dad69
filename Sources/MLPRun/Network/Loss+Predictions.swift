import MLPLibrary
import MLPTensor

extension Loss {
  /// The class that each row of outputs speaks for. o: [n, outputs]
  func predictions(_ o: Panels) -> [Int32] {
    var row = [Float](repeating: 0, count: o.columns)
    return (0..<o.rows).map { n in
      for k in row.indices { row[k] = o.element(n, k).pointee }
      return prediction(row[...])
    }
  }
}
