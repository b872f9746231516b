/* How likely two spellings are one name by how they sound: the best alignment of their sounds, in log odds.
 *
 * As for strings in general (Ristad and Yianilos 1998) or for proteins (Henikoff and Henikoff 1992), a pair of sounds
 * scores the log of how much more often it stands for one sound of one name than two names have it by chance. So a long
 * name affords a few odd letters and a short one none. Scores are in half nats. They were set by hand, from what
 * scripts and spellings write for each other: docs/methods/names.md.
 */
#include "text/sounds.h"

#include <string.h>

typedef enum {
    NO_SOUND,
    A,
    E,
    I,
    O,
    U,
    Y,
    B,
    P,
    F,
    V,
    W,
    D,
    T,
    TH,
    G,
    K,
    KH,
    H,
    J,
    S,
    Z,
    SH,
    CH,
    TS,
    L,
    M,
    N,
    R,
    N_SOUNDS
} sound_code;

static const uint8_t code_of[128] = {
    ['a'] = A,  ['e'] = E, ['i'] = I, ['o'] = O,  ['u'] = U,  ['y'] = Y,  ['b'] = B, ['p'] = P,
    ['f'] = F,  ['v'] = V, ['w'] = W, ['d'] = D,  ['t'] = T,  ['g'] = G,  ['k'] = K, ['h'] = H,
    ['j'] = J,  ['s'] = S, ['z'] = Z, ['l'] = L,  ['m'] = M,  ['n'] = N,  ['r'] = R, ['x'] = KH,
    ['X'] = KH, ['H'] = H, ['W'] = W, ['T'] = TH, ['S'] = SH, ['C'] = CH, ['c'] = TS};

enum { UNLIKE = -8 };
/* Stored as what is above UNLIKE, so that pairs which are not listed are unlike. */
#define SAME(x, score) [x][x] = ((score)-UNLIKE)
#define NEAR(x, y, score) [x][y] = ((score)-UNLIKE), [y][x] = ((score)-UNLIKE)

static const int8_t pair_scores[N_SOUNDS][N_SOUNDS] = {
    /* vowels are frequent and often heard differently: having one in common says little */
    SAME(A, 4), SAME(E, 4), SAME(I, 4), SAME(O, 4), SAME(U, 4), SAME(Y, 4), NEAR(O, U, 1), NEAR(E, I, 0),
    NEAR(A, E, -1), NEAR(A, O, -2), NEAR(A, U, -3), NEAR(E, O, -3), NEAR(I, U, -3), NEAR(A, I, -4), NEAR(E, U, -4),
    NEAR(I, O, -5), NEAR(I, Y, 3), NEAR(E, Y, -1), NEAR(U, Y, -1), NEAR(A, Y, -4), NEAR(Y, J, 3), NEAR(I, J, -1),
    NEAR(U, W, 3), NEAR(U, V, 1), NEAR(O, W, 0), NEAR(O, V, -2),
    /* lips */
    SAME(B, 6), SAME(P, 6), SAME(F, 7), SAME(V, 6), SAME(W, 7), NEAR(V, W, 4), NEAR(B, P, 3), NEAR(P, F, 3),
    NEAR(F, V, 3), NEAR(B, V, 2), NEAR(F, W, 0), NEAR(B, W, 0), NEAR(B, F, -3),
    /* teeth */
    SAME(D, 6), SAME(T, 6), SAME(TH, 7), NEAR(T, TH, 4), NEAR(D, T, 1), NEAR(D, TH, 1), NEAR(TH, S, 1), NEAR(TH, Z, 0),
    NEAR(D, Z, -1), NEAR(T, CH, 0), NEAR(T, TS, 0),
    /* palate and throat */
    SAME(G, 6), SAME(K, 6), SAME(KH, 7), SAME(H, 6), SAME(J, 7), NEAR(KH, H, 4), NEAR(K, KH, 3), NEAR(G, J, 3),
    NEAR(G, K, 1), NEAR(G, H, 1), NEAR(G, KH, 0), NEAR(K, H, -3), NEAR(J, H, 0), NEAR(J, KH, 0), NEAR(K, CH, 1),
    NEAR(KH, CH, 3), NEAR(KH, SH, -1), NEAR(K, TS, 0), NEAR(K, S, -3),
    /* hisses */
    SAME(S, 6), SAME(Z, 7), SAME(SH, 7), SAME(CH, 7), SAME(TS, 7), NEAR(CH, TS, 4), NEAR(S, Z, 3), NEAR(SH, CH, 3),
    NEAR(Z, TS, 3), NEAR(S, SH, 2), NEAR(S, TS, 1), NEAR(S, CH, 0), NEAR(J, Z, 1), NEAR(J, CH, 0), NEAR(J, SH, 0),
    NEAR(J, TS, 0), NEAR(Z, SH, -3),
    /* the rest are hardly ever taken for each other */
    SAME(L, 5), SAME(M, 6), SAME(N, 5), SAME(R, 5), NEAR(M, N, -3), NEAR(L, R, -5)};

/* A sound that the other name lacks: where it writes its vowels, and where it leaves short ones out. */
static const int8_t lone_scores[2][N_SOUNDS] = {
    {[A] = -4, [E] = -3,  [I] = -4,  [O] = -4,  [U] = -3, [Y] = -3, [B] = -6,  [P] = -6, [F] = -6, [V] = -6,
     [W] = -5, [D] = -5,  [T] = -5,  [TH] = -5, [G] = -5, [K] = -7, [KH] = -5, [H] = -2, [J] = -4, [S] = -5,
     [Z] = -6, [SH] = -7, [CH] = -6, [TS] = -6, [L] = -6, [M] = -7, [N] = -6,  [R] = -6},
    {[A] = -2, [E] = 0,   [I] = -3,  [O] = -3,  [U] = -2, [Y] = -3, [B] = -6,  [P] = -6, [F] = -6, [V] = -6,
     [W] = -5, [D] = -5,  [T] = -5,  [TH] = -5, [G] = -5, [K] = -7, [KH] = -5, [H] = -1, [J] = -4, [S] = -5,
     [Z] = -6, [SH] = -7, [CH] = -6, [TS] = -6, [L] = -6, [M] = -7, [N] = -6,  [R] = -6},
};

/* ---- making sounds ---- */

enum { GROUPS = 8, GROUP_BITS = 8, CONSONANTS_MOST = 16, NO_GROUP = GROUPS };

/* Sounds that are taken for each other; h, y and w come and go. */
static int group_of(int code) {
    switch (code) {
    case B:
    case P:
    case F:
    case V:
    case W: return 0;
    case D:
    case T:
    case TH: return 1;
    case G:
    case K:
    case KH: return 2;
    case J:
    case S:
    case Z:
    case SH:
    case CH:
    case TS: return 3;
    case L: return 4;
    case M: return 5;
    case N: return 6;
    case R: return 7;
    default: return NO_GROUP;
    }
}

static void group_consonants(en_sounds *sounds) {
    int met[GROUPS] = {0};
    for (size_t i = 0; i < sounds->len && sounds->consonants < CONSONANTS_MOST; i++) {
        int group = group_of(sounds->of[i]);
        if (group == NO_GROUP) continue;
        sounds->order[sounds->consonants] = (uint8_t)group;
        sounds->at[group] |= (uint16_t)(1u << sounds->consonants++);
        if (met[group] < GROUP_BITS) sounds->bag |= 1ull << (GROUP_BITS * group + met[group]++);
    }
}

static bool add_code(uint8_t codes[EN_SOUNDS_MOST], en_sounds *sounds, uint8_t code) {
    bool doubled = sounds->len && codes[sounds->len - 1] == code && code > Y;
    if (!code || doubled) return true;
    if (sounds->len == EN_SOUNDS_MOST) return false;
    codes[sounds->len++] = code;
    sounds->worth += (int16_t)(pair_scores[code][code] + UNLIKE);
    return true;
}

static en_status keep_codes(const uint8_t *codes, en_arena *arena, en_sounds *out, en_error *err) {
    uint8_t *kept = en_arena_alloc(arena, (size_t)out->len + 1);
    if (!kept) return en_fail(err, EN_ERR_MEMORY, "no memory for a name");
    memcpy(kept, codes, out->len);
    out->of = kept;
    group_consonants(out);
    return EN_OK;
}

en_status en_sounds_make(en_str letters, bool vowels_unwritten, en_arena *arena, en_sounds *out, en_error *err) {
    uint8_t codes[EN_SOUNDS_MOST] = {0};
    *out = (en_sounds){.vowels_unwritten = vowels_unwritten};
    for (size_t i = 0; i < letters.len; i++)
        if (!add_code(codes, out, code_of[(unsigned char)letters.ptr[i] & 127])) break;
    return keep_codes(codes, arena, out, err);
}

en_status en_sounds_join(const en_name_part *parts, size_t n, en_arena *arena, en_sounds *out, en_error *err) {
    uint8_t codes[EN_SOUNDS_MOST] = {0};
    *out = (en_sounds){0};
    for (size_t k = 0; k < n; k++) {
        if (parts[k].kind == EN_PART_TITLE) continue;
        out->vowels_unwritten |= parts[k].sounds.vowels_unwritten;
        for (size_t i = 0; i < parts[k].sounds.len; i++)
            if (!add_code(codes, out, parts[k].sounds.of[i])) break;
    }
    return keep_codes(codes, arena, out, err);
}

en_status en_sounds_of(en_str latin, en_arena *arena, en_sounds *out, en_error *err) {
    char letters[4 * EN_SOUNDS_MOST];
    size_t len = 0;
    while (latin.len && len < sizeof letters) {
        const char *space = memchr(latin.ptr, ' ', latin.len);
        size_t token = space ? (size_t)(space - latin.ptr) : latin.len, taken = space ? token + 1 : token;
        len += en_sound_letters((en_str){latin.ptr, token}, false, letters + len, sizeof letters - len);
        latin.ptr += taken;
        latin.len -= taken;
    }
    return en_sounds_make((en_str){letters, len}, false, arena, out, err);
}

/* ---- comparing ---- */

/* Each consonant that the other has not in the same order costs about so much. */
enum { LOST = 5 };

static int least(int a, int b) { return a < b ? a : b; }

/* Consonants in common in the same order, by groups: the longest common subsequence, a bit a consonant (Hyyrö 2004). */
static int common_in_order(const en_sounds *a, const en_sounds *b) {
    uint32_t open = ~0u;
    for (int i = 0; i < b->consonants; i++) {
        uint32_t met = open & a->at[b->order[i]];
        open = (open + met) | (open - met);
    }
    return __builtin_popcount(~open & ((1u << a->consonants) - 1));
}

/* Bound by arithmetic: one column of the table of alignments, and a look ahead that ends it where what is left cannot
 * make up for what was lost. */
static int align(const en_sounds *a, const en_sounds *b, int needed) {
    const int8_t *lone_a = lone_scores[b->vowels_unwritten], *lone_b = lone_scores[a->vowels_unwritten];
    int column[EN_SOUNDS_MOST + 1], ahead = a->worth;
    column[0] = 0;
    for (int j = 0; j < b->len; j++) column[j + 1] = column[j] + lone_b[b->of[j]];
    for (int i = 0; i < a->len; i++) {
        int x = a->of[i], before = column[0], best = column[0] += lone_a[x];
        const int8_t *pairs = pair_scores[x];
        for (int j = 0; j < b->len; j++) {
            int y = b->of[j], score = before + pairs[y] + UNLIKE, up = column[j + 1] + lone_a[x],
                left = column[j] + lone_b[y];
            before = column[j + 1];
            if (up > score) score = up;
            if (left > score) score = left;
            column[j + 1] = score;
            if (score > best) best = score;
        }
        ahead -= pairs[x] + UNLIKE;
        if (best + ahead < needed) return needed - 1;
    }
    return column[b->len];
}

/* A pair has to be e^(8/2) times as likely as by chance, and to reach this share of what each is worth against itself,
 * or a long ending in common would do. */
enum { ALIKE = 8, ALIKE_PERCENT = 42 };

static int score_needed(int worth) {
    int needed = (worth * ALIKE_PERCENT + 199) / 200;
    return needed < ALIKE ? ALIKE : needed;
}

bool en_sounds_unlike(int worth_a, int consonants_a, uint64_t bag_a, int worth_b, int consonants_b, uint64_t bag_b) {
    int worth = worth_a + worth_b, needed = score_needed(worth);
    int most_lost = (worth / 2 - needed) / LOST;
    return least(worth_a, worth_b) < needed ||
           consonants_a + consonants_b - 2 * __builtin_popcountll(bag_a & bag_b) > most_lost;
}

bool en_sounds_alike(const en_sounds *a, const en_sounds *b) {
    int worth = a->worth + b->worth, needed = score_needed(worth);
    int consonants = a->consonants + b->consonants, most_lost = (worth / 2 - needed) / LOST;
    if (en_sounds_unlike(a->worth, a->consonants, a->bag, b->worth, b->consonants, b->bag)) return false;
    if (consonants - 2 * common_in_order(a, b) > most_lost) return false;
    return align(a, b, needed) >= needed;
}
