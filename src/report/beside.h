/* What the files beside the page are made by. */
#ifndef EN_REPORT_BESIDE_H
#define EN_REPORT_BESIDE_H

#include <jansson.h>

#include "base/buf.h"
#include "report/facts.h"

/* Everything the page shows, for programs. NULL when memory is short. */
json_t *report_json(const facts *f);

/* Writes the CSV tables and datapackage.json (Frictionless Data Package 1) that describes them into `dir`. */
en_status report_tables(const facts *f, const char *dir, en_error *err);

/* "sha256:…", and a title as Frictionless names are: for a data package. */
json_t *report_hash(en_str bytes);
/* What a data package says of the table NAME.csv, but for its schema and dialect. */
json_t *report_csv_resource(const char *name, const char *title, en_str csv);
json_t *report_package_name(const char *title);

/* Writes one file into a folder. */
en_status report_put(const char *dir, const char *name, en_str bytes, en_error *err);
/* JSON in a stable layout, with a last line end. Takes over `root`; NULL is EN_ERR_MEMORY. */
en_status report_put_json(const char *dir, const char *name, json_t *root, en_error *err);

#endif
