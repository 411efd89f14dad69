import MLPSyntax

/// What is wrong with how a program is printed: it must parse to the same tree without a fault, and print the same
/// again. nil where all is well; the program itself may be faulty.
package func printingDefect(of source: Source) -> String? {
  let spec = Parser.parse(source).spec
  let printed = Printer.print(spec)
  let again = Parser.parse(Source(name: "printed", text: printed))
  if again.diagnostics.contains(where: { $0.code != Code.singleAlternative }) {
    return "prints a fault"
  }
  var expected = spec.withoutSpans()
  expected.brokenKeywords = []
  if again.spec.withoutSpans() != expected { return "prints another tree" }
  return Printer.print(again.spec) == printed ? nil : "prints differently the second time"
}
