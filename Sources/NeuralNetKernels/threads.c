// A pool of threads that wait for parts of one piece of work.

#include "NeuralNetKernels.h"

#if defined(__wasm__)

size_t nn_thread_count(void) { return 1; }
void nn_use_threads(size_t count) { (void)count; }
size_t nn_part_count(size_t work) { return (void)work, 1; }

size_t nn_worker_count(void) { return 0; }

void nn_run_parts(size_t parts, nn_part run, void *context) {
  for (size_t part = 0; part < parts; part++) run(context, part);
}

#else

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { most_threads = 64, spins = 4000 };

/// Below this much work a part is done before another thread has noticed it.
static const size_t least_work = (size_t)1 << 19;

static atomic_size_t wanted = 1;
static size_t started = 0;  // workers; guarded by `caller`

static pthread_mutex_t caller = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t sleeping = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t woken = PTHREAD_COND_INITIALIZER;
static size_t sleepers = 0;  // guarded by `sleeping`

static struct {
  nn_part run;
  void *context;
} work;

/// The round's number, how many parts it has, and how many are taken: 32, 16 and 16 bits. A part
/// belongs to whom raises the last field; who comes late finds nothing left, or a later round.
static _Atomic uint64_t state;
static atomic_size_t unfinished;

static inline uint32_t round_of(uint64_t now) { return (uint32_t)(now >> 32); }

/// Takes parts of the current round until none is left.
static void take_parts(void) {
  uint64_t now = atomic_load_explicit(&state, memory_order_acquire);
  while ((now & 0xffff) < (now >> 16 & 0xffff)) {
    if (!atomic_compare_exchange_weak_explicit(
            &state, &now, now + 1, memory_order_acq_rel, memory_order_acquire))
      continue;
    work.run(work.context, (size_t)(now & 0xffff));
    atomic_fetch_sub_explicit(&unfinished, 1, memory_order_release);
    now = atomic_load_explicit(&state, memory_order_acquire);
  }
}

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static uint32_t wait_for_round_after(uint32_t seen) {
  for (int spin = 0; spin < spins; spin++) {
    uint32_t now = round_of(atomic_load_explicit(&state, memory_order_acquire));
    if (now != seen) return now;
    relax();
  }
  pthread_mutex_lock(&sleeping);
  sleepers++;
  uint32_t now;
  while ((now = round_of(atomic_load_explicit(&state, memory_order_acquire))) == seen)
    pthread_cond_wait(&woken, &sleeping);
  sleepers--;
  pthread_mutex_unlock(&sleeping);
  return now;
}

static void *worker(void *seen_at_start) {
  uint32_t seen = (uint32_t)(uintptr_t)seen_at_start;
  while (1) {
    seen = wait_for_round_after(seen);
    take_parts();
  }
  return 0;
}

size_t nn_thread_count(void) { return atomic_load(&wanted); }

void nn_use_threads(size_t count) {
  atomic_store(&wanted, count < 1 ? 1 : count > most_threads ? most_threads : count);
}

size_t nn_part_count(size_t amount) {
  size_t threads = nn_thread_count();
  size_t worthwhile = amount / least_work;
  return worthwhile < 1 ? 1 : worthwhile < threads ? worthwhile : threads;
}

size_t nn_worker_count(void) { return started; }

// A child process has none of the threads: it starts its own, and finds no lock that one of them held.

static void before_fork(void) { pthread_mutex_lock(&sleeping); }
static void after_fork_in_parent(void) { pthread_mutex_unlock(&sleeping); }

static void after_fork_in_child(void) {
  started = sleepers = 0;
  pthread_cond_init(&woken, 0);
  pthread_mutex_unlock(&sleeping);
}

/// Starts workers until there are `count`, or as many as the system lets.
static void start_workers(size_t count) {
  static int knows_forks = 0;  // guarded by `caller`
  if (!knows_forks) {
    if (pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child) != 0) return;
    knows_forks = 1;
  }
  while (started < count) {
    pthread_t thread;
    uintptr_t seen = round_of(atomic_load(&state));
    if (pthread_create(&thread, 0, worker, (void *)seen) != 0) return;
    pthread_detach(thread);
    started++;
  }
}

void nn_run_parts(size_t parts, nn_part run, void *context) {
  if (parts <= 1 || pthread_mutex_trylock(&caller) != 0) {
    for (size_t part = 0; part < parts; part++) run(context, part);
    return;
  }
  size_t threads = nn_thread_count();
  start_workers((parts < threads ? parts : threads) - 1);
  work.run = run;
  work.context = context;
  atomic_store_explicit(&unfinished, parts, memory_order_relaxed);
  uint64_t next = (uint64_t)round_of(atomic_load(&state)) + 1;
  pthread_mutex_lock(&sleeping);
  atomic_store_explicit(&state, next << 32 | (uint64_t)parts << 16, memory_order_release);
  if (sleepers > 0) pthread_cond_broadcast(&woken);
  pthread_mutex_unlock(&sleeping);
  take_parts();
  // Parts that others took; on a busy machine they may be waiting for this very processor.
  for (int spin = 0; atomic_load_explicit(&unfinished, memory_order_acquire) > 0; spin++) {
    if (spin < spins) relax();
    else sched_yield();
  }
  pthread_mutex_unlock(&caller);
}

#endif
