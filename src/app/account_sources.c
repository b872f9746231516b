/* Sources of an account: releases, what newer ones removed, and which sources are independent of one another. */
#include <stdio.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"
#include "base/hex.h"

static const char *or_empty(const char *s) { return s ? s : ""; }

static en_status describe_release(account_builder *b, const en_release *from, en_account_release *to,
                                  const en_capture *captures, int64_t n_captures, en_error *err) {
    *to = (en_account_release){.id = from->id,
                               .capture = from->capture,
                               .label = or_empty(from->label),
                               .released = or_empty(from->released),
                               .records = from->n_records,
                               .file = "",
                               .sha256 = ""};
    for (int64_t i = 0; i < n_captures; i++) {
        if (!en_id_eq(captures[i].id, from->capture)) continue;
        char hex[65];
        en_hex(captures[i].sha256, sizeof captures[i].sha256, hex);
        to->file = or_empty(captures[i].url);
        to->sha256 = en_arena_strdup(b->a->arena, (en_str){hex, 64});
        if (!to->sha256) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status describe_source(account_builder *b, int64_t source, const en_capture *captures, int64_t n_captures,
                                 en_error *err) {
    en_account_source *s = &b->a->sources[source];
    const en_records *r = &b->records;
    s->about = r->sources[source];
    s->text = r->texts[source];
    s->releases = account_take(b, r->n_releases, sizeof *s->releases);
    if (!s->releases) return en_no_memory(err);
    for (int64_t i = 0; i < r->n_releases; i++) {
        if (!en_id_eq(r->releases[i].source, s->about.id)) continue;
        en_account_release *release = &s->releases[s->n_releases++];
        EN_TRY(describe_release(b, &r->releases[i], release, captures, n_captures, err));
        release->current = r->current[source] == i;
    }
    return EN_OK;
}

static en_status count_removals(account_builder *b, en_error *err) {
    en_id *records, *releases;
    int64_t n;
    EN_TRY(en_case_removals(b->c, b->a->arena, &records, &releases, &n, err));
    for (int64_t i = 0; i < n; i++)
        for (int64_t s = 0; s < b->a->n_sources; s++)
            for (int64_t k = 0; k < b->a->sources[s].n_releases; k++)
                if (en_id_eq(b->a->sources[s].releases[k].id, releases[i])) b->a->sources[s].releases[k].removed++;
    return EN_OK;
}

int en_account_groups(const en_account *account, int32_t group[]) {
    int n = 0;
    for (int64_t i = 0; i < account->n_sources; i++) {
        group[i] = account->sources[i].group;
        if (group[i] >= n) n = group[i] + 1;
    }
    return n;
}

/* ---- every source of the case ---- */

int32_t account_find_origin(const account_builder *b, en_id source) {
    int64_t low = 0, high = b->n_origins;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (en_id_cmp(b->origins[middle].id, source) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < b->n_origins && en_id_eq(b->origins[low].id, source) ? (int32_t)low : -1;
}

static int32_t day_of(const char *date) {
    en_when when;
    bool read = date && date[0] && en_when_parse(en_str_of(date), EN_ORDER_UNSTATED, &when, NULL) == EN_OK;
    return read && when.last_day != EN_DAY_MAX ? when.last_day : EN_DAY_MIN;
}

static bool is_grade(const char *grade) { return grade && grade[0] >= 'A' && grade[0] <= 'F' && !grade[1]; }

/* A later grading of a source takes the place of what the source came with. */
static en_status read_grading(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    en_id of;
    (void)row;
    const char *grade = en_row_json_text(body, "source_grade");
    EN_TRY(en_case_deref(b->c, en_row_json_text(body, "of"), &of, err));
    int32_t origin = account_find_origin(b, of);
    if (origin >= 0 && is_grade(grade)) b->origins[origin].grade = grade[0];
    return EN_OK;
}

static en_status load_origins(account_builder *b, en_error *err) {
    en_source *sources;
    int64_t n;
    EN_TRY(en_case_sources(b->c, b->a->arena, &sources, &n, err));
    if (!(b->origins = account_take(b, n, sizeof *b->origins))) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) {
        if (b->up_to && sources[i].id.entry > b->up_to) break;
        b->origins[b->n_origins++] = (account_origin){.id = sources[i].id,
                                                      .title = or_empty(sources[i].title),
                                                      .group = (int32_t)i,
                                                      .released = day_of(sources[i].published),
                                                      .grade = is_grade(sources[i].grade) ? sources[i].grade[0] : 'G'};
        const char *name = or_empty(sources[i].independence_group);
        for (int64_t k = 0; name[0] && k < i; k++)
            if (strcmp(name, or_empty(sources[k].independence_group)) == 0) {
                b->origins[i].group = b->origins[k].group;
                break;
            }
    }
    for (int64_t i = 0; i < b->a->n_sources; i++)
        for (int64_t k = 0; k < b->a->sources[i].n_releases; k++) {
            int32_t origin = account_find_origin(b, b->a->sources[i].about.id);
            int32_t day = day_of(b->a->sources[i].releases[k].released);
            if (origin >= 0 && day != EN_DAY_MIN) b->origins[origin].released = day;
        }
    return account_each_row(b, "grading", read_grading, err);
}

/* Sources that a row joins are one group with all that any of them is in one group with. */
static en_status read_independence(account_builder *b, const en_row *row, const json_t *body, en_error *err) {
    const json_t *sources = json_object_get(body, "sources");
    int32_t first = -1, origin;
    (void)row;
    for (size_t i = 0; i < json_array_size(sources); i++) {
        EN_TRY(account_origin_of(b, json_string_value(json_array_get(sources, i)), &origin, err));
        if (origin < 0) continue;
        if (first < 0) first = b->origins[origin].group;
        int32_t other = b->origins[origin].group;
        for (int64_t k = 0; k < b->n_origins; k++)
            if (b->origins[k].group == other) b->origins[k].group = first;
    }
    return EN_OK;
}

/* Numbers groups anew, those of lists first, in order of their first source. */
static en_status number_groups(account_builder *b, en_error *err) {
    int32_t *number = account_take(b, b->n_origins, sizeof *number), n = 0;
    b->origin_of = account_take(b, b->a->n_sources, sizeof *b->origin_of);
    if (!number || !b->origin_of) return en_no_memory(err);
    for (int64_t i = 0; i < b->n_origins; i++) number[i] = -1;
    for (int64_t i = 0; i < b->a->n_sources; i++) {
        b->origin_of[i] = account_find_origin(b, b->a->sources[i].about.id);
        int32_t group = b->origins[b->origin_of[i]].group;
        if (number[group] < 0) number[group] = n++;
    }
    for (int64_t i = 0; i < b->n_origins; i++) {
        int32_t group = b->origins[i].group;
        if (number[group] < 0) number[group] = n++;
        b->origins[i].group = number[group];
    }
    for (int64_t i = 0; i < b->a->n_sources; i++) b->a->sources[i].group = b->origins[b->origin_of[i]].group;
    return EN_OK;
}

en_status account_describe_sources(account_builder *b, en_error *err) {
    en_account *a = b->a;
    en_capture *captures;
    int64_t n_captures;
    a->n_sources = b->records.n_sources;
    if (a->n_sources > EN_LIMIT_LISTS) {
        en_fail(err, EN_ERR_LIMIT, "the case has %lld lists; an account holds at most %d", (long long)a->n_sources,
                EN_LIMIT_LISTS);
        return EN_ERR_LIMIT;
    }
    EN_TRY(en_case_captures(b->c, a->arena, &captures, &n_captures, err));
    if (!(a->sources = account_take(b, a->n_sources, sizeof *a->sources))) return en_no_memory(err);
    for (int64_t i = 0; i < a->n_sources; i++) EN_TRY(describe_source(b, i, captures, n_captures, err));
    EN_TRY(load_origins(b, err));
    EN_TRY(account_each_row(b, "independence", read_independence, err));
    EN_TRY(number_groups(b, err));
    return count_removals(b, err);
}
