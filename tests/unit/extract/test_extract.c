/* What reports state: sentences with what they state as data (tests/golden/extract), and what must hold of any text. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "everyname/extract.h"
#include "golden_lines.h"

static en_extraction read_text(const char *language, en_str text) {
    en_extract_options options = {.struct_size = sizeof options, .language = language};
    en_extraction e;
    en_error err = {0};
    if (en_extract(text, &options, &e, &err) != EN_OK) fail_msg("%s", err.message);
    for (size_t i = 0; i < e.n_figures; i++) assert_true(en_quotation_holds(text, &e.figures[i].at));
    return e;
}

/* "12 killed children", with unit and modality where they are not the usual ones, and "<41" for a part of 41. */
static void put_figure(const en_extraction *e, const en_figure *f, bool with_total, en_buf *out) {
    if (!isnan(f->best))
        en_buf_addf(out, NULL, "%.0f", f->best);
    else if (!isnan(f->low) && !isnan(f->high))
        en_buf_addf(out, NULL, "%.0f-%.0f", f->low, f->high);
    else
        for (size_t i = 0; i < f->qualifier.len; i++) /* dozens, in lower case */
            en_buf_add_char(out, (char)(f->qualifier.ptr[i] | ((unsigned)(f->qualifier.ptr[i] - 'A') < 26 ? 32 : 0)),
                            NULL);
    en_buf_addf(out, NULL, " %s %s", en_figure_category_name(f->category), en_figure_group_name(f->group));
    if (f->unit != EN_UNIT_PERSON && f->unit != EN_UNIT_NONE)
        en_buf_addf(out, NULL, " %s", en_figure_unit_name(f->unit));
    if (f->modality != EN_MODALITY_STATED) en_buf_addf(out, NULL, " %s", en_modality_name(f->modality));
    if (with_total && f->part_of >= 0) en_buf_addf(out, NULL, " <%.0f", e->figures[f->part_of].best);
}

/* "\\n" in a golden sentence begins a line, "\\t" a cell. */
static en_str with_lines(en_str sentence, en_buf *out) {
    for (size_t i = 0; i < sentence.len; i++) {
        char next = sentence.ptr[i] == '\\' && i + 1 < sentence.len ? sentence.ptr[i + 1] : 0;
        bool space = next == 'n' || next == 't';
        en_buf_add_char(out, next == 'n' ? '\n' : next == 't' ? '\t' : sentence.ptr[i], NULL);
        i += space;
    }
    return en_buf_str(out);
}

static int check_line(const char *language, en_str sentence, en_str wanted) {
    en_buf got = {0}, text = {0};
    en_extraction e = read_text(language, with_lines(sentence, &text));
    bool with_totals = memchr(wanted.ptr, '<', wanted.len) != NULL; /* the line tells of which total each is a part */
    for (size_t i = 0; i < e.n_figures; i++) {
        if (i) en_buf_add(&got, EN_LIT("; "), NULL);
        put_figure(&e, &e.figures[i], with_totals, &got);
    }
    if (!e.n_figures) en_buf_add(&got, EN_LIT("-"), NULL);
    bool same = en_str_eq(en_buf_str(&got), wanted);
    if (!same)
        print_error("%.*s\n  wanted %.*s\n  got    %s\n", (int)sentence.len, sentence.ptr, (int)wanted.len, wanted.ptr,
                    got.ptr);
    en_buf_clear(&got);
    en_buf_clear(&text);
    en_extraction_clear(&e);
    return !same;
}

static int check_figures(void *language, const golden_line *line) {
    return line->has_arrow ? check_line(language, line->text, line->wanted) : 0;
}

static void sentences_state_what_they_state(void **state) {
    (void)state;
    static const char *const languages[] = {"ar", "en", "es", "fr", "ru", "uk"};
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        golden_each(languages[i], check_figures, (void *)(uintptr_t)languages[i]);
}

static void figures_have_their_speaker_and_total(void **state) {
    (void)state;
    en_str text = EN_LIT("At least 41 people, including nine children, were killed in Tessa on 4 March 2031, the "
                         "health ministry's spokesman, "
                         "Colonel Dace Orvik, said. She denied it. \xE2\x80\x9CWe counted 12 wounded,\xE2\x80\x9D "
                         "Mayor Ilo Marn told reporters.");
    en_extraction e = read_text("en", text);
    assert_int_equal(e.n_figures, 3);
    assert_memory_equal(e.figures[0].asserted_by.name.ptr, "Dace Orvik", 10);
    assert_true(e.figures[0].low == 41 && e.figures[0].best == 41 && isnan(e.figures[0].high));
    assert_int_equal(e.figures[1].part_of, 0);
    assert_memory_equal(e.figures[1].asserted_by.name.ptr, "Dace Orvik", 10);
    assert_memory_equal(e.figures[0].event.date.ptr, "2031-03-04", 10);
    assert_memory_equal(e.figures[2].asserted_by.name.ptr, "Ilo Marn", 8);
    en_extraction_clear(&e);
}

static void terms_and_instruments_have_their_body(void **state) {
    (void)state;
    en_str text = EN_LIT(
        "The Assembly of Ravnia recognised the events at Kelm as genocide. The Security Council adopted resolution "
        "3127 (2031), which has never been implemented.");
    en_extraction e = read_text("en", text);
    assert_int_equal(e.n_characterisations, 1);
    assert_int_equal(e.characterisations[0].mode, EN_MODE_RECOGNISES);
    assert_memory_equal(e.characterisations[0].body.ptr, "Assembly of Ravnia", 18);
    assert_int_equal(e.n_instruments, 2);
    assert_int_equal(e.instruments[0].kind, EN_INSTRUMENT_RECOGNITION);
    assert_memory_equal(e.instruments[1].symbol.ptr, "3127 (2031)", 11);
    assert_memory_equal(e.instruments[1].body.ptr, "Security Council", 16);
    assert_int_equal(e.instruments[1].implementation, EN_IMPLEMENTATION_NOT_IMPLEMENTED);
    en_extraction_clear(&e);
}

/* Ten megabytes without a line feed: time and memory stay in proportion. */
static void one_long_line_is_read(void **state) {
    (void)state;
    static const char PIECE[] = "12 killed, 30 \"wounded, ";
    size_t n = (2u << 20) / (sizeof PIECE - 1), len = n * (sizeof PIECE - 1);
    char *text = malloc(len);
    assert_non_null(text);
    for (size_t i = 0; i < n; i++) memcpy(text + i * (sizeof PIECE - 1), PIECE, sizeof PIECE - 1);
    en_extraction e = read_text("en", (en_str){text, len});
    assert_true(e.n_figures > n / 2);
    en_extraction_clear(&e);
    free(text);
}

static void what_is_no_text_is_refused(void **state) {
    (void)state;
    en_extraction e;
    en_error err;
    assert_int_equal(en_extract(EN_LIT("12 killed \xff"), NULL, &e, &err), EN_ERR_INPUT);
    assert_int_equal(err.byte, 10);
    en_extract_options options = {.struct_size = sizeof options, .language = "xx"};
    assert_int_equal(en_extract(EN_LIT("12 killed"), &options, &e, &err), EN_ERR_UNSUPPORTED);
    assert_int_equal(en_extract(EN_LIT(""), NULL, &e, &err), EN_OK);
    assert_int_equal(e.n_figures, 0);
    en_extraction_clear(&e);
}

/* A hyphenated word of numbers at the very end of the text was read one byte beyond it. */
static void a_text_may_end_in_a_word_of_numbers(void **state) {
    (void)state;
    static const char TEXT[] = "Twenty-t";
    char *exact = malloc(sizeof TEXT - 1);
    assert_non_null(exact);
    memcpy(exact, TEXT, sizeof TEXT - 1);
    en_extraction e = read_text("en", (en_str){exact, sizeof TEXT - 1});
    assert_int_equal(e.n_figures, 0);
    en_extraction_clear(&e);
    free(exact);
}

static void names_read_back(void **state) {
    (void)state;
    for (int i = 0; i < EN_FIGURE_CATEGORIES; i++) {
        en_figure_category back;
        assert_true(en_figure_category_of(en_str_of(en_figure_category_name((en_figure_category)i)), &back));
        assert_int_equal(back, i);
    }
    en_figure_unit unit;
    assert_false(en_figure_unit_of(EN_LIT("horse"), &unit));
    assert_null(en_figure_unit_name(EN_UNIT_NONE));
    assert_null(en_implementation_name(EN_IMPLEMENTATION_UNSAID));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_state_what_they_state),
        cmocka_unit_test(figures_have_their_speaker_and_total),
        cmocka_unit_test(terms_and_instruments_have_their_body),
        cmocka_unit_test(one_long_line_is_read),
        cmocka_unit_test(what_is_no_text_is_refused),
        cmocka_unit_test(a_text_may_end_in_a_word_of_numbers),
        cmocka_unit_test(names_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
