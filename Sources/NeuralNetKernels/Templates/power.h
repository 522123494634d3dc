// x to the power y, of floats, by way of double precision.

#ifndef NN_POWER_H
#define NN_POWER_H

#include "elementary.h"

/// log(x) of a finite x above zero, with a relative error below 2^-44: an exponent of up to 150
/// multiplies the error, and the result is to be right to a float's last place.
NN_INLINE double nn_precise_log(double x) {
  uint64_t bits = nn_bits_of_double(x);
  // The mantissa goes to [sqrt(1/2), sqrt(2)).
  uint64_t exponent = (bits - 0x3fe6a09e667f3bcdu) & 0xfff0000000000000u;
  double n = nn_double_from_bits((uint64_t)(((int64_t)exponent >> 52) + 0x4338000000000000)) - 0x1.8p52;
  double f = nn_double_from_bits(bits - exponent) - 1.0;
  // log((1 + s) / (1 - s)) = 2 (s + s^3/3 + s^5/5 ...)
  double s = f / (f + 2.0);
  double z = s * s;
  double p = 2.0 / 19;
  p = p * z + 2.0 / 17;
  p = p * z + 2.0 / 15;
  p = p * z + 2.0 / 13;
  p = p * z + 2.0 / 11;
  p = p * z + 2.0 / 9;
  p = p * z + 2.0 / 7;
  p = p * z + 2.0 / 5;
  p = p * z + 2.0 / 3;
  return n * 0x1.62e42fefa39efp-1 + (s + s + s * z * p);
}

NN_INLINE float nn_power(float x, float y) {
  float size = __builtin_fabsf(x);
  // What is no finite number above zero goes through as 1 and is put right below.
  int is_plain = size > 0 && size < __builtin_inff();
  double exponent = (double)y * nn_precise_log(is_plain ? size : 1.0f);
  float result = (float)nn_exp_double(nn_clamped(exponent, -110.0, 110.0));
  result = size == 1 ? 1.0f : result;
  result = size == 0 ? (y < 0 ? __builtin_inff() : 0.0f) : result;
  result = size == __builtin_inff() ? (y < 0 ? 0.0f : __builtin_inff()) : result;
  // Floats from 2^24 on are all even; a NaN counts as one of them.
  int is_small = __builtin_fabsf(y) < 0x1p24f;
  float whole = is_small ? y : 0.0f, half = 0.5f * whole;
  int is_whole = (float)(int32_t)whole == whole;
  int is_odd = is_whole && (float)(int32_t)half != half;
  int is_real = is_whole || size == 0 || size == __builtin_inff();
  float below = is_odd ? -result : (is_real ? result : __builtin_nanf(""));
  // The sign of a zero counts for odd powers.
  result = nn_bits_of_float(x) >> 31 ? below : result;
  result = x != x || y != y ? x + y : result;
  return y == 0 || x == 1 ? 1.0f : result;
}

/// The slope of x^y along x; 0 where the power is constant.
NN_INLINE float nn_power_slope(float x, float y) {
  return y == 0 ? 0.0f : y * nn_power(x, y - 1.0f);
}

#endif
