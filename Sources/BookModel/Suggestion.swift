/// The candidate nearest to `word` by edit distance, if it is near enough to be what was meant.
///
/// Of very many candidates, or very long ones, not all are looked at: a hint is worth no minutes.
package func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
  let letters = Array(word.lowercased())
  var best: (distance: Int, candidate: String)?
  var work = 0
  for candidate in candidates {
    // What is much longer or shorter is not near.
    let (shorter, longer) = (
      min(word.utf8.count, candidate.utf8.count), max(word.utf8.count, candidate.utf8.count)
    )
    if longer > 1000 || longer > 6 * shorter + 6 { continue }
    work += (letters.count + 8) * (candidate.utf8.count + 8)
    if work > mostWork { break }
    let distance = editDistance(letters, Array(candidate.lowercased()))
    if distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  guard let best, best.distance <= max(1, min(word.count, best.candidate.count) / 2) else {
    return nil
  }
  return best.candidate
}

/// Pairs of letters that are compared for one hint.
private let mostWork = 500_000

/// Insertions, deletions, substitutions and swaps of neighbors (optimal string alignment).
private func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var distance = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, beforeLast[j - 1] + 1)
      }
      row.append(distance)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
