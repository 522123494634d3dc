// The functions of one value, each with its slope.

#ifndef NN_FUNCTIONS_H
#define NN_FUNCTIONS_H

#include "power.h"
#include "trigonometry.h"

// Functions that are x times a gate: the gate is w / v, and need not be computed again.

NN_INLINE float nn_gate(float v, float w) {
  float gate = w / v;
  gate = v == 0 ? 0.5f : gate;
  return v > 120.0f ? 1.0f : gate;
}

NN_INLINE float nn_silu_slope(float v, float w) {
  float gate = nn_gate(v, w);
  float rest = v > 120.0f ? 0.0f : w * (1.0f - gate);
  return gate + rest;
}

NN_INLINE float nn_gelu_slope(float v, float w) {
  float a = __builtin_fabsf(v);
  float density = a > 13.0f ? 0.0f : v * (0x1.988454p-2f * nn_bell(a > 13.0f ? 13.0f : a));
  return nn_gate(v, w) + density;
}

NN_INLINE float nn_gelu_tanh_slope(float v, float w) {
  float gate = nn_gate(v, w);
  float d = nn_clamped_float(v, -20.0f, 20.0f);
  float inner = 0x1.988454p+0f * (1.0f + 0.134145f * (d * d));
  return gate + d * gate * (1.0f - gate) * inner;
}

/// 1 - e^-w, which is the sigmoid of v where w = log(1 + e^v).
NN_INLINE float nn_softplus_slope(float w) {
  nn_exponential e = nn_power_of_two(-nn_clamped_float(w, 0.0f, 110.0f) * NN_LOG2_E);
  return (float)((1.0 - e.power) - e.power * e.less_one);
}

// The constants with which mean 0 and variance 1 stay (Klambauer et al. 2017).
#define NN_SELU_ALPHA 1.6732632f
#define NN_SELU_SCALE 1.050701f

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
  RARE(SILU, nn_silu(v), g * nn_silu_slope(v, w))                                    \
  RARE(GELU, nn_gelu(v), g * nn_gelu_slope(v, w))                                    \
  RARE(GELU_TANH, nn_gelu_tanh(v), g * nn_gelu_tanh_slope(v, w))                     \
  RARE(SOFTPLUS, nn_softplus(v), g * nn_softplus_slope(w))                           \
  RARE(SELU, NN_SELU_SCALE * nn_elu(v, NN_SELU_ALPHA),                               \
       v > 0 ? NN_SELU_SCALE * g : g * (w + NN_SELU_SCALE * NN_SELU_ALPHA))    \
  RARE(POWER, nn_power(v, parameter), parameter == 0 ? 0.0f : g * nn_power_slope(v, parameter))

#endif
