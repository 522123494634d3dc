import NeuralNet

/// Mistakes that an author can make with operations on tensors, draws and layers of the course.
let courseMistakes: [(name: String, make: @Sendable () -> Void)] = [
  ("clamp_range", { _ = Tensor([1]).clamp(min: 2, max: 1) }),
  ("compare_shapes", { _ = ones(2, 3) .> ones(4) }),
  ("where_shapes", { _ = Tensor.where(ones(2, 3), ones(2, 3), ones(2)) }),
  ("pow_shapes", { _ = ones(2, 3).pow(ones(2)) }),
  ("expand_shape", { _ = ones(2, 3).expanded(to: [3]) }),
  ("axis_twice", { _ = ones(2, 3).sum(axes: [1, -1]) }),
  ("axis_missing", { _ = ones(2, 3).mean(axes: [2]) }),
  ("variance_of_one", { _ = ones(2, 1).variance(axis: 1) }),
  ("argmax_of_nothing", { _ = ones(2, 0).argmax(axis: 1) }),
  ("cosine_shapes", { _ = ones(2, 3).cosineSimilarity(to: ones(2, 4)) }),
  ("triangle_rank", { _ = ones(3).lowerTriangle() }),
  ("one_hot_place", { _ = Tensor.oneHot([0, 3], count: 3) }),
  ("uniform_range", { _ = Tensor.uniform([2], in: 0..<Float.infinity, seed: 1) }),
  ("normal_deviation", { _ = Tensor.normal([2], deviation: -1, seed: 1) }),
  ("bernoulli_probability", { _ = Tensor.bernoulli([2], probability: 1.5, seed: 1) }),
  (
    "weights_negative",
    {
      var random = RandomSource(seed: 1)
      _ = random.index(weights: [1, -2])
    }
  ),
  (
    "weights_zero",
    {
      var random = RandomSource(seed: 1)
      _ = Tensor([[0, 0]]).sampled(using: &random)
    }
  ),
  (
    "weights_too_few",
    {
      var random = RandomSource(seed: 1)
      _ = random.indices(2, weights: [1, 0])
    }
  ),
]

private func ones(_ sizes: Int...) -> Tensor { Tensor(Shape(sizes), repeating: 1) }
