/* Where words, numbers, quotations and sentences begin and end.
 *
 * Every character is looked at a bounded number of times: what a rule looks ahead for is at most a word or a run of
 * white space, and runs are cut at a fixed length.
 */
#include "extract/tokens.h"

#include <string.h>
#include <unicode/uchar.h>

#include "extract/words.h"

enum { LINE_SHORT = 58 };

void reader_init(reader *r, en_str text, const lexicon *lex) {
    *r = (reader){.text = text, .lex = lex, .paragraph = true, .line_begins = true};
    if (text.len >= 3 && memcmp(text.ptr, "\xEF\xBB\xBF", 3) == 0) r->pos = 3;
}

/* Whether the quotation mark at pos opens (1), closes (-1) or is none (0). Each opener has its closer; straight ones
 * take turns. */
static int quote_turn(reader *r, char32_t c, size_t pos, size_t len) {
    char32_t next = peek_at(r, pos + len), last = peek_before(r, pos);
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
    if (c == '|') r->row = true;
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
    if (lines > 1 || r->row) return true;
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
    r->row = false;
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

/* A tab parts cells as a bar does. */
static void add_bar(reader *r, sentence *s, size_t at) {
    add_token(s, at, at + 1, TOKEN_PUNCT, TOKEN_SPACE_BEFORE, r->opener ? r->quotes : 0)->punct = '|';
    r->row = true;
}

/* White space between tokens: true where a sentence ends here. */
static bool pass_space(reader *r, sentence *s) {
    int lines;
    size_t from = r->pos, next = skip_space(r, from, &lines);
    r->pos = next;
    const char *tab = lines ? NULL : memchr(r->text.ptr + from, '\t', next - from);
    if (tab && s->n) add_bar(r, s, (size_t)(tab - r->text.ptr));
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
