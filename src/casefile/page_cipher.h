/* The page cipher of an encrypted case, on bytes: what SQLite3 Multiple Ciphers' "chacha20" writes, so that pages can
 * be made and checked without SQLite. docs/file-format.md has the formula. */
#ifndef EN_CASEFILE_PAGE_CIPHER_H
#define EN_CASEFILE_PAGE_CIPHER_H

#include "casefile/page_vfs.h"

enum {
    EN_DATA_KEY = 32,
    EN_CASE_MARK = 16,      /* random; the first bytes of an encrypted case, and in its file of keys */
    EN_CIPHER_RESERVED = 32 /* of each page: 16 bytes of nonce, 16 of tag */
};

/* Encrypts page `number` in place, under a nonce from the system's random bytes. */
void en_page_seal(const unsigned char key[EN_DATA_KEY], const unsigned char mark[EN_CASE_MARK], uint32_t number,
                  unsigned char page[EN_PAGE_SIZE]);
/* Decrypts page `number` in place; false, and the page as it was, where its tag is wrong. */
bool en_page_open(const unsigned char key[EN_DATA_KEY], uint32_t number, unsigned char page[EN_PAGE_SIZE]);

#endif
