// Maps, their gradients, and sums; included once per instruction set.

#include "functions.h"

#if defined(__wasm__)
// A module is downloaded: loops stay as they are, and rare ones stay scalar.
#define NN_VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) interleave_count(1)")
#define NN_RARE_LOOP _Pragma("clang loop vectorize(disable) interleave(disable) unroll(disable)")
#include "module_maps.h"
#else
#define NN_VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) interleave_count(4)")
// Functions of floats that are computed in double: as many as a vector of floats holds, which the
// compiler would not choose by itself.
#define NN_PRAGMA(text) _Pragma(#text)
#define NN_LOOP_OF(width, count) \
  NN_PRAGMA(clang loop vectorize(assume_safety) vectorize_width(width) interleave_count(count))
#define NN_MAP_LOOP NN_LOOP_OF(NN_FLOATS, 4)
// Where four vectors at a time would not fit into the registers.
#define NN_HEAVY_LOOP NN_LOOP_OF(NN_FLOATS, 2)
#include "switched_maps.h"
#endif

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
