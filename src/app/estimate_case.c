/* Estimates: from the persons of a case, or from a CSV file of capture histories. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/estimate_id.h"
#include "base/os.h"

static const en_method methods[] = {EN_METHOD_CHAO,      EN_METHOD_GRAPHS,         EN_METHOD_LATENT,
                                    EN_METHOD_LOGLINEAR, EN_METHOD_LOGLINEAR_BEST, EN_METHOD_STEPWISE};
enum {
    N_METHODS = sizeof methods / sizeof *methods,
    ALL_METHODS = EN_METHOD_CHAO | EN_METHOD_GRAPHS | EN_METHOD_LATENT | EN_METHOD_LOGLINEAR |
                  EN_METHOD_LOGLINEAR_BEST | EN_METHOD_STEPWISE
};

/* ---- ids ---- */

/* What is not as by default. */
static void print_loglinear(const en_estimate_options *o, char *out, size_t cap) {
    size_t at = 0;
    out[0] = 0;
    if (o->criterion == EN_CRITERION_AIC) at += (size_t)snprintf(out + at, cap - at, ";aic");
    if (o->interactions) at += (size_t)snprintf(out + at, cap - at, ";interactions=%d", o->interactions);
    if (o->delete_empty) at += (size_t)snprintf(out + at, cap - at, ";delete-empty");
    if (o->heterogeneity) snprintf(out + at, cap - at, ";heterogeneity");
}

static void print_id(const en_account *account, const en_estimate_options *o, char *out, size_t cap) {
    unsigned wanted = o->methods ? o->methods : ALL_METHODS;
    char names[64] = "all", delta[40] = "", loglinear[64];
    size_t at = 0;
    for (int i = 0; wanted != ALL_METHODS && i < N_METHODS; i++)
        if (wanted & methods[i])
            at += (size_t)snprintf(names + at, sizeof names - at, "%s%s", at ? "+" : "", en_method_name(methods[i]));
    if (o->delta > 0) snprintf(delta, sizeof delta, ";delta=%.9g", o->delta);
    print_loglinear(o, loglinear, sizeof loglinear);
    snprintf(out, cap, "e:%s;seed=%llu;level=%.9g%s%s%s@%.12s", names, (unsigned long long)o->seed,
             o->level > 0 ? o->level : .95, delta, o->complete_graph ? ";complete" : "", loglinear, account->head);
}

static en_status malformed(const char *id, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "\"%.200s\" is not the id of an estimate", id);
    en_error_mend(err, "copy it whole, as `everyname estimate --json` or the report prints it");
    return EN_ERR_INPUT;
}

static bool read_methods(const char *names, unsigned *out) {
    char *rest = NULL, copy[64];
    snprintf(copy, sizeof copy, "%s", names);
    *out = 0;
    if (strcmp(names, "all") == 0) return true;
    for (char *name = strtok_r(copy, "+", &rest); name; name = strtok_r(NULL, "+", &rest)) {
        unsigned bit = 0;
        for (int i = 0; i < N_METHODS; i++)
            if (strcmp(name, en_method_name(methods[i])) == 0) bit = methods[i];
        if (!bit) return false;
        *out |= bit;
    }
    return *out != 0;
}

static bool read_setting(const char *part, en_estimate_options *out) {
    unsigned long long seed;
    if (sscanf(part, "seed=%llu", &seed) == 1)
        out->seed = seed;
    else if (sscanf(part, "level=%lf", &out->level) == 1 || sscanf(part, "delta=%lf", &out->delta) == 1 ||
             sscanf(part, "interactions=%d", &out->interactions) == 1)
        return true;
    else if (strcmp(part, "complete") == 0)
        out->complete_graph = true;
    else if (strcmp(part, "aic") == 0)
        out->criterion = EN_CRITERION_AIC;
    else if (strcmp(part, "delete-empty") == 0)
        out->delete_empty = true;
    else if (strcmp(part, "heterogeneity") == 0)
        out->heterogeneity = true;
    else
        return false;
    return true;
}

en_status en_estimate_parse_id(const char *id, en_estimate_options *out, char head[65], en_error *err) {
    char copy[160], *rest = NULL;
    *out = (en_estimate_options)EN_ESTIMATE_OPTIONS_INIT;
    if (strncmp(id, "e:", 2) != 0 || strlen(id) >= sizeof copy) return malformed(id, err);
    snprintf(copy, sizeof copy, "%s", id + 2);
    char *at = strchr(copy, '@');
    if (!at || strlen(at + 1) < 4 || strlen(at + 1) > 64) return malformed(id, err);
    *at = 0;
    snprintf(head, 65, "%s", at + 1);
    char *part = strtok_r(copy, ";", &rest);
    if (!part || !read_methods(part, &out->methods)) return malformed(id, err);
    while ((part = strtok_r(NULL, ";", &rest))) {
        if (!read_setting(part, out)) return malformed(id, err);
    }
    return EN_OK;
}

/* ---- histories ---- */

/* Titles of the sources that make one list, joined. */
static void name_list(const en_account *account, const int32_t *group, int32_t g, char out[128]) {
    size_t at = 0;
    out[0] = 0;
    for (int64_t s = 0; s < account->n_sources && at < 127; s++)
        if (group[s] == g)
            at += (size_t)snprintf(out + at, 128 - at, "%s%s", at ? " + " : "", account->sources[s].about.title);
}

en_status en_account_histories(const en_account *account, en_histories *out, en_error *err) {
    int32_t group[EN_LIMIT_LISTS];
    char names[EN_LIMIT_LISTS][128];
    const char *lists[EN_LIMIT_LISTS];
    int n = en_account_groups(account, group);
    for (int g = 0; g < n; g++) {
        name_list(account, group, g, names[g]);
        lists[g] = names[g];
    }
    uint32_t *patterns = calloc((size_t)account->n_persons + 1, sizeof *patterns);
    if (!patterns) return en_no_memory(err);
    for (int64_t i = 0; i < account->n_persons; i++)
        for (int64_t s = 0; s < account->n_sources; s++)
            if (account->persons[i].pattern >> s & 1) patterns[i] |= 1u << group[s];
    en_status status = en_histories_from_patterns(lists, n, patterns, account->n_persons, out, err);
    free(patterns);
    return status;
}

static en_status check_linked(const en_account *account, en_error *err) {
    if (account->linked) return EN_OK;
    en_fail(err, EN_ERR_INPUT,
            "the case is not linked yet: without knowing who is one person no overlap can be counted");
    en_error_mend(err, "run: everyname link %s --as NAME", account->case_path);
    en_error_at(err, account->case_path, -1, NULL, -1);
    return EN_ERR_INPUT;
}

en_status en_account_estimate(const en_account *account, const en_estimate_options *options, en_app_estimate *out,
                              en_error *err) {
    *out = (en_app_estimate){0};
    EN_TRY(check_linked(account, err));
    en_status status = en_account_histories(account, &out->histories, err);
    if (status == EN_OK) status = en_estimate_run(&out->histories, options, &out->result, err);
    if (status != EN_OK) {
        en_app_estimate_clear(out);
        return status;
    }
    print_id(account, options, out->id, sizeof out->id);
    return EN_OK;
}

en_status en_app_estimate_file(const char *csv_path, const en_estimate_options *options, const char *const *by,
                               size_t n_by, en_app_estimate *out, en_error *err) {
    *out = (en_app_estimate){0};
    en_os_map file;
    en_table table = {0};
    en_read_report report = {0};
    EN_TRY(en_os_map_file(csv_path, &file, err));
    en_read_options read = {.struct_size = sizeof read, .file = csv_path, .progress = options->progress};
    en_status status = en_table_read(file.bytes, &read, &table, &report, err);
    if (status == EN_OK) status = en_histories_from_table(&table, csv_path, by, n_by, &out->histories, err);
    if (status == EN_OK) status = en_estimate_run(&out->histories, options, &out->result, err);
    en_table_clear(&table);
    en_read_report_clear(&report);
    en_os_unmap(&file);
    if (status != EN_OK) en_app_estimate_clear(out);
    return status;
}

void en_app_estimate_clear(en_app_estimate *estimate) {
    en_estimate_result_clear(&estimate->result);
    en_histories_clear(&estimate->histories);
    *estimate = (en_app_estimate){0};
}
