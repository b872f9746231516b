/* A copy for sharing: what is marked confidential left out, coders under pseudonyms, every commitment kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/case_keys.h"
#include "casefile/strip.h"

/* ---- the copy ---- */

static en_status copy_rows(en_case *from, sqlite3_stmt *read, en_case *to, sqlite3_stmt *write, en_error *err) {
    bool row, done;
    en_status status;
    while ((status = en_sql_step(from, read, &row, err)) == EN_OK && row) {
        for (int i = 0; i < sqlite3_column_count(read); i++)
            sqlite3_bind_value(write, i + 1, sqlite3_column_value(read, i));
        if ((status = en_sql_step(to, write, &done, err)) != EN_OK) break;
        sqlite3_reset(write);
    }
    return status;
}

static en_status copy_table(en_case *from, en_case *to, const char *table, int columns, en_error *err) {
    char sql[96];
    sqlite3_stmt *read = NULL, *write = NULL;
    sqlite3_snprintf((int)sizeof sql, sql, "SELECT * FROM %s", table);
    en_status status = en_sql_prepare(from, sql, &read, err);
    sqlite3_snprintf((int)sizeof sql, sql, "INSERT INTO %s VALUES(?%s)", table,
                     &",?,?,?,?,?,?,?,?"[16 - 2 * (columns - 1)]);
    if (status == EN_OK) status = en_sql_prepare(to, sql, &write, err);
    if (status == EN_OK) status = copy_rows(from, read, to, write, err);
    sqlite3_finalize(read);
    sqlite3_finalize(write);
    return status;
}

static en_status copy_case(en_case *from, en_case *to, en_error *err) {
    static const struct {
        const char *name;
        int columns;
    } tables[] = {{"file", 4},       {"entry", 9},   {"row", 3},   {"record", 3},
                  {"membership", 4}, {"content", 3}, {"chunk", 2}, {"absent", 3}};
    EN_TRY(en_case_make_tables(to, err));
    EN_TRY(en_sql_run(to, "BEGIN", err));
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        EN_TRY(copy_table(from, to, tables[i].name, tables[i].columns, err));
    EN_TRY(en_case_load_key(to, err));
    return en_case_load_entries(to, err);
}

/* ---- what is marked ---- */

static en_status name_marked(stripping *s, const char *sql) {
    sqlite3_stmt *stmt;
    bool row;
    EN_TRY(en_sql_prepare(s->c, sql, &stmt, s->err));
    en_status status;
    while ((status = en_sql_step(s->c, stmt, &row, s->err)) == EN_OK && row)
        if ((status = strip_name(s, en_id_unpack(sqlite3_column_int64(stmt, 0)))) != EN_OK) break;
    sqlite3_finalize(stmt);
    return status;
}

/* A mark on one member of a row takes that member out of it. Where the row has no such member, and it was no column of
 * a list either that could be taken out, it counts as a mark on all of it. */
static en_status reduce_member(stripping *s, en_id of, const char *member, bool *reduced) {
    en_row row;
    en_arena *arena = en_arena_new();
    *reduced = false;
    en_status status = arena ? en_case_row(s->c, of, arena, &row, s->err) : en_no_memory(s->err);
    json_t *body = status == EN_OK ? json_loads(row.body, 0, NULL) : NULL;
    if (status == EN_ERR_NOT_FOUND) status = EN_OK;
    if (json_object_get(body, member)) {
        json_object_del(body, member);
        status = strip_reduce(s, of, body);
        *reduced = true;
    }
    json_decref(body);
    en_arena_free(arena);
    return status;
}

static bool has_id(const en_id *ids, int64_t n, en_id id) {
    for (int64_t i = 0; i < n; i++)
        if (en_id_eq(ids[i], id)) return true;
    return false;
}

static en_status apply_mark(stripping *s, const en_redaction *also, const en_row *mark) {
    en_id of;
    bool reduced = also && has_id(also->marks, also->n_marks, mark->id);
    json_t *body = json_loads(mark->body, 0, NULL);
    const char *ref = json_string_value(json_object_get(body, "of")),
               *level = json_string_value(json_object_get(body, "level")),
               *member = json_string_value(json_object_get(body, "member"));
    en_status status = EN_OK;
    if (en_id_eq(mark->revoked_by, EN_ID_NONE) && ref && !(level && strcmp(level, "public") == 0)) {
        status = en_id_from_global(s->c, ref, &of, s->err);
        if (status == EN_OK && !reduced && member && member[0]) status = reduce_member(s, of, member, &reduced);
        if (status == EN_OK && !reduced) status = strip_name(s, of);
        if (status == EN_OK) status = strip_name(s, mark->id);
    }
    json_decref(body);
    return status;
}

static en_status apply_marks(stripping *s, const en_redaction *also) {
    en_row *marks;
    int64_t n;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_rows(s->c, "confidentiality", arena, &marks, &n, s->err) : en_no_memory(s->err);
    for (int64_t i = 0; status == EN_OK && i < n; i++) status = apply_mark(s, also, &marks[i]);
    en_arena_free(arena);
    return status;
}

static en_status apply_also(stripping *s, const en_redaction *also) {
    for (int64_t i = 0; also && i < also->n_gone; i++) EN_TRY(strip_name(s, also->gone[i]));
    for (int64_t i = 0; also && i < also->n_reduced; i++)
        EN_TRY(strip_lessen(s, also->reduced[i].record, also->reduced[i].bytes));
    return EN_OK;
}

static en_status withhold(stripping *s, const en_redaction *also) {
    EN_TRY(strip_begin(s));
    EN_TRY(apply_also(s, also));
    EN_TRY(name_marked(s,
                       "SELECT id FROM row WHERE kind='source' AND coalesce(body->>'confidentiality','public') NOT IN "
                       "('','public')"));
    EN_TRY(apply_marks(s, also));
    /* A person goes by the id of one of its records: a mark on that is one on all of them. */
    EN_TRY(name_marked(s, "SELECT record FROM membership WHERE person IN target"));
    EN_TRY(strip_spread(s));
    return strip_carry_out(s);
}

/* ---- pseudonyms ---- */

enum { PSEUDONYM = 32 };
typedef struct coders {
    char **names;
    int64_t n;
} coders;

/* Everyone who made an entry, in the order of their first. */
static en_status read_coders(en_case *c, coders *out, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    if (!(out->names = calloc((size_t)c->n_known + 1, sizeof *out->names))) return en_no_memory(err);
    EN_TRY(en_sql_prepare(c, "SELECT actor FROM entry GROUP BY actor ORDER BY min(number)", &stmt, err));
    en_status status;
    while ((status = en_sql_step(c, stmt, &row, err)) == EN_OK && row) {
        if (!(out->names[out->n] = strdup((const char *)sqlite3_column_text(stmt, 0)))) status = en_no_memory(err);
        if (status != EN_OK) break;
        out->n++;
    }
    sqlite3_finalize(stmt);
    return status;
}

static void clear_coders(coders *all) {
    for (int64_t i = 0; all->names && i < all->n; i++) free(all->names[i]);
    free(all->names);
}

/* False where it is nobody's name. */
static bool pseudonym_of(const coders *all, const char *name, char out[PSEUDONYM]) {
    for (int64_t i = 0; name && i < all->n; i++) {
        if (strcmp(all->names[i], name) != 0) continue;
        snprintf(out, PSEUDONYM, "coder %lld", (long long)i + 1);
        return true;
    }
    return false;
}

/* Members that say who did something. */
static bool replace_names(const coders *all, json_t *body) {
    static const char *const members[] = {"by", "collected_by", "graded_by", "requested_by", "asserted_by"};
    char pseudonym[PSEUDONYM];
    bool replaced = false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        if (!pseudonym_of(all, json_string_value(json_object_get(body, members[i])), pseudonym)) continue;
        json_object_set_new(body, members[i], json_string(pseudonym));
        replaced = true;
    }
    return replaced;
}

static en_status rename_in_row(stripping *s, const coders *all, en_id id, const char *text) {
    json_t *body = json_loads(text, 0, NULL);
    en_status status = replace_names(all, body) ? strip_reduce(s, id, body) : EN_OK;
    json_decref(body);
    return status;
}

static en_status rename_in_rows(stripping *s, const coders *all) {
    static const char *const kinds[] = {"source",     "capture",     "judgement",  "revocation",
                                        "correction", "destruction", "resolution", "verification"};
    en_arena *arena = en_arena_new();
    en_status status = arena ? EN_OK : en_no_memory(s->err);
    for (size_t k = 0; status == EN_OK && k < sizeof kinds / sizeof *kinds; k++) {
        en_row *rows;
        int64_t n;
        status = en_case_rows(s->c, kinds[k], arena, &rows, &n, s->err);
        for (int64_t i = 0; status == EN_OK && i < n; i++) status = rename_in_row(s, all, rows[i].id, rows[i].body);
    }
    en_arena_free(arena);
    return status;
}

static en_status rename_entry(en_case *c, const coders *all, const en_entry *entry, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    char pseudonym[PSEUDONYM] = "coder";
    en_entry_words words;
    EN_TRY(en_case_entry_words(c, entry, &words, err));
    (void)pseudonym_of(all, entry->actor, pseudonym);
    EN_TRY(en_sql_prepare(c, "INSERT INTO pseudonym VALUES(?,?,?)", &stmt, err));
    sqlite3_bind_int64(stmt, 1, entry->number);
    sqlite3_bind_blob(stmt, 2, words.actor, EN_HASH, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 3, words.command, EN_HASH, SQLITE_STATIC);
    en_status status = en_sql_step(c, stmt, &row, err);
    sqlite3_finalize(stmt);
    /* A command's first word is what was done; what follows may name people. */
    char *sql = sqlite3_mprintf("UPDATE entry SET actor=%Q, command=%.*Q WHERE number=%lld", pseudonym,
                                (int)strcspn(entry->command, " "), entry->command, entry->number);
    if (status == EN_OK) status = sql ? en_sql_run(c, sql, err) : en_no_memory(err);
    sqlite3_free(sql);
    return status;
}

static en_status rename_entries(en_case *c, const coders *all, en_error *err) {
    en_entry *entries;
    int64_t n;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_entries(c, arena, &entries, &n, err) : en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < n; i++) status = rename_entry(c, all, &entries[i], err);
    en_arena_free(arena);
    return status;
}

static en_status rename_coders(stripping *s) {
    coders all = {0};
    en_status status = read_coders(s->c, &all, s->err);
    if (status == EN_OK) status = rename_in_rows(s, &all);
    if (status == EN_OK) status = rename_entries(s->c, &all, s->err);
    clear_coders(&all);
    return status;
}

/* ---- salts in place of the key ---- */

static en_status give_salts(en_case *c, const char *table, en_error *err) {
    sqlite3_stmt *read = NULL, *write = NULL;
    char sql[128];
    bool row, done;
    sqlite3_snprintf((int)sizeof sql, sql, "SELECT id FROM %s WHERE id NOT IN (SELECT id FROM absent)", table);
    en_status status = en_sql_prepare(c, sql, &read, err);
    if (status == EN_OK) status = en_sql_prepare(c, "INSERT INTO salt VALUES(?,?)", &write, err);
    while (status == EN_OK && (status = en_sql_step(c, read, &row, err)) == EN_OK && row) {
        en_hash salt;
        int64_t id = sqlite3_column_int64(read, 0);
        status = en_case_salt(c, en_id_unpack(id), salt, err);
        sqlite3_bind_int64(write, 1, id);
        sqlite3_bind_blob(write, 2, salt, EN_HASH, SQLITE_STATIC);
        if (status == EN_OK) status = en_sql_step(c, write, &done, err);
        sqlite3_reset(write);
    }
    sqlite3_finalize(read);
    sqlite3_finalize(write);
    return status;
}

static en_status give_up_key(en_case *c, en_error *err) {
    EN_TRY(give_salts(c, "row", err));
    EN_TRY(give_salts(c, "record", err));
    EN_TRY(give_salts(c, "membership", err));
    return en_sql_run(c, "UPDATE file SET case_key=zeroblob(32), change_counter=0 WHERE id=1", err);
}

/* ---- all of it ---- */

static en_status check_original(en_case *c, const en_redaction *also, en_error *err) {
    char head[65];
    if (c->redacted) return en_fail(err, EN_ERR_UNSUPPORTED, "it is a redacted copy already");
    EN_TRY(en_case_head(c, head, err));
    if (!also || strcmp(head, also->head) == 0) return EN_OK;
    en_fail(err, EN_ERR_CONFLICT, "the case changed");
    return en_error_mend(err, "run the command again");
}

static en_status give_lock(en_case *c, const char *path, const char *name, en_str passphrase, en_error *err) {
    if (!passphrase.len) return EN_OK;
    EN_TRY(en_case_make_keys(path, name, passphrase, c->mark, err));
    if (!(c->data_key = en_secret_new(EN_DATA_KEY))) return en_no_memory(err);
    return en_case_unlocked_key(path, c->mark, c->data_key, err);
}

en_status en_case_redact(const char *path, const char *copy_path, const char *name, en_str passphrase,
                         const en_redaction *also, en_stripped *out, en_error *err) {
    en_case *from = NULL, *to = NULL;
    *out = (en_stripped){0};
    EN_TRY(en_case_check_new_path(copy_path, err));
    en_status status = en_case_open(path, false, &from, err);
    if (status == EN_OK) status = check_original(from, also, err);
    if (status == EN_OK) status = en_case_build(copy_path, &to, err);
    if (status == EN_OK) status = give_lock(to, copy_path, name, passphrase, err);
    stripping s = {.c = to, .reason = "withheld", .out = out, .err = err};
    if (status == EN_OK) status = copy_case(from, to, err);
    if (status == EN_OK) status = withhold(&s, also);
    if (status == EN_OK) status = rename_coders(&s);
    if (status == EN_OK) status = give_up_key(to, err);
    if (status == EN_OK) status = en_sql_run(to, "COMMIT", err);
    if (status == EN_OK) status = en_case_write_image(to, copy_path, err);
    en_case_close(to);
    en_case_close(from);
    return status;
}
