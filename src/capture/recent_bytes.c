/* recent_bytes.c - parts of a file that are handed from one thread to others without a lock.
 *
 * A follower first says that it holds a part, and then looks whether there is something; the reader
 * first says that there is nothing, and then looks whether somebody holds it.  So at least one of
 * them sees the other. */
#include "capture/recent_bytes.h"

#include <stdlib.h>

#include "capture/file_window.h"

/* Takes it from those that follow; false: it is held. */
static bool take_part(struct recent_part *part)
{
	if (part->holders)
		return false;
	part->held = 0;
	return !part->holders;
}

static struct recent_part *oldest_free(struct recent_bytes *recent)
{
	unsigned last = recent->last ? (unsigned)(recent->last - recent->parts) : 0;

	for (unsigned i = 1; i < RECENT_PARTS; i++) {
		struct recent_part *part = &recent->parts[(last + i) % RECENT_PARTS];
		if (part != recent->reserved && take_part(part))
			return part;
	}
	return NULL;
}

/* The window's own bytes belong to a part from now on, if there is one. */
static void turn_to(struct recent_bytes *recent, struct file_window *window,
		    struct recent_part *part)
{
	if (!recent->last)
		free(window->own);
	window->bytes = window->own = part ? part->bytes : NULL;
	window->room = part ? part->room : 0;
	recent->last = part;
}

void recent_bytes_turn(struct recent_bytes *recent, struct file_window *window)
{
	if (!recent->wanted)
		return;
	turn_to(recent, window, oldest_free(recent));
}

struct recent_part *recent_bytes_reserve(struct recent_bytes *recent)
{
	if (!recent->reserved)
		recent->reserved = oldest_free(recent);
	return recent->reserved;
}

void recent_bytes_turn_to_reserved(struct recent_bytes *recent, struct file_window *window)
{
	turn_to(recent, window, recent->reserved);
	recent->reserved = NULL;
}

void recent_bytes_publish(struct recent_bytes *recent, const struct file_window *window)
{
	struct recent_part *part = recent->last;

	if (!part)
		return;
	part->bytes = window->own;
	part->room = window->room;
	part->start = window->start;
	part->held = window->held;
}

void recent_bytes_free(struct recent_bytes *recent, struct file_window *window)
{
	if (recent->last)
		window->own = NULL;
	for (unsigned i = 0; i < RECENT_PARTS; i++)
		free(recent->parts[i].bytes);
	*recent = (struct recent_bytes){ 0 };
	file_window_free(window);
}

static bool has(const struct recent_part *part, uint64_t offset, size_t n)
{
	size_t held = part->held;

	return held && offset >= part->start && offset - part->start < held &&
	       n <= held - (size_t)(offset - part->start);
}

const struct recent_part *recent_bytes_hold(struct recent_bytes *recent, uint64_t offset, size_t n)
{
	bool may = atomic_fetch_add(&recent->holders, 1) < RECENT_FOLLOWERS;

	for (unsigned i = 0; may && i < RECENT_PARTS; i++) {
		struct recent_part *part = &recent->parts[i];
		part->holders++;
		if (has(part, offset, n))
			return part;
		part->holders--;
	}
	recent->holders--;
	return NULL;
}

void recent_bytes_give_back(struct recent_bytes *recent, const struct recent_part *part)
{
	recent->parts[part - recent->parts].holders--;
	recent->holders--;
}
