#include "cli/passphrase.h"

#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "cli/terminal.h"
#include "everyname/casefile.h"

void passphrase_clear(en_buf *passphrase) {
    if (passphrase->ptr) en_os_wipe(passphrase->ptr, passphrase->cap);
    en_buf_clear(passphrase);
}

static en_status read_first_line(int fd, en_buf *out, en_error *err) {
    EN_TRY(en_os_read_fd(fd, out, err));
    const char *end = memchr(out->ptr, '\n', out->len);
    if (end) out->len = (size_t)(end - out->ptr);
    return EN_OK;
}

static en_status ask(const char *prompt, const char *option, en_buf *out, en_error *err) {
    en_status status = en_os_ask_secret(prompt, out, err);
    if (status != EN_ERR_NOT_FOUND) return status;
    en_fail(err, EN_ERR_USAGE, "a passphrase is needed, and there is no terminal to ask at");
    return en_error_mend(err, "give it by --%s", option), EN_ERR_USAGE;
}

static en_status unlock(const args *a, const char *path, en_error *err) {
    en_buf passphrase = {0};
    char prompt[300];
    snprintf(prompt, sizeof prompt, "Passphrase of %.250s: ", path);
    en_status status = has_option(a, "passphrase-fd")
                           ? read_first_line((int)count_option(a, "passphrase-fd", 0), &passphrase, err)
                           : ask(prompt, "passphrase-fd", &passphrase, err);
    if (status == EN_OK) status = en_case_unlock(path, en_buf_str(&passphrase), err);
    passphrase_clear(&passphrase);
    return status;
}

int unlock_operands(const args *a) {
    en_error err;
    if (!strstr(a->command->operands, "CASE")) return EN_EXIT_OK;
    for (int i = 0; i < a->n_operands; i++) {
        const char *path = a->operands[i];
        if (!en_os_exists(path) || !en_case_is_encrypted(path) || en_case_is_unlocked(path)) continue;
        if (unlock(a, path, &err) != EN_OK) return fail_with(a, &err);
    }
    return EN_EXIT_OK;
}

static en_status ask_twice(const char *prompt, const char *option, en_buf *out, en_error *err) {
    en_buf again = {0};
    en_status status = ask(prompt, option, out, err);
    if (status == EN_OK) status = ask("The same again: ", option, &again, err);
    if (status == EN_OK && !en_str_eq(en_buf_str(out), en_buf_str(&again)))
        status = en_fail(err, EN_ERR_USAGE, "the two are not the same");
    passphrase_clear(&again);
    return status;
}

int new_passphrase(const args *a, const char *option, const char *prompt, en_buf *out) {
    en_error err;
    en_status status = has_option(a, option) ? read_first_line((int)count_option(a, option, 0), out, &err)
                                             : ask_twice(prompt, option, out, &err);
    return status == EN_OK ? EN_EXIT_OK : fail_with(a, &err);
}
