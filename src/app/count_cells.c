/* Cells of a count in their order, the small ones withheld. */
#include "app/count_cells.h"

#include <stdlib.h>
#include <string.h>

#include "app/count_id.h"

enum { SMALL_CELL = 5 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* The number that a value begins with, without its zeros. */
static en_str leading_number(const char *value) {
    while (*value == '0' && is_digit(value[1])) value++;
    size_t len = 0;
    while (is_digit(value[len])) len++;
    return (en_str){value, len};
}

/* "unknown" comes last; what begins with a number by it, so that 5-17 is before 18-59; the rest bytewise. */
static int compare_values(const char *a, const char *b) {
    bool ua = en_count_is_nothing(a), ub = en_count_is_nothing(b);
    if (ua != ub) return ua - ub;
    en_str na = leading_number(a), nb = leading_number(b);
    if (na.len && nb.len) {
        if (na.len != nb.len) return na.len < nb.len ? -1 : 1;
        int order = memcmp(na.ptr, nb.ptr, na.len);
        if (order) return order;
    }
    return strcmp(a, b);
}

static int by_values(const void *x, const void *y) {
    const en_count_cell *a = x, *b = y;
    for (int i = 0; i < EN_COUNT_BY && a->value[i] && b->value[i]; i++) {
        int order = compare_values(a->value[i], b->value[i]);
        if (order) return order;
    }
    return 0;
}

/* Values against those of a cell, as cells are in order. */
static int compare_to_cell(const void *key, const void *cell) {
    const en_count_cell *wanted = key;
    return by_values(wanted, cell);
}

en_status en_count_number_of(en_count *count, const char *const *value, en_count_number *out, en_error *err) {
    if (!value) {
        *out = (en_count_number){count->total, count->total_withheld, count->total_id};
        return EN_OK;
    }
    en_buf id = {0};
    en_count_cell wanted = {0};
    for (int i = 0; i < count->query.n_by; i++) wanted.value[i] = value[i];
    const en_count_cell *cell =
        count->n_cells ? bsearch(&wanted, count->cells, (size_t)count->n_cells, sizeof *count->cells, compare_to_cell)
                       : NULL;
    *out = cell ? (en_count_number){cell->n, cell->withheld, cell->id} : (en_count_number){0};
    if (cell) return EN_OK;
    en_status status = en_count_print_id(count->head, &count->query, &wanted, &id, err);
    if (status == EN_OK && !(out->id = en_arena_strdup(count->arena, en_buf_str(&id)))) status = en_no_memory(err);
    en_buf_clear(&id);
    return status;
}

/* ---- small cells ---- */

/* Cells of 1 to 4 persons of whom one may be living are withheld, of unknown values too: with what is known beside it,
 * "sex unknown, of that village" can be one person. Where only one is, the next smallest is too: the
 * total less the rest would give it away. */
static void withhold(en_count *out) {
    int64_t withheld = 0, smallest = -1;
    if (out->query.show_small) return;
    for (int64_t i = 0; i < out->n_cells; i++) {
        en_count_cell *cell = &out->cells[i];
        cell->withheld = cell->any_living && cell->n < SMALL_CELL;
        withheld += cell->withheld;
        if (!cell->withheld && (smallest < 0 || cell->n < out->cells[smallest].n)) smallest = i;
    }
    if (withheld == 1 && smallest >= 0) out->cells[smallest].withheld = true;
    out->total_withheld = withheld > 0 && out->total < SMALL_CELL;
}

en_status en_count_order(en_count *out, const char *head, en_error *err) {
    en_buf id = {0};
    en_status status = EN_OK;
    if (out->n_cells) qsort(out->cells, (size_t)out->n_cells, sizeof *out->cells, by_values);
    withhold(out);
    for (int64_t i = 0; status == EN_OK && i < out->n_cells; i++) {
        status = en_count_print_id(head, &out->query, &out->cells[i], &id, err);
        if (status == EN_OK && !(out->cells[i].id = en_arena_strdup(out->arena, en_buf_str(&id))))
            status = en_no_memory(err);
    }
    if (status == EN_OK) status = en_count_print_id(head, &out->query, NULL, &id, err);
    if (status == EN_OK && !(out->total_id = en_arena_strdup(out->arena, en_buf_str(&id)))) status = en_no_memory(err);
    en_buf_clear(&id);
    return status;
}
