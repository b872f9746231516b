/* Who can open an encrypted case: the file of keys beside it, and the data keys that this process has unlocked. */
#ifndef EN_CASEFILE_CASE_KEYS_H
#define EN_CASEFILE_CASE_KEYS_H

#include "casefile/case.h"

/* What the first bytes of a file, and the file of keys beside it, say about encryption. */
typedef struct en_case_lock {
    bool encrypted;
    unsigned char mark[EN_CASE_MARK]; /* of the file of keys */
} en_case_lock;
en_status en_case_look_at_lock(const char *path, en_case_lock *out, en_error *err);

/* The data key that this process has unlocked for the case of that mark, into `key` (from en_secret_new).
 * EN_ERR_LOCKED where it has not. */
en_status en_case_unlocked_key(const char *path, const unsigned char mark[EN_CASE_MARK], unsigned char *key,
                               en_error *err);

/* A new case's mark and data key, unlocked in this process, and its file of keys with one slot. */
en_status en_case_make_keys(const char *path, const char *name, en_str passphrase, unsigned char mark[EN_CASE_MARK],
                            en_error *err);

/* Memory that is not swapped, and is wiped when it is freed. NULL where there is none. */
unsigned char *en_secret_new(size_t n);
void en_secret_free(unsigned char *secret); /* accepts NULL */

#endif
