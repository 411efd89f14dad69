import Testing

@testable import MLPRun
