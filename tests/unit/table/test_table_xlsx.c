/* The XLSX reader: workbooks as libxlsxwriter writes them, and ones made by hand for what no program should write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "base/os.h"
#include "everyname/table.h"

/* ---- workbooks made by hand ---- */

typedef struct part {
    const char *name, *text;
} part;

static const char root_rels[] =
    "<Relationships><Relationship Id='r1' Type='x/officeDocument' Target='xl/workbook.xml'/></Relationships>";
static const char book_rels[] =
    "<Relationships><Relationship Id='r1' Type='x/worksheet' Target='worksheets/sheet1.xml'/>"
    "<Relationship Id='r2' Type='x/sharedStrings' Target='sharedStrings.xml'/>"
    "<Relationship Id='r3' Type='x/styles' Target='/xl/../xl/styles.xml'/>"
    "<Relationship Id='r4' Type='x/worksheet' Target='http://example.org/' TargetMode='External'/></Relationships>";
static const char book[] = "<workbook><sheets><sheet name='Hidden' state='hidden' r:id='r9'/>"
                           "<sheet name='List' r:id='r1'/><sheet name='Lost' r:id='r4'/></sheets></workbook>";
static const char styles[] =
    "<styleSheet><numFmts count='6'><numFmt numFmtId='164' formatCode='yyyy\\-mm'/>"
    "<numFmt numFmtId='165' formatCode='[h]:mm:ss'/><numFmt numFmtId='166' formatCode='&quot;day&quot; 0.00'/>"
    "<numFmt numFmtId='167' formatCode='[Red]0;dd'/><numFmt numFmtId='168' formatCode='yyyy'/>"
    "<numFmt numFmtId='169' formatCode='[$-409]d mmm yyyy h:mm AM/PM;@'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='22'/><xf numFmtId='164'/><xf numFmtId='165'/>"
    "<xf numFmtId='166'/><xf numFmtId='167'/><xf numFmtId='168'/><xf numFmtId='21'/><xf numFmtId='169'/></cellXfs>"
    "</styleSheet>";

static en_buf zip_parts(const part *parts, size_t n, zip_int32_t method) {
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(memory);
    zip_t *zip = zip_open_from_source(memory, ZIP_TRUNCATE, NULL);
    assert_non_null(zip);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *source = zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        zip_int64_t index = zip_file_add(zip, parts[i].name, source, 0);
        assert_true(index >= 0);
        zip_set_file_compression(zip, (zip_uint64_t)index, method, 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t stat;
    assert_int_equal(zip_source_stat(memory, &stat), 0);
    en_buf bytes = {0};
    assert_int_equal(en_buf_reserve(&bytes, stat.size, NULL), EN_OK);
    assert_int_equal(zip_source_open(memory), 0);
    bytes.len = (size_t)zip_source_read(memory, bytes.ptr, stat.size);
    zip_source_close(memory);
    zip_source_free(memory);
    return bytes;
}

/* A workbook of one sheet whose data and what follows them are given. */
static en_buf make_book(const char *sheet, const char *strings, const char *workbook) {
    const part parts[] = {{"_rels/.rels", root_rels},
                          {"xl/_rels/workbook.xml.rels", book_rels},
                          {"xl/workbook.xml", workbook ? workbook : book},
                          {"xl/styles.xml", styles},
                          {"xl/worksheets/sheet1.xml", sheet},
                          {"xl/sharedStrings.xml", strings ? strings : "<sst/>"}};
    return zip_parts(parts, 6, ZIP_CM_STORE);
}

static const en_read_options plain_options = {.struct_size = sizeof(en_read_options), .file = "book.xlsx"};

static void expect_text(const char *sheet, const char *strings, const char *workbook, const char *csv) {
    en_buf bytes = make_book(sheet, strings, workbook);
    en_table t;
    en_read_report report;
    en_error err = {0};
    if (en_table_read(en_buf_str(&bytes), &plain_options, &t, &report, &err) != EN_OK) fail_msg("%s", err.message);
    assert_string_equal(report.format, "xlsx");
    assert_int_equal(strlen(report.text), report.text_len);
    assert_string_equal(report.text, csv);
    en_table_clear(&t);
    en_read_report_clear(&report);
    en_buf_clear(&bytes);
}

static void expect_error_of(en_buf bytes, const en_read_options *options, const char *line) {
    en_table t;
    en_error err = {0};
    char text[2048] = "no error";
    if (en_table_read(en_buf_str(&bytes), options, &t, NULL, &err) != EN_OK) en_error_format(&err, text, sizeof text);
    assert_string_equal(text, line);
    assert_int_equal(t.n_columns, 0);
    en_buf_clear(&bytes);
}

static void expect_error(const char *sheet, const char *line) {
    expect_error_of(make_book(sheet, NULL, NULL), &plain_options, line);
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define TEXT(ref, text) "<c r='" ref "' t='inlineStr'><is><t>" text "</t></is></c>"
#define NUMBER(ref, style, number) "<c r='" ref "' s='" style "'><v>" number "</v></c>"
#define HEADER "<row r='1'>" TEXT("A1", "id") TEXT("B1", "born") "</row>"

static void test_kinds_of_cells(void **state) {
    (void)state;
    expect_text(
        SHEET("<row r='2'>" TEXT("A2", " id ") "<c r='B2' t='s'><v>1</v></c>" TEXT(
            "C2", "x") "</row>"
                       "<row r='3'><c r='A3' t='s'><v>0</v></c><c r='B3' t='b'><v>1</v></c>"
                       "<c r='C3'><v>0.10000000000000001</v></c></row>"
                       "<row r='4'><c r='A4' s='3'/><c r='C4'/></row>"
                       "<row r='6'><c r='A6' t='str'><f>A3</f><v>a&amp;b</v></c><c r='C6'><v>1E3</v></c></row>"
                       "<row><c t='b'><v>0</v></c><c><v>12345678901234567</v></c><c t='d'><v>2024-01-02</v></c></row>"),
        "<sst><si><r><t>two</t></r><r><t xml:space='preserve'> runs_x000D_</t></r><rPh><t>no</t></rPh></si>"
        "<si><t>na\"me</t></si></sst>",
        NULL, " id ,\"na\"\"me\",x\n\"two runs\r\",true,0.1\na&b,,1000\nfalse,12345678901234568,2024-01-02\n");
}

static void test_dates_of_1900(void **state) {
    (void)state;
    expect_text(
        SHEET("<row>" TEXT(
            "A1", "d") "</row>"
                       "<row>" NUMBER("A2", "1", "1") "</row><row>" NUMBER(
                           "A3", "1",
                           "59") "</row>"
                                 "<row>" NUMBER("A4", "1", "61") "</row><row>" NUMBER(
                                     "A5", "1",
                                     "45356") "</row>"
                                              "<row>" NUMBER("A6", "2",
                                                             "45356.354166666664") "</row>"
                                                                                   "<row>" NUMBER("A7", "3", "45356") "</row><row>" NUMBER(
                                                                                       "A8", "4",
                                                                                       "1.5") "</row>"
                                                                                              "<row>" NUMBER("A9", "5", "1234567890123450") "</row><row>" NUMBER(
                                                                                                  "A10", "6",
                                                                                                  "7") "</row>"
                                                                                                       "<row>" NUMBER("A11", "7", "45356") "</row><row>" NUMBER(
                                                                                                           "A12", "8",
                                                                                                           "0.75") "</"
                                                                                                                   "row"
                                                                                                                   ">"
                                                                                                                   "<ro"
                                                                                                                   "w"
                                                                                                                   ">" NUMBER("A13", "1", "2958465") "</row><row>" NUMBER(
                                                                                                                       "A14",
                                                                                                                       "2",
                                                                                                                       "45355.999999999") "</row>"
                                                                                                                                          "<row>" NUMBER(
                                                                                                                                              "A15",
                                                                                                                                              "9",
                                                                                                                                              "45356.5") "</row>"),
        NULL, NULL,
        "d\n1900-01-01\n1900-02-28\n1900-03-01\n2024-03-05\n2024-03-05T08:30:00\n2024-03\n36:00:"
        "00\n1234567890123450\n7\n"
        "2024\n18:00:00\n9999-12-31\n2024-03-05T00:00:00\n2024-03-05T12:00:00\n");
}

static void test_dates_of_1904(void **state) {
    (void)state;
    expect_text(SHEET("<row>" TEXT("A1", "d") "</row><row>" NUMBER(
                    "A2", "1", "0") "</row>"
                                    "<row>" NUMBER("A3", "1", "60") "</row><row>" NUMBER("A4", "1", "43894") "</row>"),
                NULL, "<workbook><workbookPr date1904='1'/><sheets><sheet name='a' r:id='r1'/></sheets></workbook>",
                "d\n1904-01-01\n1904-03-01\n2024-03-05\n");
}

static void test_what_is_no_date(void **state) {
    (void)state;
    static const char mend[] = "; correct the date, or give the cell the format of a number or text";
    static const char *const numbers[] = {"60", "0", "-3", "2958466", "1e300"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char sheet[512], line[512];
        snprintf(sheet, sizeof sheet, SHEET(HEADER "<row r='2'><c r='B2' s='1'><v>%s</v></c></row>"), numbers[i]);
        snprintf(line, sizeof line, "book.xlsx:2: column \"born\": cell B2 is shown as a date but is none: %s%s",
                 numbers[i], mend);
        expect_error(sheet, line);
    }
}

static void test_cells_without_a_value(void **state) {
    (void)state;
    expect_error(
        SHEET(HEADER "<row r='2'><c r='B2' t='e'><f>1/0</f><v>#DIV/0!</v></c></row>"),
        "book.xlsx:2: column \"born\": cell B2 holds the error #DIV/0!; correct its formula, or clear the cell");
    expect_error(
        SHEET(HEADER "<row r='2'><c r='A2'><f>B1</f></c></row>"),
        "book.xlsx:2: column \"id\": cell A2 holds a formula without a stored value; open and save the workbook "
        "in a spreadsheet program");
    expect_error(SHEET(HEADER "<row r='7'><c r='A7' t='s'><v>5</v></c></row>"),
                 "book.xlsx:7: column \"id\": cell A7 refers to a text that the workbook has not: 5; save the workbook "
                 "again as .xlsx");
    expect_error(SHEET(HEADER "<row r='7'><c r='A7'><v>five</v></c></row>"),
                 "book.xlsx:7: column \"id\": cell A7 is no number: five; save the workbook again as .xlsx");
}

static void test_headers(void **state) {
    (void)state;
    expect_error(
        SHEET("<row r='3'>" TEXT("A3", "id") TEXT("C3", "x") "</row>"),
        "book.xlsx:3: header cell B3 has no name; name it, or delete the column or what stands above the header");
    expect_error(SHEET("<row r='1'>" TEXT("A1", "id") TEXT("B1", "x") TEXT("C1", "id ") "</row>"),
                 "book.xlsx:1: column \"id\": header cell C1 has the name of another; rename one of them");
    expect_error(
        SHEET("<row r='1'>" TEXT("A1", "The list") "</row><row r='3'>" TEXT("A3", "1") TEXT("AB3", "x") "</row>"),
        "book.xlsx:3: cell AB3 stands in a column that the header, row 1, does not name; name the column, clear "
        "the cell, or delete what stands above the header");
    expect_error(SHEET(""), "book.xlsx: the sheet \"List\" is empty; name the sheet that holds the list");
}

#define MERGED(ref)                                                                                                    \
    "<worksheet><sheetData>" HEADER "<row r='2'>" TEXT("A2", "1") "</row></sheetData><mergeCells><mergeCell ref='" ref \
                                                                  "'/></mergeCells></worksheet>"

static void test_merged_cells(void **state) {
    (void)state;
    expect_error(MERGED("A1:B1"),
                 "book.xlsx:1: header cells A1:B1 are merged; unmerge them and name each column in one "
                 "row; delete what stands above it");
    expect_error(MERGED("A2:A3"), "book.xlsx:2: cells A2:A3 are merged; unmerge them and write the value into each");
    expect_text(MERGED("A2:A2"), NULL, NULL, "id,born\n1,\n");
    expect_text(MERGED("C1:D1"), NULL, NULL, "id,born\n1,\n");
    expect_text(MERGED("A5:B9"), NULL, NULL, "id,born\n1,\n");
}

static void test_rejects(void **state) {
    (void)state;
    en_buf bytes = make_book(SHEET(HEADER "<row r='2'><c r='A2' t='e'><v>#N/A</v></c></row>"
                                          "<row r='4'>" TEXT("A4", "7") "</row><row r='5'>" TEXT("C5", "x") "</row>"),
                             NULL, NULL);
    en_read_options options = plain_options;
    options.keep_rejects = true;
    en_table t;
    en_read_report report;
    assert_int_equal(en_xlsx_read(en_buf_str(&bytes), &options, &t, &report, NULL), EN_OK);
    /* The text keeps what the table leaves out. */
    assert_string_equal(report.text, "id,born\n#N/A,\n7,\n,,x\n");
    assert_int_equal(t.rows, 1);
    assert_int_equal(t.row_offsets[0], 14);
    assert_int_equal(t.row_lengths[0], 2);
    assert_int_equal(report.n_rejects, 2);
    assert_int_equal(report.rejects[0].row, 2);
    assert_int_equal(report.rejects[0].byte, 8);
    assert_string_equal(report.rejects[0].column, "id");
    assert_int_equal(report.rejects[1].row, 5);
    en_table_clear(&t);
    en_read_report_clear(&report);
    en_buf_clear(&bytes);
}

static void test_choice_of_sheet(void **state) {
    (void)state;
    const char *sheet = SHEET(HEADER);
    en_read_options options = plain_options;
    options.sheet = "Other";
    expect_error_of(make_book(sheet, NULL, NULL), &options,
                    "book.xlsx: the workbook has no sheet \"Other\"; it has \"Hidden\", \"List\", \"Lost\"");
    options.sheet = "Lost";
    expect_error_of(
        make_book(sheet, NULL, NULL), &options,
        "book.xlsx: the cells of sheet \"Lost\" are missing from the workbook; save the workbook again as .xlsx");
    expect_error_of(make_book(sheet, NULL, "<workbook/>"), &plain_options,
                    "book.xlsx: the workbook has no visible sheet");
}

static void test_hostile_xml(void **state) {
    (void)state;
    expect_error("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" SHEET("<row><c t='str'><v>&a;</v></c></row>"),
                 "book.xlsx: holds a document type declaration, which no workbook has");
    expect_error(
        "<worksheet><sheetData><row>",
        "book.xlsx: the part xl/worksheets/sheet1.xml of the workbook is not well-formed XML: line 1: no element "
        "found; save the workbook again as .xlsx");
    expect_error(SHEET("<row r='5'/><row r='5'/>"),
                 "book.xlsx:5: row 5 follows row 5 in the sheet; save the workbook again as .xlsx");
    expect_error(SHEET("<row r='99999999999999999999'/>"),
                 "book.xlsx: row 9223372036854775807 follows row 0 in the sheet; save the workbook again as .xlsx");
    expect_error(SHEET("<row r='1'>" TEXT("B1", "x") TEXT("A1", "y") "</row>"),
                 "book.xlsx:1: the cells of row 1 stand out of order; save the workbook again as .xlsx");
    expect_error(SHEET("<row r='1'><c r='A1'>" TEXT("B1", "x") "</c></row>"),
                 "book.xlsx:1: the cells of row 1 stand out of order; save the workbook again as .xlsx");
    expect_error(SHEET("<row r='1'>" TEXT("XFE1", "x") "</row>"), "book.xlsx: \"XFE1\" is no place of a cell");
}

static void test_missing_parts(void **state) {
    (void)state;
    const part other[] = {{"content.xml", "<x/>"}};
    expect_error_of(zip_parts(other, 1, ZIP_CM_STORE), &plain_options,
                    "book.xlsx: the zip holds no workbook; save the sheet as .xlsx or CSV");
    const part bare[] = {{"_rels/.rels", root_rels}, {"xl/workbook.xml", book}};
    expect_error_of(
        zip_parts(bare, 2, ZIP_CM_STORE), &plain_options,
        "book.xlsx: the cells of sheet \"List\" are missing from the workbook; save the workbook again as .xlsx");
    const part no_strings[] = {{"_rels/.rels", root_rels},
                               {"xl/workbook.xml", book},
                               {"xl/_rels/workbook.xml.rels", book_rels},
                               {"xl/worksheets/sheet1.xml", SHEET(HEADER)}};
    expect_error_of(zip_parts(no_strings, 4, ZIP_CM_STORE), &plain_options,
                    "book.xlsx: the part xl/styles.xml of the workbook cannot be unpacked (it is missing); save the "
                    "workbook again as .xlsx, without a password");
}

static void test_zip_bomb(void **state) {
    (void)state;
    size_t len = 8u << 20;
    char *spaces = malloc(len + 1);
    assert_non_null(spaces);
    memset(spaces, ' ', len);
    spaces[len] = 0;
    memcpy(spaces, "<worksheet>", 11);
    const part parts[] = {{"_rels/.rels", root_rels},         {"xl/_rels/workbook.xml.rels", book_rels},
                          {"xl/workbook.xml", book},          {"xl/styles.xml", styles},
                          {"xl/sharedStrings.xml", "<sst/>"}, {"xl/worksheets/sheet1.xml", spaces}};
    expect_error_of(zip_parts(parts, 6, ZIP_CM_DEFLATE), &plain_options,
                    "book.xlsx: the workbook unpacks to more than 200 times its size, or more than 4 GiB, in part "
                    "xl/worksheets/sheet1.xml; save the sheet as CSV");
    free(spaces);
}

/* One long shared string, referred to by every cell, unpacks in the text and not in the zip. */
static void test_text_bomb(void **state) {
    (void)state;
    en_buf sheet = {0}, strings = {0};
    en_buf_add(&sheet, EN_LIT("<worksheet><sheetData>" HEADER), NULL);
    for (int i = 0; i < 3000; i++) en_buf_add(&sheet, EN_LIT("<row><c t='s'><v>0</v></c></row>"), NULL);
    en_buf_add(&sheet, EN_LIT("</sheetData></worksheet>"), NULL);
    en_buf_add(&strings, EN_LIT("<sst><si><t>"), NULL);
    for (int i = 0; i < 20000; i++) en_buf_add(&strings, EN_LIT("bomb"), NULL);
    en_buf_add(&strings, EN_LIT("</t></si></sst>"), NULL);
    en_buf bytes = make_book(sheet.ptr, strings.ptr, NULL);
    en_table t;
    en_error err;
    assert_int_equal(en_xlsx_read(en_buf_str(&bytes), &plain_options, &t, NULL, &err), EN_ERR_LIMIT);
    assert_string_equal(err.message, "the sheet becomes more than 200 times the workbook's size");
    en_buf_clear(&bytes);
    en_buf_clear(&sheet);
    en_buf_clear(&strings);
}

/* ---- a workbook as a program writes it ---- */

static void write_workbook(const char *path) {
    lxw_workbook *workbook = workbook_new(path);
    lxw_worksheet *cover = workbook_add_worksheet(workbook, "Cover"),
                  *list = workbook_add_worksheet(workbook, "Список");
    lxw_format *date = workbook_add_format(workbook), *bold = workbook_add_format(workbook);
    format_set_num_format(date, "dd/mm/yyyy");
    format_set_bold(bold);
    worksheet_write_string(cover, 0, 0, "nothing", NULL);
    const char *names[] = {"id", "имя", "born", "age", "alive"};
    for (lxw_col_t i = 0; i < 5; i++) worksheet_write_string(list, 0, i, names[i], bold);
    lxw_datetime born = {1970, 12, 31, 0, 0, 0};
    for (lxw_row_t row = 1; row <= 300; row++) {
        worksheet_write_number(list, row, 0, row, NULL);
        worksheet_write_string(list, row, 1, row % 2 ? "Лина, \"Л\"" : "سامي", NULL);
        worksheet_write_datetime(list, row, 2, &born, date);
        worksheet_write_formula_num(list, row, 3, "=2020-1970", NULL, 50);
        worksheet_write_boolean(list, row, 4, row % 2, NULL);
    }
    assert_int_equal(workbook_close(workbook), LXW_NO_ERROR);
}

static void test_workbook_of_a_program(void **state) {
    (void)state;
    char path[] = "/tmp/everyname-xlsx-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    write_workbook(path);
    en_os_map file;
    assert_int_equal(en_os_map_file(path, &file, NULL), EN_OK);
    en_read_options options = plain_options;
    options.sheet = "Список";
    en_table t;
    en_read_report report;
    en_error err = {0};
    if (en_table_read(file.bytes, &options, &t, &report, &err) != EN_OK) fail_msg("%s", err.message);
    assert_int_equal(t.rows, 300);
    assert_int_equal(en_table_column(&t, "имя")->dict_len, 2);
    const char second[] = "2,سامي,1970-12-31,50,false";
    assert_int_equal(t.row_lengths[1], strlen(second));
    assert_memory_equal(report.text + t.row_offsets[1], second, strlen(second));
    assert_true(en_str_eq(en_column_str(&t.columns[1], 0), EN_LIT("Лина, \"Л\"")));
    en_table_clear(&t);
    en_read_report_clear(&report);
    en_os_unmap(&file);
    unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds_of_cells),
        cmocka_unit_test(test_dates_of_1900),
        cmocka_unit_test(test_dates_of_1904),
        cmocka_unit_test(test_what_is_no_date),
        cmocka_unit_test(test_cells_without_a_value),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_merged_cells),
        cmocka_unit_test(test_rejects),
        cmocka_unit_test(test_choice_of_sheet),
        cmocka_unit_test(test_hostile_xml),
        cmocka_unit_test(test_missing_parts),
        cmocka_unit_test(test_zip_bomb),
        cmocka_unit_test(test_text_bomb),
        cmocka_unit_test(test_workbook_of_a_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
