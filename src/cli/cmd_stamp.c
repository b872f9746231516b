/* everyname stamp: time stamps of authorities (RFC 3161), without a network of our own. */
#include <stdio.h>

#include "app/keeping.h"
#include "cli/terminal.h"
#include "everyname/when.h"
#include "report/json_keeping.h"

static int write_request(const args *a, const char *id, const char *path) {
    en_error err;
    if (en_app_stamp_request(a->operands[0], id, path, &err) != EN_OK) return fail_with(a, &err);
    if (has_option(a, "json")) return print_json(a, json_pack("{s:s}", "request", path));
    printf("Wrote a request to %s. Send it to an authority, as by curl -H 'Content-Type: "
           "application/timestamp-query' --data-binary @%s URL, and give its answer by --answer.\n",
           path, path);
    return EN_EXIT_OK;
}

static void print_stamp(const en_app_stamp *s) {
    char when[32];
    en_time_print(s->stamp.at, when, sizeof when);
    printf("Stamp %s of %s, %s, by %s%s.\nLedger entry %s\n", s->id, s->of[0] ? s->of : "the ledger", when,
           s->stamp.authority,
           s->stamp.trusted ? "" : " (not checked against an authority: give its certificate by --authority)",
           s->entry);
}

static int store_answer(const args *a, const char *id, const char *answer) {
    en_error err;
    en_app_stamp stamp;
    const char *actor = actor_of(a);
    if (!actor) return EN_EXIT_USAGE;
    if (en_app_stamp_store(a->operands[0], actor, id, answer, text_option(a, "authority"), &stamp, &err) != EN_OK)
        return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_stamp(&stamp));
    else
        print_stamp(&stamp);
    en_app_stamp_clear(&stamp);
    return status;
}

static int run(const args *a) {
    const char *id = a->n_operands > 1 ? a->operands[1] : NULL, *answer = text_option(a, "answer"),
               *request = text_option(a, "output");
    if (!answer == !request) {
        fprintf(stderr,
                "everyname stamp: say -o FILE.tsq to write a request, or --answer FILE.tsr to store an answer\n");
        return EN_EXIT_USAGE;
    }
    return answer ? store_answer(a, id, answer) : write_request(a, id, request);
}

static const option_spec options[] = {
    {"output", 'o', OPTION_TEXT, "FILE.tsq", "write a request for an authority", false},
    {"answer", 0, OPTION_TEXT, "FILE.tsr", "store the authority's answer", false},
    {"authority", 0, OPTION_TEXT, "CA.pem",
     "certificates that the answer has to lead to; kept, so that verify checks them too", false},
    {0}};

const cli_command cmd_stamp = {
    "stamp",
    "CASE [ID]",
    1,
    2,
    "have a time-stamping authority attest when bytes were there (RFC 3161)",
    "Writes a request for a stamp of a capture (k:), of the newest capture of a source (s:), or, without ID, of the "
    "head of "
    "the ledger, and with that of the whole case; and stores the answer of the authority. A second run with the answer "
    "of "
    "another authority adds a second stamp. The program makes no connection: how the request reaches the authority is "
    "yours. The authority sees a SHA-256 and nothing else. `everyname verify` checks every stamp, and so does `openssl "
    "ts "
    "-verify` with the captured file.",
    "everyname stamp valley.everyname s:3f2a.0 -o hospital.tsq\n"
    "everyname stamp valley.everyname s:3f2a.0 --answer hospital.tsr --authority authority.pem --as 'R. Archivist'",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
