/* The table of SDG indicator 16.1.2 of a report, where the case says of somebody what it asks for.
 *
 * Those it counts are recorded dead; of some a source says that they lived. Without names a number of whom 1 to 4 may
 * be living is withheld, whatever its size, since the dead are listed one by one and could be taken off it.
 */
#include <string.h>

#include "report/facts.h"

enum { SMALL = 5 };

static bool hides(const en_account *a, const en_count_cell *cell) {
    int64_t living = 0;
    for (int64_t i = 0; i < cell->n_persons; i++) living += a->persons[cell->persons[i]].may_be_living;
    return living > 0 && living < SMALL;
}

/* Where one alone is withheld, the smallest other is too: the total would give it away. */
static void hold_back(const en_account *a, en_count *count) {
    int64_t withheld = 0, smallest = -1;
    for (int64_t i = 0; i < count->n_cells; i++) {
        en_count_cell *cell = &count->cells[i];
        cell->withheld |= hides(a, cell);
        withheld += cell->withheld;
        if (!cell->withheld && (smallest < 0 || cell->n < count->cells[smallest].n)) smallest = i;
    }
    if (withheld == 1 && smallest >= 0) count->cells[smallest].withheld = true;
}

/* Without a cause, a civilian status or directness of anybody the table says nothing that others do not. */
static bool is_known(const en_account_person *p) {
    static const en_dimension needed[] = {EN_DIM_CAUSE, EN_DIM_CIVILIAN_STATUS, EN_DIM_DIRECTNESS};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (p->value[needed[i]] && strcmp(p->value[needed[i]], en_dimension_nothing(needed[i])) != 0) return true;
    return false;
}

en_status facts_make_sdg(facts *f, en_error *err) {
    bool known = false;
    for (int64_t i = 0; i < f->account->n_persons && !known; i++) known = is_known(&f->account->persons[i]);
    if (!known) return EN_OK;
    const en_count_query all = {.show_small = f->names};
    en_count_query queries[EN_SDG_QUERIES];
    EN_TRY(en_sdg_queries(&all, queries, err));
    for (int i = 0; i < EN_SDG_QUERIES; i++) {
        EN_TRY(en_account_count(f->account, &queries[i], &f->sdg_counts[i], err));
        if (!f->names) hold_back(f->account, &f->sdg_counts[i]);
    }
    return en_sdg_make(f->sdg_counts, &f->sdg, err);
}

void facts_clear_sdg(facts *f) {
    en_sdg_clear(&f->sdg);
    for (int i = 0; i < EN_SDG_QUERIES; i++) en_count_clear(&f->sdg_counts[i]);
}
