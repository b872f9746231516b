/* Adding rows of the model to a case: values checked and put into the form that is stored, references resolved, rows
 * inside a row added after it. Everything that writes rows (add, import, review) goes through this. */
#ifndef EN_APP_ROW_ADD_H
#define EN_APP_ROW_ADD_H

#include "app/row_refs.h"
#include "everyname/when.h"

typedef struct en_row_adder {
    en_case *c; /* within en_case_begin … en_case_commit */
    en_model model;
    en_refs refs;
    en_date_order date_order; /* of dates that are not EDTF */
    int64_t n_added;
    bool kinship_added;
    /* Called with each row as it is stored, nested ones too; NULL none. */
    en_status (*added)(void *ctx, const char *kind, const json_t *body, en_id id, en_error *err);
    void *ctx;
} en_row_adder;

en_status en_row_adder_open(en_case *c, en_date_order order, en_row_adder *out, en_error *err);
/* What can only be seen over all rows: nobody is their own ancestor. Before en_case_commit. */
en_status en_row_adder_finish(en_row_adder *adder, en_error *err);
void en_row_adder_close(en_row_adder *adder);

/* Checks `body` against the model and adds it. Values may be as people write them: text for numbers, dates in the
 * stated order, labels for terms, anything that en_refs_find takes for ids, a;b for lists. err->column is the member.
 * `out` may be NULL. */
en_status en_row_add(en_row_adder *adder, const char *kind, const json_t *body, en_id *out, en_error *err);
/* The same for rows of another kind nested in what is no row of the model, a record: members of `of` that name a kind
 * of "person" in vocab/kinds.json. Others are EN_ERR_INPUT. */
en_status en_row_add_to_record(en_row_adder *adder, en_id record, const json_t *of, en_error *err);
/* Whether `member` ("acts", "act") holds rows inside what lists tell of a person. */
bool en_row_is_of_person(const en_model *model, const char *member);

/* Sets body's member at a path as "event.date", "acts.1.kind" or "names.2.text" to a text. An empty text sets nothing.
 * EN_ERR_INPUT where the path cannot be. */
en_status en_row_set(json_t *body, const char *path, en_str text, en_error *err);

#endif
