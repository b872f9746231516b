/* Documents to text: what a page, a mail, a PDF or a text file says, as UTF-8, with a map from every byte of that text
 * back to where it stands in the document, and what the document itself says of its title, date and author.
 */
#ifndef EN_DOCUMENT_DOCUMENT_H
#define EN_DOCUMENT_DOCUMENT_H

#include "everyname/base.h"

/* From `text` on, up to the next place, the text stands at `source` in the document, byte for byte. */
typedef struct en_document_place {
    int64_t text;   /* byte of the text */
    int64_t source; /* byte of the document, or of its UTF-8 form where it came in another encoding; -1 unknown */
    int32_t page;   /* of a PDF, from 1; 0 elsewhere */
} en_document_place;

typedef enum { EN_DOCUMENT_TEXT = 0, EN_DOCUMENT_HTML, EN_DOCUMENT_PDF, EN_DOCUMENT_MAIL } en_document_format;

/* What is unknown is "". All of it, the text too, is lent by the arena; `text` is the caller's own bytes where
 * is_capture. */
typedef struct en_document {
    en_arena *arena;
    en_document_format format;
    const char *media_type, *encoding; /* of what came in */
    const char *extractor;             /* name and version of what made the text; "" where is_capture */
    bool is_capture;                   /* UTF-8 text: it is its own rendition */
    en_str text;
    int64_t n_places;
    en_document_place *places; /* ascending */
    const char *title, *date /* EDTF */, *author, *agency, *language, *url;
    int64_t attachments; /* parts of a mail that are not in the text */
} en_document;

/* Is this a document rather than a list, by its name and its first bytes? */
bool en_document_is(en_str bytes, const char *file);
/* `file` is for errors and, by its ending, the format; `encoding` NULL: what the document says, else detected.
 * EN_ERR_INPUT for what is no such document or has no text, EN_ERR_LIMIT beyond limits.h, EN_ERR_NOT_FOUND where
 * pdftotext is not installed. */
en_status en_document_read(en_str bytes, const char *file, const char *encoding, en_document *out, en_error *err);
void en_document_clear(en_document *document);

/* Where byte `at` of the text stands. False where nothing says. */
bool en_document_locate(const en_document *document, int64_t at, en_document_place *out);

#endif
