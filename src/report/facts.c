/* What the page, report.json and the tables all show, worked out once. */
#include "report/facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALL = 5 }; /* the least number about the living that is shown */

typedef struct table_plan {
    const char *key, *title;
    int n_by;
    en_dimension by[2];
    bool has_corroborated, hides_living, by_size;
    const char *always; /* a value that is drawn even where nobody has it */
} table_plan;

static const table_plan plans[FACT_TABLES] = {
    [FACT_STATUS] = {"status", "Status", 1, {EN_DIM_STATUS}, true, false, true, "unknown"},
    [FACT_SEX] = {"sex", "Sex", 1, {EN_DIM_SEX}, true, true, true, "unknown"},
    [FACT_AGE] = {"age_group", "Age group", 1, {EN_DIM_AGE_GROUP}, true, true, false, "unknown"},
    [FACT_PLACE] = {"place", "Place", 1, {EN_DIM_PLACE}, true, true, true, "unknown"},
    [FACT_MONTH] = {"month", "Month", 1, {EN_DIM_MONTH}, true, true, false, "unknown"},
    [FACT_SOURCE] = {"source", "Source", 1, {EN_DIM_SOURCE}, false, false, false, NULL},
    [FACT_LISTS] = {"lists", "Number of lists", 1, {EN_DIM_LISTS}, false, false, false, NULL},
    [FACT_PATTERN] = {"pattern", "Which lists", 1, {EN_DIM_PATTERN}, false, false, true, NULL},
    [FACT_STATUS_SEX] = {"status-sex", "Status by sex", 2, {EN_DIM_STATUS, EN_DIM_SEX}, false, true, false, NULL},
    [FACT_STATUS_AGE] =
        {"status-age_group", "Status by age group", 2, {EN_DIM_STATUS, EN_DIM_AGE_GROUP}, false, true, false, NULL},
};

const char *facts_dimension_title(en_dimension dimension) {
    static const char *const titles[EN_DIMENSIONS] = {"Status",
                                                      "Sex",
                                                      "Age group",
                                                      "Place",
                                                      "Month",
                                                      "Cause",
                                                      "Civilian status",
                                                      "Rule of civilian status",
                                                      "Direct or indirect",
                                                      "Verification",
                                                      "Source",
                                                      "Number of lists",
                                                      "Which lists",
                                                      "Independent sources",
                                                      "Fate",
                                                      "Whereabouts",
                                                      "Parents lost",
                                                      "Year",
                                                      "Quarter",
                                                      "Week",
                                                      "Day",
                                                      "Period",
                                                      "Site",
                                                      "Neighbourhood",
                                                      "Settlement",
                                                      "District",
                                                      "Province",
                                                      "Country",
                                                      "Region",
                                                      "Status ever said",
                                                      "Incident",
                                                      "Family",
                                                      "Alleged party",
                                                      "Known"};
    return titles[dimension];
}

const char *facts_letter(int64_t source, char *buf) {
    if (source < 26)
        snprintf(buf, 4, "%c", (char)('A' + source));
    else
        snprintf(buf, 4, "%c%c", (char)('A' + source / 26 - 1), (char)('A' + source % 26));
    return buf;
}

const fact_row *facts_find(const fact_table *table, const char *first, const char *second) {
    for (int64_t i = 0; i < table->n_rows; i++) {
        const fact_row *row = &table->rows[i];
        bool same = strcmp(row->value[0], first) == 0;
        if (same && (!second || strcmp(row->value[1], second) == 0)) return row;
    }
    return NULL;
}

/* ---- order of rows ---- */

static bool is_unknown(const fact_row *row) { return strcmp(row->value[0], "unknown") == 0; }

/* Unknown last, what is withheld before it in order of value, so that its place says nothing of its size. */
static int by_size(const void *x, const void *y) {
    const fact_row *a = x, *b = y;
    if (is_unknown(a) != is_unknown(b)) return is_unknown(a) - is_unknown(b);
    if (a->withheld != b->withheld) return a->withheld - b->withheld;
    if (!a->withheld && a->n != b->n) return a->n > b->n ? -1 : 1;
    return strcmp(a->value[0], b->value[0]);
}

static int by_lists(const void *x, const void *y) {
    long a = strtol(((const fact_row *)x)->value[0], NULL, 10), b = strtol(((const fact_row *)y)->value[0], NULL, 10);
    return (a > b) - (a < b);
}

/* ---- what is held back ---- */

static bool is_few(int64_t n) { return n > 0 && n < SMALL; }

static bool living_among(const en_account *a, const int32_t *persons, int64_t n) {
    for (int64_t i = 0; i < n; i++)
        if (a->persons[persons[i]].may_be_living) return true;
    return false;
}

static const fact_table *one_way_of(const facts *f, en_dimension dimension) {
    for (int t = 0; t < FACT_TABLES; t++)
        if (f->tables[t].n_by == 1 && f->tables[t].by[0] == dimension) return &f->tables[t];
    return NULL;
}

/* That nothing is known of a few says nothing of them: unknown is not withheld; nor is unknown beside a value that many
 * have, as that cell says no more than the value does. */
static bool says_nothing(const facts *f, const fact_table *table, const fact_row *row) {
    int known = -1;
    for (int d = 0; d < table->n_by; d++) {
        if (strcmp(row->value[d], "unknown") == 0) continue;
        if (known >= 0) return false;
        known = d;
    }
    if (known < 0) return true;
    if (table->n_by == 1) return false;
    const fact_row *all = facts_find(one_way_of(f, table->by[known]), row->value[known], NULL);
    return all && !all->withheld;
}

/* Withholds 1 to 4 of whom one may be living; and where the dead are listed but those who may be living are not, what
 * less the dead would leave 1 to 4 of these. */
static void withhold_few(const facts *f, const fact_table *table, fact_row *row) {
    int64_t living = 0, agreed = 0;
    if (says_nothing(f, table, row)) return;
    for (int64_t i = 0; i < row->n; i++) {
        const en_account_person *p = &f->account->persons[row->persons[i]];
        living += p->may_be_living;
        agreed += p->may_be_living && p->n_groups >= 2;
    }
    row->withheld = is_few(row->n) && living > 0;
    if (table->hides_living && table->n_by == 1) row->withheld |= is_few(living);
    row->corroborated_withheld = row->withheld || (is_few(row->corroborated) && agreed > 0);
}

/* Where one number alone is withheld the total would give it away: the next smallest is withheld too. */
static void close_table(fact_table *table, bool corroborated) {
    fact_row *smallest = NULL;
    int64_t withheld = 0, least = 0;
    for (int64_t i = 0; i < table->n_rows; i++) {
        fact_row *row = &table->rows[i];
        int64_t n = corroborated ? row->corroborated : row->n;
        bool is = corroborated ? row->corroborated_withheld : row->withheld;
        withheld += is;
        if (is || n == 0 || (smallest && n >= least)) continue;
        smallest = row;
        least = n;
    }
    if (withheld != 1 || !smallest) return;
    if (!corroborated) smallest->withheld = true;
    smallest->corroborated_withheld = true;
}

/* In a line (a row or a column) with exactly one withheld number, margins would give it away: the next smallest is
 * withheld too. True where something changed. */
static bool close_line(fact_table *table, int along, const char *value) {
    fact_row *smallest = NULL;
    int withheld = 0;
    for (int64_t i = 0; i < table->n_rows; i++) {
        fact_row *row = &table->rows[i];
        if (strcmp(row->value[along], value) != 0) continue;
        withheld += row->withheld;
        if (!row->withheld && row->n > 0 && (!smallest || row->n < smallest->n)) smallest = row;
    }
    if (withheld != 1 || !smallest) return false;
    smallest->withheld = true;
    return true;
}

static void close_lines(fact_table *table) {
    bool changed = true;
    while (changed) {
        changed = false;
        for (int64_t i = 0; i < table->n_rows; i++)
            for (int along = 0; along < 2; along++)
                if (table->rows[i].withheld) changed |= close_line(table, along, table->rows[i].value[along]);
    }
}

static void protect(const facts *f, fact_table *table) {
    if (f->names) return;
    for (int64_t i = 0; i < table->n_rows; i++) withhold_few(f, table, &table->rows[i]);
    if (table->n_by == 2) {
        close_lines(table);
    } else {
        close_table(table, false);
        close_table(table, true);
    }
}

static void hide_members(facts *f, const fact_table *table, unsigned char what) {
    for (int64_t i = 0; i < table->n_rows; i++)
        for (int64_t k = 0; table->rows[i].withheld && k < table->rows[i].n; k++)
            f->hide[table->rows[i].persons[k]] |= what;
}

/* A person whom only sources list that took back their consent is left out as one who did so itself; one whom others
 * list too goes by its id alone, as what is known of it could be that source's. */
static void leave_out(facts *f, const en_withdrawn *withdrawn, int64_t person) {
    const en_account_person *p = &f->account->persons[person];
    bool itself = false;
    int32_t by_source = 0;
    for (int32_t i = 0; i < p->n_records; i++) {
        const en_account_record *r = &f->account->records[f->account->person_records[p->first_record + i]];
        itself |= en_withdrawn_has(withdrawn, r->id);
        by_source += en_withdrawn_has(withdrawn, f->account->sources[r->source].about.id);
    }
    f->left_out[person] = itself || (p->n_records && by_source == p->n_records);
    f->n_left_out += f->left_out[person];
    if (f->left_out[person] || by_source) f->hide[person] = HIDE_NAME | HIDE_VALUES | HIDE_STATUS | HIDE_RECORDS;
}

static en_status decide_left_out(facts *f, const en_withdrawn *withdrawn, en_error *err) {
    f->left_out = en_arena_alloc(f->arena, (size_t)f->account->n_persons + 1);
    if (!f->left_out) return en_no_memory(err);
    for (int64_t i = 0; withdrawn && withdrawn->n && i < f->account->n_persons; i++) leave_out(f, withdrawn, i);
    return EN_OK;
}

static en_status decide_hidden(facts *f, en_error *err) {
    const en_account *a = f->account;
    f->hide = en_arena_alloc(f->arena, (size_t)a->n_persons + 1);
    if (!f->hide) return en_no_memory(err);
    if (f->names) return EN_OK;
    for (int64_t i = 0; i < a->n_persons; i++) {
        const en_account_person *p = &a->persons[i];
        if (p->may_be_living || p->may_be_minor) f->hide[i] |= HIDE_NAME;
        if (p->may_be_living) f->hide[i] |= HIDE_VALUES;
    }
    hide_members(f, &f->tables[FACT_STATUS], HIDE_STATUS);
    hide_members(f, &f->tables[FACT_SOURCE], HIDE_RECORDS);
    hide_members(f, &f->tables[FACT_LISTS], HIDE_RECORDS);
    hide_members(f, &f->tables[FACT_PATTERN], HIDE_RECORDS);
    return EN_OK;
}

bool facts_lists(const facts *f, const fact_table *table, int32_t person) {
    if (f->left_out[person]) return false;
    if (table && table->hides_living && f->hide[person] & HIDE_VALUES) return false;
    if (table && table->by[0] == EN_DIM_STATUS && f->hide[person] & HIDE_STATUS) return false;
    if (table && table->by[0] >= EN_DIM_SOURCE && f->hide[person] & HIDE_RECORDS) return false;
    return true;
}

const char *facts_value(const facts *f, int32_t person, en_dimension dimension) {
    unsigned char hide = f->hide[person];
    if (dimension == EN_DIM_STATUS) return hide & HIDE_STATUS ? NULL : f->account->persons[person].value[dimension];
    if (dimension < EN_DIM_SOURCE && hide & HIDE_VALUES) return NULL;
    if (dimension >= EN_DIM_SOURCE && hide & HIDE_RECORDS) return NULL;
    return f->account->persons[person].value[dimension];
}

/* ---- counting ---- */

static en_status count_level(facts *f, en_level level, const table_plan *plan, en_count *out, en_error *err) {
    en_count_query query = {.level = level, .show_small = true, .n_by = plan ? plan->n_by : 0};
    for (int i = 0; plan && i < plan->n_by; i++) query.by[i] = plan->by[i];
    return en_account_count(f->account, &query, out, err);
}

/* The id of a count that nobody falls under, which the count by cells therefore does not have. */
static en_status empty_row(facts *f, const table_plan *plan, fact_row *row, en_error *err) {
    en_count count;
    en_count_query query = {.level = EN_LEVEL_RECORDED, .n_where = 1, .where = {{plan->by[0], plan->always}}};
    EN_TRY(en_account_count(f->account, &query, &count, err));
    *row = (fact_row){.value = {plan->always}, .id = en_arena_strdup(f->arena, en_str_of(count.total_id))};
    en_count_clear(&count);
    return row->id ? EN_OK : en_no_memory(err);
}

static void add_corroborated(const fact_table *table, fact_row *row) {
    for (int64_t i = 0; i < table->agreed.n_cells; i++) {
        const en_count_cell *cell = &table->agreed.cells[i];
        if (strcmp(cell->value[0], row->value[0]) != 0) continue;
        row->corroborated = cell->n;
        row->corroborated_id = cell->id;
    }
}

static en_status fill_table(facts *f, const table_plan *plan, fact_table *table, en_error *err) {
    const en_count *count = &table->recorded;
    table->rows = en_arena_alloc(f->arena, ((size_t)count->n_cells + 1) * sizeof *table->rows);
    if (!table->rows) return en_no_memory(err);
    for (int64_t i = 0; i < count->n_cells; i++) {
        const en_count_cell *cell = &count->cells[i];
        fact_row *row = &table->rows[table->n_rows++];
        *row = (fact_row){.n = cell->n, .id = cell->id, .persons = cell->persons};
        for (int d = 0; d < plan->n_by; d++) row->value[d] = cell->value[d];
    }
    if (plan->always && !facts_find(table, plan->always, NULL))
        EN_TRY(empty_row(f, plan, &table->rows[table->n_rows++], err));
    for (int64_t i = 0; plan->has_corroborated && i < table->n_rows; i++) add_corroborated(table, &table->rows[i]);
    protect(f, table);
    if (plan->by_size) qsort(table->rows, (size_t)table->n_rows, sizeof *table->rows, by_size);
    if (plan->by[0] == EN_DIM_LISTS) qsort(table->rows, (size_t)table->n_rows, sizeof *table->rows, by_lists);
    for (int64_t i = 0; i < table->n_rows; i++) table->rows[i].number = f->n_numbers++;
    return EN_OK;
}

static en_status make_table(facts *f, const table_plan *plan, fact_table *table, en_error *err) {
    table->key = plan->key;
    table->title = plan->title;
    table->n_by = plan->n_by;
    memcpy(table->by, plan->by, sizeof table->by);
    table->has_corroborated = plan->has_corroborated;
    table->hides_living = plan->hides_living;
    EN_TRY(count_level(f, EN_LEVEL_RECORDED, plan, &table->recorded, err));
    if (plan->has_corroborated) EN_TRY(count_level(f, EN_LEVEL_CORROBORATED, plan, &table->agreed, err));
    return fill_table(f, plan, table, err);
}

static en_status count_totals(facts *f, en_error *err) {
    for (int level = 0; level < 3; level++) EN_TRY(count_level(f, (en_level)level, NULL, &f->level[level], err));
    const en_count *all = &f->level[EN_LEVEL_RECORDED], *agreed = &f->level[EN_LEVEL_CORROBORATED];
    int32_t *everyone = en_arena_alloc(f->arena, ((size_t)f->account->n_persons + 1) * sizeof *everyone);
    if (!everyone) return en_no_memory(err);
    for (int64_t i = 0; i < f->account->n_persons; i++) everyone[i] = (int32_t)i;
    f->total = (fact_row){.n = all->total,
                          .corroborated = agreed->total,
                          .id = all->total_id,
                          .corroborated_id = agreed->total_id,
                          .persons = everyone,
                          .number = f->n_numbers++};
    return EN_OK;
}

static en_status count_disputed(facts *f, en_error *err) {
    const en_account *a = f->account;
    for (int d = 0; d < FACT_STATED; d++) {
        int32_t *persons = en_arena_alloc(f->arena, ((size_t)a->n_persons + 1) * sizeof *persons);
        fact_row *row = &f->disputed[d];
        if (!persons) return en_no_memory(err);
        *row = (fact_row){.value = {en_dimension_name((en_dimension)d)}, .persons = persons, .number = f->n_numbers++};
        for (int64_t i = 0; i < a->n_persons; i++)
            if (a->persons[i].disputed[d]) persons[row->n++] = (int32_t)i;
        row->withheld = !f->names && is_few(row->n) && living_among(a, persons, row->n);
    }
    return EN_OK;
}

/* ---- opening ---- */

static en_status name_case(facts *f, en_error *err) {
    const char *path = f->account->case_path ? f->account->case_path : "";
    const char *slash = strrchr(path, '/');
    en_str name = en_str_of(slash ? slash + 1 : path);
    const char ending[] = ".everyname";
    size_t n = sizeof ending - 1;
    if (name.len > n && memcmp(name.ptr + name.len - n, ending, n) == 0) name.len -= n;
    f->title = en_arena_strdup(f->arena, name);
    return f->title ? EN_OK : en_no_memory(err);
}

static en_status open_parts(facts *f, const en_withdrawn *withdrawn, en_error *err) {
    EN_TRY(name_case(f, err));
    EN_TRY(count_totals(f, err));
    for (int t = 0; t < FACT_TABLES; t++) EN_TRY(make_table(f, &plans[t], &f->tables[t], err));
    EN_TRY(count_disputed(f, err));
    EN_TRY(facts_make_sdg(f, err));
    EN_TRY(decide_hidden(f, err));
    return decide_left_out(f, withdrawn, err);
}

en_status facts_open(const en_account *account, const en_app_estimate *estimate, bool names,
                     const en_withdrawn *withdrawn, facts *out, en_error *err) {
    *out = (facts){.account = account, .estimate = estimate, .names = names, .arena = en_arena_new()};
    out->lists_persons = account->n_persons <= EN_REPORT_PERSONS_MAX;
    en_status status = out->arena ? open_parts(out, withdrawn, err) : en_no_memory(err);
    if (status != EN_OK) facts_clear(out);
    return status;
}

void facts_clear(facts *f) {
    facts_clear_sdg(f);
    for (int level = 0; level < 3; level++) en_count_clear(&f->level[level]);
    for (int t = 0; t < FACT_TABLES; t++) {
        en_count_clear(&f->tables[t].recorded);
        en_count_clear(&f->tables[t].agreed);
    }
    en_arena_free(f->arena);
    *f = (facts){0};
}
