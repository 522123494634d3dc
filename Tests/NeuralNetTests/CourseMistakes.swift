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
  ("group_norm_groups", { _ = GroupNorm(5, groups: 2) }),
  ("group_norm_channels", { _ = GroupNorm(groups: 2)(ones(1, 3, 2, 2)) }),
  ("reshape_two_open", { _ = Reshape(-1, -1) }),
  ("reshape_count", { _ = Reshape(2, 2)(ones(3, 5)) }),
  ("global_pool_rank", { _ = GlobalAveragePool()(ones(2, 3)) }),
  ("transpose_channels", { _ = ConvolutionTranspose2D(2, 3, kernel: 2)(ones(1, 4, 3, 3)) }),
  ("transpose_padding", { _ = ConvolutionTranspose2D(2, 3, kernel: 2, outputPadding: 1) }),
  (
    "transpose_too_small",
    { _ = ConvolutionTranspose2D(1, 1, kernel: 1, padding: 2)(ones(1, 1, 2, 2)) }
  ),
  ("upsample_factor", { _ = Upsample(0) }),
  ("convolution_1d_causal", { _ = Convolution1D(1, 1, kernel: 3, padding: 1, causal: true) }),
  ("convolution_1d_kernel", { _ = Convolution1D(1, 1, kernel: 5)(ones(1, 1, 4)) }),
  ("decoder_memory", { _ = TransformerDecoderLayer(4, heads: 2)(ones(1, 2, 4)) }),
  ("tied_width", { _ = TiedDense(to: Embedding(5, 3))(ones(2, 4)) }),
  ("tied_too_early", { _ = Network(inputs: 2) { TiedDense(to: Dense(3)) } }),
  (
    "custom_count",
    {
      let custom = CustomOperation("double") {
        $0[0] * 2
      } backward: { _, _, _ in
        []
      }
      custom(Tensor([1], needsGradient: true)).sum().backward()
    }
  ),
  (
    "custom_shape",
    {
      let custom = CustomOperation("double") {
        $0[0] * 2
      } backward: { _, _, dy in
        [dy.sum()]
      }
      custom(Tensor([1, 2], needsGradient: true)).sum().backward()
    }
  ),
  ("k_means_points", { _ = KMeans(of: ones(2, 2), clusters: 3) }),
  ("alignment_samples", { _ = centeredKernelAlignment(ones(3, 2), ones(4, 2)) }),
  ("confusion_counts", { _ = ConfusionMatrix(classes: [0, 1], predicted: [0]) }),
  ("confusion_class", { _ = ConfusionMatrix(classes: [0, 2], predicted: [0, 1], classCount: 2) }),
]

private func ones(_ sizes: Int...) -> Tensor { Tensor(Shape(sizes), repeating: 1) }
