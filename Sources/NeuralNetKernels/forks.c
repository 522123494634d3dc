// What a program needs that goes on in copies of itself.

#include "NeuralNetKernels.h"

#if defined(__linux__)

#include <signal.h>
#include <sys/prctl.h>

void nn_end_with_parent(void) { prctl(PR_SET_PDEATHSIG, SIGKILL); }

#else

void nn_end_with_parent(void) {}

#endif
