/* The JSON of search. */
#include "report/json.h"
#include "report/report.h"

static json_t *hit(const en_search_hit *from) {
    json_t *out = json_object();
    en_json_put(&out, "kind", en_json_text(from->kind));
    en_json_put(&out, "score", json_real(from->score));
    en_json_put(&out, "id", en_json_text(from->id));
    if (from->person[0]) en_json_put(&out, "person", en_json_text(from->person));
    en_json_put(&out, "source", en_json_text(from->source));
    if (from->capture[0]) {
        en_json_put(&out, "capture", en_json_text(from->capture));
        en_json_put(&out, "offset", json_integer(from->offset));
        en_json_put(&out, "length", json_integer(from->length));
    }
    en_json_put(&out, "quote", en_json_text(from->quote));
    return out;
}

json_t *en_json_search(const en_search_result *result) {
    json_t *hits = json_array(), *out = json_object();
    for (int64_t i = 0; i < result->n_hits; i++) en_json_push(&hits, hit(&result->hits[i]));
    en_json_put(&out, "query", en_json_text(result->query));
    en_json_put(&out, "found", json_integer(result->found));
    en_json_put(&out, "partly", json_integer(result->partly));
    en_json_put(&out, "results", hits);
    en_json_put(&out, "seconds", json_real(result->seconds));
    if (result->made) en_json_put(&out, "index_made", json_true());
    return out;
}
