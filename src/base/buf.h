/* A growing run of bytes that its holder owns. Zero-initialised is empty. */
#ifndef EN_BASE_BUF_H
#define EN_BASE_BUF_H

#include "everyname/base.h"

struct en_buf {
    char *ptr; /* terminated once anything was added */
    size_t len, cap;
};
typedef struct en_buf en_buf;

en_status en_buf_reserve(en_buf *buf, size_t more, en_error *err); /* room for `more` bytes and a terminator */
en_status en_buf_add(en_buf *buf, en_str bytes, en_error *err);
en_status en_buf_add_char(en_buf *buf, char c, en_error *err);
en_status en_buf_addf(en_buf *buf, en_error *err, const char *fmt, ...) EN_PRINTF(3, 4);
void en_buf_clear(en_buf *buf); /* frees */
static inline en_str en_buf_str(const en_buf *buf) { return (en_str){buf->ptr ? buf->ptr : "", buf->len}; }

#endif
