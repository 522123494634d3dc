// a * b + c rounded once. Where the processor has the instruction it is used; elsewhere product and
// sum are formed in double, the sum is rounded to odd by its exact error, and one rounding to float
// gives the correct result.

#ifndef NN_FUSED_H
#define NN_FUSED_H

#include "elementary.h"

NN_INLINE float nn_fused(float a, float b, float c) {
#if defined(__ARM_FEATURE_FMA)
  return __builtin_fmaf(a, b, c);
#else
  double product = (double)a * (double)b;
  double addend = c;
  double sum = product + addend;
  double virtual_addend = sum - product;
  double error = (product - (sum - virtual_addend)) + (addend - virtual_addend);
  uint64_t bits = nn_bits_of_double(sum);
  // The double just beyond or before `sum` lies towards the exact value; a NaN error (infinite
  // sum) compares false and changes nothing.
  uint64_t towards = (uint64_t)0 - (uint64_t)((error > 0) != (sum > 0)) | 1;
  uint64_t inexact = (uint64_t)((error > 0) | (error < 0)) & ~bits & 1;
  return (float)nn_double_from_bits(bits + (inexact ? towards : 0));
#endif
}

#endif
