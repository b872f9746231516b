/* The parts of a workbook that stand around its cells. */
#include "table/xlsx_book.h"

#include <stdlib.h>
#include <string.h>

#include "table/parts.h"

/* A relationship looked for in a .rels part: by id, or else by the end of its type. */
typedef struct rel_search {
    const char *id, *type_end;
    en_buf target;
    bool found;
} rel_search;

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

static en_status on_relationship(void *ctx, const char *name, const char **attributes, en_error *err) {
    rel_search *r = ctx;
    if (r->found || strcmp(name, "Relationship") != 0) return EN_OK;
    const char *id = xlsx_attribute(attributes, "Id"), *type = xlsx_attribute(attributes, "Type");
    const char *target = xlsx_attribute(attributes, "Target"), *mode = xlsx_attribute(attributes, "TargetMode");
    if (!target || (mode && strcmp(mode, "External") == 0)) return EN_OK;
    r->found = r->id ? id && strcmp(id, r->id) == 0 : type && ends_with(type, r->type_end);
    return r->found ? en_buf_add(&r->target, en_str_of(target), err) : EN_OK;
}

/* The folder of `part` with its slash: "xl/" of "xl/workbook.xml". */
static en_str folder_of(const char *part) {
    const char *slash = strrchr(part, '/');
    return (en_str){part, slash ? (size_t)(slash - part) + 1 : 0};
}

/* `target` as seen from `part`, without "." and "..", into out. */
static en_status resolve(const char *part, const char *target, en_buf *out, en_error *err) {
    out->len = 0;
    if (*target != '/') EN_TRY(en_buf_add(out, folder_of(part), err));
    while (*target) {
        size_t n = strcspn(target, "/");
        if (n == 2 && strncmp(target, "..", 2) == 0) {
            if (out->len) out->len--;
            while (out->len && out->ptr[out->len - 1] != '/') out->len--;
        } else if (n && !(n == 1 && *target == '.')) {
            EN_TRY(en_buf_add(out, (en_str){target, n + (target[n] == '/')}, err));
        }
        target += n + (target[n] == '/');
    }
    return en_buf_add(out, EN_LIT(""), err);
}

/* The part that `part` relates to, into out (empty where there is none). */
static en_status find_related(xlsx_package *package, const char *part, const char *id, const char *type_end,
                              en_buf *out, en_error *err) {
    rel_search search = {.id = id, .type_end = type_end};
    en_str folder = folder_of(part);
    en_buf rels = {0};
    en_status status = en_buf_addf(&rels, err, "%.*s_rels/%s.rels", (int)folder.len, folder.ptr, part + folder.len);
    xlsx_sink sink = {.ctx = &search, .start = on_relationship};
    out->len = 0;
    if (status == EN_OK && xlsx_package_has(package, rels.ptr))
        status = xlsx_package_parse(package, rels.ptr, &sink, err);
    if (status == EN_OK && search.found) status = resolve(part, search.target.ptr, out, err);
    en_buf_clear(&rels);
    en_buf_clear(&search.target);
    return status;
}

typedef struct sheet_search {
    const char *wanted; /* NULL: the first that is shown */
    workbook *book;
    en_buf id; /* relationship of the sheet that was found */
} sheet_search;

static en_status on_sheet(sheet_search *s, const char **attributes, en_error *err) {
    const char *name = xlsx_attribute(attributes, "name"), *state = xlsx_attribute(attributes, "state");
    const char *id = NULL;
    for (const char **a = attributes; *a; a += 2)
        if (ends_with(a[0], ":id")) id = a[1];
    if (!name || !id) return EN_OK;
    bool taken, hidden = state && strcmp(state, "visible") != 0;
    EN_TRY(book_offer_sheet(s->book, s->wanted, name, hidden, &taken, err));
    return taken ? en_buf_add(&s->id, en_str_of(id), err) : EN_OK;
}

static en_status on_workbook(void *ctx, const char *name, const char **attributes, en_error *err) {
    sheet_search *s = ctx;
    if (strcmp(name, "sheet") == 0) return on_sheet(s, attributes, err);
    if (strcmp(name, "workbookPr") != 0) return EN_OK;
    const char *system = xlsx_attribute(attributes, "date1904");
    s->book->system_1904 = system && (strcmp(system, "1") == 0 || strcmp(system, "true") == 0);
    return EN_OK;
}

static en_status find_sheet(xlsx_package *package, const char *workbook_part, sheet_search *s, en_buf *part,
                            en_error *err) {
    xlsx_sink sink = {.ctx = s, .start = on_workbook};
    EN_TRY(xlsx_package_parse(package, workbook_part, &sink, err));
    if (!s->id.len) return book_lacks_sheet(s->book, s->wanted, package->options, err);
    EN_TRY(find_related(package, workbook_part, s->id.ptr, NULL, part, err));
    if (part->len && xlsx_package_has(package, part->ptr)) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the cells of sheet \"%.100s\" are missing from the workbook", s->book->sheet_name.ptr);
    en_error_mend(err, "save the workbook again as .xlsx");
    return table_fault_at(package->options, -1, NULL, -1, err);
}

/* A text run inside a shared string counts, but not its phonetic reading (rPh). */
typedef struct string_parse {
    workbook *book;
    int in_text, in_phonetic;
    size_t start;
} string_parse;

static en_status on_string_start(void *ctx, const char *name, const char **attributes, en_error *err) {
    (void)attributes, (void)err;
    string_parse *s = ctx;
    if (strcmp(name, "si") == 0) s->start = s->book->strings.len;
    s->in_text += strcmp(name, "t") == 0;
    s->in_phonetic += strcmp(name, "rPh") == 0;
    return EN_OK;
}

static en_status on_string_text(void *ctx, en_str text, en_error *err) {
    string_parse *s = ctx;
    return s->in_text && !s->in_phonetic ? en_buf_add(&s->book->strings, text, err) : EN_OK;
}

static en_status end_string(string_parse *s, en_error *err) {
    xlsx_unescape(&s->book->strings, s->start);
    s->start = s->book->strings.len;
    return book_end_string(s->book, err);
}

static en_status on_string_end(void *ctx, const char *name, en_error *err) {
    string_parse *s = ctx;
    s->in_text -= strcmp(name, "t") == 0;
    s->in_phonetic -= strcmp(name, "rPh") == 0;
    return strcmp(name, "si") == 0 ? end_string(s, err) : EN_OK;
}

typedef struct style_parse {
    workbook *book;
    bool in_cell_styles;
} style_parse;

static en_status on_style_start(void *ctx, const char *name, const char **attributes, en_error *err) {
    style_parse *s = ctx;
    const char *id = xlsx_attribute(attributes, "numFmtId"), *code = xlsx_attribute(attributes, "formatCode");
    if (strcmp(name, "numFmt") == 0) return id && code ? book_add_format(s->book, atoi(id), code, err) : EN_OK;
    if (strcmp(name, "cellXfs") == 0) s->in_cell_styles = true;
    bool is_style = s->in_cell_styles && strcmp(name, "xf") == 0;
    return is_style ? book_add_style(s->book, id ? atoi(id) : 0, err) : EN_OK;
}

static en_status on_style_end(void *ctx, const char *name, en_error *err) {
    (void)err;
    style_parse *s = ctx;
    if (strcmp(name, "cellXfs") == 0) s->in_cell_styles = false;
    return EN_OK;
}

/* Workbooks without text have no shared strings, and ones without formats no styles: neither part has to be there. */
static en_status read_optional(xlsx_package *package, const char *workbook_part, const char *type_end,
                               const xlsx_sink *sink, en_error *err) {
    en_buf part = {0};
    en_status status = find_related(package, workbook_part, NULL, type_end, &part, err);
    if (status == EN_OK && part.len) status = xlsx_package_parse(package, part.ptr, sink, err);
    en_buf_clear(&part);
    return status;
}

static en_status read_styles(xlsx_package *package, const char *workbook_part, workbook *book, en_error *err) {
    style_parse styles = {.book = book};
    xlsx_sink sink = {.ctx = &styles, .start = on_style_start, .end = on_style_end};
    return read_optional(package, workbook_part, "/styles", &sink, err);
}

static en_status read_strings(xlsx_package *package, const char *workbook_part, workbook *book, en_error *err) {
    string_parse strings = {.book = book};
    xlsx_sink sink = {.ctx = &strings, .start = on_string_start, .text = on_string_text, .end = on_string_end};
    return read_optional(package, workbook_part, "/sharedStrings", &sink, err);
}

static en_status find_workbook(xlsx_package *package, en_buf *part, en_error *err) {
    EN_TRY(find_related(package, "", NULL, "/officeDocument", part, err));
    if (!part->len) EN_TRY(en_buf_add(part, EN_LIT("xl/workbook.xml"), err));
    if (xlsx_package_has(package, part->ptr) && ends_with(part->ptr, ".xml")) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the zip holds no workbook");
    en_error_mend(err, "save the sheet as .xlsx or CSV");
    return table_fault_at(package->options, -1, NULL, -1, err);
}

en_status xlsx_book_read(xlsx_package *package, const char *sheet, workbook *out, en_buf *sheet_part, en_error *err) {
    en_buf part = {0};
    sheet_search search = {.wanted = sheet, .book = out};
    en_status status = find_workbook(package, &part, err);
    if (status == EN_OK) status = find_sheet(package, part.ptr, &search, sheet_part, err);
    if (status == EN_OK) status = read_styles(package, part.ptr, out, err);
    if (status == EN_OK) status = read_strings(package, part.ptr, out, err);
    en_buf_clear(&part);
    en_buf_clear(&search.id);
    return status;
}
