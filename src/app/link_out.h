/* What a linkage gives beside persons: pairs to be judged, plausible partitions, capture histories. */
#ifndef EN_APP_LINK_OUT_H
#define EN_APP_LINK_OUT_H

#include "app/app.h"

/* The records that were linked, by row. */
typedef struct en_link_rows {
    const en_table *table; /* "list" among its columns */
    const en_link_field *fields;
    size_t n_fields;
    const en_str *ids; /* of each row */
    bool lists_are_files;
} en_link_rows;

/* Pairs asked for, side by side with what the lists say, as CSV with an empty column `same` to be filled in. */
en_status en_link_write_asked(const en_link_rows *rows, const en_link_result *link, en_link_purpose purpose,
                              const char *path, en_error *err);
/* rec_id,p1,p2,…: in each partition a person is named by the bytewise smallest id of its records. Sorted by id. */
en_status en_link_write_partitions(const en_link_rows *rows, const en_link_result *link, const char *path,
                                   en_error *err);
/* Capture histories, one 0/1 column a list and count: of the linkage, or of each partition with rep before them. */
en_status en_link_write_histories(const en_link_rows *rows, const en_link_result *link, const char *path,
                                  en_error *err);
/* All of these that `extras` names. */
en_status en_link_write_extras(const en_link_rows *rows, const en_link_extras *extras, const en_link_result *link,
                               en_error *err);

#endif
