internal import NeuralNetKernels

/// How many threads large operations may use. The number never changes a result's bits.
public enum Threads {
  /// 1 unless `use(_:)` said otherwise; in a browser always.
  public static var count: Int { nn_thread_count() }

  /// Takes effect with the next operation, and stops for a number below 1. More than 64 are 64.
  public static func use(_ count: Int) {
    requirePositive(count, "count", in: "Threads.use")
    nn_use_threads(count)
  }
}

extension Threads {
  private struct Job {
    let count: Int
    let step: Int
    let run: (Range<Int>) -> Void
  }

  /// Calls `body` with ranges that make up `0..<count`, on the threads there are. The ranges must not
  /// write to the same memory; what they have in common is combined by the caller, in one order.
  ///
  /// - Parameter cost: what one index costs, in multiply-adds, about.
  static func run(_ count: Int, cost: Int, _ body: (Range<Int>) -> Void) {
    let threads = Threads.count > 1 ? nn_part_count(count * cost) : 1
    if threads == 1 { return body(0..<count) }
    // More parts than threads, for the one that is held up.
    let parts = Swift.min(8 * threads, count)
    withoutActuallyEscaping(body) { body in
      let job = Job(count: count, step: (count + parts - 1) / parts, run: body)
      withUnsafePointer(to: job) { job in
        nn_run_parts(
          parts,
          { context, part in
            guard let job = context?.assumingMemoryBound(to: Job.self).pointee else { return }
            let start = Swift.min(part * job.step, job.count)
            job.run(start..<Swift.min(start + job.step, job.count))
          }, UnsafeMutableRawPointer(mutating: job))
      }
    }
  }
}
