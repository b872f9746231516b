/* Status and error: what went wrong, where, and what to do about it. */
#include <stdio.h>
#include <string.h>

#include "base/print.h"

/* Formats by way of a copy, since an argument may be a part of the same error. */
static void set_formatted(char *field, size_t cap, const char *fmt, va_list args) {
    char text[sizeof((en_error *)0)->message];
    en_vprint(text, sizeof text, fmt, args);
    en_print(field, cap, "%s", text);
}

static void set_text(char *field, size_t cap, const char *text) {
    if (!text || text == field) return;
    en_print(field, cap, "%s", text);
}

en_status en_error_set(en_error *err, en_status status, const char *fmt, ...) {
    if (!err) return status;
    en_error fresh = {.status = status, .row = -1, .byte = -1};
    va_list args;
    va_start(args, fmt);
    set_formatted(fresh.message, sizeof fresh.message, fmt, args);
    va_end(args);
    *err = fresh;
    return status;
}

en_status en_error_at(en_error *err, const char *file, int64_t row, const char *column, int64_t byte) {
    if (!err) return EN_ERR_INPUT;
    set_text(err->file, sizeof err->file, file);
    set_text(err->column, sizeof err->column, column);
    if (row >= 0) err->row = row;
    if (byte >= 0) err->byte = byte;
    return err->status;
}

en_status en_error_mend(en_error *err, const char *fmt, ...) {
    if (!err) return EN_ERR_INPUT;
    va_list args;
    va_start(args, fmt);
    set_formatted(err->mend, sizeof err->mend, fmt, args);
    va_end(args);
    return err->status;
}

/* snprintf at the end of what is already there; keeps counting past the end of buf. */
static void append(char *buf, size_t cap, size_t *at, const char *fmt, ...) EN_PRINTF(4, 5);
static void append(char *buf, size_t cap, size_t *at, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(*at < cap ? buf + *at : NULL, *at < cap ? cap - *at : 0, fmt, args);
    va_end(args);
    if (n > 0) *at += (size_t)n;
}

size_t en_error_format(const en_error *err, char *buf, size_t cap) {
    size_t at = 0;
    if (cap) buf[0] = 0;
    if (err->file[0]) append(buf, cap, &at, "%s:", err->file);
    if (err->row >= 0) append(buf, cap, &at, "%lld:", (long long)err->row);
    if (err->file[0] || err->row >= 0) append(buf, cap, &at, " ");
    if (err->column[0]) append(buf, cap, &at, "column \"%s\": ", err->column);
    append(buf, cap, &at, "%s", err->message[0] ? err->message : en_status_name(err->status));
    if (err->byte >= 0) append(buf, cap, &at, " (byte %lld)", (long long)err->byte);
    if (err->mend[0]) append(buf, cap, &at, "; %s", err->mend);
    return at;
}

const char *en_status_name(en_status status) {
    switch (status) {
    case EN_OK: return "ok";
    case EN_ERR_MEMORY: return "out of memory";
    case EN_ERR_IO: return "input or output failed";
    case EN_ERR_INPUT: return "bad input";
    case EN_ERR_USAGE: return "wrong use";
    case EN_ERR_NOT_FOUND: return "not found";
    case EN_ERR_CONFLICT: return "conflict";
    case EN_ERR_CORRUPT: return "corrupt";
    case EN_ERR_LIMIT: return "limit exceeded";
    case EN_ERR_CANCELLED: return "cancelled";
    case EN_ERR_UNSUPPORTED: return "not supported";
    case EN_ERR_LOCKED: return "locked";
    }
    return "unknown status";
}

en_status en_progress_step(const en_progress *progress, const char *phase, uint64_t done, uint64_t total,
                           en_error *err) {
    if (!progress || !progress->step || progress->step(progress->ctx, phase, done, total)) return EN_OK;
    return en_fail(err, EN_ERR_CANCELLED, "interrupted during: %s", phase);
}
