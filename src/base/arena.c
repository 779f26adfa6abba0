/* arena.c - blocks in a list; each allocation is cut off the current one.
 *
 * Blocks are powers of two, so requests that grow little by little from one use of the
 * arena to the next do not add a block each. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/format.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISON 1
#endif
#endif

#ifdef ARENA_POISON
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(start, size)	 ((void)(start), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(start, size) ((void)(start), (void)(size))
#endif

enum { ALIGNMENT = 16, FIRST_BLOCK = 1 << 14, LARGEST_STEP = 1 << 20 };

struct arena_block {
	struct arena_block *next;
	size_t size, used; /* of bytes; `used` is a multiple of ALIGNMENT */
	_Alignas(ALIGNMENT) unsigned char bytes[];
};

static void __attribute__((noreturn)) out_of_memory(void)
{
	fputs("peel: out of memory\n", stderr);
	exit(70);
}

void *must_alloc(size_t size)
{
	void *got = malloc(size ? size : 1);

	if (!got)
		out_of_memory();
	return got;
}

void *must_zeroed(size_t count, size_t size)
{
	void *got = calloc(count ? count : 1, size ? size : 1);

	if (!got)
		out_of_memory();
	return got;
}

/* Twice the rows, as long as they can be counted. */
static uint32_t more_room(uint32_t room, uint32_t first)
{
	if (room == UINT32_MAX)
		out_of_memory();
	return room > UINT32_MAX / 2 ? UINT32_MAX : room ? 2 * room : first;
}

void *must_grow(void *rows, uint32_t *room, uint32_t first, size_t size)
{
	*room = more_room(*room, first);
	return must_resize(rows, *room, size);
}

void *must_reach(void *rows, uint32_t *room, uint32_t last, size_t size)
{
	uint32_t had = *room;

	while (last >= *room)
		*room = more_room(*room, 64);
	char *more = must_resize(rows, *room, size);
	memset(more + had * size, 0, (*room - had) * size);
	return more;
}

void *must_resize(void *old, size_t count, size_t size)
{
	size_t bytes;
	void *got;

	if (__builtin_mul_overflow(count, size, &bytes))
		out_of_memory();
	got = realloc(old, bytes ? bytes : 1);
	if (!got)
		out_of_memory();
	return got;
}

char *must_copy(const char *text)
{
	size_t n = strlen(text) + 1;

	return memcpy(must_alloc(n), text, n);
}

/* How large the next block is, to hold `size`: twice the last one, within reason. */
static size_t block_size(const struct arena_block *last, size_t size)
{
	size_t want = FIRST_BLOCK;

	if (last && last->size + sizeof *last < LARGEST_STEP)
		want = (last->size + sizeof *last) * 2;
	else if (last)
		want = LARGEST_STEP;
	while (want - sizeof(struct arena_block) < size) {
		if (want > SIZE_MAX / 2)
			out_of_memory();
		want *= 2;
	}
	return want - sizeof(struct arena_block);
}

/* An unused block behind the current one that holds `size`, moved next to it; or NULL. */
static struct arena_block *unused_block(const struct arena *arena, size_t size)
{
	struct arena_block **link;

	if (!arena->current)
		return NULL;
	for (link = &arena->current->next; *link; link = &(*link)->next) {
		struct arena_block *found = *link;

		if (found->size < size)
			continue;
		*link = found->next;
		return found;
	}
	return NULL;
}

static void next_block(struct arena *arena, size_t size)
{
	struct arena_block *block = unused_block(arena, size);

	if (!block) {
		size_t room = block_size(arena->current, size);

		block = must_alloc(sizeof *block + room);
		block->size = room;
		ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
	}
	block->used = 0;
	if (arena->current) {
		block->next = arena->current->next;
		arena->current->next = block;
	} else {
		block->next = NULL;
		arena->first = block;
	}
	arena->current = block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	if (size > SIZE_MAX / 4)
		out_of_memory();

	size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);

	if (!arena->current || rounded > arena->current->size - arena->current->used)
		next_block(arena, rounded);

	void *got = arena->current->bytes + arena->current->used;

	arena->current->used += rounded;
	ASAN_UNPOISON_MEMORY_REGION(got, size);
	return got;
}

void *arena_zeroed(struct arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, const void *rows, uint32_t *room, uint32_t first, size_t size)
{
	uint32_t used = *room;

	*room = more_room(used, first);
	void *more = arena_alloc(arena, *room * size);
	if (used)
		memcpy(more, rows, used * size);
	return more;
}

char *arena_text(struct arena *arena, const char *text, size_t n)
{
	if (n == SIZE_MAX)
		out_of_memory();

	char *copy = arena_alloc(arena, n + 1);

	if (n)
		memcpy(copy, text, n);
	copy[n] = 0;
	return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	char small[256];
	va_list again;

	va_copy(again, args);
	size_t n = format_text(small, sizeof small, format, args);
	char *text;

	if (n < sizeof small) {
		text = arena_text(arena, small, n);
	} else {
		text = arena_alloc(arena, n + 1);
		vsnprintf(text, n + 1, format, again);
	}
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	char *text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *block;

	for (block = arena->first; block; block = block->next)
		ASAN_POISON_MEMORY_REGION(block->bytes, block->size);
	arena->current = arena->first;
	if (arena->first)
		arena->first->used = 0;
}

void arena_free(struct arena *arena)
{
	struct arena_block *block = arena->first;

	while (block) {
		struct arena_block *next = block->next;

		ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->size);
		free(block);
		block = next;
	}
	*arena = (struct arena){ 0 };
}

size_t arena_size(const struct arena *arena)
{
	const struct arena_block *block;
	size_t size = 0;

	for (block = arena->first; block; block = block->next)
		size += sizeof *block + block->size;
	return size;
}

enum { HUGE_PAGE = 1 << 21 };

static size_t huge_size(size_t size)
{
	return (size + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1);
}

void *huge_alloc(size_t size, uint64_t expected)
{
	size_t room = huge_size(size),
	       filled = expected < room ? (size_t)expected & ~(size_t)(HUGE_PAGE - 1) : room;
	uint8_t *got = mmap(NULL, room + HUGE_PAGE, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (got == MAP_FAILED)
		out_of_memory();
	/* What stands before the first multiple of a huge page, and after the room, is given back.
	 */
	size_t before = huge_size((uintptr_t)got) - (uintptr_t)got;
	if (before)
		munmap(got, before);
	munmap(got + before + room, HUGE_PAGE - before);
	if (filled)
		madvise(got + before, filled, MADV_HUGEPAGE);
	return got + before;
}

void huge_free(void *memory, size_t size)
{
	munmap(memory, huge_size(size));
}
