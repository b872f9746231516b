#include "app/records.h"

#include <stdio.h>
#include <string.h>

#include "app/mapping.h"
#include "app/vocabulary.h"
#include "base/map.h"
#include "everyname/when.h"

/* Columns that every loaded table has, in this order; generic ones follow. */
static const char *const fixed_columns[] = {"list",   "id",         "name",  "given",      "family",      "father",
                                            "mother", "sex",        "birth", "birth_year", "birth_month", "birth_day",
                                            "age",    "event_date", "place", "id_number",  "status"};
enum { N_FIXED = sizeof fixed_columns / sizeof *fixed_columns, COLUMN_LIST = 0 };

typedef struct loader {
    en_records *out;
    en_text *text;
    en_vocabulary words[EN_VOCABULARIES];
    en_map columns;       /* names of the columns of the loaded table */
    en_mapping *mappings; /* of each source's current release */
    en_table_builder *builder;
    en_str *cells; /* one row */
    int64_t capacity;
} loader;

/* How one list's column feeds one column of the loaded table. */
typedef struct feed {
    const en_column *from;
    int32_t to;
    enum { FEED_AS_IS, FEED_DATE, FEED_EVENT_DATE, FEED_TERM } how;
    en_vocabulary_name vocabulary; /* of a term */
    en_str *values;                /* of each dictionary entry, converted once */
} feed;

/* ---- which releases are current ---- */

static int32_t source_index(const en_records *r, en_id id) {
    for (int64_t i = 0; i < r->n_sources; i++)
        if (en_id_eq(r->sources[i].id, id)) return (int32_t)i;
    return -1;
}

static int64_t made_by(const en_id *ids, int64_t n, size_t stride, int64_t up_to) {
    int64_t kept = 0;
    while (kept < n && (up_to == 0 || ((const en_id *)((const char *)ids + (size_t)kept * stride))->entry <= up_to))
        kept++;
    return kept;
}

static en_status find_current(en_case *c, int64_t up_to, en_records *r, en_error *err) {
    EN_TRY(en_case_sources(c, r->arena, &r->sources, &r->n_sources, err));
    EN_TRY(en_case_releases(c, r->arena, &r->releases, &r->n_releases, err));
    r->n_sources = made_by(&r->sources->id, r->n_sources, sizeof *r->sources, up_to);
    r->n_releases = made_by(&r->releases->id, r->n_releases, sizeof *r->releases, up_to);
    r->current = en_arena_alloc(r->arena, ((size_t)r->n_sources + 1) * sizeof *r->current);
    r->texts = en_arena_alloc(r->arena, ((size_t)r->n_sources + 1) * sizeof *r->texts);
    if (!r->current || !r->texts) return en_no_memory(err);
    for (int64_t i = 0; i < r->n_sources; i++) r->current[i] = -1;
    for (int64_t i = 0; i < r->n_releases; i++) {
        int32_t source = source_index(r, r->releases[i].source);
        if (source < 0) return en_fail(err, EN_ERR_CORRUPT, "a release has no source; run `everyname verify`");
        r->current[source] = (int32_t)i;
    }
    int64_t lists = 0;
    for (int64_t i = 0; i < r->n_sources; i++) {
        if (r->current[i] < 0) continue; /* a report, a witness: no list */
        r->n += r->releases[r->current[i]].n_records;
        r->sources[lists] = r->sources[i];
        r->current[lists++] = r->current[i];
    }
    r->n_sources = lists;
    return EN_OK;
}

static en_status allocate(en_records *r, en_error *err) {
    size_t n = (size_t)r->n + 1;
    r->ids = en_arena_alloc(r->arena, n * sizeof *r->ids);
    r->source_of = en_arena_alloc(r->arena, n * sizeof *r->source_of);
    r->offsets = en_arena_alloc(r->arena, n * sizeof *r->offsets);
    r->lengths = en_arena_alloc(r->arena, n * sizeof *r->lengths);
    return r->ids && r->source_of && r->offsets && r->lengths ? EN_OK : en_no_memory(err);
}

/* ---- which columns there are ---- */

static en_status target_name(const char *role, const char *column, en_arena *arena, en_str *out, en_error *err) {
    if (!en_mapping_is_generic(role)) {
        *out = en_str_of(role);
        return EN_OK;
    }
    size_t len = strlen(role) + 1 + strlen(column);
    char *name = en_arena_alloc(arena, len + 1);
    if (!name) return en_no_memory(err);
    snprintf(name, len + 1, "%s:%s", role, column);
    *out = (en_str){name, len};
    return EN_OK;
}

static en_status add_columns(loader *l, const en_mapping *mapping, en_error *err) {
    en_str name;
    for (int32_t k = 0; k < mapping->n; k++) {
        if (!mapping->roles[k]) continue;
        EN_TRY(target_name(mapping->roles[k], mapping->columns[k], l->out->arena, &name, err));
        EN_TRY(en_map_intern(&l->columns, name, &(int32_t){0}, NULL, err));
    }
    return EN_OK;
}

static en_status add_fixed_columns(loader *l, en_error *err) {
    for (int i = 0; i < N_FIXED; i++)
        EN_TRY(en_map_intern(&l->columns, en_str_of(fixed_columns[i]), &(int32_t){0}, NULL, err));
    return EN_OK;
}

static en_status read_mappings(en_case *c, loader *l, en_error *err) {
    en_records *r = l->out;
    EN_TRY(add_fixed_columns(l, err));
    l->mappings = en_arena_alloc(r->arena, ((size_t)r->n_sources + 1) * sizeof *l->mappings);
    if (!l->mappings) return en_no_memory(err);
    for (int64_t i = 0; i < r->n_sources; i++) {
        const char *json;
        if (r->current[i] < 0) continue;
        EN_TRY(en_case_mapping(c, r->releases[r->current[i]].mapping, r->arena, &json, err));
        EN_TRY(en_mapping_from_json(json, &l->mappings[i], err));
        EN_TRY(add_columns(l, &l->mappings[i], err));
    }
    return EN_OK;
}

static en_status start_table(loader *l, en_error *err) {
    int32_t n = l->columns.len;
    const char **names = en_arena_alloc(l->out->arena, (size_t)n * sizeof *names);
    l->cells = en_arena_alloc(l->out->arena, (size_t)n * sizeof *l->cells);
    if (!names || !l->cells) return en_no_memory(err);
    for (int32_t i = 0; i < n; i++)
        if (!(names[i] = en_arena_strdup(l->out->arena, en_map_key(&l->columns, i)))) return en_no_memory(err);
    return en_table_builder_new(names, n, &l->builder, err);
}

/* ---- values ---- */

static en_status keep(en_arena *arena, const char *text, en_str *out, en_error *err) {
    char *copy = en_arena_strdup(arena, en_str_of(text));
    if (!copy) return en_no_memory(err);
    *out = en_str_of(copy);
    return EN_OK;
}

/* Canonical EDTF; what is no date stays as written. The year of an event that is given without one comes from the
 * release. */
static en_status convert_date(loader *l, en_str written, en_date_order order, const en_when *document, en_str *out,
                              en_error *err) {
    en_when when;
    char edtf[96];
    *out = written;
    if (en_when_parse(en_str_trim(written), order, &when, NULL) != EN_OK) return EN_OK;
    if (document && when.from.year_unknown && en_when_fill_year(&when, document, NULL) != EN_OK) return EN_OK;
    if (en_when_print(&when, edtf, sizeof edtf) >= sizeof edtf) return EN_OK;
    return keep(l->out->arena, edtf, out, err);
}

static en_status convert_term(loader *l, const en_vocabulary *vocabulary, en_str written, en_str *out, en_error *err) {
    int32_t term;
    *out = en_str_trim(written);
    EN_TRY(en_vocabulary_find(vocabulary, l->text, written, l->out->arena, &term, err));
    return term < 0 ? EN_OK : keep(l->out->arena, vocabulary->codes[term], out, err);
}

static en_status convert_entries(loader *l, feed *f, en_date_order order, const en_when *document, en_error *err) {
    const en_column *c = f->from;
    f->values = en_arena_alloc(l->out->arena, ((size_t)c->dict_len + 1) * sizeof *f->values);
    if (!f->values) return en_no_memory(err);
    for (int32_t i = 0; i < c->dict_len; i++) {
        en_str written = en_column_entry(c, i);
        /* White space says nothing; a copy for sharing has it in place of a cell that is withheld. */
        if (!en_str_trim(written).len) continue;
        switch (f->how) {
        case FEED_AS_IS: f->values[i] = written; break;
        case FEED_DATE: EN_TRY(convert_date(l, written, order, NULL, &f->values[i], err)); break;
        case FEED_EVENT_DATE: EN_TRY(convert_date(l, written, order, document, &f->values[i], err)); break;
        case FEED_TERM: EN_TRY(convert_term(l, &l->words[f->vocabulary], written, &f->values[i], err)); break;
        }
    }
    return EN_OK;
}

static en_status plan_feeds(loader *l, int64_t source, const en_table *table, feed **feeds, int32_t *n, en_error *err) {
    const en_mapping *m = &l->mappings[source];
    const en_release *release = &l->out->releases[l->out->current[source]];
    const char *dated =
        release->released && release->released[0] ? release->released : l->out->sources[source].published;
    en_when document;
    bool has_date = dated && en_when_parse(en_str_of(dated), EN_ORDER_UNSTATED, &document, NULL) == EN_OK;
    *n = 0;
    if (!(*feeds = en_arena_alloc(l->out->arena, ((size_t)m->n + 1) * sizeof **feeds))) return en_no_memory(err);
    for (int32_t k = 0; k < m->n; k++) {
        en_str name;
        const en_column *from = en_table_column(table, m->columns[k]);
        /* JSON Lines of which a member was withheld from every line no longer have it as a column. */
        if (!m->roles[k] || (!from && !m->delimiter)) continue;
        feed *f = &(*feeds)[(*n)++];
        EN_TRY(target_name(m->roles[k], m->columns[k], l->out->arena, &name, err));
        f->to = en_map_find(&l->columns, name);
        f->from = from;
        f->vocabulary = en_vocabulary_of(m->roles[k]);
        f->how = f->vocabulary < EN_VOCABULARIES                                 ? FEED_TERM
                 : !strcmp(m->roles[k], "event_date")                            ? FEED_EVENT_DATE
                 : !strcmp(m->roles[k], "birth") || !strcmp(m->roles[k], "date") ? FEED_DATE
                                                                                 : FEED_AS_IS;
        if (!f->from)
            return en_fail(err, EN_ERR_CORRUPT, "column \"%s\" of a stored mapping is not in the stored list",
                           m->columns[k]);
        EN_TRY(convert_entries(l, f, m->date_order, has_date ? &document : NULL, err));
    }
    return EN_OK;
}

/* ---- rows ---- */

static en_status add_row(loader *l, int64_t source, const feed *feeds, int32_t n_feeds, int64_t row, int64_t record,
                         en_error *err) {
    for (int32_t i = 0; i < l->columns.len; i++) l->cells[i] = (en_str){0};
    l->cells[COLUMN_LIST] = en_str_of(l->out->sources[source].title);
    for (int32_t k = 0; k < n_feeds; k++)
        if (!en_column_is_null(feeds[k].from, row)) l->cells[feeds[k].to] = feeds[k].values[feeds[k].from->codes[row]];
    return en_table_builder_row(l->builder, l->cells, l->out->offsets[record], l->out->lengths[record], err);
}

/* Rows of the text and stored records are both in order of offset; rows that were rejected at import have no record. */
static en_status add_rows(en_case *c, loader *l, int64_t source, const en_table *table, int64_t *at, en_error *err) {
    en_records *r = l->out;
    en_id release = r->releases[r->current[source]].id, *ids;
    int64_t *offsets, *lengths, n, row = 0;
    feed *feeds;
    int32_t n_feeds;
    EN_TRY(plan_feeds(l, source, table, &feeds, &n_feeds, err));
    EN_TRY(en_case_records(c, release, r->arena, &ids, &offsets, &lengths, &n, err));
    if (n > l->capacity - *at)
        return en_fail(err, EN_ERR_CORRUPT, "a release holds more records than it says; run `everyname verify`");
    for (int64_t i = 0; i < n; i++) {
        while (row < table->rows && table->row_offsets[row] < offsets[i]) row++;
        if (row >= table->rows || table->row_offsets[row] != offsets[i])
            return en_fail(err, EN_ERR_CORRUPT,
                           "a stored record is not where its list has a row; run `everyname verify`");
        int64_t record = (*at)++;
        r->ids[record] = ids[i];
        r->source_of[record] = (int32_t)source;
        r->offsets[record] = offsets[i];
        r->lengths[record] = lengths[i];
        EN_TRY(add_row(l, source, feeds, n_feeds, row, record, err));
    }
    return EN_OK;
}

static en_status load_source(en_case *c, loader *l, int64_t source, int64_t *at, en_error *err) {
    en_records *r = l->out;
    en_table table = {0};
    EN_TRY(en_case_capture_bytes(c, r->releases[r->current[source]].capture, r->arena, &r->texts[source], err));
    if (!r->texts[source].len) return EN_OK; /* a list that was destroyed, or is withheld from this copy */
    en_status status = en_mapping_read(&l->mappings[source], r->texts[source], r->sources[source].title, &table, err);
    if (status == EN_OK) status = add_rows(c, l, source, &table, at, err);
    en_table_clear(&table);
    return status;
}

/* What linkage compares: each role of linkage for which some list has a value. */
static en_status list_fields(en_records *r, en_error *err) {
    r->fields = en_arena_alloc(r->arena, ((size_t)r->table.n_columns + 1) * sizeof *r->fields);
    if (!r->fields) return en_no_memory(err);
    for (int32_t i = 0; i < r->table.n_columns; i++) {
        const en_column *column = &r->table.columns[i];
        const char *colon = strchr(column->name, ':');
        en_str role = {column->name, colon ? (size_t)(colon - column->name) : strlen(column->name)};
        if (column->null_count == r->table.rows || en_role_of(role) == EN_ROLE_NONE) continue;
        r->fields[r->n_fields++] = (en_link_field){en_role_of(role), column->name};
    }
    return EN_OK;
}

static en_status open_words(loader *l, en_error *err) {
    EN_TRY(en_text_open(&l->text, err));
    return en_vocabulary_open_all(l->text, l->words, err);
}

static void close_loader(loader *l) {
    en_table_builder_free(l->builder);
    en_map_clear(&l->columns);
    for (int i = 0; i < EN_VOCABULARIES; i++) en_vocabulary_clear(&l->words[i]);
    en_text_close(l->text);
}

static en_status load_all(en_case *c, int64_t up_to, const en_progress *progress, loader *l, en_error *err) {
    en_records *r = l->out;
    int64_t at = 0;
    EN_TRY(find_current(c, up_to, r, err));
    EN_TRY(allocate(r, err));
    l->capacity = r->n;
    EN_TRY(open_words(l, err));
    EN_TRY(read_mappings(c, l, err));
    EN_TRY(start_table(l, err));
    for (int64_t i = 0; i < r->n_sources; i++) {
        EN_TRY(en_progress_step(progress, "reading lists", (uint64_t)i, (uint64_t)r->n_sources, err));
        if (r->current[i] >= 0) EN_TRY(load_source(c, l, i, &at, err));
    }
    r->n = at;
    EN_TRY(en_table_builder_finish(l->builder, &r->table, err));
    return list_fields(r, err);
}

en_status en_records_load(en_case *c, int64_t up_to, const en_progress *progress, en_records *out, en_error *err) {
    *out = (en_records){.arena = en_arena_new()};
    loader l = {.out = out};
    en_status status = out->arena ? load_all(c, up_to, progress, &l, err) : en_no_memory(err);
    for (int64_t i = 0; l.mappings && i < out->n_sources; i++) en_mapping_clear(&l.mappings[i]);
    close_loader(&l);
    if (status != EN_OK) en_records_clear(out);
    return status;
}

/* ---- a look before anything is stored ---- */

static en_status read_some(loader *l, const en_table *table, int64_t most, en_error *err) {
    en_records *r = l->out;
    feed *feeds;
    int32_t n_feeds;
    EN_TRY(open_words(l, err));
    EN_TRY(add_fixed_columns(l, err));
    EN_TRY(add_columns(l, &l->mappings[0], err));
    EN_TRY(start_table(l, err));
    EN_TRY(plan_feeds(l, 0, table, &feeds, &n_feeds, err));
    for (int64_t row = 0; row < table->rows && row < most; row++) EN_TRY(add_row(l, 0, feeds, n_feeds, row, 0, err));
    return en_table_builder_finish(l->builder, &r->table, err);
}

/* Columns without a value, and the list's title, say nothing here. */
static en_status keep_filled(const en_table *from, en_table *out, en_arena *arena, en_error *err) {
    const char **names = en_arena_alloc(arena, ((size_t)from->n_columns + 1) * sizeof *names);
    int32_t *kept = en_arena_alloc(arena, ((size_t)from->n_columns + 1) * sizeof *kept), n = 0;
    en_str *cells = en_arena_alloc(arena, ((size_t)from->n_columns + 1) * sizeof *cells);
    en_table_builder *builder = NULL;
    if (!names || !kept || !cells) return en_no_memory(err);
    for (int32_t i = COLUMN_LIST + 1; i < from->n_columns; i++) {
        if (from->columns[i].null_count == from->rows) continue;
        names[n] = from->columns[i].name;
        kept[n++] = i;
    }
    if (!n) return EN_OK; /* no column was recognised */
    en_status status = en_table_builder_new(names, n, &builder, err);
    for (int64_t row = 0; status == EN_OK && row < from->rows; row++) {
        for (int32_t i = 0; i < n; i++) cells[i] = en_column_str(&from->columns[kept[i]], row);
        status = en_table_builder_row(builder, cells, -1, 0, err);
    }
    if (status == EN_OK) status = en_table_builder_finish(builder, out, err);
    en_table_builder_free(builder);
    return status;
}

en_status en_records_preview(const en_mapping *mapping, const en_table *table, const en_source *source,
                             const char *released, int64_t most, en_table *out, en_error *err) {
    int32_t current = 0;
    int64_t none = 0;
    en_mapping own = *mapping; /* lent; not cleared */
    en_source of = *source;
    en_release release = {.released = released};
    en_records r = {.arena = en_arena_new(),
                    .n_sources = 1,
                    .n_releases = 1,
                    .sources = &of,
                    .releases = &release,
                    .current = &current,
                    .offsets = &none,
                    .lengths = &none};
    loader l = {.out = &r, .mappings = &own};
    en_status status = r.arena ? read_some(&l, table, most, err) : en_no_memory(err);
    if (status == EN_OK) status = keep_filled(&r.table, out, r.arena, err);
    close_loader(&l);
    en_table_clear(&r.table);
    en_arena_free(r.arena);
    return status;
}

void en_records_clear(en_records *records) {
    en_table_clear(&records->table);
    en_arena_free(records->arena);
    *records = (en_records){0};
}
