// Sums in sixteen lanes; included once per instruction set.

NN_INLINE float NN_NAME(combine_lanes)(float *lanes) {
  for (int step = 8; step > 0; step /= 2)
    for (int i = 0; i < step; i++) lanes[i] += lanes[i + step];
  return lanes[0];
}

#define NN_LANE_SUM(NAME, PARAMETERS, VALUE)                           \
  static float NN_NAME(NAME)(size_t n, PARAMETERS) {                   \
    float lanes[16] = {0};                                             \
    size_t i = 0;                                                      \
    for (; i + 16 <= n; i += 16)                                       \
      _Pragma("clang loop unroll(full)") for (size_t j = 0; j < 16; j++) { \
        size_t at = i + j;                                             \
        lanes[j] += VALUE;                                             \
      }                                                                \
    for (size_t j = 0; i + j < n; j++) {                               \
      size_t at = i + j;                                               \
      lanes[j] += VALUE;                                               \
    }                                                                  \
    return NN_NAME(combine_lanes)(lanes);                              \
  }

#define NN_ONE const float *x
#define NN_TWO const float *a, const float *b
NN_LANE_SUM(sum, NN_ONE, x[at])
NN_LANE_SUM(sum_of_products, NN_TWO, a[at] * b[at])
NN_LANE_SUM(sum_of_squared_differences, NN_TWO, (a[at] - b[at]) * (a[at] - b[at]))
#undef NN_ONE
#undef NN_TWO

static void NN_NAME(sum_columns)(
    size_t rows, size_t columns, const float *x, float *y, bool accumulate) {
  if (!accumulate)
    for (size_t j = 0; j < columns; j++) y[j] = 0;
  size_t start = 0;
  // Blocks of columns stay in registers over all rows.
  for (; start + 32 <= columns; start += 32) {
    float chains[32];
    for (size_t j = 0; j < 32; j++) chains[j] = y[start + j];
    for (size_t i = 0; i < rows; i++)
      _Pragma("clang loop unroll(full)") for (size_t j = 0; j < 32; j++)
        chains[j] += x[i * columns + start + j];
    for (size_t j = 0; j < 32; j++) y[start + j] = chains[j];
  }
  for (; start + 8 <= columns; start += 8) {
    float chains[8];
    for (size_t j = 0; j < 8; j++) chains[j] = y[start + j];
    for (size_t i = 0; i < rows; i++)
      _Pragma("clang loop unroll(full)") for (size_t j = 0; j < 8; j++)
        chains[j] += x[i * columns + start + j];
    for (size_t j = 0; j < 8; j++) y[start + j] = chains[j];
  }
  for (; start < columns; start++) {
    float chain = y[start];
    for (size_t i = 0; i < rows; i++) chain += x[i * columns + start];
    y[start] = chain;
  }
}

static bool NN_NAME(all_finite)(size_t n, const float *x) {
  uint32_t outside = 0;
  for (size_t i = 0; i < n; i++)
    outside |= (nn_bits_of_float(x[i]) & 0x7f800000) == 0x7f800000 ? 1u : 0u;
  return outside == 0;
}
