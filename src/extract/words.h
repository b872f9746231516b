/* Words, numbers and codes of a text as tokens. */
#ifndef EN_EXTRACT_WORDS_H
#define EN_EXTRACT_WORDS_H

#include "extract/characters.h"

enum { WORD_BYTES = 96, RUN_BYTES = 200 };

token *add_token(sentence *s, size_t start, size_t end, token_kind kind, uint8_t flags, uint32_t quote);
/* The end of the word at `pos`: letters, with apostrophes and hyphens inside. *has_digit: digits are in it too. */
size_t word_end(const reader *r, size_t pos, bool *has_digit);
/* A/RES/62/12, S/2019/4, Cmd.12/3: a word with a slash or digits goes on over slashes, stops and brackets. */
size_t symbol_end(const reader *r, size_t pos, size_t end, bool *has_digit);
bool word_has(const reader *r, const token *t, lex_class class);
/* The end of at most 15 digits at `pos`, and how many they are. */
size_t digits_end(const reader *r, size_t pos, int *count);
void read_word(reader *r, sentence *s, uint8_t flags, uint32_t quote);
void read_number(reader *r, sentence *s, uint8_t flags, uint32_t quote);

#endif
