#include "cli/confirm_names.h"

#include <stdio.h>
#include <string.h>

#include "base/os.h"

bool names_confirmed(const args *a, const en_account *account) {
    char answer[8] = "";
    int64_t living = 0, minors = 0;
    if (!has_option(a, "names") || has_option(a, "yes")) return true;
    for (int64_t i = 0; i < account->n_persons; i++) {
        living += account->persons[i].may_be_living;
        minors += account->persons[i].may_be_minor;
    }
    fprintf(stderr,
            "--names will print %lld names: %lld of persons who may be living, %lld of persons who may be "
            "minors (some are both), with the rows that name them.\n",
            (long long)account->n_persons, (long long)living, (long long)minors);
    if (!en_os_is_terminal(0)) {
        fprintf(stderr, "everyname %s: say --yes to go on without being asked\n", a->command->name);
        return false;
    }
    fprintf(stderr, "Go on? Type yes: ");
    return fgets(answer, sizeof answer, stdin) && strcmp(answer, "yes\n") == 0;
}
