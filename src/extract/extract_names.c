/* Names of the enumerations, as in JSON. */
#include <string.h>

#include "everyname/extract.h"

static const char *const CATEGORIES[] = {"killed",
                                         "died_indirect",
                                         "injured",
                                         "casualties",
                                         "survived",
                                         "missing",
                                         "forcibly_disappeared",
                                         "abducted",
                                         "hostage",
                                         "detained",
                                         "released",
                                         "tortured",
                                         "sexual_violence",
                                         "recruited",
                                         "displaced",
                                         "deported",
                                         "returned_home",
                                         "orphaned_one",
                                         "orphaned_both",
                                         "family_killed",
                                         "remains_recovered",
                                         "remains_unidentified",
                                         "remains_identified",
                                         "remains_returned",
                                         "affected",
                                         "other"};
static const char *const UNITS[] = {"person", "family", "household", "remains", "report"};
static const char *const GROUPS[] = {
    "all",         "children",           "girls",        "boys",      "women",      "men",    "females",
    "males",       "women_and_children", "older_people", "civilians", "combatants", "police", "medical",
    "journalists", "aid_workers",        "peacekeepers"};
static const char *const MODALITIES[] = {"stated", "hypothetical", "planned", "negated"};
static const char *const MODES[] = {"seeks",      "asserts", "finds",    "finds_not",
                                    "recognises", "denies",  "declines", "withdraws"};
static const char *const INSTRUMENTS[] = {"resolution", "agreement", "law", "judgment", "treaty", "recognition"};
static const char *const IMPLEMENTATIONS[] = {NULL,         "implemented", "partly", "not_implemented",
                                              "superseded", "disputed",    "unknown"};

#define NAME_IN(list, i) ((size_t)(i) < sizeof(list) / sizeof *(list) ? (list)[i] : NULL)

static int find(const char *const *names, size_t n, en_str name) {
    for (size_t i = 0; i < n; i++)
        if (names[i] && strlen(names[i]) == name.len && memcmp(names[i], name.ptr, name.len) == 0) return (int)i;
    return -1;
}

/* A type cannot stand in brackets. NOLINTBEGIN(bugprone-macro-parentheses) */
#define NAMED(function, type, list)                                                                                    \
    const char *function##_name(type value) { return NAME_IN(list, value); }                                           \
    bool function##_of(en_str name, type *out) {                                                                       \
        int i = find(list, sizeof(list) / sizeof *(list), name);                                                       \
        if (i >= 0) *out = (type)i;                                                                                    \
        return i >= 0;                                                                                                 \
    }

/* NOLINTEND(bugprone-macro-parentheses) */

NAMED(en_figure_category, en_figure_category, CATEGORIES)
NAMED(en_figure_unit, en_figure_unit, UNITS)
NAMED(en_figure_group, en_figure_group, GROUPS)
NAMED(en_modality, en_modality, MODALITIES)
NAMED(en_characterisation_mode, en_characterisation_mode, MODES)
NAMED(en_instrument_kind, en_instrument_kind, INSTRUMENTS)
NAMED(en_implementation, en_implementation, IMPLEMENTATIONS)

bool en_quotation_holds(en_str text, const en_quotation *at) {
    return at->start <= at->end && at->end <= text.len && at->quote.len == at->end - at->start &&
           memcmp(text.ptr + at->start, at->quote.ptr, at->quote.len) == 0;
}
