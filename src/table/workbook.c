/* The parts of a workbook that stand around its cells, whatever its format. */
#include "table/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "table/parts.h"

/* Excel numbers formats of the workbook's own from 164 on, and keeps all below this. */
#define FORMAT_IDS 65536

struct own_format {
    bool there;
    cell_shown shown;
};

en_status book_offer_sheet(workbook *book, const char *wanted, const char *name, bool hidden, bool *taken,
                           en_error *err) {
    en_buf *names = &book->sheet_names;
    *taken = false;
    if (names->len < 200) EN_TRY(en_buf_addf(names, err, "%s\"%.60s\"", names->len ? ", " : "", name));
    if (book->sheet_name.len || (wanted ? strcmp(name, wanted) != 0 : hidden)) return EN_OK;
    *taken = true;
    return en_buf_add(&book->sheet_name, en_str_of(name), err);
}

en_status book_lacks_sheet(const workbook *book, const char *wanted, const en_read_options *options, en_error *err) {
    if (wanted)
        en_fail(err, EN_ERR_NOT_FOUND, "the workbook has no sheet \"%.100s\"", wanted);
    else
        en_fail(err, EN_ERR_INPUT, "the workbook has no visible sheet");
    if (book->sheet_names.len) en_error_mend(err, "it has %s", book->sheet_names.ptr);
    return table_fault_at(options, -1, NULL, -1, err);
}

en_status book_end_string(workbook *book, en_error *err) {
    if (book->n_strings == book->string_cap) {
        size_t cap = book->string_cap ? book->string_cap * 2 : 256;
        size_t *ends = realloc(book->string_ends, cap * sizeof *ends);
        if (!ends) return en_no_memory(err);
        book->string_ends = ends;
        book->string_cap = cap;
    }
    book->string_ends[book->n_strings++] = book->strings.len;
    return EN_OK;
}

bool book_string(const workbook *book, size_t index, en_str *out) {
    if (index >= book->n_strings) return false;
    size_t from = index ? book->string_ends[index - 1] : 0;
    *out = (en_str){book->strings.ptr ? book->strings.ptr + from : "", book->string_ends[index] - from};
    return true;
}

en_status book_add_format(workbook *book, int id, const char *code, en_error *err) {
    if (id < 0 || id >= FORMAT_IDS) return EN_OK;
    if (!book->own_formats) book->own_formats = calloc(FORMAT_IDS, sizeof *book->own_formats);
    if (!book->own_formats) return en_no_memory(err);
    book->own_formats[id] = (struct own_format){true, cell_shown_by_code(code)};
    return EN_OK;
}

en_status book_add_style(workbook *book, int format_id, en_error *err) {
    if (book->n_styles == book->style_cap) {
        size_t cap = book->style_cap ? book->style_cap * 2 : 64;
        cell_shown *styles = realloc(book->styles, cap * sizeof *styles);
        if (!styles) return en_no_memory(err);
        book->styles = styles;
        book->style_cap = cap;
    }
    bool own = book->own_formats && format_id >= 0 && format_id < FORMAT_IDS && book->own_formats[format_id].there;
    book->styles[book->n_styles++] = own ? book->own_formats[format_id].shown : cell_shown_by_id(format_id);
    return EN_OK;
}

void book_clear(workbook *book) {
    en_buf_clear(&book->sheet_name);
    en_buf_clear(&book->sheet_names);
    en_buf_clear(&book->strings);
    free(book->string_ends);
    free(book->styles);
    free(book->own_formats);
    *book = (workbook){0};
}
