/* lookup_pane.h - below the table of DNS lookups: the selected one with all its messages. */
#ifndef UI_LOOKUP_PANE_H
#define UI_LOOKUP_PANE_H

#include "session/dns_lookups.h"

struct app;
struct canvas;
struct exchange;
struct view;

struct lookup_pane {
	struct dns_lookups *lookups; /* NULL: it was not looked at yet */
	struct verify_run run;
	struct view_port port;
	uint32_t taken_in; /* packets that are put together; all of them: it is complete */
	bool full;	   /* it alone is shown */
	bool of_query;	   /* flags of the query, not of the reply */
	uint32_t shown;	   /* packet that its text is about; 0: none */
	uint32_t message;  /* packet whose flags are shown */
	int columns;	   /* that it was made for */
	char *text;
	size_t size;
	uint32_t lines, top;
};

void lookup_pane_end(struct lookup_pane *pane);
/* Is there more to put together? */
bool lookup_pane_waits(const struct app *app);
/* Some packets more. */
void lookup_pane_more(struct app *app);
/* Its text is about the selected row, for so many columns. */
void lookup_pane_settle(struct app *app, int columns);
/* Its title and as many lines as there is room for, from `line` on. */
void lookup_pane_draw(const struct view *view, const struct app *app, struct canvas *canvas,
		      int line);
/* Scrolls; `shown`: lines that there is room for. */
void lookup_pane_scroll(struct lookup_pane *pane, int64_t lines, uint32_t shown);

#endif
