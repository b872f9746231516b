/* Fuzzes the reader of reports: whatever it takes, every quotation holds exactly the bytes it names and lies in the
 * text, every number lies in its quotation, and every total is a figure. The first byte chooses the language. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must_hold(bool holds) {
    if (!holds) abort();
}

static void check_quotation(en_str text, const en_quotation *at) {
    must_hold(en_quotation_holds(text, at));
    must_hold(at->end - at->start <= EN_EXTRACT_QUOTE_BYTES && at->end > at->start);
}

static void check_figure(en_str text, const en_extraction *e, const en_figure *f) {
    check_quotation(text, &f->at);
    must_hold(f->at.start <= f->number_start && f->number_start < f->number_end && f->number_end <= f->at.end);
    must_hold(f->part_of >= -1 && f->part_of < (int64_t)e->n_figures && f->part_of != f - e->figures);
    must_hold(en_figure_category_name(f->category) && en_figure_group_name(f->group) && en_modality_name(f->modality));
    must_hold(isnan(f->low) || isnan(f->high) || f->low <= f->high);
}

static void check(en_str text, const en_extraction *e) {
    for (size_t i = 0; i < e->n_figures; i++) check_figure(text, e, &e->figures[i]);
    for (size_t i = 0; i < e->n_characterisations; i++) check_quotation(text, &e->characterisations[i].at);
    for (size_t i = 0; i < e->n_instruments; i++) check_quotation(text, &e->instruments[i].at);
    for (size_t i = 0; i < e->n_allegations; i++) check_quotation(text, &e->allegations[i].at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    int languages = 0;
    while (en_extract_languages()[languages]) languages++;
    int chosen = data[0] % (languages + 1);
    en_extract_options options = {.struct_size = sizeof options, .language = en_extract_languages()[chosen]};
    /* a copy of the exact size, so that reading beyond it is seen */
    size_t len = size - 1;
    char *copy = malloc(len ? len : 1);
    if (!copy) return 0;
    memcpy(copy, data + 1, len);
    en_str text = {copy, len};
    en_extraction e;
    en_error err = {0};
    en_status status = en_extract(text, &options, &e, &err);
    if (status == EN_OK)
        check(text, &e);
    else
        must_hold(status == EN_ERR_INPUT && err.message[0] && err.mend[0] && e.n_figures == 0);
    en_extraction_clear(&e);
    free(copy);
    return 0;
}
