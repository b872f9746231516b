/* What of a value has to agree for two records to meet: all of it, its consonants, its beginning or end, parts of its
 * date. Two mistakes in a record leave some key of most of its fields whole. */
#include "link/block.h"

static const char *const key_names[] = {"value", "sound", "head", "tail", "year", "month", "day"};
enum { N_KEYS = sizeof key_names / sizeof *key_names };

const char *en_link_key_name(en_link_key key) { return (unsigned)key < N_KEYS ? key_names[key] : ""; }

bool en_link_key_of(en_str name, en_link_key *out) {
    for (int k = 0; k < N_KEYS; k++)
        if (en_str_eq(name, en_str_of(key_names[k]))) {
            *out = (en_link_key)k;
            return true;
        }
    return false;
}

static int keys_of_kind(value_kind kind, en_link_key keys[KEYS_A_FIELD]) {
    int n = 0;
    keys[n++] = EN_KEY_VALUE;
    switch (kind) {
    case KIND_NAME:
    case KIND_PLACE:
        keys[n++] = EN_KEY_SOUND;
        keys[n++] = EN_KEY_HEAD;
        break;
    case KIND_DATE:
        keys[n++] = EN_KEY_YEAR;
        keys[n++] = EN_KEY_MONTH;
        keys[n++] = EN_KEY_DAY;
        break;
    case KIND_ID:
    case KIND_TEXT:
        keys[n++] = EN_KEY_HEAD;
        keys[n++] = EN_KEY_TAIL;
        break;
    case KIND_EXACT: keys[n++] = EN_KEY_HEAD; break;
    case KIND_NUMBER:
    case KIND_SEX: break;
    }
    return n;
}

void block_slots_list(const link_set *set, block_slots *out) {
    out->n = 0;
    for (int k = 0; k < set->n_fields; k++) {
        en_link_key keys[KEYS_A_FIELD];
        int n = keys_of_kind(set->fields[k].kind, keys);
        out->first[k] = out->n;
        for (int i = 0; i < n; i++) out->of[out->n++] = (block_slot){k, keys[i]};
    }
    out->first[set->n_fields] = out->n;
}

int block_slot_of(const block_slots *slots, int field, en_link_key key) {
    for (int s = 0; s < slots->n; s++)
        if (slots->of[s].field == field && slots->of[s].key == key) return s;
    return -1;
}

uint64_t block_mix(uint64_t x) {
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    return x ^ x >> 31;
}

static uint32_t never_zero(uint64_t hash) { return (uint32_t)hash ? (uint32_t)hash : 1; }
static uint32_t of_text(en_str s) { return never_zero(en_str_hash(s)); }

/* Letters or digits at an end that are few enough to often be without a mistake. */
enum { NAME_HEAD = 4, ID_END = 6 };

static en_str head_of(en_str s, size_t n) { return (en_str){s.ptr, s.len < n ? s.len : n}; }

static uint32_t head_key(const link_field *f, en_str latin) {
    if (f->kind == KIND_NAME || f->kind == KIND_PLACE) return of_text(head_of(latin, NAME_HEAD));
    if (f->kind == KIND_EXACT) return of_text(head_of(latin, (latin.len + 1) / 2));
    return latin.len > ID_END ? of_text(head_of(latin, ID_END)) : 0;
}

static uint32_t date_key(const link_value *v, en_link_key key) {
    if (!v->has_date) return 0;
    uint64_t year = (uint64_t)(uint32_t)v->year, month = v->month, day = v->day;
    if (key == EN_KEY_YEAR) return never_zero(block_mix(year + 1));
    if (!month || (key == EN_KEY_DAY && !day)) return 0;
    return never_zero(block_mix(key == EN_KEY_MONTH ? (year + 1) << 8 | month : month << 8 | day));
}

uint32_t block_key(const link_field *f, en_link_key key, int32_t value) {
    if (!value) return 0;
    if (key == EN_KEY_VALUE) return (uint32_t)value;
    link_value room;
    const link_value *v = link_value_at(f, value, &room);
    switch (key) {
    case EN_KEY_VALUE: break;
    case EN_KEY_SOUND: return of_text(v->key.len > 1 ? v->key : v->latin);
    case EN_KEY_HEAD: return head_key(f, v->latin);
    case EN_KEY_TAIL:
        return v->latin.len > ID_END ? of_text((en_str){v->latin.ptr + v->latin.len - ID_END, ID_END}) : 0;
    case EN_KEY_YEAR:
    case EN_KEY_MONTH:
    case EN_KEY_DAY: return date_key(v, key);
    }
    return 0;
}
