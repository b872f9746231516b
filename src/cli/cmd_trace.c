/* everyname trace: from a number to the bytes behind it. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "cli/terminal.h"
#include "report/report.h"

enum { SHOWN = 20 };

static void print_values(const en_trace *t) {
    const char *headers[] = {"shows", "", "by the rule"};
    if (!t->n_values) return;
    text_table *table = text_table_new(3, headers, "lll");
    for (int i = 0; i < t->n_values; i++) {
        const char *cells[] = {t->values[i].property, t->values[i].shown, t->values[i].because};
        text_table_row(table, cells);
    }
    text_table_print(table);
    for (int i = 0; i < t->n_values; i++) {
        const en_trace_value *v = &t->values[i];
        if (v->disputed) printf("\nSources differ on %s%s\n", v->property, v->n_said ? ":" : ", as over time below.");
        for (int k = 0; v->disputed && k < v->n_said; k++)
            printf("  %s  %s  %s\n", v->said[k].value, v->said[k].row, v->said[k].by);
    }
    if (t->n_events) printf("\nOver time:\n");
    for (int i = 0; i < t->n_events; i++) {
        const en_trace_event *e = &t->events[i];
        printf("  %s  %s%s%s%s%s%s%s\n", e->date[0] ? e->date : "no date", e->status, e->by[0] ? ", says " : "", e->by,
               e->said[0] ? " on " : "", e->said, ", ", e->row);
    }
    printf("\n");
}

/* Where the words stand in what the text was made from. */
static void print_original(const en_trace_record *r) {
    if (!r->original) return;
    printf("      made from %s", r->original);
    if (r->original_offset >= 0) printf(", where it begins at byte %lld", (long long)r->original_offset);
    if (r->original_page) printf(", page %d", r->original_page);
    printf("\n");
}

static void print_trace(const en_trace *t, int64_t most) {
    printf("%s: %s %s\n%s\n\n", t->id, t->kind, t->value, t->how);
    if (t->body) printf("%s\n", t->body);
    print_values(t);
    for (int64_t i = 0; i < t->n_because && i < most; i++) {
        const en_trace_record *r = &t->because[i];
        if (r->person[0] && (i == 0 || strcmp(r->person, t->because[i - 1].person) != 0)) printf("%s\n", r->person);
        if (!r->capture[0])
            printf("  %s%s%s  %s\n", r->record, r->source[0] ? "  " : "", r->source, r->quote);
        else
            printf("  %s  %s  %s bytes %lld+%lld\n      %s\n", r->record, r->source, r->capture, (long long)r->offset,
                   (long long)r->length, r->quote);
        print_original(r);
    }
    if (t->n_because > most) printf("… and %lld more records; --all shows them\n", (long long)(t->n_because - most));
}

static int run(const args *a) {
    en_error err;
    en_trace trace;
    if (en_app_trace(a->operands[0], a->operands[1], &trace, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_trace(&trace));
    else
        print_trace(&trace, has_option(a, "all") ? INT64_MAX : SHOWN);
    en_trace_clear(&trace);
    return status;
}

static const option_spec options[] = {{"all", 0, OPTION_FLAG, NULL, "show every record, not the first 20", false}, {0}};

const cli_command cmd_trace = {"trace",
                               "CASE ID",
                               2,
                               2,
                               "follow a number, person or record to the bytes behind it",
                               "Follows ID to the records behind it, with source, captured file, byte offset, length "
                               "and the exact bytes. ID is a count (c:), an estimate (e:), a person (p:) or a "
                               "record (r:), as other commands and the report print them. What it prints names people.",
                               "everyname trace valley.everyname p:3f2a.17\neveryname trace valley.everyname "
                               "'c:recorded;sex=female@3f2a9c1b77aa' --json",
                               COMMON_JSON,
                               options,
                               run};
