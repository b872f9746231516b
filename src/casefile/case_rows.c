/* Rows of any kind: what the model holds beyond lists and linkage, one JSON object a row. Which members a kind has is
 * data (vocab/kinds.json), checked above this layer; here a row gets its canonical bytes, its place in the ledger and
 * its letter. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/case.h"

/* ---- kinds and their letters ---- */

static const struct {
    char letter;
    const char *kind;
} kinds[] = {
    {'s', "source"},       {'k', "capture"},         {'l', "release"},
    {'m', "mapping"},      {'u', "link_run"},        {'j', "judgement"},
    {'t', "statement"},    {'a', "actor"},           {'b', "place"},
    {'d', "act"},          {'i', "incident"},        {'q', "allegation"},
    {'w', "response"},     {'f', "figure"},          {'h', "characterisation"},
    {'o', "instrument"},   {'y', "clause"},          {'z', "implementation"},
    {'A', "action"},       {'C', "consent"},         {'R', "resolution"},
    {'S', "status_event"}, {'K', "kinship"},         {'F', "family"},
    {'V', "verification"}, {'P', "proposal"},        {'X', "revocation"},
    {'G', "independence"}, {'M', "confidentiality"}, {'T', "term"},
    {'D', "destruction"},  {'Q', "correction"},      {'W', "stamp"},
    {'H', "grading"},      {'B', "document"},        {'N', "review"},
    {'E', "withdrawal"},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

const char *en_kind_of_letter(char letter) {
    for (int i = 0; i < N_KINDS; i++)
        if (kinds[i].letter == letter) return kinds[i].kind;
    return NULL;
}

char en_letter_of_kind(const char *kind) {
    for (int i = 0; i < N_KINDS; i++)
        if (strcmp(kinds[i].kind, kind) == 0) return kinds[i].letter;
    return 0;
}

/* Kinds that have calls of their own, which check more than this one could. */
static bool has_own_call(const char *kind) {
    static const char *const own[] = {"source", "capture", "release", "mapping", "link_run", "judgement"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i], kind) == 0) return true;
    return false;
}

/* ---- canonical bytes ---- */

enum { MAX_DEPTH = 8, MAX_MEMBERS = 256 };

static en_status add_value(en_body *body, const json_t *value, int depth);

/* Objects of which nothing is known count as empty too. */
static bool is_empty(const json_t *value) {
    const char *key;
    json_t *member;
    if (json_is_string(value)) return json_string_length(value) == 0;
    if (json_is_array(value)) return json_array_size(value) == 0;
    if (!json_is_object(value)) return json_is_null(value);
    json_object_foreach((json_t *)value, key, member) {
        if (!is_empty(member)) return false;
    }
    return true;
}

static int by_key(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Keys are ASCII names, so that their order as bytes is RFC 8785's order. */
static bool is_member_name(const char *key) {
    return key[0] && key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_")] == 0;
}

static en_status add_object(en_body *body, const json_t *object, int depth) {
    const char *keys[MAX_MEMBERS], *key;
    json_t *value;
    int n = 0;
    json_object_foreach((json_t *)object, key, value) {
        if (!is_member_name(key)) return en_fail(body->err, EN_ERR_INPUT, "\"%.60s\" is no name of a member", key);
        if (n == MAX_MEMBERS) return en_fail(body->err, EN_ERR_LIMIT, "a row has more than %d members", MAX_MEMBERS);
        if (!is_empty(value)) keys[n++] = key;
    }
    qsort(keys, (size_t)n, sizeof *keys, by_key);
    EN_TRY(en_buf_add_char(&body->json, '{', body->err));
    for (int i = 0; i < n; i++) {
        EN_TRY(en_buf_addf(&body->json, body->err, "%s\"%s\":", i ? "," : "", keys[i]));
        EN_TRY(add_value(body, json_object_get(object, keys[i]), depth + 1));
    }
    return en_buf_add_char(&body->json, '}', body->err);
}

static en_status add_array(en_body *body, const json_t *array, int depth) {
    EN_TRY(en_buf_add_char(&body->json, '[', body->err));
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i) EN_TRY(en_buf_add_char(&body->json, ',', body->err));
        EN_TRY(add_value(body, json_array_get(array, i), depth + 1));
    }
    return en_buf_add_char(&body->json, ']', body->err);
}

static en_status add_value(en_body *body, const json_t *value, int depth) {
    if (depth > MAX_DEPTH) return en_fail(body->err, EN_ERR_LIMIT, "a row is nested deeper than %d", MAX_DEPTH);
    switch (json_typeof(value)) {
    case JSON_OBJECT: return add_object(body, value, depth);
    case JSON_ARRAY: return add_array(body, value, depth);
    case JSON_STRING: return en_body_string(&body->json, json_string_value(value), body->err);
    case JSON_INTEGER: return en_buf_addf(&body->json, body->err, "%lld", (long long)json_integer_value(value));
    case JSON_TRUE: return en_buf_add(&body->json, EN_LIT("true"), body->err);
    case JSON_FALSE: return en_buf_add(&body->json, EN_LIT("false"), body->err);
    case JSON_NULL: return en_buf_add(&body->json, EN_LIT("null"), body->err);
    case JSON_REAL: break;
    }
    en_fail(body->err, EN_ERR_INPUT, "%g is no whole number", json_real_value(value));
    return en_error_mend(body->err, "give it as text"), EN_ERR_INPUT;
}

en_status en_body_of_json(const json_t *object, en_buf *out, en_error *err) {
    en_body body = {.err = err};
    en_status status = add_object(&body, object, 0);
    *out = body.json;
    return status;
}

en_status en_case_add_row(en_case *c, const char *kind, const char *json, en_id *out, en_error *err) {
    json_error_t where;
    EN_TRY(en_case_needs_writing(c, err));
    if (!en_letter_of_kind(kind) || has_own_call(kind))
        return en_fail(err, EN_ERR_USAGE, "\"%.40s\" is no kind of row to add", kind);
    json_t *object = json_loads(json, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(object)) {
        json_decref(object);
        return en_fail(err, EN_ERR_INPUT, "a row of kind %s is no JSON object: %s", kind, where.text);
    }
    en_body body = {.err = err};
    body.status = add_object(&body, object, 0);
    json_decref(object);
    if (body.status == EN_OK) body.status = en_row_store(c, kind, &body.json, out, err);
    en_buf_clear(&body.json);
    return body.status;
}

/* ---- reading ---- */

static en_status read_row(sqlite3_stmt *stmt, en_arena *arena, en_row *out, en_error *err) {
    *out = (en_row){.id = en_id_unpack(sqlite3_column_int64(stmt, 0))};
    out->kind = en_sql_text(stmt, 1, arena);
    out->body = en_sql_text(stmt, 2, arena);
    return out->kind && out->body ? EN_OK : en_no_memory(err);
}

static en_status count_rows(en_case *c, const char *kind, int64_t *n, en_error *err) {
    char sql[128];
    sqlite3_snprintf((int)sizeof sql, sql, "SELECT count(*) FROM row WHERE kind='%q'", kind);
    return en_sql_int(c, sql, -1, n, err);
}

static int by_id(const void *a, const void *b) { return en_id_cmp(((const en_row *)a)->id, ((const en_row *)b)->id); }

typedef struct revocation {
    en_id id, of;
    bool is_revoked;
} revocation;

static int by_revocation_id(const void *a, const void *b) {
    return en_id_cmp(((const revocation *)a)->id, ((const revocation *)b)->id);
}

static en_status read_revocations(en_case *c, en_arena *arena, revocation **out, int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    int64_t count;
    bool row;
    *n = 0;
    EN_TRY(count_rows(c, "revocation", &count, err));
    if (!(*out = en_arena_alloc(arena, ((size_t)count + 1) * sizeof **out))) return en_no_memory(err);
    EN_TRY(en_sql_prepare(c, "SELECT id,body->>'of' FROM row WHERE kind='revocation' ORDER BY id", &stmt, err));
    en_status status;
    while ((status = en_sql_step(c, stmt, &row, err)) == EN_OK && row && *n < count) {
        const char *of = (const char *)sqlite3_column_text(stmt, 1);
        revocation *r = &(*out)[(*n)++];
        *r = (revocation){.id = en_id_unpack(sqlite3_column_int64(stmt, 0))};
        if ((status = en_id_from_global(c, of ? of : "", &r->of, err)) != EN_OK) break;
    }
    sqlite3_finalize(stmt);
    return status;
}

/* The newest revocation of a row is the one that counts, and one that is itself revoked does not. Each revokes an older
 * row, so going backwards settles it before what it revokes. Rows are in order of id. */
static void settle_revocations(revocation *all, int64_t m, en_row *rows, int64_t n) {
    for (int64_t k = m - 1; k >= 0; k--) {
        if (all[k].is_revoked) continue;
        revocation *older = bsearch(&(revocation){.id = all[k].of}, all, (size_t)k, sizeof *all, by_revocation_id);
        if (older) older->is_revoked = true;
        en_row *row = bsearch(&(en_row){.id = all[k].of}, rows, (size_t)n, sizeof *rows, by_id);
        if (row && en_id_eq(row->revoked_by, EN_ID_NONE)) row->revoked_by = all[k].id;
    }
}

static en_status mark_revoked(en_case *c, en_row *rows, int64_t n, en_arena *arena, en_error *err) {
    revocation *all;
    int64_t m;
    EN_TRY(read_revocations(c, arena, &all, &m, err));
    settle_revocations(all, m, rows, n);
    return EN_OK;
}

/* Rows that a statement yields, at most `count` of them; finalizes the statement. */
static en_status read_rows(en_case *c, sqlite3_stmt *stmt, int64_t count, en_arena *arena, en_row **out, int64_t *n,
                           en_error *err) {
    bool row;
    en_status status = EN_OK;
    *n = 0;
    if (!(*out = en_arena_alloc(arena, ((size_t)count + 1) * sizeof **out))) status = en_no_memory(err);
    while (status == EN_OK && (status = en_sql_step(c, stmt, &row, err)) == EN_OK && row && *n < count)
        status = read_row(stmt, arena, &(*out)[(*n)++], err);
    sqlite3_finalize(stmt);
    return status == EN_OK && *n ? mark_revoked(c, *out, *n, arena, err) : status;
}

en_status en_case_rows(en_case *c, const char *kind, en_arena *arena, en_row **out, int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    int64_t count;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(count_rows(c, kind, &count, err));
    EN_TRY(en_sql_prepare(c, "SELECT id,kind,body FROM row WHERE kind=? ORDER BY id", &stmt, err));
    sqlite3_bind_text(stmt, 1, kind, -1, SQLITE_STATIC);
    return read_rows(c, stmt, count, arena, out, n, err);
}

en_status en_case_mentions(en_case *c, const char *ref, en_arena *arena, en_row **out, int64_t *n, en_error *err) {
    /* A reference is a whole text of a body, so a quotation mark ends it. */
    static const char from[] = "FROM row WHERE instr(body,?||'\"')>0";
    char count_sql[96], rows_sql[96];
    sqlite3_stmt *stmt;
    int64_t count = 0;
    bool row;
    EN_TRY(en_case_fresh(c, err));
    sqlite3_snprintf((int)sizeof count_sql, count_sql, "SELECT count(*) %s", from);
    sqlite3_snprintf((int)sizeof rows_sql, rows_sql, "SELECT id,kind,body %s ORDER BY id", from);
    EN_TRY(en_sql_prepare(c, count_sql, &stmt, err));
    sqlite3_bind_text(stmt, 1, ref, -1, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && row) count = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    if (status != EN_OK) return status;
    EN_TRY(en_sql_prepare(c, rows_sql, &stmt, err));
    sqlite3_bind_text(stmt, 1, ref, -1, SQLITE_STATIC);
    return read_rows(c, stmt, count, arena, out, n, err);
}

en_status en_case_entry_rows(en_case *c, int64_t entry, en_arena *arena, en_row **out, int64_t *n, en_error *err) {
    sqlite3_stmt *stmt;
    int64_t count;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(en_sql_int(c, "SELECT count(*) FROM row WHERE id>=?1<<32 AND id<(?1+1)<<32", entry, &count, err));
    EN_TRY(
        en_sql_prepare(c, "SELECT id,kind,body FROM row WHERE id>=?1<<32 AND id<(?1+1)<<32 ORDER BY id", &stmt, err));
    sqlite3_bind_int64(stmt, 1, entry);
    return read_rows(c, stmt, count, arena, out, n, err);
}

en_status en_case_row(en_case *c, en_id id, en_arena *arena, en_row *out, en_error *err) {
    sqlite3_stmt *stmt;
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_fresh(c, err));
    EN_TRY(en_sql_prepare(c, "SELECT id,kind,body FROM row WHERE id=?", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(id));
    EN_TRY(read_rows(c, stmt, 1, arena, &rows, &n, err));
    if (n == 0)
        return en_fail(err, EN_ERR_NOT_FOUND, "there is no row %lld.%lld", (long long)id.entry, (long long)id.ordinal);
    *out = rows[0];
    return EN_OK;
}

en_status en_case_revoked(en_case *c, en_id id, int64_t up_to, en_id *revoked_by, en_error *err) {
    en_arena *arena = en_arena_new();
    revocation *all;
    int64_t m;
    if (!arena) return en_no_memory(err);
    en_row row = {.id = id};
    en_status status = read_revocations(c, arena, &all, &m, err);
    while (status == EN_OK && up_to && m > 0 && all[m - 1].id.entry > up_to) m--;
    if (status == EN_OK) settle_revocations(all, m, &row, 1);
    *revoked_by = row.revoked_by;
    en_arena_free(arena);
    return status;
}

/* ---- references ---- */

en_status en_case_ref(en_case *c, en_id id, char out[EN_REF_TEXT], en_error *err) {
    _Static_assert((int)EN_REF_TEXT >= (int)EN_GLOBAL_TEXT, "a reference has room for a global id");
    return en_id_global(c, id, out, err);
}

en_status en_case_deref(en_case *c, const char *ref, en_id *out, en_error *err) {
    EN_TRY(en_case_fresh(c, err));
    return en_id_from_global(c, ref, out, err);
}
