import Foundation

/// One run over variants of texts: 400 of them, or as many as `FUZZ_COUNT` says, from the seed
/// `FUZZ_SEED`. `FUZZ_COUNT=100000 FUZZ_SEED=7 swift test --filter Fuzz` looks longer and elsewhere.
public enum FuzzRun {
  /// What is wrong with the first variant that has a mistake, and the shortest text that shows it;
  /// nil where none has.
  public static func firstMistake(
    seeds: [[UInt8]], tokens: [String] = ChapterSeeds.tokens, in mistake: ([UInt8]) -> String?
  ) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["FUZZ_COUNT"].flatMap { Int($0) } ?? 400
    let seed = environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    var mutator = Mutator(seeds: seeds, tokens: tokens, seed: seed)
    for _ in 0..<count {
      let text = mutator.next()
      let start = secondsOfThisThread()
      let found = mistake(text)
      // A hang would end with the run; what only takes long is found by its time.
      let seconds = secondsOfThisThread() - start
      if found == nil, seconds > 10 {
        return "\(seconds) s for \(String(decoding: text, as: UTF8.self).debugDescription)"
      }
      guard found != nil else { continue }
      let short = shrunk(text) { mistake($0) != nil }
      return "\(mistake(short)!) in \(String(decoding: short, as: UTF8.self).debugDescription)"
    }
    return nil
  }

  private static func secondsOfThisThread() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
