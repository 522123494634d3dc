// Steps of optimizers; included once per instruction set.

// `first` and `ahead` are constants, so that the loop of each case has no condition in it.
NN_INLINE void NN_NAME(momentum_loop)(
    const bool first, const bool ahead, size_t n, nn_momentum rule, const float *gradient,
    float *memory, float *p) {
  NN_VECTOR_LOOP
  for (size_t i = 0; i < n; i++) {
    float g = gradient[i] + rule.decay * p[i];
    float b = first ? rule.take * g : rule.keep * memory[i] + rule.take * g;
    memory[i] = b;
    p[i] -= rule.rate * (ahead ? g + rule.look_ahead * b : b);
  }
}

static void NN_NAME(step_momentum)(
    size_t n, nn_momentum rule, const float *gradient, float *memory, float *p) {
  if (rule.keep == 0 && rule.look_ahead == 0)
    NN_NAME(momentum_loop)(true, false, n, rule, gradient, memory, p);
  else if (rule.keep == 0)
    NN_NAME(momentum_loop)(true, true, n, rule, gradient, memory, p);
  else if (rule.look_ahead == 0)
    NN_NAME(momentum_loop)(false, false, n, rule, gradient, memory, p);
  else
    NN_NAME(momentum_loop)(false, true, n, rule, gradient, memory, p);
}

static void NN_NAME(step_adam)(
    size_t n, nn_adam rule, const float *gradient, float *mean, float *square, float *p) {
  NN_VECTOR_LOOP
  for (size_t i = 0; i < n; i++) {
    float value = p[i] * rule.shrink;
    float g = gradient[i] + rule.decay * value;
    float m = rule.keep_mean * mean[i] + rule.take_mean * g;
    float v = rule.keep_square * square[i] + rule.take_square * (g * g);
    mean[i] = m;
    square[i] = v;
    p[i] = value - rule.rate * (m / (__builtin_sqrtf(v) / rule.root + rule.epsilon));
  }
}
