import MLPRun
import MLPTestSupport
import Testing

@testable import MLPLibrary

/// `Reference` holds what PyTorch computes in float64; Reference/constants.py wrote it.
@Suite("Schedules give PyTorch's factors")
struct ScheduleTests {
  @Test(
    "at each of 12 steps, 4 an epoch",
    arguments: [
      ("constant", Reference.constant),
      ("cosine", Reference.cosine),
      ("cosine floor 0.2", Reference.cosineFloor),
      ("step every 1 factor 0.5", Reference.step),
      ("step every 2", Reference.stepEvery2),
      ("warmup epochs 1", Reference.warmup),
      ("warmup epochs 1 then cosine floor 0.1", Reference.warmupCosine),
    ])
  func factors(_ text: String, _ expected: [Double]) throws {
    let schedule = try schedule("sgd lr 0.1 schedule \(text)")
    let found = (0..<12).map {
      schedule.factor(at: Moment(step: $0, stepsPerEpoch: 4, steps: 12))
    }
    #expect(Closeness.error(found, expected) < 1e-14)
  }

  @Test("cosine ends at its floor")
  func end() throws {
    let schedule = try schedule("adam schedule cosine floor 0.01")
    let end = schedule.factor(at: Moment(step: 1000, stepsPerEpoch: 10, steps: 1000))
    #expect(abs(end - 0.01) < 1e-15)
  }

  @Test(
    "every factor is from 0 to 1, however long the training", arguments: Example.all(in: .schedule))
  func range(_ example: Example) throws {
    let solver = try #require(try example.experiment().solver).solver
    for (steps, stepsPerEpoch) in [(1, 1), (7, 3), (100, 10), (3, 5)] {
      for step in 0..<steps {
        let moment = Moment(step: step, stepsPerEpoch: stepsPerEpoch, steps: steps)
        #expect((0...1).contains(solver.schedule.factor(at: moment)), "\(moment)")
      }
    }
  }

  @Test("an epoch is counted in full steps")
  func epochs() {
    let epochs = [0, 3, 4, 11, 12].map { Moment(step: $0, stepsPerEpoch: 4, steps: 12).epoch }
    #expect(epochs == [0, 0, 1, 2, 3])
  }

  private func schedule(_ solver: String) throws -> any Schedule {
    let experiment = try Experiment("net fc 2 2 -> softmax_ce\nsolver \(solver)")
    return try #require(experiment.solver).solver.schedule
  }
}
