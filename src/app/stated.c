/* Stated things: sources with their groups of independence, actors, and the figures. */
#include "app/stated.h"
#include "base/print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account_parts.h"
#include "app/row_json.h"
#include "app/stated_parts.h"

/* ---- reading rows ---- */

void *stated_take(stated_reader *r, int64_t n, size_t size) {
    return en_arena_alloc(r->out->arena, ((size_t)n + 1) * size);
}

en_status stated_each(stated_reader *r, const char *kind, size_t size, stated_read read, void **items, int64_t *n,
                      en_error *err) {
    en_row *rows;
    int64_t n_rows;
    en_arena *arena = en_arena_new();
    *n = 0;
    en_status status = arena ? en_case_rows(r->c, kind, arena, &rows, &n_rows, err) : en_no_memory(err);
    if (status == EN_OK && !(*items = stated_take(r, n_rows, size))) status = en_no_memory(err);
    for (int64_t i = 0; status == EN_OK && i < n_rows; i++) {
        if (!en_id_eq(rows[i].revoked_by, EN_ID_NONE)) continue;
        json_t *body = json_loads(rows[i].body, 0, NULL);
        status = body ? read(r, &rows[i], body, (char *)*items + (size_t)(*n)++ * size, err)
                      : en_fail(err, EN_ERR_CORRUPT, "a row of kind %s is malformed; run `everyname verify`", kind);
        json_decref(body);
    }
    en_arena_free(arena);
    return status;
}

en_status stated_text(stated_reader *r, const json_t *body, const char *member, const char **out, en_error *err) {
    const char *text = en_row_json_text(body, member);
    *out = text[0] ? en_arena_strdup(r->out->arena, en_str_of(text)) : "";
    return *out ? EN_OK : en_no_memory(err);
}

en_status stated_texts(stated_reader *r, const json_t *body, const stated_member *members, size_t n, en_error *err) {
    for (size_t i = 0; i < n; i++) EN_TRY(stated_text(r, body, members[i].name, members[i].out, err));
    return EN_OK;
}

en_status stated_label(stated_reader *r, const char *vocabulary, const char *code, const char **out, en_error *err) {
    const char *label = code[0] ? en_model_label(&r->model, vocabulary, code) : "";
    return (*out = en_arena_strdup(r->out->arena, en_str_of(label))) ? EN_OK : en_no_memory(err);
}

en_status stated_ref(stated_reader *r, const json_t *body, const char *member, en_id *out, en_error *err) {
    *out = EN_ID_NONE;
    const char *ref = en_row_json_text(body, member);
    return ref[0] ? en_case_deref(r->c, ref, out, err) : EN_OK;
}

en_status stated_fold(stated_reader *r, const char *text, const char **out, en_error *err) {
    en_str folded;
    *out = "";
    if (!text[0]) return EN_OK;
    EN_TRY(en_text_fold(r->text, en_str_of(text), r->out->arena, &folded, err));
    *out = folded.ptr;
    return EN_OK;
}

int32_t stated_find(const void *items, int64_t n, size_t size, en_id id) {
    int64_t low = 0, high = n;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (en_id_cmp(*(const en_id *)((const char *)items + (size_t)middle * size), id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < n && en_id_eq(*(const en_id *)((const char *)items + (size_t)low * size), id);
    return found ? (int32_t)low : -1;
}

static en_status print_id(stated_reader *r, const char *kind, en_id id, const char **out, en_error *err) {
    char printed[EN_ID_TEXT];
    EN_TRY(en_case_print_id(r->c, en_letter_of_kind(kind), id, printed, err));
    return (*out = en_arena_strdup(r->out->arena, en_str_of(printed))) ? EN_OK : en_no_memory(err);
}

/* ---- sources ---- */

static int32_t find_source(const en_stated *s, en_id id) {
    for (int64_t i = 0; i < s->n_sources; i++)
        if (en_id_eq(s->sources[i].about.id, id)) return (int32_t)i;
    return -1;
}

static bool is_public(const char *level) { return !level[0] || strcmp(level, "public") == 0; }

static void join_groups(en_stated *s, int32_t a, int32_t b) {
    int32_t from = s->sources[b].group, to = s->sources[a].group;
    for (int64_t i = 0; i < s->n_sources; i++)
        if (s->sources[i].group == from) s->sources[i].group = to;
}

static en_status load_sources(stated_reader *r, en_error *err) {
    en_source *sources;
    en_stated *s = r->out;
    EN_TRY(en_case_sources(r->c, s->arena, &sources, &s->n_sources, err));
    if (!(s->sources = stated_take(r, s->n_sources, sizeof *s->sources))) return en_no_memory(err);
    for (int64_t i = 0; i < s->n_sources; i++) {
        en_stated_source *to = &s->sources[i];
        *to = (en_stated_source){.about = sources[i], .group = (int32_t)i};
        to->hidden = (sources[i].confidentiality && !is_public(sources[i].confidentiality)) ||
                     en_withdrawn_has(&r->out->withdrawn, sources[i].id);
        EN_TRY(print_id(r, "source", to->about.id, &to->shown, err));
        const char *group = sources[i].independence_group;
        for (int64_t k = 0; group && group[0] && k < i; k++)
            if (sources[k].independence_group && strcmp(group, sources[k].independence_group) == 0)
                join_groups(s, (int32_t)k, (int32_t)i);
    }
    return EN_OK;
}

static en_status read_independence(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    const json_t *sources = json_object_get(body, "sources");
    int32_t first = -1;
    (void)row, (void)item;
    for (size_t i = 0; i < json_array_size(sources); i++) {
        en_id id;
        const char *ref = json_string_value(json_array_get(sources, i));
        EN_TRY(en_case_deref(r->c, ref ? ref : "", &id, err));
        int32_t source = find_source(r->out, id);
        if (source >= 0 && first >= 0) join_groups(r->out, first, source);
        if (first < 0) first = source;
    }
    return EN_OK;
}

static en_status read_document(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_id source;
    (void)row, (void)item;
    EN_TRY(stated_ref(r, body, "source", &source, err));
    int32_t i = find_source(r->out, source);
    if (i < 0) return EN_OK;
    r->out->sources[i].is_document = true;
    EN_TRY(stated_ref(r, body, "capture", &r->out->sources[i].capture, err));
    return stated_ref(r, body, "rendition", &r->out->sources[i].rendition, err);
}

static en_status read_mark(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    (void)row;
    if (is_public(en_row_json_text(body, "level"))) return EN_OK;
    EN_TRY(stated_ref(r, body, "of", item, err));
    int32_t source = find_source(r->out, *(en_id *)item);
    if (source >= 0) r->out->sources[source].hidden = true;
    return EN_OK;
}

static en_status read_actor(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_actor *actor = item;
    actor->id = row->id;
    EN_TRY(stated_text(r, body, "name", &actor->name, err));
    EN_TRY(stated_text(r, body, "kind", &actor->kind, err));
    const json_t *names = json_object_get(body, "names");
    const char **folded = stated_take(r, (int64_t)json_array_size(names) + 1, sizeof *folded);
    if (!folded) return en_no_memory(err);
    EN_TRY(stated_fold(r, actor->name, &folded[actor->n_names++], err));
    for (size_t i = 0; i < json_array_size(names); i++)
        EN_TRY(stated_fold(r, en_row_json_text(json_array_get(names, i), "text"), &folded[actor->n_names++], err));
    actor->names = folded;
    return EN_OK;
}

en_status stated_actor(stated_reader *r, const json_t *body, const char *id_member, const char *name, int32_t *out,
                       en_error *err) {
    const en_stated *s = r->out;
    const char *folded;
    en_id id;
    EN_TRY(stated_ref(r, body, id_member, &id, err));
    *out = stated_find(s->actors, s->n_actors, sizeof *s->actors, id);
    if (*out >= 0 || !name[0]) return EN_OK;
    EN_TRY(stated_fold(r, name, &folded, err));
    for (int32_t i = 0; i < s->n_actors && *out < 0; i++)
        for (int32_t k = 0; k < s->actors[i].n_names; k++)
            if (strcmp(s->actors[i].names[k], folded) == 0) *out = i;
    return EN_OK;
}

/* ---- what every stated thing has ---- */

static en_status read_speaker(stated_reader *r, const json_t *body, en_said *out, en_error *err) {
    const json_t *speaker = json_object_get(body, "asserted_by");
    out->speaker = out->role = "";
    out->actor = -1;
    if (!json_is_object(speaker)) return stated_text(r, body, "asserted_by", &out->speaker, err);
    EN_TRY(stated_text(r, speaker, "name", &out->speaker, err));
    EN_TRY(stated_text(r, speaker, "role", &out->role, err));
    EN_TRY(stated_actor(r, speaker, "actor", out->speaker, &out->actor, err));
    if (!out->speaker[0] && out->actor >= 0) out->speaker = r->out->actors[out->actor].name;
    return EN_OK;
}

static en_status read_cites(stated_reader *r, const json_t *body, en_said *out, en_error *err) {
    const json_t *cites = json_object_get(body, "cites");
    int32_t *sources = stated_take(r, (int64_t)json_array_size(cites), sizeof *sources);
    if (!sources) return en_no_memory(err);
    for (size_t i = 0; i < json_array_size(cites); i++) {
        en_id id;
        const char *ref = json_string_value(json_array_get(cites, i));
        EN_TRY(en_case_deref(r->c, ref ? ref : "", &id, err));
        int32_t source = find_source(r->out, id);
        if (source >= 0) sources[out->n_cites++] = source;
    }
    out->cites = sources;
    return EN_OK;
}

static bool is_marked(const stated_reader *r, en_id id) {
    for (int64_t i = 0; i < r->n_hidden; i++)
        if (en_id_eq(r->hidden[i], id)) return true;
    return false;
}

en_status stated_said(stated_reader *r, const en_row *row, const json_t *body, en_said *out, en_error *err) {
    en_id source;
    const stated_member members[] = {
        {"asserted_on", &out->asserted_on}, {"citing", &out->citing}, {"note", &out->note}, {"quote", &out->quote}};
    out->id = row->id;
    EN_TRY(print_id(r, row->kind, row->id, &out->shown, err));
    EN_TRY(stated_texts(r, body, members, sizeof members / sizeof *members, err));
    EN_TRY(stated_ref(r, body, "source", &source, err));
    EN_TRY(stated_ref(r, body, "rendition", &out->rendition, err));
    EN_TRY(stated_ref(r, body, "proposal", &out->proposal, err));
    out->source = find_source(r->out, source);
    out->start = json_integer_value(json_object_get(body, "start"));
    out->end = json_integer_value(json_object_get(body, "end"));
    out->hidden = !is_public(en_row_json_text(body, "confidentiality")) || is_marked(r, row->id) ||
                  (out->source >= 0 && r->out->sources[out->source].hidden);
    EN_TRY(read_speaker(r, body, out, err));
    out->hidden |= out->actor >= 0 && en_withdrawn_has(&r->out->withdrawn, r->out->actors[out->actor].id);
    return read_cites(r, body, out, err);
}

/* ---- figures ---- */

static int64_t number(const json_t *body, const char *member) {
    const json_t *value = json_object_get(body, member);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : EN_NO_NUMBER;
}

void en_figure_read_number(const json_t *item, en_stated_figure *figure) {
    figure->low = number(item, "low");
    figure->best = number(item, "best");
    figure->high = number(item, "high");
    figure->qualifier = en_row_json_text(item, "qualifier");
}

static en_status read_figure(stated_reader *r, const en_row *row, const json_t *body, void *item, en_error *err) {
    en_stated_figure *f = item;
    const json_t *event = json_object_get(body, "event"), *cumulative = json_object_get(body, "cumulative");
    const stated_member members[] = {{"category", &f->category}, {"unit", &f->unit},
                                     {"group", &f->group},       {"whom", &f->whom},
                                     {"modality", &f->modality}, {"qualifier", &f->qualifier},
                                     {"period", &f->period},     {"definition", &f->definition}};
    EN_TRY(stated_said(r, row, body, &f->said, err));
    en_figure_read_number(body, f);
    EN_TRY(stated_texts(r, body, members, sizeof members / sizeof *members, err));
    EN_TRY(stated_text(r, event, "place", &f->event_place, err));
    EN_TRY(stated_text(r, event, "date", &f->event_date, err));
    if (!f->unit[0]) f->unit = "person";
    if (!f->group[0]) f->group = "all";
    if (!f->modality[0]) f->modality = "stated";
    f->cumulative = json_is_boolean(cumulative) ? json_is_true(cumulative) : -1;
    en_id incident;
    EN_TRY(stated_ref(r, body, "incident", &incident, err));
    f->incident = stated_find(r->out->incidents, r->out->n_incidents, sizeof *r->out->incidents, incident);
    f->placed = f->incident >= 0 ? EN_PLACED_BY_ID : EN_PLACED_NOT;
    if (f->incident < 0) EN_TRY(stated_place_figure(r, f, err));
    return stated_ref(r, body, "part_of", &f->total, err);
}

/* A total is named by its row, or by its proposal where that was not confirmed yet. */
static void find_totals(en_stated *s) {
    for (int64_t i = 0; i < s->n_figures; i++) {
        en_stated_figure *f = &s->figures[i];
        f->part_of = -1;
        if (en_id_eq(f->total, EN_ID_NONE)) continue;
        for (int32_t k = 0; k < s->n_figures && f->part_of < 0; k++)
            if (k != i &&
                (en_id_eq(s->figures[k].said.id, f->total) || en_id_eq(s->figures[k].said.proposal, f->total)))
                f->part_of = k;
        if (f->part_of < 0) continue;
        const en_stated_figure *total = &s->figures[f->part_of];
        if (f->incident < 0) f->incident = total->incident, f->placed = total->placed;
        if (!f->said.speaker[0]) f->said.speaker = total->said.speaker, f->said.role = total->said.role;
    }
}

static en_status load_origins(stated_reader *r, en_error *err) {
    void *items;
    int64_t n;
    EN_TRY(en_withdrawn_find(r->c, "publish", &r->out->withdrawn, err));
    EN_TRY(load_sources(r, err));
    EN_TRY(stated_each(r, "independence", 1, read_independence, &items, &n, err));
    EN_TRY(stated_each(r, "document", 1, read_document, &items, &n, err));
    EN_TRY(stated_each(r, "confidentiality", sizeof *r->hidden, read_mark, &items, &r->n_hidden, err));
    r->hidden = items;
    EN_TRY(stated_each(r, "actor", sizeof *r->out->actors, read_actor, &items, &r->out->n_actors, err));
    r->out->actors = items;
    return EN_OK;
}

static en_status load(stated_reader *r, en_error *err) {
    en_stated *s = r->out;
    void *figures;
    EN_TRY(en_case_head(r->c, s->head, err));
    EN_TRY(load_origins(r, err));
    EN_TRY(stated_load_incidents(r, err));
    EN_TRY(stated_each(r, "figure", sizeof *s->figures, read_figure, &figures, &s->n_figures, err));
    s->figures = figures;
    find_totals(s);
    return stated_load_claims(r, err);
}

en_status en_stated_open(const char *case_path, en_stated *out, en_error *err) {
    *out = (en_stated){.arena = en_arena_new()};
    stated_reader r = {.out = out};
    en_status status = out->arena ? en_text_open(&r.text, err) : en_no_memory(err);
    if (status == EN_OK) status = en_case_open(case_path, false, &r.c, err);
    if (status == EN_OK) status = en_model_open(r.c, &r.model, err);
    if (status == EN_OK) status = load(&r, err);
    en_model_close(&r.model);
    en_case_close(r.c);
    en_text_close(r.text);
    if (status != EN_OK) en_stated_clear(out);
    return status;
}

void en_stated_clear(en_stated *stated) {
    en_withdrawn_clear(&stated->withdrawn);
    en_arena_free(stated->arena);
    *stated = (en_stated){0};
}

en_status en_stated_bytes(const char *case_path, en_id rendition, en_arena *arena, en_str *out, en_error *err) {
    en_case *c;
    EN_TRY(en_case_open(case_path, false, &c, err));
    en_status status = en_case_capture_bytes(c, rendition, arena, out, err);
    en_case_close(c);
    return status;
}

/* ---- what is asked of them ---- */

bool en_stated_is_within(const en_stated *stated, int32_t i, int32_t of) {
    if (of < 0) return true;
    for (; i >= 0; i = stated->incidents[i].part_of)
        if (i == of) return true;
    return false;
}

const char *en_said_by(const en_stated *stated, const en_said *said) {
    if (said->speaker[0]) return said->speaker;
    return said->source >= 0 ? stated->sources[said->source].about.title : "";
}

static const char *or_empty(const char *s) { return s ? s : ""; }

const char *en_said_on(const en_stated *stated, const en_said *said) {
    if (said->asserted_on[0] || said->source < 0) return said->asserted_on;
    return or_empty(stated->sources[said->source].about.published);
}

const char *en_said_relation(const en_stated *stated, const en_said *said) {
    return said->source < 0 ? "" : or_empty(stated->sources[said->source].about.relation);
}

int64_t en_figure_least(const en_stated_figure *f) {
    if (f->low != EN_NO_NUMBER) return f->low;
    return f->high == EN_NO_NUMBER ? f->best : EN_NO_NUMBER;
}

int64_t en_figure_most(const en_stated_figure *f) {
    if (f->high != EN_NO_NUMBER) return f->high;
    return f->low == EN_NO_NUMBER ? f->best : EN_NO_NUMBER;
}

static void group_digits(int64_t n, char out[32]) {
    char digits[24];
    int len = en_print(digits, sizeof digits, "%lld", (long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = 0;
}

void en_figure_number(const en_stated_figure *f, char out[96]) {
    char n[32], m[32];
    bool low = f->low != EN_NO_NUMBER, high = f->high != EN_NO_NUMBER, best = f->best != EN_NO_NUMBER;
    group_digits(best ? f->best : low ? f->low : f->high, n);
    group_digits(f->high, m);
    if (low && high && f->low == f->high)
        en_print(out, 96, "%s", n);
    else if (low && high)
        en_print(out, 96, "%s to %s", (group_digits(f->low, n), n), m);
    else if (low)
        en_print(out, 96, "at least %s", n);
    else if (high)
        en_print(out, 96, "at most %s", n);
    else if (best)
        en_print(out, 96, "about %s", n);
    else
        en_print(out, 96, "%.90s", f->qualifier);
}

bool en_said_depends(const en_stated *stated, const en_said *a, const en_said *b) {
    if (a->source < 0 || b->source < 0) return false;
    if (stated->sources[a->source].group == stated->sources[b->source].group) return true;
    for (int32_t i = 0; i < a->n_cites; i++)
        if (a->cites[i] == b->source) return true;
    for (int32_t i = 0; i < b->n_cites; i++)
        if (b->cites[i] == a->source) return true;
    return false;
}
