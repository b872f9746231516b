/* Where words, numbers, quotations and sentences begin and end.
 *
 * Every character is looked at a bounded number of times: what a rule looks ahead for is at most a word or a run of
 * white space, and runs are cut at a fixed length.
 */
#include "extract/tokens.h"

#include <string.h>
#include <unicode/uchar.h>

#include "text/utf8.h"

enum { WORD_BYTES = 96, RUN_BYTES = 200, LINE_SHORT = 58 };

void reader_init(reader *r, en_str text, const lexicon *lex) {
    *r = (reader){.text = text, .lex = lex, .paragraph = true, .line_begins = true};
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0) r->pos = 3;
}

/* The code point at `pos`; 0 at the end. *len is its bytes. The text is valid UTF-8. */
static char32_t peek(const reader *r, size_t pos, size_t *len) {
    if (pos >= r->text.len) return *len = 0, 0;
    unsigned char c = (unsigned char)r->text.ptr[pos];
    if (c < 0x80) return *len = 1, c;
    char32_t point = 0xFFFD;
    *len = en_utf8_next((en_str){r->text.ptr + pos, r->text.len - pos}, &point);
    if (!*len) *len = 1;
    return point;
}

static char32_t peek_at(const reader *r, size_t pos) {
    size_t len;
    return peek(r, pos, &len);
}

static char32_t before(const reader *r, size_t pos) {
    if (!pos) return 0;
    size_t at = pos - 1;
    while (at && pos - at < 4 && ((unsigned char)r->text.ptr[at] & 0xC0) == 0x80) at--;
    return peek_at(r, at);
}

static bool is_space(char32_t c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v' ||
           (c >= 0x80 && (c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
                          c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF));
}

static bool is_digit(char32_t c) {
    return c < 0x80 ? c >= '0' && c <= '9' : u_charType((UChar32)c) == U_DECIMAL_DIGIT_NUMBER;
}

static bool is_letter(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    uint32_t mask = U_MASK(u_charType((UChar32)c));
    return (mask & (U_GC_L_MASK | U_GC_M_MASK)) != 0 && c != 0x2BC;
}

static bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2BC || c == 0x2B9; }
static bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }
static bool is_mark_to_drop(char32_t c) { return (c >= 0x64B && c <= 0x652) || c == 0x670 || c == 0x640 || c == 0x301; }

static char32_t fold_point(char32_t c) {
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c == '`' ? '\'' : c;
    if (is_apostrophe(c) || c == 0x2018 || c == 0xB4) return '\'';
    if (is_hyphen(c)) return '-';
    if (c == 0x623 || c == 0x625 || c == 0x622 || c == 0x671) return 0x627;
    if (c == 0x649) return 0x64A;
    c = (char32_t)u_tolower((UChar32)c);
    return c == 0x451 ? 0x435 : c;
}

static size_t put_utf8(char *out, char32_t c) {
    if (c < 0x80) return out[0] = (char)c, 1;
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t token_fold(en_str written, char *out, size_t cap) {
    size_t n = 0;
    for (size_t i = 0; i < written.len;) {
        if (n + 4 > cap) return 0;
        char32_t c;
        size_t len = en_utf8_next((en_str){written.ptr + i, written.len - i}, &c);
        if (!len) return 0;
        i += len;
        if (c >= 0x300 && is_mark_to_drop(c)) continue;
        n += put_utf8(out + n, fold_point(c));
    }
    return n;
}

/* --- words --- */

static token *add_token(sentence *s, size_t start, size_t end, token_kind kind, uint8_t flags, uint32_t quote) {
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

/* The end of the word at `pos`: letters, with apostrophes and hyphens inside. *has_digit: digits are in it too. */
static size_t word_end(const reader *r, size_t pos, bool *has_digit) {
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

/* A/RES/62/12, S/2019/4, Cmd.12/3: a word with a slash or digits goes on over slashes, stops and brackets. */
static size_t symbol_end(const reader *r, size_t pos, size_t end, bool *has_digit) {
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

/* Length in the text of the first `folded` bytes of a word: folding keeps or shortens each letter. */
static size_t written_length(en_str written, size_t folded) {
    size_t n = 0, i = 0;
    char out[4];
    while (i < written.len && n < folded) {
        char32_t c = 0;
        size_t len = en_utf8_next((en_str){written.ptr + i, written.len - i}, &c);
        if (!len) break;
        i += len;
        if (c >= 0x300 && is_mark_to_drop(c)) continue;
        n += put_utf8(out, fold_point(c));
    }
    return i;
}

static const char *prefix_of(const lexicon *lex, const char *folded, size_t len) {
    for (int i = 0; lex->prefixes[i]; i++) {
        size_t n = strlen(lex->prefixes[i]);
        if (n < len && memcmp(folded, lex->prefixes[i], n) == 0) {
            bool elided = lex->prefixes[i][n - 1] == '\'';
            if (elided || known_alone(lex, folded + n, len - n) || len - n >= 6) return lex->prefixes[i];
        }
    }
    return NULL;
}

static const char *suffix_of(const lexicon *lex, const char *folded, size_t len) {
    for (int i = 0; lex->suffixes[i]; i++) {
        size_t n = strlen(lex->suffixes[i]);
        if (n < len && memcmp(folded + len - n, lex->suffixes[i], n) == 0) return lex->suffixes[i];
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
        if (!prefix) break;
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

static bool word_has(const reader *r, const token *t, lex_class class) {
    uint32_t node = t->kind == TOKEN_WORD && t->word >= 0 ? r->lex->word_node[t->word] : 0;
    for (uint32_t i = node ? r->lex->node_senses[node] : 0; node && i < r->lex->node_senses[node + 1]; i++)
        if (r->lex->senses[i].class == class) return true;
    return false;
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

static void read_word(reader *r, sentence *s, uint8_t flags, uint32_t quote) {
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
    r->pos = end;
    if (has_digit)
        add_token(s, start, end, TOKEN_CODE, flags, quote);
    else
        add_word(r, s, start, end, flags, quote);
    pass_stop(r, s);
}

/* --- numbers --- */

static double digits_value(const reader *r, size_t pos, size_t end) {
    double value = 0;
    size_t len;
    for (; pos < end; pos += len) value = value * 10 + u_charDigitValue((UChar32)peek(r, pos, &len));
    return value;
}

static size_t digits_end(const reader *r, size_t pos, int *count) {
    size_t len;
    *count = 0;
    while (*count < 15 && is_digit(peek(r, pos, &len))) pos += len, ++*count;
    return pos;
}

static bool is_group_mark(char32_t c) {
    return c == ',' || c == '.' || c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009 || is_apostrophe(c) ||
           c == 0x66C || c == 0x60C;
}

/* Reads ",400" groups after the first digits: each mark the same, three digits and no more. */
static size_t read_groups(const reader *r, size_t pos, double *value, char32_t *mark) {
    size_t len;
    *mark = 0;
    for (int groups = 0; groups < 4; groups++) {
        char32_t c = peek(r, pos, &len);
        if (!is_group_mark(c) || (*mark && c != *mark)) break;
        int count;
        size_t end = digits_end(r, pos + len, &count);
        if (count != 3) break;
        *mark = c;
        *value = *value * 1000 + digits_value(r, pos + len, end);
        pos = end;
    }
    return pos;
}

/* 12.03.2019, 2019-03-12, 12/03/2019: its end, or `pos`. *value is yyyymmdd; mm and dd 0 where the order is unsaid. */
static size_t numeric_date_end(const reader *r, size_t pos, double *value) {
    int counts[3], n = 0;
    double parts[3];
    size_t at = pos, len;
    char32_t mark = 0;
    while (n < 3) {
        size_t end = digits_end(r, at, &counts[n]);
        if (!counts[n]) return pos;
        parts[n] = digits_value(r, at, end);
        n++;
        at = end;
        if (n == 3) break;
        char32_t c = peek(r, at, &len);
        if ((c != '.' && c != '/' && c != '-') || (mark && c != mark)) return pos;
        mark = c;
        at += len;
    }
    char32_t after = peek_at(r, at);
    if (is_digit(after) || is_letter(after)) return pos;
    if (counts[0] == 4 && counts[1] == 2 && counts[2] == 2 && parts[1] <= 12 && parts[2] <= 31)
        return *value = parts[0] * 10000 + parts[1] * 100 + parts[2], at;
    if (counts[0] <= 2 && counts[1] <= 2 && (counts[2] == 4 || counts[2] == 2) && parts[0] <= 31 && parts[1] <= 31) {
        double year = counts[2] == 4 ? parts[2] : 0;
        bool day_first = mark == '.' && parts[1] <= 12;
        *value = year * 10000 + (day_first ? parts[1] * 100 + parts[0] : 0);
        return at;
    }
    return pos;
}

/* Whether letters that stand right after digits multiply them, as in 1.2m. */
static bool multiplies(const reader *r, size_t pos) {
    bool digit;
    size_t end = word_end(r, pos, &digit);
    char folded[WORD_BYTES];
    size_t len =
        end - pos < WORD_BYTES - 4 ? token_fold((en_str){r->text.ptr + pos, end - pos}, folded, sizeof folded) : 0;
    int32_t word = len && !digit ? lex_word(r->lex, folded, len) : -1;
    uint32_t node = word >= 0 ? r->lex->word_node[word] : 0;
    for (uint32_t i = node ? r->lex->node_senses[node] : 0; node && i < r->lex->node_senses[node + 1]; i++)
        if (r->lex->senses[i].class == LEX_MULTIPLIER) return true;
    return false;
}

/* After digits: 12th, 12-year-old, 12km, 14:30, 3/4, A12 are no counts. Its end, or `end`. */
static size_t code_end(const reader *r, size_t start, size_t end) {
    size_t len;
    char32_t c = peek(r, end, &len), next = len ? peek_at(r, end + len) : 0;
    bool digit = true;
    if (is_letter(c)) return multiplies(r, end) ? end : symbol_end(r, start, end, &digit);
    if (is_hyphen(c) && is_letter(next)) return symbol_end(r, start, end, &digit);
    if ((c == ':' || c == '/') && is_digit(next)) {
        size_t at = end;
        while (at - start < RUN_BYTES) {
            c = peek(r, at, &len);
            next = len ? peek_at(r, at + len) : 0;
            if (!is_digit(c) && !((c == ':' || c == '/' || c == '.') && is_digit(next))) break;
            at += len;
        }
        return at;
    }
    return end;
}

static void read_number(reader *r, sentence *s, uint8_t flags, uint32_t quote) {
    size_t start = r->pos, len;
    double value;
    size_t end = numeric_date_end(r, start, &value);
    if (end > start) {
        r->pos = end;
        add_token(s, start, end, TOKEN_DATE, flags, quote)->value = value;
        return;
    }
    int count;
    end = digits_end(r, start, &count);
    value = digits_value(r, start, end);
    char32_t mark = 0;
    if (count <= 3 && value > 0) end = read_groups(r, end, &value, &mark);
    char32_t c = peek(r, end, &len);
    bool decimal_mark = c == '.' || c == ',' || c == 0x66B;
    int places = 0;
    if (decimal_mark && c != mark && is_digit(peek_at(r, end + len))) {
        size_t to = digits_end(r, end + len, &places);
        double scale = 1;
        for (int i = 0; i < places; i++) scale *= 10;
        value += digits_value(r, end + len, to) / scale;
        end = to;
    }
    size_t code = code_end(r, start, end);
    r->pos = code;
    if (code > end) {
        add_token(s, start, code, TOKEN_CODE, flags, quote);
        return;
    }
    c = peek(r, end, &len);
    if (is_letter(c) || c == '%' || c == 0xB0 || c == 0x66A || is_digit(c)) flags |= TOKEN_FOLLOWED;
    if (mark) flags |= TOKEN_GROUPED;
    add_token(s, start, end, TOKEN_NUMBER, flags, quote)->value = value;
}

/* --- quotations and sentences --- */

/* Whether the quotation mark at pos opens (1), closes (-1) or is none (0). Each opener has its closer; straight ones
 * take turns. */
static int quote_turn(reader *r, char32_t c, size_t pos, size_t len) {
    char32_t next = peek_at(r, pos + len), last = before(r, pos);
    bool opens_here =
        (!last || !(is_letter(last) || is_digit(last) || last == '.' || last == ',')) && next && !is_space(next);
    switch (c) {
    case '"':
        if (r->opener == '"') return -1;
        return r->opener ? 0 : 1;
    case 0x201C: /* “ */
        if (r->opener == 0x201E) return -1;
        return 1;
    case 0xAB:
    case 0x201E: return r->opener && r->opener != c ? 0 : 1; /* « „ */
    case 0x201D: return r->opener == 0x201C || r->opener == 0x201E || r->opener == 0x201D ? -1 : 0;
    case 0xBB: return r->opener == 0xAB ? -1 : 0;
    case 0x2018: return !r->opener && opens_here ? 1 : 0;
    case 0x2019: return r->opener == 0x2018 && !is_letter(next) ? -1 : 0;
    case '\'':
        if (r->opener == '\'') return is_letter(next) ? 0 : -1;
        return !r->opener && opens_here && is_letter(next) ? 1 : 0;
    default: return 0;
    }
}

static void read_punct(reader *r, sentence *s, char32_t c, size_t len, uint8_t flags) {
    size_t start = r->pos;
    int turn = quote_turn(r, c, start, len);
    r->pos += len;
    if (turn > 0) {
        r->opener = c;
        r->quotes++;
    }
    uint32_t quote = r->opener ? r->quotes : 0;
    token *t = add_token(s, start, r->pos, TOKEN_PUNCT, flags, quote);
    t->punct = turn ? '"' : c;
    if (c == '$' || u_charType((UChar32)c) == U_CURRENCY_SYMBOL) t->punct = '$';
    if (c == 0x60C || c == 0x61B) t->punct = c == 0x60C ? ',' : ';';
    if (c == 0x2013 || c == 0x2014 || c == 0x2212) t->punct = 0x2013;
    if (turn > 0) t->flags |= TOKEN_OPENS;
    if (turn < 0) {
        t->flags |= TOKEN_CLOSES;
        r->opener = 0;
    }
}

static bool ends_sentence(char32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x61F || c == 0x6D4;
}

static bool is_abbreviation(const reader *r, const token *t) {
    if (t->kind != TOKEN_WORD) return false;
    size_t len;
    char32_t first = peek(r, t->start, &len);
    if (len == t->end - t->start && u_isupper((UChar32)first)) return true; /* an initial */
    return r->text.ptr[t->end - 1] == '.' || word_has(r, t, LEX_ABBREVIATION);
}

static bool is_bullet(char32_t c) {
    return c == '-' || c == '*' || c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0x25CF || c == 0x25AA ||
           c == 0xB7 || c == 0x25E6 || c == 0x2023;
}

/* Whether a line that begins at pos is an item of a list: "- ", "• ", "3) ", "(a) ", "3. ". */
static bool begins_item(const reader *r, size_t pos) {
    size_t len;
    char32_t c = peek(r, pos, &len);
    if (is_bullet(c))
        return is_space(peek_at(r, pos + len)) || is_letter(peek_at(r, pos + len)) || is_digit(peek_at(r, pos + len));
    if (c == '(') pos += 1, c = peek(r, pos, &len);
    int count;
    size_t end = digits_end(r, pos, &count);
    if (!count && is_letter(c)) end = pos + len, count = 1;
    if (!count || count > 2) return false;
    char32_t mark = peek_at(r, end);
    return mark == ')' || (mark == '.' && is_digit(c) && is_space(peek_at(r, end + 1)));
}

/* Skips white space; *lines counts line feeds. */
static size_t skip_space(const reader *r, size_t pos, int *lines) {
    size_t len;
    *lines = 0;
    for (char32_t c = peek(r, pos, &len); len && is_space(c); c = peek(r, pos, &len)) {
        *lines += c == '\n' || c == 0x2028 || c == 0x2029;
        pos += len;
    }
    return pos;
}

static bool line_breaks(const reader *r, const sentence *s, size_t next, int lines) {
    if (lines > 1) return true;
    if (!s->n) return true;
    if (begins_item(r, next)) return true;
    const token *last = &s->tokens[s->n - 1];
    if (last->kind == TOKEN_PUNCT && (ends_sentence(last->punct) || last->punct == ':' || last->punct == ';'))
        return true;
    if (last->kind == TOKEN_PUNCT && last->flags & TOKEN_CLOSES) return true;
    char32_t c = peek_at(r, next);
    bool starts = u_isupper((UChar32)c) || is_digit(c) || !r->lex->capitals;
    return starts && last->end - r->line_start < LINE_SHORT;
}

/* After a full stop: whether what follows begins a sentence. */
static bool stop_ends(const reader *r, const sentence *s, size_t next, bool spaced) {
    if (!spaced) return next >= r->text.len;
    int at = s->n - 1;
    while (at > 0 && (s->tokens[at].kind == TOKEN_PUNCT && s->tokens[at].flags & TOKEN_CLOSES)) at--;
    const token *stop = &s->tokens[at];
    if (stop->kind != TOKEN_PUNCT || !ends_sentence(stop->punct)) return false;
    char32_t c = peek_at(r, next);
    if (u_islower((UChar32)c)) return false;
    if (stop->punct == '.' && at > 0 && is_abbreviation(r, &s->tokens[at - 1])) return false;
    return true;
}

static void begin_line(reader *r, size_t pos) {
    r->line_start = pos;
    r->line_begins = true;
}

/* A quotation may go on into the next paragraph only where that one opens it again. */
static void begin_paragraph(reader *r, size_t pos) {
    size_t len;
    char32_t c = peek(r, pos, &len);
    bool again = c == '"' || c == 0x201C || c == 0xAB || c == 0x201E || c == 0x2018;
    if (!again || c == '"') r->opener = 0;
    r->paragraph = true;
    begin_line(r, pos);
}

/* White space between tokens: true where a sentence ends here. */
static bool pass_space(reader *r, sentence *s) {
    int lines;
    size_t from = r->pos, next = skip_space(r, from, &lines);
    r->pos = next;
    if (next >= r->text.len) return s->line_end = true;
    if (lines && line_breaks(r, s, next, lines)) {
        s->line_end = true;
        if (lines > 1 || begins_item(r, next))
            begin_paragraph(r, next);
        else
            begin_line(r, next);
        return s->n > 0;
    }
    if (lines) r->line_start = next;
    return s->n > 0 && stop_ends(r, s, next, next > from);
}

static void read_token(reader *r, sentence *s, bool spaced) {
    size_t len;
    char32_t c = peek(r, r->pos, &len);
    uint8_t flags = spaced ? TOKEN_SPACE_BEFORE : 0;
    uint32_t quote = r->opener ? r->quotes : 0;
    if (is_letter(c) && !(c >= 0x300 && is_mark_to_drop(c)))
        read_word(r, s, flags, quote);
    else if (is_digit(c))
        read_number(r, s, flags, quote);
    else
        read_punct(r, s, c, len, flags);
}

static void finish(sentence *s) {
    const token *last = &s->tokens[s->n - 1];
    s->ends_colon = s->line_end && last->punct == ':';
    while (last > s->tokens && last->kind == TOKEN_PUNCT && last->flags & TOKEN_CLOSES) last--;
    s->unended = s->line_end && !(last->kind == TOKEN_PUNCT && (ends_sentence(last->punct) || last->punct == ':' ||
                                                                last->punct == ';' || last->punct == ','));
}

bool reader_next(reader *r, sentence *s) {
    s->n = 0;
    s->line_end = false;
    int lines;
    size_t first = skip_space(r, r->pos, &lines);
    if (lines) begin_paragraph(r, first);
    r->pos = first;
    if (first >= r->text.len) return false;
    s->paragraph_start = r->paragraph;
    s->list_item = (r->line_begins || r->paragraph) && begins_item(r, first);
    r->paragraph = r->line_begins = false;
    bool spaced = true;
    while (s->n < SENTENCE_TOKENS && r->pos < r->text.len) {
        read_token(r, s, spaced);
        size_t at = r->pos;
        if (at >= r->text.len) {
            s->line_end = true;
            break;
        }
        if (is_space(peek_at(r, at))) {
            if (pass_space(r, s)) break;
            spaced = true;
        } else {
            spaced = false;
        }
    }
    finish(s);
    return true;
}
