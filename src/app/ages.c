#include "app/ages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const en_age_scheme en_ages_default = {
    3, {{0, 17, "0-17"}, {18, 59, "18-59"}, {60, EN_AGE_MOST, "60+"}}, "0-17,18-59,60+"};

/* ---- ages as written ---- */

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* A whole number of at most EN_AGE_MOST at *at, which moves behind it; -1 where there is none. */
static int take_number(en_str s, size_t *at) {
    int number = 0;
    if (*at == s.len || !is_digit(s.ptr[*at])) return -1;
    for (; *at < s.len && is_digit(s.ptr[*at]); ++*at)
        if ((number = number * 10 + (s.ptr[*at] - '0')) > EN_AGE_MOST) return -1;
    return number;
}

static bool has_word(en_str s, const char *const *words) {
    for (; *words; words++) {
        size_t len = strlen(*words);
        for (size_t i = 0; i + len <= s.len; i++) {
            size_t k = 0;
            while (k < len && (s.ptr[i + k] | (s.ptr[i + k] >= 'A' && s.ptr[i + k] <= 'Z' ? 32 : 0)) == (*words)[k])
                k++;
            if (k == len) return true;
        }
    }
    return false;
}

/* The second number of "17-18", "17 – 18", "17 to 18", -1 where the rest is none. */
static int take_end(en_str rest) {
    static const char *const dashes[] = {"-", "\xE2\x80\x93", "to "};
    size_t at = 0;
    while (at < rest.len && rest.ptr[at] == ' ') at++;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t len = strlen(dashes[i]);
        if (rest.len - at < len || memcmp(rest.ptr + at, dashes[i], len) != 0) continue;
        at += len;
        while (at < rest.len && rest.ptr[at] == ' ') at++;
        return take_number(rest, &at);
    }
    return -1;
}

bool en_age_read(en_str cell, int *least, int *most) {
    static const char *const under[] = {"<", "under", "below", "less than", NULL}, *const over[] = {">", "over", NULL};
    static const char *const upwards[] = {"+", "and over", "and older", "and above", "or older", NULL};
    static const char *const months[] = {"month", "mois", "mes", "мес", "міс", "شهر", NULL};
    static const char *const days[] = {"week", "day", "нед", "дн", "يوم", NULL};
    size_t at = 0;
    while (at < cell.len && !is_digit(cell.ptr[at])) at++;
    en_str before = {cell.ptr, at};
    int number = take_number(cell, &at);
    if (number < 0) return false;
    en_str rest = {cell.ptr + at, cell.len - at};
    int end = take_end(rest);
    *least = number;
    *most = end >= 0 ? end : number;
    if (has_word(rest, upwards))
        *most = EN_AGE_MOST;
    else if (has_word(rest, months))
        *least /= 12, *most /= 12;
    else if (has_word(rest, days))
        *least = *most = 0;
    else if (has_word(before, under))
        *least = 0, *most = number > 0 ? number - 1 : 0;
    else if (has_word(before, over))
        *least = number + 1, *most = EN_AGE_MOST;
    return *least <= *most;
}

/* ---- schemes ---- */

static en_status refuse(const char *text, const char *why, en_error *err) {
    en_fail(err, EN_ERR_USAGE, "\"%.100s\" is no scheme of ages: %s", text, why);
    en_error_mend(err, "write groups in rising order, as 0-4,5-17,18-59,60+, or default, five-year, sdg");
    return EN_ERR_USAGE;
}

static const char *named(const char *text) {
    if (strcmp(text, "default") == 0) return en_ages_default.text;
    if (strcmp(text, "sdg") == 0) return "0-17,18+";
    if (strcmp(text, "five-year") == 0)
        return "0-4,5-9,10-14,15-19,20-24,25-29,30-34,35-39,40-44,45-49,50-54,55-59,60-64,65-69,70-74,75-79,80-84,85+";
    return text;
}

/* "5-17", "7" or "60+". */
static bool read_group(en_str part, int *low, int *high) {
    size_t at = 0;
    if ((*low = *high = take_number(part, &at)) < 0) return false;
    if (at < part.len && part.ptr[at] == '+') {
        *high = EN_AGE_MOST;
        return at + 1 == part.len;
    }
    if (at < part.len && part.ptr[at] == '-') {
        at++;
        *high = take_number(part, &at);
    }
    return at == part.len && *high >= *low;
}

static void add_group(en_age_scheme *s, int low, int high) {
    size_t len = strlen(s->text);
    s->of[s->n].low = low;
    s->of[s->n].high = high;
    if (high == EN_AGE_MOST)
        snprintf(s->of[s->n].name, sizeof s->of[s->n].name, "%d+", low);
    else if (low == high)
        snprintf(s->of[s->n].name, sizeof s->of[s->n].name, "%d", low);
    else
        snprintf(s->of[s->n].name, sizeof s->of[s->n].name, "%d-%d", low, high);
    snprintf(s->text + len, sizeof s->text - len, "%s%s", s->n ? "," : "", s->of[s->n].name);
    s->n++;
}

en_status en_ages_parse(const char *text, en_age_scheme *out, en_error *err) {
    int low, high;
    *out = (en_age_scheme){0};
    for (const char *at = named(text); *at;) {
        size_t len = strcspn(at, ",");
        if (out->n == EN_AGE_GROUPS || len > 8) return refuse(text, "it has too many groups, or a long one", err);
        if (!read_group(en_str_trim((en_str){at, len}), &low, &high)) return refuse(text, "a group is no range", err);
        if (out->n && low <= out->of[out->n - 1].high) return refuse(text, "groups meet", err);
        add_group(out, low, high);
        at += len + (at[len] == ',');
    }
    return out->n ? EN_OK : refuse(text, "it is empty", err);
}

const char *en_age_group_of(const en_age_scheme *scheme, int least, int most) {
    bool meets = false;
    for (int i = 0; i < scheme->n; i++) {
        if (least >= scheme->of[i].low && most <= scheme->of[i].high) return scheme->of[i].name;
        meets |= least <= scheme->of[i].high && most >= scheme->of[i].low;
    }
    return meets ? NULL : "outside";
}
