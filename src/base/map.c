#include "base/map.h"

#include <stdlib.h>
#include <string.h>

/* Slots are twice as many at most, and their number fits 32 bits. */
enum { KEYS_MAX = 1 << 30 };

static en_status grow_slots(en_map *map, en_error *err) {
    uint32_t cap = map->slots ? (map->slot_mask + 1) * 2 : 64;
    int32_t *slots = malloc(cap * sizeof *slots);
    if (!slots) return en_no_memory(err);
    memset(slots, 0xFF, cap * sizeof *slots);
    uint32_t mask = cap - 1;
    for (int32_t i = 0; i < map->len; i++) {
        uint32_t at = (uint32_t)map->hashes[i] & mask;
        while (slots[at] >= 0) at = (at + 1) & mask;
        slots[at] = i;
    }
    free(map->slots);
    map->slots = slots;
    map->slot_mask = mask;
    return EN_OK;
}

static en_status grow_keys(en_map *map, size_t more_bytes, en_error *err) {
    if ((size_t)map->len + 2 > map->key_cap) {
        size_t cap = map->key_cap ? map->key_cap * 2 : 64;
        uint64_t *hashes = realloc(map->hashes, cap * sizeof *hashes);
        if (!hashes) return en_no_memory(err);
        map->hashes = hashes;
        int64_t *offsets = realloc(map->offsets, cap * sizeof *offsets);
        if (!offsets) return en_no_memory(err);
        if (!map->key_cap) offsets[0] = 0;
        map->offsets = offsets;
        map->key_cap = cap;
    }
    size_t used = (size_t)map->offsets[map->len];
    if (used + more_bytes > map->byte_cap) {
        size_t cap = map->byte_cap * 2 > used + more_bytes ? map->byte_cap * 2 : used + more_bytes + 256;
        char *bytes = realloc(map->bytes, cap);
        if (!bytes) return en_no_memory(err);
        map->bytes = bytes;
        map->byte_cap = cap;
    }
    return EN_OK;
}

/* The slot that holds `key`, or the empty one where it belongs. */
static uint32_t probe(const en_map *map, en_str key, uint64_t hash) {
    uint32_t at = (uint32_t)hash & map->slot_mask;
    for (;;) {
        int32_t i = map->slots[at];
        if (i < 0 || (map->hashes[i] == hash && en_str_eq(en_map_key(map, i), key))) return at;
        at = (at + 1) & map->slot_mask;
    }
}

en_status en_map_intern(en_map *map, en_str key, int32_t *number, bool *added, en_error *err) {
    if (!map->slots || (map->len < KEYS_MAX && (uint64_t)map->len * 2 > map->slot_mask)) EN_TRY(grow_slots(map, err));
    uint64_t hash = en_str_hash(key);
    uint32_t at = probe(map, key, hash);
    if (added) *added = map->slots[at] < 0;
    if (map->slots[at] >= 0) {
        *number = map->slots[at];
        return EN_OK;
    }
    if (map->len >= KEYS_MAX) return en_fail(err, EN_ERR_LIMIT, "more than 2^30 distinct values");
    EN_TRY(grow_keys(map, key.len, err));
    int32_t i = map->len++;
    if (key.len) memcpy(map->bytes + map->offsets[i], key.ptr, key.len);
    map->offsets[i + 1] = map->offsets[i] + (int64_t)key.len;
    map->hashes[i] = hash;
    map->slots[at] = i;
    *number = i;
    return EN_OK;
}

int32_t en_map_find(const en_map *map, en_str key) {
    return map->slots ? map->slots[probe(map, key, en_str_hash(key))] : -1;
}

en_str en_map_key(const en_map *map, int32_t number) {
    int64_t from = map->offsets[number];
    return (en_str){map->bytes ? map->bytes + from : "", (size_t)(map->offsets[number + 1] - from)};
}

void en_map_clear(en_map *map) {
    free(map->slots);
    free(map->hashes);
    free(map->offsets);
    free(map->bytes);
    *map = (en_map){0};
}
