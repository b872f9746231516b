/* What the user sees: errors, the progress bar, tables that line up, JSON. */
#ifndef EN_CLI_TERMINAL_H
#define EN_CLI_TERMINAL_H

#include <jansson.h>

#include "cli/command.h"
#include "everyname/base.h"

/* The progress callback of this process, drawn as --progress asks: a bar on a terminal, else nothing, or JSON lines. It
 * cancels on Ctrl-C. */
const en_progress *terminal_progress(const args *a);
void clear_progress(void);

/* Prints the error and returns the exit status for it. */
int fail_with(const args *a, const en_error *err);
/* Prints and releases `value` (NULL: says that memory is short). */
int print_json(const args *a, json_t *value);

/* What linkage may use: --memory, else half of what is free. */
size_t memory_limit(const args *a);

/* A table whose columns line up, measured in terminal cells. Text columns are left, number columns right. Cells are
 * copied. */
typedef struct text_table text_table;
text_table *text_table_new(int n_columns, const char *const *headers, const char *alignment /* one of "lr" a column */);
void text_table_row(text_table *table, const char *const *cells);
void text_table_print(text_table *table); /* and frees */

const char *or_dash(const char *text); /* "-" for an empty text */
/* A term's code as words, "family_killed" as "family killed", cut to the room. */
const char *code_words(const char *code, char out[64]);
/* 12345 → "12,345" into buf. */
const char *grouped(int64_t n, char buf[32]);

#endif
