/// How wide hidden layers are, from the first to the last.
///
///     WidthPattern.funnel.widths(layers: 4, base: 256)    // [256, 128, 64, 32]
public enum WidthPattern: String, CaseIterable, Sendable {
  /// Every layer has the base width.
  case constant
  /// The width halves from layer to layer, not below 32.
  case funnel
  /// A quarter of the base, or 32, in the middle, doubled with each step away from it up to the base.
  case bottleneck
  /// From a quarter of the base the width doubles, up to twice the base.
  case expanding

  /// The widths of so many hidden layers, first to last; stops where a number is not positive.
  @export(interface)
  public func widths(layers: Int, base: Int) -> [Int] {
    requirePositive(layers, "layers", in: "WidthPattern.\(rawValue)")
    requirePositive(base, "base width", in: "WidthPattern.\(rawValue)")
    let middle = layers / 2
    return (0..<layers).map { layer in
      switch self {
      case .constant: base
      case .funnel: max(32, doubled(base, -layer))
      case .bottleneck: min(base, doubled(max(base / 4, 32), abs(layer - middle)))
      case .expanding: min(2 * base, doubled(max(base / 4, 1), layer))
      }
    }
  }

  /// A number doubled, up to what an integer of 32 bits holds, or halved with whole division.
  private func doubled(_ number: Int, _ times: Int) -> Int {
    var number = number
    for _ in 0..<abs(times) { number = times > 0 ? min(number, 1 << 29) * 2 : number / 2 }
    return number
  }
}
