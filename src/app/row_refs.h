/* What a row refers to, as people write it: a short id, a key of their own sheet, a name, a list's own id of a record.
 */
#ifndef EN_APP_ROW_REFS_H
#define EN_APP_ROW_REFS_H

#include "app/case_model.h"
#include "app/records.h"
#include "base/map.h"

typedef struct en_refs {
    en_case *c;
    const en_model *model;
    en_map words;  /* "KIND\nkey\nKEY", "KIND\nname\nNAME", "record\nID" and "record\nID@TITLE" */
    en_id *ids;    /* of word i; EN_ID_NONE where several rows share it */
    en_map loaded; /* kinds of which the case's rows are in `words` */
    bool has_records;
} en_refs;

void en_refs_open(en_case *c, const en_model *model, en_refs *out);
void en_refs_clear(en_refs *refs);

/* Fills `out` with what a row stores: the form of en_case_ref. `kinds` is a member's type without "id:":
 * "incident|act", "person", "*". Tried in this order: a short id (i:3f2a.1; p: and r: for persons and records), the
 * stored form, key:KEY, a key without that prefix, a name that one row of the kind has (title, name or symbol, as
 * kinds.json says), and for persons the id that a list gives a record: ID, or ID@TITLE where several lists have it.
 * EN_ERR_INPUT says what was looked for, and the mend. */
en_status en_refs_find(en_refs *refs, const char *kinds, const char *written, char out[EN_REF_TEXT], en_error *err);
/* A key that another row of the kind has, or the title of another source, is EN_ERR_INPUT. Before the row is stored. */
en_status en_refs_check_key(en_refs *refs, const char *kind, const json_t *body, en_error *err);
/* Makes a row that was just stored known by its key and its name. */
en_status en_refs_learn(en_refs *refs, const char *kind, const json_t *body, en_id id, en_error *err);

#endif
