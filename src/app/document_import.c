/* A document into a case: its bytes, its text, its source, and what it is proposed to say. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "app/item_json.h"
#include "app/prose.h"
#include "app/row_json.h"
#include "base/hex.h"
#include "base/os.h"

typedef struct importer {
    const char *actor;
    en_case *c;
    en_document_import *out;
    en_id source, capture, rendition;
    char source_ref[EN_REF_TEXT], rendition_ref[EN_REF_TEXT];
    const char *extractor; /* who proposes */
} importer;

en_status en_app_is_document(const char *file, bool *out, en_error *err) {
    en_os_map map;
    EN_TRY(en_os_map_file(file, &map, err));
    *out = en_document_is(map.bytes, file);
    en_os_unmap(&map);
    return EN_OK;
}

/* ---- proposals ---- */

/* Rows count whole people; the share of a territory is kept in the words that state it. */
static en_status keep_whole(json_t *item, en_error *err) {
    static const char *const numbers[] = {"low", "best", "high"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!json_is_real(json_object_get(item, numbers[i]))) continue;
        json_t *written = json_object_get(item, "number");
        if (json_object_set_new(item, numbers[i], json_null()) != 0 ||
            json_object_set(item, "qualifier", written ? written : json_null()) != 0)
            return en_no_memory(err);
    }
    return EN_OK;
}

/* Takes over `item`. */
static en_status propose(importer *im, const char *kind, json_t *item, int64_t index, en_error *err) {
    if (!item) return en_no_memory(err);
    en_status status = keep_whole(item, err);
    json_t *body = json_pack("{s:s,s:o,s:s,s:s,s:s,s:I}", "kind", kind, "item", item, "source", im->source_ref,
                             "rendition", im->rendition_ref, "extractor", im->extractor, "index", (json_int_t)index);
    en_id id;
    if (status == EN_OK) return en_row_json_add(im->c, "proposal", body, &id, err);
    json_decref(body);
    return status;
}

/* The same words were proposed as the same kind before, whatever was made of them: a person may have decided on it. */
static bool was_proposed(const json_t *before, const char *kind, const json_t *item) {
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)before, i, row) {
        const json_t *other = json_object_get(row, "item");
        const char *other_kind = json_string_value(json_object_get(row, "kind"));
        if (!other_kind || strcmp(other_kind, kind) != 0) continue;
        bool same = true;
        static const char *const members[] = {"quote", "start", "category", "whom", "best",
                                              "low",   "high",  "term",     "act"};
        for (size_t k = 0; k < sizeof members / sizeof *members; k++) {
            const json_t *a = json_object_get(item, members[k]), *b = json_object_get(other, members[k]);
            if (json_is_null(a)) a = NULL;
            if ((a || b) && !json_equal(a, b)) same = false;
        }
        if (same) return true;
    }
    return false;
}

static int64_t *counter_of(en_document_import *out, const char *kind) {
    if (strcmp(kind, "figure") == 0) return &out->figures;
    if (strcmp(kind, "characterisation") == 0) return &out->characterisations;
    return strcmp(kind, "instrument") == 0 ? &out->instruments : &out->allegations;
}

/* Takes over `item`. */
static en_status propose_new(importer *im, const json_t *before, const char *kind, json_t *item, int64_t index,
                             en_error *err) {
    if (!item) return en_no_memory(err);
    en_status status = keep_whole(item, err);
    if (status != EN_OK || was_proposed(before, kind, item)) return json_decref(item), status;
    (*counter_of(im->out, kind))++;
    return propose(im, kind, item, index, err);
}

/* What an extraction holds that `before` does not; NULL: all of it. */
static en_status propose_all(importer *im, const json_t *before, const en_extraction *e, en_error *err) {
    for (size_t i = 0; i < e->n_figures; i++)
        EN_TRY(propose_new(im, before, "figure", en_item_figure(&e->figures[i]), (int64_t)i, err));
    for (size_t i = 0; i < e->n_characterisations; i++)
        EN_TRY(propose_new(im, before, "characterisation", en_item_characterisation(&e->characterisations[i]),
                           (int64_t)i, err));
    for (size_t i = 0; i < e->n_instruments; i++)
        EN_TRY(propose_new(im, before, "instrument", en_item_instrument(&e->instruments[i]), (int64_t)i, err));
    for (size_t i = 0; i < e->n_allegations; i++)
        EN_TRY(propose_new(im, before, "allegation", en_item_allegation(&e->allegations[i]), (int64_t)i, err));
    return EN_OK;
}

/* ---- source and captures ---- */

static const char *said(const char *given, const char *otherwise) { return given && given[0] ? given : otherwise; }

static const char *kept(importer *im, en_str s) {
    const char *copy = s.len ? en_arena_strdup(im->out->arena, s) : "";
    return copy ? copy : "";
}

/* What the user says of a source stands before what its document says, and that before what its text says. */
static en_source describe_source(importer *im, const en_import_options *options, const en_prose *prose) {
    const en_document *d = &prose->document;
    const en_report_source *r = &prose->extraction.source;
    en_source s = options->source;
    s.kind = said(s.kind, "report");
    s.published = said(s.published, said(d->date, kept(im, r->date)));
    s.author = said(s.author, said(d->author, kept(im, r->author)));
    s.publisher = said(s.publisher, said(d->agency, kept(im, r->agency)));
    s.language = said(s.language, said(kept(im, prose->extraction.language), d->language));
    return s;
}

static en_status store_captures(importer *im, const en_import_options *options, en_str bytes, const en_document *d,
                                en_error *err) {
    en_capture capture = {.media_type = d->media_type};
    en_import_collected(options, said(d->url, en_os_base_name(options->file)), &capture);
    EN_TRY(en_case_add_capture(im->c, &capture, bytes, err));
    im->rendition = im->capture = capture.id;
    if (!d->is_capture) {
        en_capture rendition = capture;
        rendition.media_type = "text/plain; charset=utf-8";
        rendition.collected_by = options->actor;
        rendition.collected_with = "everyname " EN_VERSION " import";
        rendition.collected_at = en_os_now();
        rendition.extractor = d->extractor;
        rendition.parent = capture.id;
        EN_TRY(en_case_add_capture(im->c, &rendition, d->text, err));
        im->rendition = rendition.id;
    }
    char id[EN_ID_TEXT];
    EN_TRY(en_case_print_id(im->c, 'k', capture.id, id, err));
    im->out->capture = kept(im, en_str_of(id));
    EN_TRY(en_case_print_id(im->c, 'k', im->rendition, id, err));
    im->out->rendition = kept(im, en_str_of(id));
    return EN_OK;
}

static en_status find_source(importer *im, const char *title, bool *found, en_error *err) {
    en_source *sources;
    int64_t n;
    *found = false;
    EN_TRY(en_case_sources(im->c, im->out->arena, &sources, &n, err));
    for (int64_t i = 0; i < n; i++)
        if (strcmp(sources[i].title, title) == 0) *found = true, im->source = sources[i].id;
    return EN_OK;
}

/* One document is one source: a corrected edition of a report is another document, with a title of its own. */
static en_status check_title_is_new(importer *im, const char *title, en_error *err) {
    bool found;
    EN_TRY(find_source(im, title, &found, err));
    if (!found) return EN_OK;
    en_fail(err, EN_ERR_INPUT, "the case has a source \"%s\" already", title);
    return en_error_mend(err, "nothing was imported; choose another --source title");
}

static en_status finish(importer *im, en_error *err) {
    en_entry entry;
    EN_TRY(en_case_commit(im->c, &entry, err));
    en_hex(entry.root, sizeof entry.root, im->out->root);
    return en_case_print_id(im->c, 'n', (en_id){entry.number, 0}, im->out->entry, err);
}

static en_status set_refs(importer *im, en_error *err) {
    EN_TRY(en_case_ref(im->c, im->source, im->source_ref, err));
    return en_case_ref(im->c, im->rendition, im->rendition_ref, err);
}

static json_t *text_or_null(en_str s) { return s.len ? json_stringn(s.ptr, s.len) : json_null(); }

/* Which capture came as which source, what its text is, and what it says of itself. */
static en_status store_document(importer *im, const en_prose *prose, en_error *err) {
    const en_document *d = &prose->document;
    const en_report_source *r = &prose->extraction.source;
    char capture_ref[EN_REF_TEXT];
    en_id id;
    EN_TRY(en_case_ref(im->c, im->capture, capture_ref, err));
    json_t *body = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o}", "source", im->source_ref, "capture", capture_ref,
                             "rendition", im->rendition_ref, "title", said(d->title, kept(im, r->title)), "date",
                             said(d->date, kept(im, r->date)), "author", said(d->author, kept(im, r->author)), "agency",
                             said(d->agency, kept(im, r->agency)), "place", text_or_null(r->place));
    return en_row_json_add(im->c, "document", body, &id, err);
}

static en_status store(importer *im, const en_import_options *options, en_str bytes, const en_prose *prose,
                       en_error *err) {
    en_source source = describe_source(im, options, prose);
    EN_TRY(en_case_begin(im->c, options->actor, "import", err));
    EN_TRY(en_case_add_source(im->c, &source, &im->source, err));
    EN_TRY(store_captures(im, options, bytes, &prose->document, err));
    EN_TRY(set_refs(im, err));
    EN_TRY(store_document(im, prose, err));
    im->out->figures = im->out->characterisations = im->out->instruments = im->out->allegations = 0;
    EN_TRY(propose_all(im, NULL, &prose->extraction, err));
    return finish(im, err);
}

static void describe(importer *im, const en_import_options *options, const en_prose *prose) {
    const en_document *d = &prose->document;
    en_document_import *out = im->out;
    out->source = kept(im, en_str_of(options->source.title));
    out->media_type = d->media_type;
    out->encoding = kept(im, en_str_of(d->encoding));
    out->extractor = d->is_capture ? "" : d->extractor;
    out->language = kept(im, prose->extraction.language);
    out->text_bytes = (int64_t)d->text.len;
    out->attachments = d->attachments;
    out->dry_run = options->dry_run;
    out->figures = (int64_t)prose->extraction.n_figures;
    out->characterisations = (int64_t)prose->extraction.n_characterisations;
    out->instruments = (int64_t)prose->extraction.n_instruments;
    out->allegations = (int64_t)prose->extraction.n_allegations;
}

en_status en_app_import_document(const char *case_path, const en_import_options *options, en_document_import *out,
                                 en_error *err) {
    *out = (en_document_import){.arena = en_arena_new(), .capture = "", .rendition = ""};
    importer im = {.actor = options->actor, .out = out, .extractor = EN_EXTRACT_VERSION};
    en_os_map file = {0};
    en_prose prose = {0};
    en_status status = out->arena ? en_os_map_file(options->file, &file, err) : en_no_memory(err);
    if (status == EN_OK)
        status = en_prose_read(file.bytes, en_os_base_name(options->file),
                               &(en_prose_options){.encoding = options->encoding,
                                                   .language = options->source.language,
                                                   .date = options->source.published,
                                                   .progress = options->progress},
                               &prose, err);
    if (status == EN_OK) describe(&im, options, &prose);
    if (status == EN_OK) status = en_case_open(case_path, !options->dry_run, &im.c, err);
    if (status == EN_OK) status = check_title_is_new(&im, options->source.title, err);
    if (status == EN_OK && !options->dry_run) status = store(&im, options, file.bytes, &prose, err);
    en_case_close(im.c);
    en_prose_clear(&prose);
    en_os_unmap(&file);
    if (status != EN_OK) en_document_import_clear(out);
    return status;
}

void en_document_import_clear(en_document_import *result) {
    en_arena_free(result->arena);
    *result = (en_document_import){0};
}

/* ---- once more, or by others ---- */

/* The document that a title, a source (s:) or a capture (k:) names. */
static en_status find_document(importer *im, const char *named, json_t **out, en_error *err) {
    char kind = 0, ref[EN_REF_TEXT] = "";
    en_id id = EN_ID_NONE;
    en_row *rows;
    int64_t n;
    bool found = false;
    *out = NULL;
    if (strncmp(named, "k:", 2) == 0 || strncmp(named, "s:", 2) == 0)
        EN_TRY(en_case_parse_id(im->c, named, &kind, &id, err));
    else
        EN_TRY(find_source(im, named, &found, err));
    if (found) id = im->source;
    if (!en_id_eq(id, EN_ID_NONE)) EN_TRY(en_case_ref(im->c, id, ref, err));
    EN_TRY(en_case_rows(im->c, "document", im->out->arena, &rows, &n, err));
    static const char *const members[] = {"source", "capture", "rendition"};
    for (int64_t i = n - 1; ref[0] && i >= 0; i--) {
        json_t *row = json_loads(rows[i].body, 0, NULL);
        for (size_t k = 0; row && k < 3; k++) {
            const char *member = json_string_value(json_object_get(row, members[k]));
            if (member && strcmp(member, ref) == 0) return *out = row, EN_OK;
        }
        json_decref(row);
    }
    en_fail(err, EN_ERR_NOT_FOUND, "the case has no document \"%s\"", named);
    return en_error_mend(err, "give the title of a report that was imported, its id (s:) or that of its capture (k:)"),
           EN_ERR_NOT_FOUND;
}

static en_status open_document(importer *im, const char *named, en_str *text, en_error *err) {
    json_t *row;
    EN_TRY(find_document(im, named, &row, err));
    const char *source = json_string_value(json_object_get(row, "source")),
               *rendition = json_string_value(json_object_get(row, "rendition"));
    en_status status = en_case_deref(im->c, source ? source : "", &im->source, err);
    if (status == EN_OK) status = en_case_deref(im->c, rendition ? rendition : "", &im->rendition, err);
    json_decref(row);
    if (status != EN_OK) return status;
    char id[EN_ID_TEXT];
    EN_TRY(en_case_print_id(im->c, 'k', im->rendition, id, err));
    im->out->capture = im->out->rendition = kept(im, en_str_of(id));
    im->out->text_bytes = 0;
    EN_TRY(set_refs(im, err));
    return en_case_capture_bytes(im->c, im->rendition, im->out->arena, text, err);
}

/* Proposals from this rendition that are there, as an array. */
static en_status proposals_before(importer *im, json_t **out, en_error *err) {
    en_row *rows;
    int64_t n;
    if (!(*out = json_array())) return en_no_memory(err);
    EN_TRY(en_case_rows(im->c, "proposal", im->out->arena, &rows, &n, err));
    for (int64_t i = 0; i < n; i++) {
        json_t *row = strstr(rows[i].body, im->rendition_ref) ? json_loads(rows[i].body, 0, NULL) : NULL;
        if (row && json_array_append_new(*out, row) != 0) return en_no_memory(err);
    }
    return EN_OK;
}

static en_status read_again(importer *im, const json_t *before, en_str text, en_error *err) {
    en_extraction e;
    EN_TRY(en_extract(text, NULL, &e, err));
    en_status status = propose_all(im, before, &e, err);
    en_extraction_clear(&e);
    return status;
}

/* One line: an item, whose member "item" says its kind (a figure where it says none). */
static en_status propose_line(importer *im, const json_t *before, en_str line, en_str text, int64_t index,
                              en_error *err) {
    json_error_t where;
    json_t *item = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, &where);
    if (!item) return en_fail(err, EN_ERR_INPUT, "is no JSON: %s", where.text);
    const char *named = json_string_value(json_object_get(item, "item"));
    char kind[32];
    snprintf(kind, sizeof kind, "%s", named ? named : "figure");
    en_status status = en_item_check(kind, item, text, err);
    if (status != EN_OK) return json_decref(item), status;
    json_object_del(item, "item");
    return propose_new(im, before, kind, item, index, err);
}

static en_status propose_file(importer *im, const json_t *before, const char *path, en_str text, en_error *err) {
    en_os_map file;
    EN_TRY(en_os_map_file(path, &file, err));
    en_str rest = file.bytes;
    en_status status = EN_OK;
    for (int64_t row = 1; status == EN_OK && rest.len; row++) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t n = end ? (size_t)(end - rest.ptr) : rest.len;
        en_str line = en_str_trim((en_str){rest.ptr, n});
        if (line.len) status = propose_line(im, before, line, text, row - 1, err);
        if (status != EN_OK) en_error_at(err, en_os_base_name(path), row, NULL, -1);
        rest.ptr += n + (end != NULL);
        rest.len -= n + (end != NULL);
    }
    en_os_unmap(&file);
    return status;
}

static en_status propose_from(importer *im, const char *named, const char *items, en_error *err) {
    json_t *before = NULL;
    en_str text;
    EN_TRY(open_document(im, named, &text, err));
    im->out->text_bytes = (int64_t)text.len;
    en_status status = proposals_before(im, &before, err);
    if (status == EN_OK) status = en_case_begin(im->c, im->actor, "extract", err);
    if (status == EN_OK)
        status = items ? propose_file(im, before, items, text, err) : read_again(im, before, text, err);
    json_decref(before);
    const en_document_import *out = im->out;
    if (status == EN_OK && !(out->figures || out->characterisations || out->instruments || out->allegations)) {
        en_case_rollback(im->c);
        return EN_OK; /* nothing new is no entry */
    }
    return status == EN_OK ? finish(im, err) : status;
}

en_status en_app_propose(const char *case_path, const char *source, const char *items, const char *actor,
                         en_document_import *out, en_error *err) {
    *out = (en_document_import){
        .arena = en_arena_new(), .media_type = "", .encoding = "", .extractor = "", .language = "", .source = source};
    importer im = {.actor = actor, .out = out, .extractor = items ? actor : EN_EXTRACT_VERSION};
    en_status status = out->arena ? en_case_open(case_path, true, &im.c, err) : en_no_memory(err);
    if (status == EN_OK) status = propose_from(&im, source, items, err);
    en_case_close(im.c);
    if (status != EN_OK) en_document_import_clear(out);
    return status;
}
