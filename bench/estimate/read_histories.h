/* Capture histories from a CSV file. */
#ifndef BENCH_ESTIMATE_READ_HISTORIES_H
#define BENCH_ESTIMATE_READ_HISTORIES_H

#include "base/os.h"
#include "everyname/estimate.h"

static inline en_status read_histories(const char *path, en_histories *out, en_error *err) {
    en_os_map map;
    en_table table = {0};
    en_read_report report = {0};
    en_read_options options = {.struct_size = sizeof options, .file = path};
    EN_TRY(en_os_map_file(path, &map, err));
    en_status status = en_csv_read(map.bytes, &options, &table, &report, err);
    if (status == EN_OK) status = en_histories_from_table(&table, path, NULL, 0, out, err);
    en_table_clear(&table);
    en_read_report_clear(&report);
    en_os_unmap(&map);
    return status;
}

#endif
