/* Words: where they begin and end, and what is cut off their front and end. */
#include "extract/words.h"

#include <string.h>
#include <unicode/uchar.h>

token *add_token(sentence *s, size_t start, size_t end, token_kind kind, uint8_t flags, uint32_t quote) {
    token *t = &s->tokens[s->n++];
    *t = (token){.start = (uint32_t)start,
                 .end = (uint32_t)end,
                 .word = -1,
                 .quote = quote,
                 .kind = (uint8_t)kind,
                 .flags = flags};
    return t;
}

/* U.S., ц.г.: single letters each with a full stop. The end of such a run that begins at `pos`, else `pos`. */
static size_t dotted_letters(const reader *r, size_t pos) {
    size_t end = pos, len;
    int letters = 0;
    while (end - pos < RUN_BYTES) {
        char32_t c = peek(r, end, &len);
        if (!is_letter(c) || peek_at(r, end + len) != '.') break;
        end += len + 1;
        letters++;
    }
    return letters >= 2 && !is_letter(peek_at(r, end)) ? end : pos;
}

size_t word_end(const reader *r, size_t pos, bool *has_digit) {
    size_t end = dotted_letters(r, pos), len;
    *has_digit = false;
    if (end > pos) return end;
    while (end - pos < RUN_BYTES) {
        char32_t c = peek(r, end, &len);
        if (is_letter(c)) {
            end += len;
            continue;
        }
        char32_t after = len ? peek_at(r, end + len) : 0;
        if (is_digit(c)) {
            *has_digit = true;
        } else if (is_hyphen(c) && is_digit(after)) {
            *has_digit = true;
        } else if (!((is_apostrophe(c) || is_hyphen(c)) && is_letter(after))) {
            break;
        }
        end += len;
    }
    return end;
}

size_t symbol_end(const reader *r, size_t pos, size_t end, bool *has_digit) {
    size_t len, last = end;
    while (end - pos < RUN_BYTES) {
        char32_t c = peek(r, end, &len);
        if (is_letter(c) || is_digit(c)) {
            *has_digit |= is_digit(c);
            end += len;
            last = end;
        } else if (c == '/' || c == '-' || ((c == '.' || c == '(') && (is_digit(peek_at(r, end + 1)) || c == '('))) {
            end += len;
        } else if (c == ')' && memchr(r->text.ptr + pos, '(', end - pos)) {
            end += len;
            last = end;
        } else {
            break;
        }
    }
    return last;
}

static bool known_alone(const lexicon *lex, const char *folded, size_t len) { return lex_word(lex, folded, len) >= 0; }

/* Whether the word by itself, not a phrase that begins with it, has a sense of that class; word -1 is none. */
static bool alone_has(const lexicon *lex, int32_t word, lex_class class) {
    uint32_t node = word >= 0 ? lex->word_node[word] : 0;
    for (uint32_t i = node ? lex->node_senses[node] : 0; node && i < lex->node_senses[node + 1]; i++)
        if (lex->senses[i].class == class) return true;
    return false;
}

static bool affix_has(const lexicon *lex, const char *affix, size_t len, lex_class class) {
    return alone_has(lex, lex_word(lex, affix, len), class);
}

/* Whether a word is cut before its last `rest` bytes, all of two-byte letters: one letter alone is often the word's own
 * (كفر is no ك and فر), so it needs more behind it. tools/compile_lexicon.py cuts the words of phrases alike. */
static bool may_cut(const lexicon *lex, const char *prefix, size_t n, size_t rest, bool known) {
    enum { LETTER = 2 };
    if (prefix[n - 1] == '\'') return true;
    if (n > LETTER) return rest >= (size_t)(known ? 2 : 3) * LETTER;
    if (affix_has(lex, prefix, n, LEX_CONJUNCTION)) return rest >= (size_t)(known ? 2 : 4) * LETTER;
    if (affix_has(lex, prefix, n, LEX_PLANNED)) return known && rest >= 4 * LETTER;
    return rest >= (size_t)(known ? 3 : 4) * LETTER;
}

static const char *prefix_of(const lexicon *lex, const char *folded, size_t len) {
    for (int i = 0; lex->prefixes[i]; i++) {
        const char *prefix = lex->prefixes[i];
        size_t n = strlen(prefix);
        if (n < len && memcmp(folded, prefix, n) == 0 &&
            may_cut(lex, prefix, n, len - n, known_alone(lex, folded + n, len - n)))
            return prefix;
    }
    return NULL;
}

/* A suffix with an apostrophe is cut off always, another where a known word of three letters or more is left. */
static const char *suffix_of(const lexicon *lex, const char *folded, size_t len) {
    for (int i = 0; lex->suffixes[i]; i++) {
        const char *suffix = lex->suffixes[i];
        size_t n = strlen(suffix);
        if (n >= len || memcmp(folded + len - n, suffix, n) != 0) continue;
        if (suffix[0] == '\'' || (len - n >= 6 && known_alone(lex, folded, len - n))) return suffix;
    }
    return NULL;
}

/* A word whose parts count apart (l'armée, ministry's, والجرحى) becomes several tokens. */
static void add_word(reader *r, sentence *s, size_t start, size_t end, uint8_t flags, uint32_t quote) {
    char folded[WORD_BYTES];
    en_str written = {r->text.ptr + start, end - start};
    size_t len = written.len < WORD_BYTES - 4 ? token_fold(written, folded, sizeof folded) : 0;
    int32_t word = len ? lex_word(r->lex, folded, len) : -1;
    size_t from = 0;
    for (int splits = 0; word < 0 && len && splits < 3; splits++) {
        const char *prefix = prefix_of(r->lex, folded + from, len);
        const char *ends = suffix_of(r->lex, folded + from, len);
        if (!prefix || (ends && ends[0] != '\'')) break; /* فريقها is فريق and ها, not ف and ريقها */
        size_t n = strlen(prefix), in_text = written_length((en_str){r->text.ptr + start, end - start}, n);
        add_token(s, start, start + in_text, TOKEN_WORD, flags, quote)->word = lex_word(r->lex, prefix, n);
        start += in_text;
        from += n;
        len -= n;
        word = lex_word(r->lex, folded + from, len);
        size_t ignored;
        flags = TOKEN_INSIDE | (u_isupper((UChar32)peek(r, start, &ignored)) ? TOKEN_CAPITAL : 0);
    }
    const char *suffix = word < 0 && len ? suffix_of(r->lex, folded + from, len) : NULL;
    size_t cut = end;
    if (suffix) {
        size_t n = strlen(suffix);
        cut = start + written_length((en_str){r->text.ptr + start, end - start}, len - n);
        word = lex_word(r->lex, folded + from, len - n);
    }
    add_token(s, start, cut, TOKEN_WORD, flags, quote)->word = word;
    if (suffix)
        add_token(s, cut, end, TOKEN_WORD, TOKEN_INSIDE, quote)->word = lex_word(r->lex, suffix, strlen(suffix));
}

static bool all_capitals(en_str word) {
    int letters = 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c >= 'a' && c <= 'z') return false;
        letters += c >= 'A' && c <= 'Z';
    }
    return letters >= 2;
}

bool word_has(const reader *r, const token *t, lex_class class) {
    return t->kind == TOKEN_WORD && alone_has(r->lex, t->word, class);
}

/* "3 тыс. человек": the full stop of a shortened multiplier stands between a number and its noun and says nothing. */
static void pass_stop(reader *r, const sentence *s) {
    const token *last = s->n ? &s->tokens[s->n - 1] : NULL;
    size_t len, after = r->pos + 1;
    if (!last || peek_at(r, r->pos) != '.' || !word_has(r, last, LEX_MULTIPLIER) ||
        !word_has(r, last, LEX_ABBREVIATION))
        return;
    char32_t space = peek(r, after, &len);
    if (len && is_space(space) && space != '\n' && u_islower((UChar32)peek_at(r, after + len))) r->pos++;
}

/* The first digit of a word that begins with no more than a joined prefix: و12 is "and 12". `start` where it is none.
 */
static size_t digits_after_prefix(const reader *r, size_t start, size_t end) {
    size_t at = start, len;
    while (at < end && !is_digit(peek(r, at, &len))) at += len;
    char folded[WORD_BYTES];
    size_t n =
        at - start < WORD_BYTES - 4 ? token_fold((en_str){r->text.ptr + start, at - start}, folded, sizeof folded) : 0;
    for (int i = 0; n && r->lex->prefixes[i]; i++) {
        const char *prefix = r->lex->prefixes[i];
        if (strlen(prefix) == n && memcmp(folded, prefix, n) == 0 && prefix[n - 1] != '\'') return at;
    }
    return start;
}

void read_word(reader *r, sentence *s, uint8_t flags, uint32_t quote) {
    bool has_digit;
    size_t start = r->pos, end = word_end(r, start, &has_digit), len;
    char32_t first = peek(r, start, &len);
    if (u_isupper((UChar32)first)) flags |= TOKEN_CAPITAL;
    bool capitals = all_capitals((en_str){r->text.ptr + start, end - start});
    if (capitals) flags |= TOKEN_ALL_CAPITALS;
    char32_t next = peek_at(r, end);
    if ((flags & TOKEN_CAPITAL) && next == '/' && (is_letter(peek_at(r, end + 1)) || is_digit(peek_at(r, end + 1)))) {
        bool digit = has_digit;
        size_t to = symbol_end(r, start, end, &digit);
        if (digit) end = to, has_digit = true;
    }
    size_t digits = has_digit ? digits_after_prefix(r, start, end) : start;
    if (digits > start) end = digits, has_digit = false;
    r->pos = end;
    if (has_digit)
        add_token(s, start, end, TOKEN_CODE, flags, quote);
    else
        add_word(r, s, start, end, flags, quote);
    pass_stop(r, s);
}
