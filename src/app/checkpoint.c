/* Checkpoints: the state of a case, signed, to be kept or published elsewhere, so that a rolled-back or rewritten file
 * shows. */
#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "app/keeping.h"
#include "base/os.h"

enum { CHECKPOINT_VERSION = 1, SEED = crypto_sign_SEEDBYTES, FILE_MOST = 1 << 16 };

/* ---- hex ---- */

static json_t *hex_json(const unsigned char *bytes, size_t n) {
    char hex[2 * EN_SIGNATURE + 1];
    return json_string(sodium_bin2hex(hex, sizeof hex, bytes, n));
}

static bool read_hex(const char *hex, unsigned char *out, size_t n) {
    size_t length;
    return hex && strlen(hex) == 2 * n && sodium_hex2bin(out, n, hex, 2 * n, NULL, &length, NULL) == 0 && length == n;
}

/* ---- this user's key ---- */

static en_status key_path(en_buf *out, en_error *err) {
    EN_TRY(en_os_config_dir(out, err));
    return en_buf_add(out, EN_LIT("/signing.key"), err);
}

static en_status make_key(const char *path, unsigned char seed[SEED], en_error *err) {
    char text[2 * SEED + 2];
    en_buf folder = {0};
    randombytes_buf(seed, SEED);
    sodium_bin2hex(text, sizeof text, seed, SEED);
    text[2 * (size_t)SEED] = '\n';
    en_status status = en_os_config_dir(&folder, err);
    if (status == EN_OK) status = en_os_make_dirs(folder.ptr, err);
    if (status == EN_OK) status = en_os_write_private(path, (en_str){text, 2 * (size_t)SEED + 1}, err);
    en_os_wipe(text, sizeof text);
    en_buf_clear(&folder);
    return status;
}

static en_status read_key(const char *path, unsigned char seed[SEED], en_error *err) {
    char text[2 * SEED + 1] = "";
    bool whole = en_os_read_start(path, text, 2 * (size_t)SEED);
    if (whole && read_hex(text, seed, SEED)) return en_os_wipe(text, sizeof text), EN_OK;
    en_fail(err, EN_ERR_CORRUPT, "is not a signing key");
    en_error_at(err, path, -1, NULL, -1);
    return en_error_mend(err, "put back the copy that was kept; if there is none, remove it and a new one is made"),
           EN_ERR_CORRUPT;
}

/* `secret` NULL: the public key alone, EN_ERR_NOT_FOUND where there is no key. */
static en_status signing_key(unsigned char public_key[EN_SIGNING_KEY], unsigned char secret[crypto_sign_SECRETKEYBYTES],
                             en_error *err) {
    en_buf path = {0};
    unsigned char seed[SEED], unused[crypto_sign_SECRETKEYBYTES];
    if (sodium_init() < 0) return en_fail(err, EN_ERR_UNSUPPORTED, "libsodium cannot start on this system");
    en_status status = key_path(&path, err);
    if (status == EN_OK && en_os_exists(path.ptr))
        status = read_key(path.ptr, seed, err);
    else if (status == EN_OK)
        status = secret ? make_key(path.ptr, seed, err) : en_fail(err, EN_ERR_NOT_FOUND, "there is no signing key");
    if (status == EN_OK) crypto_sign_seed_keypair(public_key, secret ? secret : unused, seed);
    en_os_wipe(seed, sizeof seed);
    en_os_wipe(unused, sizeof unused);
    en_buf_clear(&path);
    return status;
}

/* ---- what is signed ---- */

/* Lines of text: what it is, which case, how many entries, head, when. */
static en_status signed_text(const en_checkpoint *c, en_buf *out, en_error *err) {
    char first[2 * sizeof c->moment.first + 1], head[2 * sizeof c->moment.head + 1];
    sodium_bin2hex(first, sizeof first, c->moment.first, sizeof c->moment.first);
    sodium_bin2hex(head, sizeof head, c->moment.head, sizeof c->moment.head);
    return en_buf_addf(out, err, "everyname checkpoint 1\n%s\n%lld\n%s\n%lld\n", first, (long long)c->moment.entries,
                       head, (long long)c->at);
}

en_status en_app_checkpoint(const char *case_path, en_checkpoint *out, en_error *err) {
    en_case *c = NULL;
    en_buf text = {0};
    unsigned char secret[crypto_sign_SECRETKEYBYTES];
    *out = (en_checkpoint){.at = en_os_now()};
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = en_case_moment(c, &out->moment, err);
    en_case_close(c);
    if (status == EN_OK) status = signing_key(out->key, secret, err);
    if (status == EN_OK) status = signed_text(out, &text, err);
    if (status == EN_OK) crypto_sign_detached(out->signature, NULL, (const unsigned char *)text.ptr, text.len, secret);
    en_os_wipe(secret, sizeof secret);
    en_buf_clear(&text);
    return status;
}

static bool signature_holds(const en_checkpoint *c) {
    en_buf text = {0};
    bool holds = sodium_init() >= 0 && signed_text(c, &text, NULL) == EN_OK &&
                 crypto_sign_verify_detached(c->signature, (const unsigned char *)text.ptr, text.len, c->key) == 0;
    en_buf_clear(&text);
    return holds;
}

/* ---- its file ---- */

en_status en_checkpoint_print(const en_checkpoint *c, en_buf *out, en_error *err) {
    json_t *json =
        json_pack("{s:i, s:o, s:I, s:o, s:I, s:o, s:o}", "everyname_checkpoint", CHECKPOINT_VERSION, "case",
                  hex_json(c->moment.first, sizeof c->moment.first), "entries", (json_int_t)c->moment.entries, "head",
                  hex_json(c->moment.head, sizeof c->moment.head), "at", (json_int_t)c->at, "key",
                  hex_json(c->key, sizeof c->key), "signature", hex_json(c->signature, sizeof c->signature));
    char *text = json ? json_dumps(json, JSON_INDENT(1)) : NULL;
    en_status status = text ? en_buf_addf(out, err, "%s\n", text) : en_no_memory(err);
    free(text);
    json_decref(json);
    return status;
}

static bool parse(const json_t *json, en_checkpoint *out) {
    out->moment.entries = json_integer_value(json_object_get(json, "entries"));
    out->at = json_integer_value(json_object_get(json, "at"));
#define HEX(key, field) read_hex(json_string_value(json_object_get(json, key)), out->field, sizeof out->field)
    return json_integer_value(json_object_get(json, "everyname_checkpoint")) == CHECKPOINT_VERSION &&
           HEX("case", moment.first) && HEX("head", moment.head) && HEX("key", key) && HEX("signature", signature);
#undef HEX
}

en_status en_checkpoint_read(const char *path, en_checkpoint *out, en_error *err) {
    en_os_map map;
    *out = (en_checkpoint){0};
    EN_TRY(en_os_map_file(path, &map, err));
    json_t *json =
        map.bytes.len <= FILE_MOST ? json_loadb(map.bytes.ptr, map.bytes.len, JSON_REJECT_DUPLICATES, NULL) : NULL;
    bool sound = parse(json, out);
    json_decref(json);
    en_os_unmap(&map);
    if (sound) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "is not a checkpoint");
    en_error_at(err, path, -1, NULL, -1);
    return en_error_mend(err, "give a file that `everyname checkpoint` wrote"), EN_ERR_INPUT;
}

en_status en_app_check_checkpoint(const char *case_path, const char *checkpoint_path, en_checkpoint_check *out,
                                  en_error *err) {
    unsigned char own[EN_SIGNING_KEY];
    en_case *c = NULL;
    *out = (en_checkpoint_check){0};
    EN_TRY(en_checkpoint_read(checkpoint_path, &out->checkpoint, err));
    out->signature_holds = signature_holds(&out->checkpoint);
    out->own_key = signing_key(own, NULL, NULL) == EN_OK && memcmp(own, out->checkpoint.key, sizeof own) == 0;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = en_case_moment(c, &out->now, err);
    if (status == EN_OK) status = en_case_extends(c, &out->checkpoint.moment, &out->extends, &out->proof, err);
    en_case_close(c);
    return status;
}

en_status en_app_inclusion(const char *case_path, const char *id, en_inclusion *out, en_error *err) {
    en_case *c = NULL;
    en_id row;
    char kind;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = en_case_parse_any_id(c, id, &kind, &row, err);
    if (status == EN_OK && kind == 'n')
        status = en_fail(err, EN_ERR_INPUT, "%.60s is an entry; give the id of a row or a record", id);
    if (status == EN_OK) status = en_case_inclusion(c, row, 0, out, err);
    en_case_close(c);
    return status;
}
