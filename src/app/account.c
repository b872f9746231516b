/* The account: records, the persons they were linked into, and the value of each dimension that a person shows.
 *
 * The rule for what is shown: the value that most independent sources give; among equals, the one given by the earliest
 * record in the ledger. Disagreement is kept as `disputed`. Unknown is a value like any other when counting, and never
 * outvotes a known one.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/records.h"
#include "app/vocabulary.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/os.h"

#define UNKNOWN "unknown"

static const char *const dimension_names[EN_DIMENSIONS] = {"status", "sex",    "age_group", "place",
                                                           "month",  "source", "lists",     "pattern"};

const char *en_dimension_name(en_dimension dimension) { return dimension_names[dimension]; }

bool en_dimension_of(en_str name, en_dimension *out) {
    for (int i = 0; i < EN_DIMENSIONS; i++)
        if (en_str_eq(name, en_str_of(dimension_names[i]))) {
            *out = (en_dimension)i;
            return true;
        }
    return false;
}

/* Dimensions that records state; the rest follow from which lists a person is on. */
enum { STATED = EN_DIM_MONTH + 1 };

typedef struct builder {
    en_account *a;
    en_case *c;
    en_records records;
    en_text *text;
    en_vocabulary status;
    en_map values;           /* every distinct value of every stated dimension */
    const char **value_text; /* terminated, in the arena, by number in `values` */
    int32_t *stated[STATED]; /* of each record: number in `values`, -1 unknown */
    bool *minor;             /* of each record: states an age that is or may be under 18 */
    int32_t *group;          /* of each source: its independence group */
    en_map places;           /* keys of place names */
    int32_t *place_value;    /* the spelling shown for each place key: number in `values` */
    const char *id_prefix;
} builder;

static void *take(builder *b, int64_t n, size_t size) { return en_arena_alloc(b->a->arena, ((size_t)n + 1) * size); }

/* ---- ids ---- */

/* Ids are printed once per entry and composed for each ordinal: a case has few entries and many records. */
typedef struct id_text {
    char text[EN_ID_TEXT];
} id_text;

static en_status print_entries(builder *b, en_error *err) {
    en_account *a = b->a;
    id_text *prefixes = take(b, a->entries + 1, sizeof *prefixes);
    if (!prefixes) return en_no_memory(err);
    for (int64_t e = 1; e <= a->entries; e++) {
        EN_TRY(en_case_print_id(b->c, 'r', (en_id){e, 0}, prefixes[e].text, err));
        char *dot = strrchr(prefixes[e].text, '.');
        if (dot) dot[1] = 0;
    }
    a->id_prefixes = prefixes;
    return EN_OK;
}

const char *en_account_id(const en_account *account, char kind, en_id id) {
    const id_text *prefixes = account->id_prefixes;
    char text[EN_ID_TEXT + 24];
    int n = snprintf(text, sizeof text, "%s%lld",
                     id.entry > 0 && id.entry <= account->entries ? prefixes[id.entry].text : "r:?.",
                     (long long)id.ordinal);
    text[0] = kind;
    const char *kept = en_arena_strdup(account->arena, (en_str){text, (size_t)n});
    return kept ? kept : "";
}

/* ---- sources ---- */

static const char *or_empty(const char *s) { return s ? s : ""; }

static en_status describe_release(builder *b, const en_release *from, en_account_release *to,
                                  const en_capture *captures, int64_t n_captures, en_error *err) {
    *to = (en_account_release){.id = from->id,
                               .capture = from->capture,
                               .label = or_empty(from->label),
                               .released = or_empty(from->released),
                               .records = from->n_records,
                               .file = "",
                               .sha256 = ""};
    for (int64_t i = 0; i < n_captures; i++) {
        if (!en_id_eq(captures[i].id, from->capture)) continue;
        char hex[65];
        for (int k = 0; k < 32; k++) snprintf(hex + 2 * k, 3, "%02x", captures[i].sha256[k]);
        to->file = or_empty(captures[i].url);
        to->sha256 = en_arena_strdup(b->a->arena, (en_str){hex, 64});
        if (!to->sha256) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status describe_source(builder *b, int64_t source, const en_capture *captures, int64_t n_captures,
                                 en_error *err) {
    en_account_source *s = &b->a->sources[source];
    const en_records *r = &b->records;
    s->about = r->sources[source];
    s->text = r->texts[source];
    s->releases = take(b, r->n_releases, sizeof *s->releases);
    if (!s->releases) return en_no_memory(err);
    for (int64_t i = 0; i < r->n_releases; i++) {
        if (!en_id_eq(r->releases[i].source, s->about.id)) continue;
        en_account_release *release = &s->releases[s->n_releases++];
        EN_TRY(describe_release(b, &r->releases[i], release, captures, n_captures, err));
        release->current = r->current[source] == i;
    }
    return EN_OK;
}

static en_status count_removals(builder *b, en_error *err) {
    en_id *records, *releases;
    int64_t n;
    EN_TRY(en_case_removals(b->c, b->a->arena, &records, &releases, &n, err));
    for (int64_t i = 0; i < n; i++)
        for (int64_t s = 0; s < b->a->n_sources; s++)
            for (int64_t k = 0; k < b->a->sources[s].n_releases; k++)
                if (en_id_eq(b->a->sources[s].releases[k].id, releases[i])) b->a->sources[s].releases[k].removed++;
    return EN_OK;
}

int en_account_groups(const en_account *account, int32_t group[]) {
    int n = 0;
    for (int64_t i = 0; i < account->n_sources; i++) {
        const char *name = or_empty(account->sources[i].about.independence_group);
        group[i] = -1;
        for (int64_t k = 0; name[0] && group[i] < 0 && k < i; k++)
            if (strcmp(name, or_empty(account->sources[k].about.independence_group)) == 0) group[i] = group[k];
        if (group[i] < 0) group[i] = n++;
    }
    return n;
}

static en_status describe_sources(builder *b, en_error *err) {
    en_account *a = b->a;
    en_capture *captures;
    int64_t n_captures;
    a->n_sources = b->records.n_sources;
    if (a->n_sources > EN_LIMIT_LISTS) {
        en_fail(err, EN_ERR_LIMIT, "the case has %lld lists; an account holds at most %d", (long long)a->n_sources,
                EN_LIMIT_LISTS);
        return EN_ERR_LIMIT;
    }
    EN_TRY(en_case_captures(b->c, a->arena, &captures, &n_captures, err));
    if (!(a->sources = take(b, a->n_sources, sizeof *a->sources))) return en_no_memory(err);
    for (int64_t i = 0; i < a->n_sources; i++) EN_TRY(describe_source(b, i, captures, n_captures, err));
    if (!(b->group = take(b, a->n_sources, sizeof *b->group))) return en_no_memory(err);
    en_account_groups(a, b->group);
    return count_removals(b, err);
}

/* ---- what records state ---- */

static en_status value_number(builder *b, en_str value, int32_t *number, en_error *err) {
    return en_map_intern(&b->values, value, number, NULL, err);
}

/* The first whole number in a cell, as "34", "34 years"; -1 where there is none or it is no age. */
static int read_age(en_str cell) {
    size_t i = 0;
    while (i < cell.len && (cell.ptr[i] < '0' || cell.ptr[i] > '9')) i++;
    if (i == cell.len) return -1;
    int age = 0;
    for (; i < cell.len && cell.ptr[i] >= '0' && cell.ptr[i] <= '9'; i++)
        if ((age = age * 10 + (cell.ptr[i] - '0')) > 130) return -1;
    return age;
}

static en_str cell_of(const builder *b, const char *role, int64_t row) {
    const en_column *c = en_records_column(&b->records, role);
    return c ? en_str_trim(en_column_str(c, row)) : (en_str){"", 0};
}

static bool read_when(en_str cell, en_when *out) {
    return cell.len && en_when_parse(cell, EN_ORDER_UNSTATED, out, NULL) == EN_OK;
}

/* Birth as one date: its own column, or year with month and day where those are given. */
static bool read_birth(const builder *b, int64_t row, en_when *out) {
    if (read_when(cell_of(b, "birth", row), out)) return true;
    en_str year = cell_of(b, "birth_year", row);
    int y = 0, m, d;
    for (size_t i = 0; i < year.len; i++) {
        if (year.ptr[i] < '0' || year.ptr[i] > '9') return false;
        if ((y = y * 10 + (year.ptr[i] - '0')) > 9999) return false;
    }
    if (y < 1000) return false;
    m = read_age(cell_of(b, "birth_month", row));
    d = read_age(cell_of(b, "birth_day", row));
    char edtf[48];
    if (m >= 1 && m <= 12 && d >= 1 && d <= en_days_in_month(y, m))
        snprintf(edtf, sizeof edtf, "%04d-%02d-%02d", y, m, d);
    else if (m >= 1 && m <= 12)
        snprintf(edtf, sizeof edtf, "%04d-%02d", y, m);
    else
        snprintf(edtf, sizeof edtf, "%04d", y);
    return read_when(en_str_of(edtf), out);
}

/* Age at the event, as stated, or from birth to event where both are known well enough. Never recomputed where it is
 * stated. */
static bool age_at_event(const builder *b, int64_t row, int *least, int *most) {
    en_when birth, event;
    int age = read_age(cell_of(b, "age", row));
    if (age >= 0) {
        *least = *most = age;
        return true;
    }
    return read_birth(b, row, &birth) && read_when(cell_of(b, "event_date", row), &event) &&
           en_age_at(&birth, &event, least, most) && *least >= 0 && *most <= 130;
}

static const char *age_group(int least, int most) {
    if (most < 18) return "0-17";
    if (least >= 18 && most < 60) return "18-59";
    return least >= 60 ? "60+" : NULL;
}

static en_status state_age(builder *b, int64_t row, en_error *err) {
    int least, most;
    b->stated[EN_DIM_AGE_GROUP][row] = -1;
    if (!age_at_event(b, row, &least, &most)) return EN_OK;
    b->minor[row] = least < 18;
    const char *group = age_group(least, most);
    return group ? value_number(b, en_str_of(group), &b->stated[EN_DIM_AGE_GROUP][row], err) : EN_OK;
}

static en_status state_month(builder *b, int64_t row, en_error *err) {
    en_when event;
    char month[16];
    int32_t year;
    int m, last_m, d;
    b->stated[EN_DIM_MONTH][row] = -1;
    if (!read_when(cell_of(b, "event_date", row), &event) || event.first_day == EN_DAY_MIN ||
        event.last_day == EN_DAY_MAX)
        return EN_OK;
    int32_t last_year;
    en_day_to_civil(event.first_day, &year, &m, &d);
    en_day_to_civil(event.last_day, &last_year, &last_m, &d);
    if (year != last_year || m != last_m || year < 0 || year > 9999) return EN_OK;
    snprintf(month, sizeof month, "%04d-%02d", (int)year, m);
    return value_number(b, en_str_of(month), &b->stated[EN_DIM_MONTH][row], err);
}

/* Cells of one column as values, each distinct cell once. */
static en_status state_column(builder *b, const char *role, int32_t *out, en_error *err) {
    const en_column *c = en_records_column(&b->records, role);
    int32_t *number = c ? take(b, c->dict_len, sizeof *number) : NULL;
    if (c && !number) return en_no_memory(err);
    for (int32_t i = 0; c && i < c->dict_len; i++) {
        en_str value = en_str_trim(en_column_entry(c, i));
        number[i] = -1;
        if (value.len) EN_TRY(value_number(b, value, &number[i], err));
    }
    for (int64_t i = 0; i < b->records.n; i++) out[i] = c && !en_column_is_null(c, i) ? number[c->codes[i]] : -1;
    return EN_OK;
}

/* Place names that share a key are one place, in whatever script; shown as most records write it, a Latin spelling
 * before others. */
static en_status state_places(builder *b, int32_t *out, en_error *err) {
    const en_column *c = en_records_column(&b->records, "place");
    en_arena *scratch = en_arena_new();
    int32_t *place = c ? take(b, c->dict_len, sizeof *place) : NULL;
    int64_t *uses = c ? take(b, c->dict_len, sizeof *uses) : NULL;
    int32_t *best = c ? take(b, c->dict_len, sizeof *best) : NULL;
    en_status status = !scratch || (c && (!place || !uses || !best)) ? en_no_memory(err) : EN_OK;
    for (int64_t i = 0; status == EN_OK && i < b->records.n; i++) {
        out[i] = -1;
        if (c && !en_column_is_null(c, i)) uses[c->codes[i]]++;
    }
    for (int32_t i = 0; status == EN_OK && c && i < c->dict_len; i++) {
        en_name name;
        en_str written = en_str_trim(en_column_entry(c, i));
        place[i] = -1;
        if (!written.len) continue;
        status = en_name_parse(b->text, written, scratch, &name, err);
        bool added = false;
        if (status == EN_OK)
            status = en_map_intern(&b->places, name.key.len ? name.key : written, &place[i], &added, err);
        if (status != EN_OK) break;
        int32_t *shown = &best[place[i]];
        bool latin = name.script == EN_SCRIPT_LATIN;
        bool shown_latin = !added && en_text_script(en_column_entry(c, *shown)) == EN_SCRIPT_LATIN;
        if (added || (latin && !shown_latin) || (latin == shown_latin && uses[i] > uses[*shown])) *shown = i;
    }
    for (int64_t i = 0; status == EN_OK && c && i < b->records.n; i++)
        if (!en_column_is_null(c, i) && place[c->codes[i]] >= 0)
            status = value_number(b, en_str_trim(en_column_entry(c, best[place[c->codes[i]]])), &out[i], err);
    en_arena_free(scratch);
    return status;
}

static en_status state_values(builder *b, en_error *err) {
    int64_t n = b->records.n;
    for (int d = 0; d < STATED; d++)
        if (!(b->stated[d] = take(b, n, sizeof **b->stated))) return en_no_memory(err);
    if (!(b->minor = take(b, n, sizeof *b->minor))) return en_no_memory(err);
    EN_TRY(state_column(b, "status", b->stated[EN_DIM_STATUS], err));
    EN_TRY(state_column(b, "sex", b->stated[EN_DIM_SEX], err));
    EN_TRY(state_places(b, b->stated[EN_DIM_PLACE], err));
    for (int64_t i = 0; i < n; i++) {
        EN_TRY(state_age(b, i, err));
        EN_TRY(state_month(b, i, err));
    }
    if (!(b->value_text = take(b, b->values.len, sizeof *b->value_text))) return en_no_memory(err);
    for (int32_t i = 0; i < b->values.len; i++)
        if (!(b->value_text[i] = en_arena_strdup(b->a->arena, en_map_key(&b->values, i)))) return en_no_memory(err);
    return EN_OK;
}

/* ---- persons ---- */

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

static en_status copy_records(builder *b, en_error *err) {
    en_account *a = b->a;
    const en_records *r = &b->records;
    a->n_records = r->n;
    if (!(a->records = take(b, r->n, sizeof *a->records))) return en_no_memory(err);
    for (int64_t i = 0; i < r->n; i++)
        a->records[i] = (en_account_record){.id = r->ids[i],
                                            .source = r->source_of[i],
                                            .person = -1,
                                            .offset = r->offsets[i],
                                            .length = r->lengths[i],
                                            .weakest = 1};
    return EN_OK;
}

/* Each current record with the person the newest link run (as of `up_to`) put it in; one that no run saw is a person of
 * its own. */
static en_status assign_members(builder *b, int64_t up_to, member *members, en_error *err) {
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

static en_status read_model(en_account *a) {
    json_t *root = a->model ? json_loads(a->model, 0, NULL) : NULL;
    json_t *precision = json_object_get(root, "precision"), *recall = json_object_get(root, "recall");
    a->precision = json_is_number(precision) ? json_number_value(precision) : NAN;
    a->recall = json_is_number(recall) ? json_number_value(recall) : NAN;
    json_decref(root);
    return EN_OK;
}

static en_status make_persons(builder *b, int64_t up_to, en_error *err) {
    en_account *a = b->a;
    member *members = malloc(((size_t)a->n_records + 1) * sizeof *members);
    a->persons = take(b, a->n_records, sizeof *a->persons);
    a->person_records = take(b, a->n_records, sizeof *a->person_records);
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
    return status == EN_OK ? read_model(a) : status;
}

/* ---- what a person shows ---- */

/* The value that most independent sources state, then the one stated first. A source that lists a person twice has one
 * vote. */
static int32_t vote(const builder *b, const en_account_person *p, const int32_t *stated, bool *disputed) {
    int32_t best = -1;
    int best_votes = 0;
    *disputed = false;
    for (int32_t i = 0; i < p->n_records; i++) {
        int32_t value = stated[b->a->person_records[p->first_record + i]];
        uint32_t groups = 0;
        if (value < 0) continue;
        for (int32_t k = 0; k < p->n_records; k++) {
            int32_t record = b->a->person_records[p->first_record + k];
            if (stated[record] == value) groups |= 1u << b->group[b->a->records[record].source];
        }
        int votes = __builtin_popcount(groups);
        if (best >= 0 && value != best) *disputed = true;
        if (votes > best_votes) best = value, best_votes = votes;
    }
    return best;
}

/* Known to be dead: some source says so and none says anything else about the fate. */
static bool known_dead(const builder *b, const en_account_person *p) {
    bool dead = false;
    for (int32_t i = 0; i < p->n_records; i++) {
        int32_t value = b->stated[EN_DIM_STATUS][b->a->person_records[p->first_record + i]];
        if (value < 0) continue;
        int32_t term = -1;
        for (int32_t t = 0; t < b->status.n_terms; t++)
            if (strcmp(b->status.codes[t], b->value_text[value]) == 0) term = t;
        if (term < 0 || !b->status.dead[term]) return false;
        dead = true;
    }
    return dead;
}

/* Known to be of age: some record states an age group of adults and none states an age that may be under 18. */
static bool known_adult(const builder *b, const en_account_person *p) {
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

static en_status name_person(builder *b, en_account_person *p, en_buf *name, en_error *err) {
    p->name = "";
    for (int32_t i = 0; i < p->n_records && !p->name[0]; i++) {
        int32_t record = b->a->person_records[p->first_record + i];
        name->len = 0;
        EN_TRY(add_name_part(name, cell_of(b, "name", record), err));
        if (!name->len) {
            EN_TRY(add_name_part(name, cell_of(b, "given", record), err));
            EN_TRY(add_name_part(name, cell_of(b, "family", record), err));
        }
        if (name->len && !(p->name = en_arena_strdup(b->a->arena, en_buf_str(name)))) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status show_lists(builder *b, en_account_person *p, en_error *err) {
    char text[EN_LIMIT_LISTS + 1];
    uint32_t groups = 0;
    int lists = 0;
    for (int32_t i = 0; i < p->n_records; i++) {
        int32_t source = b->a->records[b->a->person_records[p->first_record + i]].source;
        p->pattern |= 1u << source;
        groups |= 1u << b->group[source];
    }
    for (int64_t s = 0; s < b->a->n_sources; s++) {
        text[s] = p->pattern >> s & 1 ? '1' : '0';
        lists += text[s] == '1';
    }
    p->n_groups = __builtin_popcount(groups);
    p->value[EN_DIM_PATTERN] = en_arena_strdup(b->a->arena, (en_str){text, (size_t)b->a->n_sources});
    snprintf(text, sizeof text, "%d", lists);
    p->value[EN_DIM_LISTS] = en_arena_strdup(b->a->arena, en_str_of(text));
    return p->value[EN_DIM_PATTERN] && p->value[EN_DIM_LISTS] ? EN_OK : en_no_memory(err);
}

static en_status describe_persons(builder *b, en_error *err) {
    en_buf name = {0};
    en_status status = EN_OK;
    for (int64_t i = 0; status == EN_OK && i < b->a->n_persons; i++) {
        en_account_person *p = &b->a->persons[i];
        for (int d = 0; d < STATED; d++) {
            int32_t value = vote(b, p, b->stated[d], &p->disputed[d]);
            p->value[d] = value < 0 ? UNKNOWN : b->value_text[value];
        }
        p->may_be_living = !known_dead(b, p);
        p->may_be_minor = !known_adult(b, p);
        status = name_person(b, p, &name, err);
        if (status == EN_OK) status = show_lists(b, p, err);
    }
    en_buf_clear(&name);
    return status;
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

static int32_t person_of(const en_account *a, en_id record) {
    for (int64_t i = 0; i < a->n_records; i++)
        if (en_id_eq(a->records[i].id, record)) return a->records[i].person;
    return -1;
}

/* Persons of several records about whom no judgement in force says that two of them are the same. */
static en_status count_merges(builder *b, en_error *err) {
    en_account *a = b->a;
    en_judgement *judgements;
    int64_t n;
    bool *reviewed = take(b, a->n_persons, sizeof *reviewed);
    if (!reviewed) return en_no_memory(err);
    EN_TRY(en_case_judgements(b->c, a->arena, &judgements, &n, err));
    for (int64_t i = 0; i < n; i++) {
        if (!en_id_eq(judgements[i].revoked_by, EN_ID_NONE) || strcmp(judgements[i].judged, "same") != 0) continue;
        int32_t person = person_of(a, judgements[i].record_a);
        if (person >= 0 && person == person_of(a, judgements[i].record_b)) reviewed[person] = true;
    }
    for (int64_t i = 0; i < a->n_persons; i++) a->unreviewed_merges += a->persons[i].n_records > 1 && !reviewed[i];
    return EN_OK;
}

/* ---- opening ---- */

static void hex_head(const en_entry *entry, char out[65]) {
    for (int i = 0; i < 32; i++) snprintf(out + 2 * i, 3, "%02x", entry->head[i]);
}

/* The ledger entry whose head begins with `head`; the newest where it is NULL. */
static en_status find_moment(builder *b, const char *head, int64_t *entry, en_error *err) {
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

static en_status build(const char *case_path, const char *head, builder *b, en_error *err) {
    int64_t up_to = 0;
    EN_TRY(en_case_open(case_path, false, &b->c, err));
    EN_TRY(find_moment(b, head, &up_to, err));
    EN_TRY(en_records_load(b->c, up_to, NULL, &b->records, err));
    EN_TRY(en_text_open(&b->text, err));
    EN_TRY(en_vocabulary_open(EN_VOCABULARY_STATUS, b->text, &b->status, err));
    EN_TRY(print_entries(b, err));
    EN_TRY(describe_sources(b, err));
    EN_TRY(copy_records(b, err));
    EN_TRY(state_values(b, err));
    EN_TRY(make_persons(b, up_to, err));
    EN_TRY(describe_persons(b, err));
    count_sources(b->a);
    return count_merges(b, err);
}

en_status en_account_open(const char *case_path, const char *head, en_account *out, en_error *err) {
    *out = (en_account){
        .arena = en_arena_new(), .case_path = case_path, .precision = NAN, .recall = NAN, .generated = en_os_now()};
    builder b = {.a = out};
    en_status status = out->arena ? build(case_path, head, &b, err) : en_no_memory(err);
    /* Sources and texts are lent by the records' arena, which the account keeps. */
    out->records_arena = b.records.arena;
    b.records.arena = NULL;
    en_records_clear(&b.records);
    en_map_clear(&b.values);
    en_map_clear(&b.places);
    en_vocabulary_clear(&b.status);
    en_text_close(b.text);
    en_case_close(b.c);
    if (status != EN_OK) en_account_clear(out);
    return status;
}

void en_account_clear(en_account *account) {
    en_arena_free(account->records_arena);
    en_arena_free(account->arena);
    *account = (en_account){0};
}
