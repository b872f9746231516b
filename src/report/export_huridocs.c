/* An export in the shape of HURIDOCS' events standard formats: events, acts, persons, involvement, information, and
 * links between events, each a CSV file with the formats' own field names. Involvement is alleged, and says by whom. */
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "everyname/table.h"
#include "report/beside.h"
#include "report/export_parts.h"

enum { FIELDS = 12 };
typedef struct format {
    const char *file, *table;
    struct {
        const char *title, *column;
    } fields[FIELDS];
} format;

/* A column of NULL is the word that the title says. */
static const format formats[HURIDOCS_FILES] = {
    {"event",
     "incident",
     {{"Event record number", "id"},
      {"Event title", "title"},
      {"Geographical term", "place"},
      {"Initial date", "date"},
      {"Type of event", "kind"},
      {"Event description", "description"},
      {"Confidentiality", "confidentiality"}}},
    {"act",
     "act",
     {{"Act record number", "id"},
      {"Event", "incident"},
      {"Victim", "victim"},
      {"Group", "group"},
      {"Number of victims", "count"},
      {"Type of act", "kind"},
      {"Initial date", "date"},
      {"Geographical term", "place"},
      {"Method of violence", "cause"},
      {"Victim characteristics", "civilian"},
      {"Source", "source"}}},
    {"person",
     "person",
     {{"Person record number", "id"},
      {"Person name", "name"},
      {"Sex", "sex"},
      {"Age at time of victimisation", "age_group"},
      {"Status as victim", "status"},
      {"Place", "place"}}},
    {"involvement",
     "allegation",
     {{"Involvement record number", "id"},
      {"Event or act", "of"},
      {"Alleged act", "act"},
      {"Alleged perpetrator", "actor"},
      {"Degree of involvement", "degree"},
      {"Alleged by", "asserted_by_name"},
      {"Date of the allegation", "asserted_on"},
      {"Standard of proof", "standard"},
      {"Source", "source"}}},
    {"information",
     "source",
     {{"Information record number", "id"},
      {"Source name", "title"},
      {"Type of source", "kind"},
      {"Author", "author"},
      {"Publisher", "publisher"},
      {"Date of source material", "published"},
      {"Language of source material", "language"},
      {"Source connection to information", "relation"},
      {"Reliability of source", "grade"}}},
    {"link", "incident", {{"Event", "id"}, {"Related event", "part_of"}, {"Type of relationship", NULL}}},
};
enum { LINKS = HURIDOCS_FILES - 1 };

static en_status write_fields(const format *f, const json_t *row, en_buf *out, en_error *err) {
    en_buf room = {0};
    en_status status = EN_OK;
    for (int i = 0; status == EN_OK && i < FIELDS && f->fields[i].title; i++) {
        const char *column = f->fields[i].column;
        const char *cell = row && column ? export_cell(json_object_get(row, column), &room, err) : f->fields[i].title;
        if (i) status = en_buf_add_char(out, ',', err);
        if (status == EN_OK) status = en_csv_write_cell(en_str_of(cell ? cell : ""), out, err);
    }
    en_buf_clear(&room);
    return status == EN_OK ? en_buf_add_char(out, '\n', err) : status;
}

static en_status write_link(en_buf *out, const json_t *from, const json_t *to, const char *how, en_error *err) {
    const char *a = json_string_value(from), *b = json_string_value(to);
    return a && b ? en_buf_addf(out, err, "%s,%s,%s\n", a, b, how) : EN_OK;
}

static en_status write_links(exporting *x, const json_t *row, en_error *err) {
    static const char *const chains[] = {"precedes", "causes"};
    en_buf *out = &x->huridocs[LINKS];
    const json_t *id = json_object_get(row, "id");
    EN_TRY(write_link(out, id, json_object_get(row, "part_of"), "part of", err));
    for (int k = 0; k < 2; k++) {
        const json_t *others = json_object_get(row, chains[k]);
        for (size_t i = 0; i < json_array_size(others); i++)
            EN_TRY(write_link(out, id, json_array_get(others, i), chains[k], err));
    }
    return EN_OK;
}

en_status export_huridocs_row(exporting *x, const char *table, const json_t *row, en_error *err) {
    for (int i = 0; i < LINKS; i++)
        if (strcmp(formats[i].table, table) == 0) EN_TRY(write_fields(&formats[i], row, &x->huridocs[i], err));
    return strcmp(table, "incident") == 0 ? write_links(x, row, err) : EN_OK;
}

static en_status write_file(exporting *x, int i, en_error *err) {
    char name[64];
    en_buf out = {0};
    snprintf(name, sizeof name, "huridocs/%s.csv", formats[i].file);
    en_status status = write_fields(&formats[i], NULL, &out, err);
    if (status == EN_OK) status = en_buf_add(&out, en_buf_str(&x->huridocs[i]), err);
    if (status == EN_OK) status = report_put(x->dir, name, en_buf_str(&out), err);
    en_buf_clear(&out);
    return status;
}

en_status export_huridocs_end(exporting *x, en_error *err) {
    en_buf dir = {0};
    en_status status = en_buf_addf(&dir, err, "%s/huridocs", x->dir);
    if (status == EN_OK) status = en_os_make_dirs(dir.ptr, err);
    for (int i = 0; status == EN_OK && i < HURIDOCS_FILES; i++) status = write_file(x, i, err);
    en_buf_clear(&dir);
    return status;
}
