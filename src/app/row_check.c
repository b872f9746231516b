/* Values of a row: converted by the type of their member, then checked against one another. */
#include "app/row_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/json_text.h"
#include "base/buf.h"

typedef struct checker {
    en_row_adder *adder;
    en_error *err;
} checker;

static en_status convert(checker *k, const char *type, const json_t *value, json_t **out);

/* Adds the member to the place of an error; nested members come with theirs. */
static en_status at_member(const char *name, en_error *err, en_status status) {
    char column[128];
    if (status == EN_OK || !err) return status;
    snprintf(column, sizeof column, "%s%s%s", name, err->column[0] ? "." : "", err->column);
    memcpy(err->column, column, sizeof column);
    return status;
}

static en_status keep(json_t *value, json_t **out, en_error *err) {
    *out = value;
    return value ? EN_OK : en_no_memory(err);
}

/* ---- what was written, as text ---- */

static en_status as_text(checker *k, const json_t *value, en_buf *out) {
    switch (json_typeof(value)) {
    case JSON_STRING: {
        en_str text = en_str_trim((en_str){json_string_value(value), json_string_length(value)});
        return en_buf_add(out, text, k->err);
    }
    case JSON_INTEGER: return en_buf_addf(out, k->err, "%lld", (long long)json_integer_value(value));
    case JSON_REAL: return en_json_text_real(out, json_real_value(value), k->err);
    case JSON_TRUE: return en_buf_add(out, EN_LIT("true"), k->err);
    case JSON_FALSE: return en_buf_add(out, EN_LIT("false"), k->err);
    default: break;
    }
    en_fail(k->err, EN_ERR_INPUT, "a single value is needed, and this is a list or an object");
    return EN_ERR_INPUT;
}

/* ---- one value by its type ---- */

static en_status convert_date(checker *k, const char *text, json_t **out) {
    en_when when;
    char edtf[96];
    EN_TRY(en_when_parse(en_str_of(text), k->adder->date_order, &when, k->err));
    en_when_print(&when, edtf, sizeof edtf);
    return keep(json_string(edtf), out, k->err);
}

static en_status convert_int(checker *k, const char *text, json_t **out) {
    const char *digits = text + (text[0] == '-');
    size_t n = strspn(digits, "0123456789");
    if (n && n < 16 && !digits[n]) return keep(json_integer(strtoll(text, NULL, 10)), out, k->err);
    en_fail(k->err, EN_ERR_INPUT, "\"%.60s\" is no whole number", text);
    return en_error_mend(k->err, "write digits only, as 41"), EN_ERR_INPUT;
}

static en_status convert_decimal(checker *k, const char *text, json_t **out) {
    const char *digits = text + (text[0] == '-');
    size_t whole = strspn(digits, "0123456789"),
           rest = digits[whole] == '.' ? strspn(digits + whole + 1, "0123456789") : 0;
    if (whole && whole + rest < 40 && !digits[whole + (digits[whole] == '.') + rest])
        return keep(json_string(text), out, k->err);
    en_fail(k->err, EN_ERR_INPUT, "\"%.60s\" is no number", text);
    return en_error_mend(k->err, "write digits with a point, as 49.81"), EN_ERR_INPUT;
}

static en_status convert_bool(checker *k, const char *text, json_t **out) {
    static const char *const yes[] = {"true", "yes", "1"}, *const no[] = {"false", "no", "0"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(text, yes[i]) == 0) return keep(json_true(), out, k->err);
        if (strcmp(text, no[i]) == 0) return keep(json_false(), out, k->err);
    }
    en_fail(k->err, EN_ERR_INPUT, "\"%.60s\" is neither yes nor no", text);
    return en_error_mend(k->err, "write yes or no"), EN_ERR_INPUT;
}

static en_status no_term(checker *k, const char *vocabulary, const char *text) {
    const json_t *terms = json_object_get(en_model_vocabulary(&k->adder->model, vocabulary), "terms");
    const char *near = en_model_nearest(terms, text);
    char list[200];
    en_model_list(terms, list, sizeof list);
    en_fail(k->err, EN_ERR_INPUT, "\"%.60s\" is no term of %s%s%s%s", text, vocabulary, near ? "; did you mean " : "",
            near ? near : "", near ? "?" : "");
    return en_error_mend(k->err, "terms: %s", list), EN_ERR_INPUT;
}

static en_status convert_term(checker *k, const char *vocabulary, const char *text, json_t **out) {
    const json_t *term = en_model_find_term(&k->adder->model, vocabulary, text);
    if (!term) return no_term(k, vocabulary, text);
    return keep(json_string(json_string_value(json_object_get(term, "code"))), out, k->err);
}

static en_status convert_id(checker *k, const char *kinds, const char *text, json_t **out) {
    char ref[EN_REF_TEXT];
    EN_TRY(en_refs_find(&k->adder->refs, kinds, text, ref, k->err));
    return keep(json_string(ref), out, k->err);
}

static en_status convert_text(checker *k, const char *type, const char *text, json_t **out) {
    if (strcmp(type, "text") == 0) return keep(json_string(text), out, k->err);
    if (strcmp(type, "edtf") == 0) return convert_date(k, text, out);
    if (strcmp(type, "int") == 0) return convert_int(k, text, out);
    if (strcmp(type, "decimal") == 0) return convert_decimal(k, text, out);
    if (strcmp(type, "bool") == 0) return convert_bool(k, text, out);
    if (strncmp(type, "term:", 5) == 0) return convert_term(k, type + 5, text, out);
    if (strncmp(type, "id:", 3) == 0) return convert_id(k, type + 3, text, out);
    return en_fail(k->err, EN_ERR_UNSUPPORTED, "the model has a member of the type %s, which is none", type);
}

/* ---- lists and objects ---- */

static en_status append(checker *k, const char *type, const json_t *value, json_t *array) {
    json_t *item = NULL;
    EN_TRY(convert(k, type, value, &item));
    return !item || json_array_append_new(array, item) == 0 ? EN_OK : en_no_memory(k->err);
}

/* a;b;c */
static en_status append_parts(checker *k, const char *type, const char *text, json_t *array) {
    for (en_str rest = en_str_of(text); rest.len;) {
        const char *end = memchr(rest.ptr, ';', rest.len);
        en_str part = {rest.ptr, end ? (size_t)(end - rest.ptr) : rest.len};
        rest = end ? (en_str){end + 1, rest.len - part.len - 1} : (en_str){"", 0};
        part = en_str_trim(part);
        json_t *value = json_stringn(part.ptr, part.len);
        en_status status = value ? append(k, type, value, array) : en_no_memory(k->err);
        json_decref(value);
        EN_TRY(status);
    }
    return EN_OK;
}

static en_status convert_list(checker *k, const char *type, const json_t *value, json_t **out) {
    json_t *array = json_array();
    en_status status = array ? EN_OK : en_no_memory(k->err);
    if (status == EN_OK && json_is_string(value) && strncmp(type, "object:", 7) != 0)
        status = append_parts(k, type, json_string_value(value), array);
    else if (status == EN_OK && !json_is_array(value))
        status = append(k, type, value, array);
    for (size_t i = 0; status == EN_OK && json_is_array(value) && i < json_array_size(value); i++)
        status = append(k, type, json_array_get(value, i), array);
    if (status != EN_OK) json_decref(array);
    *out = status == EN_OK ? array : NULL;
    return status;
}

static en_status unknown_member(checker *k, const char *of, const json_t *members, const char *name) {
    const char *near = en_model_nearest(members, name);
    char list[200];
    if (!near) near = en_model_nearest(json_object_get(k->adder->model.root, "common"), name);
    en_model_list(members, list, sizeof list);
    en_fail(k->err, EN_ERR_INPUT, "%s has no member of this name%s%s%s", of, near ? "; did you mean " : "",
            near ? near : "", near ? "?" : "");
    en_error_mend(k->err, "members: %s", list);
    return EN_ERR_INPUT;
}

static en_status check_least(checker *k, const json_t *member, const json_t *value) {
    const json_t *least = json_object_get(member, "least");
    if (!least || !json_is_integer(value) || json_integer_value(value) >= json_integer_value(least)) return EN_OK;
    return en_fail(k->err, EN_ERR_INPUT, "%lld is less than %lld", (long long)json_integer_value(value),
                   (long long)json_integer_value(least));
}

static en_status convert_member(checker *k, const json_t *member, const char *name, const json_t *value, json_t *out) {
    json_t *converted = NULL;
    en_status status = convert(k, json_string_value(json_object_get(member, "type")), value, &converted);
    if (status == EN_OK && converted) status = check_least(k, member, converted);
    if (status == EN_OK && converted)
        status = json_object_set(out, name, converted) == 0 ? EN_OK : en_no_memory(k->err);
    json_decref(converted);
    return at_member(name, k->err, status);
}

static en_status check_required(checker *k, const char *of, const json_t *members, const json_t *out) {
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)members, name, member) {
        if (!json_is_true(json_object_get(member, "required")) || json_object_get(out, name)) continue;
        en_fail(k->err, EN_ERR_INPUT, "%s needs this member", of);
        en_error_mend(k->err, "%s", json_string_value(json_object_get(member, "definition")));
        return at_member(name, k->err, EN_ERR_INPUT);
    }
    return EN_OK;
}

static en_status convert_object(checker *k, const char *shape, const json_t *value, json_t **out) {
    const json_t *object = json_object_get(json_object_get(k->adder->model.root, "objects"), shape);
    const json_t *members = json_object_get(object, "members");
    const char *name = json_string_value(json_object_get(object, "short"));
    json_t *of, *made = json_object();
    en_status status = made ? EN_OK : en_no_memory(k->err);
    if (status == EN_OK && !json_is_object(value) && name) {
        status = convert_member(k, json_object_get(members, name), name, value, made);
    } else if (status == EN_OK && !json_is_object(value)) {
        char list[160];
        en_model_list(members, list, sizeof list);
        status = en_fail(k->err, EN_ERR_INPUT, "a %s has parts", shape);
        en_error_mend(k->err, "give them one by one: %s", list);
    } else {
        json_object_foreach((json_t *)value, name, of) {
            const json_t *member = json_object_get(members, name);
            if (status != EN_OK) break;
            status = member ? convert_member(k, member, name, of, made)
                            : at_member(name, k->err, unknown_member(k, shape, members, name));
        }
    }
    if (status == EN_OK) status = check_required(k, shape, members, made);
    if (status != EN_OK) json_decref(made);
    *out = status == EN_OK ? made : NULL;
    return status;
}

/* *out stays NULL where nothing was given. */
static en_status convert(checker *k, const char *type, const json_t *value, json_t **out) {
    en_buf text = {0};
    *out = NULL;
    if (json_is_null(value) || (json_is_string(value) && json_string_length(value) == 0)) return EN_OK;
    if (strcmp(type, "any") == 0) return keep(json_deep_copy(value), out, k->err);
    if (strncmp(type, "list:", 5) == 0) return convert_list(k, type + 5, value, out);
    if (strncmp(type, "object:", 7) == 0) return convert_object(k, type + 7, value, out);
    en_status status = as_text(k, value, &text);
    if (status == EN_OK && text.len) status = convert_text(k, type, text.ptr, out);
    en_buf_clear(&text);
    return status;
}

/* ---- members against one another ---- */

static en_status check_needs(checker *k, const char *kind, const json_t *needs, const json_t *row) {
    const json_t *group, *name;
    size_t i, n;
    json_array_foreach(needs, i, group) {
        char names[160] = "";
        bool given = false;
        json_array_foreach(group, n, name) {
            given |= json_object_get(row, json_string_value(name)) != NULL;
            size_t at = strlen(names);
            snprintf(names + at, sizeof names - at, "%s%s", n ? ", " : "", json_string_value(name));
        }
        if (given) continue;
        en_fail(k->err, EN_ERR_INPUT, "this %s says too little", kind);
        return en_error_mend(k->err, "give one of: %s", names), EN_ERR_INPUT;
    }
    return EN_OK;
}

static bool is_after(const json_t *a, const json_t *b) {
    en_when x, y;
    if (json_is_integer(a) && json_is_integer(b)) return json_integer_value(a) > json_integer_value(b);
    return json_is_string(a) && json_is_string(b) &&
           en_when_parse(en_str_of(json_string_value(a)), EN_ORDER_UNSTATED, &x, NULL) == EN_OK &&
           en_when_parse(en_str_of(json_string_value(b)), EN_ORDER_UNSTATED, &y, NULL) == EN_OK &&
           en_when_compare(&x, &y) == EN_WHEN_AFTER;
}

static void print_value(const json_t *value, char *out, size_t cap) {
    if (json_is_integer(value))
        snprintf(out, cap, "%lld", (long long)json_integer_value(value));
    else
        snprintf(out, cap, "%s", json_string_value(value));
}

static en_status check_ordered(checker *k, const json_t *ordered, const json_t *row) {
    const json_t *pair;
    size_t i;
    json_array_foreach(ordered, i, pair) {
        const char *first = json_string_value(json_array_get(pair, 0)),
                   *second = json_string_value(json_array_get(pair, 1));
        const json_t *a = json_object_get(row, first), *b = json_object_get(row, second);
        char x[64], y[64];
        if (!a || !b || !is_after(a, b)) continue;
        print_value(a, x, sizeof x);
        print_value(b, y, sizeof y);
        en_fail(k->err, EN_ERR_INPUT,
                json_is_integer(a) ? "%s is %s, which is more than %s, %s" : "%s is %s, which is after %s, %s", first,
                x, second, y);
        en_error_mend(k->err, "check both; one of them is wrong");
        return at_member(second, k->err, EN_ERR_INPUT);
    }
    return EN_OK;
}

/* ---- what single kinds ask beyond their members ---- */

static en_status check_family(checker *k, const json_t *row) {
    if (!json_is_true(json_object_get(row, "complete")) || json_object_get(row, "source") ||
        json_object_get(row, "asserted_by"))
        return EN_OK;
    en_fail(k->err, EN_ERR_INPUT, "nobody is named who states that these are all the members");
    en_error_mend(k->err, "give source or asserted_by; without them the family's membership is not stated");
    return at_member("complete", k->err, EN_ERR_INPUT);
}

static en_status check_kinship(checker *k, const json_t *row) {
    if (!json_equal(json_object_get(row, "person"), json_object_get(row, "of"))) return EN_OK;
    en_fail(k->err, EN_ERR_INPUT, "a person is no relative of theirs");
    return at_member("of", k->err, EN_ERR_INPUT);
}

/* A term is added, never redefined. */
static en_status check_term(checker *k, const json_t *row) {
    const char *vocabulary = json_string_value(json_object_get(row, "vocabulary"));
    const char *code = json_string_value(json_object_get(row, "code"));
    const char *same_as = json_string_value(json_object_get(row, "same_as"));
    const en_model *model = &k->adder->model;
    if (!en_model_vocabulary(model, vocabulary)) {
        char list[240];
        en_model_list(json_object_get(model->root, "vocabularies"), list, sizeof list);
        en_fail(k->err, EN_ERR_INPUT, "there is no vocabulary \"%.60s\"", vocabulary);
        en_error_mend(k->err, "vocabularies: %s", list);
        return at_member("vocabulary", k->err, EN_ERR_INPUT);
    }
    if (code[strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_")] || strlen(code) > 40) {
        en_fail(k->err, EN_ERR_INPUT, "\"%.60s\" is no code: lower-case letters, digits and _, at most 40", code);
        return at_member("code", k->err, EN_ERR_INPUT);
    }
    if (en_model_term(model, vocabulary, code)) {
        en_fail(k->err, EN_ERR_INPUT, "%s has the term %s already, and terms are never redefined", vocabulary, code);
        en_error_mend(k->err, "choose another code");
        return at_member("code", k->err, EN_ERR_INPUT);
    }
    if (same_as && !en_model_term(model, vocabulary, same_as))
        return at_member("same_as", k->err, no_term(k, vocabulary, same_as));
    return EN_OK;
}

static en_status check_kind(checker *k, const char *kind, const json_t *row) {
    if (strcmp(kind, "family") == 0) return check_family(k, row);
    if (strcmp(kind, "kinship") == 0) return check_kinship(k, row);
    if (strcmp(kind, "term") == 0) return check_term(k, row);
    return EN_OK;
}

static void list_kinds(const json_t *kinds, char *out, size_t cap) {
    const char *name;
    json_t *kind, *addable = json_object();
    json_object_foreach((json_t *)kinds, name, kind) {
        if (!json_is_false(json_object_get(kind, "add"))) json_object_set(addable, name, kind);
    }
    en_model_list(addable, out, cap);
    json_decref(addable);
}

static en_status find_kind(checker *k, const char *kind, const json_t **out) {
    const json_t *kinds = json_object_get(k->adder->model.root, "kinds");
    *out = en_model_kind(&k->adder->model, kind);
    if (*out && !json_is_false(json_object_get(*out, "add"))) return EN_OK;
    const char *near = *out ? NULL : en_model_nearest(kinds, kind);
    char list[240];
    list_kinds(kinds, list, sizeof list);
    if (*out)
        en_fail(k->err, EN_ERR_USAGE, "rows of kind %s are made by a command of their own, not added by hand", kind);
    else
        en_fail(k->err, EN_ERR_USAGE, "\"%.60s\" is no kind of row%s%s%s", kind, near ? "; did you mean " : "",
                near ? near : "", near ? "?" : "");
    return en_error_mend(k->err, "kinds: %s", list), EN_ERR_USAGE;
}

en_status en_row_check(en_row_adder *adder, const char *kind, const json_t *body, json_t **out, en_error *err) {
    checker k = {.adder = adder, .err = err};
    const json_t *of;
    const char *name;
    json_t *value;
    if (err) err->column[0] = 0;
    EN_TRY(find_kind(&k, kind, &of));
    const json_t *members = json_object_get(of, "members");
    if (!(*out = json_object())) return en_no_memory(err);
    json_object_foreach((json_t *)body, name, value) {
        const json_t *member = en_model_member(&adder->model, kind, name);
        if (!member) return at_member(name, err, unknown_member(&k, kind, members, name));
        EN_TRY(convert_member(&k, member, name, value, *out));
    }
    EN_TRY(check_required(&k, kind, members, *out));
    EN_TRY(check_needs(&k, kind, json_object_get(of, "needs"), *out));
    EN_TRY(check_ordered(&k, json_object_get(of, "ordered"), *out));
    return check_kind(&k, kind, *out);
}
