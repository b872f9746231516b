/* Searching the index: every token is compared with every word of the query, by spelling and by skeleton, and texts are
 * ranked by how well each word is met. docs/methods/search.md has the weights. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/columns.h"
#include "app/search_parts.h"
#include "base/leb128.h"
#include "base/os.h"

enum { USUAL_LIMIT = 20, TRIES = 3, FULL = 100 /* weight of a word that stands there as asked */ };

/* ---- opening ---- */

en_status search_fetch(en_search *s, const char *key, en_arena *arena, en_str *out, en_error *err) {
    for (int64_t i = 0; i < s->made.n; i++)
        if (strcmp(s->made.values[i].key, key) == 0) {
            *out = s->made.values[i].value;
            return EN_OK;
        }
    return en_case_get_derived(s->c, EN_SEARCH_KIND, key, arena, out, err);
}

static en_status make_index(en_search *s, const en_search_options *o, en_error *err) {
    en_account account;
    EN_TRY(en_account_open(s->case_path, NULL, &account, err));
    en_status status = en_search_index_make(&account, o->threads, o->progress, &s->made, err);
    if (status == EN_OK) en_derived_keep(s->case_path, EN_SEARCH_KIND, account.head, &s->made);
    en_account_clear(&account);
    s->was_made = true;
    return status;
}

static en_status damaged(const en_search *s, en_error *err) {
    en_fail(err, EN_ERR_CORRUPT, "the index of names cannot be read");
    en_error_at(err, s->case_path, -1, NULL, -1);
    return en_error_mend(err, "run `everyname verify`"), EN_ERR_CORRUPT;
}

static en_status read_about(en_search *s, const json_t *about, en_error *err) {
    s->n_texts = json_integer_value(json_object_get(about, "texts"));
    s->n_records = json_integer_value(json_object_get(about, "records"));
    s->n_tokens = (int32_t)json_integer_value(json_object_get(about, "tokens"));
    return s->n_texts >= s->n_records && s->n_records >= 0 && s->n_tokens >= 0 ? EN_OK : damaged(s, err);
}

static en_status read_tokens(en_search *s, en_error *err) {
    en_str all;
    EN_TRY(search_fetch(s, "tokens", s->arena, &all, err));
    size_t n = (size_t)s->n_tokens, spelt = 0;
    if (all.len < 9 * n) return damaged(s, err);
    s->letters = (const uint8_t *)all.ptr;
    s->sizes = s->letters + 4 * n;
    s->lengths = s->sizes + 4 * n;
    s->spellings = (const char *)s->lengths + n;
    for (size_t k = 0; k < n; k++) spelt += s->lengths[k];
    if (all.len < 9 * n + spelt) return damaged(s, err);
    s->keys = (en_str){s->spellings + spelt, all.len - 9 * n - spelt};
    return EN_OK;
}

static en_status read_index(en_search *s, const en_search_options *o, en_error *err) {
    json_t *about = NULL;
    double began = en_os_seconds();
    EN_TRY(en_derived_current(s->c, EN_SEARCH_KIND, EN_SEARCH_VERSION, &about, err));
    if (!about) {
        EN_TRY(make_index(s, o, err));
        about = json_loadb(s->made.values[0].value.ptr, s->made.values[0].value.len, 0, NULL);
        if (!about) return en_no_memory(err);
        began = en_os_seconds();
    }
    en_status status = read_about(s, about, err);
    json_decref(about);
    if (status == EN_OK) status = read_tokens(s, err);
    s->opening = en_os_seconds() - began;
    return status;
}

/* ---- conditions on persons ---- */

static en_status select_by_account(en_search *s, const en_count_query *where, en_error *err) {
    en_account account;
    bool *selected = NULL;
    EN_TRY(en_account_open(s->case_path, NULL, &account, err));
    en_status status = en_account_select(&account, where, s->arena, &selected, err);
    s->selected = selected;
    en_account_clear(&account);
    return status;
}

static en_status select_persons(en_search *s, const en_count_query *where, en_error *err) {
    en_str persons;
    en_columns columns;
    bool answers, *selected;
    EN_TRY(search_fetch(s, "persons", s->arena, &persons, err));
    if (persons.len != 4 * (size_t)s->n_records) return damaged(s, err);
    s->persons = (const uint8_t *)persons.ptr;
    EN_TRY(en_columns_open(s->c, &columns, &answers, err));
    if (!answers) return select_by_account(s, where, err);
    s->selection_arena = columns.arena;
    EN_TRY(en_columns_select(&columns, where, &selected, &answers, err));
    s->selected = selected;
    return answers ? EN_OK : select_by_account(s, where, err);
}

static en_status open_search(en_search *s, const en_search_options *o, en_error *err) {
    EN_TRY(en_case_open(s->case_path, false, &s->c, err));
    EN_TRY(en_text_open(&s->text, err));
    EN_TRY(read_index(s, o, err));
    return o->where ? select_persons(s, o->where, err) : EN_OK;
}

static en_status open_once(const char *case_path, const en_search_options *options, en_search **out, en_error *err) {
    en_search *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s) return en_no_memory(err);
    s->arena = en_arena_new();
    s->case_path = case_path;
    s->limit = options->limit ? options->limit : USUAL_LIMIT;
    en_status status = s->arena ? open_search(s, options, err) : en_no_memory(err);
    if (status == EN_OK)
        *out = s;
    else
        en_search_close(s);
    return status;
}

/* Where somebody writes meanwhile, what they wrote is searched. */
en_status en_search_open(const char *case_path, const en_search_options *options, en_search **out, en_error *err) {
    en_status status = EN_ERR_CONFLICT;
    for (int i = 0; i < TRIES && status == EN_ERR_CONFLICT; i++) status = open_once(case_path, options, out, err);
    return status;
}

void en_search_close(en_search *search) {
    if (!search) return;
    en_case_close(search->c);
    en_text_close(search->text);
    en_derived_clear(&search->made);
    en_arena_free(search->selection_arena);
    en_arena_free(search->arena);
    free(search);
}

/* ---- words ---- */

typedef struct asked {
    en_word latin, key;
    en_str spelt, skeleton;
} asked;

typedef struct match {
    int32_t token;
    int weight;
    uint64_t at; /* of its places, in all of them */
} match;

typedef struct matches {
    match *of;
    int64_t n, cap;
} matches;

typedef struct finder {
    en_search *s;
    en_arena *arena;
    int n_words;
    asked words[EN_SEARCH_WORDS];
    matches matched[EN_SEARCH_WORDS];
    uint16_t *score;     /* of each text: sum of the best weight of each word */
    uint8_t *met, *seen; /* how many words it meets; 1 + the last word that it met */
    int32_t *touched;    /* texts that meet a word */
    int64_t n_touched, touched_cap;
} finder;

static en_status read_words(finder *f, const char *words, en_error *err) {
    en_name name;
    EN_TRY(en_name_parse(f->s->text, en_str_of(words), f->arena, &name, err));
    for (size_t i = 0; i < name.n_parts && f->n_words < EN_SEARCH_WORDS; i++) {
        const en_name_part *part = &name.parts[i];
        if (!part->latin.len) continue;
        asked *word = &f->words[f->n_words++];
        word->spelt = part->latin;
        if (word->spelt.len > EN_INDEX_LETTERS) word->spelt.len = EN_INDEX_LETTERS;
        word->skeleton = part->key;
        en_word_set(&word->latin, word->spelt);
        en_word_set(&word->key, word->skeleton);
    }
    if (f->n_words) return EN_OK;
    en_fail(err, EN_ERR_USAGE, "there is no word to search for");
    return en_error_mend(err, "give a name or a word, in any script"), EN_ERR_USAGE;
}

/* ---- tokens ---- */

static int mistakes_allowed(int letters) { return letters < 4 ? 0 : letters < 6 ? 1 : letters < 9 ? 2 : 3; }

/* Two spellings of one skeleton; short skeletons say less. */
static int weight_of_skeleton(const asked *w, en_str token) {
    int longer = w->latin.len > (int)token.len ? w->latin.len : (int)token.len;
    int distance = en_word_distance(&w->latin, token, longer), alike = 20 * (longer - distance) / (longer ? longer : 1);
    return (w->key.len >= 3 ? 75 : w->key.len == 2 ? 62 : 45) + (alike > 0 ? alike : 0);
}

static bool at_most(uint32_t bits, int most) {
    for (; bits && most >= 0; most--) bits &= bits - 1;
    return most >= 0;
}

static int weight_of_spelling(const asked *w, en_str token, uint32_t letters) {
    int most = mistakes_allowed(w->latin.len);
    int apart = w->latin.len > (int)token.len ? w->latin.len - (int)token.len : (int)token.len - w->latin.len;
    if (apart > most || !at_most(letters & ~w->latin.letters, most) || !at_most(w->latin.letters & ~letters, most))
        return 0;
    int distance = en_word_distance(&w->latin, token, most);
    if (distance > most) return 0;
    int longer = w->latin.len > (int)token.len ? w->latin.len : (int)token.len;
    return distance == 0 ? FULL : 92 - 130 * distance / longer;
}

typedef enum { KEY_OTHER = 0, KEY_NEAR, KEY_SAME } key_match;

static key_match compare_key(const asked *w, en_str key) {
    if (!w->key.len) return KEY_OTHER;
    if (en_str_eq(w->skeleton, key)) return KEY_SAME;
    return w->key.len >= 4 && key.len >= 4 && en_word_distance(&w->key, key, 1) <= 1 ? KEY_NEAR : KEY_OTHER;
}

static en_status add_match(matches *m, match found, en_error *err) {
    if (m->n == m->cap) {
        int64_t cap = m->cap ? m->cap * 2 : 256;
        match *grown = realloc(m->of, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        m->of = grown;
        m->cap = cap;
    }
    m->of[m->n++] = found;
    return EN_OK;
}

static uint32_t u32(const uint8_t *at) {
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

typedef struct scan {
    int32_t token;
    const char *spelling;
    uint64_t at;
} scan;

static en_status match_token(finder *f, const scan *at, const key_match keys[], en_error *err) {
    const en_search *s = f->s;
    en_str token = {at->spelling, s->lengths[at->token]};
    uint32_t letters = u32(s->letters + 4 * (size_t)at->token);
    for (int w = 0; w < f->n_words; w++) {
        int weight = weight_of_spelling(&f->words[w], token, letters), other = 0;
        if (keys[w] == KEY_SAME && weight < FULL) other = weight_of_skeleton(&f->words[w], token);
        if (keys[w] == KEY_NEAR) other = 50;
        if (other > weight) weight = other;
        if (weight) EN_TRY(add_match(&f->matched[w], (match){at->token, weight, at->at}, err));
    }
    return EN_OK;
}

/* One pass over all tokens for all words. Bound by memory: the letters of most tokens rule them out. */
static en_status match_tokens(finder *f, en_error *err) {
    const en_search *s = f->s;
    scan at = {0, s->spellings, 0};
    en_str rest = s->keys, key;
    uint64_t n;
    while (at.token < s->n_tokens) {
        key_match keys[EN_SEARCH_WORDS];
        if (!en_leb128_take_str(&rest, &key) || !en_leb128_take(&rest, (uint64_t)(s->n_tokens - at.token), &n) || !n)
            return damaged(s, err);
        for (int w = 0; w < f->n_words; w++) keys[w] = compare_key(&f->words[w], key);
        for (; n; n--) {
            EN_TRY(match_token(f, &at, keys, err));
            at.spelling += s->lengths[at.token];
            at.at += u32(s->sizes + 4 * (size_t)at.token++);
        }
    }
    return EN_OK;
}

static int by_weight(const void *x, const void *y) {
    const match *a = x, *b = y;
    return a->weight != b->weight ? b->weight - a->weight : a->token - b->token;
}

/* ---- texts ---- */

/* The places of a token, which can lie in several values of the index; `part` is the one at hand. */
typedef struct places_part {
    int64_t number;
    en_str bytes;
} places_part;

static en_status copy_places(finder *f, uint64_t at, size_t n, places_part *part, char *out, en_error *err) {
    while (n) {
        int64_t number = (int64_t)(at / EN_INDEX_PART);
        size_t within = (size_t)(at % EN_INDEX_PART);
        if (part->number != number) {
            char key[32];
            snprintf(key, sizeof key, "places/%lld", (long long)number);
            EN_TRY(search_fetch(f->s, key, f->arena, &part->bytes, err));
            part->number = number;
        }
        if (within >= part->bytes.len) return damaged(f->s, err);
        size_t here = part->bytes.len - within < n ? part->bytes.len - within : n;
        memcpy(out, part->bytes.ptr + within, here);
        out += here;
        at += here;
        n -= here;
    }
    return EN_OK;
}

static en_status touch(finder *f, int32_t text, en_error *err) {
    if (f->n_touched == f->touched_cap) {
        int64_t cap = f->touched_cap ? f->touched_cap * 2 : 4096;
        int32_t *grown = realloc(f->touched, (size_t)cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        f->touched = grown;
        f->touched_cap = cap;
    }
    f->touched[f->n_touched++] = text;
    return EN_OK;
}

static en_status add_places(finder *f, int word, const match *m, en_str places, en_error *err) {
    uint64_t step, text = 0;
    while (places.len) {
        if (!en_leb128_take(&places, (uint64_t)f->s->n_texts, &step)) return damaged(f->s, err);
        text += step;
        if (text >= (uint64_t)f->s->n_texts) return damaged(f->s, err);
        if (f->seen[text] == word + 1) continue; /* met by a better token already */
        if (!f->seen[text]) EN_TRY(touch(f, (int32_t)text, err));
        f->seen[text] = (uint8_t)(word + 1);
        f->met[text]++;
        f->score[text] = (uint16_t)(f->score[text] + m->weight);
    }
    return EN_OK;
}

static int by_place(const void *x, const void *y) {
    const match *a = x, *b = y;
    return (a->at > b->at) - (a->at < b->at);
}

/* Reads the places of all matches of a word in the order in which they are stored, then adds them by weight. */
static en_status add_word(finder *f, int word, en_error *err) {
    matches *m = &f->matched[word];
    places_part part = {.number = -1};
    if (!m->n) return EN_OK;
    en_str *places = en_arena_alloc(f->arena, (size_t)m->n * sizeof *places);
    if (!places) return en_no_memory(err);
    qsort(m->of, (size_t)m->n, sizeof *m->of, by_place);
    for (int64_t i = 0; i < m->n; i++) {
        size_t n = u32(f->s->sizes + 4 * (size_t)m->of[i].token);
        char *bytes = en_arena_alloc(f->arena, n + 1);
        if (!bytes) return en_no_memory(err);
        EN_TRY(copy_places(f, m->of[i].at, n, &part, bytes, err));
        places[i] = (en_str){bytes, n};
        m->of[i].at = (uint64_t)i; /* from now on: which of `places` */
    }
    qsort(m->of, (size_t)m->n, sizeof *m->of, by_weight);
    for (int64_t i = 0; i < m->n; i++) EN_TRY(add_places(f, word, &m->of[i], places[m->of[i].at], err));
    return EN_OK;
}

/* ---- results ---- */

static bool is_selected(const en_search *s, int64_t text) {
    return !s->selected || (text < s->n_records && s->selected[u32(s->persons + 4 * (size_t)text)]);
}

/* The lowest score that is shown. Counts what was found; texts that are not selected lose their score. */
static en_status find_cut(finder *f, en_search_result *out, int *cut, en_error *err) {
    int64_t *sizes = en_arena_alloc(f->arena, (EN_SEARCH_WORDS * FULL + 1) * sizeof *sizes), above = 0;
    if (!sizes) return en_no_memory(err);
    for (int64_t k = 0; k < f->n_touched; k++) {
        int32_t i = f->touched[k];
        if (!is_selected(f->s, i)) {
            f->score[i] = 0;
            continue;
        }
        out->partly++;
        out->found += f->met[i] == f->n_words;
        sizes[f->score[i]]++;
    }
    for (*cut = EN_SEARCH_WORDS * FULL; *cut > 1 && above + sizes[*cut] < f->s->limit; (*cut)--) above += sizes[*cut];
    return EN_OK;
}

typedef struct ranked {
    int64_t text;
    uint16_t score;
} ranked;

static int by_score(const void *x, const void *y) {
    const ranked *a = x, *b = y;
    return a->score != b->score ? b->score - a->score : (a->text > b->text) - (a->text < b->text);
}

/* Texts of at least that score, the best first, equal ones in their order. */
static en_status rank(finder *f, int cut, ranked **out, int64_t *n, en_error *err) {
    *n = 0;
    if (!(*out = en_arena_alloc(f->arena, ((size_t)f->n_touched + 1) * sizeof **out))) return en_no_memory(err);
    for (int64_t k = 0; k < f->n_touched; k++) {
        int32_t i = f->touched[k];
        if (f->score[i] >= cut) (*out)[(*n)++] = (ranked){i, f->score[i]};
    }
    if (*n) qsort(*out, (size_t)*n, sizeof **out, by_score);
    if (*n > f->s->limit) *n = f->s->limit;
    return EN_OK;
}

static en_status show(finder *f, en_search_result *out, en_error *err) {
    int cut;
    ranked *best;
    int64_t n;
    EN_TRY(find_cut(f, out, &cut, err));
    EN_TRY(rank(f, cut, &best, &n, err));
    if (!(out->hits = en_arena_alloc(out->arena, ((size_t)n + 1) * sizeof *out->hits))) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) {
        EN_TRY(search_describe(f->s, best[i].text, out->arena, &out->hits[i], err));
        out->hits[i].score = (double)best[i].score / (FULL * f->n_words);
        out->n_hits++;
    }
    return EN_OK;
}

static en_status find(finder *f, const char *words, en_search_result *out, en_error *err) {
    size_t n = (size_t)f->s->n_texts + 1;
    EN_TRY(read_words(f, words, err));
    EN_TRY(match_tokens(f, err));
    f->score = calloc(n, sizeof *f->score);
    f->met = calloc(n, 1);
    f->seen = calloc(n, 1);
    if (!f->score || !f->met || !f->seen) return en_no_memory(err);
    for (int w = 0; w < f->n_words; w++) EN_TRY(add_word(f, w, err));
    return show(f, out, err);
}

en_status en_search_run(en_search *search, const char *words, en_search_result *out, en_error *err) {
    double began = en_os_seconds();
    *out = (en_search_result){.arena = en_arena_new(), .made = search->was_made};
    finder f = {.s = search, .arena = en_arena_new()};
    en_status status = out->arena && f.arena ? EN_OK : en_no_memory(err);
    if (status == EN_OK && !(out->query = en_arena_strdup(out->arena, en_str_of(words)))) status = en_no_memory(err);
    if (status == EN_OK) status = find(&f, words, out, err);
    for (int w = 0; w < EN_SEARCH_WORDS; w++) free(f.matched[w].of);
    free(f.score);
    free(f.met);
    free(f.seen);
    free(f.touched);
    en_arena_free(f.arena);
    out->seconds = search->opening + en_os_seconds() - began;
    if (status != EN_OK) en_search_result_clear(out);
    return status;
}

void en_search_result_clear(en_search_result *result) {
    en_arena_free(result->arena);
    *result = (en_search_result){0};
}
