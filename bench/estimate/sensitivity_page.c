/* The sensitivity page of files of capture histories as text, and its seconds: `sensitivity_page FILE.csv…`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read_histories.h"

static void print_total(const char *what, const en_total *t) {
    printf("  %-44.44s %9.0f  [%.0f-%.0f]  at least %.0f\n", what, t->total, t->low, t->high, t->at_least);
}

static void print_rows(const en_histories *h, const en_sensitivity *s) {
    char what[300];
    for (int i = 0; i < s->n_pairs; i++) {
        snprintf(what, sizeof what, "pair %.20s, %.20s", h->lists[s->pairs[i].a], h->lists[s->pairs[i].b]);
        print_total(what, &s->pairs[i].chapman);
    }
    for (int i = 0; i < EN_INTERACTIONS; i++) {
        snprintf(what, sizeof what, "interaction %g %s", s->xi[i], s->interaction_model);
        print_total(what, &s->interaction[i]);
    }
    for (int i = 0; i < s->n_left_out; i++) {
        snprintf(what, sizeof what, "without %.20s: %s", h->lists[s->left_out[i].list],
                 en_method_name(s->left_out[i].method));
        print_total(what, &s->left_out[i].total);
    }
    for (int i = 0; i < s->n_fits && i < 10; i++) {
        snprintf(what, sizeof what, "+%.1f %.40s", s->fits[i].above, s->fits[i].model);
        print_total(what, &s->fits[i].total);
    }
    for (int i = 0; i < s->n_differ; i++) {
        snprintf(what, sizeof what, "+%.1f %.40s", s->differ[i].above, strrchr(s->differ[i].model, ' '));
        print_total(what, &s->differ[i].total);
    }
    for (int i = 0; i < s->n_links; i++) {
        snprintf(what, sizeof what, "false %g, missed %g: n %lld, shared %lld", s->links[i].false_share,
                 s->links[i].missed_share, (long long)s->links[i].observed, (long long)s->links[i].shared);
        print_total(what, &s->links[i].total);
    }
}

static en_status print_page(const char *path, en_error *err) {
    en_histories h;
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_estimate_result result;
    en_sensitivity s;
    options.methods = EN_METHOD_GRAPHS | EN_METHOD_CHAO;
    EN_TRY(read_histories(path, &h, err));
    EN_TRY(en_estimate_run(&h, &options, &result, err));
    double start = en_os_seconds();
    EN_TRY(en_sensitivity_run(&h, &options, &result, &s, err));
    printf("%s: %.2f s\n", path, en_os_seconds() - start);
    print_rows(&h, &s);
    for (int i = 0; i < s.n_summary; i++) printf("- %s\n", s.summary[i]);
    en_sensitivity_clear(&s);
    en_estimate_result_clear(&result);
    en_histories_clear(&h);
    return EN_OK;
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        en_error err;
        char text[1024];
        if (print_page(argv[i], &err) == EN_OK) continue;
        en_error_format(&err, text, sizeof text);
        fprintf(stderr, "%s\n", text);
        return 1;
    }
    return argc < 2 ? 2 : 0;
}
