/* Which persons a command is about that takes the conditions of `count`. */
#include "app/app.h"

en_status en_account_select(const en_account *account, const en_count_query *query, en_arena *arena, bool **out,
                            en_error *err) {
    en_count count;
    if (!(*out = en_arena_alloc(arena, (size_t)account->n_persons + 1))) return en_no_memory(err);
    EN_TRY(en_account_count(account, query, &count, err));
    for (int64_t i = 0; i < count.n_cells; i++)
        for (int64_t k = 0; k < count.cells[i].n_persons; k++) (*out)[count.cells[i].persons[k]] = true;
    en_count_clear(&count);
    return EN_OK;
}
