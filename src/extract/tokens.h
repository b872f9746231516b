/* A text into sentences of tokens, one sentence at a time, so that memory does not grow with the text. */
#ifndef EN_EXTRACT_TOKENS_H
#define EN_EXTRACT_TOKENS_H

#include <uchar.h>

#include "extract/lexicon.h"

/* A sentence is read to this many tokens; what comes after begins another. */
enum { SENTENCE_TOKENS = 400 };

typedef enum {
    TOKEN_WORD,
    TOKEN_NUMBER,
    TOKEN_CODE, /* letters and digits together, times, symbols of documents: never a count */
    TOKEN_DATE, /* 2019-03-12, 12.03.2019 */
    TOKEN_PUNCT
} token_kind;

enum {
    TOKEN_CAPITAL = 1,
    TOKEN_SPACE_BEFORE = 2,
    TOKEN_FOLLOWED = 4, /* a letter, digit, % or ° stands directly after it */
    TOKEN_OPENS = 8,    /* a quotation */
    TOKEN_CLOSES = 16,
    TOKEN_GROUPED = 32, /* digits written in groups */
    TOKEN_INSIDE = 64,  /* part of the word before it, split off */
    TOKEN_ALL_CAPITALS = 128
};

typedef struct token {
    uint32_t start, end;
    int32_t word;   /* in the lexicon; -1 */
    char32_t punct; /* of TOKEN_PUNCT; quotes are all '"' */
    uint32_t quote; /* number of the quotation it stands in, 0 none */
    uint8_t kind, flags;
    double value; /* of TOKEN_NUMBER; of TOKEN_DATE yyyymmdd, mm or dd 0 where not told */
} token;

typedef struct sentence {
    token tokens[SENTENCE_TOKENS + 8];
    int n;
    bool paragraph_start; /* after a blank line, or at the start of a list item */
    bool list_item;       /* begins with a bullet, a dash or a number and a bracket */
    bool line_end;        /* the line ends with it */
    bool ends_colon;      /* and with a colon: the heading of what follows */
    bool unended;         /* the line ends without a full stop: a title */
} sentence;

typedef struct reader {
    en_str text;
    const lexicon *lex;
    size_t pos;
    size_t line_start;
    char32_t opener; /* of the quotation open now; 0 none */
    uint32_t quotes; /* opened so far */
    bool paragraph;  /* the next sentence begins one */
    bool line_begins;
    bool row; /* a bar or a tab stands in the line: it is a row of a table */
} reader;

void reader_init(reader *r, en_str text, const lexicon *lex);
bool reader_next(reader *r, sentence *s); /* false at the end of the text */

/* Folds as tools/compile_lexicon.py does. Returns the length; 0 where it is longer than cap. */
size_t token_fold(en_str written, char *out, size_t cap);

#endif
