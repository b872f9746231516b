/* Which current record continues which of older releases. */
#include "app/lineage.h"

#include <stdlib.h>
#include <string.h>

#include "app/mapping.h"
#include "base/map.h"

/* One release's records, and what each continues. */
typedef struct edition {
    int64_t n;
    en_id *ids, *origin, *same_since, mapping;
    int32_t *after; /* of each: its record in the next edition; -1 where that lacks it */
    int64_t *offsets, *lengths;
    en_str text;
    en_str *keys; /* what rows are matched by; lent by text and table */
    en_table table;
    en_mapping roles;
} edition;

static void clear_edition(edition *e) {
    en_table_clear(&e->table);
    en_mapping_clear(&e->roles);
}

static en_str bytes_of(const edition *e, int64_t i) {
    return (en_str){e->text.ptr + e->offsets[i], (size_t)e->lengths[i]};
}

/* Records and rows of the text are both in order of offset; rows that were rejected at import have no record. */
static void read_keys(edition *e) {
    const char *id_column = en_mapping_column(&e->roles, EN_MAPPED_ID);
    const en_column *ids = id_column ? en_table_column(&e->table, id_column) : NULL;
    for (int64_t i = 0, row = 0; i < e->n; i++) {
        while (row < e->table.rows && e->table.row_offsets[row] < e->offsets[i]) row++;
        bool has_id = ids && row < e->table.rows && !en_column_is_null(ids, row);
        e->keys[i] = has_id ? en_column_str(ids, row) : bytes_of(e, i);
    }
}

static en_status read_edition(en_case *c, const en_release *release, const char *title, en_arena *arena, edition *e,
                              en_error *err) {
    const char *json;
    e->mapping = release->mapping;
    EN_TRY(en_case_records(c, release->id, arena, &e->ids, &e->offsets, &e->lengths, &e->n, err));
    if (e->n > release->n_records) /* fewer where some were destroyed */
        return en_fail(err, EN_ERR_CORRUPT, "a release holds other records than it says; run `everyname verify`");
    EN_TRY(en_case_capture_bytes(c, release->capture, arena, &e->text, err));
    EN_TRY(en_case_mapping(c, release->mapping, arena, &json, err));
    EN_TRY(en_mapping_from_json(json, &e->roles, err));
    if (e->text.len) EN_TRY(en_mapping_read(&e->roles, e->text, title, &e->table, err));
    size_t n = (size_t)e->n + 1;
    e->keys = en_arena_alloc(arena, n * sizeof *e->keys);
    e->origin = en_arena_alloc(arena, n * sizeof *e->origin);
    e->same_since = en_arena_alloc(arena, n * sizeof *e->same_since);
    e->after = en_arena_alloc(arena, n * sizeof *e->after);
    if (!e->keys || !e->origin || !e->same_since || !e->after) return en_no_memory(err);
    for (int64_t i = 0; i < e->n; i++) {
        e->origin[i] = e->same_since[i] = e->ids[i];
        e->after[i] = -1;
    }
    read_keys(e);
    return EN_OK;
}

/* Keys that stand twice are matched in order, as often as both have them. */
static en_status match(edition *old, edition *new, en_arena *arena, en_error *err) {
    int32_t *first = en_arena_alloc(arena, ((size_t) new->n + 1) * sizeof *first); /* by number of key */
    int32_t *next = en_arena_alloc(arena, ((size_t) new->n + 1) * sizeof *next);
    en_map keys = {0};
    int32_t number;
    bool added;
    en_status status = first && next ? EN_OK : en_no_memory(err);
    for (int64_t i = new->n - 1; status == EN_OK &&i >= 0; i--) {
        status = en_map_intern(&keys, new->keys[i], &number, &added, err);
        if (status != EN_OK) break;
        next[i] = added ? -1 : first[number];
        first[number] = (int32_t)i;
    }
    for (int64_t i = 0; status == EN_OK && i < old->n; i++) {
        number = en_map_find(&keys, old->keys[i]);
        int32_t found = number < 0 ? -1 : first[number];
        if (found < 0) continue;
        first[number] = next[found];
        old->after[i] = found;
        new->origin[found] = old->origin[i];
        if (en_id_eq(old->mapping, new->mapping) && en_str_eq(bytes_of(old, i), bytes_of(new, found)))
            new->same_since[found] = old->same_since[i];
    }
    en_map_clear(&keys);
    return status;
}

/* ---- all releases of one list ---- */

static int64_t count_releases(const en_records *r, int64_t source) {
    int64_t n = 0;
    for (int64_t i = 0; i < r->n_releases; i++) n += en_id_eq(r->releases[i].source, r->sources[source].id);
    return n;
}

static int64_t first_row(const en_records *r, int64_t source) {
    int64_t row = 0;
    while (row < r->n && r->source_of[row] != source) row++;
    return row;
}

/* Every record of every edition with its current row, from the newest edition back. */
static en_status enter(const edition *editions, int64_t n, int64_t row, en_arena *arena, en_lineage *out,
                       en_error *err) {
    int64_t *rows = NULL;
    for (int64_t k = n - 1; k >= 0; k--) {
        const int64_t *later = rows;
        rows = en_arena_alloc(arena, ((size_t)editions[k].n + 1) * sizeof *rows);
        if (!rows) return en_no_memory(err);
        for (int64_t i = 0; i < editions[k].n; i++) {
            int32_t after = editions[k].after[i];
            rows[i] = k == n - 1 ? row + i : after < 0 ? -1 : later[after];
            out->entries[out->n++] = (en_lineage_entry){editions[k].ids[i], rows[i]};
        }
    }
    return EN_OK;
}

static en_status trace_list(en_case *c, const en_records *r, int64_t source, en_arena *arena, en_lineage *out,
                            en_error *err) {
    int64_t n = count_releases(r, source), at = 0, row = first_row(r, source);
    edition *editions = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *editions);
    en_status status = editions ? EN_OK : en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < r->n_releases; i++) {
        if (!en_id_eq(r->releases[i].source, r->sources[source].id)) continue;
        edition *e = &editions[at++];
        status = read_edition(c, &r->releases[i], r->sources[source].title, arena, e, err);
        if (status == EN_OK && at > 1) status = match(e - 1, e, arena, err);
    }
    if (status == EN_OK) {
        const edition *newest = &editions[n - 1];
        memcpy(out->origin + row, newest->origin, (size_t)newest->n * sizeof *out->origin);
        memcpy(out->same_since + row, newest->same_since, (size_t)newest->n * sizeof *out->same_since);
        status = enter(editions, n, row, arena, out, err);
    }
    for (int64_t i = 0; i < at; i++) clear_edition(&editions[i]);
    return status;
}

static int by_record(const void *x, const void *y) {
    return en_id_cmp(((const en_lineage_entry *)x)->record, ((const en_lineage_entry *)y)->record);
}

en_status en_lineage_trace(en_case *c, const en_records *r, en_lineage *out, en_error *err) {
    size_t all = 1;
    for (int64_t i = 0; i < r->n_releases; i++) all += (size_t)r->releases[i].n_records;
    *out = (en_lineage){.origin = en_arena_alloc(r->arena, ((size_t)r->n + 1) * sizeof *out->origin),
                        .same_since = en_arena_alloc(r->arena, ((size_t)r->n + 1) * sizeof *out->same_since),
                        .entries = en_arena_alloc(r->arena, all * sizeof *out->entries)};
    en_arena *arena = en_arena_new();
    en_status status = arena && out->origin && out->same_since && out->entries ? EN_OK : en_no_memory(err);
    bool single = true;
    for (int64_t i = 0, source = -1; status == EN_OK && i < r->n; i++) {
        if (r->source_of[i] != source) {
            source = r->source_of[i];
            single = count_releases(r, source) == 1;
        }
        if (!single) continue;
        out->origin[i] = out->same_since[i] = r->ids[i];
        out->entries[out->n++] = (en_lineage_entry){r->ids[i], i};
    }
    for (int64_t s = 0; status == EN_OK && s < r->n_sources; s++)
        if (count_releases(r, s) > 1) status = trace_list(c, r, s, arena, out, err);
    en_arena_free(arena);
    if (status == EN_OK) qsort(out->entries, (size_t)out->n, sizeof *out->entries, by_record);
    return status;
}

int64_t en_lineage_row(const en_lineage *lineage, en_id record) {
    en_lineage_entry wanted = {.record = record};
    const en_lineage_entry *found = bsearch(&wanted, lineage->entries, (size_t)lineage->n, sizeof wanted, by_record);
    return found ? found->row : -1;
}
