/* All calls to the operating system: files, memory, clock, terminal, signals, random bytes. os.c is the one file to
 * port. */
#ifndef EN_BASE_OS_H
#define EN_BASE_OS_H

#include "base/buf.h"
#include "everyname/base.h"

/* A whole file, mapped read-only; `bytes` is lent until en_os_unmap. An empty file gives the empty string. */
typedef struct en_os_map {
    en_str bytes;
    void *base;
    size_t mapped;
} en_os_map;
en_status en_os_map_file(const char *path, en_os_map *out, en_error *err);
void en_os_unmap(en_os_map *map);

/* The first n bytes of a regular file; false where it is shorter, or no file. A pipe is left alone. */
bool en_os_read_start(const char *path, void *out, size_t n);
en_status en_os_read_fd(int fd, en_buf *out, en_error *err); /* to its end, as a pipe */
/* Writes beside the file, syncs, renames over it: the old file or the new one, never a mixture. */
en_status en_os_write_file(const char *path, en_str bytes, en_error *err);
/* The same piece by piece, where the whole would be too much to hold. What is neither finished nor dropped leaves a
 * file beside. */
typedef struct en_os_writer en_os_writer;
en_status en_os_writer_open(const char *path, en_os_writer **out, en_error *err);
en_status en_os_writer_add(en_os_writer *writer, en_str bytes, en_error *err);
en_status en_os_writer_finish(en_os_writer *writer, en_error *err); /* frees it, on failure too */
void en_os_writer_drop(en_os_writer *writer);                       /* takes NULL */
/* The same for a secret: from its first moment on the owner alone reads and writes it. */
en_status en_os_write_private(const char *path, en_str bytes, en_error *err);
/* Where this user's settings of the program lie; the folder need not exist. */
en_status en_os_config_dir(en_buf *out, en_error *err);
en_status en_os_make_dirs(const char *path, en_error *err);
const char *en_os_base_name(const char *path); /* what follows the last slash; lent by `path` */
bool en_os_exists(const char *path);
bool en_os_is_dir(const char *path);
/* Names in a folder, sorted bytewise, joined by '\n' into out. */
en_status en_os_list_dir(const char *path, en_buf *out, en_error *err);

/* Zeroed memory that is read at random: on large pages where the system has them, since looking up small ones takes
 * longer than reading. Freed by free(); NULL where there is none. */
void *en_os_alloc_large(size_t bytes);

/* What another program may take before it is killed. */
typedef struct en_os_limits {
    double seconds; /* of wall time */
    int64_t memory; /* bytes of address space */
    int64_t output; /* bytes on its standard output */
} en_os_limits;
/* Runs a program of the search path with `input` on its standard input; what it says on standard output goes to `out`,
 * on standard error nowhere. It can write no byte to a file. argv ends with NULL. EN_ERR_NOT_FOUND where it is not
 * installed, EN_ERR_LIMIT where it took more than it may, EN_ERR_CANCELLED on an interrupt; else *exit_status, 128 and
 * more for a signal. */
en_status en_os_run(const char *const argv[], en_str input, const en_os_limits *limits, en_buf *out, int *exit_status,
                    en_error *err);

int en_os_cores(void);
int64_t en_os_peak_memory(void);      /* bytes resident at the highest, of this process */
int64_t en_os_available_memory(void); /* bytes the machine can still give; -1 unknown */
double en_os_seconds(void);           /* monotonic */
/* Seconds since 1970 UTC: SOURCE_DATE_EPOCH where it is set, else the clock. */
int64_t en_os_now(void);
/* From the system; from a counter-based stream seeded by EVERYNAME_TEST_RANDOM where that is set (tests only). */
en_status en_os_random(void *bytes, size_t len, en_error *err);
const char *en_os_env(const char *name); /* NULL where unset or empty */

bool en_os_is_terminal(int fd);
int en_os_terminal_columns(int fd); /* 80 where unknown */
/* One key pressed on a terminal, without waiting for the end of a line and without showing it; of anything else the
 * next byte. -1 at the end of the input or on an interrupt. */
int en_os_read_key(int fd);
/* A line typed at the terminal without echo, whatever standard input is. EN_ERR_NOT_FOUND where there is no terminal.
 */
en_status en_os_ask_secret(const char *prompt, en_buf *out, en_error *err);
void en_os_wipe(void *bytes, size_t n); /* that the compiler does not leave out */
void en_os_catch_interrupt(void);       /* SIGINT and SIGTERM set a flag; a second SIGINT ends the process */
bool en_os_interrupted(void);

/* Threads, for parallel.c alone. */
typedef struct en_os_thread en_os_thread;
typedef struct en_os_lock en_os_lock;
en_os_thread *en_os_thread_start(void (*run)(void *), void *ctx); /* NULL on failure */
void en_os_thread_join(en_os_thread *thread);
en_os_lock *en_os_lock_new(void);
void en_os_lock_free(en_os_lock *lock);
void en_os_lock_take(en_os_lock *lock);
void en_os_lock_give(en_os_lock *lock);
/* Waits up to `seconds` for en_os_lock_wake, with the lock held before and after. */
void en_os_lock_wait(en_os_lock *lock, double seconds);
void en_os_lock_wake(en_os_lock *lock);

#endif
