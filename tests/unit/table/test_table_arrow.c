/* An Arrow IPC file is read back by walking its flatbuffers: what pyarrow 26 reads of the same bytes is the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "everyname/table.h"

static int64_t number_at(const char *bytes, size_t at, size_t size) {
    uint64_t x = 0;
    for (size_t i = 0; i < size; i++) x |= (uint64_t)(unsigned char)bytes[at + i] << 8 * i;
    if (size == 2) return (int16_t)x;
    return size == 4 ? (int32_t)x : (int64_t)x;
}

static size_t follow(const char *b, size_t at) { return at + (size_t)number_at(b, at, 4); }

/* Where the i-th field of the table stands; 0 where it is absent. */
static size_t field(const char *b, size_t table, int i) {
    size_t vtable = table - (size_t)number_at(b, table, 4);
    if (4 + 2 * i >= number_at(b, vtable, 2)) return 0;
    size_t offset = (size_t)number_at(b, vtable + 4 + 2 * (size_t)i, 2);
    return offset ? table + offset : 0;
}

static size_t child(const char *b, size_t table, int i) { return follow(b, field(b, table, i)); }

static void make_table(en_table *t) {
    static const char *const names[] = {"who", "n", "x"};
    en_table_builder *b;
    assert_int_equal(en_table_builder_new(names, 3, &b, NULL), EN_OK);
    assert_int_equal(en_table_builder_row(b, (en_str[]){EN_LIT("a"), EN_LIT("3"), EN_LIT("1.5")}, -1, 0, NULL), EN_OK);
    assert_int_equal(en_table_builder_row(b, (en_str[]){EN_LIT("bc"), EN_LIT(""), EN_LIT("-2e3")}, -1, 0, NULL), EN_OK);
    assert_int_equal(en_table_builder_row(b, (en_str[]){EN_LIT("a"), EN_LIT("70000000000"), EN_LIT("0")}, -1, 0, NULL),
                     EN_OK);
    assert_int_equal(en_table_builder_finish(b, t, NULL), EN_OK);
    en_table_builder_free(b);
    assert_int_equal(en_table_to_numbers(t, "n", EN_COLUMN_INT64, "f", NULL), EN_OK);
    assert_int_equal(en_table_to_numbers(t, "x", EN_COLUMN_DOUBLE, "f", NULL), EN_OK);
}

static void check_schema(const char *footer) {
    static const char *const names[] = {"who", "n", "x"};
    static const int64_t types[] = {5, 2, 3}; /* Utf8, Int, FloatingPoint */
    size_t schema = child(footer, follow(footer, 0), 1), fields = child(footer, schema, 1);
    assert_int_equal(number_at(footer, fields, 4), 3);
    for (size_t i = 0; i < 3; i++) {
        size_t f = follow(footer, fields + 4 + 4 * i);
        assert_string_equal(footer + child(footer, f, 0) + 4, names[i]);
        assert_int_equal(footer[field(footer, f, 2)], types[i]);
        assert_int_equal(field(footer, f, 4) != 0, i == 0);
    }
    size_t bits = child(footer, follow(footer, fields + 8), 3);
    assert_int_equal(number_at(footer, field(footer, bits, 0), 4), 64);
}

/* The body of the message whose block stands in the footer, and its record batch. */
static const char *open_block(const char *file, const char *footer, size_t blocks, const char **metadata,
                              size_t *message) {
    size_t offset = (size_t)number_at(footer, blocks + 4, 8), length = (size_t)number_at(footer, blocks + 12, 4);
    assert_int_equal(offset % 8, 0);
    assert_int_equal(number_at(file, offset, 4), -1);
    assert_int_equal(number_at(file, offset + 4, 4) + 8, length);
    *metadata = file + offset + 8;
    *message = follow(*metadata, 0);
    assert_int_equal(number_at(*metadata, field(*metadata, *message, 3), 8), number_at(footer, blocks + 20, 8));
    return file + offset + length;
}

/* The i-th buffer of a record batch in a body. */
static const char *buffer(const char *metadata, size_t records, const char *body, size_t i, int64_t *length) {
    size_t buffers = child(metadata, records, 2);
    assert_int_equal((buffers + 4) % 8, 0);
    *length = number_at(metadata, buffers + 4 + 16 * i + 8, 8);
    return body + number_at(metadata, buffers + 4 + 16 * i, 8);
}

static void check_rows(const char *file, const char *footer) {
    const char *m;
    size_t message;
    int64_t length;
    const char *body = open_block(file, footer, child(footer, follow(footer, 0), 3), &m, &message);
    size_t records = child(m, message, 2), nodes = child(m, records, 1);
    assert_int_equal(number_at(m, field(m, records, 0), 8), 3);
    assert_int_equal(number_at(m, nodes + 4 + 16 + 8, 8), 1); /* n has a null */
    const char *codes = buffer(m, records, body, 1, &length);
    assert_int_equal(length, 12);
    assert_int_equal(number_at(codes, 4, 4), 1);
    assert_int_equal(buffer(m, records, body, 2, &length)[0] & 7, 5);
    assert_int_equal(number_at(buffer(m, records, body, 3, &length), 16, 8), 70000000000);
    double x;
    memcpy(&x, buffer(m, records, body, 5, &length) + 8, sizeof x);
    assert_true(x == -2000);
}

static void check_dictionary(const char *file, const char *footer) {
    const char *m;
    size_t message;
    int64_t length;
    const char *body = open_block(file, footer, child(footer, follow(footer, 0), 2), &m, &message);
    size_t records = child(m, child(m, message, 2), 1);
    const char *offsets = buffer(m, records, body, 1, &length);
    assert_int_equal(length, 12);
    assert_int_equal(number_at(offsets, 8, 4), 3);
    assert_memory_equal(buffer(m, records, body, 2, &length), "abc", 3);
}

static void a_table_comes_back(void **state) {
    (void)state;
    en_table t = {0};
    en_buf out = {0};
    make_table(&t);
    assert_int_equal(en_arrow_write(&t, &out, NULL), EN_OK);
    assert_memory_equal(out.ptr, "ARROW1\0\0", 8);
    assert_memory_equal(out.ptr + out.len - 6, "ARROW1", 6);
    const char *footer = out.ptr + out.len - 10 - number_at(out.ptr, out.len - 10, 4);
    check_schema(footer);
    check_rows(out.ptr, footer);
    check_dictionary(out.ptr, footer);
    en_buf_clear(&out);
    en_table_clear(&t);
}

static void what_is_no_number_is_named(void **state) {
    (void)state;
    static const char *const names[] = {"x"};
    en_table t = {0};
    en_error err;
    en_table_builder *b;
    assert_int_equal(en_table_builder_new(names, 1, &b, NULL), EN_OK);
    assert_int_equal(en_table_builder_row(b, (en_str[]){EN_LIT("1.5")}, -1, 0, NULL), EN_OK);
    assert_int_equal(en_table_builder_row(b, (en_str[]){EN_LIT("many")}, -1, 0, NULL), EN_OK);
    assert_int_equal(en_table_builder_finish(b, &t, NULL), EN_OK);
    en_table_builder_free(b);
    assert_int_equal(en_table_to_numbers(&t, "x", EN_COLUMN_INT64, "f", &err), EN_ERR_INPUT);
    assert_int_equal(err.row, 2);
    assert_int_equal(en_table_to_numbers(&t, "x", EN_COLUMN_DOUBLE, "f", &err), EN_ERR_INPUT);
    assert_int_equal(err.row, 3);
    assert_int_equal(en_table_to_numbers(&t, "y", EN_COLUMN_DOUBLE, "f", &err), EN_ERR_NOT_FOUND);
    en_table_clear(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_table_comes_back),
                                       cmocka_unit_test(what_is_no_number_is_named)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
