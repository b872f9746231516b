/* Reading the conditions of --where and --level. */
#include "cli/where.h"

#include <stdio.h>
#include <string.h>

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
        if (name.len == part.len || q->n_where == 16) {
            fprintf(stderr, "everyname %s: --where takes DIMENSION=VALUE,…\n", a->command->name);
            return false;
        }
        if (!en_dimension_of(name, &q->where[q->n_where].dimension)) return unknown_dimension(a, "where", name);
        if (!(q->where[q->n_where++].value = en_arena_strdup(arena, en_str_trim(value)))) return false;
    }
    return true;
}

bool read_conditions(const args *a, en_arena *arena, en_count_query *query) {
    const char *level = text_option(a, "level"), *where = text_option(a, "where");
    if (level && !en_level_of(en_str_of(level), &query->level)) {
        fprintf(stderr, "everyname %s: --level is recorded, corroborated or verified\n", a->command->name);
        return false;
    }
    return !where || read_where(a, where, arena, query);
}
