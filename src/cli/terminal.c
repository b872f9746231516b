#include "cli/terminal.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/os.h"

/* ---- progress ---- */

typedef struct progress_state {
    enum { DRAW_NONE, DRAW_BAR, DRAW_JSON } how;
    double began, last; /* of the phase; of the last line drawn */
    char phase[64];
    bool drawn;
} progress_state;
static progress_state shown;

void clear_progress(void) {
    if (shown.drawn) fprintf(stderr, "\r\033[K");
    shown.drawn = false;
}

static void draw_bar(const char *phase, uint64_t done, uint64_t total, double now) {
    int columns = en_os_terminal_columns(2), width = columns > 90 ? 40 : columns / 3;
    double share = total ? (double)done / (double)total : 0, elapsed = now - shown.began;
    char bar[64] = "";
    int filled = (int)(share * width + .5);
    for (int i = 0; i < width && i < 60; i++) bar[i] = i < filled ? '#' : '.', bar[i + 1] = 0;
    if (!total)
        fprintf(stderr, "\r\033[K%-24s %.0f s", phase, elapsed);
    else if (done && elapsed > 1)
        fprintf(stderr, "\r\033[K%-24s [%s] %3.0f%%  %.0f s left", phase, bar, share * 100, elapsed / share - elapsed);
    else
        fprintf(stderr, "\r\033[K%-24s [%s] %3.0f%%", phase, bar, share * 100);
    shown.drawn = true;
}

static bool step(void *ctx, const char *phase, uint64_t done, uint64_t total) {
    (void)ctx;
    double now = en_os_seconds();
    bool new_phase = strncmp(shown.phase, phase, sizeof shown.phase - 1) != 0;
    if (new_phase) {
        snprintf(shown.phase, sizeof shown.phase, "%s", phase);
        shown.began = now;
    }
    if (shown.how != DRAW_NONE && (new_phase || now - shown.last > .1)) {
        shown.last = now;
        if (shown.how == DRAW_BAR)
            draw_bar(phase, done, total, now);
        else
            fprintf(stderr, "{\"phase\":\"%s\",\"done\":%llu,\"total\":%llu}\n", phase, (unsigned long long)done,
                    (unsigned long long)total);
    }
    return !en_os_interrupted();
}

const en_progress *terminal_progress(const args *a) {
    static const en_progress progress = {NULL, step};
    const char *how = text_option(a, "progress");
    if (how && strcmp(how, "json") == 0)
        shown.how = DRAW_JSON;
    else if (!how && en_os_is_terminal(2))
        shown.how = DRAW_BAR;
    else
        shown.how = DRAW_NONE;
    return &progress;
}

/* ---- errors and JSON ---- */

int fail_with(const args *a, const en_error *err) {
    char text[2048];
    clear_progress();
    en_error_format(err, text, sizeof text);
    fprintf(stderr, "everyname %s: %s\n", a->command->name, text);
    if (err->status == EN_ERR_CANCELLED) return EN_EXIT_INTERRUPTED;
    return err->status == EN_ERR_USAGE ? EN_EXIT_USAGE : EN_EXIT_FAILED;
}

int print_json(const args *a, json_t *value) {
    en_error err;
    clear_progress();
    char *text = value ? json_dumps(value, JSON_INDENT(2) | JSON_REAL_PRECISION(12)) : NULL;
    json_decref(value);
    if (!text) {
        en_fail(&err, EN_ERR_MEMORY, "out of memory");
        return fail_with(a, &err);
    }
    int failed = puts(text) < 0 || fflush(stdout) != 0;
    free(text);
    return failed ? EN_EXIT_FAILED : EN_EXIT_OK;
}

size_t memory_limit(const args *a) {
    int64_t available = en_os_available_memory();
    return (size_t)size_option(a, "memory", available > 0 ? (uint64_t)available / 2 : (uint64_t)2 << 30);
}

const char *grouped(int64_t n, char buf[32]) {
    char digits[32];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i && digits[i - 1] != '-' && (len - i) % 3 == 0) buf[at++] = ',';
        buf[at++] = digits[i];
    }
    buf[at] = 0;
    return buf;
}

/* ---- tables ---- */

struct text_table {
    int n_columns, n_rows, cap;
    char alignment[32];
    char **cells;
};

/* Terminal cells of UTF-8 text; one a byte where the locale cannot tell. */
static int cells_of(const char *text) {
    wchar_t wide[512];
    size_t n = mbstowcs(wide, text, 512);
    int cells = n == (size_t)-1 || n == 512 ? -1 : wcswidth(wide, n);
    return cells < 0 ? (int)strlen(text) : cells;
}

text_table *text_table_new(int n_columns, const char *const *headers, const char *alignment) {
    text_table *t = calloc(1, sizeof *t);
    if (!t) return NULL;
    t->n_columns = n_columns;
    snprintf(t->alignment, sizeof t->alignment, "%s", alignment);
    text_table_row(t, headers);
    return t;
}

void text_table_row(text_table *t, const char *const *cells) {
    if (!t) return;
    if (t->n_rows == t->cap) {
        int cap = t->cap ? t->cap * 2 : 16;
        char **grown = realloc(t->cells, (size_t)cap * (size_t)t->n_columns * sizeof *grown);
        if (!grown) return;
        t->cells = grown;
        t->cap = cap;
    }
    for (int i = 0; i < t->n_columns; i++) t->cells[t->n_rows * t->n_columns + i] = strdup(cells[i] ? cells[i] : "");
    t->n_rows++;
}

static void print_row(const text_table *t, int row, const int *widths) {
    for (int i = 0; i < t->n_columns; i++) {
        const char *cell = t->cells[row * t->n_columns + i] ? t->cells[row * t->n_columns + i] : "";
        int pad = widths[i] - cells_of(cell);
        if (t->alignment[i] == 'r')
            printf("%s%*s%s", i ? "  " : "", pad, "", cell);
        else
            printf("%s%s%*s", i ? "  " : "", cell, i + 1 < t->n_columns ? pad : 0, "");
    }
    putchar('\n');
}

void text_table_print(text_table *t) {
    if (!t) return;
    int widths[32] = {0};
    for (int row = 0; row < t->n_rows; row++)
        for (int i = 0; i < t->n_columns; i++) {
            const char *cell = t->cells[row * t->n_columns + i];
            int cells = cell ? cells_of(cell) : 0;
            if (cells > widths[i]) widths[i] = cells;
        }
    for (int row = 0; row < t->n_rows; row++) {
        print_row(t, row, widths);
        if (row > 0) continue;
        for (int i = 0; i < t->n_columns; i++) {
            if (i) printf("  ");
            for (int k = 0; k < widths[i]; k++) putchar('-');
        }
        putchar('\n');
    }
    for (int i = 0; i < t->n_rows * t->n_columns; i++) free(t->cells[i]);
    free(t->cells);
    free(t);
}

const char *or_dash(const char *text) { return text[0] ? text : "-"; }

const char *code_words(const char *code, char out[64]) {
    snprintf(out, 64, "%.63s", code);
    for (char *p = out; *p; p++)
        if (*p == '_') *p = ' ';
    return out;
}
