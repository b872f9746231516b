/* Reading the conditions of --where and --level. */
#include "cli/where.h"

#include <stdio.h>
#include <string.h>

#include "app/ages.h"
#include "cli/terminal.h"

bool unknown_dimension(const args *a, const char *option, en_str name) {
    fprintf(stderr, "everyname %s: --%s: \"%.*s\" is no dimension; they are", a->command->name, option, (int)name.len,
            name.ptr);
    for (int i = 0; i < EN_DIMENSIONS; i++) fprintf(stderr, "%s %s", i ? "," : "", en_dimension_name((en_dimension)i));
    fputc('\n', stderr);
    return false;
}

en_str next_part(en_str *rest, char separator) {
    const char *end = memchr(rest->ptr, separator, rest->len);
    en_str part = {rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
    *rest = end ? (en_str){end + 1, rest->len - part.len - 1} : (en_str){rest->ptr + rest->len, 0};
    return en_str_trim(part);
}

/* "status=killed,sex=female" */
static bool read_where(const args *a, const char *where, en_arena *arena, en_count_query *q) {
    for (en_str rest = en_str_of(where); rest.len;) {
        en_str part = next_part(&rest, ','), value = part, name = next_part(&value, '=');
        bool is_more = name.len == part.len && q->n_where; /* another value of the dimension before */
        if ((name.len == part.len && !is_more) || q->n_where == EN_COUNT_WHERE) {
            fprintf(stderr, "everyname %s: --where takes DIMENSION=VALUE,…\n", a->command->name);
            return false;
        }
        if (is_more) {
            q->where[q->n_where].dimension = q->where[q->n_where - 1].dimension;
            value = part;
        } else if (!en_dimension_of(name, &q->where[q->n_where].dimension)) {
            return unknown_dimension(a, "where", name);
        }
        if (!(q->where[q->n_where++].value = en_arena_strdup(arena, en_str_trim(value)))) return false;
    }
    return true;
}

static bool asks_for(const en_count_query *q, en_dimension d) {
    for (int i = 0; i < q->n_by; i++)
        if (q->by[i] == d) return true;
    for (int i = 0; i < q->n_where; i++)
        if (q->where[i].dimension == d) return true;
    return false;
}

/* The scheme in full, so that equal questions have equal ids; NULL for the one that goes without saying. */
static bool read_ages(const args *a, en_arena *arena, en_count_query *q) {
    en_age_scheme scheme;
    en_error err;
    const char *ages = text_option(a, "ages");
    if (!ages) return true;
    if (en_ages_parse(ages, &scheme, &err) != EN_OK) {
        fail_with(a, &err);
        return false;
    }
    if (strcmp(scheme.text, en_ages_default.text) == 0) return true;
    return (q->ages = en_arena_strdup(arena, en_str_of(scheme.text))) != NULL;
}

/* --ages, --from and --to. A period that nothing else is said about selects those who were certainly in it. */
static bool read_groups(const args *a, en_arena *arena, en_count_query *q) {
    if (!read_ages(a, arena, q)) return false;
    q->from = text_option(a, "from");
    q->to = text_option(a, "to");
    if ((!q->from && !q->to) || asks_for(q, EN_DIM_PERIOD)) return true;
    if (q->n_where == EN_COUNT_WHERE) return false;
    q->where[q->n_where++] = (en_condition){EN_DIM_PERIOD, "within"};
    return true;
}

bool read_conditions(const args *a, en_arena *arena, en_count_query *query) {
    const char *level = text_option(a, "level"), *where = text_option(a, "where");
    bool every = level && strcmp(level, "all") == 0 && strcmp(a->command->name, "count") == 0;
    if (level && !every && !en_level_of(en_str_of(level), &query->level)) {
        fprintf(stderr, "everyname %s: --level is recorded, corroborated or verified\n", a->command->name);
        return false;
    }
    if (where && !read_where(a, where, arena, query)) return false;
    return read_groups(a, arena, query);
}
