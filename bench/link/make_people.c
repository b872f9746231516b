/* Invented people with duplicates, for measuring linkage: make_people ROWS FOLDER [SEED]
 *
 * Writes records.csv (rec_id and seven columns: first_name, surname, dob, city, postcode, email, occupation) and
 * truth.csv (rec_id,entity_id). Every word is made of syllables and belongs to nobody. Vocabulary, shares and mistakes
 * were fixed, and committed, before Everyname's linkage was measured on the result; they were chosen so that Splink 5
 * with the settings of its tutorial comes near the .95 it reaches on its makers' own synthetic set. They stay as they
 * are: a figure is only comparable with another of the same generator. The same rows and seed give the same bytes.
 *
 * What makes it hard, as in real lists: names as uneven as Zipf's law, households with one surname and one address,
 * moves, married names, short forms, fields left empty, and mistakes that crowd in a few bad records. A row is made
 * from the random stream of its person and its own, when it is written, so memory is 12 bytes a row. */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/rng.h"

enum {
    LONGEST = 32,
    N_FIRST = 6000,
    N_SURNAMES = 60000,
    N_CITIES = 1500,
    N_DOMAINS = 3000,
    N_OCCUPATIONS = 300,
    MOST_COPIES = 8,
    STREAM_WORDS = 1,
    STREAM_ORDER,
    STREAM_SIZES,
    STREAM_HOUSEHOLD,
    STREAM_PERSON,
    STREAM_RECORD
};

typedef struct stock {
    int n;
    char (*word)[LONGEST];
    double *cumulative;
} stock;

typedef struct world {
    uint64_t seed;
    stock first, surnames, cities, domains, occupations;
} world;

typedef struct address {
    int city, postcode;
} address;

typedef struct person {
    int first, surname, married, occupation, year, month, day, email_style, email_number, domain;
    bool woman;
    address home, moved;
} person;

/* ---- words ---- */

static const char *const ONSET[] = {"b", "br", "d", "dr", "f",  "g", "gr", "h",  "j",  "k",  "kl",
                                    "l", "m",  "n", "p",  "pr", "r", "s",  "sh", "st", "t",  "tr",
                                    "v", "w",  "z", "th", "ch", "c", "ph", "sl", "y",  "mc", "wh"};
static const char *const VOWEL[] = {"a", "e", "i", "o", "u", "ai", "ea", "ie", "oo", "a", "e", "i", "o"};
static const char *const CODA[] = {"",  "",  "",  "n",  "r",  "l",  "s",  "t",  "m",
                                   "d", "k", "x", "nd", "rt", "ll", "ck", "ss", "ng"};

#define PICK(rng, words) ((words)[en_rng_below(rng, sizeof(words) / sizeof *(words))])

static uint64_t task(int stream, uint64_t number) { return (uint64_t)stream << 56 | number; }

static bool chance(en_rng *rng, double p) { return en_rng_uniform(rng) < p; }

static int below(en_rng *rng, int n) { return (int)en_rng_below(rng, (uint64_t)n); }

static void coin_word(en_rng *rng, int syllables, char *word) {
    word[0] = 0;
    for (int i = 0; i < syllables && strlen(word) < LONGEST - 8; i++) {
        strcat(word, PICK(rng, ONSET));
        strcat(word, PICK(rng, VOWEL));
        if (i == syllables - 1 || chance(rng, .3)) strcat(word, PICK(rng, CODA));
    }
}

static void change_letter(en_rng *rng, char *word);

/* Common words are short. One in ten is one letter from an earlier word, as real names are. */
static void stock_word(en_rng *rng, const stock *s, int k, int least_syllables, char *word) {
    if (k > 20 && chance(rng, .1)) {
        strcpy(word, s->word[below(rng, k)]);
        change_letter(rng, word);
    } else {
        coin_word(rng, least_syllables + below(rng, 2) + (k > s->n / 4 && chance(rng, .4)), word);
    }
}

/* The k-th word has a share proportional to (k + shift)^-exponent (Zipf, Mandelbrot). */
static en_status stock_make(stock *s, en_rng *rng, int n, int least_syllables, double exponent, double shift,
                            en_error *err) {
    *s = (stock){.n = n, .word = calloc((size_t)n, LONGEST), .cumulative = calloc((size_t)n, sizeof(double))};
    if (!s->word || !s->cumulative) return en_no_memory(err);
    en_map seen = {0};
    en_status status = EN_OK;
    double total = 0;
    for (int k = 0; status == EN_OK && k < n; k++) {
        bool added = false;
        int32_t number;
        for (int tries = 0; status == EN_OK && !added; tries++) {
            stock_word(rng, s, k, least_syllables + tries / 30, s->word[k]);
            status = en_map_intern(&seen, en_str_of(s->word[k]), &number, &added, err);
        }
        s->cumulative[k] = total += pow(k + 1 + shift, -exponent);
    }
    for (int k = 0; k < n; k++) s->cumulative[k] /= total;
    en_map_clear(&seen);
    return status;
}

static int stock_draw(const stock *s, en_rng *rng) {
    double u = en_rng_uniform(rng);
    int low = 0, high = s->n - 1;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (s->cumulative[middle] < u)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static en_status world_make(world *w, en_error *err) {
    en_rng rng;
    en_rng_init(&rng, w->seed, task(STREAM_WORDS, 0));
    EN_TRY(stock_make(&w->first, &rng, N_FIRST, 1, 1.05, 8, err));
    EN_TRY(stock_make(&w->surnames, &rng, N_SURNAMES, 1, 1.0, 20, err));
    EN_TRY(stock_make(&w->cities, &rng, N_CITIES, 2, 1.0, 2, err));
    EN_TRY(stock_make(&w->domains, &rng, N_DOMAINS, 2, 1.2, 0, err));
    return stock_make(&w->occupations, &rng, N_OCCUPATIONS, 2, .9, 2, err);
}

static void world_clear(world *w) {
    stock *all[] = {&w->first, &w->surnames, &w->cities, &w->domains, &w->occupations};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(all[i]->word);
        free(all[i]->cumulative);
    }
}

/* ---- people ---- */

/* A city of rank r has about 400 / (r + 2) postcodes, at least 4. */
static address draw_address(const world *w, en_rng *rng) {
    address a = {.city = stock_draw(&w->cities, rng)};
    int n = 400 / (a.city + 2);
    a.postcode = below(rng, n < 4 ? 4 : n);
    return a;
}

static void make_person(const world *w, int64_t number, int64_t household, person *p) {
    en_rng own, shared;
    en_rng_init(&own, w->seed, task(STREAM_PERSON, (uint64_t)number));
    en_rng_init(&shared, w->seed, task(STREAM_HOUSEHOLD, (uint64_t)household));
    int family_name = stock_draw(&w->surnames, &shared);
    address home = draw_address(w, &shared);
    *p = (person){.first = stock_draw(&w->first, &own), .surname = family_name, .home = home};
    p->woman = p->first & 1;
    p->married = stock_draw(&w->surnames, &own);
    if (chance(&own, .1)) p->surname = stock_draw(&w->surnames, &own);
    p->moved = draw_address(w, &own);
    if (chance(&own, .4)) p->moved.city = home.city;
    p->year = 1930 + below(&own, 76);
    p->month = 1 + below(&own, 12);
    p->day = 1 + below(&own, 28);
    p->occupation = stock_draw(&w->occupations, &own);
    p->email_style = below(&own, 5);
    p->email_number = below(&own, 100);
    p->domain = stock_draw(&w->domains, &own);
}

/* ---- mistakes ---- */

static const char *const ROW[] = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

static char key_beside(en_rng *rng, char c) {
    for (size_t r = 0; r < 3; r++) {
        const char *at = c ? strchr(ROW[r], tolower(c)) : NULL;
        if (at) return at > ROW[r] && (chance(rng, .5) || !at[1]) ? at[-1] : at[1];
    }
    return (char)('a' + below(rng, 26));
}

static void drop_letter(char *word, size_t at) { memmove(word + at, word + at + 1, strlen(word + at)); }

static void insert_letter(char *word, size_t at, char c) {
    if (strlen(word) + 2 >= LONGEST) return;
    memmove(word + at + 1, word + at, strlen(word + at) + 1);
    word[at] = c;
}

static void change_letter(en_rng *rng, char *word) {
    size_t length = strlen(word);
    if (length < 2) return;
    size_t at = chance(rng, .15) ? 0 : 1 + (size_t)below(rng, (int)length - 1);
    switch (below(rng, 4)) {
    case 0: drop_letter(word, at); break;
    case 1: insert_letter(word, at, chance(rng, .5) ? word[at] : key_beside(rng, word[at])); break;
    case 2: word[at] = key_beside(rng, word[at]); break;
    default:
        if (at + 1 < length) {
            char c = word[at];
            word[at] = word[at + 1];
            word[at + 1] = c;
        } else {
            word[at] = key_beside(rng, word[at]);
        }
    }
}

/* As it sounds: the first of these that stands in the word. */
static void respell(en_rng *rng, char *word) {
    static const char *const SOUND[][2] = {{"ph", "f"},  {"ck", "k"},  {"ll", "l"}, {"ss", "s"}, {"ie", "y"},
                                           {"ea", "ee"}, {"ai", "ay"}, {"oo", "u"}, {"wh", "w"}, {"c", "k"},
                                           {"x", "ks"},  {"y", "i"},   {"th", "t"}, {"z", "s"},  {"v", "w"},
                                           {"e", "a"},   {"o", "u"}};
    enum { N = sizeof SOUND / sizeof *SOUND };
    int first = below(rng, 4);
    for (int k = first; k < N; k++) {
        char *at = strstr(word, SOUND[k][0]);
        size_t from = strlen(SOUND[k][0]), to = strlen(SOUND[k][1]);
        if (!at || strlen(word) + 2 >= LONGEST) continue;
        memmove(at + to, at + from, strlen(at + from) + 1);
        memcpy(at, SOUND[k][1], to);
        return;
    }
    change_letter(rng, word);
}

/* q is how bad the record is: mistakes crowd. */
static void spoil_word(en_rng *rng, double q, char *word) {
    if (chance(rng, .06 * q)) respell(rng, word);
    if (chance(rng, .10 * q)) change_letter(rng, word);
    if (chance(rng, .02 * q)) change_letter(rng, word);
}

/* A third of first names have a short form: the beginning, with or without a vowel. */
static void shorten(const world *w, int first, char *word) {
    size_t length = strlen(w->first.word[first]);
    if (first % 3 || length < 5) return;
    word[length / 2 + 1] = 0;
    if (first % 2) strcat(word, "y");
}

static double draw_quality(en_rng *rng) {
    double u = en_rng_uniform(rng);
    return u < .7 ? .3 : u < .94 ? .8 : 2.2;
}

/* ---- columns ---- */

static void capital(char *word) { word[0] = (char)toupper(word[0]); }

static void write_names(const world *w, const person *p, en_rng *rng, double q, FILE *out) {
    char first[LONGEST], surname[LONGEST];
    strcpy(first, w->first.word[p->first]);
    bool married = p->woman && chance(rng, .04);
    strcpy(surname, w->surnames.word[married ? p->married : p->surname]);
    if (chance(rng, .12)) shorten(w, p->first, first);
    if (chance(rng, .02 * q)) first[1] = 0;
    spoil_word(rng, q, first);
    spoil_word(rng, q, surname);
    if (chance(rng, .04 * q)) first[0] = 0;
    if (chance(rng, .04 * q)) surname[0] = 0;
    capital(first);
    capital(surname);
    bool swapped = chance(rng, .015 * q);
    fprintf(out, "%s,%s,", swapped ? surname : first, swapped ? first : surname);
}

static int digit_off(en_rng *rng, int value, int least, int most) {
    for (int tries = 0; tries < 20; tries++) {
        int unit = chance(rng, .6) ? 1 : 10;
        int changed = value - value / unit % 10 * unit + below(rng, 10) * unit;
        if (changed != value && changed >= least && changed <= most) return changed;
    }
    return value == least ? value + 1 : value - 1;
}

static void write_dob(const person *p, en_rng *rng, double q, FILE *out) {
    int year = p->year, month = p->month, day = p->day;
    if (chance(rng, .13 * q)) {
        double kind = en_rng_uniform(rng);
        if (kind < .20 && day <= 12) {
            month = p->day;
            day = p->month;
        } else if (kind < .35)
            month = day = 1;
        else if (kind < .50)
            year += chance(rng, .5) ? 1 : -1;
        else if (kind < .65)
            year = digit_off(rng, year, 1925, 2010);
        else if (kind < .8)
            month = digit_off(rng, month, 1, 12);
        else
            day = digit_off(rng, day, 1, 28);
    }
    if (chance(rng, .05 * q))
        fputc(',', out);
    else
        fprintf(out, "%04d-%02d-%02d,", year, month, day);
}

static void write_address(const world *w, const person *p, en_rng *rng, double q, FILE *out) {
    address a = chance(rng, .15) ? p->moved : p->home;
    char city[LONGEST], postcode[LONGEST];
    strcpy(city, w->cities.word[a.city]);
    /* Two letters from the city, its number, then the number in the city. */
    snprintf(postcode, sizeof postcode, "%c%c%d %d%c%c", toupper(city[0]), 'A' + a.city % 24, a.city % 97 + 1,
             a.postcode % 9 + 1, 'A' + a.postcode / 9 % 24, 'A' + a.city / 97);
    spoil_word(rng, .5 * q, city);
    if (chance(rng, .08 * q)) postcode[below(rng, (int)strlen(postcode))] = (char)('A' + below(rng, 26));
    if (chance(rng, .10 * q)) city[0] = 0;
    if (chance(rng, .12 * q)) postcode[0] = 0;
    capital(city);
    fprintf(out, "%s,%s,", city, postcode);
}

static void write_email(const world *w, const person *p, en_rng *rng, double q, FILE *out) {
    const char *first = w->first.word[p->first], *surname = w->surnames.word[p->surname];
    char name[2 * LONGEST + 8];
    bool other = chance(rng, .12); /* another address of hers */
    int number = other ? (p->email_number + 37) % 100 : p->email_number;
    switch ((p->email_style + other) % 5) {
    case 0: snprintf(name, sizeof name, "%s.%s", first, surname); break;
    case 1: snprintf(name, sizeof name, "%c%s%d", first[0], surname, number); break;
    case 2: snprintf(name, sizeof name, "%s%d", first, number); break;
    case 3: snprintf(name, sizeof name, "%s%c%d", first, surname[0], number); break;
    default: snprintf(name, sizeof name, "%s_%s%d", surname, first, number);
    }
    name[LONGEST - 4] = 0;
    if (chance(rng, .08 * q)) change_letter(rng, name);
    int domain = other ? (p->domain * 7 + 3) % 40 : p->domain;
    if (chance(rng, .30))
        fputc(',', out);
    else
        fprintf(out, "%s@%s.example,", name, w->domains.word[domain]);
}

static void write_occupation(const world *w, const person *p, en_rng *rng, double q, FILE *out) {
    char occupation[LONGEST];
    strcpy(occupation, w->occupations.word[chance(rng, .15) ? stock_draw(&w->occupations, rng) : p->occupation]);
    spoil_word(rng, .3 * q, occupation);
    fprintf(out, "%s\n", chance(rng, .3) ? "" : occupation);
}

static void write_row(const world *w, const person *p, int64_t number, int64_t row, FILE *out) {
    en_rng rng;
    en_rng_init(&rng, w->seed, task(STREAM_RECORD, (uint64_t)number));
    double q = draw_quality(&rng);
    fprintf(out, "%lld,", (long long)row);
    write_names(w, p, &rng, q, out);
    write_dob(p, &rng, q, out);
    write_address(w, p, &rng, q, out);
    write_email(w, p, &rng, q, out);
    write_occupation(w, p, &rng, q, out);
}

/* ---- files ---- */

static int draw_size(en_rng *rng, const double *shares, int most) {
    double u = en_rng_uniform(rng);
    for (int size = 1; size < most; size++)
        if ((u -= shares[size - 1]) < 0) return size;
    return most;
}

/* Which person each row is of, and which household each person is in. */
static void share_out(const world *w, int64_t rows, int32_t *person_of, int32_t *household_of) {
    static const double COPIES[MOST_COPIES] = {.40, .27, .15, .09, .05, .025, .01, .005};
    static const double HOUSEHOLD[] = {.95, .03, .01, .005, .005};
    en_rng rng;
    en_rng_init(&rng, w->seed, task(STREAM_SIZES, 0));
    int32_t who = 0, household = -1;
    int left = 0;
    for (int64_t row = 0; row < rows; who++) {
        if (left == 0) {
            household++;
            left = draw_size(&rng, HOUSEHOLD, 5);
        }
        left--;
        household_of[who] = household;
        for (int copies = draw_size(&rng, COPIES, MOST_COPIES); copies && row < rows; copies--) person_of[row++] = who;
    }
}

static en_status write_files(const world *w, int64_t rows, FILE *records, FILE *truth, en_error *err) {
    size_t bytes = (size_t)rows * sizeof(int32_t);
    int32_t *person_of = malloc(bytes), *household_of = malloc(bytes), *order = malloc(bytes);
    if (person_of && household_of && order) {
        en_rng rng;
        en_rng_init(&rng, w->seed, task(STREAM_ORDER, 0));
        share_out(w, rows, person_of, household_of);
        en_rng_permutation(&rng, (size_t)rows, order);
        fputs("rec_id,first_name,surname,dob,city,postcode,email,occupation\n", records);
        fputs("rec_id,entity_id\n", truth);
        for (int64_t row = 0; row < rows; row++) {
            int32_t who = person_of[order[row]];
            person p;
            make_person(w, who, household_of[who], &p);
            write_row(w, &p, order[row], row, records);
            fprintf(truth, "%lld,%d\n", (long long)row, who);
        }
    }
    bool made = person_of && household_of && order;
    free(person_of);
    free(household_of);
    free(order);
    return made ? EN_OK : en_no_memory(err);
}

static FILE *open_in(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (!file) perror(path);
    return file;
}

int main(int argc, char **argv) {
    long long rows = argc > 2 ? atoll(argv[1]) : 0;
    if (argc < 3 || argc > 4 || rows < 1 || rows > 100000000) {
        fprintf(stderr, "usage: make_people ROWS FOLDER [SEED]\n");
        return 2;
    }
    en_error err = {0};
    world w = {.seed = argc == 4 ? strtoull(argv[3], NULL, 10) : 1};
    FILE *records = open_in(argv[2], "records.csv"), *truth = open_in(argv[2], "truth.csv");
    en_status status = records && truth ? world_make(&w, &err) : en_fail(&err, EN_ERR_IO, "cannot write");
    if (status == EN_OK) status = write_files(&w, rows, records, truth, &err);
    if (records && fclose(records) != 0) status = en_fail(&err, EN_ERR_IO, "cannot write records.csv");
    if (truth && fclose(truth) != 0) status = en_fail(&err, EN_ERR_IO, "cannot write truth.csv");
    world_clear(&w);
    if (status != EN_OK) fprintf(stderr, "make_people: not everything was written\n");
    return status == EN_OK ? 0 : 1;
}
