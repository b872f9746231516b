#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

en_status en_buf_reserve(en_buf *buf, size_t more, en_error *err) {
    if (more < buf->cap - buf->len) return EN_OK;
    if (more > SIZE_MAX / 2 - buf->len) return en_no_memory(err);
    size_t cap = buf->cap + buf->cap / 2;
    if (cap < buf->len + more + 1) cap = buf->len + more + 1;
    if (cap < 64) cap = 64;
    char *grown = realloc(buf->ptr, cap);
    if (!grown) return en_no_memory(err);
    buf->ptr = grown;
    buf->cap = cap;
    return EN_OK;
}

en_status en_buf_add(en_buf *buf, en_str bytes, en_error *err) {
    EN_TRY(en_buf_reserve(buf, bytes.len, err));
    if (bytes.len) memcpy(buf->ptr + buf->len, bytes.ptr, bytes.len);
    buf->len += bytes.len;
    buf->ptr[buf->len] = 0;
    return EN_OK;
}

en_status en_buf_add_char(en_buf *buf, char c, en_error *err) { return en_buf_add(buf, (en_str){&c, 1}, err); }

en_status en_buf_addf(en_buf *buf, en_error *err, const char *fmt, ...) {
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    en_status status =
        need < 0 ? en_fail(err, EN_ERR_INPUT, "cannot format text") : en_buf_reserve(buf, (size_t)need, err);
    if (status == EN_OK) {
        vsnprintf(buf->ptr + buf->len, (size_t)need + 1, fmt, again);
        buf->len += (size_t)need;
    }
    va_end(again);
    return status;
}

void en_buf_clear(en_buf *buf) {
    free(buf->ptr);
    *buf = (en_buf){0};
}
