/// What becomes of the losses of all elements, or of all rows.
public enum Reduction: Sendable {
  /// Their mean.
  case mean
  /// Their sum.
  case sum
  /// Nothing: each stays for itself.
  case none
}
