/* JSON of proposals, of what a document's import brought, and of how often proposals were right. */
#include <string.h>

#include "app/prose.h"
#include "report/json.h"
#include "report/report.h"

static json_t *proposal(const en_proposal *p) {
    json_t *out = json_object();
    en_json_put(&out, "id", en_json_text(p->printed));
    en_json_put(&out, "kind", en_json_text(p->kind));
    en_json_put(&out, "item", json_loads(p->item, 0, NULL));
    en_json_put(&out, "source", en_json_text(p->source));
    en_json_put(&out, "source_id", en_json_text(p->source_id));
    en_json_put(&out, "extractor", en_json_text(p->extractor));
    en_json_put(&out, "decision", json_string(en_decision_name(p->decision)));
    en_json_put(&out, "by", en_json_text(p->decided_by));
    en_json_put(&out, "why", en_json_text(p->why));
    en_json_put(&out, "result", en_json_text(p->result));
    return out;
}

json_t *en_json_proposals(const en_proposals *proposals, const char *kind, bool all) {
    json_t *array = json_array(), *out = json_object();
    for (int64_t i = 0; i < proposals->n; i++) {
        const en_proposal *p = &proposals->items[i];
        bool wanted = !kind || strcmp(kind, p->kind) == 0;
        if (wanted && (all || p->decision == EN_UNDECIDED)) en_json_push(&array, proposal(p));
    }
    en_json_put(&out, "proposals", array);
    en_json_put(&out, "undecided", json_integer(proposals->n_undecided));
    en_json_put(&out, "total", json_integer(proposals->n));
    return out;
}

json_t *en_json_review_score(const en_review_score scores[EN_PROPOSAL_KINDS]) {
    json_t *array = json_array(), *out = json_object();
    for (int k = 0; k < EN_PROPOSAL_KINDS; k++) {
        const en_review_score *s = &scores[k];
        json_t *row = json_object();
        en_json_put(&row, "kind", json_string(s->kind));
        en_json_put(&row, "proposed", json_integer(s->proposed));
        en_json_put(&row, "decided", json_integer(s->decided));
        en_json_put(&row, "confirmed", json_integer(s->confirmed));
        en_json_put(&row, "corrected", json_integer(s->corrected));
        en_json_put(&row, "rejected", json_integer(s->rejected));
        en_json_put(&row, "added", json_integer(s->added));
        en_json_put(&row, "precision", en_json_number(s->precision));
        en_json_put(&row, "recall", en_json_number(s->recall));
        en_json_push(&array, row);
    }
    en_json_put(&out, "kinds", array);
    return out;
}

json_t *en_json_document_import(const en_document_import *d) {
    json_t *proposed = json_object(), *out = json_object();
    en_json_put(&proposed, "figures", json_integer(d->figures));
    en_json_put(&proposed, "characterisations", json_integer(d->characterisations));
    en_json_put(&proposed, "instruments", json_integer(d->instruments));
    en_json_put(&proposed, "allegations", json_integer(d->allegations));
    en_json_put(&out, "source", en_json_text(d->source));
    en_json_put(&out, "media_type", en_json_text(d->media_type));
    en_json_put(&out, "encoding", en_json_text(d->encoding));
    en_json_put(&out, "extractor", en_json_text(d->extractor));
    en_json_put(&out, "language", en_json_text(d->language));
    en_json_put(&out, "capture", en_json_text(d->capture));
    en_json_put(&out, "rendition", en_json_text(d->rendition));
    en_json_put(&out, "text_bytes", json_integer(d->text_bytes));
    en_json_put(&out, "attachments", json_integer(d->attachments));
    en_json_put(&out, "proposed", proposed);
    en_json_put(&out, "entry", en_json_text(d->entry));
    en_json_put(&out, "root", en_json_text(d->root));
    if (d->dry_run) en_json_put(&out, "dry_run", json_true());
    return out;
}
