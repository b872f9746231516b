/* The searches for the verb or noun that says what befell those counted, each on one side. */
#ifndef EN_EXTRACT_PREDICATE_H
#define EN_EXTRACT_PREDICATE_H

#include "extract/reading.h"

enum { LEFT_ITEMS = 30 };

static inline bool governs(const predicate *p) { return p->how != FOUND_NOT; }
/* Fills in a predicate from a verb at item `at`. */
void found(predicate *p, found_how how, const lex_sense *v, int at, bool finite);
/* "killed and wounded", "killed or injured": casualties, where both are said of the same people. */
void join_verbs(const reading *r, predicate *p, uint8_t unit);
/* The item before the phrase, past its articles, "a further", "some". */
int before_phrase(const reading *r, const counted *of);
/* Whether the verb at `at` is in the passive, its auxiliary before it. */
bool has_auxiliary(const reading *r, int at);

void scan_right(const reading *r, const counted *of, predicate *out);              /* predicate_right.c */
void scan_left(const reading *r, const counted *of, predicate *out, bool *weakly); /* predicate_left.c */
void scan_toll(const reading *r, counted *of, predicate *out);                     /* predicate_toll.c */
void scan_front(const reading *r, const counted *of, predicate *out);              /* predicate_front.c */
void scan_inverted(const reading *r, const counted *of, predicate *out);
void scan_label(const reading *r, counted *of, predicate *out);

#endif
