#ifndef NN_PARALLEL_H
#define NN_PARALLEL_H

#include <stddef.h>

typedef void (*nn_part)(void *context, size_t part);

/// How many parts are worth making of this much work (in multiply-adds, about): 1 where threads
/// would not pay, at most the number of threads.
size_t nn_part_count(size_t work);

/// Calls `run` for every part, on as many threads as there are parts. Where the threads are busy
/// with another caller's work, all parts run here, one after the other.
void nn_run_parts(size_t parts, nn_part run, void *context);

#endif
