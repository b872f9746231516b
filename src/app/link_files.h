/* Plain files as one table that can be linked: what linking them and explaining their pairs share. */
#ifndef EN_APP_LINK_FILES_H
#define EN_APP_LINK_FILES_H

#include "app/app.h"
#include "app/link_inputs.h"
#include "app/link_join.h"
#include "app/mapping.h"
#include "base/map.h"
#include "base/os.h"

typedef struct list_file {
    en_os_map map;
    en_table table;
    en_read_report report;
    en_mapping mapping; /* roles of this file's columns */
    const char *id_column;
} list_file;

typedef struct linker {
    const en_link_files_options *options;
    en_arena *arena;
    list_file *files;
    en_map columns; /* of the joined table: "list", "id", roles */
    joined_lists joined;
    en_table table; /* the joined one, which owns it */
    en_link_field *fields;
    size_t n_fields;
    en_link_inputs inputs;
} linker;

/* Reads the files of l->options into one table, checks that ids tell records apart, and takes in model, nicknames and
 * places. `l` is the caller's to clear, after a failure too. */
en_status linker_load(linker *l, en_error *err);
/* The options of en_link for that table. */
void linker_options(const linker *l, en_link_options *out);
/* The id of row i as key i. */
en_status linker_ids(const linker *l, en_map *ids, en_error *err);
void linker_clear(linker *l);

#endif
