/* session.h - an opened capture: the first pass over it, and any packet on demand.
 *
 * One thread calls session_scan(); after that, and while it goes on, any thread takes
 * packets apart with a `view` of its own. */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "capture/capture_file.h"
#include "dissect/dissection.h"
#include "state/learned.h"

struct comments;
struct session;

/* Takes over the file. */
struct session *session_new(struct capture_file *file);
void session_free(struct session *session);

struct capture_file *session_file(const struct session *session);
const struct learned *session_learned(const struct session *session);

/* Takes in a key log (SSLKEYLOGFILE), before the first pass begins.  Those that the capture itself
 * holds are found by themselves. */
bool session_read_keys(struct session *session, const char *path, struct error *error);

/* Comments that hold in place of the file's; it stays the caller's.  Before there are view ports. */
void session_use_comments(struct session *session, struct comments *comments);
/* Puts the user's comment, or that there is none, in place of the file's.  False: they are as in the file. */
bool session_new_comment(const struct session *session, uint32_t packet, struct packet_notes *notes);

/* Was it said what its comment is?  Its stack of protocols, as the first pass saw it, does not tell. */
bool session_has_new_comment(const struct session *session, uint32_t packet);

/* Packets that are to count as if they were not there: they teach nothing and are not taken apart.
 * In rising order; copied.  Before the first pass begins. */
void session_ignore(struct session *session, const uint32_t *packets, uint32_t count);

/* Packets that may be asked for. */
uint32_t session_packet_count(const struct session *session);
int64_t session_packet_time(const struct session *session, uint32_t number);

enum scan_state { SCAN_MORE, SCAN_WAITING, SCAN_DONE };
/* The first pass over at most `packets` more.  SCAN_WAITING: a pipe or growing file has no more now;
 * with `wait` it blocks instead.  SCAN_DONE: all read, or session_problem() says what is wrong. */
enum scan_state session_scan(struct session *session, uint32_t packets, bool wait);
/* The same for one packet, which is also shown: `d` wants what it wants, and is filled in.  For
 * one-pass printing; false: none was left (see *state). */
bool session_scan_one(struct session *session, struct dissection *d, bool wait, enum scan_state *state);
/* No more packets after this many; 0: no limit. */
void session_limit(struct session *session, uint32_t packets);
/* Tells of each packet of the first pass, once it may be asked for: `d` has its TCP segments. */
void session_watch(struct session *session, void (*watch)(void *owner, const struct dissection *d),
		   void *owner);
/* The file is being written by someone (a live capture): its end is SCAN_WAITING, not SCAN_DONE.
 * Set to false once the writer has ended. */
void session_follow(struct session *session, bool follow);
/* Damage is passed over from here on (capture_file_skip); after SCAN_DONE, if that was why,
 * session_scan() goes on.  Not while another thread scans. */
void session_skip(struct session *session, uint32_t times);
/* After SCAN_DONE: somebody has written more, which session_scan() would find. */
bool session_has_grown(const struct session *session);
/* "": the file was read to its end without fault. */
const char *session_problem(const struct session *session);

/* A thread's own way to packets: a dissection and a file window. */
struct view_port {
	struct session *session;
	struct dissection d;
	struct file_window window, other;       /* other: for messages of several packets */
	struct packet_source source;
	struct packet_notes notes;              /* of the packet at hand */
	/* What packet n is called, if some are left out; NULL: n.  It is the same as that of the
	 * one before where that was left out.  For all packets, from 1. */
	const uint32_t *numbers;
};

void view_port_init(struct view_port *port, struct session *session);
void view_port_free(struct view_port *port);
/* Takes packet `number` apart; the result is port->d.  False: it cannot be read (any more). */
bool view_port_dissect(struct view_port *port, uint32_t number, unsigned wants);

struct glance;
/* The bytes of glance->number as they are, until the next call, and what else takes reading them.
 * False: there are none to be had, or they end in what a layer does not count as its own. */
bool view_port_glance(struct view_port *port, struct glance *glance);

/* The captured bytes of a packet as they are, until the next call.  False: not to be had. */
bool view_port_bytes(struct view_port *port, uint32_t number, const uint8_t **bytes, uint32_t *length);

/* A thread that scans behind a screen: session_scan() until done; writes a byte to the pipe
 * at most every `interval_ms` when packets were added, and at the end. */
struct scanner;
struct scanner *scanner_start(struct session *session, unsigned interval_ms);
int scanner_news(const struct scanner *scanner);        /* readable: call scanner_poll() */
enum scan_state scanner_poll(struct scanner *scanner);
/* Tells it that the file has grown: it looks at once, not only every half second. */
void scanner_kick(struct scanner *scanner);
void scanner_stop(struct scanner *scanner);             /* joins and frees; NULL is fine */

#endif
