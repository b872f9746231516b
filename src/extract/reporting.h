/* The reporting clauses of one sentence. */
#ifndef EN_EXTRACT_REPORTING_H
#define EN_EXTRACT_REPORTING_H

#include "extract/phrases.h"
#include "extract/speakers.h"

void read_frames(const reading *r, frames *f);
frame *add_frame(frames *f, int verb, uint8_t kind);           /* NULL where there are too many */
void read_report_first(const reading *r, int verb, frames *f); /* reporting_first.c */

#endif
