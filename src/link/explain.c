/* Why two records are taken for one person, or not: the weight of each field, and the least change of a single field
 * that would turn the answer. */
#include <math.h>
#include <string.h>

#include "link/linkage.h"

typedef struct explainer {
    const en_link_options *options;
    link_set set;
    link_model model;
    int32_t *record; /* of each row */
} explainer;

static double logit(double p) { return log(p / (1 - p)); }

static double weight_of(const explainer *x, int32_t a, int32_t b, uint64_t pattern) {
    link_pair pair = {.a = a, .b = b, .pattern = pattern};
    link_score_pair(&x->set, &x->model, &pair);
    return (double)pair.weight;
}

/* ---- what there is ---- */

static int comparison_number(const en_link_model *model, const link_field *f) {
    for (int c = 0; c < model->n_comparisons; c++)
        if (model->comparisons[c].role == f->role && strcmp(model->comparisons[c].field, f->name) == 0) return c;
    return -1;
}

static en_status lend(en_arena *arena, en_str s, en_str *out, en_error *err) {
    char *copy = en_arena_strdup(arena, s);
    if (!copy) return en_no_memory(err);
    *out = (en_str){copy, s.len};
    return EN_OK;
}

static en_status explain_field(const explainer *x, int k, const link_pair *pair, en_arena *arena,
                               en_link_field_weight *out, en_error *err) {
    const link_field *f = &x->set.fields[k];
    int level = pattern_level(pair->pattern, k);
    *out = (en_link_field_weight){.comparison = comparison_number(x->options->model, f), .level = level};
    out->weight = link_field_weight(&x->set, &x->model, pair, k, &out->rarity);
    out->weight += out->rarity;
    EN_TRY(lend(arena, link_value_latin(f, f->code[pair->a]), &out->a, err));
    return lend(arena, link_value_latin(f, f->code[pair->b]), &out->b, err);
}

/* ---- what would change it ---- */

/* Of all levels of all fields, the one that takes the least to bring the pair to the other side of the threshold. To be
 * swapped takes two fields, so it is none of them. */
static void find_decisive(const explainer *x, const link_pair *pair, en_link_explanation *out) {
    double threshold = logit(x->options->model->threshold), least = INFINITY;
    bool joined = out->total >= threshold;
    out->decisive = -1;
    for (int k = 0; k < x->set.n_fields; k++) {
        const link_field *f = &x->set.fields[k];
        for (int level = 1; level <= f->n_levels; level++) {
            if (f->swaps && level == LEVEL_SWAPPED) continue;
            uint64_t pattern = (pair->pattern & ~(15ull << (4 * k))) | (uint64_t)level << (4 * k);
            double total = weight_of(x, pair->a, pair->b, pattern), change = fabs(total - out->total);
            if ((total >= threshold) == joined || change >= least) continue;
            least = change;
            out->decisive = comparison_number(x->options->model, f);
            out->decisive_level = level;
        }
    }
}

/* ---- pairs ---- */

static en_status explain_pair(const explainer *x, const int64_t rows[2], en_arena *arena, en_link_explanation *out,
                              en_error *err) {
    if (rows[0] < 0 || rows[1] < 0 || rows[0] >= x->set.n || rows[1] >= x->set.n || rows[0] == rows[1])
        return en_fail(err, EN_ERR_USAGE, "rows %lld and %lld are not two rows of the table", (long long)rows[0],
                       (long long)rows[1]);
    link_pair pair = {.a = x->record[rows[0]], .b = x->record[rows[1]]};
    *out = (en_link_explanation){.row_a = rows[0], .row_b = rows[1], .n_fields = x->set.n_fields};
    pair.pattern = link_pattern(&x->set, pair.a, pair.b, &pair.rarity);
    out->total = weight_of(x, pair.a, pair.b, pair.pattern);
    out->probability = 1 / (1 + exp(-out->total));
    out->prior_weight = logit(x->model.prior);
    out->slips_weight = link_slips_weight(&x->set, &x->model, pair.pattern);
    out->relatives_weight = out->total - out->prior_weight - out->slips_weight;
    for (int k = 0; k < x->set.n_fields; k++) {
        EN_TRY(explain_field(x, k, &pair, arena, &out->fields[k], err));
        out->relatives_weight -= out->fields[k].weight;
    }
    find_decisive(x, &pair, out);
    return EN_OK;
}

/* All records are read, since how a value is understood depends on the others: the usual year of the event, words that
 * are common. Frequencies are the model's. */
static en_status open_explainer(const en_table *records, explainer *x, en_error *err) {
    EN_TRY(link_prepare(records, x->options, &x->set, err));
    EN_TRY(link_tables_fill(&x->set, err));
    EN_TRY(link_model_adopt(&x->set, x->options->model, &x->model, err));
    x->record = en_arena_alloc(x->set.arena, ((size_t)x->set.n + 1) * sizeof *x->record);
    if (!x->record) return en_no_memory(err);
    for (int32_t i = 0; i < x->set.n; i++) x->record[x->set.row[i]] = i;
    return EN_OK;
}

en_status en_link_explain(const en_table *records, const en_link_options *options, const int64_t (*pairs)[2],
                          size_t n_pairs, en_arena *arena, en_link_explanation *out, en_error *err) {
    if (options->struct_size != sizeof *options)
        return en_fail(err, EN_ERR_USAGE, "the options are of another version of the library");
    if (!options->model) return en_fail(err, EN_ERR_USAGE, "to explain a pair takes the model that judged it");
    if (options->n_fields == 0) return en_fail(err, EN_ERR_USAGE, "no column to compare");
    if (records->rows > EN_LINK_RECORDS_MAX)
        return en_fail(err, EN_ERR_LIMIT, "at most %d records can be linked", EN_LINK_RECORDS_MAX);
    en_link_result warned = {0};
    explainer x = {.options = options, .set = {.result = &warned}};
    en_status status = open_explainer(records, &x, err);
    for (size_t i = 0; status == EN_OK && i < n_pairs; i++) status = explain_pair(&x, pairs[i], arena, &out[i], err);
    link_set_clear(&x.set);
    return status;
}
