#include "cli/print_count.h"

#include <stdio.h>
#include <string.h>

#include "cli/terminal.h"

enum { VALUE = 256, CELLS_MOST = EN_COUNT_BY + EN_SDG_COLUMNS + 4 };

/* A party is never shown without saying that it is alleged. */
static const char *shown(const en_count *c, const en_count_cell *cell, int by, char room[VALUE]) {
    const char *value = cell->value[by];
    if (c->query.by[by] != EN_DIM_ALLEGED || strcmp(value, "none") == 0) return value;
    snprintf(room, VALUE, "alleged: %s", value);
    return room;
}

static const char *number(const en_count_number *of, char room[32]) {
    return of->withheld ? "withheld" : grouped(of->n, room);
}

/* ---- tables ---- */

/* One level with its ids; of several each a column, and the ids of the first. */
static void print_row(text_table *t, en_counted *counted, const char **cells, const char *const *value) {
    int n = counted->all.of[0].query.n_by;
    char room[EN_LEVELS][32];
    en_count_number of = {0};
    const char *first_id = "";
    for (int i = 0; i < counted->n_levels; i++) {
        if (en_count_number_of(&counted->all.of[i], value, &of, NULL) != EN_OK) return;
        cells[n + i] = number(&of, room[i]);
        if (i == 0) first_id = of.id;
    }
    cells[n + counted->n_levels] = first_id;
    text_table_row(t, cells);
}

static text_table *start_table(const en_counted *counted) {
    const char *headers[CELLS_MOST];
    char alignment[CELLS_MOST + 1] = "";
    const en_count *c = &counted->all.of[0];
    int n = 0;
    for (; n < c->query.n_by; n++) headers[n] = en_dimension_name(c->query.by[n]), alignment[n] = 'l';
    for (int i = 0; i < counted->n_levels; i++, n++) {
        headers[n] = counted->n_levels > 1 ? en_level_name((en_level)i) : "persons";
        alignment[n] = 'r';
    }
    headers[n] = "id";
    alignment[n++] = 'l';
    alignment[n] = 0;
    return text_table_new(n, headers, alignment);
}

static void print_table(en_counted *counted) {
    const en_count *c = &counted->all.of[0];
    const char *cells[CELLS_MOST];
    char room[EN_COUNT_BY][VALUE];
    text_table *t = start_table(counted);
    for (int64_t k = 0; c->query.n_by && k < c->n_cells; k++) {
        for (int i = 0; i < c->query.n_by; i++) cells[i] = shown(c, &c->cells[k], i, room[i]);
        print_row(t, counted, cells, c->cells[k].value);
    }
    for (int i = 0; i < c->query.n_by; i++) cells[i] = i ? "" : "all";
    print_row(t, counted, cells, NULL);
    text_table_print(t);
}

/* ---- what belongs beside ---- */

static void print_linkage(const char *run, int64_t undecided, int64_t unreviewed) {
    if (run[0])
        printf(" Link run %s: %lld pairs undecided, %lld merges not reviewed.\n", run, (long long)undecided,
               (long long)unreviewed);
    else
        printf(" The case is not linked: each record counts as a person.\n");
}

static void print_cell(const en_count_cell *cell, const char *what) {
    char room[32];
    printf("  %s: %s  %s\n", what, cell->withheld ? "withheld" : grouped(cell->n, room), cell->id);
}

static void print_deaths(const en_count *deaths) {
    printf("Deaths among them, direct and indirect apart:\n");
    for (int64_t i = 0; i < deaths->n_cells; i++)
        if (strcmp(deaths->cells[i].value[0], "dead") == 0) print_cell(&deaths->cells[i], deaths->cells[i].value[1]);
}

static void print_period(const en_count *period) {
    printf("The period: a date that lies in it whole is within, one that only may is may_be_within.\n");
    for (int64_t i = 0; i < period->n_cells; i++) print_cell(&period->cells[i], period->cells[i].value[0]);
}

static bool is_by(const en_count *c, en_dimension d) {
    for (int i = 0; i < c->query.n_by; i++)
        if (c->query.by[i] == d) return true;
    return false;
}

/* What a number assumes that its name does not say. */
static void print_rules(const en_count *c) {
    if (is_by(c, EN_DIM_ALLEGED))
        printf("Responsibility is alleged, never found here: trace tells by whom, and what the accused answers. A "
               "person is counted with each party.\n");
    if (is_by(c, EN_DIM_CIVILIAN_STATUS) && !is_by(c, EN_DIM_CIVILIAN_RULE))
        printf("Civilian status is as sources give it, by rules of their own: --by civilian_status,civilian_rule.\n");
    if (is_by(c, EN_DIM_COMPLETE))
        printf("Known: a name of two parts or more, the day, any place; the rest any value but unknown.\n");
    if (is_by(c, EN_DIM_AGE_GROUP) && c->query.ages)
        printf("Ages at the event; one that can be in several groups is unknown, one in none is outside.\n");
}

void print_counted(en_counted *counted) {
    const en_count *c = &counted->all.of[0];
    print_table(counted);
    printf("\nDistinct persons, %s. Ledger head %.12s.",
           counted->n_levels > 1 ? "at each level; ids are of the first" : en_level_name(c->query.level), c->head);
    print_linkage(c->run, c->undecided_pairs, c->unreviewed_merges);
    if (c->link_is_stale)
        printf("Records came in after that run: each counts as a person of its own until `everyname link` has run "
               "again.\n");
    print_rules(c);
    if (counted->deaths) print_deaths(counted->deaths);
    if (counted->period) print_period(counted->period);
}

/* ---- SDG indicator 16.1.2 ---- */

static void sdg_row(text_table *table, const en_sdg_table *t, const char *by, const en_sdg_row *row) {
    const char *cells[CELLS_MOST];
    char room[EN_SDG_COLUMNS + 1][32];
    cells[0] = by;
    cells[1] = row->label;
    for (int i = 0; i < t->n_columns; i++) cells[2 + i] = number(&row->column[i], room[i]);
    cells[2 + t->n_columns] = number(&row->total, room[t->n_columns]);
    cells[3 + t->n_columns] = row->total.id;
    text_table_row(table, cells);
}

void print_sdg(const en_sdg_table *t) {
    const char *headers[CELLS_MOST] = {"by", ""};
    char alignment[CELLS_MOST + 1] = "ll";
    for (int i = 0; i <= t->n_columns; i++) {
        headers[2 + i] = i < t->n_columns ? t->columns[i] : "total";
        alignment[2 + i] = 'r';
    }
    headers[3 + t->n_columns] = "id of the total";
    alignment[3 + t->n_columns] = 'l';
    alignment[4 + t->n_columns] = 0;
    text_table *table = text_table_new(t->n_columns + 4, headers, alignment);
    for (int b = 0; b < EN_SDG_BLOCKS; b++)
        for (int64_t i = 0; i < t->blocks[b].n_rows; i++)
            sdg_row(table, t, i ? "" : en_dimension_name(t->blocks[b].by), &t->blocks[b].rows[i]);
    sdg_row(table, t, "", &t->all);
    text_table_print(table);
    printf(
        "\nSDG indicator 16.1.2: deaths recorded, by cause, status, sex and age; distinct persons recorded dead, %s. "
        "Ledger head %.12s.",
        en_level_name(t->level), t->head);
    print_linkage(t->run, t->undecided_pairs, t->unreviewed_merges);
    if (t->hides_split)
        printf("Withheld: cells of 1 to 4 of whom one may be living, and what would give them away; --show-small "
               "shows them.\n");
    printf("Recorded, not estimated: who is on no list is not in it. Ages are at the event. Civilian status is by the "
           "rules of those who give it: count --by civilian_status,civilian_rule.\n");
}
