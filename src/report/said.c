/* Stated things as the report shows them: read once, names that must not be shown replaced. */
#include "report/said.h"

#include <ctype.h>
#include <string.h>

#define WITHHELD "[name withheld]"
enum { NAME_WORDS = 6, NAME_BYTES = 200 };

static const char *or_empty(const char *s) { return s ? s : ""; }

/* ---- names that are not shown ---- */

static en_status mask(en_report_said *said, const char *name, en_error *err) {
    char lower[NAME_BYTES];
    size_t len = strlen(name);
    int32_t number;
    if (len < 3 || len >= sizeof lower) return EN_OK;
    for (size_t i = 0; i < len; i++) lower[i] = (char)tolower((unsigned char)name[i]);
    return en_map_intern(&said->masked, (en_str){lower, len}, &number, NULL, err);
}

static bool is_body(const en_stated *s, int32_t actor) {
    return actor >= 0 && s->actors[actor].kind[0] && strcmp(s->actors[actor].kind, "person") != 0;
}

static bool is_private(const char *relation) {
    return strcmp(relation, "witness") == 0 || strcmp(relation, "survivor") == 0 || strcmp(relation, "family") == 0;
}

static en_status collect_masks(en_report_said *said, const en_account *account, en_error *err) {
    const en_stated *s = &said->stated;
    if (said->names) return EN_OK;
    for (int64_t i = 0; i < account->n_persons; i++)
        if (account->persons[i].may_be_living || account->persons[i].may_be_minor)
            EN_TRY(mask(said, or_empty(account->persons[i].name), err));
    for (int64_t i = 0; i < s->n_allegations; i++)
        if (!is_body(s, s->allegations[i].accused_actor)) EN_TRY(mask(said, s->allegations[i].accused, err));
    for (int64_t i = 0; i < s->n_responses; i++)
        if (!is_body(s, s->responses[i].by_actor)) EN_TRY(mask(said, s->responses[i].by, err));
    return EN_OK;
}

static bool is_letter(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80; }

/* The end of the longest masked name that begins here; 0 none. */
static size_t masked_end(const en_report_said *said, en_str text, size_t from) {
    char lower[NAME_BYTES];
    size_t best = 0;
    int words = 0;
    for (size_t i = from; i < text.len && i - from < sizeof lower && words < NAME_WORDS; i++) {
        lower[i - from] = (char)tolower((unsigned char)text.ptr[i]);
        bool ends = i + 1 == text.len || !is_letter(text.ptr[i + 1]);
        if (!ends || !is_letter(text.ptr[i])) continue;
        words++;
        if (en_map_find(&said->masked, (en_str){lower, i + 1 - from}) >= 0) best = i + 1;
    }
    return best;
}

int64_t said_masks(en_report_said *said, en_str text, said_range **out) {
    int64_t n = 0, cap = 0;
    *out = NULL;
    for (size_t i = 0; said->masked.len && said->status == EN_OK && i < text.len; i++) {
        if (!is_letter(text.ptr[i]) || (i && is_letter(text.ptr[i - 1]))) continue;
        size_t end = masked_end(said, text, i);
        if (!end) continue;
        if (n == cap) {
            cap = cap ? cap * 2 : 8;
            said_range *grown = en_arena_alloc(said->arena, (size_t)cap * sizeof *grown);
            if (!grown) {
                said->status = EN_ERR_MEMORY;
                break;
            }
            if (n) memcpy(grown, *out, (size_t)n * sizeof *grown);
            *out = grown;
        }
        (*out)[n++] = (said_range){(int64_t)i, (int64_t)end};
        i = end - 1;
    }
    return n;
}

const char *said_shown(en_report_said *said, const char *text) {
    said_range *ranges;
    int64_t n = said_masks(said, en_str_of(text), &ranges), from = 0;
    if (n == 0) return text;
    size_t at = 0;
    char *out = en_arena_alloc(said->arena, strlen(text) + (size_t)n * sizeof WITHHELD + 1);
    if (!out) return said->status = EN_ERR_MEMORY, "";
    for (int64_t i = 0; i < n; i++) {
        memcpy(out + at, text + from, (size_t)(ranges[i].from - from));
        at += (size_t)(ranges[i].from - from);
        memcpy(out + at, WITHHELD, sizeof WITHHELD - 1);
        at += sizeof WITHHELD - 1;
        from = ranges[i].to;
    }
    strcpy(out + at, text + from);
    return out;
}

const char *said_speaker(en_report_said *said, const en_said *of) {
    const char *relation = en_said_relation(&said->stated, of);
    if (said->names || !is_private(relation)) return said_shown(said, en_said_by(&said->stated, of));
    return strcmp(relation, "family") == 0     ? "a family"
           : strcmp(relation, "survivor") == 0 ? "a survivor"
                                               : "a witness";
}

const char *said_accused(en_report_said *said, const en_stated_allegation *of) {
    if (said->names || is_body(&said->stated, of->accused_actor)) return of->accused;
    return of->accused[0] ? WITHHELD : "";
}

bool said_has_text(const en_report_said *said, int32_t source) {
    if (source < 0) return false;
    const en_stated_source *s = &said->stated.sources[source];
    bool shown = said->names || !is_private(or_empty(s->about.relation));
    return s->is_document && !s->hidden && shown && said->texts[source].len;
}

bool said_is_marked(const en_report_said *said, const en_said *of) {
    return !of->hidden && said_has_text(said, of->source) && of->quote[0] && of->start >= 0 && of->end > of->start &&
           (uint64_t)of->end <= said->texts[of->source].len &&
           en_id_eq(of->rendition, said->stated.sources[of->source].rendition);
}

/* ---- reading ---- */

static en_status read_texts(en_report_said *said, const char *case_path, en_error *err) {
    const en_stated *s = &said->stated;
    said->texts = en_arena_alloc(said->arena, ((size_t)s->n_sources + 1) * sizeof *said->texts);
    if (!said->texts) return en_no_memory(err);
    for (int64_t i = 0; i < s->n_sources; i++)
        if (s->sources[i].is_document)
            EN_TRY(en_stated_bytes(case_path, s->sources[i].rendition, said->arena, &said->texts[i], err));
    return EN_OK;
}

static en_status compare(en_report_said *said, const en_account *account, const en_compare_options *o, en_error *err) {
    en_comparison *to = &said->comparisons[said->n_comparisons];
    EN_TRY(en_compare(account, &said->stated, o, to, err));
    if (to->n_figures)
        said->n_comparisons++;
    else
        en_comparison_clear(to);
    return EN_OK;
}

static en_status compare_all(en_report_said *said, const en_account *account, en_error *err) {
    const en_stated *s = &said->stated;
    said->comparisons = en_arena_alloc(said->arena, ((size_t)s->n_incidents + 2) * sizeof *said->comparisons);
    if (!said->comparisons) return en_no_memory(err);
    for (int64_t i = 0; i < s->n_incidents; i++) {
        en_compare_options o = {.incident = s->incidents[i].shown, .show_small = said->names};
        if (s->incidents[i].part_of < 0) EN_TRY(compare(said, account, &o, err));
    }
    return compare(said, account, &(en_compare_options){.unplaced = true, .show_small = said->names}, err);
}

#define COUNT_HIDDEN(field)                                                                                            \
    for (int64_t i = 0; i < s->n_##field; i++) n += s->field[i].said.hidden
static int64_t count_hidden(const en_stated *s) {
    int64_t n = 0;
    COUNT_HIDDEN(figures);
    COUNT_HIDDEN(terms);
    COUNT_HIDDEN(instruments);
    COUNT_HIDDEN(clauses);
    COUNT_HIDDEN(implementations);
    COUNT_HIDDEN(allegations);
    COUNT_HIDDEN(responses);
    COUNT_HIDDEN(actions);
    return n;
}

static en_status read_all(en_report_said *said, const en_account *account, en_error *err) {
    EN_TRY(en_stated_open(account->case_path, &said->stated, err));
    said->n_hidden = count_hidden(&said->stated);
    EN_TRY(read_texts(said, account->case_path, err));
    EN_TRY(compare_all(said, account, err));
    EN_TRY(en_positions_make(&said->stated, &(en_positions_options){0}, &said->positions, err));
    return collect_masks(said, account, err);
}

en_status en_report_said_open(const en_account *account, bool names, en_report_said *out, en_error *err) {
    *out = (en_report_said){.arena = en_arena_new(), .names = names};
    en_status status = out->arena ? read_all(out, account, err) : en_no_memory(err);
    if (status != EN_OK) en_report_said_clear(out);
    return status;
}

void en_report_said_clear(en_report_said *said) {
    for (int32_t i = 0; i < said->n_comparisons; i++) en_comparison_clear(&said->comparisons[i]);
    if (said->positions.arena) en_positions_clear(&said->positions);
    if (said->stated.arena) en_stated_clear(&said->stated);
    en_map_clear(&said->masked);
    en_arena_free(said->arena);
    *said = (en_report_said){0};
}
