import MLPSyntax

extension CheckedSpec {
  /// Where it says that there is more than one run; nil where there is just one.
  var sweep: Span? {
    if experiments.count > 1 {
      return experiments[0].choices.first { $0.branches > 1 }?.span
    }
    let training = experiments[0].training
    return training.repeats > 1 ? training.repeatSpan : nil
  }
}
