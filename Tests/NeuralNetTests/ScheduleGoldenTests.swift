import NeuralNet
import Testing

/// `11_schedules.json`: the rate in force at each step.
@Suite struct ScheduleGoldenTests {
  @Test(arguments: GoldenFile("11_schedules").cases)
  func scheduleGivesTheRateOfEachStep(_ golden: GoldenCase) throws {
    let schedule = try #require(ScheduleGoldenTests.schedule(golden))
    let base = try #require(golden.options["base_lr"].number)
    let expected = golden.json["expected"]["lr"]["data"].numbers
    golden.tolerance.expect(
      expected.indices.map { schedule.rate(at: $0, base: base) }, expected, golden.name)
  }

  @Test func anOptimizerFollowsItsSchedule() {
    let w = Tensor([0], needsGradient: true)
    let rule = Optimizer.sgd(learningRate: 1)
      .scheduled(.multiStep(at: [2], factor: 0.5), every: 2).rule(for: [w])
    var places: [Float] = []
    for _ in 0..<6 {
      w.clearGradient()
      w.sum().backward()
      rule.update(learningRate: 1)
      places.append(w.scalar)
    }
    #expect(places == [-1, -2, -3, -4, -4.5, -5])
  }

  @Test func aLateStepCostsNoMoreThanAnEarlyOne() {
    let late = 1 << 60
    #expect(Schedule.exponential(factor: 0.5).rate(at: late, base: 1) == 0)
    #expect(Schedule.step(every: 2, factor: 1).rate(at: late, base: 0.5) == 0.5)
    #expect(Schedule.cosineWithRestarts(first: 4).rate(at: late, base: 0.5) == 0.5)
    #expect(
      Schedule.exponential(factor: 0.75).rate(at: 10, base: 1) == 59049.0 / 1_048_576)
  }

  static func schedule(_ golden: GoldenCase) -> Schedule? {
    let options = golden.options
    let gamma = options["gamma"].number ?? .nan
    let minimum = options["eta_min"].number ?? 0
    let start = options["start_factor"].number ?? .nan
    switch golden.json["schedule"].string {
    case "StepLR": return .step(every: options["step_size"].int ?? 0, factor: gamma)
    case "MultiStepLR":
      return .multiStep(at: options["milestones"].array.compactMap { $0.int }, factor: gamma)
    case "ExponentialLR": return .exponential(factor: gamma)
    case "CosineAnnealingLR": return .cosine(over: options["T_max"].int ?? 0, minimum: minimum)
    case "CosineAnnealingWarmRestarts":
      return .cosineWithRestarts(
        first: options["T_0"].int ?? 0, growth: options["T_mult"].int ?? 0, minimum: minimum)
    case "LinearLR": return .linearWarmup(over: options["total_iters"].int ?? 0, from: start)
    case "LambdaLR": return .warmup(over: options["warmup_steps"].int ?? 0)
    case "SequentialLR(LinearLR, CosineAnnealingLR)":
      return .linearWarmup(over: options["total_iters"].int ?? 0, from: start)
        .then(
          .cosine(over: options["T_max"].int ?? 0, minimum: minimum),
          after: options["milestone"].int ?? 0)
    default: return nil
    }
  }
}
