#include "table/xls_records.h"

#include "table/parts.h"

bool xls_record_at(en_str stream, size_t at, xls_record *out) {
    if (at + 4 > stream.len) return false;
    size_t len = compound_u16(stream.ptr + at + 2);
    if (stream.len - at - 4 < len) return false;
    *out = (xls_record){compound_u16(stream.ptr + at), {stream.ptr + at + 4, len}, at + 4 + len};
    return true;
}

static bool next_piece(xls_reader *r) {
    xls_record piece;
    if (!xls_record_at(r->stream, r->next, &piece) || piece.type != XLS_CONTINUE) return false;
    r->left = piece.body;
    r->next = piece.next;
    return true;
}

bool xls_read_number(xls_reader *r, int bytes, uint32_t *out) {
    *out = 0;
    for (int i = 0; i < bytes; i++) {
        while (!r->left.len)
            if (!next_piece(r)) return false;
        *out |= (uint32_t)(unsigned char)*r->left.ptr << 8 * i;
        r->left = (en_str){r->left.ptr + 1, r->left.len - 1};
    }
    return true;
}

static bool skip(xls_reader *r, uint64_t bytes) {
    while (bytes > r->left.len) {
        bytes -= r->left.len;
        if (!next_piece(r)) return false;
    }
    r->left = (en_str){r->left.ptr + bytes, r->left.len - (size_t)bytes};
    return true;
}

enum { WIDE = 1, HAS_EXTENSION = 4, HAS_RUNS = 8, NOT_A_CHARACTER = 0xFFFD };

/* UTF-16 units that are put together to characters. */
typedef struct unit_pair {
    uint32_t high; /* the first half of a pair; 0 none */
} unit_pair;

static en_status end_pair(unit_pair *pair, en_buf *out, en_error *err) {
    if (!pair->high) return EN_OK;
    pair->high = 0;
    return table_add_point(out, NOT_A_CHARACTER, err);
}

static en_status add_unit(unit_pair *pair, uint32_t unit, en_buf *out, en_error *err) {
    bool low = unit >= 0xDC00 && unit <= 0xDFFF, high = unit >= 0xD800 && unit < 0xDC00;
    if (low && pair->high) {
        unit = 0x10000 + ((pair->high - 0xD800) << 10) + (unit - 0xDC00);
        pair->high = 0;
        return table_add_point(out, unit, err);
    }
    EN_TRY(end_pair(pair, out, err));
    if (high) pair->high = unit;
    return high ? EN_OK : table_add_point(out, low || !unit ? NOT_A_CHARACTER : unit, err);
}

/* Where a record ends within the characters, what continues it says anew whether they are wide; in a narrow string the
 * upper bytes, which are 0, are left out. */
static en_status read_units(xls_reader *r, uint32_t n, uint32_t flags, en_buf *out, bool *whole, en_error *err) {
    unit_pair pair = {0};
    *whole = true;
    for (; n && *whole; n--) {
        uint32_t unit;
        if (!r->left.len) *whole = next_piece(r) && xls_read_number(r, 1, &flags);
        *whole = *whole && xls_read_number(r, flags & WIDE ? 2 : 1, &unit);
        if (*whole) EN_TRY(add_unit(&pair, unit, out, err));
    }
    return end_pair(&pair, out, err);
}

en_status xls_read_string(xls_reader *r, uint32_t n, en_buf *out, bool *whole, en_error *err) {
    uint32_t flags, runs = 0, extension = 0;
    *whole = xls_read_number(r, 1, &flags) && (!(flags & HAS_RUNS) || xls_read_number(r, 2, &runs)) &&
             (!(flags & HAS_EXTENSION) || xls_read_number(r, 4, &extension));
    if (!*whole) return EN_OK;
    EN_TRY(read_units(r, n, flags, out, whole, err));
    *whole = *whole && skip(r, 4ull * runs + extension); /* how its parts look, and how they are read aloud */
    return EN_OK;
}
