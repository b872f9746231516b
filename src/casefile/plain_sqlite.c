#include "casefile/plain_sqlite.h"

#include <sqlite3.h>
#include <stdlib.h>

struct en_plain {
    sqlite3 *db;
    sqlite3_stmt *insert;
    int n_columns;
    char types[128];
};

static en_status failed(const en_plain *plain, en_error *err) {
    return en_fail(err, EN_ERR_IO, "the SQLite file cannot be made: %s", sqlite3_errmsg(plain->db));
}

/* Runs one statement and frees it; NULL is memory running short. */
static en_status run(en_plain *plain, char *sql, en_error *err) {
    if (!sql) return en_no_memory(err);
    int code = sqlite3_exec(plain->db, sql, NULL, NULL, NULL);
    sqlite3_free(sql);
    return code == SQLITE_OK ? EN_OK : failed(plain, err);
}

en_status en_plain_new(en_plain **out, en_error *err) {
    en_plain *plain = calloc(1, sizeof *plain);
    *out = plain;
    if (!plain) return en_no_memory(err);
    if (sqlite3_open(":memory:", &plain->db) != SQLITE_OK) return failed(plain, err);
    return run(plain, sqlite3_mprintf("BEGIN"), err);
}

void en_plain_free(en_plain *plain) {
    if (!plain) return;
    sqlite3_finalize(plain->insert);
    sqlite3_close(plain->db);
    free(plain);
}

static const char *affinity(char type) {
    return type == 'i' || type == 'b' ? "INTEGER" : type == 'n' ? "REAL" : "TEXT";
}

en_status en_plain_table(en_plain *plain, const char *name, const en_plain_column *columns, int n, en_error *err) {
    if (n > (int)sizeof plain->types)
        return en_fail(err, EN_ERR_LIMIT, "a table of more than %zu columns", sizeof plain->types);
    sqlite3_str *sql = sqlite3_str_new(plain->db), *insert = sqlite3_str_new(plain->db);
    sqlite3_str_appendf(sql, "CREATE TABLE \"%w\"(", name);
    sqlite3_str_appendf(insert, "INSERT INTO \"%w\" VALUES(", name);
    for (int i = 0; i < n; i++) {
        bool is_key = sqlite3_stricmp(columns[i].name, "id") == 0;
        sqlite3_str_appendf(sql, "%s\"%w\" %s%s", i ? "," : "", columns[i].name, affinity(columns[i].type),
                            is_key ? " PRIMARY KEY NOT NULL" : "");
        sqlite3_str_appendall(insert, i ? ",?" : "?");
        plain->types[i] = columns[i].type;
    }
    sqlite3_str_appendall(sql, ") WITHOUT ROWID");
    sqlite3_str_appendall(insert, ")");
    plain->n_columns = n;
    char *values = sqlite3_str_finish(insert);
    en_status status = run(plain, sqlite3_str_finish(sql), err);
    sqlite3_finalize(plain->insert);
    plain->insert = NULL;
    if (status == EN_OK && !values) status = en_no_memory(err);
    if (status == EN_OK && sqlite3_prepare_v2(plain->db, values, -1, &plain->insert, NULL) != SQLITE_OK)
        status = failed(plain, err);
    sqlite3_free(values);
    return status;
}

/* Texts of numbers become numbers by the column's affinity. */
en_status en_plain_row(en_plain *plain, const char *const *cells, en_error *err) {
    for (int i = 0; i < plain->n_columns; i++) {
        if (cells[i] && plain->types[i] == 'b')
            sqlite3_bind_int(plain->insert, i + 1, cells[i][0] == 't');
        else if (cells[i])
            sqlite3_bind_text(plain->insert, i + 1, cells[i], -1, SQLITE_STATIC);
        else
            sqlite3_bind_null(plain->insert, i + 1);
    }
    int code = sqlite3_step(plain->insert);
    sqlite3_reset(plain->insert);
    return code == SQLITE_DONE ? EN_OK : failed(plain, err);
}

en_status en_plain_view(en_plain *plain, const char *table, const en_plain_join *joins, int n, en_error *err) {
    sqlite3_str *sql = sqlite3_str_new(plain->db);
    sqlite3_str_appendf(sql, "CREATE VIEW \"%w_readable\" AS SELECT \"%w\".*", table, table);
    for (int i = 0; i < n; i++)
        sqlite3_str_appendf(sql, ",j%d.\"%w\" AS \"%w_%w\"", i, joins[i].label, joins[i].column, joins[i].label);
    sqlite3_str_appendf(sql, " FROM \"%w\"", table);
    for (int i = 0; i < n; i++)
        sqlite3_str_appendf(sql, " LEFT JOIN \"%w\" AS j%d ON j%d.id=\"%w\".\"%w\"", joins[i].other, i, i, table,
                            joins[i].column);
    return run(plain, sqlite3_str_finish(sql), err);
}

en_status en_plain_bytes(en_plain *plain, en_buf *out, en_error *err) {
    sqlite3_int64 size = 0;
    sqlite3_finalize(plain->insert);
    plain->insert = NULL;
    EN_TRY(run(plain, sqlite3_mprintf("COMMIT"), err));
    unsigned char *bytes = sqlite3_serialize(plain->db, "main", &size, 0);
    if (!bytes) return en_no_memory(err);
    en_status status = en_buf_add(out, (en_str){(const char *)bytes, (size_t)size}, err);
    sqlite3_free(bytes);
    return status;
}
