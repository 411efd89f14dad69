import Testing

@testable import MLPRun

@Suite struct BuildCheckTests {
  @Test func theTestsRunWhereTheProgramCan() { #expect(BuildCheck.here.obstacle == nil) }

  @Test func aProcessorWithoutTheVectorsIsAnObstacle() throws {
    let build = BuildCheck(vectorBits: 512, hasFusedMultiplyAdd: true, isSupported: false)
    let obstacle = try #require(build.obstacle)
    #expect(obstacle.contains("512-bit vectors and fused multiply-add, which this one lacks"))
    #expect(obstacle.contains("MLPC_CPU=x86-64-v3"))
  }

  @Test func aBuildWithoutFusedMultiplyAddIsSlowButRuns() throws {
    let build = BuildCheck(vectorBits: 128, hasFusedMultiplyAdd: false, isSupported: true)
    #expect(build.obstacle == nil)
    #expect(try #require(build.warning).contains("without fused multiply-add"))
    let fast = BuildCheck(vectorBits: 256, hasFusedMultiplyAdd: true, isSupported: true)
    #expect(fast.warning == nil)
  }
}
