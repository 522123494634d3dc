#if defined(__x86_64__)

#include <immintrin.h>

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)

#define NN_NAME(name) nn_avx512_##name
#define NN_HAS_FUSED_STEPS
#define NN_FLOATS 16  // in a vector

#include "Templates/kernels.h"
#include "Templates/maps.h"
#include "Templates/squares.h"
#include "Templates/reflections.h"
#include "Templates/sums.h"
#include "Templates/rows.h"
#include "Templates/extremes.h"
#include "Templates/optimizers.h"

#define NN_WIDTH 16
#define NN_VECTOR __m512
#define NN_MASK __mmask16
#define NN_LOAD(p) _mm512_loadu_ps(p)
#define NN_STORE(p, v) _mm512_storeu_ps(p, v)
#define NN_ZERO() _mm512_setzero_ps()
#define NN_BROADCAST(x) _mm512_set1_ps(x)
#define NN_FMA(a, b, c) _mm512_fmadd_ps(a, b, c)

NN_INLINE NN_MASK NN_NAME(mask)(size_t lanes) { return (NN_MASK)((1u << lanes) - 1); }
NN_INLINE __m512 NN_NAME(load_masked)(const float *p, NN_MASK m) {
  return _mm512_maskz_loadu_ps(m, p);
}
NN_INLINE void NN_NAME(store_masked)(float *p, NN_MASK m, __m512 v) {
  _mm512_mask_storeu_ps(p, m, v);
}

#define NN_TILE_ROWS 12
#define NN_BLOCK_INNER 512
#define NN_BLOCK_ROWS 20
#define NN_BLOCK_COLUMNS 2048
#define NN_STEPS_AHEAD 64
#define NN_PACKED_FROM (512 * 513)
#define NN_FOR_TILE_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12)

#include "Templates/tiles.h"
#include "Templates/x86_transposes.h"
#include "Templates/product.h"
#include "Templates/shifted.h"
#include "Templates/table.h"

#pragma clang attribute pop

#endif
