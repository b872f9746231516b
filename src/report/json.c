/* Building JSON where memory may run short. */
#include "report/json.h"

#include <math.h>

void en_json_put(json_t **object, const char *key, json_t *value) {
    if (!*object) {
        json_decref(value);
    } else if (json_object_set_new(*object, key, value) != 0) {
        json_decref(*object);
        *object = NULL;
    }
}

void en_json_push(json_t **array, json_t *value) {
    if (!*array) {
        json_decref(value);
    } else if (json_array_append_new(*array, value) != 0) {
        json_decref(*array);
        *array = NULL;
    }
}

json_t *en_json_text(const char *text) {
    if (!text || !text[0]) return json_null();
    json_t *string = json_string(text);
    return string ? string : json_null();
}

json_t *en_json_number(double number) {
    if (isnan(number) || isinf(number)) return json_null();
    if (number == floor(number) && fabs(number) < 9e15) return json_integer((json_int_t)number);
    return json_real(number);
}

json_t *en_json_flag(bool flag) { return flag ? json_true() : json_false(); }
