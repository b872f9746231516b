/* docs/data-model.md: kinds, members and vocabularies as the program has them. */
#include <string.h>

#include "app/case_model.h"
#include "report/report.h"

static const char *text_of(const json_t *object, const char *member) {
    const char *text = json_string_value(json_object_get(object, member));
    return text ? text : "";
}

static const char *label_of(const json_t *object) { return text_of(json_object_get(object, "label"), "en"); }

/* A cell: bars would end it. */
static en_status cell(en_buf *out, const char *text, en_error *err) {
    for (; *text; text++) {
        if (*text == '|') EN_TRY(en_buf_add_char(out, '\\', err));
        EN_TRY(en_buf_add_char(out, *text, err));
    }
    return EN_OK;
}

/* "term:cause" leads to its vocabulary, "id:incident" to its kind. */
static en_status type_cell(en_buf *out, const char *type, en_error *err) {
    bool is_list = strncmp(type, "list:", 5) == 0;
    if (is_list) type += 5;
    EN_TRY(en_buf_addf(out, err, "%s", is_list ? "list of " : ""));
    if (strncmp(type, "term:", 5) == 0)
        return en_buf_addf(out, err, "[term of %s](#vocabulary-%s)", type + 5, type + 5);
    if (strncmp(type, "object:", 7) == 0) return en_buf_addf(out, err, "[%s](#shape-%s)", type + 7, type + 7);
    if (strcmp(type, "id:*") == 0) return en_buf_add(out, EN_LIT("id of any row"), err);
    if (strncmp(type, "id:", 3) != 0) return cell(out, type, err);
    EN_TRY(en_buf_add(out, EN_LIT("id of "), err));
    return cell(out, type + 3, err);
}

static en_status add_members(en_buf *out, const json_t *members, en_error *err) {
    const char *name;
    json_t *member;
    EN_TRY(en_buf_add(out, EN_LIT("\n| member | type | |\n|---|---|---|\n"), err));
    json_object_foreach((json_t *)members, name, member) {
        const char *standard = text_of(member, "standard");
        bool required = json_is_true(json_object_get(member, "required"));
        EN_TRY(en_buf_addf(out, err, "| `%s`%s | ", name, required ? " (needed)" : ""));
        EN_TRY(type_cell(out, text_of(member, "type"), err));
        EN_TRY(en_buf_add(out, EN_LIT(" | "), err));
        EN_TRY(cell(out, text_of(member, "definition"), err));
        EN_TRY(en_buf_addf(out, err, "%s%s%s |\n", standard[0] ? " *" : "", standard, standard[0] ? "*" : ""));
    }
    return EN_OK;
}

static en_status add_groups(en_buf *out, const json_t *groups, const char *before, const char *between, en_error *err) {
    const json_t *group, *name;
    size_t i, k;
    json_array_foreach(groups, i, group) {
        EN_TRY(en_buf_addf(out, err, "\n%s ", before));
        json_array_foreach(group, k, name)
            EN_TRY(en_buf_addf(out, err, "%s`%s`", k ? between : "", json_string_value(name)));
        EN_TRY(en_buf_add(out, EN_LIT(".\n"), err));
    }
    return EN_OK;
}

static en_status add_nested(en_buf *out, const json_t *nested, en_error *err) {
    const char *name;
    json_t *of;
    json_object_foreach((json_t *)nested, name, of) EN_TRY(en_buf_addf(
        out, err, "\nRows inside it: `%s` (%s, by its member `%s`).\n", name, text_of(of, "kind"), text_of(of, "by")));
    return EN_OK;
}

static en_status add_kind(en_buf *out, const char *name, const json_t *kind, en_error *err) {
    char letter = en_letter_of_kind(name);
    const char *named = text_of(kind, "named");
    EN_TRY(en_buf_addf(out, err, "\n### %s\n\n", name));
    if (letter) EN_TRY(en_buf_addf(out, err, "`%c:` %s layer. ", letter, text_of(kind, "layer")));
    EN_TRY(en_buf_addf(out, err, "%s *%s.*%s\n", text_of(kind, "definition"), text_of(kind, "standard"),
                       json_is_false(json_object_get(kind, "add")) ? " Made by a command of its own." : ""));
    EN_TRY(add_members(out, json_object_get(kind, "members"), err));
    if (named[0]) EN_TRY(en_buf_addf(out, err, "\nOther rows can refer to it by its `%s`.\n", named));
    EN_TRY(add_groups(out, json_object_get(kind, "needs"), "Needs at least one of", ", ", err));
    EN_TRY(add_groups(out, json_object_get(kind, "ordered"), "In order:", " is not after ", err));
    return add_nested(out, json_object_get(kind, "nested"), err);
}

static en_status add_vocabulary(en_buf *out, const char *name, const json_t *vocabulary, en_error *err) {
    const json_t *term;
    size_t i;
    const char *label = label_of(vocabulary);
    EN_TRY(en_buf_addf(out, err, "\n### vocabulary: %s\n\n%s%s*%s.*\n\n| code | label | definition |\n|---|---|---|\n",
                       name, label, label[0] ? ". " : "", text_of(vocabulary, "standard")));
    json_array_foreach(json_object_get(vocabulary, "terms"), i, term) {
        EN_TRY(en_buf_addf(out, err, "| `%s` | %s | ", text_of(term, "code"), label_of(term)));
        EN_TRY(cell(out, text_of(term, "definition"), err));
        EN_TRY(en_buf_add(out, EN_LIT(" |\n"), err));
    }
    return EN_OK;
}

static en_status write_model(const en_model *model, en_buf *out, en_error *err) {
    const char *name;
    json_t *of;
    EN_TRY(en_buf_addf(
        out, err,
        "# The data model\n\nMade by `everyname reference --model` from `vocab/`; do not edit. %s\n\nRows are "
        "added by `everyname add CASE KIND MEMBER=VALUE …`; lists are imported, and their rows are records. "
        "Which value a person shows, and what is derived: [0010](decisions/0010-resolution.md).\n\n"
        "An id is written as people know it: a short id (`i:3f2a.1`), `key:KEY` where the row it means has "
        "that `key`, the key alone, or the name of the row. A person is `p:…` or `r:…`, or the id that a list "
        "gives the record (`H-1`; `H-1@TITLE` where several lists have it). Stored is the global id: 32 hex "
        "digits of the ledger entry, a dot, the ordinal; that of a person is the id of its record, and whoever "
        "that record belongs to is meant. Rows refer to what was added before them.\n\n"
        "## Members that every kind has\n",
        text_of(model->root, "about")));
    EN_TRY(add_members(out, json_object_get(model->root, "common"), err));
    EN_TRY(en_buf_add(out, EN_LIT("\n## Shapes\n"), err));
    json_object_foreach(json_object_get(model->root, "objects"), name, of) {
        EN_TRY(en_buf_addf(out, err, "\n### shape: %s\n\n%s\n", name, text_of(of, "definition")));
        EN_TRY(add_members(out, json_object_get(of, "members"), err));
    }
    EN_TRY(en_buf_add(out, EN_LIT("\n## Kinds of rows\n"), err));
    EN_TRY(en_buf_add(
        out, EN_LIT("\nInside the rows of a list (columns `acts.1.kind`, or nested objects in JSON Lines):\n"), err));
    EN_TRY(add_nested(out, json_object_get(json_object_get(model->root, "person"), "nested"), err));
    json_object_foreach(json_object_get(model->root, "kinds"), name, of) EN_TRY(add_kind(out, name, of, err));
    EN_TRY(en_buf_add(out,
                      EN_LIT("\n## Vocabularies\n\nA case can add terms (`everyname add CASE term …`), never redefine "
                             "one.\n"),
                      err));
    json_object_foreach(json_object_get(model->root, "vocabularies"), name, of)
        EN_TRY(add_vocabulary(out, name, of, err));
    return EN_OK;
}

en_status en_report_data_model(en_buf *out, en_error *err) {
    en_model model;
    EN_TRY(en_model_open(NULL, &model, err));
    en_status status = write_model(&model, out, err);
    en_model_close(&model);
    return status;
}
