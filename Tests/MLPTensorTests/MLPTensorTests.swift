import Testing

@testable import MLPTensor
