/* Limits on what is read. Each is named in the error it causes. They bound memory and time on hostile input. */
#ifndef EVERYNAME_LIMITS_H
#define EVERYNAME_LIMITS_H

#define EN_LIMIT_CELL_BYTES (16u << 20) /* one cell of a table */
#define EN_LIMIT_COLUMNS 16384          /* columns of a table */
#define EN_LIMIT_ROWS 2000000000        /* rows of a table: int32 dictionary codes and row numbers */
#define EN_LIMIT_UNPACK_RATIO 200       /* bytes out for a byte in, of anything compressed */
#define EN_LIMIT_UNPACKED (4ull << 30)  /* bytes out of one compressed file */
#define EN_LIMIT_JSON_DEPTH 64
#define EN_LIMIT_LISTS 30                  /* lists in a capture history: patterns are 32-bit masks */
#define EN_LIMIT_TOOL_SECONDS 120.0        /* wall time of another program (pdftotext) on one document */
#define EN_LIMIT_TOOL_MEMORY (2ll << 30)   /* its address space */
#define EN_LIMIT_TOOL_OUTPUT (256ll << 20) /* bytes of text it may give */
#define EN_LIMIT_NAME_BYTES 4096           /* one name given to the name parser */

#endif
