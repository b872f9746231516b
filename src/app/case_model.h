/* The model of the case file (vocab/kinds.json): which kinds of rows there are, what their members are, and the terms
 * they take, with those that a case added. docs/data-model.md is made from the same data. */
#ifndef EN_APP_CASE_MODEL_H
#define EN_APP_CASE_MODEL_H

#include <jansson.h>

#include "everyname/casefile.h"

typedef struct en_model {
    json_t *root; /* "common", "objects", "kinds", "person", "vocabularies" */
} en_model;

/* `c` NULL: without the terms of any case. */
en_status en_model_open(en_case *c, en_model *out, en_error *err);
void en_model_close(en_model *model);
/* A row of kind "term" becomes a term of its vocabulary. */
en_status en_model_add_term(en_model *model, const json_t *body, en_error *err);

/* What follows is lent by the model; NULL where there is none. */
const json_t *en_model_kind(const en_model *model, const char *kind);
const json_t *en_model_member(const en_model *model, const char *kind, const char *member); /* own, else common */
const json_t *en_model_vocabulary(const en_model *model, const char *vocabulary);
const json_t *en_model_term(const en_model *model, const char *vocabulary, const char *code);
/* By code or by a label in any language, whatever the case, with spaces, hyphens and _ alike. */
const json_t *en_model_find_term(const en_model *model, const char *vocabulary, const char *written);
/* What vocab/ says of a term ("fate", "is_a" …), "" where it says nothing. A term of a case has what the term that it
 * counts as has. */
const char *en_model_term_says(const en_model *model, const char *vocabulary, const char *code, const char *what);
/* The English label; the code where there is no such term. */
const char *en_model_label(const en_model *model, const char *vocabulary, const char *code);

/* The key of `object`, or code of the array of terms, that is nearest to `written`; NULL where none is near. */
const char *en_model_nearest(const json_t *object, const char *written);
/* "a, b, c …" of the keys or codes, as many as have room. */
void en_model_list(const json_t *object, char *out, size_t cap);

#endif
