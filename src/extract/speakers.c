/* Who says it: reporting clauses, "according to", quotations over sentences, headings of lists.
 *
 * Each sentence gives frames: a verb of saying with its subject, and on which side of it stands what is said. A figure
 * belongs to the frame before it that is open to the right, else to the one after it that closes a sentence ("…, she
 * said"), else to one set off in the middle. A quotation without a frame in its sentence has the speaker of its other
 * sentences, or of the sentence that led to it.
 */
#include <string.h>

#include "extract/reporting.h"

enum { QUOTED_FIGURES = 64 };

static bool semicolon_between(const reading *r, int from, int to) {
    for (int i = from; i < to; i++)
        if (is_punct(item_at(r, i), ';')) return true;
    return false;
}

/* "6,400 fled, and 212 are, according to the elders, missing": what is set off in the middle is of its own clause. */
static bool of_another_clause(const reading *r, int place, const frame *x) {
    if (!x->according || !is_punct(item_at(r, x->end + 1), ',') || x->end + 2 >= r->list.n) return false;
    for (int i = place + 1; i < x->start; i++) {
        if (item_at(r, i)->kind != ITEM_WORD || !is(item_at(r, i), LEX_CONJUNCTION)) continue;
        for (int k = i + 1; k < x->start; k++)
            if (item_at(r, k)->kind == ITEM_NUMBER && !(item_at(r, k)->flags & ITEM_NO_COUNT)) return true;
    }
    return false;
}

/* "The minister said that the commission had counted 12": by the minister, who cites it. */
static bool is_nested(const reading *r, const frame *outer, const frame *inner) {
    if (!outer->right || outer->kind != REPORT_SAYS || inner->kind != REPORT_COUNTS) return false;
    if (item_at(r, outer->verb)->quote != item_at(r, inner->verb)->quote) return false;
    int first = inner->start;
    while (first > outer->verb && is(item_at(r, first - 1), LEX_DETERMINER) && !is(item_at(r, first - 1), LEX_THAT))
        first--;
    return first - 1 > outer->verb && item_at(r, first - 1)->kind == ITEM_WORD && is(item_at(r, first - 1), LEX_THAT);
}

static const frame *frame_for(const reading *r, const frames *f, int place, const frame **cited) {
    const frame *before = NULL, *after = NULL, *middle = NULL, *nested = NULL;
    for (int i = 0; i < f->n; i++) {
        const frame *x = &f->at[i];
        if (!x->who.known) continue;
        if (x->verb < place && x->right) {
            nested = before && is_nested(r, before, x) ? x : NULL;
            if (!nested) before = x;
        }
        if (x->verb > place && x->left && !after && !of_another_clause(r, place, x)) after = x;
        if (x->verb < place && x->left && x->after) middle = x;
    }
    *cited = nested;
    if (before && after && after->according && before->verb != after->verb) *cited = after;
    if (before && middle && middle->verb > before->verb && middle->after &&
        place > middle->verb) { /* "…, X said; …" after it */
        if (!middle->according) return middle;
    }
    if (before) return before;
    if (after && middle && semicolon_between(r, place, after->verb)) return middle;
    if (!after && !middle && f->n && f->at[0].right && f->at[0].verb > place && f->fronted)
        return f->at[0].who.known ? &f->at[0] : NULL;
    return after ? after : middle;
}

static void give(draft *d, const speaker_words *who) {
    d->figure.asserted_by = who->who;
    d->speaker_known = true;
}

static void speak_for_quotes(reading *r, const frames *f) {
    const frame *outside = NULL;
    bool here = false;
    for (int i = 0; i < f->n && !outside; i++)
        if (!item_at(r, f->at[i].verb)->quote && f->at[i].who.known) outside = &f->at[i];
    for (int i = 0; i < r->list.n; i++) {
        uint32_t quote = item_at(r, i)->quote;
        if (!quote) continue;
        here = true;
        if (outside) {
            r->quote_speaker = outside->who;
            r->quote_speaker_of = quote;
        } else if (r->quote_speaker_of != quote && r->last_speaker.known && r->last_speaker_paragraph == r->paragraph) {
            r->quote_speaker = r->last_speaker;
            r->quote_speaker_of = quote;
        }
    }
    if (!outside || !here) return;
    for (size_t i = r->n_drafts, n = 0; i-- > 0 && r->drafts[i].paragraph == r->paragraph && n < QUOTED_FIGURES;
         n++) { /* earlier sentences of the same quotation */
        draft *d = &r->drafts[i];
        if (d->quote && d->quote == r->quote_speaker_of && (!d->speaker_known || d->sentence != r->sentence) &&
            d->sentence < r->sentence)
            give(d, &outside->who);
    }
}

static void speak_for_figures(reading *r, const frames *f) {
    for (size_t i = r->first_here; i < r->n_drafts; i++) {
        draft *d = &r->drafts[i];
        const frame *cited;
        const frame *x = frame_for(r, f, d->of.number, &cited);
        if (x) {
            give(d, &x->who);
            if (cited) d->figure.citing = cited->who.who.name;
            bool direct = x->kind == REPORT_DENIES && x->right && !d->quote;
            if (direct && d->figure.modality == EN_MODALITY_STATED && item_at(r, d->of.number)->bound != BOUND_AT_MOST)
                d->figure.modality = EN_MODALITY_NEGATED;
        } else if (d->quote && d->quote == r->quote_speaker_of && r->quote_speaker.known) {
            give(d, &r->quote_speaker);
        } else if (r->label_speaker.known && r->label_paragraph == r->paragraph) {
            give(d, &r->label_speaker);
        } else if (r->in_list && r->list_speaker.known) {
            give(d, &r->list_speaker);
        }
        if (!d->speaker_known && d->figure.part_of >= 0 && r->drafts[d->figure.part_of].speaker_known) {
            d->figure.asserted_by = r->drafts[d->figure.part_of].figure.asserted_by;
            d->figure.citing = r->drafts[d->figure.part_of].figure.citing;
            d->speaker_known = true;
        }
    }
}

/* A line that ends with a colon speaks for the list under it. */
static void keep_heading(reading *r, const frames *f) {
    if (!r->tokens.ends_colon) return;
    r->in_list = true;
    r->list_speaker = (speaker_words){0};
    for (int i = 0; i < f->n; i++)
        if (f->at[i].who.known) r->list_speaker = f->at[i].who;
}

const speaker_words *speaker_at(const reading *r, const frames *f, int place) {
    const frame *cited, *x = frame_for(r, f, place, &cited);
    if (x) return &x->who;
    uint32_t quote = item_at(r, place)->quote;
    return quote && quote == r->quote_speaker_of && r->quote_speaker.known ? &r->quote_speaker : NULL;
}

/* "Imre Kovalan", to know "Kovalan" by. */
static bool is_full_name(const reading *r, const speaker_words *who) {
    return r->lex->capitals && memchr(who->who.name.ptr, ' ', who->who.name.len) &&
           !(who->who.name.ptr[0] >= 'a' && who->who.name.ptr[0] <= 'z') &&
           !name_has(r, who->who.name, LEX_BIT(LEX_NOUN) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_BODY));
}

void read_speakers(reading *r, frames *f) {
    find_subject(r, &r->subject);
    if (r->subject.known && r->subject.person && is_full_name(r, &r->subject)) remember(r, &r->subject);
    read_frames(r, f);
    for (int i = 0; i < f->n; i++) {
        know_again(r, &f->at[i].who);
        if (f->at[i].who.known) remember(r, &f->at[i].who);
        if (f->at[i].label) r->label_speaker = f->at[i].who, r->label_paragraph = r->paragraph;
    }
    speak_for_quotes(r, f);
    speak_for_figures(r, f);
    keep_heading(r, f);
    for (int i = f->n - 1; i >= 0; i--)
        if (f->at[i].who.known) {
            r->last_speaker = f->at[i].who;
            r->last_speaker_paragraph = r->paragraph;
            r->last_speaker_sentence = r->sentence;
            break;
        }
    if (r->subject.known && is_speaker(r, &r->subject)) r->last_subject = r->subject;
    if (r->subject.known && is_court(r, &r->subject)) r->court = r->subject;
    keep_meant(r, &r->subject);
    for (int i = 0; i < f->n; i++) keep_meant(r, &f->at[i].who);
}
