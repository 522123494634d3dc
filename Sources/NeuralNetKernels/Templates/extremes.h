// The largest and the smallest value of lines; included once per instruction set.

/// Where the first of the largest (or smallest) values of a row stands, or the first NaN.
NN_INLINE size_t NN_NAME(extreme_of_row)(const bool smallest, size_t n, const float *x) {
  size_t best = 0;
#if !defined(__wasm__)
  if (n >= 32) {
    // First the value, in lanes, and whether there is a NaN; then its place.
    float tops[16];
    uint32_t unordered[16];
    for (int lane = 0; lane < 16; lane++) {
      tops[lane] = x[lane];
      unordered[lane] = x[lane] != x[lane] ? ~0u : 0;
    }
    for (size_t i = 16; i < n; i += 16) {
      // The last sixteen again where fewer are left.
      const float *values = x + (i + 16 <= n ? i : n - 16);
      _Pragma("clang loop unroll(full)") for (int lane = 0; lane < 16; lane++) {
        float value = values[lane];
        tops[lane] = (smallest ? value < tops[lane] : value > tops[lane]) ? value : tops[lane];
        unordered[lane] |= value != value ? ~0u : 0;
      }
    }
    float top = tops[0];
    uint32_t any = unordered[0];
    for (int lane = 1; lane < 16; lane++) {
      top = (smallest ? tops[lane] < top : tops[lane] > top) ? tops[lane] : top;
      any |= unordered[lane];
    }
    if (any) {
      while (x[best] == x[best]) best++;
      return best;
    }
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
      uint32_t found = 0;
      for (size_t lane = 0; lane < 16; lane++) found |= x[i + lane] == top ? 1u : 0u;
      if (found) break;
    }
    while (x[i] != top) i++;
    return i;
  }
#endif
  for (size_t i = 1; i < n; i++) {
    int better = smallest ? x[i] < x[best] : x[i] > x[best];
    best = better | ((x[i] != x[i]) & (x[best] == x[best])) ? i : best;
  }
  return best;
}

/// Row by row, each value against the best of its column.
NN_INLINE void NN_NAME(extremes_of_columns)(
    const bool smallest, size_t rows, size_t n, const float *x, float *y, uint32_t *places) {
  for (size_t j = 0; j < n; j++) y[j] = x[j], places[j] = 0;
  for (size_t row = 1; row < rows; row++) {
    x += n;
    NN_VECTOR_LOOP
    for (size_t j = 0; j < n; j++) {
      float value = x[j], former = y[j];
      int better = (smallest ? value < former : value > former) |
                   ((value != value) & (former == former));
      y[j] = better ? value : former;
      places[j] = better ? (uint32_t)row : places[j];
    }
  }
}

void NN_NAME(extremes)(
    bool smallest, size_t rows, size_t n, const float *x, float *y, void *taken) {
  uint32_t *places = taken;
  if (smallest) NN_NAME(extremes_of_columns)(true, rows, n, x, y, places);
  else NN_NAME(extremes_of_columns)(false, rows, n, x, y, places);
}

size_t NN_NAME(extreme)(bool smallest, size_t n, const float *x) {
  return smallest ? NN_NAME(extreme_of_row)(true, n, x) : NN_NAME(extreme_of_row)(false, n, x);
}
