// Digests of what every kernel gives, for one instruction set: equal lines mean equal bits.
//
//   kernels SET     portable, avx2, avx512 or neon; ends with 2 where the processor does not have it
//
// Arguments are drawn from one generator, with special values among them; sizes are such that whole
// vectors, parts of them, packed blocks and columns all occur.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "NeuralNetKernels.h"

static uint64_t state = 1;

static uint32_t draw(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  uint64_t z = state ^ (state >> 33);
  return (uint32_t)((z * 0xff51afd7ed558ccdu) >> 32);
}

static float number(void) { return (float)(int32_t)draw() * 0x1p-30f; }

static float *numbers(size_t n) {
  float *x = malloc((n ? n : 1) * sizeof(float));
  for (size_t i = 0; i < n; i++) x[i] = number();
  return x;
}

/// Numbers of every size, zeros, infinities and NaN among them.
static float *any_numbers(size_t n) {
  static const float special[] = {
      0.0f, -0.0f, 1.0f, -1.0f, INFINITY, -INFINITY, 1e-42f, -1e-42f, 88.7f, -104.0f, 3e38f, 0.5f};
  float *x = numbers(n);
  for (size_t i = 0; i < n; i++) {
    uint32_t kind = draw() % 8;
    if (kind == 0) x[i] = special[draw() % (sizeof special / sizeof *special)];
    else if (kind == 1) x[i] = ldexpf(x[i], (int)(draw() % 200) - 100);
    else if (kind == 2) x[i] *= 40;
    if (draw() % 61 == 0) x[i] = NAN;
  }
  return x;
}

static uint64_t digest(const void *memory, size_t n, size_t size) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < n; i++) {
    uint64_t bits = 0;
    memcpy(&bits, (const char *)memory + i * size, size);
    // Which NaN it is, is nobody's promise.
    if (size == 4) {
      float value;
      memcpy(&value, &bits, 4);
      if (value != value) bits = 0x7fc00000;
    }
    hash = (hash ^ bits) * 0x100000001b3u;
  }
  return hash;
}

static void report(const char *name, size_t n, const float *y) {
  printf("%s %zu: %016llx\n", name, n, (unsigned long long)digest(y, n, 4));
}

static const size_t lengths[] = {0, 1, 3, 7, 8, 15, 16, 31, 33, 64, 100, 257, 1000};
#define EACH_LENGTH(n) \
  for (size_t place = 0, n; place < sizeof lengths / sizeof *lengths && (n = lengths[place], 1); place++)

static void maps(void) {
  for (int function = NN_IDENTITY; function <= NN_POWER; function++) {
    for (int p = 0; p < 3; p++) {
      float parameter = (float[]){1, 0.01f, -2.5f}[p];
      if (p > 0 && function != NN_LEAKY_RELU && function != NN_ELU && function != NN_POWER) continue;
      EACH_LENGTH(n) {
        char name[64];
        float *x = any_numbers(n), *y = numbers(n), *dy = numbers(n), *dx = numbers(n);
        snprintf(name, sizeof name, "map %d of %g", function, parameter);
        nn_map((nn_function)function, n, parameter, x, y);
        report(name, n, y);
        for (int adds = 0; adds < 2; adds++) {
          snprintf(name, sizeof name, "slope %d of %g, %d", function, parameter, adds);
          nn_map_gradient((nn_function)function, n, parameter, x, y, dy, dx, adds);
          report(name, n, dx);
        }
        free(x), free(y), free(dy), free(dx);
      }
    }
  }
}

static void combinations(void) {
  EACH_LENGTH(n) for (int strides = 0; strides < 4; strides++) {
    char name[64];
    float *a = any_numbers(n + 1), *b = any_numbers(n + 1), *y = numbers(n);
    for (int op = NN_PLUS; op <= NN_MINIMUM; op++) {
      snprintf(name, sizeof name, "combine %d, %d", op, strides);
      nn_combine((nn_operator)op, n, a, strides & 1, b, strides >> 1, y);
      report(name, n, y);
    }
    free(y), y = numbers(n);
    nn_multiply_add(n, a, strides & 1, b, strides >> 1, y);
    report("multiply add", n, y);
    nn_scaled_difference(n, 0.3f, a, b, y, strides & 1);
    report("scaled difference", n, y);
    nn_add_scaled(n, -0.7f, a, y);
    report("add scaled", n, y);
    free(a), free(b), free(y);
  }
}

static void sums(void) {
  static const size_t long_lengths[] = {0, 1, 15, 16, 17, 100, 1023, 4096, 70000};
  for (size_t i = 0; i < sizeof long_lengths / sizeof *long_lengths; i++) {
    size_t n = long_lengths[i];
    float *a = numbers(n), *b = numbers(n);
    float y[] = {nn_sum(n, a), nn_sum_of_products(n, a, b), nn_sum_of_squared_differences(n, a, b)};
    report("sums", 3, y);
    printf("finite %zu: %d\n", n, nn_all_finite(n, a));
    if (n) a[n - 1] = INFINITY, printf("infinite %zu: %d\n", n, nn_all_finite(n, a));
    free(a), free(b);
  }
  for (size_t rows = 0; rows < 100; rows = rows * 3 + 1)
    for (size_t columns = 1; columns < 200; columns = columns * 2 + 1) {
      float *x = numbers(rows * columns), *z = numbers(rows * columns), *y = numbers(columns);
      for (int adds = 0; adds < 2; adds++) {
        nn_sum_columns(rows, columns, x, y, adds);
        report("columns", columns, y);
        nn_sum_columns_of_products(rows, columns, x, z, y, adds);
        report("columns of products", columns, y);
      }
      double *d = malloc(sizeof(double) * rows * columns + 8);
      double *s = malloc(sizeof(double) * columns * columns);
      for (size_t i = 0; i < rows * columns; i++) d[i] = x[i];
      memset(s, 0, sizeof(double) * columns * columns);
      nn_square(rows, columns, d, s);
      for (size_t i = 0; i < columns; i++)  // what is above the diagonal does not count
        for (size_t j = i + 1; j < columns; j++) s[i * columns + j] = 0;
      printf("square %zu %zu: %016llx\n", rows, columns,
             (unsigned long long)digest(s, columns * columns, 8));
      free(x), free(z), free(y), free(d), free(s);
    }
}

static void optimizers(void) {
  EACH_LENGTH(n) {
    float *g = numbers(n), *m = numbers(n), *v = numbers(n), *p = numbers(n), *s = numbers(n);
    for (size_t i = 0; i < n; i++) v[i] = fabsf(v[i]);
    for (int kind = 0; kind < 4; kind++) {
      nn_momentum rule = {0.1f, kind & 1 ? 0.9f : 0, 0.8f, 0.01f, kind & 2 ? 0.9f : 0};
      nn_step_momentum(n, rule, g, m, p);
      report("momentum", n, p);
      nn_root_mean_square root = {0.1f, 0.99f, 0.01f, 1e-8f, 0.9f, 0.01f};
      nn_step_root_mean_square(n, root, g, v, kind & 1 ? m : 0, kind & 2 ? s : 0, p);
      report("root mean square", n, p);
    }
    nn_adam adam = {0.1f, 0.5f, 0.9f, 0.1f, 0.999f, 0.001f, 1e-8f, 0.99f, 0.01f};
    nn_step_adam(n, adam, g, m, v, p);
    report("adam", n, p);
    nn_adagrad adagrad = {0.1f, 1e-10f, 0.01f};
    nn_step_adagrad(n, adagrad, g, v, p);
    report("adagrad", n, p);
    free(g), free(m), free(v), free(p), free(s);
  }
}

static void products(void) {
  static const size_t sizes[][3] = {
      {0, 3, 2}, {1, 1, 1}, {1, 1, 0}, {2, 3, 4}, {5, 7, 9}, {6, 16, 8}, {7, 17, 5}, {12, 32, 64},
      {13, 33, 65}, {1, 100, 30}, {100, 1, 30}, {33, 1, 8}, {40, 1, 7}, {31, 47, 100},
      {70, 90, 800}, {80, 2100, 128}, {200, 130, 520}, {64, 64, 1100}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (int turned = 0; turned < 4; turned++)
      for (int start = NN_FROM_ZERO; start <= NN_FROM_ROW; start++) {
        size_t m = sizes[i][0], n = sizes[i][1], k = sizes[i][2];
        if (m * n * k > 5000000 && (turned == 1 || start == NN_FROM_OUTPUT)) continue;
        float *a = numbers(m * k), *b = numbers(k * n), *c = numbers(m * n), *row = numbers(n);
        nn_product p = {
            .m = m, .n = n, .k = k, .a = a, .b = b, .c = c, .row = row, .c_row = (ptrdiff_t)n,
            .a_row = turned & 1 ? 1 : (ptrdiff_t)k, .a_column = turned & 1 ? (ptrdiff_t)m : 1,
            .b_row = turned & 2 ? 1 : (ptrdiff_t)n, .b_column = turned & 2 ? (ptrdiff_t)k : 1,
            .start = (nn_start)start, .epilogue = start == NN_FROM_ROW ? NN_TANH : NN_IDENTITY};
        nn_multiply(&p);
        char name[64];
        snprintf(name, sizeof name, "product %zu %zu %zu, %d, %d", m, n, k, turned, start);
        report(name, m * n, c);
        free(a), free(b), free(c), free(row);
      }
}

int main(int count, char **arguments) {
  const char *name = count > 1 ? arguments[1] : "portable";
  nn_instruction_set set = strcmp(name, "avx2") == 0     ? NN_AVX2
                           : strcmp(name, "avx512") == 0 ? NN_AVX512
                           : strcmp(name, "neon") == 0   ? NN_NEON
                                                         : NN_PORTABLE;
  if (!nn_use_instruction_set(set)) return 2;
  maps();
  combinations();
  sums();
  optimizers();
  products();
  return 0;
}
