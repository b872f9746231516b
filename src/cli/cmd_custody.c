/* everyname custody: the chain of custody of one capture. */
#include <stdio.h>

#include "app/keeping.h"
#include "cli/terminal.h"
#include "everyname/when.h"
#include "report/json_keeping.h"

static const char *time_text(int64_t at, char buf[32]) {
    en_time_print(at, buf, 32);
    return buf;
}

static void print_line(const char *what, const char *value) {
    if (value && value[0]) printf("  %-17s %s\n", what, value);
}

static void print_item(const en_custody_item *i) {
    char when[32], bytes[32];
    printf("%s %s\n", i->parent[0] ? "Working copy" : "Original item", i->id);
    print_line("made from", i->parent);
    print_line("made by", i->extractor);
    print_line("collected from", i->url);
    print_line("collected by", i->collected_by);
    print_line("collected at", time_text(i->collected_at, when));
    print_line("collected with", i->collected_with);
    print_line("media type", i->media_type);
    print_line("bytes", grouped(i->length, bytes));
    print_line("SHA-256", i->sha256);
    printf("  %-17s %s by %s (%s)\n", "preserved since", time_text(i->entered_at, when), i->entered_by, i->entry);
    print_line("fixity now", i->fixity);
    printf("\n");
}

static void print_custody(const en_custody *c) {
    char when[32];
    for (int64_t i = 0; i < c->n_items; i++) print_item(&c->items[i]);
    printf("Chain of custody in the case\n");
    for (int64_t i = 0; i < c->n_events; i++) {
        const en_custody_event *e = &c->events[i];
        printf("  %s  %s  %s, %s: %s%s%s\n", time_text(e->at, when), e->entry, e->actor, e->command, e->what,
               e->row[0] ? " " : "", e->row);
    }
    printf("\nTime stamps\n");
    for (int64_t i = 0; i < c->n_stamps; i++) {
        const en_custody_stamp *s = &c->stamps[i];
        printf("  %s  %s of %s by %s: %s\n", time_text(s->at, when), s->id, s->of[0] ? s->of : "the ledger",
               s->authority, s->check);
    }
    if (!c->n_stamps) printf("  none\n");
    printf("\nChecked %s at ledger head %s\n", time_text(c->checked_at, when), c->head);
}

static int run(const args *a) {
    en_error err;
    en_custody custody;
    if (en_app_custody(a->operands[0], a->operands[1], &custody, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_custody(&custody));
    else
        print_custody(&custody);
    en_custody_clear(&custody);
    return status;
}

const cli_command cmd_custody = {"custody",
                                 "CASE ID",
                                 2,
                                 2,
                                 "the chain of custody of one captured file",
                                 "From collection to today, in the words of the Berkeley Protocol: the collection "
                                 "record of the original item (from where, by "
                                 "whom, when, with what), its hash, the working copies made from it, when it was "
                                 "preserved and by whom, who did what "
                                 "with it since, a check of its bytes now, and the time stamps that attest it. ID is a "
                                 "capture (k:) or a source (s:), whose "
                                 "newest capture is meant. `everyname verify` checks the case as a whole.",
                                 "everyname custody valley.everyname k:3f2a.1",
                                 COMMON_JSON,
                                 NULL,
                                 run};
