#include "app/mapping.h"

#include <jansson.h>
#include <string.h>

#include "app/vocabulary.h"
#include "base/os.h"

static const char *const order_names[] = {"", "dmy", "mdy", "ymd"};

const char *en_date_order_name(en_date_order order) { return order_names[order]; }

bool en_date_order_of(const char *name, en_date_order *out) {
    for (int i = 1; i < 4; i++)
        if (name && strcmp(name, order_names[i]) == 0) {
            *out = (en_date_order)i;
            return true;
        }
    return false;
}

static en_status start(en_mapping *out, int32_t columns, en_error *err) {
    *out = (en_mapping){.arena = en_arena_new(), .format = "csv"};
    if (!out->arena) return en_no_memory(err);
    size_t bytes = ((size_t)columns + 1) * sizeof(char *);
    out->columns = en_arena_alloc(out->arena, bytes);
    out->roles = en_arena_alloc(out->arena, bytes);
    if (!out->columns || !out->roles) return en_no_memory(err);
    return EN_OK;
}

static en_status add(en_mapping *m, en_str column, const char *role, en_error *err) {
    m->columns[m->n] = en_arena_strdup(m->arena, column);
    m->roles[m->n] = role ? en_arena_strdup(m->arena, en_str_of(role)) : NULL;
    if (!m->columns[m->n] || (role && !m->roles[m->n])) return en_no_memory(err);
    m->n++;
    return EN_OK;
}

bool en_mapping_is_generic(const char *role) {
    en_role known = en_role_of(en_str_of(role));
    return known == EN_ROLE_TEXT || known == EN_ROLE_EXACT || known == EN_ROLE_NUMBER || known == EN_ROLE_DATE;
}

const char *en_mapping_column(const en_mapping *mapping, const char *role) {
    for (int32_t i = 0; i < mapping->n; i++)
        if (mapping->roles[i] && strcmp(mapping->roles[i], role) == 0) return mapping->columns[i];
    return NULL;
}

/* Words apart by spaces, so that "Rec_ID" and "rec-id" meet "rec id". */
static en_status header_words(en_text *text, const char *header, en_arena *arena, en_str *out, en_error *err) {
    char *spaced = en_arena_strdup(arena, en_str_of(header));
    if (!spaced) return en_no_memory(err);
    for (char *p = spaced; *p; p++)
        if (*p == '_' || *p == '-' || *p == '.' || *p == '/') *p = ' ';
    return en_text_fold(text, en_str_of(spaced), arena, out, err);
}

static en_status guess_role(const char *header, const en_vocabulary *headers, en_text *text, en_arena *arena,
                            const char **role, en_error *err) {
    en_str words;
    int32_t term;
    EN_TRY(header_words(text, header, arena, &words, err));
    EN_TRY(en_vocabulary_find(headers, text, words, arena, &term, err));
    *role = NULL;
    if (term >= 0) {
        *role = headers->codes[term];
        return EN_OK;
    }
    en_role known = en_role_guess(en_str_of(header));
    if (known != EN_ROLE_NONE) *role = en_role_name(known);
    return EN_OK;
}

/* Whoever names given names gname names family names fname, which is a first name elsewhere. */
static const char *beside_gname(const en_table *table, const char *header, const char *role) {
    return role && strcmp(header, "fname") == 0 && en_table_column(table, "gname") ? en_role_name(EN_ROLE_FAMILY)
                                                                                   : role;
}

en_status en_mapping_guess(const en_table *table, en_text *text, en_mapping *out, en_error *err) {
    en_vocabulary headers = {0};
    en_status status = start(out, table->n_columns, err);
    if (status == EN_OK) status = en_vocabulary_open(EN_VOCABULARY_HEADERS, text, &headers, err);
    for (int32_t i = 0; status == EN_OK && i < table->n_columns; i++) {
        const char *role = NULL;
        status = guess_role(table->columns[i].name, &headers, text, out->arena, &role, err);
        role = beside_gname(table, table->columns[i].name, role);
        if (status == EN_OK && role && !en_mapping_is_generic(role) && en_mapping_column(out, role)) role = NULL;
        if (status == EN_OK) status = add(out, en_str_of(table->columns[i].name), role, err);
    }
    en_vocabulary_clear(&headers);
    if (status != EN_OK) en_mapping_clear(out);
    return status;
}

static bool known_role(const char *role) {
    return strcmp(role, EN_MAPPED_ID) == 0 || strcmp(role, EN_MAPPED_ALLEGED) == 0 ||
           strcmp(role, EN_MAPPED_RULE) == 0 || en_vocabulary_of(role) < EN_VOCABULARIES ||
           en_role_of(en_str_of(role)) != EN_ROLE_NONE;
}

static int32_t find_column(const en_mapping *m, const char *column) {
    for (int32_t i = 0; i < m->n; i++)
        if (strcmp(m->columns[i], column) == 0) return i;
    return -1;
}

static en_status apply_one(en_mapping *m, const char *column, const json_t *value, const char *path, en_error *err) {
    int32_t i = find_column(m, column);
    const char *role = json_string_value(value);
    if (i < 0) {
        en_fail(err, EN_ERR_INPUT, "the list has no such column");
        en_error_mend(err, "use a header of the list exactly as it is written there");
    } else if (!json_is_null(value) && !role) {
        en_fail(err, EN_ERR_INPUT, "the role is not a string or null");
        en_error_mend(err, "write \"COLUMN\": \"ROLE\", or null to keep the column as it is");
    } else if (role && role[0] && !known_role(role)) {
        en_fail(err, EN_ERR_INPUT, "\"%s\" is no role", role);
        en_error_mend(err, "roles: id, status, name, given, family, father, mother, sex, birth, birth_year, "
                           "birth_month, birth_day, age, event_date, place, id_number, cause, civilian_status, "
                           "civilian_rule, directness, alleged_party, verification, text, exact, number, date");
    } else {
        m->roles[i] = NULL;
        if (role && role[0] && !en_mapping_is_generic(role) && en_mapping_column(m, role))
            m->roles[find_column(m, en_mapping_column(m, role))] = NULL;
        if (role && role[0] && !(m->roles[i] = en_arena_strdup(m->arena, en_str_of(role)))) return en_no_memory(err);
        return EN_OK;
    }
    en_error_at(err, path, -1, column, -1);
    return EN_ERR_INPUT;
}

static en_status bad_map(const char *path, const json_error_t *parse, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "is not a mapping: %s", parse ? parse->text : "it is not a JSON object");
    en_error_mend(err, "write {\"COLUMN\": \"ROLE\", …}; `everyname import --dry-run --json` prints one to start from");
    en_error_at(err, path, parse ? parse->line : -1, NULL, -1);
    return EN_ERR_INPUT;
}

en_status en_mapping_apply_file(en_mapping *mapping, const char *path, en_error *err) {
    en_os_map file;
    EN_TRY(en_os_map_file(path, &file, err));
    json_error_t parse;
    json_t *root = json_loadb(file.bytes.ptr, file.bytes.len, JSON_REJECT_DUPLICATES, &parse);
    en_os_unmap(&file);
    if (!root || !json_is_object(root)) {
        en_status status = bad_map(path, root ? NULL : &parse, err);
        json_decref(root);
        return status;
    }
    en_status status = EN_OK;
    json_t *columns = json_object_get(root, "columns"), *value;
    const char *column, *order = json_string_value(json_object_get(root, "date_order"));
    bool wrapped = json_is_object(columns);
    if (wrapped && order && !en_date_order_of(order, &mapping->date_order)) {
        en_fail(err, EN_ERR_INPUT, "date_order \"%s\" is not dmy, mdy or ymd", order);
        status = en_error_at(err, path, -1, NULL, -1);
    }
    json_object_foreach(wrapped ? columns : root, column, value) {
        if (status == EN_OK) status = apply_one(mapping, column, value, path, err);
    }
    json_decref(root);
    return status;
}

en_status en_mapping_to_json(const en_mapping *m, en_buf *out, en_error *err) {
    json_t *columns = json_object();
    for (int32_t i = 0; i < m->n; i++)
        json_object_set_new(columns, m->columns[i], m->roles[i] ? json_string(m->roles[i]) : json_null());
    char delimiter[2] = {m->delimiter, 0};
    json_t *root =
        json_pack("{s:i, s:s, s:s, s:s, s:o}", "version", EN_MAPPING_VERSION, "format", m->format, "delimiter",
                  delimiter, "date_order", en_date_order_name(m->date_order), "columns", columns);
    if (root && m->header_row) json_object_set_new(root, "header_row", json_integer(m->header_row));
    char *text = root ? json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    json_decref(root);
    if (!text) return en_no_memory(err);
    en_status status = en_buf_add(out, en_str_of(text), err);
    free(text);
    return status;
}

en_status en_mapping_from_json(const char *json, en_mapping *out, en_error *err) {
    json_t *root = json_loads(json, 0, NULL);
    json_t *columns = json_object_get(root, "columns"), *role;
    const char *column, *delimiter = json_string_value(json_object_get(root, "delimiter"));
    en_status status = start(out, (int32_t)json_object_size(columns), err);
    if (status == EN_OK && !columns) status = en_fail(err, EN_ERR_CORRUPT, "a stored mapping cannot be read");
    json_object_foreach(columns, column, role) {
        if (status == EN_OK) status = add(out, en_str_of(column), json_string_value(role), err);
    }
    if (status == EN_OK) {
        const char *format = json_string_value(json_object_get(root, "format"));
        out->format = format && strcmp(format, "jsonl") == 0 ? "jsonl" : "csv";
        out->delimiter = delimiter ? delimiter[0] : 0;
        out->header_row = json_integer_value(json_object_get(root, "header_row"));
        en_date_order_of(json_string_value(json_object_get(root, "date_order")), &out->date_order);
    }
    json_decref(root);
    if (status != EN_OK) en_mapping_clear(out);
    return status;
}

en_status en_mapping_follow(en_mapping *mapping, const en_mapping *old, en_error *err) {
    for (int32_t i = 0; i < mapping->n; i++) {
        int32_t k = find_column(old, mapping->columns[i]);
        if (k < 0) continue;
        mapping->roles[i] = NULL;
        if (!old->roles[k]) continue;
        const char *holder = en_mapping_is_generic(old->roles[k]) ? NULL : en_mapping_column(mapping, old->roles[k]);
        if (holder) mapping->roles[find_column(mapping, holder)] = NULL;
        if (!(mapping->roles[i] = en_arena_strdup(mapping->arena, en_str_of(old->roles[k])))) return en_no_memory(err);
    }
    mapping->date_order = old->date_order;
    return EN_OK;
}

en_status en_mapping_read(const en_mapping *mapping, en_str text, const char *title, en_table *out, en_error *err) {
    en_read_report report = {0};
    en_read_options read = {.struct_size = sizeof read,
                            .file = title,
                            .encoding = "UTF-8",
                            .delimiter = mapping->delimiter,
                            .keep_rejects = true,
                            .header_row = mapping->header_row};
    en_status status = strcmp(mapping->format, "jsonl") == 0 ? en_jsonl_read(text, &read, out, &report, err)
                                                             : en_csv_read(text, &read, out, &report, err);
    en_read_report_clear(&report);
    return status;
}

void en_mapping_clear(en_mapping *mapping) {
    en_arena_free(mapping->arena);
    *mapping = (en_mapping){0};
}
