/* What a linkage gives beside persons, as CSV files. */
#include "app/link_out.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/os.h"
#include "everyname/limits.h"

/* One line of CSV after another; the first failure is kept. */
typedef struct csv_out {
    en_buf text;
    bool in_row;
    en_status status;
    en_error *err;
} csv_out;

static void put(csv_out *out, en_str cell) {
    if (out->status == EN_OK && out->in_row) out->status = en_buf_add_char(&out->text, ',', out->err);
    if (out->status == EN_OK) out->status = en_csv_write_cell(cell, &out->text, out->err);
    out->in_row = true;
}

static void put_text(csv_out *out, const char *cell) { put(out, en_str_of(cell)); }

static void put_int(csv_out *out, int64_t value) {
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)value);
    put_text(out, digits);
}

static void put_real(csv_out *out, double value) {
    char digits[40];
    snprintf(digits, sizeof digits, "%.9g", value);
    put_text(out, digits);
}

static void end_row(csv_out *out) {
    if (out->status == EN_OK) out->status = en_buf_add_char(&out->text, '\n', out->err);
    out->in_row = false;
}

static en_status save(csv_out *out, const char *path) {
    if (out->status == EN_OK) out->status = en_os_write_file(path, en_buf_str(&out->text), out->err);
    en_buf_clear(&out->text);
    return out->status;
}

/* ---- pairs to be judged ---- */

/* A list that is a file goes by the file's name without folder and ending. */
static en_str list_name(en_str list, bool is_file) {
    if (!is_file) return list;
    for (size_t i = list.len; i > 0; i--)
        if (list.ptr[i - 1] == '/') {
            list = (en_str){list.ptr + i, list.len - i};
            break;
        }
    for (size_t i = list.len; i > 1; i--)
        if (list.ptr[i - 1] == '.') return (en_str){list.ptr, i - 1};
    return list;
}

static void put_sides(csv_out *out, const char *column) {
    en_buf name = {0};
    for (int side = 0; side < 2 && out->status == EN_OK; side++) {
        name.len = 0;
        out->status = en_buf_addf(&name, out->err, "%s_%c", column, "ab"[side]);
        put(out, en_buf_str(&name));
    }
    en_buf_clear(&name);
}

/* Only a sample for evaluation is of strata: pairs that teach most are no fair sample of anything. */
static void put_asked_header(csv_out *out, const en_link_rows *rows, bool sampled) {
    put_text(out, "rec_id_a");
    put_text(out, "rec_id_b");
    put_text(out, "same");
    put_sides(out, "list");
    for (size_t k = 0; k < rows->n_fields; k++) put_sides(out, rows->fields[k].column);
    /* What the sample is made of comes last, out of the sight of whoever judges. */
    if (sampled) put_text(out, "stratum");
    if (sampled) put_text(out, "stands_for");
    put_text(out, "probability");
    end_row(out);
}

static void put_asked(csv_out *out, const en_link_rows *rows, const en_link_asked *asked, bool sampled) {
    const en_column *list = en_table_column(rows->table, "list");
    put(out, rows->ids[asked->row_a]);
    put(out, rows->ids[asked->row_b]);
    put_text(out, "");
    put(out, list_name(en_column_str(list, asked->row_a), rows->lists_are_files));
    put(out, list_name(en_column_str(list, asked->row_b), rows->lists_are_files));
    for (size_t k = 0; k < rows->n_fields; k++) {
        const en_column *c = en_table_column(rows->table, rows->fields[k].column);
        put(out, en_column_str(c, asked->row_a));
        put(out, en_column_str(c, asked->row_b));
    }
    if (sampled) put_int(out, asked->stratum);
    if (sampled) put_real(out, asked->stands_for);
    put_real(out, (double)asked->probability);
    end_row(out);
}

en_status en_link_write_asked(const en_link_rows *rows, const en_link_result *link, en_link_purpose purpose,
                              const char *path, en_error *err) {
    csv_out out = {.err = err};
    bool sampled = purpose == EN_ASK_TO_EVALUATE;
    put_asked_header(&out, rows, sampled);
    for (int64_t i = 0; out.status == EN_OK && i < link->n_asked; i++) put_asked(&out, rows, &link->asked[i], sampled);
    return save(&out, path);
}

/* ---- partitions ---- */

typedef struct row_id {
    en_str id;
    int64_t row;
} row_id;

static int by_id(const void *a, const void *b) { return en_str_cmp(((const row_id *)a)->id, ((const row_id *)b)->id); }

/* Rows in order of id, so that the first of a person's is the one that names it. */
static row_id *sort_rows(const en_link_rows *rows) {
    int64_t n = rows->table->rows;
    row_id *sorted = malloc(((size_t)n + 1) * sizeof *sorted);
    for (int64_t i = 0; sorted && i < n; i++) sorted[i] = (row_id){rows->ids[i], i};
    if (sorted) qsort(sorted, (size_t)n, sizeof *sorted, by_id);
    return sorted;
}

static void name_persons(const row_id *sorted, int64_t n, const int32_t *person, int32_t *first) {
    for (int64_t i = 0; i < n; i++) first[i] = -1;
    for (int64_t i = 0; i < n; i++)
        if (first[person[sorted[i].row]] < 0) first[person[sorted[i].row]] = (int32_t)i;
}

en_status en_link_write_partitions(const en_link_rows *rows, const en_link_result *link, const char *path,
                                   en_error *err) {
    int64_t n = rows->table->rows;
    int k_most = link->n_partitions;
    csv_out out = {.err = err};
    row_id *sorted = sort_rows(rows);
    int32_t *first = malloc(((size_t)n * (size_t)k_most + 1) * sizeof *first);
    if (!sorted || !first) out.status = en_no_memory(err);
    put_text(&out, "rec_id");
    for (int k = 0; out.status == EN_OK && k < k_most; k++) {
        char name[16];
        snprintf(name, sizeof name, "p%d", k + 1);
        put_text(&out, name);
        name_persons(sorted, n, link->partitions + k * n, first + k * n);
    }
    end_row(&out);
    for (int64_t i = 0; out.status == EN_OK && i < n; i++) {
        put(&out, sorted[i].id);
        for (int k = 0; k < k_most; k++) put(&out, sorted[first[k * n + link->partitions[k * n + sorted[i].row]]].id);
        end_row(&out);
    }
    free(sorted);
    free(first);
    return save(&out, path);
}

/* ---- capture histories ---- */

static en_status name_lists(const en_link_rows *rows, const en_column *list, en_arena *arena, const char **names,
                            en_error *err) {
    if (list->dict_len > EN_LIMIT_LISTS) {
        en_fail(err, EN_ERR_LIMIT, "%d lists, and capture histories have at most %d", list->dict_len, EN_LIMIT_LISTS);
        en_error_mend(err, "join lists that copy one another into one");
        return EN_ERR_LIMIT;
    }
    for (int32_t i = 0; i < list->dict_len; i++) {
        en_str name = list_name(en_column_entry(list, i), rows->lists_are_files);
        for (int32_t k = 0; k < list->dict_len; k++)
            if (k != i && en_str_eq(name, list_name(en_column_entry(list, k), rows->lists_are_files)))
                name = en_column_entry(list, i);
        if (!(names[i] = en_arena_strdup(arena, name))) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status check_lists(const en_link_rows *rows, const en_column *list, en_error *err) {
    for (int64_t i = 0; i < rows->table->rows; i++) {
        if (!en_column_is_null(list, i)) continue;
        en_str id = rows->ids[i];
        en_fail(err, EN_ERR_INPUT, "the record \"%.*s\" says no list that it is from",
                (int)(id.len < 100 ? id.len : 100), id.ptr);
        return en_error_mend(err, "fill the column that --list names in every row"), EN_ERR_INPUT;
    }
    return EN_OK;
}

static void put_histories(csv_out *out, int rep, const en_histories *h) {
    for (int64_t i = 0; out->status == EN_OK && i < h->n_cells; i++) {
        if (rep) put_int(out, rep);
        for (int j = 0; j < h->n_lists; j++) put_text(out, h->patterns[i] >> j & 1 ? "1" : "0");
        put_int(out, h->counts[i]);
        end_row(out);
    }
}

static en_status count_patterns(const en_column *list, const char *const *names, const int32_t *person, int64_t n,
                                en_histories *out, en_error *err) {
    int64_t persons = 0;
    uint32_t *patterns = calloc((size_t)n + 1, sizeof *patterns);
    if (!patterns) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) {
        patterns[person[i]] |= 1u << list->codes[i];
        if (person[i] >= persons) persons = person[i] + 1;
    }
    en_status status = en_histories_from_patterns(names, list->dict_len, patterns, persons, out, err);
    free(patterns);
    return status;
}

en_status en_link_write_histories(const en_link_rows *rows, const en_link_result *link, const char *path,
                                  en_error *err) {
    const en_column *list = en_table_column(rows->table, "list");
    int64_t n = rows->table->rows;
    const char *names[EN_LIMIT_LISTS];
    csv_out out = {.err = err};
    en_arena *arena = en_arena_new();
    out.status = arena ? check_lists(rows, list, err) : en_no_memory(err);
    if (out.status == EN_OK) out.status = name_lists(rows, list, arena, names, err);
    if (link->n_partitions) put_text(&out, "rep");
    for (int32_t j = 0; out.status == EN_OK && j < list->dict_len; j++) put_text(&out, names[j]);
    put_text(&out, "count");
    end_row(&out);
    for (int k = 0; out.status == EN_OK && k < (link->n_partitions ? link->n_partitions : 1); k++) {
        en_histories h = {0};
        const int32_t *person = link->n_partitions ? link->partitions + k * n : link->person;
        out.status = count_patterns(list, names, person, n, &h, err);
        put_histories(&out, link->n_partitions ? k + 1 : 0, &h);
        en_histories_clear(&h);
    }
    en_arena_free(arena);
    return save(&out, path);
}

/* ---- all of them ---- */

en_status en_link_write_extras(const en_link_rows *rows, const en_link_extras *extras, const en_link_result *link,
                               en_error *err) {
    if (extras->ask_file) EN_TRY(en_link_write_asked(rows, link, extras->purpose, extras->ask_file, err));
    if (extras->partitions_file) EN_TRY(en_link_write_partitions(rows, link, extras->partitions_file, err));
    if (extras->histories_file) EN_TRY(en_link_write_histories(rows, link, extras->histories_file, err));
    return EN_OK;
}
