/* The index that search reads: every name and word that records, rows and documents hold, as plain Latin with its
 * skeleton, and where each stands. docs/methods/search.md says how it is searched, docs/file-format.md how it is
 * stored.
 *
 * A text is numbered: first the records, in the account's order, then rows of the model, then passages of documents.
 */
#ifndef EN_APP_SEARCH_INDEX_H
#define EN_APP_SEARCH_INDEX_H

#include "app/app.h"
#include "app/derived.h"

#define EN_SEARCH_KIND "search"
enum { EN_SEARCH_VERSION = 1 };
enum { EN_INDEX_TEXTS = 1024 /* a value "texts/N" */, EN_INDEX_PART = 1 << 17 /* bytes of a value "places/N" */ };
enum { EN_INDEX_LETTERS = 64 /* of a token at most */ };
typedef enum { EN_INDEXED_RECORD = 0, EN_INDEXED_ROW, EN_INDEXED_PASSAGE } en_indexed;

en_status en_search_index_make(const en_account *account, int threads, const en_progress *progress, en_derived_set *out,
                               en_error *err);

#endif
