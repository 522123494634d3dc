// The choice of instruction set, and the public entry points.

#include "Templates/kernels.h"

#if __STDC_HOSTED__ && !defined(__wasm__)
#include <stdlib.h>
#include <string.h>
#endif

nn_instruction_set nn_best_instruction_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return NN_PORTABLE;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
    return NN_AVX512;
  return NN_AVX2;
#elif defined(__aarch64__)
  return NN_NEON;
#else
  return NN_PORTABLE;
#endif
}

#if defined(__wasm__)
// One instruction set: calls are direct, so that a module holds what it calls and nothing else.
#include "Templates/portable.h"
#define current (&nn_portable_kernels)
#else
static const nn_kernels *current = &nn_portable_kernels;
#endif
static nn_instruction_set current_set = NN_PORTABLE;

static bool has(nn_instruction_set set) {
  nn_instruction_set best = nn_best_instruction_set();
  return set == NN_PORTABLE || set == best || (set == NN_AVX2 && best == NN_AVX512);
}

bool nn_use_instruction_set(nn_instruction_set set) {
  if (!has(set)) return false;
  current_set = set;
#if defined(__x86_64__)
  current = set == NN_AVX512 ? &nn_avx512_kernels
            : set == NN_AVX2 ? &nn_avx2_kernels
                             : &nn_portable_kernels;
#elif defined(__aarch64__)
  current = set == NN_NEON ? &nn_neon_kernels : &nn_portable_kernels;
#endif
  return true;
}

nn_instruction_set nn_current_instruction_set(void) { return current_set; }

#if defined(__x86_64__) || defined(__aarch64__)
__attribute__((constructor)) static void nn_choose(void) {
  nn_instruction_set set = nn_best_instruction_set();
  const char *wanted = getenv("NEURALNET_KERNELS");
  if (wanted && strcmp(wanted, "portable") == 0) set = NN_PORTABLE;
  if (wanted && strcmp(wanted, "avx2") == 0 && has(NN_AVX2)) set = NN_AVX2;
  nn_use_instruction_set(set);
}
#endif

float nn_apply(nn_function function, float x, float parameter) {
  float y;
  current->map(function, 1, parameter, &x, &y);
  return y;
}

void nn_map_gradient(
    nn_function function, size_t n, float parameter, const float *x, const float *y,
    const float *dy, float *dx, bool accumulate) {
  current->map_gradient(function, n, parameter, x, y, dy, dx, accumulate);
}

void nn_combine(
    nn_operator op, size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride,
    float *y) {
  current->combine(op, n, a, a_stride, b, b_stride, y);
}

void nn_multiply_add(
    size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride, float *y) {
  current->multiply_add(n, a, a_stride, b, b_stride, y);
}

void nn_add_scaled(size_t n, float scale, const float *x, float *y) {
  current->add_scaled(n, scale, x, y);
}

void nn_scaled_difference(
    size_t n, float scale, const float *a, const float *b, float *y, bool accumulate) {
  current->scaled_difference(n, scale, a, b, y, accumulate);
}

void nn_step_momentum(
    size_t n, nn_momentum rule, const float *gradient, float *memory, float *p) {
  current->step_momentum(n, rule, gradient, memory, p);
}

void nn_step_adam(
    size_t n, nn_adam rule, const float *gradient, float *mean, float *square, float *p) {
  current->step_adam(n, rule, gradient, mean, square, p);
}

float nn_sum(size_t n, const float *x) { return current->sum(n, x); }

float nn_sum_of_products(size_t n, const float *a, const float *b) {
  return current->sum_of_products(n, a, b);
}

float nn_sum_of_squared_differences(size_t n, const float *a, const float *b) {
  return current->sum_of_squared_differences(n, a, b);
}

void nn_sum_columns(size_t rows, size_t columns, const float *x, float *y, bool accumulate) {
  current->sum_columns(rows, columns, x, y, accumulate);
}

void nn_sum_columns_of_products(
    size_t rows, size_t columns, const float *a, const float *b, float *y, bool accumulate) {
  current->sum_columns_of_products(rows, columns, a, b, y, accumulate);
}

bool nn_all_finite(size_t n, const float *x) { return current->all_finite(n, x); }

#if defined(__x86_64__)
#define NN_CURRENT(NAME)                               \
  (current_set == NN_AVX512 ? nn_avx512_##NAME         \
   : current_set == NN_AVX2 ? nn_avx2_##NAME           \
                            : nn_portable_##NAME)
#elif defined(__aarch64__)
#define NN_CURRENT(NAME) (current_set == NN_NEON ? nn_neon_##NAME : nn_portable_##NAME)
#else
#define NN_CURRENT(NAME) nn_portable_##NAME
#endif

void nn_square(size_t rows, size_t columns, const double *x, double *y) {
  NN_CURRENT(square)(rows, columns, x, y);
}

void nn_take_off_largest(size_t rows, size_t n, const float *x, float *y) {
  NN_CURRENT(take_off_largest)(rows, n, x, y);
}

void nn_sum_rows(size_t rows, size_t n, const float *x, float *y) {
  NN_CURRENT(sum_rows)(rows, n, x, y);
}

void nn_sum_rows_of_products(size_t rows, size_t n, const float *a, const float *b, float *y) {
  NN_CURRENT(sum_rows_of_products)(rows, n, a, b, y);
}

void nn_combine_rows(
    nn_operator op, size_t rows, size_t n, const float *x, const float *values, float *y) {
  NN_CURRENT(combine_rows)(op, rows, n, x, values, y);
}

void nn_add_rows(
    size_t rows, size_t n, size_t a_row, const double *factors, const double *a, double *y) {
  NN_CURRENT(add_rows)(rows, n, a_row, factors, a, y);
}

void nn_take_off_outer(
    size_t rows, size_t n, size_t a_row, const double *factors, const double *x, double *a) {
  NN_CURRENT(take_off_outer)(rows, n, a_row, factors, x, a);
}

void nn_dot_rows(
    size_t rows, size_t n, size_t a_row, const double *a, const double *x, double *y) {
  NN_CURRENT(dot_rows)(rows, n, a_row, a, x, y);
}

void nn_rotate_rows(
    size_t count, size_t n, size_t a_row, const double *sines, const double *cosines, double *a) {
  NN_CURRENT(rotate_rows)(count, n, a_row, sines, cosines, a);
}

size_t nn_extreme(bool smallest, size_t n, const float *x) {
  return NN_CURRENT(extreme)(smallest, n, x);
}

void nn_extremes(
    bool smallest, size_t rows, size_t n, const float *x, float *y, void *places) {
  NN_CURRENT(extremes)(smallest, rows, n, x, y, places);
}

#if !defined(__wasm__)
void nn_softmax_rows(size_t rows, size_t n, const float *x, float *y) {
  NN_CURRENT(softmax_rows)(rows, n, x, y);
}

void nn_softmax_rows_gradient(
    size_t rows, size_t n, const float *y, const float *dy, float *dx) {
  NN_CURRENT(softmax_rows_gradient)(rows, n, y, dy, dx);
}
#endif

void nn_multiply_shifted(const nn_shifted_product *product) {
  NN_CURRENT(multiply_shifted)(product);
}

void nn_transpose(
    size_t rows, size_t columns, const float *x, size_t x_row, float *y, size_t y_row) {
  NN_CURRENT(transpose)(rows, columns, x, x_row, y, y_row);
}

void nn_step_root_mean_square(
    size_t n, nn_root_mean_square rule, const float *gradient, float *square, float *mean,
    float *step, float *p) {
  NN_CURRENT(step_root_mean_square)(n, rule, gradient, square, mean, step, p);
}

void nn_step_adagrad(
    size_t n, nn_adagrad rule, const float *gradient, float *sum, float *p) {
  NN_CURRENT(step_adagrad)(n, rule, gradient, sum, p);
}

// Long maps and large products are cut into parts that threads share. Every element is computed
// whole by one of them, so the number of threads shows in no bit.

typedef struct {
  nn_function function;
  size_t n, step;
  float parameter;
  const float *x;
  float *y;
} map_work;

static void map_part(void *context, size_t part) {
  const map_work *w = context;
  size_t start = part * w->step;
  if (start >= w->n) return;
  size_t count = w->n - start < w->step ? w->n - start : w->step;
  current->map(w->function, count, w->parameter, w->x + start, w->y + start);
}

void nn_map(nn_function function, size_t n, float parameter, const float *x, float *y) {
  // A map costs at least as much as sixteen multiply-adds of a product.
  size_t parts = nn_part_count(n * 16);
  if (parts == 1) {
    current->map(function, n, parameter, x, y);
    return;
  }
  map_work work = {function, n, (n / parts + 16) & ~(size_t)15, parameter, x, y};
  nn_run_parts(parts, map_part, &work);
}

typedef struct {
  const nn_product *product;
  size_t step;
  bool by_rows;
} product_work;

static void product_part(void *context, size_t part) {
  const product_work *w = context;
  nn_product p = *w->product;
  size_t start = part * w->step;
  size_t size = w->by_rows ? p.m : p.n;
  if (start >= size) return;
  size_t count = size - start < w->step ? size - start : w->step;
  if (w->by_rows) {
    p.m = count;
    p.a += (ptrdiff_t)start * p.a_row;
    p.c += (ptrdiff_t)start * p.c_row;
  } else {
    p.n = count;
    p.b += (ptrdiff_t)start * p.b_column;
    p.c += start;
    if (p.row) p.row += start;
  }
  current->multiply(&p);
}

void nn_multiply(const nn_product *product) {
  size_t parts = nn_part_count(product->m * product->n * product->k);
  if (parts == 1) {
    current->multiply(product);
    return;
  }
  bool by_rows = product->m >= product->n;
  size_t unit = by_rows ? 12 : 32;  // a tile
  size_t size = by_rows ? product->m : product->n;
  size_t step = ((size + parts - 1) / parts + unit - 1) / unit * unit;
  product_work work = {product, step, by_rows};
  nn_run_parts(parts, product_part, &work);
}
