/* SHA-256, HMAC with its keyed states kept, and Merkle trees as in RFC 6962, section 2.1. */
#ifndef EN_CASEFILE_HASH_H
#define EN_CASEFILE_HASH_H

/* The one-shot EVP interface costs more than the hash of a short row; SHA256_* is deprecated in OpenSSL 3, not slow. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#include "base/hex.h"
#include "everyname/casefile.h"

enum { EN_HASH = 32, EN_HASH_HEX = 65 };
typedef unsigned char en_hash[EN_HASH];

void en_sha256(en_str bytes, en_hash out);
/* Exactly n bytes from 2n lower-case digits; false otherwise. */
bool en_hash_from_hex(const char *hex, unsigned char *out, size_t n);

/* HMAC-SHA256 (RFC 2104) whose two keyed blocks are hashed once. */
typedef struct en_hmac {
    SHA256_CTX inner, outer;
} en_hmac;
void en_hmac_key(en_hmac *mac, const unsigned char key[EN_HASH]);
void en_hmac_sign(const en_hmac *mac, const void *bytes, size_t n, en_hash out);

/* A Merkle tree grown leaf by leaf: the roots of its complete subtrees, largest first, one a set bit of `leaves`. */
typedef struct en_merkle {
    uint64_t leaves;
    int n_roots;
    en_hash roots[64];
} en_merkle;                                                   /* zero-initialised is the empty tree */
void en_merkle_leaf(const void *bytes, size_t n, en_hash out); /* SHA-256(0x00 ‖ bytes) */
void en_merkle_add(en_merkle *tree, const en_hash leaf);
void en_merkle_root(const en_merkle *tree, en_hash out);
void en_merkle_root_of(const en_hash *leaves, uint64_t n, en_hash out);

/* Proofs (RFC 6962, 2.1.1 and 2.1.2): that leaf m, counted from 0, is in the tree of n leaves; that the tree of n
 * leaves extends that of its first m, 0 < m <= n. */
void en_merkle_inclusion(const en_hash *leaves, uint64_t n, uint64_t m, en_proof *out);
void en_merkle_consistency(const en_hash *leaves, uint64_t n, uint64_t m, en_proof *out);
/* Whether a proof holds, from it and the roots alone (RFC 9162, 2.1.3.2 and 2.1.4.2). */
bool en_merkle_includes(const en_hash root, uint64_t n, const en_hash leaf, uint64_t m, const en_proof *proof);
bool en_merkle_extends(const en_hash root, uint64_t n, const en_hash old_root, uint64_t m, const en_proof *proof);

#endif
