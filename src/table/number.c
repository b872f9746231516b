/* Numbers to and from decimal text, the same in every locale. */
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table/parts.h"

void table_format_double(double x, char digits[32]) {
    /* Whole numbers are often identifiers: no exponent. */
    if (fabs(x) < 1e17 && x == floor(x)) {
        snprintf(digits, 32, "%.0f", x);
        return;
    }
    /* 15 digits always survive text, 17 always suffice (IEEE 754): the fewest that read back the same are used. */
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, 32, "%.*g", precision, x);
        if (strtod(digits, NULL) == x) break;
    }
    char *point = strstr(digits, localeconv()->decimal_point);
    if (point) *point = '.';
}

bool table_parse_double(en_str digits, double *x) {
    char copy[64];
    if (!digits.len || digits.len >= sizeof copy) return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (!digits.ptr[i] || !strchr("0123456789+-.eE", digits.ptr[i])) return false;
        copy[i] = digits.ptr[i] == '.' ? localeconv()->decimal_point[0] : digits.ptr[i];
    }
    copy[digits.len] = 0;
    char *end;
    *x = strtod(copy, &end);
    return end == copy + digits.len;
}
