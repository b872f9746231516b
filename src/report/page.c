/* The HTML page as a whole: one file, nothing loaded from anywhere, a content security policy that allows what is in it
 * by hash alone. */
#include "report/page.h"

#include <openssl/evp.h>
#include <stdio.h>

#include "everyname/when.h"
#include "report/embedded.h"
#include "report/fonts.h"
#include "report/said.h"

enum { HASH_TEXT = 80 };

/* 'sha256-…' of an inline style or script, as a content security policy names it (CSP 3, 2.3.1). */
static bool hash_source(en_str content, char out[HASH_TEXT]) {
    unsigned char digest[EVP_MAX_MD_SIZE], base64[HASH_TEXT / 2 + 16];
    unsigned len = 0;
    if (!EVP_Digest(content.ptr, content.len, digest, &len, EVP_sha256(), NULL)) return false;
    EVP_EncodeBlock(base64, digest, (int)len);
    snprintf(out, HASH_TEXT, "'sha256-%s'", (const char *)base64);
    return true;
}

static void allow(page *p, const char *directive, const en_str *contents, size_t n) {
    char hash[HASH_TEXT];
    page_rawf(p, "; %s", directive);
    for (size_t i = 0; i < n; i++) {
        if (!hash_source(contents[i], hash)) p->status = en_fail(p->err, EN_ERR_MEMORY, "cannot hash");
        page_rawf(p, " %s", hash);
    }
}

static void add(page *p, en_str bytes) {
    if (p->status == EN_OK) p->status = en_buf_add(&p->out, bytes, p->err);
}

static void head(page *p, en_str style, en_str script) {
    const en_str styles[] = {style, {plot_css, plot_css_len}};
    page_raw(p, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; "
                "form-action 'none'; font-src data:");
    allow(p, "style-src", styles, 2);
    allow(p, "script-src", &script, 1);
    page_raw(p, "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" "
                "content=\"Everyname " EN_VERSION "\">\n<title>");
    page_text(p, p->f->title);
    page_raw(p, ": account of recorded persons</title>\n<style>");
    add(p, style);
    page_raw(p, "</style>\n</head>\n");
}

static bool has_documents(const page *p) {
    const en_report_said *said = p->f->said;
    for (int32_t i = 0; said && i < said->stated.n_sources; i++)
        if (said_has_text(said, i)) return true;
    return false;
}

static bool has_positions(const page *p) {
    const en_positions *all = p->f->said ? &p->f->said->positions : NULL;
    return all && (all->n || all->n_instruments || all->n_actions || all->n_allegations);
}

static bool has_stated(const page *p) { return p->f->said && p->f->said->n_comparisons; }

static void navigation(page *p) {
    static const struct {
        const char *id, *title;
        bool (*is_there)(const page *p);
    } places[] = {{"sources", "Sources", NULL},
                  {"recorded", "Recorded", NULL},
                  {"overlap", "Overlap", NULL},
                  {"estimate", "Not recorded", NULL},
                  {"stated", "Stated", has_stated},
                  {"positions", "Positions", has_positions},
                  {"unknown", "Not known", NULL},
                  {"linkage", "Joining", NULL},
                  {"method", "Definitions", NULL},
                  {"files", "Files", NULL},
                  {"documents", "Documents", has_documents},
                  {"traces", "Behind each number", NULL},
                  {"persons", "Persons", NULL}};
    page_raw(p, "<nav aria-label=\"Contents\"><ol>");
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (!places[i].is_there || places[i].is_there(p))
            page_rawf(p, "<li><a href=\"#%s\">%s</a></li>", places[i].id, places[i].title);
    page_raw(p, "</ol></nav>\n");
}

static void estimate_kind(page *p) {
    const en_app_estimate *e = p->f->estimate;
    page_raw(p, "<div class=\"kind\"><h2>Estimated</h2><p class=\"big\">");
    if (e && e->result.has_recommended) {
        page_raw(p, "<a class=\"est\" href=\"#estimate\">");
        page_count(p, (int64_t)(e->result.low + .5));
        page_raw(p, " \xE2\x80\x93 ");
        page_count(p, (int64_t)(e->result.high + .5));
        page_raw(p, "</a>");
    } else {
        page_raw(p, "<a class=\"none\" href=\"#estimate\">none</a>");
    }
    page_raw(p, "</p><p>What a model says: an interval that fades towards its ends. ");
    page_raw(p, e && e->result.has_recommended ? "Persons in all, recorded and not.</p></div>\n"
                                               : "Why there is none is said there.</p></div>\n");
}

static void stated_kind(page *p) {
    int64_t n = 0;
    for (int64_t i = 0; p->f->said && i < p->f->said->stated.n_figures; i++)
        n += !p->f->said->stated.figures[i].said.hidden;
    page_raw(p, "<div class=\"kinds\"><div class=\"kind\"><h2>Stated</h2><p class=\"big\">");
    if (n == 0) {
        page_raw(p, "<span class=\"said\">none</span></p><p>What a source says: outlined, with its speaker. No stated "
                    "figure is in this case file.</p></div>\n");
        return;
    }
    page_raw(p, "<a class=\"said\" href=\"#stated\">");
    page_count(p, n);
    page_raw(p, n == 1 ? " figure" : " figures");
    page_raw(p, "</a></p><p>What a source says: outlined, with its speaker. Never added up.</p></div>\n");
}

/* The three kinds of number, each with its look. */
static void kinds(page *p) {
    const facts *f = p->f;
    stated_kind(p);
    page_raw(p, "<div class=\"kind\"><h2>Recorded</h2><p class=\"big\">");
    page_number(p, &f->total, false);
    page_raw(p, "</p><p>Persons on lists: a solid mark. Of them <span class=\"nb\">");
    page_number(p, &f->total, true);
    page_raw(p, " corroborated,</span> <span class=\"nb\"><a class=\"rec\" href=\"#verified\">");
    page_count(p, f->level[EN_LEVEL_VERIFIED].total);
    page_raw(p, "</a> verified.</span></p></div>\n");
    estimate_kind(p);
    page_raw(p, "</div>\n");
}

static void title(page *p) {
    const en_account *a = p->f->account;
    char when[32];
    en_time_print(a->generated, when, sizeof when);
    page_raw(p, "<body>\n<header><h1>");
    page_words(p, p->f->title);
    page_raw(p, "</h1>\n<p class=\"lead\">An account of ");
    page_number(p, &p->f->total, false);
    page_raw(p, " recorded persons, from <a class=\"rec\" href=\"#sources\">");
    page_count(p, a->n_records);
    page_raw(p, "</a> records of <a class=\"rec\" href=\"#sources\">");
    page_count(p, a->n_sources);
    page_raw(p, a->n_sources == 1 ? "</a> source. " : "</a> sources. ");
    page_rawf(p,
              "Made <time datetime=\"%s\">%.10s %.5s UTC</time> by Everyname " EN_VERSION
              ", at ledger head <code>%.12s</code>.</p>\n",
              when, when, when + 11, a->head);
    page_raw(p, p->f->names ? "<p class=\"warning\">This report names people who may be living and minors. It was "
                              "asked to. Keep it accordingly.</p>\n"
                            : "<p class=\"lead\">It names nobody who may be living and no minor.</p>\n");
    kinds(p);
    page_raw(p,
             "<p class=\"lead\">These are never added to one another. Each number leads to what is behind it.</p>\n");
    navigation(p);
    page_raw(p, "</header>\n");
}

static void body(page *p) {
    title(p);
    page_raw(p, "<main>\n");
    page_sources(p);
    page_recorded(p);
    page_overlap(p);
    page_estimate(p);
    page_stated(p);
    page_positions(p);
    page_unknown(p);
    page_linkage(p);
    page_method(p);
    page_files(p);
    page_documents(p);
    page_traces(p);
    page_persons(p);
    page_raw(p, "</main>\n");
    page_facts(p);
}

/* The body comes first, since which fonts the head holds depends on its text. */
en_status page_write(const facts *f, en_buf *out, en_error *err) {
    const en_str script = {report_js, report_js_len};
    en_buf style = {0};
    page content = {.f = f, .err = err}, whole = {.f = f, .out = *out, .err = err};
    body(&content);
    whole.status = content.status;
    if (whole.status == EN_OK)
        whole.status = fonts_add((en_str){fonts_css, fonts_css_len}, en_buf_str(&content.out), &style, err);
    if (whole.status == EN_OK) whole.status = en_buf_add(&style, (en_str){report_css, report_css_len}, err);
    head(&whole, en_buf_str(&style), script);
    add(&whole, en_buf_str(&content.out));
    page_raw(&whole, "<script>");
    add(&whole, script);
    page_raw(&whole, "</script>\n</body>\n</html>\n");
    en_buf_clear(&style);
    en_buf_clear(&content.out);
    *out = whole.out;
    return whole.status;
}
