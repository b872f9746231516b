/* A page as a tree, with where each run of its text stands in the source. */
#ifndef EN_DOCUMENT_HTML_H
#define EN_DOCUMENT_HTML_H

#include <libxml/tree.h>

#include "document/document.h"

/* Part of a text node: bytes `offset` and on, up to the next chunk, stand at `source`; -1 where they do not stand in
 * the source as they are (a character reference). A text node's _private is its first chunk. */
typedef struct html_chunk html_chunk;
struct html_chunk {
    html_chunk *next;
    int64_t source;
    size_t offset;
};

/* Parses UTF-8 text; whatever it is, there is a tree. Free with xmlFreeDoc; chunks are lent by the arena. */
en_status html_parse(en_str utf8, en_arena *arena, xmlDoc **out, en_error *err);

bool html_is(const xmlNode *node, const char *name); /* an element of that name */
/* The value of an attribute in the arena; NULL where there is none or memory is short. */
const char *html_attribute(const xmlNode *node, const char *name, en_arena *arena);
/* All text under a node, runs of white space as one space, at most `cap` bytes, in the arena; NULL when memory is
 * short. */
const char *html_text(const xmlNode *node, size_t cap, en_arena *arena);

/* Whether text under it is none of what the page is about: scripts, menus, what others say below it. */
bool html_is_aside(const xmlNode *node);
/* The part of the page that is the article; the body where no part stands out; NULL for an empty page. */
xmlNode *html_article(xmlNode *root);
/* What the page says of itself: title, date, author, agency, language, address. What `about` has already is kept. */
en_status html_about(xmlNode *root, en_document *about, en_error *err);

#endif
