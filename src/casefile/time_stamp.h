/* RFC 3161 time stamps: requests, and answers of an authority, by OpenSSL. No network: files go in and come out. */
#ifndef EN_CASEFILE_TIME_STAMP_H
#define EN_CASEFILE_TIME_STAMP_H

#include "base/buf.h"
#include "casefile/hash.h"

typedef struct en_stamp_facts {
    int64_t at;                      /* seconds since 1970 UTC, as the authority says */
    char serial[80], authority[256]; /* hex; the distinguished name of who signed */
    en_hash imprint;
} en_stamp_facts;

/* A request, DER, for SHA-256 `imprint`, with a nonce, asking for the authority's certificate. */
en_status en_stamp_request(const en_hash imprint, en_buf *out, en_error *err);
/* What an answer (a TimeStampResp, DER) says. Its signature holds by the certificate that it carries; whether that is
 * an authority's only the next call can tell. EN_ERR_INPUT where it is no answer, was refused, or the signature is
 * wrong. */
en_status en_stamp_read(en_str answer, en_stamp_facts *out, en_error *err);
/* Whether the certificate leads to one of those in `authority` (PEM), at the time of the stamp. */
en_status en_stamp_trusted(en_str answer, en_str authority, en_error *err);

#endif
