/* Which part of a page is the article. */
#include <string.h>
#include <strings.h>

#include "document/html.h"

static bool is_one_of(const char *word, const char *const *words) {
    for (; *words; words++)
        if (strcasecmp(word, *words) == 0) return true;
    return false;
}

static const char *const never_text[] = {"script", "style",  "noscript", "template", "svg",    "iframe",
                                         "select", "button", "object",   "textarea", "canvas", "audio",
                                         "video",  "head",   "form",     "input",    NULL};
static const char *const beside_text[] = {"nav", "footer", "aside", "menu", "dialog", NULL};
static const char *const beside_roles[] = {"navigation", "complementary", "contentinfo", "banner", "search",
                                           "dialog",     "menu",          "alert",       NULL};
/* As class names have them, between other letters or on their own. */
static const char *const beside_names[] = {"comment", "sidebar",    "related", "share",       "social",
                                           "cookie",  "advert",     "promo",   "subscrib",    "breadcrumb",
                                           "navbar",  "newsletter", "popup",   "recommended", NULL};

static bool property_has(const xmlNode *node, const char *name, const char *const *words) {
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    bool found = false;
    for (; value && *words && !found; words++) found = xmlStrcasestr(value, (const xmlChar *)*words) != NULL;
    xmlFree(value);
    return found;
}

static bool property_is(const xmlNode *node, const char *name, const char *const *words) {
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    bool found = value && is_one_of((const char *)value, words);
    xmlFree(value);
    return found;
}

static bool is_hidden(const xmlNode *node) {
    static const char *const yes[] = {"true", NULL};
    return xmlHasProp(node, (const xmlChar *)"hidden") || property_is(node, "aria-hidden", yes);
}

bool html_is_aside(const xmlNode *node) {
    if (node->type == XML_COMMENT_NODE || node->type == XML_PI_NODE || node->type == XML_DTD_NODE) return true;
    if (node->type != XML_ELEMENT_NODE) return false;
    const char *name = (const char *)node->name;
    if (is_one_of(name, never_text) || is_one_of(name, beside_text) || is_hidden(node)) return true;
    if (property_is(node, "role", beside_roles)) return true;
    /* A page that names its own body or article so is still that page. */
    if (html_is(node, "body") || html_is(node, "article") || html_is(node, "main")) return false;
    return property_has(node, "class", beside_names) || property_has(node, "id", beside_names);
}

/* Bytes of text under a node that are not white space, those of links apart. */
typedef struct weight {
    int64_t text, linked;
} weight;

static int64_t letters(const xmlNode *text) {
    int64_t n = 0;
    for (const xmlChar *s = text->content; s && *s; s++) n += *s > ' ';
    return n;
}

static void add_weight(const xmlNode *node, bool in_link, weight *w) {
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (html_is_aside(child)) continue;
        int64_t n = child->type == XML_TEXT_NODE ? letters(child) : 0;
        w->text += n;
        if (in_link) w->linked += n;
        add_weight(child, in_link || html_is(child, "a"), w);
    }
}

static weight weigh(const xmlNode *node) {
    weight w = {0};
    add_weight(node, false, &w);
    return w;
}

/* The element for which `is` holds that has the most text; `whole` takes it where it lies in another such one. */
static void find_heaviest(xmlNode *node, bool (*is)(const xmlNode *), xmlNode **best, int64_t *most) {
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE || html_is_aside(child)) continue;
        int64_t text = is(child) ? weigh(child).text : 0;
        if (text > *most) {
            *most = text;
            *best = child;
        }
        find_heaviest(child, is, best, most);
    }
}

static bool is_marked_body(const xmlNode *node) {
    static const char *const body[] = {"articleBody", NULL};
    return property_is(node, "itemprop", body);
}
static bool is_article(const xmlNode *node) { return html_is(node, "article"); }
static bool is_main(const xmlNode *node) {
    static const char *const role[] = {"main", NULL};
    return html_is(node, "main") || property_is(node, "role", role);
}

/* Paragraphs of running text directly under a node, less what is links: where the article's own paragraphs are. */
static int64_t paragraphs_in(const xmlNode *node) {
    int64_t sum = 0;
    for (const xmlNode *child = node->children; child; child = child->next) {
        if (!html_is(child, "p")) continue;
        weight w = weigh(child);
        sum += w.text - 2 * w.linked;
    }
    return sum;
}

static void find_paragraphs(xmlNode *node, xmlNode **best, int64_t *most) {
    for (xmlNode *child = node->children; child; child = child->next) {
        if (child->type != XML_ELEMENT_NODE || html_is_aside(child)) continue;
        int64_t sum = paragraphs_in(child);
        if (sum > *most) {
            *most = sum;
            *best = child;
        }
        find_paragraphs(child, best, most);
    }
}

static xmlNode *child_named(xmlNode *node, const char *name) {
    for (xmlNode *child = node->children; child; child = child->next)
        if (html_is(child, name)) return child;
    return NULL;
}

xmlNode *html_article(xmlNode *root) {
    static bool (*const marks[])(const xmlNode *) = {is_article, is_main, is_marked_body};
    xmlNode *body = child_named(root, "body");
    if (!body) body = root;
    int64_t all = weigh(body).text;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        xmlNode *best = NULL;
        int64_t most = 0;
        find_heaviest(body, marks[i], &best, &most);
        /* Many articles on one page are a page of teasers, not one report. */
        if (best && 2 * most >= all) return best;
    }
    xmlNode *best = NULL;
    int64_t most = 0;
    find_paragraphs(body, &best, &most);
    return best && 2 * most >= all ? best : body;
}
