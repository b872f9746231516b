/* A document and what it says. */
#include "app/prose.h"

en_status en_prose_read(en_str bytes, const char *file, const en_prose_options *o, en_prose *out, en_error *err) {
    *out = (en_prose){0};
    EN_TRY(en_document_read(bytes, file, o->encoding, &out->document, err));
    const en_document *d = &out->document;
    en_extract_options options = {.struct_size = sizeof options,
                                  .language = o->language,
                                  .date = en_str_of(o->date ? o->date : d->date),
                                  .title = en_str_of(d->title),
                                  .progress = o->progress};
    en_status status = en_extract(d->text, &options, &out->extraction, err);
    if (status != EN_OK) return en_prose_clear(out), status;
    en_report_source *source = &out->extraction.source;
    if (!source->author.len) source->author = en_str_of(d->author);
    if (!source->agency.len) source->agency = en_str_of(d->agency);
    return EN_OK;
}

void en_prose_clear(en_prose *prose) {
    en_extraction_clear(&prose->extraction);
    en_document_clear(&prose->document);
    *prose = (en_prose){0};
}
