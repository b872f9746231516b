/* What a sentence says beside figures: contested terms with who uses them how, instruments, and who is said to have
 * done what. Each needs words of its own in the sentence; nothing is inferred from what a term or act would imply. */
#include "extract/statements.h"

en_status read_statements(reading *r, const frames *f, en_error *err) {
    size_t first_term = r->n_characterisations;
    EN_TRY(read_terms(r, f, err));
    EN_TRY(read_instruments(r, f, first_term, err));
    return read_allegations(r, f, err);
}
