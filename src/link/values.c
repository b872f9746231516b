/* What one value of a column means: a name in plain Latin with its consonants, a date, a number, a sex. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "link/lookup.h"

/* ---- plain Latin ---- */

static bool is_ascii(en_str s) {
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 128) return false;
    return true;
}

/* Letters and digits in lower case, all else one space; apostrophes vanish. */
static en_status plain_ascii(const value_reader *r, en_str s, en_str *out, en_error *err) {
    char *buf = en_arena_alloc(r->arena, s.len + 1);
    if (!buf) return en_no_memory(err);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 'a' - 'A');
        bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (keep)
            buf[n++] = c;
        else if (c != '\'' && n && buf[n - 1] != ' ')
            buf[n++] = ' ';
    }
    while (n && buf[n - 1] == ' ') n--;
    *out = (en_str){buf, n};
    return EN_OK;
}

en_status value_latin(const value_reader *r, en_str s, en_str *out, en_error *err) {
    if (is_ascii(s)) return plain_ascii(r, s, out, err);
    en_str latin;
    EN_TRY(en_text_latin(r->text, s, r->arena, &latin, err));
    return plain_ascii(r, latin, out, err);
}

/* ---- dates and numbers ---- */

bool value_all_digits(en_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
    return s.len > 0;
}

int value_digits_at(en_str s, size_t at, size_t n) {
    int x = 0;
    for (size_t i = at; i < at + n; i++) x = x * 10 + (s.ptr[i] - '0');
    return x;
}

static bool set_date(link_value *v, int year, int month, int day) {
    if (month < 0 || month > 12 || day < 0 || (month && day > en_days_in_month(year, month)) || (!month && day))
        return false;
    v->has_date = true;
    v->year = year;
    v->month = (uint8_t)month;
    v->day = (uint8_t)day;
    int from = month ? month : 1, to = month ? month : 12;
    v->first = en_day_number(year, from, day ? day : 1);
    v->last = en_day_number(year, to, day ? day : en_days_in_month(year, to));
    return true;
}

static bool iso_shape(en_str s) {
    static const char shape[] = "dddd-dd-dd";
    if (s.len != 10) return false;
    for (int i = 0; i < 10; i++)
        if (shape[i] == 'd' ? s.ptr[i] < '0' || s.ptr[i] > '9' : s.ptr[i] != '-') return false;
    return true;
}

static void take_when(const en_when *when, link_value *v) {
    if (when->from_kind != EN_BOUND_DATE || when->from.year_unknown) return;
    v->has_date = true;
    v->year = when->from.year;
    bool whole = !when->is_interval && when->from.month <= 12;
    v->from_age = when->is_interval && when->last_day - when->first_day < 3 * 366;
    v->month = whole ? when->from.month : 0;
    v->day = whole ? when->from.day : 0;
    v->first = when->first_day;
    v->last = when->last_day;
}

static void read_any_date(en_str text, en_date_order order, link_value *out) {
    if (value_all_digits(text) && text.len == 8 &&
        set_date(out, value_digits_at(text, 0, 4), value_digits_at(text, 4, 2), value_digits_at(text, 6, 2)))
        return;
    if (value_all_digits(text) && text.len == 4 && set_date(out, value_digits_at(text, 0, 4), 0, 0)) return;
    if (iso_shape(text) &&
        set_date(out, value_digits_at(text, 0, 4), value_digits_at(text, 5, 2), value_digits_at(text, 8, 2)))
        return;
    if (value_all_digits(text)) return;
    en_when when;
    if (en_when_parse(text, order, &when, NULL) == EN_OK) take_when(&when, out);
}

/* ---- dates that are not quite dates ---- */

/* Letters that scanning makes of digits. */
static char scanned_digit(char c) {
    static const char letters[] = "OoQDIil|ZzSsBGg", digits[] = "000011112255869";
    if (c >= '0' && c <= '9') return c;
    const char *at = c ? strchr(letters, c) : NULL;
    return at ? digits[at - letters] : 0;
}

typedef struct digit_groups {
    int of[3], length[3], n;
} digit_groups;

/* Three numbers parted by what is none, or eight digits in a row as YYYYMMDD; false for anything else. */
static bool read_groups(en_str text, digit_groups *g) {
    bool inside = false;
    *g = (digit_groups){.n = 0};
    for (size_t i = 0; i < text.len; i++) {
        char c = scanned_digit(text.ptr[i]);
        if (!c && text.ptr[i] != '-' && text.ptr[i] != '/' && text.ptr[i] != '.' && text.ptr[i] != ' ') return false;
        if (c && !inside && g->n++ == 3) return false;
        inside = c != 0;
        if (!c) continue;
        g->of[g->n - 1] = g->of[g->n - 1] * 10 + (c - '0');
        if (++g->length[g->n - 1] > 8) return false;
    }
    if (g->n == 1 && g->length[0] == 8)
        *g = (digit_groups){{g->of[0] / 10000, g->of[0] / 100 % 100, g->of[0] % 100}, {4, 2, 2}, 3};
    return g->n == 3;
}

/* Year, month and day of three numbers: the year is the one of four digits, else the last. */
static bool order_groups(const digit_groups *g, en_date_order order, int date[3]) {
    bool year_first = g->length[0] == 4 || (g->length[2] != 4 && order == EN_ORDER_YMD);
    const int *of = g->of, *length = g->length;
    int year = year_first ? 0 : 2;
    if ((length[year] != 4 && length[year] != 2) || length[1] > 2 || length[2 - year] > 2) return false;
    date[0] = of[year];
    date[1] = year_first || order == EN_ORDER_MDY ? of[year_first ? 1 : 0] : of[1];
    date[2] = year_first ? of[2] : order == EN_ORDER_MDY ? of[1] : of[0];
    return true;
}

/* What reads like a date and is none: 1956-04-91, 1O/O4/1956, 09.04.56. Two digits of a year leave the century open. */
static void read_loose_date(en_str text, en_date_order order, link_value *out) {
    digit_groups g;
    int date[3];
    if (!read_groups(text, &g) || !order_groups(&g, order, date)) return;
    bool known_order = order != EN_ORDER_UNSTATED || g.length[0] == 4;
    out->century_open = g.length[0] <= 2 && g.length[2] <= 2;
    if (out->century_open) date[0] += 1900;
    if (known_order && set_date(out, date[0], date[1], date[2])) return;
    out->century_open = false;
    out->year = date[0];
    out->month = (uint8_t)date[1];
    out->day = (uint8_t)date[2];
    out->misread = true;
}

uint64_t link_packed_date(int year, int month, int day) {
    uint64_t packed = 0;
    for (int i = 7, rest = year * 10000 + month * 100 + day; i >= 0; i--, rest /= 10)
        packed |= (uint64_t)(rest % 10) << (8 * i);
    return packed;
}

/* Digits alone may be YYYYMMDD or a year; what is no date compares by its digits. */
void link_read_date(en_str text, en_date_order order, link_value *out) {
    read_any_date(text, order, out);
    if (!out->has_date) read_loose_date(text, order, out);
    if ((!out->has_date && !out->misread) || !out->day || out->year < 0 || out->year > 9999) return;
    out->packed = link_packed_date(out->year, out->month, out->day);
}

/* "34", "45-54", "45+". */
void value_number(en_str latin, link_value *out) {
    char buf[64], *end;
    if (!latin.len || latin.len >= sizeof buf) return;
    memcpy(buf, latin.ptr, latin.len);
    buf[latin.len] = 0;
    out->low = out->high = strtod(buf, &end);
    if (end == buf) return;
    if (*end == ' ' && end[1] >= '0' && end[1] <= '9') out->high = strtod(end + 1, &end);
    out->has_number = *end == 0 && out->high >= out->low;
}

/* ---- distinct values ---- */

static int by_str(const void *a, const void *b) { return en_str_cmp(*(const en_str *)a, *(const en_str *)b); }

enum { TOKENS_MAX = 32 };
static en_status name_key(const value_reader *r, link_value *v, en_error *err) {
    en_str tokens[TOKENS_MAX];
    size_t n = 0, total = 0;
    char *buf = en_arena_alloc(r->arena, v->latin.len * 2 + 8);
    if (!buf) return en_no_memory(err);
    for (size_t at = 0; at < v->latin.len && n < TOKENS_MAX;) {
        const char *space = memchr(v->latin.ptr + at, ' ', v->latin.len - at);
        size_t end = space ? (size_t)(space - v->latin.ptr) : v->latin.len;
        size_t cap = v->latin.len * 2 + 8 - total;
        size_t len = en_text_skeleton((en_str){v->latin.ptr + at, end - at}, buf + total, cap);
        if (len) tokens[n++] = (en_str){buf + total, len};
        total += len + 1 < cap ? len + 1 : 0;
        at = end + 1;
    }
    qsort(tokens, n, sizeof *tokens, by_str);
    char *key = en_arena_alloc(r->arena, total + n + 1);
    if (!key) return en_no_memory(err);
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        if (i) key[len++] = ' ';
        memcpy(key + len, tokens[i].ptr, tokens[i].len);
        len += tokens[i].len;
    }
    v->key = (en_str){key, len};
    return EN_OK;
}

/* Words as the parts of the name have them: particles joined or dropped, titles left out. */
static en_status name_words(const value_reader *r, const en_name *name, link_value *v, en_error *err) {
    name_word words[NAME_WORDS_MAX];
    for (size_t i = 0; i < name->n_parts && v->n_words < NAME_WORDS_MAX; i++) {
        const en_name_part *part = &name->parts[i];
        if (part->kind == EN_PART_TITLE || !part->latin.len) continue;
        words[v->n_words++] = (name_word){part->latin, part->sounds, link_lookup_find(r->forms, part->latin)};
    }
    if (v->n_words < 2) {
        v->n_words = 0;
        return EN_OK;
    }
    name_word *kept = en_arena_alloc(r->arena, v->n_words * sizeof *kept);
    if (!kept) return en_no_memory(err);
    memcpy(kept, words, v->n_words * sizeof *kept);
    v->words = kept;
    return EN_OK;
}

/* What the name parser says of names that need it: other scripts, several parts, particles. */
static en_status parsed_name(const value_reader *r, en_str s, link_value *v, en_error *err) {
    en_name name;
    EN_TRY(en_name_parse(r->text, s, r->arena, &name, err));
    EN_TRY(plain_ascii(r, name.latin, &v->latin, err));
    v->key = name.key;
    v->sounds = name.sounds;
    return name_words(r, &name, v, err);
}

/* Whole dates read the same however they were written. */
static en_status whole_date(const value_reader *r, en_str s, link_value *v, en_error *err) {
    link_read_date(s, r->order, v);
    if (!v->packed) return EN_OK;
    char *digits = en_arena_alloc(r->arena, 24);
    if (!digits) return en_no_memory(err);
    int len = v->century_open ? snprintf(digits, 24, "%02d %02d%02d", (int)v->year % 100, v->month, v->day)
                              : snprintf(digits, 24, "%04d%02d%02d", (int)v->year, v->month, v->day);
    v->latin = (en_str){digits, (size_t)len};
    return EN_OK;
}

static void canonical_sex(link_value *v) {
    static const struct {
        const char *word, *sex;
    } words[] = {{"male", "m"},     {"man", "m"},       {"boy", "m"},      {"homme", "m"},    {"hombre", "m"},
                 {"masculin", "m"}, {"masculino", "m"}, {"muzhskoi", "m"}, {"muz", "m"},      {"1", "m"},
                 {"erkek", "m"},    {"dhkr", "m"},      {"female", "f"},   {"woman", "f"},    {"girl", "f"},
                 {"femme", "f"},    {"mujer", "f"},     {"feminin", "f"},  {"femenino", "f"}, {"zhenskii", "f"},
                 {"w", "f"},        {"2", "f"},         {"kadin", "f"},    {"anthy", "f"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (en_str_eq(v->latin, en_str_of(words[i].word))) v->latin = en_str_of(words[i].sex);
}

static en_status read_name(const value_reader *r, en_str s, link_value *v, en_error *err) {
    bool simple = is_ascii(s) && !memchr(s.ptr, ' ', s.len) && !memchr(s.ptr, '-', s.len);
    if (!simple && s.len <= 4096) {
        EN_TRY(parsed_name(r, s, v, err));
    } else {
        EN_TRY(value_latin(r, s, &v->latin, err));
        EN_TRY(name_key(r, v, err));
        EN_TRY(en_sounds_of(v->latin, r->arena, &v->sounds, err));
    }
    if (!v->n_words) v->forms = link_lookup_find(r->forms, v->latin);
    return EN_OK;
}

/* Keys have no '=': they share a table with names. */
en_status value_place_key(const value_reader *r, const link_value *v, en_str *out, en_error *err) {
    *out = (en_str){"", 0};
    if (v->key.len < 3) return EN_OK;
    char *key = en_arena_alloc(r->arena, v->key.len + 1);
    if (!key) return en_no_memory(err);
    key[0] = '=';
    memcpy(key + 1, v->key.ptr, v->key.len);
    *out = (en_str){key, v->key.len + 1};
    return EN_OK;
}

/* Where the place lies: by its name, else by its consonants. */
static en_status find_place(const value_reader *r, link_value *v, en_error *err) {
    if (!r->gazetteer) return EN_OK;
    v->points = r->gazetteer->points;
    v->forms = link_lookup_find(&r->gazetteer->names, v->latin);
    if (v->forms.n) return EN_OK;
    en_str key;
    EN_TRY(value_place_key(r, v, &key, err));
    v->forms = link_lookup_find(&r->gazetteer->names, key);
    return EN_OK;
}

en_status value_read(const value_reader *r, value_kind kind, en_str s, link_value *v, en_error *err) {
    if (kind == KIND_NAME || kind == KIND_PLACE)
        EN_TRY(read_name(r, s, v, err));
    else
        EN_TRY(value_latin(r, s, &v->latin, err));
    if (kind == KIND_PLACE) EN_TRY(find_place(r, v, err));
    for (size_t i = 0; i < v->latin.len; i++)
        if (v->latin.ptr[i] == ' ' && v->tokens < 250) v->tokens++;
    v->tokens++;
    v->initial = v->latin.len == 1;
    if (kind == KIND_DATE) EN_TRY(whole_date(r, s, v, err));
    link_value_letters(v);
    if (kind == KIND_NUMBER) value_number(v->latin, v);
    if (kind == KIND_SEX) canonical_sex(v);
    return EN_OK;
}

/* ---- words of free text ---- */

static int by_number(const void *pa, const void *pb) {
    const text_word *a = pa, *b = pb;
    return (a->number > b->number) - (a->number < b->number);
}

static en_status number_words(link_value *v, en_map *words, en_arena *arena, en_error *err) {
    text_word *of = en_arena_alloc(arena, ((size_t)v->tokens + 1) * sizeof *of);
    int32_t n = 0, kept = 0;
    en_str token;
    if (!of) return en_no_memory(err);
    for (en_str rest = v->latin; n < v->tokens && link_next_token(&rest, &token); n++)
        EN_TRY(en_map_intern(words, token, &of[n].number, NULL, err));
    qsort(of, (size_t)n, sizeof *of, by_number);
    for (int32_t i = 0; i < n; i++)
        if (!kept || of[kept - 1].number != of[i].number) of[kept++] = of[i];
    v->text_words = of;
    v->n_text_words = kept;
    return EN_OK;
}

/* A word that many values have says little: "street" in common is nothing; a word is rare that at most one value in a
 * hundred has. The weight is the usual one of retrieval,
 * log(values / values with the word) (Sparck Jones 1972). */
static void weigh_words(link_value *v, const int32_t *count, double values) {
    text_word *words = v->text_words;
    for (int32_t i = 0; i < v->n_text_words; i++) {
        words[i].weight = (float)log(values / count[words[i].number]);
        v->text_weight += (double)words[i].weight;
        bool rare = count[words[i].number] <= values / 100 + 2;
        if (rare) v->rare_words |= 1ull << ((uint32_t)words[i].number * 0x9E3779B9u >> 26);
    }
}

en_status value_weigh_words(link_field *f, en_error *err) {
    en_map words = {0};
    en_status status = EN_OK;
    for (int32_t v = 1; status == EN_OK && v < f->n_values; v++)
        status = number_words(&f->values[v], &words, f->arena, err);
    int32_t *count = calloc((size_t)words.len + 1, sizeof *count);
    if (!count && status == EN_OK) status = en_no_memory(err);
    for (int32_t v = 1; status == EN_OK && v < f->n_values; v++)
        for (int32_t i = 0; i < f->values[v].n_text_words; i++) count[f->values[v].text_words[i].number]++;
    for (int32_t v = 1; status == EN_OK && v < f->n_values; v++) weigh_words(&f->values[v], count, f->n_values);
    free(count);
    en_map_clear(&words);
    return status;
}

/* Words for unknown say nothing. */
bool value_is_unknown(en_str latin) {
    static const char *const words[] = {"",          "na",         "n a",      "nan",     "null",
                                        "none",      "unknown",    "unk",      "inconnu", "desconocido",
                                        "unbekannt", "neizvestno", "ghyr mrwf"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (en_str_eq(latin, en_str_of(words[i]))) return true;
    return false;
}
