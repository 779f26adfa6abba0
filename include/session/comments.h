/* comments.h - what the user says about packets, in place of what the file says of them.
 *
 * One thread changes them; any thread reads them, so texts are copied out. */
#ifndef SESSION_COMMENTS_H
#define SESSION_COMMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/capture_file.h"

enum { COMMENT_LIMIT = 4096 };

struct comments;

struct comments *comments_new(void);
void comments_free(struct comments *comments);
/* "": the packet has none.  False: there are too many. */
bool comments_set(struct comments *comments, uint32_t packet, const char *text);
/* True: it was said what the packet's is, which now stands in place of those noted; or none does.
 * False: they are as in the file.  `comments` may be NULL. */
bool comments_copy(struct comments *comments, uint32_t packet, struct packet_notes *notes);
/* The same, without the text. */
bool comments_has(struct comments *comments, uint32_t packet);
/* For the thread that changes them: in order of packets. */
unsigned comments_count(const struct comments *comments);
const char *comments_at(const struct comments *comments, unsigned n, uint32_t *packet);
/* NULL: nothing was said of it. */
const char *comments_of(const struct comments *comments, uint32_t packet);

#endif
