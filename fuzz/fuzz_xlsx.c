/* Fuzzes the XLSX reader. An input that begins with 'P' is a whole workbook as it is; of any other the first byte is
 * the options, and the rest, cut at NULs, becomes the sheet, the shared strings, the styles and the workbook part of a
 * zip made in memory, so that the fuzzer reaches what lies behind the zip. */
#include <stdint.h>

#include "fuzz_check.h"
#include "table/xlsx_package.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char root_rels[] =
    "<Relationships><Relationship Id='r1' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char book_rels[] =
    "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='r3' Type='x/styles' Target='/xl/styles.xml'/></Relationships>";
static const char workbook[] = "<workbook><workbookPr/><sheets><sheet name='a' r:id='r1'/></sheets></workbook>";
static const char workbook_1904[] =
    "<workbook><workbookPr date1904='1'/><sheets><sheet name='a' r:id='r1'/></sheets></workbook>";

static void add_part(zip_t *zip, const char *name, const void *bytes, size_t len) {
    zip_source_t *source = zip_source_buffer(zip, bytes, len, 0);
    must(source != NULL);
    zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_OVERWRITE);
    must(index >= 0);
    zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0);
}

static en_str next_piece(en_str *rest) {
    const char *nul = rest->len ? memchr(rest->ptr, 0, rest->len) : NULL;
    en_str piece = {rest->ptr, nul ? (size_t)(nul - rest->ptr) : rest->len};
    size_t step = piece.len + (nul != NULL);
    *rest = (en_str){rest->ptr + step, rest->len - step};
    return piece;
}

/* The zip's bytes, to be freed. */
static char *make_workbook(uint8_t flags, en_str rest, size_t *len) {
    static const char *const names[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"};
    zip_error_t reason;
    zip_error_init(&reason);
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, &reason);
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, &reason);
    must(zip != NULL);
    for (int i = 0; i < 3; i++) {
        en_str piece = next_piece(&rest);
        if (i == 0 || piece.len) add_part(zip, names[i], piece.ptr, piece.len);
    }
    add_part(zip, "_rels/.rels", root_rels, sizeof root_rels - 1);
    add_part(zip, "xl/_rels/workbook.xml.rels", book_rels, sizeof book_rels - 1);
    const char *book = flags & 2 ? workbook_1904 : workbook;
    if (rest.len)
        add_part(zip, "xl/workbook.xml", rest.ptr, rest.len);
    else
        add_part(zip, "xl/workbook.xml", book, strlen(book));
    must(zip_close(zip) == 0);
    zip_stat_t stat;
    must(zip_source_stat(memory, &stat) == 0 && zip_source_open(memory) == 0);
    *len = stat.size;
    char *bytes = malloc(stat.size);
    must(bytes && zip_source_read(memory, bytes, stat.size) == (zip_int64_t)stat.size);
    zip_source_close(memory);
    zip_source_free(memory);
    zip_error_fini(&reason);
    return bytes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!size) return 0;
    en_read_options options = {.struct_size = sizeof options, .file = "fuzz.xlsx", .keep_rejects = data[0] & 1};
    bool whole = data[0] == 'P';
    en_str bytes = {(const char *)data, size};
    char *made = NULL;
    if (!whole) {
        made = make_workbook(data[0], (en_str){(const char *)data + 1, size - 1}, &bytes.len);
        bytes.ptr = made;
    }
    en_table table;
    en_read_report report;
    en_error err;
    en_status status = en_xlsx_read(bytes, &options, &table, &report, &err);
    check_read(status, bytes, &table, &report, &err, true);
    free(made);
    return 0;
}
