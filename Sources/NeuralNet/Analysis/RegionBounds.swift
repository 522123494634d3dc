/// How many linear regions ReLU networks can have, as numbers; exact up to 2⁵³.
public enum RegionBounds {
  /// One hidden layer of `units` in `inputs` dimensions: at most `Σ_{i≤d} C(n, i)` regions
  /// (T. Zaslavsky, 1975). In one dimension that is `units + 1`.
  public static func shallow(inputs: Int, units: Int) -> Double {
    requirePositive(inputs, "inputs", in: "RegionBounds.shallow")
    var sum = 0.0
    var term = 1.0
    for i in 0...Swift.min(inputs, units) {
      sum += term
      term = term * Double(units - i) / Double(i + 1)
    }
    return sum
  }

  /// What some network of `layers` hidden layers of `units` each does reach at least:
  /// `⌊n/d⌋^{d(L−1)} Σ_{i≤d} C(n, i)` (G. Montúfar, R. Pascanu, K. Cho and Y. Bengio, 2014).
  public static func deepLower(inputs: Int, units: Int, layers: Int) -> Double {
    requirePositive(layers, "layers", in: "RegionBounds.deepLower")
    var product = shallow(inputs: inputs, units: units)
    for _ in 0..<inputs * (layers - 1) { product *= Double(units / inputs) }
    return product
  }
}
