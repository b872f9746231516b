/* From the caller's columns to records in canonical order and fields of distinct values: names taken apart, dates put
 * together, spellings that read the same made one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "link/cells.h"
#include "link/lookup.h"

typedef struct prepare {
    const en_table *table;
    const en_link_options *options;
    link_set *set;
    value_reader reader;
    link_lookup forms;
    link_gazetteer gazetteer;
    en_arena *scratch;
    cells in[FIELDS_MAX * 2];
    int n_in;
    const cells *of_field[FIELDS_MAX];
} prepare;

static en_status find_column(const en_table *table, const char *name, const en_column **out, en_error *err) {
    *out = name ? en_table_column(table, name) : NULL;
    if (*out || !name) return EN_OK;
    en_fail(err, EN_ERR_NOT_FOUND, "the table has no column \"%s\"", name);
    return en_error_mend(err, "use a header exactly as it is written in the file"), EN_ERR_NOT_FOUND;
}

/* ---- distinct values ---- */

static value_kind kind_of(en_role role) {
    switch (role) {
    case EN_ROLE_BIRTH:
    case EN_ROLE_EVENT_DATE:
    case EN_ROLE_DATE: return KIND_DATE;
    case EN_ROLE_AGE:
    case EN_ROLE_NUMBER:
    case EN_ROLE_BIRTH_YEAR:
    case EN_ROLE_BIRTH_MONTH:
    case EN_ROLE_BIRTH_DAY: return KIND_NUMBER;
    case EN_ROLE_ID_NUMBER: return KIND_ID;
    case EN_ROLE_TEXT: return KIND_TEXT;
    case EN_ROLE_EXACT: return KIND_EXACT;
    case EN_ROLE_SEX: return KIND_SEX;
    case EN_ROLE_NONE:
    case EN_ROLE_NAME:
    case EN_ROLE_GIVEN:
    case EN_ROLE_FAMILY:
    case EN_ROLE_FATHER:
    case EN_ROLE_MOTHER:
    case EN_ROLE_PLACE: break;
    }
    return KIND_NAME;
}

/* People go by short forms of given names; a family name Will is no William. */
static bool has_short_forms(en_role role) {
    return role == EN_ROLE_GIVEN || role == EN_ROLE_NAME || role == EN_ROLE_FATHER || role == EN_ROLE_MOTHER;
}

static en_status count_shares(const link_set *set, link_field *f, en_arena *arena, en_error *err) {
    f->share = en_arena_alloc(arena, (size_t)f->n_values * sizeof *f->share);
    f->rarity = en_arena_alloc(arena, (size_t)f->n_values * sizeof *f->rarity);
    if (!f->share || !f->rarity) return en_no_memory(err);
    for (int32_t i = 0; i < set->n; i++)
        if (f->code[i]) {
            f->share[f->code[i]]++;
            f->known++;
        }
    for (int32_t v = 1; v < f->n_values; v++) f->share[v] /= (double)f->known;
    f->known_when_learned = (double)f->known;
    return EN_OK;
}

/* Distinct values as they were read: whole, or their letters alone where there are many and they need no more. */
typedef struct raw_values {
    int32_t n;
    link_value *whole; /* NULL: letters alone */
    en_str *latin;
} raw_values;

enum { WHOLE_MOST = 40000 };

static bool letters_suffice(const link_field *f, int32_t n) {
    return n > WHOLE_MOST && (f->kind == KIND_ID || f->kind == KIND_EXACT);
}

static en_status read_values(value_reader *reader, const link_field *f, const cells *in, raw_values *out,
                             en_error *err) {
    out->n = cells_values(in);
    size_t room = (size_t)out->n + 1;
    bool whole = !letters_suffice(f, out->n);
    out->latin = calloc(room, sizeof *out->latin);
    if (whole) out->whole = calloc(room, sizeof *out->whole);
    if (!out->latin || (whole && !out->whole)) return en_no_memory(err);
    for (int32_t v = 1; v <= out->n; v++) {
        link_value read = {0};
        en_str value = cells_value(in, v);
        if (value.len) EN_TRY(value_read(reader, f->kind, value, &read, err));
        out->latin[v] = read.latin;
        if (whole) out->whole[v] = read;
    }
    return EN_OK;
}

static en_status keep_values(link_field *f, const raw_values *raw, en_arena *arena, en_error *err) {
    size_t room = (size_t)raw->n + 1;
    f->n_values = 1;
    if (raw->whole)
        f->values = en_arena_alloc(arena, room * sizeof *f->values);
    else
        f->latin = en_arena_alloc(arena, room * sizeof *f->latin);
    return f->values || f->latin ? EN_OK : en_no_memory(err);
}

/* Values that read the same (case, punctuation, words for a sex) become one; numbered as records come to have them. */
static en_status merge_spellings(const link_set *set, link_field *f, const raw_values *raw, en_error *err) {
    enum { UNSEEN = -1 };
    int32_t *to = malloc(((size_t)raw->n + 1) * sizeof *to);
    en_map map = {0};
    en_status status = to ? EN_OK : en_no_memory(err);
    for (int32_t v = 1; status == EN_OK && v <= raw->n; v++) to[v] = value_is_unknown(raw->latin[v]) ? 0 : UNSEEN;
    if (status == EN_OK) to[0] = 0;
    for (int32_t i = 0; status == EN_OK && i < set->n; i++) {
        int32_t v = f->code[i];
        if (to[v] == UNSEEN) {
            bool added;
            status = en_map_intern(&map, raw->latin[v], &to[v], &added, err);
            to[v]++;
            if (status == EN_OK && added && raw->whole) f->values[f->n_values++] = raw->whole[v];
            if (status == EN_OK && added && !raw->whole) f->latin[f->n_values++] = raw->latin[v];
        }
        f->code[i] = to[v];
    }
    en_map_clear(&map);
    free(to);
    return status;
}

/* Distinct values of some cells as a field; what they hold is the arena's. */
static en_status encode(const link_set *set, value_reader *reader, const cells *in, link_field *f, en_error *err) {
    raw_values raw = {0};
    en_status status = read_values(reader, f, in, &raw, err);
    if (status == EN_OK) status = keep_values(f, &raw, reader->arena, err);
    if (status == EN_OK) status = merge_spellings(set, f, &raw, err);
    free(raw.whole);
    free(raw.latin);
    if (status == EN_OK && f->kind == KIND_TEXT) status = value_weigh_words(f, err);
    if (status == EN_OK) status = count_shares(set, f, reader->arena, err);
    return status;
}

/* Fields share nothing while they are encoded, so each has a task, an arena and a reader of its own. */
static en_status encode_task(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    prepare *p = ctx;
    link_field *f = &p->set->fields[task];
    value_reader reader = {.arena = f->arena = en_arena_new(),
                           .order = p->options->date_order,
                           .forms = has_short_forms(f->role) ? &p->forms : NULL,
                           .gazetteer = f->kind == KIND_PLACE ? &p->gazetteer : NULL};
    if (!reader.arena) return en_no_memory(err);
    EN_TRY(en_text_open(&reader.text, err));
    en_status status = encode(p->set, &reader, p->of_field[task], f, err);
    en_text_close(reader.text);
    return status;
}

/* A frozen model decides what is compared. */
static const en_link_comparison *compared_as(const en_link_model *model, en_role role, const char *name) {
    for (int c = 0; model && c < model->n_comparisons; c++)
        if (model->comparisons[c].role == role && (!name || strcmp(model->comparisons[c].field, name) == 0))
            return &model->comparisons[c];
    return NULL;
}

static void describe_fields(prepare *p) {
    link_set *set = p->set;
    const en_link_model *model = p->options->model;
    for (int i = 0; i < p->n_in; i++) {
        cells *in = &p->in[i];
        if (in->role == EN_ROLE_NONE) continue;
        if (model && !compared_as(model, in->role, in->name)) {
            link_warn(set, "column \"%s\" is left out: the model does not compare it", in->name);
            continue;
        }
        if (set->n_fields == FIELDS_MAX) {
            link_warn(set, "column \"%s\" is left out: at most %d fields are compared", in->name, FIELDS_MAX);
            continue;
        }
        link_field *f = &set->fields[set->n_fields];
        *f = (link_field){.role = in->role, .kind = kind_of(in->role), .code = in->code};
        snprintf(f->name, sizeof f->name, "%s", in->name);
        if (f->role == EN_ROLE_PLACE && p->options->n_places) f->kind = KIND_PLACE;
        link_levels_describe(f);
        p->of_field[set->n_fields++] = in;
    }
}

static en_status encode_fields(prepare *p, en_error *err) {
    link_set *set = p->set;
    describe_fields(p);
    if (p->options->model && set->n_fields == 0) {
        en_fail(err, EN_ERR_INPUT, "the model compares none of the columns that there are");
        return en_error_mend(err, "link the columns that it was learned on, or learn it anew"), EN_ERR_INPUT;
    }
    EN_TRY(en_parallel_for((size_t)set->n_fields, set->threads, encode_task, p, "reading values", set->progress, err));
    int n = 0;
    for (int k = 0; k < set->n_fields; k++) {
        link_field f = set->fields[k];
        if (f.n_values > 1)
            set->fields[n++] = f;
        else
            en_arena_free(f.arena);
    }
    for (int k = n; k < set->n_fields; k++) set->fields[k] = (link_field){0};
    set->n_fields = n;
    return EN_OK;
}

/* ---- fields from columns ---- */

static cells *cells_of_role(prepare *p, en_role role) {
    for (int i = 0; i < p->n_in; i++)
        if (p->in[i].role == role) return &p->in[i];
    return NULL;
}

static en_status new_cells(prepare *p, en_role role, const char *name, cells **out, en_error *err) {
    if (p->n_in == (int)(sizeof p->in / sizeof *p->in))
        return en_fail(err, EN_ERR_LIMIT, "more than %d columns to compare", p->n_in);
    *out = &p->in[p->n_in++];
    return cells_new(*out, role, name, p->set->n, p->set->arena, err);
}

static en_status read_columns(prepare *p, const en_column *const *columns, en_error *err) {
    for (size_t k = 0; k < p->options->n_fields; k++) {
        cells *c;
        EN_TRY(new_cells(p, p->options->fields[k].role, columns[k]->name, &c, err));
        EN_TRY(cells_read(c, columns[k], p->set->row, err));
    }
    return EN_OK;
}

static int number_in(en_str s) { return value_all_digits(s) && s.len < 6 ? value_digits_at(s, 0, s.len) : 0; }

/* birth_year, birth_month and birth_day become one date where a record has no date of birth. */
static en_status combine_birth(prepare *p, en_error *err) {
    cells *year = cells_of_role(p, EN_ROLE_BIRTH_YEAR), *month = cells_of_role(p, EN_ROLE_BIRTH_MONTH);
    cells *day = cells_of_role(p, EN_ROLE_BIRTH_DAY), *birth = cells_of_role(p, EN_ROLE_BIRTH);
    if (!year) return EN_OK;
    if (!birth) EN_TRY(new_cells(p, EN_ROLE_BIRTH, "birth", &birth, err));
    for (int32_t i = 0; i < p->set->n; i++) {
        en_str y = cells_at(year, i);
        if (cells_at(birth, i).len || !value_all_digits(y)) continue;
        char buf[40];
        int m = month ? number_in(cells_at(month, i)) : 0, d = day ? number_in(cells_at(day, i)) : 0;
        int len = snprintf(buf, sizeof buf, "%04d", y.len < 6 ? number_in(y) : 9999);
        if (m) len += snprintf(buf + len, sizeof buf - (size_t)len, "-%02d", m % 100);
        if (m && d) snprintf(buf + len, sizeof buf - (size_t)len, "-%02d", d % 100);
        EN_TRY(cells_set(birth, i, en_str_of(buf), err));
    }
    year->role = EN_ROLE_NONE;
    if (month) month->role = EN_ROLE_NONE;
    if (day) day->role = EN_ROLE_NONE;
    return EN_OK;
}

static int by_year(const void *pa, const void *pb) { return *(const int *)pa - *(const int *)pb; }

/* Years of the event by the value's code, 0 where it has none; the middle one of all records, 0 where none has any. */
static int event_years(prepare *p, const cells *event, int *years, int *sorted) {
    int known = 0;
    for (int32_t v = 1; v <= cells_values(event); v++) {
        link_value date = {0};
        en_str value = cells_value(event, v);
        if (value.len) link_read_date(value, p->options->date_order, &date);
        years[v] = date.has_date && date.year > 0 ? date.year : 0;
    }
    for (int32_t i = 0; i < event->n; i++)
        if (years[event->code[i]]) sorted[known++] = years[event->code[i]];
    if (!known) return 0;
    qsort(sorted, (size_t)known, sizeof *sorted, by_year);
    return sorted[known / 2];
}

static en_status birth_of_age(prepare *p, cells *birth, int32_t record, en_str age, int year, en_error *err) {
    link_value value = {0};
    en_str latin;
    char buf[40];
    EN_TRY(value_latin(&p->reader, age, &latin, err));
    value_number(latin, &value);
    if (!value.has_number || value.low < 0 || value.high > 130 || year < 200) return EN_OK;
    snprintf(buf, sizeof buf, "%04d/%04d", year - (int)value.high - 1, year - (int)value.low);
    return cells_set(birth, record, en_str_of(buf), err);
}

/* An age at the event says between which years somebody was born: so lists with ages meet lists with dates of birth.
 * The age is then no comparison of its own, which would count the same thing twice. */
static en_status births_from_ages(prepare *p, en_error *err) {
    cells *age = cells_of_role(p, EN_ROLE_AGE), *birth = cells_of_role(p, EN_ROLE_BIRTH);
    const cells *event = cells_of_role(p, EN_ROLE_EVENT_DATE);
    const en_link_comparison *frozen = compared_as(p->options->model, EN_ROLE_BIRTH, NULL);
    if (!birth && age && event && frozen) EN_TRY(new_cells(p, EN_ROLE_BIRTH, frozen->field, &birth, err));
    if (!age || !birth || !event) return EN_OK;
    int *years = en_arena_alloc(p->scratch, ((size_t)cells_values(event) + 1) * sizeof *years);
    int *sorted = en_arena_alloc(p->scratch, ((size_t)p->set->n + 1) * sizeof *sorted);
    if (!years || !sorted) return en_no_memory(err);
    int middle = event_years(p, event, years, sorted);
    if (!middle) return EN_OK;
    for (int32_t i = 0; i < p->set->n; i++) {
        int year = years[event->code[i]];
        if (!cells_at(birth, i).len && cells_at(age, i).len)
            EN_TRY(birth_of_age(p, birth, i, cells_at(age, i), year ? year : middle, err));
    }
    age->role = EN_ROLE_NONE;
    return EN_OK;
}

static en_status join_part(prepare *p, en_str *cell, en_str part, en_error *err) {
    if (!cell->len) {
        *cell = part;
        return EN_OK;
    }
    char *joined = en_arena_alloc(p->scratch, cell->len + part.len + 2);
    if (!joined) return en_no_memory(err);
    memcpy(joined, cell->ptr, cell->len);
    joined[cell->len] = ' ';
    memcpy(joined + cell->len + 1, part.ptr, part.len);
    *cell = (en_str){joined, cell->len + 1 + part.len};
    return EN_OK;
}

enum { PART_GIVEN, PART_FATHER, PART_FAMILY, N_PARTS };
typedef struct name_parts {
    bool read;
    en_str of[N_PARTS];
} name_parts;

static int place_of_part(en_part_kind kind) {
    switch (kind) {
    case EN_PART_GIVEN:
    case EN_PART_INITIAL: return PART_GIVEN;
    case EN_PART_FATHER:
    case EN_PART_OTHER: return PART_FATHER;
    case EN_PART_FAMILY: return PART_FAMILY;
    case EN_PART_KUNYA:
    case EN_PART_TITLE: break;
    }
    return N_PARTS;
}

static en_status take_name_apart(prepare *p, en_str s, name_parts *out, en_error *err) {
    en_name parsed;
    out->read = true;
    if (!s.len || s.len > 4096) return EN_OK;
    EN_TRY(en_name_parse(p->reader.text, s, p->scratch, &parsed, err));
    for (size_t k = 0; k < parsed.n_parts; k++) {
        int place = place_of_part(parsed.parts[k].kind);
        if (place < N_PARTS) EN_TRY(join_part(p, &out->of[place], parsed.parts[k].text, err));
    }
    return EN_OK;
}

static en_status fill_parts(prepare *p, const cells *name, cells *const to[N_PARTS], en_error *err) {
    name_parts *parts = en_arena_alloc(p->scratch, ((size_t)cells_values(name) + 1) * sizeof *parts);
    if (!parts) return en_no_memory(err);
    for (int32_t i = 0; i < p->set->n; i++) {
        name_parts *of = &parts[name->code[i]];
        if (cells_at(to[PART_GIVEN], i).len || cells_at(to[PART_FAMILY], i).len) continue;
        if (!of->read) EN_TRY(take_name_apart(p, cells_at(name, i), of, err));
        for (int k = 0; k < N_PARTS; k++) {
            en_str cell = cells_at(to[k], i);
            if (!of->of[k].len) continue;
            EN_TRY(join_part(p, &cell, of->of[k], err));
            EN_TRY(cells_set(to[k], i, cell, err));
        }
    }
    return EN_OK;
}

/* Whole names fill the parts that a record lacks, so that a list with one column of names meets a list with several. */
static en_status split_names(prepare *p, en_error *err) {
    cells *name = cells_of_role(p, EN_ROLE_NAME), *given = cells_of_role(p, EN_ROLE_GIVEN);
    cells *family = cells_of_role(p, EN_ROLE_FAMILY), *father = cells_of_role(p, EN_ROLE_FATHER);
    if (!name) return EN_OK;
    if (!given) EN_TRY(new_cells(p, EN_ROLE_GIVEN, "given name", &given, err));
    if (!father) EN_TRY(new_cells(p, EN_ROLE_FATHER, "father's name", &father, err));
    if (!family) EN_TRY(new_cells(p, EN_ROLE_FAMILY, "family name", &family, err));
    EN_TRY(fill_parts(p, name, (cells *const[N_PARTS]){given, father, family}, err));
    for (int i = 0; i < p->n_in; i++)
        if (p->in[i].role == EN_ROLE_NAME) p->in[i].role = EN_ROLE_NONE;
    return EN_OK;
}

/* A number for what each record's name sounds like, and the share of records that have it. */
static en_status number_sounds(link_set *set, const link_field *f, en_map *sounds, int32_t *of_record, en_error *err) {
    int32_t *of_value = calloc((size_t)f->n_values, sizeof *of_value);
    en_status status = of_value ? EN_OK : en_no_memory(err);
    for (int32_t v = 1; status == EN_OK && v < f->n_values; v++) {
        const link_value *value = &f->values[v];
        status = en_map_intern(sounds, value->key.len > 1 ? value->key : value->latin, &of_value[v], NULL, err);
        of_value[v]++;
    }
    for (int32_t i = 0; status == EN_OK && i < set->n; i++) of_record[i] = of_value[f->code[i]];
    free(of_value);
    return status;
}

/* The chance that one record's given name sounds as another's family name. */
static en_status crossed_share(const link_set *set, int32_t n_sounds, double *share, en_error *err) {
    double *count = calloc((size_t)n_sounds + 1, sizeof *count), sum = 0, n = set->n;
    if (!count) return en_no_memory(err);
    for (int32_t i = 0; i < set->n; i++) count[set->given_sound[i]]++;
    for (int32_t i = 0; i < set->n; i++)
        if (set->family_sound[i]) sum += count[set->family_sound[i]];
    free(count);
    *share = n > 0 ? sum / (n * n) : 0;
    return EN_OK;
}

/* The first given and family name may stand in each other's place; how often strangers would agree so. */
static en_status match_swapped(link_set *set, en_error *err) {
    int given = -1, family = -1;
    set->given = set->family = -1;
    for (int i = set->n_fields - 1; i >= 0; i--) {
        if (set->fields[i].role == EN_ROLE_GIVEN) given = i;
        if (set->fields[i].role == EN_ROLE_FAMILY) family = i;
    }
    if (given < 0 || family < 0) return EN_OK;
    set->given = given;
    set->family = family;
    set->given_sound = en_arena_alloc(set->arena, ((size_t)set->n + 1) * sizeof *set->given_sound);
    set->family_sound = en_arena_alloc(set->arena, ((size_t)set->n + 1) * sizeof *set->family_sound);
    if (!set->given_sound || !set->family_sound) return en_no_memory(err);
    link_field *g = &set->fields[given];
    g->swaps = true;
    link_levels_describe(g);
    en_map sounds = {0};
    double crossed = 0;
    en_status status = number_sounds(set, g, &sounds, set->given_sound, err);
    if (status == EN_OK) status = number_sounds(set, &set->fields[family], &sounds, set->family_sound, err);
    if (status == EN_OK) status = crossed_share(set, sounds.len, &crossed, err);
    g->level_pairs[LEVEL_SWAPPED] = crossed * crossed / 2; /* unordered, as in the level table */
    en_map_clear(&sounds);
    return status;
}

static en_status prepare_fields(prepare *p, en_error *err) {
    size_t n_fields = p->options->n_fields;
    const en_column **columns = en_arena_alloc(p->scratch, (n_fields + 1) * sizeof *columns);
    if (!columns) return en_no_memory(err);
    for (size_t k = 0; k < n_fields; k++) {
        if (!p->options->fields[k].column) return en_fail(err, EN_ERR_USAGE, "field %zu names no column", k + 1);
        EN_TRY(find_column(p->table, p->options->fields[k].column, &columns[k], err));
    }
    const en_column *list, *id;
    EN_TRY(find_column(p->table, p->options->list_column, &list, err));
    EN_TRY(find_column(p->table, p->options->id_column, &id, err));
    EN_TRY(link_order(p->set, list, id, columns, (int)n_fields, err));
    EN_TRY(read_columns(p, columns, err));
    EN_TRY(combine_birth(p, err));
    EN_TRY(births_from_ages(p, err));
    EN_TRY(split_names(p, err));
    EN_TRY(link_short_forms_open(&p->reader, p->options, &p->forms, err));
    EN_TRY(link_gazetteer_open(&p->reader, p->options, &p->gazetteer, err));
    EN_TRY(encode_fields(p, err));
    return match_swapped(p->set, err);
}

en_status link_prepare(const en_table *records, const en_link_options *options, link_set *set, en_error *err) {
    prepare p = {.table = records, .options = options, .set = set};
    set->arena = p.reader.arena = en_arena_new();
    p.reader.order = options->date_order;
    p.scratch = en_arena_new();
    set->n = (int32_t)records->rows;
    set->one_per_list = options->one_per_list && options->list_column;
    set->threads = options->threads;
    set->memory = options->memory ? options->memory : (size_t)2 << 30;
    set->seed = options->seed;
    set->by_rules = options->model && options->model->n_rules > 0;
    set->progress = options->progress;
    link_set_threshold(set, LINK_THRESHOLD, LINK_UNDECIDED_LOW, LINK_UNDECIDED_HIGH);
    en_status status = set->arena && p.scratch ? en_text_open(&p.reader.text, err) : en_no_memory(err);
    if (status == EN_OK) status = prepare_fields(&p, err);
    en_text_close(p.reader.text);
    link_lookup_clear(&p.forms);
    link_lookup_clear(&p.gazetteer.names);
    for (int i = 0; i < p.n_in; i++) cells_clear(&p.in[i]);
    en_arena_free(p.scratch);
    return status;
}

void link_set_clear(link_set *set) {
    for (int k = 0; k < FIELDS_MAX; k++) {
        free(set->fields[k].glances);
        en_arena_free(set->fields[k].arena);
    }
    en_arena_free(set->arena);
    *set = (link_set){0};
}
