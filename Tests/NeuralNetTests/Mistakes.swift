import NeuralNet

/// The mistakes of `16_errors.json`, made with this engine; each stops with a message. Empty where
/// the mistake cannot be made here.
let mistakes: [(name: String, make: @Sendable () -> Void)] = [
  ("linear_input_width", { _ = network([784]) { Dense(784, 128) }(zeros(32, 1024)) }),
  (
    "linear_chain",
    {
      _ = network([784]) {
        Dense(784, 128)
        Dense(256, 10)
      }
    }
  ),
  (
    "linear_chain_with_activation",
    {
      _ = network([784]) {
        Dense(784, 128)
        ReLU()
        Dense(256, 10)
      }
    }
  ),
  ("linear_unflattened_image", { _ = Network([Dense(784, 128)])(zeros(32, 1, 28, 28)) }),
  ("linear_out_negative", { _ = Dense(784, -1) }),
  ("linear_out_zero", { _ = Dense(784, 0) }),
  ("heads_do_not_divide", { _ = MultiHeadAttention(512, heads: 7) }),
  ("encoder_heads_do_not_divide", { _ = TransformerEncoderLayer(512, heads: 7) }),
  ("lstm_input_width", { _ = LSTM(10, 20)(zeros(5, 3, 12)) }),
  ("gru_input_width", { _ = GRU(10, 20)(zeros(5, 3, 12)) }),
  ("lstm_hidden_zero", { _ = LSTM(10, 0) }),
  ("lstm_hidden_negative", { _ = LSTM(10, -4) }),
  (
    "lstm_state_width",
    {
      _ = LSTM(10, 20, batchFirst: false)(
        zeros(5, 3, 10), state: .init(hidden: zeros(1, 3, 21), cell: zeros(1, 3, 20)))
    }
  ),
  (
    "gru_state_batch",
    { _ = GRU(10, 20, batchFirst: false)(zeros(5, 3, 10), hidden: zeros(1, 2, 20)) }
  ),
  (
    "lstm_state_layers",
    {
      _ = LSTM(10, 20, layers: 2, batchFirst: false)(
        zeros(5, 3, 10), state: .init(hidden: zeros(1, 3, 20), cell: zeros(1, 3, 20)))
    }
  ),
  ("embedding_index_high", { _ = Embedding(100, 8)([0, 100]) }),
  ("embedding_index_negative", { _ = Embedding(100, 8)([-1]) }),
  ("embedding_float_index", { _ = Embedding(100, 8)(Tensor([0.5])) }),
  ("target_class_high", { _ = Loss.crossEntropy(zeros(2, 5), Tensor([0, 5])) }),
  ("target_class_negative", { _ = Loss.crossEntropy(zeros(2, 5), Tensor([0, -1])) }),
  ("cross_entropy_batch", { _ = Loss.crossEntropy(zeros(32, 5), zeros(30)) }),
  ("mse_batch", { _ = Loss.meanSquaredError(zeros(32, 3), zeros(30, 3)) }),
  ("mse_silent_broadcast", { _ = Loss.meanSquaredError(zeros(32, 1), zeros(32)) }),
  ("bce_target_range", { _ = Loss.binaryCrossEntropy(Tensor([0.3]), Tensor([1.5])) }),
  ("bce_target_negative", { _ = Loss.binaryCrossEntropy(Tensor([0.3]), Tensor([-0.25])) }),
  ("bce_input_range", { _ = Loss.binaryCrossEntropy(Tensor([1.25]), Tensor([1])) }),
  (
    "bce_with_logits_target_range",
    { _ = Loss.binaryCrossEntropyWithLogits(Tensor([0.3]), Tensor([1.5])) }
  ),
  ("bce_shape", { _ = Loss.binaryCrossEntropy(zeros(4, 1), zeros(4)) }),
  ("bce_nan", { _ = Loss.binaryCrossEntropy(Tensor([.nan]), Tensor([1])) }),
  ("linear_nan", { _ = network([3]) { Dense(3, 2) }(Tensor([[.nan, 0, 0]])) }),
  ("conv_channels", { _ = Convolution2D(1, 16, kernel: 3)(zeros(2, 3, 9, 9)) }),
  ("conv_kernel_too_large", { _ = Convolution2D(1, 16, kernel: 5)(zeros(1, 1, 4, 4)) }),
  ("conv_rank", { _ = Convolution2D(1, 16, kernel: 3)(zeros(9, 9)) }),
  ("conv_groups", { _ = Convolution2D(5, 16, kernel: 3, groups: 2) }),
  (
    "conv_then_linear",
    {
      _ = network([1, 20, 20]) {
        Convolution2D(1, 16, kernel: 3)
        Flatten()
        Dense(10816, 10)
      }
    }
  ),
  ("pool_padding", { _ = MaxPool(2, padding: 2) }),
  ("batchnorm_features", { _ = BatchNorm(20)(zeros(8, 24)) }),
  (
    "batchnorm_one_row",
    {
      let layer = BatchNorm(20)
      layer.prepare(for: .training)
      _ = layer(zeros(1, 20))
    }
  ),
  ("layernorm_shape", { _ = LayerNorm(20)(zeros(8, 24)) }),
  (
    "attention_key_width",
    { attend(zeros(2, 3, 20), zeros(2, 3, 24), zeros(2, 3, 24)) }
  ),
  (
    "attention_query_width",
    { attend(zeros(2, 3, 24), zeros(2, 3, 24), zeros(2, 3, 24)) }
  ),
  (
    "attention_key_value_length",
    { attend(zeros(2, 3, 20), zeros(2, 4, 20), zeros(2, 5, 20)) }
  ),
  (
    "attention_mask_shape",
    {
      attend(
        zeros(2, 3, 20), zeros(2, 3, 20), zeros(2, 3, 20),
        mask: Array(repeating: [false, false, false, true], count: 4))
    }
  ),
  ("softmax_axis", { _ = Softmax(axis: 2)(zeros(4, 3)) }),
  ("dropout_probability", { _ = Dropout(1.5) }),
  ("add_shapes", { _ = zeros(2, 3) + zeros(2, 4) }),
  ("matmul_shapes", { _ = zeros(2, 3).matrixProduct(zeros(4, 5)) }),
  ("reshape_size", { _ = zeros(2, 3).reshaped(4, 2) }),
  ("concat_shapes", { _ = Tensor.concatenate([zeros(2, 3), zeros(2, 4)]) }),
  ("negative_learning_rate", { _ = Optimizer.sgd(learningRate: -0.1) }),
  ("adam_beta", { _ = Optimizer.adam(betas: (1, 0.999)) }),
  // Mistakes of the same kinds that the list does not have.
  ("residual_shape", { _ = network([4]) { Residual { Dense(3) } } }),
  (
    "attention_blind_query",
    {
      attend(
        zeros(1, 2, 20), zeros(1, 2, 20), zeros(1, 2, 20), mask: [[false, true], [true, true]])
    }
  ),
  ("loss_not_finite", { _ = Loss.meanSquaredError(Tensor([1, .infinity]), Tensor([1, 2])) }),
  ("replayed_mse_target", { replay(.meanSquaredError, Tensor([[1, 2]]), [1, .nan]) }),
  (
    "replayed_squared_error_target",
    { replay(.squaredError(reduction: .sum), Tensor([[1, 2]]), [-.infinity, 1]) }
  ),
  ("replayed_l1_target", { replay(.meanAbsoluteError, Tensor([[1, 2]]), [1, .nan]) }),
  ("replayed_huber_target", { replay(.huber(), Tensor([[1, 2]]), [.infinity, 1]) }),
  ("replayed_smooth_l1_target", { replay(.smoothL1(), Tensor([[1, 2]]), [.nan, 1]) }),
  ("replayed_bce_target", { replay(.binaryCrossEntropy, Tensor([[0, 1]]), [1, 1.5]) }),
  (
    "replayed_bce_with_logits_target",
    { replay(.binaryCrossEntropyWithLogits, Tensor([[0, 1]]), [-1, 1]) }
  ),
  ("replayed_class", { replay(.crossEntropy, Tensor([1]), [2]) }),
  ("replayed_class_in_part", { replay(.crossEntropy, Tensor([1]), [0.5]) }),
  ("replayed_class_shares", { replay(.crossEntropy, Tensor([[0.5, 0.5]]), [.nan, 0.5]) }),
  (
    "training_input_of_a_later_batch",
    {
      network([1]) { Dense(1) }.train(
        on: Dataset("line", inputs: Tensor([[1], [.nan]]), targets: Tensor([[1], [2]])),
        loss: .meanSquaredError, optimizer: .sgd(learningRate: 0.1), epochs: 1, batchSize: 1)
    }
  ),
  (
    "training_step_input",
    {
      let good = Dataset("one", inputs: Tensor([[1]]), targets: Tensor([[1]]))
      let bad = Dataset("bad", inputs: Tensor([[.infinity]]), targets: Tensor([[1]]))
      let step = TrainingStep(
        network([1]) { Dense(1) }, .meanSquaredError, .sgd(learningRate: 0.1), like: good)
      step.load(bad, 0..<1)
    }
  ),
  ("empty_batch", { _ = Loss.meanSquaredError(zeros(0, 2), zeros(0, 2)) }),
  ("empty_data", { _ = Dataset("nothing", inputs: zeros(0, 2), targets: zeros(0, 1)) }),
  ("class_weights", { _ = Loss.crossEntropy(classWeights: [1, 2])(zeros(2, 3), Tensor([0, 1])) }),
  ("nesterov_without_momentum", { _ = Optimizer.sgd(learningRate: 0.1, nesterov: true) }),
  ("prune_fraction", { network([2]) { Dense(2) }.prune(1.5) }),
  (
    "rewind_to_another_network",
    { network([2]) { Dense(2) }.rewind(to: network([2]) { Dense(3) }.snapshot()) }
  ),
  ("unknown_name", { _ = network([2]) { Dense(2).named("hidden") }["hiden"] }),
  ("padding_index", { _ = Embedding(4, 2, padding: 4) }),
  ("axis_named_twice", { _ = zeros(2, 3).transposed(0, 0) }),
  ("negative_size", { _ = Shape([2, -1]) }),
  ("ragged_rows", { _ = Tensor([[1, 2], [3]]) }),
  ("slice_outside", { _ = zeros(2, 3).slice(axis: 1, 2..<5) }),
  ("nothing_to_concatenate", { _ = Tensor.concatenate([]) }),
  ("no_layers", { _ = Network {} }),
  ("no_steps", { _ = LSTM(2, 3)(zeros(1, 0, 2)) }),
  ("backward_of_data", { zeros(1).backward() }),
  ("backward_of_many", { Tensor([1, 2], needsGradient: true).backward() }),
  (
    "counts_differ",
    { _ = Dataset("points", inputs: zeros(3, 2), targets: zeros(2, 1)) }
  ),
  (
    "class_in_part",
    { _ = Dataset("points", inputs: zeros(1, 2), targets: Tensor([[0.5]])).classes }
  ),
  ("pieces_of_a_curve", { _ = LinearPieces(of: network([1]) { Tanh() }, over: 0...1) }),
  (
    "batch_of_another_size",
    {
      let data = Dataset("two", inputs: zeros(2, 1), targets: zeros(2, 1))
      let step = TrainingStep(
        network([1]) { Dense(1) }, .meanSquaredError, .sgd(learningRate: 0.1), like: data)
      step.load(data, 0..<1)
    }
  ),
  (
    "training_diverges",
    {
      network([1]) { Dense(1) }.train(
        on: Dataset("line", inputs: Tensor([[1], [1000]]), targets: Tensor([[1], [2]])),
        loss: .meanSquaredError, optimizer: .sgd(learningRate: 1000), epochs: 100)
    }
  ),
  // What would go on silently, or end without a word.
  ("shape_too_large", { _ = zeros(1 << 40, 1 << 40) }),
  ("tensor_too_large", { _ = zeros(1 << 62) }),
  ("values_too_many", { _ = Tensor([1 << 40, 1 << 40], [1]) }),
  ("broadcast_too_large", { _ = zeros(1 << 20, 1) + zeros(1, 1 << 20) }),
  ("layer_too_large", { _ = Dense(1 << 40, 1 << 40) }),
  ("normalizing_nothing", { _ = LayerNorm()(zeros(3, 0)) }),
  ("normalizing_nothing_by_squares", { _ = RMSNorm()(zeros(3, 0)) }),
  ("two_open_sizes", { _ = zeros(2, 3).reshaped(-1, -1) }),
  (
    "all_frozen",
    {
      let net = network([2]) { Dense(1) }
      net.freeze()
      train(net)
    }
  ),
  ("nothing_to_train", { train(network([1]) { Tanh() }) }),
  (
    "changed_between_forward_and_backward",
    {
      let w = Tensor([1, 2], needsGradient: true)
      let loss = (w * w).sum()
      w.values = [3, 4]
      loss.backward()
    }
  ),
  (
    "stepped_between_forward_and_backward",
    {
      let layer = Dense(weight: [[1]])
      let (first, second) = (layer(Tensor([[1]])).squared(), layer(Tensor([[2]])).squared())
      first.sum().backward()
      Optimizer.sgd(learningRate: 0.1).rule(for: [layer.weight]).update(learningRate: 0.1)
      second.sum().backward()
    }
  ),
  (
    "backward_twice",
    {
      let loss = Tensor([1, 2], needsGradient: true).squared().sum()
      loss.backward()
      loss.backward()
    }
  ),
  (
    "replayed_backward_twice",
    {
      let w = Tensor([1, 2], needsGradient: true)
      let replay = Replay { w.squared().sum() }
      replay.backward()
      replay.backward()
    }
  ),
  (
    "layer_of_another_network",
    {
      let layer = Dense(3)
      _ = network([2]) { layer }
      _ = network([5]) { layer }
    }
  ),
  (
    "images_into_a_class_loss",
    { _ = Loss.crossEntropy(zeros(4, 3, 5, 5), Tensor([0, 1, 2, 0])) }
  ),
  ("sequence_into_a_class_loss", { _ = Loss.crossEntropy(zeros(4, 6, 3), Tensor([0, 1, 2, 0])) }),
  (
    "sequence_into_shares",
    { _ = Loss.binaryCrossEntropyWithLogits(zeros(4, 6, 3), zeros(4, 3)) }
  ),
  (
    "accuracy_of_a_sequence",
    {
      _ = network([6, 2]) { LSTM(3) }.accuracy(
        on: Dataset("words", inputs: zeros(4, 6, 2), targets: Tensor([0, 1, 2, 0])))
    }
  ),
  (
    "prediction_input_of_a_later_block",
    {
      let x = zeros(2000, 1)
      x[1999, 0] = .nan
      _ = network([1]) { Dense(1) }.predict(x)
    }
  ),
]

private func train(_ net: Network) {
  let width = net.inputShape?.width ?? 1
  net.train(
    on: Dataset("zeros", inputs: zeros(3, width), targets: zeros(3, 1)), loss: .meanSquaredError,
    optimizer: .sgd(learningRate: 0.1), epochs: 1)
}

/// Mistakes of the list that cannot be made with this engine, and why.
let impossibleMistakes = [
  "linear_out_missing": "a size is an Int, which the compiler asks for",
  "lstm_hidden_missing": "a size is an Int, which the compiler asks for",
  "cross_entropy_integer_one_hot": "there are no integer tensors; one-hot rows are probabilities",
]

/// A loss of two predictions, recorded for one target and run again for another.
private func replay(_ loss: Loss, _ target: Tensor, _ later: [Float]) {
  let prediction = Tensor([[0.25, 0.75]])
  let replay = Replay { loss(prediction, target) }
  target.values = later
  replay.forward()
}

private func zeros(_ sizes: Int...) -> Tensor { Tensor(Shape(sizes), repeating: 0) }

private func network(_ shape: Shape, @NetworkBuilder _ layers: () -> [any Layer]) -> Network {
  Network(inputShape: shape, layers)
}

private func attend(_ query: Tensor, _ key: Tensor, _ value: Tensor, mask: [[Bool]]? = nil) {
  _ = MultiHeadAttention(20, heads: 2).attend(query, key, value, mask: mask)
}
