/* Making the index: strings to tokens, tokens in order of their skeletons, and of each token the texts it stands in. */
#include "app/search_index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/search_texts.h"
#include "base/leb128.h"
#include "base/parallel.h"
#include "base/sort.h"

enum { TASK = 2048 /* strings */, BATCH = 64 /* that share an arena */ };

typedef struct indexer {
    const en_account *account;
    search_texts texts;
    /* Strings to tokens. */
    int64_t n_tasks;
    en_buf *parsed; /* of each task: of each string how many tokens, and of each key and Latin */
    en_text **text; /* a worker */
    en_map tokens;  /* key, 0, Latin */
    int32_t *own;   /* tokens, string by string */
    int64_t *first_own;
    int64_t n_own;
    /* Tokens to texts. */
    int32_t *order, *rank; /* of tokens by key and Latin */
    int64_t *first_place;  /* by rank: places[first_place[k]..first_place[k + 1]) */
    int32_t *places;
    en_derived_set *out;
} indexer;

/* ---- strings to tokens ---- */

static bool is_token(const en_name_part *part) {
    return part->latin.len && part->kind != EN_PART_INITIAL && part->kind != EN_PART_TITLE;
}

static en_status add_tokens(const en_name *name, en_buf *out, en_error *err) {
    uint64_t n = 0;
    for (size_t i = 0; i < name->n_parts; i++) n += is_token(&name->parts[i]);
    EN_TRY(en_leb128_add(out, n, err));
    for (size_t i = 0; i < name->n_parts; i++) {
        en_str latin = name->parts[i].latin, key = name->parts[i].key;
        if (!is_token(&name->parts[i])) continue;
        if (latin.len > EN_INDEX_LETTERS) latin.len = EN_INDEX_LETTERS;
        if (key.len > EN_INDEX_LETTERS) key.len = EN_INDEX_LETTERS;
        EN_TRY(en_leb128_add_str(out, key, err));
        EN_TRY(en_leb128_add_str(out, latin, err));
    }
    return EN_OK;
}

/* What cannot be read as a name has no tokens. */
static en_status parse_string(en_text *text, en_str s, en_arena *arena, en_buf *out, en_error *err) {
    en_name name = {0};
    en_status status = en_name_parse(text, s, arena, &name, err);
    if (status == EN_ERR_INPUT || status == EN_ERR_LIMIT) {
        name.n_parts = 0;
        status = EN_OK;
    }
    return status == EN_OK ? add_tokens(&name, out, err) : status;
}

static en_status parse_range(indexer *x, int64_t from, int64_t to, int worker, en_buf *out, en_error *err) {
    en_arena *arena = en_arena_new();
    en_status status = arena ? EN_OK : en_no_memory(err);
    for (int64_t i = from; i < to && status == EN_OK; i++)
        status = parse_string(x->text[worker], en_map_key(&x->texts.strings, (int32_t)i), arena, out, err);
    en_arena_free(arena);
    return status;
}

static en_status parse_task(void *ctx, size_t task, int worker, en_error *err) {
    indexer *x = ctx;
    int64_t from = (int64_t)task * TASK, n = x->texts.strings.len, end = from + TASK < n ? from + TASK : n;
    if (!x->text[worker]) EN_TRY(en_text_open(&x->text[worker], err));
    for (int64_t i = from; i < end; i += BATCH)
        EN_TRY(parse_range(x, i, i + BATCH < end ? i + BATCH : end, worker, &x->parsed[task], err));
    return EN_OK;
}

static en_status parse_strings(indexer *x, int threads, const en_progress *progress, en_error *err) {
    x->n_tasks = (x->texts.strings.len + TASK - 1) / TASK;
    int workers = en_parallel_workers((size_t)x->n_tasks, threads);
    x->parsed = calloc((size_t)x->n_tasks + 1, sizeof *x->parsed);
    x->text = calloc((size_t)workers + 1, sizeof(en_text *));
    en_status status = x->parsed && x->text ? EN_OK : en_no_memory(err);
    if (status == EN_OK)
        status = en_parallel_for((size_t)x->n_tasks, threads, parse_task, x, "reading names", progress, err);
    for (int i = 0; x->text && i < workers; i++) en_text_close(x->text[i]);
    free(x->text);
    return status;
}

static en_status number_token(indexer *x, en_str key, en_str latin, en_buf *joined, int32_t *token, en_error *err) {
    joined->len = 0;
    EN_TRY(en_buf_add(joined, key, err));
    EN_TRY(en_buf_add_char(joined, 0, err));
    EN_TRY(en_buf_add(joined, latin, err));
    return en_map_intern(&x->tokens, en_buf_str(joined), token, NULL, err);
}

static int64_t count_tokens(const indexer *x) {
    int64_t total = 0;
    for (int64_t k = 0; k < x->n_tasks; k++) total += (int64_t)x->parsed[k].len / 3;
    return total; /* a token takes at least three bytes */
}

static en_status number_task(indexer *x, int64_t task, en_buf *joined, en_error *err) {
    en_str rest = en_buf_str(&x->parsed[task]), key, latin;
    uint64_t n;
    for (int64_t i = task * TASK; rest.len && en_leb128_take(&rest, UINT32_MAX, &n); i++) {
        for (; n && en_leb128_take_str(&rest, &key) && en_leb128_take_str(&rest, &latin); n--)
            EN_TRY(number_token(x, key, latin, joined, &x->own[x->n_own++], err));
        x->first_own[i + 1] = x->n_own;
    }
    en_buf_clear(&x->parsed[task]);
    return EN_OK;
}

static en_status number_tokens(indexer *x, en_error *err) {
    en_buf joined = {0};
    x->own = malloc(((size_t)count_tokens(x) + 1) * sizeof *x->own);
    x->first_own = calloc((size_t)x->texts.strings.len + 1, sizeof *x->first_own);
    en_status status = x->own && x->first_own ? EN_OK : en_no_memory(err);
    for (int64_t k = 0; k < x->n_tasks && status == EN_OK; k++) status = number_task(x, k, &joined, err);
    en_buf_clear(&joined);
    return status;
}

static en_status order_tokens(indexer *x, en_error *err) {
    int32_t n = x->tokens.len;
    en_str *strings = malloc(((size_t)n + 1) * sizeof *strings);
    x->order = malloc(((size_t)n + 1) * sizeof *x->order);
    x->rank = malloc(((size_t)n + 1) * sizeof *x->rank);
    en_status status = strings && x->order && x->rank ? EN_OK : en_no_memory(err);
    for (int32_t i = 0; status == EN_OK && i < n; i++) strings[i] = en_map_key(&x->tokens, i);
    if (status == EN_OK) status = en_sort_strings(strings, n, x->order, err);
    for (int32_t k = 0; status == EN_OK && k < n; k++) x->rank[x->order[k]] = k;
    free(strings);
    return status;
}

/* ---- tokens to texts ---- */

/* Calls for each text that a token stands in, once a text: counts, or with `places` writes. `last` is the last text of
 * each token. */
static void place_all(indexer *x, int32_t *last, int64_t *at, int32_t *places) {
    const search_texts *t = &x->texts;
    for (int32_t k = 0; k < x->tokens.len; k++) last[k] = -1;
    for (int64_t i = 0; i < t->n; i++)
        for (int64_t h = t->first[i]; h < t->first[i + 1]; h++)
            for (int64_t o = x->first_own[t->held[h]]; o < x->first_own[t->held[h] + 1]; o++) {
                int32_t token = x->rank[x->own[o]];
                if (last[token] == (int32_t)i) continue;
                last[token] = (int32_t)i;
                if (places) places[at[token]] = (int32_t)i;
                at[token]++;
            }
}

static en_status invert(indexer *x, en_error *err) {
    size_t n = (size_t)x->tokens.len + 2;
    int32_t *last = malloc(n * sizeof *last);
    int64_t *at = calloc(n, sizeof *at);
    x->first_place = calloc(n, sizeof *x->first_place);
    en_status status = last && at && x->first_place ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        place_all(x, last, at, NULL);
        for (int32_t k = 0; k < x->tokens.len; k++) x->first_place[k + 1] = x->first_place[k] + at[k];
        memcpy(at, x->first_place, n * sizeof *at);
        x->places = malloc(((size_t)x->first_place[x->tokens.len] + 1) * sizeof *x->places);
        if (x->places)
            place_all(x, last, at, x->places);
        else
            status = en_no_memory(err);
    }
    free(last);
    free(at);
    return status;
}

/* ---- out ---- */

static en_status add_u32(en_buf *out, uint32_t n, en_error *err) {
    char bytes[4] = {(char)n, (char)(n >> 8), (char)(n >> 16), (char)(n >> 24)};
    return en_buf_add(out, (en_str){bytes, 4}, err);
}

static en_status put_part(indexer *x, const char *what, int64_t number, en_str value, en_error *err) {
    char key[32];
    snprintf(key, sizeof key, "%s/%lld", what, (long long)number);
    return en_derived_add(x->out, key, value, err);
}

/* Texts of each token as steps from the one before; sizes[k] bytes of them. */
static en_status write_places(indexer *x, en_buf *all, en_buf *sizes, en_error *err) {
    for (int32_t k = 0; k < x->tokens.len; k++) {
        size_t before = all->len;
        int32_t last = 0;
        for (int64_t i = x->first_place[k]; i < x->first_place[k + 1]; i++) {
            EN_TRY(en_leb128_add(all, (uint64_t)(x->places[i] - last), err));
            last = x->places[i];
        }
        EN_TRY(add_u32(sizes, (uint32_t)(all->len - before), err));
    }
    for (size_t at = 0; at < all->len; at += EN_INDEX_PART) {
        size_t n = all->len - at < EN_INDEX_PART ? all->len - at : EN_INDEX_PART;
        EN_TRY(put_part(x, "places", (int64_t)(at / EN_INDEX_PART), (en_str){all->ptr + at, n}, err));
    }
    return EN_OK;
}

typedef struct spelling {
    en_str key, latin;
} spelling;

static spelling spelling_of(const indexer *x, int32_t rank) {
    en_str both = en_map_key(&x->tokens, x->order[rank]);
    const char *zero = memchr(both.ptr, 0, both.len);
    size_t n = (size_t)(zero - both.ptr);
    return (spelling){{both.ptr, n}, {zero + 1, both.len - n - 1}};
}

static en_status write_keys(indexer *x, en_buf *out, en_error *err) {
    for (int32_t from = 0, to; from < x->tokens.len; from = to) {
        en_str key = spelling_of(x, from).key;
        for (to = from + 1; to < x->tokens.len && en_str_eq(spelling_of(x, to).key, key); to++) {
        }
        EN_TRY(en_leb128_add_str(out, key, err));
        EN_TRY(en_leb128_add(out, (uint64_t)(to - from), err));
    }
    return EN_OK;
}

/* Columns: letters of each token, bytes of its places, length, spelling; then keys, each with how many tokens have it.
 */
static en_status write_tokens(indexer *x, en_str sizes, en_buf *out, en_error *err) {
    for (int32_t k = 0; k < x->tokens.len; k++) EN_TRY(add_u32(out, en_letters_of(spelling_of(x, k).latin), err));
    EN_TRY(en_buf_add(out, sizes, err));
    for (int32_t k = 0; k < x->tokens.len; k++) EN_TRY(en_buf_add_char(out, (char)spelling_of(x, k).latin.len, err));
    for (int32_t k = 0; k < x->tokens.len; k++) EN_TRY(en_buf_add(out, spelling_of(x, k).latin, err));
    EN_TRY(write_keys(x, out, err));
    return en_derived_add(x->out, "tokens", en_buf_str(out), err);
}

static en_status write_text(const indexer *x, int64_t i, en_buf *out, en_error *err) {
    const search_text *t = &x->texts.of[i];
    EN_TRY(en_leb128_add(out, (uint64_t)t->kind, err));
    EN_TRY(en_leb128_add(out, (uint64_t)t->id.entry, err));
    EN_TRY(en_leb128_add(out, (uint64_t)t->id.ordinal, err));
    if (t->kind == EN_INDEXED_ROW) return EN_OK;
    en_id person = EN_ID_NONE;
    if (t->kind == EN_INDEXED_RECORD) person = x->account->persons[x->account->records[i].person].id;
    bool is_record = t->kind == EN_INDEXED_RECORD;
    EN_TRY(en_leb128_add(out, (uint64_t)(is_record ? person.entry : t->offset), err));
    return en_leb128_add(out, (uint64_t)(is_record ? person.ordinal : t->length), err);
}

static en_status write_texts(indexer *x, en_buf *out, en_error *err) {
    for (int64_t from = 0; from < x->texts.n; from += EN_INDEX_TEXTS) {
        out->len = 0;
        for (int64_t i = from; i < from + EN_INDEX_TEXTS && i < x->texts.n; i++) EN_TRY(write_text(x, i, out, err));
        EN_TRY(put_part(x, "texts", from / EN_INDEX_TEXTS, en_buf_str(out), err));
    }
    return EN_OK;
}

static en_status write_persons(indexer *x, en_buf *out, en_error *err) {
    out->len = 0;
    for (int64_t i = 0; i < x->account->n_records; i++)
        EN_TRY(add_u32(out, (uint32_t)x->account->records[i].person, err));
    return en_derived_add(x->out, "persons", en_buf_str(out), err);
}

static en_status write_index(indexer *x, en_buf *a, en_buf *b, en_error *err) {
    json_t *about =
        json_pack("{s:I,s:I,s:I,s:i}", "texts", (json_int_t)x->texts.n, "records", (json_int_t)x->account->n_records,
                  "tokens", (json_int_t)x->tokens.len, "keys", EN_TEXT_KEY_VERSION);
    EN_TRY(en_derived_about(x->out, x->account->head, EN_SEARCH_VERSION, about, err));
    EN_TRY(write_places(x, a, b, err));
    a->len = 0;
    EN_TRY(write_tokens(x, en_buf_str(b), a, err));
    EN_TRY(write_texts(x, a, err));
    return write_persons(x, a, err);
}

static en_status write_all(indexer *x, en_error *err) {
    en_buf a = {0}, b = {0};
    en_status status = write_index(x, &a, &b, err);
    en_buf_clear(&a);
    en_buf_clear(&b);
    return status;
}

static void clear(indexer *x) {
    for (int64_t k = 0; x->parsed && k < x->n_tasks; k++) en_buf_clear(&x->parsed[k]);
    free(x->parsed);
    en_map_clear(&x->tokens);
    free(x->own);
    free(x->first_own);
    free(x->order);
    free(x->rank);
    free(x->first_place);
    free(x->places);
    search_texts_clear(&x->texts);
}

en_status en_search_index_make(const en_account *account, int threads, const en_progress *progress, en_derived_set *out,
                               en_error *err) {
    *out = (en_derived_set){0};
    indexer x = {.account = account, .out = out};
    en_status status = search_texts_read(account, progress, &x.texts, err);
    if (status == EN_OK) status = parse_strings(&x, threads, progress, err);
    if (status == EN_OK) status = number_tokens(&x, err);
    if (status == EN_OK) status = order_tokens(&x, err);
    if (status == EN_OK) status = invert(&x, err);
    if (status == EN_OK) status = write_all(&x, err);
    clear(&x);
    if (status != EN_OK) en_derived_clear(out);
    return status;
}
