/* Estimates from a CSV file of capture histories: one 0/1 column a list, `count`, columns of strata, and `rep` where
 * the file holds replicates (plausible linkages, imputations). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/estimate_groups.h"
#include "app/estimate_parts.h"
#include "app/estimate_run.h"
#include "base/os.h"

enum { CELLS_MAX = 20000, IGNORED_MAX = 64 };
#define REPLICATE_COLUMN "rep"

/* ---- histories of each ---- */

typedef struct splitter {
    const en_table *table;
    const char *file;
    const en_histories *all; /* its lists are those of each part */
    const char *ignored[IGNORED_MAX];
    size_t n_ignored;
    grouping strata, replicates;
} splitter;

static bool is_ignored(const splitter *s, const char *name) {
    for (size_t i = 0; i < s->n_ignored; i++)
        if (strcmp(s->ignored[i], name) == 0) return true;
    return false;
}

static en_status no_histories(const en_histories *all, en_histories *out, en_error *err) {
    const char *names[EN_LIMIT_LISTS];
    uint32_t none = 0;
    for (int j = 0; j < all->n_lists; j++) names[j] = all->lists[j];
    return en_histories_from_patterns(names, all->n_lists, &none, 0, out, err);
}

static en_status fill_builder(const splitter *s, int cell, const int32_t *columns, int n, en_table_builder *b,
                              int64_t *rows, en_error *err) {
    en_str cells[EN_LIMIT_LISTS + 1];
    for (int64_t row = 0; row < s->table->rows; row++) {
        if (s->replicates.of[row] * s->strata.n + s->strata.of[row] != cell) continue;
        for (int i = 0; i < n; i++) cells[i] = en_column_str(&s->table->columns[columns[i]], row);
        EN_TRY(en_table_builder_row(b, cells, -1, 0, err));
        ++*rows;
    }
    return EN_OK;
}

static en_status split_one(const splitter *s, int cell, en_histories *out, en_error *err) {
    const char *names[EN_LIMIT_LISTS + 1];
    int32_t columns[EN_LIMIT_LISTS + 1];
    int n = 0;
    int64_t rows = 0;
    en_table_builder *builder = NULL;
    en_table part = {0};
    for (int32_t i = 0; i < s->table->n_columns && n <= EN_LIMIT_LISTS; i++) {
        if (is_ignored(s, s->table->columns[i].name)) continue;
        names[n] = s->table->columns[i].name;
        columns[n++] = i;
    }
    EN_TRY(en_table_builder_new(names, n, &builder, err));
    en_status status = fill_builder(s, cell, columns, n, builder, &rows, err);
    if (status == EN_OK) status = en_table_builder_finish(builder, &part, err);
    if (status == EN_OK)
        status = rows ? en_histories_from_table(&part, s->file, NULL, 0, out, err) : no_histories(s->all, out, err);
    en_table_clear(&part);
    en_table_builder_free(builder);
    return status;
}

static en_status split(const splitter *s, estimate_parts *p, en_error *err) {
    int cells = s->strata.n * s->replicates.n;
    if (cells > CELLS_MAX)
        return en_fail(err, EN_ERR_LIMIT, "more than %d strata and replicates; use fewer columns", CELLS_MAX);
    p->n_strata = s->strata.n;
    p->n_replicates = s->replicates.n;
    if (!(p->histories = calloc((size_t)cells + 1, sizeof *p->histories))) return en_no_memory(err);
    for (int i = 0; i < cells; i++) EN_TRY(split_one(s, i, &p->histories[i], err));
    return EN_OK;
}

/* ---- the file ---- */

static en_status find_by(const en_estimate_request *r, const en_table *t, const en_column **columns, splitter *s,
                         en_error *err) {
    for (int i = 0; i < r->n_by; i++) {
        if (!(columns[i] = en_table_column(t, r->by[i])))
            return en_fail(err, EN_ERR_NOT_FOUND, "there is no column \"%.100s\" to estimate by", r->by[i]);
        s->ignored[s->n_ignored++] = r->by[i];
    }
    for (size_t i = 0; i < r->n_ignore && s->n_ignored + 1 < IGNORED_MAX; i++)
        s->ignored[s->n_ignored++] = r->ignore[i];
    return EN_OK;
}

/* The value of each column is the part of the joined name between "; ". */
static en_status name_strata(const en_estimate_request *r, const splitter *s, en_app_estimate *out, estimate_parts *p,
                             en_error *err) {
    if (!r->n_by) return EN_OK;
    p->strata = en_arena_alloc(out->arena, (size_t)s->strata.n * sizeof *p->strata);
    if (!p->strata) return en_no_memory(err);
    out->n_by = r->n_by;
    for (int i = 0; i < r->n_by; i++)
        if (!(out->by[i] = en_arena_strdup(out->arena, en_str_of(r->by[i])))) return en_no_memory(err);
    for (int k = 0; k < s->strata.n; k++) {
        p->strata[k].name = s->strata.names[k];
        for (int64_t row = 0; row < s->table->rows; row++) {
            if (s->strata.of[row] != k) continue;
            for (int i = 0; i < r->n_by; i++) {
                en_str value = en_str_trim(en_column_str(en_table_column(s->table, r->by[i]), row));
                p->strata[k].value[i] = en_arena_strdup(out->arena, value.len ? value : EN_LIT("unknown"));
                if (!p->strata[k].value[i]) return en_no_memory(err);
            }
            break;
        }
    }
    return EN_OK;
}

/* What is printed, and what the answer hangs on, is of the first replicate. */
static en_status take_first(const estimate_parts *p, en_app_estimate *out, en_error *err) {
    en_histories_clear(&out->histories);
    return en_histories_join(p->histories, p->n_strata, &out->histories, err);
}

static en_status estimate_groups(const en_estimate_request *r, const en_table *t, splitter *s,
                                 const en_column *const *by, const en_column *rep, en_app_estimate *out,
                                 en_error *err) {
    estimate_parts p = {0};
    EN_TRY(estimate_group_rows(t, by, r->n_by, out->arena, &s->strata, err));
    EN_TRY(estimate_group_rows(t, &rep, rep != NULL, out->arena, &s->replicates, err));
    if (rep) p.replicates = s->replicates.names;
    en_status status = name_strata(r, s, out, &p, err);
    if (status == EN_OK) status = split(s, &p, err);
    if (status == EN_OK && rep) status = take_first(&p, out, err);
    if (status == EN_OK) status = estimate_parts_run(r, &p, out, err);
    estimate_parts_clear(&p);
    return status;
}

static en_status estimate_table(en_table *t, const char *file, const en_estimate_request *r, en_app_estimate *out,
                                en_error *err) {
    splitter s = {.table = t, .file = file, .all = &out->histories};
    const en_column *by[EN_BY_MAX], *rep = en_table_column(t, REPLICATE_COLUMN);
    EN_TRY(find_by(r, t, by, &s, err));
    if (is_ignored(&s, REPLICATE_COLUMN)) rep = NULL;
    if (rep) s.ignored[s.n_ignored++] = REPLICATE_COLUMN;
    EN_TRY(en_histories_from_table(t, file, s.ignored, s.n_ignored, &out->histories, err));
    if (!r->n_by && !rep) {
        if (r->covers) return en_fail(err, EN_ERR_USAGE, "--covers names strata: say by what, with --by");
        return estimate_run(r, out, err);
    }
    if (!(out->arena = en_arena_new())) return en_no_memory(err);
    EN_TRY(estimate_groups(r, t, &s, by, rep, out, err));
    return estimate_finish(r, out, err);
}

en_status estimate_from_file(const char *csv_path, const en_estimate_request *request, estimate_table_use use,
                             en_app_estimate *out, en_error *err) {
    *out = (en_app_estimate){0};
    en_os_map file;
    en_table table = {0};
    en_read_report report = {0};
    EN_TRY(en_os_map_file(csv_path, &file, err));
    en_read_options read = {.struct_size = sizeof read, .file = csv_path, .progress = request->options.progress};
    en_status status = en_table_read(file.bytes, &read, &table, &report, err);
    if (status == EN_OK) status = use(&table, csv_path, request, out, err);
    en_table_clear(&table);
    en_read_report_clear(&report);
    en_os_unmap(&file);
    if (status != EN_OK) en_app_estimate_clear(out);
    return status;
}

en_status en_app_estimate_file(const char *csv_path, const en_estimate_request *request, en_app_estimate *out,
                               en_error *err) {
    return estimate_from_file(csv_path, request, estimate_table, out, err);
}
