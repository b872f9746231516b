/* everyname withdraw: consent is taken back. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/buf.h"
#include "cli/terminal.h"
#include "report/report.h"

static void print_done(const en_add_result *r) {
    printf("Withdrawn by %s, ledger entry %s.\n", r->shown[0].id, r->entry);
    printf("What leaves the case for that purpose from now on leaves it out: report for \"publish\", export and redact "
           "for \"share\". Nothing that was handed out before comes back, and the case still holds it: `everyname "
           "destroy` overwrites it.\n");
}

/* "MEMBER=VALUE" in the arena; nothing where there is no value. */
static bool add_field(const char *member, const char *value, en_arena *arena, const char **fields, size_t *n) {
    en_buf text = {0};
    if (!value) return true;
    bool added = en_buf_addf(&text, NULL, "%s=%s", member, value) == EN_OK &&
                 (fields[*n] = en_arena_strdup(arena, en_buf_str(&text)));
    en_buf_clear(&text);
    *n += added;
    return added;
}

/* Purposes are written with commas here, as lists of options are, and with semicolons in rows. */
static const char *purposes(const args *a, en_arena *arena) {
    const char *written = text_option(a, "purpose");
    char *list = written ? en_arena_strdup(arena, en_str_of(written)) : NULL;
    for (char *c = list; c && *c; c++)
        if (*c == ',') *c = ';';
    return list;
}

static int withdraw(const args *a, const char *actor, en_arena *arena) {
    en_error err;
    en_add_result result;
    const char *fields[6];
    en_add_options o = {.actor = actor, .kind = "withdrawal", .fields = fields};
    bool built = add_field("of", a->operands[1], arena, fields, &o.n_fields) &&
                 add_field("why", text_option(a, "why"), arena, fields, &o.n_fields) &&
                 add_field("by", text_option(a, "by"), arena, fields, &o.n_fields) &&
                 add_field("date", text_option(a, "date"), arena, fields, &o.n_fields) &&
                 add_field("purpose", purposes(a, arena), arena, fields, &o.n_fields);
    if (!built) return EN_EXIT_FAILED;
    if (en_app_add(a->operands[0], &o, &result, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_add(&result));
    else
        print_done(&result);
    en_add_result_clear(&result);
    return status;
}

static int run(const args *a) {
    const char *actor = actor_of(a);
    en_arena *arena = en_arena_new();
    int status = !actor ? EN_EXIT_USAGE : arena ? withdraw(a, actor, arena) : EN_EXIT_FAILED;
    en_arena_free(arena);
    return status;
}

static const option_spec options[] = {
    {"why", 0, OPTION_TEXT, "TEXT", "why, or by what word; it stays in the case", true},
    {"purpose", 0, OPTION_TEXT, "PURPOSE,…",
     "store, share, publish, court (default: all that the consent was for); store takes all others with it", false},
    {"date", 0, OPTION_TEXT, "DATE", "when it was taken back, as 2026-03-01", false},
    {"by", 0, OPTION_TEXT, "NAME", "who took it back, where that is not whose consent it was", false},
    {0}};

const cli_command cmd_withdraw = {
    "withdraw",
    "CASE ID",
    2,
    2,
    "take consent back: of a person, a source, an actor",
    "ID is a consent (C:), or whose it was: a person (p:, or the id that a list gives a record), a source (s:), an "
    "actor (a:). From then on a report leaves out whoever took back \"publish\", and export and redact whoever took "
    "back \"share\", and each says how many; counts still count them. It holds until a later consent is added, or "
    "`everyname undo` takes the entry back.",
    "everyname withdraw valley.everyname p:3f2a.17 --why 'letter of the family' --purpose share,publish --date "
    "2026-03-01 --as 'R. Archivist'",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
