/* What a page says of itself: in its head, and in the data that it carries for search engines. */
#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "document/html.h"
#include "document/rendition.h"

enum { TITLE_MAX = 500, NAME_MAX_BYTES = 200 };

/* The first one that says something is believed. */
static void fill(const char **field, const char *value) {
    if (!(*field)[0] && value && value[0]) *field = value;
}

static void fill_date(en_document *about, const char *value) {
    if (value && !about->date[0]) about->date = en_document_date(about->arena, value);
}

static void read_meta(const xmlNode *node, en_document *about) {
    const char *name = html_attribute(node, "property", about->arena);
    if (!name) name = html_attribute(node, "name", about->arena);
    if (!name) name = html_attribute(node, "itemprop", about->arena);
    const char *content = html_attribute(node, "content", about->arena);
    if (!name || !content) return;
    static const char *const dates[] = {"article:published_time", "datePublished",   "date",   "dc.date",
                                        "dcterms.date",           "dcterms.created", "pubdate"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (strcasecmp(name, dates[i]) == 0) fill_date(about, content);
    if (strcasecmp(name, "og:title") == 0) fill(&about->title, content);
    if (strcasecmp(name, "og:site_name") == 0 || strcasecmp(name, "dc.publisher") == 0) fill(&about->agency, content);
    if (strcasecmp(name, "og:url") == 0) fill(&about->url, content);
    if (strcasecmp(name, "author") == 0 || strcasecmp(name, "dc.creator") == 0) fill(&about->author, content);
}

static const char *member(const json_t *object, const char *name) {
    return json_string_value(json_object_get(object, name));
}

/* "author" is a text, an object with a name, or an array of either, of which the first is taken. */
static const char *name_in(const json_t *value) {
    if (json_is_array(value)) value = json_array_get(value, 0);
    return json_is_object(value) ? member(value, "name") : json_string_value(value);
}

static const char *keep(en_arena *arena, const char *s) { return s ? en_arena_strdup(arena, en_str_of(s)) : NULL; }

/* schema.org's data, an object or an array of them, or a graph. */
static void read_linked_data(const json_t *data, en_document *about, int depth) {
    size_t i;
    json_t *item;
    if (depth > 3) return;
    json_array_foreach((json_t *)data, i, item) read_linked_data(item, about, depth + 1);
    json_array_foreach(json_object_get(data, "@graph"), i, item) read_linked_data(item, about, depth + 1);
    if (!json_object_get(data, "datePublished")) return;
    fill_date(about, member(data, "datePublished"));
    fill(&about->title, keep(about->arena, member(data, "headline")));
    fill(&about->author, keep(about->arena, name_in(json_object_get(data, "author"))));
    fill(&about->agency, keep(about->arena, name_in(json_object_get(data, "publisher"))));
    fill(&about->language, keep(about->arena, member(data, "inLanguage")));
}

static void read_script(const xmlNode *node, en_document *about) {
    const char *type = html_attribute(node, "type", about->arena);
    if (!type || strcasecmp(type, "application/ld+json") != 0) return;
    xmlChar *text = xmlNodeGetContent(node);
    json_t *data = text ? json_loads((const char *)text, 0, NULL) : NULL;
    read_linked_data(data, about, 0);
    json_decref(data);
    xmlFree(text);
}

static void read_element(const xmlNode *node, en_document *about) {
    if (html_is(node, "meta")) read_meta(node, about);
    if (html_is(node, "script")) read_script(node, about);
    if (html_is(node, "html")) fill(&about->language, html_attribute(node, "lang", about->arena));
    if (html_is(node, "link")) {
        const char *rel = html_attribute(node, "rel", about->arena);
        if (rel && strcasecmp(rel, "canonical") == 0) fill(&about->url, html_attribute(node, "href", about->arena));
    }
}

static void walk(const xmlNode *node, en_document *about) {
    for (; node; node = node->next) {
        read_element(node, about);
        walk(node->children, about);
    }
}

static const xmlNode *first_element(const xmlNode *node, const char *name) {
    for (const xmlNode *child = node->children; child; child = child->next) {
        const xmlNode *found = html_is(child, name) ? child : first_element(child, name);
        if (found) return found;
    }
    return NULL;
}

/* Only what has to be guessed: a headline is a better title than the window's, which often ends in the paper's name. */
static void fall_back(const xmlNode *root, en_document *about) {
    const xmlNode *headline = first_element(root, "h1"), *title = first_element(root, "title"),
                  *time = first_element(root, "time");
    if (headline) fill(&about->title, html_text(headline, TITLE_MAX, about->arena));
    if (title) fill(&about->title, html_text(title, TITLE_MAX, about->arena));
    if (time) fill_date(about, html_attribute(time, "datetime", about->arena));
}

en_status html_about(xmlNode *root, en_document *about, en_error *err) {
    (void)err;
    walk(root, about);
    fall_back(root, about);
    return EN_OK;
}
