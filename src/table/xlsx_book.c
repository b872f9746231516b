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
    xlsx_book *book;
    en_buf id;    /* relationship of the sheet that was found */
    en_buf names; /* of all, for the message */
    bool found;
} sheet_search;

static en_status on_sheet(sheet_search *s, const char **attributes, en_error *err) {
    const char *name = xlsx_attribute(attributes, "name"), *state = xlsx_attribute(attributes, "state");
    const char *id = NULL;
    for (const char **a = attributes; *a; a += 2)
        if (ends_with(a[0], ":id")) id = a[1];
    if (!name || !id) return EN_OK;
    if (s->names.len < 200) EN_TRY(en_buf_addf(&s->names, err, "%s\"%.60s\"", s->names.len ? ", " : "", name));
    bool hidden = state && strcmp(state, "visible") != 0;
    if (s->found || (s->wanted ? strcmp(name, s->wanted) != 0 : hidden)) return EN_OK;
    s->found = true;
    EN_TRY(en_buf_add(&s->book->sheet_name, en_str_of(name), err));
    return en_buf_add(&s->id, en_str_of(id), err);
}

static en_status on_workbook(void *ctx, const char *name, const char **attributes, en_error *err) {
    sheet_search *s = ctx;
    if (strcmp(name, "sheet") == 0) return on_sheet(s, attributes, err);
    if (strcmp(name, "workbookPr") != 0) return EN_OK;
    const char *system = xlsx_attribute(attributes, "date1904");
    s->book->system_1904 = system && (strcmp(system, "1") == 0 || strcmp(system, "true") == 0);
    return EN_OK;
}

static en_status no_sheet(const xlsx_package *package, const sheet_search *s, en_error *err) {
    if (s->wanted)
        en_fail(err, EN_ERR_NOT_FOUND, "the workbook has no sheet \"%.100s\"", s->wanted);
    else
        en_fail(err, EN_ERR_INPUT, "the workbook has no visible sheet");
    if (s->names.len) en_error_mend(err, "it has %s", s->names.ptr);
    return table_fault_at(package->options, -1, NULL, -1, err);
}

static en_status find_sheet(xlsx_package *package, const char *workbook, sheet_search *s, en_error *err) {
    xlsx_sink sink = {.ctx = s, .start = on_workbook};
    EN_TRY(xlsx_package_parse(package, workbook, &sink, err));
    if (!s->found) return no_sheet(package, s, err);
    en_buf *part = &s->book->sheet_part;
    EN_TRY(find_related(package, workbook, s->id.ptr, NULL, part, err));
    if (part->len && xlsx_package_has(package, part->ptr)) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the cells of sheet \"%.100s\" are missing from the workbook", s->book->sheet_name.ptr);
    en_error_mend(err, "save the workbook again as .xlsx");
    return table_fault_at(package->options, -1, NULL, -1, err);
}

/* A text run inside a shared string counts, but not its phonetic reading (rPh). */
typedef struct string_parse {
    xlsx_book *book;
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
    xlsx_book *book = s->book;
    if (book->n_strings == book->string_cap) {
        size_t cap = book->string_cap ? book->string_cap * 2 : 256;
        size_t *ends = realloc(book->string_ends, cap * sizeof *ends);
        if (!ends) return en_no_memory(err);
        book->string_ends = ends;
        book->string_cap = cap;
    }
    xlsx_unescape(&book->strings, s->start);
    book->string_ends[book->n_strings++] = book->strings.len;
    s->start = book->strings.len;
    return EN_OK;
}

static en_status on_string_end(void *ctx, const char *name, en_error *err) {
    string_parse *s = ctx;
    s->in_text -= strcmp(name, "t") == 0;
    s->in_phonetic -= strcmp(name, "rPh") == 0;
    return strcmp(name, "si") == 0 ? end_string(s, err) : EN_OK;
}

/* Excel numbers formats of the workbook's own from 164 on, and keeps all below this. */
#define FORMAT_IDS 65536

/* What the formats of the workbook's own show, by their id; NULL while it has none. */
typedef struct style_parse {
    xlsx_book *book;
    struct own_format {
        bool there;
        xlsx_shown shown;
    } * own;
    bool in_cell_styles;
} style_parse;

static en_status add_own_format(style_parse *s, const char **attributes, en_error *err) {
    const char *id = xlsx_attribute(attributes, "numFmtId"), *code = xlsx_attribute(attributes, "formatCode");
    int number = id ? atoi(id) : -1;
    if (!code || number < 0 || number >= FORMAT_IDS) return EN_OK;
    if (!s->own) s->own = calloc(FORMAT_IDS, sizeof *s->own);
    if (!s->own) return en_no_memory(err);
    s->own[number] = (struct own_format){true, xlsx_shown_by_code(code)};
    return EN_OK;
}

static xlsx_shown shown_by_format(const style_parse *s, int format) {
    bool own = s->own && format >= 0 && format < FORMAT_IDS && s->own[format].there;
    return own ? s->own[format].shown : xlsx_shown_by_id(format);
}

static en_status add_style(style_parse *s, const char **attributes, en_error *err) {
    const char *id = xlsx_attribute(attributes, "numFmtId");
    xlsx_book *book = s->book;
    if (book->n_styles == book->style_cap) {
        size_t cap = book->style_cap ? book->style_cap * 2 : 64;
        xlsx_shown *styles = realloc(book->styles, cap * sizeof *styles);
        if (!styles) return en_no_memory(err);
        book->styles = styles;
        book->style_cap = cap;
    }
    book->styles[book->n_styles++] = shown_by_format(s, id ? atoi(id) : 0);
    return EN_OK;
}

static en_status on_style_start(void *ctx, const char *name, const char **attributes, en_error *err) {
    style_parse *s = ctx;
    if (strcmp(name, "numFmt") == 0) return add_own_format(s, attributes, err);
    if (strcmp(name, "cellXfs") == 0) s->in_cell_styles = true;
    return s->in_cell_styles && strcmp(name, "xf") == 0 ? add_style(s, attributes, err) : EN_OK;
}

static en_status on_style_end(void *ctx, const char *name, en_error *err) {
    (void)err;
    style_parse *s = ctx;
    if (strcmp(name, "cellXfs") == 0) s->in_cell_styles = false;
    return EN_OK;
}

/* Workbooks without text have no shared strings, and ones without formats no styles: neither part has to be there. */
static en_status read_optional(xlsx_package *package, const char *workbook, const char *type_end, const xlsx_sink *sink,
                               en_error *err) {
    en_buf part = {0};
    en_status status = find_related(package, workbook, NULL, type_end, &part, err);
    if (status == EN_OK && part.len) status = xlsx_package_parse(package, part.ptr, sink, err);
    en_buf_clear(&part);
    return status;
}

static en_status read_styles(xlsx_package *package, const char *workbook, xlsx_book *book, en_error *err) {
    style_parse styles = {.book = book};
    xlsx_sink sink = {.ctx = &styles, .start = on_style_start, .end = on_style_end};
    en_status status = read_optional(package, workbook, "/styles", &sink, err);
    free(styles.own);
    return status;
}

static en_status read_strings(xlsx_package *package, const char *workbook, xlsx_book *book, en_error *err) {
    string_parse strings = {.book = book};
    xlsx_sink sink = {.ctx = &strings, .start = on_string_start, .text = on_string_text, .end = on_string_end};
    return read_optional(package, workbook, "/sharedStrings", &sink, err);
}

static en_status find_workbook(xlsx_package *package, en_buf *workbook, en_error *err) {
    EN_TRY(find_related(package, "", NULL, "/officeDocument", workbook, err));
    if (!workbook->len) EN_TRY(en_buf_add(workbook, EN_LIT("xl/workbook.xml"), err));
    if (xlsx_package_has(package, workbook->ptr) && ends_with(workbook->ptr, ".xml")) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the zip holds no workbook");
    en_error_mend(err, "save the sheet as .xlsx or CSV");
    return table_fault_at(package->options, -1, NULL, -1, err);
}

en_status xlsx_book_read(xlsx_package *package, const char *sheet, xlsx_book *out, en_error *err) {
    *out = (xlsx_book){0};
    en_buf workbook = {0};
    sheet_search search = {.wanted = sheet, .book = out};
    en_status status = find_workbook(package, &workbook, err);
    if (status == EN_OK) status = find_sheet(package, workbook.ptr, &search, err);
    if (status == EN_OK) status = read_styles(package, workbook.ptr, out, err);
    if (status == EN_OK) status = read_strings(package, workbook.ptr, out, err);
    en_buf_clear(&workbook);
    en_buf_clear(&search.id);
    en_buf_clear(&search.names);
    return status;
}

void xlsx_book_clear(xlsx_book *book) {
    en_buf_clear(&book->sheet_part);
    en_buf_clear(&book->sheet_name);
    en_buf_clear(&book->strings);
    free(book->string_ends);
    free(book->styles);
    *book = (xlsx_book){0};
}

bool xlsx_book_string(const xlsx_book *book, size_t index, en_str *out) {
    if (index >= book->n_strings) return false;
    size_t from = index ? book->string_ends[index - 1] : 0;
    *out = (en_str){book->strings.ptr ? book->strings.ptr + from : "", book->string_ends[index] - from};
    return true;
}
