/* Reads the vocabularies compiled into the program. */
#include "app/vocabulary.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern const char en_vocab_model[], en_vocab_headers[];
extern const size_t en_vocab_model_len, en_vocab_headers_len;

static const char *const titles[EN_VOCABULARIES] = {"sex",        "status",      "cause", "civilian_status",
                                                    "directness", "verification"};

const char *en_vocabulary_title(en_vocabulary_name name) { return titles[name]; }

en_vocabulary_name en_vocabulary_of(const char *role) {
    int i = 0;
    while (i < EN_VOCABULARIES && strcmp(titles[i], role) != 0) i++;
    return (en_vocabulary_name)i;
}

static json_t *load(en_vocabulary_name name) {
    return name == EN_VOCABULARY_HEADERS ? json_loadb(en_vocab_headers, en_vocab_headers_len, 0, NULL)
                                         : json_loadb(en_vocab_model, en_vocab_model_len, 0, NULL);
}

static en_status add_word(en_vocabulary *v, en_text *text, en_arena *arena, en_str written, int32_t term,
                          en_error *err) {
    en_str folded;
    int32_t number;
    bool added;
    EN_TRY(en_text_fold(text, written, arena, &folded, err));
    EN_TRY(en_map_intern(&v->words, folded, &number, &added, err));
    if (!added) return EN_OK; /* the first term to claim a word keeps it */
    int32_t *grown = realloc(v->term_of, (size_t)v->words.len * sizeof *grown);
    if (!grown) return en_no_memory(err);
    v->term_of = grown;
    v->term_of[number] = term;
    return EN_OK;
}

static en_status add_term(en_vocabulary *v, en_text *text, en_arena *arena, const char *code, bool dead,
                          const json_t *written, en_error *err) {
    int32_t term = v->n_terms++;
    snprintf(v->codes[term], sizeof v->codes[term], "%s", code);
    v->dead[term] = dead;
    EN_TRY(add_word(v, text, arena, en_str_of(code), term, err));
    size_t i;
    json_t *word;
    json_array_foreach(written, i, word)
        EN_TRY(add_word(v, text, arena, en_str_of(json_string_value(word)), term, err));
    return EN_OK;
}

/* A vocabulary has "terms"; headers.json is an object of roles and their words. */
static en_status add_terms(en_vocabulary *v, en_text *text, en_arena *arena, json_t *root, en_error *err) {
    json_t *terms = json_object_get(root, "terms");
    size_t n = terms ? json_array_size(terms) : json_object_size(root), i;
    v->codes = calloc(n + 1, sizeof *v->codes);
    v->dead = calloc(n + 1, sizeof *v->dead);
    if (!v->codes || !v->dead) return en_no_memory(err);
    json_t *term;
    const char *role;
    if (terms) {
        json_array_foreach(terms, i, term)
            EN_TRY(add_term(v, text, arena, json_string_value(json_object_get(term, "code")),
                            json_is_true(json_object_get(term, "dead")), json_object_get(term, "written"), err));
    } else {
        json_object_foreach(root, role, term) EN_TRY(add_term(v, text, arena, role, false, term, err));
    }
    return EN_OK;
}

/* From the words of headers, or from the model that holds all vocabularies. */
static en_status open_from(json_t *root, en_vocabulary_name name, en_text *text, en_vocabulary *out, en_error *err) {
    *out = (en_vocabulary){0};
    en_arena *arena = en_arena_new();
    if (root && name != EN_VOCABULARY_HEADERS)
        root = json_object_get(json_object_get(root, "vocabularies"), titles[name]);
    en_status status = arena && root ? add_terms(out, text, arena, root, err) : en_no_memory(err);
    if (status != EN_OK) en_vocabulary_clear(out);
    en_arena_free(arena);
    return status;
}

en_status en_vocabulary_open(en_vocabulary_name name, en_text *text, en_vocabulary *out, en_error *err) {
    json_t *root = load(name);
    en_status status = open_from(root, name, text, out, err);
    json_decref(root);
    return status;
}

en_status en_vocabulary_open_all(en_text *text, en_vocabulary out[EN_VOCABULARIES], en_error *err) {
    json_t *root = load(EN_VOCABULARY_SEX);
    en_status status = EN_OK;
    for (int i = 0; i < EN_VOCABULARIES && status == EN_OK; i++)
        status = open_from(root, (en_vocabulary_name)i, text, &out[i], err);
    json_decref(root);
    return status;
}

void en_vocabulary_clear(en_vocabulary *vocabulary) {
    en_map_clear(&vocabulary->words);
    free(vocabulary->term_of);
    free(vocabulary->codes);
    free(vocabulary->dead);
    *vocabulary = (en_vocabulary){0};
}

en_status en_vocabulary_find(const en_vocabulary *vocabulary, en_text *text, en_str written, en_arena *arena,
                             int32_t *term, en_error *err) {
    en_str folded;
    *term = -1;
    EN_TRY(en_text_fold(text, written, arena, &folded, err));
    int32_t word = en_map_find(&vocabulary->words, folded);
    if (word >= 0) *term = vocabulary->term_of[word];
    return EN_OK;
}
