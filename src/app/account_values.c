/* What each record states of each stated dimension. Each distinct value has a number. */
#include <stdio.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/ages.h"

static en_status value_number(account_builder *b, en_str value, int32_t *number, en_error *err) {
    return en_map_intern(&b->values, value, number, NULL, err);
}

/* The first whole number in a cell, as "05"; -1 where there is none or it is no day or month. */
static int read_small(en_str cell) {
    int least, most;
    return en_age_read(cell, &least, &most) && least == most ? least : -1;
}

en_str account_cell(const account_builder *b, const char *role, int64_t row) {
    const en_column *c = en_records_column(&b->records, role);
    return c ? en_str_trim(en_column_str(c, row)) : (en_str){"", 0};
}

static bool read_when(en_str cell, en_when *out) {
    return cell.len && en_when_parse(cell, EN_ORDER_UNSTATED, out, NULL) == EN_OK;
}

/* Birth as one date: its own column, or year with month and day where those are given. */
static bool read_birth(const account_builder *b, int64_t row, en_when *out) {
    if (read_when(account_cell(b, "birth", row), out)) return true;
    en_str year = account_cell(b, "birth_year", row);
    int y = 0, m, d;
    for (size_t i = 0; i < year.len; i++) {
        if (year.ptr[i] < '0' || year.ptr[i] > '9') return false;
        if ((y = y * 10 + (year.ptr[i] - '0')) > 9999) return false;
    }
    if (y < 1000) return false;
    m = read_small(account_cell(b, "birth_month", row));
    d = read_small(account_cell(b, "birth_day", row));
    char edtf[48];
    if (m >= 1 && m <= 12 && d >= 1 && d <= en_days_in_month(y, m))
        snprintf(edtf, sizeof edtf, "%04d-%02d-%02d", y, m, d);
    else if (m >= 1 && m <= 12)
        snprintf(edtf, sizeof edtf, "%04d-%02d", y, m);
    else
        snprintf(edtf, sizeof edtf, "%04d", y);
    return read_when(en_str_of(edtf), out);
}

/* Age at the event, as stated, or from birth to event where both are known well enough. Never recomputed where it is
 * stated. */
static bool age_at_event(const account_builder *b, int64_t row, int *least, int *most) {
    en_when birth, event;
    if (en_age_read(account_cell(b, "age", row), least, most)) return true;
    return read_birth(b, row, &birth) && read_when(account_cell(b, "event_date", row), &event) &&
           en_age_at(&birth, &event, least, most) && *least >= 0 && *most <= 130;
}

static en_status state_age(account_builder *b, int64_t row, en_error *err) {
    int least, most;
    b->stated[EN_DIM_AGE_GROUP][row] = -1;
    b->ages[row] = ACCOUNT_NO_SPAN;
    if (!age_at_event(b, row, &least, &most)) return EN_OK;
    b->minor[row] = least < 18;
    b->ages[row] = (account_span){least, most};
    const char *group = en_age_group_of(&en_ages_default, least, most);
    return group ? value_number(b, en_str_of(group), &b->stated[EN_DIM_AGE_GROUP][row], err) : EN_OK;
}

static account_span span_of_date(en_str date) {
    en_when event;
    return read_when(date, &event) ? (account_span){event.first_day, event.last_day} : ACCOUNT_NO_SPAN;
}

/* "1994-05" where the date lies within one month. */
static bool month_of(account_span date, char month[16]) {
    int32_t year, last_year;
    int m, last_m, d;
    if (date.low > date.high || date.low == EN_DAY_MIN || date.high == EN_DAY_MAX) return false;
    en_day_to_civil(date.low, &year, &m, &d);
    en_day_to_civil(date.high, &last_year, &last_m, &d);
    if (year != last_year || m != last_m || year < 0 || year > 9999) return false;
    snprintf(month, 16, "%04d-%02d", (int)year, m);
    return true;
}

static en_status state_month(account_builder *b, int64_t row, en_error *err) {
    char month[16];
    b->stated[EN_DIM_MONTH][row] = -1;
    b->dates[row] = span_of_date(account_cell(b, "event_date", row));
    if (!month_of(b->dates[row], month)) return EN_OK;
    return value_number(b, en_str_of(month), &b->stated[EN_DIM_MONTH][row], err);
}

/* As lists write it, else by a label of the vocabulary, which may be a term of the case. */
static en_status term_number(account_builder *b, en_vocabulary_name name, en_str written, int32_t *number,
                             en_error *err) {
    char text[64];
    int32_t term;
    EN_TRY(en_vocabulary_find(&b->words[name], b->text, written, b->a->arena, &term, err));
    if (term >= 0) return value_number(b, en_str_of(b->words[name].codes[term]), number, err);
    snprintf(text, sizeof text, "%.*s", (int)written.len, written.ptr);
    const json_t *own =
        written.len < sizeof text ? en_model_find_term(&b->model, en_vocabulary_title(name), text) : NULL;
    return value_number(b, own ? en_str_of(json_string_value(json_object_get(own, "code"))) : written, number, err);
}

static int dimension_of(const char *property) {
    static const struct {
        const char *property;
        int dimension;
    } known[] = {{"age", EN_DIM_AGE_GROUP},
                 {"event_date", EN_DIM_MONTH},
                 {"civilian", EN_DIM_CIVILIAN_STATUS},
                 {"name", STATED_NAME}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].property, property) == 0) return known[i].dimension;
    for (int d = 0; d < STATED; d++)
        if (strcmp(en_dimension_name((en_dimension)d), property) == 0) return d;
    return -1;
}

static en_status age_number(account_builder *b, en_str written, int32_t *number, account_span *span, en_error *err) {
    int least, most;
    if (!en_age_read(written, &least, &most)) return EN_OK;
    *span = (account_span){least, most};
    const char *group = en_age_group_of(&en_ages_default, least, most);
    return group ? value_number(b, en_str_of(group), number, err) : EN_OK;
}

static en_status month_number(account_builder *b, en_str written, int32_t *number, account_span *span, en_error *err) {
    char month[16];
    *span = span_of_date(written);
    return month_of(*span, month) ? value_number(b, en_str_of(month), number, err) : EN_OK;
}

en_status account_value_number(account_builder *b, const char *property, en_str written, int *dimension,
                               int32_t *number, account_span *span, en_error *err) {
    *number = -1;
    *span = ACCOUNT_NO_SPAN;
    *dimension = dimension_of(property);
    if (*dimension < 0 || !written.len) return EN_OK;
    if (*dimension == EN_DIM_AGE_GROUP) return age_number(b, written, number, span, err);
    if (*dimension == EN_DIM_MONTH) return month_number(b, written, number, span, err);
    en_vocabulary_name name =
        *dimension == STATED_NAME ? EN_VOCABULARIES : en_vocabulary_of(en_dimension_name((en_dimension)*dimension));
    if (name < EN_VOCABULARIES) return term_number(b, name, written, number, err);
    return value_number(b, written, number, err);
}

/* Cells of one column as values, each distinct cell once. */
static en_status state_column(account_builder *b, const char *role, int32_t *out, en_error *err) {
    const en_column *c = en_records_column(&b->records, role);
    int32_t *number = c ? account_take(b, c->dict_len, sizeof *number) : NULL;
    if (c && !number) return en_no_memory(err);
    for (int32_t i = 0; c && i < c->dict_len; i++) {
        en_str value = en_str_trim(en_column_entry(c, i));
        number[i] = -1;
        if (value.len) EN_TRY(value_number(b, value, &number[i], err));
    }
    for (int64_t i = 0; i < b->records.n; i++) out[i] = c && !en_column_is_null(c, i) ? number[c->codes[i]] : -1;
    return EN_OK;
}

/* Place names that share a key are one place, in whatever script; shown as most records write it, a Latin spelling
 * before others. */
static en_status state_places(account_builder *b, int32_t *out, en_error *err) {
    const en_column *c = en_records_column(&b->records, "place");
    en_arena *scratch = en_arena_new();
    int32_t *place = c ? account_take(b, c->dict_len, sizeof *place) : NULL;
    int64_t *uses = c ? account_take(b, c->dict_len, sizeof *uses) : NULL;
    int32_t *best = c ? account_take(b, c->dict_len, sizeof *best) : NULL;
    en_status status = !scratch || (c && (!place || !uses || !best)) ? en_no_memory(err) : EN_OK;
    for (int64_t i = 0; status == EN_OK && i < b->records.n; i++) {
        out[i] = -1;
        if (c && !en_column_is_null(c, i)) uses[c->codes[i]]++;
    }
    for (int32_t i = 0; status == EN_OK && c && i < c->dict_len; i++) {
        en_name name;
        en_str written = en_str_trim(en_column_entry(c, i));
        place[i] = -1;
        if (!written.len) continue;
        status = en_name_parse(b->text, written, scratch, &name, err);
        bool added = false;
        if (status == EN_OK)
            status = en_map_intern(&b->places, name.key.len ? name.key : written, &place[i], &added, err);
        if (status != EN_OK) break;
        int32_t *shown = &best[place[i]];
        bool latin = name.script == EN_SCRIPT_LATIN;
        bool shown_latin = !added && en_text_script(en_column_entry(c, *shown)) == EN_SCRIPT_LATIN;
        if (added || (latin && !shown_latin) || (latin == shown_latin && uses[i] > uses[*shown])) *shown = i;
    }
    for (int64_t i = 0; status == EN_OK && c && i < b->records.n; i++)
        if (!en_column_is_null(c, i) && place[c->codes[i]] >= 0)
            status = value_number(b, en_str_trim(en_column_entry(c, best[place[c->codes[i]]])), &out[i], err);
    en_arena_free(scratch);
    return status;
}

en_status account_state_values(account_builder *b, en_error *err) {
    int64_t n = b->records.n;
    for (int d = 0; d < STATED; d++)
        if (!(b->stated[d] = account_take(b, n, sizeof **b->stated))) return en_no_memory(err);
    if (!(b->minor = account_take(b, n, sizeof *b->minor))) return en_no_memory(err);
    if (!(b->ages = account_take(b, n, sizeof *b->ages))) return en_no_memory(err);
    if (!(b->dates = account_take(b, n, sizeof *b->dates))) return en_no_memory(err);
    for (int d = 0; d < STATED; d++)
        if (d != EN_DIM_PLACE && d != EN_DIM_AGE_GROUP && d != EN_DIM_MONTH)
            EN_TRY(state_column(b, en_dimension_name((en_dimension)d), b->stated[d], err));
    EN_TRY(state_places(b, b->stated[EN_DIM_PLACE], err));
    for (int64_t i = 0; i < n; i++) {
        EN_TRY(state_age(b, i, err));
        EN_TRY(state_month(b, i, err));
    }
    EN_TRY(account_load_places(b, err));
    EN_TRY(account_load_claims(b, err));
    if (!(b->value_text = account_take(b, b->values.len, sizeof *b->value_text))) return en_no_memory(err);
    for (int32_t i = 0; i < b->values.len; i++)
        if (!(b->value_text[i] = en_arena_strdup(b->a->arena, en_map_key(&b->values, i)))) return en_no_memory(err);
    return account_describe_places(b, err);
}
