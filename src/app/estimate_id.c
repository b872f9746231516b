/* The id of an estimate: what is not as by default in its request, and the ledger's head. */
#include "app/estimate_id.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const en_method methods[] = {EN_METHOD_CHAO,      EN_METHOD_GRAPHS,         EN_METHOD_LATENT,
                                    EN_METHOD_LOGLINEAR, EN_METHOD_LOGLINEAR_BEST, EN_METHOD_STEPWISE};
enum {
    N_METHODS = sizeof methods / sizeof *methods,
    ALL_METHODS = EN_METHOD_CHAO | EN_METHOD_GRAPHS | EN_METHOD_LATENT | EN_METHOD_LOGLINEAR |
                  EN_METHOD_LOGLINEAR_BEST | EN_METHOD_STEPWISE
};

/* What is not as by default. */
static void print_loglinear(const en_estimate_options *o, char *out, size_t cap) {
    size_t at = 0;
    out[0] = 0;
    if (o->criterion == EN_CRITERION_AIC) at += (size_t)snprintf(out + at, cap - at, ";aic");
    if (o->interactions) at += (size_t)snprintf(out + at, cap - at, ";interactions=%d", o->interactions);
    if (o->delete_empty) at += (size_t)snprintf(out + at, cap - at, ";delete-empty");
    if (o->heterogeneity) snprintf(out + at, cap - at, ";heterogeneity");
}

static void print_methods(unsigned wanted, char *out, size_t cap) {
    size_t at = 0;
    if (!wanted) wanted = ALL_METHODS;
    snprintf(out, cap, "all");
    for (int i = 0; wanted != ALL_METHODS && i < N_METHODS; i++)
        if (wanted & methods[i])
            at += (size_t)snprintf(out + at, cap - at, "%s%s", at ? "+" : "", en_method_name(methods[i]));
}

static void print_adjustment(const en_adjustment *a, char *out, size_t cap) {
    size_t at = 0;
    out[0] = 0;
    if (a->wrong_high > 0) at += (size_t)snprintf(out, cap, ";wrong=%.9g-%.9g", a->wrong_low, a->wrong_high);
    if (a->unlinked_high > 0) snprintf(out + at, cap - at, ";unlinked=%.9g-%.9g", a->unlinked_low, a->unlinked_high);
}

static void print_strata(const en_estimate_request *r, char *out, size_t cap) {
    size_t at = 0;
    out[0] = 0;
    for (int i = 0; i < r->n_by && at < cap; i++)
        at += (size_t)snprintf(out + at, cap - at, "%s%s", i ? "+" : ";by=", r->by[i]);
    if (r->keep_unknown && at < cap) at += (size_t)snprintf(out + at, cap - at, ";keep-unknown");
    if (r->one_linkage && at < cap) snprintf(out + at, cap - at, ";one-linkage");
}

/* Titles and values could hold what parts an id, so every byte but letters, digits and those beyond ASCII is written as
 * a per cent sign and two digits. */
static void print_covers(const char *covers, char *out, size_t cap) {
    size_t at = (size_t)snprintf(out, cap, "%s", covers ? ";covers=" : "");
    for (const unsigned char *s = (const unsigned char *)covers; s && *s && at + 4 < cap; s++) {
        bool plain = *s >= 0x80 || (*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
        at += (size_t)snprintf(out + at, cap - at, plain ? "%c" : "%%%02x", *s);
    }
    if (covers && at + 4 >= cap) out[0] = 0;
}

/* In place. */
static bool read_covers(char *text, en_estimate_request *request) {
    char *out = text;
    request->covers = text;
    for (char *s = text; *s; s++) {
        unsigned byte;
        if (*s != '%') {
            *out++ = *s;
            continue;
        }
        if (sscanf(s + 1, "%2x", &byte) != 1 || !byte || !s[1] || !s[2]) return false;
        *out++ = (char)byte;
        s += 2;
    }
    *out = 0;
    return true;
}

en_status en_estimate_print_id(const en_account *account, const en_estimate_request *request, char out[EN_ESTIMATE_ID],
                               en_error *err) {
    const en_estimate_options *o = &request->options;
    char names[64], delta[40] = "", loglinear[64], shares[80], strata[160], covers[640];
    print_methods(o->methods, names, sizeof names);
    if (o->delta > 0) snprintf(delta, sizeof delta, ";delta=%.9g", o->delta);
    print_loglinear(o, loglinear, sizeof loglinear);
    print_adjustment(&request->adjustment, shares, sizeof shares);
    print_strata(request, strata, sizeof strata);
    print_covers(request->covers, covers, sizeof covers);
    int n = snprintf(out, EN_ESTIMATE_ID, "e:%s;seed=%llu;level=%.9g%s%s%s%s%s%s@%.12s", names,
                     (unsigned long long)o->seed, o->level > 0 ? o->level : .95, delta,
                     o->complete_graph ? ";complete" : "", loglinear, shares, strata, covers, account->head);
    return n < EN_ESTIMATE_ID && (!request->covers || covers[0])
               ? EN_OK
               : en_fail(err, EN_ERR_LIMIT, "an estimate with so many conditions has no id");
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

static bool read_by(char *names, en_estimate_request *request, en_estimate_id_room *room) {
    char *rest = NULL;
    request->by = room->by;
    for (char *name = strtok_r(names, "+", &rest); name; name = strtok_r(NULL, "+", &rest)) {
        if (request->n_by == EN_BY_MAX) return false;
        room->by[request->n_by++] = name;
    }
    return request->n_by > 0;
}

static bool read_setting(char *part, en_estimate_request *request, en_estimate_id_room *room) {
    if (strncmp(part, "by=", 3) == 0) return read_by(part + 3, request, room);
    if (strncmp(part, "covers=", 7) == 0) return read_covers(part + 7, request);
    en_estimate_options *out = &request->options;
    en_adjustment *shares = &request->adjustment;
    unsigned long long seed;
    if (sscanf(part, "seed=%llu", &seed) == 1)
        out->seed = seed;
    else if (sscanf(part, "level=%lf", &out->level) == 1 || sscanf(part, "delta=%lf", &out->delta) == 1 ||
             sscanf(part, "interactions=%d", &out->interactions) == 1 ||
             sscanf(part, "wrong=%lf-%lf", &shares->wrong_low, &shares->wrong_high) == 2 ||
             sscanf(part, "unlinked=%lf-%lf", &shares->unlinked_low, &shares->unlinked_high) == 2)
        return true;
    else if (strcmp(part, "complete") == 0)
        out->complete_graph = true;
    else if (strcmp(part, "aic") == 0)
        out->criterion = EN_CRITERION_AIC;
    else if (strcmp(part, "delete-empty") == 0)
        out->delete_empty = true;
    else if (strcmp(part, "heterogeneity") == 0)
        out->heterogeneity = true;
    else if (strcmp(part, "keep-unknown") == 0)
        request->keep_unknown = true;
    else if (strcmp(part, "one-linkage") == 0)
        request->one_linkage = true;
    else
        return false;
    return true;
}

en_status en_estimate_parse_id(const char *id, en_estimate_request *out, en_estimate_id_room *room, char head[65],
                               en_error *err) {
    char *copy = room->text, *rest = NULL;
    *out = (en_estimate_request){.options = EN_ESTIMATE_OPTIONS_INIT};
    if (strncmp(id, "e:", 2) != 0 || strlen(id) >= sizeof room->text) return malformed(id, err);
    snprintf(copy, sizeof room->text, "%s", id + 2);
    char *at = strchr(copy, '@');
    if (!at || strlen(at + 1) < 4 || strlen(at + 1) > 64) return malformed(id, err);
    *at = 0;
    snprintf(head, 65, "%s", at + 1);
    char *part = strtok_r(copy, ";", &rest);
    if (!part || !read_methods(part, &out->options.methods)) return malformed(id, err);
    while ((part = strtok_r(NULL, ";", &rest))) {
        if (!read_setting(part, out, room)) return malformed(id, err);
    }
    return EN_OK;
}
