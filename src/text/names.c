/* Names taken apart: given, father's and family names, kunya, titles, initials, and the keys that blocking uses.
 *
 * Words are read one by one in plain Latin, whatever their script, so one set of rules serves "Abu", "أبو" and "Абу".
 * Particles join what follows (Abd, Abu), mark it (ibn, bin: a father's name; van, de: a family name) or fall out
 * (al-).
 */
#include <stdlib.h>
#include <string.h>

#include "everyname/limits.h"
#include "text/fold.h"
#include "text/sounds.h"
#include "text/utf8.h"

typedef enum {
    WORD_NAME = 0,
    WORD_ARTICLE,  /* al-: falls out */
    WORD_SON,      /* ibn, bin, bint: a father's name follows */
    WORD_KUNYA,    /* Abu, Umm: joined with what follows */
    WORD_SERVANT,  /* Abd: joined with what follows */
    WORD_FAMILY,   /* van, de: a family name follows */
    WORD_CHILD_OF, /* oglu, qizi: a father's name went before */
    WORD_TITLE,
    WORD_PATRONYMIC /* Petrovich, Petrovna */
} word_kind;

typedef struct word {
    const char *start, *end; /* in the name as written */
    en_str latin, heard;     /* in the arena, its article off; as spelt, and by sound (č is ch) for the key */
    word_kind kind;
    bool hyphen, family; /* a hyphen before it; before the comma */
} word;

typedef struct words {
    word *of;
    size_t n;
    bool comma;
} words;

/* ---- the words of a name ---- */

static bool parts_words(char32_t c) {
    return c <= ' ' || c == ',' || c == 0x60C || c == '-' || c == '/' || c == '(' || c == ')' || c == ';' || c == '"' ||
           c == '.' || c == '_' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) ||
           (c >= 0x2010 && c <= 0x2015) || c == 0x202F || c == 0x5BE;
}

static bool is_hyphen(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x5BE; }

/* The words as written; en_latin_append checks the UTF-8 inside them, and what lies between them is checked here. */
static en_status split_words(en_str name, en_arena *arena, words *out, en_error *err) {
    bool hyphen = false, inside = false;
    out->of = en_arena_alloc(arena, (name.len / 2 + 1) * sizeof *out->of);
    if (!out->of) return en_fail(err, EN_ERR_MEMORY, "no memory for a name of %zu bytes", name.len);
    for (size_t i = 0, n; i < name.len; i += n) {
        char32_t c;
        n = en_utf8_next((en_str){name.ptr + i, name.len - i}, &c);
        if (!n) {
            en_fail(err, EN_ERR_INPUT, "not valid UTF-8 at byte %zu", i);
            en_error_mend(err, "save the text as UTF-8");
            return en_error_at(err, NULL, -1, NULL, (int64_t)i), EN_ERR_INPUT;
        }
        if (parts_words(c)) {
            if (is_hyphen(c))
                hyphen = inside;
            else if (c > ' ' || !inside)
                hyphen = hyphen && !inside;
            if ((c == ',' || c == 0x60C) && out->n && !out->comma) {
                out->comma = true;
                for (size_t k = 0; k < out->n; k++) out->of[k].family = true;
            }
            inside = false;
            continue;
        }
        if (!inside) {
            out->of[out->n++] = (word){.start = name.ptr + i, .hyphen = hyphen};
            hyphen = false;
        }
        inside = true;
        out->of[out->n - 1].end = name.ptr + i + n;
    }
    return EN_OK;
}

/* ---- what each word is ---- */

typedef struct known_word {
    const char *latin;
    word_kind kind;
} known_word;

/* Latin spellings, and what Arabic and Hebrew letters give (bn, abn, bnt). */
static const known_word known[] = {
    {"ibn", WORD_SON},       {"bin", WORD_SON},       {"bn", WORD_SON},        {"abn", WORD_SON},
    {"ben", WORD_SON},       {"bint", WORD_SON},      {"bnt", WORD_SON},       {"bar", WORD_SON},
    {"bat", WORD_SON},       {"ould", WORD_SON},      {"abu", WORD_KUNYA},     {"abou", WORD_KUNYA},
    {"abo", WORD_KUNYA},     {"abi", WORD_KUNYA},     {"umm", WORD_KUNYA},     {"um", WORD_KUNYA},
    {"oum", WORD_KUNYA},     {"am", WORD_KUNYA},      {"abd", WORD_SERVANT},   {"abdul", WORD_SERVANT},
    {"abdel", WORD_SERVANT}, {"abdal", WORD_SERVANT}, {"abdol", WORD_SERVANT}, {"abdu", WORD_SERVANT},
    {"van", WORD_FAMILY},    {"von", WORD_FAMILY},    {"der", WORD_FAMILY},    {"den", WORD_FAMILY},
    {"de", WORD_FAMILY},     {"del", WORD_FAMILY},    {"della", WORD_FAMILY},  {"di", WORD_FAMILY},
    {"da", WORD_FAMILY},     {"dos", WORD_FAMILY},    {"das", WORD_FAMILY},    {"du", WORD_FAMILY},
    {"la", WORD_FAMILY},     {"le", WORD_FAMILY},     {"ter", WORD_FAMILY},    {"ten", WORD_FAMILY},
    {"zu", WORD_FAMILY},     {"oglu", WORD_CHILD_OF}, {"ogly", WORD_CHILD_OF}, {"oghlu", WORD_CHILD_OF},
    {"qizi", WORD_CHILD_OF}, {"gizi", WORD_CHILD_OF}, {"kizi", WORD_CHILD_OF}, {"kyzy", WORD_CHILD_OF},
    {"gyzy", WORD_CHILD_OF}, {"dr", WORD_TITLE},      {"prof", WORD_TITLE},    {"mr", WORD_TITLE},
    {"mrs", WORD_TITLE},     {"ms", WORD_TITLE},      {"sir", WORD_TITLE},     {"rev", WORD_TITLE},
    {"sheikh", WORD_TITLE},  {"shaikh", WORD_TITLE},  {"shaykh", WORD_TITLE},  {"sheik", WORD_TITLE},
    {"shikh", WORD_TITLE},   {"hajj", WORD_TITLE},    {"haj", WORD_TITLE},     {"haji", WORD_TITLE},
    {"hajji", WORD_TITLE},   {"hadji", WORD_TITLE},   {"haja", WORD_TITLE},    {"sayyid", WORD_TITLE},
    {"mullah", WORD_TITLE},  {"ustad", WORD_TITLE},   {"duktur", WORD_TITLE},  {"dktur", WORD_TITLE},
    {"capt", WORD_TITLE},    {"col", WORD_TITLE},     {"gen", WORD_TITLE},     {"lt", WORD_TITLE},
    {"sgt", WORD_TITLE},     {"maj", WORD_TITLE},
};

static bool is_article(en_str latin) {
    static const char *const articles[] = {"al", "el", "ul", "as", "ash", "ad", "ar", "an", "at", "az", "il"};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (en_str_eq(latin, en_str_of(articles[i]))) return true;
    return false;
}

static bool ends_with(en_str s, const char *end) {
    size_t n = strlen(end);
    return s.len > n + 1 && memcmp(s.ptr + s.len - n, end, n) == 0;
}

static bool is_patronymic(en_str latin) {
    static const char *const ends[] = {"ovich", "evich", "ovych", "yovich", "ovna", "evna", "ivna", "ichna", "yevna"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(latin, ends[i])) return true;
    return false;
}

/* `w` by its spelling; the words beside it decide what depends on them. */
static word_kind kind_of(const words *all, size_t i) {
    const word *w = &all->of[i];
    bool more = i + 1 < all->n;
    if (more && is_article(w->latin) &&
        (all->of[i + 1].hyphen || en_str_eq(w->latin, EN_LIT("al")) || en_str_eq(w->latin, EN_LIT("el"))))
        return WORD_ARTICLE;
    if (all->n > 2 && is_patronymic(w->latin)) return WORD_PATRONYMIC;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        if (!en_str_eq(w->latin, en_str_of(known[k].latin))) continue;
        word_kind kind = known[k].kind;
        if (kind == WORD_CHILD_OF) return i > 0 ? kind : WORD_NAME;
        if (kind == WORD_SON && i == 0 && !en_str_eq(w->latin, EN_LIT("ibn"))) return WORD_NAME;
        if (kind == WORD_TITLE && all->comma && w->family) return WORD_NAME;
        return more ? kind : WORD_NAME;
    }
    return WORD_NAME;
}

/* The Arabic article is written onto its word: alef, lam and at least three letters more. */
static en_str without_arabic_article(const word *w) {
    en_str s = {w->start, (size_t)(w->end - w->start)};
    bool article = s.len >= 10 && memcmp(s.ptr, "\xD8\xA7\xD9\x84", 4) == 0;
    return article ? (en_str){s.ptr + 4, s.len - 4} : s;
}

static en_status read_as(en_text *text, const word *w, bool for_keys, en_arena *arena, en_str *out, en_error *err) {
    text->bytes.len = 0;
    text->for_keys = for_keys;
    en_status status = en_latin_append(text, without_arabic_article(w), err);
    text->for_keys = false;
    if (status != EN_OK) return status;
    for (size_t i = 0; i < text->bytes.len; i++) /* a word has no space left in it */
        if (text->bytes.ptr[i] == ' ') memmove(text->bytes.ptr + i, text->bytes.ptr + i + 1, text->bytes.len-- - i);
    *out = en_buf_str(&text->bytes);
    out->ptr = en_arena_strdup(arena, *out);
    return out->ptr ? EN_OK : en_fail(err, EN_ERR_MEMORY, "no memory for a name");
}

static en_status read_word(en_text *text, word *w, en_arena *arena, en_error *err) {
    en_str written = {w->start, (size_t)(w->end - w->start)};
    EN_TRY(read_as(text, w, false, arena, &w->latin, err));
    w->heard = w->latin;
    if (en_is_ascii(written) || en_text_script(written) != EN_SCRIPT_LATIN) return EN_OK;
    return read_as(text, w, true, arena, &w->heard, err);
}

static en_status read_words(en_text *text, en_str name, en_arena *arena, words *out, en_error *err) {
    EN_TRY(split_words(name, arena, out, err));
    size_t kept = 0;
    for (size_t i = 0; i < out->n; i++) {
        word w = out->of[i];
        EN_TRY(read_word(text, &w, arena, err));
        if (w.latin.len) out->of[kept++] = w;
    }
    out->n = kept;
    for (size_t i = 0; i < out->n; i++) out->of[i].kind = kind_of(out, i);
    return EN_OK;
}

/* ---- parts ---- */

/* Which words of a part its Latin keeps: not articles, marks of kinship and particles of family names. */
static bool falls_out(const words *w, size_t from, size_t i, size_t to) {
    word_kind kind = w->of[i].kind;
    if (i + 1 < to && (kind == WORD_ARTICLE || kind == WORD_SON || kind == WORD_FAMILY)) return true;
    return i > from && kind == WORD_CHILD_OF;
}

static en_status join_latin(const words *w, size_t from, size_t to, bool heard, en_arena *arena, en_str *out,
                            en_error *err) {
    size_t len = 0;
    for (size_t i = from; i < to; i++) len += heard ? w->of[i].heard.len : w->of[i].latin.len;
    char *latin = en_arena_alloc(arena, len + 1);
    if (!latin) return en_fail(err, EN_ERR_MEMORY, "no memory for a name");
    *out = (en_str){latin, 0};
    for (size_t i = from; i < to; i++) {
        en_str s = heard ? w->of[i].heard : w->of[i].latin;
        if (falls_out(w, from, i, to)) continue;
        if (w->of[i].kind == WORD_SERVANT) s.len = 3;
        memcpy(latin + out->len, s.ptr, s.len);
        out->len += s.len;
    }
    return EN_OK;
}

static en_status part_key(en_name_part *part, en_str heard, en_arena *arena, en_error *err) {
    size_t cap = heard.len * 2 + 2;
    char *key = en_arena_alloc(arena, cap);
    if (!key) return en_fail(err, EN_ERR_MEMORY, "no memory for a name");
    part->key = (en_str){key, en_skeleton_write(heard, en_text_script(part->text) > EN_SCRIPT_LATIN, key, cap)};
    if (!part->key.len) part->key = part->latin;
    return EN_OK;
}

static en_status part_sounds(en_name_part *part, en_str heard, en_arena *arena, en_error *err) {
    char letters[4 * EN_SOUNDS_MOST];
    en_script script = en_text_script(part->text);
    size_t n = en_sound_letters(heard, script > EN_SCRIPT_LATIN, letters, sizeof letters);
    return en_sounds_make((en_str){letters, n}, en_script_leaves_vowels_out(script), arena, &part->sounds, err);
}

/* Words `from` to `to` as one part. */
static en_status join_words(const words *w, size_t from, size_t to, en_arena *arena, en_name_part *part,
                            en_error *err) {
    en_str heard;
    part->text = (en_str){w->of[from].start, (size_t)(w->of[to - 1].end - w->of[from].start)};
    EN_TRY(join_latin(w, from, to, false, arena, &part->latin, err));
    EN_TRY(join_latin(w, from, to, true, arena, &heard, err));
    EN_TRY(part_key(part, heard, arena, err));
    return part_sounds(part, heard, arena, err);
}

static bool joins_next(word_kind kind) {
    return kind == WORD_ARTICLE || kind == WORD_SON || kind == WORD_KUNYA || kind == WORD_SERVANT ||
           kind == WORD_FAMILY;
}

/* The kind that particles give a part; EN_PART_OTHER where its place has to decide. */
static en_part_kind kind_by_words(const words *w, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        word_kind kind = w->of[i].kind;
        if (kind == WORD_SON || kind == WORD_CHILD_OF || kind == WORD_PATRONYMIC) return EN_PART_FATHER;
        if (kind == WORD_KUNYA) return EN_PART_KUNYA;
        if (kind == WORD_FAMILY || w->of[i].family) return EN_PART_FAMILY;
        if (kind == WORD_TITLE) return EN_PART_TITLE;
    }
    return to - from == 1 && w->of[from].latin.len == 1 ? EN_PART_INITIAL : EN_PART_OTHER;
}

static en_status make_parts(const words *w, en_arena *arena, en_name *out, en_error *err) {
    out->parts = en_arena_alloc(arena, (w->n + 1) * sizeof *out->parts);
    if (!out->parts) return en_fail(err, EN_ERR_MEMORY, "no memory for a name");
    for (size_t from = 0, to; from < w->n; from = to) {
        to = from + 1;
        while (to < w->n && joins_next(w->of[to - 1].kind)) to++;
        if (to < w->n && w->of[to].kind == WORD_CHILD_OF) to++;
        en_name_part *part = &out->parts[out->n_parts++];
        part->kind = kind_by_words(w, from, to);
        EN_TRY(join_words(w, from, to, arena, part, err));
    }
    return EN_OK;
}

/* Parts without a mark are named by their place: the first given, the last family, fathers' names between. After
 * "Family," and where a patronymic closes the name, the family name went first. */
static void name_by_place(const words *w, en_name *out) {
    size_t first = out->n_parts, last = 0, open = 0;
    bool patronymic_last = false, family = w->comma;
    for (size_t i = 0; i < out->n_parts; i++) {
        en_part_kind kind = out->parts[i].kind;
        family |= kind == EN_PART_FAMILY;
        if (kind != EN_PART_TITLE) patronymic_last = kind == EN_PART_FATHER;
        if (kind != EN_PART_OTHER) continue;
        if (first == out->n_parts) first = i;
        last = i;
        open++;
    }
    if (!family && patronymic_last && open >= 2 && w->of[w->n - 1].kind != WORD_NAME) {
        out->parts[first++].kind = EN_PART_FAMILY;
        family = true;
        open--;
    }
    bool given = false;
    for (size_t i = first; i < out->n_parts; i++) {
        en_name_part *part = &out->parts[i];
        if (part->kind != EN_PART_OTHER) continue;
        part->kind = !given ? EN_PART_GIVEN : i == last && !family ? EN_PART_FAMILY : EN_PART_FATHER;
        given = true;
    }
    if (open == 0 && !family && out->n_parts == 1 && out->parts[0].kind == EN_PART_TITLE)
        out->parts[0].kind = EN_PART_GIVEN;
}

/* Initials before a lone name ("J. Doe") leave it the family name. */
static void family_after_initials(en_name *out) {
    size_t initials = 0, given = 0, at = 0;
    for (size_t i = 0; i < out->n_parts; i++) {
        initials += out->parts[i].kind == EN_PART_INITIAL;
        if (out->parts[i].kind == EN_PART_FAMILY) return;
        if (out->parts[i].kind == EN_PART_GIVEN) {
            given++;
            at = i;
        }
    }
    if (initials && given == 1) out->parts[at].kind = EN_PART_FAMILY;
}

/* ---- the whole name and its keys ---- */

static int by_bytes(const void *a, const void *b) { return en_str_cmp(*(const en_str *)a, *(const en_str *)b); }

static en_status join(en_text *text, const en_str *of, size_t n, en_arena *arena, en_str *out, en_error *err) {
    text->bytes.len = 0;
    for (size_t i = 0; i < n; i++) {
        if (i) EN_TRY(en_buf_add_char(&text->bytes, ' ', err));
        EN_TRY(en_buf_add(&text->bytes, of[i], err));
    }
    *out = en_buf_str(&text->bytes);
    out->ptr = en_arena_strdup(arena, *out);
    return out->ptr ? EN_OK : en_fail(err, EN_ERR_MEMORY, "no memory for a name");
}

static en_status whole_latin(en_text *text, const words *w, en_arena *arena, en_name *out, en_error *err) {
    en_str *latin = en_arena_alloc(arena, (w->n + 1) * sizeof *latin);
    size_t n = 0;
    if (!latin) return en_fail(err, EN_ERR_MEMORY, "no memory for a name");
    for (size_t i = 0; i < w->n; i++)
        if (w->of[i].kind != WORD_ARTICLE) latin[n++] = w->of[i].latin;
    return join(text, latin, n, arena, &out->latin, err);
}

static en_status add_phonetic(const en_name_part *part, en_arena *arena, en_name *out, en_error *err) {
    size_t cap = part->latin.len + 2;
    char *key = en_arena_alloc(arena, cap);
    if (!key) return en_fail(err, EN_ERR_MEMORY, "no memory for a name");
    en_str phonetic = {key, en_text_phonetic(part->latin, key, cap)};
    if (phonetic.len) out->keys[out->n_keys++] = phonetic;
    return EN_OK;
}

static void drop_repeated_keys(en_name *out) {
    size_t kept = 0;
    qsort(out->keys, out->n_keys, sizeof *out->keys, by_bytes);
    for (size_t i = 0; i < out->n_keys; i++)
        if (!kept || !en_str_eq(out->keys[kept - 1], out->keys[i])) out->keys[kept++] = out->keys[i];
    out->n_keys = kept;
}

static en_status make_keys(en_text *text, en_arena *arena, en_name *out, en_error *err) {
    out->keys = en_arena_alloc(arena, (2 * out->n_parts + 1) * sizeof *out->keys);
    if (!out->keys) return en_fail(err, EN_ERR_MEMORY, "no memory for a name");
    for (size_t i = 0; i < out->n_parts; i++)
        if (out->parts[i].kind != EN_PART_TITLE) out->keys[out->n_keys++] = out->parts[i].key;
    qsort(out->keys, out->n_keys, sizeof *out->keys, by_bytes);
    EN_TRY(join(text, out->keys, out->n_keys, arena, &out->key, err));
    for (size_t i = 0; i < out->n_parts; i++)
        if (out->parts[i].kind != EN_PART_TITLE) EN_TRY(add_phonetic(&out->parts[i], arena, out, err));
    drop_repeated_keys(out);
    return EN_OK;
}

en_status en_name_parse(en_text *text, en_str name, en_arena *arena, en_name *out, en_error *err) {
    words w = {0};
    *out = (en_name){0};
    if (name.len > EN_LIMIT_NAME_BYTES)
        return en_fail(err, EN_ERR_LIMIT, "a name of %zu bytes: EN_LIMIT_NAME_BYTES is %d", name.len,
                       EN_LIMIT_NAME_BYTES);
    char *kept = en_arena_strdup(arena, name);
    if (!kept) return en_fail(err, EN_ERR_MEMORY, "no memory for a name of %zu bytes", name.len);
    name.ptr = kept;
    EN_TRY(read_words(text, name, arena, &w, err));
    out->script = en_text_script(name);
    EN_TRY(make_parts(&w, arena, out, err));
    name_by_place(&w, out);
    family_after_initials(out);
    EN_TRY(whole_latin(text, &w, arena, out, err));
    EN_TRY(en_sounds_join(out->parts, out->n_parts, arena, &out->sounds, err));
    return make_keys(text, arena, out, err);
}

const char *en_part_kind_name(en_part_kind kind) {
    static const char *const names[] = {"given", "father", "family", "kunya", "title", "initial", "other"};
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "other";
}
