/* Fuzzes the JSON Lines reader, by way of en_table_read. The first byte chooses whether rejects are kept. */
#include <stdint.h>

#include "fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool names_are_trimmed(const en_table *t) {
    for (int32_t i = 0; i < t->n_columns; i++) {
        en_str name = en_str_of(t->columns[i].name);
        if (en_str_trim(name).len != name.len) return false;
    }
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    en_read_options options = {.struct_size = sizeof options, .file = "fuzz.jsonl", .keep_rejects = data[0] & 1};
    en_str text = {(const char *)data + 1, size - 1};
    en_table table;
    en_read_report report;
    en_error err;
    en_status status = data[0] & 2 ? en_table_read(text, &options, &table, &report, &err)
                                   : en_jsonl_read(text, &options, &table, &report, &err);
    check_read(status, text, &table, &report, &err, names_are_trimmed(&table));
    return 0;
}
