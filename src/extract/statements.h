/* What a sentence says beside figures: terms, instruments, allegations. */
#ifndef EN_EXTRACT_STATEMENTS_H
#define EN_EXTRACT_STATEMENTS_H

#include "extract/speakers.h"

en_status read_statements(reading *r, const frames *f, en_error *err);
en_status read_terms(reading *r, const frames *f, en_error *err);
/* first_term: the first characterisation of this sentence. */
en_status read_instruments(reading *r, const frames *f, size_t first_term, en_error *err);
en_status read_allegations(reading *r, const frames *f, en_error *err);

/* The noun phrase that begins at `from`, without its article, up to a verb, comma or preposition of place; empty where
 * none does. *to: its last item. */
en_str phrase_after(const reading *r, int from, int *to);

#endif
