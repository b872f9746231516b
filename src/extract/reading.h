/* What the steps of reading one sentence share, and what is kept from one sentence to the next. */
#ifndef EN_EXTRACT_READING_H
#define EN_EXTRACT_READING_H

#include "extract/items.h"
#include "extract/numerals.h"

/* The noun phrase that a number counts. */
typedef struct counted {
    int16_t number;    /* its item */
    int16_t from, to;  /* items of the whole phrase, the bound included */
    int16_t head;      /* the noun; -1 bare */
    int16_t whom_from; /* words said of those counted; -1 none */
    int16_t whom_to;
    int16_t of_number; /* "12 of the 30": the item of the 30; -1 none */
    uint8_t group, unit;
    uint8_t category; /* that the noun brings + 1; 0 none */
    uint8_t status;   /* of a participle before the noun, "12 wounded soldiers", + 1; 0 none */
    bool strong;      /* the noun itself is the event: deaths */
    bool known;       /* the noun is one of people, families, remains or reports */
    bool no_victim;
    bool partitive; /* "12 of them" */
    bool others;    /* "12 others", "12 more" */
    bool group_said;
    bool dead_weight; /* no noun and nothing that stands for one */
} counted;

typedef enum {
    FOUND_NOT = 0,
    FOUND_LEFT,
    FOUND_RIGHT,
    FOUND_NOUN,
    FOUND_TOLL,
    FOUND_LIST,
    FOUND_INHERITED,
    FOUND_FRONT
} found_how;

/* What befell those counted, and which item says so. */
typedef struct predicate {
    found_how how;
    uint8_t category;
    bool weak;          /* only of people */
    bool choosy;        /* not of things that the lexicon does not know */
    bool finite;        /* with an auxiliary, or a verb that needs none */
    bool agent;         /* those counted did it: no figure */
    bool closes;        /* a comma stands right before the verb: it goes on with what stood before the phrase */
    bool across;        /* behind a comma that no other closes, or a list */
    bool relative;      /* within "who had been …" */
    bool copula;        /* "12 were children" */
    bool other;         /* a verb that befalls nobody */
    int16_t item;       /* -1 none */
    uint8_t of_unit;    /* of the noun they are "of" (bodies, cases), + 1; 0 none */
    int16_t complement; /* noun after the copula; -1 none */
} predicate;

typedef struct draft {
    en_figure figure;
    counted of;
    predicate by;
    uint32_t sentence; /* number of it in the text */
    uint32_t paragraph;
    uint32_t quote; /* quotation that the number stands in, 0 none */
    bool is_part, speaker_known;
    bool superseded, detail; /* an earlier toll; of a list under a total: neither is the total of what follows */
} draft;

typedef struct speaker_words {
    en_speaker who;
    en_str citing;
    bool known, person, court, legislature;
} speaker_words;

/* What the words over a list or a column say of the bare numbers under them. */
typedef struct heading {
    uint8_t category; /* + 1; 0 none */
    uint8_t group, unit;
    bool people; /* names who is counted */
} heading;

enum { KNOWN_SPEAKERS = 16, TABLE_COLUMNS = 16 };

typedef struct reading {
    en_str text;
    const lexicon *lex;
    const en_extract_options *options;
    en_arena *arena;
    sentence tokens;
    items list;
    item_date report; /* date of the report, for years and weekdays */
    en_report_source source;
    uint32_t sentence, paragraph;

    draft *drafts;
    size_t n_drafts, drafts_cap;
    size_t first_here; /* first draft of this sentence */

    en_characterisation *characterisations;
    size_t n_characterisations, characterisations_cap;
    en_instrument *instruments;
    size_t n_instruments, instruments_cap;
    uint32_t term_sentence;       /* that used the last contested term */
    uint32_t instrument_sentence; /* that told of the last one */
    en_allegation *allegations;
    size_t n_allegations, allegations_cap;

    speaker_words known_speakers[KNOWN_SPEAKERS]; /* the last ones, to know "the Office" and "Marn" by */
    int n_known_speakers;
    speaker_words label_speaker; /* "TORVALD ENGH:" speaks to the end of the paragraph */
    uint32_t label_paragraph;
    speaker_words last_speaker; /* for "she added" */
    uint32_t last_speaker_paragraph, last_speaker_sentence;
    speaker_words subject, last_subject;  /* of this sentence; of the last one whose subject can speak */
    speaker_words last_person, last_body; /* who "she" and "it" are */
    speaker_words court;                  /* last spoken of */
    speaker_words quote_speaker;          /* of the quotation last spoken for */
    uint32_t quote_speaker_of;
    speaker_words list_speaker; /* from a heading */
    bool in_list;
    bool led_by_colon;              /* the sentence before ended its line with one */
    bool list_titled;               /* its heading is a title, without a colon */
    heading list_heading;           /* what stands over a list */
    heading columns[TABLE_COLUMNS]; /* of the table being read, by cell */
    int n_columns;
    uint8_t topic;            /* category last spoken of, + 1: what "1,140 cases" are of */
    size_t list_total;        /* draft + 1 that a heading states */
    size_t quote_first_draft; /* first draft of this paragraph */
    uint64_t tenth;           /* of progress */
} reading;

static const item *const NO_ITEM = &(const item){.kind = ITEM_PUNCT, .punct = 0};
static inline const item *item_at(const reading *r, int i) {
    return i >= 0 && i < r->list.n ? &r->list.at[i] : NO_ITEM;
}

static inline bool counts_people(const item *i) {
    return i->kind == ITEM_WORD && is_any(i, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE));
}

/* "926 applications about missing persons": the category + 1 of what a report is of, from item `from` on; 0 unsaid. */
uint8_t said_of(const reading *r, int from); /* counted.c */
/* The article of a day: "el martes", "ce lundi". */
static inline bool before_day(const reading *r, int i) {
    return is(item_at(r, i), LEX_DETERMINER) && item_at(r, i + 1)->kind == ITEM_DATE;
}

void count_phrase(const reading *r, int number, counted *out);      /* counted.c */
void find_predicate(const reading *r, counted *of, predicate *out); /* predicate.c */
/* leading.c: the verb that leads the clause, with its subject, place or day between it and those counted. */
void scan_leading(const reading *r, const counted *of, predicate *out);
/* The sense of a verb that fits what is counted; NULL where none does. */
const lex_sense *verb_sense(const item *i, uint8_t unit, unsigned voices);
en_status read_figures(reading *r, en_error *err); /* figures.c */
void follow_list(reading *r);       /* lists.c: whether the list or table read goes on with this sentence */
void keep_list_heading(reading *r); /* and what it says over those that follow */
en_modality modality_of(const reading *r, const draft *d);
void find_event(reading *r, draft *d);            /* events.c */
en_status read_source(reading *r, en_error *err); /* source.c */

/* The clause around items from..to as a quotation. */
en_quotation quote_around(const reading *r, int from, int to);
en_str words_of(const reading *r, int from, int to); /* bytes of items from..to, trimmed; empty where to < from */
/* The subject, or who stands after `at`, as a speaker. */
bool speaker_left_of(const reading *r, int at, speaker_words *out, int *from);
bool speaker_right_of(const reading *r, int at, speaker_words *out, int *to);
/* The subject of a verb: before it; where verbs lead, after it or whoever spoke last (reporting_first.c). */
bool subject_of_verb(const reading *r, int verb, speaker_words *out, int *from);
en_status grow(void **array, size_t *cap, size_t n, size_t size, en_error *err);
en_str date_text(reading *r, const item_date *date);

#endif
