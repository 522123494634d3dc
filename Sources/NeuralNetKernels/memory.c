// Memory of the engine, and the state that each thread has.

#include "Templates/kernels.h"

#if defined(__wasm__)
// wasm_memory.c has these two.
extern int posix_memalign(void **memory, size_t alignment, size_t size);
extern void free(void *memory);
#else
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#endif

static _Thread_local nn_context context;

nn_context *nn_current_context(void) { return &context; }

#if !defined(__wasm__)
enum { kept_pieces = 8, least_kept = 1 << 18, most_kept = 1 << 26 };

static _Thread_local struct {
  void *memory;
  size_t size;
} kept[kept_pieces];
static _Thread_local size_t kept_size, oldest;

/// A piece of this very size that was released here, or null.
static void *take_kept(size_t size) {
  for (int i = 0; i < kept_pieces; i++)
    if (kept[i].memory && kept[i].size == size) {
      void *memory = kept[i].memory;
      kept[i].memory = 0;
      kept_size -= size;
      return memory;
    }
  return 0;
}

/// Keeps a piece in place of the one that waits longest.
static void keep(void *memory, size_t size) {
  size_t place = oldest;
  for (size_t i = 0; i < kept_pieces; i++)
    if (!kept[i].memory) place = i;
  if (kept[place].memory) {
    kept_size -= kept[place].size;
    free(kept[place].memory);
    oldest = (oldest + 1) % kept_pieces;
  }
  kept[place].memory = memory;
  kept[place].size = size;
  kept_size += size;
}
#endif

float *nn_allocate(size_t count) {
  if (count > SIZE_MAX / 2 / sizeof(float)) return 0;
  size_t size = (count ? count : 1) * sizeof(float);
#if !defined(__wasm__)
  if (size >= least_kept) {
    void *again = take_kept(size);
    if (again) return again;
  }
#endif
  size_t alignment = 64;
  void *memory = 0;
#if defined(MADV_HUGEPAGE)
  // A large product walks through more small pages than the processor remembers.
  enum { huge_page = 2 << 20 };
  if (size >= 2 * huge_page) alignment = huge_page;
#endif
  if (posix_memalign(&memory, alignment, size) != 0) return 0;
#if defined(MADV_HUGEPAGE)
  if (alignment == huge_page) madvise(memory, size, MADV_HUGEPAGE);
#endif
  return memory;
}

void nn_release(float *memory, size_t count) {
#if !defined(__wasm__)
  size_t size = count * sizeof(float);
  if (memory && size >= least_kept && size <= most_kept - kept_size) {
    keep(memory, size);
    return;
  }
#endif
  (void)count;
  free(memory);
}

static _Thread_local struct {
  float *memory;
  size_t count;
} scratch[7];

float *nn_scratch(int slot, size_t count) {
  if (scratch[slot].count < count) {
    free(scratch[slot].memory);
    scratch[slot].memory = nn_allocate(count);
    if (!scratch[slot].memory) __builtin_trap();
    scratch[slot].count = count;
  }
  return scratch[slot].memory;
}

void nn_fill(size_t n, float value, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = value;
}

void nn_copy(size_t n, const float *x, float *y) { __builtin_memmove(y, x, n * sizeof(float)); }

#if !defined(__wasm__)
void nn_flush_output(void) { fflush(NULL); }
#endif
