/* The table of SDG indicator 16.1.2, from counts of persons who are recorded dead.
 *
 * Its metadata ask for conflict-related deaths by cause, status, sex and age (under 18, 18 and over), direct and
 * indirect ones apart, each with unknown. Every term is a row, also where nobody has it. A split by directness of which
 * a cell would be withheld is withheld whole: its rows' totals would give the cell away.
 */
#include <string.h>

#include "app/case_model.h"
#include "app/count_cells.h"

static const en_dimension blocks[EN_SDG_BLOCKS] = {EN_DIM_CAUSE, EN_DIM_CIVILIAN_STATUS, EN_DIM_SEX, EN_DIM_AGE_GROUP};
#define SDG_AGES "0-17,18+"

/* Each block twice, with directness and without; the last is directness alone. */
static en_count *split_of(en_count *counts, int block) { return &counts[2 * block]; }
static en_count *whole_of(en_count *counts, int block) { return &counts[2 * block + 1]; }
static en_count *all_of(en_count *counts) { return &counts[2 * EN_SDG_BLOCKS]; }

en_status en_sdg_queries(const en_count_query *query, en_count_query queries[EN_SDG_QUERIES], en_error *err) {
    if (query->n_where == EN_COUNT_WHERE) return en_fail(err, EN_ERR_USAGE, "too many conditions");
    for (int i = 0; i < query->n_where; i++)
        if (query->where[i].dimension == EN_DIM_FATE)
            return en_fail(err, EN_ERR_USAGE, "the table is of those who are recorded dead: ask for no fate");
    for (int i = 0; i < EN_SDG_QUERIES; i++) {
        en_count_query *q = &queries[i];
        *q = *query;
        q->ages = SDG_AGES;
        q->where[q->n_where++] = (en_condition){EN_DIM_FATE, "dead"};
        q->n_by = 0;
        if (i < 2 * EN_SDG_BLOCKS) q->by[q->n_by++] = blocks[i / 2];
        if (i % 2 == 0) q->by[q->n_by++] = EN_DIM_DIRECTNESS;
    }
    return EN_OK;
}

typedef struct sdg_maker {
    en_sdg_table *out;
    en_count *counts;
    en_model model;
} sdg_maker;

/* ---- rows and columns ---- */

static const json_t *terms_of(const sdg_maker *m, en_dimension d) {
    return json_object_get(en_model_vocabulary(&m->model, en_dimension_name(d)), "terms");
}

static bool is_row(const en_sdg_block *block, const char *code) {
    for (int64_t i = 0; i < block->n_rows; i++)
        if (strcmp(block->rows[i].code, code) == 0) return true;
    return false;
}

static en_status add_row(sdg_maker *m, en_sdg_block *block, const char *code, const char *label, en_error *err) {
    en_sdg_row *row = &block->rows[block->n_rows++];
    row->code = en_arena_strdup(m->out->arena, en_str_of(code));
    row->label = en_arena_strdup(m->out->arena, en_str_of(label));
    return row->code && row->label ? EN_OK : en_no_memory(err);
}

static en_status add_terms(sdg_maker *m, en_sdg_block *block, en_error *err) {
    const json_t *terms = terms_of(m, block->by);
    for (size_t i = 0; i < json_array_size(terms); i++) {
        const char *code = json_string_value(json_object_get(json_array_get(terms, i), "code"));
        EN_TRY(add_row(m, block, code, en_model_label(&m->model, en_dimension_name(block->by), code), err));
    }
    if (block->by != EN_DIM_AGE_GROUP) return EN_OK;
    EN_TRY(add_row(m, block, "0-17", "under 18", err));
    return add_row(m, block, "18+", "18 and over", err);
}

static en_status find_rows(sdg_maker *m, int i, en_error *err) {
    en_sdg_block *block = &m->out->blocks[i];
    const en_count *whole = whole_of(m->counts, i);
    block->by = blocks[i];
    size_t room = json_array_size(terms_of(m, block->by)) + (size_t)whole->n_cells + 4;
    if (!(block->rows = en_arena_alloc(m->out->arena, room * sizeof *block->rows))) return en_no_memory(err);
    EN_TRY(add_terms(m, block, err));
    for (int64_t k = 0; k < whole->n_cells; k++) {
        const char *value = whole->cells[k].value[0];
        if (!en_count_is_nothing(value) && !is_row(block, value)) EN_TRY(add_row(m, block, value, value, err));
    }
    return add_row(m, block, "unknown", "unknown", err);
}

static en_status add_column(sdg_maker *m, const char *code, en_error *err) {
    en_sdg_table *t = m->out;
    for (int i = 0; i < t->n_columns; i++)
        if (strcmp(t->columns[i], code) == 0) return EN_OK;
    if (t->n_columns == EN_SDG_COLUMNS)
        return en_fail(err, EN_ERR_LIMIT, "lists write more than %d things for direct or indirect", EN_SDG_COLUMNS - 3);
    t->columns[t->n_columns] = en_arena_strdup(t->arena, en_str_of(code));
    return t->columns[t->n_columns++] ? EN_OK : en_no_memory(err);
}

static en_status find_columns(sdg_maker *m, en_error *err) {
    const en_count *all = all_of(m->counts);
    EN_TRY(add_column(m, "direct", err));
    EN_TRY(add_column(m, "indirect", err));
    for (int64_t i = 0; i < all->n_cells; i++)
        if (!en_count_is_nothing(all->cells[i].value[0])) EN_TRY(add_column(m, all->cells[i].value[0], err));
    return add_column(m, "unknown", err);
}

/* ---- numbers ---- */

static bool is_any_withheld(const en_count *count) {
    for (int64_t i = 0; i < count->n_cells; i++)
        if (count->cells[i].withheld) return true;
    return false;
}

static en_status fill_row(sdg_maker *m, int block, en_sdg_row *row, bool hides_split, en_error *err) {
    for (int i = 0; i < m->out->n_columns; i++) {
        const char *value[2] = {row->code, m->out->columns[i]};
        EN_TRY(en_count_number_of(split_of(m->counts, block), value, &row->column[i], err));
        row->column[i].withheld |= hides_split;
    }
    return en_count_number_of(whole_of(m->counts, block), &row->code, &row->total, err);
}

static en_status fill(sdg_maker *m, en_error *err) {
    en_sdg_table *t = m->out;
    en_count *all = all_of(m->counts);
    for (int b = 0; b < EN_SDG_BLOCKS; b++) {
        bool hides_split = is_any_withheld(split_of(m->counts, b)) || is_any_withheld(whole_of(m->counts, b));
        t->hides_split |= hides_split;
        for (int64_t i = 0; i < t->blocks[b].n_rows; i++) {
            en_sdg_row *row = &t->blocks[b].rows[i];
            EN_TRY(fill_row(m, b, row, hides_split, err));
            if (row->total.n && b < 2 && strcmp(row->code, "unknown") != 0) t->has_needed = true;
        }
    }
    t->all.code = "all";
    t->all.label = "all deaths recorded";
    for (int i = 0; i < t->n_columns; i++) {
        EN_TRY(en_count_number_of(all, &t->columns[i], &t->all.column[i], err));
        if (t->all.column[i].n && strcmp(t->columns[i], "unknown") != 0) t->has_needed = true;
    }
    return en_count_number_of(all, NULL, &t->all.total, err);
}

static en_status make(sdg_maker *m, en_error *err) {
    EN_TRY(en_model_open(NULL, &m->model, err));
    EN_TRY(find_columns(m, err));
    for (int i = 0; i < EN_SDG_BLOCKS; i++) EN_TRY(find_rows(m, i, err));
    return fill(m, err);
}

en_status en_sdg_make(en_count counts[EN_SDG_QUERIES], en_sdg_table *out, en_error *err) {
    const en_count *all = all_of(counts);
    *out = (en_sdg_table){.arena = en_arena_new(),
                          .level = all->query.level,
                          .head = all->head,
                          .run = all->run,
                          .undecided_pairs = all->undecided_pairs,
                          .unreviewed_merges = all->unreviewed_merges};
    sdg_maker m = {.out = out, .counts = counts};
    en_status status = out->arena ? make(&m, err) : en_no_memory(err);
    en_model_close(&m.model);
    if (status != EN_OK) en_sdg_clear(out);
    return status;
}

void en_sdg_clear(en_sdg_table *table) {
    en_arena_free(table->arena);
    *table = (en_sdg_table){0};
}
