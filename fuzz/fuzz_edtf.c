/* Fuzzes the reader of dates: what it accepts prints to a text that means the same days and prints the same again; what
 * it refuses says why and what to do. The first byte chooses the stated order. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/when.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_hold(bool holds) {
    if (!holds) abort();
}

static void check_print_round_trip(const en_when *when) {
    char printed[96], again[96];
    en_when back;
    size_t len = en_when_print(when, printed, sizeof printed);
    must_hold(len < sizeof printed && len == strlen(printed));
    must_hold(en_when_parse((en_str){printed, len}, EN_ORDER_UNSTATED, &back, NULL) == EN_OK);
    must_hold(back.first_day == when->first_day && back.last_day == when->last_day);
    must_hold(back.is_interval == when->is_interval && back.from_kind == when->from_kind &&
              back.to_kind == when->to_kind);
    must_hold(en_when_print(&back, again, sizeof again) == len && strcmp(printed, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    en_str text = {(const char *)data + 1, size - 1};
    en_when when, document;
    en_error err = {0};
    if (en_when_parse(text, (en_date_order)(data[0] & 3), &when, &err) != EN_OK) {
        must_hold(err.status == EN_ERR_INPUT && err.message[0] && err.mend[0]);
        return 0;
    }
    must_hold(when.first_day <= when.last_day);
    check_print_round_trip(&when);
    int least, most;
    must_hold(en_when_compare(&when, &when) == EN_WHEN_EQUAL);
    if (en_age_at(&when, &when, &least, &most)) must_hold(least == 0 && most >= 0);
    must_hold(en_when_parse(EN_LIT("1994-05-17"), EN_ORDER_UNSTATED, &document, NULL) == EN_OK);
    if (en_when_fill_year(&when, &document, NULL) != EN_OK) return 0;
    must_hold(when.first_day <= document.last_day && when.from.year_filled);
    check_print_round_trip(&when);
    return 0;
}
