/* everyname compare: stated, recorded and estimated side by side. */
#include <stdio.h>
#include <string.h>

#include "app/compare.h"
#include "base/print.h"
#include "cli/terminal.h"
#include "report/report.h"

static void print_stated(const en_comparison *c) {
    const char *headers[] = {"of", "group", "stated", "said by", "relation", "said on", "event", "definition", "id"};
    const en_stated *s = c->stated;
    text_table *t = text_table_new(9, headers, "llrllllll");
    for (int64_t i = 0; i < c->n_figures; i++) {
        const en_stated_figure *f = &s->figures[c->figures[i]];
        char number[96], what[64], group[64], relation[64], event[200], stated[128];
        en_figure_number(f, number);
        en_print(stated, sizeof stated, "%s%s%s", number, strcmp(f->unit, "person") == 0 ? "" : " ",
                 strcmp(f->unit, "person") == 0 ? "" : f->unit);
        en_print(event, sizeof event, "%.120s%s%.60s", f->event_place,
                 f->event_place[0] && f->event_date[0] ? ", " : "", f->event_date);
        const char *cells[] = {code_words(f->category, what),
                               code_words(f->group, group),
                               stated,
                               or_dash(en_said_by(s, &f->said)),
                               or_dash(code_words(en_said_relation(s, &f->said), relation)),
                               or_dash(en_said_on(s, &f->said)),
                               or_dash(event),
                               or_dash(f->definition),
                               f->said.shown};
        text_table_row(t, cells);
    }
    printf("Stated: what sources say\n");
    text_table_print(t);
}

static const char *count_words(const en_compared_count *count, char out[32]) {
    return count->withheld ? "withheld" : grouped(count->n, out);
}

static void print_recorded(const en_comparison *c) {
    const char *headers[] = {"of", "group", "recorded", "corroborated", "verified", "id"};
    text_table *t = text_table_new(6, headers, "llrrrl");
    char n[3][32], what[64], group[64];
    for (int64_t i = 0; i < c->n_recorded; i++) {
        const en_compared_recorded *r = &c->beside[i];
        bool can = !r->cannot[0];
        const char *cells[] = {code_words(r->category, what),
                               code_words(r->group, group),
                               can ? count_words(&r->level[0], n[0]) : "-",
                               can ? count_words(&r->level[1], n[1]) : "-",
                               can ? count_words(&r->level[2], n[2]) : "-",
                               can ? r->level[0].id : r->cannot};
        text_table_row(t, cells);
    }
    printf("\nRecorded: persons on lists. %s\n", c->restricted);
    if (c->n_recorded)
        text_table_print(t);
    else {
        const char *none[] = {"-", "-", "-", "-", "-", "no figure to stand beside"};
        text_table_row(t, none);
        text_table_print(t);
    }
}

static void print_estimated(const en_comparison *c) {
    printf("\nEstimated: ");
    if (!c->has_estimate)
        printf("none (%s)\n", c->no_estimate);
    else if (c->estimate.result.has_recommended)
        printf("%.0f to %.0f persons, recorded or not  %s\n", c->estimate.result.low, c->estimate.result.high,
               c->estimate.id);
    else
        printf("no headline number  %s\n", c->estimate.id);
}

/* Numbers of different groups differ by that alone; what is told here is the rest, and the whole is in --json. */
static void print_differences(const en_comparison *c) {
    const unsigned by_group = 1u << EN_DIFFERS_GROUP | 1u << EN_DIFFERS_PART;
    int64_t told = 0;
    for (int64_t i = 0; i < c->n_differences; i++) {
        const en_difference *d = &c->differences[i];
        if (d->aspects & by_group) continue;
        printf("%s  %s and %s: %s\n", told++ ? "" : "\nHow they differ\n", d->between[0], d->between[1], d->why);
    }
    if (c->n_differences > told)
        printf("%s  %lld more pairs differ by group, or as a part does from a total; --json has them.\n",
               told ? "" : "\nHow they differ\n", (long long)(c->n_differences - told));
}

static void print_comparison(const en_comparison *c) {
    if (c->incident >= 0) {
        const en_stated_incident *of = &c->stated->incidents[c->incident];
        printf("%s  %s\n\n", of->shown, of->title);
    }
    if (c->n_figures)
        print_stated(c);
    else
        printf("Stated: no figure is in the case; `everyname review` confirms what was extracted.\n");
    print_recorded(c);
    print_estimated(c);
    print_differences(c);
    if (c->n_checks) printf("\nTo look at\n");
    for (int64_t i = 0; i < c->n_checks; i++) {
        printf("  %s:", c->checks[i].what);
        for (int k = 0; k < c->checks[i].n; k++) printf(" %s", c->checks[i].figures[k]);
        printf("\n");
    }
    printf("\nThe three kinds of number are never added to one another. Ledger head %.12s.\n", c->stated->head);
}

static int compare(const args *a, const en_account *account, const en_stated *stated) {
    en_error err;
    en_comparison comparison;
    en_estimate_request request = {.options = EN_ESTIMATE_OPTIONS_INIT};
    request.options.seed = count_option(a, "seed", 1);
    request.options.threads = (int)count_option(a, "threads", 0);
    request.options.progress = terminal_progress(a);
    en_compare_options o = {.incident = text_option(a, "incident"),
                            .estimate = has_option(a, "estimate") ? &request : NULL,
                            .show_small = has_option(a, "show-small")};
    if (en_compare(account, stated, &o, &comparison, &err) != EN_OK) return fail_with(a, &err);
    clear_progress();
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_comparison(&comparison));
    else
        print_comparison(&comparison);
    en_comparison_clear(&comparison);
    return status;
}

static int run(const args *a) {
    en_error err;
    en_account account;
    en_stated stated;
    if (en_account_open(a->operands[0], NULL, &account, &err) != EN_OK) return fail_with(a, &err);
    int status;
    if (en_stated_open(a->operands[0], &stated, &err) != EN_OK) {
        status = fail_with(a, &err);
    } else {
        status = compare(a, &account, &stated);
        en_stated_clear(&stated);
    }
    en_account_clear(&account);
    return status;
}

static const option_spec options[] = {
    {"incident", 0, OPTION_TEXT, "X", "the incident: its id, title or key (default: all figures)", false},
    {"estimate", 0, OPTION_FLAG, NULL, "estimate too, where that is of the same persons", false},
    {"show-small", 0, OPTION_FLAG, NULL, "a policy decided that numbers under 5 about the living are shown", false},
    {0}};

const cli_command cmd_compare = {
    "compare",
    "CASE",
    1,
    1,
    "set stated, recorded and estimated numbers side by side",
    "Shows each figure that a source states with its speaker, the source's relation to the event, its bounds, "
    "definition "
    "and date; beside it the persons that records support for the same category and group, at three levels; and the "
    "estimate, where it is of the same persons. Says in words how any two of them differ, and checks their arithmetic: "
    "parts beyond their total, groups that overlap, running totals that fall, a total told twice. A figure belongs to "
    "an "
    "incident by its id, or where the place and date of its event lie within the incident's. The three kinds of number "
    "are never added to one another.",
    "everyname compare valley.everyname --incident 'Orlesk, 17 May 1994'",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
