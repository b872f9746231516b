/* Numbers in digits, with their groups and decimals; dates in digits; codes that only begin with digits. */
#include <string.h>
#include <unicode/uchar.h>

#include "extract/words.h"

static double digits_value(const reader *r, size_t pos, size_t end) {
    double value = 0;
    size_t len;
    for (; pos < end; pos += len) value = value * 10 + u_charDigitValue((UChar32)peek(r, pos, &len));
    return value;
}

size_t digits_end(const reader *r, size_t pos, int *count) {
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

void read_number(reader *r, sentence *s, uint8_t flags, uint32_t quote) {
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
