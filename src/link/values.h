/* Reading the distinct values of columns. */
#ifndef EN_LINK_VALUES_H
#define EN_LINK_VALUES_H

#include "everyname/text.h"
#include "link/linkage.h"

struct link_lookup;
struct link_gazetteer;

typedef struct value_reader {
    en_text *text;
    en_arena *arena; /* lends what values hold */
    en_date_order order;
    const struct link_lookup *forms;        /* for names that people go by; NULL: none are looked up */
    const struct link_gazetteer *gazetteer; /* for places */
} value_reader;

/* What comparing the value needs. `s` may be in any script. */
en_status value_read(const value_reader *r, value_kind kind, en_str s, link_value *v, en_error *err);
/* A place's key, told from names in plain Latin; empty where it is too short to look up by. */
en_status value_place_key(const value_reader *r, const link_value *v, en_str *out, en_error *err);
/* Letters and digits in lower case, one space for all else. */
en_status value_latin(const value_reader *r, en_str s, en_str *out, en_error *err);
/* "34", "45-54", "45+". */
void value_number(en_str latin, link_value *out);
/* Words for unknown say nothing. */
bool value_is_unknown(en_str latin);
/* Numbers and weighs the words of a field of free text. */
en_status value_weigh_words(link_field *f, en_error *err);

bool value_all_digits(en_str s);
int value_digits_at(en_str s, size_t at, size_t n); /* the number that n digits from `at` on write */

#endif
