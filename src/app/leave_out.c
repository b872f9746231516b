/* What leaves a case: on order for good, or from a copy for sharing. */
#include <stdlib.h>
#include <string.h>

#include "app/keeping.h"
#include "app/marked_cells.h"
#include "app/withdrawn.h"

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

/* What a copy leaves out that only who reads lists and consents can say. */
typedef struct planning {
    en_case *c;
    en_arena *arena;
    en_marked_cells cells;
    en_withdrawn consents;
    char head[65];
    en_redaction out;
    int64_t room;
} planning;

static en_status add_gone(planning *p, const en_id *ids, int64_t n, en_error *err) {
    if (n <= 0) return EN_OK;
    if (!p->out.gone || p->out.n_gone + n > p->room) {
        int64_t room = 2 * (p->out.n_gone + n) + 32;
        en_id *grown = realloc(p->out.gone, (size_t)room * sizeof *grown);
        if (!grown) return en_no_memory(err);
        p->out.gone = grown;
        p->room = room;
    }
    memcpy(p->out.gone + p->out.n_gone, ids, (size_t)n * sizeof *ids);
    p->out.n_gone += n;
    return EN_OK;
}

/* All records of a person go, whichever of them the consent named it by. */
static en_status add_subject(planning *p, const en_link_run *run, en_id of, en_error *err) {
    en_id person = of, *records;
    int64_t n;
    float weakest;
    en_status status = run ? en_case_membership(p->c, run->id, of, &person, &weakest, err) : EN_OK;
    if (status != EN_OK && status != EN_ERR_NOT_FOUND) return status;
    EN_TRY(add_gone(p, &of, 1, err));
    EN_TRY(en_case_person_records(p->c, person, p->arena, &records, &n, err));
    return add_gone(p, records, n, err);
}

static en_status add_subjects(planning *p, en_error *err) {
    en_link_run run;
    en_status linked = en_case_last_link_run(p->c, p->arena, &run, err);
    if (linked != EN_OK && linked != EN_ERR_NOT_FOUND) return linked;
    for (int64_t i = 0; i < p->consents.n; i++)
        EN_TRY(add_subject(p, linked == EN_OK ? &run : NULL, p->consents.of[i], err));
    return EN_OK;
}

static en_status plan(planning *p, en_error *err) {
    EN_TRY(en_case_head(p->c, p->head, err));
    EN_TRY(en_marked_cells_find(p->c, &p->cells, err));
    EN_TRY(en_withdrawn_find(p->c, "share", &p->consents, err));
    p->out = (en_redaction){.head = p->head, .n_marks = p->cells.n_marks, .marks = p->cells.marks};
    EN_TRY(add_gone(p, p->cells.rows, p->cells.n_rows, err));
    EN_TRY(add_subjects(p, err));
    return en_marked_cells_take_out(p->c, &p->cells, p->arena, &p->out, err);
}

static en_status redact(const char *case_path, const char *copy_path, const char *name, en_str passphrase,
                        en_stripped *out, en_error *err) {
    planning p = {.arena = en_arena_new()};
    *out = (en_stripped){0};
    en_status status = p.arena ? en_case_open(case_path, false, &p.c, err) : en_no_memory(err);
    if (status == EN_OK) status = plan(&p, err);
    en_case_close(p.c);
    if (status == EN_OK) status = en_case_redact(case_path, copy_path, name, passphrase, &p.out, out, err);
    out->consents = p.consents.n;
    free(p.out.gone);
    en_withdrawn_clear(&p.consents);
    en_marked_cells_clear(&p.cells);
    en_arena_free(p.arena);
    return status;
}

en_status en_app_redact(const char *case_path, const char *copy_path, const char *name, en_str passphrase,
                        en_stripped *out, en_error *err) {
    en_verification v;
    EN_TRY(redact(case_path, copy_path, name, passphrase, out, err));
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
