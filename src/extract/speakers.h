/* Reporting clauses of one sentence. */
#ifndef EN_EXTRACT_SPEAKERS_H
#define EN_EXTRACT_SPEAKERS_H

#include "extract/phrases.h"

enum { FRAMES_MAX = 24 };

typedef struct frame {
    speaker_words who;
    int verb, start, end; /* items: the verb, where its clause begins, where what belongs to it ends */
    uint8_t kind;         /* REPORT_… */
    bool left, right;     /* what is said stands before it, after it */
    bool after;           /* set off by a comma or quotation mark */
    bool according;
    bool label; /* before a colon at the start of a paragraph */
} frame;

typedef struct frames {
    frame at[FRAMES_MAX];
    int n;
    bool fronted; /* the sentence begins with those of whom it tells: "Among the dead, …" */
} frames;

/* Gives the figures of this sentence, and those of its quotation in sentences before, their speakers. */
void read_speakers(reading *r, frames *f);
/* Who speaks at an item; NULL: the report. */
const speaker_words *speaker_at(const reading *r, const frames *f, int place);

#endif
