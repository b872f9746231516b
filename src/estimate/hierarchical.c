/* Which hierarchical log-linear models there are, and what they are called. */
#include "estimate/hierarchical.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "estimate/heterogeneity.h"
#include "estimate/methods.h"

static int size_of(unsigned term) { return __builtin_popcount(term); }

static bool comes_before(unsigned a, unsigned b) { return size_of(a) != size_of(b) ? size_of(a) < size_of(b) : a < b; }

void hierarchical_main_effects(int lists, loglinear_model *out) {
    *out = (loglinear_model){.lists = lists, .n_terms = lists + 1};
    for (int j = 0; j < lists; j++) out->terms[j + 1] = (uint16_t)(1u << j);
}

bool hierarchical_has(const loglinear_model *m, unsigned term) {
    for (int i = 0; i < m->n_terms; i++)
        if (m->terms[i] == term) return true;
    return false;
}

void hierarchical_add(loglinear_model *m, unsigned term) {
    int at = m->n_terms++;
    for (; at > 0 && comes_before(term, m->terms[at - 1]); at--) m->terms[at] = m->terms[at - 1];
    m->terms[at] = (uint16_t)term;
}

static void drop(loglinear_model *m, int at) {
    m->n_terms--;
    memmove(m->terms + at, m->terms + at + 1, (size_t)(m->n_terms - at) * sizeof *m->terms);
    m->terms[m->n_terms] = 0;
}

int hierarchical_compare(const loglinear_model *a, const loglinear_model *b) {
    if (a->differ != b->differ) return a->differ < b->differ ? -1 : 1;
    if (a->n_terms != b->n_terms) return a->n_terms < b->n_terms ? -1 : 1;
    return memcmp(a->terms, b->terms, (size_t)a->n_terms * sizeof *a->terms);
}

/* Is each subset of `term` that lacks one list in the model? */
static bool has_boundary(const loglinear_model *m, unsigned term) {
    for (unsigned rest = term; rest; rest &= rest - 1)
        if (!hierarchical_has(m, term & ~(rest & -rest))) return false;
    return true;
}

static bool is_largest(const loglinear_model *m, unsigned term) {
    for (int i = 0; i < m->n_terms; i++)
        if (m->terms[i] != term && (m->terms[i] & term) == term) return false;
    return true;
}

/* ---- all of them ---- */

typedef struct collection {
    loglinear_model *models;
    size_t n, cap;
} collection;

static en_status collect(collection *c, const loglinear_model *m, en_error *err) {
    if (c->n == c->cap) {
        size_t cap = c->cap ? 2 * c->cap : 128;
        loglinear_model *wider = realloc(c->models, cap * sizeof *wider);
        if (!wider) return en_no_memory(err);
        c->models = wider;
        c->cap = cap;
    }
    c->models[c->n++] = *m;
    return EN_OK;
}

/* Terms of two to `order` lists, without that of all, by size. Returns how many. */
static int list_interactions(int lists, int order, unsigned *out) {
    int n = 0;
    for (int size = 2; size < lists && size <= order; size++)
        for (unsigned s = 0; s < 1u << lists; s++)
            if (size_of(s) == size) out[n++] = s;
    return n;
}

/* Each term in turn left out or, where its subsets are there, taken in. */
static en_status branch(const unsigned *terms, int n, const loglinear_model *m, collection *out, en_error *err) {
    if (n == 0) return collect(out, m, err);
    EN_TRY(branch(terms + 1, n - 1, m, out, err));
    if (!has_boundary(m, terms[0])) return EN_OK;
    loglinear_model with = *m;
    hierarchical_add(&with, terms[0]);
    return branch(terms + 1, n - 1, &with, out, err);
}

en_status hierarchical_all(int lists, int order, loglinear_model **out, size_t *n, en_error *err) {
    unsigned terms[1u << LOGLINEAR_ALL_MAX];
    collection c = {0};
    loglinear_model start;
    hierarchical_main_effects(lists, &start);
    int n_terms = list_interactions(lists, order, terms);
    en_status status = branch(terms, n_terms, &start, &c, err);
    if (status != EN_OK) {
        free(c.models);
        return status;
    }
    *out = c.models;
    *n = c.n;
    return EN_OK;
}

/* ---- neighbours ---- */

static en_status collect_larger(const loglinear_model *m, int order, collection *c, en_error *err) {
    if (m->n_terms == LOGLINEAR_TERMS_MAX) return EN_OK;
    for (unsigned s = 0; s < 1u << m->lists; s++) {
        if (size_of(s) < 2 || size_of(s) > order || size_of(s) == m->lists) continue;
        if (hierarchical_has(m, s) || !has_boundary(m, s)) continue;
        loglinear_model with = *m;
        hierarchical_add(&with, s);
        EN_TRY(collect(c, &with, err));
    }
    return EN_OK;
}

static en_status collect_smaller(const loglinear_model *m, collection *c, en_error *err) {
    for (int i = 0; i < m->n_terms; i++) {
        if (size_of(m->terms[i]) < 2 || !is_largest(m, m->terms[i])) continue;
        loglinear_model without = *m;
        drop(&without, i);
        EN_TRY(collect(c, &without, err));
    }
    return EN_OK;
}

en_status hierarchical_neighbours(const loglinear_model *model, int order, loglinear_model **out, size_t *n,
                                  en_error *err) {
    collection c = {0};
    en_status status = collect_larger(model, order, &c, err);
    if (status == EN_OK) status = collect_smaller(model, &c, err);
    if (status != EN_OK) {
        free(c.models);
        return status;
    }
    *out = c.models;
    *n = c.n;
    return EN_OK;
}

/* ---- names ---- */

void loglinear_name(const en_histories *h, const loglinear_model *m, char *out, size_t cap) {
    out[0] = 0;
    for (int i = m->n_terms - 1; i > 0; i--)
        if (is_largest(m, m->terms[i])) append_list_set(h, m->terms[i], out, cap);
    if (m->differ == HETEROGENEITY_NONE) return;
    size_t at = strlen(out);
    snprintf(out + at, cap - at, " and Mth %s", heterogeneity_name(m->differ));
}
