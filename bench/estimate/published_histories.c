/* Every method on files of capture histories: interval, diagnostics, seconds. `published_histories SEED FILE.csv…`;
 * with several seeds it shows whether an answer, or its refusal, hangs on the seed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read_histories.h"

static en_status run_method(const en_histories *h, const char *path, unsigned method, uint64_t seed, en_error *err) {
    en_estimate_options options = EN_ESTIMATE_OPTIONS_INIT;
    en_estimate_result result;
    const char *name = strrchr(path, '/');
    double start = en_os_seconds();
    options.methods = method;
    options.seed = seed;
    EN_TRY(en_estimate_run(h, &options, &result, err));
    const en_estimate *e = &result.estimates[0];
    printf("%-36s %-6s %-13s %8.0f %8.0f %8.0f  R-hat %.4f ess %6.0f %6.0f  %7.3f s\n", name ? name + 1 : path,
           en_method_name(e->method), en_estimate_status_name(e->status), e->low, e->median, e->high, e->rhat,
           e->ess_bulk, e->ess_tail, en_os_seconds() - start);
    if (e->status != EN_EST_OK && e->n_warnings) printf("    %s\n", e->warnings[0]);
    en_estimate_result_clear(&result);
    return EN_OK;
}

int main(int argc, char **argv) {
    static const unsigned methods[] = {EN_METHOD_LATENT, EN_METHOD_GRAPHS, EN_METHOD_CHAO};
    if (argc < 3) {
        fprintf(stderr, "usage: published_histories SEED FILE.csv…\n");
        return 2;
    }
    for (int i = 2; i < argc; i++) {
        en_histories h;
        en_error err;
        char text[1024];
        en_status status = read_histories(argv[i], &h, &err);
        for (int m = 0; m < 3 && status == EN_OK; m++)
            status = run_method(&h, argv[i], methods[m], strtoull(argv[1], NULL, 10), &err);
        if (status != EN_OK) {
            en_error_format(&err, text, sizeof text);
            fprintf(stderr, "%s\n", text);
            return 1;
        }
        en_histories_clear(&h);
    }
    return 0;
}
