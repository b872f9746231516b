/* What every table shares: freeing it, finding a column, listing rejects. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "table/parts.h"

void table_clear_column(en_column *c) {
    free(c->name);
    free(c->validity);
    free(c->codes);
    free(c->dict_offsets);
    free(c->dict_bytes);
    free(c->ints);
    free(c->doubles);
    *c = (en_column){0};
}

void en_table_clear(en_table *table) {
    for (int32_t i = 0; i < table->n_columns; i++) table_clear_column(&table->columns[i]);
    free(table->columns);
    free(table->row_offsets);
    free(table->row_lengths);
    *table = (en_table){0};
}

const en_column *en_table_column(const en_table *table, const char *name) {
    for (int32_t i = 0; i < table->n_columns; i++)
        if (strcmp(table->columns[i].name, name) == 0) return &table->columns[i];
    return NULL;
}

void en_read_report_clear(en_read_report *report) {
    free(report->rejects);
    free(report->text);
    *report = (en_read_report){0};
}

static void mend_characters(char *text) {
    en_str whole = en_str_of(text);
    for (size_t at = table_utf8_fault(whole, 0); at < whole.len; at = table_utf8_fault(whole, at + 1)) text[at] = '?';
}

en_status table_fault_at(const en_read_options *options, int64_t row, const char *column, int64_t byte,
                         en_error *fault) {
    if (!fault) return EN_ERR_INPUT;
    en_error_at(fault, options ? options->file : NULL, row, column, byte);
    mend_characters(fault->column);
    mend_characters(fault->message);
    mend_characters(fault->mend);
    return fault->status;
}

en_status table_reject(const en_read_options *options, en_read_report *report, const en_error *fault, en_error *err) {
    bool of_a_row = fault->status == EN_ERR_INPUT || fault->status == EN_ERR_LIMIT;
    if (!of_a_row || !options || !options->keep_rejects) {
        if (err) *err = *fault;
        return fault->status;
    }
    /* Doubling at powers of two needs no capacity beside the count. */
    if ((report->n_rejects & (report->n_rejects - 1)) == 0) {
        size_t cap = report->n_rejects ? report->n_rejects * 2 : 1;
        en_reject *grown = realloc(report->rejects, cap * sizeof *grown);
        if (!grown) return en_no_memory(err);
        report->rejects = grown;
    }
    en_reject *r = &report->rejects[report->n_rejects++];
    r->row = fault->row;
    r->byte = fault->byte;
    en_print(r->column, sizeof r->column, "%s", fault->column);
    en_print(r->why, sizeof r->why, "%.255s", fault->message);
    en_print(r->mend, sizeof r->mend, "%s", fault->mend);
    return EN_OK;
}
