/* Households are made one after another from one random stream, then shuffled. */
#include "synth/people.h"

#include <math.h>

#include "synth/streams.h"

enum { HOUSEHOLD_MAX = 7 };

typedef struct maker {
    population *to;
    en_rng rng;
    int32_t *head;     /* of each place: a member of its last household, -1 none */
    double *place_day; /* of each place: when the event reached it */
} maker;

/* A household as it is drawn; its members are consecutive people. */
typedef struct household {
    int64_t first;
    int size;
    int32_t family, father;
    uint8_t place, day;
    float exposure;
} household;

static const uint8_t month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/* The event begins on 24 May. */
void event_date(int day, int *month, int *day_of_month) {
    *month = day < 8 ? 5 : 6;
    *day_of_month = day < 8 ? 24 + day : day - 7;
}

static bool chance(en_rng *rng, double p) { return en_rng_uniform(rng) < p; }

static double clamp(double x, double low, double high) { return x < low ? low : x > high ? high : x; }

/* A day of birth that gives `age` on the day of the event. */
static void set_birth(en_rng *rng, person *p, int age) {
    int month, day;
    event_date(p->day, &month, &day);
    p->age = (uint8_t)age;
    p->birth_month = (uint8_t)(1 + en_rng_below(rng, 12));
    p->birth_day = (uint8_t)(1 + en_rng_below(rng, month_days[p->birth_month - 1]));
    bool to_come = p->birth_month > month || (p->birth_month == month && p->birth_day > day);
    p->birth_year = (int16_t)(EVENT_YEAR - age - to_come);
}

static int adult_age(en_rng *rng) { return (int)clamp(45 + 19 * en_rng_normal(rng), 15, 94); }

static void set_common(maker *m, const household *h, person *p, int sex, int age) {
    static const double day_spread = .3;
    p->family = h->family;
    p->place = h->place;
    p->sex = (uint8_t)sex;
    p->day = h->day;
    if (chance(&m->rng, day_spread)) p->day = (uint8_t)en_rng_below(&m->rng, EVENT_DAYS);
    set_birth(&m->rng, p, age);
    p->exposure = (float)(h->exposure + .2 * en_rng_normal(&m->rng));
    double u = en_rng_uniform(&m->rng), taken = sex == SEX_MALE && age >= 15 && age < 60 ? .24 : .09;
    p->status = u < taken ? STATUS_TAKEN : u < taken + .22 ? STATUS_MISSING : STATUS_KILLED;
}

/* No two of a household have the same given name. */
static int32_t new_given(maker *m, const household *h, const person *p) {
    const person *people = m->to->people;
    for (;;) {
        int32_t given = name_bank_draw(&m->to->given[p->sex], &m->rng);
        bool taken = false;
        for (const person *q = &people[h->first]; q < p; q++) taken |= q->sex == p->sex && q->given == given;
        if (!taken) return given;
    }
}

static void add_parent(maker *m, const household *h, int sex, int age) {
    person *p = &m->to->people[m->to->n];
    set_common(m, h, p, sex, age);
    p->given = new_given(m, h, p);
    p->father = name_bank_draw(&m->to->given[SEX_MALE], &m->rng);
    m->to->n++;
}

static void add_child(maker *m, const household *h, int age) {
    person *p = &m->to->people[m->to->n];
    set_common(m, h, p, chance(&m->rng, .55) ? SEX_MALE : SEX_FEMALE, age);
    p->given = new_given(m, h, p);
    p->father = h->father;
    m->to->n++;
}

static void add_single(maker *m, const household *h) {
    bool child = chance(&m->rng, .1);
    add_parent(m, h, chance(&m->rng, .68) ? SEX_MALE : SEX_FEMALE,
               child ? (int)en_rng_below(&m->rng, 15) : adult_age(&m->rng));
}

/* Children two to five years apart, the youngest first. */
static void add_children(maker *m, const household *h, int youngest, int n) {
    for (int i = 0, age = youngest; i < n; i++) {
        add_child(m, h, age);
        age += 2 + (int)en_rng_below(&m->rng, 4);
    }
}

static void add_family(maker *m, household *h) {
    int left = h->size, youngest = (int)en_rng_below(&m->rng, 36), father_age = youngest + 30 + left * 2;
    if (chance(&m->rng, .65)) {
        add_parent(m, h, SEX_MALE, father_age);
        h->father = m->to->people[h->first].given;
        left--;
    }
    if (left > 1 && chance(&m->rng, .6)) {
        add_parent(m, h, SEX_FEMALE, father_age - 4);
        left--;
    }
    add_children(m, h, youngest, left);
}

/* A cousin or grandchild who bears the name of a relative: same given and family name, another father, another age. */
static void name_after_relative(maker *m, const household *h, const person *relative) {
    person *p = &m->to->people[h->first];
    if (p->sex != relative->sex || p->father == relative->father) return;
    for (const person *q = p + 1; q < m->to->people + m->to->n; q++)
        if (q->father == p->given || (q->sex == p->sex && q->given == relative->given)) return;
    int apart = p->age > relative->age ? p->age - relative->age : relative->age - p->age;
    p->given = relative->given;
    if (apart < 8) set_birth(&m->rng, p, relative->age > 45 ? relative->age - 19 : relative->age + 19);
}

static int household_size(en_rng *rng) {
    static const double up_to[] = {.78, .885, .94, .972, .99, .997, 1};
    double u = en_rng_uniform(rng);
    int size = 1;
    while (u > up_to[size - 1]) size++;
    return size;
}

static void add_household(maker *m, int64_t people) {
    population *to = m->to;
    household h = {.first = to->n, .size = household_size(&m->rng)};
    if (h.size > people - to->n) h.size = (int)(people - to->n);
    h.place = (uint8_t)name_bank_draw(&to->place, &m->rng);
    h.day = (uint8_t)clamp(m->place_day[h.place] + 1.6 * en_rng_normal(&m->rng), 0, EVENT_DAYS - 1);
    h.exposure = (float)(.2 * en_rng_normal(&m->rng));
    int32_t kin = m->head[h.place];
    bool related = kin >= 0 && chance(&m->rng, .15);
    h.family = related ? to->people[kin].family : name_bank_draw(&to->family, &m->rng);
    h.father = name_bank_draw(&to->given[SEX_MALE], &m->rng);
    if (h.size == 1)
        add_single(m, &h);
    else
        add_family(m, &h);
    if (related && chance(&m->rng, .5)) name_after_relative(m, &h, &to->people[kin]);
    m->head[h.place] = (int32_t)h.first;
}

static en_status make_names(population *to, int64_t people, uint64_t seed, en_arena *arena, en_error *err) {
    double n = (double)people;
    int32_t n_given = (int32_t)(220 + 2 * sqrt(n)), n_family = (int32_t)clamp(120 + n / 8, 1, 60000);
    int32_t n_places = (int32_t)clamp(28 + n / 20000, 1, PLACES_MAX);
    en_rng rng;
    en_rng_init(&rng, seed, STREAM_NAMES);
    EN_TRY(name_bank_make(&to->given[SEX_MALE], NAME_MALE, n_given, .65, &rng, arena, err));
    EN_TRY(name_bank_make(&to->given[SEX_FEMALE], NAME_FEMALE, n_given, .65, &rng, arena, err));
    EN_TRY(name_bank_make(&to->family, NAME_FAMILY, n_family, .6, &rng, arena, err));
    return name_bank_make(&to->place, NAME_PLACE, n_places, .8, &rng, arena, err);
}

/* Fisher-Yates. */
static void shuffle(population *to, en_rng *rng) {
    for (int64_t i = to->n - 1; i > 0; i--) {
        int64_t j = (int64_t)en_rng_below(rng, (uint64_t)i + 1);
        person other = to->people[i];
        to->people[i] = to->people[j];
        to->people[j] = other;
    }
}

en_status population_make(population *out, int64_t people, uint64_t seed, en_arena *arena, en_error *err) {
    *out = (population){.people = en_arena_alloc(arena, (size_t)people * sizeof *out->people)};
    if (!out->people) return en_no_memory(err);
    EN_TRY(make_names(out, people, seed, arena, err));
    int32_t head[PLACES_MAX];
    double place_day[PLACES_MAX];
    maker m = {.to = out, .head = head, .place_day = place_day};
    en_rng_init(&m.rng, seed, STREAM_PEOPLE);
    for (int i = 0; i < out->place.n; i++) {
        head[i] = -1;
        place_day[i] = (double)en_rng_below(&m.rng, EVENT_DAYS);
    }
    while (out->n < people) add_household(&m, people);
    shuffle(out, &m.rng);
    return EN_OK;
}
