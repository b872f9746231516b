/* An account made by hand: invented people on five invented lists, in several scripts. Nobody in it exists. */
#include "report_fixture.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

enum { LISTS = 5, DRAWS = 2000, RECORDS_EACH_MAX = LISTS };

static const struct {
    const char *title, *kind, *relation, *group;
    double reach;
} lists[LISTS] = {
    {"Registers of Karvel hospital (invented)", "register", "media", "", .45},
    {"Families\xE2\x80\x99 committee, list of the killed & missing (invented)", "list", "family", "", .5},
    {"\xD9\x82\xD8\xA7\xD8\xA6\xD9\x85\xD8\xA9 \xD8\xA7\xD9\x84\xD9\x84\xD8\xAC\xD9\x86\xD8\xA9 (invented)", "list",
     "NGO", "", .3},
    {"Names heard in testimonies <unchecked> (invented)", "testimony", "witness", "", .15},
    {"Valley newspaper (invented)", "report", "media", "", .1},
};

static const char *const given[] = {"Tavo",
                                    "Melira",
                                    "Oskan",
                                    "Brelia",
                                    "\xD8\xB2\xD8\xB1\xD9\x85\xD8\xA7\xD9\x86",
                                    "\xD0\x92\xD0\xB5\xD0\xBB\xD1\x8E\xD1\x80",
                                    "\xCE\x96\xCE\xB5\xCF\x81\xCF\x89",
                                    "\xD7\x96\xD7\xA8\xD7\x9E\xD7\x9F",
                                    "\xD4\xB6\xD5\xA5\xD6\x80\xD5\xB8",
                                    "\xE1\x83\x96\xE1\x83\x94\xE1\x83\xA0\xE1\x83\x9D"};
static const char *const family[] = {"Ornvale",  "Quessim", "Dra\305\276el", "Ithmar",
                                     "O'Belvey", "Zhurn",   "Pellimar",      "Ostrenko"};
static const char *const places[] = {"Karvel", "Upper Dinnow", "Sorth", "\xD9\x82\xD8\xB1\xD9\x81\xD9\x84", "Mell"};
static const char *const statuses[] = {"killed", "killed", "killed", "killed", "missing", "taken", "unknown"};
static const char *const ages[] = {"18-59", "18-59", "18-59", "60+", "0-17", "unknown"};

/* Chance for the fixture alone (splitmix64), so that its bytes never change with base's streams. */
static double chance(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

/* Nearly normal: twelve uniform numbers less six. */
static double bell(uint64_t *state) {
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += chance(state);
    return sum;
}

#define PICK(rng, array) (array)[(size_t)(chance(rng) * (double)(sizeof(array) / sizeof *(array)))]

static void *take(en_account *a, int64_t n, size_t size) { return en_arena_alloc(a->arena, ((size_t)n + 1) * size); }

static const char *keep(en_account *a, const char *text) { return en_arena_strdup(a->arena, en_str_of(text)); }

/* No two alike: a tail of three syllables counts the persons. */
static void name_person(en_account *a, uint64_t *rng, en_account_person *p, int64_t i) {
    static const char *const tails[] = {"ba", "do", "fe", "gi", "hu", "ka", "le", "mo",
                                        "nu", "pe", "ri", "sa", "to", "vi", "wo", "zu"};
    char text[128];
    snprintf(text, sizeof text, "%s %s%s%s%s", PICK(rng, given), PICK(rng, family), tails[i / 256 % 16],
             tails[i / 16 % 16], tails[i % 16]);
    p->name = keep(a, text);
}

static void describe_person(en_account *a, uint64_t *rng, en_account_person *p, bool all_dead) {
    char text[128];
    p->value[EN_DIM_STATUS] = all_dead ? "killed" : PICK(rng, statuses);
    p->value[EN_DIM_SEX] = chance(rng) < .6 ? "male" : chance(rng) < .8 ? "female" : "unknown";
    p->value[EN_DIM_AGE_GROUP] = all_dead ? "18-59" : PICK(rng, ages);
    p->value[EN_DIM_PLACE] = chance(rng) < .1 ? "unknown" : PICK(rng, places);
    snprintf(text, sizeof text, "1998-%02d", 1 + (int)(chance(rng) * 9));
    p->value[EN_DIM_MONTH] = chance(rng) < .15 ? "unknown" : keep(a, text);
    p->disputed[EN_DIM_SEX] = chance(rng) < .02;
    p->disputed[EN_DIM_PLACE] = chance(rng) < .05;
    p->may_be_living = strcmp(p->value[EN_DIM_STATUS], "killed") != 0;
    p->may_be_minor =
        strcmp(p->value[EN_DIM_AGE_GROUP], "18-59") != 0 && strcmp(p->value[EN_DIM_AGE_GROUP], "60+") != 0;
}

static void put_on_lists(en_account *a, uint64_t *rng, en_account_person *p) {
    char bits[LISTS + 1] = {0}, digits[8];
    double luck = .5 + chance(rng);
    while (!p->pattern)
        for (int s = 0; s < LISTS; s++)
            if (chance(rng) < lists[s].reach * luck) p->pattern |= 1u << s;
    for (int s = 0; s < LISTS; s++) bits[s] = p->pattern >> s & 1 ? '1' : '0';
    p->n_groups = __builtin_popcount(p->pattern);
    snprintf(digits, sizeof digits, "%d", p->n_groups);
    p->value[EN_DIM_LISTS] = keep(a, digits);
    p->value[EN_DIM_PATTERN] = keep(a, bits);
    p->value[EN_DIM_FATE] = p->may_be_living ? "unknown" : "dead";
    p->value[EN_DIM_WHEREABOUTS] = "not_recorded";
    p->value[EN_DIM_PARENTS] = "not_derived";
    p->value[EN_DIM_VERIFICATION] = "not_verified";
}

static void write_records(en_account *a, int32_t person, en_buf texts[LISTS]) {
    en_account_person *p = &a->persons[person];
    p->first_record = (int32_t)a->n_records;
    for (int s = 0; s < LISTS; s++) {
        if (!(p->pattern >> s & 1)) continue;
        en_account_record *r = &a->records[a->n_records];
        *r = (en_account_record){.id = {s + 2, (int64_t)a->sources[s].records},
                                 .source = s,
                                 .person = person,
                                 .offset = (int64_t)texts[s].len,
                                 .weakest = .97f};
        en_buf_addf(&texts[s], NULL, "%s;%s;%s", p->name, p->value[EN_DIM_STATUS], p->value[EN_DIM_PLACE]);
        r->length = (int64_t)texts[s].len - r->offset;
        en_buf_addf(&texts[s], NULL, "\n");
        a->person_records[a->n_records] = (int32_t)a->n_records;
        a->n_records++;
        p->n_records++;
        a->sources[s].records++;
        a->sources[s].persons++;
        a->sources[s].only_here += p->pattern == 1u << s;
    }
    p->id = a->records[p->first_record].id;
}

static void describe_sources(en_account *a) {
    a->n_sources = LISTS;
    a->sources = take(a, LISTS, sizeof *a->sources);
    for (int s = 0; s < LISTS; s++) {
        en_account_source *source = &a->sources[s];
        source->about = (en_source){.id = {s + 2, 0},
                                    .title = lists[s].title,
                                    .kind = lists[s].kind,
                                    .relation = lists[s].relation,
                                    .language = "en"};
        source->group = s;
        source->n_releases = s == 1 ? 2 : 1;
        source->releases = take(a, 2, sizeof *source->releases);
        for (int64_t k = 0; k < source->n_releases; k++)
            source->releases[k] =
                (en_account_release){.id = {s + 2, 1},
                                     .capture = {s + 2, 2},
                                     .label = k ? "2" : "1",
                                     .released = k ? "1999-03" : "1998-11-02",
                                     .file = "list.csv",
                                     .sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                     .removed = k ? 17 : 0,
                                     .current = k == source->n_releases - 1};
    }
}

static void write_texts(en_account *a, en_buf texts[LISTS]) {
    for (int s = 0; s < LISTS; s++) {
        char *text = en_arena_strdup(a->arena, en_buf_str(&texts[s]));
        a->sources[s].text = (en_str){text, texts[s].len};
        for (int64_t k = 0; k < a->sources[s].n_releases; k++)
            a->sources[s].releases[k].records = a->sources[s].records + (k ? 0 : 5);
        en_buf_clear(&texts[s]);
    }
}

/* As app keeps what it composes short ids from. */
static void name_entries(en_account *a) {
    char(*prefixes)[EN_ID_TEXT] = take(a, LISTS + 2, sizeof *prefixes);
    for (int e = 1; e <= LISTS + 1; e++) snprintf(prefixes[e], EN_ID_TEXT, "r:%04x.", 0x3f2a + 0x1111 * e);
    a->id_prefixes = prefixes;
    a->entries = LISTS + 1;
}

static const char model[] = "{\"fields\":[\"name\",\"sex\",\"age\",\"place\"],\"one_per_list\":true,\"prior\":0.00041,"
                            "\"threshold\":0.5,\"precision\":0.991,\"recall\":0.972,"
                            "\"found_by\":\"exhaustive "
                            "comparison\",\"pairs_compared\":1998000,\"comparisons\":[{\"field\":\"name\",\"levels\":["
                            "\"same\",\"alike\",\"else\"],"
                            "\"m\":[0.7,0.25,0.05],\"u\":[0.0004,0.002,0.9976]},{\"field\":\"sex\",\"levels\":["
                            "\"same\",\"else\"],\"m\":[0.98,0.02],\"u\":[0.5,0.5]}],"
                            "\"warnings\":[\"Few pairs agree on age: it says little.\"]}";

static void open_account(en_account *a, int64_t n, bool all_dead) {
    uint64_t rng;
    en_buf texts[LISTS] = {0};
    *a = (en_account){.arena = en_arena_new(), .case_path = "cases/valley of Karvel.everyname", .generated = 951782400};
    memset(a->head, 'c', 64);
    describe_sources(a);
    name_entries(a);
    a->persons = take(a, n, sizeof *a->persons);
    a->records = take(a, n * RECORDS_EACH_MAX, sizeof *a->records);
    a->person_records = take(a, n * RECORDS_EACH_MAX, sizeof *a->person_records);
    a->n_persons = n;
    for (int64_t i = 0; i < n; i++) {
        rng = (uint64_t)i * 7919;
        name_person(a, &rng, &a->persons[i], i);
        describe_person(a, &rng, &a->persons[i], all_dead);
        put_on_lists(a, &rng, &a->persons[i]);
        write_records(a, (int32_t)i, texts);
    }
    write_texts(a, texts);
    a->linked = true;
    a->model = model;
    a->undecided_pairs = 41;
    a->unreviewed_merges = n / 2;
    a->precision = .991;
    a->recall = .972;
    snprintf(a->run, sizeof a->run, "u:8a1c.0");
}

static void open_histories(const en_account *a, en_histories *h) {
    h->n_lists = LISTS;
    h->lists = calloc(LISTS, sizeof *h->lists);
    for (int s = 0; s < LISTS; s++) snprintf(h->lists[s], sizeof *h->lists, "%s", lists[s].title);
    h->observed = a->n_persons;
}

static int by_value(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void open_method(en_estimate *e, en_method method, double middle, double spread, double observed) {
    uint64_t rng;
    *e = (en_estimate){.method = method,
                       .kind = EN_KIND_POSTERIOR,
                       .level = .95,
                       .converged = true,
                       .rhat = NAN,
                       .ess_bulk = NAN,
                       .ess_tail = NAN,
                       .at_least = NAN};
    snprintf(e->model, sizeof e->model, "invented model");
    snprintf(e->prior, sizeof e->prior, "invented prior");
    e->draws = malloc(DRAWS * sizeof *e->draws);
    e->n_draws = DRAWS;
    rng = (uint64_t)method;
    for (int i = 0; i < DRAWS; i++) e->draws[i] = floor(observed + (middle - observed) * exp(spread * bell(&rng)));
    qsort(e->draws, DRAWS, sizeof *e->draws, by_value);
    e->low = e->draws[DRAWS / 40];
    e->high = e->draws[DRAWS - DRAWS / 40];
    e->median = e->draws[DRAWS / 2];
    e->mean = e->median + .5;
}

static void open_estimate(const en_account *a, en_app_estimate *e) {
    double n = (double)a->n_persons;
    en_estimate_result *r = &e->result;
    open_histories(a, &e->histories);
    r->n_estimates = 3;
    r->estimates = calloc(3, sizeof *r->estimates);
    open_method(&r->estimates[0], EN_METHOD_LATENT, 1.22 * n, .2, n);
    r->estimates[0].rhat = 1.004;
    r->estimates[0].ess_bulk = 2134;
    r->estimates[0].ess_tail = 1876;
    open_method(&r->estimates[1], EN_METHOD_GRAPHS, 1.18 * n, .1, n);
    r->estimates[2] = (en_estimate){.method = EN_METHOD_CHAO,
                                    .kind = EN_KIND_BOUND,
                                    .median = NAN,
                                    .mean = NAN,
                                    .low = NAN,
                                    .high = NAN,
                                    .level = .95,
                                    .at_least = floor(1.1 * n),
                                    .converged = true,
                                    .rhat = NAN,
                                    .ess_bulk = NAN,
                                    .ess_tail = NAN};
    r->has_recommended = true;
    r->low = r->estimates[0].low;
    r->median = r->estimates[0].median;
    r->high = r->estimates[0].high;
    r->at_least = r->estimates[2].at_least;
    snprintf(r->rule, sizeof r->rule, "latent classes where they converge");
    snprintf(r->because, sizeof r->because, "It converged and agrees with the other methods.");
    snprintf(r->sensitivity[0], sizeof r->sensitivity[0],
             "If two lists were copied from one another, the number would be higher.");
    r->n_sensitivity = 1;
    snprintf(e->id, sizeof e->id, "e:77aa01");
}

void fixture_open(fixture *out, int64_t n, bool all_dead) {
    *out = (fixture){0};
    open_account(&out->account, n, all_dead);
    open_estimate(&out->account, &out->estimate);
}

void fixture_close(fixture *f) {
    for (int i = 0; i < f->estimate.result.n_estimates; i++) free(f->estimate.result.estimates[i].draws);
    free(f->estimate.result.estimates);
    free(f->estimate.histories.lists);
    en_arena_free(f->account.arena);
    *f = (fixture){0};
}
