/* Who can open an encrypted case. One random data key encrypts its pages; NAME.everyname.keys wraps it once for each
 * person, under a key that Argon2id makes of the passphrase. The data keys that were unwrapped stay in this process. */
#include "casefile/case_keys.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"

enum {
    KEYS_VERSION = 1,
    /* Argon2id over 256 MiB in 3 passes takes 0.3 to 1 s on a machine of 2020 to 2026. */
    KDF_PASSES = 3,
    KDF_MEMORY = 256 << 20,
    KDF_MOST_PASSES = 16, /* of a file of keys that may come from anyone */
    KDF_MOST_MEMORY = 1 << 30,
    SALT = crypto_pwhash_SALTBYTES,
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    WRAPPED = NONCE + EN_DATA_KEY + crypto_aead_xchacha20poly1305_ietf_ABYTES,
    SLOTS_MAX = 64,
    NAME_MAX_BYTES = 127,
    PASSPHRASE_LEAST = 8,
    PASSPHRASE_MOST = 1024,
    KEYS_FILE_MOST = 1 << 20
};

typedef struct slot {
    char name[NAME_MAX_BYTES + 1];
    int64_t added;
    unsigned char wrapped[WRAPPED];
} slot;

typedef struct key_file {
    char *path;
    unsigned char mark[EN_CASE_MARK], salt[SALT];
    int64_t passes, memory;
    int n;
    slot slots[SLOTS_MAX];
} key_file;

/* ---- secrets ---- */

static en_status start_sodium(en_error *err) {
    return sodium_init() >= 0 ? EN_OK : en_fail(err, EN_ERR_UNSUPPORTED, "libsodium cannot start on this system");
}

unsigned char *en_secret_new(size_t n) { return sodium_init() >= 0 ? sodium_malloc(n) : NULL; }

void en_secret_free(unsigned char *secret) { sodium_free(secret); }

/* ---- data keys that this process has unlocked ---- */

enum { UNLOCKED_MAX = 16 };
static struct {
    unsigned char mark[EN_CASE_MARK];
    unsigned char *key; /* NULL: free */
} unlocked[UNLOCKED_MAX];
static int next_unlocked;

static sqlite3_mutex *unlocked_mutex(void) {
    return sqlite3_initialize() == SQLITE_OK ? sqlite3_mutex_alloc(SQLITE_MUTEX_STATIC_APP1) : NULL;
}

static int find_unlocked(const unsigned char mark[EN_CASE_MARK]) {
    for (int i = 0; i < UNLOCKED_MAX; i++)
        if (unlocked[i].key && memcmp(unlocked[i].mark, mark, EN_CASE_MARK) == 0) return i;
    return -1;
}

static bool copy_unlocked(const unsigned char mark[EN_CASE_MARK], unsigned char *key) {
    sqlite3_mutex *mutex = unlocked_mutex();
    sqlite3_mutex_enter(mutex);
    int i = find_unlocked(mark);
    if (i >= 0) memcpy(key, unlocked[i].key, EN_DATA_KEY);
    sqlite3_mutex_leave(mutex);
    return i >= 0;
}

/* Takes the key over; the oldest makes room where there are many. */
static void keep_unlocked(const unsigned char mark[EN_CASE_MARK], unsigned char *key) {
    sqlite3_mutex *mutex = unlocked_mutex();
    sqlite3_mutex_enter(mutex);
    int i = find_unlocked(mark);
    if (i < 0) i = next_unlocked++ % UNLOCKED_MAX;
    en_secret_free(unlocked[i].key);
    memcpy(unlocked[i].mark, mark, EN_CASE_MARK);
    unlocked[i].key = key;
    sqlite3_mutex_leave(mutex);
}

void en_case_lock_all(void) {
    sqlite3_mutex *mutex = unlocked_mutex();
    sqlite3_mutex_enter(mutex);
    for (int i = 0; i < UNLOCKED_MAX; i++) {
        en_secret_free(unlocked[i].key);
        unlocked[i].key = NULL;
    }
    sqlite3_mutex_leave(mutex);
}

/* ---- the file of keys ---- */

static en_status keys_path(const char *path, char **out, en_error *err) {
    size_t room = strlen(path) + sizeof ".keys";
    if (!(*out = malloc(room))) return en_no_memory(err);
    snprintf(*out, room, "%s.keys", path);
    return EN_OK;
}

static void clear_keys(key_file *keys) {
    free(keys->path);
    *keys = (key_file){0};
}

static bool read_hex(const json_t *object, const char *key, unsigned char *out, size_t n) {
    const char *hex = json_string_value(json_object_get(object, key));
    return hex && strlen(hex) == 2 * n && en_hash_from_hex(hex, out, n);
}

static bool read_slot(const json_t *json, slot *out) {
    const char *name = json_string_value(json_object_get(json, "name"));
    if (!name || !name[0] || strlen(name) > NAME_MAX_BYTES) return false;
    snprintf(out->name, sizeof out->name, "%s", name);
    out->added = json_integer_value(json_object_get(json, "added"));
    return read_hex(json, "key", out->wrapped, WRAPPED);
}

static bool read_key_file(const json_t *json, key_file *out) {
    const json_t *kdf = json_object_get(json, "kdf"), *slots = json_object_get(json, "slots");
    const char *name = json_string_value(json_object_get(kdf, "name"));
    if (json_integer_value(json_object_get(json, "everyname_keys")) != KEYS_VERSION || !name ||
        strcmp(name, "argon2id13") != 0 || !read_hex(json, "case", out->mark, EN_CASE_MARK) ||
        !read_hex(kdf, "salt", out->salt, SALT))
        return false;
    out->passes = json_integer_value(json_object_get(kdf, "passes"));
    out->memory = json_integer_value(json_object_get(kdf, "memory"));
    if (out->passes < 1 || out->passes > KDF_MOST_PASSES || out->memory < crypto_pwhash_argon2id_MEMLIMIT_MIN ||
        out->memory > KDF_MOST_MEMORY || json_array_size(slots) < 1 || json_array_size(slots) > SLOTS_MAX)
        return false;
    for (; out->n < (int)json_array_size(slots); out->n++)
        if (!read_slot(json_array_get(slots, (size_t)out->n), &out->slots[out->n])) return false;
    return true;
}

static en_status keys_are_missing(const char *path, en_error *err) {
    en_fail(err, EN_ERR_LOCKED, "the case is encrypted, and its file of keys is not beside it");
    en_error_at(err, path, -1, NULL, -1);
    return en_error_mend(err, "put %.180s.keys back", path), EN_ERR_LOCKED;
}

static en_status load_keys(const char *path, key_file *out, en_error *err) {
    en_os_map map = {0};
    json_t *json = NULL;
    *out = (key_file){0};
    EN_TRY(keys_path(path, &out->path, err));
    en_status status = en_os_map_file(out->path, &map, err);
    if (status == EN_ERR_NOT_FOUND) status = keys_are_missing(path, err);
    if (status == EN_OK && map.bytes.len <= KEYS_FILE_MOST)
        json = json_loadb(map.bytes.ptr, map.bytes.len, JSON_REJECT_DUPLICATES, NULL);
    if (status == EN_OK && !read_key_file(json, out)) {
        status = en_fail(err, EN_ERR_CORRUPT, "is not the file of keys of a case");
        en_error_at(err, out->path, -1, NULL, -1);
        en_error_mend(err, "put back the copy of it that was kept; without it the case cannot be opened");
    }
    json_decref(json);
    en_os_unmap(&map);
    if (status != EN_OK) clear_keys(out);
    return status;
}

static json_t *hex_json(const unsigned char *bytes, size_t n) {
    char hex[2 * WRAPPED + 1];
    en_hex(bytes, n, hex);
    return json_string(hex);
}

static en_status save_keys(const key_file *keys, en_error *err) {
    json_t *slots = json_array();
    for (int i = 0; i < keys->n; i++)
        json_array_append_new(slots, json_pack("{s:s, s:I, s:o}", "name", keys->slots[i].name, "added",
                                               (json_int_t)keys->slots[i].added, "key",
                                               hex_json(keys->slots[i].wrapped, WRAPPED)));
    json_t *json =
        json_pack("{s:i, s:o, s:{s:s, s:I, s:I, s:o}, s:o}", "everyname_keys", KEYS_VERSION, "case",
                  hex_json(keys->mark, EN_CASE_MARK), "kdf", "name", "argon2id13", "passes", (json_int_t)keys->passes,
                  "memory", (json_int_t)keys->memory, "salt", hex_json(keys->salt, SALT), "slots", slots);
    char *text = json ? json_dumps(json, JSON_INDENT(1)) : NULL;
    en_status status = text ? en_os_write_private(keys->path, en_str_of(text), err) : en_no_memory(err);
    free(text);
    json_decref(json);
    return status;
}

/* ---- wrapping ---- */

static en_status check_passphrase(en_str passphrase, en_error *err) {
    if (passphrase.len >= PASSPHRASE_LEAST && passphrase.len <= PASSPHRASE_MOST) return EN_OK;
    en_fail(err, EN_ERR_USAGE, "a passphrase has at least %d and at most %d bytes", PASSPHRASE_LEAST, PASSPHRASE_MOST);
    return en_error_mend(err, "take some words that nobody would guess together"), EN_ERR_USAGE;
}

/* The wrapping key; in secret memory. */
static en_status stretch(const key_file *keys, en_str passphrase, unsigned char *out, en_error *err) {
    if (crypto_pwhash(out, EN_DATA_KEY, passphrase.ptr, passphrase.len, keys->salt, (unsigned long long)keys->passes,
                      (size_t)keys->memory, crypto_pwhash_ALG_ARGON2ID13) == 0)
        return EN_OK;
    en_fail(err, EN_ERR_MEMORY, "there is not the memory that unlocking takes (%lld MiB)",
            (long long)(keys->memory >> 20));
    return EN_ERR_MEMORY;
}

/* What a slot's tag covers beside the key: whose slot it is, of which case. */
static size_t slot_context(const key_file *keys, const slot *s, unsigned char out[EN_CASE_MARK + NAME_MAX_BYTES + 1]) {
    size_t n = strlen(s->name);
    memcpy(out, keys->mark, EN_CASE_MARK);
    memcpy(out + EN_CASE_MARK, s->name, n);
    return EN_CASE_MARK + n;
}

static void wrap(const key_file *keys, const unsigned char *wrapping, const unsigned char *data_key, slot *out) {
    unsigned char context[EN_CASE_MARK + NAME_MAX_BYTES + 1];
    size_t n = slot_context(keys, out, context);
    randombytes_buf(out->wrapped, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out->wrapped + NONCE, NULL, data_key, EN_DATA_KEY, context, n, NULL,
                                               out->wrapped, wrapping);
}

/* Tries every slot, whether or not one has opened, so that the time tells nothing. */
static bool unwrap(const key_file *keys, const unsigned char *wrapping, unsigned char *data_key,
                   unsigned char *scratch) {
    bool opened = false;
    for (int i = 0; i < keys->n; i++) {
        unsigned char context[EN_CASE_MARK + NAME_MAX_BYTES + 1];
        size_t n = slot_context(keys, &keys->slots[i], context);
        if (crypto_aead_xchacha20poly1305_ietf_decrypt(scratch, NULL, NULL, keys->slots[i].wrapped + NONCE,
                                                       WRAPPED - NONCE, context, n, keys->slots[i].wrapped,
                                                       wrapping) != 0)
            continue;
        memcpy(data_key, scratch, EN_DATA_KEY);
        opened = true;
    }
    return opened;
}

static en_status add_slot(key_file *keys, const char *name, en_str passphrase, const unsigned char *data_key,
                          en_error *err) {
    slot *s = &keys->slots[keys->n];
    unsigned char *wrapping = en_secret_new(EN_DATA_KEY);
    if (!wrapping) return en_no_memory(err);
    snprintf(s->name, sizeof s->name, "%s", name);
    s->added = en_os_now();
    en_status status = stretch(keys, passphrase, wrapping, err);
    if (status == EN_OK) {
        wrap(keys, wrapping, data_key, s);
        keys->n++;
    }
    en_secret_free(wrapping);
    return status;
}

static en_status check_name(const key_file *keys, const char *name, en_error *err) {
    if (!name || !name[0] || strlen(name) > NAME_MAX_BYTES)
        return en_fail(err, EN_ERR_USAGE, "the name of a key has at least 1 and at most %d bytes", NAME_MAX_BYTES);
    for (int i = 0; i < keys->n; i++)
        if (strcmp(keys->slots[i].name, name) == 0) return en_fail(err, EN_ERR_INPUT, "\"%s\" has a key already", name);
    if (keys->n == SLOTS_MAX) return en_fail(err, EN_ERR_LIMIT, "a case has at most %d keys", SLOTS_MAX);
    return EN_OK;
}

/* ---- what others call ---- */

static const unsigned char clear_header[] = {EN_PAGE_SIZE >> 8, 0, 1, 1, EN_CIPHER_RESERVED, 64, 32, 32};

en_status en_case_look_at_lock(const char *path, en_case_lock *out, en_error *err) {
    unsigned char start[24];
    char *beside = NULL;
    key_file keys;
    *out = (en_case_lock){0};
    /* One that is shorter or cannot be read is told of when it is opened. */
    if (!en_os_read_start(path, start, sizeof start) || memcmp(start, "SQLite format 3", 16) == 0) return EN_OK;
    EN_TRY(keys_path(path, &beside, err));
    bool has_keys = en_os_exists(beside);
    free(beside);
    if (!has_keys) {
        if (memcmp(start + 16, clear_header, sizeof clear_header) != 0) return EN_OK;
        return keys_are_missing(path, err);
    }
    EN_TRY(load_keys(path, &keys, err));
    out->encrypted = true;
    memcpy(out->mark, keys.mark, EN_CASE_MARK);
    clear_keys(&keys);
    return EN_OK;
}

bool en_case_is_encrypted(const char *path) {
    en_case_lock lock;
    en_status status = en_os_exists(path) ? en_case_look_at_lock(path, &lock, NULL) : EN_ERR_NOT_FOUND;
    return status == EN_ERR_LOCKED || (status == EN_OK && lock.encrypted);
}

bool en_case_is_unlocked(const char *path) {
    en_case_lock lock;
    if (en_case_look_at_lock(path, &lock, NULL) != EN_OK || !lock.encrypted) return false;
    sqlite3_mutex *mutex = unlocked_mutex();
    sqlite3_mutex_enter(mutex);
    bool found = find_unlocked(lock.mark) >= 0;
    sqlite3_mutex_leave(mutex);
    return found;
}

en_status en_case_unlocked_key(const char *path, const unsigned char mark[EN_CASE_MARK], unsigned char *key,
                               en_error *err) {
    if (copy_unlocked(mark, key)) return EN_OK;
    en_fail(err, EN_ERR_LOCKED, "the case is encrypted");
    en_error_at(err, path, -1, NULL, -1);
    return en_error_mend(err, "give its passphrase: at the prompt, or by --passphrase-fd"), EN_ERR_LOCKED;
}

en_status en_case_unlock(const char *path, en_str passphrase, en_error *err) {
    key_file keys;
    EN_TRY(start_sodium(err));
    EN_TRY(load_keys(path, &keys, err));
    unsigned char *secrets = en_secret_new((size_t)2 * EN_DATA_KEY), *data_key = en_secret_new(EN_DATA_KEY);
    en_status status = secrets && data_key ? stretch(&keys, passphrase, secrets, err) : en_no_memory(err);
    if (status == EN_OK && !unwrap(&keys, secrets, data_key, secrets + EN_DATA_KEY)) {
        status = en_fail(err, EN_ERR_LOCKED, "the passphrase opens no key of this case");
        en_error_at(err, path, -1, NULL, -1);
    }
    if (status == EN_OK)
        keep_unlocked(keys.mark, data_key);
    else
        en_secret_free(data_key);
    en_secret_free(secrets);
    clear_keys(&keys);
    return status;
}

en_status en_case_make_keys(const char *path, const char *name, en_str passphrase, unsigned char mark[EN_CASE_MARK],
                            en_error *err) {
    key_file keys = {.passes = KDF_PASSES, .memory = KDF_MEMORY};
    EN_TRY(start_sodium(err));
    EN_TRY(check_passphrase(passphrase, err));
    EN_TRY(check_name(&keys, name, err));
    EN_TRY(keys_path(path, &keys.path, err));
    unsigned char *data_key = en_secret_new(EN_DATA_KEY);
    en_status status = data_key ? EN_OK : en_no_memory(err);
    if (status == EN_OK && en_os_exists(keys.path)) {
        status = en_fail(err, EN_ERR_INPUT, "exists already");
        en_error_at(err, keys.path, -1, NULL, -1);
        en_error_mend(err, "choose another name; if no case belongs to these keys any more, remove them first");
    }
    if (status == EN_OK) {
        randombytes_buf(keys.mark, EN_CASE_MARK);
        randombytes_buf(keys.salt, SALT);
        randombytes_buf(data_key, EN_DATA_KEY);
        status = add_slot(&keys, name, passphrase, data_key, err);
    }
    if (status == EN_OK) status = save_keys(&keys, err);
    if (status == EN_OK) {
        memcpy(mark, keys.mark, EN_CASE_MARK);
        keep_unlocked(keys.mark, data_key);
    } else {
        en_secret_free(data_key);
    }
    clear_keys(&keys);
    return status;
}

en_status en_case_keys(const char *path, en_arena *arena, en_key_slot **out, int64_t *n, en_error *err) {
    key_file keys;
    *n = 0;
    EN_TRY(load_keys(path, &keys, err));
    en_status status = EN_OK;
    if (!(*out = en_arena_alloc(arena, sizeof **out * (size_t)keys.n))) status = en_no_memory(err);
    for (int i = 0; status == EN_OK && i < keys.n; i++) {
        (*out)[i] = (en_key_slot){en_arena_strdup(arena, en_str_of(keys.slots[i].name)), keys.slots[i].added};
        if (!(*out)[i].name) status = en_no_memory(err);
    }
    *n = status == EN_OK ? keys.n : 0;
    clear_keys(&keys);
    return status;
}

en_status en_case_add_key(const char *path, const char *name, en_str passphrase, en_error *err) {
    key_file keys;
    EN_TRY(start_sodium(err));
    EN_TRY(check_passphrase(passphrase, err));
    EN_TRY(load_keys(path, &keys, err));
    unsigned char *data_key = en_secret_new(EN_DATA_KEY);
    en_status status = data_key ? check_name(&keys, name, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_unlocked_key(path, keys.mark, data_key, err);
    if (status == EN_OK) status = add_slot(&keys, name, passphrase, data_key, err);
    if (status == EN_OK) status = save_keys(&keys, err);
    en_secret_free(data_key);
    clear_keys(&keys);
    return status;
}

en_status en_case_remove_key(const char *path, const char *name, en_error *err) {
    key_file keys;
    EN_TRY(load_keys(path, &keys, err));
    int i = 0;
    while (i < keys.n && strcmp(keys.slots[i].name, name) != 0) i++;
    en_status status = EN_OK;
    if (i == keys.n) {
        status = en_fail(err, EN_ERR_NOT_FOUND, "\"%.100s\" has no key of this case", name);
    } else if (keys.n == 1) {
        status = en_fail(err, EN_ERR_INPUT, "it is the only key: without it nobody could open the case");
        en_error_mend(err, "add another key first");
    } else {
        memmove(&keys.slots[i], &keys.slots[i + 1], (size_t)(keys.n - i - 1) * sizeof *keys.slots);
        keys.n--;
        status = save_keys(&keys, err);
    }
    clear_keys(&keys);
    return status;
}
