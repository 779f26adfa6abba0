/* arena.h - memory that is freed all at once.
 *
 * Nothing in an arena is freed alone.  A reset keeps the blocks, so an arena that
 * has warmed up never allocates.  Out of memory ends the program. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct arena_block;

struct arena {
	struct arena_block *first, *current; /* zeroed: an empty arena */
};

/* `size` bytes, aligned to 16, not cleared. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_zeroed(struct arena *arena, size_t size);
/* As must_grow(); what they were in stays the arena's. */
void *arena_grow(struct arena *arena, const void *rows, uint32_t *room, uint32_t first,
		 size_t size);
/* A copy of n bytes of text, with a 0 after it. */
char *arena_text(struct arena *arena, const char *text, size_t n);
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);
/* Bytes held from the system. */
size_t arena_size(const struct arena *arena);

/* malloc, calloc and realloc that end the program instead of returning NULL. */
void *must_alloc(size_t size) __attribute__((malloc, returns_nonnull));
void *must_zeroed(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *must_resize(void *old, size_t count, size_t size) __attribute__((returns_nonnull));
/* Rows of `size` bytes that have used up their *room, moved to where there is twice as much, or
 * `first` if they had none.  So adding one by one costs what is added. */
void *must_grow(void *rows, uint32_t *room, uint32_t first, size_t size)
	__attribute__((returns_nonnull));
/* Rows of which rows[last] has to be there: more are zeros, and *room is how many there are then.
 */
void *must_reach(void *rows, uint32_t *room, uint32_t last, size_t size)
	__attribute__((returns_nonnull));
char *must_copy(const char *text) __attribute__((malloc, returns_nonnull));

/* Zeroed memory in multiples of 2 MiB, of which `expected` bytes will be used from the start on, or
 * all.  Where the system has huge pages it is on as many as that fills: the first touch of each
 * small page costs more than what is kept of the packets in it, but the first touch of a huge one
 * takes all of it. */
void *huge_alloc(size_t size, uint64_t expected) __attribute__((returns_nonnull));
void huge_free(void *memory, size_t size);

#endif
