/* Adding rows: nested ones after the one that holds them, kinship without circles. */
#include "app/row_add.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/kin_circles.h"
#include "app/row_check.h"
#include "app/row_json.h"

enum { MAX_INDEX = 999 };

en_status en_row_adder_open(en_case *c, en_date_order order, en_row_adder *out, en_error *err) {
    *out = (en_row_adder){.c = c, .date_order = order};
    EN_TRY(en_model_open(c, &out->model, err));
    en_refs_open(c, &out->model, &out->refs);
    return EN_OK;
}

en_status en_row_adder_finish(en_row_adder *adder, en_error *err) {
    return adder->kinship_added ? en_kin_check_circles(adder->c, &adder->model, err) : EN_OK;
}

void en_row_adder_close(en_row_adder *adder) {
    en_refs_clear(&adder->refs);
    en_model_close(&adder->model);
    *adder = (en_row_adder){0};
}

/* ---- paths ---- */

/* The array's element `index` (1, 2, …), made where it is the next. */
static json_t *element(json_t *array, size_t index, bool is_list) {
    while (json_array_size(array) < index)
        if (json_array_append_new(array, is_list ? json_array() : json_object()) != 0) return NULL;
    return json_array_get(array, index - 1);
}

static json_t *member(json_t *object, const char *name, bool is_list) {
    json_t *value = json_object_get(object, name);
    if (value) return value;
    json_object_set_new(object, name, is_list ? json_array() : json_object());
    return json_object_get(object, name);
}

static bool is_index(const char *part) { return part[0] >= '0' && part[0] <= '9'; }

static en_status bad_path(const char *path, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "\"%.100s\" cannot be set beside the other columns", path);
    return en_error_mend(err, "write MEMBER, MEMBER.PART or MEMBER.1.PART"), EN_ERR_INPUT;
}

static en_status set_part(json_t *at, const char *path, const char *rest, json_t *text, en_error *err) {
    char part[128];
    size_t len = strcspn(rest, ".");
    snprintf(part, sizeof part, "%.*s", (int)len, rest);
    bool last = rest[len] == 0, list_next = !last && is_index(rest + len + 1);
    long index = is_index(part) ? strtol(part, NULL, 10) : 0;
    if (!part[0] || len >= sizeof part || (json_is_array(at) ? index < 1 || index > MAX_INDEX : !json_is_object(at)))
        return bad_path(path, err);
    if (last && json_is_object(at)) return json_object_set(at, part, text) == 0 ? EN_OK : en_no_memory(err);
    if (last) {
        while (json_array_size(at) < (size_t)index) json_array_append_new(at, json_null());
        return json_array_set(at, (size_t)index - 1, text) == 0 ? EN_OK : en_no_memory(err);
    }
    json_t *next = json_is_object(at) ? member(at, part, list_next) : element(at, (size_t)index, list_next);
    return next ? set_part(next, path, rest + len + 1, text, err) : en_no_memory(err);
}

en_status en_row_set(json_t *body, const char *path, en_str text, en_error *err) {
    if (!text.len) return EN_OK;
    json_t *value = json_stringn(text.ptr, text.len);
    if (!value) return en_fail(err, EN_ERR_INPUT, "the value is not UTF-8 text");
    en_status status = set_part(body, path, path, value, err);
    json_decref(value);
    return status;
}

/* ---- one row ---- */

/* The nested rows that a member holds, by the member's name ("acts") or that of their kind ("act"). */
static const json_t *nesting(const json_t *of, const char *name) {
    const json_t *nested = json_object_get(of, "nested"), *one = json_object_get(nested, name);
    const char *key;
    json_t *other;
    if (one) return one;
    json_object_foreach((json_t *)nested, key, other) {
        if (strcmp(json_string_value(json_object_get(other, "kind")), name) == 0) return other;
    }
    return NULL;
}

bool en_row_is_of_person(const en_model *model, const char *name) {
    return nesting(json_object_get(model->root, "person"), name) != NULL;
}

static en_status add_nested_one(en_row_adder *a, const json_t *how, const json_t *body, const char *ref,
                                en_error *err) {
    json_t *copy = json_is_object(body) ? json_copy((json_t *)body) : NULL;
    if (!copy) return en_fail(err, EN_ERR_INPUT, "rows inside a row are objects");
    json_object_set_new(copy, json_string_value(json_object_get(how, "by")), json_string(ref));
    en_status status = en_row_add(a, json_string_value(json_object_get(how, "kind")), copy, NULL, err);
    json_decref(copy);
    return status;
}

static void prefix_column(const char *name, size_t i, en_error *err) {
    char column[128];
    if (!err) return;
    snprintf(column, sizeof column, "%s.%zu%s%s", name, i + 1, err->column[0] ? "." : "", err->column);
    memcpy(err->column, column, sizeof column);
}

static en_status add_nested(en_row_adder *a, const json_t *how, const char *name, const json_t *rows, en_id of,
                            en_error *err) {
    char ref[EN_REF_TEXT];
    EN_TRY(en_case_ref(a->c, of, ref, err));
    if (json_is_object(rows)) return add_nested_one(a, how, rows, ref, err);
    if (!json_is_array(rows)) {
        en_fail(err, EN_ERR_INPUT, "a list of objects is needed");
        return en_error_at(err, NULL, -1, name, -1);
    }
    for (size_t i = 0; i < json_array_size(rows); i++) {
        en_status status = add_nested_one(a, how, json_array_get(rows, i), ref, err);
        if (status != EN_OK) return prefix_column(name, i, err), status;
    }
    return EN_OK;
}

en_status en_row_add_to_record(en_row_adder *a, en_id record, const json_t *of, en_error *err) {
    const json_t *person = json_object_get(a->model.root, "person");
    const char *name;
    json_t *rows;
    json_object_foreach((json_t *)of, name, rows) {
        const json_t *how = nesting(person, name);
        if (!how) return en_fail(err, EN_ERR_INPUT, "\"%s\" is no kind of row about a person", name);
        EN_TRY(add_nested(a, how, name, rows, record, err));
    }
    return EN_OK;
}

/* Parts `body` into the members of the row itself and those that hold rows. */
static json_t *own_members(const en_model *model, const char *kind, const json_t *body) {
    const char *name;
    json_t *value, *own = json_object();
    json_object_foreach((json_t *)body, name, value) {
        if (en_model_member(model, kind, name) || !nesting(en_model_kind(model, kind), name))
            json_object_set(own, name, value);
    }
    return own;
}

static en_status store_source(en_case *c, const json_t *body, en_id *out, en_error *err) {
#define MEMBER(name) json_string_value(json_object_get(body, name))
    en_source source = {.title = MEMBER("title"),
                        .kind = MEMBER("kind"),
                        .publisher = MEMBER("publisher"),
                        .author = MEMBER("author"),
                        .published = MEMBER("published"),
                        .language = MEMBER("language"),
                        .relation = MEMBER("relation"),
                        .independence_group = MEMBER("independence_group"),
                        .grade = MEMBER("grade"),
                        .graded_by = MEMBER("graded_by"),
                        .confidentiality = MEMBER("confidentiality")};
#undef MEMBER
    return en_case_add_source(c, &source, out, err);
}

static en_status store(en_row_adder *a, const char *kind, const json_t *body, en_id *out, en_error *err) {
    if (strcmp(kind, "source") == 0) return store_source(a->c, body, out, err);
    return en_row_json_add(a->c, kind, json_incref((json_t *)body), out, err);
}

/* A term is known to the rows after it at once. */
static en_status note_added(en_row_adder *a, const char *kind, const json_t *body, en_id id, en_error *err) {
    a->n_added++;
    a->kinship_added |= strcmp(kind, "kinship") == 0;
    EN_TRY(en_refs_learn(&a->refs, kind, body, id, err));
    if (strcmp(kind, "term") == 0) EN_TRY(en_model_add_term(&a->model, body, err));
    return a->added ? a->added(a->ctx, kind, body, id, err) : EN_OK;
}

static en_status add_children(en_row_adder *a, const char *kind, const json_t *body, en_id id, en_error *err) {
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)body, name, value) {
        const json_t *how =
            en_model_member(&a->model, kind, name) ? NULL : nesting(en_model_kind(&a->model, kind), name);
        if (how) EN_TRY(add_nested(a, how, name, value, id, err));
    }
    return EN_OK;
}

en_status en_row_add(en_row_adder *a, const char *kind, const json_t *body, en_id *out, en_error *err) {
    en_id id;
    json_t *own = own_members(&a->model, kind, body), *checked = NULL;
    en_status status = own ? en_row_check(a, kind, own, &checked, err) : en_no_memory(err);
    if (status == EN_OK) status = en_refs_check_key(&a->refs, kind, checked, err);
    if (status == EN_OK) status = store(a, kind, checked, &id, err);
    if (status == EN_OK) status = note_added(a, kind, checked, id, err);
    if (status == EN_OK) status = add_children(a, kind, body, id, err);
    if (status == EN_OK && out) *out = id;
    json_decref(own);
    json_decref(checked);
    return status;
}
