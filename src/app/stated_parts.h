/* What the files that read stated things share. */
#ifndef EN_APP_STATED_PARTS_H
#define EN_APP_STATED_PARTS_H

#include <jansson.h>

#include "app/case_model.h"
#include "app/stated.h"
#include "everyname/text.h"

typedef struct stated_reader {
    en_case *c;
    en_stated *out;
    en_text *text;
    en_model model;
    en_id *hidden; /* rows and sources marked as not for everybody */
    int64_t n_hidden;
} stated_reader;

typedef en_status (*stated_read)(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err);
/* Every row of a kind in force, each read into a zeroed item of `size` bytes. */
en_status stated_each(stated_reader *r, const char *kind, size_t size, stated_read read, void **items, int64_t *n,
                      en_error *err);
/* Room for n zeroed items in the arena. */
void *stated_take(stated_reader *r, int64_t n, size_t size);
/* A member as a text that the arena lends; *out "" where it is none. */
en_status stated_text(stated_reader *r, const json_t *body, const char *member, const char **out, en_error *err);
typedef struct stated_member {
    const char *name;
    const char **out;
} stated_member;
en_status stated_texts(stated_reader *r, const json_t *body, const stated_member *members, size_t n, en_error *err);
/* The label of a term, in the arena. */
en_status stated_label(stated_reader *r, const char *vocabulary, const char *code, const char **out, en_error *err);
/* The id that a member refers to; EN_ID_NONE where it is not there. */
en_status stated_ref(stated_reader *r, const json_t *body, const char *member, en_id *out, en_error *err);
/* Folded, in the arena. */
en_status stated_fold(stated_reader *r, const char *text, const char **out, en_error *err);
en_status stated_said(stated_reader *r, const en_row *row, const json_t *body, en_said *out, en_error *err);
/* Index of the item with that id, of items that begin with one, in order; -1 none. */
int32_t stated_find(const void *items, int64_t n, size_t size, en_id id);
/* The actor of a member that names it by id, else of a text by exact folded name; -1 none. */
en_status stated_actor(stated_reader *r, const json_t *body, const char *id_member, const char *name, int32_t *out,
                       en_error *err);

/* stated_events.c: incidents, and which of them a place and a date lie in. */
en_status stated_load_incidents(stated_reader *r, en_error *err);
en_status stated_place_figure(stated_reader *r, en_stated_figure *figure, en_error *err);
/* The incident that a reference to an incident or an act leads to; -1 none. */
en_status stated_incident_of(stated_reader *r, en_id id, int32_t *out, en_error *err);
/* stated_claims.c: everything but figures. */
en_status stated_load_claims(stated_reader *r, en_error *err);

#endif
