/* The records that a stream of an .xls workbook (BIFF8, [MS-XLS]) is made of, and strings in them, which may run on
 * through several. */
#ifndef EN_TABLE_XLS_RECORDS_H
#define EN_TABLE_XLS_RECORDS_H

#include "base/buf.h"
#include "table/compound_file.h"

enum {
    XLS_FORMULA = 0x06,
    XLS_EOF = 0x0A,
    XLS_DATE_MODE = 0x22,
    XLS_PASSWORD = 0x2F,
    XLS_CONTINUE = 0x3C,
    XLS_SHEET = 0x85,
    XLS_MANY_RK = 0xBD,
    XLS_RICH_LABEL = 0xD6,
    XLS_STYLE = 0xE0,
    XLS_MERGED = 0xE5,
    XLS_STRINGS = 0xFC,
    XLS_SHARED_LABEL = 0xFD,
    XLS_NUMBER = 0x203,
    XLS_LABEL = 0x204,
    XLS_BOOL_OR_ERROR = 0x205,
    XLS_FORMULA_STRING = 0x207,
    XLS_RK = 0x27E,
    XLS_FORMAT = 0x41E,
    XLS_START = 0x809
};

typedef struct xls_record {
    uint16_t type;
    en_str body;
    size_t next; /* where the stream goes on */
} xls_record;
/* The record at byte `at`; false at the end of the stream, and where it is cut short. */
bool xls_record_at(en_str stream, size_t at, xls_record *out);

/* Reads on from one record into those that continue it. */
typedef struct xls_reader {
    en_str stream, left;
    size_t next;
} xls_reader;
static inline xls_reader xls_read_from(en_str stream, const xls_record *record, size_t skip) {
    size_t n = skip < record->body.len ? skip : record->body.len;
    return (xls_reader){stream, {record->body.ptr + n, record->body.len - n}, record->next};
}
bool xls_read_number(xls_reader *r, int bytes, uint32_t *out); /* 1, 2 or 4; false where the record ends */
/* A string of `n` UTF-16 units, from its flags on, added to `out` as UTF-8; *whole false where the record ends. A NUL
 * and half a surrogate pair become U+FFFD. */
en_status xls_read_string(xls_reader *r, uint32_t n, en_buf *out, bool *whole, en_error *err);

#endif
