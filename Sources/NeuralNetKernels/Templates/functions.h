// The functions of one value, each with its slope.

#ifndef NN_FUNCTIONS_H
#define NN_FUNCTIONS_H

#include "trigonometry.h"

NN_INLINE float nn_silu_slope(float v) {
  double s = nn_sigmoid_double(v);
  double d = nn_clamped(v, -110.0, 110.0);
  return (float)(s + d * s * (1.0 - s));
}

NN_INLINE float nn_gelu_slope(float v) {
  double d = nn_clamped(v, -20.0, 20.0);
  double cumulative = 0.5 * (1.0 + nn_erf_double(d * 0x1.6a09e667f3bcdp-1));
  double density = 0x1.9884533d43651p-2 * nn_exp_double(-0.5 * d * d);
  return (float)(cumulative + d * density);
}

NN_INLINE float nn_gelu_tanh_slope(float v) {
  double d = nn_clamped(v, -20.0, 20.0);
  double gate = nn_gelu_tanh_gate(d);
  double inner = 0x1.9884533d43651p+0 * (1.0 + 0.134145 * d * d);
  return (float)(gate + d * gate * (1.0 - gate) * inner);
}

// Name, f(v), and what a gradient `g` of f(v) gives back, where `w` is f(v). Where a slope is 0 by
// definition nothing comes back, whatever came: infinity times 0 would be NaN. The rare ones are costly
// ones that few networks use.
#define NN_EACH_FUNCTION(COMMON, RARE) \
  COMMON(IDENTITY, v, g)                                                             \
  COMMON(EXP, nn_exp(v), g * w)                                                      \
  RARE(LOG, nn_log(v), g * (1.0f / v))                                               \
  COMMON(TANH, nn_tanh(v), g * (1.0f - w * w))                                       \
  COMMON(SIGMOID, nn_sigmoid(v), g * (w * (1.0f - w)))                               \
  RARE(ERF, nn_erf(v), g * (float)(0x1.20dd750429b6dp+0 * (double)nn_exp(-(v * v)))) \
  RARE(SIN, nn_sin(v), g * nn_cos(v))                                                \
  RARE(COS, nn_cos(v), g * -nn_sin(v))                                               \
  COMMON(SQRT, __builtin_sqrtf(v), g * (0.5f / w))                                   \
  COMMON(SQUARE, v * v, g * (v + v))                                                 \
  COMMON(ABSOLUTE, __builtin_fabsf(v), v > 0 ? g : (v < 0 ? -g : 0.0f))              \
  COMMON(RECIPROCAL, 1.0f / v, g * -(w * w))                                         \
  COMMON(NEGATE, -v, -g)                                                             \
  COMMON(STEP, v != v ? v : (v >= 0 ? 1.0f : 0.0f), 0.0f)                            \
  COMMON(RELU, v < 0 ? 0.0f : v, w <= 0 ? 0.0f : g)                                  \
  COMMON(LEAKY_RELU, v < 0 ? parameter * v : v, v > 0 ? g : g * parameter)           \
  RARE(ELU, nn_elu(v, parameter), v > 0 ? g : g * (w + parameter))                   \
  RARE(SILU, nn_silu(v), g * nn_silu_slope(v))                                       \
  RARE(GELU, nn_gelu(v), g * nn_gelu_slope(v))                                       \
  RARE(GELU_TANH, nn_gelu_tanh(v), g * nn_gelu_tanh_slope(v))                        \
  RARE(SOFTPLUS, nn_softplus(v), g * nn_sigmoid(v))

#endif
