/* Tables out as an Arrow IPC file (Apache Arrow columnar format 1.x, "IPC File Format"): one record batch, each string
 * column dictionary-coded as it is in memory. Metadata are flatbuffers, written front to back: a table is its vtable,
 * its fields, and later what its offsets point to. */
#include <string.h>

#include "table/parts.h"

enum {
    FIELDS_MAX = 8,
    BODY_ALIGN = 64,
    METADATA_V5 = 4,
    HEADER_SCHEMA = 1,
    HEADER_DICTIONARY = 2,
    HEADER_RECORDS = 3,
    TYPE_INT = 2,
    TYPE_FLOAT = 3,
    TYPE_UTF8 = 5,
    PRECISION_DOUBLE = 2
};

/* ---- flatbuffers ---- */

/* One field of a table: absent where its size is 0. An offset is a field of size 4 that is pointed later. */
typedef struct flat_field {
    size_t size;
    int64_t value;
} flat_field;

#define FLAT_OFFSET                                                                                                    \
    { 4, 0 }

static en_status add_number(en_buf *b, int64_t value, size_t size, en_error *err) {
    char bytes[8];
    for (size_t i = 0; i < size; i++) bytes[i] = (char)((uint64_t)value >> 8 * i & 0xFF);
    return en_buf_add(b, (en_str){bytes, size}, err);
}

/* Zeros until the length is `rest` above a multiple of `to`. */
static en_status pad(en_buf *b, size_t to, size_t rest, en_error *err) {
    while (b->len % to != rest) EN_TRY(en_buf_add_char(b, 0, err));
    return EN_OK;
}

static void point(en_buf *b, size_t from, size_t to) {
    for (size_t i = 0; i < 4; i++) b->ptr[from + i] = (char)((to - from) >> 8 * i & 0xFF);
}

/* `at` gets where each field stands; at[n] where the table begins, to which others point. */
static en_status add_table(en_buf *b, const flat_field *fields, int n, size_t at[], en_error *err) {
    size_t offsets[FIELDS_MAX], size = 4, vtable = 4 + 2 * (size_t)n;
    for (int i = 0; i < n; i++) {
        size_t s = fields[i].size;
        if (s) size = (size + s - 1) / s * s;
        offsets[i] = s ? size : 0;
        size += s;
    }
    /* The table begins at a multiple of 8, its vtable right before it. */
    EN_TRY(pad(b, 8, (8 - vtable % 8) % 8, err));
    EN_TRY(add_number(b, (int64_t)vtable, 2, err));
    EN_TRY(add_number(b, (int64_t)size, 2, err));
    for (int i = 0; i < n; i++) EN_TRY(add_number(b, (int64_t)offsets[i], 2, err));
    size_t start = b->len;
    EN_TRY(add_number(b, (int64_t)vtable, 4, err));
    for (int i = 0; i < n; i++) {
        at[i] = start + offsets[i];
        while (fields[i].size && b->len < at[i]) EN_TRY(en_buf_add_char(b, 0, err));
        EN_TRY(add_number(b, fields[i].value, fields[i].size, err));
    }
    at[n] = start;
    return EN_OK;
}

static en_status add_string(en_buf *b, const char *text, size_t from, en_error *err) {
    EN_TRY(pad(b, 4, 0, err));
    point(b, from, b->len);
    EN_TRY(add_number(b, (int64_t)strlen(text), 4, err));
    return en_buf_add(b, (en_str){text, strlen(text) + 1}, err);
}

/* Begins a vector whose elements are of 4 or 8 bytes; the caller adds them. */
static en_status begin_vector(en_buf *b, int64_t n, size_t element, size_t from, en_error *err) {
    EN_TRY(pad(b, 8, element == 8 ? 4 : 0, err));
    point(b, from, b->len);
    return add_number(b, n, 4, err);
}

/* ---- schema ---- */

static en_status add_int_type(en_buf *b, int bits, size_t from, en_error *err) {
    const flat_field fields[] = {{4, bits}, {1, 1}};
    size_t at[3];
    EN_TRY(add_table(b, fields, 2, at, err));
    point(b, from, at[2]);
    return EN_OK;
}

static en_status add_type(en_buf *b, en_column_type type, size_t from, en_error *err) {
    const flat_field precision = {2, PRECISION_DOUBLE};
    size_t at[2];
    if (type == EN_COLUMN_INT64) return add_int_type(b, 64, from, err);
    EN_TRY(add_table(b, &precision, type == EN_COLUMN_DOUBLE, at, err));
    point(b, from, at[type == EN_COLUMN_DOUBLE]);
    return EN_OK;
}

/* A string column: the codes are int32, the dictionary has the column's number. */
static en_status add_encoding(en_buf *b, int32_t id, size_t from, en_error *err) {
    const flat_field fields[] = {{8, id}, FLAT_OFFSET};
    size_t at[3];
    EN_TRY(add_table(b, fields, 2, at, err));
    point(b, from, at[2]);
    return add_int_type(b, 32, at[1], err);
}

static en_status add_field(en_buf *b, const en_column *c, int32_t id, size_t from, en_error *err) {
    static const int types[] = {
        [EN_COLUMN_STRING] = TYPE_UTF8, [EN_COLUMN_INT64] = TYPE_INT, [EN_COLUMN_DOUBLE] = TYPE_FLOAT};
    bool coded = c->type == EN_COLUMN_STRING;
    /* name, nullable, type_type, type, dictionary, children */
    const flat_field fields[] = {FLAT_OFFSET,        {1, 1},     {1, types[c->type]}, FLAT_OFFSET,
                                 {coded ? 4 : 0, 0}, FLAT_OFFSET};
    size_t at[7];
    EN_TRY(add_table(b, fields, 6, at, err));
    point(b, from, at[6]);
    EN_TRY(add_string(b, c->name, at[0], err));
    EN_TRY(add_type(b, c->type, at[3], err));
    if (coded) EN_TRY(add_encoding(b, id, at[4], err));
    return begin_vector(b, 0, 4, at[5], err);
}

static en_status add_schema(en_buf *b, const en_table *t, size_t from, en_error *err) {
    const flat_field fields[] = {{2, 0}, FLAT_OFFSET}; /* little-endian */
    size_t at[3];
    EN_TRY(add_table(b, fields, 2, at, err));
    point(b, from, at[2]);
    EN_TRY(begin_vector(b, t->n_columns, 4, at[1], err));
    size_t first = b->len;
    for (int32_t i = 0; i < t->n_columns; i++) EN_TRY(add_number(b, 0, 4, err));
    for (int32_t i = 0; i < t->n_columns; i++) EN_TRY(add_field(b, &t->columns[i], i, first + 4 * (size_t)i, err));
    return EN_OK;
}

/* ---- batches ---- */

/* The arrays of a batch: lengths and nulls of each, and its parts in the body. */
typedef struct batch {
    int64_t rows;
    en_buf nodes, buffers, body;
    int64_t n_nodes, n_buffers;
} batch;

static void clear_batch(batch *b) {
    en_buf_clear(&b->nodes);
    en_buf_clear(&b->buffers);
    en_buf_clear(&b->body);
}

static en_status add_buffer(batch *b, const void *bytes, size_t n, en_error *err) {
    EN_TRY(add_number(&b->buffers, (int64_t)b->body.len, 8, err));
    EN_TRY(add_number(&b->buffers, (int64_t)n, 8, err));
    b->n_buffers++;
    if (n) EN_TRY(en_buf_add(&b->body, (en_str){bytes, n}, err));
    return pad(&b->body, BODY_ALIGN, 0, err);
}

static en_status add_node(batch *b, int64_t length, int64_t nulls, en_error *err) {
    b->n_nodes++;
    EN_TRY(add_number(&b->nodes, length, 8, err));
    return add_number(&b->nodes, nulls, 8, err);
}

static en_status add_column(batch *b, const en_column *c, int64_t rows, en_error *err) {
    size_t n = (size_t)rows;
    EN_TRY(add_node(b, rows, c->null_count, err));
    EN_TRY(add_buffer(b, c->validity, c->validity ? (n + 7) / 8 : 0, err));
    if (c->type == EN_COLUMN_STRING) return add_buffer(b, c->codes, n * sizeof *c->codes, err);
    if (c->type == EN_COLUMN_INT64) return add_buffer(b, c->ints, n * sizeof *c->ints, err);
    return add_buffer(b, c->doubles, n * sizeof *c->doubles, err);
}

/* Offsets of 32 bits, which every reader of dictionaries knows. */
static en_status add_dictionary(batch *b, const en_column *c, en_error *err) {
    en_buf offsets = {0};
    size_t bytes = (size_t)c->dict_offsets[c->dict_len];
    if (bytes > INT32_MAX)
        return en_fail(err, EN_ERR_LIMIT, "column \"%.100s\" has more than 2 GiB of distinct text", c->name);
    en_status status = EN_OK;
    for (int32_t i = 0; i <= c->dict_len && status == EN_OK; i++)
        status = add_number(&offsets, c->dict_offsets[i], 4, err);
    b->rows = c->dict_len;
    if (status == EN_OK) status = add_node(b, c->dict_len, 0, err);
    if (status == EN_OK) status = add_buffer(b, NULL, 0, err);
    if (status == EN_OK) status = add_buffer(b, offsets.ptr, offsets.len, err);
    if (status == EN_OK) status = add_buffer(b, c->dict_bytes, bytes, err);
    en_buf_clear(&offsets);
    return status;
}

/* The metadata of a batch. */
static en_status add_records(en_buf *b, const batch *from, size_t pointer, en_error *err) {
    const flat_field fields[] = {{8, from->rows}, FLAT_OFFSET, FLAT_OFFSET};
    size_t at[4];
    EN_TRY(add_table(b, fields, 3, at, err));
    point(b, pointer, at[3]);
    EN_TRY(begin_vector(b, from->n_nodes, 8, at[1], err));
    EN_TRY(en_buf_add(b, en_buf_str(&from->nodes), err));
    EN_TRY(begin_vector(b, from->n_buffers, 8, at[2], err));
    return en_buf_add(b, en_buf_str(&from->buffers), err);
}

/* ---- messages ---- */

typedef struct block {
    int64_t offset, metadata, body;
} block;

typedef struct writer {
    const en_table *table;
    en_buf *out;
    size_t start;  /* of the file in `out` */
    en_buf blocks; /* of dictionaries, as the footer has them */
    int64_t n_dictionaries;
} writer;

/* A message's table up to its header; *header is where that is pointed from. */
static en_status begin_message(en_buf *b, int kind, int64_t body, size_t *header, en_error *err) {
    const flat_field fields[] = {{2, METADATA_V5}, {1, kind}, FLAT_OFFSET, {8, body}};
    size_t at[5];
    EN_TRY(add_number(b, 0, 4, err));
    EN_TRY(add_table(b, fields, 4, at, err));
    point(b, 0, at[4]);
    *header = at[2];
    return EN_OK;
}

static en_status put_message(writer *w, en_buf *metadata, en_str body, block *where, en_error *err) {
    EN_TRY(pad(metadata, 8, 0, err));
    *where = (block){(int64_t)(w->out->len - w->start), (int64_t)metadata->len + 8, (int64_t)body.len};
    EN_TRY(add_number(w->out, -1, 4, err));
    EN_TRY(add_number(w->out, (int64_t)metadata->len, 4, err));
    EN_TRY(en_buf_add(w->out, en_buf_str(metadata), err));
    return en_buf_add(w->out, body, err);
}

static en_status put_schema(writer *w, en_error *err) {
    en_buf metadata = {0};
    block where;
    size_t header;
    en_status status = begin_message(&metadata, HEADER_SCHEMA, 0, &header, err);
    if (status == EN_OK) status = add_schema(&metadata, w->table, header, err);
    if (status == EN_OK) status = put_message(w, &metadata, (en_str){"", 0}, &where, err);
    en_buf_clear(&metadata);
    return status;
}

/* `id` of a dictionary; below 0 for the rows. */
static en_status describe_batch(en_buf *metadata, const batch *b, int32_t id, en_error *err) {
    const flat_field fields[] = {{8, id}, FLAT_OFFSET};
    size_t header, at[3];
    EN_TRY(begin_message(metadata, id < 0 ? HEADER_RECORDS : HEADER_DICTIONARY, (int64_t)b->body.len, &header, err));
    if (id < 0) return add_records(metadata, b, header, err);
    EN_TRY(add_table(metadata, fields, 2, at, err));
    point(metadata, header, at[2]);
    return add_records(metadata, b, at[1], err);
}

static en_status put_batch(writer *w, const batch *b, int32_t id, block *where, en_error *err) {
    en_buf metadata = {0};
    en_status status = describe_batch(&metadata, b, id, err);
    if (status == EN_OK) status = put_message(w, &metadata, en_buf_str(&b->body), where, err);
    en_buf_clear(&metadata);
    return status;
}

static en_status add_block(en_buf *b, const block *from, en_error *err) {
    EN_TRY(add_number(b, from->offset, 8, err));
    EN_TRY(add_number(b, from->metadata, 8, err)); /* an int32 and its padding */
    return add_number(b, from->body, 8, err);
}

static en_status put_dictionaries(writer *w, en_error *err) {
    for (int32_t i = 0; i < w->table->n_columns; i++) {
        batch b = {0};
        block where;
        if (w->table->columns[i].type != EN_COLUMN_STRING) continue;
        en_status status = add_dictionary(&b, &w->table->columns[i], err);
        if (status == EN_OK) status = put_batch(w, &b, i, &where, err);
        if (status == EN_OK) status = add_block(&w->blocks, &where, err);
        clear_batch(&b);
        if (status != EN_OK) return status;
        w->n_dictionaries++;
    }
    return EN_OK;
}

static en_status put_rows(writer *w, block *where, en_error *err) {
    batch b = {.rows = w->table->rows};
    en_status status = EN_OK;
    for (int32_t i = 0; i < w->table->n_columns && status == EN_OK; i++)
        status = add_column(&b, &w->table->columns[i], w->table->rows, err);
    if (status == EN_OK) status = put_batch(w, &b, -1, where, err);
    clear_batch(&b);
    return status;
}

static en_status add_footer(const writer *w, const block *rows, en_buf *footer, en_error *err) {
    /* version, schema, dictionaries, recordBatches */
    const flat_field fields[] = {{2, METADATA_V5}, FLAT_OFFSET, FLAT_OFFSET, FLAT_OFFSET};
    size_t at[5];
    EN_TRY(add_number(footer, 0, 4, err));
    EN_TRY(add_table(footer, fields, 4, at, err));
    point(footer, 0, at[4]);
    EN_TRY(add_schema(footer, w->table, at[1], err));
    EN_TRY(begin_vector(footer, w->n_dictionaries, 8, at[2], err));
    EN_TRY(en_buf_add(footer, en_buf_str(&w->blocks), err));
    EN_TRY(begin_vector(footer, 1, 8, at[3], err));
    return add_block(footer, rows, err);
}

static en_status put_footer(writer *w, const block *rows, en_error *err) {
    en_buf footer = {0};
    en_status status = add_footer(w, rows, &footer, err);
    if (status == EN_OK) status = add_number(w->out, 0xFFFFFFFF, 8, err); /* end of the stream */
    if (status == EN_OK) status = en_buf_add(w->out, en_buf_str(&footer), err);
    if (status == EN_OK) status = add_number(w->out, (int64_t)footer.len, 4, err);
    if (status == EN_OK) status = en_buf_add(w->out, EN_LIT("ARROW1"), err);
    en_buf_clear(&footer);
    return status;
}

static en_status write_all(writer *w, en_error *err) {
    block rows;
    EN_TRY(en_buf_add(w->out, (en_str){"ARROW1\0\0", 8}, err));
    EN_TRY(put_schema(w, err));
    EN_TRY(put_dictionaries(w, err));
    EN_TRY(put_rows(w, &rows, err));
    return put_footer(w, &rows, err);
}

en_status en_arrow_write(const en_table *table, en_buf *out, en_error *err) {
    writer w = {.table = table, .out = out, .start = out->len};
    en_status status = write_all(&w, err);
    en_buf_clear(&w.blocks);
    return status;
}
