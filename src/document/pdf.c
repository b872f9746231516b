/* The text of a PDF, by pdftotext as a process of its own: what it does with a hostile file stays there. */
#include <string.h>

#include "base/os.h"
#include "document/rendition.h"
#include "everyname/limits.h"

static const en_os_limits limits = {
    .seconds = EN_LIMIT_TOOL_SECONDS, .memory = EN_LIMIT_TOOL_MEMORY, .output = EN_LIMIT_TOOL_OUTPUT};

static en_status run_pdftotext(en_str bytes, en_buf *text, en_error *err) {
    static const char *const argv[] = {"pdftotext", "-q", "-enc", "UTF-8", "-eol", "unix", "-", "-", NULL};
    int code = 0;
    en_status status = en_os_run(argv, bytes, &limits, text, &code, err);
    if (status == EN_ERR_NOT_FOUND) {
        en_fail(err, status, "reading a PDF needs pdftotext, which is not installed");
        return en_error_mend(err, "install poppler-utils"), status;
    }
    if (status != EN_OK) return status;
    if (code == 0) return EN_OK;
    en_fail(err, EN_ERR_INPUT, code == 3 ? "the PDF does not allow its text to be copied" : "the PDF cannot be read");
    return en_error_mend(err, "open it in a viewer and save it anew, or import its text");
}

/* A form feed ends each page. */
static en_status write_pages(en_str text, en_rendition *r) {
    for (r->page = 1; text.len; r->page++) {
        const char *end = memchr(text.ptr, '\f', text.len);
        size_t n = end ? (size_t)(end - text.ptr) : text.len, skipped = end ? 1 : 0;
        while (n && text.ptr[n - 1] == '\n') n--, skipped++;
        EN_TRY(en_rendition_verbatim(r, (en_str){text.ptr, n}, -1));
        en_rendition_break(r, 2);
        text.ptr += n + skipped;
        text.len -= n + skipped;
    }
    return EN_OK;
}

en_status en_document_pdf(en_str bytes, en_document *out, en_error *err) {
    en_rendition r = {.err = err};
    en_buf text = {0};
    out->extractor = "everyname " EN_VERSION " pdftotext";
    en_status status = run_pdftotext(bytes, &text, err);
    if (status == EN_OK) status = write_pages(en_buf_str(&text), &r);
    en_buf_clear(&text);
    if (status == EN_OK) return en_rendition_end(&r, out);
    en_rendition_clear(&r);
    return status;
}
