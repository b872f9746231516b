/* What a glance at two values says is so: where it says "different", comparing them says so too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/rng.h"
#include "link/glance.h"
#include "link_lists.h"

enum { VALUES = 400 };

/* Values of which many are near another: a quarter are new, the others the last but some with a mistake or two. */
static void invent(en_rng *rng, value_kind kind, char out[VALUES][48]) {
    for (int i = 0; i < VALUES; i++) {
        if (i && en_rng_below(rng, 4)) {
            strcpy(out[i], out[i - 1 - (int)en_rng_below(rng, i < 20 ? (uint64_t)i : 20)]);
            char *word = out[i];
            size_t at = en_rng_below(rng, strlen(word) + 1);
            bool number = kind == KIND_DATE || kind == KIND_ID;
            char c = (char)(number ? '0' + en_rng_below(rng, 10) : 'a' + en_rng_below(rng, 26));
            if (en_rng_below(rng, 3) == 0 && strlen(word) > 2)
                memmove(word + at, word + at + (word[at] != 0), strlen(word + at));
            else if (word[at] && word[at] != '-')
                word[at] = c;
            continue;
        }
        if (kind == KIND_DATE)
            snprintf(out[i], 48, "%u-%02u-%02u", 1900 + (unsigned)en_rng_below(rng, 110),
                     1 + (unsigned)en_rng_below(rng, 12), 1 + (unsigned)en_rng_below(rng, 28));
        else if (kind == KIND_ID || kind == KIND_EXACT)
            snprintf(out[i], 48, "%s%u", en_rng_below(rng, 2) ? "ab" : "", (unsigned)en_rng_below(rng, 1000000));
        else
            test_word(rng, 1 + (int)en_rng_below(rng, 4), out[i]);
        if ((kind == KIND_NAME || kind == KIND_TEXT) && en_rng_below(rng, 5) == 0) {
            size_t len = strlen(out[i]);
            out[i][len] = ' ';
            test_word(rng, 2, out[i] + len + 1);
        }
    }
}

static en_role role_of(value_kind kind) {
    static const en_role roles[] = {
        [KIND_NAME] = EN_ROLE_FAMILY,  [KIND_DATE] = EN_ROLE_BIRTH, [KIND_NUMBER] = EN_ROLE_NUMBER,
        [KIND_ID] = EN_ROLE_ID_NUMBER, [KIND_TEXT] = EN_ROLE_TEXT,  [KIND_EXACT] = EN_ROLE_EXACT,
        [KIND_SEX] = EN_ROLE_SEX};
    return roles[kind];
}

static void never_says_different_of_what_is_not(value_kind kind) {
    static char words[VALUES][48];
    static const char *const columns[] = {"value"};
    en_rng rng;
    en_rng_init(&rng, 83, (uint64_t)kind);
    invent(&rng, kind, words);
    en_table_builder *builder = NULL;
    en_table table = {0};
    en_link_result result = {0};
    link_set set = {.result = &result};
    assert_int_equal(en_table_builder_new(columns, 1, &builder, NULL), EN_OK);
    for (int i = 0; i < VALUES; i++) {
        en_str cell = en_str_of(words[i]);
        assert_int_equal(en_table_builder_row(builder, &cell, -1, 0, NULL), EN_OK);
    }
    assert_int_equal(en_table_builder_finish(builder, &table, NULL), EN_OK);
    en_table_builder_free(builder);
    en_link_field field = {role_of(kind), "value"};
    en_link_options options = EN_LINK_OPTIONS_INIT;
    options.fields = &field;
    options.n_fields = 1;
    assert_int_equal(link_prepare(&table, &options, &set, NULL), EN_OK);
    assert_int_equal(link_glances_take(&set, NULL), EN_OK);
    const link_field *f = &set.fields[0];
    int64_t different = 0, seen = 0;
    for (int32_t a = 1; a < f->n_values; a++)
        for (int32_t b = 1; b < f->n_values; b++) {
            if (a == b) continue;
            int level = link_value_level(f, a, b);
            bool sure = link_surely_different(f->kind, &f->glances[a], &f->glances[b]);
            different += level == f->n_levels;
            seen += sure;
            if (sure && level != f->n_levels)
                fail_msg("\"%.*s\" and \"%.*s\" are at level %d", (int)f->values[a].latin.len, f->values[a].latin.ptr,
                         (int)f->values[b].latin.len, f->values[b].latin.ptr, level);
        }
    assert_true(seen * 8 > different); /* and it is worth a glance */
    link_set_clear(&set);
    en_table_clear(&table);
}

static void names(void **state) {
    (void)state;
    never_says_different_of_what_is_not(KIND_NAME);
}

static void dates(void **state) {
    (void)state;
    never_says_different_of_what_is_not(KIND_DATE);
}

static void identifiers(void **state) {
    (void)state;
    never_says_different_of_what_is_not(KIND_ID);
}

static void texts(void **state) {
    (void)state;
    never_says_different_of_what_is_not(KIND_TEXT);
}

static void codes(void **state) {
    (void)state;
    never_says_different_of_what_is_not(KIND_EXACT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names), cmocka_unit_test(dates), cmocka_unit_test(identifiers),
        cmocka_unit_test(texts), cmocka_unit_test(codes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
