// What Swift and the compiler expect of a C library, for a module that has none.

#if defined(__wasm__)

#include <stddef.h>
#include <stdint.h>

#include "Templates/foreign_strings.h"

// Keeps the compiler from making a function out of a call of itself.
#define ITSELF(name) __attribute__((no_builtin(name)))
#define IMPORTED(name) __attribute__((import_module("nnbook"), import_name(#name)))

IMPORTED(record) extern void host_record(int32_t kind, const void *bytes, size_t count);
IMPORTED(stop) _Noreturn extern void host_stop(const void *message, size_t count);

// ---- Printing

// The number of `console` among the kinds of records (Notebook/Channel/RecordKind.swift).
enum { console_record = 8 };

static unsigned char printed[4096];
static size_t printed_count;

/// Hands what was printed so far to the host, which calls this before it takes any other record.
__attribute__((export_name("nnbook_flush"))) void nn_flush_output(void) {
  size_t count = printed_count;
  printed_count = 0;
  if (count) host_record(console_record, printed, count);
}

int putchar(int character) {
  printed[printed_count++] = (unsigned char)character;
  if (printed_count == sizeof printed) nn_flush_output();
  return character;
}

static int32_t place;

/// Called before each statement of a cell.
void nn_at(int32_t cell, int32_t line) { place = cell << 16 | line; }

/// The statement that a run is at: the number of its cell, and in the low half its line. The host asks
/// where a run stopped.
__attribute__((export_name("nnbook_place"))) int32_t nn_place(void) { return place; }

/// Ends the run with a message.
_Noreturn void nn_stop(const char *message, size_t count) {
  nn_flush_output();
  host_stop(message, count);
}

// ---- Hashing: the same seed in every run

void arc4random_buf(void *memory, size_t count) { __builtin_memset(memory, 0, count); }

// ---- Memory

ITSELF("memcmp") int memcmp(const void *a, const void *b, size_t count) {
  const unsigned char *left = a, *right = b;
  for (size_t i = 0; i < count; i++)
    if (left[i] != right[i]) return left[i] - right[i];
  return 0;
}

ITSELF("strlen") size_t strlen(const char *text) {
  size_t count = 0;
  while (text[count]) count++;
  return count;
}

// ---- Rounding: halves away from zero. A value without a fraction comes back unchanged.

float roundf(float x) {
  float whole = __builtin_truncf(x);
  if (__builtin_fabsf(x - whole) >= 0.5f) whole += __builtin_copysignf(1, x);
  return __builtin_copysignf(whole, x);
}

double round(double x) {
  double whole = __builtin_trunc(x);
  if (__builtin_fabs(x - whole) >= 0.5) whole += __builtin_copysign(1, x);
  return __builtin_copysign(whole, x);
}

float rintf(float x) { return __builtin_roundevenf(x); }
double rint(double x) { return __builtin_roundeven(x); }

// ---- Remainders: exact, by subtracting the divisor shifted bit by bit

double fmod(double x, double y) {
  double a = __builtin_fabs(x), b = __builtin_fabs(y);
  if (!(b > 0) || !(a <= 0x1.fffffffffffffp1023)) return (x * y) / (x * y);
  if (!(b <= 0x1.fffffffffffffp1023)) return x;
  while (a >= b) {
    double step = b;
    while (step <= a - step) step += step;
    a -= step;
  }
  return __builtin_copysign(a, x);
}

float fmodf(float x, float y) { return (float)fmod(x, y); }

// ---- 128-bit products

void __multi3(uint64_t result[2], uint64_t a, uint64_t a_high, uint64_t b, uint64_t b_high) {
  uint64_t mask = 0xffffffff;
  uint64_t low = (a & mask) * (b & mask);
  uint64_t middle = (a >> 32) * (b & mask) + (low >> 32);
  uint64_t other = (a & mask) * (b >> 32) + (middle & mask);
  result[0] = (other << 32) | (low & mask);
  result[1] = (a >> 32) * (b >> 32) + (middle >> 32) + (other >> 32) + a * b_high + a_high * b;
}

#endif
