/* Capture histories of each plausible partition that a case's link run drew, so that an estimate can average over what
 * linkage leaves uncertain. */
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/link_partitions.h"

typedef struct place {
    en_id record;
    int32_t membership; /* in the order of the run */
} place;

static int by_record(const void *x, const void *y) {
    return en_id_cmp(((const place *)x)->record, ((const place *)y)->record);
}

/* The run's records, and which of them each record of the account is; -1 for one that came after the run. */
static en_status find_memberships(const en_account *a, en_case *c, en_id run, en_arena *arena, int32_t *membership,
                                  en_error *err) {
    en_id *records;
    int64_t n;
    EN_TRY(en_case_memberships(c, run, arena, &records, NULL, NULL, &n, err));
    place *places = en_arena_alloc(arena, ((size_t)n + 1) * sizeof *places);
    if (!places) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) places[i] = (place){records[i], (int32_t)i};
    qsort(places, (size_t)n, sizeof *places, by_record);
    for (int64_t i = 0; i < a->n_records; i++) {
        place wanted = {.record = a->records[i].id};
        const place *found = bsearch(&wanted, places, (size_t)n, sizeof wanted, by_record);
        membership[i] = found ? found->membership : -1;
    }
    return EN_OK;
}

/* One partition's histories. `patterns` has room for a pattern a membership and one a record of the account. */
static en_status count_partition(const en_account *a, const int32_t *membership, const int32_t *first, int64_t n,
                                 const en_histories *lists, uint32_t *patterns, en_histories *out, en_error *err) {
    int32_t group[EN_LIMIT_LISTS];
    const char *names[EN_LIMIT_LISTS];
    int64_t persons = 0, all = n + a->n_records;
    en_account_groups(a, group);
    for (int j = 0; j < lists->n_lists; j++) names[j] = lists->lists[j];
    memset(patterns, 0, ((size_t)all + 1) * sizeof *patterns);
    for (int64_t i = 0; i < a->n_records; i++)
        patterns[membership[i] < 0 ? n + i : first[membership[i]]] |= 1u << group[a->records[i].source];
    for (int64_t i = 0; i < all; i++)
        if (patterns[i]) patterns[persons++] = patterns[i];
    return en_histories_from_patterns(names, lists->n_lists, patterns, persons, out, err);
}

typedef struct counted {
    en_histories *histories;
    int n;
} counted;

static en_status count_all(const en_account *a, en_case *c, en_id run, en_arena *arena, void *to, en_error *err) {
    counted *out = to;
    int n_partitions;
    int64_t n;
    int32_t *first, *membership = en_arena_alloc(arena, ((size_t)a->n_records + 1) * sizeof *membership);
    en_histories lists = {0};
    if (!membership) return en_no_memory(err);
    EN_TRY(en_partitions_read(c, run, arena, &n_partitions, &n, &first, err));
    if (n_partitions == 0) return EN_OK;
    EN_TRY(find_memberships(a, c, run, arena, membership, err));
    uint32_t *patterns = en_arena_alloc(arena, ((size_t)(n + a->n_records) + 1) * sizeof *patterns);
    out->histories = calloc((size_t)n_partitions, sizeof *out->histories);
    if (!patterns || !out->histories) return en_no_memory(err);
    en_status status = en_account_histories(a, &lists, err);
    for (; status == EN_OK && out->n < n_partitions; out->n++)
        status = count_partition(a, membership, first + out->n * n, n, &lists, patterns, &out->histories[out->n], err);
    en_histories_clear(&lists);
    return status;
}

/* With the case open and the link run's id at hand. */
typedef en_status (*run_use)(const en_account *account, en_case *c, en_id run, en_arena *arena, void *to,
                             en_error *err);

static en_status with_run(const en_account *account, run_use use, void *to, en_error *err) {
    en_case *c = NULL;
    char kind;
    en_id run;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_open(account->case_path, false, &c, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_parse_id(c, account->run, &kind, &run, err);
    if (status == EN_OK) status = use(account, c, run, arena, to, err);
    en_case_close(c);
    en_arena_free(arena);
    return status;
}

static en_status number_of(const en_account *account, en_case *c, en_id run, en_arena *arena, void *to, en_error *err) {
    (void)account;
    return en_partitions_number(c, run, arena, to, err);
}

en_status en_account_partitions(const en_account *account, int *n, en_error *err) {
    *n = 0;
    return account->linked ? with_run(account, number_of, n, err) : EN_OK;
}

en_status en_account_replicates(const en_account *account, en_histories **out, int *n, en_error *err) {
    counted all = {0};
    en_status status = account->linked ? with_run(account, count_all, &all, err) : EN_OK;
    if (status != EN_OK) en_account_replicates_clear(&all.histories, &all.n);
    *out = all.histories;
    *n = all.n;
    return status;
}

void en_account_replicates_clear(en_histories **replicates, int *n) {
    for (int i = 0; i < *n; i++) en_histories_clear(&(*replicates)[i]);
    free(*replicates);
    *replicates = NULL;
    *n = 0;
}
