/* The words of a language, as tools/compile_lexicon.py made them from lexicon/LANGUAGE/: a hash table of folded words,
 * and a trie of phrases over them whose nodes carry senses. All of it is constant data.
 */
#ifndef EN_EXTRACT_LEXICON_H
#define EN_EXTRACT_LEXICON_H

#include "everyname/extract.h"

/* What a word or phrase can be. lexicon/README.md says what each means and which attributes it has. */
typedef enum {
    LEX_NUMBER = 0,
    LEX_MULTIPLIER,
    LEX_ONE, /* an article that counts as one before a multiplier */
    LEX_VAGUE,
    LEX_FEW,
    LEX_NUMBER_JOINER,
    LEX_ORDINAL,
    LEX_PERCENT,
    LEX_BOUND,
    LEX_RANGE,
    LEX_BETWEEN,
    LEX_NOUN,
    LEX_NOT_VICTIM,
    LEX_NUMBERED,
    LEX_AGE,
    LEX_ADJECTIVE,
    LEX_VERB,
    LEX_LIGHT,
    LEX_CHANGE,
    LEX_TOLL,
    LEX_AUXILIARY,
    LEX_NEGATION,
    LEX_HYPOTHETICAL,
    LEX_PLANNED,
    LEX_PART,
    LEX_QUANTITY,
    LEX_RELATIVE,
    LEX_SUBORDINATOR,
    LEX_CONJUNCTION,
    LEX_PREPOSITION,
    LEX_OF,
    LEX_DETERMINER,
    LEX_ADVERB,
    LEX_PRONOUN,
    LEX_THAT,
    LEX_REPORT,
    LEX_ACCORDING,
    LEX_REPORT_NOUN,
    LEX_BY,
    LEX_OFFICE,
    LEX_BODY,
    LEX_TITLE,
    LEX_MONTH,
    LEX_WEEKDAY,
    LEX_DATE_WORD,
    LEX_CUMULATIVE,
    LEX_AGAINST,
    LEX_CONTESTED,
    LEX_MODE,
    LEX_INSTRUMENT,
    LEX_ADOPT,
    LEX_IMPLEMENTATION,
    LEX_DEMAND,
    LEX_ACCUSE,
    LEX_RESPONSE,
    LEX_TERRITORY,
    LEX_ABBREVIATION,
    LEX_POSSESSIVE,
    LEX_VERB_OTHER,
    LEX_COURT,
    LEX_CAUSE,
    LEX_PLACE,
    LEX_LEGISLATURE,
    LEX_FILLER,
    LEX_CLASSES
} lex_class;

#define LEX_BIT(class) (1ull << (class))

/* How a verb's form stands to those it befalls. */
enum {
    VOICE_PASSIVE = 1,      /* they are its subject, or the noun it goes with: "were killed" */
    VOICE_ACTIVE = 2,       /* they are its object: "killing 12" */
    VOICE_INTRANSITIVE = 4, /* they are its subject, also of no auxiliary: "died" */
    VOICE_NOMINAL = 8,      /* a noun that takes them after "of": "the death of 12" */
    VOICE_STATUS = 16,      /* says what they are: "12 dead" */
    VOICE_LEADING = 32      /* stands before them, and after them begins another clause: Arabic قتل 12 */
};

enum { BOUND_AT_LEAST = 1, BOUND_AT_MOST, BOUND_ABOUT, BOUND_NONE };
enum { PLACE_BEFORE = 1, PLACE_AFTER = 2 };
enum { REPORT_SAYS = 1, REPORT_DENIES, REPORT_COUNTS, REPORT_PUTS };

typedef struct lex_sense {
    uint8_t class, a, b, c;
    int64_t value;
} lex_sense;

typedef struct lex_edge {
    uint32_t node, word, to; /* to 0: empty slot */
} lex_edge;

typedef struct lexicon {
    const char *language;
    const char *bytes;           /* folded words, one after the other */
    const uint32_t *word_at;     /* word w is bytes[word_at[w]..word_at[w+1]) */
    const uint32_t *word_slots;  /* word + 1; 0 empty; by lex_hash, linear probing */
    const uint32_t *word_node;   /* node that the word begins; 0 none */
    const lex_edge *edges;       /* by lex_edge_hash, linear probing */
    const uint32_t *node_senses; /* senses of node n are node_senses[n]..node_senses[n+1] */
    const lex_sense *senses;
    const char *const *terms;    /* contested terms in dictionary form, by a sense's value */
    const char *const *prefixes; /* split off the front of a word that is not known, longest first; NULL at the end */
    const char *const *suffixes; /* split off its end */
    const char *const *nominatives; /* endings "from>to" of genitives, "+from>to" of adjectives; longest first */
    uint32_t word_mask, edge_mask;
    uint8_t compounds;   /* of nouns side by side the last is counted: "hospital patients" */
    uint8_t units_first; /* five and thirty */
    uint8_t join_tens;   /* treinta y cinco */
    uint8_t capitals;    /* the script marks names by capitals */
    uint8_t inversion;   /* a noun before its number makes it about: человек тридцать */
    uint8_t verb_first;  /* the verb stands before its subject, and what is said after it */
    char decimal;        /* '.' or ',' */
} lexicon;

extern const lexicon *const en_lexicons[]; /* sorted by language, NULL at the end; made by the tool */
extern const char *const en_lexicon_languages[];

const lexicon *lex_of(const char *language);                          /* NULL where there is none */
int32_t lex_word(const lexicon *lex, const char *folded, size_t len); /* -1 where not known */
uint32_t lex_next(const lexicon *lex, uint32_t node, uint32_t word);  /* 0 where no phrase goes on so */

#endif
