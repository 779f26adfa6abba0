/* live_capture.h - capturing from interfaces, in a process of its own.
 *
 * The helper, peel-capture, opens the interfaces, gives up every privilege, and from
 * then on only appends to one pcapng file.  The program reads that file as it reads
 * any other, so live and offline are one path, and dissectors never run with
 * privileges. */
#ifndef CAPTURE_LIVE_CAPTURE_H
#define CAPTURE_LIVE_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "capture/capture_ring.h"
#include "capture/capture_writer.h"

enum {
	LIVE_INTERFACES = 32,
	BUFFER_MIB_LIMIT = 2047,                /* libpcap counts the bytes in an int */
};

struct live_options {
	const char *interfaces[LIVE_INTERFACES];
	const char *filters[LIVE_INTERFACES];   /* libpcap syntax, -f; NULL: all */
	unsigned interface_count;
	uint32_t snap_length;                   /* -s; 0: everything */
	uint32_t buffer_mib;                    /* -B; 0: 64 */
	bool no_promiscuous;                    /* -p */
	bool monitor;                           /* -I */
	const char *link_type;                  /* -y; NULL: the interface's own */
	const char *write_path;                 /* an ordinary file.  NULL: a temporary file, removed
						 * unless kept, in $XDG_CACHE_HOME/peel/live */
	bool group_read;                        /* -g: the group may read the file */
	const char *comments[CAPTURE_COMMENTS]; /* of the file */
	unsigned comment_count;
	uint64_t packet_limit;                  /* -c; 0: none.  The helper stops by itself */
	uint64_t duration_ns;                   /* -a duration:; 0: none */
	struct ring_rules ring;                 /* several: write_path is the pattern of names */
};

/* Counted by the helper and told over a pipe at least every 250 ms. */
struct live_counts {
	uint64_t written;               /* packets in the file */
	uint64_t received;              /* by the kernel's filter */
	uint64_t dropped_kernel, dropped_interface;
	uint64_t lost_silently;         /* received - dropped - written, once stopped; not known
					 * for "lo" and "any", where the kernel counts twice */
};

struct live_capture {
	int pid;
	int control;                    /* the helper stops when this is closed; -1: it is */
	int news;                       /* readable, as poll() says: counts changed, or it ended */
	bool ended;
	char path[4096];                /* the file that grows */
	bool temporary;                 /* remove it at the end unless kept */
	bool created;                   /* it was not there before */
	struct capture_ring ring;       /* without a pattern: one file */
	uint32_t ring_told;             /* how many of its files are complete */
	bool group_read, stopping;
	struct live_counts counts;
	struct error problem;           /* why it ended, if not asked to, or what else went wrong */
	char pending[512];              /* a message of the helper, read in part */
	unsigned pending_length;
};

struct live_interface {
	char name[64], description[200];
	char addresses[200];            /* separated by a blank */
	bool up, running, loopback, wireless;
};

/* Returns once the interfaces are open and the file has its header.  The helper is looked
 * for beside the program, where it is installed, and in $PATH.  It ends when we do. */
bool live_capture_start(struct live_capture *live, const struct live_options *options, struct error *error);
/* Takes in what the helper has told; never blocks.  False: it has ended. */
bool live_capture_poll(struct live_capture *live);
/* Asks it to stop; it still empties the kernel's buffer: poll until it has ended. */
void live_capture_stop(struct live_capture *live);
/* Stops at once, reaps, and removes the file if it is temporary.  May be called twice. */
void live_capture_close(struct live_capture *live);

/* The interfaces that there are; an array to free(), or NULL with an error. */
struct live_interface *live_interfaces(unsigned *count, struct error *error);
/* Does the filter compile?  The error names the place. */
bool live_filter_check(const char *filter, uint16_t link_type, struct error *error);
/* "libpcap version 1.10.3 (with TPACKET_V3)". */
const char *live_library_version(void);
/* Link types an interface offers, a line each: "EN10MB (Ethernet)". */
bool live_link_types(const char *interface, char *text, unsigned room, struct error *error);

/* May this user capture, as far as can be told without trying? */
bool live_capture_is_permitted(void);

#endif
