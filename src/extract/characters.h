/* Characters of a text as the tokenizer sees them. */
#ifndef EN_EXTRACT_CHARACTERS_H
#define EN_EXTRACT_CHARACTERS_H

#include "extract/tokens.h"

/* The code point at `pos`; 0 at the end. *len is its bytes. The text is valid UTF-8. */
char32_t peek(const reader *r, size_t pos, size_t *len);
char32_t peek_at(const reader *r, size_t pos);
char32_t peek_before(const reader *r, size_t pos);
bool is_space(char32_t c);
bool is_digit(char32_t c);
bool is_letter(char32_t c);
bool is_apostrophe(char32_t c);
bool is_hyphen(char32_t c);
bool is_mark_to_drop(char32_t c); /* a vowel sign or an accent that words are compared without */
/* Length in the text of the first `folded` bytes of a word: folding keeps or shortens each letter. */
size_t written_length(en_str written, size_t folded);

#endif
