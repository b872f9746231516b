/* everyname positions: who uses which term of what, instruments by clause, actions, allegations and their answers. */
#include <stdio.h>
#include <string.h>

#include "app/positions.h"
#include "base/print.h"
#include "cli/terminal.h"
#include "report/report.h"

static const char *name_instrument(const en_stated *s, int32_t index, char out[256]) {
    out[0] = 0;
    if (index < 0) return out;
    const en_stated_instrument *i = &s->instruments[index];
    const char *called = i->symbol[0] ? i->symbol : i->title;
    en_print(out, 256, "%.120s%s%.120s", i->body, i->body[0] && called[0] ? ", " : "", called);
    return out;
}

/* What stands behind a cell: an instrument, else the source. */
static const char *document_of(const en_stated *s, const en_stated_term *t, char out[256]) {
    if (t->instrument >= 0) return name_instrument(s, t->instrument, out);
    return t->said.source < 0 ? "-" : s->sources[t->said.source].about.title;
}

static void print_body(char out[300], const en_position_body *body) {
    en_print(out, 300, "%.200s%s", body->name, body->is_source ? " (the source itself)" : "");
}

static void print_matrix(const en_positions *p) {
    const char *headers[] = {"body", "event", "term", "mode", "date", "document", "id"};
    text_table *t = text_table_new(7, headers, "lllllll");
    for (int32_t b = 0; b < p->n_bodies; b++)
        for (int32_t e = 0; e < p->n_events; e++)
            for (int64_t i = 0; i < p->n; i++) {
                const en_position *at = &p->positions[i];
                const en_stated_term *term = &p->stated->terms[at->term];
                char body[300], mode[64], document[256];
                if (at->body != b || at->event != e) continue;
                print_body(body, &p->bodies[b]);
                const char *cells[] = {body,
                                       or_dash(p->events[e].name),
                                       term->term,
                                       code_words(term->mode, mode),
                                       or_dash(at->date),
                                       document_of(p->stated, term, document),
                                       term->said.shown};
                text_table_row(t, cells);
            }
    printf("Who says what of which event\n");
    text_table_print(t);
}

static void print_timeline(const en_positions *p) {
    printf("\nOver time\n");
    for (int64_t i = 0; i < p->n; i++) {
        const en_position *at = &p->positions[i];
        char body[300], mode[64];
        print_body(body, &p->bodies[at->body]);
        printf("  %-10s  %s %s: %s  %s\n", at->date[0] ? at->date : "no date", body,
               code_words(p->stated->terms[at->term].mode, mode), p->stated->terms[at->term].term,
               p->stated->terms[at->term].said.shown);
    }
}

static void print_implementation(const en_stated *s, const en_stated_implementation *i) {
    const char *named;
    const char *on = i->date[0] ? i->date : en_said_on(s, &i->said);
    en_addressee addressee = en_position_addressee(s, i, &named);
    printf("      said to be %s by %s%s%s  %s\n", i->grade_words, or_dash(en_said_by(s, &i->said)), on[0] ? ", " : "",
           on, i->said.shown);
    if (i->addressee[0])
        printf("        of %s%s%s%s\n", i->addressee, addressee == EN_ADDRESSEE_OTHER ? "; the text binds " : "",
               addressee == EN_ADDRESSEE_OTHER ? named : "",
               addressee == EN_ADDRESSEE_NOT_SAID ? "; the text names nobody" : "");
}

static void print_instrument(const en_stated *s, const en_position_instrument *at) {
    const en_stated_instrument *first = &s->instruments[at->mentions[0]];
    char name[256], kind[64];
    printf("  %s%s%s%s  %s", name_instrument(s, at->mentions[0], name), first->date[0] ? ", " : "", first->date,
           first->kind[0] ? "" : ", kind not said", code_words(first->kind, kind));
    for (int32_t i = 0; i < at->n_mentions; i++) printf("  %s", s->instruments[at->mentions[i]].said.shown);
    printf("\n");
    if (first->vote[0]) printf("    vote: %s\n", first->vote);
    if (first->demands[0]) printf("    demands: %s\n", first->demands);
    for (int32_t i = 0; i < at->n_clauses; i++) {
        const en_position_clause *c = &at->clauses[i];
        if (c->clause < 0) {
            printf("    as a whole\n");
        } else {
            const en_stated_clause *clause = &s->clauses[c->clause];
            printf("    %s %s%s%s  %s\n", or_dash(clause->number), clause->verb, clause->addressee[0] ? " " : "",
                   clause->addressee, clause->said.shown);
        }
        for (int32_t k = 0; k < c->n; k++) print_implementation(s, &s->implementations[c->implementations[k]]);
        if (c->n == 0) printf("      nobody says what became of it\n");
    }
}

static void print_action(const en_stated *s, const en_position_action *at) {
    const en_stated_action *a = &s->actions[at->action];
    char kind[64];
    printf("  %-10s  %s%s%s%s%s  %s\n", a->date[0] ? a->date : "no date", code_words(a->kind, kind),
           a->title[0] ? " " : "", a->title, a->by[0] ? ", by " : "", a->by, a->said.shown);
    for (int32_t i = 0; i < at->n_figures; i++) {
        const en_stated_figure *f = &s->figures[at->figures[i]];
        char number[96], what[64];
        en_figure_number(f, number);
        printf("      %s %s, said %s  %s\n", number, code_words(f->category, what), en_said_by(s, &f->said),
               f->said.shown);
    }
    for (int32_t i = 0; i < at->n_terms; i++)
        printf("      \"%s\" (%s)  %s\n", s->terms[at->terms[i]].term, s->terms[at->terms[i]].mode,
               s->terms[at->terms[i]].said.shown);
}

static void print_allegation(const en_stated *s, const en_position_allegation *at) {
    if (at->allegation >= 0) {
        const en_stated_allegation *a = &s->allegations[at->allegation];
        printf("  alleged by %s: %s, by %s%s%s  %s\n", or_dash(en_said_by(s, &a->said)), or_dash(a->act),
               or_dash(a->accused), a->degree[0] ? ", " : "", a->degree, a->said.shown);
    }
    for (int32_t i = 0; i < at->n_responses; i++) {
        const en_stated_response *r = &s->responses[at->responses[i]];
        printf("%sanswer of %s%s%s: %s  %s\n", at->allegation < 0 ? "  " : "    ",
               or_dash(r->by[0] ? r->by : en_said_by(s, &r->said)), at->allegation < 0 ? " to: " : "",
               at->allegation < 0 ? r->act : "", r->kind_words, r->said.shown);
    }
    if (at->n_responses == 0) printf("    no answer is in the case\n");
}

static void print_positions(const en_positions *p) {
    const en_stated *s = p->stated;
    if (p->n) {
        print_matrix(p);
        print_timeline(p);
    } else {
        printf("No position is in the case.\n");
    }
    if (p->n_instruments) printf("\nInstruments, and what is said to have become of them\n");
    for (int64_t i = 0; i < p->n_instruments; i++) print_instrument(s, &p->instruments[i]);
    if (p->n_other_instruments)
        printf("\n%lld instruments that nothing ties to what was asked for are left out.\n",
               (long long)p->n_other_instruments);
    if (p->n_actions) printf("\nActions, and what was said in the same source\n");
    for (int64_t i = 0; i < p->n_actions; i++) print_action(s, &p->actions[i]);
    if (p->n_allegations) printf("\nAllegations, and the answers of the accused\n");
    for (int64_t i = 0; i < p->n_allegations; i++) print_allegation(s, &p->allegations[i]);
    for (int64_t i = 0; i < p->n_left_out; i++)
        printf("%s%s is left out: it has no source and no instrument.\n", i ? "" : "\n",
               s->terms[p->left_out[i]].said.shown);
}

static int run(const args *a) {
    en_error err;
    en_stated stated;
    en_positions positions;
    en_positions_options o = {.term = text_option(a, "term"), .incident = text_option(a, "incident")};
    if (en_stated_open(a->operands[0], &stated, &err) != EN_OK) return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (en_positions_make(&stated, &o, &positions, &err) != EN_OK) {
        status = fail_with(a, &err);
    } else {
        if (has_option(a, "json"))
            status = print_json(a, en_json_positions(&positions));
        else
            print_positions(&positions);
        en_positions_clear(&positions);
    }
    en_stated_clear(&stated);
    return status;
}

static const option_spec options[] = {{"term", 0, OPTION_TEXT, "T", "one term, in its dictionary form", false},
                                      {"incident", 0, OPTION_TEXT, "X", "of one incident: its id, title or key", false},
                                      {0}};

const cli_command cmd_positions = {
    "positions",
    "CASE",
    1,
    1,
    "show who uses which term of what, and what became of resolutions",
    "Shows which body seeks, asserts, finds, recognises, denies, declines or withdraws which term of which event, over "
    "time, with the instrument or source behind each; resolutions, agreements and judgments by clause, with who says "
    "that they were carried out or not, when, and of whom; actions such as campaigns and anniversaries with what the "
    "same "
    "source says; allegations with the answers of the accused. Bodies are joined by actor or exact name alone. Nothing "
    "is "
    "inferred: what has no document is left out, and said so.",
    "everyname positions valley.everyname --term genocide",
    COMMON_JSON,
    options,
    run};
