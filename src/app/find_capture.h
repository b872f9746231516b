/* Which capture an id means. */
#ifndef EN_APP_FIND_CAPTURE_H
#define EN_APP_FIND_CAPTURE_H

#include "everyname/casefile.h"

/* `id` a capture (k:), a source (s:), whose newest capture as it arrived is meant, or NULL, which gives EN_ID_NONE. */
en_status en_find_capture(en_case *c, en_arena *arena, const char *id, en_id *out, en_error *err);

#endif
