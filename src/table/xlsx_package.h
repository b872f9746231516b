/* An XLSX file as what it is: a zip of XML parts, read as a stream under limits. */
#ifndef EN_TABLE_XLSX_PACKAGE_H
#define EN_TABLE_XLSX_PACKAGE_H

#include <zip.h>

#include "base/buf.h"
#include "everyname/table.h"

typedef struct xlsx_package {
    zip_t *zip;
    const en_read_options *options; /* for messages */
    uint64_t unpacked;              /* bytes out so far, of all parts */
    uint64_t limit; /* most bytes out: EN_LIMIT_UNPACK_RATIO times the file, at most EN_LIMIT_UNPACKED */
} xlsx_package;

/* `bytes` must outlive the package. Here and below err is not NULL. */
en_status xlsx_package_open(en_str bytes, const en_read_options *options, xlsx_package *out, en_error *err);
void xlsx_package_close(xlsx_package *package);
bool xlsx_package_has(const xlsx_package *package, const char *part);

/* What is told of a part. Names of elements come without their prefix; `attributes` are name, value, …, NULL. A
 * failure stops the parse and is handed on. */
typedef struct xlsx_sink {
    void *ctx;
    en_status (*start)(void *ctx, const char *name, const char **attributes, en_error *err);
    en_status (*text)(void *ctx, en_str text, en_error *err); /* in pieces */
    en_status (*end)(void *ctx, const char *name, en_error *err);
} xlsx_sink;

/* Refuses document type declarations, and with them entities. */
en_status xlsx_package_parse(xlsx_package *package, const char *part, const xlsx_sink *sink, en_error *err);
/* Value of the attribute of that name, without regard to prefixes; NULL where absent. */
const char *xlsx_attribute(const char **attributes, const char *name);

#endif
