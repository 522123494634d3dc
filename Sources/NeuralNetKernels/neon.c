#if defined(__aarch64__)

// Every 64-bit Arm has these instructions: two registers of four lanes serve as one vector of eight, so
// that a tile of six rows takes 24 of the 32 registers.

#include <arm_neon.h>

#define NN_NAME(name) nn_neon_##name
#define NN_HAS_FUSED_STEPS
#define NN_FLOATS 4  // in a vector

#include "Templates/kernels.h"
#include "Templates/maps.h"
#include "Templates/squares.h"
#include "Templates/reflections.h"
#include "Templates/sums.h"
#include "Templates/rows.h"
#include "Templates/extremes.h"
#include "Templates/optimizers.h"

NN_INLINE float32x4x2_t NN_NAME(load)(const float *p) {
  return (float32x4x2_t){{vld1q_f32(p), vld1q_f32(p + 4)}};
}
NN_INLINE void NN_NAME(store)(float *p, float32x4x2_t v) {
  vst1q_f32(p, v.val[0]);
  vst1q_f32(p + 4, v.val[1]);
}
NN_INLINE float32x4x2_t NN_NAME(broadcast)(float x) {
  return (float32x4x2_t){{vdupq_n_f32(x), vdupq_n_f32(x)}};
}
/// a * b + c, rounded once.
NN_INLINE float32x4x2_t NN_NAME(fma)(float32x4x2_t a, float32x4x2_t b, float32x4x2_t c) {
  return (float32x4x2_t){
      {vfmaq_f32(c.val[0], a.val[0], b.val[0]), vfmaq_f32(c.val[1], a.val[1], b.val[1])}};
}

/// The first lanes of four, zeros behind them; nothing is read beyond them.
NN_INLINE float32x4_t NN_NAME(load_some)(const float *p, size_t lanes) {
  if (lanes >= 4) return vld1q_f32(p);
  float32x4_t v = vdupq_n_f32(0);
  if (lanes > 0) v = vld1q_lane_f32(p, v, 0);
  if (lanes > 1) v = vld1q_lane_f32(p + 1, v, 1);
  if (lanes > 2) v = vld1q_lane_f32(p + 2, v, 2);
  return v;
}
NN_INLINE void NN_NAME(store_some)(float *p, size_t lanes, float32x4_t v) {
  if (lanes >= 4) {
    vst1q_f32(p, v);
    return;
  }
  if (lanes > 0) vst1q_lane_f32(p, v, 0);
  if (lanes > 1) vst1q_lane_f32(p + 1, v, 1);
  if (lanes > 2) vst1q_lane_f32(p + 2, v, 2);
}

#define NN_WIDTH 8
#define NN_VECTOR float32x4x2_t
#define NN_MASK size_t
#define NN_LOAD(p) NN_NAME(load)(p)
#define NN_STORE(p, v) NN_NAME(store)(p, v)
#define NN_ZERO() NN_NAME(broadcast)(0)
#define NN_BROADCAST(x) NN_NAME(broadcast)(x)
#define NN_FMA(a, b, c) NN_NAME(fma)(a, b, c)

/// A mask is how many lanes there are.
NN_INLINE size_t NN_NAME(mask)(size_t lanes) { return lanes; }
NN_INLINE float32x4x2_t NN_NAME(load_masked)(const float *p, size_t lanes) {
  return (float32x4x2_t){
      {NN_NAME(load_some)(p, lanes), NN_NAME(load_some)(p + 4, lanes > 4 ? lanes - 4 : 0)}};
}
NN_INLINE void NN_NAME(store_masked)(float *p, size_t lanes, float32x4x2_t v) {
  NN_NAME(store_some)(p, lanes, v.val[0]);
  NN_NAME(store_some)(p + 4, lanes > 4 ? lanes - 4 : 0, v.val[1]);
}

#define NN_TILE_ROWS 6
#define NN_BLOCK_INNER 384
#define NN_BLOCK_ROWS 32
#define NN_BLOCK_COLUMNS 2048
#define NN_STEPS_AHEAD 64
#define NN_PACKED_FROM (256 * 257)
#define NN_FOR_TILE_ROWS(X) X(1) X(2) X(3) X(4) X(5) X(6)

#include "Templates/tiles.h"

#define NN_EIGHT NN_VECTOR
#define NN_EIGHT_LOAD(p) NN_LOAD(p)
#define NN_EIGHT_STORE(p, v) NN_STORE(p, v)
#define NN_EIGHT_BROADCAST(x) NN_BROADCAST(x)
#define NN_EIGHT_FMA(a, b, c) NN_FMA(a, b, c)

/// Four rows of four, turned.
NN_INLINE void NN_NAME(turn)(float32x4_t *r) {
  float32x4x2_t low = vtrnq_f32(r[0], r[1]), high = vtrnq_f32(r[2], r[3]);
  r[0] = vcombine_f32(vget_low_f32(low.val[0]), vget_low_f32(high.val[0]));
  r[1] = vcombine_f32(vget_low_f32(low.val[1]), vget_low_f32(high.val[1]));
  r[2] = vcombine_f32(vget_high_f32(low.val[0]), vget_high_f32(high.val[0]));
  r[3] = vcombine_f32(vget_high_f32(low.val[1]), vget_high_f32(high.val[1]));
}

/// r[j] gets what stands in column j of eight rows.
NN_INLINE void NN_NAME(load_transposed)(const float *x, ptrdiff_t x_row, NN_EIGHT *r) {
  NN_EACH (int half = 0; half < 2; half++)
    NN_EACH (int part = 0; part < 2; part++) {
      float32x4_t block[4];
      NN_EACH (int i = 0; i < 4; i++) block[i] = vld1q_f32(x + (4 * half + i) * x_row + 4 * part);
      NN_NAME(turn)(block);
      NN_EACH (int j = 0; j < 4; j++) r[4 * part + j].val[half] = block[j];
    }
}

NN_INLINE void NN_NAME(transpose_8)(const float *x, ptrdiff_t x_row, float *y, size_t y_row) {
  NN_EIGHT r[8];
  NN_NAME(load_transposed)(x, x_row, r);
  NN_EACH (int i = 0; i < 8; i++) NN_EIGHT_STORE(y + (size_t)i * y_row, r[i]);
}

/// Four rows of eight become eight rows of four.
NN_INLINE void NN_NAME(transpose_4)(const float *x, ptrdiff_t x_row, float *y, size_t y_row) {
  NN_EACH (int part = 0; part < 2; part++) {
    float32x4_t block[4];
    NN_EACH (int i = 0; i < 4; i++) block[i] = vld1q_f32(x + i * x_row + 4 * part);
    NN_NAME(turn)(block);
    NN_EACH (int j = 0; j < 4; j++) vst1q_f32(y + (size_t)(4 * part + j) * y_row, block[j]);
  }
}

#include "Templates/product.h"
#include "Templates/shifted.h"
#include "Templates/table.h"

#endif
