// Sums in sixteen lanes; included once per instruction set.
//
// A chain of float additions is at most NN_CHAIN long, so that its error stays below a millionth of the
// sum of magnitudes. Longer sums are cut into blocks of that many vectors (or rows), whose lanes are
// added in double, block by block, and rounded once at the end.

#ifndef NN_LANES
#define NN_LANES

#define NN_CHAIN 32
#define NN_BLOCK (16 * NN_CHAIN)

typedef float nn_lanes __attribute__((vector_size(64)));
typedef double nn_wide_lanes __attribute__((vector_size(128)));
// The same where values lie, which is anywhere.
typedef float nn_lanes_there __attribute__((vector_size(64), aligned(4), may_alias));
typedef float nn_quarter __attribute__((vector_size(16)));
typedef double nn_wide_quarter __attribute__((vector_size(32)));
typedef float nn_quarter_there __attribute__((vector_size(16), aligned(4), may_alias));

#define NN_WIDENED(v) __builtin_convertvector(v, nn_wide_lanes)

#endif

NN_INLINE float NN_NAME(combine_lanes)(nn_lanes *lanes) {
  for (int step = 8; step > 0; step /= 2)
    for (int i = 0; i < step; i++) (*lanes)[i] += (*lanes)[i + step];
  return (*lanes)[0];
}

NN_INLINE float NN_NAME(combine_wide_lanes)(nn_wide_lanes *lanes) {
  for (int step = 8; step > 0; step /= 2)
    for (int i = 0; i < step; i++) (*lanes)[i] += (*lanes)[i + step];
  return (float)(*lanes)[0];
}

#if defined(__wasm__)
#define NN_BLOCKS_AT_ONCE 1
#else
// One chain after the other would wait for each addition.
#define NN_BLOCKS_AT_ONCE 4
#endif

#if defined(__wasm__)
#define NN_SHORT_SUM(n, VALUE)
#else
/// The values from `at` on, zeros from `n` on.
NN_INLINE nn_quarter NN_NAME(quarter)(const float *x, size_t at, size_t n) {
  if (at + 4 <= n) return *(const nn_quarter_there *)(x + at);
  nn_quarter values = {0};
  if (at < n) values[0] = x[at];
  if (at + 1 < n) values[1] = x[at + 1];
  if (at + 2 < n) values[2] = x[at + 2];
  return values;
}

/// The same sum of fewer values than there are lanes, without lanes in memory.
#define NN_SHORT_SUM(n, VALUE)                                                                \
  if (n < 16) {                                                                               \
    nn_quarter half = VALUE(nn_short_sum, 0) + VALUE(nn_short_sum, 8);                        \
    half += VALUE(nn_short_sum, 4) + VALUE(nn_short_sum, 12);                                 \
    return (half[0] + half[2]) + (half[1] + half[3]);                                         \
  }
#endif

/// What is left of a block, one value a lane.
#define NN_TAIL_SUM(end, VALUE)                                                               \
  if (i < end) {                                                                              \
    float tail[16] = {0};                                                                     \
    for (size_t j = 0; i + j < end; j++) tail[j] = VALUE(float, i + j);                       \
    last += *(const nn_lanes_there *)tail;                                                    \
  }

// VALUE(T, at) is the vector of type T of what is added from place `at` on.
#define NN_LANE_SUM(NAME, PARAMETERS, VALUE)                                                  \
  static float NN_NAME(NAME)(size_t n, PARAMETERS) {                                          \
    NN_SHORT_SUM(n, VALUE)                                                                    \
    size_t i = 0;                                                                             \
    nn_lanes last = {0};                                                                      \
    if (n <= NN_BLOCK) {                                                                      \
      for (; i + 16 <= n; i += 16) last += VALUE(nn_lanes_there, i);                          \
      NN_TAIL_SUM(n, VALUE)                                                                   \
      return NN_NAME(combine_lanes)(&last);                                                    \
    }                                                                                         \
    nn_wide_lanes total = {0};                                                                \
    if (NN_BLOCKS_AT_ONCE > 1)                                                                \
      for (; i + NN_BLOCKS_AT_ONCE * NN_BLOCK <= n; i += NN_BLOCKS_AT_ONCE * NN_BLOCK) {      \
        nn_lanes sums[NN_BLOCKS_AT_ONCE] = {{0}};                                             \
        for (size_t j = i; j < i + NN_BLOCK; j += 16)                                         \
          _Pragma("clang loop unroll(full)") for (int q = 0; q < NN_BLOCKS_AT_ONCE; q++)      \
            sums[q] += VALUE(nn_lanes_there, j + (size_t)q * NN_BLOCK);                       \
        _Pragma("clang loop unroll(full)") for (int q = 0; q < NN_BLOCKS_AT_ONCE; q++)        \
          total += NN_WIDENED(sums[q]);                                                       \
      }                                                                                       \
    while (i < n) {                                                                           \
      /* Two blocks side by side, of which the second may be shorter or empty. */             \
      size_t end = n - i < NN_BLOCK ? n : i + NN_BLOCK;                                       \
      size_t stop = n - end < NN_BLOCK ? n : end + NN_BLOCK;                                  \
      size_t next = end;                                                                      \
      nn_lanes second = {0};                                                                  \
      last = (nn_lanes){0};                                                                   \
      for (; next + 16 <= stop; i += 16, next += 16) {                                        \
        last += VALUE(nn_lanes_there, i);                                                     \
        second += VALUE(nn_lanes_there, next);                                                \
      }                                                                                       \
      for (; i + 16 <= end; i += 16) last += VALUE(nn_lanes_there, i);                        \
      NN_TAIL_SUM(end, VALUE)                                                                 \
      total += NN_WIDENED(last);                                                              \
      last = second;                                                                          \
      i = next;                                                                               \
      NN_TAIL_SUM(stop, VALUE)                                                                \
      if (stop > end) total += NN_WIDENED(last);                                              \
      i = stop;                                                                               \
    }                                                                                         \
    return NN_NAME(combine_wide_lanes)(&total);                                                \
  }

#define NN_ONE const float *x
#define NN_TWO const float *a, const float *b
#define NN_AT(T, p, at) NN_AT_##T(p, at)
#define NN_AT_float(p, at) ((p)[at])
#define NN_AT_nn_lanes_there(p, at) (*(const nn_lanes_there *)((p) + (at)))
#define NN_AT_nn_quarter_there(p, at) (*(const nn_quarter_there *)((p) + (at)))
#define NN_AT_nn_short_sum(p, at) NN_NAME(quarter)(p, at, n)
#define NN_VALUE(T, at) NN_AT(T, x, at)
#define NN_PRODUCT(T, at) (NN_AT(T, a, at) * NN_AT(T, b, at))
#define NN_DIFFERENCE(T, at) (NN_AT(T, a, at) - NN_AT(T, b, at))
#define NN_SQUARED_DIFFERENCE(T, at) (NN_DIFFERENCE(T, at) * NN_DIFFERENCE(T, at))
NN_LANE_SUM(sum, NN_ONE, NN_VALUE)
NN_LANE_SUM(sum_of_products, NN_TWO, NN_PRODUCT)
NN_LANE_SUM(sum_of_squared_differences, NN_TWO, NN_SQUARED_DIFFERENCE)

// A panel of columns stays in registers over all rows: V vectors of type T (W its widened type, THERE
// the one in memory), `lanes` values each.
#define NN_COLUMN_PANEL(T, W, THERE, V, VALUE)                                                \
  {                                                                                           \
    enum { lanes = sizeof(T) / sizeof(float) };                                               \
    T chains[V];                                                                              \
    W totals[V];                                                                              \
    for (int v = 0; v < V; v++) {                                                             \
      chains[v] = accumulate ? *(const THERE *)(y + start + v * lanes) : (T){0};              \
      totals[v] = __builtin_convertvector(chains[v], W);                                      \
    }                                                                                         \
    for (size_t i = 0; i < rows;) {                                                           \
      size_t end = rows - i < NN_CHAIN ? rows : i + NN_CHAIN;                                 \
      if (rows > NN_CHAIN)                                                                    \
        for (int v = 0; v < V; v++) chains[v] = (T){0};                                       \
      for (; i < end; i++)                                                                    \
        _Pragma("clang loop unroll(full)") for (int v = 0; v < V; v++)                        \
          chains[v] += VALUE(THERE, i * columns + start + (size_t)(v * lanes));               \
      if (rows > NN_CHAIN)                                                                    \
        for (int v = 0; v < V; v++) totals[v] += __builtin_convertvector(chains[v], W);       \
    }                                                                                         \
    for (int v = 0; v < V; v++) {                                                             \
      if (rows > NN_CHAIN) chains[v] = __builtin_convertvector(totals[v], T);                 \
      *(THERE *)(y + start + v * lanes) = chains[v];                                          \
    }                                                                                         \
  }

#define NN_COLUMN_SUM(NAME, PARAMETERS, VALUE)                                                \
  static void NN_NAME(NAME)(                                                                  \
      size_t rows, size_t columns, PARAMETERS, float *y, bool accumulate) {                   \
    size_t start = 0;                                                                         \
    if (NN_BLOCKS_AT_ONCE > 1)                                                                \
      for (; start + 64 <= columns; start += 64)                                              \
        NN_COLUMN_PANEL(nn_lanes, nn_wide_lanes, nn_lanes_there, 4, VALUE)                    \
    for (; start + 16 <= columns; start += 16)                                                \
      NN_COLUMN_PANEL(nn_lanes, nn_wide_lanes, nn_lanes_there, 1, VALUE)                      \
    if (NN_BLOCKS_AT_ONCE > 1)                                                                \
      for (; start + 4 <= columns; start += 4)                                                \
        NN_COLUMN_PANEL(nn_quarter, nn_wide_quarter, nn_quarter_there, 1, VALUE)              \
    for (; start < columns; start++) {                                                        \
      float chain = accumulate ? y[start] : 0;                                                \
      double total = chain;                                                                   \
      for (size_t i = 0; i < rows;) {                                                         \
        size_t end = rows - i < NN_CHAIN ? rows : i + NN_CHAIN;                               \
        if (rows > NN_CHAIN) chain = 0;                                                       \
        for (; i < end; i++) chain += VALUE(float, i * columns + start);                      \
        total += chain;                                                                       \
      }                                                                                       \
      y[start] = rows > NN_CHAIN ? (float)total : chain;                                      \
    }                                                                                         \
  }

NN_COLUMN_SUM(sum_columns, NN_ONE, NN_VALUE)
NN_COLUMN_SUM(sum_columns_of_products, NN_TWO, NN_PRODUCT)
#undef NN_ONE
#undef NN_TWO
#undef NN_AT
#undef NN_AT_float
#undef NN_AT_nn_lanes_there
#undef NN_AT_nn_quarter_there
#undef NN_AT_nn_short_sum
#undef NN_VALUE
#undef NN_PRODUCT
#undef NN_DIFFERENCE
#undef NN_SQUARED_DIFFERENCE

static bool NN_NAME(all_finite)(size_t n, const float *x) {
  uint32_t outside = 0;
  for (size_t i = 0; i < n; i++)
    outside |= (nn_bits_of_float(x[i]) & 0x7f800000) == 0x7f800000 ? 1u : 0u;
  return outside == 0;
}
