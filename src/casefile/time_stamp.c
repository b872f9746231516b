#include "casefile/time_stamp.h"

#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <stdlib.h>
#include <string.h>

enum { NONCE = 8, ANSWER_MOST = 1 << 20 };

static en_status fail_openssl(en_error *err, en_status status, const char *what) {
    unsigned long code = ERR_peek_last_error();
    const char *reason = code ? ERR_reason_error_string(code) : NULL;
    ERR_clear_error();
    return en_fail(err, status, "%s%s%s", what, reason ? ": " : "", reason ? reason : "");
}

/* ---- the request ---- */

static TS_MSG_IMPRINT *make_imprint(const en_hash imprint) {
    TS_MSG_IMPRINT *out = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    unsigned char bytes[EN_HASH];
    memcpy(bytes, imprint, EN_HASH);
    bool made = out && algorithm && X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) &&
                TS_MSG_IMPRINT_set_algo(out, algorithm) && TS_MSG_IMPRINT_set_msg(out, bytes, EN_HASH);
    X509_ALGOR_free(algorithm);
    if (made) return out;
    TS_MSG_IMPRINT_free(out);
    return NULL;
}

static ASN1_INTEGER *make_nonce(void) {
    unsigned char bytes[NONCE];
    if (RAND_bytes(bytes, NONCE) != 1) return NULL;
    bytes[0] = (unsigned char)((bytes[0] & 0x7f) | 0x40); /* positive, and of the same length always */
    BIGNUM *number = BN_bin2bn(bytes, NONCE, NULL);
    ASN1_INTEGER *nonce = number ? BN_to_ASN1_INTEGER(number, NULL) : NULL;
    BN_free(number);
    return nonce;
}

en_status en_stamp_request(const en_hash imprint, en_buf *out, en_error *err) {
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *message = make_imprint(imprint);
    ASN1_INTEGER *nonce = make_nonce();
    unsigned char *der = NULL;
    int n = -1;
    if (request && message && nonce && TS_REQ_set_version(request, 1) && TS_REQ_set_msg_imprint(request, message) &&
        TS_REQ_set_nonce(request, nonce) && TS_REQ_set_cert_req(request, 1))
        n = i2d_TS_REQ(request, &der);
    en_status status =
        n > 0 ? en_buf_add(out, (en_str){(char *)der, (size_t)n}, err) : fail_openssl(err, EN_ERR_MEMORY, "no request");
    OPENSSL_free(der);
    ASN1_INTEGER_free(nonce);
    TS_MSG_IMPRINT_free(message);
    TS_REQ_free(request);
    return status;
}

/* ---- the answer ---- */

static en_status parse(en_str answer, TS_RESP **out, en_error *err) {
    const unsigned char *p = (const unsigned char *)answer.ptr;
    *out = answer.len <= ANSWER_MOST ? d2i_TS_RESP(NULL, &p, (long)answer.len) : NULL;
    if (!*out || (size_t)(p - (const unsigned char *)answer.ptr) != answer.len)
        return fail_openssl(err, EN_ERR_INPUT, "is not the answer of a time-stamping authority (RFC 3161)");
    long granted = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(*out)));
    if ((granted != TS_STATUS_GRANTED && granted != TS_STATUS_GRANTED_WITH_MODS) || !TS_RESP_get_token(*out) ||
        !TS_RESP_get_tst_info(*out))
        return en_fail(err, EN_ERR_INPUT, "the authority granted no stamp (status %ld)", granted);
    return EN_OK;
}

static bool read_imprint(TS_TST_INFO *info, en_hash out) {
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const ASN1_OBJECT *algorithm;
    X509_ALGOR_get0(&algorithm, NULL, NULL, TS_MSG_IMPRINT_get_algo(imprint));
    ASN1_OCTET_STRING *bytes = TS_MSG_IMPRINT_get_msg(imprint);
    if (OBJ_obj2nid(algorithm) != NID_sha256 || ASN1_STRING_length(bytes) != EN_HASH) return false;
    memcpy(out, ASN1_STRING_get0_data(bytes), EN_HASH);
    return true;
}

static bool read_time(TS_TST_INFO *info, int64_t *out) {
    ASN1_TIME *epoch = ASN1_TIME_set(NULL, 0);
    int days, seconds;
    bool read = epoch && ASN1_TIME_diff(&days, &seconds, epoch, TS_TST_INFO_get_time(info)) == 1;
    if (read) *out = (int64_t)days * 86400 + seconds;
    ASN1_TIME_free(epoch);
    return read;
}

static bool read_serial(TS_TST_INFO *info, char *out, size_t room) {
    BIGNUM *number = ASN1_INTEGER_to_BN(TS_TST_INFO_get_serial(info), NULL);
    char *hex = number ? BN_bn2hex(number) : NULL;
    bool read = hex && strlen(hex) < room;
    if (read) strcpy(out, hex);
    OPENSSL_free(hex);
    BN_free(number);
    return read;
}

static void read_authority(PKCS7 *token, char *out, size_t room) {
    STACK_OF(X509) *signers = PKCS7_get0_signers(token, NULL, 0);
    BIO *text = BIO_new(BIO_s_mem());
    out[0] = 0;
    if (signers && sk_X509_num(signers) > 0 && text &&
        X509_NAME_print_ex(text, X509_get_subject_name(sk_X509_value(signers, 0)), 0, XN_FLAG_RFC2253) >= 0) {
        int n = BIO_read(text, out, (int)room - 1);
        out[n > 0 ? n : 0] = 0;
    }
    BIO_free(text);
    sk_X509_free(signers);
    ERR_clear_error();
}

static en_status read_facts(TS_RESP *response, en_stamp_facts *out, en_error *err) {
    TS_TST_INFO *info = TS_RESP_get_tst_info(response);
    PKCS7 *token = TS_RESP_get_token(response);
    if (!read_imprint(info, out->imprint)) return en_fail(err, EN_ERR_INPUT, "the stamp is not of a SHA-256");
    if (!read_time(info, &out->at) || !read_serial(info, out->serial, sizeof out->serial))
        return fail_openssl(err, EN_ERR_INPUT, "the stamp has no time or no number");
    read_authority(token, out->authority, sizeof out->authority);
    if (PKCS7_verify(token, NULL, NULL, NULL, NULL, PKCS7_NOVERIFY) != 1)
        return fail_openssl(err, EN_ERR_INPUT, "the signature of the stamp does not hold");
    return EN_OK;
}

en_status en_stamp_read(en_str answer, en_stamp_facts *out, en_error *err) {
    TS_RESP *response = NULL;
    *out = (en_stamp_facts){0};
    en_status status = parse(answer, &response, err);
    if (status == EN_OK) status = read_facts(response, out, err);
    TS_RESP_free(response);
    return status;
}

/* ---- trust ---- */

static X509_STORE *store_of(en_str pem, int64_t at) {
    X509_STORE *store = X509_STORE_new();
    BIO *text = pem.len <= INT_MAX ? BIO_new_mem_buf(pem.ptr, (int)pem.len) : NULL;
    int n = 0;
    for (X509 *certificate; store && text && (certificate = PEM_read_bio_X509(text, NULL, NULL, NULL)) != NULL; n++) {
        X509_STORE_add_cert(store, certificate);
        X509_free(certificate);
    }
    ERR_clear_error(); /* that there is no further certificate */
    BIO_free(text);
    if (n) {
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), (time_t)at); /* certificates expire, stamps do not */
        return store;
    }
    X509_STORE_free(store);
    return NULL;
}

en_status en_stamp_trusted(en_str answer, en_str authority, en_error *err) {
    TS_RESP *response = NULL;
    en_stamp_facts facts;
    TS_VERIFY_CTX *context = TS_VERIFY_CTX_new();
    EN_TRY(context ? EN_OK : en_no_memory(err));
    en_status status = parse(answer, &response, err);
    if (status == EN_OK) status = read_facts(response, &facts, err);
    X509_STORE *store = status == EN_OK ? store_of(authority, facts.at) : NULL;
    if (status == EN_OK && !store) status = en_fail(err, EN_ERR_INPUT, "there is no certificate (PEM) of an authority");
    if (store) {
        TS_VERIFY_CTX_set_store(context, store); /* which owns it then */
        TS_VERIFY_CTX_set_flags(context, TS_VFY_VERSION | TS_VFY_SIGNATURE);
        if (TS_RESP_verify_token(context, TS_RESP_get_token(response)) != 1)
            status = fail_openssl(err, EN_ERR_INPUT, "the stamp is not by that authority");
    }
    TS_VERIFY_CTX_free(context);
    TS_RESP_free(response);
    return status;
}
