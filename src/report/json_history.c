/* JSON of a history. */
#include "app/history.h"
#include "everyname/when.h"
#include "report/json.h"
#include "report/report.h"

json_t *en_json_history(const en_history *history) {
    json_t *events = json_array(), *out = json_object();
    for (int64_t i = 0; i < history->n; i++) {
        const en_event *e = &history->events[i];
        char when[32];
        json_t *event = json_object();
        en_time_print(e->when, when, sizeof when);
        en_json_put(&event, "entry", en_json_text(e->entry));
        en_json_put(&event, "when", json_string(when));
        en_json_put(&event, "actor", en_json_text(e->actor));
        en_json_put(&event, "command", en_json_text(e->command));
        en_json_put(&event, "what", en_json_text(e->what));
        en_json_put(&event, "row", en_json_text(e->row));
        en_json_put(&event, "values", e->body[0] ? json_loads(e->body, 0, NULL) : json_null());
        en_json_put(&event, "taken_back", en_json_flag(e->revoked));
        en_json_push(&events, event);
    }
    en_json_put(&out, "id", en_json_text(history->id));
    en_json_put(&out, "kind", en_json_text(history->kind));
    en_json_put(&out, "events", events);
    return out;
}
