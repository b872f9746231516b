/* What leaves a case: on order for good, or from a copy for sharing. */
#include <string.h>

#include "app/keeping.h"

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

en_status en_app_redact(const char *case_path, const char *copy_path, const char *name, en_str passphrase,
                        en_stripped *out, en_error *err) {
    en_verification v;
    EN_TRY(en_case_redact(case_path, copy_path, name, passphrase, out, err));
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
