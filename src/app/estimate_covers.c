/* Lists that could not see a stratum leave its histories. */
#include "app/estimate_covers.h"

#include <string.h>

/* ---- what is asked ---- */

/* The part before `sign`, trimmed; *rest begins after it, and is empty where there is none. */
static en_str take_until(char sign, en_str *rest) {
    const char *end = rest->len ? memchr(rest->ptr, sign, rest->len) : NULL;
    en_str part = {rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
    *rest = end ? (en_str){end + 1, rest->len - part.len - 1} : (en_str){"", 0};
    return en_str_trim(part);
}

static int find_list(const estimate_parts *p, en_str name) {
    for (int j = 0; j < p->histories[0].n_lists; j++)
        if (en_str_eq(en_str_of(p->histories[0].lists[j]), name)) return j;
    return -1;
}

static int find_stratum(const estimate_parts *p, en_str name) {
    for (int s = 0; s < p->n_strata; s++)
        if (en_str_eq(en_str_of(p->strata[s].name), name)) return s;
    return -1;
}

static en_status no_such(const char *what, en_str name, en_error *err) {
    return en_fail(err, EN_ERR_USAGE, "--covers: there is no %s \"%.*s\"", what, (int)(name.len < 100 ? name.len : 100),
                   name.ptr);
}

/* One "LIST=STRATUM,…": of the strata not named the list loses its bit. */
static en_status read_one(en_str part, estimate_parts *p, en_error *err) {
    if (!memchr(part.ptr, '=', part.len)) return en_fail(err, EN_ERR_USAGE, "--covers takes LIST=STRATUM,…;LIST=…");
    en_str strata = part, name = take_until('=', &strata);
    int list = find_list(p, name);
    if (list < 0) return no_such("list", name, err);
    for (int s = 0; s < p->n_strata; s++) p->covered[s] &= ~(1u << list);
    while (strata.len) {
        en_str one = take_until(',', &strata);
        int s = find_stratum(p, one);
        if (s < 0) return no_such("stratum", one, err);
        p->covered[s] |= 1u << list;
    }
    return EN_OK;
}

en_status estimate_read_covers(const char *covers, en_arena *arena, estimate_parts *p, en_error *err) {
    if (!covers) return EN_OK;
    if (!p->strata) return en_fail(err, EN_ERR_USAGE, "--covers names strata: say by what, with --by");
    p->covered = en_arena_alloc(arena, ((size_t)p->n_strata + 1) * sizeof *p->covered);
    if (!p->covered) return en_no_memory(err);
    for (int s = 0; s < p->n_strata; s++) p->covered[s] = ~0u;
    for (en_str rest = en_str_of(covers); rest.len;) EN_TRY(read_one(take_until(';', &rest), p, err));
    return EN_OK;
}

/* ---- what follows ---- */

/* Whom only that list holds would be lost with it. */
static en_status refuse_if_alone(const en_histories *h, int list, const char *stratum, en_error *err) {
    for (int64_t i = 0; i < h->n_cells; i++) {
        if (h->patterns[i] != 1u << list) continue;
        en_fail(err, EN_ERR_INPUT, "\"%.60s\" alone holds %lld persons of \"%.60s\", so that it did see that stratum",
                h->lists[list], (long long)h->counts[i], stratum);
        return en_error_mend(err, "name the stratum in --covers too, or correct the rows");
    }
    return EN_OK;
}

/* From the last list on, so that those still to come keep their places. */
static en_status leave_lists_out(uint32_t covered, const char *stratum, en_histories *h, en_error *err) {
    for (int j = h->n_lists - 1; j >= 0; j--) {
        en_histories rest;
        if (covered >> j & 1) continue;
        EN_TRY(refuse_if_alone(h, j, stratum, err));
        EN_TRY(en_histories_without(h, j, &rest, err));
        en_histories_clear(h);
        *h = rest;
    }
    return EN_OK;
}

en_status estimate_apply_covers(estimate_parts *p, en_error *err) {
    if (!p->covered) return EN_OK;
    for (int i = 0; i < p->n_replicates * p->n_strata; i++) {
        int s = i % p->n_strata;
        EN_TRY(leave_lists_out(p->covered[s], p->strata[s].name, &p->histories[i], err));
    }
    return EN_OK;
}
