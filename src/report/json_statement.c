/* The JSON of a statement. */
#include "report/json.h"
#include "report/report.h"

static json_t *number_of(const en_statement_number *from) {
    json_t *number = json_object();
    en_json_put(&number, "what", en_json_text(from->what));
    en_json_put(&number, "n", from->withheld ? json_null() : json_integer(from->n));
    en_json_put(&number, "id", en_json_text(from->id));
    en_json_put(&number, "assumes", en_json_text(from->assumes));
    if (from->withheld) en_json_put(&number, "withheld", json_true());
    return number;
}

json_t *en_json_statement(const en_statement *statement) {
    json_t *numbers = json_array(), *linkage = json_object(), *incident = json_object(), *out = json_object();
    for (int i = 0; i < EN_STATEMENT_NUMBERS; i++) en_json_push(&numbers, number_of(&statement->numbers[i]));
    en_json_put(&linkage, "run", en_json_text(statement->run));
    en_json_put(&linkage, "undecided_pairs", json_integer(statement->undecided_pairs));
    en_json_put(&linkage, "unreviewed_merges", json_integer(statement->unreviewed_merges));
    en_json_put(&incident, "id", en_json_text(statement->incident));
    en_json_put(&incident, "title", en_json_text(statement->title));
    en_json_put(&out, "kind", json_string("recorded"));
    en_json_put(&out, "level", json_string(en_level_name(statement->level)));
    en_json_put(&out, "incident", incident);
    en_json_put(&out, "text", en_json_text(statement->text));
    en_json_put(&out, "numbers", numbers);
    en_json_put(&out, "ledger_head", en_json_text(statement->head));
    en_json_put(&out, "linkage", linkage);
    return out;
}
