/* Arenas: one list of blocks, or in debug mode one block an item. */
#include <stdlib.h>
#include <string.h>

#include "base/os.h"
#include "everyname/base.h"

enum { BLOCK_BYTES = 64 * 1024, ALIGN = 16 };

typedef struct block {
    struct block *next;
    size_t used, cap;
    _Alignas(ALIGN) unsigned char bytes[];
} block;

struct en_arena {
    block *blocks; /* newest first */
    bool debug;
};

en_arena *en_arena_new(void) {
    en_arena *arena = calloc(1, sizeof *arena);
    if (!arena) return NULL;
#ifdef EN_ARENA_DEBUG
    arena->debug = true;
#else
    arena->debug = en_os_env("EVERYNAME_ARENA_DEBUG") != NULL;
#endif
    return arena;
}

static block *add_block(en_arena *arena, size_t cap) {
    if (cap > SIZE_MAX - sizeof(block)) return NULL;
    block *b = calloc(1, sizeof *b + cap);
    if (!b) return NULL;
    b->cap = cap;
    b->next = arena->blocks;
    arena->blocks = b;
    return b;
}

void *en_arena_alloc(en_arena *arena, size_t size) {
    if (arena->debug) {
        block *own = add_block(arena, size);
        return own ? own->bytes : NULL;
    }
    if (size > SIZE_MAX - ALIGN) return NULL;
    size_t need = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    block *b = arena->blocks;
    if (!b || b->cap - b->used < need) {
        b = add_block(arena, need > BLOCK_BYTES ? need : BLOCK_BYTES);
        if (!b) return NULL;
    }
    void *item = b->bytes + b->used;
    b->used += need;
    return item;
}

char *en_arena_strdup(en_arena *arena, en_str s) {
    char *copy = en_arena_alloc(arena, s.len + 1);
    if (copy && s.len) memcpy(copy, s.ptr, s.len);
    return copy;
}

void en_arena_free(en_arena *arena) {
    if (!arena) return;
    for (block *b = arena->blocks; b;) {
        block *next = b->next;
        free(b);
        b = next;
    }
    free(arena);
}
