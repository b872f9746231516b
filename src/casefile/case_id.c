/* Ids: the 128 random bits of a row's ledger entry and the row's place in it; locally two integers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/case.h"

/* ---- entries by their random id ---- */

/* The first place in by_random whose random is not below `random`. */
static int64_t lower_bound(const en_case *c, const unsigned char random[EN_RANDOM]) {
    int64_t low = 0, high = c->n_known;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (memcmp(c->by_random[middle].random, random, EN_RANDOM) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool en_known_has(const en_case *c, const unsigned char random[EN_RANDOM]) {
    int64_t at = lower_bound(c, random);
    return at < c->n_known && memcmp(c->by_random[at].random, random, EN_RANDOM) == 0;
}

static en_status grow_known(en_case *c, en_error *err) {
    if (c->n_known < c->known_cap) return EN_OK;
    int64_t cap = c->known_cap ? 2 * c->known_cap : 64;
    known_entry *known = realloc(c->known, (size_t)cap * sizeof *known);
    if (!known) return en_no_memory(err);
    c->known = known;
    known_entry *sorted = realloc(c->by_random, (size_t)cap * sizeof *sorted);
    if (!sorted) return en_no_memory(err);
    c->by_random = sorted;
    c->known_cap = cap;
    return EN_OK;
}

en_status en_known_add(en_case *c, const unsigned char random[EN_RANDOM], en_error *err) {
    EN_TRY(grow_known(c, err));
    int64_t at = lower_bound(c, random);
    known_entry entry = {.number = c->n_known + 1};
    memcpy(entry.random, random, EN_RANDOM);
    memmove(c->by_random + at + 1, c->by_random + at, (size_t)(c->n_known - at) * sizeof entry);
    c->by_random[at] = c->known[c->n_known++] = entry;
    return EN_OK;
}

void en_known_drop_last(en_case *c) {
    int64_t at = lower_bound(c, c->known[c->n_known - 1].random);
    c->n_known--;
    memmove(c->by_random + at, c->by_random + at + 1, (size_t)(c->n_known - at) * sizeof *c->by_random);
}

/* The random id of the entry that made `id`; NULL with the error set where there is no such entry. */
static const unsigned char *random_of(en_case *c, en_id id, en_error *err) {
    if (id.entry >= 1 && id.entry <= c->n_known && id.ordinal >= 0 && id.ordinal <= UINT32_MAX)
        return c->known[id.entry - 1].random;
    en_fail(err, EN_ERR_NOT_FOUND, "row %lld of ledger entry %lld does not exist", (long long)id.ordinal,
            (long long)id.entry);
    return NULL;
}

/* ---- global ids ---- */

en_status en_id_global(en_case *c, en_id id, char out[EN_GLOBAL_TEXT], en_error *err) {
    const unsigned char *random = random_of(c, id, err);
    if (!random) return EN_ERR_NOT_FOUND;
    en_hex(random, EN_RANDOM, out);
    snprintf(out + 2 * EN_RANDOM, EN_GLOBAL_TEXT - 2 * EN_RANDOM, ".%lld", (long long)id.ordinal);
    return EN_OK;
}

en_status en_id_bytes(en_case *c, en_id id, unsigned char out[24], en_error *err) {
    const unsigned char *random = random_of(c, id, err);
    if (!random) return EN_ERR_NOT_FOUND;
    memcpy(out, random, EN_RANDOM);
    for (int i = 0; i < 8; i++) out[EN_RANDOM + i] = (unsigned char)((uint64_t)id.ordinal >> (56 - 8 * i));
    return EN_OK;
}

/* Decimal digits without a sign or leading zeros, to the end of the text. */
static bool parse_ordinal(const char *text, int64_t *out) {
    size_t n = strspn(text, "0123456789");
    if (n == 0 || n > 10 || text[n] || (n > 1 && text[0] == '0')) return false;
    *out = strtoll(text, NULL, 10);
    return *out <= (int64_t)UINT32_MAX;
}

en_status en_id_from_global(en_case *c, const char *text, en_id *out, en_error *err) {
    *out = EN_ID_NONE;
    if (!text[0]) return EN_OK;
    char hex[2 * EN_RANDOM + 1];
    unsigned char random[EN_RANDOM];
    int64_t ordinal;
    if (strlen(text) < sizeof hex + 1 || text[2 * EN_RANDOM] != '.')
        return en_case_damaged(c, err, "a row refers to no id");
    memcpy(hex, text, 2 * EN_RANDOM);
    hex[2 * EN_RANDOM] = 0;
    if (!en_hash_from_hex(hex, random, EN_RANDOM) || !parse_ordinal(text + 2 * EN_RANDOM + 1, &ordinal))
        return en_case_damaged(c, err, "a row refers to no id");
    if (!en_known_has(c, random)) return en_case_damaged(c, err, "a row refers to an entry that the ledger lacks");
    *out = (en_id){c->by_random[lower_bound(c, random)].number, ordinal};
    return EN_OK;
}

/* ---- short ids ---- */

/* Letters of what is no row of the table `row`: a record, a person (its founding record), a ledger entry. */
static bool is_letter(char letter) {
    return letter == 'r' || letter == 'p' || letter == 'n' || en_kind_of_letter(letter) != NULL;
}

/* Hex digits that two randoms share at their start. */
static int shared_digits(const unsigned char *a, const unsigned char *b) {
    for (int i = 0; i < EN_RANDOM; i++)
        if (a[i] != b[i]) return 2 * i + (a[i] >> 4 == b[i] >> 4);
    return 2 * EN_RANDOM;
}

/* The fewest digits, at least 4, that no other entry's random begins with. */
static int digits_needed(const en_case *c, const unsigned char random[EN_RANDOM]) {
    int64_t at = lower_bound(c, random);
    int needed = 4;
    for (int64_t other = at - 1; other <= at + 1; other += 2) {
        if (other < 0 || other >= c->n_known) continue;
        int shared = shared_digits(c->by_random[other].random, random);
        if (shared >= needed) needed = shared + 1;
    }
    return needed;
}

en_status en_case_print_id(en_case *c, char kind, en_id id, char out[EN_ID_TEXT], en_error *err) {
    const unsigned char *random = random_of(c, id, err);
    char hex[2 * EN_RANDOM + 1];
    if (!is_letter(kind)) return en_fail(err, EN_ERR_USAGE, "no id begins with '%c'", kind);
    if (!random) return EN_ERR_NOT_FOUND;
    en_hex(random, EN_RANDOM, hex);
    hex[digits_needed(c, random)] = 0;
    if (kind == 'n')
        snprintf(out, EN_ID_TEXT, "n:%s", hex);
    else
        snprintf(out, EN_ID_TEXT, "%c:%s.%lld", kind, hex, (long long)id.ordinal);
    return EN_OK;
}

static en_status malformed(const char *text, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "\"%.60s\" is not an id", text);
    en_error_mend(err, "an id is a kind letter, a colon, digits of its ledger entry, a dot, a number: r:3f2a.17");
    return EN_ERR_INPUT;
}

static en_status no_such_id(const char *text, en_error *err) {
    en_fail(err, EN_ERR_NOT_FOUND, "%.60s: the case has no such id", text);
    return en_error_mend(err, "check that the id is of this case"), EN_ERR_NOT_FOUND;
}

/* The one entry whose random begins with `n` digits of `hex`. */
static en_status entry_of_prefix(en_case *c, const char *hex, size_t n, const char *text, int64_t *number,
                                 en_error *err) {
    char low[2 * EN_RANDOM + 1], other[2 * EN_RANDOM + 1];
    unsigned char random[EN_RANDOM];
    memset(low, '0', sizeof low);
    memcpy(low, hex, n);
    low[2 * EN_RANDOM] = 0;
    if (!en_hash_from_hex(low, random, EN_RANDOM)) return malformed(text, err);
    int64_t at = lower_bound(c, random);
    for (int64_t i = at; i < at + 2; i++) {
        if (i < c->n_known) en_hex(c->by_random[i].random, EN_RANDOM, other);
        bool matches = i < c->n_known && memcmp(other, hex, n) == 0;
        if (i == at && !matches) return no_such_id(text, err);
        if (i == at + 1 && matches) {
            en_fail(err, EN_ERR_INPUT, "%.60s is ambiguous", text);
            return en_error_mend(err, "give more of its digits"), EN_ERR_INPUT;
        }
    }
    *number = c->by_random[at].number;
    return EN_OK;
}

static en_status check_exists(en_case *c, char letter, en_id id, const char *text, en_error *err) {
    char sql[128] = "SELECT 1 FROM record WHERE id=?";
    const char *kind = en_kind_of_letter(letter);
    int64_t one;
    if (letter == 'n') return EN_OK;
    if (kind) sqlite3_snprintf((int)sizeof sql, sql, "SELECT 1 FROM row WHERE id=? AND kind='%q'", kind);
    en_status status = en_sql_int(c, sql, en_id_pack(id), &one, err);
    if (status != EN_ERR_NOT_FOUND) return status;
    status = en_sql_int(c, "SELECT reason='destroyed' FROM absent WHERE id=?", en_id_pack(id), &one, err);
    if (status != EN_OK) return status == EN_ERR_NOT_FOUND ? no_such_id(text, err) : status;
    en_fail(err, EN_ERR_NOT_FOUND, "%.60s %s", text, one ? "was destroyed" : "is withheld from this copy");
    return en_error_mend(err, "`everyname verify` says what was"), EN_ERR_NOT_FOUND;
}

static en_status parse(en_case *c, const char *text, char *kind, en_id *out, en_error *err) {
    EN_TRY(en_case_fresh(c, err));
    if (!is_letter(text[0]) || text[1] != ':') return malformed(text, err);
    const char *hex = text + 2;
    size_t n = strspn(hex, "0123456789abcdef");
    if (n == 0 || n > 2 * EN_RANDOM) return malformed(text, err);
    int64_t ordinal = 0;
    bool bare_entry = text[0] == 'n' && !hex[n];
    if (!bare_entry && (hex[n] != '.' || !parse_ordinal(hex + n + 1, &ordinal))) return malformed(text, err);
    int64_t number = 0;
    EN_TRY(entry_of_prefix(c, hex, n, text, &number, err));
    *kind = text[0];
    *out = (en_id){number, ordinal};
    return EN_OK;
}

en_status en_case_parse_id(en_case *c, const char *text, char *kind, en_id *out, en_error *err) {
    EN_TRY(parse(c, text, kind, out, err));
    return check_exists(c, *kind, *out, text, err);
}

en_status en_case_parse_any_id(en_case *c, const char *text, char *kind, en_id *out, en_error *err) {
    int64_t one;
    EN_TRY(parse(c, text, kind, out, err));
    en_status status = en_sql_int(c, "SELECT 1 FROM absent WHERE id=?", en_id_pack(*out), &one, err);
    return status == EN_ERR_NOT_FOUND ? check_exists(c, *kind, *out, text, err) : status;
}
