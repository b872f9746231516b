/* The numbers of one sentence on their way to figures: what each counts, its predicate, and what it takes from others.
 */
#ifndef EN_EXTRACT_CANDIDATES_H
#define EN_EXTRACT_CANDIDATES_H

#include "extract/reading.h"

enum { SENTENCE_NUMBERS = 120, BACK_SENTENCES = 3 };

typedef struct candidate {
    counted of;
    predicate by;
    int64_t draft; /* its number in reading.drafts; -1 not a figure */
    int64_t total; /* draft it is part of; -1 */
    bool part;
    bool fronted; /* "Of the victims, 52 were women" */
    bool whole;   /* "of the 312": the total itself, told again */
    bool elliptical;
    bool detail;     /* of a list after a colon or in brackets */
    bool superseded; /* an earlier toll, beside the one that counts */
} candidate;

typedef struct candidates {
    candidate at[SENTENCE_NUMBERS];
    int n;
} candidates;

static inline bool has_predicate(const candidate *c) { return c->by.how != FOUND_NOT; }
candidate *candidate_of(candidates *all, int number);
/* The last candidate before k that became a figure; -1 none. Without `parts`, one that is neither part nor detail. */
int previous_figure(const candidates *all, int k, bool parts);
/* The total in an earlier sentence: the last figure there that is no part, of the category if one is said; -1 none. */
int64_t earlier_total(const reading *r, int category);
/* The same of at least `least` people: no part is larger than its total. */
int64_t earlier_whole(const reading *r, int category, double least);
/* The same in this sentence, before candidate `before`. */
int64_t total_here(const reading *r, const candidates *all, int before, int category, double least);
/* The figure of the same value told shortly before; -1 none. */
int64_t told_before(const reading *r, double value);

/* Joints (joints.c): whether only places, dates and the words of a list stand between item `from` and the phrase at
 * `to`; where a candidate's words end; whether it may take its verb from elsewhere; whether it has one of its own. */
bool list_gap(const reading *r, int from, int to);
int end_of(const candidate *c, int before);
bool may_inherit(const reading *r, const counted *of);
bool own_verb(const candidate *c);
/* Words like "against" or "up from" stand right before the number (ellipsis.c). */
bool compared(const reading *r, const counted *of);

void find_part(const reading *r, candidates *all, int k);  /* figure_parts.c */
void mark_whole(const reading *r, candidates *all, int k); /* "12 of the 30": the 30 */
void link_later_totals(reading *r, candidates *all);
void find_part_verb(const reading *r, candidates *all, int k); /* ellipsis.c */
void find_elliptical(reading *r, candidates *all, int k);
void find_apposition(const reading *r, candidate *c);
void find_noun_before(const reading *r, candidates *all, int k);
void find_topic(const reading *r, candidate *c);
void keep_topic(reading *r);
void take_noun_before(const reading *r, const candidates *all, int k, candidate *c);

void take_complement(const reading *r, candidate *c); /* drafts.c */
en_status add_draft(reading *r, candidate *c, en_error *err);
/* lists.c: a number in a cell of a table, or an item of a list, takes category and group from what stands over it */
void find_cell(const reading *r, candidate *c);
void find_list_verb(const reading *r, candidate *c);
void take_label_group(const reading *r, candidate *c);
en_status read_share(reading *r, int number, en_error *err); /* shares.c */

#endif
