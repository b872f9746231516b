/* Fuzzes the XLS reader. An input that begins with the signature of a compound file is a whole workbook as it is; of
 * any other the first byte is the options and the rest the workbook's stream, so that the fuzzer reaches what lies
 * behind the chains of sectors. */
#include <stdint.h>

#include "fuzz_check.h"
#include "table/xls_book.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    en_read_options options = {.struct_size = sizeof options, .file = "fuzz.xls", .keep_rejects = data[0] & 1};
    en_str bytes = {(const char *)data, size};
    en_table table = {0};
    en_read_report report = {.format = "xls"};
    en_error err;
    en_status status;
    if (data[0] == 0xD0)
        status = en_xls_read(bytes, &options, &table, &report, &err);
    else
        status = xls_read_stream((en_str){bytes.ptr + 1, size - 1}, &options, &table, &report, &err);
    check_read(status, bytes, &table, &report, &err, true);
    return 0;
}
