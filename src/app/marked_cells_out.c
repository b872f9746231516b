/* The records of a copy for sharing whose marked cells are taken out. */
#include <string.h>

#include "app/mapping.h"
#include "app/marked_cells.h"
#include "table/cells_out.h"

/* One list's text, and how it is read. */
typedef struct list_text {
    en_str text;
    en_mapping mapping;
    en_table table;
    bool *out; /* of each column */
} list_text;

static en_status open_list(en_case *c, const en_release *release, en_arena *arena, list_text *out, en_error *err) {
    const char *json;
    EN_TRY(en_case_capture_bytes(c, release->capture, arena, &out->text, err));
    EN_TRY(en_case_mapping(c, release->mapping, arena, &json, err));
    EN_TRY(en_mapping_from_json(json, &out->mapping, err));
    EN_TRY(en_mapping_read(&out->mapping, out->text, "", &out->table, err));
    out->out = en_arena_alloc(arena, (size_t)out->table.n_columns + 1);
    return out->out ? EN_OK : en_no_memory(err);
}

static en_status take_out(const list_text *list, const en_marked_cell *cells, int64_t n, int64_t offset, int64_t length,
                          en_arena *arena, en_redaction *out, en_error *err) {
    char *bytes = en_arena_alloc(arena, (size_t)length + 1);
    if (!bytes) return en_no_memory(err);
    for (int32_t i = 0; i < list->table.n_columns; i++) {
        list->out[i] = false;
        for (int64_t k = 0; k < n; k++) list->out[i] |= strcmp(list->table.columns[i].name, cells[k].column) == 0;
    }
    table_cells_out((en_str){list->text.ptr + offset, (size_t)length}, list->mapping.delimiter, &list->table, list->out,
                    bytes);
    out->reduced[out->n_reduced++] = (struct en_reduced_record){cells->record, bytes};
    return EN_OK;
}

static bool has_cells(const en_marked_cells *cells, const en_id *records, int64_t n_records) {
    int64_t n;
    for (int64_t i = 0; i < n_records; i++)
        if (en_marked_cells_of(cells, records[i], &n)) return true;
    return false;
}

static en_status take_out_of_list(en_case *c, const en_release *release, const en_marked_cells *cells,
                                  const en_id *records, const int64_t *offsets, const int64_t *lengths,
                                  int64_t n_records, en_arena *arena, en_redaction *out, en_error *err) {
    list_text list = {0};
    int64_t n;
    en_status status = open_list(c, release, arena, &list, err);
    for (int64_t i = 0; status == EN_OK && i < n_records; i++) {
        const en_marked_cell *of = en_marked_cells_of(cells, records[i], &n);
        bool lies_inside = offsets[i] >= 0 && lengths[i] >= 0 && (uint64_t)offsets[i] <= list.text.len &&
                           (uint64_t)lengths[i] <= list.text.len - (uint64_t)offsets[i];
        if (!of) continue;
        if (!lies_inside)
            status = en_fail(err, EN_ERR_CORRUPT, "a record lies outside its list; run `everyname verify`");
        else
            status = take_out(&list, of, n, offsets[i], lengths[i], arena, out, err);
    }
    en_table_clear(&list.table);
    en_mapping_clear(&list.mapping);
    return status;
}

en_status en_marked_cells_take_out(en_case *c, const en_marked_cells *cells, en_arena *arena, en_redaction *out,
                                   en_error *err) {
    en_release *releases;
    int64_t n_releases, n;
    out->reduced = en_arena_alloc(arena, ((size_t)cells->n + 1) * sizeof *out->reduced);
    if (!out->reduced) return en_no_memory(err);
    EN_TRY(en_case_releases(c, arena, &releases, &n_releases, err));
    for (int64_t i = 0; i < n_releases; i++) {
        en_id *records;
        int64_t *offsets, *lengths;
        EN_TRY(en_case_records(c, releases[i].id, arena, &records, &offsets, &lengths, &n, err));
        if (!has_cells(cells, records, n)) continue;
        EN_TRY(take_out_of_list(c, &releases[i], cells, records, offsets, lengths, n, arena, out, err));
    }
    return EN_OK;
}
