/* One word against many: the bit-parallel distance of similarity.c with the pattern's positions made once, and given up
 * once the rest of the text cannot bring it under the bound. */
#include "everyname/text.h"

enum { WORD = 64 };

uint32_t en_letters_of(en_str s) {
    uint32_t letters = 0;
    for (size_t i = 0; i < s.len; i++) letters |= (uint32_t)1 << ((unsigned char)s.ptr[i] & 31);
    return letters;
}

void en_word_set(en_word *word, en_str s) {
    *word = (en_word){.len = (int)(s.len < WORD ? s.len : WORD)};
    for (int i = 0; i < word->len; i++) word->at[(unsigned char)s.ptr[i]] |= (uint64_t)1 << i;
    word->letters = en_letters_of((en_str){s.ptr, (size_t)word->len});
}

/* Optimal string alignment (Hyyrö 2003). The last row falls by at most one a letter. */
int en_word_distance(const en_word *word, en_str text, int most) {
    int n = (int)text.len, distance = word->len, apart = word->len > n ? word->len - n : n - word->len;
    if (apart > most) return most + 1;
    if (!word->len) return n;
    uint64_t vp = ~(uint64_t)0, vn = 0, d0 = 0, before = 0, last = (uint64_t)1 << (word->len - 1);
    for (int j = 0; j < n; j++) {
        uint64_t here = word->at[(unsigned char)text.ptr[j]], swapped = (((~d0) & here) << 1) & before;
        d0 = (((here & vp) + vp) ^ vp) | here | vn | swapped;
        uint64_t hp = vn | ~(d0 | vp), hn = d0 & vp;
        distance += (hp & last) != 0;
        distance -= (hn & last) != 0;
        if (distance - (n - 1 - j) > most) return most + 1;
        hp = hp << 1 | 1;
        vp = hn << 1 | ~(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    return distance;
}
