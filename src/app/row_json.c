/* Rows of any kind from JSON objects and back. */
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

const char *en_row_json_text(const json_t *body, const char *member) {
    const char *text = json_string_value(json_object_get(body, member));
    return text ? text : "";
}

en_status en_row_json_each(en_case *c, const char *kind, en_arena *arena, en_row_json_reader read, void *ctx,
                           en_error *err) {
    en_row *rows;
    int64_t n;
    EN_TRY(en_case_rows(c, kind, arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        json_t *body = json_loads(rows[i].body, 0, NULL);
        en_status status =
            body ? read(ctx, &rows[i], body, err)
                 : en_fail(err, EN_ERR_CORRUPT, "a row of kind %s is malformed; run `everyname verify`", kind);
        json_decref(body);
        if (status != EN_OK) return status;
    }
    return EN_OK;
}
