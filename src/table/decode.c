/* How bytes become UTF-8 text. */
#include <stdio.h>
#include <string.h>

#include "table/encoding.h"
#include "table/parts.h"

static int64_t lines_before(en_str text) {
    int64_t n = 1;
    for (size_t i = 0; i < text.len; i++) n += text.ptr[i] == '\n';
    return n;
}

/* A byte that its encoding does not have says that the encoding is another one; so this is never a reject of a row. */
static en_status undecodable(encoding e, size_t byte, const en_buf *so_far, const en_read_options *options,
                             en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the text is not %s", encoding_name(e));
    en_error_mend(err, "save the file as UTF-8, or name its encoding");
    return table_fault_at(options, lines_before(en_buf_str(so_far)), NULL, (int64_t)byte, err);
}

static en_status decode_page(encoding e, en_str bytes, const en_read_options *options, en_buf *out, en_error *err) {
    uint32_t points[256];
    EN_TRY(encoding_page(e, points, err));
    for (size_t i = 0; i < bytes.len; i++) {
        uint32_t c = points[(unsigned char)bytes.ptr[i]];
        if (c == 0xFFFFFFFFu) return undecodable(e, i, out, options, err);
        EN_TRY(table_add_point(out, c, err));
    }
    return EN_OK;
}

static en_status decode_utf16(encoding e, en_str bytes, const en_read_options *options, en_buf *out, en_error *err) {
    size_t fault = encoding_utf16_fault(e, bytes), high = e == ENCODING_UTF16LE;
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    for (size_t at = encoding_bom(e, bytes); at < fault; at += 2) {
        uint32_t c = (uint32_t)p[at + high] << 8 | p[at + 1 - high];
        if (c >= 0xD800 && c <= 0xDFFF) {
            at += 2;
            c = 0x10000 + ((c - 0xD800) << 10) + (((uint32_t)p[at + high] << 8 | p[at + 1 - high]) - 0xDC00);
        }
        EN_TRY(table_add_point(out, c, err));
    }
    return fault == bytes.len ? EN_OK : undecodable(e, fault, out, options, err);
}

static en_status choose_encoding(en_str bytes, const en_read_options *options, encoding *e, en_error *err) {
    const char *name = options ? options->encoding : NULL;
    *e = name ? encoding_of_name(name) : encoding_detect(bytes);
    if (*e != ENCODING_UNKNOWN) return EN_OK;
    if (name) {
        en_fail(err, EN_ERR_USAGE, "the encoding %s is not known", name);
        return en_error_mend(err, "use UTF-8, UTF-16LE, UTF-16BE, windows-1250, -1251, -1252 or -1256");
    }
    en_fail(err, EN_ERR_INPUT, "the encoding was not recognised");
    en_error_mend(err, "save the file as UTF-8, or name its encoding");
    return table_fault_at(options, 1, NULL, (int64_t)table_utf8_fault(bytes, 0), err);
}

en_status table_decode(en_str bytes, const en_read_options *options, en_read_report *report, en_str *text,
                       size_t *start, bool *clean, en_error *err) {
    encoding e;
    EN_TRY(choose_encoding(bytes, options, &e, err));
    snprintf(report->encoding, sizeof report->encoding, "%s", encoding_name(e));
    size_t mark = encoding_bom(e, bytes);
    report->had_bom = mark > 0;
    *start = e == ENCODING_UTF8 ? mark : 0;
    *text = bytes;
    if (e != ENCODING_UTF8) {
        en_buf decoded = {0};
        en_status status = en_buf_reserve(&decoded, bytes.len, err);
        if (status == EN_OK && e <= ENCODING_UTF16BE)
            status = decode_utf16(e, bytes, options, &decoded, err);
        else if (status == EN_OK)
            status = decode_page(e, bytes, options, &decoded, err);
        if (status != EN_OK) {
            en_buf_clear(&decoded);
            return status;
        }
        decoded.ptr[decoded.len] = 0;
        report->text = decoded.ptr;
        report->text_len = decoded.len;
        *text = en_buf_str(&decoded);
    }
    *clean = table_utf8_fault(*text, *start) == text->len;
    return EN_OK;
}
