/* What each method, the headline and the page of what it hangs on say of simulated populations: one row each of
 * OUT.csv, which coverage_summary reads.
 *
 *     coverage_study CELLS.csv OUT.csv FIRST LAST METHODS [CELL…]
 *
 * draws populations FIRST to LAST of every cell, or of those named, 2,000 persons on five lists. METHODS are names
 * joined by +, with `page` for what the answer hangs on: graphs+loglinear+chao takes a tenth of a second a population,
 * graphs+loglinear+loglinear-best+stepwise+chao+page half a second, latent classes two more. OUT.csv may be there
 * already: what it holds is not done again, so that a run can be cut off and resumed, and several may share the work
 * with files and numbers of their own. */
#include <math.h>

#include "base/buf.h"
#include "populations.h"

typedef struct study {
    populations populations;
    uint64_t first, last;
    unsigned methods;
    bool page;
    char **wanted; /* names of cells; none: all */
    int n_wanted;
    bool *done; /* [cell * (last - first + 1) + number - first] */
    FILE *out;
} study;

static size_t place(const study *s, int cell, uint64_t number) {
    return (size_t)cell * (size_t)(s->last - s->first + 1) + (size_t)(number - s->first);
}

/* ---- what is there ---- */

static void note_done(const en_table *t, study *s) {
    char name[64], number[32], method[32];
    for (int64_t row = 0; row < t->rows; row++) {
        copy_cell(t, "method", row, method, sizeof method);
        if (strcmp(method, "headline") != 0) continue; /* the last row of a population */
        copy_cell(t, "cell", row, name, sizeof name);
        copy_cell(t, "population", row, number, sizeof number);
        uint64_t population = strtoull(number, NULL, 10);
        for (int i = 0; i < s->populations.n_cells && population >= s->first && population <= s->last; i++)
            if (strcmp(s->populations.cells[i].name, name) == 0) s->done[place(s, i, population)] = true;
    }
}

static en_status open_out(const char *path, study *s, en_error *err) {
    en_table before = {0};
    bool is_new = !en_os_exists(path);
    s->done = calloc((size_t)s->populations.n_cells * (size_t)(s->last - s->first + 1) + 1, sizeof *s->done);
    if (!s->done) return en_no_memory(err);
    if (!is_new) {
        EN_TRY(read_table(path, &before, err));
        note_done(&before, s);
        en_table_clear(&before);
    }
    if (!(s->out = fopen(path, "a"))) return en_fail(err, EN_ERR_IO, "%s cannot be written", path);
    if (is_new) fprintf(s->out, "cell,kind,population,method,status,low,median,high,at_least,why\n");
    return EN_OK;
}

/* ---- one population ---- */

typedef struct row {
    const char *method, *status;
    double low, median, high, at_least;
    const char *why;
} row;

static en_status add_row(const study *s, int cell, uint64_t number, const row *r, en_buf *out, en_error *err) {
    const population_cell *from = &s->populations.cells[cell];
    EN_TRY(en_buf_addf(out, err, "%s,%s,%llu,%s,%s,%.1f,%.1f,%.1f,%.1f,", from->name, from->kind,
                       (unsigned long long)number, r->method, r->status, r->low, r->median, r->high, r->at_least));
    EN_TRY(en_csv_write_cell(en_str_of(r->why), out, err));
    return en_buf_add_char(out, '\n', err);
}

static en_status add_rows(const study *s, int cell, uint64_t number, const en_estimate_result *r,
                          const en_sensitivity *page, en_buf *out, en_error *err) {
    row headline = {"headline", r->has_recommended ? "ok" : "none", r->low, r->median, r->high, r->at_least,
                    r->because};
    row range = {"range", "ok", page->range_low, NAN, page->range_high, page->at_least, page->range_high_because};
    row reach = {"reach", "ok", page->reach_low, NAN, page->reach_high, page->at_least, "interaction of all lists"};
    for (int i = 0; i < r->n_estimates; i++) {
        const en_estimate *e = &r->estimates[i];
        row one = {
            en_method_name(e->method), en_estimate_status_name(e->status), e->low, e->median, e->high, e->at_least, ""};
        EN_TRY(add_row(s, cell, number, &one, out, err));
    }
    if (s->page) EN_TRY(add_row(s, cell, number, &range, out, err));
    if (s->page) EN_TRY(add_row(s, cell, number, &reach, out, err));
    return add_row(s, cell, number, &headline, out, err);
}

static en_status estimate_all(const study *s, const en_histories *h, uint64_t number, en_estimate_result *r,
                              en_sensitivity *page, en_error *err) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    options.methods = s->methods;
    options.brief = true;
    options.seed = number;
    options.threads = 1;
    EN_TRY(en_estimate_run(h, &options, r, err));
    return s->page ? en_sensitivity_run(h, &options, r, page, err) : EN_OK;
}

static en_status run_population(const study *s, int cell, uint64_t number, en_error *err) {
    en_histories h = {0};
    en_estimate_result r = {0};
    en_sensitivity page = {0};
    en_buf rows = {0};
    EN_TRY(draw_population(&s->populations, cell, number, &h, err));
    en_status status = estimate_all(s, &h, number, &r, &page, err);
    if (status == EN_OK) status = add_rows(s, cell, number, &r, &page, &rows, err);
    if (status == EN_OK && fwrite(rows.ptr, 1, rows.len, s->out) != rows.len)
        status = en_fail(err, EN_ERR_IO, "rows could not be written");
    fflush(s->out);
    en_buf_clear(&rows);
    en_sensitivity_clear(&page);
    en_estimate_result_clear(&r);
    en_histories_clear(&h);
    return status;
}

static bool is_wanted(const study *s, int cell) {
    for (int i = 0; i < s->n_wanted; i++)
        if (strcmp(s->wanted[i], s->populations.cells[cell].name) == 0) return true;
    return s->n_wanted == 0;
}

static en_status run_study(const study *s, en_error *err) {
    for (uint64_t number = s->first; number <= s->last; number++)
        for (int cell = 0; cell < s->populations.n_cells; cell++)
            if (is_wanted(s, cell) && !s->done[place(s, cell, number)]) EN_TRY(run_population(s, cell, number, err));
    return EN_OK;
}

static bool read_methods(char *names, study *s) {
    static const en_method all[] = {EN_METHOD_CHAO,      EN_METHOD_GRAPHS,         EN_METHOD_LATENT,
                                    EN_METHOD_LOGLINEAR, EN_METHOD_LOGLINEAR_BEST, EN_METHOD_STEPWISE};
    char *rest = NULL;
    for (char *name = strtok_r(names, "+", &rest); name; name = strtok_r(NULL, "+", &rest)) {
        bool found = strcmp(name, "page") == 0;
        s->page |= found;
        for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
            if (strcmp(name, en_method_name(all[i])) != 0) continue;
            s->methods |= (unsigned)all[i];
            found = true;
        }
        if (!found) return false;
    }
    return s->methods != 0;
}

int main(int argc, char **argv) {
    en_error err;
    char text[1024];
    study s = {0};
    if (argc < 6 || strtoull(argv[3], NULL, 10) < 1 || !read_methods(argv[5], &s)) {
        fprintf(stderr, "usage: coverage_study CELLS.csv OUT.csv FIRST LAST METHODS [CELL…]\n");
        return 2;
    }
    s.first = strtoull(argv[3], NULL, 10);
    s.last = strtoull(argv[4], NULL, 10);
    s.wanted = argv + 6;
    s.n_wanted = argc - 6;
    en_status status = read_populations(argv[1], &s.populations, &err);
    if (status == EN_OK) status = open_out(argv[2], &s, &err);
    if (status == EN_OK) status = run_study(&s, &err);
    if (s.out) fclose(s.out);
    free(s.done);
    free(s.populations.chance);
    if (status == EN_OK) return 0;
    en_error_format(&err, text, sizeof text);
    fprintf(stderr, "%s\n", text);
    return 1;
}
