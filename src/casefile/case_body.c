/* Bodies of rows: canonical JSON as RFC 8785 has it, which the ledger hashes as it stands. */
#include <string.h>

#include "casefile/case.h"

/* Bytes of the UTF-8 sequence at p (n left), 0 where there is none: no overlong forms, surrogates or values past
 * U+10FFFF (Unicode 15, table 3-7). */
static size_t utf8_length(const unsigned char *p, size_t n) {
    if (p[0] < 0x80) return 1;
    size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n < len) return 0;
    unsigned char low = 0x80, high = 0xbf;
    if (p[0] == 0xe0) low = 0xa0;
    if (p[0] == 0xed) high = 0x9f;
    if (p[0] == 0xf0) low = 0x90;
    if (p[0] == 0xf4) high = 0x8f;
    if (p[1] < low || p[1] > high) return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xc0) != 0x80) return 0;
    return len;
}

static en_status add_escaped(en_buf *out, unsigned char c, en_error *err) {
    static const char letters[] = "btn\0fr"; /* of 8, 9, 10, 12, 13 */
    if (c == '"' || c == '\\') return en_buf_addf(out, err, "\\%c", c);
    if (c >= 8 && c <= 13 && letters[c - 8]) return en_buf_addf(out, err, "\\%c", letters[c - 8]);
    return en_buf_addf(out, err, "\\u%04x", c);
}

/* `what` names the text in the error. */
static en_status add_string(en_buf *out, const char *what, const char *value, en_error *err) {
    const unsigned char *p = (const unsigned char *)value;
    size_t left = strlen(value);
    EN_TRY(en_buf_add_char(out, '"', err));
    while (left) {
        size_t n = utf8_length(p, left);
        if (n == 0) {
            en_fail(err, EN_ERR_INPUT, "%s is not UTF-8", what);
            return en_error_mend(err, "give it in UTF-8"), EN_ERR_INPUT;
        }
        if (*p < 0x20 || *p == '"' || *p == '\\')
            EN_TRY(add_escaped(out, *p, err));
        else
            EN_TRY(en_buf_add(out, (en_str){(const char *)p, n}, err));
        p += n;
        left -= n;
    }
    return en_buf_add_char(out, '"', err);
}

en_status en_body_string(en_buf *out, const char *value, en_error *err) {
    return add_string(out, "a text", value, err);
}

/* False, with nothing more to add, once something failed. Callers name members in ascending order, as RFC 8785 has
 * them; one out of order is a fault of this program. */
static bool begin_member(en_body *body, const char *key) {
    if (body->status != EN_OK) return false;
    if (body->last_key && strcmp(body->last_key, key) >= 0) {
        body->status = en_fail(body->err, EN_ERR_USAGE, "member %s is out of order", key);
        return false;
    }
    body->status = en_buf_addf(&body->json, body->err, "%c\"%s\":", body->last_key ? ',' : '{', key);
    body->last_key = key;
    return body->status == EN_OK;
}

void en_body_text(en_body *body, const char *key, const char *value) {
    if (!value || !value[0] || !begin_member(body, key)) return;
    body->status = add_string(&body->json, key, value, body->err);
}

void en_body_int(en_body *body, const char *key, int64_t value) {
    if (begin_member(body, key)) body->status = en_buf_addf(&body->json, body->err, "%lld", (long long)value);
}

void en_body_id(en_body *body, en_case *c, const char *key, en_id id) {
    char text[EN_GLOBAL_TEXT];
    if (en_id_eq(id, EN_ID_NONE) || body->status != EN_OK) return;
    body->status = en_id_global(c, id, text, body->err);
    en_body_text(body, key, text);
}

void en_body_hex(en_body *body, const char *key, const unsigned char *bytes, size_t n) {
    char hex[EN_HASH_HEX];
    en_hex(bytes, n, hex);
    en_body_text(body, key, hex);
}

en_status en_body_end(en_body *body) {
    if (body->status == EN_OK)
        body->status = en_buf_add(&body->json, body->last_key ? EN_LIT("}") : EN_LIT("{}"), body->err);
    return body->status;
}
