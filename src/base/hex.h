/* Bytes as lower-case hex digits. */
#ifndef EN_BASE_HEX_H
#define EN_BASE_HEX_H

#include <stddef.h>

/* 2n digits and a terminator into out. */
void en_hex(const unsigned char *bytes, size_t n, char *out);

#endif
