/* The reporting clauses of one sentence. */
#ifndef EN_EXTRACT_REPORTING_H
#define EN_EXTRACT_REPORTING_H

#include "extract/phrases.h"
#include "extract/speakers.h"

void read_frames(const reading *r, frames *f);

#endif
