#include "casefile/hash.h"
#include "everyname/casefile.h"

#include <string.h>

void en_sha256(en_str bytes, en_hash out) { SHA256((const unsigned char *)bytes.ptr, bytes.len, out); }

static int digit_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool en_hash_from_hex(const char *hex, unsigned char *out, size_t n) {
    for (size_t i = 0; i < n; i++) {
        int high = digit_value(hex[2 * i]);
        int low = high < 0 ? -1 : digit_value(hex[2 * i + 1]);
        if (low < 0) return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return hex[2 * n] == 0;
}

void en_hmac_key(en_hmac *mac, const unsigned char key[EN_HASH]) {
    unsigned char block[SHA256_CBLOCK];
    memset(block, 0x36, sizeof block);
    for (int i = 0; i < EN_HASH; i++) block[i] ^= key[i];
    SHA256_Init(&mac->inner);
    SHA256_Update(&mac->inner, block, sizeof block);
    for (size_t i = 0; i < sizeof block; i++) block[i] ^= 0x36 ^ 0x5c;
    SHA256_Init(&mac->outer);
    SHA256_Update(&mac->outer, block, sizeof block);
}

void en_hmac_sign(const en_hmac *mac, const void *bytes, size_t n, en_hash out) {
    SHA256_CTX state = mac->inner;
    SHA256_Update(&state, bytes, n);
    SHA256_Final(out, &state);
    state = mac->outer;
    SHA256_Update(&state, out, EN_HASH);
    SHA256_Final(out, &state);
}

void en_merkle_leaf(const void *bytes, size_t n, en_hash out) {
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, "\0", 1);
    SHA256_Update(&state, bytes, n);
    SHA256_Final(out, &state);
}

static void join(const en_hash left, const en_hash right, en_hash out) {
    unsigned char both[1 + 2 * EN_HASH] = {1};
    memcpy(both + 1, left, EN_HASH);
    memcpy(both + 1 + EN_HASH, right, EN_HASH);
    SHA256(both, sizeof both, out);
}

void en_merkle_add(en_merkle *tree, const en_hash leaf) {
    memcpy(tree->roots[tree->n_roots++], leaf, EN_HASH);
    for (uint64_t bits = tree->leaves++; bits & 1; bits >>= 1) {
        tree->n_roots--;
        join(tree->roots[tree->n_roots - 1], tree->roots[tree->n_roots], tree->roots[tree->n_roots - 1]);
    }
}

void en_merkle_root(const en_merkle *tree, en_hash out) {
    if (tree->n_roots == 0) {
        en_sha256(EN_LIT(""), out);
        return;
    }
    memcpy(out, tree->roots[tree->n_roots - 1], EN_HASH);
    for (int i = tree->n_roots - 2; i >= 0; i--) join(tree->roots[i], out, out);
}

void en_sha256_text(en_str bytes, char hex[65]) {
    en_hash hash;
    en_sha256(bytes, hash);
    en_hex(hash, EN_HASH, hex);
}

void en_merkle_root_of(const en_hash *leaves, uint64_t n, en_hash out) {
    en_merkle tree = {0};
    for (uint64_t i = 0; i < n; i++) en_merkle_add(&tree, leaves[i]);
    en_merkle_root(&tree, out);
}

/* ---- proofs ---- */

/* The largest power of two below n, n > 1. */
static uint64_t split(uint64_t n) {
    uint64_t k = 1;
    while (k << 1 < n) k <<= 1;
    return k;
}

static void add_root(en_proof *proof, const en_hash *leaves, uint64_t n) {
    en_merkle_root_of(leaves, n, proof->path[proof->n++]);
}

/* A tree of 2^63 leaves has proofs of 64 hashes at the most, so the path has room. */
void en_merkle_inclusion(const en_hash *leaves, uint64_t n, uint64_t m, en_proof *out) {
    out->n = 0;
    en_hash above[EN_PROOF_MAX]; /* found from the root down, given from the leaf up */
    int depth = 0;
    while (n > 1) {
        uint64_t k = split(n);
        bool left = m < k;
        en_merkle_root_of(left ? leaves + k : leaves, left ? n - k : k, above[depth++]);
        if (!left) leaves += k, m -= k;
        n = left ? k : n - k;
    }
    while (depth > 0) memcpy(out->path[out->n++], above[--depth], EN_HASH);
}

/* SUBPROOF(m, D[n], whole) */
static void subproof(const en_hash *leaves, uint64_t n, uint64_t m, bool whole, en_proof *out) {
    if (m == n) {
        if (!whole) add_root(out, leaves, n);
        return;
    }
    uint64_t k = split(n);
    if (m <= k) {
        subproof(leaves, k, m, whole, out);
        add_root(out, leaves + k, n - k);
    } else {
        subproof(leaves + k, n - k, m - k, false, out);
        add_root(out, leaves, k);
    }
}

void en_merkle_consistency(const en_hash *leaves, uint64_t n, uint64_t m, en_proof *out) {
    out->n = 0;
    if (m > 0 && m <= n) subproof(leaves, n, m, true, out);
}

bool en_merkle_includes(const en_hash root, uint64_t n, const en_hash leaf, uint64_t m, const en_proof *proof) {
    if (m >= n) return false;
    uint64_t fn = m, sn = n - 1;
    en_hash r;
    memcpy(r, leaf, EN_HASH);
    for (int i = 0; i < proof->n; i++) {
        if (sn == 0) return false;
        if ((fn & 1) || fn == sn) {
            join(proof->path[i], r, r);
            while (!(fn & 1) && fn != 0) fn >>= 1, sn >>= 1;
        } else {
            join(r, proof->path[i], r);
        }
        fn >>= 1, sn >>= 1;
    }
    return sn == 0 && memcmp(r, root, EN_HASH) == 0;
}

bool en_merkle_extends(const en_hash root, uint64_t n, const en_hash old_root, uint64_t m, const en_proof *proof) {
    if (m == 0 || m > n) return false;
    if (m == n) return proof->n == 0 && memcmp(root, old_root, EN_HASH) == 0;
    bool power = (m & (m - 1)) == 0; /* the old root is then itself a node of the new tree */
    int at = power ? 0 : 1;
    if (proof->n < at + 1) return false;
    uint64_t fn = m - 1, sn = n - 1;
    en_hash old, new;
    memcpy(old, power ? old_root : proof->path[0], EN_HASH);
    memcpy(new, old, EN_HASH);
    while (fn & 1) fn >>= 1, sn >>= 1;
    for (; at < proof->n; at++) {
        if (sn == 0) return false;
        if ((fn & 1) || fn == sn) {
            join(proof->path[at], old, old);
            join(proof->path[at], new, new);
            while (!(fn & 1) && fn != 0) fn >>= 1, sn >>= 1;
        } else {
            join(new, proof->path[at], new);
        }
        fn >>= 1, sn >>= 1;
    }
    return sn == 0 && memcmp(old, old_root, EN_HASH) == 0 && memcmp(new, root, EN_HASH) == 0;
}
