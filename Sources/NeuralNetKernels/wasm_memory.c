// Memory of a WebAssembly module: the allocator that Swift calls, in place of a C library.
//
// Freed blocks wait in a list for their size class and are handed out again, so a training loop of
// fixed shapes stops growing after its first step. Classes are at most a quarter apart. Nothing is
// merged: a run is short, and the host puts all memory back before the next one.

#if defined(__wasm__)

#include <stddef.h>
#include <stdint.h>

enum {
  unit = 16,
  small_classes = 64,  // one for each multiple of 16 bytes up to 1 KiB
  class_count = small_classes + 4 * 22,
  page = 65536,
  growth = 16 * page,
};

// Stands right before the memory that is handed out.
typedef struct {
  uint32_t size_class;
  uint32_t start;
} header;

typedef struct block {
  struct block *next;
} block;

extern unsigned char __heap_base;

static block *unused[class_count];
static uintptr_t top;
static uintptr_t end;

static uint32_t class_of(size_t size, size_t *rounded) {
  size_t units = (size + unit - 1) / unit;
  if (units <= small_classes) {
    *rounded = units * unit;
    return (uint32_t)units - 1;
  }
  // Four classes for each doubling.
  uint32_t doubling = 31 - (uint32_t)__builtin_clz((uint32_t)(units - 1));
  size_t step = (size_t)1 << (doubling - 2);
  size_t quarter = (units - 1 - ((size_t)1 << doubling)) / step;
  *rounded = (((size_t)1 << doubling) + (quarter + 1) * step) * unit;
  return small_classes + 4 * (doubling - 6) + (uint32_t)quarter;
}

static void *take(uint32_t size_class, size_t size) {
  block *first = unused[size_class];
  if (first) {
    unused[size_class] = first->next;
    return first;
  }
  if (!top) {
    top = ((uintptr_t)&__heap_base + unit - 1) & ~(uintptr_t)(unit - 1);
    end = __builtin_wasm_memory_size(0) * (uintptr_t)page;
  }
  // The host may have put back an older state beside memory that grew since.
  if (top > end || size > end - top) end = __builtin_wasm_memory_size(0) * (uintptr_t)page;
  if (top > end || size > end - top) {
    size_t missing = top > end ? top - end + size : size - (end - top);
    size_t pages = (missing + page - 1) / page;
    size_t generous = pages < growth / page ? growth / page : pages;
    if (__builtin_wasm_memory_grow(0, generous) == (size_t)-1) {
      if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return 0;
    }
    end = __builtin_wasm_memory_size(0) * (uintptr_t)page;
  }
  void *memory = (void *)top;
  top += size;
  return memory;
}

static const char exhausted[] = "the cell needs more memory than a page may use";
_Noreturn void nn_stop(const char *message, size_t count);

/// Where memory begins that nothing has used; 0 before the first use of any.
__attribute__((export_name("nnbook_top"))) uintptr_t nn_top(void) { return top; }

int posix_memalign(void **memory, size_t alignment, size_t size) {
  if (alignment < unit) alignment = unit;
  if (size > (size_t)1 << 30 || alignment > page) nn_stop(exhausted, sizeof exhausted - 1);
  size_t rounded;
  uint32_t size_class = class_of(size + alignment, &rounded);
  uintptr_t start = (uintptr_t)take(size_class, rounded);
  if (!start) nn_stop(exhausted, sizeof exhausted - 1);
  uintptr_t result = (start + sizeof(header) + alignment - 1) & ~(uintptr_t)(alignment - 1);
  *((header *)result - 1) = (header){size_class, (uint32_t)start};
  *memory = (void *)result;
  return 0;
}

void free(void *memory) {
  if (!memory) return;
  header *its = (header *)memory - 1;
  block *start = (block *)(uintptr_t)its->start;
  uint32_t size_class = its->size_class;
  start->next = unused[size_class];
  unused[size_class] = start;
}

#endif
