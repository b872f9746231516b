/* What has to go along with what was named. Sets of ids are temporary tables, which stay in memory: `target` goes
 * wholly, `part` are captures of which only the bytes of some records go, `less` records that lose some of theirs. */
#include <string.h>

#include "casefile/strip.h"

/* ref(text): the id that a global id stands for, NULL where there is none. */
static void ref_function(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n;
    en_id id;
    const char *text = (const char *)sqlite3_value_text(values[0]);
    if (text && text[0] && en_id_from_global(sqlite3_user_data(context), text, &id, NULL) == EN_OK)
        sqlite3_result_int64(context, en_id_pack(id));
}

en_status strip_begin(stripping *s) {
    if (sqlite3_create_function(s->c->db, "ref", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, s->c, ref_function, NULL, NULL) !=
        SQLITE_OK)
        return en_sql_fail(s->c, s->err);
    return en_sql_run(s->c,
                      "CREATE TEMP TABLE target(id INTEGER PRIMARY KEY);"
                      "CREATE TEMP TABLE part(id INTEGER PRIMARY KEY);"
                      "CREATE TEMP TABLE less(id INTEGER PRIMARY KEY, bytes BLOB)",
                      s->err);
}

en_status strip_name(stripping *s, en_id id) {
    char sql[96];
    sqlite3_snprintf((int)sizeof sql, sql, "INSERT OR IGNORE INTO target VALUES(%lld)", en_id_pack(id));
    return en_sql_run(s->c, sql, s->err);
}

en_status strip_lessen(stripping *s, en_id record, const char *bytes) {
    sqlite3_stmt *stmt;
    bool row;
    int64_t length;
    EN_TRY(en_sql_int(s->c, "SELECT length FROM record WHERE id=?", en_id_pack(record), &length, s->err));
    EN_TRY(en_sql_prepare(s->c, "INSERT OR IGNORE INTO less VALUES(?,?)", &stmt, s->err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(record));
    sqlite3_bind_blob64(stmt, 2, bytes, (sqlite3_uint64)length, SQLITE_STATIC);
    en_status status = en_sql_step(s->c, stmt, &row, s->err);
    sqlite3_finalize(stmt);
    return status;
}

/* Runs the statements until none of them adds a row. */
static en_status until_settled(stripping *s, const char *const *statements) {
    for (int before = -1; before != sqlite3_total_changes(s->c->db);) {
        before = sqlite3_total_changes(s->c->db);
        for (const char *const *sql = statements; *sql; sql++) EN_TRY(en_sql_run(s->c, *sql, s->err));
    }
    return EN_OK;
}

static en_status spread_over_sources(stripping *s) {
    return en_sql_run(
        s->c,
        "INSERT OR IGNORE INTO target SELECT ref(body->>'capture') FROM row WHERE kind IN "
        "('release','extraction') AND ref(body->>'source') IN target AND ref(body->>'capture') NOT NULL;"
        "INSERT OR IGNORE INTO target SELECT ref(body->>'rendition') FROM row WHERE kind='extraction' AND "
        "ref(body->>'source') IN target AND ref(body->>'rendition') NOT NULL",
        s->err);
}

#define CAPTURES_OF(set) "(SELECT id FROM row WHERE kind='capture' AND id IN " set ")"

/* Bytes are stored once, whatever captures they have; a rendition says what it was made from. */
static en_status spread_over_captures(stripping *s) {
    static const char *const statements[] = {
        "INSERT OR IGNORE INTO target SELECT ref(body->>'parent') FROM row WHERE kind='capture' AND id IN target AND "
        "ref(body->>'parent') NOT NULL",
        "INSERT OR IGNORE INTO target SELECT id FROM row WHERE kind='capture' AND ref(body->>'parent') IN " CAPTURES_OF(
            "target"),
        "INSERT OR IGNORE INTO target SELECT id FROM row WHERE kind='capture' AND body->>'sha256' IN (SELECT "
        "body->>'sha256' FROM row WHERE kind='capture' AND id IN target)",
        NULL};
    return until_settled(s, statements);
}

static en_status spread_over_records_of_captures(stripping *s) {
    return en_sql_run(s->c,
                      "INSERT OR IGNORE INTO target SELECT record.id FROM row JOIN record ON record.id>row.id AND "
                      "record.id<=row.id+(row.body->>'records') WHERE row.kind='release' AND ref(row.body->>'capture') "
                      "IN " CAPTURES_OF("target"),
                      s->err);
}

/* Where each record is: record, capture, hash of its bytes, start, length. */
#define PLACES                                                                                                         \
    "(SELECT record.id AS id, record.start AS start, record.length AS length, k.id AS capture, k.body->>'sha256' AS "  \
    "sha256 FROM row r JOIN record ON record.id>r.id AND record.id<=r.id+(r.body->>'records') JOIN row k ON "          \
    "k.id=ref(r.body->>'capture') WHERE r.kind='release')"

/* Records that lie over the very same bytes as one that loses some of them lose the same; others over them go. */
static en_status spread_over_lessened_records(stripping *s) {
    int64_t any;
    EN_TRY(en_sql_int(s->c, "SELECT count(*) FROM less", -1, &any, s->err));
    if (!any) return EN_OK;
    return en_sql_run(
        s->c,
        "CREATE TEMP TABLE lost AS SELECT sha256,start,length,bytes FROM " PLACES " AS p JOIN less USING(id) WHERE "
        "p.id NOT IN target AND p.capture NOT IN target;"
        "INSERT OR IGNORE INTO less SELECT p.id,lost.bytes FROM " PLACES " p JOIN lost USING(sha256,start,length);"
        "INSERT OR IGNORE INTO target SELECT p.id FROM " PLACES
        " p JOIN lost USING(sha256) WHERE p.start<lost.start+lost.length AND lost.start<p.start+p.length AND p.id NOT "
        "IN (SELECT id FROM less);"
        "INSERT OR IGNORE INTO part SELECT row.id FROM row WHERE kind='capture' AND body->>'sha256' IN "
        "(SELECT sha256 FROM lost);"
        "DROP TABLE temp.lost",
        s->err);
}

/* Single records: the captures that have their bytes lose a part, what these were made from and into goes wholly. */
static en_status spread_over_single_records(stripping *s) {
    EN_TRY(spread_over_lessened_records(s));
    EN_TRY(en_sql_run(
        s->c,
        "CREATE TEMP TABLE place AS SELECT sha256,start,length FROM " PLACES
        " WHERE id IN target AND capture NOT IN target;"
        "INSERT OR IGNORE INTO target SELECT p.id FROM " PLACES
        " p JOIN place USING(sha256) WHERE p.start<place.start+place.length AND place.start<p.start+p.length;"
        "INSERT OR IGNORE INTO part SELECT row.id FROM row WHERE kind='capture' AND body->>'sha256' IN "
        "(SELECT sha256 FROM place);"
        "CREATE TEMP TABLE down(id INTEGER PRIMARY KEY)",
        s->err));
    /* What it was made from, and what was made from it; not what else was made from the same. */
    static const char *const statements[] = {
        "INSERT OR IGNORE INTO target SELECT ref(body->>'parent') FROM row WHERE "
        "kind='capture' AND (id IN part OR id IN "
        "target) AND ref(body->>'parent') NOT NULL AND ref(body->>'parent') NOT IN part",
        "INSERT OR IGNORE INTO down SELECT id FROM row WHERE kind='capture' AND "
        "id NOT IN part AND (ref(body->>'parent') "
        "IN part OR ref(body->>'parent') IN down)",
        NULL};
    EN_TRY(until_settled(s, statements));
    return en_sql_run(s->c, "INSERT OR IGNORE INTO target SELECT id FROM down; DROP TABLE temp.down", s->err);
}

static en_status spread_over_memberships(stripping *s) {
    return en_sql_run(s->c, "INSERT OR IGNORE INTO target SELECT id FROM membership WHERE record IN target", s->err);
}

/* ---- rows that refer to what goes ---- */

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The next global id in the text, from *p on. */
static bool next_ref(en_case *c, const char **p, en_id *out) {
    for (const char *at = *p; *at; at++) {
        size_t n = 0;
        while (hex_value(at[n]) >= 0) n++;
        if (n == 2 * EN_RANDOM && at[n] == '.' && at[n + 1] >= '0' && at[n + 1] <= '9') {
            char text[EN_GLOBAL_TEXT];
            size_t length = n + 1 + strspn(at + n + 1, "0123456789");
            *p = at + length;
            if (length >= sizeof text) continue;
            memcpy(text, at, length);
            text[length] = 0;
            if (en_id_from_global(c, text, out, NULL) == EN_OK) return true;
            at += length - 1;
        } else if (n) {
            at += n - 1;
        }
    }
    return false;
}

static en_status is_target(sqlite3_stmt *look_up, stripping *s, en_id id, bool *out) {
    sqlite3_bind_int64(look_up, 1, en_id_pack(id));
    en_status status = en_sql_step(s->c, look_up, out, s->err);
    sqlite3_reset(look_up);
    return status;
}

/* Rows that only hold the case together say nothing of their own. */
#define STRUCTURE "('source','capture','release','link_run','mapping','removal','destruction')"

static en_status spread_once(stripping *s, sqlite3_stmt *rows, sqlite3_stmt *look_up, int64_t *added) {
    bool row, hit;
    en_id id;
    en_status status;
    while ((status = en_sql_step(s->c, rows, &row, s->err)) == EN_OK && row) {
        const char *p = (const char *)sqlite3_column_text(rows, 1);
        for (hit = false; status == EN_OK && !hit && p && next_ref(s->c, &p, &id);)
            status = is_target(look_up, s, id, &hit);
        if (status == EN_OK && hit) status = strip_name(s, en_id_unpack(sqlite3_column_int64(rows, 0)));
        if (status != EN_OK) break;
        *added += hit;
    }
    sqlite3_reset(rows);
    return status;
}

/* A part too is referred to: quotations of it, and stamps, which hold its hash. */
static en_status spread_over_references(stripping *s) {
    sqlite3_stmt *rows = NULL, *look_up = NULL;
    int64_t added = 1;
    en_status status =
        en_sql_prepare(s->c, "SELECT id,body FROM row WHERE kind NOT IN " STRUCTURE " AND id NOT IN target ORDER BY id",
                       &rows, s->err);
    if (status == EN_OK)
        status =
            en_sql_prepare(s->c, "SELECT 1 FROM target WHERE id=?1 UNION ALL SELECT 1 FROM part WHERE id=?1 LIMIT 1",
                           &look_up, s->err);
    while (status == EN_OK && added) {
        added = 0;
        status = spread_once(s, rows, look_up, &added);
    }
    sqlite3_finalize(rows);
    sqlite3_finalize(look_up);
    return status;
}

en_status strip_spread(stripping *s) {
    EN_TRY(spread_over_sources(s));
    EN_TRY(spread_over_captures(s));
    EN_TRY(spread_over_records_of_captures(s));
    EN_TRY(spread_over_single_records(s));
    EN_TRY(spread_over_records_of_captures(s)); /* of what the parts were made from */
    EN_TRY(spread_over_memberships(s));
    EN_TRY(spread_over_references(s));
    /* What is gone already is not to go again, and what goes wholly does not go in part. */
    return en_sql_run(
        s->c,
        "DELETE FROM target WHERE id IN (SELECT id FROM absent WHERE id NOT IN (SELECT id FROM row) AND id NOT IN "
        "(SELECT id FROM record)); DELETE FROM less WHERE id IN target",
        s->err);
}
