/* Cells taken out of a record: what is left reads as before, in as many bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "table/cells_out.h"

/* Columns a, b, c; which go is a text of their names. */
static void expect(const char *record, char delimiter, const char *which, const char *left) {
    en_column columns[] = {{.name = "a"}, {.name = "b"}, {.name = "c"}};
    const en_table table = {.n_columns = 3, .columns = columns};
    bool out[3];
    char to[128] = "";
    assert_int_equal(strlen(record), strlen(left));
    for (int i = 0; i < 3; i++) out[i] = strchr(which, "abc"[i]) != NULL;
    table_cells_out(en_str_of(record), delimiter, &table, out, to);
    assert_string_equal(to, left);
}

static void test_csv(void **state) {
    (void)state;
    expect("Ana,44,Orlesk", ',', "b", "Ana,  ,Orlesk");
    expect("Ana,44,Orlesk", ',', "ac", "   ,44,      ");
    expect("\"Orel, \"\"Ana\"\"\";44;\"x;y\"", ';', "a", "               ;44;\"x;y\"");
    expect("\"Orel, \"\"Ana\"\"\";44;\"x;y\"", ';', "bc", "\"Orel, \"\"Ana\"\"\";  ;     ");
    expect("two\tcells", '\t', "bc", "two\t     ");
    expect(",,", ',', "abc", ",,");
    expect("\"\n\",b,c", ',', "a", "   ,b,c");
}

static void test_json_lines(void **state) {
    (void)state;
    expect("{\"a\":\"Ana\",\"b\":4,\"c\":\"x\"}", 0, "b", "{\"a\":\"Ana\",\"c\":\"x\"      }");
    expect("{\"a\":1,\"b\":2,\"c\":3}", 0, "bc", "{\"a\":1            }");
    expect("{\"a\":1,\"b\":2,\"c\":3}", 0, "abc", "{                 }");
    expect(" { \"\\u0061\" : \"}\\\",\" , \"b\" : {\"a\": [1, \"]\"]} }", 0, "a",
           "{\"b\" : {\"a\": [1, \"]\"]}                       }");
    expect("{\"a\":1,\"b\":2}", 0, "c", "{\"a\":1,\"b\":2}");
    expect("{\"b\":7}", 0, "b", "{     }");
    expect("[1, 2]", 0, "a", "      ");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_csv), cmocka_unit_test(test_json_lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
