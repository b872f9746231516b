/* Which Windows code page a text is in. */
#ifndef EN_TABLE_CODEPAGE_H
#define EN_TABLE_CODEPAGE_H

#include "table/encoding.h"

/* Of bytes that are not UTF-8: the page in which they read as words; ENCODING_UNKNOWN where they do in none. */
encoding codepage_detect(en_str bytes);

#endif
