/* What leaves a case: on order for good, or from a copy for sharing. */
#include <string.h>

#include "app/keeping.h"
#include "app/marked_cells.h"

static en_status destroy(en_case *c, const char *actor, const char *id, const char *why, bool dry_run, en_stripped *out,
                         en_error *err) {
    char kind;
    en_id row;
    EN_TRY(en_case_parse_id(c, id, &kind, &row, err));
    if (kind == 'n') return en_fail(err, EN_ERR_INPUT, "an entry of the ledger cannot be destroyed, what it made can");
    EN_TRY(en_case_begin(c, actor, "destroy", err));
    en_status status = en_case_destroy(c, row, actor, why, out, err);
    if (status == EN_OK && !dry_run) return en_case_commit(c, NULL, err);
    en_case_rollback(c);
    return status;
}

en_status en_app_destroy(const char *case_path, const char *actor, const char *id, const char *why, bool dry_run,
                         en_stripped *out, en_error *err) {
    en_case *c = NULL;
    *out = (en_stripped){0};
    EN_TRY(en_case_open(case_path, true, &c, err));
    en_status status = destroy(c, actor, id, why, dry_run, out, err);
    en_case_close(c);
    return status;
}

/* What only who reads lists can say of a copy: what is left of records of which some cells are marked. */
static en_status plan_redaction(en_case *c, const en_marked_cells *cells, char head[65], en_arena *arena,
                                en_redaction *out, en_error *err) {
    EN_TRY(en_case_head(c, head, err));
    *out = (en_redaction){
        .head = head, .n_marks = cells->n_marks, .marks = cells->marks, .n_gone = cells->n_rows, .gone = cells->rows};
    return en_marked_cells_take_out(c, cells, arena, out, err);
}

static en_status redact(const char *case_path, const char *copy_path, const char *name, en_str passphrase,
                        en_arena *arena, en_stripped *out, en_error *err) {
    en_case *c = NULL;
    en_redaction plan;
    en_marked_cells cells = {0};
    char head[65];
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = en_marked_cells_find(c, &cells, err);
    if (status == EN_OK) status = plan_redaction(c, &cells, head, arena, &plan, err);
    en_case_close(c);
    if (status == EN_OK) status = en_case_redact(case_path, copy_path, name, passphrase, &plan, out, err);
    en_marked_cells_clear(&cells);
    return status;
}

en_status en_app_redact(const char *case_path, const char *copy_path, const char *name, en_str passphrase,
                        en_stripped *out, en_error *err) {
    en_verification v;
    *out = (en_stripped){0};
    en_arena *arena = en_arena_new();
    en_status done = arena ? redact(case_path, copy_path, name, passphrase, arena, out, err) : en_no_memory(err);
    en_arena_free(arena);
    if (done != EN_OK) return done;
    EN_TRY(en_case_verify(copy_path, 0, NULL, &v, err));
    en_status status = EN_OK;
    if (v.n_problems) {
        status = en_fail(err, EN_ERR_CORRUPT, "the copy does not verify: %s", v.problems[0].what);
        en_error_at(err, copy_path, -1, NULL, -1);
        en_error_mend(err, "verify the case itself; do not hand the copy on");
    }
    en_verification_clear(&v);
    return status;
}
