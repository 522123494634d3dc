// Eight lanes of x86, and how blocks of values are transposed; included once per instruction set.

#define NN_EIGHT __m256
#define NN_EIGHT_LOAD(p) _mm256_loadu_ps(p)
#define NN_EIGHT_STORE(p, v) _mm256_storeu_ps(p, v)
#define NN_EIGHT_BROADCAST(x) _mm256_set1_ps(x)
#define NN_EIGHT_FMA(a, b, c) _mm256_fmadd_ps(a, b, c)

/// r[j] gets what stands in column j of eight rows.
NN_INLINE void NN_NAME(load_transposed)(const float *x, ptrdiff_t x_row, __m256 *r) {
  __m256 s[8];
  NN_EACH (int i = 0; i < 8; i++) r[i] = _mm256_loadu_ps(x + i * x_row);
  NN_EACH (int i = 0; i < 8; i += 2) {
    s[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
    s[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
  }
  NN_EACH (int i = 0; i < 8; i += 4) {
    r[i] = _mm256_shuffle_ps(s[i], s[i + 2], 0x44);
    r[i + 1] = _mm256_shuffle_ps(s[i], s[i + 2], 0xee);
    r[i + 2] = _mm256_shuffle_ps(s[i + 1], s[i + 3], 0x44);
    r[i + 3] = _mm256_shuffle_ps(s[i + 1], s[i + 3], 0xee);
  }
  NN_EACH (int i = 0; i < 4; i++) {
    s[i] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x20);
    s[i + 4] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x31);
  }
  NN_EACH (int i = 0; i < 8; i++) r[i] = s[i];
}

NN_INLINE void NN_NAME(transpose_8)(const float *x, ptrdiff_t x_row, float *y, size_t y_row) {
  __m256 r[8];
  NN_NAME(load_transposed)(x, x_row, r);
  NN_EACH (int i = 0; i < 8; i++)
    _mm256_storeu_ps(y + (size_t)i * y_row, r[i]);
}

/// Four rows of eight become eight rows of four.
NN_INLINE void NN_NAME(transpose_4)(const float *x, ptrdiff_t x_row, float *y, size_t y_row) {
  __m256 r[4], s[4];
  NN_EACH (int i = 0; i < 4; i++) r[i] = _mm256_loadu_ps(x + i * x_row);
  NN_EACH (int i = 0; i < 4; i += 2) {
    s[i] = _mm256_unpacklo_ps(r[i], r[i + 1]);
    s[i + 1] = _mm256_unpackhi_ps(r[i], r[i + 1]);
  }
  NN_EACH (int i = 0; i < 2; i++) {
    r[2 * i] = _mm256_shuffle_ps(s[i], s[i + 2], 0x44);
    r[2 * i + 1] = _mm256_shuffle_ps(s[i], s[i + 2], 0xee);
  }
  NN_EACH (int i = 0; i < 4; i++) {
    _mm_storeu_ps(y + (size_t)i * y_row, _mm256_castps256_ps128(r[i]));
    _mm_storeu_ps(y + (size_t)(i + 4) * y_row, _mm256_extractf128_ps(r[i], 1));
  }
}
