/* Reading a report: sentence by sentence, each into items, figures, speakers, terms, instruments and allegations. */
#include "everyname/extract.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "everyname/when.h"
#include "extract/reading.h"
#include "extract/speakers.h"
#include "extract/statements.h"
#include "table/parts.h"

enum { LANGUAGE_BYTES = 16384 };
static const size_t TEXT_MOST = (size_t)1 << 30; /* offsets of items are 32 bits */

/* --- language --- */

/* How many words at the start of the text a lexicon knows. */
static int64_t words_known(en_str text, const lexicon *lex, sentence *s) {
    reader r;
    int64_t known = 0;
    if (text.len > LANGUAGE_BYTES) {
        text.len = LANGUAGE_BYTES;
        while (text.len && ((unsigned char)text.ptr[text.len] & 0xC0) == 0x80) text.len--;
    }
    reader_init(&r, text, lex);
    while (reader_next(&r, s))
        for (int i = 0; i < s->n; i++) {
            const token *t = &s->tokens[i];
            uint32_t node = t->kind == TOKEN_WORD && t->word >= 0 ? lex->word_node[t->word] : 0;
            known += node && lex->node_senses[node + 1] > lex->node_senses[node];
        }
    return known;
}

static en_status choose_language(en_str text, const en_extract_options *options, sentence *s, const lexicon **lex,
                                 en_error *err) {
    *lex = NULL;
    if (options->language) {
        *lex = lex_of(options->language);
        if (*lex) return EN_OK;
        en_fail(err, EN_ERR_UNSUPPORTED, "no lexicon for language \"%.20s\"", options->language);
        return en_error_mend(err, "add a folder to lexicon/, or leave the language out");
    }
    int64_t most = 0;
    for (int i = 0; en_lexicons[i]; i++) {
        int64_t known = words_known(text, en_lexicons[i], s);
        if (known > most) most = known, *lex = en_lexicons[i];
    }
    return EN_OK;
}

/* --- the whole --- */

static void count_paragraph(reading *r) {
    r->sentence++;
    if (!r->tokens.paragraph_start) return;
    bool led = r->last_speaker_paragraph == r->paragraph && r->led_by_colon;
    r->paragraph++;
    if (led) r->last_speaker_paragraph = r->paragraph;
}

static en_status read_sentence(reading *r, frames *f, en_error *err) {
    items_of(&r->tokens, r->text, r->lex, &r->list);
    count_paragraph(r);
    EN_TRY(read_source(r, err));
    follow_list(r);
    EN_TRY(read_figures(r, err));
    read_speakers(r, f);
    EN_TRY(read_statements(r, f, err));
    keep_list_heading(r);
    r->led_by_colon = r->tokens.ends_colon;
    return EN_OK;
}

static en_status read_all(reading *r, en_error *err) {
    reader from;
    frames f;
    reader_init(&from, r->text, r->lex);
    while (reader_next(&from, &r->tokens)) {
        EN_TRY(read_sentence(r, &f, err));
        uint64_t tenth = r->text.len ? from.pos * 10 / r->text.len : 10;
        if (tenth == r->tenth) continue;
        r->tenth = tenth;
        EN_TRY(en_progress_step(r->options->progress, "reading", from.pos, r->text.len, err));
    }
    return EN_OK;
}

static void *moved(en_arena *arena, const void *from, size_t n, size_t size, bool *short_of_memory) {
    if (!n) return NULL;
    void *to = en_arena_alloc(arena, n * size);
    if (to)
        memcpy(to, from, n * size);
    else
        *short_of_memory = true;
    return to;
}

static bool contains(en_str whole, en_str part) {
    for (size_t i = 0; i + part.len <= whole.len; i++)
        if (memcmp(whole.ptr + i, part.ptr, part.len) == 0) return true;
    return false;
}

/* A headline names a body by a word of its name: what the text says in full replaces it. */
static void drop_short_names(reading *r) {
    size_t kept = 0;
    for (size_t i = 0; i < r->n_characterisations; i++) {
        const en_characterisation *c = &r->characterisations[i];
        bool fuller = false;
        bool title = r->source.title.len && c->at.quote.ptr >= r->source.title.ptr &&
                     c->at.quote.ptr < r->source.title.ptr + r->source.title.len;
        for (size_t k = i + 1; k < r->n_characterisations && k < i + 20 && !fuller; k++) {
            const en_characterisation *later = &r->characterisations[k];
            fuller = title && later->mode == c->mode && en_str_eq(later->term, c->term);
            if (fuller) break;
            fuller = later->mode == c->mode && en_str_eq(later->term, c->term) && later->body.len > c->body.len &&
                     contains(later->body, c->body);
        }
        if (!fuller) r->characterisations[kept++] = *c;
    }
    r->n_characterisations = kept;
}

static en_status hand_over(reading *r, en_extraction *out, en_error *err) {
    bool short_of_memory = false;
    drop_short_names(r);
    out->language = r->lex ? en_str_of(r->lex->language) : (en_str){0};
    out->source = r->source;
    if (r->n_drafts) out->figures = en_arena_alloc(r->arena, r->n_drafts * sizeof(en_figure));
    if (r->n_drafts && !out->figures) return en_no_memory(err);
    for (size_t i = 0; i < r->n_drafts; i++) out->figures[i] = r->drafts[i].figure;
    out->n_figures = r->n_drafts;
    out->characterisations =
        moved(r->arena, r->characterisations, r->n_characterisations, sizeof(en_characterisation), &short_of_memory);
    out->n_characterisations = r->n_characterisations;
    out->instruments = moved(r->arena, r->instruments, r->n_instruments, sizeof(en_instrument), &short_of_memory);
    out->n_instruments = r->n_instruments;
    out->allegations = moved(r->arena, r->allegations, r->n_allegations, sizeof(en_allegation), &short_of_memory);
    out->n_allegations = r->n_allegations;
    out->arena = r->arena;
    return short_of_memory ? en_no_memory(err) : EN_OK;
}

static void take_report_date(reading *r, en_str date) {
    en_when when;
    if (!date.len || en_when_parse(date, EN_ORDER_UNSTATED, &when, NULL) != EN_OK || when.to.year_unknown) return;
    if (when.to.year < 1 || when.to.year > INT16_MAX) return;
    r->report = (item_date){.year = (int16_t)when.to.year,
                            .month = (int8_t)(when.to.month <= 12 ? when.to.month : 0),
                            .day = (int8_t)(when.to.month && when.to.month <= 12 ? when.to.day : 0)};
    r->source.date = date;
}

static en_status check_text(en_str text, en_error *err) {
    if (text.len > TEXT_MOST) return en_fail(err, EN_ERR_LIMIT, "the text is longer than 1 GiB");
    size_t fault = table_utf8_fault(text, 0);
    if (fault == text.len) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the text is not UTF-8");
    en_error_at(err, NULL, -1, NULL, (int64_t)fault);
    return en_error_mend(err, "convert it to UTF-8 first");
}

en_status en_extract(en_str text, const en_extract_options *options, en_extraction *out, en_error *err) {
    static const en_extract_options defaults = {.struct_size = sizeof defaults};
    memset(out, 0, sizeof *out);
    if (!options) options = &defaults;
    EN_TRY(check_text(text, err));
    reading *r = calloc(1, sizeof *r);
    en_status status = r ? EN_OK : en_no_memory(err);
    if (status == EN_OK) {
        r->text = text;
        r->options = options;
        r->arena = en_arena_new();
        if (!r->arena) status = en_no_memory(err);
    }
    if (status == EN_OK) status = choose_language(text, options, &r->tokens, &r->lex, err);
    if (status == EN_OK) {
        take_report_date(r, options->date);
        r->source.title = options->title;
        if (r->lex) status = read_all(r, err);
    }
    if (status == EN_OK) status = hand_over(r, out, err);
    if (status != EN_OK) {
        if (r) en_arena_free(r->arena);
        memset(out, 0, sizeof *out);
    }
    if (r) {
        free(r->drafts);
        free(r->characterisations);
        free(r->instruments);
        free(r->allegations);
    }
    free(r);
    return status;
}

void en_extraction_clear(en_extraction *extraction) {
    if (!extraction) return;
    en_arena_free(extraction->arena);
    memset(extraction, 0, sizeof *extraction);
}
