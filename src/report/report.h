/* Documents: the report as one HTML file with its tables beside it, and the JSON that commands and report share. */
#ifndef EN_REPORT_REPORT_H
#define EN_REPORT_REPORT_H

#include <jansson.h>

#include "app/app.h"
#include "app/compare.h"
#include "app/export_rows.h"
#include "app/history.h"
#include "app/positions.h"
#include "app/prose.h"
#include "base/buf.h"
#include "everyname/extract.h"
#include "report/said.h"

typedef struct en_report_options {
    bool names;           /* names people who may be living and minors too; the caller has asked */
    en_report_said *said; /* what the case states, opened with the same `names`; NULL: nothing */
    const en_progress *progress;
} en_report_options;

/* Writes DIR/report.html, report.json, and CSV tables (counts, overlap, estimates, sources, persons, records,
 * datapackage.json). `estimate` NULL where there is none (fewer than two lists, or not linked): the report says so. */
en_status en_report_write(const en_account *account, const en_app_estimate *estimate, const char *dir,
                          const en_report_options *options, en_error *err);

/* What an export wrote. */
typedef struct en_exported {
    int n_tables;
    struct {
        char name[32];
        int64_t rows;
    } tables[64];
    int64_t persons_protected; /* whose names and values are left out, as they may be living or minors */
    int64_t rows_left_out;     /* marked confidential, or of a source that is */
    int64_t consent_withdrawn; /* persons who took back consent to share, and are left out */
    bool condition_withheld;   /* persons were left out of whom what options->where asks is withheld; never how many */
} en_exported;
/* Writes DIR/TABLE.csv and .jsonl of every kind of row that the case has, of persons and of records, with a
 * datapackage.json; and as the options say case.sqlite, places.geojson and huridocs/. The same case gives the same
 * bytes. */
en_status en_export_write(const en_account *account, const char *dir, const en_export_options *options,
                          en_exported *out, en_error *err);
json_t *en_json_exported(const en_exported *exported, const char *dir);

/* docs/data-model.md: Markdown of every kind, member and term. */
en_status en_report_data_model(en_buf *out, en_error *err);

/* The JSON of CLI.md. Each returns a new reference, NULL when memory is short. */
json_t *en_json_add(const en_add_result *result);
json_t *en_json_import(const en_import_result *result);
json_t *en_json_link(const en_app_link_result *result, const en_link_score *score /* NULL without truth */,
                     int64_t peak_memory, bool charts);
json_t *en_json_explanation(const en_app_explanation *explanation);
json_t *en_json_statement(const en_statement *statement);
json_t *en_json_count(const en_count *count);
json_t *en_json_counted(en_counted *counted); /* ids of cells that nobody is in end up in its counts */
json_t *en_json_sdg(const en_sdg_table *table);
json_t *en_json_estimate(const en_app_estimate *estimate);
json_t *en_json_comparison(const en_comparison *comparison);
json_t *en_json_search(const en_search_result *result);
json_t *en_json_positions(const en_positions *positions);
json_t *en_json_trace(const en_trace *trace);
json_t *en_json_history(const en_history *history);
json_t *en_json_document_import(const en_document_import *result);
json_t *en_json_proposals(const en_proposals *proposals, const char *kind /* NULL all */,
                          bool all /* decided ones too */);
json_t *en_json_review_score(const en_review_score scores[EN_PROPOSAL_KINDS]);
json_t *en_json_verification(const en_verification *verification);
/* `text` is what was read, `of` the file or capture it is a rendition of, `extractor` what made it. */
json_t *en_json_extraction(const en_extraction *extraction, en_str text, const char *of, const char *extractor);

#endif
