/* Proofs from the ledger: that the case extends an earlier state of itself, that a row is in it. */
#include <stdlib.h>
#include <string.h>

#include "casefile/case.h"

/* ---- the leaves of the entries ---- */

static en_status read_leaf(en_case *c, sqlite3_stmt *stmt, en_entry *entry, en_hash out, en_error *err) {
    const char *program;
    en_entry_words words;
    EN_TRY(en_ledger_read(c, stmt, entry, &program, err));
    EN_TRY(en_case_entry_words(c, entry, &words, err));
    en_entry_leaf(entry, &words, program, out);
    return EN_OK;
}

/* `wanted` is an entry's number; that entry goes into *out where it is not NULL. Free *leaves. */
static en_status entry_leaves(en_case *c, int64_t wanted, en_entry *out, en_hash **leaves, en_error *err) {
    sqlite3_stmt *stmt = NULL;
    bool row = false;
    int64_t n = 0;
    EN_TRY(en_case_fresh(c, err));
    if (!(*leaves = malloc(((size_t)c->n_known + 1) * sizeof **leaves))) return en_no_memory(err);
    en_status status = en_ledger_select(c, &stmt, err);
    while (status == EN_OK && n < c->n_known && (status = en_sql_step(c, stmt, &row, err)) == EN_OK && row) {
        en_entry entry;
        status = read_leaf(c, stmt, &entry, (*leaves)[n], err);
        if (status == EN_OK && out && entry.number == wanted) *out = entry;
        n++;
    }
    sqlite3_finalize(stmt);
    if (status == EN_OK && n != c->n_known) status = en_case_damaged(c, err, "an entry of the ledger is missing");
    if (status != EN_OK) {
        free(*leaves);
        *leaves = NULL;
    }
    return status;
}

en_status en_case_moment(en_case *c, en_moment *out, en_error *err) {
    EN_TRY(en_case_fresh(c, err));
    *out = (en_moment){.entries = c->n_known};
    if (c->n_known == 0) return en_case_damaged(c, err, "the ledger has no entry");
    memcpy(out->first, c->known[0].random, EN_RANDOM);
    en_merkle_root(&c->tree, out->head);
    return EN_OK;
}

en_status en_case_extends(en_case *c, const en_moment *moment, bool *extends, en_proof *proof, en_error *err) {
    en_hash *leaves;
    en_moment now;
    *extends = false;
    *proof = (en_proof){0};
    EN_TRY(en_case_moment(c, &now, err));
    if (moment->entries < 1 || moment->entries > now.entries) return EN_OK;
    EN_TRY(entry_leaves(c, 0, NULL, &leaves, err));
    en_merkle_consistency(leaves, (uint64_t)now.entries, (uint64_t)moment->entries, proof);
    free(leaves);
    *extends = memcmp(now.first, moment->first, EN_RANDOM) == 0 &&
               en_merkle_extends(now.head, (uint64_t)now.entries, moment->head, (uint64_t)moment->entries, proof);
    return EN_OK;
}

/* ---- one row ---- */

static en_status absent_commitment(en_case *c, en_id id, bool *absent, en_hash out, en_error *err) {
    sqlite3_stmt *stmt;
    EN_TRY(en_sql_prepare(c, "SELECT commitment FROM absent WHERE id=?", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(id));
    en_status status = en_sql_step(c, stmt, absent, err);
    if (status == EN_OK && *absent && !en_sql_bytes(stmt, 0, out, EN_HASH))
        status = en_case_damaged(c, err, "a commitment is malformed");
    sqlite3_finalize(stmt);
    return status;
}

en_status en_case_salt(en_case *c, en_id id, en_hash out, en_error *err) {
    sqlite3_stmt *stmt;
    bool row;
    if (!c->redacted) return en_row_salt(&c->key, c->known[id.entry - 1].random, (uint64_t)id.ordinal, out), EN_OK;
    EN_TRY(en_sql_prepare(c, "SELECT salt FROM salt WHERE id=?", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(id));
    en_status status = en_sql_step(c, stmt, &row, err);
    if (status == EN_OK && (!row || !en_sql_bytes(stmt, 0, out, EN_HASH)))
        status = en_case_damaged(c, err, "the salt of a row is missing");
    sqlite3_finalize(stmt);
    return status;
}

static en_status commit_row(en_case *c, en_id id, const en_hash salt, bool *found, en_hash out, en_error *err) {
    sqlite3_stmt *stmt;
    EN_TRY(en_sql_prepare(c, "SELECT kind,body FROM row WHERE id=?", &stmt, err));
    sqlite3_bind_int64(stmt, 1, en_id_pack(id));
    en_status status = en_sql_step(c, stmt, found, err);
    if (status == EN_OK && *found) {
        const char *kind = (const char *)sqlite3_column_text(stmt, 0),
                   *body = (const char *)sqlite3_column_text(stmt, 1);
        en_str bytes = {body ? body : "", body ? (size_t)sqlite3_column_bytes(stmt, 1) : 0};
        en_commitment(salt, kind ? kind : "", bytes, EN_LIT(""), out);
    }
    sqlite3_finalize(stmt);
    return status;
}

static void put_be64(unsigned char *out, uint64_t value) {
    for (int i = 0; i < 8; i++) out[i] = (unsigned char)(value >> (56 - 8 * i));
}

static en_status commit_record(en_case *c, en_id id, const en_hash salt, en_hash out, en_error *err) {
    en_id release, capture;
    int64_t start, length;
    unsigned char where[24 + 16];
    en_str text;
    EN_TRY(en_case_record(c, id, &release, &capture, &start, &length, err));
    EN_TRY(en_id_bytes(c, release, where, err));
    put_be64(where + 24, (uint64_t)start);
    put_be64(where + 32, (uint64_t)length);
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_capture_bytes(c, capture, arena, &text, err) : en_no_memory(err);
    if (status == EN_OK && (start < 0 || length < 0 || (uint64_t)start + (uint64_t)length > text.len))
        status = en_case_damaged(c, err, "a record lies outside its capture");
    if (status == EN_OK)
        en_commitment(salt, "record", (en_str){(const char *)where, sizeof where},
                      (en_str){text.ptr + start, (size_t)length}, out);
    en_arena_free(arena);
    return status;
}

en_status en_row_commitment(en_case *c, en_id id, en_hash salt, en_hash out, en_error *err) {
    bool found;
    EN_TRY(en_case_salt(c, id, salt, err));
    EN_TRY(commit_row(c, id, salt, &found, out, err));
    return found ? EN_OK : commit_record(c, id, salt, out, err);
}

static en_status prove_in_entry(en_case *c, int threads, en_inclusion *out, en_error *err) {
    en_hash *leaves;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_entry_row_leaves(c, &out->entry, threads, arena, &leaves, err) : en_no_memory(err);
    if (status == EN_OK && out->id.ordinal >= out->entry.rows)
        status = en_fail(err, EN_ERR_NOT_FOUND, "there is no such row");
    if (status == EN_OK) {
        memcpy(out->leaf, leaves[out->id.ordinal], EN_HASH);
        en_merkle_inclusion(leaves, (uint64_t)out->entry.rows, (uint64_t)out->id.ordinal, &out->in_entry);
    }
    en_arena_free(arena);
    return status;
}

en_status en_case_inclusion(en_case *c, en_id id, int threads, en_inclusion *out, en_error *err) {
    en_hash *leaves, leaf;
    *out = (en_inclusion){.id = id};
    EN_TRY(en_case_moment(c, &out->ledger, err));
    if (id.entry < 1 || id.entry > c->n_known || id.ordinal < 0)
        return en_fail(err, EN_ERR_NOT_FOUND, "there is no such row");
    EN_TRY(absent_commitment(c, id, &out->absent, out->commitment, err));
    if (!out->absent) EN_TRY(en_row_commitment(c, id, out->salt, out->commitment, err));
    EN_TRY(entry_leaves(c, id.entry, &out->entry, &leaves, err));
    memcpy(out->entry_leaf, leaves[id.entry - 1], EN_HASH);
    en_merkle_inclusion(leaves, (uint64_t)c->n_known, (uint64_t)id.entry - 1, &out->in_ledger);
    free(leaves);
    EN_TRY(prove_in_entry(c, threads, out, err));
    en_merkle_leaf(out->commitment, EN_HASH, leaf);
    bool holds =
        memcmp(leaf, out->leaf, EN_HASH) == 0 &&
        en_merkle_includes(out->entry.root, (uint64_t)out->entry.rows, leaf, (uint64_t)id.ordinal, &out->in_entry) &&
        en_merkle_includes(out->ledger.head, (uint64_t)c->n_known, out->entry_leaf, (uint64_t)id.entry - 1,
                           &out->in_ledger);
    return holds ? EN_OK : en_case_damaged(c, err, "the row is not in the ledger as it stands");
}
