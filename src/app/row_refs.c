/* Resolving what rows refer to. */
#include "app/row_refs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

void en_refs_open(en_case *c, const en_model *model, en_refs *out) { *out = (en_refs){.c = c, .model = model}; }

void en_refs_clear(en_refs *refs) {
    en_map_clear(&refs->words);
    en_map_clear(&refs->loaded);
    free(refs->ids);
    *refs = (en_refs){0};
}

/* ---- words that stand for rows ---- */

static en_status add_word(en_refs *refs, const en_buf *word, en_id id, bool *added, en_error *err) {
    int32_t number;
    EN_TRY(en_map_intern(&refs->words, en_buf_str(word), &number, added, err));
    if (!*added) {
        if (!en_id_eq(refs->ids[number], id)) refs->ids[number] = EN_ID_NONE;
        return EN_OK;
    }
    if ((number & (number - 1)) == 0) { /* room doubles at each power of two */
        en_id *grown = realloc(refs->ids, ((size_t)number * 2 + 2) * sizeof *grown);
        if (!grown) return en_no_memory(err);
        refs->ids = grown;
    }
    refs->ids[number] = id;
    return EN_OK;
}

static const char *name_member(const en_refs *refs, const char *kind) {
    return json_string_value(json_object_get(en_model_kind(refs->model, kind), "named"));
}

static en_status learn(en_refs *refs, const char *kind, const json_t *body, en_id id, en_error *err) {
    en_buf word = {0};
    const char *named = name_member(refs, kind), *key = json_string_value(json_object_get(body, "key"));
    const char *name = named ? json_string_value(json_object_get(body, named)) : NULL;
    bool added;
    en_status status = EN_OK;
    if (key) status = en_buf_addf(&word, err, "%s\nkey\n%s", kind, key);
    if (key && status == EN_OK) status = add_word(refs, &word, id, &added, err);
    word.len = 0;
    if (name && status == EN_OK) status = en_buf_addf(&word, err, "%s\nname\n%s", kind, name);
    if (name && status == EN_OK) status = add_word(refs, &word, id, &added, err);
    en_buf_clear(&word);
    return status;
}

/* The rows of a kind that the case has and that nobody took back. */
static en_status load_kind(en_refs *refs, const char *kind, en_error *err) {
    bool added;
    EN_TRY(en_map_intern(&refs->loaded, en_str_of(kind), &(int32_t){0}, &added, err));
    if (!added) return EN_OK;
    en_row *rows;
    int64_t n;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_rows(refs->c, kind, arena, &rows, &n, err) : en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < n; i++) {
        if (!en_id_eq(rows[i].revoked_by, EN_ID_NONE)) continue;
        json_t *body = json_loads(rows[i].body, 0, NULL);
        status = learn(refs, kind, body, rows[i].id, err);
        json_decref(body);
    }
    en_arena_free(arena);
    return status;
}

static en_status add_own_id(en_refs *refs, en_str id, en_str title, en_id record, en_buf *word, en_error *err) {
    bool added;
    word->len = 0;
    EN_TRY(en_buf_addf(word, err, "record\n%.*s", (int)id.len, id.ptr));
    EN_TRY(add_word(refs, word, record, &added, err));
    EN_TRY(en_buf_addf(word, err, "@%.*s", (int)title.len, title.ptr));
    return add_word(refs, word, record, &added, err);
}

/* The ids that lists give their records, of current releases. */
static en_status load_records(en_refs *refs, en_error *err) {
    if (refs->has_records) return EN_OK;
    en_records records;
    en_buf word = {0};
    EN_TRY(en_records_load(refs->c, 0, NULL, &records, err));
    const en_column *id = en_records_column(&records, "id"), *list = en_records_column(&records, "list");
    en_status status = EN_OK;
    for (int64_t i = 0; status == EN_OK && id && list && i < records.n; i++)
        if (!en_column_is_null(id, i))
            status = add_own_id(refs, en_column_str(id, i), en_column_str(list, i), records.ids[i], &word, err);
    en_buf_clear(&word);
    en_records_clear(&records);
    refs->has_records = status == EN_OK;
    return status;
}

static en_status find_in_kind(en_refs *refs, const char *kind, const char *what, const char *written, en_id *out,
                              en_error *err);

/* A row of the kind that has this key or name; several count as one. */
static en_status is_taken(en_refs *refs, const char *kind, const char *what, const char *written, bool *taken,
                          en_error *err) {
    en_id id;
    en_status status = find_in_kind(refs, kind, what, written, &id, err);
    *taken = status == EN_OK || status == EN_ERR_INPUT;
    return *taken || status == EN_ERR_NOT_FOUND ? EN_OK : status;
}

en_status en_refs_check_key(en_refs *refs, const char *kind, const json_t *body, en_error *err) {
    const char *key = json_string_value(json_object_get(body, "key"));
    const char *title = strcmp(kind, "source") == 0 ? json_string_value(json_object_get(body, "title")) : NULL;
    bool taken = false;
    if (title) EN_TRY(is_taken(refs, kind, "name", title, &taken, err));
    if (taken) {
        en_fail(err, EN_ERR_INPUT, "the case has a source of this title already");
        en_error_at(err, NULL, -1, "title", -1);
        return en_error_mend(err, "refer to it by its title, or choose another"), EN_ERR_INPUT;
    }
    if (key) EN_TRY(is_taken(refs, kind, "key", key, &taken, err));
    if (!taken) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "\"%.100s\" stands for another %s already", key, kind);
    en_error_at(err, NULL, -1, "key", -1);
    return en_error_mend(err, "give each row of a kind a key of its own"), EN_ERR_INPUT;
}

en_status en_refs_learn(en_refs *refs, const char *kind, const json_t *body, en_id id, en_error *err) {
    return en_map_find(&refs->loaded, en_str_of(kind)) < 0 ? EN_OK : learn(refs, kind, body, id, err);
}

/* ---- which kinds are meant ---- */

static bool allows(const char *kinds, const char *kind) {
    if (strcmp(kinds, "*") == 0) return true;
    size_t len = strlen(kind);
    for (const char *at = kinds; at; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, kind, len) == 0 && (at[len] == 0 || at[len] == '|')) return true;
    }
    return false;
}

static bool allows_records(const char *kinds) { return allows(kinds, "record") || allows(kinds, "person"); }

static const char *kind_of_letter(char letter) {
    return letter == 'r'   ? "record"
           : letter == 'p' ? "person"
           : letter == 'n' ? "ledger entry"
                           : en_kind_of_letter(letter);
}

static en_status wrong_kind(const char *kinds, const char *written, const char *is, en_error *err) {
    char letters[80] = "";
    for (const char *at = kinds; *at && strlen(letters) + 8 < sizeof letters;) {
        char kind[40];
        size_t len = strcspn(at, "|");
        snprintf(kind, sizeof kind, "%.*s", (int)len, at);
        char letter = strcmp(kind, "person") == 0 ? 'p' : strcmp(kind, "record") == 0 ? 'r' : en_letter_of_kind(kind);
        if (letter) snprintf(letters + strlen(letters), 8, "%s%c:", letters[0] ? ", " : "", letter);
        at += len + (at[len] == '|');
    }
    en_fail(err, EN_ERR_INPUT, "%.80s is a %s, and a %.80s is needed", written, is, kinds);
    return en_error_mend(err, "give an id that begins with %s", letters), EN_ERR_INPUT;
}

/* ---- finding ---- */

static bool looks_like_short_id(const char *written) {
    const char *colon = strchr(written, ':');
    if (!colon || colon - written != 1 || !kind_of_letter(written[0])) return false;
    size_t hex = strspn(colon + 1, "0123456789abcdef");
    return hex && colon[1 + hex] == '.';
}

static en_status find_short_id(en_refs *refs, const char *kinds, const char *written, char *out, en_error *err) {
    char letter;
    en_id id;
    EN_TRY(en_case_parse_id(refs->c, written, &letter, &id, err));
    bool is_record = letter == 'r' || letter == 'p';
    if (is_record ? !allows_records(kinds) : !allows(kinds, kind_of_letter(letter)))
        return wrong_kind(kinds, written, kind_of_letter(letter), err);
    return en_case_ref(refs->c, id, out, err);
}

static bool looks_stored(const char *written) {
    const char *dot = strchr(written, '.');
    if (!dot || dot - written != 32 || strspn(written, "0123456789abcdef") != 32 || !dot[1]) return false;
    return strspn(dot + 1, "0123456789") == strlen(dot + 1);
}

static en_status find_stored(en_refs *refs, const char *kinds, const char *written, char *out, en_error *err) {
    en_id id;
    en_row row;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_deref(refs->c, written, &id, err) : en_no_memory(err);
    if (status == EN_ERR_CORRUPT) status = en_fail(err, EN_ERR_INPUT, "%.80s: the case has no such id", written);
    if (status == EN_OK && allows_records(kinds)) {
        status = en_case_record(refs->c, id, NULL, NULL, NULL, NULL, err);
        if (status != EN_ERR_NOT_FOUND || strcmp(kinds, "person") == 0) goto done;
        status = EN_OK;
    }
    if (status == EN_OK) status = en_case_row(refs->c, id, arena, &row, err);
    if (status == EN_OK && !allows(kinds, row.kind)) status = wrong_kind(kinds, written, row.kind, err);
done:
    en_arena_free(arena);
    return status == EN_OK ? en_case_ref(refs->c, id, out, err) : status;
}

/* The one row that `word` stands for; EN_ERR_NOT_FOUND without a message where there is none. */
static en_status find_word(const en_refs *refs, const en_buf *word, const char *written, en_id *out, en_error *err) {
    int32_t number = en_map_find(&refs->words, en_buf_str(word));
    if (number < 0) return EN_ERR_NOT_FOUND;
    *out = refs->ids[number];
    if (!en_id_eq(*out, EN_ID_NONE)) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "\"%.100s\" is several", written);
    return en_error_mend(err, "give its id, or for a list's own id ID@TITLE of the list"), EN_ERR_INPUT;
}

static en_status find_in_kind(en_refs *refs, const char *kind, const char *what, const char *written, en_id *out,
                              en_error *err) {
    en_buf word = {0};
    EN_TRY(load_kind(refs, kind, err));
    en_status status = en_buf_addf(&word, err, "%s\n%s\n%s", kind, what, written);
    if (status == EN_OK) status = find_word(refs, &word, written, out, err);
    en_buf_clear(&word);
    return status;
}

static en_status find_in_kinds(en_refs *refs, const char *kinds, const char *what, const char *written, en_id *out,
                               en_error *err) {
    const char *kind;
    json_t *of, *all = json_object_get(refs->model->root, "kinds");
    json_object_foreach(all, kind, of) {
        if (!allows(kinds, kind)) continue;
        en_status status = find_in_kind(refs, kind, what, written, out, err);
        if (status != EN_ERR_NOT_FOUND) return status;
    }
    return EN_ERR_NOT_FOUND;
}

static en_status find_own_id(en_refs *refs, const char *written, en_id *out, en_error *err) {
    en_buf word = {0};
    EN_TRY(load_records(refs, err));
    en_status status = en_buf_addf(&word, err, "record\n%s", written);
    if (status == EN_OK) status = find_word(refs, &word, written, out, err);
    en_buf_clear(&word);
    return status;
}

static en_status not_there(const char *kinds, const char *written, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "there is no %.80s \"%.100s\"", strcmp(kinds, "*") == 0 ? "row" : kinds, written);
    if (allows_records(kinds))
        en_error_mend(err, "give p:… or r:…, the id that a list gives the record (ID or ID@TITLE), or key:KEY; rows "
                           "refer to what was added before them");
    else
        en_error_mend(err, "give its id, its key (key:KEY) or its name; rows refer to what was added before them");
    return EN_ERR_INPUT;
}

en_status en_refs_find(en_refs *refs, const char *kinds, const char *written, char out[EN_REF_TEXT], en_error *err) {
    en_id id = EN_ID_NONE;
    if (looks_like_short_id(written)) return find_short_id(refs, kinds, written, out, err);
    if (looks_stored(written)) return find_stored(refs, kinds, written, out, err);
    bool is_key = strncmp(written, "key:", 4) == 0;
    en_status status = find_in_kinds(refs, kinds, "key", is_key ? written + 4 : written, &id, err);
    if (status == EN_ERR_NOT_FOUND && !is_key) status = find_in_kinds(refs, kinds, "name", written, &id, err);
    if (status == EN_ERR_NOT_FOUND && allows_records(kinds))
        status = find_own_id(refs, is_key ? written + 4 : written, &id, err);
    if (status == EN_ERR_NOT_FOUND) return not_there(kinds, written, err);
    return status == EN_OK ? en_case_ref(refs->c, id, out, err) : status;
}
