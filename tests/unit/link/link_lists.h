/* Invented lists for the tests of link: people, and copies of their records with mistakes. */
#ifndef TEST_LINK_LISTS_H
#define TEST_LINK_LISTS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "everyname/link.h"

typedef struct test_record {
    char list[8], id[16], given[24], family[24], birth[16], place[24];
    int32_t person;
} test_record;

static const char *const test_columns[] = {"list", "id", "given", "family", "birth", "place"};
enum { TEST_COLUMNS = 6 };

static inline void test_word(en_rng *rng, int syllables, char *out) {
    static const char onsets[] = "bdfgklmnprstvz", vowels[] = "aeiou";
    int n = 0;
    for (int i = 0; i < syllables; i++) {
        out[n++] = onsets[en_rng_u32(rng) % (sizeof onsets - 1)];
        out[n++] = vowels[en_rng_u32(rng) % (sizeof vowels - 1)];
        if (en_rng_u32(rng) % 3 == 0) out[n++] = onsets[en_rng_u32(rng) % (sizeof onsets - 1)];
    }
    out[n] = 0;
}

static inline void test_mistake(en_rng *rng, char *word) {
    size_t len = strlen(word);
    if (len > 1) word[1 + en_rng_u32(rng) % (len - 1)] = (char)('a' + en_rng_u32(rng) % 26);
}

/* `people` people, each in every list; a tenth of the copies' values are wrong. Words repeat as names do. */
static inline test_record *test_lists(int people, int lists, uint64_t seed) {
    enum { NAMES = 300 };
    static char given[NAMES][24], family[NAMES][24], place[40][24];
    en_rng rng;
    en_rng_init(&rng, seed, 0);
    for (int i = 0; i < NAMES; i++) test_word(&rng, 2, given[i]), test_word(&rng, 3, family[i]);
    for (int i = 0; i < 40; i++) test_word(&rng, 3, place[i]);
    test_record *records = calloc((size_t)people * (size_t)lists + 1, sizeof *records);
    for (int p = 0; p < people; p++) {
        test_record r = {.person = p};
        strcpy(r.given, given[en_rng_u32(&rng) % NAMES]);
        strcpy(r.family, family[en_rng_u32(&rng) % NAMES]);
        strcpy(r.place, place[en_rng_u32(&rng) % 40]);
        snprintf(r.birth, sizeof r.birth, "%u-%02u-%02u", 1930 + en_rng_u32(&rng) % 80, 1 + en_rng_u32(&rng) % 12,
                 1 + en_rng_u32(&rng) % 28);
        for (int l = 0; l < lists; l++) {
            test_record *copy = &records[p * lists + l];
            *copy = r;
            snprintf(copy->list, sizeof copy->list, "L%d", l);
            snprintf(copy->id, sizeof copy->id, "%d-%d", p, l);
            if (en_rng_u32(&rng) % 10 == 0) test_mistake(&rng, copy->given);
            if (en_rng_u32(&rng) % 10 == 0) test_mistake(&rng, copy->family);
            if (en_rng_u32(&rng) % 10 == 0) copy->place[0] = 0;
            if (en_rng_u32(&rng) % 10 == 0) copy->birth[9] = (char)('0' + en_rng_u32(&rng) % 9);
        }
    }
    return records;
}

/* order[i] is the record in row i; NULL for their own order. */
static inline en_status test_table(const test_record *records, const int32_t *order, int n, en_table *out) {
    en_table_builder *builder = NULL;
    en_status status = en_table_builder_new(test_columns, TEST_COLUMNS, &builder, NULL);
    for (int i = 0; status == EN_OK && i < n; i++) {
        const test_record *r = &records[order ? order[i] : i];
        en_str cells[] = {en_str_of(r->list),   en_str_of(r->id),    en_str_of(r->given),
                          en_str_of(r->family), en_str_of(r->birth), en_str_of(r->place)};
        status = en_table_builder_row(builder, cells, -1, 0, NULL);
    }
    if (status == EN_OK) status = en_table_builder_finish(builder, out, NULL);
    en_table_builder_free(builder);
    return status;
}

static const en_link_field test_fields[] = {
    {EN_ROLE_GIVEN, "given"}, {EN_ROLE_FAMILY, "family"}, {EN_ROLE_BIRTH, "birth"}, {EN_ROLE_PLACE, "place"}};

static inline en_link_options test_options(bool one_per_list) {
    en_link_options options = EN_LINK_OPTIONS_INIT;
    options.fields = test_fields;
    options.n_fields = sizeof test_fields / sizeof *test_fields;
    options.id_column = "id";
    options.list_column = "list";
    options.one_per_list = one_per_list;
    options.seed = 7;
    options.threads = 2;
    return options;
}

#endif
