/* Everyname: what every module shares.
 *
 * Status codes and errors that say where something went wrong and what the user can do, borrowed strings, arenas,
 * and the progress callback that also cancels. Nothing here prints, exits or aborts.
 */
#ifndef EVERYNAME_BASE_H
#define EVERYNAME_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define EN_VERSION "0.1.0"

#if defined(__GNUC__)
#define EN_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#else
#define EN_PRINTF(fmt, args)
#endif

/* What a fallible function returns. The message is in the en_error. */
typedef enum {
    EN_OK = 0,
    EN_ERR_MEMORY,      /* an allocation failed */
    EN_ERR_IO,          /* the operating system refused a file */
    EN_ERR_INPUT,       /* the user's file or value is not what it has to be */
    EN_ERR_USAGE,       /* the call or command line is wrong */
    EN_ERR_NOT_FOUND,   /* a named thing does not exist */
    EN_ERR_CONFLICT,    /* the case changed meanwhile, or is busy */
    EN_ERR_CORRUPT,     /* stored bytes are not what was stored */
    EN_ERR_LIMIT,       /* a limit of include/everyname/limits.h was met; the message names it */
    EN_ERR_CANCELLED,   /* the progress callback asked to stop */
    EN_ERR_UNSUPPORTED, /* a right request that this build or version cannot serve */
    EN_ERR_LOCKED       /* the case is encrypted, and no right passphrase was given */
} en_status;

/* Where and why something failed. Caller-owned, embedded by value, no cleanup. Every function accepts NULL for it.
 * `row` and `byte` are 1-based and 0-based; -1 where unknown. */
typedef struct en_error {
    en_status status;
    int64_t row;       /* 1-based line or row of `file`, the header counted; -1 unknown */
    int64_t byte;      /* 0-based byte offset in `file`; -1 unknown */
    char file[256];    /* "" unknown */
    char column[128];  /* "" unknown */
    char message[512]; /* what is wrong */
    char mend[256];    /* what the user can do; "" where nothing helps */
} en_error;

/* Sets *err (may be NULL). Returns `status`. */
en_status en_error_set(en_error *err, en_status status, const char *fmt, ...) EN_PRINTF(3, 4);
static inline en_status en_second(en_status first, en_status second) {
    (void)first;
    return second;
}
/* Sets *err and is `status`, so that `return en_fail(err, …)` reads as one act. That it is the very status given stands
 * here and not in another file, where static analysis would not see that a failure is never EN_OK. */
#define en_fail(err, status, ...) en_second(en_error_set((err), (status), __VA_ARGS__), (status))
/* The one failure that needs no words of its own. */
static inline en_status en_no_memory(en_error *err) { return en_fail(err, EN_ERR_MEMORY, "out of memory"); }
/* Adds the place to an error already set; NULL or negative leave a part as it is. Returns err's status. */
en_status en_error_at(en_error *err, const char *file, int64_t row, const char *column, int64_t byte);
/* Adds what the user can do to an error already set. Returns err's status. */
en_status en_error_mend(en_error *err, const char *fmt, ...) EN_PRINTF(2, 3);
/* Writes `file:row: column "c": message; mend` into buf (always terminated). Returns the length it needed. */
size_t en_error_format(const en_error *err, char *buf, size_t cap);
const char *en_status_name(en_status status);

/* Hands a failure on; only where nothing needs cleaning up. */
#define EN_TRY(call)                                                                                                   \
    do {                                                                                                               \
        en_status en_try_status_ = (call);                                                                             \
        if (en_try_status_ != EN_OK) return en_try_status_;                                                            \
    } while (0)

/* A borrowed run of bytes, not terminated. Whoever hands one out says who lends it. */
typedef struct en_str {
    const char *ptr;
    size_t len;
} en_str;

#define EN_LIT(literal) ((en_str){(literal), sizeof(literal) - 1})
en_str en_str_of(const char *terminated); /* NULL gives the empty string */
bool en_str_eq(en_str a, en_str b);
int en_str_cmp(en_str a, en_str b); /* bytewise, shorter first */
en_str en_str_trim(en_str s);       /* ASCII white space at both ends */
uint64_t en_str_hash(en_str s);     /* the same on every machine and run */

/* Memory for one batch of work, freed together. With the environment variable EVERYNAME_ARENA_DEBUG set, or built with
 * -Darena_debug=true, each item is its own malloc, so that sanitizers and valgrind see overruns. */
typedef struct en_arena en_arena;
en_arena *en_arena_new(void);                       /* NULL when memory is short */
void *en_arena_alloc(en_arena *arena, size_t size); /* zeroed, aligned to 16; NULL when memory is short */
char *en_arena_strdup(en_arena *arena, en_str s);   /* terminated copy */
void en_arena_free(en_arena *arena);                /* accepts NULL */

/* Called by long work, from one thread at a time. `total` 0 means unknown. Returning false cancels: the work stops,
 * undoes what it began, and returns EN_ERR_CANCELLED. */
typedef struct en_progress {
    void *ctx;
    bool (*step)(void *ctx, const char *phase, uint64_t done, uint64_t total);
} en_progress;
/* Accepts NULL. EN_OK to go on, EN_ERR_CANCELLED to stop. */
en_status en_progress_step(const en_progress *progress, const char *phase, uint64_t done, uint64_t total,
                           en_error *err);

#ifdef __cplusplus
}
#endif
#endif
