/* Names of persons in scripts without capitals: the run of unknown words that ends a phrase, behind the office, the
 * title or the article that closes what goes before. */
#include "extract/phrases.h"

enum { NAME_PARTS = 5 };

/* The first item of the written word that item `i` is in: joined prefixes are items of their own. */
static int word_start(const reading *r, int i, int least) {
    while (i > least && item_at(r, i)->flags & ITEM_JOINED && item_at(r, i - 1)->kind == ITEM_WORD) i--;
    return i;
}

static bool with_article(const reading *r, int start) { return is(item_at(r, start), LEX_DETERMINER); }

/* Whether the written word from..to may be of a name: unknown, or a name's small word; at the end a known noun too,
 * with its article, as many surnames are trades. */
static bool of_name(const reading *r, int from, int to, bool last) {
    const item *head = item_at(r, to);
    if (head->kind != ITEM_WORD || is(item_at(r, from), LEX_CONJUNCTION)) return false;
    if (from < to && !with_article(r, from)) return false;
    if (is_unknown(head) || is(head, LEX_FILLER)) return true;
    uint64_t public = LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY) | LEX_BIT(LEX_TITLE) | LEX_BIT(LEX_COURT);
    return last && with_article(r, from) && is(head, LEX_NOUN) && !is_any(head, public) &&
           is_unknown(item_at(r, from - 1));
}

typedef struct words {
    int start[NAME_PARTS + 1]; /* from the last word to the first */
    int n;
} words;

static void name_run(const reading *r, stretch s, words *run) {
    run->n = 0;
    for (int end = s.to; end >= s.from && run->n < NAME_PARTS;) {
        int start = word_start(r, end, s.from);
        if (!of_name(r, start, end, end == s.to)) return;
        run->start[run->n++] = start;
        end = start - 1;
    }
}

/* In "mayor of Ain Zahra Marwan Ghazal" the place comes first: its last word has the article, else a name has two. */
static int after_place(const reading *r, const words *run) {
    for (int i = run->n - 2; i >= 1; i--)
        if (with_article(r, run->start[i])) return i - 1;
    bool small = run->n >= 3 && is(item_at(r, run->start[1]), LEX_FILLER);
    return run->n >= 3 ? (small ? 2 : 1) : -1;
}

stretch person_by_words(const reading *r, stretch s) {
    stretch none = {0, -1};
    words run;
    name_run(r, s, &run);
    if (!run.n) return none;
    int first = run.n - 1, before = run.start[first] - 1;
    if (before < s.from) return (stretch){run.start[first], s.to};
    const item *lead = item_at(r, before);
    if (is(lead, LEX_TITLE)) return (stretch){run.start[first], s.to};
    bool article = with_article(r, word_start(r, before, s.from)) || is(lead, LEX_POSSESSIVE);
    article |= lead->words >= 3; /* مجلس النواب, one phrase with the article in it */
    const lex_sense *office = sense(lead, LEX_OFFICE);
    while (first >= 0 && with_article(r, run.start[first])) first--; /* an adjective, "the local council" */
    if (first < 0) return none;
    article |= first < run.n - 1;
    if (!article && !(office && run.n == 2)) first = after_place(r, &run);
    return first >= 0 ? (stretch){run.start[first], s.to} : none;
}
