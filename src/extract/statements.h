/* What a sentence says beside figures: terms, instruments, allegations. */
#ifndef EN_EXTRACT_STATEMENTS_H
#define EN_EXTRACT_STATEMENTS_H

#include "extract/speakers.h"

en_status read_statements(reading *r, const frames *f, en_error *err);

#endif
