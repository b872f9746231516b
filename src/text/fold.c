/* Folding (NFKC, case, spaces) and plain Latin: letters by the tables of scripts.c, marks dropped, ICU's
 * transliterator for scripts that have no table. ASCII never reaches ICU. */
#include "text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include "text/scripts.h"
#include "text/utf8.h"

en_status en_text_open(en_text **out, en_error *err) {
    UErrorCode code = U_ZERO_ERROR;
    *out = NULL;
    en_text *text = calloc(1, sizeof *text);
    if (!text) return en_fail(err, EN_ERR_MEMORY, "no memory to read names");
    text->nfkc_casefold = unorm2_getNFKCCasefoldInstance(&code);
    text->nfkd = unorm2_getNFKDInstance(&code);
    if (U_FAILURE(code)) {
        free(text);
        return en_fail(err, EN_ERR_UNSUPPORTED, "ICU has no normalisation data: %s", u_errorName(code));
    }
    *out = text;
    return EN_OK;
}

void en_text_close(en_text *text) {
    if (!text) return;
    if (text->any_latin) utrans_close(text->any_latin);
    en_buf_clear(&text->bytes);
    free(text->letters);
    free(text);
}

static en_status invalid_utf8(size_t byte, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "not valid UTF-8 at byte %zu", byte);
    en_error_at(err, NULL, -1, NULL, (int64_t)byte);
    en_error_mend(err, "save the text as UTF-8");
    return EN_ERR_INPUT;
}

static en_status icu_failed(UErrorCode code, en_error *err) {
    if (code == U_MEMORY_ALLOCATION_ERROR) return en_fail(err, EN_ERR_MEMORY, "no memory to fold text");
    return en_fail(err, EN_ERR_UNSUPPORTED, "ICU: %s", u_errorName(code));
}

/* ---- folding ---- */

static en_status room_for_letters(en_text *text, size_t n, en_error *err) {
    if (n <= text->letters_cap) return EN_OK;
    size_t cap = n < 256 ? 256 : n * 2;
    char32_t *grown = realloc(text->letters, cap * sizeof *grown);
    if (!grown) return en_fail(err, EN_ERR_MEMORY, "no memory for text of %zu letters", n);
    text->letters = grown;
    text->letters_cap = cap;
    return EN_OK;
}

static en_status read_letters(en_text *text, en_str s, en_error *err) {
    EN_TRY(room_for_letters(text, s.len, err));
    text->n_letters = 0;
    for (size_t i = 0; i < s.len;) {
        size_t n = en_utf8_next((en_str){s.ptr + i, s.len - i}, &text->letters[text->n_letters]);
        if (!n) return invalid_utf8(i, err);
        text->n_letters++;
        i += n;
    }
    return EN_OK;
}

/* Replaces `letters` by their NFKC case folding. */
static en_status fold_letters(en_text *text, en_error *err) {
    UErrorCode code = U_ZERO_ERROR;
    int32_t n = (int32_t)text->n_letters, in_len = 0, out_len = 0, points = 0, cap = n * 18 + 16;
    UChar *in = malloc(sizeof *in * ((size_t)n * 2 + 1)), *out = malloc(sizeof *out * (size_t)cap);
    en_status status = EN_OK;
    if (!in || !out) {
        status = en_fail(err, EN_ERR_MEMORY, "no memory to fold text");
        goto done;
    }
    u_strFromUTF32(in, n * 2 + 1, &in_len, (const UChar32 *)text->letters, n, &code);
    out_len = unorm2_normalize(text->nfkc_casefold, in, in_len, out, cap, &code);
    if (U_FAILURE(code)) {
        status = icu_failed(code, err);
        goto done;
    }
    status = room_for_letters(text, (size_t)out_len + 1, err);
    if (status != EN_OK) goto done;
    u_strToUTF32((UChar32 *)text->letters, (int32_t)text->letters_cap, &points, out, out_len, &code);
    text->n_letters = (size_t)points;
    if (U_FAILURE(code)) status = icu_failed(code, err);
done:
    free(in);
    free(out);
    return status;
}

static en_status add_point(en_buf *buf, char32_t c, en_error *err) {
    char b[4];
    return en_buf_add(buf, (en_str){b, en_utf8_put(b, c)}, err);
}

/* One space where there is any white space or control; none at the ends. */
static en_status add_spaced(en_buf *buf, char32_t c, en_error *err) {
    bool space = c <= ' ' || c == 0x7F || (c > 0x7F && (u_isUWhiteSpace((UChar32)c) || u_iscntrl((UChar32)c)));
    if (!space) return add_point(buf, c, err);
    return buf->len && buf->ptr[buf->len - 1] != ' ' ? en_buf_add_char(buf, ' ', err) : EN_OK;
}

static en_status hand_out(en_text *text, en_arena *arena, en_str *out, en_error *err) {
    en_str made = en_buf_str(&text->bytes);
    while (made.len && made.ptr[made.len - 1] == ' ') made.len--;
    char *copy = en_arena_strdup(arena, made);
    if (!copy) return en_fail(err, EN_ERR_MEMORY, "no memory for text of %zu bytes", made.len);
    *out = (en_str){copy, made.len};
    return EN_OK;
}

en_status en_text_fold(en_text *text, en_str s, en_arena *arena, en_str *out, en_error *err) {
    text->bytes.len = 0;
    if (s.len > EN_LIMIT_CELL_BYTES) return en_fail(err, EN_ERR_LIMIT, "text longer than EN_LIMIT_CELL_BYTES");
    EN_TRY(read_letters(text, s, err));
    if (en_is_ascii(s)) {
        for (size_t i = 0; i < s.len; i++)
            if (text->letters[i] >= 'A' && text->letters[i] <= 'Z') text->letters[i] += 'a' - 'A';
    } else
        EN_TRY(fold_letters(text, err));
    for (size_t i = 0; i < text->n_letters; i++) EN_TRY(add_spaced(&text->bytes, text->letters[i], err));
    return hand_out(text, arena, out, err);
}

/* ---- plain Latin ---- */

static bool is_plain(char32_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

static bool is_one_of(char32_t letter, const char32_t *set) {
    for (; *set; set++)
        if (*set == letter) return true;
    return false;
}

static bool is_mark(char32_t c) {
    return (U_MASK(u_charType((UChar32)c)) & (U_GC_M_MASK | U_GC_CF_MASK | U_GC_LM_MASK)) != 0;
}

/* Apostrophes and marks like them belong to the word and are dropped; all else that is no letter parts words. */
static bool is_silent(char32_t c) {
    return c == '\'' || c == '`' || c == 0xB4 || (c >= 0x2B0 && c <= 0x2FF) || c == 0x2018 || c == 0x2019 ||
           c == 0x55A || c == 0x5F3 || c == 0x5F4;
}

/* Letters for which case folding one by one is not enough: combining marks, presentation forms, all that is rare. */
static bool needs_normalising(char32_t c) {
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5CF) || (c >= 0x653 && c <= 0x65F) || c >= 0x1100;
}

static en_status fold_for_latin(en_text *text, en_error *err) {
    bool normalise = false;
    for (size_t i = 0; i < text->n_letters; i++) {
        char32_t c = text->letters[i];
        normalise |= needs_normalising(c) && c != 0x200C && c != 0x2019 && !(c >= 0x1E00 && c <= 0x1EFF);
    }
    if (normalise) return fold_letters(text, err);
    for (size_t i = 0; i < text->n_letters; i++) {
        char32_t c = text->letters[i];
        text->letters[i] = c == 0x130 ? 'i' : (char32_t)u_foldCase((UChar32)c, U_FOLD_CASE_DEFAULT);
    }
    return EN_OK;
}

typedef struct word {
    const char32_t *letters;
    size_t n, at;
    bool persian, azerbaijani, for_keys;
} word;

static bool is_letter_at(const word *w, size_t i) {
    return i < w->n && (w->letters[i] > 0x7F ? u_isalpha((UChar32)w->letters[i]) : is_plain(w->letters[i]));
}

static bool is_vowel_at(const word *w, size_t i, const char32_t *vowels) {
    return vowels && i < w->n && is_one_of(w->letters[i], vowels);
}

static bool place_holds(const word *w, size_t len, letter_place place, const char32_t *vowels) {
    bool starts = w->at == 0 || !is_letter_at(w, w->at - 1), ends = !is_letter_at(w, w->at + len);
    switch (place) {
    case AT_START: return starts;
    case AT_END: return ends && !starts;
    case BEFORE_VOWEL: return is_vowel_at(w, w->at + len, vowels);
    case BESIDE_VOWEL: return !starts && (is_vowel_at(w, w->at - 1, vowels) || is_vowel_at(w, w->at + len, vowels));
    default: return true;
    }
}

static const letter_run *run_at(const word *w, const letter_block *block) {
    for (const letter_run *run = w->persian ? en_persian_runs() : block->runs; run && run->from; run++) {
        size_t len = 0;
        while (run->from[len] && w->at + len < w->n && w->letters[w->at + len] == run->from[len]) len++;
        if (!run->from[len] && place_holds(w, len, run->place, block->vowels)) return run;
    }
    return NULL;
}

static size_t run_length(const letter_run *run) {
    size_t n = 0;
    while (run->from[n]) n++;
    return n;
}

/* The reading of the letter at w->at and how many letters it takes; NULL where no table has it. */
static const char *reading(const word *w, size_t *taken) {
    char32_t letter = w->letters[w->at];
    const char *latin = NULL;
    *taken = 1;
    if (w->persian) latin = en_letter_persian(letter);
    if (w->azerbaijani) latin = en_letter_azerbaijani(letter);
    if (w->for_keys && !latin) latin = en_letter_marked_sound(letter);
    if (latin) return latin;
    const letter_block *block = en_letter_block(letter);
    if (!block) return NULL;
    const letter_run *run = run_at(w, block);
    if (run) *taken = run_length(run);
    return run ? run->to : block->latin[letter - block->first];
}

static en_status add_plain(en_buf *buf, char32_t c, en_error *err) {
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    if (is_plain(c)) return en_buf_add_char(buf, (char)c, err);
    if (is_silent(c) || (c > 0x7F && is_mark(c))) return EN_OK;
    return buf->len && buf->ptr[buf->len - 1] != ' ' ? en_buf_add_char(buf, ' ', err) : EN_OK;
}

/* A letter of a script without a table, by ICU. */
static en_status add_by_icu(en_text *text, char32_t c, en_error *err) {
    UErrorCode code = U_ZERO_ERROR;
    UChar units[64] = {0};
    int32_t n = 0, limit;
    if (!u_isalpha((UChar32)c)) return add_plain(&text->bytes, c, err);
    if (!text->any_latin) {
        UChar id[64];
        u_uastrcpy(id, "Any-Latin; Latin-ASCII; Lower");
        text->any_latin = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
    }
    if (U_FAILURE(code)) return icu_failed(code, err);
    U16_APPEND_UNSAFE(units, n, (UChar32)c);
    limit = n;
    utrans_transUChars(text->any_latin, units, &n, 64, 0, &limit, &code);
    if (U_FAILURE(code)) return icu_failed(code, err);
    for (int32_t i = 0; i < n; i++)
        if (is_plain(units[i])) EN_TRY(en_buf_add_char(&text->bytes, (char)units[i], err));
    return EN_OK;
}

/* A letter with marks is its base letter; what has no decomposition goes to ICU. */
static en_status add_decomposed(en_text *text, char32_t c, en_error *err) {
    UErrorCode code = U_ZERO_ERROR;
    UChar units[32];
    int32_t n = unorm2_getDecomposition(text->nfkd, (UChar32)c, units, 32, &code);
    if (n <= 0 || U_FAILURE(code)) return is_silent(c) || is_mark(c) ? EN_OK : add_by_icu(text, c, err);
    for (int32_t i = 0; i < n;) {
        UChar32 part;
        U16_NEXT(units, i, n, part);
        const letter_block *block = en_letter_block((char32_t)part);
        const char *latin = block ? block->latin[(char32_t)part - block->first] : NULL;
        if (latin)
            EN_TRY(en_buf_add(&text->bytes, en_str_of(latin), err));
        else
            EN_TRY(add_plain(&text->bytes, (char32_t)part, err));
    }
    return EN_OK;
}

/* Greek accents would hide the digraphs: ού is ου. */
static void strip_greek_accents(en_text *text) {
    for (size_t i = 0; i < text->n_letters; i++) {
        char32_t c = text->letters[i];
        if (c < 0x386 || c > 0x3CE || (c >= 0x3B1 && c <= 0x3C9)) continue;
        UErrorCode code = U_ZERO_ERROR;
        UChar units[8];
        int32_t n = unorm2_getDecomposition(text->nfkd, (UChar32)c, units, 8, &code);
        if (n > 0 && U_SUCCESS(code)) text->letters[i] = units[0];
    }
}

static en_status latin_of_letters(en_text *text, en_error *err) {
    static const char32_t persian[] = U"پچژگکی", azerbaijani[] = U"ə";
    strip_greek_accents(text);
    word w = {text->letters, text->n_letters, 0, false, false, text->for_keys};
    for (size_t i = 0; i < w.n; i++) {
        w.persian |= is_one_of(w.letters[i], persian);
        w.azerbaijani |= is_one_of(w.letters[i], azerbaijani);
    }
    while (w.at < w.n) {
        size_t taken;
        const char *latin = reading(&w, &taken);
        if (latin)
            EN_TRY(en_buf_add(&text->bytes, en_str_of(latin), err));
        else if (w.letters[w.at] < 0x80)
            EN_TRY(add_plain(&text->bytes, w.letters[w.at], err));
        else
            EN_TRY(add_decomposed(text, w.letters[w.at], err));
        w.at += taken;
    }
    return EN_OK;
}

en_status en_latin_append(en_text *text, en_str s, en_error *err) {
    if (en_is_ascii(s)) {
        for (size_t i = 0; i < s.len; i++) EN_TRY(add_plain(&text->bytes, (unsigned char)s.ptr[i], err));
    } else {
        EN_TRY(read_letters(text, s, err));
        EN_TRY(fold_for_latin(text, err));
        EN_TRY(latin_of_letters(text, err));
    }
    while (text->bytes.len && text->bytes.ptr[text->bytes.len - 1] == ' ') text->bytes.len--;
    return EN_OK;
}

en_status en_text_latin(en_text *text, en_str s, en_arena *arena, en_str *out, en_error *err) {
    text->bytes.len = 0;
    if (s.len > EN_LIMIT_CELL_BYTES) return en_fail(err, EN_ERR_LIMIT, "text longer than EN_LIMIT_CELL_BYTES");
    EN_TRY(en_latin_append(text, s, err));
    return hand_out(text, arena, out, err);
}

/* ---- which script ---- */

static en_script script_of(char32_t c) {
    if (c < 0x80) return (c | 32) >= 'a' && (c | 32) <= 'z' ? EN_SCRIPT_LATIN : EN_SCRIPT_NONE;
    if (!u_isalpha((UChar32)c)) return EN_SCRIPT_NONE;
    if (c <= 0x24F || c == 0x259 || (c >= 0x1E00 && c <= 0x1EFF) || (c >= 0xFB00 && c <= 0xFB06))
        return EN_SCRIPT_LATIN;
    if ((c >= 0x370 && c <= 0x3FF) || (c >= 0x1F00 && c <= 0x1FFF)) return EN_SCRIPT_GREEK;
    if ((c >= 0x400 && c <= 0x52F) || (c >= 0x1C80 && c <= 0x1C8F)) return EN_SCRIPT_CYRILLIC;
    if ((c >= 0x530 && c <= 0x58F) || (c >= 0xFB13 && c <= 0xFB17)) return EN_SCRIPT_ARMENIAN;
    if ((c >= 0x590 && c <= 0x5FF) || (c >= 0xFB1D && c <= 0xFB4F)) return EN_SCRIPT_HEBREW;
    if ((c >= 0x600 && c <= 0x77F) || (c >= 0x8A0 && c <= 0x8FF) || (c >= 0xFB50 && c <= 0xFEFC))
        return EN_SCRIPT_ARABIC;
    if ((c >= 0x10A0 && c <= 0x10FF) || (c >= 0x1C90 && c <= 0x1CBF)) return EN_SCRIPT_GEORGIAN;
    return EN_SCRIPT_OTHER;
}

en_script en_text_script(en_str s) {
    size_t count[EN_SCRIPT_OTHER + 1] = {0};
    char32_t letter;
    for (size_t i = 0, n; i < s.len; i += n) {
        n = en_utf8_next((en_str){s.ptr + i, s.len - i}, &letter);
        if (!n)
            n = 1;
        else
            count[script_of(letter)]++;
    }
    en_script most = EN_SCRIPT_NONE;
    for (en_script script = EN_SCRIPT_LATIN; script <= EN_SCRIPT_OTHER; script++)
        if (count[script] && (most == EN_SCRIPT_NONE || count[script] > count[most])) most = script;
    return most;
}

const char *en_script_name(en_script script) {
    static const char *const names[] = {"none",  "latin",    "arabic",   "hebrew", "cyrillic",
                                        "greek", "armenian", "georgian", "other"};
    return (size_t)script < sizeof names / sizeof *names ? names[script] : "other";
}
