// The loops of the engine that need vector instructions, and what Swift alone cannot say.
//
// Every function gives the same bits at every instruction set: a matrix product element is one
// ascending chain of fused multiply-adds, sums run in sixteen lanes that are combined in one order
// (in chains of 32 float additions, beyond which doubles go on),
// and elementary functions use rounded multiplications and additions only.

#ifndef NEURAL_NET_KERNELS_H
#define NEURAL_NET_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// ---- Instruction sets

typedef enum {
  NN_PORTABLE = 0,
  NN_AVX2 = 1,
  NN_AVX512 = 2,
  /// 64-bit Arm.
  NN_NEON = 3,
} nn_instruction_set;

/// The best set that this processor has.
nn_instruction_set nn_best_instruction_set(void);

/// The set in use; at first the best one, or the one that NEURALNET_KERNELS names.
nn_instruction_set nn_current_instruction_set(void);

/// Changes the set in use; false, and no change, where the processor does not have it.
bool nn_use_instruction_set(nn_instruction_set set);

// ---- Functions of one value

#if defined(__wasm__)

typedef struct {
  void (*map)(size_t n, float parameter, const float *x, float *y);
  void (*flow)(
      size_t n, float parameter, const float *x, const float *y, const float *dy, float *flow);
} nn_loops;

/// In a module a function is its loops, so that those that no cell needs are left out.
typedef struct __attribute__((swift_attr("@Sendable"))) {
  const nn_loops *loops;
} nn_function;

extern const nn_function NN_IDENTITY;
extern const nn_function NN_EXP;
extern const nn_function NN_LOG;
extern const nn_function NN_TANH;
extern const nn_function NN_SIGMOID;
extern const nn_function NN_ERF;
extern const nn_function NN_SIN;
extern const nn_function NN_COS;
extern const nn_function NN_SQRT;
extern const nn_function NN_SQUARE;
extern const nn_function NN_ABSOLUTE;
extern const nn_function NN_RECIPROCAL;
extern const nn_function NN_NEGATE;
extern const nn_function NN_STEP;
extern const nn_function NN_RELU;
extern const nn_function NN_LEAKY_RELU;
extern const nn_function NN_ELU;
extern const nn_function NN_SILU;
extern const nn_function NN_GELU;
extern const nn_function NN_GELU_TANH;
extern const nn_function NN_SOFTPLUS;
extern const nn_function NN_SELU;
extern const nn_function NN_POWER;

#define NN_IS_IDENTITY(function) ((function).loops == NN_IDENTITY.loops)

#else

typedef enum {
  NN_IDENTITY = 0,
  NN_EXP,
  NN_LOG,
  NN_TANH,
  NN_SIGMOID,
  NN_ERF,
  NN_SIN,
  NN_COS,
  NN_SQRT,
  NN_SQUARE,
  NN_ABSOLUTE,
  NN_RECIPROCAL,
  NN_NEGATE,
  NN_STEP,
  NN_RELU,
  NN_LEAKY_RELU,
  NN_ELU,
  NN_SILU,
  NN_GELU,
  NN_GELU_TANH,
  NN_SOFTPLUS,
  NN_SELU,
  NN_POWER,
} nn_function;

#define NN_IS_IDENTITY(function) ((function) == NN_IDENTITY)

#endif

/// One value; the same bits as `nn_map`. `parameter` is the slope, scale or exponent of the functions
/// that have one.
float nn_apply(nn_function function, float x, float parameter);

/// y = f(x); x and y may be the same memory.
void nn_map(
    nn_function function, size_t n, float parameter, const float *x, float *y);

/// dx = dy * f'(x), or dx += where `accumulate`; y is f(x).
void nn_map_gradient(
    nn_function function, size_t n, float parameter, const float *x, const float *y,
    const float *dy, float *dx, bool accumulate);

// ---- Functions of two values; a stride is 1, or 0 for one value repeated

typedef enum { NN_PLUS, NN_MINUS, NN_TIMES, NN_OVER, NN_MAXIMUM, NN_MINIMUM } nn_operator;

void nn_combine(
    nn_operator op, size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride,
    float *y);

/// y += a * b, product and sum rounded apart.
void nn_multiply_add(
    size_t n, const float *a, size_t a_stride, const float *b, size_t b_stride, float *y);

/// y = scale * (a - b), or y += where `accumulate`.
void nn_scaled_difference(
    size_t n, float scale, const float *a, const float *b, float *y, bool accumulate);

void nn_fill(size_t n, float value, float *y);
void nn_copy(size_t n, const float *x, float *y);
/// y += scale * x.
void nn_add_scaled(size_t n, float scale, const float *x, float *y);

// ---- Sums

/// Sixteen lanes, combined pairwise: lane i with i + 8, then i + 4, i + 2, i + 1. Of more than 512 values
/// the lanes of each 512 are added in double, which is rounded once at the end: the error is below a
/// millionth of the sum of magnitudes, however many values there are.
float nn_sum(size_t n, const float *x);
float nn_sum_of_products(size_t n, const float *a, const float *b);
/// The sum of (a - b)^2.
float nn_sum_of_squared_differences(size_t n, const float *a, const float *b);
/// y[j] = the sum of x[i][j] over ascending i, or y[j] += them one by one where `accumulate`. Of more
/// than 32 rows the sums of each 32 are added in double.
void nn_sum_columns(size_t rows, size_t columns, const float *x, float *y, bool accumulate);
/// The same of a[i][j] * b[i][j].
void nn_sum_columns_of_products(
    size_t rows, size_t columns, const float *a, const float *b, float *y, bool accumulate);
/// y[i] = the sum of row i of x[rows][n], in the order of `nn_sum`.
void nn_sum_rows(size_t rows, size_t n, const float *x, float *y);
void nn_sum_rows_of_products(
    size_t rows, size_t n, const float *a, const float *b, float *y);
/// y = x less the largest value of each row.
void nn_take_off_largest(size_t rows, size_t n, const float *x, float *y);
/// y = x less, times, or over one value for each row.
void nn_combine_rows(
    nn_operator op, size_t rows, size_t n, const float *x, const float *values, float *y);
#if !defined(__wasm__)
/// y = exp(x) over its sum, of each row, the largest value taken off first; a module does it in steps.
void nn_softmax_rows(size_t rows, size_t n, const float *x, float *y);
/// dx = y (dy - the sum of dy * y), of each row.
void nn_softmax_rows_gradient(
    size_t rows, size_t n, const float *y, const float *dy, float *dx);
#endif
/// Where the largest of the values stands, or the smallest: the first of equal ones, or the first NaN.
size_t nn_extreme(bool smallest, size_t n, const float *x);
/// The same down each column of x[rows][n]: y gets the values, `places` as many 32-bit row numbers.
void nn_extremes(
    bool smallest, size_t rows, size_t n, const float *x, float *y, void *places);
/// True where no value is infinite or NaN.
bool nn_all_finite(size_t n, const float *x);

/// y = XᵀX, [columns][columns], of X [rows][columns]: products and sums rounded apart, rows ascending.
/// Only the elements on and below the diagonal count; some above it are written too.
void nn_square(size_t rows, size_t columns, const double *x, double *y);

/// y[j] += the sum of factors[i] * a[i][j], rows ascending; rows are `a_row` apart.
void nn_add_rows(
    size_t rows, size_t n, size_t a_row, const double *factors, const double *a, double *y);
/// a[i][j] -= factors[i] * x[j].
void nn_take_off_outer(
    size_t rows, size_t n, size_t a_row, const double *factors, const double *x, double *a);
/// y[i] = the sum of a[i][j] * x[j].
void nn_dot_rows(
    size_t rows, size_t n, size_t a_row, const double *a, const double *x, double *y);

/// Turns row i of a and the one after it, from the last of `count` to the first: the later row becomes
/// sine * row + cosine * later, the earlier one cosine * row - sine * later.
void nn_rotate_rows(
    size_t count, size_t n, size_t a_row, const double *sines, const double *cosines, double *a);

// ---- Optimizers

typedef struct {
  float rate, keep, take, decay;
  /// Nesterov's momentum, or 0 for a plain step.
  float look_ahead;
} nn_momentum;

/// With s = g + decay * p: b = keep * b + take * s (just take * s where `keep` is 0), and
/// p -= rate * b, or rate * (s + look_ahead * b).
void nn_step_momentum(
    size_t n, nn_momentum rule, const float *gradient, float *memory, float *p);

typedef struct {
  float rate, root, keep_mean, take_mean, keep_square, take_square, epsilon, shrink, decay;
} nn_adam;

/// With q = shrink * p and s = g + decay * q: m and v are the running means of s and s^2, and
/// p = q - rate * (m / (sqrt(v) / root + epsilon)).
void nn_step_adam(
    size_t n, nn_adam rule, const float *gradient, float *mean, float *square, float *p);

typedef struct {
  float rate, keep, take, epsilon, momentum, decay;
} nn_root_mean_square;

/// With g = gradient + decay * p: v = keep * v + take * g^2, less the square of the running mean where
/// there is one; the step is g / (sqrt(v) + epsilon), and momentum times the last where that is kept.
void nn_step_root_mean_square(
    size_t n, nn_root_mean_square rule, const float *gradient, float *square,
    float *_Nullable mean, float *_Nullable step, float *p);

typedef struct {
  float rate, epsilon, decay;
} nn_adagrad;

/// With g = gradient + decay * p: s += g^2, and p -= rate * (g / (sqrt(s) + epsilon)).
void nn_step_adagrad(
    size_t n, nn_adagrad rule, const float *gradient, float *sum, float *p);

// ---- Matrix products

typedef enum {
  NN_FROM_ZERO,
  NN_FROM_OUTPUT,
  NN_FROM_ROW,
} nn_start;

/// C[m][n] = start + A[m][k] B[k][n], then `epilogue` of every element. Element (i, p) of A stands
/// at a[i * a_row + p * a_column]; rows of C are `c_row` apart. The chain of an element starts from
/// zero, from C itself, or from `row[j]`.
typedef struct {
  size_t m, n, k;
  const float *_Nullable a;
  ptrdiff_t a_row, a_column;
  const float *_Nullable b;
  ptrdiff_t b_row, b_column;
  float *_Nullable c;
  ptrdiff_t c_row;
  nn_start start;
  const float *_Nullable row;
  nn_function epilogue;
} nn_product;

void nn_multiply(const nn_product *product);

// ---- Convolutions

typedef struct {
  size_t batch, groups;
  /// Channels of one group, in and out.
  size_t channels, outputs;
  size_t height, width, out_height, out_width;
  size_t kernel_height, kernel_width, stride_height, stride_width, padding_height, padding_width,
      dilation_height, dilation_width;
} nn_convolution;

/// y[image][output] = bias, then one chain of fused multiply-adds over channels and the kernel's rows and
/// columns, padding included.
void nn_convolve(
    const nn_convolution *shape, const float *x, const float *weight,
    const float *_Nullable bias, float *y);

/// dw, or dw += where `accumulate`: one chain for each weight over images and output places.
void nn_convolve_weight_gradient(
    const nn_convolution *shape, const float *x, const float *dy, float *dw, bool accumulate);

/// dx, or dx += where `accumulate`: one chain for each place over outputs and the kernel's rows and
/// columns that see it.
void nn_convolve_input_gradient(
    const nn_convolution *shape, const float *weight, const float *dy, float *dx, bool accumulate);

// ---- Pooling

typedef struct {
  /// Channels of all images.
  size_t planes, height, width, out_height, out_width;
  size_t kernel_height, kernel_width, stride_height, stride_width, padding_height, padding_width;
} nn_pooling;

/// y = the largest value of each window, the first of equal ones, a NaN before all others; `places` gets
/// as many 32-bit numbers, which say where it stands in its plane.
void nn_pool_largest(const nn_pooling *shape, const float *x, float *y, void *places);

/// dx[the place of each] += dy.
void nn_pool_largest_gradient(
    const nn_pooling *shape, const float *dy, const void *places, float *dx);

// ---- Threads

/// Threads that long work may use (1 or more); 1 at first.
size_t nn_thread_count(void);
void nn_use_threads(size_t count);

typedef void (*nn_part)(void *_Nullable context, size_t part);

/// How many parts are worth making of this much work (in multiply-adds, about): 1 where threads
/// would not pay, at most the number of threads.
size_t nn_part_count(size_t work);

/// Calls `run` for every part, on as many threads as there may be. Where the threads are busy with
/// another caller's work, all parts run here, one after the other.
void nn_run_parts(size_t parts, nn_part run, void *_Nullable context);

/// Threads that were started in this process and wait for parts; a copy of a process begins with none.
size_t nn_worker_count(void);

// ---- Processes

/// Ends this process as soon as the thread that made it does.
void nn_end_with_parent(void);

// ---- Memory

/// Memory that begins where a cache line does, with huge pages where it is large and the system has
/// them; null where there is none.
float *_Nullable nn_allocate(size_t count);
/// Takes back memory for as many values as were asked for. A thread keeps a few large pieces that it may
/// soon ask for again: the system would clear each of them anew.
void nn_release(float *_Nullable memory, size_t count);

// ---- The engine's state, one per thread

typedef struct {
  /// Operations made so far: the creation order of the graph.
  int64_t made;
  /// Storages and operations alive.
  int64_t alive;
  /// How operations are recorded; Swift gives the values their meaning.
  int32_t recording;
} nn_context;

nn_context *nn_current_context(void);

/// Writes out what the standard streams hold back, so that a stop loses nothing.
void nn_flush_output(void);

#if defined(__wasm__)
/// Tells the host of a WebAssembly module why the run ends, and ends it.
_Noreturn void nn_stop(const char *message, size_t count);
#endif

#pragma clang assume_nonnull end

#endif
