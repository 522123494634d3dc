// sin and cos of float for every finite argument.

#ifndef NN_TRIGONOMETRY_H
#define NN_TRIGONOMETRY_H

#include "elementary.h"

/// Entry j holds the 32 bits of 2 / pi = 0.a2f9836e... that end at bit 24 + 8 j after the point.
static const uint32_t nn_two_over_pi[] = {
  0x00a2f983u, 0xa2f9836eu, 0xf9836e4eu, 0x836e4e44u, 0x6e4e4415u, 0x4e441529u,
  0x441529fcu, 0x1529fc27u, 0x29fc2757u, 0xfc2757d1u, 0x2757d1f5u, 0x57d1f534u,
  0xd1f534ddu, 0xf534ddc0u, 0x34ddc0dbu, 0xddc0db62u, 0xc0db6295u, 0xdb629599u,
  0x6295993cu, 0x95993c43u, 0x993c4390u, 0x3c439041u,
};

typedef struct {
  double rest;        // in -pi/4...pi/4
  uint32_t quadrant;  // how many right angles were taken off, modulo four
} nn_angle;

/// Below |x| = 2^19 the two parts of pi/2 leave an error below 2^-53.
#define NN_IS_NEAR(x) ((nn_bits_of_float(x) & 0x7fffffff) < 0x49000000)

NN_INLINE nn_angle nn_reduced_near(float x) {
  nn_angle angle;
  double d = x;
  double shifted = d * 0x1.45f306dc9c883p-1 + 0x1.8p52;
  double n = shifted - 0x1.8p52;
  angle.rest = d - n * 0x1.921fb54400000p+0 - n * 0x1.0b4611a626331p-34;
  angle.quadrant = (uint32_t)nn_bits_of_double(shifted) & 3;
  return angle;
}

NN_INLINE nn_angle nn_reduced(float x) {
  nn_angle angle;
  uint32_t bits = nn_bits_of_float(x);
  uint32_t magnitude = bits & 0x7fffffff;
  if (NN_IS_NEAR(x)) return nn_reduced_near(x);
  // x is an integer times a power of two. The bits of 2/pi whose products with it are multiples of
  // four are left out, and 96 bits are kept.
  uint64_t integer = ((magnitude & 0x7fffff) | 0x800000) << ((magnitude >> 23) & 7);
  const uint32_t *part = &nn_two_over_pi[(magnitude >> 26) - 18];
  uint64_t high = (integer * part[0]) << 32;
  uint64_t middle = integer * part[4];
  uint64_t low = (integer * part[8]) >> 32;
  uint64_t product = high + middle + low;  // 2 bits before the point, 62 after it
  uint64_t n = (product + ((uint64_t)1 << 61)) >> 62;
  double rest = (double)(int64_t)(product - (n << 62)) * 0x1.921fb54442d18p-62;
  int negative = bits >> 31;
  angle.rest = negative ? -rest : rest;
  angle.quadrant = (uint32_t)(negative ? 0 - n : n) & 3;
  return angle;
}

NN_INLINE double nn_sine_of_quadrant(nn_angle angle, uint32_t quadrant) {
  double r = angle.rest;
  double z = r * r;
  double s = 0x1.6dbcfb4dee452p-19;
  s = NN_CHAINED(s, z, -0x1.a013a455bd213p-13);
  s = NN_CHAINED(s, z, 0x1.11110decc73fdp-7);
  s = NN_CHAINED(s, z, -0x1.555555545d0dap-3);
  s = NN_CHAINED(s * z, r, r);
  double c = -0x1.25239a9550aefp-22;
  c = NN_CHAINED(c, z, 0x1.a015c25366932p-16);
  c = NN_CHAINED(c, z, -0x1.6c16bf534c9ebp-10);
  c = NN_CHAINED(c, z, 0x1.55555555027adp-5);
  c = NN_CHAINED(c * z, z, NN_CHAINED(-0.5, z, 1.0));
  double value = quadrant & 1 ? c : s;
  return quadrant & 2 ? -value : value;
}

NN_INLINE float nn_sin(float x) {
  if ((nn_bits_of_float(x) & 0x7fffffff) >= 0x7f800000) return __builtin_nanf("");
  if (x == 0) return x;
  nn_angle angle = nn_reduced(x);
  return (float)nn_sine_of_quadrant(angle, angle.quadrant);
}

// The same for near arguments alone, without a branch.

NN_INLINE float nn_sin_near(float x) {
  nn_angle angle = nn_reduced_near(x);
  float y = (float)nn_sine_of_quadrant(angle, angle.quadrant);
  return x == 0 ? x : y;
}

NN_INLINE float nn_cos_near(float x) {
  nn_angle angle = nn_reduced_near(x);
  return (float)nn_sine_of_quadrant(angle, angle.quadrant + 1);
}

NN_INLINE float nn_cos(float x) {
  if ((nn_bits_of_float(x) & 0x7fffffff) >= 0x7f800000) return __builtin_nanf("");
  nn_angle angle = nn_reduced(x);
  return (float)nn_sine_of_quadrant(angle, angle.quadrant + 1);
}

#endif
