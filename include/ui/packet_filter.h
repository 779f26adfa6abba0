/* packet_filter.h - a display filter at work over a capture: which packets pass, as it finds out.
 */
#ifndef UI_PACKET_FILTER_H
#define UI_PACKET_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "filter/filter.h"
#include "session/filter_run.h"

struct packet_filter {
	char *text;	       /* zeroed: no filter */
	struct filter *filter; /* NULL: everything passes */
	struct filter_run *run;
	struct filter_progress progress; /* as it was polled last */
	bool stopped;			 /* by the user, before its end */
	bool early; /* it reads what later packets tell, and could not wait for them */
};

/* What packets are there for it. */
struct filter_food {
	uint32_t packets; /* that were read */
	bool complete;	  /* and there are no more in the file now */
	bool waits;	  /* more may come at any time: nobody waits for the last one */
};

/* Starts anew; `selected`, or NULL, gives ${references} their values.  False: *error says why, and
 * there is no filter.  An empty text is none. */
bool packet_filter_start(struct packet_filter *pf, struct session *session, const char *text,
			 struct dissection *selected, const struct filter_macros *macros,
			 struct filter_error *error);
void packet_filter_end(struct packet_filter *pf);
void packet_filter_stop(struct packet_filter *pf);
/* From where it was stopped. */
void packet_filter_go_on(struct packet_filter *pf);
void packet_filter_feed(struct packet_filter *pf, const struct filter_food *food);
/* Readable when there is something to poll; -1: never. */
int packet_filter_news(const struct packet_filter *pf);
void packet_filter_poll(struct packet_filter *pf);
/* Has it seen all there is? */
bool packet_filter_is_done(const struct packet_filter *pf, const struct filter_food *food);

#endif
