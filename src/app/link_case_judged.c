/* What people decided about two records of a case: judgements in the ledger, and labels from a file. A judgement about
 * a row of an older release binds the row that continues it. */
#include <stdlib.h>
#include <string.h>

#include "app/link_case.h"

static bool in_force(const en_judgement *j) { return en_id_eq(j->revoked_by, EN_ID_NONE); }

/* False where it is about a record that no current one continues, or about one that now is the other. */
static bool rows_of(const case_linker *l, const en_judgement *j, int64_t *a, int64_t *b) {
    *a = en_lineage_row(&l->lineage, j->record_a);
    *b = en_lineage_row(&l->lineage, j->record_b);
    return *a >= 0 && *b >= 0 && *a != *b;
}

/* ---- labels ---- */

static en_status index_own_ids(case_linker *l, en_error *err) {
    const en_column *ids = en_records_column(&l->records, "id");
    l->own_rows = en_arena_alloc(l->records.arena, ((size_t)l->records.n + 1) * sizeof *l->own_rows);
    if (!l->own_rows) return en_no_memory(err);
    for (int64_t i = 0; ids && i < l->records.n; i++) {
        int32_t number;
        bool added;
        if (en_column_is_null(ids, i)) continue;
        EN_TRY(en_map_intern(&l->own_ids, en_str_trim(en_column_str(ids, i)), &number, &added, err));
        l->own_rows[number] = added ? (int32_t)i : -1;
    }
    return EN_OK;
}

static int64_t row_of_id(const void *ctx, en_str text) {
    const case_linker *l = ctx;
    char copy[EN_ID_TEXT], kind;
    en_id id;
    int32_t own = en_map_find(&l->own_ids, text);
    if (text.len < sizeof copy) {
        memcpy(copy, text.ptr, text.len);
        copy[text.len] = 0;
        if (en_case_parse_id(l->c, copy, &kind, &id, NULL) == EN_OK && kind == 'r')
            return en_lineage_row(&l->lineage, id);
    }
    return own < 0 ? -1 : l->own_rows[own];
}

en_row_finder case_linker_finder(const case_linker *l) { return (en_row_finder){l, row_of_id}; }

/* ---- what binds ---- */

typedef struct binding {
    en_link_constraint pair; /* row_a < row_b */
    int64_t when;            /* its place in the order of judging */
} binding;

static int by_pair(const void *x, const void *y) {
    const binding *a = x, *b = y;
    if (a->pair.row_a != b->pair.row_a) return a->pair.row_a < b->pair.row_a ? -1 : 1;
    if (a->pair.row_b != b->pair.row_b) return a->pair.row_b < b->pair.row_b ? -1 : 1;
    return (a->when > b->when) - (a->when < b->when);
}

static binding bind(int64_t a, int64_t b, en_judged judged, int64_t when) {
    return (binding){{a < b ? a : b, a < b ? b : a, judged}, when};
}

/* Of two judgements of the same two records, as newer releases continue them, the later one holds. */
static void keep_latest(case_linker *l, binding *bindings, size_t n) {
    qsort(bindings, n, sizeof *bindings, by_pair);
    for (size_t i = 0; i < n; i++) {
        const en_link_constraint *next = i + 1 < n ? &bindings[i + 1].pair : NULL, *now = &bindings[i].pair;
        if (next && next->row_a == now->row_a && next->row_b == now->row_b) continue;
        if (now->judged) l->constraints[l->n_constraints++] = *now;
    }
}

static en_status gather(case_linker *l, const en_judgement *judgements, int64_t n, en_error *err) {
    size_t at = 0, all = (size_t)n + l->labels.n + 1;
    binding *bindings = malloc(all * sizeof *bindings);
    l->constraints = en_arena_alloc(l->records.arena, all * sizeof *l->constraints);
    if (!bindings || !l->constraints) {
        free(bindings);
        return en_no_memory(err);
    }
    for (int64_t i = 0; i < n; i++) {
        int64_t a, b;
        const char *judged = judgements[i].judged;
        if (!in_force(&judgements[i]) || !rows_of(l, &judgements[i], &a, &b)) continue;
        /* "unsure" binds nothing, but takes back what was said before. */
        en_judged verdict = !strcmp(judged, "same")        ? EN_JUDGED_SAME
                            : !strcmp(judged, "different") ? EN_JUDGED_DIFFERENT
                                                           : (en_judged)0;
        bindings[at++] = bind(a, b, verdict, i);
    }
    for (size_t i = 0; i < l->labels.n; i++)
        bindings[at++] = bind(l->labels.of[i].row_a, l->labels.of[i].row_b, l->labels.of[i].judged, n);
    keep_latest(l, bindings, at);
    free(bindings);
    return EN_OK;
}

en_status case_linker_judgements(case_linker *l, en_error *err) {
    en_judgement *judgements;
    int64_t n;
    const char *file = l->options->extras.labels_file;
    en_row_finder finder = case_linker_finder(l);
    if (file || l->options->extras.sample_file) EN_TRY(index_own_ids(l, err));
    if (file) EN_TRY(en_link_labels_read(file, &finder, l->records.arena, &l->labels, err));
    l->out->labels = (int64_t)l->labels.n;
    l->out->labels_unsure = (int64_t)l->labels.n_unsure;
    EN_TRY(en_case_judgements(l->c, l->records.arena, &judgements, &n, err));
    return gather(l, judgements, n, err);
}

en_status case_linker_judged_since(case_linker *l, bool *touched, en_error *err) {
    en_judgement *judgements;
    int64_t n, a, b;
    EN_TRY(en_case_judgements(l->c, l->records.arena, &judgements, &n, err));
    for (int64_t i = 0; i < n; i++) {
        const en_judgement *j = &judgements[i];
        bool since = j->id.entry > l->before.run.id.entry || j->revoked_by.entry > l->before.run.id.entry;
        if (since && rows_of(l, j, &a, &b)) touched[a] = touched[b] = true;
    }
    for (size_t i = 0; i < l->labels.n; i++) touched[l->labels.of[i].row_a] = touched[l->labels.of[i].row_b] = true;
    return EN_OK;
}

/* ---- into the ledger ---- */

/* A label that a judgement in force says already adds nothing. */
static bool is_said(const case_linker *l, const en_judgement *judgements, int64_t n, const en_link_constraint *label) {
    for (int64_t i = n - 1; i >= 0; i--) {
        int64_t a, b;
        if (!in_force(&judgements[i]) || !rows_of(l, &judgements[i], &a, &b)) continue;
        if ((a < b ? a : b) != label->row_a || (a < b ? b : a) != label->row_b) continue;
        return strcmp(judgements[i].judged, label->judged == EN_JUDGED_SAME ? "same" : "different") == 0;
    }
    return false;
}

en_status case_linker_store_labels(case_linker *l, en_error *err) {
    en_judgement *judgements;
    int64_t n;
    EN_TRY(en_case_judgements(l->c, l->records.arena, &judgements, &n, err));
    for (size_t i = 0; i < l->labels.n; i++) {
        const en_link_constraint *label = &l->labels.of[i];
        if (is_said(l, judgements, n, label)) continue;
        en_judgement j = {.record_a = l->records.ids[label->row_a],
                          .record_b = l->records.ids[label->row_b],
                          .judged = label->judged == EN_JUDGED_SAME ? "same" : "different",
                          .why = "a file of labels",
                          .by = l->options->actor};
        EN_TRY(en_case_add_judgement(l->c, &j, err));
    }
    return EN_OK;
}
