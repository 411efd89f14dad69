import Testing

@testable import MLPLibrary
