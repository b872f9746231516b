/* The statement of an incident, or of a whole case, from records alone: one paragraph of counts, each with the id that
 * `trace` follows and what it assumes. What nobody recorded is left out, not stated as nought. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "base/buf.h"
#include "base/print.h"

typedef struct asked {
    const char *what;
    en_count_unit unit;
    struct {
        en_dimension dimension;
        const char *value;
    } where[5]; /* ended by a NULL value */
    const char *assumes;
} asked;

#define KILLED                                                                                                         \
    {EN_DIM_FATE, "dead"}, { EN_DIM_EVER, "killed" }
/* In this order in en_statement.numbers. */
static const asked questions[EN_STATEMENT_NUMBERS] = {
    {"killed",
     EN_COUNT_PERSONS,
     {KILLED},
     "A source says that they were killed, and nobody says that they lived later."},
    {"killed_children", EN_COUNT_PERSONS, {KILLED, {EN_DIM_AGE_GROUP, "0-17"}}, "Under 18 at the event."},
    {"killed_women",
     EN_COUNT_PERSONS,
     {KILLED, {EN_DIM_SEX, "female"}, {EN_DIM_AGE_GROUP, "18-59"}, {EN_DIM_AGE_GROUP, "60+"}},
     "Female, 18 and over at the event; older women are among them."},
    {"killed_older", EN_COUNT_PERSONS, {KILLED, {EN_DIM_AGE_GROUP, "60+"}}, "60 and over at the event, women and men."},
    {"killed_age_unknown",
     EN_COUNT_PERSONS,
     {KILLED, {EN_DIM_AGE_GROUP, "unknown"}},
     "No age at the event is recorded, or none that decides the group; they are in no group above."},
    {"dead",
     EN_COUNT_PERSONS,
     {{EN_DIM_FATE, "dead"}},
     "Recorded dead, however it came about, those killed among them."},
    {"families_killed",
     EN_COUNT_FAMILIES,
     {{EN_DIM_FAMILY, "killed"}},
     "Somebody states the family's full membership, and every member is recorded dead."},
    {"families_no_survivor_recorded",
     EN_COUNT_FAMILIES,
     {{EN_DIM_FAMILY, "no_survivor_recorded"}},
     "Every member known is recorded dead; nobody states that these are all, so a survivor may not be recorded."},
    {"lost_one_parent",
     EN_COUNT_PERSONS,
     {{EN_DIM_PARENTS, "lost_one"}},
     "Under 18 at the event and not recorded dead; one parent is recorded dead, another recorded alive."},
    {"lost_both_parents",
     EN_COUNT_PERSONS,
     {{EN_DIM_PARENTS, "lost_both"}},
     "Under 18 at the event and not recorded dead; two parents are recorded dead."},
    {"lost_at_least_one_parent",
     EN_COUNT_PERSONS,
     {{EN_DIM_PARENTS, "lost_at_least_one"}},
     "Under 18 at the event and not recorded dead; one parent is recorded dead, and nobody as the other, or with an "
     "unknown fate."},
    {"hostages",
     EN_COUNT_PERSONS,
     {{EN_DIM_EVER, "hostage"}},
     "Somebody used this word of them, whatever followed; it is theirs."},
    {"fate_unknown",
     EN_COUNT_PERSONS,
     {{EN_DIM_FATE, "unknown"}},
     "Recorded missing, taken or held, and nobody says what followed."},
};
enum {
    Q_KILLED,
    Q_CHILDREN,
    Q_WOMEN,
    Q_OLDER,
    Q_AGE_UNKNOWN,
    Q_DEAD,
    Q_FAMILIES,
    Q_NO_SURVIVOR,
    Q_ONE,
    Q_BOTH,
    Q_AT_LEAST,
    Q_HOSTAGES,
    Q_UNKNOWN
};

/* ---- numbers ---- */

static en_status answer(const en_account *account, const asked *q, const en_statement_options *o, const char *incident,
                        en_statement *out, en_statement_number *number, en_error *err) {
    en_count_query query = {.level = o->level, .unit = q->unit, .show_small = o->show_small};
    en_count count;
    for (int i = 0; i < 5 && q->where[i].value; i++)
        query.where[query.n_where++] = (en_condition){q->where[i].dimension, q->where[i].value};
    if (incident) query.where[query.n_where++] = (en_condition){EN_DIM_INCIDENT, incident};
    EN_TRY(en_account_count(account, &query, &count, err));
    *number = (en_statement_number){.what = q->what,
                                    .n = count.total,
                                    .withheld = count.total_withheld,
                                    .id = en_arena_strdup(out->arena, en_str_of(count.total_id)),
                                    .assumes = q->assumes};
    en_count_clear(&count);
    return number->id ? EN_OK : en_no_memory(err);
}

/* ---- words ---- */

typedef struct writer {
    const en_statement *of;
    en_buf text;
    en_error *err;
    bool begun;
} writer;

static bool is_told(const writer *w, int q) { return w->of->numbers[q].n > 0; }

static en_status add_number(writer *w, int q, const char *one, const char *many) {
    const en_statement_number *n = &w->of->numbers[q];
    char digits[32], grouped[48] = "";
    if (n->withheld) return en_buf_addf(&w->text, w->err, "fewer than five %s", many);
    int len = en_print(digits, sizeof digits, "%lld", (long long)n->n);
    for (int i = 0, at = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) grouped[at++] = ',';
        grouped[at++] = digits[i];
        grouped[at] = 0;
    }
    return en_buf_addf(&w->text, w->err, "%s %s", grouped, n->n == 1 ? one : many);
}

static en_status next_clause(writer *w) {
    if (w->begun) EN_TRY(en_buf_add(&w->text, EN_LIT("; "), w->err));
    w->begun = true;
    return EN_OK;
}

static en_status tell_killed(writer *w) {
    static const struct {
        int q;
        const char *one, *many;
    } among[] = {
        {Q_CHILDREN, "child", "children"}, {Q_WOMEN, "woman", "women"}, {Q_OLDER, "older person", "older people"}};
    int told = 0, left = 0;
    if (!is_told(w, Q_KILLED)) return EN_OK;
    EN_TRY(next_clause(w));
    EN_TRY(add_number(w, Q_KILLED, "person was killed", "people were killed"));
    for (int i = 0; i < 3; i++) left += is_told(w, among[i].q);
    for (int i = 0; i < 3; i++) {
        if (!is_told(w, among[i].q)) continue;
        left--;
        EN_TRY(en_buf_addf(&w->text, w->err, "%s", told == 0 ? ", among them " : left == 0 ? " and " : ", "));
        EN_TRY(add_number(w, among[i].q, among[i].one, among[i].many));
        told++;
    }
    return EN_OK;
}

static en_status tell_families(writer *w) {
    if (is_told(w, Q_FAMILIES)) {
        EN_TRY(next_clause(w));
        EN_TRY(add_number(w, Q_FAMILIES, "family was wholly killed", "families were wholly killed"));
    }
    if (!is_told(w, Q_NO_SURVIVOR)) return EN_OK;
    EN_TRY(next_clause(w));
    EN_TRY(en_buf_add(&w->text, EN_LIT("for "), w->err));
    return add_number(w, Q_NO_SURVIVOR, "family, no survivor recorded", "families, no survivor recorded");
}

static en_status tell_parents(writer *w) {
    if (is_told(w, Q_ONE)) {
        EN_TRY(next_clause(w));
        EN_TRY(add_number(w, Q_ONE, "child lost one parent", "children lost one parent"));
    }
    if (is_told(w, Q_BOTH)) {
        if (is_told(w, Q_ONE))
            EN_TRY(en_buf_add(&w->text, EN_LIT(" and "), w->err));
        else
            EN_TRY(next_clause(w));
        EN_TRY(is_told(w, Q_ONE) ? add_number(w, Q_BOTH, "both", "both")
                                 : add_number(w, Q_BOTH, "child lost both parents", "children lost both parents"));
    }
    if (!is_told(w, Q_AT_LEAST)) return EN_OK;
    EN_TRY(next_clause(w));
    return add_number(w, Q_AT_LEAST, "child lost at least one parent", "children lost at least one parent");
}

static en_status tell_taken(writer *w) {
    if (is_told(w, Q_HOSTAGES)) {
        EN_TRY(next_clause(w));
        EN_TRY(add_number(w, Q_HOSTAGES, "person was taken hostage", "people were taken hostage"));
    }
    if (!is_told(w, Q_UNKNOWN)) return EN_OK;
    EN_TRY(next_clause(w));
    EN_TRY(en_buf_add(&w->text, EN_LIT("the fate of "), w->err));
    return add_number(w, Q_UNKNOWN, "person is unknown", "people is unknown");
}

static en_status write_text(writer *w) {
    EN_TRY(tell_killed(w));
    EN_TRY(tell_families(w));
    EN_TRY(tell_parents(w));
    EN_TRY(tell_taken(w));
    if (!w->begun)
        return en_buf_addf(&w->text, w->err, "Nobody is %s as killed, held or missing.", en_level_name(w->of->level));
    return en_buf_add_char(&w->text, '.', w->err);
}

/* ---- the whole ---- */

static en_status find_incident(const en_account *account, const char *asked_for, int32_t *incident, en_error *err) {
    *incident = -1;
    if (!asked_for) return EN_OK;
    *incident = en_account_find_incident(account, asked_for);
    if (*incident >= 0) return EN_OK;
    char some[200] = "";
    for (int64_t i = 0; i < account->n_incidents && strlen(some) < 150; i++) {
        size_t at = strlen(some);
        en_print(some + at, sizeof some - at, "%s%s %.60s", i ? ", " : "", account->incidents[i].shown,
                 account->incidents[i].title);
    }
    en_fail(err, EN_ERR_USAGE, "the case has no incident \"%.100s\"", asked_for);
    en_error_mend(err, some[0] ? "incidents: %s" : "add one: everyname add CASE incident title=…%s", some);
    return EN_ERR_USAGE;
}

static en_status describe(const en_account *account, int32_t incident, en_statement *out, en_error *err) {
    const en_account_incident *of = incident < 0 ? NULL : &account->incidents[incident];
    out->incident = en_arena_strdup(out->arena, en_str_of(of ? of->shown : ""));
    out->title = en_arena_strdup(out->arena, en_str_of(of ? of->title : ""));
    out->run = en_arena_strdup(out->arena, en_str_of(account->run));
    memcpy(out->head, account->head, sizeof out->head);
    out->undecided_pairs = account->undecided_pairs;
    out->unreviewed_merges = account->unreviewed_merges;
    return out->incident && out->title && out->run ? EN_OK : en_no_memory(err);
}

static en_status run(const en_account *account, const en_statement_options *o, en_statement *out, en_error *err) {
    int32_t incident;
    out->level = o->level;
    EN_TRY(find_incident(account, o->incident, &incident, err));
    EN_TRY(describe(account, incident, out, err));
    for (int i = 0; i < EN_STATEMENT_NUMBERS; i++)
        EN_TRY(answer(account, &questions[i], o, incident < 0 ? NULL : out->incident, out, &out->numbers[i], err));
    writer w = {.of = out, .err = err};
    en_status status = write_text(&w);
    out->text = status == EN_OK ? en_arena_strdup(out->arena, en_buf_str(&w.text)) : NULL;
    en_buf_clear(&w.text);
    return status == EN_OK && !out->text ? en_no_memory(err) : status;
}

en_status en_account_statement(const en_account *account, const en_statement_options *options, en_statement *out,
                               en_error *err) {
    *out = (en_statement){.arena = en_arena_new()};
    en_status status = out->arena ? run(account, options, out, err) : en_no_memory(err);
    if (status != EN_OK) en_statement_clear(out);
    return status;
}

void en_statement_clear(en_statement *statement) {
    en_arena_free(statement->arena);
    *statement = (en_statement){0};
}
