/* Everyname: what a report says in prose.
 *
 * In goes the text of one report (UTF-8); out come the figures it states about victims, the terms it or others use for
 * what happened, the resolutions, laws and judgments it names, and who is said to have done what: each with who says
 * so and with the exact bytes that say it. All are proposals, as stated; nothing is summed, inferred or judged.
 * What counts as what is settled by docs/methods/extraction.md. No network and no model: a grammar over the words of
 * lexicon/LANGUAGE/, which are compiled into the library.
 */
#ifndef EVERYNAME_EXTRACT_H
#define EVERYNAME_EXTRACT_H

#include "everyname/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Changes whenever the same text would give other results: stored with what was extracted. */
#define EN_EXTRACT_VERSION "everyname-extract 1"

enum { EN_EXTRACT_QUOTE_BYTES = 400 }; /* the longest quotation */

/* What befell those counted. */
typedef enum {
    EN_FIGURE_KILLED = 0,
    EN_FIGURE_DIED_INDIRECT, /* hunger, cold, illness, want of care */
    EN_FIGURE_INJURED,
    EN_FIGURE_CASUALTIES, /* killed and injured not told apart */
    EN_FIGURE_SURVIVED,
    EN_FIGURE_MISSING,
    EN_FIGURE_FORCIBLY_DISAPPEARED,
    EN_FIGURE_ABDUCTED,
    EN_FIGURE_HOSTAGE,
    EN_FIGURE_DETAINED,
    EN_FIGURE_RELEASED,
    EN_FIGURE_TORTURED,
    EN_FIGURE_SEXUAL_VIOLENCE,
    EN_FIGURE_RECRUITED,
    EN_FIGURE_DISPLACED,
    EN_FIGURE_DEPORTED,
    EN_FIGURE_RETURNED_HOME,
    EN_FIGURE_ORPHANED_ONE,
    EN_FIGURE_ORPHANED_BOTH,
    EN_FIGURE_FAMILY_KILLED,
    EN_FIGURE_REMAINS_RECOVERED,
    EN_FIGURE_REMAINS_UNIDENTIFIED,
    EN_FIGURE_REMAINS_IDENTIFIED,
    EN_FIGURE_REMAINS_RETURNED,
    EN_FIGURE_AFFECTED,
    EN_FIGURE_OTHER, /* not victims: a share of territory */
    EN_FIGURE_CATEGORIES
} en_figure_category;

typedef enum {
    EN_UNIT_PERSON = 0,
    EN_UNIT_FAMILY,
    EN_UNIT_HOUSEHOLD,
    EN_UNIT_REMAINS,
    EN_UNIT_REPORT,
    EN_UNIT_NONE, /* of a figure that is not about victims; no name */
    EN_UNITS
} en_figure_unit;

/* What the counted noun says of itself. */
typedef enum {
    EN_GROUP_ALL = 0,
    EN_GROUP_CHILDREN,
    EN_GROUP_GIRLS,
    EN_GROUP_BOYS,
    EN_GROUP_WOMEN,
    EN_GROUP_MEN,
    EN_GROUP_FEMALES,
    EN_GROUP_MALES,
    EN_GROUP_WOMEN_AND_CHILDREN,
    EN_GROUP_OLDER_PEOPLE,
    EN_GROUP_CIVILIANS,
    EN_GROUP_COMBATANTS,
    EN_GROUP_POLICE,
    EN_GROUP_MEDICAL,
    EN_GROUP_JOURNALISTS,
    EN_GROUP_AID_WORKERS,
    EN_GROUP_PEACEKEEPERS,
    EN_GROUPS
} en_figure_group;

/* Only stated figures are counted. */
typedef enum {
    EN_MODALITY_STATED = 0,
    EN_MODALITY_HYPOTHETICAL,
    EN_MODALITY_PLANNED,
    EN_MODALITY_NEGATED,
    EN_MODALITIES
} en_modality;

/* What a body does with a contested term. */
typedef enum {
    EN_MODE_SEEKS = 0, /* asks others to recognise or find */
    EN_MODE_ASSERTS,
    EN_MODE_FINDS,     /* a court or a fact-finding body */
    EN_MODE_FINDS_NOT, /* acquits, dissents, not met */
    EN_MODE_RECOGNISES,
    EN_MODE_DENIES,   /* says that the term is wrong */
    EN_MODE_DECLINES, /* had the question and did not answer */
    EN_MODE_WITHDRAWS,
    EN_MODES
} en_characterisation_mode;

typedef enum {
    EN_INSTRUMENT_RESOLUTION = 0,
    EN_INSTRUMENT_AGREEMENT,
    EN_INSTRUMENT_LAW,
    EN_INSTRUMENT_JUDGMENT,
    EN_INSTRUMENT_TREATY,
    EN_INSTRUMENT_RECOGNITION, /* by a vote */
    EN_INSTRUMENT_KINDS
} en_instrument_kind;

typedef enum {
    EN_IMPLEMENTATION_UNSAID = 0, /* the text says nothing of it: null in JSON */
    EN_IMPLEMENTATION_IMPLEMENTED,
    EN_IMPLEMENTATION_PARTLY,
    EN_IMPLEMENTATION_NOT_IMPLEMENTED,
    EN_IMPLEMENTATION_SUPERSEDED,
    EN_IMPLEMENTATION_DISPUTED,
    EN_IMPLEMENTATION_UNKNOWN,
    EN_IMPLEMENTATIONS
} en_implementation;

/* Names as in JSON; static. NULL beyond the enumeration. The *_of return false for a name that is none. */
const char *en_figure_category_name(en_figure_category category);
const char *en_figure_unit_name(en_figure_unit unit);
const char *en_figure_group_name(en_figure_group group);
const char *en_modality_name(en_modality modality);
const char *en_characterisation_mode_name(en_characterisation_mode mode);
const char *en_instrument_kind_name(en_instrument_kind kind);
const char *en_implementation_name(en_implementation implementation); /* NULL for UNSAID */
bool en_figure_category_of(en_str name, en_figure_category *out);
bool en_figure_unit_of(en_str name, en_figure_unit *out);
bool en_figure_group_of(en_str name, en_figure_group *out);
bool en_modality_of(en_str name, en_modality *out);
bool en_characterisation_mode_of(en_str name, en_characterisation_mode *out);
bool en_instrument_kind_of(en_str name, en_instrument_kind *out);
bool en_implementation_of(en_str name, en_implementation *out);

/* Strings below are lent by the text that was read or by the extraction; an empty one (len 0) is null in JSON. Numbers
 * that are not stated are NAN, null in JSON. */

/* Bytes start..end of the text; quote is exactly those. */
typedef struct en_quotation {
    en_str quote;
    size_t start, end;
} en_quotation;

/* Who says it. An empty name: the report itself. */
typedef struct en_speaker {
    en_str name; /* the person if one is named, else the office or body, as written */
    en_str role; /* office of a named person */
} en_speaker;

typedef struct en_figure {
    en_figure_category category;
    en_figure_unit unit;
    en_figure_group group;
    en_str whom;            /* the noun phrase counted, as written */
    double low, best, high; /* NAN: null */
    en_str qualifier;       /* "at least", "dozens", as written */
    en_modality modality;
    int64_t part_of; /* index of the total in figures; -1 none */
    bool cumulative; /* a running total and not what one event or day brought */
    en_str period;   /* EDTF; of what the number covers */
    struct {
        en_str place; /* as written */
        en_str date;  /* EDTF */
    } event;
    en_speaker asserted_by;
    en_str citing; /* whom the speaker in turn names as the source */
    en_quotation at;
    size_t number_start, number_end; /* bytes of the number itself, within the quotation */
} en_figure;

typedef struct en_characterisation {
    en_str term; /* dictionary form, from the lexicon */
    en_characterisation_mode mode;
    en_str body;      /* empty: the report's own sentence */
    en_str via;       /* who spoke for the body */
    en_str addressee; /* who is asked */
    en_str subject;   /* what the term is used of */
    en_str date;      /* EDTF */
    en_str legal_basis;
    en_quotation at;
} en_characterisation;

typedef struct en_instrument {
    en_str body;
    en_instrument_kind kind;
    en_str symbol; /* number or symbol, as written */
    en_str date;   /* EDTF */
    double count;  /* of several named together, as "four resolutions"; NAN where one */
    en_str addressee;
    en_str demands;
    en_implementation implementation;
    en_speaker asserted_by; /* who says that it was, or was not, carried out */
    en_quotation at;
} en_instrument;

typedef struct en_allegation {
    en_str act;      /* as written */
    en_str actor;    /* as written */
    en_str degree;   /* of involvement, as written: "ordered", "failed to prevent" */
    en_str response; /* "denies", "acknowledges", "explains"; empty where it is the accusation itself */
    en_speaker asserted_by;
    en_quotation at;
} en_allegation;

typedef struct en_report_source {
    en_str date; /* EDTF */
    en_str place;
    en_str author;
    en_str agency;
    en_str title;
} en_report_source;

typedef struct en_extraction {
    en_str language; /* ISO 639-1; empty where no lexicon fits */
    en_report_source source;
    en_figure *figures; /* in the order of the text, as are the others */
    size_t n_figures;
    en_characterisation *characterisations;
    size_t n_characterisations;
    en_instrument *instruments;
    size_t n_instruments;
    en_allegation *allegations;
    size_t n_allegations;
    en_arena *arena; /* holds all of it */
} en_extraction;

typedef struct en_extract_options {
    size_t struct_size;
    const char *language; /* ISO 639-1; NULL: found from the text. EN_ERR_UNSUPPORTED where there is no lexicon of it */
    en_str date;          /* EDTF, of the report where known from elsewhere; fills in years and what "Tuesday" is */
    en_str title;         /* where known from elsewhere */
    const en_progress *progress;
} en_extract_options;

/* Reads `text`, which must be UTF-8 (EN_ERR_INPUT with the byte) and outlive *out. `options` may be NULL. On failure
 * *out is empty. The same text and options give the same results. Time and memory are linear in the text: a sentence is
 * read to a fixed number of words. */
en_status en_extract(en_str text, const en_extract_options *options, en_extraction *out, en_error *err);
void en_extraction_clear(en_extraction *extraction); /* accepts NULL and a zeroed one */

/* Languages that have a lexicon, ISO 639-1, sorted; ended by NULL. */
const char *const *en_extract_languages(void);

/* Whether start..end lies in `text` and holds exactly `quote`: what every import of an extracted item is held to. */
bool en_quotation_holds(en_str text, const en_quotation *at);

#ifdef __cplusplus
}
#endif
#endif
