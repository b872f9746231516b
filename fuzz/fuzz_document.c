/* Pages and mails of any bytes: an error or a text in UTF-8, each place of which is true. */
#include "document/document.h"
#include "fuzz_check.h"

/* Where the document is UTF-8, the byte at a place is the byte of the text. */
static void check_places_of(const en_document *d, en_str bytes) {
    bool exact = d->is_capture || (d->format == EN_DOCUMENT_HTML && strcmp(d->encoding, "UTF-8") == 0);
    en_document_place place;
    for (size_t at = 0; exact && at < d->text.len; at++) {
        if (!en_document_locate(d, (int64_t)at, &place) || place.source < 0) continue;
        must((size_t)place.source < bytes.len && bytes.ptr[place.source] == d->text.ptr[at]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const names[] = {"a.html", "a.eml", "a.txt"};
    if (size == 0) return 0;
    en_str bytes = {(const char *)data + 1, size - 1};
    en_document d;
    en_error err = {0};
    en_status status = en_document_read(bytes, names[data[0] % 3], NULL, &d, &err);
    if (status != EN_OK) return check_refusal(status, &err), 0;
    must(d.text.len > 0 && table_utf8_fault(d.text, 0) == d.text.len);
    check_places_of(&d, bytes);
    en_document_clear(&d);
    return 0;
}
