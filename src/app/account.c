/* The account: a case, or one moment of it, as sources, records and persons. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "base/hex.h"
#include "base/os.h"

static const char *const dimension_names[EN_DIMENSIONS] = {"status",
                                                           "sex",
                                                           "age_group",
                                                           "place",
                                                           "month",
                                                           "cause",
                                                           "civilian_status",
                                                           "civilian_rule",
                                                           "directness",
                                                           "verification",
                                                           "source",
                                                           "lists",
                                                           "pattern",
                                                           "independent_sources",
                                                           "fate",
                                                           "whereabouts",
                                                           "parents",
                                                           "year",
                                                           "quarter",
                                                           "week",
                                                           "day",
                                                           "period",
                                                           "place:site",
                                                           "place:neighbourhood",
                                                           "place:settlement",
                                                           "place:district",
                                                           "place:province",
                                                           "place:country",
                                                           "place:region",
                                                           "ever",
                                                           "incident",
                                                           "family",
                                                           "alleged_party",
                                                           "complete"};

static const char *const rule_names[] = {"none",    "agreed", "reviewer", "sources",
                                         "release", "grade",  "earliest", "time"};
static const char *const rule_sentences[] = {
    "Nobody says anything.",
    "All who say something say the same.",
    "A reviewer chose it.",
    "Most independent sources give it.",
    "As many independent sources give others; it is of the latest release.",
    "As many independent sources of the same date give others; its source has the best grade.",
    "Nothing else decides: it is the earliest in the ledger.",
    "It is the latest of what was so."};

const char *en_rule_name(en_rule rule) { return rule_names[rule]; }
const char *en_rule_words(en_rule rule) { return rule_sentences[rule]; }

const char *en_dimension_name(en_dimension dimension) { return dimension_names[dimension]; }

const char *en_place_level_name(int level) {
    static const char *const names[EN_PLACE_LEVELS] = {"site",     "neighbourhood", "settlement", "district",
                                                       "province", "country",       "region"};
    return names[level];
}

const char *en_dimension_nothing(en_dimension dimension) {
    return dimension == EN_DIM_VERIFICATION    ? "not_verified"
           : dimension == EN_DIM_CIVILIAN_RULE ? "not_stated"
                                               : "unknown";
}

bool en_dimension_of(en_str name, en_dimension *out) {
    for (int i = 0; i < EN_DIMENSIONS; i++)
        if (en_str_eq(name, en_str_of(dimension_names[i]))) {
            *out = (en_dimension)i;
            return true;
        }
    return false;
}

/* ---- ids ---- */

/* Ids are printed once per entry and composed for each ordinal: a case has few entries and many records. */
typedef struct id_text {
    char text[EN_ID_TEXT];
} id_text;

static en_status print_entries(account_builder *b, en_error *err) {
    en_account *a = b->a;
    id_text *prefixes = account_take(b, a->entries + 1, sizeof *prefixes);
    if (!prefixes) return en_no_memory(err);
    for (int64_t e = 1; e <= a->entries; e++) {
        EN_TRY(en_case_print_id(b->c, 'r', (en_id){e, 0}, prefixes[e].text, err));
        char *dot = strrchr(prefixes[e].text, '.');
        if (dot) dot[1] = 0;
    }
    a->id_prefixes = prefixes;
    return EN_OK;
}

const char *en_account_print_id(const en_account *account, char kind, en_id id, char out[EN_ACCOUNT_ID]) {
    const id_text *prefixes = account->id_prefixes;
    snprintf(out, EN_ACCOUNT_ID, "%s%lld",
             id.entry > 0 && id.entry <= account->entries ? prefixes[id.entry].text : "r:?.", (long long)id.ordinal);
    out[0] = kind;
    return out;
}

const char *en_account_id(const en_account *account, char kind, en_id id) {
    char text[EN_ACCOUNT_ID];
    const char *kept = en_arena_strdup(account->arena, en_str_of(en_account_print_id(account, kind, id, text)));
    return kept ? kept : "";
}

/* ---- opening ---- */

static void hex_head(const en_entry *entry, char out[65]) { en_hex(entry->head, sizeof entry->head, out); }

/* The ledger entry whose head begins with `head`; the newest where it is NULL. */
static en_status find_moment(account_builder *b, const char *head, int64_t *entry, en_error *err) {
    en_entry *entries;
    int64_t n;
    EN_TRY(en_case_entries(b->c, b->a->arena, &entries, &n, err));
    b->a->entries = n;
    for (int64_t i = n - 1; i >= 0; i--) {
        hex_head(&entries[i], b->a->head);
        if (head && strncmp(b->a->head, head, strlen(head)) != 0) continue;
        *entry = entries[i].number;
        return EN_OK;
    }
    en_fail(err, EN_ERR_NOT_FOUND, "the ledger never had the head %s", head ? head : "");
    en_error_mend(err, "the number is of another case, or of a ledger that was rolled back");
    return EN_ERR_NOT_FOUND;
}

/* Terms that the program itself uses of persons, those that the case added among them. */
static en_status note_terms(account_builder *b, en_error *err) {
    static const char *const of[] = {"sex",          "status", "status_event",    "fate",      "whereabouts",
                                     "verification", "cause",  "civilian_status", "directness"};
    int32_t n = 0;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        n += (int32_t)json_array_size(json_object_get(en_model_vocabulary(&b->model, of[i]), "terms"));
    if (!(b->a->terms = account_take(b, n, sizeof *b->a->terms))) return en_no_memory(err);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const json_t *terms = json_object_get(en_model_vocabulary(&b->model, of[i]), "terms"), *term;
        size_t k;
        json_array_foreach(terms, k, term) {
            const char *code = json_string_value(json_object_get(term, "code"));
            if (!(b->a->terms[b->a->n_terms++] = en_arena_strdup(b->a->arena, en_str_of(code))))
                return en_no_memory(err);
        }
    }
    return EN_OK;
}

static en_status build(const char *case_path, const char *head, account_builder *b, en_error *err) {
    int64_t up_to = 0;
    EN_TRY(en_case_open(case_path, false, &b->c, err));
    EN_TRY(find_moment(b, head, &up_to, err));
    EN_TRY(en_records_load(b->c, up_to, NULL, &b->records, err));
    b->up_to = up_to;
    EN_TRY(en_text_open(&b->text, err));
    EN_TRY(en_model_open(b->c, &b->model, err));
    EN_TRY(en_vocabulary_open_all(b->text, b->words, err));
    EN_TRY(note_terms(b, err));
    EN_TRY(print_entries(b, err));
    EN_TRY(account_describe_sources(b, err));
    EN_TRY(account_state_values(b, err));
    return account_make_persons(b, up_to, err);
}

static en_status open_with(const char *case_path, const char *head, int partition, en_account *out, en_error *err) {
    *out = (en_account){
        .arena = en_arena_new(), .case_path = case_path, .precision = NAN, .recall = NAN, .generated = en_os_now()};
    account_builder b = {.a = out, .partition = partition};
    en_status status = out->arena ? build(case_path, head, &b, err) : en_no_memory(err);
    /* Sources and texts are lent by the records' arena, which the account keeps. */
    out->records_arena = b.records.arena;
    b.records.arena = NULL;
    en_records_clear(&b.records);
    en_map_clear(&b.values);
    en_map_clear(&b.places);
    en_map_clear(&b.place_names);
    for (int i = 0; i < EN_VOCABULARIES; i++) en_vocabulary_clear(&b.words[i]);
    en_model_close(&b.model);
    free(b.claims);
    en_text_close(b.text);
    en_case_close(b.c);
    if (status != EN_OK) en_account_clear(out);
    return status;
}

en_status en_account_open(const char *case_path, const char *head, en_account *out, en_error *err) {
    return open_with(case_path, head, -1, out, err);
}

en_status en_account_open_partition(const en_account *account, int partition, en_account *out, en_error *err) {
    return open_with(account->case_path, account->head, partition, out, err);
}

void en_account_clear(en_account *account) {
    en_arena_free(account->records_arena);
    en_arena_free(account->arena);
    *account = (en_account){0};
}
