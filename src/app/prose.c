/* A document and what it says. */
#include "app/prose.h"

en_status en_prose_read(en_str bytes, const char *file, const char *encoding, const char *language, en_prose *out,
                        en_error *err) {
    *out = (en_prose){0};
    EN_TRY(en_document_read(bytes, file, encoding, &out->document, err));
    const en_document *d = &out->document;
    en_extract_options options = {
        .struct_size = sizeof options, .language = language, .date = en_str_of(d->date), .title = en_str_of(d->title)};
    en_status status = en_extract(d->text, &options, &out->extraction, err);
    if (status == EN_OK) return en_sha256_text(d->text, out->sha256), EN_OK;
    en_prose_clear(out);
    return status;
}

void en_prose_clear(en_prose *prose) {
    en_extraction_clear(&prose->extraction);
    en_document_clear(&prose->document);
    *prose = (en_prose){0};
}
