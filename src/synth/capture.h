/* Who is on which list. */
#ifndef EN_SYNTH_CAPTURE_H
#define EN_SYNTH_CAPTURE_H

#include "synth/list_kinds.h"

/* Sets bit i of each person's `captured` where list i has the person. */
void capture_people(population *all, int lists, uint64_t seed);

#endif
