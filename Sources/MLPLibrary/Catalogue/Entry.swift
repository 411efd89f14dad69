/// A word of the language: one type in one file, named as the word.
package protocol Entry: Sendable {
  static var schema: Schema { get }

  /// - Parameter values: read by the checker according to the schema.
  /// - Throws: a `Problem` where settings that are each in range don't go together.
  init(_ values: Values) throws(Problem)
}
