/* everyname import: a list into a case. */
#include <stdio.h>
#include <string.h>

#include "app/app.h"
#include "app/mapping.h"
#include "cli/add_rows.h"
#include "cli/terminal.h"
#include "report/report.h"

static bool read_options(const args *a, en_import_options *o) {
    const char *order = text_option(a, "date-order"), *delimiter = text_option(a, "delimiter");
    *o = (en_import_options){.file = a->operands[1],
                             .source = {.title = text_option(a, "source"),
                                        .kind = text_option(a, "kind"),
                                        .publisher = text_option(a, "publisher"),
                                        .author = text_option(a, "author"),
                                        .published = text_option(a, "published"),
                                        .language = text_option(a, "language"),
                                        .relation = text_option(a, "relation"),
                                        .independence_group = text_option(a, "group"),
                                        .grade = text_option(a, "grade"),
                                        .graded_by = text_option(a, "graded-by"),
                                        .confidentiality = text_option(a, "confidentiality")},
                             .item_grade = text_option(a, "item-grade"),
                             .save_map_file = text_option(a, "save-map"),
                             .collected_by = text_option(a, "collected-by"),
                             .collected_with = text_option(a, "collected-with"),
                             .url = text_option(a, "url"),
                             .released = text_option(a, "released"),
                             .map_file = text_option(a, "map"),
                             .encoding = text_option(a, "encoding"),
                             .sheet = text_option(a, "sheet"),
                             .header_row = count_option(a, "header-row", 0),
                             .dry_run = has_option(a, "dry-run"),
                             .skip_rejected = has_option(a, "skip-rejected"),
                             .threads = (int)count_option(a, "threads", 0),
                             .progress = terminal_progress(a)};
    if (!o->source.kind) o->source.kind = "list";
    if (order && !en_date_order_of(order, &o->date_order)) {
        fprintf(stderr, "everyname import: --date-order: \"%s\" is not dmy, mdy or ymd\n", order);
        return false;
    }
    const char *collected = text_option(a, "collected-at");
    if (collected && !en_time_parse(collected, &o->collected_at)) {
        fprintf(stderr, "everyname import: --collected-at: \"%s\" is no time; write it as 2026-03-01T12:00:00Z\n",
                collected);
        return false;
    }
    if (delimiter && strcmp(delimiter, "tab") != 0 && strlen(delimiter) != 1) {
        fprintf(stderr, "everyname import: --delimiter takes one character, or tab\n");
        return false;
    }
    if (delimiter) o->delimiter = delimiter[1] ? '\t' : delimiter[0];
    const char *dates[][2] = {{"published", o->source.published}, {"released", o->released}};
    for (int i = 0; i < 2; i++) {
        en_when when;
        en_error err;
        if (!dates[i][1] || en_when_parse(en_str_of(dates[i][1]), o->date_order, &when, &err) == EN_OK) continue;
        fprintf(stderr, "everyname import: --%s: %s; write it as 1994-05-17, 1994-05 or 1994\n", dates[i][0],
                err.message);
        return false;
    }
    return true;
}

static void print_rejects(const en_read_report *read, const char *path) {
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    for (size_t i = 0; i < read->n_rejects && i < 20; i++) {
        const en_reject *r = &read->rejects[i];
        fprintf(stderr, "%s:%lld: %s%s%s%s%s%s\n", file, (long long)r->row, r->column[0] ? "column \"" : "", r->column,
                r->column[0] ? "\": " : "", r->why, r->mend[0] ? "; " : "", r->mend);
    }
    if (read->n_rejects > 20) fprintf(stderr, "… and %zu more bad rows\n", read->n_rejects - 20);
}

/* The bad rows have been listed already. */
static int refuse_rejects(const en_import_result *r) {
    size_t n = r->read.n_rejects;
    fprintf(stderr, "everyname import: nothing was imported: %zu bad row%s; ", n, n == 1 ? "" : "s");
    if (r->read.likely_header)
        fprintf(stderr, "row %lld looks like the header; if it is, say --header-row %lld\n",
                (long long)r->read.likely_header, (long long)r->read.likely_header);
    else if (r->rows == (int64_t)n)
        fprintf(stderr, "no row is good: if the headers are not in the first row, say which by --header-row N\n");
    else
        fprintf(stderr, "mend the file or use --skip-rejected\n");
    return EN_EXIT_FAILED;
}

static void print_mapping(const en_import_result *r) {
    const char *headers[] = {"column", "is"};
    text_table *t = text_table_new(2, headers, "ll");
    for (int64_t i = 0; i < r->n_columns; i++) {
        const char *cells[] = {r->columns[i], r->roles[i] ? r->roles[i] : "(kept as it is)"};
        text_table_row(t, cells);
    }
    text_table_print(t);
}

static void print_preview(const char *heading, const en_table *preview) {
    const char *headers[32], *cells[32];
    char text[32][64], alignment[33] = "";
    int n = preview->n_columns < 32 ? preview->n_columns : 32;
    if (!n) return;
    for (int i = 0; i < n; i++) {
        headers[i] = preview->columns[i].name;
        alignment[i] = 'l';
        alignment[i + 1] = 0;
    }
    printf("\n%s:\n", heading);
    text_table *t = text_table_new(n, headers, alignment);
    for (int64_t row = 0; row < preview->rows; row++) {
        for (int i = 0; i < n; i++) {
            en_str cell = en_column_str(&preview->columns[i], row);
            size_t len = cell.len < 40 ? cell.len : 40;
            while (len < cell.len && len && ((unsigned char)cell.ptr[len] & 0xC0) == 0x80)
                len--; /* not inside a character */
            snprintf(text[i], sizeof text[i], "%.*s", (int)len, cell.ptr);
            cells[i] = text[i];
        }
        text_table_row(t, cells);
    }
    text_table_print(t);
}

static void print_result(const en_import_result *r) {
    char rows[32];
    int64_t n = r->rows - (int64_t)r->read.n_rejects;
    printf("%s %s row%s of %s, release %s\n", r->dry_run ? "Would import" : "Imported", grouped(n, rows),
           n == 1 ? "" : "s", r->source, r->release);
    bool csv = strcmp(r->format, "csv") == 0;
    printf("Read as %s", r->format);
    if (csv) printf(", %s", r->encoding);
    if (csv && r->delimiter)
        printf(", columns parted by %s", r->delimiter == '\t'  ? "tabs"
                                         : r->delimiter == ',' ? "commas"
                                         : r->delimiter == ';' ? "semicolons"
                                                               : "bars");
    printf(".\n");
    if (r->read.likely_header)
        printf("Row %lld looks like the header; if it is, say --header-row %lld.\n", (long long)r->read.likely_header,
               (long long)r->read.likely_header);
    if (r->has_previous)
        printf("Against the release before: %lld added, %lld changed, %lld removed, %lld unchanged. Removed rows stay "
               "in the case, dated, and are not counted.\n",
               (long long)r->added, (long long)r->changed, (long long)r->removed, (long long)r->unchanged);
    if (r->read.n_rejects && !r->dry_run)
        printf("%zu bad row%s left out; the stored file keeps what was left out.\n", r->read.n_rejects,
               r->read.n_rejects == 1 ? " was" : "s were");
    print_mapping(r);
    if (r->inner_rows)
        printf("With them %lld row%s of the model that the list's rows hold.\n", (long long)r->inner_rows,
               r->inner_rows == 1 ? "" : "s");
    if (r->dry_run) {
        print_preview("First rows", &r->preview);
        print_preview("As they will be read", &r->read_as);
    } else
        printf("Ledger entry %s, root %.16s…\n", r->entry, r->root);
}

static void print_document(const en_document_import *d) {
    printf("%s \"%s\": %s, %lld bytes of text%s%s\n", d->dry_run ? "Would import" : "Imported", d->source,
           d->media_type, (long long)d->text_bytes, d->language[0] ? ", language " : "", d->language);
    if (d->attachments)
        printf("%lld attachment%s of the mail are in the stored bytes and not in the text.\n",
               (long long)d->attachments, d->attachments == 1 ? "" : "s");
    printf(
        "%s: %lld figures, %lld characterisations, %lld instruments, %lld allegations. Nothing of them counts before\n"
        "`everyname review` has confirmed it.\n",
        d->dry_run ? "Would propose" : "Proposed", (long long)d->figures, (long long)d->characterisations,
        (long long)d->instruments, (long long)d->allegations);
    if (!d->dry_run)
        printf("Capture %s, text %s\nLedger entry %s, root %.16s…\n", d->capture, d->rendition, d->entry, d->root);
}

static int import_document(const args *a, en_import_options *options) {
    en_error err;
    en_document_import result;
    if (strcmp(options->source.kind, "list") == 0) options->source.kind = text_option(a, "kind");
    if (!options->source.published) options->source.published = options->released;
    if (en_app_import_document(a->operands[0], options, &result, &err) != EN_OK) return fail_with(a, &err);
    clear_progress();
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_document_import(&result));
    else
        print_document(&result);
    en_document_import_clear(&result);
    return status;
}

/* Without a source but with a kind of row, the file's rows are of that kind. */
static int add_rows(const args *a) {
    if (!has_option(a, "kind")) {
        fprintf(stderr, "everyname import: missing --source TITLE, or --kind KIND for rows of the model; see everyname "
                        "import --help\n");
        return EN_EXIT_USAGE;
    }
    en_add_options o = {.kind = text_option(a, "kind"), .file = a->operands[1]};
    return run_add(a, &o);
}

static int import_list(const args *a, const en_import_options *options);

static int run(const args *a) {
    en_error err;
    en_import_options options;
    bool is_document;
    if (!has_option(a, "source")) return add_rows(a);
    if (!read_options(a, &options)) return EN_EXIT_USAGE;
    options.actor = options.dry_run ? "" : actor_of(a);
    if (!options.actor) return EN_EXIT_USAGE;
    if (en_app_is_document(options.file, &is_document, &err) != EN_OK) return fail_with(a, &err);
    return is_document && !options.map_file ? import_document(a, &options) : import_list(a, &options);
}

static int import_list(const args *a, const en_import_options *given) {
    en_error err;
    en_import_options options = *given;
    en_import_result result;
    en_status status = en_app_import(a->operands[0], &options, &result, &err);
    clear_progress();
    bool json = has_option(a, "json"), rejected = status != EN_OK && result.read.n_rejects;
    int exit_status = EN_EXIT_OK;
    if (json && (status == EN_OK || rejected || (options.dry_run && result.n_columns)))
        exit_status = print_json(a, en_json_import(&result));
    if (!json) print_rejects(&result.read, options.file);
    if (!json && (status == EN_OK || (options.dry_run && result.n_columns))) print_result(&result);
    if (status != EN_OK) {
        fflush(stdout);
        exit_status = rejected && !json ? refuse_rejects(&result) : fail_with(a, &err);
    }
    en_import_result_clear(&result);
    return exit_status;
}

static const option_spec options[] = {
    {"source", 0, OPTION_TEXT, "TITLE",
     "title of the source; a title the case has already makes a new release of that source", false},
    {"map", 0, OPTION_TEXT, "MAP.json",
     "what the columns are: {\"COLUMN\": \"ROLE\" or null}; by header where not given", false},
    {"dry-run", 0, OPTION_FLAG, NULL, "show what would be imported, and import nothing", false},
    {"skip-rejected", 0, OPTION_FLAG, NULL, "leave bad rows out in place of refusing the file", false},
    {"date-order", 0, OPTION_TEXT, "ORDER", "dmy, mdy or ymd: order of day and month in dates such as 03/04/1999",
     false},
    {"encoding", 0, OPTION_TEXT, "NAME",
     "UTF-8, UTF-16LE, UTF-16BE, windows-1250, -1251, -1252, -1256 (default: detected)", false},
    {"delimiter", 0, OPTION_TEXT, "CHAR", "what parts the columns of a CSV file (default: detected); tab for tabs",
     false},
    {"sheet", 0, OPTION_TEXT, "NAME", "sheet of an XLSX or XLS file (default: the first)", false},
    {"header-row", 0, OPTION_COUNT, "N", "line, or row of the sheet, that names the columns (default: the first)",
     false},
    {"save-map", 0, OPTION_TEXT, "MAP.json", "write such a file, to use again", false},
    {"kind", 0, OPTION_TEXT, "KIND",
     "kind of source: list, register, report, testimony, judgment (default: list); without --source: the kind of row, "
     "as "
     "for `everyname add --file`",
     false},
    {"publisher", 0, OPTION_TEXT, "NAME", "who published it", false},
    {"author", 0, OPTION_TEXT, "NAME", "who wrote it", false},
    {"published", 0, OPTION_TEXT, "DATE", "when, as 1994-05-17, 1994-05 or 1994", false},
    {"released", 0, OPTION_TEXT, "DATE", "date of this release", false},
    {"language", 0, OPTION_TEXT, "CODE", "language of the source, as en or ar", false},
    {"relation", 0, OPTION_TEXT, "WHAT",
     "relation to the event: belligerent, other state, UN, NGO, media, witness, family, court", false},
    {"grade", 0, OPTION_TEXT, "A-F", "how reliable the source is (Admiralty code)", false},
    {"item-grade", 0, OPTION_TEXT, "1-6", "how credible what it says here is, apart from the source", false},
    {"graded-by", 0, OPTION_TEXT, "NAME", "who gave these grades", false},
    {"group", 0, OPTION_TEXT, "NAME", "independence group: sources that copy one another share one and count once",
     false},
    {"collected-by", 0, OPTION_TEXT, "NAME", "who collected the file (default: who acts)", false},
    {"collected-at", 0, OPTION_TEXT, "TIME", "when, UTC, as 2026-03-01T12:00:00Z or 2026-03-01 (default: now)", false},
    {"collected-with", 0, OPTION_TEXT, "WHAT", "how: the program, the camera, the way it was handed over", false},
    {"url", 0, OPTION_TEXT, "URL", "from where (default: the file's name)", false},
    {"confidentiality", 0, OPTION_TEXT, "MARK", "who may see it, in your words", false},
    {0}};

const cli_command cmd_import = {
    "import",
    "CASE FILE",
    2,
    2,
    "bring a list into a case: CSV, JSON Lines, XLSX, XLS",
    "Stores FILE byte for byte in CASE, with where each row begins and what its columns mean. Columns are recognised "
    "by their headers; what is not recognised is "
    "kept as it is, and the output says so. A bad row (ragged, bad byte) stops the import with its place and the mend, "
    "and nothing is stored, unless --skip-rejected.\n\n"
    "A title that the case knows already makes a new release of that source: added, changed and removed rows are "
    "reported, and linkage and counts use the newest.",
    "everyname import valley.everyname hospital.csv --source 'Hospital registers' --kind register --as 'R. Archivist'\n"
    "everyname import valley.everyname families.xlsx --source 'Lists of families' --date-order dmy --dry-run",
    COMMON_JSON | COMMON_WRITE | COMMON_COMPUTE,
    options,
    run};
