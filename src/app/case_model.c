/* Reads the model compiled into the program, and the terms of a case. */
#include "app/case_model.h"

#include <stdio.h>
#include <string.h>

#include "everyname/text.h"

extern const char en_vocab_model[];
extern const size_t en_vocab_model_len;

/* ---- the case's own terms ---- */

/* A term of a case says what the term it counts as says, under its own code, label and definition. */
static json_t *make_term(json_t *terms, const json_t *body) {
    const char *same_as = json_string_value(json_object_get(body, "same_as"));
    json_t *term = NULL, *other;
    size_t i;
    json_array_foreach(terms, i, other) {
        const char *code = json_string_value(json_object_get(other, "code"));
        if (same_as && code && strcmp(code, same_as) == 0) term = json_copy(other);
    }
    if (!term) term = json_object();
    json_t *label = json_object();
    json_t *labels = json_object_get(body, "labels"), *one;
    json_object_set(label, "en", json_object_get(body, "label"));
    json_array_foreach(labels, i, one) {
        const char *language = json_string_value(json_object_get(one, "language"));
        if (language) json_object_set(label, language, json_object_get(one, "text"));
    }
    json_object_set(term, "code", json_object_get(body, "code"));
    json_object_set_new(term, "label", label);
    json_object_set(term, "definition", json_object_get(body, "definition"));
    json_object_set_new(term, "standard", json_string("this case"));
    return term;
}

en_status en_model_add_term(en_model *model, const json_t *body, en_error *err) {
    const char *name = json_string_value(json_object_get(body, "vocabulary"));
    json_t *vocabulary = name ? json_object_get(json_object_get(model->root, "vocabularies"), name) : NULL;
    json_t *terms = json_object_get(vocabulary, "terms");
    json_t *term = terms ? make_term(terms, body) : NULL;
    return terms && json_array_append_new(terms, term) != 0 ? en_no_memory(err) : EN_OK;
}

static en_status add_terms(en_case *c, en_model *model, en_error *err) {
    en_row *rows;
    int64_t n;
    en_arena *arena = en_arena_new();
    en_status status = arena ? en_case_rows(c, "term", arena, &rows, &n, err) : en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < n; i++) {
        json_t *body = en_id_eq(rows[i].revoked_by, EN_ID_NONE) ? json_loads(rows[i].body, 0, NULL) : NULL;
        if (body) status = en_model_add_term(model, body, err);
        json_decref(body);
    }
    en_arena_free(arena);
    return status;
}

en_status en_model_open(en_case *c, en_model *out, en_error *err) {
    out->root = json_loadb(en_vocab_model, en_vocab_model_len, 0, NULL);
    if (!out->root) return en_no_memory(err);
    en_status status = c ? add_terms(c, out, err) : EN_OK;
    if (status != EN_OK) en_model_close(out);
    return status;
}

void en_model_close(en_model *model) {
    json_decref(model->root);
    model->root = NULL;
}

/* ---- looking up ---- */

const json_t *en_model_kind(const en_model *model, const char *kind) {
    return json_object_get(json_object_get(model->root, "kinds"), kind);
}

const json_t *en_model_member(const en_model *model, const char *kind, const char *member) {
    const json_t *own = json_object_get(json_object_get(en_model_kind(model, kind), "members"), member);
    return own ? own : json_object_get(json_object_get(model->root, "common"), member);
}

const json_t *en_model_vocabulary(const en_model *model, const char *vocabulary) {
    return json_object_get(json_object_get(model->root, "vocabularies"), vocabulary);
}

const json_t *en_model_term(const en_model *model, const char *vocabulary, const char *code) {
    const json_t *terms = json_object_get(en_model_vocabulary(model, vocabulary), "terms"), *term;
    size_t i;
    json_array_foreach(terms, i, term) {
        const char *own = json_string_value(json_object_get(term, "code"));
        if (own && strcmp(own, code) == 0) return term;
    }
    return NULL;
}

static char plain(char c) {
    if (c >= 'A' && c <= 'Z') return (char)(c - 'A' + 'a');
    return c == '_' || c == '-' ? ' ' : c;
}

static bool same_words(const char *a, const char *b) {
    while (*a && plain(*a) == plain(*b)) a++, b++;
    return plain(*a) == plain(*b);
}

const json_t *en_model_find_term(const en_model *model, const char *vocabulary, const char *written) {
    const json_t *terms = json_object_get(en_model_vocabulary(model, vocabulary), "terms"), *term, *label;
    const json_t *exact = en_model_term(model, vocabulary, written);
    const char *language;
    size_t i;
    if (exact) return exact;
    json_array_foreach(terms, i, term) {
        if (same_words(json_string_value(json_object_get(term, "code")), written)) return term;
        json_object_foreach(json_object_get(term, "label"), language, label) {
            if (json_is_string(label) && same_words(json_string_value(label), written)) return term;
        }
    }
    return NULL;
}

const char *en_model_term_says(const en_model *model, const char *vocabulary, const char *code, const char *what) {
    const char *says = json_string_value(json_object_get(en_model_term(model, vocabulary, code), what));
    return says ? says : "";
}

const char *en_model_label(const en_model *model, const char *vocabulary, const char *code) {
    const json_t *label = json_object_get(en_model_term(model, vocabulary, code), "label");
    const char *english = json_string_value(json_object_get(label, "en"));
    return english ? english : code;
}

/* ---- what a user may have meant ---- */

static void keep_nearer(const char *name, const char *written, const char **best, int *least) {
    int distance = en_damerau(en_str_of(name), en_str_of(written));
    if (distance < *least) *best = name, *least = distance;
}

const char *en_model_nearest(const json_t *object, const char *written) {
    const char *best = NULL, *key;
    int least = (int)strlen(written) / 3 + 2;
    json_t *value;
    size_t i;
    json_object_foreach((json_t *)object, key, value) keep_nearer(key, written, &best, &least);
    json_array_foreach((json_t *)object, i, value)
        keep_nearer(json_string_value(json_object_get(value, "code")), written, &best, &least);
    return best;
}

static bool append(char *out, size_t cap, const char *name) {
    size_t len = strlen(out), more = strlen(name);
    if (len + more + 8 > cap) {
        snprintf(out + len, cap - len, " …");
        return false;
    }
    snprintf(out + len, cap - len, "%s%s", len ? ", " : "", name);
    return true;
}

void en_model_list(const json_t *object, char *out, size_t cap) {
    const char *key;
    json_t *value;
    size_t i;
    out[0] = 0;
    json_object_foreach((json_t *)object, key, value) {
        if (!append(out, cap, key)) return;
    }
    json_array_foreach((json_t *)object, i, value) {
        if (!append(out, cap, json_string_value(json_object_get(value, "code")))) return;
    }
}
