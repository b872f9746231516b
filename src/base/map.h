/* A hash map from byte strings to dense numbers: the first distinct key is 0, the next 1, and so on. With it columns
 * are dictionary-encoded and anything keyed by a string is an array beside the map. Order of insertion is kept, so
 * iteration is deterministic. Keys are copied. */
#ifndef EN_BASE_MAP_H
#define EN_BASE_MAP_H

#include "everyname/base.h"

typedef struct en_map {
    int32_t *slots;   /* capacity slot_mask + 1; -1 empty, else a key's number */
    uint64_t *hashes; /* of key i */
    int64_t *offsets; /* key i is bytes[offsets[i]..offsets[i+1]) */
    char *bytes;
    int32_t len;
    uint32_t slot_mask;
    size_t key_cap, byte_cap;
} en_map; /* zero-initialised is empty */

/* The number of `key`, added if new (*added may be NULL). At most 2^30 keys (EN_ERR_LIMIT). Amortised O(|key|). */
en_status en_map_intern(en_map *map, en_str key, int32_t *number, bool *added, en_error *err);
int32_t en_map_find(const en_map *map, en_str key);   /* -1 where absent */
en_str en_map_key(const en_map *map, int32_t number); /* lent by the map until the next intern */
void en_map_clear(en_map *map);

#endif
