// Maps with a loop for every function and every way of calling it.

#define NN_MAP_CASE(NAME, VALUE, FLOW)    \
  case NN_##NAME:                         \
    NN_MAP_LOOP                           \
    for (size_t i = 0; i < n; i++) {      \
      float v = x[i];                     \
      y[i] = VALUE;                       \
    }                                     \
    break;

/// Whether every argument is one of those that sine and cosine take without a branch.
static bool NN_NAME(all_near)(size_t n, const float *x) {
  uint32_t far = 0;
  for (size_t i = 0; i < n; i++) far |= NN_IS_NEAR(x[i]) ? 0 : 1;
  return far == 0;
}

#define NN_NEAR_MAP(NAME)                                                                \
  static void NN_NAME(map_##NAME)(size_t n, const float *x, float *y) {                  \
    for (size_t start = 0; start < n; start += 256) {                                    \
      size_t end = n - start < 256 ? n : start + 256;                                    \
      if (NN_NAME(all_near)(end - start, x + start)) {                                   \
        NN_HEAVY_LOOP                                                                    \
        for (size_t i = start; i < end; i++) y[i] = nn_##NAME##_near(x[i]);              \
      } else {                                                                           \
        for (size_t i = start; i < end; i++) y[i] = nn_##NAME(x[i]);                     \
      }                                                                                  \
    }                                                                                    \
  }
NN_NEAR_MAP(sin)
NN_NEAR_MAP(cos)

#if defined(NN_HAS_POWER_BLOCKS)
#include "exponentials.h"
#endif

static void NN_NAME(map)(
    nn_function function, size_t n, float parameter, const float *x, float *y) {
  if (function == NN_SIN) NN_NAME(map_sin)(n, x, y);
  else if (function == NN_COS) NN_NAME(map_cos)(n, x, y);
#if defined(NN_HAS_POWER_BLOCKS)
  else if (function == NN_EXP) NN_NAME(map_exp)(n, x, y);
  else if (function == NN_SIGMOID) NN_NAME(map_sigmoid)(n, x, y);
  else if (function == NN_SILU) NN_NAME(map_silu)(n, x, y);
#endif
  else switch (function) { NN_EACH_FUNCTION(NN_MAP_CASE, NN_MAP_CASE) }
}

#define NN_FLOW_CASE(NAME, VALUE, FLOW)           \
  case NN_##NAME:                                 \
    if (accumulate) {                             \
      NN_HEAVY_LOOP                               \
      for (size_t i = 0; i < n; i++) {            \
        float v = x[i], w = y[i], g = dy[i];      \
        (void)v, (void)w, (void)g;                \
        dx[i] += FLOW;                            \
      }                                           \
    } else {                                      \
      NN_HEAVY_LOOP                               \
      for (size_t i = 0; i < n; i++) {            \
        float v = x[i], w = y[i], g = dy[i];      \
        (void)v, (void)w, (void)g;                \
        dx[i] = FLOW;                             \
      }                                           \
    }                                             \
    break;

static void NN_NAME(map_gradient)(
    nn_function function, size_t n, float parameter, const float *x, const float *y,
    const float *dy, float *dx, bool accumulate) {
  if (function == NN_SIN || function == NN_COS) {
    float slopes[256];
    while (n > 0) {
      size_t count = n < 256 ? n : 256;
      if (function == NN_SIN) NN_NAME(map_cos)(count, x, slopes);
      else NN_NAME(map_sin)(count, x, slopes);
      float sign = function == NN_SIN ? 1.0f : -1.0f;
      if (accumulate)
        for (size_t i = 0; i < count; i++) dx[i] += dy[i] * (sign * slopes[i]);
      else
        for (size_t i = 0; i < count; i++) dx[i] = dy[i] * (sign * slopes[i]);
      n -= count, x += count, dy += count, dx += count;
    }
    return;
  }
  switch (function) { NN_EACH_FUNCTION(NN_FLOW_CASE, NN_FLOW_CASE) }
}

#define NN_COMBINE_LOOP(VALUE)           \
  NN_VECTOR_LOOP                         \
  for (size_t i = 0; i < n; i++) {       \
    float p = A, q = B;                  \
    y[i] = VALUE;                        \
  }                                      \
  break;

#define NN_COMBINE_SWITCH                                        \
  switch (op) {                                                  \
    case NN_PLUS: NN_COMBINE_LOOP(p + q)                         \
    case NN_MINUS: NN_COMBINE_LOOP(p - q)                        \
    case NN_TIMES: NN_COMBINE_LOOP(p * q)                        \
    case NN_OVER: NN_COMBINE_LOOP(p / q)                         \
    case NN_MAXIMUM: NN_COMBINE_LOOP(p >= q || p != p ? p : q)   \
    case NN_MINIMUM: NN_COMBINE_LOOP(p <= q || p != p ? p : q)   \
  }

static void NN_NAME(combine)(
    nn_operator op, size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride,
    float *y) {
  if (n == 0) return;
  if (a_stride && b_stride) {
#define A a[i]
#define B b[i]
    NN_COMBINE_SWITCH
#undef A
#undef B
  } else if (a_stride) {
    float second = b[0];
#define A a[i]
#define B second
    NN_COMBINE_SWITCH
#undef A
#undef B
  } else if (b_stride) {
    float first = a[0];
#define A first
#define B b[i]
    NN_COMBINE_SWITCH
#undef A
#undef B
  } else {
    float first = a[0], second = b[0];
#define A first
#define B second
    NN_COMBINE_SWITCH
#undef A
#undef B
  }
}
