/* Tables and capture histories from CSV files. */
#ifndef BENCH_ESTIMATE_READ_HISTORIES_H
#define BENCH_ESTIMATE_READ_HISTORIES_H

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "everyname/estimate.h"

static inline en_status read_table(const char *path, en_table *out, en_error *err) {
    en_os_map map;
    en_read_report report = {0};
    en_read_options options = {.struct_size = sizeof options, .file = path};
    EN_TRY(en_os_map_file(path, &map, err));
    en_status status = en_csv_read(map.bytes, &options, out, &report, err);
    en_read_report_clear(&report);
    en_os_unmap(&map);
    return status;
}

static inline en_status read_histories(const char *path, en_histories *out, en_error *err) {
    en_table table = {0};
    EN_TRY(read_table(path, &table, err));
    en_status status = en_histories_from_table(&table, path, NULL, 0, out, err);
    en_table_clear(&table);
    return status;
}

#endif
