/* Fuzzes the CSV reader and the detection of encodings. The first byte chooses the options. */
#include <stdint.h>

#include "fuzz_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const encodings[] = {NULL,           NULL,           "UTF-8",        "UTF-16LE",
                                            "windows-1250", "windows-1251", "windows-1256", "UTF-16BE"};
    static const char delimiters[] = {0, ',', ';', '\t'};
    if (!size) return 0;
    en_read_options options = {.struct_size = sizeof options,
                               .file = "fuzz.csv",
                               .encoding = encodings[data[0] & 7],
                               .delimiter = delimiters[data[0] >> 3 & 3],
                               .keep_rejects = data[0] >> 5 & 1};
    en_str text = {(const char *)data + 1, size - 1};
    en_table table;
    en_read_report report;
    en_error err;
    en_status status = en_csv_read(text, &options, &table, &report, &err);
    check_read(status, text, &table, &report, &err, true);
    return 0;
}
