import Testing

@testable import CellRunning

@Suite struct `Expected output` {
  @Test(
    arguments: [
      ("1.0 and 2", "1 and 2.00", nil), ("loss 0.50", "loss 0.501", 0.01),
      ("a\n...\nz", "a\nb\nc\nz", nil), ("a\n…", "a", nil), ("took … ms", "took 12.5 ms", nil),
      ("a ... d", "a b c d", nil), ("…c…", "abcd", nil),
      ("trailing  \n\n", "trailing", nil), ("-1e-3", "-0.001", nil), ("x2 = 4", "x2 = 4.0", nil),
    ] as [(String, String, Double?)])
  func `fits`(_ expected: String, _ got: String, _ tolerance: Double?) {
    #expect(OutputComparison(tolerance: tolerance).difference(expected: expected, got: got) == nil)
  }

  @Test(
    arguments: [
      ("loss 0.50", "loss 0.52", 0.01, 0), ("a\nb", "a\nc", nil, 1), ("a", "a\nb", nil, 1),
      ("a\nb", "a", nil, 1), ("x2", "x2.0", nil, 0), ("a\n...\nz", "a\nb", nil, 2),
      ("a ... d", "a b c", nil, 0),
    ] as [(String, String, Double?, Int)])
  func `differs first in a line`(
    _ expected: String, _ got: String, _ tolerance: Double?, _ line: Int
  ) {
    let difference = OutputComparison(tolerance: tolerance)
      .difference(expected: expected, got: got)
    #expect(difference?.line == line)
  }

  /// Trying every way to share the letters among the ellipses would take longer than there is time.
  @Test(.timeLimit(.minutes(15))) func `many ellipses take no time`() {
    let expected = String(repeating: "a...", count: 40) + "b"
    let got = String(repeating: "a", count: 200)
    let comparison = OutputComparison(tolerance: nil)
    #expect(comparison.difference(expected: expected, got: got)?.line == 0)
    #expect(comparison.difference(expected: expected, got: got + "b") == nil)
    let lines = String(repeating: "a\n...\n", count: 40) + "b"
    let printed = String(repeating: "a\n", count: 200)
    #expect(comparison.difference(expected: lines, got: printed)?.line == 80)
    #expect(comparison.difference(expected: lines, got: printed + "b") == nil)
  }
}
