/* Which persons an export is about. */
#include <string.h>

#include "report/export_parts.h"

/* Whether the export shows what a condition asks of a person. */
static bool shows(const exporting *x, int32_t person, en_dimension d) {
    unsigned char hide = x->facts.hide[person];
    if (d == EN_DIM_VERIFICATION) return true;
    if (export_hides_value(x, person, en_dimension_name(d))) return false;
    if ((int)d < FACT_STATED) return facts_value(&x->facts, person, d) != NULL;
    return !(hide & (HIDE_STATUS | HIDE_VALUES | HIDE_RECORDS));
}

static bool shows_all(const exporting *x, int32_t person) {
    const en_count_query *q = x->options->where;
    for (int i = 0; i < q->n_where; i++)
        if (!shows(x, person, q->where[i].dimension)) return false;
    return q->level == EN_LEVEL_RECORDED || q->level == EN_LEVEL_VERIFIED || !(x->facts.hide[person] & HIDE_RECORDS);
}

en_status export_select(exporting *x, en_error *err) {
    if (!x->options->where) return EN_OK;
    EN_TRY(en_account_select(x->account, x->options->where, x->arena, &x->selected, err));
    for (int64_t i = 0; i < x->account->n_persons; i++) {
        if (!x->selected[i] || shows_all(x, (int32_t)i)) continue;
        x->selected[i] = false;
        x->out->condition_withheld = true;
    }
    return EN_OK;
}
