import NeuralNet

/// Several pieces of work of one kind, each by its processor time alone: the shortest of some runs, where
/// a run repeats the work for a tenth of a second. The time of all is their sum.
func measureEach(
  _ workload: String, runs: Int, _ works: [(name: String, work: () -> Void)]
) -> Measurement {
  var measurement = Measurement(workload: workload)
  var best = [Double](repeating: .infinity, count: works.count)
  var repeats = [Int](repeating: 1, count: works.count)
  for (index, work) in works.enumerated() {
    work.work()
    let once = time { work.work() }
    repeats[index] = Swift.max(1, Int(0.1 / Swift.max(once, 1e-7)))
  }
  for _ in 0..<runs {
    for (index, work) in works.enumerated() {
      let before = processorTime()
      for _ in 0..<repeats[index] { work.work() }
      let seconds = (processorTime() - before) / Double(repeats[index])
      best[index] = Swift.min(best[index], seconds)
    }
  }
  let total = best.reduce(0, +)
  (measurement.seconds, measurement.cpuSeconds) = ([total], [total])
  let parts = zip(works, best).map { "\"\($0.name)\": \($1)" }
  measurement.detail = [("seconds_by", "{" + parts.joined(separator: ", ") + "}")]
  return measurement
}
