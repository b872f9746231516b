/* Sources of an account: releases, what newer ones removed, and which sources are independent of one another. */
#include <stdio.h>
#include <string.h>

#include "app/account_parts.h"

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
        for (int k = 0; k < 32; k++) snprintf(hex + 2 * k, 3, "%02x", captures[i].sha256[k]);
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
        const char *name = or_empty(account->sources[i].about.independence_group);
        group[i] = -1;
        for (int64_t k = 0; name[0] && group[i] < 0 && k < i; k++)
            if (strcmp(name, or_empty(account->sources[k].about.independence_group)) == 0) group[i] = group[k];
        if (group[i] < 0) group[i] = n++;
    }
    return n;
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
    if (!(b->group = account_take(b, a->n_sources, sizeof *b->group))) return en_no_memory(err);
    en_account_groups(a, b->group);
    return count_removals(b, err);
}
