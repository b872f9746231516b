/* everyname report: the account of a case as one page with its tables beside it. */
#include <stdio.h>

#include "app/app.h"
#include "cli/confirm_names.h"
#include "cli/terminal.h"
#include "report/report.h"

/* The estimate is part of the report where there is something to estimate from; what stands in its way is said in the
 * report. */
static en_status estimate(const args *a, const en_account *account, en_app_estimate *out, const en_app_estimate **used,
                          en_error *err) {
    en_estimate_request request = {.options = EN_ESTIMATE_OPTIONS_INIT, .page = true};
    request.options.seed = count_option(a, "seed", 1);
    request.options.threads = (int)count_option(a, "threads", 0);
    request.options.progress = terminal_progress(a);
    *used = NULL;
    en_status status = account->linked ? en_account_estimate(account, &request, out, err) : EN_ERR_INPUT;
    if (status == EN_OK) *used = out;
    return status == EN_ERR_INPUT ? EN_OK : status;
}

static int write_report(const args *a, const en_account *account) {
    en_error err;
    en_app_estimate result = {0};
    const en_app_estimate *used;
    const char *dir = text_option(a, "output");
    en_report_options options = {.names = has_option(a, "names"), .progress = terminal_progress(a)};
    en_report_said said = {0};
    en_status status = estimate(a, account, &result, &used, &err);
    if (status == EN_OK) status = en_report_said_open(account, options.names, &said, &err);
    options.said = &said;
    if (status == EN_OK) status = en_report_write(account, used, dir, &options, &err);
    en_report_said_clear(&said);
    en_app_estimate_clear(&result);
    if (status != EN_OK) return fail_with(a, &err);
    clear_progress();
    if (has_option(a, "json"))
        return print_json(a, json_pack("{s:s, s:s+, s:b}", "case", account->case_path, "report", dir, "/report.html",
                                       "names", (int)options.names));
    printf("%s/report.html\n", dir);
    return EN_EXIT_OK;
}

static int run(const args *a) {
    en_error err;
    en_account account;
    if (en_account_open(a->operands[0], NULL, &account, &err) != EN_OK) return fail_with(a, &err);
    int status = names_confirmed(a, &account) ? write_report(a, &account) : EN_EXIT_FAILED;
    en_account_clear(&account);
    return status;
}

static const option_spec options[] = {
    {"output", 'o', OPTION_TEXT, "DIR", "folder to write into; made where it is missing", true},
    {"names", 0, OPTION_FLAG, NULL, "name people who may be living and minors too; asks first", false},
    {"yes", 0, OPTION_FLAG, NULL, "do not ask", false},
    {0}};

const cli_command cmd_report = {
    "report",
    "CASE",
    1,
    1,
    "write the account as one page with tables beside it",
    "Writes DIR/report.html, one file that opens without a network and prints well, with report.json and CSV tables "
    "beside it: sources, recorded persons, how the lists overlap, "
    "what the records support about how many were not recorded, and what is unknown. Each number links to the records "
    "behind it. Nobody who may be living and no minor is named, "
    "unless --names.",
    "everyname report valley.everyname -o report",
    COMMON_JSON | COMMON_COMPUTE,
    options,
    run};
