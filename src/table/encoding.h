/* The encodings that text comes in, and which one a file is probably in. */
#ifndef EN_TABLE_ENCODING_H
#define EN_TABLE_ENCODING_H

#include "everyname/base.h"

typedef enum {
    ENCODING_UTF8 = 0,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_1250,
    ENCODING_1251,
    ENCODING_1252,
    ENCODING_1256,
    ENCODING_UNKNOWN
} encoding;

const char *encoding_name(encoding e);         /* as in en_read_options */
encoding encoding_of_name(const char *name);   /* any case; ENCODING_UNKNOWN where it is none of ours */
size_t encoding_bom(encoding e, en_str bytes); /* length of its byte order mark at the start of `bytes`; else 0 */
size_t encoding_utf16_fault(encoding e, en_str bytes); /* first byte of a unit that is half a pair or cut; else len */

/* Doubt is resolved in this order: a byte order mark; whole bytes that are valid UTF-8 are UTF-8; NULs at every second
 * byte make UTF-16; more good UTF-8 characters than bad bytes make UTF-8 with bad bytes, so that they are reported and
 * not read as other letters; then the Windows code page in whose letters the words look like words. ENCODING_UNKNOWN
 * where they do in none. */
encoding encoding_detect(en_str bytes);

/* The characters of a Windows code page; 0xFFFFFFFF for bytes that it leaves undefined. */
en_status encoding_page(encoding e, uint32_t points[256], en_error *err);

#endif
