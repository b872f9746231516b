/* Writing JSON as text where there may be millions of values: a growing run of bytes, no tree. */
#ifndef EN_APP_JSON_TEXT_H
#define EN_APP_JSON_TEXT_H

#include "base/buf.h"

/* A quoted string; `text` is UTF-8. */
en_status en_json_text_add(en_buf *out, en_str text, en_error *err);
/* The shortest digits that read back as the same number; null where it is none. */
en_status en_json_text_real(en_buf *out, double value, en_error *err);
/* `,` unless `first`, the quoted key, `:`. */
en_status en_json_text_key(en_buf *out, bool first, const char *key, en_error *err);

#endif
