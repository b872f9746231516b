/* Custody of one capture: where it came from, what it is now, what was made from it, who did what with it, who attests
 * it. */
#include <stdlib.h>
#include <string.h>

#include "app/find_capture.h"
#include "app/history.h"
#include "app/keeping.h"
#include "base/hex.h"
#include "base/os.h"

typedef struct custodian {
    en_case *c;
    const char *case_path;
    en_custody *out;
    en_capture *captures; /* of the case */
    int64_t n_captures;
    en_entry *entries;
    int64_t n_entries;
    en_id *ids; /* of the items */
    en_error *err;
} custodian;

static const char *kept(custodian *k, const char *text) {
    const char *copy = en_arena_strdup(k->out->arena, en_str_of(text));
    if (!copy) (void)en_no_memory(k->err);
    return copy;
}

static en_status printed(custodian *k, char letter, en_id id, const char **out) {
    char text[EN_ID_TEXT] = "";
    if (!en_id_eq(id, EN_ID_NONE)) EN_TRY(en_case_print_id(k->c, letter, id, text, k->err));
    return (*out = kept(k, text)) ? EN_OK : EN_ERR_MEMORY;
}

/* ---- the original and its renditions ---- */

static const char *hex_of(custodian *k, const unsigned char hash[32]) {
    char hex[65];
    en_hex(hash, 32, hex);
    return kept(k, hex);
}

static en_status add_item(custodian *k, const en_capture *from) {
    en_custody_item *item = &k->out->items[k->out->n_items];
    const en_entry *entry = &k->entries[from->id.entry - 1];
    bool holds, altered;
    k->ids[k->out->n_items++] = from->id;
    *item = (en_custody_item){.media_type = from->media_type,
                              .url = from->url,
                              .collected_by = from->collected_by,
                              .collected_with = from->collected_with,
                              .extractor = from->extractor,
                              .collected_at = from->collected_at,
                              .length = from->length,
                              .entered_by = entry->actor,
                              .entered_at = entry->when};
    EN_TRY(printed(k, 'k', from->id, &item->id));
    EN_TRY(printed(k, 'k', from->parent, &item->parent));
    EN_TRY(printed(k, 'n', (en_id){entry->number, 0}, &item->entry));
    if (!(item->sha256 = hex_of(k, from->sha256))) return EN_ERR_MEMORY;
    EN_TRY(en_case_capture_holds(k->c, from, &holds, &altered, k->err));
    item->fixity = !holds ? "does not hold" : altered ? "altered on order" : "holds";
    return EN_OK;
}

static bool is_item(const custodian *k, en_id id) {
    for (int64_t i = 0; i < k->out->n_items; i++)
        if (en_id_eq(k->ids[i], id)) return true;
    return false;
}

static en_id original_of(const custodian *k, en_id id) {
    for (int64_t i = k->n_captures - 1; i >= 0; i--) /* a parent is older */
        if (en_id_eq(k->captures[i].id, id) && !en_id_eq(k->captures[i].parent, EN_ID_NONE)) id = k->captures[i].parent;
    return id;
}

static en_status add_items(custodian *k, en_id original) {
    size_t room = (size_t)k->n_captures + 1;
    k->out->items = en_arena_alloc(k->out->arena, room * sizeof *k->out->items);
    k->ids = en_arena_alloc(k->out->arena, room * sizeof *k->ids);
    if (!k->out->items || !k->ids) return en_no_memory(k->err);
    for (int64_t i = 0; i < k->n_captures; i++)
        if (en_id_eq(k->captures[i].id, original) || is_item(k, k->captures[i].parent))
            EN_TRY(add_item(k, &k->captures[i]));
    return EN_OK;
}

/* ---- who did what ---- */

static bool has_event(const en_custody *out, const en_event *event) {
    for (int64_t i = 0; i < out->n_events; i++)
        if (strcmp(out->events[i].entry, event->entry) == 0 && strcmp(out->events[i].row, event->row) == 0) return true;
    return false;
}

static en_status add_event(custodian *k, const en_event *from, int64_t *room) {
    en_custody *out = k->out;
    if (has_event(out, from)) return EN_OK;
    if (out->n_events == *room) {
        *room = *room ? 2 * *room : 32;
        en_custody_event *grown = en_arena_alloc(out->arena, (size_t)*room * sizeof *grown);
        if (!grown) return en_no_memory(k->err);
        if (out->n_events) memcpy(grown, out->events, (size_t)out->n_events * sizeof *grown);
        out->events = grown;
    }
    out->events[out->n_events++] = (en_custody_event){.number = from->number,
                                                      .place = from->place,
                                                      .at = from->when,
                                                      .entry = kept(k, from->entry),
                                                      .actor = kept(k, from->actor),
                                                      .command = kept(k, from->command),
                                                      .what = kept(k, from->what),
                                                      .row = kept(k, from->row)};
    const en_custody_event *e = &out->events[out->n_events - 1];
    return e->entry && e->actor && e->command && e->what && e->row ? EN_OK : EN_ERR_MEMORY;
}

static en_status add_history(custodian *k, const char *id, int64_t *room) {
    en_history history;
    EN_TRY(en_app_history(k->case_path, id, &history, k->err));
    en_status status = EN_OK;
    for (int64_t i = 0; status == EN_OK && i < history.n; i++) status = add_event(k, &history.events[i], room);
    en_history_clear(&history);
    return status;
}

static int by_place(const void *x, const void *y) {
    const en_custody_event *a = x, *b = y;
    if (a->number != b->number) return a->number < b->number ? -1 : 1;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return strcmp(a->row, b->row);
}

/* Of the captures, and of the editions of lists that lie in them. */
static en_status add_events(custodian *k) {
    en_release *releases;
    int64_t n, room = 0;
    EN_TRY(en_case_releases(k->c, k->out->arena, &releases, &n, k->err));
    for (int64_t i = 0; i < k->out->n_items; i++) EN_TRY(add_history(k, k->out->items[i].id, &room));
    for (int64_t i = 0; i < n; i++) {
        const char *id;
        if (!is_item(k, releases[i].capture)) continue;
        EN_TRY(printed(k, 'l', releases[i].id, &id));
        EN_TRY(add_history(k, id, &room));
    }
    if (k->out->n_events) qsort(k->out->events, (size_t)k->out->n_events, sizeof *k->out->events, by_place);
    return EN_OK;
}

/* ---- who attests it ---- */

/* A stamp of the ledger attests whatever was in it by then. */
static bool attests(const custodian *k, const en_stamp *stamp) {
    if (en_id_eq(stamp->of, EN_ID_NONE)) return stamp->entries >= k->ids[0].entry;
    return is_item(k, stamp->of);
}

static en_status add_stamp(custodian *k, const en_stamp *from) {
    en_custody_stamp *stamp = &k->out->stamps[k->out->n_stamps++];
    en_error why = {.row = -1, .byte = -1};
    *stamp = (en_custody_stamp){.authority = from->authority, .at = from->at};
    EN_TRY(printed(k, 'W', from->id, &stamp->id));
    EN_TRY(printed(k, 'k', from->of, &stamp->of));
    en_status status = en_case_check_stamp(k->c, from->id, &why);
    if (status == EN_ERR_MEMORY) return en_no_memory(k->err);
    stamp->check = status != EN_OK ? kept(k, why.message)
                   : from->trusted ? "holds"
                                   : "holds; not checked against an authority";
    return stamp->check ? EN_OK : EN_ERR_MEMORY;
}

static en_status add_stamps(custodian *k) {
    en_stamp *stamps;
    int64_t n;
    EN_TRY(en_case_stamps(k->c, k->out->arena, &stamps, &n, k->err));
    if (!(k->out->stamps = en_arena_alloc(k->out->arena, ((size_t)n + 1) * sizeof *k->out->stamps)))
        return en_no_memory(k->err);
    for (int64_t i = 0; i < n; i++)
        if (attests(k, &stamps[i])) EN_TRY(add_stamp(k, &stamps[i]));
    return EN_OK;
}

/* ---- all of it ---- */

static en_status tell(custodian *k, const char *id) {
    en_arena *arena = k->out->arena;
    en_id capture;
    EN_TRY(en_case_head(k->c, k->out->head, k->err));
    EN_TRY(en_find_capture(k->c, arena, id, &capture, k->err));
    EN_TRY(en_case_captures(k->c, arena, &k->captures, &k->n_captures, k->err));
    EN_TRY(en_case_entries(k->c, arena, &k->entries, &k->n_entries, k->err));
    EN_TRY(add_items(k, original_of(k, capture)));
    EN_TRY(add_events(k));
    return add_stamps(k);
}

en_status en_app_custody(const char *case_path, const char *id, en_custody *out, en_error *err) {
    custodian k = {.case_path = case_path, .out = out, .err = err};
    *out = (en_custody){.arena = en_arena_new(), .checked_at = en_os_now()};
    en_status status = out->arena ? en_case_open(case_path, false, &k.c, err) : en_no_memory(err);
    if (status == EN_OK) status = tell(&k, id);
    en_case_close(k.c);
    if (status != EN_OK) en_custody_clear(out);
    return status;
}

void en_custody_clear(en_custody *custody) {
    en_arena_free(custody->arena);
    *custody = (en_custody){0};
}
