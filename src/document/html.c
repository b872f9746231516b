/* The text of a page: its article, block by block, as a reader sees it. */
#include "document/html.h"

#include <string.h>
#include <strings.h>

#include "document/rendition.h"

/* Lines that end before and after an element. */
static int lines_around(const xmlNode *node) {
    static const char *const paragraphs[] = {"p",          "div",    "h1",      "h2",         "h3",  "h4",
                                             "h5",         "h6",     "ul",      "ol",         "dl",  "article",
                                             "section",    "header", "table",   "blockquote", "pre", "figure",
                                             "figcaption", "main",   "address", "hr"},
                             *const lines[] = {"li", "tr", "br", "dt", "dd", "caption"};
    for (size_t i = 0; i < sizeof paragraphs / sizeof *paragraphs; i++)
        if (html_is(node, paragraphs[i])) return 2;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (html_is(node, lines[i])) return 1;
    return 0;
}

static en_status write_text(const xmlNode *node, en_rendition *r) {
    const char *text = (const char *)node->content;
    size_t length = strlen(text);
    const html_chunk *chunk = node->_private;
    if (!chunk) return en_rendition_words(r, (en_str){text, length}, -1);
    for (; chunk; chunk = chunk->next) {
        size_t end = chunk->next ? chunk->next->offset : length;
        EN_TRY(en_rendition_words(r, (en_str){text + chunk->offset, end - chunk->offset}, chunk->source));
    }
    return EN_OK;
}

static en_status write_children(const xmlNode *node, en_rendition *r) {
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (html_is_aside(child)) continue;
        int lines = lines_around(child);
        en_rendition_break(r, lines);
        if (html_is(child, "td") || html_is(child, "th")) r->space = true;
        if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE)
            EN_TRY(write_text(child, r));
        else
            EN_TRY(write_children(child, r));
        en_rendition_break(r, lines);
    }
    return EN_OK;
}

static bool holds(const xmlNode *node, const xmlNode *in) {
    for (; node; node = node->parent)
        if (node == in) return true;
    return false;
}

static const xmlNode *find_headline(const xmlNode *node) {
    for (const xmlNode *child = node->children; child; child = child->next) {
        const xmlNode *found = html_is(child, "h1") ? child : find_headline(child);
        if (found) return found;
    }
    return NULL;
}

/* A headline often stands outside what holds the paragraphs. */
static en_status write_article(xmlNode *root, en_rendition *r) {
    const xmlNode *article = html_article(root), *headline = find_headline(root);
    if (headline && !holds(headline, article)) {
        EN_TRY(write_children(headline, r));
        en_rendition_break(r, 2);
    }
    return write_children(article, r);
}

en_status en_html_words(en_str utf8, en_rendition *r, en_document *about, en_error *err) {
    xmlDoc *doc;
    EN_TRY(html_parse(utf8, about->arena, &doc, err));
    xmlNode *root = xmlDocGetRootElement(doc);
    en_status status = root ? html_about(root, about, err) : en_fail(err, EN_ERR_INPUT, "the page is empty");
    if (status == EN_OK) status = write_article(root, r);
    xmlFreeDoc(doc);
    return status;
}

/* What a page says its encoding is, in the first bytes, where it says so. */
static const char *stated_encoding(en_str bytes, char out[32]) {
    enum { LOOK_AT = 2048 };
    size_t limit = bytes.len < LOOK_AT ? bytes.len : LOOK_AT;
    for (size_t i = 0; i + 8 < limit; i++) {
        if (strncasecmp(bytes.ptr + i, "charset=", 8) != 0) continue;
        size_t at = i + 8, n = 0;
        while (at < limit && (bytes.ptr[at] == '"' || bytes.ptr[at] == '\'')) at++;
        while (at < limit && n < 31 && strchr("\"'> ;/\r\n\t", bytes.ptr[at]) == NULL) out[n++] = bytes.ptr[at++];
        out[n] = 0;
        return out;
    }
    return NULL;
}

/* UTF-8 that is UTF-8 is believed before what a page says; a name that is none of ours is left to detection. */
static en_status decode_page(en_str bytes, const char *encoding, en_document *out, en_str *text, en_error *err) {
    char stated[32];
    en_error first;
    if (encoding) return en_document_decode(bytes, encoding, out, text, err);
    if (en_document_decode(bytes, "UTF-8", out, text, &first) == EN_OK) return EN_OK;
    const char *name = stated_encoding(bytes, stated);
    if (name && en_document_decode(bytes, name, out, text, &first) == EN_OK) return EN_OK;
    return en_document_decode(bytes, NULL, out, text, err);
}

/* A byte order mark counts too where places are places in the document's own bytes. */
static void count_mark(en_document *d, en_str bytes, en_str text) {
    bool within = text.ptr >= bytes.ptr && text.ptr <= bytes.ptr + bytes.len;
    for (int64_t i = 0; within && i < d->n_places; i++)
        if (d->places[i].source >= 0) d->places[i].source += text.ptr - bytes.ptr;
}

en_status en_document_html(en_str bytes, const char *encoding, en_document *out, en_error *err) {
    en_rendition r = {.err = err};
    en_str text;
    EN_TRY(decode_page(bytes, encoding, out, &text, err));
    out->extractor = "everyname " EN_VERSION " page";
    en_status status = en_html_words(text, &r, out, err);
    if (status == EN_OK) status = en_rendition_end(&r, out);
    if (status == EN_OK) count_mark(out, bytes, text);
    en_rendition_clear(&r);
    return status;
}
