/* What tables know of a value: which names it is short for, where it lies. */
#ifndef EN_LINK_LOOKUP_H
#define EN_LINK_LOOKUP_H

#include "link/values.h"

/* Numbers of each name, ascending. */
typedef struct link_lookup {
    en_map names;
    int32_t *first; /* of name i: of[first[i]] to of[first[i + 1]] */
    int32_t *of;
} link_lookup;

/* Groups of vocab/nicknames.json, names parted by '|'; ends with NULL. */
extern const char *const link_nickname_groups[];

/* The short forms in ordinary use and the caller's. A group of names has one number, as has each pair of the caller's.
 */
en_status link_short_forms_open(const value_reader *reader, const en_link_options *options, link_lookup *out,
                                en_error *err);

/* Places by their names in plain Latin and by their keys. */
typedef struct link_gazetteer {
    link_lookup names;
    link_point *points;
} link_gazetteer;
en_status link_gazetteer_open(const value_reader *reader, const en_link_options *options, link_gazetteer *out,
                              en_error *err);

/* The numbers of a name in plain Latin; none where it is not in the table or there is no table. */
short_forms link_lookup_find(const link_lookup *lookup, en_str name);
void link_lookup_clear(link_lookup *lookup);

#endif
