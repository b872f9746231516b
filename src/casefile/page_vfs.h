/* A small SQLite VFS over that of the system: a checksum in the last 8 bytes of every page of a plain case file, and
 * writes that fail on request in tests. The checksum is that of SQLite's own cksumvfs extension, so its tools read
 * these files. Pages of an encrypted case have the cipher's tag in its place: there the cipher stands above this VFS.
 */
#ifndef EN_CASEFILE_PAGE_VFS_H
#define EN_CASEFILE_PAGE_VFS_H

#include <sqlite3.h>

#include "everyname/base.h"

enum {
    EN_PAGE_SIZE = 8192,      /* of every case file of format 1 */
    EN_PAGE_RESERVED = 8,     /* the checksum */
    EN_LOCK_BYTE = 0x40000000 /* SQLite locks here; the page that holds this byte is never used */
};

/* Registers the VFS once; its name for sqlite3_open_v2, NULL on failure. */
const char *en_page_vfs(void);
/* The same with SQLite3 Multiple Ciphers' page cipher above it and no checksums; NULL too in a build without it. */
const char *en_page_vfs_cipher(void);

/* Two sums of little-endian 32-bit words, s1 += word + s2, s2 += word + s1, over all but the last 8 bytes. Each word
 * enters by an invertible map, so damage within one word (any single bit) always changes them. */
void en_page_checksum(const unsigned char *page, size_t page_size, unsigned char out[EN_PAGE_RESERVED]);

/* The page that last failed its checksum on this connection, 1, 2, …; 0 where none did. */
int64_t en_page_vfs_damaged(sqlite3 *db);
/* Bytes of the main file as they stand, past SQLite's page cache. False where they cannot be read. */
bool en_page_vfs_read_raw(sqlite3 *db, void *out, int n, int64_t offset);
int64_t en_page_vfs_size(sqlite3 *db); /* of the main file; -1 unknown */

/* Cuts the main file to `size`, with zeros over what goes first. The caller holds the exclusive lock. */
bool en_page_vfs_cut(sqlite3 *db, int64_t size);

/* From now on this process overwrites what it deletes or cuts off with zeros, as far as the file system lets it:
 * journals that are done with, and the ends of files. */
void en_page_vfs_shred(bool on);

/* Tests only: the nth write, sync, truncation or deletion from now fails, and where `sticky` every later one too. A
 * disk that is full fails writes alone. nth 0 switches it off. */
typedef enum { EN_FAULT_IO = 0, EN_FAULT_FULL } en_fault_kind;
void en_page_vfs_fail(long nth, en_fault_kind kind, bool sticky);
long en_page_vfs_operations(void); /* how many there were since the last en_page_vfs_fail */

#endif
