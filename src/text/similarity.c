/* How alike two strings are: Jaro, Jaro-Winkler, Levenshtein, Damerau. Bytes are letters, as they are in plain Latin.
 *
 * Linkage calls these millions of times: for strings of up to 64 bytes they touch neither the heap nor a matrix.
 */
#include <stdlib.h>
#include <string.h>

#include "everyname/text.h"

enum { WORD = 64 };

/* ---- Jaro (1989) and Winkler (1990) ---- */

static double jaro_of(int matches, int out_of_order, size_t a_len, size_t b_len) {
    double m = matches;
    int transpositions = out_of_order / 2;
    return (m / (double)a_len + m / (double)b_len + (m - transpositions) / m) / 3;
}

/* Partners are kept as bits: at most 64 letters. */
static double jaro_short(en_str a, en_str b, int window) {
    uint64_t a_bits = 0, b_bits = 0;
    int matches = 0, out_of_order = 0;
    for (int i = 0; i < (int)a.len; i++) {
        int from = i > window ? i - window : 0, to = i + window + 1 < (int)b.len ? i + window + 1 : (int)b.len;
        for (int j = from; j < to; j++) {
            if (a.ptr[i] != b.ptr[j] || (b_bits >> j & 1)) continue;
            a_bits |= (uint64_t)1 << i;
            b_bits |= (uint64_t)1 << j;
            matches++;
            break;
        }
    }
    if (!matches) return 0;
    for (; a_bits; a_bits &= a_bits - 1, b_bits &= b_bits - 1)
        out_of_order += a.ptr[__builtin_ctzll(a_bits)] != b.ptr[__builtin_ctzll(b_bits)];
    return jaro_of(matches, out_of_order, a.len, b.len);
}

/* The same with a byte a letter; where memory is short the strings count as unlike. */
static double jaro_long(en_str a, en_str b, int window) {
    unsigned char *a_marks = calloc(a.len + b.len, 1), *b_marks = a_marks ? a_marks + a.len : NULL;
    int matches = 0, out_of_order = 0;
    if (!a_marks) return 0;
    for (int i = 0; i < (int)a.len; i++) {
        int from = i > window ? i - window : 0, to = i + window + 1 < (int)b.len ? i + window + 1 : (int)b.len;
        for (int j = from; j < to; j++) {
            if (a.ptr[i] != b.ptr[j] || b_marks[j]) continue;
            a_marks[i] = b_marks[j] = 1;
            matches++;
            break;
        }
    }
    for (size_t i = 0, j = 0; i < a.len; i++) {
        if (!a_marks[i]) continue;
        while (!b_marks[j]) j++;
        out_of_order += a.ptr[i] != b.ptr[j++];
    }
    free(a_marks);
    return matches ? jaro_of(matches, out_of_order, a.len, b.len) : 0;
}

double en_jaro(en_str a, en_str b) {
    size_t longer = a.len > b.len ? a.len : b.len;
    if (!longer) return 1;
    if (!a.len || !b.len) return 0;
    int window = (int)(longer / 2) - 1;
    if (window < 0) window = 0;
    return longer <= WORD ? jaro_short(a, b, window) : jaro_long(a, b, window);
}

double en_jaro_winkler(en_str a, en_str b) {
    double jaro = en_jaro(a, b);
    int prefix = 0;
    while (prefix < 4 && (size_t)prefix < a.len && (size_t)prefix < b.len && a.ptr[prefix] == b.ptr[prefix]) prefix++;
    return jaro + prefix * .1 * (1 - jaro);
}

/* ---- edit distances ---- */

/* Where each byte stands in the pattern, as bits. Only the bytes of the two strings are ever set or read. */
typedef struct positions {
    uint64_t of[256];
} positions;

static void mark_positions(positions *p, en_str pattern, en_str text) {
    for (size_t i = 0; i < text.len; i++) p->of[(unsigned char)text.ptr[i]] = 0;
    for (size_t i = 0; i < pattern.len; i++) p->of[(unsigned char)pattern.ptr[i]] = 0;
    for (size_t i = 0; i < pattern.len; i++) p->of[(unsigned char)pattern.ptr[i]] |= (uint64_t)1 << i;
}

/* Bit-parallel columns of the distance matrix for a pattern of up to 64 letters (Hyyrö 2003, figures 3 and 4): vp and
 * vn hold where the column goes up or down by one. With `swaps`, adjacent letters that change places cost one (optimal
 * string alignment). */
static int distance_short(en_str pattern, en_str text, bool swaps) {
    positions at;
    mark_positions(&at, pattern, text);
    uint64_t vp = ~(uint64_t)0, vn = 0, d0 = 0, before = 0, last = (uint64_t)1 << (pattern.len - 1);
    int distance = (int)pattern.len;
    for (size_t j = 0; j < text.len; j++) {
        uint64_t here = at.of[(unsigned char)text.ptr[j]];
        uint64_t swapped = swaps ? (((~d0) & here) << 1) & before : 0;
        d0 = (((here & vp) + vp) ^ vp) | here | vn | swapped;
        uint64_t hp = vn | ~(d0 | vp), hn = d0 & vp;
        distance += (hp & last) != 0;
        distance -= (hn & last) != 0;
        hp = hp << 1 | 1;
        hn <<= 1;
        vp = hn | ~(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    return distance;
}

typedef struct block {
    uint64_t vp, vn;
} block;

/* Levenshtein over blocks of 64 pattern letters, the horizontal step carried from block to block (Myers 1999, Hyyrö
 * 2003). */
static int levenshtein_blocks(en_str pattern, en_str text) {
    size_t n = (pattern.len + WORD - 1) / WORD;
    uint64_t *at = calloc(n * 256, sizeof *at);
    block *blocks = malloc(n * sizeof *blocks);
    int distance = (int)pattern.len;
    uint64_t last = (uint64_t)1 << ((pattern.len - 1) % WORD);
    if (!at || !blocks) {
        free(at);
        free(blocks);
        return (int)(pattern.len > text.len ? pattern.len : text.len);
    }
    for (size_t i = 0; i < pattern.len; i++)
        at[i / WORD * 256 + (unsigned char)pattern.ptr[i]] |= (uint64_t)1 << i % WORD;
    for (size_t k = 0; k < n; k++) blocks[k] = (block){~(uint64_t)0, 0};
    for (size_t j = 0; j < text.len; j++) {
        uint64_t up_in = 1, down_in = 0;
        for (size_t k = 0; k < n; k++) {
            block *b = &blocks[k];
            uint64_t here = at[k * 256 + (unsigned char)text.ptr[j]] | down_in;
            uint64_t d0 = (((here & b->vp) + b->vp) ^ b->vp) | here | b->vn, hp = b->vn | ~(d0 | b->vp),
                     hn = d0 & b->vp;
            if (k + 1 == n) distance += (int)((hp & last) != 0) - (int)((hn & last) != 0);
            uint64_t up_out = hp >> 63, down_out = hn >> 63;
            hp = hp << 1 | up_in;
            hn = hn << 1 | down_in;
            b->vp = hn | ~(d0 | hp);
            b->vn = hp & d0;
            up_in = up_out;
            down_in = down_out;
        }
    }
    free(at);
    free(blocks);
    return distance;
}

/* Three rows of the matrix; only for patterns beyond 64 letters. */
static int damerau_rows(en_str a, en_str b) {
    size_t width = b.len + 1;
    int *rows = malloc(3 * width * sizeof *rows), *two_up = rows, *up = rows ? rows + width : NULL,
        *row = rows ? rows + 2 * width : NULL;
    if (!rows) return (int)(a.len > b.len ? a.len : b.len);
    for (size_t j = 0; j < width; j++) up[j] = (int)j;
    for (size_t i = 1; i <= a.len; i++) {
        row[0] = (int)i;
        for (size_t j = 1; j < width; j++) {
            int best = up[j - 1] + (a.ptr[i - 1] != b.ptr[j - 1]);
            if (up[j] + 1 < best) best = up[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                two_up[j - 2] + 1 < best)
                best = two_up[j - 2] + 1;
            row[j] = best;
        }
        int *spare = two_up;
        two_up = up;
        up = row;
        row = spare;
    }
    int distance = up[b.len];
    free(rows);
    return distance;
}

int en_levenshtein(en_str a, en_str b) {
    en_str pattern = a.len <= b.len ? a : b, text = a.len <= b.len ? b : a;
    if (!pattern.len) return (int)text.len;
    return pattern.len <= WORD ? distance_short(pattern, text, false) : levenshtein_blocks(pattern, text);
}

int en_damerau(en_str a, en_str b) {
    en_str pattern = a.len <= b.len ? a : b, text = a.len <= b.len ? b : a;
    if (!pattern.len) return (int)text.len;
    return pattern.len <= WORD ? distance_short(pattern, text, true) : damerau_rows(pattern, text);
}
