/* stream_screen.h - the stream that is looked at: its ladder, text, sums and graphs, and where one
 * is in them.
 *
 * It is filled in short steps, and goes on while the capture grows. */
#ifndef UI_STREAM_SCREEN_H
#define UI_STREAM_SCREEN_H

#include <stdbool.h>
#include <stdint.h>

#include "session/follow.h"
#include "session/ladder.h"
#include "ui/packet_focus.h"
#include "ui/text_pager.h"

enum stream_face { FACE_LADDER, FACE_TEXT, FACE_SUMMARY, FACE_GRAPH, FACES };

enum stream_graph {
	GRAPH_STEVENS, /* the numbers of what was sent over time */
	GRAPH_TRACE,   /* the same with what was acknowledged and allowed */
	GRAPH_THROUGHPUT,
	GRAPH_RTT,
	GRAPH_WINDOW,
	GRAPHS,
};

struct stream_save; /* in stream_save.c */

struct stream_screen {
	struct ladder *ladder; /* NULL: no stream */
	bool open;	       /* false: Esc in the packet list comes back to it */
	enum stream_face face;
	bool pending; /* there may be more to take in */
	bool stopped; /* by the user, though there is */
	struct verdict verdict;
	uint32_t judged; /* segments that the verdict is on */
	bool judged_whole;
	int64_t told_at;

	uint32_t row;		/* of the ladder, selected */
	struct ladder_row seen; /* what it was: rows move while runs grow */
	uint32_t wanted;	/* the packet to select once it was taken in; 0: none */
	bool follows;		/* the last row, as more come */
	bool absolute;		/* numbers as they are */
	unsigned sides;		/* shown: a bit for each enum ladder_side */

	/* The packet at the selected place, taken apart. */
	struct view_port port;
	struct packet_focus focus;
	uint32_t shown;

	enum follow_kind reading; /* what the text is taken from */
	bool has_reading;	  /* the user chose it */
	unsigned readings;	  /* there are; stream_reading.c has the bits */
	struct follow_inner inner;
	bool has_inner;	      /* `inner` is to be read */
	uint32_t text_wanted; /* the packet to go to once it was followed; 0: none */

	struct follow *follow; /* NULL: the text was not looked at yet */
	struct text_pager pager;
	struct follow_search search; /* length 0: nothing was searched for */
	char needle[256];
	bool searching;
	bool search_waits;	  /* until there is text */
	struct stream_save *save; /* NULL: nothing is being saved */

	enum stream_graph graph;
	unsigned graph_zoom; /* the time shown is halved so often */
	uint32_t summary_top;
};

#endif
