/* Persons of an account: the records that a link run joined, and the value of each dimension that a person shows.
 *
 * The rule for what is shown (docs/decisions/0010-resolution.md): a reviewer's choice; the value that most independent
 * sources give; among equals, that of the latest release, of the source with the best grade, of the earliest record in
 * the ledger. Disagreement is kept as `disputed`, and which part of the rule decided as `rule`. Unknown is a value like
 * any other when counting, and never outvotes a known one.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/lineage.h"
#include "app/link_partitions.h"
#include "base/buf.h"

/* ---- who is one person ---- */

typedef struct member {
    en_id person, record;
    int32_t index;
} member;

static int by_person_then_record(const void *x, const void *y) {
    const member *a = x, *b = y;
    int order = en_id_cmp(a->person, b->person);
    return order ? order : en_id_cmp(a->record, b->record);
}

static int by_record(const void *x, const void *y) {
    return en_id_cmp(((const member *)x)->record, ((const member *)y)->record);
}

static en_status copy_records(account_builder *b, en_error *err) {
    en_account *a = b->a;
    const en_records *r = &b->records;
    a->n_records = r->n;
    if (!(a->records = account_take(b, r->n, sizeof *a->records))) return en_no_memory(err);
    for (int64_t i = 0; i < r->n; i++)
        a->records[i] = (en_account_record){.id = r->ids[i],
                                            .source = r->source_of[i],
                                            .person = -1,
                                            .offset = r->offsets[i],
                                            .length = r->lengths[i],
                                            .weakest = 1};
    return EN_OK;
}

/* In place of the run's own persons those of one partition that it drew: each named by its first record. */
static en_status take_partition(account_builder *b, en_id run, const en_id *records, en_id *persons, en_error *err) {
    int n_partitions;
    int64_t n;
    int32_t *first;
    if (b->partition < 0) return EN_OK;
    EN_TRY(en_partitions_read(b->c, run, b->a->arena, &n_partitions, &n, &first, err));
    if (b->partition >= n_partitions)
        return en_fail(err, EN_ERR_NOT_FOUND, "the link run drew %d partitions, not %d", n_partitions,
                       b->partition + 1);
    first += b->partition * n;
    for (int64_t i = 0; i < n; i++) persons[i] = records[first[i]];
    return EN_OK;
}

/* Each current record with the person the newest link run (as of `up_to`) put it in; one that no run saw is a person of
 * its own. */
static en_status assign_members(account_builder *b, int64_t up_to, member *members, en_error *err) {
    en_account *a = b->a;
    en_link_run run;
    en_error none;
    for (int64_t i = 0; i < a->n_records; i++) members[i] = (member){a->records[i].id, a->records[i].id, (int32_t)i};
    en_status found = en_case_link_run_before(b->c, up_to, a->arena, &run, &none);
    if (found == EN_ERR_NOT_FOUND) return EN_OK;
    if (found != EN_OK) return err ? (*err = none, found) : found;
    en_id *records, *persons;
    float *weakest;
    int64_t n;
    EN_TRY(en_case_memberships(b->c, run.id, a->arena, &records, &persons, &weakest, &n, err));
    EN_TRY(take_partition(b, run.id, records, persons, err));
    a->linked = true;
    a->model = run.model;
    a->undecided_pairs = run.undecided_pairs;
    EN_TRY(en_case_print_id(b->c, 'u', run.id, a->run, err));
    member *run_members = malloc(((size_t)n + 1) * sizeof *run_members);
    if (!run_members) return en_no_memory(err);
    for (int64_t i = 0; i < n; i++) run_members[i] = (member){persons[i], records[i], (int32_t)i};
    qsort(run_members, (size_t)n, sizeof *run_members, by_record);
    for (int64_t i = 0; i < a->n_records; i++) {
        member key = {.record = a->records[i].id};
        const member *m = bsearch(&key, run_members, (size_t)n, sizeof key, by_record);
        if (!m) {
            a->link_is_stale = true;
            continue;
        }
        members[i].person = m->person;
        a->records[i].weakest = weakest[m->index];
    }
    free(run_members);
    return EN_OK;
}

/* How frequent values were names people; what reads an account may be published. */
static void leave_out_values(json_t *root) {
    json_t *comparison;
    size_t i;
    json_array_foreach(json_object_get(root, "comparisons"), i, comparison) { json_object_del(comparison, "terms"); }
}

static en_status read_model(en_account *a, en_error *err) {
    if (!a->model) return EN_OK;
    json_t *root = json_loads(a->model, 0, NULL);
    a->model = NULL;
    if (!root) return EN_OK;
    json_t *precision = json_object_get(root, "precision"), *recall = json_object_get(root, "recall");
    a->precision = json_is_number(precision) ? json_number_value(precision) : NAN;
    a->recall = json_is_number(recall) ? json_number_value(recall) : NAN;
    leave_out_values(root);
    char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(9));
    json_decref(root);
    a->model = text ? en_arena_strdup(a->arena, en_str_of(text)) : NULL;
    free(text);
    return a->model ? EN_OK : en_no_memory(err);
}

static en_status group_records(account_builder *b, int64_t up_to, en_error *err) {
    en_account *a = b->a;
    member *members = malloc(((size_t)a->n_records + 1) * sizeof *members);
    a->persons = account_take(b, a->n_records, sizeof *a->persons);
    a->person_records = account_take(b, a->n_records, sizeof *a->person_records);
    en_status status =
        members && a->persons && a->person_records ? assign_members(b, up_to, members, err) : en_no_memory(err);
    if (status == EN_OK) qsort(members, (size_t)a->n_records, sizeof *members, by_person_then_record);
    for (int64_t i = 0; status == EN_OK && i < a->n_records; i++) {
        if (i == 0 || !en_id_eq(members[i].person, members[i - 1].person))
            a->persons[a->n_persons++] = (en_account_person){.id = members[i].person, .first_record = (int32_t)i};
        a->persons[a->n_persons - 1].n_records++;
        a->person_records[i] = members[i].index;
        a->records[members[i].index].person = (int32_t)a->n_persons - 1;
    }
    free(members);
    return status == EN_OK ? read_model(a, err) : status;
}

/* ---- what a person shows ---- */

static bool is_same_span(const en_account_span *a, const account_voice *v) {
    return a->low == v->span.low && a->high == v->span.high;
}

/* Ages or dates that are said of a person, equal ones once with all who say so; a reviewer's choice stands alone. */
static void keep_spans(const account_voices *v, en_account_span *spans, int32_t *end, int32_t *first, int32_t *n) {
    const account_voice *of = v->has_chosen ? &v->chosen : v->of;
    int64_t voices = v->has_chosen ? 1 : v->n;
    *first = *end;
    *n = 0;
    for (int64_t i = 0; i < voices; i++) {
        int32_t k = 0;
        if (of[i].span.low > of[i].span.high) continue;
        while (k < *n && !is_same_span(&spans[*first + k], &of[i])) k++;
        en_account_span *span = &spans[*first + k];
        if (k == *n) *span = (en_account_span){of[i].span.low, of[i].span.high, EN_DAY_MIN, 'G', 0};
        *n += k == *n;
        span->groups |= of[i].group;
        if (of[i].released > span->released) span->released = of[i].released;
        if (of[i].grade < span->grade) span->grade = of[i].grade;
    }
    *end += *n;
}

static en_status show_stated(account_builder *b, en_account_person *p, account_voices *v, en_error *err) {
    en_rule rule;
    for (int d = 0; d < STATED; d++) {
        EN_TRY(account_gather_voices(b, p, d, v, err));
        int32_t value = account_vote(v, &rule, &p->disputed[d]);
        if (d == EN_DIM_AGE_GROUP) keep_spans(v, b->a->ages, &b->n_ages, &p->first_age, &p->n_ages);
        if (d == EN_DIM_MONTH) keep_spans(v, b->a->dates, &b->n_dates, &p->first_date, &p->n_dates);
        if (d == EN_DIM_PLACE) p->place = value < 0 ? -1 : b->place_of_value[value];
        if (d == EN_DIM_CIVILIAN_STATUS) v->civilian = value < 0 ? -2 : value;
        p->rule[d] = (uint8_t)rule;
        p->value[d] = value < 0 ? en_dimension_nothing((en_dimension)d) : b->value_text[value];
    }
    return EN_OK;
}

/* Known to be dead: some source says so and none says anything else about the fate. */
static bool known_dead(const account_builder *b, const en_account_person *p) {
    bool dead = false;
    for (int32_t i = 0; i < p->n_records; i++) {
        int32_t value = b->stated[EN_DIM_STATUS][b->a->person_records[p->first_record + i]];
        if (value < 0) continue;
        int32_t term = -1;
        const en_vocabulary *known = &b->words[EN_VOCABULARY_STATUS];
        for (int32_t t = 0; t < known->n_terms; t++)
            if (strcmp(known->codes[t], b->value_text[value]) == 0) term = t;
        if (term < 0 || !known->dead[term]) return false;
        dead = true;
    }
    return dead;
}

/* Known to be of age: some record states an age group of adults and none states an age that may be under 18. */
static bool known_adult(const account_builder *b, const en_account_person *p) {
    bool adult = false;
    for (int32_t i = 0; i < p->n_records; i++) {
        int32_t record = b->a->person_records[p->first_record + i];
        if (b->minor[record]) return false;
        adult |= b->stated[EN_DIM_AGE_GROUP][record] >= 0;
    }
    return adult;
}

static en_status add_name_part(en_buf *name, en_str part, en_error *err) {
    if (!part.len) return EN_OK;
    if (name->len) EN_TRY(en_buf_add_char(name, ' ', err));
    return en_buf_add(name, part, err);
}

/* Two words or more. */
static bool is_full(en_str name) {
    for (size_t i = 1; i + 1 < name.len; i++)
        if (name.ptr[i] == ' ') return true;
    return false;
}

static bool has_full_name(const account_builder *b, const en_account_person *p) {
    for (int32_t i = 0; i < p->n_records; i++) {
        int32_t record = b->a->person_records[p->first_record + i];
        if (is_full(account_cell(b, "name", record))) return true;
        if (account_cell(b, "given", record).len && account_cell(b, "family", record).len) return true;
    }
    return is_full(en_str_of(p->name));
}

/* A reviewer's choice, else as the first record that has one wrote it. */
static en_status name_person(account_builder *b, en_account_person *p, account_voices *v, en_buf *name, en_error *err) {
    EN_TRY(account_gather_voices(b, p, STATED_NAME, v, err));
    p->name = v->has_chosen ? b->value_text[v->chosen.value] : "";
    for (int32_t i = 0; i < p->n_records && !p->name[0]; i++) {
        int32_t record = b->a->person_records[p->first_record + i];
        name->len = 0;
        EN_TRY(add_name_part(name, account_cell(b, "name", record), err));
        if (!name->len) {
            EN_TRY(add_name_part(name, account_cell(b, "given", record), err));
            EN_TRY(add_name_part(name, account_cell(b, "family", record), err));
        }
        if (name->len && !(p->name = en_arena_strdup(b->a->arena, en_buf_str(name)))) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status show_lists(account_builder *b, en_account_person *p, en_error *err) {
    char text[EN_LIMIT_LISTS + 1];
    uint64_t groups = 0;
    int lists = 0;
    for (int32_t i = 0; i < p->n_records; i++) {
        int32_t source = b->a->records[b->a->person_records[p->first_record + i]].source;
        p->pattern |= 1u << source;
        groups |= account_group_bit(b->a->sources[source].group);
    }
    for (int32_t i = 0; i < p->n_events; i++) groups |= account_group_bit(b->a->events[p->first_event + i].group);
    for (int64_t s = 0; s < b->a->n_sources; s++) {
        text[s] = p->pattern >> s & 1 ? '1' : '0';
        lists += text[s] == '1';
    }
    p->n_groups = __builtin_popcountll(groups);
    p->value[EN_DIM_PATTERN] = en_arena_strdup(b->a->arena, (en_str){text, (size_t)b->a->n_sources});
    snprintf(text, sizeof text, "%d", lists);
    p->value[EN_DIM_LISTS] = en_arena_strdup(b->a->arena, en_str_of(text));
    snprintf(text, sizeof text, "%d", p->n_groups);
    p->value[EN_DIM_INDEPENDENT] = en_arena_strdup(b->a->arena, en_str_of(text));
    return p->value[EN_DIM_PATTERN] && p->value[EN_DIM_LISTS] && p->value[EN_DIM_INDEPENDENT] ? EN_OK
                                                                                              : en_no_memory(err);
}

static en_status describe_persons(account_builder *b, en_error *err) {
    int64_t voices = b->a->n_records + b->n_claims;
    b->a->ages = account_take(b, voices, sizeof *b->a->ages);
    b->a->dates = account_take(b, voices, sizeof *b->a->dates);
    if (!b->a->ages || !b->a->dates) return en_no_memory(err);
    en_buf name = {0};
    account_voices v = {0};
    en_status status = EN_OK;
    for (int64_t i = 0; status == EN_OK && i < b->a->n_persons; i++) {
        en_account_person *p = &b->a->persons[i];
        status = show_stated(b, p, &v, err);
        p->may_be_living = !known_dead(b, p);
        p->may_be_minor = !known_adult(b, p);
        if (status == EN_OK) status = name_person(b, p, &v, &name, err);
        if (status == EN_OK) p->full_name = has_full_name(b, p);
        if (status == EN_OK) status = show_lists(b, p, err);
    }
    en_buf_clear(&name);
    free(v.of);
    return status;
}

/* What was said, for whoever asks why a person shows what it shows. */
static en_status keep_claims(account_builder *b, en_error *err) {
    en_account *a = b->a;
    for (int d = 0; d < EN_ACCOUNT_STATED; d++) a->stated[d] = b->stated[d];
    a->value_text = b->value_text;
    if (!(a->claims = account_take(b, b->n_claims, sizeof *a->claims))) return en_no_memory(err);
    for (; a->n_claims < b->n_claims; a->n_claims++) {
        const account_claim *c = &b->claims[a->n_claims];
        a->claims[a->n_claims] = (en_account_claim){.id = c->id,
                                                    .letter = c->letter,
                                                    .record = c->record,
                                                    .dimension = c->dimension,
                                                    .value = c->value < 0 ? "" : b->value_text[c->value],
                                                    .by = c->origin < 0 ? "" : b->origins[c->origin].title};
    }
    return EN_OK;
}

static void count_sources(en_account *a) {
    for (int64_t i = 0; i < a->n_records; i++) a->sources[a->records[i].source].records++;
    for (int64_t i = 0; i < a->n_persons; i++)
        for (int64_t s = 0; s < a->n_sources; s++) {
            if (!(a->persons[i].pattern >> s & 1)) continue;
            a->sources[s].persons++;
            a->sources[s].only_here += a->persons[i].pattern == 1u << s;
        }
}

/* A judgement about a row of an older release is about the record that continues it. */
static int32_t person_of(const en_account *a, const en_lineage *lineage, en_id record) {
    int64_t row = en_lineage_row(lineage, record);
    return row < 0 ? -1 : a->records[row].person;
}

/* Persons of several records about whom no judgement in force says that two of them are the same. */
static en_status count_merges(account_builder *b, en_error *err) {
    en_account *a = b->a;
    en_judgement *judgements;
    en_lineage lineage = {0};
    int64_t n;
    bool *reviewed = account_take(b, a->n_persons, sizeof *reviewed);
    if (!reviewed) return en_no_memory(err);
    EN_TRY(en_case_judgements(b->c, a->arena, &judgements, &n, err));
    if (n) EN_TRY(en_lineage_trace(b->c, &b->records, &lineage, err));
    for (int64_t i = 0; i < n; i++) {
        if (!en_id_eq(judgements[i].revoked_by, EN_ID_NONE) || strcmp(judgements[i].judged, "same") != 0) continue;
        int32_t person = person_of(a, &lineage, judgements[i].record_a);
        if (person >= 0 && person == person_of(a, &lineage, judgements[i].record_b)) reviewed[person] = true;
    }
    for (int64_t i = 0; i < a->n_persons; i++) a->unreviewed_merges += a->persons[i].n_records > 1 && !reviewed[i];
    return EN_OK;
}

en_status account_make_persons(account_builder *b, int64_t up_to, en_error *err) {
    EN_TRY(copy_records(b, err));
    EN_TRY(group_records(b, up_to, err));
    EN_TRY(account_load_incidents(b, err));
    EN_TRY(account_load_events(b, err));
    EN_TRY(describe_persons(b, err));
    EN_TRY(account_tell_fates(b, err));
    EN_TRY(account_load_verifications(b, err));
    EN_TRY(account_join_incidents(b, err));
    EN_TRY(account_join_parties(b, err));
    EN_TRY(account_join_families(b, err));
    EN_TRY(keep_claims(b, err));
    count_sources(b->a);
    return count_merges(b, err);
}
