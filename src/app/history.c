/* What became of a row, a record or a person: every entry of the ledger that says something of it. */
#include "app/history.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/row_refs.h"

typedef struct historian {
    en_case *c;
    en_history *out;
    en_entry *entries;
    int64_t n_entries, cap;
} historian;

static const char *kept(historian *h, const char *s) {
    const char *copy = en_arena_strdup(h->out->arena, en_str_of(s));
    return copy ? copy : "";
}

/* ---- events ---- */

static en_status grow(historian *h, en_error *err) {
    if (h->out->n < h->cap) return EN_OK;
    int64_t cap = h->cap ? 2 * h->cap : 32;
    en_event *events = en_arena_alloc(h->out->arena, (size_t)cap * sizeof *events);
    if (!events) return en_no_memory(err);
    if (h->out->n) memcpy(events, h->out->events, (size_t)h->out->n * sizeof *events);
    h->out->events = events;
    h->cap = cap;
    return EN_OK;
}

static en_status add(historian *h, en_id row, const char *kind, const char *what, const char *body, bool revoked,
                     en_error *err) {
    char entry[EN_ID_TEXT], printed[EN_ID_TEXT] = "";
    EN_TRY(grow(h, err));
    if (row.entry < 1 || row.entry > h->n_entries) return en_fail(err, EN_ERR_CORRUPT, "a row is of no entry");
    const en_entry *e = &h->entries[row.entry - 1];
    EN_TRY(en_case_print_id(h->c, 'n', (en_id){row.entry, 0}, entry, err));
    char letter = kind[0] ? en_letter_of_kind(kind) : 0;
    if (letter) EN_TRY(en_case_print_id(h->c, letter, row, printed, err));
    h->out->events[h->out->n] = (en_event){.entry = kept(h, entry),
                                           .number = row.entry,
                                           .place = h->out->n,
                                           .when = e->when,
                                           .actor = kept(h, e->actor),
                                           .command = kept(h, e->command),
                                           .what = kept(h, what),
                                           .row = kept(h, printed),
                                           .body = body,
                                           .revoked = revoked};
    h->out->n++;
    return EN_OK;
}

/* The reference that a body has under one of its members, as people read ids. */
static void print_ref(historian *h, const json_t *body, const char *member, char letter, char out[EN_ID_TEXT]) {
    const char *ref = json_string_value(json_object_get(body, member));
    en_id id;
    en_error ignored;
    out[0] = 0;
    if (ref && en_case_deref(h->c, ref, &id, &ignored) == EN_OK)
        (void)en_case_print_id(h->c, letter, id, out, &ignored);
}

/* What a row that refers to the one asked about says of it, in words. */
static void describe(historian *h, const en_row *row, const char *ref, char out[256]) {
    json_t *body = json_loads(row->body, 0, NULL);
    const char *text = json_string_value(json_object_get(body, "judged")),
               *a = json_string_value(json_object_get(body, "record_a"));
    char other[EN_ID_TEXT];
    if (strcmp(row->kind, "revocation") == 0) {
        snprintf(out, 256, "taken back");
    } else if (strcmp(row->kind, "judgement") == 0 && text && a) {
        print_ref(h, body, strcmp(a, ref) == 0 ? "record_b" : "record_a", 'r', other);
        snprintf(out, 256, "judged against %s: %s", other, text);
    } else if (strcmp(row->kind, "review") == 0) {
        text = json_string_value(json_object_get(body, "decision"));
        snprintf(out, 256, "%s", text ? text : "reviewed");
    } else if (strcmp(row->kind, "removal") == 0) {
        print_ref(h, body, "release", 'l', other);
        snprintf(out, 256, "gone from release %s, or changed in it", other);
    } else if (strcmp(row->kind, "link_run") == 0) {
        snprintf(out, 256, "joined or parted by a link run");
    } else {
        snprintf(out, 256, "named by a row of kind %s", row->kind);
    }
    json_decref(body);
}

static en_status add_revocation(historian *h, const en_row *row, en_error *err) {
    char printed[EN_ID_TEXT] = "", what[EN_ID_TEXT + 32];
    char letter = en_letter_of_kind(row->kind);
    if (letter) EN_TRY(en_case_print_id(h->c, letter, row->id, printed, err));
    snprintf(what, sizeof what, "took back %s", letter ? printed : row->kind);
    return add(h, row->revoked_by, "revocation", what, "", false, err);
}

/* Rows that refer to `id`, revocations of it among them. */
static en_status add_mentions(historian *h, en_id id, en_error *err) {
    char ref[EN_REF_TEXT], what[256];
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_ref(h->c, id, ref, err));
    EN_TRY(en_case_mentions(h->c, ref, h->out->arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        describe(h, &rows[i], ref, what);
        bool large = strcmp(rows[i].kind, "link_run") == 0; /* its model is no reading */
        bool revoked = !en_id_eq(rows[i].revoked_by, EN_ID_NONE);
        EN_TRY(add(h, rows[i].id, rows[i].kind, what, large ? "" : rows[i].body, revoked, err));
        if (revoked) EN_TRY(add_revocation(h, &rows[i], err));
    }
    return EN_OK;
}

/* ---- what is asked about ---- */

static en_status add_row(historian *h, en_id id, en_error *err) {
    en_row row;
    EN_TRY(en_case_row(h->c, id, h->out->arena, &row, err));
    h->out->kind = row.kind;
    bool large = strcmp(row.kind, "link_run") == 0;
    EN_TRY(add(h, id, row.kind, "entered", large ? "" : row.body, !en_id_eq(row.revoked_by, EN_ID_NONE), err));
    return add_mentions(h, id, err);
}

static en_status add_record(historian *h, en_id id, en_error *err) {
    en_id release, capture;
    char printed[EN_ID_TEXT], what[EN_ID_TEXT + 64];
    EN_TRY(en_case_record(h->c, id, &release, &capture, NULL, NULL, err));
    EN_TRY(en_case_print_id(h->c, 'l', release, printed, err));
    snprintf(what, sizeof what, "came in with release %s", printed);
    EN_TRY(add(h, id, "", what, "", false, err));
    return add_mentions(h, id, err);
}

static int by_ledger(const void *a, const void *b) {
    const en_event *x = a, *y = b;
    if (x->number != y->number) return x->number < y->number ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* In which person each link run put a record, where that changes. */
static en_status add_runs(historian *h, en_id record, en_error *err) {
    en_row *runs;
    int64_t n;
    en_id before = EN_ID_NONE;
    EN_TRY(en_case_rows(h->c, "link_run", h->out->arena, &runs, &n, err));
    for (int64_t i = 0; i < n; i++) {
        en_id person;
        float weakest;
        en_status found = en_case_membership(h->c, runs[i].id, record, &person, &weakest, err);
        if (found == EN_ERR_NOT_FOUND) continue;
        if (found != EN_OK) return found;
        if (en_id_eq(person, before)) continue;
        char printed[EN_ID_TEXT], what[EN_ID_TEXT + 64];
        EN_TRY(en_case_print_id(h->c, 'p', person, printed, err));
        snprintf(what, sizeof what, "put in person %s by a link run", printed);
        EN_TRY(add(h, runs[i].id, "link_run", what, "", !en_id_eq(runs[i].revoked_by, EN_ID_NONE), err));
        before = person;
    }
    return EN_OK;
}

static en_status add_person(historian *h, en_id id, en_error *err) {
    en_link_run run;
    en_id *records, *persons;
    int64_t n;
    EN_TRY(add_record(h, id, err));
    EN_TRY(add_runs(h, id, err));
    en_status found = en_case_last_link_run(h->c, h->out->arena, &run, err);
    if (found == EN_ERR_NOT_FOUND) return EN_OK;
    if (found != EN_OK) return found;
    EN_TRY(en_case_memberships(h->c, run.id, h->out->arena, &records, &persons, NULL, &n, err));
    for (int64_t i = 0; i < n; i++) {
        if (!en_id_eq(persons[i], id) || en_id_eq(records[i], id)) continue;
        EN_TRY(add_record(h, records[i], err));
        EN_TRY(add_runs(h, records[i], err));
    }
    return EN_OK;
}

static en_status add_entry(historian *h, en_id id, en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_entry_rows(h->c, id.entry, h->out->arena, &rows, &n, err));
    char what[64];
    snprintf(what, sizeof what, "%lld rows", (long long)h->entries[id.entry - 1].rows);
    EN_TRY(add(h, id, "", what, "", false, err));
    for (int64_t i = 0; i < n; i++) {
        bool large = strcmp(rows[i].kind, "link_run") == 0;
        snprintf(what, sizeof what, "a row of kind %s", rows[i].kind);
        EN_TRY(add(h, rows[i].id, rows[i].kind, what, large ? "" : rows[i].body,
                   !en_id_eq(rows[i].revoked_by, EN_ID_NONE), err));
    }
    return EN_OK;
}

/* A short id; else the id that a list gives a record, as `judge` takes it too. */
static en_status find_id(historian *h, const char *written, char *letter, en_id *out, en_error *err) {
    en_model model;
    en_refs refs;
    char ref[EN_REF_TEXT];
    if (written[0] && written[1] == ':') return en_case_parse_id(h->c, written, letter, out, err);
    EN_TRY(en_model_open(h->c, &model, err));
    en_refs_open(h->c, &model, &refs);
    en_status status = en_refs_find(&refs, "record", written, ref, err);
    en_refs_clear(&refs);
    en_model_close(&model);
    *letter = 'r';
    return status == EN_OK ? en_case_deref(h->c, ref, out, err) : status;
}

static en_status collect(historian *h, const char *id, en_error *err) {
    char letter;
    en_id row;
    EN_TRY(en_case_entries(h->c, h->out->arena, &h->entries, &h->n_entries, err));
    EN_TRY(find_id(h, id, &letter, &row, err));
    h->out->kind = letter == 'p' ? "person" : letter == 'r' ? "record" : "entry";
    if (letter == 'p') return add_person(h, row, err);
    if (letter == 'n') return add_entry(h, row, err);
    if (letter != 'r') return add_row(h, row, err);
    EN_TRY(add_record(h, row, err));
    return add_runs(h, row, err);
}

en_status en_app_history(const char *case_path, const char *id, en_history *out, en_error *err) {
    *out = (en_history){.arena = en_arena_new()};
    historian h = {.out = out};
    en_status status = out->arena ? en_case_open(case_path, false, &h.c, err) : en_no_memory(err);
    out->id = out->arena ? kept(&h, id) : "";
    if (status == EN_OK) status = collect(&h, id, err);
    if (status == EN_OK) qsort(out->events, (size_t)out->n, sizeof *out->events, by_ledger);
    en_case_close(h.c);
    if (status != EN_OK) en_history_clear(out);
    return status;
}

void en_history_clear(en_history *history) {
    en_arena_free(history->arena);
    *history = (en_history){0};
}
