// Maps, their gradients, and sums; included once per instruction set.

#include "trigonometry.h"

#if defined(__wasm__)
// A module is downloaded: loops stay as they are, and costly ones that few networks use stay scalar.
#define NN_VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) interleave_count(1)")
#define NN_RARE_LOOP _Pragma("clang loop vectorize(disable) interleave(disable) unroll(disable)")
#else
#define NN_VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) interleave_count(4)")
#define NN_RARE_LOOP NN_VECTOR_LOOP
#endif

#define NN_MAP_CASE(NAME, VALUE) NN_MAP_LOOP(NAME, VALUE, NN_VECTOR_LOOP)
#define NN_RARE_MAP_CASE(NAME, VALUE) NN_MAP_LOOP(NAME, VALUE, NN_RARE_LOOP)
#define NN_MAP_LOOP(NAME, VALUE, LOOP)    \
  case NAME:                              \
    LOOP                                  \
    for (size_t i = 0; i < n; i++) {      \
      float v = x[i];                     \
      y[i] = VALUE;                       \
    }                                     \
    break;

static void NN_NAME(map)(
    nn_function function, size_t n, float parameter, const float *x, float *y) {
  switch (function) {
    NN_MAP_CASE(NN_IDENTITY, v)
    NN_MAP_CASE(NN_EXP, nn_exp(v))
    NN_RARE_MAP_CASE(NN_LOG, nn_log(v))
    NN_MAP_CASE(NN_TANH, nn_tanh(v))
    NN_MAP_CASE(NN_SIGMOID, nn_sigmoid(v))
    NN_RARE_MAP_CASE(NN_ERF, nn_erf(v))
    NN_RARE_MAP_CASE(NN_SIN, nn_sin(v))
    NN_RARE_MAP_CASE(NN_COS, nn_cos(v))
    NN_MAP_CASE(NN_SQRT, __builtin_sqrtf(v))
    NN_MAP_CASE(NN_SQUARE, v * v)
    NN_MAP_CASE(NN_ABSOLUTE, __builtin_fabsf(v))
    NN_MAP_CASE(NN_RECIPROCAL, 1.0f / v)
    NN_MAP_CASE(NN_NEGATE, -v)
    NN_MAP_CASE(NN_STEP, v != v ? v : (v >= 0 ? 1.0f : 0.0f))
    NN_MAP_CASE(NN_RELU, v < 0 ? 0.0f : v)
    NN_MAP_CASE(NN_LEAKY_RELU, v < 0 ? parameter * v : v)
    NN_RARE_MAP_CASE(NN_ELU, nn_elu(v, parameter))
    NN_RARE_MAP_CASE(NN_SILU, nn_silu(v))
    NN_RARE_MAP_CASE(NN_GELU, nn_gelu(v))
    NN_RARE_MAP_CASE(NN_GELU_TANH, nn_gelu_tanh(v))
    NN_RARE_MAP_CASE(NN_SOFTPLUS, nn_softplus(v))
  }
}

NN_INLINE float NN_NAME(silu_slope)(float v) {
  double s = nn_sigmoid_double(v);
  double d = nn_clamped(v, -110.0, 110.0);
  return (float)(s + d * s * (1.0 - s));
}

NN_INLINE float NN_NAME(gelu_slope)(float v) {
  double d = nn_clamped(v, -20.0, 20.0);
  double cumulative = 0.5 * (1.0 + nn_erf_double(d * 0x1.6a09e667f3bcdp-1));
  double density = 0x1.9884533d43651p-2 * nn_exp_double(-0.5 * d * d);
  return (float)(cumulative + d * density);
}

NN_INLINE float NN_NAME(gelu_tanh_slope)(float v) {
  double d = nn_clamped(v, -20.0, 20.0);
  double gate = nn_gelu_tanh_gate(d);
  double inner = 0x1.9884533d43651p+0 * (1.0 + 0.134145 * d * d);
  return (float)(gate + d * gate * (1.0 - gate) * inner);
}

// `w` is f(v).
#define NN_SLOPE_CASE(NAME, SLOPE) NN_SLOPE_LOOPS(NAME, SLOPE, NN_VECTOR_LOOP)
#define NN_RARE_SLOPE_CASE(NAME, SLOPE) NN_SLOPE_LOOPS(NAME, SLOPE, NN_RARE_LOOP)
#define NN_SLOPE_LOOPS(NAME, SLOPE, LOOP)         \
  case NAME:                                      \
    if (accumulate) {                             \
      LOOP                                        \
      for (size_t i = 0; i < n; i++) {            \
        float v = x[i], w = y[i];                 \
        (void)v, (void)w;                         \
        dx[i] += dy[i] * (SLOPE);                 \
      }                                           \
    } else {                                      \
      LOOP                                        \
      for (size_t i = 0; i < n; i++) {            \
        float v = x[i], w = y[i];                 \
        (void)v, (void)w;                         \
        dx[i] = dy[i] * (SLOPE);                  \
      }                                           \
    }                                             \
    break;

static void NN_NAME(map_gradient)(
    nn_function function, size_t n, float parameter, const float *x, const float *y,
    const float *dy, float *dx, bool accumulate) {
  switch (function) {
    NN_SLOPE_CASE(NN_IDENTITY, 1.0f)
    NN_SLOPE_CASE(NN_EXP, w)
    NN_SLOPE_CASE(NN_LOG, 1.0f / v)
    NN_SLOPE_CASE(NN_TANH, 1.0f - w * w)
    NN_SLOPE_CASE(NN_SIGMOID, w * (1.0f - w))
    NN_RARE_SLOPE_CASE(NN_ERF, (float)(0x1.20dd750429b6dp+0 * (double)nn_exp(-(v * v))))
    NN_RARE_SLOPE_CASE(NN_SIN, nn_cos(v))
    NN_RARE_SLOPE_CASE(NN_COS, -nn_sin(v))
    NN_SLOPE_CASE(NN_SQRT, 0.5f / w)
    NN_SLOPE_CASE(NN_SQUARE, v + v)
    NN_SLOPE_CASE(NN_ABSOLUTE, v > 0 ? 1.0f : (v < 0 ? -1.0f : 0.0f))
    NN_SLOPE_CASE(NN_RECIPROCAL, -(w * w))
    NN_SLOPE_CASE(NN_NEGATE, -1.0f)
    NN_SLOPE_CASE(NN_STEP, 0.0f)
    NN_SLOPE_CASE(NN_RELU, w > 0 ? 1.0f : 0.0f)
    NN_SLOPE_CASE(NN_LEAKY_RELU, v > 0 ? 1.0f : parameter)
    NN_SLOPE_CASE(NN_ELU, v > 0 ? 1.0f : w + parameter)
    NN_RARE_SLOPE_CASE(NN_SILU, NN_NAME(silu_slope)(v))
    NN_RARE_SLOPE_CASE(NN_GELU, NN_NAME(gelu_slope)(v))
    NN_RARE_SLOPE_CASE(NN_GELU_TANH, NN_NAME(gelu_tanh_slope)(v))
    NN_RARE_SLOPE_CASE(NN_SOFTPLUS, nn_sigmoid(v))
  }
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

static void NN_NAME(multiply_add)(
    size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride, float *y) {
  if (n == 0) return;
  if (a_stride && b_stride) {
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] += a[i] * b[i];
  } else if (a_stride || b_stride) {
    const float *vector = a_stride ? a : b;
    float scalar = a_stride ? b[0] : a[0];
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] += vector[i] * scalar;
  } else {
    float product = a[0] * b[0];
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] += product;
  }
}

static void NN_NAME(add_scaled)(size_t n, float scale, const float *x, float *y) {
  NN_VECTOR_LOOP
  for (size_t i = 0; i < n; i++) y[i] += scale * x[i];
}

static void NN_NAME(scaled_difference)(
    size_t n, float scale, const float *a, const float *b, float *y, bool accumulate) {
  if (accumulate) {
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] += scale * (a[i] - b[i]);
  } else {
    NN_VECTOR_LOOP
    for (size_t i = 0; i < n; i++) y[i] = scale * (a[i] - b[i]);
  }
}
