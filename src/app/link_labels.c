/* What people judged about pairs of records, read from files that a spreadsheet wrote. */
#include "app/link_labels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/side_table.h"
#include "table/parts.h"

typedef struct verdict {
    const char *word;
    int judged; /* 0: unsure */
} verdict;

/* What may stand in the column `same`. */
static const verdict verdicts[] = {{"1", EN_JUDGED_SAME},
                                   {"same", EN_JUDGED_SAME},
                                   {"yes", EN_JUDGED_SAME},
                                   {"true", EN_JUDGED_SAME},
                                   {"0", EN_JUDGED_DIFFERENT},
                                   {"different", EN_JUDGED_DIFFERENT},
                                   {"no", EN_JUDGED_DIFFERENT},
                                   {"false", EN_JUDGED_DIFFERENT},
                                   {"unsure", 0},
                                   {"?", 0}};

static const verdict *verdict_of(en_str written) {
    char lower[16];
    if (written.len >= sizeof lower) return NULL;
    for (size_t i = 0; i < written.len; i++)
        lower[i] = (char)(written.ptr[i] >= 'A' && written.ptr[i] <= 'Z' ? written.ptr[i] + 32 : written.ptr[i]);
    lower[written.len] = 0;
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (strcmp(lower, verdicts[i].word) == 0) return &verdicts[i];
    return NULL;
}

static en_status find_record(const en_side_table *t, int64_t row, const char *column, const en_row_finder *finder,
                             int64_t *out, en_error *err) {
    en_str id = en_side_table_cell(t, column, row);
    *out = finder->row_of(finder->ctx, id);
    if (*out >= 0) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "no record has the id \"%.*s\"", (int)(id.len < 100 ? id.len : 100), id.ptr);
    return en_side_table_at(
        t, row, column, "use the ids of the records that are linked: in a case r: ids, over plain files those of --id",
        err);
}

/* One row's pair. *judged stays 0 where nobody judged it. */
static en_status read_pair(const en_side_table *t, int64_t row, const en_row_finder *finder, int64_t *a, int64_t *b,
                           int *judged, bool *unsure, en_error *err) {
    en_str same = en_side_table_cell(t, "same", row);
    const verdict *v = verdict_of(same);
    *judged = v ? v->judged : 0;
    *unsure = v && !v->judged;
    if (same.len && !v) {
        en_fail(err, EN_ERR_INPUT, "\"%.*s\" is no judgement", (int)(same.len < 60 ? same.len : 60), same.ptr);
        return en_side_table_at(t, row, "same", "write 1 or same, 0 or different, unsure, or nothing", err);
    }
    EN_TRY(find_record(t, row, "rec_id_a", finder, a, err));
    EN_TRY(find_record(t, row, "rec_id_b", finder, b, err));
    if (*a != *b) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "a record cannot be judged against itself");
    return en_side_table_at(t, row, "rec_id_b", NULL, err);
}

/* ---- labels ---- */

typedef struct label {
    en_link_constraint pair; /* row_a < row_b */
    int64_t row;             /* of the file */
} label;

static int by_pair(const void *x, const void *y) {
    const label *a = x, *b = y;
    if (a->pair.row_a != b->pair.row_a) return a->pair.row_a < b->pair.row_a ? -1 : 1;
    if (a->pair.row_b != b->pair.row_b) return a->pair.row_b < b->pair.row_b ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* Nobody can obey two judgements that contradict one another. */
static en_status keep_labels(const en_side_table *t, label *labels, size_t n, en_link_labels *out, en_error *err) {
    qsort(labels, n, sizeof *labels, by_pair);
    for (size_t i = 0; i < n; i++) {
        const en_link_constraint *before = out->n ? &out->of[out->n - 1] : NULL, *now = &labels[i].pair;
        if (!before || before->row_a != now->row_a || before->row_b != now->row_b)
            out->of[out->n++] = *now;
        else if (before->judged != now->judged) {
            en_fail(err, EN_ERR_INPUT, "an earlier row judges the same two records otherwise");
            return en_side_table_at(t, labels[i].row, "same", "keep one of the two rows", err);
        }
    }
    return EN_OK;
}

static en_status read_labels(const en_side_table *t, const en_row_finder *finder, label *labels, en_link_labels *out,
                             en_error *err) {
    size_t n = 0;
    for (int64_t i = 0; i < t->table.rows; i++) {
        int64_t a, b;
        int judged;
        bool unsure;
        EN_TRY(read_pair(t, i, finder, &a, &b, &judged, &unsure, err));
        out->n_unsure += unsure;
        if (judged) labels[n++] = (label){{a < b ? a : b, a < b ? b : a, (en_judged)judged}, i};
    }
    return keep_labels(t, labels, n, out, err);
}

en_status en_link_labels_read(const char *path, const en_row_finder *finder, en_arena *arena, en_link_labels *out,
                              en_error *err) {
    static const char *const columns[] = {"rec_id_a", "rec_id_b", "same", NULL};
    en_side_table t;
    *out = (en_link_labels){0};
    EN_TRY(en_side_table_open(
        path, columns, "a file of labels has the columns rec_id_a, rec_id_b and same: 1 or 0, or nothing", &t, err));
    label *labels = malloc(((size_t)t.table.rows + 1) * sizeof *labels);
    out->of = en_arena_alloc(arena, ((size_t)t.table.rows + 1) * sizeof *out->of);
    en_status status = labels && out->of ? read_labels(&t, finder, labels, out, err) : en_no_memory(err);
    free(labels);
    en_side_table_close(&t);
    return status;
}

/* ---- a sample ---- */

typedef struct sample {
    en_link_asked *asked;
    bool *same;
    int64_t n;
    int64_t *rows; /* of each stratum: of the file */
} sample;

enum { STRATA_MOST = 1000 };

static en_status read_number(const en_side_table *t, int64_t row, const char *column, double most, double *out,
                             en_error *err) {
    en_str cell = en_side_table_cell(t, column, row);
    if (table_parse_double(cell, out) && *out >= 0 && *out <= most) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" is not what --ask wrote there", (int)(cell.len < 60 ? cell.len : 60),
            cell.ptr);
    return en_side_table_at(t, row, column, NULL, err);
}

static en_status read_sampled(const en_side_table *t, int64_t row, const en_row_finder *finder,
                              const en_link_result *link, sample *out, en_error *err) {
    double stratum, stands_for, probability;
    int64_t a, b;
    int judged;
    bool unsure;
    EN_TRY(read_pair(t, row, finder, &a, &b, &judged, &unsure, err));
    EN_TRY(read_number(t, row, "stratum", STRATA_MOST - 1, &stratum, err));
    EN_TRY(read_number(t, row, "stands_for", 1e15, &stands_for, err));
    EN_TRY(read_number(t, row, "probability", 1, &probability, err));
    out->rows[(int)stratum]++;
    if (!judged) return EN_OK;
    out->same[out->n] = judged == EN_JUDGED_SAME;
    out->asked[out->n++] = (en_link_asked){.row_a = a,
                                           .row_b = b,
                                           .probability = (float)probability,
                                           .joined = link->person[a] == link->person[b],
                                           .stratum = (int)stratum,
                                           .stands_for = stands_for};
    return EN_OK;
}

/* Those judged stand for those of their stratum that nobody could judge; a stratum of which none is judged has nobody
 * to stand for it. */
static en_status spread(const en_side_table *t, sample *s, en_error *err) {
    int64_t judged[STRATA_MOST] = {0};
    for (int64_t i = 0; i < s->n; i++) judged[s->asked[i].stratum]++;
    for (int k = 0; k < STRATA_MOST; k++) {
        if (!s->rows[k] || judged[k]) continue;
        en_fail(err, EN_ERR_INPUT, "no pair of stratum %d is judged", k);
        en_error_at(err, t->file, -1, "same", -1);
        return en_error_mend(err, "write 1 or 0 in the column same for some pairs of every stratum"), EN_ERR_INPUT;
    }
    for (int64_t i = 0; i < s->n; i++)
        s->asked[i].stands_for *= (double)s->rows[s->asked[i].stratum] / (double)judged[s->asked[i].stratum];
    return EN_OK;
}

static en_status evaluate(const en_side_table *t, const en_row_finder *finder, const en_link_result *link, double level,
                          uint64_t seed, sample *s, en_link_sampled *out, en_error *err) {
    for (int64_t i = 0; i < t->table.rows; i++) EN_TRY(read_sampled(t, i, finder, link, s, err));
    EN_TRY(spread(t, s, err));
    return en_link_evaluate_sample(s->asked, s->same, s->n, level, seed, out, err);
}

en_status en_link_sample_read(const char *path, const en_row_finder *finder, const en_link_result *link, double level,
                              uint64_t seed, en_link_sampled *out, en_error *err) {
    static const char *const columns[] = {"rec_id_a", "rec_id_b", "same", "stratum", "stands_for", "probability", NULL};
    en_side_table t;
    EN_TRY(en_side_table_open(
        path, columns, "a sample is a file that --ask-for evaluate wrote, with the column same filled in", &t, err));
    size_t n = (size_t)t.table.rows + 1;
    sample s = {malloc(n * sizeof *s.asked), malloc(n * sizeof *s.same), 0, calloc(STRATA_MOST, sizeof *s.rows)};
    en_status status =
        s.asked && s.same && s.rows ? evaluate(&t, finder, link, level, seed, &s, out, err) : en_no_memory(err);
    free(s.asked);
    free(s.same);
    free(s.rows);
    en_side_table_close(&t);
    return status;
}
