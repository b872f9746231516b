/* Which of the embedded fonts a text needs. */
#ifndef EN_REPORT_FONTS_H
#define EN_REPORT_FONTS_H

#include "base/buf.h"

/* Adds those @font-face rules of `faces` (one a line, each with its unicode-range) that hold a character of `text`,
 * which is UTF-8. O(text + faces × ranges × characters). */
en_status fonts_add(en_str faces, en_str text, en_buf *out, en_error *err);

#endif
