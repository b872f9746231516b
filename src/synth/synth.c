/* Truth first, then lists of it. */
#include "synth/synth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "synth/capture.h"
#include "synth/list_rows.h"

enum { PEOPLE_DEFAULT = 2400, LISTS_DEFAULT = 5, PEOPLE_MAX = 100000000 };

static const char *const truth_columns[] = {"person_id", "name", "given",  "father", "family", "sex",
                                            "birth",     "age",  "status", "date",   "place",  "lists"};
enum { N_TRUTH = sizeof truth_columns / sizeof *truth_columns };

typedef struct truth_row {
    char id[24], name[2 * SPELLED_MAX], birth[16], age[8], date[16], lists[256];
} truth_row;

/* A row that a list's newest release no longer has does not count as being on it; the files tell. */
static void write_lists(const person *p, int lists, char *out, size_t cap) {
    size_t len = 0;
    out[0] = 0;
    for (int i = 0; i < lists; i++)
        if (p->captured >> i & 1)
            len += (size_t)snprintf(out + len, cap - len, "%s%s", len ? ";" : "", list_kinds[i].file);
}

static en_status add_truth(const population *all, int64_t i, int lists, en_table_builder *builder, en_error *err) {
    static const char *const sexes[] = {"male", "female"}, *const statuses[] = {"killed", "missing", "taken"};
    const person *p = &all->people[i];
    en_str given = name_bank_spelling(&all->given[p->sex], p->given, STYLE_ENGLISH);
    en_str father = name_bank_spelling(&all->given[SEX_MALE], p->father, STYLE_ENGLISH);
    en_str family = name_bank_spelling(&all->family, p->family, STYLE_ENGLISH);
    truth_row t;
    int month, day;
    event_date(p->day, &month, &day);
    snprintf(t.id, sizeof t.id, "P-%04lld", (long long)i + 1);
    snprintf(t.name, sizeof t.name, "%s %s", given.ptr, family.ptr);
    snprintf(t.birth, sizeof t.birth, "%04d-%02d-%02d", p->birth_year, p->birth_month, p->birth_day);
    snprintf(t.age, sizeof t.age, "%d", p->age);
    snprintf(t.date, sizeof t.date, "%04d-%02d-%02d", EVENT_YEAR, month, day);
    write_lists(p, lists, t.lists, sizeof t.lists);
    en_str cells[N_TRUTH] = {en_str_of(t.id),
                             en_str_of(t.name),
                             given,
                             father,
                             family,
                             en_str_of(sexes[p->sex]),
                             en_str_of(t.birth),
                             en_str_of(t.age),
                             en_str_of(statuses[p->status]),
                             en_str_of(t.date),
                             name_bank_spelling(&all->place, p->place, STYLE_ENGLISH),
                             en_str_of(t.lists)};
    return en_table_builder_row(builder, cells, -1, 0, err);
}

static en_status make_truth(const population *all, int lists, en_table *out, en_error *err) {
    en_table_builder *builder;
    EN_TRY(en_table_builder_new(truth_columns, N_TRUTH, &builder, err));
    en_status status = EN_OK;
    for (int64_t i = 0; status == EN_OK && i < all->n; i++) status = add_truth(all, i, lists, builder, err);
    if (status == EN_OK) status = en_table_builder_finish(builder, out, err);
    en_table_builder_free(builder);
    return status;
}

static en_status make_lists(list_order order, int lists, en_synth_result *out, en_error *err) {
    for (order.list = 0; order.list < lists; order.list++) {
        int releases = list_kinds[order.list].two_releases ? 2 : 1;
        for (int k = 1; k <= releases; k++) {
            en_synth_list *list = &out->lists[out->n_lists++];
            EN_TRY(list_make(&order, releases == 1 ? 0 : k, list, err));
        }
    }
    return EN_OK;
}

static en_status check_options(const en_synth_options *o, en_error *err) {
    if (o->people < 1 || o->people > PEOPLE_MAX)
        return en_fail(err, EN_ERR_USAGE, "%lld people cannot be made; 1 to %d can", (long long)o->people, PEOPLE_MAX);
    if (o->lists < 2 || o->lists > EN_SYNTH_LISTS_MAX)
        return en_fail(err, EN_ERR_USAGE, "%d lists cannot be made; 2 to %d can", o->lists, EN_SYNTH_LISTS_MAX);
    if (!(o->corruption >= 0 && o->corruption <= 1))
        return en_fail(err, EN_ERR_USAGE, "the share of values with a mistake is %g; it is 0 to 1", o->corruption);
    return EN_OK;
}

static en_status make_all(const en_synth_options *o, en_synth_result *out, en_arena *arena, en_error *err) {
    population people;
    EN_TRY(population_make(&people, o->people, o->seed, arena, err));
    capture_people(&people, o->lists, o->seed);
    EN_TRY(make_truth(&people, o->lists, &out->truth, err));
    list_order order = {.people = &people, .corruption = o->corruption, .seed = o->seed};
    return make_lists(order, o->lists, out, err);
}

en_status en_synth(const en_synth_options *options, en_synth_result *out, en_error *err) {
    memset(out, 0, sizeof *out);
    en_synth_options o = *options;
    if (!o.people) o.people = PEOPLE_DEFAULT;
    if (!o.lists) o.lists = LISTS_DEFAULT;
    EN_TRY(check_options(&o, err));
    en_arena *arena = en_arena_new();
    if (!arena) return en_no_memory(err);
    en_status status = make_all(&o, out, arena, err);
    en_arena_free(arena);
    if (status != EN_OK) en_synth_clear(out);
    return status;
}

void en_synth_clear(en_synth_result *result) {
    en_table_clear(&result->truth);
    for (int i = 0; i < result->n_lists; i++) {
        en_table_clear(&result->lists[i].records);
        free(result->lists[i].person);
    }
    memset(result, 0, sizeof *result);
}
