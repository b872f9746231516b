/* Who says it, terms, instruments, allegations and a report's own head: texts with what they state as data
 * (tests/golden/extract/said). */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "everyname/extract.h"
#include "golden_lines.h"

typedef void (*put_items)(const en_extraction *e, en_buf *out);

/* A field of an item; those that are empty at its end are left out again by end_item. */
static void put_field(en_buf *out, en_str field) {
    en_buf_add(out, EN_LIT(" | "), NULL);
    en_buf_add(out, field.len ? field : EN_LIT("-"), NULL);
}

static void end_item(en_buf *out) {
    while (out->len >= 4 && memcmp(out->ptr + out->len - 4, " | -", 4) == 0) out->len -= 4;
    en_buf_add(out, EN_LIT("; "), NULL);
}

static en_str or_dash(en_str s) { return s.len ? s : EN_LIT("-"); }

static void put_speakers(const en_extraction *e, en_buf *out) {
    for (size_t i = 0; i < e->n_figures; i++) {
        const en_figure *f = &e->figures[i];
        if (isnan(f->best))
            en_buf_add(out, or_dash(f->qualifier), NULL);
        else
            en_buf_addf(out, NULL, "%.0f", f->best);
        en_buf_add_char(out, ' ', NULL);
        en_buf_add(out, or_dash(f->asserted_by.name), NULL);
        put_field(out, f->asserted_by.role);
        end_item(out);
    }
}

static void put_terms(const en_extraction *e, en_buf *out) {
    for (size_t i = 0; i < e->n_characterisations; i++) {
        const en_characterisation *c = &e->characterisations[i];
        en_buf_addf(out, NULL, "%s ", en_characterisation_mode_name(c->mode));
        en_buf_add(out, c->term, NULL);
        put_field(out, c->body);
        if (c->via.len) {
            en_buf_add(out, EN_LIT(" | via "), NULL);
            en_buf_add(out, c->via, NULL);
        }
        end_item(out);
    }
}

static void put_instruments(const en_extraction *e, en_buf *out) {
    for (size_t i = 0; i < e->n_instruments; i++) {
        const en_instrument *n = &e->instruments[i];
        en_buf_addf(out, NULL, "%s ", en_instrument_kind_name(n->kind));
        if (isnan(n->count))
            en_buf_add(out, or_dash(n->symbol), NULL);
        else
            en_buf_addf(out, NULL, "x%.0f", n->count);
        put_field(out, n->body);
        const char *implementation = en_implementation_name(n->implementation);
        put_field(out, implementation ? en_str_of(implementation) : (en_str){0});
        if (n->asserted_by.name.len) {
            en_buf_add(out, EN_LIT(" | by "), NULL);
            en_buf_add(out, n->asserted_by.name, NULL);
        }
        end_item(out);
    }
}

static void put_allegations(const en_extraction *e, en_buf *out) {
    for (size_t i = 0; i < e->n_allegations; i++) {
        const en_allegation *a = &e->allegations[i];
        en_buf_add(out, or_dash(a->actor), NULL);
        put_field(out, a->act);
        put_field(out, a->asserted_by.name);
        put_field(out, a->response);
        end_item(out);
    }
}

static void put_source(const en_extraction *e, en_buf *out) {
    en_buf_add(out, or_dash(e->source.title), NULL);
    put_field(out, e->source.place);
    put_field(out, e->source.date);
    put_field(out, e->source.agency);
    put_field(out, e->source.author);
    end_item(out);
}

static const struct {
    const char *name;
    put_items put;
} SECTIONS[] = {{"[speakers]", put_speakers},
                {"[terms]", put_terms},
                {"[instruments]", put_instruments},
                {"[allegations]", put_allegations},
                {"[source]", put_source}};

/* "//" begins a new paragraph. */
static void put_text(en_buf *out, en_str written) {
    for (size_t i = 0; i < written.len; i++) {
        bool paragraph = i + 4 <= written.len && memcmp(written.ptr + i, " // ", 4) == 0;
        if (paragraph)
            en_buf_add(out, EN_LIT("\n\n"), NULL), i += 3;
        else
            en_buf_add_char(out, written.ptr[i], NULL);
    }
}

static void check_quotations(en_str text, const en_extraction *e) {
    for (size_t i = 0; i < e->n_figures; i++) assert_true(en_quotation_holds(text, &e->figures[i].at));
    for (size_t i = 0; i < e->n_characterisations; i++)
        assert_true(en_quotation_holds(text, &e->characterisations[i].at));
    for (size_t i = 0; i < e->n_instruments; i++) assert_true(en_quotation_holds(text, &e->instruments[i].at));
    for (size_t i = 0; i < e->n_allegations; i++) assert_true(en_quotation_holds(text, &e->allegations[i].at));
}

static int check_line(const char *language, put_items put, en_str written, en_str wanted) {
    en_extract_options options = {.struct_size = sizeof options, .language = language};
    en_buf text = {0}, got = {0};
    en_extraction e;
    en_error err = {0};
    put_text(&text, written);
    if (en_extract(en_buf_str(&text), &options, &e, &err) != EN_OK) fail_msg("%s", err.message);
    check_quotations(en_buf_str(&text), &e);
    put(&e, &got);
    if (got.len >= 2) got.len -= 2; /* the last "; " */
    if (!got.len) en_buf_add_char(&got, '-', NULL);
    bool same = en_str_eq(en_buf_str(&got), wanted);
    if (!same)
        print_error("%.*s\n  wanted %.*s\n  got    %.*s\n", (int)written.len, written.ptr, (int)wanted.len, wanted.ptr,
                    (int)got.len, got.ptr);
    en_extraction_clear(&e);
    en_buf_clear(&text);
    en_buf_clear(&got);
    return !same;
}

static put_items section_of(en_str line, put_items now) {
    for (size_t i = 0; i < sizeof SECTIONS / sizeof *SECTIONS; i++)
        if (en_str_eq(line, en_str_of(SECTIONS[i].name))) return SECTIONS[i].put;
    return now;
}

typedef struct said {
    const char *language;
    put_items put; /* of the section */
} said;

static int check_said(void *ctx, const golden_line *line) {
    said *in = ctx;
    in->put = section_of(line->whole, in->put);
    return line->has_arrow && in->put ? check_line(in->language, in->put, line->text, line->wanted) : 0;
}

static void check_file(const char *language) {
    char name[32];
    said in = {.language = language};
    snprintf(name, sizeof name, "said/%s", language);
    golden_each(name, check_said, &in);
}

static void speech_is_read(void **state) {
    (void)state;
    check_file("en");
    check_file("ar");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(speech_is_read)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
