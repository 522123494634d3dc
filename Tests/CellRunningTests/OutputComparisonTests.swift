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
}
