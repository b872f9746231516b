/* What people decide about two records, and taking decisions back. */
#include <string.h>

#include "app/history.h"
#include "app/row_json.h"
#include "app/row_refs.h"

/* ---- judge ---- */

static en_status find_record(en_case *c, en_refs *refs, const char *written, char printed[EN_ID_TEXT], en_id *out,
                             en_error *err) {
    char ref[EN_REF_TEXT];
    EN_TRY(en_refs_find(refs, "record", written, ref, err));
    EN_TRY(en_case_deref(c, ref, out, err));
    return en_case_print_id(c, 'r', *out, printed, err);
}

static bool same_pair(const en_judgement *j, en_id a, en_id b) {
    return (en_id_eq(j->record_a, a) && en_id_eq(j->record_b, b)) ||
           (en_id_eq(j->record_a, b) && en_id_eq(j->record_b, a));
}

static en_status find_former(en_case *c, en_id a, en_id b, bool *found, en_error *err) {
    en_arena *arena = en_arena_new();
    en_judgement *all;
    int64_t n;
    *found = false;
    if (!arena) return en_no_memory(err);
    en_status status = en_case_judgements(c, arena, &all, &n, err);
    for (int64_t i = 0; status == EN_OK && i < n; i++)
        if (en_id_eq(all[i].revoked_by, EN_ID_NONE) && same_pair(&all[i], a, b)) *found = true;
    en_arena_free(arena);
    return status;
}

static en_status store_judgement(en_case *c, const char *actor, en_judgement *j, en_judge_result *out, en_error *err) {
    en_entry entry;
    EN_TRY(find_former(c, j->record_a, j->record_b, &out->revokes, err));
    EN_TRY(en_case_begin(c, actor, "judge", err));
    EN_TRY(en_case_add_judgement(c, j, err));
    EN_TRY(en_case_commit(c, &entry, err));
    EN_TRY(en_case_print_id(c, 'j', j->id, out->judgement, err));
    return en_case_print_id(c, 'n', (en_id){entry.number, 0}, out->entry, err);
}

en_status en_app_judge(const char *case_path, const char *actor, const char *a, const char *b, const char *judged,
                       const char *why, en_judge_result *out, en_error *err) {
    en_case *c = NULL;
    en_model model = {0};
    en_refs refs = {0};
    en_judgement j = {.judged = judged, .why = why, .by = actor};
    *out = (en_judge_result){0};
    en_status status = en_case_open(case_path, true, &c, err);
    if (status == EN_OK) status = en_model_open(c, &model, err);
    if (status == EN_OK) {
        en_refs_open(c, &model, &refs);
        status = find_record(c, &refs, a, out->record_a, &j.record_a, err);
        if (status == EN_OK) status = find_record(c, &refs, b, out->record_b, &j.record_b, err);
        if (status == EN_OK) status = store_judgement(c, actor, &j, out, err);
        en_refs_clear(&refs);
    }
    en_model_close(&model);
    en_case_close(c);
    return status;
}

/* ---- undo ---- */

/* What came from outside is not undone: what sources say stays, and goes only by a newer release or a custodian's act.
 */
static bool is_brought_in(const char *kind) {
    static const char *const kinds[] = {"source",  "capture",  "release", "mapping",
                                        "removal", "document", "stamp",   "destruction"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i], kind) == 0) return true;
    return false;
}

static en_status check_undoable(const char *entry, const en_row *rows, int64_t n, en_error *err) {
    for (int64_t i = 0; i < n; i++) {
        if (!is_brought_in(rows[i].kind)) continue;
        en_fail(err, EN_ERR_INPUT, "%s brought a %s in; what sources say is not undone", entry, rows[i].kind);
        return en_error_mend(err, "import a newer release of it, or have a custodian `destroy` it");
    }
    if (n > 0) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "%s holds no decision that could be taken back", entry);
    return en_error_mend(err, "`everyname history` shows which entries do");
}

static en_status take_all_back(en_case *c, const char *actor, const char *why, const en_row *rows, int64_t n,
                               en_undo_result *out, en_error *err) {
    en_entry entry;
    EN_TRY(en_case_begin(c, actor, "undo", err));
    for (int64_t i = 0; i < n; i++) {
        if (!en_id_eq(rows[i].revoked_by, EN_ID_NONE)) {
            out->already++;
            continue;
        }
        EN_TRY(en_row_json_revoke(c, rows[i].id, actor, why, err));
        out->rows++;
    }
    if (out->rows == 0) {
        en_fail(err, EN_ERR_INPUT, "all of it has been taken back already");
        return en_error_mend(err, "undo the entry that took it back to restore it");
    }
    EN_TRY(en_case_commit(c, &entry, err));
    return en_case_print_id(c, 'n', (en_id){entry.number, 0}, out->entry, err);
}

en_status en_app_undo(const char *case_path, const char *actor, const char *entry, const char *why, en_undo_result *out,
                      en_error *err) {
    en_case *c = NULL;
    en_arena *arena = en_arena_new();
    en_row *rows;
    int64_t n;
    char kind = 0;
    en_id id;
    *out = (en_undo_result){0};
    en_status status = arena ? en_case_open(case_path, true, &c, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_parse_id(c, entry, &kind, &id, err);
    if (status == EN_OK && kind != 'n') {
        en_fail(err, EN_ERR_INPUT, "%s is no ledger entry", entry);
        status = en_error_mend(err, "give the entry's id (n:), as the command printed it and `history` shows it");
    }
    if (status == EN_OK) status = en_case_entry_rows(c, id.entry, arena, &rows, &n, err);
    if (status == EN_OK) status = check_undoable(entry, rows, n, err);
    if (status == EN_OK) status = take_all_back(c, actor, why, rows, n, out, err);
    en_case_close(c);
    en_arena_free(arena);
    return status;
}
