extension Dataset {
  /// The four rows of "one or the other, not both", which no single unit can learn.
  public static var xor: Dataset {
    Dataset(
      "XOR", inputs: Tensor([[0, 0], [0, 1], [1, 0], [1, 1]]),
      targets: Tensor([[0], [1], [1], [0]]))
  }
}
