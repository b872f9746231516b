/* The page checksum layer. Every call goes through to the VFS below; only whole pages of the main file are changed (on
 * write) or checked (on read). Partial reads, as of the 16 bytes of the change counter, pass unchecked. */
#include "casefile/page_vfs.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/os.h"

typedef struct page_file {
    sqlite3_file base;
    bool is_main, checks; /* checks: pages of the main file carry checksums */
    int64_t damaged;      /* page number */
    sqlite3_file *below;
} page_file;

enum { FCNTL_PAGE_FILE = 0x45764e6d }; /* hands out the page_file, whatever stands above it */

static sqlite3_vfs checking_vfs, passing_vfs;
static sqlite3_vfs *below_vfs(sqlite3_vfs *vfs) { return vfs->pAppData; }
static sqlite3_file *below(sqlite3_file *file) { return ((page_file *)file)->below; }

/* ---- faults for tests ---- */

static atomic_long fault_at, operations;
static atomic_int fault_kind;
static atomic_bool fault_sticky;

void en_page_vfs_fail(long nth, en_fault_kind kind, bool sticky) {
    atomic_store(&operations, 0);
    atomic_store(&fault_kind, (int)kind);
    atomic_store(&fault_sticky, sticky);
    atomic_store(&fault_at, nth);
}

long en_page_vfs_operations(void) { return atomic_load(&operations); }

/* Tests of whole commands: EVERYNAME_TEST_FAULT=io:7 makes the seventh operation fail, full:7 the disk full from then
 * on. */
static void fault_from_environment(void) {
    const char *fault = en_os_env("EVERYNAME_TEST_FAULT"), *colon = fault ? strchr(fault, ':') : NULL;
    if (!colon) return;
    bool full = strncmp(fault, "full", 4) == 0;
    en_page_vfs_fail(strtol(colon + 1, NULL, 10), full ? EN_FAULT_FULL : EN_FAULT_IO, full);
}

/* The cipher above drops a failed read, and a journal that could not be read would look like one that ends there. So
 * once a read failed under the cipher, this process writes no encrypted case any more: a rollback then fails, and the
 * journal stays for the next command. */
static atomic_bool cipher_read_failed;

/* SQLITE_OK, or `io_code` (SQLITE_FULL) where this operation is one that has to fail. */
static int fault(bool checks, int io_code, bool is_write) {
    if (!checks && atomic_load(&cipher_read_failed)) return io_code;
    long now = atomic_fetch_add(&operations, 1) + 1, at = atomic_load(&fault_at);
    if (at == 0 || now < at || (now > at && !atomic_load(&fault_sticky))) return SQLITE_OK;
    if (atomic_load(&fault_kind) == EN_FAULT_IO) return io_code;
    return is_write ? SQLITE_FULL : SQLITE_OK;
}

/* ---- checksums ---- */

static uint32_t word_at(const unsigned char *p) {
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static void put_word(unsigned char *p, uint32_t word) {
    for (int i = 0; i < 4; i++) p[i] = (unsigned char)(word >> (8 * i));
}

void en_page_checksum(const unsigned char *page, size_t page_size, unsigned char out[EN_PAGE_RESERVED]) {
    uint32_t s1 = 0, s2 = 0;
    for (size_t i = 0; i + EN_PAGE_RESERVED < page_size; i += 8) {
        s1 += word_at(page + i) + s2;
        s2 += word_at(page + i + 4) + s1;
    }
    put_word(out, s1);
    put_word(out + 4, s2);
}

static bool is_whole_page(const page_file *file, int n, sqlite3_int64 offset) {
    return file->is_main && file->checks && n == EN_PAGE_SIZE && offset % EN_PAGE_SIZE == 0;
}

static int page_read(sqlite3_file *file, void *out, int n, sqlite3_int64 offset) {
    page_file *f = (page_file *)file;
    int rc = f->below->pMethods->xRead(f->below, out, n, offset);
    if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ && !f->checks) atomic_store(&cipher_read_failed, true);
    if (rc != SQLITE_OK || !is_whole_page(f, n, offset)) return rc;
    unsigned char sum[EN_PAGE_RESERVED];
    en_page_checksum(out, EN_PAGE_SIZE, sum);
    if (memcmp(sum, (unsigned char *)out + EN_PAGE_SIZE - EN_PAGE_RESERVED, sizeof sum) == 0) return SQLITE_OK;
    f->damaged = offset / EN_PAGE_SIZE + 1;
    return SQLITE_IOERR_DATA;
}

static int page_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 offset) {
    page_file *f = (page_file *)file;
    int rc = fault(f->checks, SQLITE_IOERR_WRITE, true);
    if (rc != SQLITE_OK) return rc;
    if (!is_whole_page(f, n, offset)) return f->below->pMethods->xWrite(f->below, bytes, n, offset);
    unsigned char page[EN_PAGE_SIZE];
    memcpy(page, bytes, EN_PAGE_SIZE - EN_PAGE_RESERVED);
    en_page_checksum(page, EN_PAGE_SIZE, page + EN_PAGE_SIZE - EN_PAGE_RESERVED);
    return f->below->pMethods->xWrite(f->below, page, n, offset);
}

/* ---- overwriting what goes ---- */

static atomic_bool shred;

void en_page_vfs_shred(bool on) { atomic_store(&shred, on); }

/* Zeros over bytes [from, to) of a file below; the first sector by itself, so that a journal is none any more before
 * the rest of it is damaged. */
static int overwrite(sqlite3_file *lower, sqlite3_int64 from, sqlite3_int64 to) {
    static const unsigned char zeros[EN_PAGE_SIZE];
    int rc = SQLITE_OK;
    for (sqlite3_int64 at = from, n; rc == SQLITE_OK && at < to; at += n) {
        n = at == 0 ? 512 : EN_PAGE_SIZE;
        if (n > to - at) n = to - at;
        rc = lower->pMethods->xWrite(lower, zeros, (int)n, at);
        if (rc == SQLITE_OK && at == 0) rc = lower->pMethods->xSync(lower, SQLITE_SYNC_NORMAL);
    }
    return rc == SQLITE_OK ? lower->pMethods->xSync(lower, SQLITE_SYNC_NORMAL) : rc;
}

static int overwrite_end(sqlite3_file *lower, sqlite3_int64 size) {
    sqlite3_int64 now;
    int rc = lower->pMethods->xFileSize(lower, &now);
    return rc == SQLITE_OK && now > size ? overwrite(lower, size, now) : rc;
}

/* Best effort: that the journal cannot be overwritten does not undo the command. */
static void overwrite_journal(sqlite3_vfs *vfs, const char *name) {
    size_t n = strlen(name);
    sqlite3_int64 size;
    int flags = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_READWRITE;
    if (n < 8 || strcmp(name + n - 8, "-journal") != 0) return;
    sqlite3_file *lower = sqlite3_malloc(below_vfs(vfs)->szOsFile);
    if (!lower) return;
    memset(lower, 0, (size_t)below_vfs(vfs)->szOsFile);
    if (below_vfs(vfs)->xOpen(below_vfs(vfs), name, lower, flags, NULL) == SQLITE_OK &&
        lower->pMethods->xFileSize(lower, &size) == SQLITE_OK)
        (void)overwrite(lower, 0, size);
    if (lower->pMethods) lower->pMethods->xClose(lower);
    sqlite3_free(lower);
}

/* ---- passing through ---- */

static int page_close(sqlite3_file *file) {
    file->pMethods = NULL;
    return below(file)->pMethods->xClose(below(file));
}

static int page_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int rc = fault(((page_file *)file)->checks, SQLITE_IOERR_TRUNCATE, false);
    if (rc == SQLITE_OK && atomic_load(&shred)) rc = overwrite_end(below(file), size);
    return rc != SQLITE_OK ? rc : below(file)->pMethods->xTruncate(below(file), size);
}

static int page_sync(sqlite3_file *file, int flags) {
    int rc = fault(((page_file *)file)->checks, SQLITE_IOERR_FSYNC, false);
    return rc != SQLITE_OK ? rc : below(file)->pMethods->xSync(below(file), flags);
}

static int page_size(sqlite3_file *file, sqlite3_int64 *out) {
    return below(file)->pMethods->xFileSize(below(file), out);
}
static int page_lock(sqlite3_file *file, int lock) { return below(file)->pMethods->xLock(below(file), lock); }
static int page_unlock(sqlite3_file *file, int lock) { return below(file)->pMethods->xUnlock(below(file), lock); }
static int page_reserved(sqlite3_file *file, int *out) {
    return below(file)->pMethods->xCheckReservedLock(below(file), out);
}
static int page_control(sqlite3_file *file, int op, void *arg) {
    if (op == FCNTL_PAGE_FILE) return *(page_file **)arg = (page_file *)file, SQLITE_OK;
    return below(file)->pMethods->xFileControl(below(file), op, arg);
}
static int page_sector(sqlite3_file *file) { return below(file)->pMethods->xSectorSize(below(file)); }

/* Reads of parts of pages, and batches that go round xWrite, would go round the checksum. */
static int page_device(sqlite3_file *file) {
    int device = below(file)->pMethods->xDeviceCharacteristics(below(file));
#ifdef SQLITE_IOCAP_SUBPAGE_READ
    device &= ~SQLITE_IOCAP_SUBPAGE_READ;
#endif
    return device & ~SQLITE_IOCAP_BATCH_ATOMIC;
}

static int page_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out) {
    return below(file)->pMethods->xShmMap(below(file), region, size, extend, out);
}
static int page_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
    return below(file)->pMethods->xShmLock(below(file), offset, n, flags);
}
static void page_shm_barrier(sqlite3_file *file) { below(file)->pMethods->xShmBarrier(below(file)); }
static int page_shm_unmap(sqlite3_file *file, int remove) {
    return below(file)->pMethods->xShmUnmap(below(file), remove);
}

/* Version 2: no memory mapping, which would go round the checksum. */
static const sqlite3_io_methods page_methods = {
    2,           page_close,   page_read,     page_write,       page_truncate,  page_sync,
    page_size,   page_lock,    page_unlock,   page_reserved,    page_control,   page_sector,
    page_device, page_shm_map, page_shm_lock, page_shm_barrier, page_shm_unmap, NULL,
    NULL};

static int page_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
    page_file *f = (page_file *)file;
    sqlite3_file *lower = (sqlite3_file *)&f[1];
    *f = (page_file){.is_main = (flags & SQLITE_OPEN_MAIN_DB) != 0, .checks = vfs == &checking_vfs, .below = lower};
    int rc = below_vfs(vfs)->xOpen(below_vfs(vfs), name, lower, flags, out_flags);
    if (rc == SQLITE_OK) f->base.pMethods = &page_methods;
    return rc;
}

static int page_delete(sqlite3_vfs *vfs, const char *name, int sync_folder) {
    int rc = fault(vfs == &checking_vfs, SQLITE_IOERR_DELETE, false);
    if (rc == SQLITE_OK && atomic_load(&shred)) overwrite_journal(vfs, name);
    return rc != SQLITE_OK ? rc : below_vfs(vfs)->xDelete(below_vfs(vfs), name, sync_folder);
}

static int page_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
    return below_vfs(vfs)->xAccess(below_vfs(vfs), name, flags, out);
}
static int page_full_name(sqlite3_vfs *vfs, const char *name, int cap, char *out) {
    return below_vfs(vfs)->xFullPathname(below_vfs(vfs), name, cap, out);
}
static int page_randomness(sqlite3_vfs *vfs, int n, char *out) {
    return below_vfs(vfs)->xRandomness(below_vfs(vfs), n, out);
}
static int page_sleep(sqlite3_vfs *vfs, int microseconds) {
    return below_vfs(vfs)->xSleep(below_vfs(vfs), microseconds);
}
static int page_time(sqlite3_vfs *vfs, sqlite3_int64 *out) {
    return below_vfs(vfs)->xCurrentTimeInt64(below_vfs(vfs), out);
}
static int page_last_error(sqlite3_vfs *vfs, int n, char *out) {
    return below_vfs(vfs)->xGetLastError(below_vfs(vfs), n, out);
}

#define PAGE_VFS(name)                                                                                                 \
    {                                                                                                                  \
        .iVersion = 2, .zName = (name), .xOpen = page_open, .xDelete = page_delete, .xAccess = page_access,            \
        .xFullPathname = page_full_name, .xRandomness = page_randomness, .xSleep = page_sleep,                         \
        .xCurrentTimeInt64 = page_time, .xGetLastError = page_last_error                                               \
    }
static sqlite3_vfs checking_vfs = PAGE_VFS("everyname"), passing_vfs = PAGE_VFS("everyname-pages");

/* The system's own: SQLite3 Multiple Ciphers makes a VFS of its own the default one, which drops failed reads. */
static sqlite3_vfs *system_vfs(void) {
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    const char *wrapped = vfs ? strchr(vfs->zName, '-') : NULL;
    sqlite3_vfs *inner = wrapped ? sqlite3_vfs_find(wrapped + 1) : NULL;
    return inner ? inner : vfs;
}

static const char *registered(sqlite3_vfs *vfs) {
    if (sqlite3_initialize() != SQLITE_OK) return NULL;
    if (sqlite3_vfs_find(vfs->zName)) return vfs->zName;
    sqlite3_vfs *lower = system_vfs();
    if (!lower) return NULL;
    vfs->pAppData = lower;
    vfs->mxPathname = lower->mxPathname;
    vfs->szOsFile = (int)sizeof(page_file) + lower->szOsFile;
    fault_from_environment();
    return sqlite3_vfs_register(vfs, 0) == SQLITE_OK ? vfs->zName : NULL;
}

const char *en_page_vfs(void) { return registered(&checking_vfs); }

const char *en_page_vfs_cipher(void) {
#ifdef EN_WITH_CIPHER
    static const char name[] = "multipleciphers-everyname-pages";
    if (!registered(&passing_vfs)) return NULL;
    if (sqlite3_vfs_find(name)) return name;
    return sqlite3mc_vfs_create(passing_vfs.zName, 0) == SQLITE_OK ? name : NULL;
#else
    return NULL;
#endif
}

/* ---- the main file of a connection ---- */

static page_file *main_file(sqlite3 *db) {
    page_file *file = NULL;
    return sqlite3_file_control(db, "main", FCNTL_PAGE_FILE, &file) == SQLITE_OK ? file : NULL;
}

int64_t en_page_vfs_damaged(sqlite3 *db) {
    page_file *f = main_file(db);
    return f ? f->damaged : 0;
}

bool en_page_vfs_read_raw(sqlite3 *db, void *out, int n, int64_t offset) {
    page_file *f = main_file(db);
    return f && f->below->pMethods->xRead(f->below, out, n, offset) == SQLITE_OK;
}

int64_t en_page_vfs_size(sqlite3 *db) {
    page_file *f = main_file(db);
    sqlite3_int64 size;
    return f && f->below->pMethods->xFileSize(f->below, &size) == SQLITE_OK ? size : -1;
}

bool en_page_vfs_cut(sqlite3 *db, int64_t size) {
    page_file *f = main_file(db);
    return f && overwrite_end(f->below, size) == SQLITE_OK &&
           f->below->pMethods->xTruncate(f->below, size) == SQLITE_OK;
}
