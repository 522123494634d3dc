// e^x and what is made of it by a division, in blocks of six vectors that go through the polynomial side
// by side; for AVX2, whose sixteen registers the compiler's own loop over `nn_exp` overfills.
// Every step is one of `nn_exp_chained`, in Horner's order, which gives the same floats (all were tried).

typedef double nn_power_lanes __attribute__((vector_size(32)));
typedef int64_t nn_power_bits __attribute__((vector_size(32)));

enum { nn_power_chains = 6, nn_power_block = 4 * nn_power_chains };

typedef enum { NN_BLOCK_OF_POWERS, NN_BLOCK_OF_GATES, NN_BLOCK_OF_GATED, NN_BLOCK_OF_ROW } nn_power_kind;

#define NN_FOUR(value) {value, value, value, value}
static const nn_power_lanes NN_NAME(power_numbers)[] = {
    NN_FOUR(NN_LOG2_E),
    NN_FOUR(0x1.8p52),
    NN_FOUR(0x1.00a581594758ep-16),
    NN_FOUR(0x1.443fffc90db59p-13),
    NN_FOUR(0x1.5d879ead06a82p-10),
    NN_FOUR(0x1.3b2a1b7152befp-7),
    NN_FOUR(0x1.c6b08d883dca1p-5),
    NN_FOUR(0x1.ebfbe045f4d3cp-3),
    NN_FOUR(0x1.62e42fefa39efp-1),
    NN_FOUR(1.0)};
#undef NN_FOUR

// An empty instruction through which everything goes.
#define NN_IN_THIS_ORDER                                                                          \
  __asm__ volatile("" : "+r"(numbers), "+x"(sums[0]), "+x"(sums[1]), "+x"(sums[2]),               \
                   "+x"(sums[3]), "+x"(sums[4]), "+x"(sums[5]))
#define NN_EACH_CHAIN _Pragma("clang loop unroll(full)") for (int k = 0; k < nn_power_chains; k++)

/// What is made of four powers, of which `x` holds the arguments.
NN_INLINE __m128 NN_NAME(from_powers)(
    const nn_power_kind kind, nn_power_lanes powers, nn_power_lanes one, const float *x) {
  if (kind == NN_BLOCK_OF_GATES) powers = one / (one + powers);
  if (kind == NN_BLOCK_OF_GATED) {
    __m128 v = _mm_max_ps(_mm_set1_ps(-200.0f), _mm_loadu_ps(x));
    powers = (nn_power_lanes)_mm256_cvtps_pd(v) / (one + powers);
  }
  return _mm256_cvtpd_ps((__m256d)powers);
}

/// Whole blocks of: e^x; 1 / (1 + e^-x); x / (1 + e^-x); e^(x - top), while `former`, the row before, is
/// divided by `sum`. Returns how many values were done.
///
/// Divisions and conversions take parts of the processor that polynomials leave alone: those of one block
/// are spread over the steps of the next one.
NN_INLINE size_t NN_NAME(power_blocks)(
    const nn_power_kind kind, size_t n, const float *x, float *y, float top, float *former, float sum) {
  const bool is_gate = kind == NN_BLOCK_OF_GATES || kind == NN_BLOCK_OF_GATED;
  const float most = kind == NN_BLOCK_OF_GATES ? 110.0f : kind == NN_BLOCK_OF_GATED ? 200.0f : 89.0f;
  const __m256 high = _mm256_set1_ps(most), low = _mm256_set1_ps(is_gate ? -most : -104.0f);
  const nn_power_lanes *numbers = NN_NAME(power_numbers);
  nn_power_lanes powers[nn_power_chains] = {{0}};
  // Where the block before stands; at first a place that nobody reads.
  float nothing[nn_power_block] = {0};
  const float *late_x = nothing;
  float *late_y = nothing;
  size_t i = 0;
  for (; i + nn_power_block <= n; i += nn_power_block) {
    nn_power_lanes rest[nn_power_chains], sums[nn_power_chains], wholes[nn_power_chains];
    // The numbers are read where they are needed, because nobody knows that they stay the same.
    __asm__ volatile("" : "+r"(numbers));
    _Pragma("clang loop unroll(full)") for (int k = 0; k < nn_power_chains; k += 2) {
      __m256 v = _mm256_loadu_ps(x + i + 4 * k);
      if (kind == NN_BLOCK_OF_ROW) v = _mm256_sub_ps(v, _mm256_set1_ps(top));
      // A NaN stays one.
      v = _mm256_min_ps(high, _mm256_max_ps(low, v));
      if (is_gate) v = _mm256_xor_ps(v, _mm256_set1_ps(-0.0f));
      __m128 halves[2] = {_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1)};
      _Pragma("clang loop unroll(full)") for (int half = 0; half < 2; half++) {
        nn_power_lanes exponent = (nn_power_lanes)_mm256_cvtps_pd(halves[half]) * numbers[0];
        wholes[k + half] = exponent + numbers[1];
        rest[k + half] = exponent - (wholes[k + half] - numbers[1]);
      }
    }
    __asm__ volatile("" : "+m"(wholes));
    NN_EACH_CHAIN sums[k] = numbers[2];
    _Pragma("clang loop unroll(full)") for (int step = 0; step < 7; step++) {
      NN_EACH_CHAIN sums[k] = (nn_power_lanes)_mm256_fmadd_pd(
          (__m256d)sums[k], (__m256d)rest[k], (__m256d)numbers[3 + step]);
      NN_IN_THIS_ORDER;
      if (step < nn_power_chains)
        _mm_storeu_ps(
            late_y + 4 * step,
            NN_NAME(from_powers)(kind, powers[step], numbers[9], late_x + 4 * step));
      if (kind == NN_BLOCK_OF_ROW && step < nn_power_block / 8) {
        float *part = former + i + 8 * step;
        _mm256_storeu_ps(part, _mm256_div_ps(_mm256_loadu_ps(part), _mm256_set1_ps(sum)));
      }
    }
    NN_EACH_CHAIN powers[k] =
        (nn_power_lanes)((nn_power_bits)sums[k] + ((nn_power_bits)wholes[k] << 52));
    __asm__ volatile("" : "+m"(powers));
    late_x = x + i;
    late_y = y + i;
  }
  NN_EACH_CHAIN _mm_storeu_ps(
      late_y + 4 * k, NN_NAME(from_powers)(kind, powers[k], numbers[9], late_x + 4 * k));
  return i;
}

// Few values are done before a block is.
#define NN_POWER_MAP(NAME, KIND, VALUE)                                                           \
  static void NN_NAME(map_##NAME)(size_t n, const float *x, float *y) {                           \
    size_t done = n < 160 ? 0 : NN_NAME(power_blocks)(KIND, n, x, y, 0, 0, 1);                    \
    size_t whole = done + ((n - done) & ~(size_t)31);                                             \
    NN_MAP_LOOP                                                                                   \
    for (size_t i = done; i < whole; i++) y[i] = VALUE(x[i]);                                     \
    NN_LOOP_OF(NN_FLOATS, 1)                                                                      \
    for (size_t i = whole; i < n; i++) y[i] = VALUE(x[i]);                                        \
  }
NN_POWER_MAP(exp, NN_BLOCK_OF_POWERS, nn_exp)
NN_POWER_MAP(sigmoid, NN_BLOCK_OF_GATES, nn_sigmoid)
NN_POWER_MAP(silu, NN_BLOCK_OF_GATED, nn_silu)
#undef NN_POWER_MAP
