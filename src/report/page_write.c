/* Writing the HTML page: escaping, numbers, links. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/page.h"

void page_raw(page *p, const char *html) {
    if (p->status == EN_OK) p->status = en_buf_add(&p->out, en_str_of(html), p->err);
}

void page_rawf(page *p, const char *fmt, ...) {
    char line[1024];
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    if (p->status != EN_OK) return;
    if (n < 0 || (size_t)n >= sizeof line)
        p->status = en_fail(p->err, EN_ERR_LIMIT, "a line of the report is too long");
    else
        p->status = en_buf_add(&p->out, (en_str){line, (size_t)n}, p->err);
}

static const char *entity(char c) {
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* Control characters that HTML forbids are written as U+FFFD. */
static bool is_forbidden(unsigned char c) { return (c < 32 && c != '\t' && c != '\n' && c != '\r') || c == 127; }

void page_bytes(page *p, en_str text) {
    size_t from = 0;
    for (size_t i = 0; i < text.len && p->status == EN_OK; i++) {
        const char *in_place = is_forbidden((unsigned char)text.ptr[i]) ? "\xEF\xBF\xBD" : entity(text.ptr[i]);
        if (!in_place) continue;
        p->status = en_buf_add(&p->out, (en_str){text.ptr + from, i - from}, p->err);
        page_raw(p, in_place);
        from = i + 1;
    }
    if (p->status == EN_OK) p->status = en_buf_add(&p->out, (en_str){text.ptr + from, text.len - from}, p->err);
}

void page_text(page *p, const char *text) { page_bytes(p, en_str_of(text)); }

void page_words(page *p, const char *words) {
    page_raw(p, "<bdi dir=\"auto\">");
    page_text(p, words);
    page_raw(p, "</bdi>");
}

void page_count(page *p, int64_t n) {
    char digits[32], out[48];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-') out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = 0;
    page_raw(p, out);
}

void page_real(page *p, double number, int decimals) {
    if (isnan(number))
        page_raw(p, "unknown");
    else if (isinf(number))
        page_raw(p, "no limit");
    else
        page_rawf(p, "%.*f", decimals, number);
}

void page_field(page *p, const char *label, const char *text) {
    if (!text || !text[0]) return;
    page_rawf(p, "<dt>%s</dt><dd>", label);
    page_words(p, text);
    page_raw(p, "</dd>");
}

void page_number(page *p, const fact_row *row, bool corroborated) {
    bool withheld = corroborated ? row->corroborated_withheld : row->withheld;
    page_rawf(p, "<a class=\"%s\" href=\"#c%d\">", withheld ? "held" : "rec", row->number);
    if (withheld)
        page_raw(p, "withheld");
    else
        page_count(p, corroborated ? row->corroborated : row->n);
    page_raw(p, "</a>");
}
