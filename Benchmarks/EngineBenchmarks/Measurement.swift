#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times of one workload, printed as the JSON line that the peers' script prints too.
struct Measurement {
  let workload: String
  var seconds: [Double] = []
  /// Processor time of the runs, which other work on the machine disturbs less.
  var cpuSeconds: [Double] = []
  var detail: [(name: String, value: String)] = []

  /// Runs `body` `runs` times after one run that is not counted; `setUp` is not timed.
  static func of<State>(
    _ workload: String, runs: Int, setUp: () -> State, _ body: (State) -> Void
  ) -> Measurement {
    var measurement = Measurement(workload: workload)
    body(setUp())
    for _ in 0..<runs {
      let state = setUp()
      let before = processorTime()
      measurement.seconds.append(time { body(state) })
      measurement.cpuSeconds.append(processorTime() - before)
    }
    return measurement
  }

  var median: Double { seconds.sorted()[seconds.count / 2] }
  var shortest: Double { seconds.min() ?? .nan }

  func line(threads: Int) -> String {
    var fields = [
      ("workload", "\"\(workload)\""), ("peer", "\"nnbook-\(threads)t\""),
      ("seconds", rounded(median)), ("min", rounded(shortest)),
      ("cpu_seconds", rounded(cpuSeconds.min() ?? .nan)), ("runs", "\(seconds.count)"),
    ]
    fields.append(
      ("detail", "{" + detail.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}"))
    return "{" + fields.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }
}

func time(_ body: () -> Void) -> Double {
  let duration = ContinuousClock().measure(body)
  return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

/// To a ten-millionth.
func rounded(_ value: Double) -> String { "\(Double(Int(value * 1e7 + 0.5)) / 1e7)" }

/// User and system time of this process.
func processorTime() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
}
