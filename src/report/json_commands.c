/* The JSON of each command, as CLI.md states it. */
#include <stdlib.h>
#include <string.h>

#include "report/json.h"
#include "report/report.h"

/* ---- import ---- */

static json_t *rejects(const en_read_report *report) {
    json_t *array = json_array();
    for (size_t i = 0; i < report->n_rejects; i++) {
        const en_reject *reject = &report->rejects[i];
        json_t *row = json_object();
        en_json_put(&row, "row", json_integer(reject->row));
        en_json_put(&row, "column", en_json_text(reject->column));
        en_json_put(&row, "why", en_json_text(reject->why));
        en_json_put(&row, "mend", en_json_text(reject->mend));
        en_json_push(&array, row);
    }
    return array;
}

static json_t *mapping(const en_import_result *result) {
    json_t *object = json_object();
    for (int64_t i = 0; i < result->n_columns; i++)
        if (result->roles[i]) en_json_put(&object, result->columns[i], json_string(result->roles[i]));
    return object;
}

static json_t *kept_as_is(const en_import_result *result) {
    json_t *array = json_array();
    for (int64_t i = 0; i < result->n_columns; i++)
        if (!result->roles[i]) en_json_push(&array, json_string(result->columns[i]));
    return array;
}

static json_t *some_rows(const en_table *table) {
    json_t *rows = json_array();
    for (int64_t i = 0; i < table->rows; i++) {
        json_t *row = json_object();
        for (int32_t k = 0; k < table->n_columns; k++) {
            en_str cell = en_column_str(&table->columns[k], i);
            if (cell.len) en_json_put(&row, table->columns[k].name, json_stringn(cell.ptr, cell.len));
        }
        en_json_push(&rows, row);
    }
    return rows;
}

json_t *en_json_import(const en_import_result *result) {
    char delimiter[2] = {result->delimiter, 0};
    json_t *out = json_object();
    en_json_put(&out, "source", en_json_text(result->source));
    en_json_put(&out, "release", en_json_text(result->release));
    en_json_put(&out, "rows", json_integer(result->rows));
    en_json_put(&out, "imported", json_integer(result->imported));
    en_json_put(&out, "rejected", rejects(&result->read));
    en_json_put(&out, "encoding", en_json_text(result->encoding));
    en_json_put(&out, "delimiter", en_json_text(delimiter));
    if (result->read.likely_header) en_json_put(&out, "likely_header_row", json_integer(result->read.likely_header));
    en_json_put(&out, "mapping", mapping(result));
    en_json_put(&out, "kept_as_is", kept_as_is(result));
    en_json_put(&out, "entry", en_json_text(result->entry));
    en_json_put(&out, "root", en_json_text(result->root));
    if (result->has_previous) {
        en_json_put(&out, "added", json_integer(result->added));
        en_json_put(&out, "changed", json_integer(result->changed));
        en_json_put(&out, "removed", json_integer(result->removed));
        en_json_put(&out, "unchanged", json_integer(result->unchanged));
    }
    if (result->inner_rows) en_json_put(&out, "inner_rows", json_integer(result->inner_rows));
    if (result->dry_run) {
        en_json_put(&out, "dry_run", json_true());
        en_json_put(&out, "before", some_rows(&result->preview));
        en_json_put(&out, "after", some_rows(&result->read_as));
    }
    return out;
}

/* ---- add ---- */

json_t *en_json_add(const en_add_result *result) {
    json_t *added = json_object(), *before = json_array(), *rows = json_array(), *out = json_object();
    for (int i = 0; i < result->n_kinds; i++) en_json_put(&added, result->kinds[i], json_integer(result->counts[i]));
    for (int i = 0; i < result->n_before; i++) en_json_push(&before, en_json_text(result->before[i]));
    for (int i = 0; i < result->n_shown; i++) {
        json_t *row = json_object();
        if (!result->dry_run) en_json_put(&row, "id", en_json_text(result->shown[i].id));
        en_json_put(&row, "row", json_loads(result->shown[i].after, 0, NULL));
        en_json_push(&rows, row);
    }
    en_json_put(&out, "rows", json_integer(result->rows));
    en_json_put(&out, "added", added);
    if (result->dry_run)
        en_json_put(&out, "before", before);
    else
        json_decref(before);
    en_json_put(&out, result->dry_run ? "after" : "first", rows);
    en_json_put(&out, "entry", en_json_text(result->entry));
    en_json_put(&out, "root", en_json_text(result->root));
    if (result->dry_run) en_json_put(&out, "dry_run", json_true());
    return out;
}

/* ---- trace ---- */

static json_t *trace_value(const char *value) {
    if (!value || !value[0]) return json_null();
    bool whole = strlen(value) < 18 && strspn(value, "0123456789") == strlen(value);
    return whole ? json_integer((json_int_t)strtoll(value, NULL, 10)) : en_json_text(value);
}

static json_t *value_of(const en_trace_value *from) {
    json_t *said = json_array(), *value = json_object();
    for (int i = 0; i < from->n_said; i++) {
        json_t *one = json_object();
        en_json_put(&one, "value", en_json_text(from->said[i].value));
        en_json_put(&one, "by", en_json_text(from->said[i].by));
        en_json_put(&one, "row", en_json_text(from->said[i].row));
        en_json_push(&said, one);
    }
    en_json_put(&value, "property", en_json_text(from->property));
    en_json_put(&value, "shown", en_json_text(from->shown));
    en_json_put(&value, "disputed", en_json_flag(from->disputed));
    en_json_put(&value, "rule", en_json_text(from->rule));
    en_json_put(&value, "because", en_json_text(from->because));
    en_json_put(&value, "said", said);
    return value;
}

static void add_person(json_t **out, const en_trace *trace) {
    json_t *values = json_array(), *events = json_array();
    for (int i = 0; i < trace->n_values; i++) en_json_push(&values, value_of(&trace->values[i]));
    for (int i = 0; i < trace->n_events; i++) {
        const en_trace_event *from = &trace->events[i];
        json_t *event = json_object();
        en_json_put(&event, "row", en_json_text(from->row));
        en_json_put(&event, "status", en_json_text(from->status));
        en_json_put(&event, "date", en_json_text(from->date));
        en_json_put(&event, "said", en_json_text(from->said));
        en_json_put(&event, "by", en_json_text(from->by));
        en_json_push(&events, event);
    }
    en_json_put(out, "values", values);
    en_json_put(out, "events", events);
}

static json_t *original(const en_trace_record *from) {
    json_t *out = json_object();
    en_json_put(&out, "capture", en_json_text(from->original));
    en_json_put(&out, "offset", from->original_offset < 0 ? json_null() : json_integer(from->original_offset));
    en_json_put(&out, "page", from->original_page ? json_integer(from->original_page) : json_null());
    return out;
}

json_t *en_json_trace(const en_trace *trace) {
    json_t *because = json_array(), *out = json_object();
    for (int64_t i = 0; i < trace->n_because; i++) {
        const en_trace_record *from = &trace->because[i];
        json_t *record = json_object();
        en_json_put(&record, "record", en_json_text(from->record));
        if (from->person && from->person[0]) en_json_put(&record, "person", en_json_text(from->person));
        en_json_put(&record, "source", en_json_text(from->source));
        en_json_put(&record, "capture", en_json_text(from->capture));
        bool in_text = from->capture && from->capture[0];
        en_json_put(&record, "offset", in_text ? json_integer(from->offset) : json_null());
        en_json_put(&record, "length", in_text ? json_integer(from->length) : json_null());
        en_json_put(&record, "quote", en_json_text(from->quote));
        if (from->original) en_json_put(&record, "original", original(from));
        en_json_push(&because, record);
    }
    en_json_put(&out, "id", en_json_text(trace->id));
    en_json_put(&out, "kind", en_json_text(trace->kind));
    en_json_put(&out, "value", trace_value(trace->value));
    en_json_put(&out, "how", en_json_text(trace->how));
    en_json_put(&out, "because", because);
    if (trace->n_values) add_person(&out, trace);
    if (trace->body) en_json_put(&out, "row", json_loads(trace->body, 0, NULL));
    return out;
}

/* ---- verify ---- */

static json_t *destroyed_json(const en_verification *verification) {
    json_t *out = json_array();
    for (int64_t i = 0; i < verification->n_destroyed; i++) {
        const en_destroyed *from = &verification->destroyed[i];
        json_t *one = json_object();
        en_json_put(&one, "id", en_json_text(from->id));
        en_json_put(&one, "at", json_integer(from->at));
        en_json_put(&one, "by", en_json_text(from->by));
        en_json_put(&one, "why", en_json_text(from->why));
        en_json_push(&out, one);
    }
    return out;
}

json_t *en_json_verification(const en_verification *verification) {
    json_t *checked = json_object(), *problems = json_array(), *out = json_object();
    en_json_put(&checked, "pages", json_integer(verification->pages));
    en_json_put(&checked, "captures", json_integer(verification->captures));
    en_json_put(&checked, "entries", json_integer(verification->entries));
    en_json_put(&checked, "rows", json_integer(verification->rows));
    en_json_put(&checked, "stamps", json_integer(verification->stamps));
    for (int64_t i = 0; i < verification->n_kept; i++) {
        const en_problem *from = &verification->problems[i];
        json_t *problem = json_object();
        en_json_put(&problem, "kind", en_json_text(from->kind));
        en_json_put(&problem, "where", en_json_text(from->where));
        en_json_put(&problem, "what", en_json_text(from->what));
        en_json_push(&problems, problem);
    }
    en_json_put(&out, "ok", en_json_flag(verification->n_problems == 0));
    en_json_put(&out, "checked", checked);
    en_json_put(&out, "problems", problems);
    if (verification->n_problems > verification->n_kept)
        en_json_put(&out, "problems_found", json_integer(verification->n_problems));
    en_json_put(&out, "destroyed", destroyed_json(verification));
    en_json_put(&out, "redacted", en_json_flag(verification->redacted));
    en_json_put(&out, "commitment_alone", json_integer(verification->absent));
    en_json_put(&out, "reduced", json_integer(verification->reduced));
    en_json_put(&out, "head", en_json_text(verification->head));
    return out;
}
