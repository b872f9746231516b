/* What the files of an export share. */
#ifndef EN_REPORT_EXPORT_PARTS_H
#define EN_REPORT_EXPORT_PARTS_H

#include "app/export_rows.h"
#include "app/records.h"
#include "base/buf.h"
#include "base/os.h"
#include "casefile/plain_sqlite.h"
#include "report/facts.h"
#include "report/report.h"

enum { HURIDOCS_FILES = 6 };

typedef struct exporting {
    const en_account *account;
    const en_export_options *options;
    const char *dir;
    en_export_rows rows;
    facts facts;
    en_records records; /* what each record states */
    bool *left_out;     /* of each record: marked, or of a marked source */
    en_arena *arena;
    bool *selected; /* of each person; NULL: all */
    en_marked_cells marked;
    en_withdrawn consents; /* who took back that it is shared */
    en_case *c;            /* lends texts that quotes stand in */
    en_plain *plain;       /* NULL without --sqlite */
    json_t *resources;
    en_buf huridocs[HURIDOCS_FILES];
    en_exported *out;
} exporting;

/* export_table.c: one table in every form. */
typedef struct export_sink {
    exporting *x;
    const en_export_table *table;
    en_buf csv, jsonl;                  /* what is not written yet */
    en_os_writer *csv_file, *json_file; /* rows go out as they come: a large case has more than memory holds */
    int64_t n_rows;
} export_sink;
en_status export_begin(exporting *x, const en_export_table *table, export_sink *out, en_error *err);
en_status export_row(export_sink *sink, const json_t *row, en_error *err);
en_status export_end(export_sink *sink, en_error *err); /* writes the files, clears the sink */
void export_clear(export_sink *sink);
/* A cell as CSV and SQLite have it, into `room`; NULL where there is none. */
const char *export_cell(const json_t *value, en_buf *room, en_error *err);

/* export_marked.c: whether a marked cell of a record, or of any record of a person, would tell what a column or a
 * dimension does. */
bool export_hides_stated(const exporting *x, en_id record, const char *column);
bool export_hides_value(const exporting *x, int32_t person, const char *dimension);

/* export_where.c: the persons of options->where, without those of whom what it asks is withheld: that they are in the
 * export would tell it. */
en_status export_select(exporting *x, en_error *err);

/* export_persons.c */
en_status export_persons(exporting *x, en_error *err);
en_status export_records(exporting *x, en_error *err);

/* export_geo.c: places and incidents with coordinates. */
en_status export_geojson(const exporting *x, en_error *err);

/* export_huridocs.c: each row goes by as it is written; the files follow at the end. */
en_status export_huridocs_row(exporting *x, const char *table, const json_t *row, en_error *err);
en_status export_huridocs_end(exporting *x, en_error *err);

#endif
