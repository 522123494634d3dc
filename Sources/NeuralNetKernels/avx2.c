#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#define NN_NAME(name) nn_avx2_##name
#define NN_HAS_FUSED_STEPS
#define NN_HAS_POWER_BLOCKS
#define NN_FLOATS 8  // in a vector

#include "Templates/kernels.h"
#include "Templates/maps.h"
#include "Templates/squares.h"
#include "Templates/reflections.h"
#include "Templates/sums.h"
#include "Templates/rows.h"
#include "Templates/extremes.h"
#include "Templates/optimizers.h"

#define NN_WIDTH 8
#define NN_VECTOR __m256
#define NN_MASK __m256i
#define NN_LOAD(p) _mm256_loadu_ps(p)
#define NN_STORE(p, v) _mm256_storeu_ps(p, v)
#define NN_ZERO() _mm256_setzero_ps()
#define NN_BROADCAST(x) _mm256_set1_ps(x)
#define NN_FMA(a, b, c) _mm256_fmadd_ps(a, b, c)

NN_INLINE __m256i NN_NAME(mask)(size_t lanes) {
  static const int32_t ones[16] = {-1, -1, -1, -1, -1, -1, -1, -1};
  return _mm256_loadu_si256((const __m256i *)(ones + 8 - lanes));
}
NN_INLINE __m256 NN_NAME(load_masked)(const float *p, __m256i m) { return _mm256_maskload_ps(p, m); }
NN_INLINE void NN_NAME(store_masked)(float *p, __m256i m, __m256 v) { _mm256_maskstore_ps(p, m, v); }

#define NN_TILE_ROWS 6
#define NN_BLOCK_INNER 384
#define NN_BLOCK_ROWS 32
#define NN_BLOCK_COLUMNS 2048
#define NN_STEPS_AHEAD 64
#define NN_PACKED_FROM (256 * 257)
#define NN_FOR_TILE_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6)

#include "Templates/tiles.h"
#include "Templates/x86_transposes.h"
#include "Templates/product.h"
#include "Templates/shifted.h"
#include "Templates/table.h"

#pragma clang attribute pop

#endif
