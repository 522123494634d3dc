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

static void rows(void) {
  for (size_t rows = 1; rows < 12; rows += 5)
    EACH_LENGTH(n) {
      if (n == 0) continue;
      float *a = numbers(rows * n), *b = numbers(rows * n), *y = numbers(rows * n);
      float *values = numbers(rows);
      nn_sum_rows(rows, n, a, y);
      report("sums of rows", rows, y);
      nn_sum_rows_of_products(rows, n, a, b, y);
      report("sums of rows of products", rows, y);
      nn_take_off_largest(rows, n, a, y);
      report("less the largest", rows * n, y);
      static const nn_operator operators[] = {NN_MINUS, NN_TIMES, NN_OVER};
      for (int op = 0; op < 3; op++) {
        nn_combine_rows(operators[op], rows, n, a, values, y);
        report("rows combined", rows * n, y);
      }
      nn_softmax_rows(rows, n, a, y);
      report("softmax of rows", rows * n, y);
      nn_softmax_rows_gradient(rows, n, y, b, a);
      report("gradient of softmax of rows", rows * n, a);
      float *any = any_numbers(rows * n);
      uint32_t *places = malloc(sizeof *places * n);
      for (int smallest = 0; smallest < 2; smallest++) {
        for (size_t row = 0; row < rows; row++)
          printf("extreme %zu: %zu\n", n, nn_extreme(smallest, n, any + row * n));
        nn_extremes(smallest, rows, n, any, y, places);
        report("extremes", n, y);
        printf("places %zu: %016llx\n", n, (unsigned long long)digest(places, n, 4));
      }
      free(any), free(places);
      double *d = malloc(sizeof(double) * rows * n), *e = malloc(sizeof(double) * n);
      double *f = malloc(sizeof(double) * rows);
      for (size_t i = 0; i < rows * n; i++) d[i] = a[i];
      for (size_t i = 0; i < n; i++) e[i] = b[i];
      for (size_t i = 0; i < rows; i++) f[i] = values[i];
      nn_add_rows(rows, n, n, f, d, e);
      nn_take_off_outer(rows, n, n, f, e, d);
      nn_dot_rows(rows, n, n, d, e, f);
      if (rows > 1) nn_rotate_rows(rows - 1, n, n, f, f, d);
      printf("reflections %zu %zu: %016llx %016llx %016llx\n", rows, n,
             (unsigned long long)digest(d, rows * n, 8), (unsigned long long)digest(e, n, 8),
             (unsigned long long)digest(f, rows, 8));
      free(a), free(b), free(y), free(values), free(d), free(e), free(f);
    }
}

static void images(void) {
  // batch, groups, channels, outputs, height, width, kernel, stride, padding, dilation
  static const size_t shapes[][10] = {
      {2, 1, 1, 3, 8, 8, 3, 1, 1, 1},   {1, 2, 3, 4, 9, 11, 3, 2, 0, 1},
      {3, 1, 2, 5, 7, 6, 2, 1, 0, 2},   {2, 1, 4, 16, 28, 28, 5, 1, 2, 1},
      {1, 1, 8, 13, 17, 33, 3, 3, 1, 1}};
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
    const size_t *s = shapes[i];
    size_t out[2];
    for (int axis = 0; axis < 2; axis++)
      out[axis] = (s[4 + axis] + 2 * s[8] - s[9] * (s[6] - 1) - 1) / s[7] + 1;
    nn_convolution c = {
        .batch = s[0], .groups = s[1], .channels = s[2], .outputs = s[3], .height = s[4],
        .width = s[5], .out_height = out[0], .out_width = out[1], .kernel_height = s[6],
        .kernel_width = s[6], .stride_height = s[7], .stride_width = s[7], .padding_height = s[8],
        .padding_width = s[8], .dilation_height = s[9], .dilation_width = s[9]};
    size_t inputs = s[0] * s[1] * s[2] * s[4] * s[5], weights = s[1] * s[3] * s[2] * s[6] * s[6];
    size_t results = s[0] * s[1] * s[3] * out[0] * out[1];
    float *x = numbers(inputs), *w = numbers(weights), *bias = numbers(s[1] * s[3]);
    float *y = numbers(results), *dx = numbers(inputs), *dw = numbers(weights);
    nn_convolve(&c, x, w, bias, y);
    report("convolution", results, y);
    for (int adds = 0; adds < 2; adds++) {
      nn_convolve_weight_gradient(&c, x, y, dw, adds);
      report("gradient of weights", weights, dw);
      nn_convolve_input_gradient(&c, w, y, dx, adds);
      report("gradient of images", inputs, dx);
    }
    nn_pooling p = {
        .planes = s[0] * s[1] * s[2], .height = s[4], .width = s[5], .out_height = s[4] / 2,
        .out_width = s[5] / 2, .kernel_height = 2, .kernel_width = 2, .stride_height = 2,
        .stride_width = 2};
    size_t pooled = p.planes * p.out_height * p.out_width;
    float *z = numbers(pooled);
    uint32_t *places = malloc(pooled * sizeof *places);
    nn_pool_largest(&p, x, z, places);
    report("pooling", pooled, z);
    nn_pool_largest_gradient(&p, z, places, dx);
    report("gradient of pooling", inputs, dx);
    free(x), free(w), free(bias), free(y), free(dx), free(dw), free(z), free(places);
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
  rows();
  products();
  images();
  return 0;
}
