/* comments.c - a sorted list of comments behind a lock, which is not taken while there are none. */
#include "session/comments.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/rising.h"

enum { COMMENTS_LIMIT = 1 << 20 };

struct said {
	uint32_t packet;
	char *text;
};

struct comments {
	pthread_mutex_t lock;
	struct said *said; /* by packet */
	unsigned room;
	_Atomic unsigned count;
};

struct comments *comments_new(void)
{
	struct comments *comments = must_zeroed(1, sizeof *comments);

	pthread_mutex_init(&comments->lock, NULL);
	return comments;
}

void comments_free(struct comments *comments)
{
	if (!comments)
		return;
	for (unsigned i = 0; i < comments->count; i++)
		free(comments->said[i].text);
	free(comments->said);
	pthread_mutex_destroy(&comments->lock);
	free(comments);
}

/* The first that is not before the packet's. */
static unsigned place_of(const struct comments *comments, uint32_t packet)
{
	return rising_place(comments->said, sizeof *comments->said, offsetof(struct said, packet),
			    comments->count, packet);
}

static char *copy_of(const char *text)
{
	size_t length = strnlen(text, COMMENT_LIMIT);
	char *copy = must_alloc(length + 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}

static void insert(struct comments *comments, unsigned at, uint32_t packet)
{
	unsigned count = comments->count;

	if (count == comments->room)
		comments->said =
			must_grow(comments->said, &comments->room, 16, sizeof *comments->said);
	memmove(comments->said + at + 1, comments->said + at,
		(count - at) * sizeof *comments->said);
	comments->said[at] = (struct said){ .packet = packet };
	comments->count = count + 1;
}

bool comments_set(struct comments *comments, uint32_t packet, const char *text)
{
	unsigned at = place_of(comments, packet);
	bool is_new = at == comments->count || comments->said[at].packet != packet;

	if (is_new && comments->count == COMMENTS_LIMIT)
		return false;
	pthread_mutex_lock(&comments->lock);
	if (is_new)
		insert(comments, at, packet);
	free(comments->said[at].text);
	comments->said[at].text = copy_of(text);
	pthread_mutex_unlock(&comments->lock);
	return true;
}

bool comments_copy(struct comments *comments, uint32_t packet, struct packet_notes *notes)
{
	bool found;

	if (!comments || !comments->count)
		return false;
	pthread_mutex_lock(&comments->lock);
	unsigned at = place_of(comments, packet);

	found = at < comments->count && comments->said[at].packet == packet;
	if (found) {
		const char *text = comments->said[at].text;

		notes->used = notes->comment_count = 0;
		if (*text)
			packet_notes_comment(notes, text, strlen(text));
	}
	pthread_mutex_unlock(&comments->lock);
	return found;
}

bool comments_has(struct comments *comments, uint32_t packet)
{
	if (!comments || !comments->count)
		return false;
	pthread_mutex_lock(&comments->lock);
	bool found = comments_of(comments, packet) != NULL;

	pthread_mutex_unlock(&comments->lock);
	return found;
}

unsigned comments_count(const struct comments *comments)
{
	return comments->count;
}

const char *comments_at(const struct comments *comments, unsigned n, uint32_t *packet)
{
	*packet = comments->said[n].packet;
	return comments->said[n].text;
}

const char *comments_of(const struct comments *comments, uint32_t packet)
{
	unsigned at = place_of(comments, packet);

	return at < comments->count && comments->said[at].packet == packet ? comments->said[at].text
									   : NULL;
}
