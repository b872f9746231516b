/* everyname review: what was extracted, item by item, before a person. */
#include <stdio.h>
#include <string.h>

#include "app/prose.h"
#include "base/os.h"
#include "cli/terminal.h"
#include "report/report.h"

/* ---- showing ---- */

/* Line ends within a text would break its frame. */
static void print_flat(const char *s) {
    for (; *s; s++) putchar(*s == '\n' || *s == '\r' || *s == '\t' ? ' ' : *s);
}

static void print_quoted(const en_proposal *p, bool bold) {
    printf("  …");
    print_flat(p->before);
    printf("%s", bold ? "\033[1m" : "»");
    print_flat(p->quote);
    printf("%s", bold ? "\033[0m" : "«");
    print_flat(p->after);
    printf("…\n");
}

static void print_value(const char *name, const json_t *value) {
    const char *key;
    json_t *inner;
    if (json_is_string(value)) printf("  %s: %s\n", name, json_string_value(value));
    if (json_is_integer(value)) printf("  %s: %lld\n", name, (long long)json_integer_value(value));
    if (json_is_true(value)) printf("  %s: yes\n", name);
    json_object_foreach((json_t *)value, key, inner) {
        if (json_is_string(inner)) printf("  %s.%s: %s\n", name, key, json_string_value(inner));
    }
}

/* What is unsaid is left out; where it stands is shown by the quotation. */
static void print_item(const json_t *item) {
    static const char *const order[] = {
        "category",       "unit",      "group",       "whom",    "low",   "best",        "high",
        "qualifier",      "modality",  "cumulative",  "period",  "event", "part_of",     "term",
        "mode",           "body",      "via",         "subject", "kind",  "symbol",      "act",
        "actor",          "degree",    "response",    "count",   "date",  "legal_basis", "demands",
        "implementation", "addressee", "asserted_by", "citing"};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) print_value(order[i], json_object_get(item, order[i]));
}

static void print_proposal(const en_proposal *p, bool bold) {
    json_t *item = json_loads(p->item, 0, NULL);
    printf("%s  %s of \"%s\"", p->printed, p->kind, p->source);
    if (p->decision != EN_UNDECIDED) printf("  [%s by %s]", en_decision_name(p->decision), p->decided_by);
    printf("\n");
    print_quoted(p, bold);
    print_item(item);
    json_decref(item);
}

/* ---- deciding in the terminal ---- */

typedef struct session {
    const args *a;
    const char *actor;
    en_proposals *all;
    bool bold;
    int64_t decided;
    bool failed; /* the last decision could not be stored */
} session;

enum { LINE = 1024, CORRECTIONS = 16 };

static bool read_line(char line[LINE]) {
    if (!fgets(line, LINE, stdin)) return false;
    line[strcspn(line, "\r\n")] = 0;
    return true;
}

static int decide(session *s, en_proposal *p, const en_review *review) {
    char result[EN_ID_TEXT];
    en_error err;
    s->failed = en_app_review(s->a->operands[0], s->actor, review, result, &err) != EN_OK;
    if (s->failed) return fail_with(s->a, &err);
    p->decision = review->decision;
    p->decided_by = s->actor;
    s->decided++;
    printf("  %s%s%s\n\n", en_decision_name(review->decision), result[0] ? ": " : "", result);
    return EN_EXIT_OK;
}

/* Lines of FIELD=VALUE, ended by an empty one. */
static int correct(session *s, en_proposal *p) {
    char lines[CORRECTIONS][LINE];
    const char *corrections[CORRECTIONS];
    en_review review = {.proposal = p->printed, .decision = EN_CORRECTED, .corrections = corrections};
    printf("  FIELD=VALUE, one a line, an empty line ends (as best=12, group=children, asserted_by.name=…)\n");
    while (review.n_corrections < CORRECTIONS && read_line(lines[review.n_corrections])) {
        if (!lines[review.n_corrections][0]) break;
        corrections[review.n_corrections] = lines[review.n_corrections];
        review.n_corrections++;
    }
    if (review.n_corrections == 0) return EN_EXIT_OK;
    return decide(s, p, &review);
}

static int64_t next_undecided(const en_proposals *all, int64_t from) {
    while (from < all->n && all->items[from].decision != EN_UNDECIDED) from++;
    return from;
}

/* One item; *at moves on. A correction that is refused leaves the item as it was, and is asked again. */
static bool step(session *s, int64_t *at) {
    en_proposal *p = &s->all->items[*at];
    printf("[%lld of %lld] ", (long long)*at + 1, (long long)s->all->n);
    print_proposal(p, s->bold);
    printf("  c confirm   e correct   r reject   s skip   b back   q quit\n");
    fflush(stdout);
    int key;
    do key = en_os_read_key(0);
    while (key == '\n' || key == '\r' || key == ' ');
    en_review review = {.proposal = p->printed, .decision = key == 'c' ? EN_CONFIRMED : EN_REJECTED};
    switch (key) {
    case 'c':
    case 'r':
        if (decide(s, p, &review) == EN_EXIT_OK) *at = next_undecided(s->all, *at + 1);
        return true;
    case 'e':
        if (correct(s, p) == EN_EXIT_OK) *at = next_undecided(s->all, *at + (p->decision != EN_UNDECIDED));
        return true;
    case 's': *at = next_undecided(s->all, *at + 1); return true;
    case 'b': *at = *at ? *at - 1 : 0; return true;
    case 'q':
    case -1: return false;
    default: return true;
    }
}

static int review_all(const args *a, en_proposals *all) {
    session s = {.a = a, .actor = actor_of(a), .all = all, .bold = en_os_is_terminal(1)};
    if (!s.actor) return EN_EXIT_USAGE;
    int64_t at = next_undecided(all, 0);
    setvbuf(stdin, NULL, _IONBF, 0); /* keys and lines come from one input */
    while (at < all->n && step(&s, &at)) continue;
    printf("%lld decided, %lld left.\n", (long long)s.decided, (long long)(all->n_undecided - s.decided));
    return en_os_interrupted() ? EN_EXIT_INTERRUPTED : s.failed ? EN_EXIT_FAILED : EN_EXIT_OK;
}

/* ---- one decision by id ---- */

static int decide_one(const args *a, const char *id, en_decision decision) {
    char result[EN_ID_TEXT];
    en_error err;
    const char *actor = actor_of(a);
    if (!actor) return EN_EXIT_USAGE;
    en_review review = {.proposal = id,
                        .decision = decision,
                        .corrections = (const char *const *)a->operands + 1,
                        .n_corrections = a->n_operands - 1,
                        .why = text_option(a, "why")};
    if (en_app_review(a->operands[0], actor, &review, result, &err) != EN_OK) return fail_with(a, &err);
    if (has_option(a, "json"))
        return print_json(a, json_pack("{s:s,s:s,s:o}", "proposal", id, "decision", en_decision_name(decision),
                                       "result", result[0] ? json_string(result) : json_null()));
    printf("%s %s%s%s\n", id, en_decision_name(decision), result[0] ? ": " : "", result);
    return EN_EXIT_OK;
}

/* ---- lists and scores ---- */

static int list(const args *a, const en_proposals *all) {
    const char *kind = text_option(a, "kind");
    if (has_option(a, "json")) return print_json(a, en_json_proposals(all, kind, has_option(a, "all")));
    for (int64_t i = 0; i < all->n; i++) {
        const en_proposal *p = &all->items[i];
        bool wanted = !kind || strcmp(kind, p->kind) == 0;
        if (!wanted || (p->decision != EN_UNDECIDED && !has_option(a, "all"))) continue;
        print_proposal(p, false);
        printf("\n");
    }
    printf("%lld of %lld undecided\n", (long long)all->n_undecided, (long long)all->n);
    return EN_EXIT_OK;
}

static const char *share(double value, char out[16]) {
    if (value != value) return "-";
    snprintf(out, 16, "%.3f", value);
    return out;
}

static int evaluate(const args *a) {
    en_review_score scores[EN_PROPOSAL_KINDS];
    en_error err;
    if (en_app_review_score(a->operands[0], scores, &err) != EN_OK) return fail_with(a, &err);
    if (has_option(a, "json")) return print_json(a, en_json_review_score(scores));
    const char *headers[] = {"kind",     "proposed", "decided",   "confirmed", "corrected",
                             "rejected", "added",    "precision", "recall"};
    text_table *t = text_table_new(9, headers, "lrrrrrrrr");
    for (int k = 0; k < EN_PROPOSAL_KINDS; k++) {
        const en_review_score *s = &scores[k];
        const int64_t counts[] = {s->proposed, s->decided, s->confirmed, s->corrected, s->rejected, s->added};
        char text[6][32], precision[16], recall[16];
        const char *cells[9] = {s->kind};
        for (int i = 0; i < 6; i++) cells[i + 1] = grouped(counts[i], text[i]);
        cells[7] = share(s->precision, precision);
        cells[8] = share(s->recall, recall);
        text_table_row(t, cells);
    }
    text_table_print(t);
    printf("\nPrecision: confirmed of those decided. Recall: confirmed of all that people found in these texts; it "
           "counts\n"
           "only what somebody looked for and added by `everyname add CASE figure …` with its rendition.\n");
    return EN_EXIT_OK;
}

static int run(const args *a) {
    static const struct {
        const char *option;
        en_decision decision;
    } one[] = {{"confirm", EN_CONFIRMED}, {"correct", EN_CORRECTED}, {"reject", EN_REJECTED}};
    en_proposals all;
    en_error err;
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        if (has_option(a, one[i].option)) return decide_one(a, text_option(a, one[i].option), one[i].decision);
    if (a->n_operands > 1) {
        fprintf(stderr, "everyname review: FIELD=VALUE goes with --correct\n");
        return EN_EXIT_USAGE;
    }
    if (has_option(a, "evaluate")) return evaluate(a);
    if (en_proposals_open(a->operands[0], &all, &err) != EN_OK) return fail_with(a, &err);
    bool listed = has_option(a, "list") || has_option(a, "json");
    int status = listed ? list(a, &all) : review_all(a, &all);
    en_proposals_clear(&all);
    return status;
}

static const option_spec options[] = {
    {"list", 0, OPTION_FLAG, NULL, "print what is undecided and ask nothing", false},
    {"all", 0, OPTION_FLAG, NULL, "with --list: decided ones too", false},
    {"kind", 0, OPTION_TEXT, "KIND", "with --list: figure, characterisation, instrument or allegation", false},
    {"confirm", 0, OPTION_TEXT, "ID", "confirm one proposal (P:)", false},
    {"correct", 0, OPTION_TEXT, "ID", "confirm one with corrections, FIELD=VALUE after CASE", false},
    {"reject", 0, OPTION_TEXT, "ID", "reject one", false},
    {"why", 0, OPTION_TEXT, "TEXT", "why, with one of the three", false},
    {"evaluate", 0, OPTION_FLAG, NULL, "precision and recall of what was proposed, from what was decided", false},
    {0}};

const cli_command cmd_review = {
    "review",
    "CASE [FIELD=VALUE …]",
    1,
    -1,
    "decide on what was extracted: confirm, correct, reject",
    "Everything that is extracted from a text is a proposal until a person has decided on it; nothing that is only "
    "proposed is counted or compared. Shows one proposal after the other with its words in their place and waits for a "
    "key: c confirms, e corrects, r rejects, s skips, b goes back, q ends. Each decision is an entry of the ledger, "
    "under "
    "the name of who decided, and can be made anew: the newest one stands, and what an earlier one had made is taken "
    "back.",
    "everyname review valley.everyname --as 'R. Archivist'\n"
    "everyname review valley.everyname --list --kind figure --json\n"
    "everyname review valley.everyname --correct P:3f2a.7 best=12 group=children --why 'the text says twelve'",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
