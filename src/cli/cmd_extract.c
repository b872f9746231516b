/* everyname extract: what a report states in prose. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/os.h"
#include "cli/terminal.h"
#include "document/document.h"
#include "everyname/extract.h"
#include "report/report.h"

static const char *number_text(const en_figure *f, char buf[64]) {
    char a[32], b[32];
    if (!isnan(f->best)) return grouped((int64_t)f->best, buf);
    if (!isnan(f->low) && !isnan(f->high))
        snprintf(buf, 64, "%s to %s", grouped((int64_t)f->low, a), grouped((int64_t)f->high, b));
    else
        snprintf(buf, 64, "%.*s", (int)(f->qualifier.len < 60 ? f->qualifier.len : 60),
                 f->qualifier.ptr ? f->qualifier.ptr : "");
    return buf;
}

static char *copied(en_arena *arena, en_str s) {
    char *text = en_arena_strdup(arena, s);
    for (char *c = text; c && *c; c++)
        if (*c == '\n' || *c == '\t' || *c == '\r') *c = ' ';
    return text;
}

static void print_figures(const en_extraction *e) {
    const char *const headers[] = {"number", "category", "group", "modality", "said by", "quote"};
    text_table *table = text_table_new(6, headers, "rlllll");
    for (size_t i = 0; i < e->n_figures; i++) {
        const en_figure *f = &e->figures[i];
        char number[64];
        const char *who = copied(e->arena, f->asserted_by.name), *quote = copied(e->arena, f->at.quote);
        const char *const cells[] = {number_text(f, number),
                                     en_figure_category_name(f->category),
                                     en_figure_group_name(f->group),
                                     en_modality_name(f->modality),
                                     who ? who : "",
                                     quote ? quote : ""};
        text_table_row(table, cells);
    }
    text_table_print(table);
    printf("%zu figures, %zu characterisations, %zu instruments, %zu allegations; all as stated, none confirmed\n",
           e->n_figures, e->n_characterisations, e->n_instruments, e->n_allegations);
}

static int print_extraction(const args *a, const en_extraction *e, const en_document *document) {
    if (has_option(a, "json"))
        return print_json(a, en_json_extraction(e, document->text, a->operands[0], document->extractor));
    print_figures(e);
    return EN_EXIT_OK;
}

static en_status extract(const args *a, const en_document *document, en_extraction *out, en_error *err) {
    const char *language = text_option(a, "language"), *date = text_option(a, "date");
    en_extract_options options = {.struct_size = sizeof options,
                                  .language = language,
                                  .date = en_str_of(date ? date : document->date),
                                  .title = en_str_of(document->title),
                                  .progress = terminal_progress(a)};
    EN_TRY(en_extract(document->text, &options, out, err));
    if (!out->source.author.len) out->source.author = en_str_of(document->author);
    if (!out->source.agency.len) out->source.agency = en_str_of(document->agency);
    return EN_OK;
}

static int run(const args *a) {
    const char *file = a->operands[0];
    en_error err = {0};
    en_os_map bytes = {0};
    en_document document = {0};
    en_extraction extraction = {0};
    int exit_status = EN_EXIT_OK;
    en_status status = en_os_map_file(file, &bytes, &err);
    if (status == EN_OK) status = en_document_read(bytes.bytes, file, NULL, &document, &err);
    if (status == EN_OK) status = extract(a, &document, &extraction, &err);
    if (status == EN_OK) exit_status = print_extraction(a, &extraction, &document);
    en_extraction_clear(&extraction);
    en_document_clear(&document);
    en_os_unmap(&bytes);
    return status == EN_OK ? exit_status : fail_with(a, &err);
}

static const option_spec options[] = {
    {"language", 0, OPTION_TEXT, "CODE", "language of the report, as en (found from its words unless given)", false},
    {"date", 0, OPTION_TEXT, "DATE",
     "date of the report, which tells the year of \"12 March\" and the day of \"Tuesday\"", false},
    {0}};

const cli_command cmd_extract = {
    "extract",
    "FILE",
    1,
    1,
    "read the figures that a report states",
    "Reads a report (text, HTML, PDF or e-mail) and prints the figures about victims that it states, each with who "
    "says so and with its "
    "quotation; with --json also the terms that are used for what happened, the resolutions, laws and judgments named, "
    "and who is said "
    "to have done what. All of it is what the text states, none of it is a finding of the program.",
    "everyname extract --json report.txt",
    COMMON_JSON,
    options,
    run};
