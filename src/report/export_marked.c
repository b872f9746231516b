/* What an export leaves out of a record and of its person since a cell of a list is marked. */
#include <string.h>

#include "report/export_parts.h"

/* A column of the loaded records has the name of a role, or a general role and the name that the list has for it. */
static bool is_of_column(const en_marked_cell *cell, const char *column) {
    const char *colon = strchr(column, ':');
    return (cell->role && strcmp(cell->role, column) == 0) || (colon && strcmp(cell->column, colon + 1) == 0);
}

bool export_hides_stated(const exporting *x, en_id record, const char *column) {
    int64_t n;
    const en_marked_cell *cells = en_marked_cells_of(&x->marked, record, &n);
    for (int64_t i = 0; i < n; i++)
        if (is_of_column(&cells[i], column)) return true;
    return false;
}

bool export_hides_value(const exporting *x, int32_t person, const char *dimension) {
    const en_account_person *p = &x->account->persons[person];
    for (int32_t k = 0; x->marked.n && k < p->n_records; k++) {
        int64_t n;
        en_id record = x->account->records[x->account->person_records[p->first_record + k]].id;
        const en_marked_cell *cells = en_marked_cells_of(&x->marked, record, &n);
        for (int64_t i = 0; i < n; i++)
            if (en_marked_cell_tells(&cells[i], dimension)) return true;
    }
    return false;
}
