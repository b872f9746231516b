/* Rows: who stands on the list and under which number, what it knew of each, and with which mistakes it was written. */
#include "synth/list_rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "synth/mistakes.h"
#include "synth/streams.h"

/* Editions of a row: random streams that are independent of one another. */
enum { EDITION_FIRST = 0, EDITION_DUPLICATE, EDITION_REVISED };
enum { DRAW_MISTAKES = 0, DRAW_GAPS, DRAW_FATE };
enum { CELL_BYTES = 3 * SPELLED_MAX };

/* Of a list with two releases: what the second adds, removes and changes. */
static const double share_added = .15, share_removed = .02, share_changed = .05;

/* Mistakes of a cell of each kind, relative to the share that was asked for: people seldom mistake a sex. Their mean
 * over the lists is about 1. */
static const double mistake_weight[N_CELL_KINDS] = {[CELL_GIVEN_FAMILY] = 1.6, [CELL_GIVEN_FATHER_FAMILY] = 2,
                                                    [CELL_GIVEN] = 1.2,        [CELL_FAMILY] = 1.2,
                                                    [CELL_FATHER] = 1.2,       [CELL_SEX] = .2,
                                                    [CELL_BIRTH] = 1.3,        [CELL_BIRTH_YEAR] = 1,
                                                    [CELL_AGE] = 1.4,          [CELL_PLACE] = .8,
                                                    [CELL_DATE] = .8,          [CELL_STATUS] = .3};

typedef struct entry {
    int64_t person;
    uint8_t edition; /* EDITION_FIRST or EDITION_DUPLICATE */
    uint8_t fate;    /* of a list with two releases */
} entry;
enum { FATE_KEPT = 0, FATE_CHANGED, FATE_REMOVED, FATE_ADDED };

typedef struct row {
    const list_order *order;
    const list_kind *kind;
    const person *p;
    en_rng mistakes, gaps;
    char cells[LIST_COLUMNS_MAX][CELL_BYTES];
    size_t lengths[LIST_COLUMNS_MAX];
} row;

static bool chance(en_rng *rng, double p) { return en_rng_uniform(rng) < p; }

/* ---- writing cells ---- */

static void put(char *cell, size_t *len, en_str text) {
    if (*len + text.len >= CELL_BYTES) return;
    memcpy(cell + *len, text.ptr, text.len);
    *len += text.len;
}

static void put_number(char *cell, size_t *len, int64_t number, int digits) {
    char text[24];
    int at = sizeof text;
    for (; number || digits > 0; number /= 10, digits--) text[--at] = (char)('0' + number % 10);
    put(cell, len, (en_str){text + at, sizeof text - (size_t)at});
}

static void put_date(char *cell, size_t *len, int year, int month, int day) {
    put_number(cell, len, year, 4);
    put(cell, len, EN_LIT("-"));
    put_number(cell, len, month, 2);
    put(cell, len, EN_LIT("-"));
    put_number(cell, len, day, 2);
}

static spelled spelling(const row *r, const name_bank *bank, int32_t name) {
    en_str text = name_bank_spelling(bank, name, r->kind->writes);
    spelled out = {.len = text.len};
    memcpy(out.ptr, text.ptr, text.len + 1);
    return out;
}

static spelled spell_part(const row *r, cell_kind part) {
    const population *all = r->order->people;
    switch (part) {
    case CELL_FAMILY: return spelling(r, &all->family, r->p->family);
    case CELL_FATHER: return spelling(r, &all->given[SEX_MALE], r->p->father);
    case CELL_PLACE: return spelling(r, &all->place, r->p->place);
    default: return spelling(r, &all->given[r->p->sex], r->p->given);
    }
}

static void spoil_word(row *r, spelled *word) {
    if (chance(&r->mistakes, .65))
        mistake_typo(&r->mistakes, r->kind->writes, word);
    else
        mistake_variant(&r->mistakes, r->kind->writes, word);
}

static void write_word(row *r, cell_kind part, bool mistake, char *cell, size_t *len) {
    spelled word = spell_part(r, part);
    if (mistake && part != CELL_PLACE && chance(&r->mistakes, .1))
        mistake_initial(&word);
    else if (mistake)
        spoil_word(r, &word);
    put(cell, len, (en_str){word.ptr, word.len});
}

/* A name of two or three parts in one cell: a part misspelled, an initial, a part missing, or the order changed. */
static void write_full_name(row *r, bool with_father, bool mistake, char *cell, size_t *len) {
    spelled parts[3];
    int n = 0, last = with_father ? 2 : 1;
    parts[n++] = spell_part(r, CELL_GIVEN);
    if (with_father) parts[n++] = spell_part(r, CELL_FATHER);
    parts[n++] = spell_part(r, CELL_FAMILY);
    int kind = mistake ? (int)en_rng_below(&r->mistakes, 100) : 100;
    if (kind < 10) {
        spelled family = parts[last];
        memmove(&parts[1], &parts[0], (size_t)last * sizeof *parts);
        parts[0] = family;
    } else if (kind < 17)
        mistake_initial(&parts[0]);
    else if (kind < 27 && with_father)
        parts[1] = parts[2], n = 2;
    else if (kind < 21)
        n = 1;
    else if (kind < 100)
        spoil_word(r, &parts[en_rng_below(&r->mistakes, (uint64_t)n)]);
    for (int i = 0; i < n; i++) {
        if (i) put(cell, len, EN_LIT(" "));
        put(cell, len, (en_str){parts[i].ptr, parts[i].len});
    }
}

static void write_birth(row *r, bool mistake, bool whole, char *cell, size_t *len) {
    int year = r->p->birth_year, month = r->p->birth_month, day = r->p->birth_day;
    if (mistake && whole)
        mistake_birth(&r->mistakes, &year, &month, &day);
    else if (mistake)
        year += chance(&r->mistakes, .5) ? 1 : -1;
    if (whole)
        put_date(cell, len, year, month, day);
    else
        put_number(cell, len, year, 4);
}

/* A day or a few off, or day and month changed over. */
static void write_event_date(row *r, bool mistake, char *cell, size_t *len) {
    int month, day, off = mistake ? 1 + (int)en_rng_below(&r->mistakes, 3) : 0, at = r->p->day;
    event_date(at + off < EVENT_DAYS ? at + off : at - off, &month, &day);
    if (mistake && day <= 12 && day != month && chance(&r->mistakes, .4)) {
        event_date(at, &month, &day);
        int swapped = day <= 12 ? day : month;
        day = swapped == day ? month : day;
        month = swapped;
    }
    put_date(cell, len, EVENT_YEAR, month, day);
}

static void write_sex(row *r, bool mistake, char *cell, size_t *len) {
    put(cell, len, en_str_of(r->kind->sex[mistake ? 1 - r->p->sex : r->p->sex]));
}

static void write_status(row *r, bool mistake, char *cell, size_t *len) {
    int status = r->p->status;
    if (mistake) status = (status + 1 + (int)en_rng_below(&r->mistakes, 2)) % N_STATUS;
    put(cell, len, en_str_of(r->kind->status[r->p->sex][status]));
}

static void write_cell(row *r, cell_kind what, bool mistake, char *cell, size_t *len) {
    switch (what) {
    case CELL_GIVEN_FAMILY: write_full_name(r, false, mistake, cell, len); break;
    case CELL_GIVEN_FATHER_FAMILY: write_full_name(r, true, mistake, cell, len); break;
    case CELL_SEX: write_sex(r, mistake, cell, len); break;
    case CELL_BIRTH: write_birth(r, mistake, true, cell, len); break;
    case CELL_BIRTH_YEAR: write_birth(r, mistake, false, cell, len); break;
    case CELL_AGE: put_number(cell, len, mistake ? mistake_age(&r->mistakes, r->p->age) : r->p->age, 1); break;
    case CELL_DATE: write_event_date(r, mistake, cell, len); break;
    case CELL_STATUS: write_status(r, mistake, cell, len); break;
    default: write_word(r, what, mistake, cell, len);
    }
}

/* ---- rows ---- */

static int n_columns(const list_kind *kind) {
    int n = 0;
    while (n < LIST_COLUMNS_MAX && kind->columns[n].header) n++;
    return n;
}

/* Given and family name in each other's column. */
static void swap_names(row *r, int n) {
    int given = -1, family = -1;
    for (int i = 0; i < n; i++) {
        if (r->kind->columns[i].cell == CELL_GIVEN) given = i;
        if (r->kind->columns[i].cell == CELL_FAMILY) family = i;
    }
    if (given < 0 || family < 0 || !chance(&r->mistakes, r->order->corruption * .12)) return;
    char held[CELL_BYTES];
    size_t len = r->lengths[given];
    memcpy(held, r->cells[given], len);
    memcpy(r->cells[given], r->cells[family], r->lengths[family]);
    r->lengths[given] = r->lengths[family];
    memcpy(r->cells[family], held, len);
    r->lengths[family] = len;
}

/* All cells but the id. In the first of two releases a row that will change has no date yet. */
static void write_row(row *r, int edition, bool undated, int n) {
    const list_order *o = r->order;
    int64_t i = r->p - o->people->people;
    en_rng_init(&r->mistakes, o->seed, stream_of_row(o->list, edition, DRAW_MISTAKES, i));
    en_rng_init(&r->gaps, o->seed, stream_of_row(o->list, edition, DRAW_GAPS, i));
    for (int c = 1; c < n; c++) {
        const list_column *column = &r->kind->columns[c];
        bool gap = chance(&r->gaps, column->gap) || (undated && column->cell == CELL_DATE);
        bool mistake = chance(&r->mistakes, o->corruption * mistake_weight[column->cell]);
        r->lengths[c] = 0;
        if (!gap) write_cell(r, column->cell, mistake, r->cells[c], &r->lengths[c]);
    }
    swap_names(r, n);
}

static void write_id(row *r, int64_t number) {
    r->cells[0][0] = r->kind->prefix;
    r->cells[0][1] = '-';
    r->lengths[0] = 2;
    put_number(r->cells[0], &r->lengths[0], number, 4);
}

/* ---- who stands on the list ---- */

static uint8_t draw_fate(const list_order *o, int64_t who) {
    en_rng rng;
    if (!list_kinds[o->list].two_releases) return FATE_KEPT;
    en_rng_init(&rng, o->seed, stream_of_row(o->list, EDITION_FIRST, DRAW_FATE, who));
    double u = en_rng_uniform(&rng);
    if (u < share_added) return FATE_ADDED;
    if (u < share_added + share_removed) return FATE_REMOVED;
    return u < share_added + share_removed + share_changed ? FATE_CHANGED : FATE_KEPT;
}

static bool has_duplicate(const list_order *o, int64_t who) {
    en_rng rng;
    if (list_kinds[o->list].duplicates <= 0) return false;
    en_rng_init(&rng, o->seed, stream_of_row(o->list, EDITION_DUPLICATE, DRAW_FATE, who));
    return chance(&rng, list_kinds[o->list].duplicates);
}

static void shuffle(en_rng *rng, entry *entries, int64_t n) {
    for (int64_t i = n - 1; i > 0; i--) {
        int64_t j = (int64_t)en_rng_below(rng, (uint64_t)i + 1);
        entry other = entries[i];
        entries[i] = entries[j];
        entries[j] = other;
    }
}

/* In the order of their ids: what the second release adds comes last. */
static en_status find_entries(const list_order *o, entry **out, int64_t *n, en_error *err) {
    const population *all = o->people;
    int64_t cap = 0;
    for (int64_t i = 0; i < all->n; i++)
        if (all->people[i].captured >> o->list & 1) cap += 1 + has_duplicate(o, i);
    entry *entries = calloc((size_t)cap + 1, sizeof *entries), *added = calloc((size_t)cap + 1, sizeof *added);
    *out = entries;
    if (!entries || !added) {
        free(added);
        return en_no_memory(err);
    }
    int64_t kept = 0, later = 0;
    for (int64_t i = 0; i < all->n; i++) {
        if (!(all->people[i].captured >> o->list & 1)) continue;
        entry e = {.person = i, .fate = draw_fate(o, i)};
        if (e.fate == FATE_ADDED)
            added[later++] = e;
        else
            entries[kept++] = e;
        if (has_duplicate(o, i)) entries[kept++] = (entry){.person = i, .edition = EDITION_DUPLICATE};
    }
    en_rng rng;
    en_rng_init(&rng, o->seed, (uint64_t)STREAM_ORDER + (uint64_t)o->list);
    shuffle(&rng, entries, kept);
    shuffle(&rng, added, later);
    memcpy(entries + kept, added, (size_t)later * sizeof *added);
    free(added);
    *n = kept + later;
    return EN_OK;
}

static bool stands_in(const entry *e, int release) {
    return !(release == 1 && e->fate == FATE_ADDED) && !(release == 2 && e->fate == FATE_REMOVED);
}

static en_status add_rows(const list_order *o, int release, const entry *entries, int64_t n, en_table_builder *builder,
                          int64_t *person_of, en_error *err) {
    row r = {.order = o, .kind = &list_kinds[o->list]};
    int columns = n_columns(r.kind);
    int64_t rows = 0;
    for (int64_t i = 0; i < n; i++) {
        const entry *e = &entries[i];
        en_str cells[LIST_COLUMNS_MAX];
        if (!stands_in(e, release)) continue;
        bool revised = release == 2 && e->fate == FATE_CHANGED;
        r.p = &o->people->people[e->person];
        write_row(&r, revised ? EDITION_REVISED : e->edition, release == 1 && e->fate == FATE_CHANGED, columns);
        write_id(&r, i + 1);
        for (int c = 0; c < columns; c++) cells[c] = (en_str){r.cells[c], r.lengths[c]};
        EN_TRY(en_table_builder_row(builder, cells, -1, 0, err));
        person_of[rows++] = e->person;
    }
    return EN_OK;
}

static void describe(const list_kind *kind, int release, en_synth_list *out) {
    if (release)
        snprintf(out->file, sizeof out->file, "%s-release-%d.csv", kind->file, release);
    else
        snprintf(out->file, sizeof out->file, "%s.csv", kind->file);
    snprintf(out->title, sizeof out->title, "%s", kind->title);
    snprintf(out->source_kind, sizeof out->source_kind, "%s", kind->source_kind);
    snprintf(out->relation, sizeof out->relation, "%s", kind->relation);
    if (release) snprintf(out->release, sizeof out->release, "%d", release);
}

en_status list_make(const list_order *o, int release, en_synth_list *out, en_error *err) {
    const list_kind *kind = &list_kinds[o->list];
    const char *headers[LIST_COLUMNS_MAX];
    int columns = n_columns(kind);
    int64_t n = 0;
    entry *entries = NULL;
    en_table_builder *builder = NULL;
    describe(kind, release, out);
    for (int i = 0; i < columns; i++) headers[i] = kind->columns[i].header;
    en_status status = find_entries(o, &entries, &n, err);
    if (status != EN_OK) goto done;
    out->person = malloc(((size_t)n + 1) * sizeof *out->person);
    if (!out->person) {
        status = en_no_memory(err);
        goto done;
    }
    status = en_table_builder_new(headers, columns, &builder, err);
    if (status == EN_OK) status = add_rows(o, release, entries, n, builder, out->person, err);
    if (status == EN_OK) status = en_table_builder_finish(builder, &out->records, err);
done:
    en_table_builder_free(builder);
    free(entries);
    return status;
}
