/* The report: one page, one JSON file and the tables, into a folder. */
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "report/beside.h"
#include "report/page.h"

en_status report_put(const char *dir, const char *name, en_str bytes, en_error *err) {
    en_buf path = {0};
    en_status status = en_buf_addf(&path, err, "%s/%s", dir, name);
    if (status == EN_OK) status = en_os_write_file(path.ptr, bytes, err);
    en_buf_clear(&path);
    return status;
}

en_status report_put_json(const char *dir, const char *name, json_t *root, en_error *err) {
    char *text = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(12)) : NULL;
    en_buf out = {0};
    en_status status = text ? en_buf_addf(&out, err, "%s\n", text) : en_no_memory(err);
    if (status == EN_OK) status = report_put(dir, name, en_buf_str(&out), err);
    en_buf_clear(&out);
    free(text);
    json_decref(root);
    return status;
}

static en_status write_page(const facts *f, const char *dir, en_error *err) {
    en_buf html = {0};
    en_status status = page_write(f, &html, err);
    if (status == EN_OK) status = report_put(dir, "report.html", en_buf_str(&html), err);
    en_buf_clear(&html);
    return status;
}

static en_status write_parts(const facts *f, const char *dir, const en_progress *progress, en_error *err) {
    EN_TRY(en_os_make_dirs(dir, err));
    EN_TRY(en_progress_step(progress, "tables", 1, 4, err));
    EN_TRY(report_tables(f, dir, err));
    EN_TRY(en_progress_step(progress, "report.json", 2, 4, err));
    EN_TRY(report_put_json(dir, "report.json", report_json(f), err));
    EN_TRY(en_progress_step(progress, "report.html", 3, 4, err));
    return write_page(f, dir, err);
}

en_status en_report_write(const en_account *account, const en_app_estimate *estimate, const char *dir,
                          const en_report_options *options, en_error *err) {
    facts f;
    const en_progress *progress = options ? options->progress : NULL;
    EN_TRY(en_progress_step(progress, "counting", 0, 4, err));
    en_report_said *said = options ? options->said : NULL;
    const en_withdrawn *withdrawn = said ? &said->stated.withdrawn : NULL;
    EN_TRY(facts_open(account, estimate, options && options->names, withdrawn, &f, err));
    f.said = said;
    en_status status = write_parts(&f, dir, progress, err);
    facts_clear(&f);
    return status;
}
