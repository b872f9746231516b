#include "report/json_keeping.h"

#include "base/hex.h"
#include "report/json.h"

static json_t *hex_json(const unsigned char *bytes, size_t n) {
    char hex[2 * 64 + 1];
    if (n > 64) return NULL;
    en_hex(bytes, n, hex);
    return json_string(hex);
}

static json_t *proof_json(const en_proof *proof) {
    json_t *path = json_array();
    for (int i = 0; i < proof->n; i++) en_json_push(&path, hex_json(proof->path[i], sizeof proof->path[i]));
    return path;
}

static json_t *moment_json(const en_moment *moment) {
    json_t *out = json_object();
    en_json_put(&out, "case", hex_json(moment->first, sizeof moment->first));
    en_json_put(&out, "entries", json_integer(moment->entries));
    en_json_put(&out, "head", hex_json(moment->head, sizeof moment->head));
    return out;
}

json_t *en_json_checkpoint_check(const en_checkpoint_check *check) {
    json_t *out = json_object();
    en_json_put(&out, "checkpoint", moment_json(&check->checkpoint.moment));
    en_json_put(&out, "at", json_integer(check->checkpoint.at));
    en_json_put(&out, "key", hex_json(check->checkpoint.key, sizeof check->checkpoint.key));
    en_json_put(&out, "own_key", en_json_flag(check->own_key));
    en_json_put(&out, "signature_holds", en_json_flag(check->signature_holds));
    en_json_put(&out, "extends", en_json_flag(check->extends));
    en_json_put(&out, "now", moment_json(&check->now));
    en_json_put(&out, "proof", proof_json(&check->proof));
    return out;
}

json_t *en_json_inclusion(const en_inclusion *i) {
    json_t *out = json_object();
    en_json_put(&out, "absent", en_json_flag(i->absent));
    if (!i->absent) en_json_put(&out, "salt", hex_json(i->salt, sizeof i->salt));
    en_json_put(&out, "commitment", hex_json(i->commitment, sizeof i->commitment));
    en_json_put(&out, "leaf", hex_json(i->leaf, sizeof i->leaf));
    en_json_put(&out, "place_in_entry", json_integer(i->id.ordinal));
    en_json_put(&out, "rows_of_entry", json_integer(i->entry.rows));
    en_json_put(&out, "root_of_entry", hex_json(i->entry.root, sizeof i->entry.root));
    en_json_put(&out, "proof_in_entry", proof_json(&i->in_entry));
    en_json_put(&out, "entry", json_integer(i->entry.number));
    en_json_put(&out, "entry_leaf", hex_json(i->entry_leaf, sizeof i->entry_leaf));
    en_json_put(&out, "proof_in_ledger", proof_json(&i->in_ledger));
    en_json_put(&out, "ledger", moment_json(&i->ledger));
    return out;
}

json_t *en_json_stamp(const en_app_stamp *s) {
    json_t *out = json_object();
    en_json_put(&out, "stamp", en_json_text(s->id));
    en_json_put(&out, "of", en_json_text(s->of));
    if (!s->of[0]) en_json_put(&out, "entries", json_integer(s->stamp.entries));
    en_json_put(&out, "at", json_integer(s->stamp.at));
    en_json_put(&out, "authority", en_json_text(s->stamp.authority));
    en_json_put(&out, "serial", en_json_text(s->stamp.serial));
    en_json_put(&out, "authority_checked", en_json_flag(s->stamp.trusted));
    en_json_put(&out, "entry", en_json_text(s->entry));
    return out;
}

static json_t *item_json(const en_custody_item *i) {
    json_t *out = json_object();
    en_json_put(&out, "capture", en_json_text(i->id));
    en_json_put(&out, "parent", en_json_text(i->parent));
    en_json_put(&out, "extractor", en_json_text(i->extractor));
    en_json_put(&out, "url", en_json_text(i->url));
    en_json_put(&out, "collected_by", en_json_text(i->collected_by));
    en_json_put(&out, "collected_at", json_integer(i->collected_at));
    en_json_put(&out, "collected_with", en_json_text(i->collected_with));
    en_json_put(&out, "media_type", en_json_text(i->media_type));
    en_json_put(&out, "length", json_integer(i->length));
    en_json_put(&out, "sha256", en_json_text(i->sha256));
    en_json_put(&out, "entry", en_json_text(i->entry));
    en_json_put(&out, "entered_at", json_integer(i->entered_at));
    en_json_put(&out, "entered_by", en_json_text(i->entered_by));
    en_json_put(&out, "fixity", en_json_text(i->fixity));
    return out;
}

static json_t *event_json(const en_custody_event *e) {
    json_t *out = json_object();
    en_json_put(&out, "entry", en_json_text(e->entry));
    en_json_put(&out, "at", json_integer(e->at));
    en_json_put(&out, "actor", en_json_text(e->actor));
    en_json_put(&out, "command", en_json_text(e->command));
    en_json_put(&out, "what", en_json_text(e->what));
    en_json_put(&out, "row", en_json_text(e->row));
    return out;
}

static json_t *custody_stamp_json(const en_custody_stamp *s) {
    json_t *out = json_object();
    en_json_put(&out, "stamp", en_json_text(s->id));
    en_json_put(&out, "of", en_json_text(s->of));
    en_json_put(&out, "at", json_integer(s->at));
    en_json_put(&out, "authority", en_json_text(s->authority));
    en_json_put(&out, "check", en_json_text(s->check));
    return out;
}

json_t *en_json_custody(const en_custody *c) {
    json_t *out = json_object(), *items = json_array(), *events = json_array(), *stamps = json_array();
    for (int64_t i = 0; i < c->n_items; i++) en_json_push(&items, item_json(&c->items[i]));
    for (int64_t i = 0; i < c->n_events; i++) en_json_push(&events, event_json(&c->events[i]));
    for (int64_t i = 0; i < c->n_stamps; i++) en_json_push(&stamps, custody_stamp_json(&c->stamps[i]));
    en_json_put(&out, "items", items);
    en_json_put(&out, "events", events);
    en_json_put(&out, "stamps", stamps);
    en_json_put(&out, "checked_at", json_integer(c->checked_at));
    en_json_put(&out, "head", en_json_text(c->head));
    return out;
}
