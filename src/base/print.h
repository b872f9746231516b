/* Words into a buffer of fixed size, in whole characters. */
#ifndef EN_BASE_PRINT_H
#define EN_BASE_PRINT_H

#include <stdarg.h>

#include "everyname/base.h"

/* As snprintf, for words in UTF-8: a character that a precision (%.60s) or the end of `out` splits is left out whole.
 * Returns the length of what stands in `out`, less than cap; so `at += en_print(out + at, cap - at, …)` never leaves
 * it. cap at least 1. */
size_t en_print(char *out, size_t cap, const char *fmt, ...) EN_PRINTF(3, 4);
size_t en_vprint(char *out, size_t cap, const char *fmt, va_list args);

enum { EN_SHORT = 200 };
/* `text` where it has at most `characters` (of 40 or fewer), else its first words and "…". Returns out. */
const char *en_shorten(const char *text, int characters, char out[EN_SHORT]);

#endif
