/* The JSON of counts. A number that is withheld is null, and says so. */
#include "report/json.h"
#include "report/report.h"

/* ---- a number ---- */

static void put_number(json_t **out, int64_t n, bool withheld, const char *id) {
    en_json_put(out, "n", withheld ? json_null() : json_integer(n));
    en_json_put(out, "id", en_json_text(id));
    if (withheld) en_json_put(out, "withheld", json_true());
}

static json_t *number(int64_t n, bool withheld, const char *id) {
    json_t *out = json_object();
    put_number(&out, n, withheld, id);
    return out;
}

static json_t *number_of(const en_count_number *of) { return number(of->n, of->withheld, of->id); }

/* ---- one count ---- */

static void put_values(json_t **row, const en_count *count, const en_count_cell *cell) {
    for (int i = 0; i < count->query.n_by; i++)
        en_json_put(row, en_dimension_name(count->query.by[i]), json_string(cell->value[i]));
}

static json_t *count_row(const en_count *count, const en_count_cell *cell) {
    json_t *row = json_object();
    put_values(&row, count, cell);
    put_number(&row, cell->n, cell->withheld, cell->id);
    return row;
}

static json_t *by_of(const en_count *count) {
    json_t *by = json_array();
    for (int i = 0; i < count->query.n_by; i++) en_json_push(&by, json_string(en_dimension_name(count->query.by[i])));
    return by;
}

static json_t *linkage_of(const char *run, int64_t undecided_pairs, int64_t unreviewed_merges, bool stale) {
    json_t *linkage = json_object();
    en_json_put(&linkage, "run", en_json_text(run));
    en_json_put(&linkage, "undecided_pairs", json_integer(undecided_pairs));
    en_json_put(&linkage, "unreviewed_merges", json_integer(unreviewed_merges));
    if (stale) en_json_put(&linkage, "stale", json_true());
    return linkage;
}

static void put_groups(json_t **out, const en_count_query *q) {
    if (q->ages) en_json_put(out, "ages", json_string(q->ages));
    if (q->from) en_json_put(out, "from", json_string(q->from));
    if (q->to) en_json_put(out, "to", json_string(q->to));
}

static void put_state(json_t **out, const en_count *count) {
    en_json_put(out, "ledger_head", en_json_text(count->head));
    en_json_put(out, "linkage",
                linkage_of(count->run, count->undecided_pairs, count->unreviewed_merges, count->link_is_stale));
}

json_t *en_json_count(const en_count *count) {
    json_t *rows = json_array(), *out = json_object();
    for (int64_t i = 0; i < count->n_cells; i++) en_json_push(&rows, count_row(count, &count->cells[i]));
    en_json_put(&out, "kind", json_string("recorded"));
    en_json_put(&out, "level", json_string(en_level_name(count->query.level)));
    en_json_put(&out, "by", by_of(count));
    put_groups(&out, &count->query);
    en_json_put(&out, "rows", rows);
    en_json_put(&out, "total", count->total_withheld ? json_null() : json_integer(count->total));
    en_json_put(&out, "id", en_json_text(count->total_id));
    put_state(&out, count);
    return out;
}

/* ---- a count with what belongs beside it ---- */

static json_t *levels_of(en_counted *counted, const char *const *value) {
    json_t *out = json_object();
    for (int i = 0; i < counted->n_levels; i++) {
        en_count_number n;
        en_count *count = &counted->all.of[i];
        bool found = en_count_number_of(count, value, &n, NULL) == EN_OK;
        en_json_put(&out, en_level_name(count->query.level), found ? number_of(&n) : NULL);
    }
    return out;
}

static json_t *level_rows(en_counted *counted) {
    const en_count *first = &counted->all.of[0];
    json_t *rows = json_array();
    for (int64_t i = 0; i < first->n_cells; i++) {
        json_t *row = json_object();
        put_values(&row, first, &first->cells[i]);
        en_json_put(&row, "levels", levels_of(counted, first->cells[i].value));
        en_json_push(&rows, row);
    }
    return rows;
}

static json_t *all_levels(en_counted *counted) {
    const en_count *first = &counted->all.of[0];
    json_t *out = json_object();
    en_json_put(&out, "kind", json_string("recorded"));
    en_json_put(&out, "level", json_string("all"));
    en_json_put(&out, "by", by_of(first));
    put_groups(&out, &first->query);
    en_json_put(&out, "rows", level_rows(counted));
    en_json_put(&out, "total", levels_of(counted, NULL));
    put_state(&out, first);
    return out;
}

static json_t *rows_of(const en_count *count) {
    json_t *rows = json_array();
    for (int64_t i = 0; i < count->n_cells; i++) en_json_push(&rows, count_row(count, &count->cells[i]));
    return rows;
}

json_t *en_json_counted(en_counted *counted) {
    json_t *out = counted->n_levels > 1 ? all_levels(counted) : en_json_count(&counted->all.of[0]);
    if (counted->deaths) en_json_put(&out, "by_directness", rows_of(counted->deaths));
    if (counted->period) en_json_put(&out, "by_period", rows_of(counted->period));
    return out;
}

/* ---- the table of SDG indicator 16.1.2 ---- */

static json_t *sdg_row(const en_sdg_table *t, const en_sdg_row *of) {
    json_t *row = json_object();
    en_json_put(&row, "code", en_json_text(of->code));
    en_json_put(&row, "label", en_json_text(of->label));
    for (int i = 0; i < t->n_columns; i++) en_json_put(&row, t->columns[i], number_of(&of->column[i]));
    en_json_put(&row, "total", number_of(&of->total));
    return row;
}

json_t *en_json_sdg(const en_sdg_table *t) {
    json_t *out = json_object(), *columns = json_array(), *blocks = json_object();
    for (int i = 0; i < t->n_columns; i++) en_json_push(&columns, en_json_text(t->columns[i]));
    for (int b = 0; b < EN_SDG_BLOCKS; b++) {
        json_t *rows = json_array();
        for (int64_t i = 0; i < t->blocks[b].n_rows; i++) en_json_push(&rows, sdg_row(t, &t->blocks[b].rows[i]));
        en_json_put(&blocks, en_dimension_name(t->blocks[b].by), rows);
    }
    en_json_put(&out, "kind", json_string("recorded"));
    en_json_put(&out, "indicator", json_string("SDG 16.1.2"));
    en_json_put(&out, "level", json_string(en_level_name(t->level)));
    en_json_put(&out, "columns", columns);
    en_json_put(&out, "by", blocks);
    en_json_put(&out, "all", sdg_row(t, &t->all));
    en_json_put(&out, "ledger_head", en_json_text(t->head));
    en_json_put(&out, "linkage", linkage_of(t->run, t->undecided_pairs, t->unreviewed_merges, false));
    return out;
}
