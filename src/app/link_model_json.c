/* A linkage's model as JSON, out and back in exactly. */
#include "app/link_model_json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/json_text.h"
#include "base/os.h"
#include "everyname/text.h"

#define FORMAT "everyname link model"
enum { VERSION = 1 };

/* ---- out ---- */

static en_status add_array(en_buf *out, const double *values, int n, en_error *err) {
    for (int i = 0; i < n; i++) {
        EN_TRY(en_buf_add_char(out, i ? ',' : '[', err));
        EN_TRY(en_json_text_real(out, values[i], err));
    }
    return en_buf_add(out, n ? EN_LIT("]") : EN_LIT("[]"), err);
}

static en_status add_reals(en_buf *out, const char *key, const double *values, int n, en_error *err) {
    EN_TRY(en_json_text_key(out, false, key, err));
    return add_array(out, values, n, err);
}

static en_status add_terms(en_buf *out, const en_link_comparison *c, en_error *err) {
    EN_TRY(en_json_text_key(out, false, "terms", err));
    EN_TRY(en_buf_add_char(out, '[', err));
    for (int64_t i = 0; i < c->n_terms; i++) {
        EN_TRY(en_buf_add(out, i ? EN_LIT(",[") : EN_LIT("["), err));
        EN_TRY(en_json_text_add(out, c->terms[i].value, err));
        EN_TRY(en_buf_add_char(out, ',', err));
        EN_TRY(en_json_text_real(out, c->terms[i].share, err));
        EN_TRY(en_buf_add_char(out, ']', err));
    }
    return en_buf_add_char(out, ']', err);
}

/* The comparison that it goes together with among strangers, by name, and a row of lifts for each level of that. */
static en_status add_dependence(en_buf *out, const en_link_model *model, const en_link_comparison *c, en_error *err) {
    if (c->depends_on < 0) return EN_OK;
    const en_link_comparison *parent = &model->comparisons[c->depends_on];
    EN_TRY(en_json_text_key(out, false, "depends_on", err));
    EN_TRY(en_json_text_add(out, en_str_of(parent->field), err));
    EN_TRY(en_buf_add(out, EN_LIT(",\"lift\":["), err));
    for (int l = 0; l < parent->n_levels; l++) {
        if (l) EN_TRY(en_buf_add_char(out, ',', err));
        EN_TRY(add_array(out, c->lift[l], c->n_levels, err));
    }
    return en_buf_add_char(out, ']', err);
}

static en_status add_comparison(en_buf *out, const en_link_model *model, const en_link_comparison *c, en_error *err) {
    EN_TRY(en_buf_add(out, EN_LIT("{\"field\":"), err));
    EN_TRY(en_json_text_add(out, en_str_of(c->field), err));
    EN_TRY(en_buf_addf(out, err, ",\"role\":\"%s\",\"levels\":", en_role_name(c->role)));
    for (int i = 0; i < c->n_levels; i++) {
        EN_TRY(en_buf_add_char(out, i ? ',' : '[', err));
        EN_TRY(en_json_text_add(out, en_str_of(c->level[i]), err));
    }
    EN_TRY(en_buf_add_char(out, ']', err));
    EN_TRY(add_reals(out, "m", c->m, c->n_levels, err));
    EN_TRY(add_reals(out, "u", c->u, c->n_levels, err));
    EN_TRY(add_reals(out, "relatives", c->relatives, c->n_levels, err));
    EN_TRY(add_dependence(out, model, c, err));
    EN_TRY(en_json_text_key(out, false, "known", err));
    EN_TRY(en_json_text_real(out, c->known, err));
    EN_TRY(add_terms(out, c, err));
    return en_buf_add_char(out, '}', err);
}

/* Rules name their fields, so that they can be read and changed: the name alone where values have to be the same, else
 * with what of them has to be. */
static en_status add_rule_field(en_buf *out, const en_link_model *model, int field, en_link_key key, en_error *err) {
    en_str name = en_str_of(model->comparisons[field].field);
    if (key == EN_KEY_VALUE) return en_json_text_add(out, name, err);
    EN_TRY(en_buf_add(out, EN_LIT("{\"field\":"), err));
    EN_TRY(en_json_text_add(out, name, err));
    return en_buf_addf(out, err, ",\"key\":\"%s\"}", en_link_key_name(key));
}

static en_status add_rule(en_buf *out, const en_link_model *model, const en_link_rule *rule, en_error *err) {
    EN_TRY(en_buf_add_char(out, '[', err));
    EN_TRY(add_rule_field(out, model, rule->first, rule->first_key, err));
    if (rule->second >= 0) {
        EN_TRY(en_buf_add_char(out, ',', err));
        EN_TRY(add_rule_field(out, model, rule->second, rule->second_key, err));
    }
    return en_buf_add_char(out, ']', err);
}

en_status en_link_model_members(const en_link_model *model, en_buf *out, en_error *err) {
    const struct {
        const char *key;
        double value;
    } numbers[] = {{"prior", model->prior},
                   {"relatives", model->relatives},
                   {"shift", model->shift},
                   {"slope", model->slope},
                   {"threshold", model->threshold},
                   {"undecided_low", model->undecided_low},
                   {"undecided_high", model->undecided_high}};
    EN_TRY(en_buf_addf(out, err, "\"format\":\"" FORMAT "\",\"version\":%d,\"key_version\":%d", VERSION,
                       model->key_version));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        EN_TRY(en_json_text_key(out, false, numbers[i].key, err));
        EN_TRY(en_json_text_real(out, numbers[i].value, err));
    }
    EN_TRY(add_reals(out, "slips", model->slips, model->n_comparisons + 1, err));
    EN_TRY(en_buf_add(out, EN_LIT(",\n\"comparisons\":["), err));
    for (int i = 0; i < model->n_comparisons; i++) {
        EN_TRY(en_buf_add(out, i ? EN_LIT(",\n") : EN_LIT("\n"), err));
        EN_TRY(add_comparison(out, model, &model->comparisons[i], err));
    }
    EN_TRY(en_buf_add(out, EN_LIT("],\n\"rules\":["), err));
    for (int i = 0; i < model->n_rules; i++) {
        if (i) EN_TRY(en_buf_add_char(out, ',', err));
        EN_TRY(add_rule(out, model, &model->rules[i], err));
    }
    return en_buf_add_char(out, ']', err);
}

en_status en_link_model_write_file(const en_link_model *model, const char *path, en_error *err) {
    en_buf text = {0};
    en_status status = en_buf_add_char(&text, '{', err);
    if (status == EN_OK) status = en_link_model_members(model, &text, err);
    if (status == EN_OK) status = en_buf_add(&text, EN_LIT("}\n"), err);
    if (status == EN_OK) status = en_os_write_file(path, en_buf_str(&text), err);
    en_buf_clear(&text);
    return status;
}

/* ---- back in ---- */

typedef struct reader {
    const char *file;
    en_link_model *out;
    char at[96]; /* the place in the JSON, such as "comparisons[2].m" */
    en_error *err;
} reader;

static en_status wrong(reader *r, const char *what) {
    en_fail(r->err, EN_ERR_INPUT, "%s%s%s", r->at, r->at[0] ? " " : "", what);
    en_error_mend(r->err, "correct it there, or write the model anew with --save-model");
    en_error_at(r->err, r->file, -1, NULL, -1);
    return EN_ERR_INPUT;
}

static en_status read_number(reader *r, const json_t *object, const char *key, double low, double high, double *out) {
    const json_t *value = json_object_get(object, key);
    size_t len = strlen(r->at);
    snprintf(r->at + len, sizeof r->at - len, "%s%s", len ? "." : "", key);
    if (!json_is_number(value)) return wrong(r, value ? "is not a number" : "is missing");
    *out = json_number_value(value);
    if (!(*out >= low && *out <= high)) return wrong(r, "is out of range");
    r->at[len] = 0;
    return EN_OK;
}

/* One number a level; probabilities above 0, since a level of probability 0 would settle every pair by itself. */
static en_status read_levels(reader *r, const json_t *object, const char *key, int n, double *out) {
    const json_t *array = json_object_get(object, key);
    size_t len = strlen(r->at);
    snprintf(r->at + len, sizeof r->at - len, ".%s", key);
    if (!json_is_array(array) || (int)json_array_size(array) != n)
        return wrong(r, "is not an array of one number for each level");
    for (int i = 0; i < n; i++) {
        const json_t *value = json_array_get(array, (size_t)i);
        out[i] = json_is_number(value) ? json_number_value(value) : 0;
        if (out[i] > 0 && out[i] <= 1) continue;
        snprintf(r->at + len, sizeof r->at - len, ".%s[%d]", key, i);
        return wrong(r, "is no probability above 0");
    }
    r->at[len] = 0;
    return EN_OK;
}

static en_status read_level_names(reader *r, const json_t *object, en_link_comparison *c) {
    const json_t *names = json_object_get(object, "levels");
    size_t n = json_array_size(names);
    if (n < 2 || n > EN_LINK_LEVELS_MAX) return wrong(r, "has no array \"levels\" of 2 to 12 names");
    c->n_levels = (int)n;
    for (size_t i = 0; i < n; i++) {
        const char *name = json_string_value(json_array_get(names, i));
        if (!name || strlen(name) >= sizeof *c->level) return wrong(r, "has a level whose name is no short string");
        snprintf(c->level[i], sizeof *c->level, "%s", name);
    }
    return EN_OK;
}

static en_status read_term(reader *r, const json_t *pair, en_link_term *out) {
    const char *value = json_string_value(json_array_get(pair, 0));
    double share = json_number_value(json_array_get(pair, 1));
    if (!value || !(share > 0 && share <= 1)) return wrong(r, "is not [value, share] with a share above 0");
    char *kept = en_arena_strdup(r->out->arena, en_str_of(value));
    if (!kept) return en_no_memory(r->err);
    *out = (en_link_term){en_str_of(kept), share};
    return EN_OK;
}

static en_status read_terms(reader *r, const json_t *object, en_link_comparison *c) {
    const json_t *terms = json_object_get(object, "terms");
    size_t len = strlen(r->at), n = json_array_size(terms);
    if (terms && !json_is_array(terms)) return wrong(r, "has \"terms\" that are no array");
    c->terms = en_arena_alloc(r->out->arena, (n + 1) * sizeof *c->terms);
    if (!c->terms) return en_no_memory(r->err);
    for (size_t i = 0; i < n; i++) {
        snprintf(r->at + len, sizeof r->at - len, ".terms[%zu]", i);
        EN_TRY(read_term(r, json_array_get(terms, i), &c->terms[c->n_terms++]));
    }
    r->at[len] = 0;
    return EN_OK;
}

static en_status read_comparison(reader *r, const json_t *object, en_link_comparison *c) {
    const char *field = json_string_value(json_object_get(object, "field"));
    const char *role = json_string_value(json_object_get(object, "role"));
    if (!field || strlen(field) >= sizeof c->field) return wrong(r, "has no string \"field\"");
    c->role = en_role_of(en_str_of(role));
    if (c->role == EN_ROLE_NONE) return wrong(r, "has no \"role\" that linkage knows");
    snprintf(c->field, sizeof c->field, "%s", field);
    EN_TRY(read_level_names(r, object, c));
    EN_TRY(read_levels(r, object, "m", c->n_levels, c->m));
    EN_TRY(read_levels(r, object, "u", c->n_levels, c->u));
    EN_TRY(read_levels(r, object, "relatives", c->n_levels, c->relatives));
    EN_TRY(read_number(r, object, "known", 0, 1e15, &c->known));
    return read_terms(r, object, c);
}

/* So many numbers between -50 and 50, weights in nats; none stand for 0. */
static en_status read_weights(reader *r, const json_t *array, const char *key, int n, double *out) {
    size_t len = strlen(r->at);
    snprintf(r->at + len, sizeof r->at - len, "%s%s", len ? "." : "", key);
    if (array && (!json_is_array(array) || (int)json_array_size(array) != n))
        return wrong(r, "is not an array of as many numbers as are needed");
    for (int i = 0; array && i < n; i++) {
        const json_t *value = json_array_get(array, (size_t)i);
        out[i] = json_is_number(value) ? json_number_value(value) : INFINITY;
        if (!(fabs(out[i]) <= 50)) return wrong(r, "has what is no weight between -50 and 50");
    }
    r->at[len] = 0;
    return EN_OK;
}

static int comparison_named(const en_link_model *model, const char *field) {
    for (int i = 0; field && i < model->n_comparisons; i++)
        if (strcmp(model->comparisons[i].field, field) == 0) return i;
    return -1;
}

/* One field of a rule; *field is -1 where it is none. */
static void read_rule_field(const reader *r, const json_t *json, int *field, en_link_key *key) {
    const char *name = json_string_value(json_is_object(json) ? json_object_get(json, "field") : json);
    const char *of = json_string_value(json_object_get(json, "key"));
    *key = EN_KEY_VALUE;
    *field = comparison_named(r->out, name);
    if (json_is_object(json) && (!of || !en_link_key_of(en_str_of(of), key))) *field = -1;
}

static en_status read_rules(reader *r, const json_t *rules) {
    size_t n = json_array_size(rules);
    snprintf(r->at, sizeof r->at, "rules");
    if (n > EN_LINK_RULES_MAX) return wrong(r, "are too many");
    for (size_t i = 0; i < n; i++) {
        const json_t *json = json_array_get(rules, i);
        size_t fields = json_array_size(json);
        en_link_rule rule;
        read_rule_field(r, json_array_get(json, 0), &rule.first, &rule.first_key);
        read_rule_field(r, json_array_get(json, 1), &rule.second, &rule.second_key);
        snprintf(r->at, sizeof r->at, "rules[%zu]", i);
        if (rule.first < 0 || fields > 2 || (fields == 2 && (rule.second < 0 || rule.second == rule.first)))
            return wrong(r, "is not one field, or two, of the comparisons");
        r->out->rules[r->out->n_rules++] = rule;
    }
    return EN_OK;
}

/* Names of other comparisons mean something once all are read. */
static en_status read_dependence(reader *r, const json_t *object, en_link_comparison *c) {
    const json_t *on = json_object_get(object, "depends_on"), *lift = json_object_get(object, "lift");
    c->depends_on = comparison_named(r->out, json_string_value(on));
    if (!on) return EN_OK;
    if (c->depends_on < 0 || c == &r->out->comparisons[c->depends_on])
        return wrong(r, "has a \"depends_on\" that names no other comparison");
    int n = r->out->comparisons[c->depends_on].n_levels;
    if ((int)json_array_size(lift) != n) return wrong(r, "has no row of \"lift\" for each level of what it depends on");
    for (int l = 0; l < n; l++)
        EN_TRY(read_weights(r, json_array_get(lift, (size_t)l), "lift", c->n_levels, c->lift[l]));
    return EN_OK;
}

static en_status read_numbers(reader *r, const json_t *root) {
    en_link_model *m = r->out;
    double key_version = 0;
    EN_TRY(read_number(r, root, "key_version", 0, 1e6, &key_version));
    m->key_version = (int)key_version;
    snprintf(r->at, sizeof r->at, "key_version");
    if (m->key_version != EN_TEXT_KEY_VERSION) return wrong(r, "is not that of this program's keys of names");
    r->at[0] = 0;
    EN_TRY(read_number(r, root, "prior", 1e-300, 1 - 1e-15, &m->prior));
    EN_TRY(read_number(r, root, "relatives", 0, 1 - 1e-15, &m->relatives));
    EN_TRY(read_number(r, root, "shift", -50, 50, &m->shift));
    EN_TRY(read_number(r, root, "slope", 1e-3, 1e3, &m->slope));
    EN_TRY(read_number(r, root, "threshold", 0, 1, &m->threshold));
    EN_TRY(read_number(r, root, "undecided_low", 0, 1, &m->undecided_low));
    return read_number(r, root, "undecided_high", 0, 1, &m->undecided_high);
}

static en_status read_model(reader *r, const json_t *root) {
    const char *format = json_string_value(json_object_get(root, "format"));
    const json_t *comparisons = json_object_get(root, "comparisons");
    size_t n = json_array_size(comparisons);
    if (!format || strcmp(format, FORMAT) != 0)
        return wrong(r, "is no link model: its \"format\" is not \"" FORMAT "\"");
    double version = 0;
    EN_TRY(read_number(r, root, "version", VERSION, VERSION, &version));
    EN_TRY(read_numbers(r, root));
    snprintf(r->at, sizeof r->at, "comparisons");
    if (n == 0 || n > EN_LINK_FIELDS_MAX) return wrong(r, "is not an array of 1 to 16 comparisons");
    for (size_t i = 0; i < n; i++) {
        snprintf(r->at, sizeof r->at, "comparisons[%zu]", i);
        EN_TRY(read_comparison(r, json_array_get(comparisons, i), &r->out->comparisons[i]));
        if (comparison_named(r->out, r->out->comparisons[i].field) >= 0) return wrong(r, "has the field of another");
        r->out->n_comparisons++;
    }
    for (size_t i = 0; i < n; i++) {
        snprintf(r->at, sizeof r->at, "comparisons[%zu]", i);
        EN_TRY(read_dependence(r, json_array_get(comparisons, i), &r->out->comparisons[i]));
    }
    r->at[0] = 0;
    EN_TRY(read_weights(r, json_object_get(root, "slips"), "slips", (int)n + 1, r->out->slips));
    return read_rules(r, json_object_get(root, "rules"));
}

en_status en_link_model_from_json(const json_t *root, const char *file, en_link_model *out, en_error *err) {
    *out = (en_link_model){.arena = en_arena_new()};
    reader r = {.file = file, .out = out, .err = err};
    en_status status = out->arena ? read_model(&r, root) : en_no_memory(err);
    if (status != EN_OK) en_link_model_clear(out);
    return status;
}

en_status en_link_model_read_file(const char *path, en_link_model *out, en_error *err) {
    en_os_map file;
    json_error_t parse;
    *out = (en_link_model){0};
    EN_TRY(en_os_map_file(path, &file, err));
    json_t *root = json_loadb(file.bytes.ptr, file.bytes.len, JSON_REJECT_DUPLICATES, &parse);
    en_os_unmap(&file);
    if (!root) {
        en_fail(err, EN_ERR_INPUT, "is not JSON: %s", parse.text);
        en_error_mend(err, "give a file that `everyname link --save-model` wrote");
        return en_error_at(err, path, parse.line, NULL, -1);
    }
    en_status status = en_link_model_from_json(root, path, out, err);
    json_decref(root);
    return status;
}
