/* A text being made out of a document: white space as a reader sees it, and where each byte came from. */
#ifndef EN_DOCUMENT_RENDITION_H
#define EN_DOCUMENT_RENDITION_H

#include "base/buf.h"
#include "document/document.h"

typedef struct en_rendition {
    en_buf text;
    en_document_place *places; /* owned */
    int64_t n_places, places_cap;
    int32_t page;
    int breaks; /* line breaks due before the next word */
    bool space; /* a space is */
    en_error *err;
} en_rendition;

/* Words of running text: runs of white space become one space. `source` is where s.ptr[0] stands, -1 unknown. */
en_status en_rendition_words(en_rendition *r, en_str s, int64_t source);
/* The same, white space and all. */
en_status en_rendition_verbatim(en_rendition *r, en_str s, int64_t source);
/* A line ends (1), or a paragraph (2), unless nothing was said since the last end. */
void en_rendition_break(en_rendition *r, int lines);
/* Moves text and places into the document and frees the rest. */
en_status en_rendition_end(en_rendition *r, en_document *out);
void en_rendition_clear(en_rendition *r);

/* The readers, one a format; `out` has its arena. They fill text, places and what the document says of itself. */
en_status en_document_html(en_str bytes, const char *encoding, en_document *out, en_error *err);
en_status en_document_pdf(en_str bytes, en_document *out, en_error *err);
en_status en_document_mail(en_str bytes, en_document *out, en_error *err);
/* The same for a page within another document: into a rendition that is being made. */
en_status en_html_words(en_str utf8, en_rendition *r, en_document *about, en_error *err);
/* Bytes of a document as UTF-8 text, lent by the arena or the bytes; `encoding` NULL: detected. */
en_status en_document_decode(en_str bytes, const char *encoding, en_document *out, en_str *text, en_error *err);
/* A date as documents write it (ISO 8601, with or without a time) as EDTF to the day; "" where it is none. */
const char *en_document_date(en_arena *arena, const char *written);

#endif
