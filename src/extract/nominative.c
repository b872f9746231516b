/* A speaker named in the genitive ("по данным прокуратуры", "зі слів Остапа Ринди") as it would be named by itself, by
 * endings that the lexicon lists. Only the head of a phrase and the adjectives before it change; a person's name
 * changes whole. Words with no such ending stay as they are written.
 */
#include <string.h>

#include "extract/phrases.h"

enum { NAME_BYTES = 400 };

/* The pair "from>to" of the longest ending of `word`; NULL where none fits. A pair that begins with a space is one of
 * adjectives. */
static const char *pair_of(const lexicon *lex, en_str word, bool adjective) {
    for (int i = 0; lex->nominatives[i]; i++) {
        const char *pair = lex->nominatives[i] + (lex->nominatives[i][0] == '+'), *arrow = strchr(pair, '>');
        size_t n = (size_t)(arrow - pair);
        if ((lex->nominatives[i][0] == '+') != adjective || n + 2 > word.len) continue;
        if (memcmp(word.ptr + word.len - n, pair, n) == 0) return pair;
    }
    return NULL;
}

static size_t put(char *out, size_t at, const char *bytes, size_t len) {
    if (at + len > NAME_BYTES) len = 0;
    memcpy(out + at, bytes, len);
    return at + len;
}

/* `whole`: every word is of the name; else what follows the head stays. */
static en_str nominative_of(const reading *r, en_str name, bool whole) {
    char out[NAME_BYTES];
    size_t at = 0;
    bool head = false;
    if (name.len > NAME_BYTES / 2) return name;
    for (size_t from = 0, to; from < name.len; from = to + 1) {
        for (to = from; to < name.len && name.ptr[to] != ' ';) to++;
        en_str word = {name.ptr + from, to - from};
        bool last = to >= name.len;
        const char *pair = head ? NULL : last ? NULL : pair_of(r->lex, word, true);
        bool noun = !head && !pair;
        if (noun) pair = pair_of(r->lex, word, false);
        if (noun && !pair && last) pair = pair_of(r->lex, word, true); /* a surname, an office that is an adjective */
        const char *arrow = pair ? strchr(pair, '>') : NULL;
        size_t cut = pair ? (size_t)(arrow - pair) : 0;
        if (at) at = put(out, at, " ", 1);
        at = put(out, at, word.ptr, word.len - cut);
        if (pair) at = put(out, at, arrow + 1, strlen(arrow + 1));
        head |= noun && !whole;
    }
    char *kept = en_arena_strdup(r->arena, (en_str){out, at});
    return kept ? (en_str){kept, at} : name;
}

void name_in_nominative(const reading *r, speaker_words *who) {
    if (!who->known || !r->lex->nominatives[0]) return;
    bool person = who->who.role.len > 0;
    who->who.name = nominative_of(r, who->who.name, person);
    if (person) who->who.role = nominative_of(r, who->who.role, false);
}
