/* everyname explain: why two records are one person or not, and what holds a person together. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mapping.h"
#include "cli/terminal.h"
#include "report/report.h"

/* ---- what the user sees ---- */

static const char *in_bits(double nats, char buf[32]) {
    snprintf(buf, 32, "%+.1f", nats / log(2));
    return buf;
}

/* No pair is ever certain, so none is printed as 0 or 1. */
static const char *in_words(double probability, char buf[32]) {
    if (probability < .00005)
        snprintf(buf, 32, "<0.0001");
    else if (probability > .99995)
        snprintf(buf, 32, ">0.9999");
    else
        snprintf(buf, 32, "%.4f", probability);
    return buf;
}

/* Days are compared as eight digits. */
static bool is_day(const en_link_comparison *c, en_str s) {
    if (s.len != 8 || (c->role != EN_ROLE_BIRTH && c->role != EN_ROLE_EVENT_DATE && c->role != EN_ROLE_DATE))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return true;
}

static const char *plain(const en_link_comparison *c, en_str s, char buf[64]) {
    if (is_day(c, s)) {
        snprintf(buf, 64, "%.4s-%.2s-%.2s", s.ptr, s.ptr + 4, s.ptr + 6);
        return buf;
    }
    size_t len = s.len < 60 ? s.len : 60;
    while (len && len < s.len && ((unsigned char)s.ptr[len] & 0xC0) == 0x80) len--;
    snprintf(buf, 64, "%.*s", (int)len, s.ptr);
    return buf;
}

static void add_sum(text_table *t, const char *what, double nats) {
    char weight[32];
    text_table_row(t, (const char *[]){what, "", in_bits(nats, weight), "", ""});
}

static void print_weights(const en_link_model *model, const en_link_explanation *why) {
    text_table *t = text_table_new(5, (const char *[]){"field", "level", "bits", "a", "b"}, "llrll");
    add_sum(t, "(any two records)", why->prior_weight);
    for (int i = 0; i < why->n_fields; i++) {
        const en_link_field_weight *w = &why->fields[i];
        char weight[32], a[64], b[64];
        if (w->comparison < 0) continue;
        const en_link_comparison *c = &model->comparisons[w->comparison];
        text_table_row(t, (const char *[]){c->field, w->level ? c->level[w->level - 1] : "missing",
                                           in_bits(w->weight, weight), plain(c, w->a, a), plain(c, w->b, b)});
    }
    if (fabs(why->slips_weight) > .005) add_sum(t, "(so many differ)", why->slips_weight);
    if (fabs(why->relatives_weight) > .005) add_sum(t, "(or relatives)", why->relatives_weight);
    add_sum(t, "(total)", why->total);
    text_table_print(t);
}

static void print_change(const en_link_model *model, const en_link_explanation *why) {
    bool above = why->probability >= model->threshold;
    if (why->decisive < 0) {
        printf("\nNo single field would change the answer.\n");
        return;
    }
    const en_link_comparison *c = &model->comparisons[why->decisive];
    printf("\nIt would be %s the threshold if %s were: %s.\n", above ? "below" : "above", c->field,
           c->level[why->decisive_level - 1]);
}

static void print_pair(const en_app_explanation *e, const en_explained_pair *p) {
    bool above = p->why.probability >= e->model.threshold;
    char probability[32];
    printf("%s and %s: match probability %s, %s the threshold of %.2f.\n", p->a, p->b,
           in_words(p->why.probability, probability), above ? "above" : "below", e->model.threshold);
    if (p->known && p->joined)
        printf("The linkage has them as one person%s%s.\n", e->person ? ", " : "", e->person ? e->person : "");
    if (p->known && !p->joined) printf("The linkage has them as two persons.\n");
    if (p->known && p->joined != above)
        printf("It weighs all records of a person together, and what people judged: a pair alone does not decide.\n");
    printf("\n");
    print_weights(&e->model, &p->why);
    print_change(&e->model, &p->why);
}

static void print_person(const en_app_explanation *e) {
    if (e->n_records == 1) {
        printf("%s: one record; nothing was joined.\n", e->person);
        return;
    }
    printf("%s: %lld records, held together by these links, the weakest first.\n", e->person, (long long)e->n_records);
    if (e->n_left_out) printf("%lld of its records were not looked at.\n", (long long)e->n_left_out);
    text_table *t = text_table_new(3, (const char *[]){"record", "record", "probability"}, "llr");
    for (int64_t i = 0; i < e->n_pairs; i++) {
        char probability[32];
        text_table_row(
            t, (const char *[]){e->pairs[i].a, e->pairs[i].b, in_words(e->pairs[i].why.probability, probability)});
    }
    text_table_print(t);
    printf("\nThe weakest link:\n\n");
    print_pair(e, &e->pairs[0]);
}

static int report(const args *a, en_app_explanation *e) {
    clear_progress();
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_explanation(e));
    else if (e->n_records)
        print_person(e);
    else
        print_pair(e, &e->pairs[0]);
    en_app_explanation_clear(e);
    return status;
}

/* ---- what the user says ---- */

static int wrong_call(const char *what) {
    fprintf(stderr, "everyname explain: %s\n", what);
    return EN_EXIT_USAGE;
}

static en_link_extras extras_of(const args *a) {
    return (en_link_extras){.model_file = text_option(a, "model"),
                            .nicknames_file = text_option(a, "nicknames"),
                            .places_file = text_option(a, "places")};
}

static int explain_case(const args *a) {
    en_error err;
    en_app_explanation explanation;
    en_app_link_options options = {.extras = extras_of(a), .progress = terminal_progress(a)};
    if (a->n_operands > 3) return wrong_call("of a case it takes one person (p:), or two records (r:)");
    const char *second = a->n_operands == 3 ? a->operands[2] : NULL;
    if (en_app_explain(a->operands[0], a->operands[1], second, &options, &explanation, &err) != EN_OK)
        return fail_with(a, &err);
    return report(a, &explanation);
}

static int explain_files(const args *a) {
    en_error err;
    en_app_explanation explanation;
    int n = a->n_operands;
    if (n < 3) return wrong_call("of plain files it takes the files and then two record ids");
    en_link_files_options options = {.files = (const char *const *)a->operands,
                                     .n_files = (size_t)n - 2,
                                     .fields = text_option(a, "fields"),
                                     .id_column = text_option(a, "id"),
                                     .list_column = text_option(a, "list"),
                                     .one_per_list = has_option(a, "one-per-list"),
                                     .seed = count_option(a, "seed", 1),
                                     .threads = (int)count_option(a, "threads", 0),
                                     .memory = memory_limit(a),
                                     .extras = extras_of(a),
                                     .progress = terminal_progress(a)};
    if (has_option(a, "date-order") && !en_date_order_of(text_option(a, "date-order"), &options.date_order))
        return wrong_call("--date-order is dmy, mdy or ymd");
    if (en_app_explain_files(&options, a->operands[n - 2], a->operands[n - 1], &explanation, &err) != EN_OK)
        return fail_with(a, &err);
    return report(a, &explanation);
}

static int run(const args *a) { return en_app_is_case(a->operands[0]) ? explain_case(a) : explain_files(a); }

static const option_spec options[] = {
    {"model", 0, OPTION_TEXT, "MODEL.json",
     "judge by this model (default: that of the case's last link run; plain files are linked first)", false},
    {"fields", 0, OPTION_TEXT, "ROLE=COLUMN,…", "as for link", false},
    {"id", 0, OPTION_TEXT, "COLUMN", "what tells records apart, as for link", false},
    {"list", 0, OPTION_TEXT, "COLUMN", "which list a record is from, as for link", false},
    {"one-per-list", 0, OPTION_FLAG, NULL, "as for link", false},
    {"date-order", 0, OPTION_TEXT, "ORDER", "as for link", false},
    {"nicknames", 0, OPTION_TEXT, "FILE.csv", "as for link", false},
    {"places", 0, OPTION_TEXT, "FILE.csv", "as for link", false},
    {0}};

const cli_command cmd_explain = {
    "explain",
    "CASE PERSON | CASE RECORD RECORD | LIST.csv … ID ID",
    2,
    -1,
    "say why records are one person, or are not",
    "Shows what a linkage saw in two records: how each field agrees, what that weighs, and what single change would "
    "turn "
    "the answer. Weights are in bits: +1 doubles the odds that the records are one person, -1 halves them. Of a person "
    "it "
    "shows the links that hold it together and the weakest of them in full. Values are printed as they were compared, "
    "in "
    "plain Latin letters. What it prints names people.",
    "everyname explain valley.everyname p:3f2a.17\neveryname explain valley.everyname r:3f2a.17 r:70bc.4\n"
    "everyname explain a.csv b.csv A-17 B-4 --model model.json --json",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
