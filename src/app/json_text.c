/* Writing JSON as text. */
#include "app/json_text.h"

#include <math.h>

#include "table/parts.h"

en_status en_json_text_add(en_buf *out, en_str text, en_error *err) {
    EN_TRY(en_buf_add_char(out, '"', err));
    for (size_t i = 0, from = 0; i <= text.len; i++) {
        unsigned char c = i < text.len ? (unsigned char)text.ptr[i] : '"';
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        EN_TRY(en_buf_add(out, (en_str){text.ptr + from, i - from}, err));
        if (i < text.len) EN_TRY(en_buf_addf(out, err, c < 0x20 ? "\\u%04x" : "\\%c", c));
        from = i + 1;
    }
    return en_buf_add_char(out, '"', err);
}

en_status en_json_text_real(en_buf *out, double value, en_error *err) {
    char digits[32];
    if (!isfinite(value)) return en_buf_add(out, EN_LIT("null"), err);
    table_format_double(value, digits);
    return en_buf_add(out, en_str_of(digits), err);
}

en_status en_json_text_key(en_buf *out, bool first, const char *key, en_error *err) {
    if (!first) EN_TRY(en_buf_add_char(out, ',', err));
    EN_TRY(en_json_text_add(out, en_str_of(key), err));
    return en_buf_add_char(out, ':', err);
}
