/* Counts as text. */
#ifndef EN_CLI_PRINT_COUNT_H
#define EN_CLI_PRINT_COUNT_H

#include "app/app.h"

void print_counted(en_counted *counted);
void print_sdg(const en_sdg_table *table);

#endif
