// Holds the engine's elementary functions against double precision, over all floats; and those of this
// processor against the portable ones, whose steps may be fused only where that shows in no float.
//
//   verify [STRIDE [PART]]     every STRIDE-th float (1, all of them, unless told otherwise); PART
//                              0 or 1 is every other function
//
// Prints one line a function: the largest error in units in the last place and where it is, and
// ends with 1 where a bound is broken, a special value is wrong or
// bits differ.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "NeuralNetKernels.h"

typedef double (*reference)(double);

static double sigmoid(double x) { return 1 / (1 + exp(-x)); }
static double softplus(double x) { return (x > 0 ? x : 0) + log1p(exp(-fabs(x))); }
/// From -6 on: a sixth of the last place of -6 is all that is left there.
static double gelu(double x) { return x < -6 ? -0.0 : x * 0.5 * erfc(-x * M_SQRT1_2); }
static double silu(double x) { return x < -200 ? -0.0 : x / (1 + exp(-x)); }

static const struct {
  const char *name;
  nn_function function;
  reference exact;
  double bound;
} functions[] = {
    {"exp", NN_EXP, exp, 0.51},          {"log", NN_LOG, log, 0.51},
    {"tanh", NN_TANH, tanh, 0.51},       {"sigmoid", NN_SIGMOID, sigmoid, 0.51},
    {"erf", NN_ERF, erf, 0.51},          {"sin", NN_SIN, sin, 0.51},
    {"cos", NN_COS, cos, 0.51},          {"sqrt", NN_SQRT, sqrt, 0.5},
    {"softplus", NN_SOFTPLUS, softplus, 0.51}, {"silu", NN_SILU, silu, 0.51},
    {"gelu", NN_GELU, gelu, 6.5},
};

static float from_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/// The distance to the exact value, in last places of the float next to it.
static double error_of(float got, double exact) {
  if (exact != exact) return got != got ? 0 : INFINITY;
  float nearest = (float)exact;
  if (got == nearest) {
    if (isinf(nearest)) return 0;
    // -0 is not 0, except where the exact value is so small that its sign is all there is.
    if (nearest == 0 && signbit(got) != signbit(nearest)) return INFINITY;
  }
  if (isinf(nearest) || isinf(got)) {
    // Overflow starts half a place above the largest float.
    return fabs(exact) < 0x1.ffffffp127 + 0x1p103 && fabs(got) >= 0x1.fffffep127f ? 0.5 : INFINITY;
  }
  int exponent;
  frexp(exact, &exponent);
  if (exponent < -125) exponent = -125;
  return fabs((double)got - exact) / ldexp(1, exponent - 24);
}

int main(int count, char **arguments) {
  uint64_t stride = count > 1 ? strtoull(arguments[1], 0, 10) : 1;
  long part = count > 2 ? strtol(arguments[2], 0, 10) : -1;
  enum { block = 4096 };
  static float x[block], y[block], portable[block];
  nn_instruction_set best = nn_current_instruction_set();
  int broken = 0;
  for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
    if (part >= 0 && (long)(f % 2) != part) continue;
    double worst = 0;
    float place = 0;
    uint64_t inexact = 0, checked = 0, different = 0;
    for (uint64_t bits = 0; bits < (uint64_t)1 << 32;) {
      size_t n = 0;
      for (; n < block && bits < (uint64_t)1 << 32; n++, bits += stride)
        x[n] = from_bits((uint32_t)bits);
      nn_map(functions[f].function, n, 0, x, y);
      nn_use_instruction_set(NN_PORTABLE);
      nn_map(functions[f].function, n, 0, x, portable);
      nn_use_instruction_set(best);
      for (size_t i = 0; i < n; i++) {
        // Which NaN it is, is nobody's promise.
        if (memcmp(&y[i], &portable[i], sizeof *y) != 0 && (y[i] == y[i] || portable[i] == portable[i]))
          different++;
        double error = error_of(y[i], functions[f].exact(x[i]));
        if (error > 0.5) inexact++;
        if (error > worst) worst = error, place = x[i];
      }
      checked += n;
    }
    int good = worst <= functions[f].bound && different == 0;
    printf("%-9s %llu floats: at most %.6f ulp, at %.9g; not correctly rounded: %.2e of them; "
           "%llu unlike the portable one%s\n",
           functions[f].name, (unsigned long long)checked, worst, place, (double)inexact / checked,
           (unsigned long long)different, good ? "" : "; WRONG");
    fflush(stdout);
    broken |= !good;
  }
  return broken;
}
