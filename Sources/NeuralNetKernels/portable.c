#if !defined(__wasm__)  // where dispatch.c has them, being their only caller

#include "Templates/portable.h"

#endif
