// Tiles of a matrix product, which stay in registers; included once per instruction set, which
// defines the vector type and its loads (NN_WIDTH lanes), and the tile: NN_TILE_ROWS rows of two
// vectors.

#define NN_PANEL (2 * NN_WIDTH)

/// What the tiles of one product share. Packed operands lie in the order in which they are read: A in
/// bands of as many rows as the tile has, B in panels of NN_PANEL columns.
typedef struct {
  ptrdiff_t a_row, a_column, b_row, c_row;
  size_t k;
  nn_start start;
  const float *row;
} NN_NAME(tile_shape);

#define NN_EACH _Pragma("clang loop unroll(full)") for
#define NN_LAST(v) (!full && (v) == V - 1)
#define NN_LOAD_PART(p, v) \
  (NN_LAST(v) ? NN_NAME(load_masked)((p) + (v) * NN_WIDTH, mask) : NN_LOAD((p) + (v) * NN_WIDTH))

/// `k` steps of all chains; the operands move on by as much.
NN_INLINE void NN_NAME(tile_steps)(
    const int R, const int V, const bool full, const NN_MASK mask, size_t k, const float **rows,
    ptrdiff_t a_row, ptrdiff_t a_column, const float **b, ptrdiff_t b_row, NN_VECTOR (*sums)[2]) {
  _Pragma("clang loop unroll(disable)") for (size_t q = k; q > 0; q--) {
    NN_VECTOR second[2];
    NN_EACH (int v = 0; v < V; v++) second[v] = NN_LOAD_PART(*b, v);
    NN_EACH (int r = 0; r < R; r++) {
      NN_VECTOR first = NN_BROADCAST(rows[r / 3][(r % 3) * a_row]);
      NN_EACH (int v = 0; v < V; v++) sums[r][v] = NN_FMA(first, second[v], sums[r][v]);
    }
    NN_EACH (int g = 0; g < (R + 2) / 3; g++) rows[g] += a_column;
    *b += b_row;
  }
}

/// One tile: R rows of V vectors, the last of which has `tail` lanes. `next` is where the tile after
/// this one goes; only packed tiles look at it.
NN_INLINE void NN_NAME(tile)(
    const int R, const int V, const bool full, const bool packed, const NN_NAME(tile_shape) *s,
    size_t tail, const float *a, const float *b, float *c, const float *row, const float *next) {
  const NN_MASK mask = NN_NAME(mask)(tail);
  const ptrdiff_t a_row = packed ? 1 : s->a_row, a_column = packed ? R : s->a_column;
  const ptrdiff_t b_row = packed ? NN_PANEL : s->b_row, c_row = s->c_row;
  NN_VECTOR sums[NN_TILE_ROWS][2];
  NN_EACH (int r = 0; r < R; r++) NN_EACH (int v = 0; v < V; v++) {
    if (s->start == NN_FROM_OUTPUT) sums[r][v] = NN_LOAD_PART(c + r * c_row, v);
    else if (s->start == NN_FROM_ROW) sums[r][v] = NN_LOAD_PART(row, v);
    else sums[r][v] = NN_ZERO();
  }
  // A pointer for every three rows, because the third is as far as one address reaches (base, base +
  // index, base + 2 * index). The empty instruction keeps the compiler from making one pointer that
  // walks from row to row, which would be a chain of additions as long as the arithmetic.
  const float *rows[(NN_TILE_ROWS + 2) / 3];
  NN_EACH (int g = 0; g < (R + 2) / 3; g++) {
    rows[g] = a + 3 * g * a_row;
    if (!packed) __asm__("" : "+r"(rows[g]));
  }
  size_t rest = s->k;
  if (packed) {
    // By now A and B have pushed C out of the nearest cache. It comes back, and the next tile's part
    // with it, while the last steps run; else every store would wait (a tenth of the whole time).
    rest = s->k < NN_STEPS_AHEAD ? s->k : NN_STEPS_AHEAD;
    NN_NAME(tile_steps)(R, V, full, mask, s->k - rest, rows, a_row, a_column, &b, b_row, sums);
    NN_EACH (int r = 0; r < R; r++) NN_EACH (int v = 0; v < V; v++) {
      __builtin_prefetch(c + r * c_row + v * NN_WIDTH, 1, 3);
      __builtin_prefetch(next + r * c_row + v * NN_WIDTH, 1, 3);
    }
  }
  NN_NAME(tile_steps)(R, V, full, mask, rest, rows, a_row, a_column, &b, b_row, sums);
  NN_EACH (int r = 0; r < R; r++) NN_EACH (int v = 0; v < V; v++) {
    float *to = c + r * c_row + v * NN_WIDTH;
    if (NN_LAST(v)) NN_NAME(store_masked)(to, mask, sums[r][v]);
    else NN_STORE(to, sums[r][v]);
  }
}
#undef NN_LAST
#undef NN_LOAD_PART

typedef void (*NN_NAME(tile_function))(
    const NN_NAME(tile_shape) *, size_t, const float *, const float *, float *, const float *,
    const float *);

#define NN_TILE(R, V, FULL, PACKED, KIND)                                                  \
  static void NN_NAME(tile_##R##_##V##_##KIND)(                                            \
      const NN_NAME(tile_shape) *s, size_t tail, const float *a, const float *b, float *c, \
      const float *row, const float *next) {                                               \
    NN_NAME(tile)(R, V, FULL, PACKED, s, tail, a, b, c, row, next);                        \
  }
#define NN_TILES_OF(R)                                                                        \
  NN_TILE(R, 1, true, false, full) NN_TILE(R, 1, false, false, part)                          \
  NN_TILE(R, 2, true, false, full) NN_TILE(R, 2, false, false, part)                          \
  NN_TILE(R, 1, true, true, packed_full) NN_TILE(R, 1, false, true, packed_part)              \
  NN_TILE(R, 2, true, true, packed_full) NN_TILE(R, 2, false, true, packed_part)
NN_FOR_TILE_ROWS(NN_TILES_OF)

// [rows - 1][vectors - 1][whether the last vector is in part]
#define NN_TILE_ENTRY(R)                                     \
  {{NN_NAME(tile_##R##_1_full), NN_NAME(tile_##R##_1_part)}, \
   {NN_NAME(tile_##R##_2_full), NN_NAME(tile_##R##_2_part)}},
static const NN_NAME(tile_function) NN_NAME(tiles)[NN_TILE_ROWS][2][2] = {
    NN_FOR_TILE_ROWS(NN_TILE_ENTRY)};

#define NN_PACKED_ENTRY(R)                                                 \
  {{NN_NAME(tile_##R##_1_packed_full), NN_NAME(tile_##R##_1_packed_part)}, \
   {NN_NAME(tile_##R##_2_packed_full), NN_NAME(tile_##R##_2_packed_part)}},
static const NN_NAME(tile_function) NN_NAME(packed_tiles)[NN_TILE_ROWS][2][2] = {
    NN_FOR_TILE_ROWS(NN_PACKED_ENTRY)};

/// Rows cut into bands of nearly equal height: 13 rows are 7 and 6, not 12 and 1.
typedef struct {
  size_t count, height, taller;
} NN_NAME(bands);

NN_INLINE NN_NAME(bands) NN_NAME(bands_of)(size_t rows) {
  size_t count = (rows + NN_TILE_ROWS - 1) / NN_TILE_ROWS;
  return (NN_NAME(bands)){count, rows / count, rows % count};
}

NN_INLINE size_t NN_NAME(band_height)(const NN_NAME(bands) *bands, size_t band) {
  return bands->height + (band < bands->taller);
}
