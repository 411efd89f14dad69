import Testing

@testable import MLPSyntax
