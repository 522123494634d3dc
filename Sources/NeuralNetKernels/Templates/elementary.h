// Elementary functions of float, computed in double from rounded multiplications and additions,
// free of branches, so that the compiler turns loops over them into vector code. The polynomials
// have relative errors below 2^-30, a sixty-fourth of a float's last place.

#ifndef NN_ELEMENTARY_H
#define NN_ELEMENTARY_H

#include <stdint.h>

#define NN_INLINE static inline __attribute__((always_inline))

NN_INLINE double nn_double_from_bits(uint64_t bits) {
  double value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

NN_INLINE uint64_t nn_bits_of_double(double value) {
  uint64_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

NN_INLINE uint32_t nn_bits_of_float(float value) {
  uint32_t bits;
  __builtin_memcpy(&bits, &value, sizeof bits);
  return bits;
}

NN_INLINE float nn_float_from_bits(uint32_t bits) {
  float value;
  __builtin_memcpy(&value, &bits, sizeof value);
  return value;
}

NN_INLINE double nn_clamped(double x, double low, double high) {
  x = x < low ? low : x;
  return x > high ? high : x;
}

/// A NaN stays one: both comparisons are false.
NN_INLINE float nn_clamped_float(float x, float low, float high) {
  x = x < low ? low : x;
  return x > high ? high : x;
}

typedef struct {
  double less_one;  // 2^r - 1 for the part r of the exponent in -1/2...1/2
  double power;     // 2^n for the whole part
  uint64_t whole;   // n, where the exponent of a double stands
} nn_exponential;

#define NN_LOG2_E 0x1.71547652b82fep+0

/// 2^y = power * (1 + less_one), for |y| below 1000.
NN_INLINE nn_exponential nn_power_of_two(double y) {
  const double shift = 0x1.8p52;
  double shifted = y + shift;
  double r = y - (shifted - shift);
  // In pairs, because a chain of six would make every step wait for the one before.
  double r2 = r * r;
  double low = 0x1.62e42fefa39efp-1 + r * 0x1.ebfbe045f4d3cp-3;
  double middle = 0x1.c6b08d883dca1p-5 + r * 0x1.3b2a1b7152befp-7;
  double high = 0x1.5d879ead06a82p-10 + r * 0x1.443fffc90db59p-13 + r2 * 0x1.00a581594758ep-16;
  double p = low + r2 * (middle + r2 * high);
  nn_exponential parts;
  parts.less_one = r * p;
  parts.whole = nn_bits_of_double(shifted) << 52;
  parts.power = nn_double_from_bits(parts.whole + 0x3ff0000000000000u);
  return parts;
}

NN_INLINE double nn_exp_double(double x) {
  nn_exponential e = nn_power_of_two(x * NN_LOG2_E);
  // 2^n + 2^n (2^r - 1), without the multiplication.
  return nn_double_from_bits(nn_bits_of_double(1.0 + e.less_one) + e.whole);
}

// a * b + c in a polynomial. Fused steps are fewer; they move the last bits of a double, and none of the
// float that it is rounded to: only functions of one float may take them, and only after every float was
// tried (`make verify-functions`).
#if defined(NN_HAS_FUSED_STEPS)
#define NN_CHAINED(a, b, c) __builtin_fma(a, b, c)
#else
#define NN_CHAINED(a, b, c) ((a) * (b) + (c))
#endif

/// `nn_exp_double` in chained steps.
NN_INLINE double nn_exp_chained(double x) {
  const double shift = 0x1.8p52;
  double y = x * NN_LOG2_E;
  double shifted = y + shift;
  double r = y - (shifted - shift);
  double r2 = r * r;
  double low = NN_CHAINED(r, 0x1.ebfbe045f4d3cp-3, 0x1.62e42fefa39efp-1);
  double middle = NN_CHAINED(r, 0x1.3b2a1b7152befp-7, 0x1.c6b08d883dca1p-5);
  double high = NN_CHAINED(
      r2, 0x1.00a581594758ep-16, NN_CHAINED(r, 0x1.443fffc90db59p-13, 0x1.5d879ead06a82p-10));
  double p = NN_CHAINED(r2, NN_CHAINED(r2, high, middle), low);
  double mantissa = NN_CHAINED(r, p, 1.0);
  return nn_double_from_bits(nn_bits_of_double(mantissa) + (nn_bits_of_double(shifted) << 52));
}

/// log(x), for finite x above zero (a float's range, or 1 + such).
NN_INLINE double nn_log_from(double n, double f) {
  double s = f / (f + 2.0);
  double z = s * s;
  double p = 0x1.8c8cb725e2db5p-3;
  p = p * z + 0x1.c67ad18010d25p-3;
  p = p * z + 0x1.249323f5fe0a4p-2;
  p = p * z + 0x1.999998cae671fp-2;
  p = p * z + 0x1.5555555564eb7p-1;
  return n * 0x1.62e42fefa39efp-1 + (s + s + s * z * p);
}

NN_INLINE double nn_log_double(double x) {
  uint64_t bits = nn_bits_of_double(x);
  // The mantissa goes to [sqrt(1/2), sqrt(2)).
  uint64_t offset = bits - 0x3fe6a09e667f3bcdu;
  uint64_t exponent = offset & 0xfff0000000000000u;
  double mantissa = nn_double_from_bits(bits - exponent);
  // 2^52 + 2^51 + n, as bits, gives n as a double without an integer conversion.
  int64_t n = (int64_t)exponent >> 52;
  double as_double = nn_double_from_bits((uint64_t)(n + 0x4338000000000000)) - 0x1.8p52;
  return nn_log_from(as_double, mantissa - 1.0);
}

/// log(1 + e), for e in 0...1.
NN_INLINE double nn_log_one_plus(double e) {
  int upper = e > 0x1.a827999fcef32p-2;
  double n = upper ? 1.0 : 0.0;
  double f = upper ? (e - 1.0) * 0.5 : e;
  return nn_log_from(n, f);
}

// A NaN goes through the arithmetic and comes out as one, whatever `power` is then.

NN_INLINE float nn_exp(float x) {
  return (float)nn_exp_chained(nn_clamped_float(x, -104.0f, 89.0f));
}

NN_INLINE float nn_log(float x) {
  double y = nn_log_double(x);
  float result = (float)y;
  result = x == __builtin_inff() ? x : result;
  result = x == 0 ? -__builtin_inff() : result;
  return x >= 0 ? result : __builtin_nanf("");
}

NN_INLINE float nn_tanh(float x) {
  float t = __builtin_fabsf(x);
  t = t > 20.0f ? 20.0f : t;
  nn_exponential e = nn_power_of_two((double)t * (2 * NN_LOG2_E));
  double numerator = e.power * e.less_one + (e.power - 1.0);
  return __builtin_copysignf((float)(numerator / (numerator + 2.0)), x);
}

NN_INLINE double nn_sigmoid_double(double x) {
  return 1.0 / (1.0 + nn_exp_double(-nn_clamped(x, -110.0, 110.0)));
}

NN_INLINE float nn_sigmoid(float x) {
  return (float)(1.0 / (1.0 + nn_exp_chained(-nn_clamped_float(x, -110.0f, 110.0f))));
}

/// log(1 + e^x) without overflow: max(x, 0) + log(1 + e^-|x|).
NN_INLINE float nn_softplus(float x) {
  double magnitude = nn_clamped(__builtin_fabs((double)x), 0.0, 110.0);
  double y = nn_log_one_plus(nn_exp_double(-magnitude)) + (x > 0 ? (double)x : 0.0);
  float result = (float)y;
  return x != x ? x : result;
}

NN_INLINE double nn_erf_double(double x) {
  double t = nn_clamped(__builtin_fabs(x), 0.0, 4.0);
  double z = t * t;
  double p = -0x1.445f47d33d87bp-17;
  p = p * z + 0x1.d887505de3ba6p-14;
  p = p * z + -0x1.bccf664d7f763p-11;
  p = p * z + 0x1.562a60ddba6e6p-8;
  p = p * z + -0x1.b829c897922e5p-6;
  p = p * z + 0x1.ce2f08fec14fdp-4;
  p = p * z + -0x1.81274665754c3p-2;
  p = p * z + 0x1.20dd7504045d6p+0;
  double q = 0x1.456a7a8024c2bp-26;
  q = q * t + -0x1.2e58631b05ea4p-21;
  q = q * t + 0x1.efa3d39cdccc8p-18;
  q = q * t + -0x1.cb7113de23766p-15;
  q = q * t + 0x1.e7f3f20c87a79p-13;
  q = q * t + -0x1.63244c03d9184p-12;
  q = q * t + -0x1.52b2d7a241e16p-9;
  q = q * t + 0x1.7774f5aecce06p-6;
  q = q * t + -0x1.b32ed2567ed9ep-4;
  q = q * t + -0x1.44e24fe011f34p-1;
  q = q * t + -0x1.210db1d73f26cp+0;
  q = q * t + 0x1.e905e6f583c97p-14;
  double y = t < 0.97 ? t * p : 1.0 - nn_exp_double(q);
  return __builtin_copysign(y, x);
}

NN_INLINE float nn_erf(float x) {
  float result = (float)nn_erf_double(x);
  return x != x ? x : result;
}

NN_INLINE float nn_silu(float x) {
  // x / (1 + e^-x), which below -200 underflows to -0 and beyond 200 is x.
  double d = x < -200.0f ? -200.0f : x;
  return (float)(d / (1.0 + nn_exp_chained(-(d > 200.0 ? 200.0 : d))));
}

/// e^(-a^2 / 2) for a in 0...13, in float. The square of the first twelve bits of
/// `a` is exact, and so is what the whole powers of two leave of it.
NN_INLINE float nn_bell(float a) {
  float first = nn_float_from_bits(nn_bits_of_float(a) & 0xfffff000);
  float square = first * first;
  float rest = (a - first) * (a + first);
  float shifted = square * -0x1.715476p-1f + 0x1.8p23f;
  float n = shifted - 0x1.8p23f;
  // Twice the exponent, less n times 2 log 2 in two parts.
  float r = (-square - n * 0x1.62e4p+0f) - (n * 0x1.7f7d1cp-19f + rest);
  float r2 = r * r;
  float low = 0x1p-1f + r * 0.12499998509883881f;
  float middle = 0.020833037793636322f + r * 0.002604250330477953f;
  float high = 0.0002616936108097434f + r * 2.1630636183544993e-05f;
  float p = 1.0f + r * (low + r2 * (middle + r2 * high));
  return nn_float_from_bits(nn_bits_of_float(p) + (nn_bits_of_float(shifted) << 23));
}

/// x less |x| times the part of a normal distribution beyond |x|, which is the bell times a quotient of
/// polynomials (relative error 2^-26); within 6.5 last places over all floats. Below -6 the result is -0.
NN_INLINE float nn_gelu(float x) {
  float a = __builtin_fabsf(x);
  a = a > 6.0f ? 6.0f : a;
  float p = 1.27778787373245e-06f;
  p = p * a + 0.011155453510582447f;
  p = p * a + 0.0924026295542717f;
  p = p * a + 0.3091678321361542f;
  p = p * a + 0.5f;
  float q = 0.028061483055353165f;
  q = q * a + 0.23023223876953125f;
  q = q * a + 0.8147948384284973f;
  q = q * a + 1.4162193536758423f;
  q = q * a + 1.0f;
  float tail = a * nn_bell(a) * p / q;
  float result = (x < 0 ? -0.0f : x) - tail;
  return x < -6.0f ? -0.0f : result;
}

/// The tanh inside GELU's approximation, as (1 + tanh(u)) / 2 = sigmoid(2u).
NN_INLINE double nn_gelu_tanh_gate(double x) {
  double u = 0x1.9884533d43651p-1 * (x + 0.044715 * x * x * x);
  return nn_sigmoid_double(u + u);
}

NN_INLINE float nn_gelu_tanh(float x) {
  double d = nn_clamped(x, -20.0, 20.0);
  double gate = nn_gelu_tanh_gate(d);
  float result = (float)((double)x * gate);
  return x != x ? x : (x < -20.0f ? -0.0f : result);
}

NN_INLINE float nn_elu(float x, float alpha) {
  nn_exponential e = nn_power_of_two(nn_clamped(x, -104.0, 0.0) * NN_LOG2_E);
  double less_one = e.power * e.less_one + (e.power - 1.0);
  float result = x > 0 ? x : (float)((double)alpha * less_one);
  return x != x || x == 0 ? x : result;
}

#endif
