/* A link run in the ledger: its model, what it was made from, what it changed; and the partitions derived from it. */
#include <math.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "app/json_text.h"
#include "app/link_case.h"
#include "app/link_model_json.h"
#include "app/link_partitions.h"
#include "base/os.h"
#include "everyname/text.h"

/* ---- what was decided, as JSON ---- */

static en_status add_strings(en_buf *out, const char *key, const char *const *texts, size_t n, en_error *err) {
    EN_TRY(en_json_text_key(out, false, key, err));
    for (size_t i = 0; i < n; i++) {
        EN_TRY(en_buf_add_char(out, i ? ',' : '[', err));
        EN_TRY(en_json_text_add(out, en_str_of(texts[i]), err));
    }
    return en_buf_add(out, n ? EN_LIT("]") : EN_LIT("[]"), err);
}

/* Ids with all digits of their entry, so that they stay unambiguous however the ledger grows. */
typedef struct id_printer {
    const en_entry *entries;
    int64_t n;
} id_printer;

static en_status add_id(const id_printer *p, en_buf *out, en_id id, en_error *err) {
    EN_TRY(en_buf_add(out, EN_LIT("\"p:"), err));
    for (int i = 0; i < 16; i++)
        EN_TRY(en_buf_addf(out, err, "%02x", id.entry <= p->n ? p->entries[id.entry - 1].random[i] : 0));
    return en_buf_addf(out, err, ".%lld\"", (long long)id.ordinal);
}

static en_status add_changes(const id_printer *p, en_buf *out, const char *key, const char *others,
                             const en_person_change *changes, int64_t n, en_error *err) {
    EN_TRY(en_json_text_key(out, false, key, err));
    EN_TRY(en_buf_add_char(out, '[', err));
    for (int64_t i = 0; i < n; i++) {
        EN_TRY(en_buf_add(out, i ? EN_LIT(",{\"person\":") : EN_LIT("{\"person\":"), err));
        EN_TRY(add_id(p, out, changes[i].id, err));
        EN_TRY(en_buf_addf(out, err, ",\"%s\":", others));
        for (int64_t k = 0; k < changes[i].n; k++) {
            EN_TRY(en_buf_add_char(out, k ? ',' : '[', err));
            EN_TRY(add_id(p, out, changes[i].other_ids[k], err));
        }
        EN_TRY(en_buf_add(out, EN_LIT("]}"), err));
    }
    return en_buf_add_char(out, ']', err);
}

static en_status add_settings(const case_linker *l, en_buf *out, en_error *err) {
    const en_link_result *link = &l->out->link;
    EN_TRY(en_buf_addf(
        out, err, "\"everyname\":\"" EN_VERSION "\",\"one_per_list\":%s,\"incremental\":%s,\"seed\":%llu",
        l->one_per_list ? "true" : "false", l->options->incremental ? "true" : "false", (unsigned long long)l->seed));
    EN_TRY(en_json_text_key(out, false, "precision", err));
    EN_TRY(en_json_text_real(out, link->precision, err));
    EN_TRY(en_json_text_key(out, false, "recall", err));
    EN_TRY(en_json_text_real(out, link->recall, err));
    EN_TRY(en_json_text_key(out, false, "found_by", err));
    EN_TRY(en_json_text_add(out, en_str_of(link->found_by), err));
    return en_buf_addf(out, err, ",\"pairs_compared\":%lld,", (long long)link->pairs_compared);
}

static en_status add_said(const case_linker *l, en_buf *out, en_error *err) {
    const en_link_result *link = &l->out->link;
    const char *said[8], **fields = en_arena_alloc(l->records.arena, (l->records.n_fields + 1) * sizeof *fields);
    size_t n = 0;
    if (!fields) return en_no_memory(err);
    for (size_t i = 0; i < l->records.n_fields; i++) fields[i] = l->records.fields[i].column;
    for (int i = 0; i < link->n_warnings; i++) said[n++] = link->warnings[i];
    EN_TRY(add_strings(out, "fields", fields, l->records.n_fields, err));
    return add_strings(out, "warnings", said, n, err);
}

/* All that decided the linkage, so that the run can be read, judged and used again. */
static en_status run_json(const case_linker *l, en_buf *out, en_error *err) {
    const en_link_changes *changes = &l->out->changes;
    en_entry *entries;
    int64_t n;
    EN_TRY(en_case_entries(l->c, l->records.arena, &entries, &n, err));
    id_printer printer = {entries, n};
    EN_TRY(en_buf_add_char(out, '{', err));
    EN_TRY(add_settings(l, out, err));
    EN_TRY(en_link_model_members(&l->out->link.model, out, err));
    EN_TRY(add_said(l, out, err));
    EN_TRY(add_changes(&printer, out, "merged", "from", changes->merged, changes->n_merged, err));
    EN_TRY(add_changes(&printer, out, "split", "into", changes->split, changes->n_split, err));
    return en_buf_add_char(out, '}', err);
}

/* SHA-256 over ids and bytes of the records, in the order of the case. */
static en_status hash_input(const en_records *r, unsigned char out[32], en_error *err) {
    EVP_MD_CTX *sha = EVP_MD_CTX_new();
    bool ok = sha && EVP_DigestInit_ex(sha, EVP_sha256(), NULL);
    for (int64_t i = 0; ok && i < r->n; i++) {
        int64_t id[3] = {r->ids[i].entry, r->ids[i].ordinal, r->lengths[i]};
        ok = EVP_DigestUpdate(sha, id, sizeof id) &&
             EVP_DigestUpdate(sha, r->texts[r->source_of[i]].ptr + r->offsets[i], (size_t)r->lengths[i]);
    }
    ok = ok && EVP_DigestFinal_ex(sha, out, NULL);
    EVP_MD_CTX_free(sha);
    return ok ? EN_OK : en_no_memory(err);
}

/* ---- storing ---- */

static en_status store_rows(case_linker *l, en_link_run *run, en_entry *entry, en_error *err) {
    const en_records *r = &l->records;
    EN_TRY(en_case_begin(l->c, l->options->actor, "link", err));
    EN_TRY(case_linker_store_labels(l, err));
    EN_TRY(en_case_add_link_run(l->c, run, r->ids, l->persons, l->out->link.weakest, r->n, err));
    if (l->out->link.n_partitions) EN_TRY(en_partitions_store(l->c, run->id, &l->out->link, err));
    return en_case_commit(l->c, entry, err);
}

static en_status print_change(case_linker *l, en_person_change *change, en_arena *arena, en_error *err) {
    char text[EN_ID_TEXT];
    change->others = en_arena_alloc(arena, (size_t)change->n * sizeof *change->others);
    if (!change->others) return en_no_memory(err);
    for (int64_t k = -1; k < change->n; k++) {
        EN_TRY(en_case_print_id(l->c, 'p', k < 0 ? change->id : change->other_ids[k], text, err));
        const char *kept = en_arena_strdup(arena, en_str_of(text));
        if (!kept) return en_no_memory(err);
        *(k < 0 ? &change->person : &change->others[k]) = kept;
    }
    return EN_OK;
}

static en_status print_changes(case_linker *l, en_link_changes *changes, en_error *err) {
    for (int64_t i = 0; i < changes->n_merged; i++) EN_TRY(print_change(l, &changes->merged[i], changes->arena, err));
    for (int64_t i = 0; i < changes->n_split; i++) EN_TRY(print_change(l, &changes->split[i], changes->arena, err));
    return EN_OK;
}

en_status case_linker_store(case_linker *l, en_error *err) {
    en_link_run run = {.seed = l->seed,
                       .n_records = l->records.n,
                       .n_persons = l->out->link.n_persons,
                       .undecided_pairs = l->out->link.undecided_pairs};
    en_entry entry;
    en_buf json = {0};
    EN_TRY(hash_input(&l->records, run.input_hash, err));
    en_status status = run_json(l, &json, err);
    run.model = json.ptr;
    if (status == EN_OK) status = store_rows(l, &run, &entry, err);
    en_buf_clear(&json);
    if (status != EN_OK) return status;
    EN_TRY(en_case_print_id(l->c, 'u', run.id, l->out->run, err));
    EN_TRY(print_changes(l, &l->out->changes, err));
    return en_case_print_id(l->c, 'n', (en_id){entry.number, 0}, l->out->entry, err);
}
