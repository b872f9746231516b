/* Rows of any kind from JSON objects. */
#include "app/row_json.h"

#include <stdlib.h>

en_status en_row_json_add(en_case *c, const char *kind, json_t *body, en_id *out, en_error *err) {
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    en_status status = text ? en_case_add_row(c, kind, text, out, err) : en_no_memory(err);
    free(text);
    json_decref(body);
    return status;
}

en_status en_row_json_ref(en_case *c, json_t *body, const char *member, en_id id, en_error *err) {
    char ref[EN_REF_TEXT];
    EN_TRY(en_case_ref(c, id, ref, err));
    return json_object_set_new(body, member, json_string(ref)) == 0 ? EN_OK : en_no_memory(err);
}

en_status en_row_json_revoke(en_case *c, en_id of, const char *by, const char *why, en_error *err) {
    en_id revocation;
    json_t *body = json_pack("{s:s,s:s}", "by", by, "why", why ? why : "");
    if (!body) return en_no_memory(err);
    en_status status = en_row_json_ref(c, body, "of", of, err);
    if (status == EN_OK) return en_row_json_add(c, "revocation", body, &revocation, err);
    json_decref(body);
    return status;
}
