/* libxml2's tree of a page, with where each run of text came from. */
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>

#include "base/buf.h"
#include "document/html.h"

enum { MARK = 3 /* bytes of a byte order mark */ };

typedef struct parsing {
    en_arena *arena;
    en_str source;
    xmlNode *node; /* the text node that grew last */
    size_t length; /* of it */
    html_chunk *last;
    bool short_of_memory;
} parsing;

/* The parser stands right behind what it hands over, unless that was a reference; whether it is so is looked up, so
 * that a place is exact or unknown. */
static int64_t source_of(xmlParserCtxt *parser, const parsing *p, const xmlChar *text, int length) {
    int64_t at = (int64_t)xmlByteConsumed(parser) - MARK - length;
    if (at < 0 || (uint64_t)at + (uint64_t)length > p->source.len) return -1;
    return memcmp(p->source.ptr + at, text, (size_t)length) == 0 ? at : -1;
}

static void note_chunk(parsing *p, xmlNode *node, int length, int64_t source) {
    size_t offset = node == p->node ? p->length : 0;
    html_chunk *chunk = en_arena_alloc(p->arena, sizeof *chunk);
    if (!chunk) {
        p->short_of_memory = true;
        return;
    }
    *chunk = (html_chunk){.source = source, .offset = offset};
    if (offset)
        p->last->next = chunk;
    else
        node->_private = chunk;
    p->last = chunk;
    p->node = node;
    p->length = offset + (size_t)length;
}

static void on_text(void *context, const xmlChar *text, int length) {
    xmlParserCtxt *parser = context;
    parsing *p = parser->_private;
    int64_t source = source_of(parser, p, text, length);
    xmlSAX2Characters(context, text, length);
    xmlNode *node = parser->node ? parser->node->last : NULL;
    if (node && node->type == XML_TEXT_NODE && length > 0) note_chunk(p, node, length, source);
}

/* A byte order mark makes the parser read UTF-8 as it stands; told the encoding, it would convert it piece by piece and
 * lose where it is. */
static char *with_mark(en_str utf8, en_arena *arena) {
    char *marked = en_arena_alloc(arena, utf8.len + MARK + 1);
    if (!marked) return NULL;
    memcpy(marked, "\xef\xbb\xbf", MARK);
    if (utf8.len) memcpy(marked + MARK, utf8.ptr, utf8.len);
    return marked;
}

en_status html_parse(en_str utf8, en_arena *arena, xmlDoc **out, en_error *err) {
    parsing p = {.arena = arena, .source = utf8};
    if (utf8.len > INT32_MAX - MARK) return en_fail(err, EN_ERR_LIMIT, "a page is longer than 2 GB");
    if (utf8.len == 0) return en_fail(err, EN_ERR_INPUT, "the page is empty");
    const char *marked = with_mark(utf8, arena);
    if (!marked) return en_no_memory(err);
    htmlParserCtxt *parser = htmlNewParserCtxt();
    if (!parser) return en_no_memory(err);
    parser->sax->characters = parser->sax->ignorableWhitespace = on_text;
    parser->_private = &p;
    *out = htmlCtxtReadMemory(parser, marked, (int)utf8.len + MARK, NULL, NULL,
                              HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                  HTML_PARSE_IGNORE_ENC);
    htmlFreeParserCtxt(parser);
    if (*out && !p.short_of_memory) return EN_OK;
    xmlFreeDoc(*out);
    *out = NULL;
    if (p.short_of_memory) return en_no_memory(err);
    return en_fail(err, EN_ERR_INPUT, "the page cannot be read");
}

bool html_is(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

const char *html_attribute(const xmlNode *node, const char *name, en_arena *arena) {
    if (node->type != XML_ELEMENT_NODE) return NULL;
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    const char *copy = value ? en_arena_strdup(arena, en_str_of((const char *)value)) : NULL;
    xmlFree(value);
    return copy;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

static void collect_text(const xmlNode *node, char *out, size_t cap, size_t *n) {
    for (const xmlNode *child = node->children; child; child = child->next) {
        const char *s = child->type == XML_TEXT_NODE ? (const char *)child->content : "";
        for (; *s && *n < cap; s++) {
            if (!is_blank(*s))
                out[(*n)++] = *s;
            else if (*n && out[*n - 1] != ' ')
                out[(*n)++] = ' ';
        }
        collect_text(child, out, cap, n);
    }
}

const char *html_text(const xmlNode *node, size_t cap, en_arena *arena) {
    char *out = en_arena_alloc(arena, cap + 1);
    size_t n = 0;
    if (!out) return NULL;
    collect_text(node, out, cap, &n);
    if (n == cap) /* no half characters */
        while (n && ((unsigned char)out[n - 1] & 0xc0) == 0x80) n--;
    if (n == cap && n && (unsigned char)out[n - 1] >= 0xc0) n--;
    while (n && out[n - 1] == ' ') n--;
    out[n] = 0;
    return out;
}
