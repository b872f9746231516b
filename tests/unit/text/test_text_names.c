/* Names taken apart and folded: golden lines, invariants, bad input, and threads that each hold their own en_text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "everyname/limits.h"
#include "everyname/text.h"

static en_text *text;
static en_arena *arena;

static int open_text(void **state) {
    (void)state;
    arena = en_arena_new();
    return arena && en_text_open(&text, NULL) == EN_OK ? 0 : -1;
}

static int close_text(void **state) {
    (void)state;
    en_text_close(text);
    en_arena_free(arena);
    return 0;
}

static void describe(const char *written, en_buf *out) {
    en_name name;
    assert_int_equal(en_name_parse(text, en_str_of(written), arena, &name, NULL), EN_OK);
    en_buf_addf(out, NULL, "%s\t%s\t%s\t", written, en_script_name(name.script), name.latin.ptr);
    for (size_t i = 0; i < name.n_parts; i++) {
        const en_name_part *p = &name.parts[i];
        en_buf_addf(out, NULL, "%s%s:%.*s=%s", i ? "; " : "", en_part_kind_name(p->kind), (int)p->text.len, p->text.ptr,
                    p->latin.ptr);
    }
    en_buf_addf(out, NULL, "\t%s", name.key.ptr);
}

static void test_golden_names(void **state) {
    (void)state;
    char line[1024];
    FILE *f = fopen(EN_GOLDEN "/text/names.tsv", "rb");
    assert_non_null(f);
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#') continue;
        char written[1024];
        en_buf got = {0};
        snprintf(written, sizeof written, "%.*s", (int)strcspn(line, "\t"), line);
        describe(written, &got);
        assert_string_equal(got.ptr, line);
        en_buf_clear(&got);
    }
    fclose(f);
}

static const char *key_of(const char *written) {
    en_name name;
    assert_int_equal(en_name_parse(text, en_str_of(written), arena, &name, NULL), EN_OK);
    return name.key.ptr;
}

static void test_spellings_meet(void **state) {
    (void)state;
    static const char *const same[][2] = {
        {"Abd al-Rahman", "Abdulrahman"},
        {"Abdul Rahman", "عبد الرحمن"},
        {"al-Masri", "المصري"},
        {"Garcia, Maria", "Maria Garcia"},
        {"Ковачевић", "Kovačević"},
        {"Kovačević", "Kovacevic"},
        {"Papadopoulos", "Παπαδόπουλος"},
        {"Grigoryan", "Գրիգորյան"},
        {"Məmməd", "Mammad"},
        {"Giorgi", "გიორგი"},
        {"Cohen", "כהן"},
        {"Шевченко", "Shevchenko"},
        {"Йосиф", "\u0418\u0306осиф"},
        {"محمد", "مُحَمَّد"},
        {"أحمد", "احمد"},
        {"dr ahmad masri", "ahmad masri"},
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) assert_string_equal(key_of(same[i][0]), key_of(same[i][1]));
    assert_string_not_equal(key_of("Ivan"), key_of("Oleg"));
}

static bool alike(const char *a, const char *b) {
    en_name x, y;
    assert_int_equal(en_name_parse(text, en_str_of(a), arena, &x, NULL), EN_OK);
    assert_int_equal(en_name_parse(text, en_str_of(b), arena, &y, NULL), EN_OK);
    assert_int_equal(en_sounds_alike(&x.sounds, &y.sounds), en_sounds_alike(&y.sounds, &x.sounds));
    return en_sounds_alike(&x.sounds, &y.sounds);
}

/* Common given names and invented family names, a script each. */
static void test_sounds_alike(void **state) {
    (void)state;
    static const char *const same[][2] = {
        {"Mustafa", "مصطفى"},       {"Fereydoun", "فریدون"},
        {"Shmuel", "שמואל"},        {"Alexei", "Алексей"},
        {"Oleksandr", "Олександр"}, {"Hasan", "Һәсән"},
        {"Məhəmməd", "Mahammad"},   {"Hovhannes", "Հովհաննես"},
        {"Tamar", "თამარ"},         {"Konstantinos", "Κωνσταντίνος"},
        {"Şükrü", "Shukru"},        {"Muhammad", "Mohamed"},
        {"Yousef", "Jusuf"},
    };
    static const char *const other[][2] = {
        {"Petrosyan", "Hakobyan"}, {"Ivanov", "Smirnov"}, {"Ali", "علاء"}, {"Boris", "Karim"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (!alike(same[i][0], same[i][1])) fail_msg("%s and %s", same[i][0], same[i][1]);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        if (alike(other[i][0], other[i][1])) fail_msg("%s and %s", other[i][0], other[i][1]);
}

static void test_folding(void **state) {
    (void)state;
    static const char *const folded[][2] = {
        {"  A  b\tC ", "a b c"},
        {"Straße", "strasse"},
        {"ﬁn\u00A0x", "fin x"},
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ"},
        {"", ""},
        {" ", ""},
    };
    static const char *const latin[][2] = {
        {"Łódź", "lodz"},    {"O'Hara-Smith", "ohara smith"}, {"Ñandú", "nandu"}, {"Şəki", "saki"},
        {"Xəzər", "khazar"}, {"IŞIK İzmir", "isik izmir"},    {"№ 12", "no 12"},  {"", ""},
        {"---", ""},
    };
    en_str out;
    for (size_t i = 0; i < sizeof folded / sizeof *folded; i++) {
        assert_int_equal(en_text_fold(text, en_str_of(folded[i][0]), arena, &out, NULL), EN_OK);
        assert_string_equal(out.ptr, folded[i][1]);
    }
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
        assert_int_equal(en_text_latin(text, en_str_of(latin[i][0]), arena, &out, NULL), EN_OK);
        assert_string_equal(out.ptr, latin[i][1]);
    }
}

static void test_bad_input(void **state) {
    (void)state;
    static const char *const bad[] = {"ab\xff",    "ab\xc3(", "ab\xed\xa0\x80", "ab\xc0\x80", "ab\xf5\x80\x80\x80",
                                      "ab\xe2\x82"};
    en_str out;
    en_name name;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        en_error err = {0};
        assert_int_equal(en_text_fold(text, en_str_of(bad[i]), arena, &out, &err), EN_ERR_INPUT);
        assert_int_equal(err.byte, 2);
        assert_int_equal(en_text_latin(text, en_str_of(bad[i]), arena, &out, &err), EN_ERR_INPUT);
        assert_int_equal(err.byte, 2);
        assert_int_equal(en_name_parse(text, en_str_of(bad[i]), arena, &name, &err), EN_ERR_INPUT);
        assert_int_equal(err.byte, 2);
    }
    static char longest[EN_LIMIT_NAME_BYTES + 1];
    memset(longest, 'a', sizeof longest);
    assert_int_equal(en_name_parse(text, (en_str){longest, sizeof longest}, arena, &name, NULL), EN_ERR_LIMIT);
    assert_int_equal(en_name_parse(text, (en_str){longest, sizeof longest - 1}, arena, &name, NULL), EN_OK);
}

/* Random letters of all scripts, marks and separators: parsing never fails, Latin is plain, keys are sorted. */
static void test_any_letters(void **state) {
    (void)state;
    static const char *const pieces[] = {"a",  "Z",  " ",  "-",   ",",     "'",     ".",      "ä",      "ə",
                                         "ال", "و",  "ي",  "ه",   "ب",     "ן",     "ו",      "׳",      "ж",
                                         "ё",  "μπ", "ού", "ς",   "և",     "ჰ",     "\u0301", "\u200D", "中",
                                         "ｱ",  "½",  "𝒜",  "abd", " bin ", " abu ", " oglu",  "dr ",    "\u0130"};
    en_rng rng;
    en_rng_init(&rng, 3, 0);
    for (int round = 0; round < 3000; round++) {
        en_buf s = {0};
        en_name name;
        for (size_t n = en_rng_below(&rng, 14); n > 0; n--)
            en_buf_addf(&s, NULL, "%s", pieces[en_rng_below(&rng, sizeof pieces / sizeof *pieces)]);
        assert_int_equal(en_name_parse(text, en_buf_str(&s), arena, &name, NULL), EN_OK);
        for (size_t i = 0; i < name.latin.len; i++) {
            char c = name.latin.ptr[i];
            assert_true((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' ');
        }
        for (size_t i = 1; i < name.n_keys; i++) assert_true(en_str_cmp(name.keys[i - 1], name.keys[i]) < 0);
        en_buf_clear(&s);
    }
}

static void test_small_buffers(void **state) {
    (void)state;
    char buf[4] = "xyz";
    assert_int_equal(en_text_skeleton(EN_LIT("grigoryan"), buf, 4), 3);
    assert_int_equal(strlen(buf), 3);
    assert_int_equal(en_text_phonetic(EN_LIT("grigoryan"), buf, 2), 1);
    assert_int_equal(en_text_skeleton(EN_LIT("grigoryan"), buf, 0), 0);
    assert_int_equal(en_text_skeleton(EN_LIT(""), buf, 4), 0);
}

static en_status parse_alone(void *ctx, size_t task, int worker, en_error *err) {
    (void)worker;
    char *key = (char *)ctx + task * 64;
    en_text *own = NULL;
    en_arena *scratch = en_arena_new();
    en_name name = {0};
    en_status status = en_text_open(&own, err);
    for (int i = 0; status == EN_OK && i < 50; i++)
        status = en_name_parse(own, EN_LIT("मोहन Müller Σίσυφος"), scratch, &name, err);
    if (status == EN_OK) snprintf(key, 64, "%s", name.key.ptr);
    en_text_close(own);
    en_arena_free(scratch);
    return status;
}

static void test_threads(void **state) {
    (void)state;
    static char keys[8][64];
    assert_int_equal(en_parallel_for(8, 4, parse_alone, keys, "names", NULL, NULL), EN_OK);
    for (int i = 0; i < 8; i++) assert_string_equal(keys[i], key_of("मोहन Müller Σίσυφος"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden_names),  cmocka_unit_test(test_spellings_meet),
        cmocka_unit_test(test_sounds_alike),  cmocka_unit_test(test_folding),
        cmocka_unit_test(test_bad_input),     cmocka_unit_test(test_any_letters),
        cmocka_unit_test(test_small_buffers), cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, open_text, close_text);
}
