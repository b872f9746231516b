/* everyname extract: what a report states in prose. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/prose.h"
#include "base/os.h"
#include "cli/terminal.h"
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

static int print_extraction(const args *a, const en_prose *prose) {
    if (has_option(a, "json"))
        return print_json(
            a, en_json_extraction(&prose->extraction, prose->document.text, a->operands[0], prose->document.extractor));
    print_figures(&prose->extraction);
    return EN_EXIT_OK;
}

static int extract_file(const args *a) {
    const char *file = a->operands[0];
    en_error err = {0};
    en_os_map bytes = {0};
    en_prose prose = {0};
    int exit_status = EN_EXIT_OK;
    en_prose_options options = {
        .language = text_option(a, "language"), .date = text_option(a, "date"), .progress = terminal_progress(a)};
    en_status status = en_os_map_file(file, &bytes, &err);
    if (status == EN_OK) status = en_prose_read(bytes.bytes, file, &options, &prose, &err);
    if (status == EN_OK) exit_status = print_extraction(a, &prose);
    en_prose_clear(&prose);
    en_os_unmap(&bytes);
    return status == EN_OK ? exit_status : fail_with(a, &err);
}

/* ---- in a case ---- */

static int propose(const args *a) {
    en_error err;
    en_document_import d;
    const char *actor = actor_of(a);
    if (!actor) return EN_EXIT_USAGE;
    if (en_app_propose(a->operands[0], a->operands[1], text_option(a, "import"), actor, &d, &err) != EN_OK)
        return fail_with(a, &err);
    int status = EN_EXIT_OK;
    if (has_option(a, "json"))
        status = print_json(a, en_json_document_import(&d));
    else if (!d.entry[0])
        printf("Nothing that had not been proposed before.\n");
    else
        printf("Proposed %lld figures, %lld characterisations, %lld instruments, %lld allegations; `everyname review` "
               "decides.\nLedger entry %s\n",
               (long long)d.figures, (long long)d.characterisations, (long long)d.instruments, (long long)d.allegations,
               d.entry);
    en_document_import_clear(&d);
    return status;
}

static int run(const args *a) {
    if (en_app_is_case(a->operands[0])) {
        if (a->n_operands == 2) return propose(a);
        fprintf(stderr, "everyname extract: of a case it takes a source too: its title, or its id (s:)\n");
        return EN_EXIT_USAGE;
    }
    if (a->n_operands == 1 && !has_option(a, "import")) return extract_file(a);
    fprintf(stderr, "everyname extract: of a file it takes nothing else; --import goes with a case and a source\n");
    return EN_EXIT_USAGE;
}

static const option_spec options[] = {
    {"language", 0, OPTION_TEXT, "CODE", "language of the report, as en (found from its words unless given)", false},
    {"date", 0, OPTION_TEXT, "DATE",
     "date of the report, which tells the year of \"12 March\" and the day of \"Tuesday\"", false},
    {"import", 0, OPTION_TEXT, "FILE.jsonl",
     "propose what a person or another program found: one item a line, its quote the bytes at start..end", false},
    {0}};

const cli_command cmd_extract = {
    "extract",
    "FILE | CASE SOURCE",
    1,
    2,
    "read the figures that a report states",
    "Reads a report (text, HTML, PDF or e-mail) and prints the figures about victims that it states, each with who "
    "says so and with its "
    "quotation; with --json also the terms that are used for what happened, the resolutions, laws and judgments named, "
    "and who is said "
    "to have done what. All of it is what the text states, none of it is a finding of the program.\n\n"
    "With a case, reads a report that was imported once more, and proposes what was not proposed from it yet; --import "
    "takes items from elsewhere: JSON Lines, each with the members that --json prints, \"item\" saying which kind it "
    "is "
    "(figure, characterisation, instrument, allegation; a figure where it says none). A quote that is not what stands "
    "at "
    "its place refuses the file. `review` decides on what was proposed.",
    "everyname extract --json report.txt\n"
    "everyname extract valley.everyname 'Harbour office, 12 March' --import found.jsonl --as 'R. Archivist'",
    COMMON_JSON | COMMON_WRITE,
    options,
    run};
