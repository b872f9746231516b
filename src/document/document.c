/* Which kind of document it is, and its text by the reader for that kind. */
#include "document/document.h"

#include <string.h>
#include <strings.h>

#include "document/rendition.h"
#include "everyname/when.h"
#include "table/parts.h"

static const struct {
    const char *ending;
    en_document_format format;
} endings[] = {{".txt", EN_DOCUMENT_TEXT},  {".text", EN_DOCUMENT_TEXT}, {".md", EN_DOCUMENT_TEXT},
               {".html", EN_DOCUMENT_HTML}, {".htm", EN_DOCUMENT_HTML},  {".xhtml", EN_DOCUMENT_HTML},
               {".pdf", EN_DOCUMENT_PDF},   {".eml", EN_DOCUMENT_MAIL},  {".mht", EN_DOCUMENT_MAIL},
               {".mhtml", EN_DOCUMENT_MAIL}};
static const char *const media_types[] = {"text/plain", "text/html", "application/pdf", "message/rfc822"};

static bool begins(en_str bytes, const char *with) {
    size_t n = strlen(with);
    return bytes.len >= n && strncasecmp(bytes.ptr, with, n) == 0;
}

/* By the first bytes, where they are telling: a file's name may be wrong, a PDF's first bytes are not. */
static bool format_of_bytes(en_str bytes, en_document_format *out) {
    while (bytes.len && strchr(" \t\r\n\xef\xbb\xbf", bytes.ptr[0])) bytes.ptr++, bytes.len--;
    if (begins(bytes, "%PDF-")) return *out = EN_DOCUMENT_PDF, true;
    if (begins(bytes, "<!doctype html") || begins(bytes, "<html")) return *out = EN_DOCUMENT_HTML, true;
    return false;
}

static bool format_of_name(const char *file, en_document_format *out) {
    const char *dot = strrchr(file, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot, endings[i].ending) == 0) return *out = endings[i].format, true;
    return false;
}

bool en_document_is(en_str bytes, const char *file) {
    en_document_format format;
    return format_of_bytes(bytes, &format) || format_of_name(file, &format);
}

en_status en_document_decode(en_str bytes, const char *encoding, en_document *out, en_str *text, en_error *err) {
    en_read_report report = {0};
    en_read_options options = {.struct_size = sizeof options, .encoding = encoding};
    size_t start = 0;
    bool clean = true;
    en_status status = table_decode(bytes, &options, &report, text, &start, &clean, err);
    if (status == EN_OK && !clean) {
        en_fail(err, EN_ERR_INPUT, "the text is not %s", report.encoding);
        status = en_error_at(err, NULL, -1, NULL, (int64_t)table_utf8_fault(*text, start));
        en_error_mend(err, "save the file as UTF-8, or name its encoding");
    }
    if (status == EN_OK) {
        out->encoding = en_arena_strdup(out->arena, en_str_of(report.encoding));
        if (text->ptr != bytes.ptr) text->ptr = en_arena_strdup(out->arena, *text);
        if (!out->encoding || !text->ptr) status = en_no_memory(err);
        text->ptr += text->ptr ? start : 0;
        text->len -= start;
    }
    en_read_report_clear(&report);
    return status;
}

const char *en_document_date(en_arena *arena, const char *written) {
    char day[24];
    en_error ignored;
    en_when when;
    en_str text = {written, strcspn(written, "T ")};
    if (en_when_parse(text, EN_ORDER_UNSTATED, &when, &ignored) != EN_OK) return "";
    if (en_when_print(&when, day, sizeof day) >= sizeof day) return "";
    const char *out = en_arena_strdup(arena, en_str_of(day));
    return out ? out : "";
}

/* UTF-8 text is its own rendition, byte for byte; other encodings are turned into UTF-8. */
static en_status read_text(en_str bytes, const char *encoding, en_document *out, en_error *err) {
    en_str text;
    EN_TRY(en_document_decode(bytes, encoding, out, &text, err));
    out->is_capture = text.ptr >= bytes.ptr && text.ptr <= bytes.ptr + bytes.len;
    out->text = out->is_capture ? bytes : text;
    if (!out->is_capture) out->extractor = "everyname " EN_VERSION " text";
    if (!(out->places = en_arena_alloc(out->arena, sizeof *out->places))) return en_no_memory(err);
    out->n_places = out->is_capture; /* of another encoding, one byte is not one byte */
    return EN_OK;
}

static en_status read_format(en_str bytes, const char *encoding, en_document *out, en_error *err) {
    switch (out->format) {
    case EN_DOCUMENT_HTML: return en_document_html(bytes, encoding, out, err);
    case EN_DOCUMENT_PDF: return en_document_pdf(bytes, out, err);
    case EN_DOCUMENT_MAIL: return en_document_mail(bytes, out, err);
    case EN_DOCUMENT_TEXT: break;
    }
    return read_text(bytes, encoding, out, err);
}

static en_status check_words(const en_document *d, en_error *err) {
    if (en_str_trim(d->text).len) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "no text was found in it");
    return en_error_mend(err, "a scanned page has to be read by OCR first");
}

en_status en_document_read(en_str bytes, const char *file, const char *encoding, en_document *out, en_error *err) {
    *out = (en_document){.arena = en_arena_new(),
                         .title = "",
                         .date = "",
                         .author = "",
                         .agency = "",
                         .language = "",
                         .url = "",
                         .encoding = "",
                         .extractor = ""};
    if (!out->arena) return en_no_memory(err);
    if (!format_of_bytes(bytes, &out->format) && !format_of_name(file, &out->format)) out->format = EN_DOCUMENT_TEXT;
    out->media_type = media_types[out->format];
    en_status status = read_format(bytes, encoding, out, err);
    if (status == EN_OK) status = check_words(out, err);
    if (status == EN_OK) return EN_OK;
    en_error_at(err, file, -1, NULL, -1);
    en_document_clear(out);
    return status;
}

void en_document_clear(en_document *document) {
    en_arena_free(document->arena);
    *document = (en_document){0};
}

bool en_document_locate(const en_document *document, int64_t at, en_document_place *out) {
    int64_t low = 0, high = document->n_places;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (document->places[middle].text <= at)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || at >= (int64_t)document->text.len) return false;
    *out = document->places[low - 1];
    if (out->source >= 0) out->source += at - out->text;
    out->text = at;
    return out->source >= 0 || out->page > 0;
}
