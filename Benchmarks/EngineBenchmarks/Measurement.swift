/// Times of one workload, printed as the JSON line that the peers' script prints too.
struct Measurement {
  let workload: String
  var seconds: [Double] = []
  var detail: [(name: String, value: String)] = []

  /// Runs `body` `runs` times after one run that is not counted; `setUp` is not timed.
  static func of<State>(
    _ workload: String, runs: Int, setUp: () -> State, _ body: (State) -> Void
  ) -> Measurement {
    var measurement = Measurement(workload: workload)
    body(setUp())
    for _ in 0..<runs {
      let state = setUp()
      measurement.seconds.append(time { body(state) })
    }
    return measurement
  }

  var median: Double { seconds.sorted()[seconds.count / 2] }
  var shortest: Double { seconds.min() ?? .nan }

  func line(threads: Int) -> String {
    var fields = [
      ("workload", "\"\(workload)\""), ("peer", "\"nnbook-\(threads)t\""),
      ("seconds", rounded(median)), ("min", rounded(shortest)), ("runs", "\(seconds.count)"),
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
