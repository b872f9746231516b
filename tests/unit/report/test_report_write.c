/* The report as files: the same bytes each time, nobody named who must not be, every number leading somewhere, one
 * well-formed page that loads nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/os.h"
#include "report/report.h"
#include "report_fixture.h"

static const char *const files[] = {"report.html", "report.json", "counts.csv",  "overlap.csv",     "estimates.csv",
                                    "sources.csv", "persons.csv", "records.csv", "datapackage.json"};
enum { FILES = sizeof files / sizeof *files };

typedef struct written {
    char *text[FILES];
} written;

static char *read_file(const char *dir, const char *name) {
    char path[1024];
    en_os_map map;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    assert_int_equal(en_os_map_file(path, &map, NULL), EN_OK);
    char *text = calloc(map.bytes.len + 1, 1);
    memcpy(text, map.bytes.ptr, map.bytes.len);
    en_os_unmap(&map);
    return text;
}

static written write_report(const fixture *f, bool with_estimate, bool names, const char *dir) {
    char path[512];
    en_error err = {0};
    written out;
    en_report_options options = {.names = names};
    const char *scratch = en_os_env("REPORT_SCRATCH");
    snprintf(path, sizeof path, "%s/%s", scratch ? scratch : SCRATCH, dir);
    en_status status = en_report_write(&f->account, with_estimate ? &f->estimate : NULL, path, &options, &err);
    if (status != EN_OK) print_message("%s\n", err.message);
    assert_int_equal(status, EN_OK);
    for (int i = 0; i < FILES; i++) out.text[i] = read_file(path, files[i]);
    return out;
}

static void forget(written *w) {
    for (int i = 0; i < FILES; i++) free(w->text[i]);
}

static void test_same_bytes(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f, 300, false);
    written a = write_report(&f, true, false, "once"), b = write_report(&f, true, false, "again");
    for (int i = 0; i < FILES; i++) assert_string_equal(a.text[i], b.text[i]);
    forget(&a);
    forget(&b);
    fixture_close(&f);
}

/* ---- protection ---- */

/* A name as HTML writes it. */
static void escape(const char *name, char *out) {
    for (; *name; name++) out += *name == '\'' ? sprintf(out, "&#39;") : sprintf(out, "%c", *name);
}

static void test_names_nobody_who_may_be_living(void **state) {
    (void)state;
    fixture f;
    char escaped[256];
    int64_t shown = 0, hidden = 0;
    fixture_open(&f, 400, false);
    written w = write_report(&f, true, false, "protected");
    for (int64_t i = 0; i < f.account.n_persons; i++) {
        const en_account_person *p = &f.account.persons[i];
        bool is_protected = p->may_be_living || p->may_be_minor;
        escape(p->name, escaped);
        bool named = false;
        for (int k = 0; k < FILES; k++) named |= strstr(w.text[k], p->name) || strstr(w.text[k], escaped);
        assert_int_equal(named, !is_protected);
        if (named)
            shown++;
        else
            hidden++;
    }
    assert_true(shown > 50 && hidden > 50);
    assert_null(strstr(w.text[0], "<q "));
    assert_null(strstr(w.text[1], "\"quote\""));
    assert_null(strstr(w.text[7], "quote"));
    forget(&w);
    fixture_close(&f);
}

static void test_names_all_when_asked(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f, 100, false);
    written w = write_report(&f, true, true, "names");
    for (int64_t i = 0; i < f.account.n_persons; i++) assert_non_null(strstr(w.text[6], f.account.persons[i].name));
    assert_non_null(strstr(w.text[0], "<q "));
    assert_non_null(strstr(w.text[0], "This report names people who may be living"));
    assert_null(strstr(w.text[0], ">withheld<"));
    forget(&w);
    fixture_close(&f);
}

/* Rows of persons.csv about those who may be living hold neither sex, age group, place nor month. */
static void test_living_have_no_values(void **state) {
    (void)state;
    fixture f;
    int64_t i = 0;
    fixture_open(&f, 300, false);
    written w = write_report(&f, true, false, "values");
    char *line = strchr(w.text[6], '\n') + 1;
    for (char *end; (end = strchr(line, '\n')); line = end + 1, i++) {
        *end = 0;
        if (!f.account.persons[i].may_be_living) continue;
        assert_non_null(strstr(line, ",,"));
        for (const char *word = "male,female,18-59,0-17,60+,1998-,Karvel,Sorth,Mell"; *word;) {
            char one[16];
            size_t n = strcspn(word, ",");
            snprintf(one, sizeof one, ",%.*s", (int)n, word);
            assert_null(strstr(line, one));
            word += n + (word[n] == ',');
        }
    }
    assert_int_equal(i, f.account.n_persons);
    forget(&w);
    fixture_close(&f);
}

static bool says_unknown(const json_t *row) {
    const char *status = json_string_value(json_object_get(row, "status"));
    const char *sex = json_string_value(json_object_get(row, "sex"));
    const char *age = json_string_value(json_object_get(row, "age_group"));
    return strcmp(status, "unknown") == 0 || (sex && strcmp(sex, "unknown") == 0) ||
           (age && strcmp(age, "unknown") == 0);
}

/* No number of 1 to 4 about those who may be living, but of those of whom nothing is known. */
static void test_small_cells_are_withheld(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f, 60, false);
    written w = write_report(&f, true, false, "small");
    json_t *root = json_loads(w.text[1], 0, NULL);
    json_t *table, *row;
    const char *key;
    size_t i;
    int withheld = 0;
    json_object_foreach(json_object_get(root, "counts"), key, table)
        json_array_foreach(json_object_get(table, "rows"), i, row) {
        json_int_t n = json_integer_value(json_object_get(row, "n"));
        const char *status = json_string_value(json_object_get(row, "status"));
        withheld += json_is_true(json_object_get(row, "withheld"));
        if (status && strcmp(status, "killed") != 0 && !says_unknown(row)) assert_false(n >= 1 && n <= 4);
    }
    assert_true(withheld > 0);
    assert_non_null(strstr(w.text[3], ",,true,c:"));
    json_decref(root);
    forget(&w);
    fixture_close(&f);
}

static int64_t living_with(const en_account *a, en_dimension dimension, const char *value) {
    int64_t n = 0;
    for (int64_t i = 0; i < a->n_persons; i++)
        n += a->persons[i].may_be_living && strcmp(a->persons[i].value[dimension], value) == 0;
    return n;
}

/* The dead are listed: a number shown less the dead in it never is 1 to 4, nor is it one number short of the total. */
static void test_living_cannot_be_worked_out(void **state) {
    (void)state;
    const en_dimension dimensions[] = {EN_DIM_SEX, EN_DIM_AGE_GROUP, EN_DIM_PLACE, EN_DIM_MONTH};
    fixture f;
    fixture_open(&f, 80, false);
    written w = write_report(&f, true, false, "worked_out");
    json_t *root = json_loads(w.text[1], 0, NULL);
    for (size_t d = 0; d < sizeof dimensions / sizeof *dimensions; d++) {
        const char *name = en_dimension_name(dimensions[d]);
        json_t *row, *rows = json_object_get(json_object_get(json_object_get(root, "counts"), name), "rows");
        size_t i;
        int withheld = 0;
        json_array_foreach(rows, i, row) {
            const char *value = json_string_value(json_object_get(row, name));
            int64_t living = strcmp(value, "unknown") == 0 ? 0 : living_with(&f.account, dimensions[d], value);
            withheld += json_is_true(json_object_get(row, "withheld"));
            assert_true(json_is_true(json_object_get(row, "withheld")) || living == 0 || living > 4);
        }
        assert_true(withheld != 1);
    }
    json_decref(root);
    forget(&w);
    fixture_close(&f);
}

/* ---- the page ---- */

static bool is_void(en_str tag) {
    static const char *const voids[] = {"meta", "br", "link", "img", "input", "hr", "!DOCTYPE"};
    for (size_t i = 0; i < sizeof voids / sizeof *voids; i++)
        if (en_str_eq(tag, en_str_of(voids[i]))) return true;
    return false;
}

static en_str tag_name(const char *p) {
    size_t n = 0;
    while (isalnum((unsigned char)p[n]) || p[n] == '!') n++;
    return (en_str){p, n};
}

/* Every element closes in order; contents of script and style are skipped. */
/* Where markup goes on after an opening tag: at the closing tag, for what is not markup itself. */
static const char *after(const char *p, en_str name) {
    if (en_str_eq(name, EN_LIT("script"))) return strstr(p, "</script>");
    if (en_str_eq(name, EN_LIT("style"))) return strstr(p, "</style>");
    return strchr(p, '>') + 1;
}

/* Every element closes in order; contents of script and style are skipped. */
static void check_well_formed(const char *html) {
    en_str stack[64];
    int depth = 0;
    for (const char *p = html; (p = strchr(p, '<'));) {
        bool closes = p[1] == '/';
        en_str name = tag_name(p + 1 + closes);
        assert_true(name.len > 0);
        if (closes) {
            assert_true(depth > 0);
            if (!en_str_eq(stack[depth - 1], name)) print_message("</%.*s> at: %.80s\n", (int)name.len, name.ptr, p);
            assert_true(en_str_eq(stack[--depth], name));
            p = strchr(p, '>') + 1;
            continue;
        }
        assert_true(depth < 64);
        if (!is_void(name)) stack[depth++] = name;
        p = after(p, name);
        assert_non_null(p);
    }
    assert_int_equal(depth, 0);
}

static const char *next_value(const char *p, const char *attribute, en_str *value) {
    if (!(p = strstr(p, attribute))) return NULL;
    value->ptr = p + strlen(attribute);
    value->len = strcspn(value->ptr, "\"");
    return value->ptr;
}

/* The part of the page that is markup: before the script blocks. */
static char *markup(char *html) {
    char *end = strstr(html, "<script");
    assert_non_null(end);
    *end = 0;
    return strstr(html, "</style>");
}

static void check_links(char *html, int64_t persons) {
    en_map ids = {0};
    en_str value = {0};
    bool added;
    int32_t number;
    int64_t links = 0, rows = 0;
    for (const char *p = html; (p = next_value(p, " id=\"", &value));) {
        assert_int_equal(en_map_intern(&ids, value, &number, &added, NULL), EN_OK);
        assert_true(added);
        rows += value.len > 1 && value.ptr[0] == 'p' && isdigit((unsigned char)value.ptr[1]);
    }
    for (const char *p = html; (p = next_value(p, " href=\"", &value)); links++) {
        assert_true(value.len > 1 && value.ptr[0] == '#');
        if (en_map_find(&ids, (en_str){value.ptr + 1, value.len - 1}) < 0)
            print_message("no %.*s\n", (int)value.len, value.ptr);
        assert_true(en_map_find(&ids, (en_str){value.ptr + 1, value.len - 1}) >= 0);
    }
    assert_int_equal(rows, persons);
    assert_true(links > persons);
    en_map_clear(&ids);
}

/* Numbers inside table cells of class n are links. */
static void check_numbers_are_links(const char *html) {
    int64_t cells = 0;
    const char *from = strstr(html, "id=\"recorded\""), *to = strstr(html, "id=\"estimate\"");
    for (const char *p = from; (p = strstr(p, "<td class=\"n\">")) && p < to; cells++) {
        p += strlen("<td class=\"n\">");
        assert_true(strncmp(p, "<a class=\"", 10) == 0 || strncmp(p, "0</td>", 6) == 0);
    }
    assert_true(cells > 50);
}

static void test_page(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f, 250, false);
    for (int variant = 0; variant < 4; variant++) {
        written w = write_report(&f, variant & 1, variant & 2, "page");
        char *html = w.text[0];
        check_well_formed(html);
        assert_non_null(strstr(
            html, "default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; style-src 'sha256-"));
        for (const char *p = html; (p = strstr(p, "://")); p += 3) assert_memory_equal(p - 4, "http://www.w3.org/", 18);
        char *body = markup(html);
        assert_null(strstr(body, " src="));
        assert_null(strstr(body, " style="));
        check_numbers_are_links(body);
        check_links(body, f.account.n_persons);
        forget(&w);
    }
    fixture_close(&f);
}

static void test_size(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f, 2000, false);
    written w = write_report(&f, true, false, "size");
    assert_true(strlen(w.text[0]) < 3000000);
    forget(&w);
    fixture_close(&f);
}

static void test_nobody(void **state) {
    (void)state;
    fixture f;
    fixture_open(&f, 0, false);
    f.account.linked = false;
    f.account.model = NULL;
    written w = write_report(&f, false, false, "nobody");
    check_well_formed(w.text[0]);
    assert_non_null(strstr(w.text[0], "No estimate."));
    forget(&w);
    fixture_close(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same_bytes),
                                       cmocka_unit_test(test_names_nobody_who_may_be_living),
                                       cmocka_unit_test(test_names_all_when_asked),
                                       cmocka_unit_test(test_living_have_no_values),
                                       cmocka_unit_test(test_small_cells_are_withheld),
                                       cmocka_unit_test(test_living_cannot_be_worked_out),
                                       cmocka_unit_test(test_page),
                                       cmocka_unit_test(test_size),
                                       cmocka_unit_test(test_nobody)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
