/* everyname key: what linkage sees of names. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/os.h"
#include "cli/terminal.h"
#include "everyname/text.h"

static json_t *string_of(en_str s) { return json_stringn(s.ptr, s.len); }

static json_t *name_json(en_str written, const en_name *name) {
    json_t *parts = json_array(), *keys = json_array();
    for (size_t i = 0; i < name->n_parts; i++)
        json_array_append_new(parts, json_pack("{s:s, s:o}", "kind", en_part_kind_name(name->parts[i].kind), "text",
                                               string_of(name->parts[i].text)));
    for (size_t i = 0; i < name->n_keys; i++) json_array_append_new(keys, string_of(name->keys[i]));
    return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o}", "name", string_of(written), "script",
                     en_script_name(name->script), "latin", string_of(name->latin), "parts", parts, "key",
                     string_of(name->key), "keys", keys);
}

static en_status print_key(en_text *text, en_str line, int64_t number, en_error *err) {
    en_arena *arena = en_arena_new();
    en_name name;
    en_status status = arena ? en_name_parse(text, line, arena, &name, err) : en_no_memory(err);
    if (status == EN_OK) {
        json_t *json = name_json(line, &name);
        char *printed = json ? json_dumps(json, JSON_COMPACT) : NULL;
        if (printed)
            puts(printed);
        else
            status = en_no_memory(err);
        free(printed);
        json_decref(json);
    } else {
        en_error_at(err, "standard input", number, NULL, -1);
    }
    en_arena_free(arena);
    return status;
}

static en_status print_keys(en_str input, en_error *err) {
    en_text *text;
    EN_TRY(en_text_open(&text, err));
    en_status status = EN_OK;
    for (int64_t number = 1; status == EN_OK && input.len; number++) {
        const char *end = memchr(input.ptr, '\n', input.len);
        en_str line = {input.ptr, end ? (size_t)(end - input.ptr) : input.len};
        input = end ? (en_str){end + 1, input.len - line.len - 1} : (en_str){"", 0};
        if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
        status =
            en_os_interrupted() ? en_fail(err, EN_ERR_CANCELLED, "interrupted") : print_key(text, line, number, err);
    }
    en_text_close(text);
    return status;
}

static int run(const args *a) {
    en_error err;
    en_buf input = {0};
    en_status status = en_os_read_fd(0, &input, &err);
    if (status == EN_OK) status = print_keys(en_buf_str(&input), &err);
    en_buf_clear(&input);
    return status == EN_OK ? EN_EXIT_OK : fail_with(a, &err);
}

static const option_spec options[] = {{0}};

const cli_command cmd_key = {"key",
                             "",
                             0,
                             0,
                             "show what linkage sees of names",
                             "Reads names from standard input, one a line, and prints for each one line of JSON: its "
                             "script, plain Latin, parts, and keys. `key` is the one to compare across scripts.",
                             "printf 'Marin Dalverek\\n' | everyname key",
                             COMMON_JSON,
                             options,
                             run};
