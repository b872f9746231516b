/* An account made by hand: invented people on five invented lists, in several scripts. Nobody in it exists. */
#ifndef REPORT_FIXTURE_H
#define REPORT_FIXTURE_H

#include "app/app.h"

typedef struct fixture {
    en_account account;
    en_app_estimate estimate;
} fixture;

/* `n` persons; everyone dead and of age where `all_dead`. The same account for the same arguments. */
void fixture_open(fixture *out, int64_t n, bool all_dead);
void fixture_close(fixture *f);

#endif
