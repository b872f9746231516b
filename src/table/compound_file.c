/* How the streams of a compound file are put together from their sectors. */
#include "table/compound_file.h"

#include <string.h>

enum { HEADER = 512, ENTRY = 128, IN_HEADER = 109 };
static const uint32_t LAST_SECTOR = 0xFFFFFFFA; /* what is above stands for no sector */

static en_status damaged(const char *what, en_error *err) {
    en_fail(err, EN_ERR_INPUT, "the workbook is damaged: %s", what);
    return en_error_mend(err, "open it in a spreadsheet program and save it as .xlsx");
}

/* The part of sector `at` that the file has; the last one may be cut short. */
static en_str sector(en_str space, unsigned shift, uint64_t at) {
    uint64_t from = at << shift, size = 1ull << shift;
    if (from >= space.len) return (en_str){NULL, 0};
    return (en_str){space.ptr + from, space.len - from < size ? space.len - (size_t)from : (size_t)size};
}

/* Big sectors are counted from behind the header, which takes the place of one. */
static en_str big_sector(const compound_file *file, uint32_t at) {
    return sector(file->bytes, file->shift, (uint64_t)at + 1);
}

/* The sectors from `start` on as `fat` chains them, into out. No chain is longer than there are sectors, unless it
 * runs in a circle. */
static en_status read_chain(const compound_file *file, uint32_t start, bool mini, en_buf *out, en_error *err) {
    en_str fat = en_buf_str(mini ? &file->mini_fat : &file->fat);
    size_t most = fat.len / 4, n = 0;
    for (uint32_t at = start; at <= LAST_SECTOR; n++) {
        if (n >= most || at >= most) return damaged("a stream in it runs beyond its end, or in a circle", err);
        en_str piece = mini ? sector(en_buf_str(&file->mini_stream), file->mini_shift, at) : big_sector(file, at);
        if (!piece.len) return damaged("it ends too early", err);
        EN_TRY(en_buf_add(out, piece, err));
        at = compound_u32(fat.ptr + (size_t)at * 4);
    }
    return EN_OK;
}

static en_status add_fat_sector(compound_file *file, uint32_t at, en_error *err) {
    en_str piece = big_sector(file, at);
    if (piece.len < 1u << file->shift) return damaged("its table of sectors is cut short", err);
    if (file->fat.len > file->bytes.len) return damaged("its table of sectors runs in a circle", err);
    return en_buf_add(&file->fat, piece, err);
}

/* The table of sectors lies in sectors itself: 109 of them are named in the header, the others in a chain of lists,
 * each of which ends with the number of the next. */
static en_status read_fat(compound_file *file, en_error *err) {
    const char *header = file->bytes.ptr;
    uint32_t left = compound_u32(header + 44), list = compound_u32(header + 68);
    for (uint32_t i = 0; i < IN_HEADER && left; i++, left--)
        EN_TRY(add_fat_sector(file, compound_u32(header + 76 + 4 * (size_t)i), err));
    uint32_t in_list = (1u << file->shift) / 4 - 1;
    while (left) {
        en_str piece = big_sector(file, list);
        if (list > LAST_SECTOR || piece.len < 1u << file->shift)
            return damaged("its table of sectors is cut short", err);
        for (uint32_t i = 0; i < in_list && left; i++, left--)
            EN_TRY(add_fat_sector(file, compound_u32(piece.ptr + 4 * (size_t)i), err));
        list = compound_u32(piece.ptr + 4 * (size_t)in_list);
    }
    return EN_OK;
}

static en_status read_tables(compound_file *file, en_error *err) {
    const char *header = file->bytes.ptr;
    EN_TRY(read_fat(file, err));
    EN_TRY(read_chain(file, compound_u32(header + 48), false, &file->directory, err));
    EN_TRY(read_chain(file, compound_u32(header + 60), false, &file->mini_fat, err));
    if (file->directory.len < ENTRY) return damaged("it has no directory", err);
    return read_chain(file, compound_u32(file->directory.ptr + 116), false, &file->mini_stream, err); /* of the root */
}

en_status compound_file_open(en_str bytes, compound_file *out, en_error *err) {
    *out = (compound_file){.bytes = bytes};
    if (bytes.len < HEADER) return damaged("it ends too early", err);
    out->shift = compound_u16(bytes.ptr + 30);
    out->mini_shift = compound_u16(bytes.ptr + 32);
    out->mini_cutoff = compound_u32(bytes.ptr + 56);
    bool known = (out->shift == 9 || out->shift == 12) && out->mini_shift == 6;
    en_status status = known ? read_tables(out, err) : damaged("its sectors have a size that none has", err);
    if (status != EN_OK) compound_file_close(out);
    return status;
}

void compound_file_close(compound_file *file) {
    en_buf_clear(&file->fat);
    en_buf_clear(&file->mini_fat);
    en_buf_clear(&file->directory);
    en_buf_clear(&file->mini_stream);
    *file = (compound_file){0};
}

/* Names are UTF-16 with a terminator, and their case does not count. */
static bool has_name(const char *entry, const char *name) {
    size_t n = strlen(name);
    if (compound_u16(entry + 64) != 2 * (n + 1)) return false;
    for (size_t i = 0; i < n; i++) {
        uint16_t c = compound_u16(entry + 2 * i), lower = (uint16_t)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
        if (lower != (name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i])) return false;
    }
    return true;
}

en_status compound_file_read(const compound_file *file, const char *name, bool *found, en_buf *out, en_error *err) {
    *found = false;
    for (size_t at = 0; at + ENTRY <= file->directory.len; at += ENTRY) {
        const char *entry = file->directory.ptr + at;
        bool is_stream = entry[66] == 2;
        if (!is_stream || !has_name(entry, name)) continue;
        *found = true;
        uint32_t size = compound_u32(entry + 120);
        EN_TRY(read_chain(file, compound_u32(entry + 116), size < file->mini_cutoff, out, err));
        if (out->len < size) return damaged("it ends too early", err);
        out->len = size;
        return EN_OK;
    }
    return EN_OK;
}
