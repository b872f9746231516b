/* Counting recorded persons: cells by dimensions, each with the id that `trace` follows.
 *
 * A count's id is its own query: "c:" level, conditions in order of dimension, "@" and the ledger head, so that nothing
 * has to be stored for a number to be followed. Values are percent-encoded where they hold anything but letters, digits
 * and -._+.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/count_cells.h"
#include "app/count_id.h"
#include "base/buf.h"
#include "base/map.h"

enum { SMALL_CELL = 5, HEAD_DIGITS = 12, MAX_CELLS = 1000000, MAX_VALUES = EN_COUNT_VALUES };
#define UNIT_FAMILY "unit=family"

static const char *const level_names[] = {"recorded", "corroborated", "verified"};

const char *en_level_name(en_level level) { return level_names[level]; }

bool en_level_of(en_str name, en_level *out) {
    for (int i = 0; i < 3; i++)
        if (en_str_eq(name, en_str_of(level_names[i]))) {
            *out = (en_level)i;
            return true;
        }
    return false;
}

/* ---- ids ---- */

static bool is_plain(unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == '+' || c >= 128;
}

static en_status add_encoded(en_buf *out, const char *value, en_error *err) {
    for (const unsigned char *p = (const unsigned char *)value; *p; p++) {
        if (is_plain(*p))
            EN_TRY(en_buf_add_char(out, (char)*p, err));
        else
            EN_TRY(en_buf_addf(out, err, "%%%02X", *p));
    }
    return EN_OK;
}

static bool is_condition(const en_count_query *query, en_dimension dimension, const char *value) {
    for (int i = 0; i < query->n_where; i++)
        if (query->where[i].dimension == dimension && strcmp(query->where[i].value, value) == 0) return true;
    return false;
}

/* A cell's own value says more than the alternatives that the query allows for its dimension. */
static bool is_narrowed(const en_count_query *query, const en_count_cell *cell, en_dimension dimension) {
    for (int i = 0; cell && i < query->n_by; i++)
        if (query->by[i] == dimension && !en_dimension_is_many(dimension)) return true;
    return false;
}

/* Conditions of the query and of the cell, in order of dimension, so that equal sets of persons asked for alike have
 * equal ids. */
static en_status print_id(const char *head, const en_count_query *query, const en_count_cell *cell, en_buf *out,
                          en_error *err) {
    out->len = 0;
    EN_TRY(en_buf_addf(out, err, "c:%s%s", level_names[query->level],
                       query->unit == EN_COUNT_FAMILIES ? ";" UNIT_FAMILY : ""));
    for (int d = 0; d < EN_DIMENSIONS; d++) {
        for (int i = 0; i < query->n_where; i++) {
            if (query->where[i].dimension != (en_dimension)d || is_narrowed(query, cell, (en_dimension)d)) continue;
            EN_TRY(en_buf_addf(out, err, ";%s=", en_dimension_name((en_dimension)d)));
            EN_TRY(add_encoded(out, query->where[i].value, err));
        }
        for (int i = 0; cell && i < query->n_by; i++) {
            bool is_said = en_dimension_is_many((en_dimension)d) && is_condition(query, query->by[i], cell->value[i]);
            if (query->by[i] != (en_dimension)d || is_said) continue;
            EN_TRY(en_buf_addf(out, err, ";%s=", en_dimension_name((en_dimension)d)));
            EN_TRY(add_encoded(out, cell->value[i], err));
        }
    }
    return en_buf_addf(out, err, "@%.*s", HEAD_DIGITS, head);
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

static char *decode(en_arena *arena, en_str encoded) {
    char *out = en_arena_strdup(arena, encoded);
    size_t len = 0;
    for (size_t i = 0; out && i < encoded.len; i++) {
        if (encoded.ptr[i] == '%' && i + 2 < encoded.len && hex_digit(encoded.ptr[i + 1]) >= 0 &&
            hex_digit(encoded.ptr[i + 2]) >= 0) {
            out[len++] = (char)(hex_digit(encoded.ptr[i + 1]) * 16 + hex_digit(encoded.ptr[i + 2]));
            i += 2;
        } else {
            out[len++] = encoded.ptr[i];
        }
    }
    if (out) out[len] = 0;
    return out;
}

static en_status malformed(en_str id, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "\"%.*s\" is not the id of a count", (int)(id.len < 200 ? id.len : 200), id.ptr);
    en_error_mend(err, "copy it whole, as `everyname count --json` or the report prints it");
    return EN_ERR_INPUT;
}

en_status en_count_parse_id(en_str id, en_arena *arena, en_count_query *query, const char **head, en_error *err) {
    *query = (en_count_query){.show_small = true};
    const char *at = memchr(id.ptr, '@', id.len);
    if (id.len < 3 || memcmp(id.ptr, "c:", 2) != 0 || !at) return malformed(id, err);
    *head = en_arena_strdup(arena, (en_str){at + 1, (size_t)(id.ptr + id.len - at - 1)});
    if (!*head) return en_no_memory(err);
    if (strlen(*head) < 4) return malformed(id, err);
    en_str rest = {id.ptr + 2, (size_t)(at - id.ptr) - 2};
    for (bool first = true; first || rest.len; first = false) {
        const char *end = memchr(rest.ptr, ';', rest.len);
        en_str part = {rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len};
        rest = end ? (en_str){end + 1, rest.len - part.len - 1} : (en_str){"", 0};
        const char *equals = part.len ? memchr(part.ptr, '=', part.len) : NULL;
        if (first) {
            if (!en_level_of(part, &query->level)) return malformed(id, err);
            continue;
        }
        if (en_str_eq(part, EN_LIT(UNIT_FAMILY))) {
            query->unit = EN_COUNT_FAMILIES;
            continue;
        }
        en_condition *c = &query->where[query->n_where];
        if (!equals || query->n_where == 16 ||
            !en_dimension_of((en_str){part.ptr, (size_t)(equals - part.ptr)}, &c->dimension))
            return malformed(id, err);
        c->value = decode(arena, (en_str){equals + 1, part.len - (size_t)(equals - part.ptr) - 1});
        if (!c->value) return en_no_memory(err);
        query->n_where++;
    }
    return EN_OK;
}

/* ---- counting ---- */

typedef struct counter {
    const en_account *account;
    const en_count_query *query;
    en_count *out;
    en_map cells; /* joined values of a cell */
    int64_t *sizes;
    int32_t *places; /* cell and person of each placing, in order of person */
    int64_t n_placed, placed_cap;
    int64_t cell_cap;
    en_buf key;
} counter;

bool en_count_has_level(const en_account_person *p, en_level level) {
    if (level == EN_LEVEL_RECORDED) return true;
    if (level == EN_LEVEL_CORROBORATED) return p->n_groups >= 2;
    return strcmp(p->value[EN_DIM_VERIFICATION], "confirmed") == 0;
}

/* ---- dimensions of which a person can have several values ---- */

int en_count_values_of(const en_account *a, const en_account_person *p, en_dimension d, const char *values[]) {
    int n = 0;
    if (!en_dimension_is_many(d)) {
        values[n++] = p->value[d] ? p->value[d] : "unknown";
        return n;
    }
    for (int64_t s = 0; d == EN_DIM_SOURCE && s < a->n_sources; s++)
        if (p->pattern >> s & 1) values[n++] = a->sources[s].about.title;
    for (int i = 0; d == EN_DIM_EVER && i < a->n_ever; i++)
        if (p->ever >> i & 1) values[n++] = a->ever_codes[i];
    for (int32_t i = 0; d == EN_DIM_INCIDENT && i < p->n_incidents && n < MAX_VALUES; i++)
        values[n++] = a->incidents[a->person_incidents[p->first_incident + i]].shown;
    for (int32_t i = 0; d == EN_DIM_FAMILY && i < p->n_families && n < MAX_VALUES; i++) {
        const char *state = en_family_state_name(a->families[a->person_families[p->first_family + i]].state);
        bool seen = false;
        for (int k = 0; k < n; k++) seen |= values[k] == state;
        if (!seen) values[n++] = state;
    }
    return n;
}

/* By its id, any prefix of the entry's digits, by its title or by its key. */
static bool is_incident(const en_account_incident *incident, const char *value) {
    const char *dot = strchr(value, '.'), *own = strchr(incident->ref, '.');
    if (strcmp(value, incident->title) == 0 || strcmp(value, incident->key) == 0) return true;
    return strncmp(value, "i:", 2) == 0 && dot && own && dot - value - 2 <= own - incident->ref &&
           strncmp(value + 2, incident->ref, (size_t)(dot - value) - 2) == 0 && strcmp(dot, own) == 0;
}

int32_t en_account_find_incident(const en_account *account, const char *text) {
    for (int64_t i = 0; i < account->n_incidents; i++)
        if (is_incident(&account->incidents[i], text)) return (int32_t)i;
    return -1;
}

static bool lies_in(const en_account *a, int32_t incident, const char *value) {
    for (; incident >= 0; incident = a->incidents[incident].part_of)
        if (is_incident(&a->incidents[incident], value)) return true;
    return false;
}

/* Whoever is asked for as a child that lost a parent is so by the parent's incident. */
static bool in_incident(const counter *c, const en_account_person *p, const char *value) {
    const en_account *a = c->account;
    for (int i = 0; i < c->query->n_where; i++)
        if (c->query->where[i].dimension == EN_DIM_PARENTS) return lies_in(a, p->loss_incident, value);
    for (int32_t i = 0; i < p->n_incidents; i++)
        if (is_incident(&a->incidents[a->person_incidents[p->first_incident + i]], value)) return true;
    return false;
}

static bool has_value(const counter *c, const en_account_person *p, const en_condition *w) {
    const char *values[MAX_VALUES];
    if (w->dimension == EN_DIM_INCIDENT) return in_incident(c, p, w->value);
    int n = en_count_values_of(c->account, p, w->dimension, values);
    for (int i = 0; i < n; i++)
        if (strcmp(values[i], w->value) == 0) return true;
    return false;
}

/* Several conditions on one dimension are alternatives, but where a person can have several values all have to hold. */
static bool selects(const counter *c, const en_account_person *p) {
    const en_count_query *q = c->query;
    if (!en_count_has_level(p, q->level)) return false;
    for (int i = 0; i < q->n_where; i++) {
        bool holds = has_value(c, p, &q->where[i]);
        for (int k = 0; k < q->n_where && !holds && !en_dimension_is_many(q->where[i].dimension); k++)
            holds = q->where[k].dimension == q->where[i].dimension && has_value(c, p, &q->where[k]);
        if (!holds) return false;
    }
    return true;
}

static en_status new_cell(counter *c, const char *const *values, en_error *err) {
    en_count *out = c->out;
    if (out->n_cells == MAX_CELLS)
        return en_fail(err, EN_ERR_LIMIT, "more than %d cells; use fewer dimensions", MAX_CELLS);
    if (out->n_cells == c->cell_cap) {
        int64_t cap = c->cell_cap ? c->cell_cap * 2 : 64;
        en_count_cell *cells = en_arena_alloc(out->arena, (size_t)cap * sizeof *cells);
        int64_t *sizes = realloc(c->sizes, (size_t)cap * sizeof *sizes);
        if (sizes) c->sizes = sizes;
        if (!cells || !sizes) return en_no_memory(err);
        if (out->n_cells) memcpy(cells, out->cells, (size_t)out->n_cells * sizeof *cells);
        out->cells = cells;
        c->cell_cap = cap;
    }
    en_count_cell *cell = &out->cells[out->n_cells];
    c->sizes[out->n_cells++] = 0;
    for (int i = 0; i < c->query->n_by; i++) cell->value[i] = values[i];
    return EN_OK;
}

static en_status place(counter *c, int32_t person, const char *const *values, en_error *err) {
    int32_t cell;
    bool added;
    c->key.len = 0;
    for (int i = 0; i < c->query->n_by; i++) EN_TRY(en_buf_addf(&c->key, err, "%s%c", values[i], 0));
    EN_TRY(en_map_intern(&c->cells, en_buf_str(&c->key), &cell, &added, err));
    if (added) EN_TRY(new_cell(c, values, err));
    if (c->n_placed + 2 > c->placed_cap) {
        int64_t cap = c->placed_cap ? c->placed_cap * 2 : 1024;
        int32_t *grown = realloc(c->places, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        c->places = grown;
        c->placed_cap = cap;
    }
    c->places[c->n_placed++] = cell;
    c->places[c->n_placed++] = person;
    c->sizes[cell]++;
    return EN_OK;
}

/* One cell a person, but one for each value where the person has several; "none" where it has none of them. */
static en_status place_by(counter *c, int32_t person, int by, const char *values[], en_error *err) {
    const char *own[MAX_VALUES];
    if (by == c->query->n_by) return place(c, person, values, err);
    int n = en_count_values_of(c->account, &c->account->persons[person], c->query->by[by], own);
    if (n == 0) own[n++] = "none";
    for (int i = 0; i < n; i++) {
        values[by] = own[i];
        EN_TRY(place_by(c, person, by + 1, values, err));
    }
    return EN_OK;
}

static en_status place_person(counter *c, int32_t person, en_error *err) {
    const char *values[EN_DIMENSIONS] = {NULL};
    return place_by(c, person, 0, values, err);
}

static en_status list_persons(counter *c, en_error *err) {
    en_count *out = c->out;
    if (!c->sizes) return EN_OK; /* nobody was selected */
    for (int64_t i = 0; i < out->n_cells; i++) {
        out->cells[i].persons = en_arena_alloc(out->arena, ((size_t)c->sizes[i] + 1) * sizeof(int32_t));
        if (!out->cells[i].persons) return en_no_memory(err);
    }
    for (int64_t k = 0; k < c->n_placed; k += 2) {
        en_count_cell *cell = &out->cells[c->places[k]];
        cell->persons[cell->n_persons++] = c->places[k + 1];
        cell->any_living |= c->account->persons[c->places[k + 1]].may_be_living;
        cell->n = cell->n_persons;
    }
    return EN_OK;
}

static bool is_nothing(const char *value) {
    return strcmp(value, "unknown") == 0 || strcmp(value, "not_verified") == 0 || strcmp(value, "not_stated") == 0;
}

/* "unknown" comes last; the rest bytewise. */
static int compare_values(const char *a, const char *b) {
    bool ua = is_nothing(a), ub = is_nothing(b);
    if (ua != ub) return ua - ub;
    return strcmp(a, b);
}

static int by_values(const void *x, const void *y) {
    const en_count_cell *a = x, *b = y;
    for (int i = 0; i < EN_DIMENSIONS && a->value[i] && b->value[i]; i++) {
        int order = compare_values(a->value[i], b->value[i]);
        if (order) return order;
    }
    return 0;
}

/* ---- small cells ---- */

/* "Unknown" says nothing of those it counts, so it withholds nothing. */
static bool is_small(const en_count *out, const en_count_cell *cell) {
    if (cell->n >= SMALL_CELL) return false;
    for (int i = 0; i < out->query.n_by; i++)
        if (is_nothing(cell->value[i])) return false;
    return cell->any_living;
}

/* Cells of 1 to 4 persons of whom one may be living are withheld. Where only one is, the next smallest is too: the
 * total less the rest would give it away. */
static void withhold(en_count *out) {
    int64_t withheld = 0, smallest = -1;
    if (out->query.show_small) return;
    for (int64_t i = 0; i < out->n_cells; i++) {
        en_count_cell *cell = &out->cells[i];
        cell->withheld = is_small(out, cell);
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
        status = print_id(head, &out->query, &out->cells[i], &id, err);
        if (status == EN_OK && !(out->cells[i].id = en_arena_strdup(out->arena, en_buf_str(&id))))
            status = en_no_memory(err);
    }
    if (status == EN_OK) status = print_id(head, &out->query, NULL, &id, err);
    if (status == EN_OK && !(out->total_id = en_arena_strdup(out->arena, en_buf_str(&id)))) status = en_no_memory(err);
    en_buf_clear(&id);
    return status;
}

static en_status finish(counter *c, en_error *err) {
    en_count *out = c->out;
    EN_TRY(list_persons(c, err));
    if (c->query->unit == EN_COUNT_FAMILIES && out->n_cells) out->cells[0].n = out->total;
    EN_TRY(en_count_order(out, c->account->head, err));
    out->head = c->account->head;
    out->run = c->account->run;
    out->undecided_pairs = c->account->undecided_pairs;
    out->unreviewed_merges = c->account->unreviewed_merges;
    out->link_is_stale = c->account->link_is_stale;
    return EN_OK;
}

static bool somebody_has(const counter *c, const en_condition *w) {
    const en_account *a = c->account;
    if (w->dimension == EN_DIM_INCIDENT && en_account_find_incident(a, w->value) >= 0) return true;
    for (int64_t i = 0; i < a->n_persons; i++)
        if (has_value(c, &a->persons[i], w)) return true;
    return false;
}

/* A condition that nobody meets is more often a slip ("f" for "female") than a question, unless it is a term that the
 * program itself uses. */
static bool is_known_value(const en_account *a, const en_condition *w) {
    static const char *const groups[] = {"unknown", "0-17", "18-59", "60+"};
    if (w->dimension == EN_DIM_LISTS || w->dimension == EN_DIM_PATTERN || w->dimension == EN_DIM_MONTH ||
        w->dimension == EN_DIM_INDEPENDENT || strcmp(w->value, en_dimension_nothing(w->dimension)) == 0)
        return true;
    static const char *const derived[] = {"lost_one",    "lost_both",        "lost_at_least_one",
                                          "not_derived", "killed",           "no_survivor_recorded",
                                          "none",        "survivor_recorded"};
    for (size_t i = 0; w->dimension >= EN_DIM_PARENTS && i < sizeof derived / sizeof *derived; i++)
        if (strcmp(w->value, derived[i]) == 0) return true;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (strcmp(w->value, groups[i]) == 0) return true;
    for (int32_t i = 0; i < a->n_terms; i++)
        if (strcmp(w->value, a->terms[i]) == 0) return true;
    return false;
}

/* Up to `most` distinct values that persons show, or titles of sources, in order of first appearance. Returns how many.
 */
static int some_values(const en_account *a, en_dimension dimension, const char *values[], int most) {
    int n = 0;
    for (int64_t s = 0; dimension == EN_DIM_SOURCE && s < a->n_sources && n < most; s++)
        values[n++] = a->sources[s].about.title;
    for (int64_t i = 0; dimension != EN_DIM_SOURCE && i < a->n_persons && n < most; i++) {
        const char *own[MAX_VALUES];
        int m = en_count_values_of(a, &a->persons[i], dimension, own);
        for (int k = 0; k < m && n < most; k++) {
            bool seen = false;
            for (int j = 0; j < n; j++) seen |= strcmp(values[j], own[k]) == 0;
            if (!seen) values[n++] = own[k];
        }
    }
    return n;
}

static en_status refuse_value(const en_account *a, const en_condition *w, en_error *err) {
    enum { MOST = 8 };
    const char *values[MOST];
    char some[200] = "";
    int n = some_values(a, w->dimension, values, MOST);
    for (int i = 0; i < n; i++) {
        size_t at = strlen(some);
        snprintf(some + at, sizeof some - at, "%s%s", i ? ", " : "", values[i]);
    }
    en_fail(err, EN_ERR_USAGE, "nobody has the %s \"%.100s\"", en_dimension_name(w->dimension), w->value);
    en_error_mend(err, "values here: %s%s", some, n == MOST ? " …" : "");
    return EN_ERR_USAGE;
}

static en_status check_query(const counter *c, en_error *err) {
    const en_account *account = c->account;
    const en_count_query *query = c->query;
    for (int i = 0; i < query->n_where; i++)
        if (!is_known_value(account, &query->where[i]) && !somebody_has(c, &query->where[i]))
            return refuse_value(account, &query->where[i], err);
    for (int i = 0; i < query->n_by; i++)
        for (int k = 0; k < i; k++)
            if (query->by[i] == query->by[k]) {
                en_fail(err, EN_ERR_USAGE, "--by names %s twice", en_dimension_name(query->by[i]));
                return EN_ERR_USAGE;
            }
    return EN_OK;
}

/* ---- families ---- */

/* By its state and its incident, or where no row names one by that of any member. */
static bool selects_family(const counter *c, const en_account_family *f) {
    const en_account *a = c->account;
    for (int i = 0; i < c->query->n_where; i++) {
        const en_condition *w = &c->query->where[i];
        bool holds = w->dimension == EN_DIM_FAMILY ? strcmp(en_family_state_name(f->state), w->value) == 0
                                                   : lies_in(a, f->incident, w->value);
        for (int32_t k = 0; k < f->n_members && !holds && w->dimension == EN_DIM_INCIDENT && f->incident < 0; k++)
            holds = in_incident(c, &a->persons[a->family_members[f->first_member + k]], w->value);
        if (!holds) return false;
    }
    for (int32_t k = 0; k < f->n_members; k++)
        if (!en_count_has_level(&a->persons[a->family_members[f->first_member + k]], c->query->level)) return false;
    return true;
}

/* One cell of families, with all their members as its persons. */
static en_status count_families(counter *c, en_error *err) {
    const en_account *a = c->account;
    const char *values[EN_DIMENSIONS] = {NULL};
    for (int i = 0; i < c->query->n_where; i++)
        if (c->query->where[i].dimension != EN_DIM_FAMILY && c->query->where[i].dimension != EN_DIM_INCIDENT)
            return en_fail(err, EN_ERR_USAGE, "families are counted by family and incident, not by %s",
                           en_dimension_name(c->query->where[i].dimension));
    if (c->query->n_by) return en_fail(err, EN_ERR_USAGE, "families are counted without --by");
    for (int64_t i = 0; i < a->n_families; i++) {
        const en_account_family *f = &a->families[i];
        if (!selects_family(c, f)) continue;
        c->out->total++;
        for (int32_t k = 0; k < f->n_members; k++)
            EN_TRY(place(c, a->family_members[f->first_member + k], values, err));
    }
    return EN_OK;
}

en_status en_account_count(const en_account *account, const en_count_query *query, en_count *out, en_error *err) {
    *out = (en_count){.arena = en_arena_new(), .query = *query};
    counter c = {.account = account, .query = query, .out = out};
    en_status status = out->arena ? check_query(&c, err) : en_no_memory(err);
    if (status == EN_OK && query->unit == EN_COUNT_FAMILIES) status = count_families(&c, err);
    for (int64_t i = 0; status == EN_OK && query->unit == EN_COUNT_PERSONS && i < account->n_persons; i++) {
        if (!selects(&c, &account->persons[i])) continue;
        out->total++;
        status = place_person(&c, (int32_t)i, err);
    }
    if (status == EN_OK) status = finish(&c, err);
    en_map_clear(&c.cells);
    en_buf_clear(&c.key);
    free(c.sizes);
    free(c.places);
    if (status != EN_OK) en_count_clear(out);
    return status;
}

void en_count_clear(en_count *count) {
    en_arena_free(count->arena);
    *count = (en_count){0};
}
