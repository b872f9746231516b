/* What is kept of an account, made anew and compared. */
#include <string.h>

#include "app/columns.h"
#include "app/search_index.h"

static en_status is_kept(en_case *c, const char *kind, int version, bool *kept, en_error *err) {
    json_t *about;
    EN_TRY(en_derived_current(c, kind, version, &about, err));
    *kept = about != NULL;
    json_decref(about);
    return EN_OK;
}

static void name(char differ[64], const char *kind) {
    if (differ[0]) strcat(differ, ", ");
    strcat(differ, kind);
}

/* Takes the set that was made. */
static en_status compare(en_case *c, const char *kind, en_status made, en_derived_set *set, char differ[64],
                         en_error *err) {
    bool same = true;
    if (made == EN_OK) made = en_derived_same(c, kind, set, &same, err);
    if (made == EN_OK && !same) name(differ, kind);
    en_derived_clear(set);
    return made;
}

static en_status check(en_case *c, const char *case_path, int threads, const en_progress *progress, char differ[64],
                       en_error *err) {
    bool columns, search;
    en_account account;
    en_derived_set set = {0};
    EN_TRY(is_kept(c, EN_COLUMNS_KIND, EN_COLUMNS_VERSION, &columns, err));
    EN_TRY(is_kept(c, EN_SEARCH_KIND, EN_SEARCH_VERSION, &search, err));
    if (!columns && !search) return EN_OK;
    EN_TRY(en_account_open(case_path, NULL, &account, err));
    en_status status = EN_OK;
    if (columns) status = compare(c, EN_COLUMNS_KIND, en_columns_make(&account, &set, err), &set, differ, err);
    if (status == EN_OK && search)
        status =
            compare(c, EN_SEARCH_KIND, en_search_index_make(&account, threads, progress, &set, err), &set, differ, err);
    en_account_clear(&account);
    return status;
}

en_status en_app_check_derived(const char *case_path, int threads, const en_progress *progress, char differ[64],
                               en_error *err) {
    en_case *c;
    differ[0] = 0;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = check(c, case_path, threads, progress, differ, err);
    en_case_close(c);
    return status;
}
