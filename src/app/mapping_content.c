/* What columns hold, by their content alone: terms of a vocabulary under any header, and for lists of anything, whose
 * headers say nothing, dates, numbers, codes and text. */
#include <string.h>

#include "app/mapping.h"
#include "app/vocabulary.h"
#include "table/parts.h"

/* Shares of values that a column has to have to be taken for one of a kind, so that a few that are something else ("?",
 * "n/a") decide nothing. */
#define MOST .9
/* A code comes again and again: so few distinct values among so many rows. */
#define CODES_PER_ROW .02
/* Quantities vary in length; what has this many digits in nearly every row is a number of something. */
enum { CODES_MOST = 200, DIGITS_OF_CODE = 5, DIGITS_MOST = 20 };

typedef struct content {
    double values, numbers, dates; /* distinct ones */
    double whole[DIGITS_MOST + 1]; /* numbers of so many digits and nothing else */
    bool zeros;                    /* some begin with a zero that is not all */
} content;

static size_t digits_of(en_str s) {
    size_t digits = 0;
    for (size_t i = 0; i < s.len; i++) digits += s.ptr[i] >= '0' && s.ptr[i] <= '9';
    return digits == s.len ? digits : 0;
}

/* YYYYMMDD. */
static bool is_compact_date(en_str s) {
    if (digits_of(s) != 8) return false;
    int year = 0, month = (s.ptr[4] - '0') * 10 + s.ptr[5] - '0', day = (s.ptr[6] - '0') * 10 + s.ptr[7] - '0';
    for (int i = 0; i < 4; i++) year = year * 10 + s.ptr[i] - '0';
    return year >= 1500 && year <= 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static bool are_identifiers(const content *is) {
    for (int n = DIGITS_OF_CODE; n <= DIGITS_MOST; n++)
        if (is->whole[n] > MOST * is->values) return true;
    return is->zeros;
}

static content look_at(const en_column *c, en_date_order order) {
    content is = {0};
    double number;
    en_when when;
    for (int32_t i = 0; i < c->dict_len; i++) {
        en_str s = en_str_trim(en_column_entry(c, i));
        if (!s.len) continue;
        is.values++;
        size_t digits = digits_of(s);
        if (is_compact_date(s)) {
            is.dates++;
        } else if (table_parse_double(s, &number)) {
            is.numbers++;
            is.whole[digits < DIGITS_MOST ? digits : DIGITS_MOST]++;
            is.zeros |= digits > 1 && s.ptr[0] == '0';
        } else {
            is.dates += en_when_parse(s, order, &when, NULL) == EN_OK;
        }
    }
    return is;
}

static const char *role_of(const en_column *c, int64_t rows, en_date_order order) {
    if (c->type != EN_COLUMN_STRING) return "number";
    content is = look_at(c, order);
    if (is.values == 0) return NULL;
    if (is.dates > MOST * is.values) return "date";
    if (is.numbers > MOST * is.values && !are_identifiers(&is)) return "number";
    if (is.values <= CODES_MOST && is.values <= CODES_PER_ROW * (double)rows) return "exact";
    return "text";
}

/* ---- terms ---- */

/* Share of the distinct values that have to be known words, since lists have words of their own too. */
#define KNOWN .75
/* Distinct values that a column of terms has at most, and terms of them that it has at least: one word alone may be
 * anything. */
enum { WORDS_MOST = 60, TERMS_LEAST = 2 };

static en_status holds_terms(const en_column *c, const en_vocabulary *words, en_text *text, en_arena *arena,
                             bool *holds, en_error *err) {
    uint64_t seen = 0;
    double values = 0, known = 0;
    *holds = false;
    if (c->type != EN_COLUMN_STRING || c->dict_len > WORDS_MOST) return EN_OK;
    for (int32_t i = 0; i < c->dict_len; i++) {
        int32_t term;
        en_str s = en_str_trim(en_column_entry(c, i));
        if (!s.len) continue;
        values++;
        EN_TRY(en_vocabulary_find(words, text, s, arena, &term, err));
        if (term < 0 || term > 63) continue;
        known++;
        seen |= (uint64_t)1 << term;
    }
    *holds = known > KNOWN * values && __builtin_popcountll(seen) >= TERMS_LEAST;
    return EN_OK;
}

/* A column of the terms of one vocabulary, where no header was known for it. */
static en_status find_terms(en_mapping *m, const en_table *table, en_vocabulary_name name, en_text *text,
                            en_error *err) {
    const char *role = en_vocabulary_title(name);
    en_vocabulary words;
    EN_TRY(en_vocabulary_open(name, text, &words, err));
    en_status status = EN_OK;
    for (int32_t i = 0; status == EN_OK && i < m->n; i++) {
        bool holds = false;
        if (m->roles[i] || en_mapping_column(m, role)) continue;
        status = holds_terms(&table->columns[i], &words, text, m->arena, &holds, err);
        if (status == EN_OK && holds && !(m->roles[i] = en_arena_strdup(m->arena, en_str_of(role))))
            status = en_no_memory(err);
    }
    en_vocabulary_clear(&words);
    return status;
}

en_status en_mapping_find_terms(en_mapping *mapping, const en_table *table, en_text *text, en_error *err) {
    static const en_vocabulary_name sought[] = {EN_VOCABULARY_CAUSE, EN_VOCABULARY_CIVILIAN_STATUS,
                                                EN_VOCABULARY_DIRECTNESS};
    for (size_t i = 0; i < sizeof sought / sizeof *sought; i++)
        EN_TRY(find_terms(mapping, table, sought[i], text, err));
    return EN_OK;
}

/* ---- anything ---- */

void en_mapping_by_content(en_mapping *mapping, const en_table *table, const char *id_column, const char *list_column,
                           en_date_order order) {
    for (int32_t i = 0; i < mapping->n; i++) {
        const char *name = mapping->columns[i];
        bool stands_apart = (id_column && !strcmp(name, id_column)) || (list_column && !strcmp(name, list_column));
        mapping->roles[i] = stands_apart ? NULL : role_of(&table->columns[i], table->rows, order);
    }
}
