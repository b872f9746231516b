/* What the columns of a list mean: found by header, given by a file, stored as canonical JSON in the case. */
#ifndef EN_APP_MAPPING_H
#define EN_APP_MAPPING_H

#include "base/buf.h"
#include "everyname/link.h"
#include "everyname/table.h"
#include "everyname/text.h"
#include "everyname/when.h"

/* Bumped when statements computed from the same bytes would change. */
#define EN_MAPPING_VERSION 1

/* Roles beyond those of linkage. */
#define EN_MAPPED_ID "id"
#define EN_MAPPED_STATUS "status"
#define EN_MAPPED_ALLEGED "alleged_party"
#define EN_MAPPED_RULE "civilian_rule"

typedef struct en_mapping {
    en_arena *arena;
    int32_t n;
    const char **columns, **roles; /* role NULL: kept as it is. "given", "id", "status", "text", "exact" … */
    en_date_order date_order;
    char delimiter;     /* of the CSV text the mapping is for; 0 for JSON Lines */
    const char *format; /* "csv", "jsonl" */
    int64_t header_row; /* line of a CSV text that names the columns; 0 the first */
} en_mapping;

/* By header words; of two columns that could hold one role the first keeps it. */
en_status en_mapping_guess(const en_table *table, en_text *text, en_mapping *out, en_error *err);
/* Columns without a role that hold terms of cause, civilian status or directness get it, where no other has it. */
en_status en_mapping_find_terms(en_mapping *mapping, const en_table *table, en_text *text, en_error *err);
/* Gives every column but these two a generic role by what it holds: date, number, exact (codes that come again and
 * again) or text; none where it is empty. Another table of the same columns can get other roles. */
void en_mapping_by_content(en_mapping *mapping, const en_table *table, const char *id_column, const char *list_column,
                           en_date_order order);
/* Changes `mapping` by a JSON file {"COLUMN":"ROLE"|null} or {"columns":{…},"date_order":"dmy"}; unknown columns and
 * roles are errors. */
en_status en_mapping_apply_file(en_mapping *mapping, const char *path, en_error *err);
en_status en_mapping_to_json(const en_mapping *mapping, en_buf *out, en_error *err);
en_status en_mapping_from_json(const char *json, en_mapping *out, en_error *err);
/* Columns of `mapping` that `old` has too take their role from it, and so does the order of dates. */
en_status en_mapping_follow(en_mapping *mapping, const en_mapping *old, en_error *err);
/* Reads a stored list's UTF-8 text by the mapping's format and delimiter; rows that were rejected when it came in are
 * left out again. */
en_status en_mapping_read(const en_mapping *mapping, en_str text, const char *title, en_table *out, en_error *err);
/* Roles that many columns can hold: text, exact, number, date. Every other is held by one. */
bool en_mapping_is_generic(const char *role);
/* The column that has `role`; NULL where none. */
const char *en_mapping_column(const en_mapping *mapping, const char *role);
void en_mapping_clear(en_mapping *mapping);
const char *en_date_order_name(en_date_order order); /* "", "dmy", "mdy", "ymd" */
bool en_date_order_of(const char *name, en_date_order *out);

#endif
