/* What of a value has to agree for two records to meet: all of it, its consonants, its beginning or end, parts of its
 * date. */
#include <string.h>

#include "link/linkage.h"

static const char *const key_names[] = {"value", "sound", "head", "tail", "year", "month", "day"};
enum { N_KEYS = sizeof key_names / sizeof *key_names };

const char *en_link_key_name(en_link_key key) { return (unsigned)key < N_KEYS ? key_names[key] : ""; }

bool en_link_key_of(en_str name, en_link_key *out) {
    for (int k = 0; k < N_KEYS; k++)
        if (en_str_eq(name, en_str_of(key_names[k]))) {
            *out = (en_link_key)k;
            return true;
        }
    return false;
}
