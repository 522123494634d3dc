// Rows at a time; included once per instruction set, after the sums.

// Rows are often short: one vector at a time.
#define NN_ROW_LOOP _Pragma("clang loop vectorize(assume_safety) interleave_count(1)")

/// The largest value of a row. A NaN may be passed over: it shows in what is computed from it.
NN_INLINE float NN_NAME(largest)(size_t n, const float *x) {
  float top = x[0];
  size_t i = 0;
#if !defined(__wasm__)
  if (n >= 16) {
    float tops[16];
    for (int lane = 0; lane < 16; lane++) tops[lane] = x[lane];
    for (i = 16; i + 16 <= n; i += 16)
      _Pragma("clang loop unroll(full)") for (int lane = 0; lane < 16; lane++)
        tops[lane] = x[i + (size_t)lane] > tops[lane] ? x[i + (size_t)lane] : tops[lane];
    for (int lane = 0; lane < 16; lane++) top = tops[lane] > top ? tops[lane] : top;
  }
#endif
  for (; i < n; i++) top = x[i] > top ? x[i] : top;
  return top;
}

void NN_NAME(take_off_largest)(size_t rows, size_t n, const float *x, float *y) {
  for (size_t row = 0; row < rows && n > 0; row++, x += n, y += n) {
    float top = NN_NAME(largest)(n, x);
    NN_ROW_LOOP
    for (size_t i = 0; i < n; i++) y[i] = x[i] - top;
  }
}

void NN_NAME(sum_rows)(size_t rows, size_t n, const float *x, float *y) {
  for (size_t row = 0; row < rows; row++) y[row] = NN_NAME(sum)(n, x + row * n);
}

void NN_NAME(sum_rows_of_products)(
    size_t rows, size_t n, const float *a, const float *b, float *y) {
  for (size_t row = 0; row < rows; row++)
    y[row] = NN_NAME(sum_of_products)(n, a + row * n, b + row * n);
}

#define NN_ROWS(VALUE)                                            \
  for (size_t row = 0; row < rows; row++, x += n, y += n) {       \
    float value = values[row];                                    \
    NN_ROW_LOOP                                                   \
    for (size_t i = 0; i < n; i++) y[i] = VALUE;                  \
  }

void NN_NAME(combine_rows)(
    nn_operator op, size_t rows, size_t n, const float *x, const float *values, float *y) {
  if (op == NN_OVER) NN_ROWS(x[i] / value)
  else if (op == NN_TIMES) NN_ROWS(x[i] * value)
  else NN_ROWS(x[i] - value)
}

#if !defined(__wasm__)
#if defined(NN_HAS_POWER_BLOCKS)
#define NN_REST_LOOP NN_LOOP_OF(NN_FLOATS, 1)
#else
#define NN_REST_LOOP NN_MAP_LOOP
#endif

/// The division of one row goes along with the exponentials of the next: they wait for other parts of
/// the processor.
void NN_NAME(softmax_rows)(size_t rows, size_t n, const float *x, float *y) {
  float sum = 1;
  for (size_t row = 0; row < rows; row++, x += n, y += n) {
    float top = NN_NAME(largest)(n, x);
    float *former = y - n;
    size_t done = 0;
#if defined(NN_HAS_POWER_BLOCKS)
    // The first row stands in for one before it: each of its values is written after it was divided.
    if (row == 0) former = y;
    done = NN_NAME(power_blocks)(NN_BLOCK_OF_ROW, n, x, y, top, former, sum);
#endif
    if (row == 0) {
      NN_REST_LOOP
      for (size_t i = done; i < n; i++) y[i] = nn_exp(x[i] - top);
    } else {
      NN_REST_LOOP
      for (size_t i = done; i < n; i++) {
        y[i] = nn_exp(x[i] - top);
        former[i] = former[i] / sum;
      }
    }
    sum = NN_NAME(sum)(n, y);
  }
  if (rows == 0) return;
  y -= n;
  NN_ROW_LOOP
  for (size_t i = 0; i < n; i++) y[i] = y[i] / sum;
}

void NN_NAME(softmax_rows_gradient)(
    size_t rows, size_t n, const float *y, const float *dy, float *dx) {
  for (size_t row = 0; row < rows; row++, y += n, dy += n, dx += n) {
    float sum = NN_NAME(sum_of_products)(n, dy, y);
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) dx[i] = y[i] * (dy[i] - sum);
  }
}
#endif
