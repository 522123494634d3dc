/// How the learning rate changes from step to step.
///
///     .sgd(learningRate: 0.1).scheduled(.cosine(over: 500))
///     .adam().scheduled(.linearWarmup(over: 50).then(.cosine(over: 450), after: 50))
public struct Schedule {
  /// As messages and figures call it.
  public let name: String
  private let factor: (_ step: Int, _ base: Double) -> Double

  /// A schedule; `rate` gives the rate of step 0, 1, 2, … for a base rate.
  public init(_ name: String, rate: @escaping (_ step: Int, _ base: Double) -> Double) {
    self.name = name
    factor = rate
  }

  /// The rate that step 0, 1, 2, … uses.
  public func rate(at step: Int, base: Double) -> Double { factor(step, base) }

  /// This schedule for `count` steps, then another one, which starts from its own step 0.
  public func then(_ next: Schedule, after count: Int) -> Schedule {
    let first = self
    return Schedule("\(name), then \(next.name)") { step, base in
      step < count
        ? first.rate(at: step, base: base) : next.rate(at: step - count, base: base)
    }
  }

  /// Always the base rate.
  public static var constant: Schedule { Schedule("constant") { _, base in base } }

  /// `base * factor^⌊t / size⌋`
  public static func step(every size: Int, factor: Double) -> Schedule {
    requirePositive(size, "step size", in: "Schedule.step")
    return Schedule("step") { step, base in base * power(factor, step / size) }
  }

  /// `base * factor^(milestones ≤ t)`
  public static func multiStep(at milestones: [Int], factor: Double) -> Schedule {
    Schedule("multi-step") { step, base in
      var rate = base
      for milestone in milestones where milestone <= step { rate *= factor }
      return rate
    }
  }

  /// `base * factorᵗ`
  public static func exponential(factor: Double) -> Schedule {
    Schedule("exponential") { step, base in base * power(factor, step) }
  }

  /// `minimum + (base - minimum) (1 + cos(π t / period)) / 2`
  public static func cosine(over period: Int, minimum: Double = 0) -> Schedule {
    requirePositive(period, "period", in: "Schedule.cosine")
    return Schedule("cosine") { step, base in wave(step, period, minimum, base) }
  }

  /// The cosine over `first` steps, then anew over periods that grow by `growth`.
  public static func cosineWithRestarts(
    first: Int, growth: Int = 1, minimum: Double = 0
  ) -> Schedule {
    requirePositive(first, "first period", in: "Schedule.cosineWithRestarts")
    requirePositive(growth, "growth", in: "Schedule.cosineWithRestarts")
    return Schedule("cosine with restarts") { step, base in
      if growth == 1 { return wave(step % first, first, minimum, base) }
      var (place, period) = (step, first)
      while place >= period {
        place -= period
        period *= growth
      }
      return wave(place, period, minimum, base)
    }
  }

  /// `base * (start + (1 - start) min(t, count) / count)`
  public static func linearWarmup(over count: Int, from start: Double = 0) -> Schedule {
    requirePositive(count, "step count", in: "Schedule.linearWarmup")
    return Schedule("linear warm-up") { step, base in
      base * (start + (1 - start) * Double(Swift.min(step, count)) / Double(count))
    }
  }

  /// `base * min(1, (t + 1) / count)`
  public static func warmup(over count: Int) -> Schedule {
    requirePositive(count, "step count", in: "Schedule.warmup")
    return Schedule("warm-up") { step, base in
      base * Swift.min(1, Double(step + 1) / Double(count))
    }
  }

  private static func wave(_ step: Int, _ period: Int, _ minimum: Double, _ base: Double) -> Double
  {
    minimum + (base - minimum) * (1 + cosineOfHalfTurns(step, period)) / 2
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  /// `cos(π n / d)`, by the Taylor series on an eighth of a turn.
  static func cosineOfHalfTurns(_ n: Int, _ d: Int) -> Double {
    var n = n % (2 * d)
    if n > d { n = 2 * d - n }
    if 2 * n > d { return -cosineOfHalfTurns(d - n, d) }
    // Up to a quarter of π the cosine's own series, beyond it the sine's of what is left.
    let isNear = 4 * n <= d
    let x = Double.pi * (isNear ? Double(n) / Double(d) : 0.5 - Double(n) / Double(d))
    var term = isNear ? 1.0 : x
    var sum = 0.0
    var k = isNear ? 0.0 : 1.0
    while k < 20 {
      sum += term
      term *= -(x * x) / ((k + 1) * (k + 2))
      k += 2
    }
    return sum
  }
}

extension Optimizer {
  /// This optimizer with a rate that follows a schedule, one step further each `interval` updates.
  public func scheduled(_ schedule: Schedule, every interval: Int = 1) -> Optimizer {
    requirePositive(interval, "interval", in: "scheduled")
    let inner = self
    return Optimizer("\(name), \(schedule.name)", learningRate: learningRate) { parameters in
      ScheduledRule(schedule, interval, inner.rule(for: parameters))
    }
  }
}

final class ScheduledRule: UpdateRule {
  private let schedule: Schedule
  private let interval: Int
  private let rule: any UpdateRule
  private var updates = 0

  init(_ schedule: Schedule, _ interval: Int, _ rule: any UpdateRule) {
    self.schedule = schedule
    self.interval = interval
    self.rule = rule
  }

  func update(learningRate: Float) {
    let rate = schedule.rate(at: updates / interval, base: Double(learningRate))
    rule.update(learningRate: Float(rate))
    updates += 1
  }

  #if !hasFeature(Embedded)
    func exchange(_ state: OptimizerState) {
      state.exchange(&updates)
      rule.exchange(state)
    }
  #endif
}
