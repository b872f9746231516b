/* A compound file ([MS-CFB]): the streams that .xls and other old Office files consist of, in chains of sectors. */
#ifndef EN_TABLE_COMPOUND_FILE_H
#define EN_TABLE_COMPOUND_FILE_H

#include "base/buf.h"
#include "everyname/base.h"

typedef struct compound_file {
    en_str bytes; /* lent by the caller */
    unsigned shift, mini_shift;
    uint32_t mini_cutoff; /* streams below this lie in the small sectors */
    en_buf fat, mini_fat; /* what follows each sector, 32-bit little endian */
    en_buf directory;
    en_buf mini_stream; /* the small sectors */
} compound_file;

/* `bytes` must outlive the file. A chain that leaves the file or runs in a circle is an error; what is held is never
 * larger than a few times the file. */
en_status compound_file_open(en_str bytes, compound_file *out, en_error *err);
void compound_file_close(compound_file *file);
/* The stream of that (ASCII) name into `out`; *found false, and nothing else, where there is none. */
en_status compound_file_read(const compound_file *file, const char *name, bool *found, en_buf *out, en_error *err);

/* Numbers as such files have them, little endian. */
static inline uint16_t compound_u16(const char *p) {
    return (uint16_t)((unsigned char)p[0] | (unsigned char)p[1] << 8);
}
static inline uint32_t compound_u32(const char *p) {
    return (uint32_t)compound_u16(p) | (uint32_t)compound_u16(p + 2) << 16;
}

#endif
