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

NN_INLINE void NN_NAME(root_mean_square_loop)(
    const bool centered, const bool again, size_t n, nn_root_mean_square rule,
    const float *gradient, float *square, float *mean, float *step, float *p) {
  NN_VECTOR_LOOP
  for (size_t i = 0; i < n; i++) {
    float g = gradient[i] + rule.decay * p[i];
    float v = rule.keep * square[i] + rule.take * (g * g);
    square[i] = v;
    if (centered) {
      float m = mean[i] + rule.take * (g - mean[i]);
      mean[i] = m;
      v = v - m * m;
      v = v <= 0 ? 0 : v;
    }
    float move = g / (__builtin_sqrtf(v) + rule.epsilon);
    if (again) {
      move = move + rule.momentum * step[i];
      step[i] = move;
    }
    p[i] -= rule.rate * move;
  }
}

void NN_NAME(step_root_mean_square)(
    size_t n, nn_root_mean_square rule, const float *gradient, float *square, float *mean,
    float *step, float *p) {
  if (mean && step)
    NN_NAME(root_mean_square_loop)(true, true, n, rule, gradient, square, mean, step, p);
  else if (mean)
    NN_NAME(root_mean_square_loop)(true, false, n, rule, gradient, square, mean, step, p);
  else if (step)
    NN_NAME(root_mean_square_loop)(false, true, n, rule, gradient, square, mean, step, p);
  else
    NN_NAME(root_mean_square_loop)(false, false, n, rule, gradient, square, mean, step, p);
}

void NN_NAME(step_adagrad)(
    size_t n, nn_adagrad rule, const float *gradient, float *sum, float *p) {
  NN_VECTOR_LOOP
  for (size_t i = 0; i < n; i++) {
    float g = gradient[i] + rule.decay * p[i];
    float s = sum[i] + g * g;
    sum[i] = s;
    p[i] -= rule.rate * (g / (__builtin_sqrtf(s) + rule.epsilon));
  }
}
