internal import NeuralNetKernels

/// How many threads large operations may use. The number never changes a result's bits.
public enum Threads {
  public static var count: Int { nn_thread_count() }

  public static func use(_ count: Int) {
    requirePositive(count, "count", in: "Threads.use")
    nn_use_threads(count)
  }
}
