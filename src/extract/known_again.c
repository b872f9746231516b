/* Who was named before, to know "the Office" and "Marn" again by. */
#include <string.h>

#include "extract/phrases.h"

static bool same_letters(const char *a, const char *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        char x = a[i], y = b[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (char)(y + 32);
        if (x != y) return false;
    }
    return true;
}

/* Whether `name` holds `word` as a word. */
static bool holds_word(en_str name, en_str word) {
    if (name.len <= word.len) return false;
    for (size_t i = 0; i + word.len <= name.len; i++) {
        bool starts = i == 0 || name.ptr[i - 1] == ' ' || name.ptr[i - 1] == '-';
        bool ends = i + word.len == name.len || name.ptr[i + word.len] == ' ';
        if (starts && ends && same_letters(name.ptr + i, word.ptr, word.len)) return true;
    }
    return false;
}

/* "The Office", "Marn": who was named in full before. */
void know_again(const reading *r, speaker_words *who) {
    if (!who->known || who->who.name.len < 3 || memchr(who->who.name.ptr, ' ', who->who.name.len)) return;
    for (int i = r->n_known_speakers - 1; i >= 0 && i >= r->n_known_speakers - KNOWN_SPEAKERS; i--) {
        const speaker_words *earlier = &r->known_speakers[i % KNOWN_SPEAKERS];
        if (!earlier->who.name.len ||
            (earlier->who.name.ptr[0] >= 'a' && earlier->who.name.ptr[0] <= 'z' && !earlier->who.role.len))
            continue;
        if (!holds_word(earlier->who.name, who->who.name) && !holds_word(earlier->who.role, who->who.name)) continue;
        *who = *earlier;
        return;
    }
}

void remember(reading *r, const speaker_words *who) {
    r->known_speakers[r->n_known_speakers % KNOWN_SPEAKERS] = *who;
    r->n_known_speakers++;
}

bool name_has(const reading *r, en_str name, uint64_t classes) {
    if (!name.len || name.ptr < r->text.ptr || name.ptr >= r->text.ptr + r->text.len) return false;
    uint32_t start = (uint32_t)(name.ptr - r->text.ptr), end = start + (uint32_t)name.len;
    for (int i = 0; i < r->list.n; i++) {
        const item *w = item_at(r, i);
        if (w->start >= start && w->end <= end && w->kind == ITEM_WORD && is_any(w, classes)) return true;
    }
    return false;
}

bool is_speaker(const reading *r, const speaker_words *who) {
    return who->who.role.len ||
           name_has(r, who->who.name, LEX_BIT(LEX_BODY) | LEX_BIT(LEX_OFFICE) | LEX_BIT(LEX_COURT));
}

bool is_court(const reading *r, const speaker_words *who) { return name_has(r, who->who.name, LEX_BIT(LEX_COURT)); }

void keep_meant(reading *r, const speaker_words *who) {
    if (!who->known) return;
    if (who->person)
        r->last_person = *who;
    else
        r->last_body = *who;
}
