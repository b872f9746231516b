/* Writing the HTML page: a buffer that remembers its first failure, so that sections read as what they say. */
#ifndef EN_REPORT_PAGE_H
#define EN_REPORT_PAGE_H

#include "base/buf.h"
#include "report/facts.h"

typedef struct page {
    const facts *f;
    en_buf out;
    en_status status; /* of the first failure; nothing is written after it */
    en_error *err;
} page;

void page_raw(page *p, const char *html);
void page_rawf(page *p, const char *fmt, ...) EN_PRINTF(2, 3); /* values must need no escaping */
void page_text(page *p, const char *text);                     /* escaped; NULL writes nothing */
void page_bytes(page *p, en_str text);
void page_count(page *p, int64_t n);                           /* 12,345 */
void page_real(page *p, double number, int decimals);          /* "unknown" for NaN */
void page_words(page *p, const char *words);                   /* of a source: isolated, in its own direction */
void page_field(page *p, const char *label, const char *text); /* <dt><dd>; nothing where text is empty */
/* A recorded number and its link; `corroborated` picks the other number of the row. */
void page_number(page *p, const fact_row *row, bool corroborated);

/* An estimated number, and an interval that fades towards its ends; each leads to the estimate. NAN: "none". */
void page_estimated(page *p, double number);
void page_interval(page *p, double low, double high);
/* What the estimate hangs on: strata, replicates, assumptions moved. */
void page_hangs(page *p, const en_app_estimate *estimate);

const char *page_method_title(en_method method);
const char *page_status_words(en_estimate_status status);

void page_code(page *p, const char *code);        /* "older people" for "older_people" */
void page_said_words(page *p, const char *text);  /* page_words, names that must not be shown replaced */
void page_stated_number(page *p, int32_t figure); /* outlined; leads to its words in the document */
void page_source_link(page *p, int32_t source);   /* of stated sources; leads to the document */
bool page_has_said(const page *p);
bool page_shows_recorded(const facts *f, const en_compared_recorded *recorded);

void page_sources(page *p);
void page_stated(page *p);
void page_positions(page *p);
void page_documents(page *p);
void page_recorded(page *p);
void page_sdg(page *p);
void page_overlap(page *p);
void page_estimate(page *p);
void page_unknown(page *p);
void page_linkage(page *p);
void page_method(page *p);
void page_traces(page *p);
void page_files(page *p);
void page_persons(page *p);
void page_facts(page *p);

/* The whole document into `out`. */
en_status page_write(const facts *f, en_buf *out, en_error *err);

#endif
