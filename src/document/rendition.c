/* A text being made out of a document. */
#include "document/rendition.h"

#include <stdlib.h>
#include <string.h>

static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/* A new place only where text and source stop going side by side. */
static en_status note_place(en_rendition *r, int64_t source) {
    int64_t text = (int64_t)r->text.len;
    const en_document_place *last = r->n_places ? &r->places[r->n_places - 1] : NULL;
    if (last && last->page == r->page && (source < 0) == (last->source < 0) &&
        (source < 0 || source - last->source == text - last->text))
        return EN_OK;
    if (!r->places || r->n_places == r->places_cap) {
        int64_t cap = r->places_cap ? 2 * r->places_cap : 64;
        en_document_place *places = realloc(r->places, (size_t)cap * sizeof *places);
        if (!places) return en_no_memory(r->err);
        r->places = places;
        r->places_cap = cap;
    }
    r->places[r->n_places++] = (en_document_place){text, source, r->page};
    return EN_OK;
}

/* The white space that is due comes from nowhere in particular. */
static en_status settle_space(en_rendition *r) {
    bool begun = r->text.len > 0;
    if (begun && (r->breaks || r->space)) {
        EN_TRY(note_place(r, -1));
        EN_TRY(en_buf_add(&r->text, r->breaks > 1 ? EN_LIT("\n\n") : r->breaks ? EN_LIT("\n") : EN_LIT(" "), r->err));
    }
    r->breaks = 0;
    r->space = false;
    return EN_OK;
}

en_status en_rendition_words(en_rendition *r, en_str s, int64_t source) {
    for (size_t i = 0; i < s.len;) {
        size_t end = i;
        while (end < s.len && !is_space(s.ptr[end])) end++;
        if (end > i) {
            EN_TRY(settle_space(r));
            EN_TRY(note_place(r, source < 0 ? -1 : source + (int64_t)i));
            EN_TRY(en_buf_add(&r->text, (en_str){s.ptr + i, end - i}, r->err));
        }
        for (i = end; i < s.len && is_space(s.ptr[i]); i++) r->space = true;
    }
    return EN_OK;
}

en_status en_rendition_verbatim(en_rendition *r, en_str s, int64_t source) {
    if (s.len == 0) return EN_OK;
    EN_TRY(settle_space(r));
    EN_TRY(note_place(r, source));
    return en_buf_add(&r->text, s, r->err);
}

void en_rendition_break(en_rendition *r, int lines) {
    if (lines > r->breaks) r->breaks = lines;
}

en_status en_rendition_end(en_rendition *r, en_document *out) {
    en_status status = EN_OK;
    if (r->text.len && r->text.ptr[r->text.len - 1] != '\n') {
        r->breaks = 1;
        status = settle_space(r);
    }
    if (status == EN_OK) {
        size_t size = (size_t)r->n_places * sizeof *r->places;
        char *text = en_arena_strdup(out->arena, en_buf_str(&r->text));
        out->places = en_arena_alloc(out->arena, size + 1);
        if (text && out->places) {
            if (size) memcpy(out->places, r->places, size);
            out->n_places = r->n_places;
            out->text = (en_str){text, r->text.len};
        } else {
            status = en_no_memory(r->err);
        }
    }
    en_rendition_clear(r);
    return status;
}

void en_rendition_clear(en_rendition *r) {
    en_buf_clear(&r->text);
    free(r->places);
    *r = (en_rendition){.err = r->err};
}
