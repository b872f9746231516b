/* Estimates from a CSV file of capture histories. */
#include "app/app.h"
#include "app/estimate_run.h"
#include "base/os.h"

en_status en_app_estimate_file(const char *csv_path, const en_estimate_request *request, en_app_estimate *out,
                               en_error *err) {
    *out = (en_app_estimate){0};
    en_os_map file;
    en_table table = {0};
    en_read_report report = {0};
    EN_TRY(en_os_map_file(csv_path, &file, err));
    en_read_options read = {.struct_size = sizeof read, .file = csv_path, .progress = request->options.progress};
    en_status status = en_table_read(file.bytes, &read, &table, &report, err);
    if (status == EN_OK)
        status = en_histories_from_table(&table, csv_path, request->ignore, request->n_ignore, &out->histories, err);
    if (status == EN_OK) status = estimate_run(request, out, err);
    en_table_clear(&table);
    en_read_report_clear(&report);
    en_os_unmap(&file);
    if (status != EN_OK) en_app_estimate_clear(out);
    return status;
}
