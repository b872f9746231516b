#include "casefile/hash.h"
#include "everyname/casefile.h"

#include <string.h>

void en_sha256(en_str bytes, en_hash out) { SHA256((const unsigned char *)bytes.ptr, bytes.len, out); }

void en_hash_hex(const unsigned char *bytes, size_t n, char *out) {
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < n; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * n] = 0;
}

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
    en_hash_hex(hash, EN_HASH, hex);
}
