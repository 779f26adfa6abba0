/* statistics_screen.h - numbers about the capture as tables and a graph, counted while one looks.
 */
#ifndef UI_STATISTICS_SCREEN_H
#define UI_STATISTICS_SCREEN_H

#include "session/arp_table.h"
#include "session/exchange_groups.h"
#include "session/hierarchy.h"
#include "session/leases.h"
#include "session/time_range.h"
#include "session/traffic.h"
#include "ui/io_graph.h"
#include "ui/lookup_pane.h"

enum statistics_tab {
	TAB_CONVERSATIONS,
	TAB_ENDPOINTS,
	TAB_HIERARCHY,
	TAB_DNS,
	TAB_DNS_SERVERS,
	TAB_DNS_NAMES,
	TAB_HTTP,
	TAB_HTTP_HOSTS,
	TAB_LEASES,
	TAB_ARP,
	TAB_ARP_ADDRESSES,
	TAB_GRAPH,
	STATISTICS_TABS,
};

enum { TABLE_COLUMNS = 11, TABLE_CELL_ROOM = 600 };

/* Which requests are shown. */
enum requests_shown { ONLY_ALL, ONLY_UNANSWERED, ONLY_FAILED };

struct statistics_screen {
	bool open;
	bool waterfall; /* requests as bars over time */
	bool stopped;	/* by the user, before all was counted */
	bool limited;	/* to packets that pass the filter */
	enum statistics_tab tab;
	enum traffic_layer layer; /* of conversations and endpoints */
	bool layer_chosen;	  /* by the user; else it is one that there is */
	struct tally *tally;	  /* NULL: nothing is counted */
	struct filter *filter;	  /* NULL: all packets count */
	struct traffic *traffic[TRAFFIC_LAYERS];
	struct hierarchy *hierarchy;
	struct exchanges *dns, *http;
	struct leases *leases;
	struct arp_table *arp;
	struct io_graph graph;
	struct lookup_pane lookup;

	enum requests_shown only;
	char summary[200]; /* of all requests; "": the tab has none */

	/* The rows of the table that is shown. */
	struct exchange_group *groups; /* of requests */
	struct traffic_row *ends;      /* of endpoints */
	uint32_t *order;	       /* as they are sorted: rows of the table */
	uint32_t rows, selected;
	unsigned sorted_by[STATISTICS_TABS]; /* column + 1; 0: by the tab's own */
	bool ascending[STATISTICS_TABS];
	uint32_t made_at;	 /* of so many packets */
	struct time_range times; /* of them */
	int64_t told_at;
};

struct app;

/* A column is there on screens of at least `from` columns. */
enum { WIDTH_LEFT = -1 /* what others leave */, WIDTH_FITS = -2 /* as its rows need */ };

struct table_column {
	const char *title;
	int width, from;
	bool is_text;  /* at the left, and sorted by its letters */
	bool is_drawn; /* a picture of what others say: not copied, nor sorted by its letters */
	bool keeps_ends; /* what does not fit is left out from its middle */
};

/* What a tab shows; NULL-titled columns are not there. */
struct table {
	const char *title; /* of the tab */
	struct table_column columns[TABLE_COLUMNS];
	unsigned sorted_by; /* at first */
	uint32_t (*count)(struct statistics_screen *s);
	void (*cell)(const struct statistics_screen *s, uint32_t row, unsigned column,
		     char text[TABLE_CELL_ROOM]);
	double (*key)(const struct statistics_screen *s, uint32_t row, unsigned column);
	/* The display filter for a row, or NULL: none. */
	void (*filter)(const struct statistics_screen *s, uint32_t row, char text[TABLE_CELL_ROOM]);
	bool keeps_order;
	/* That a row is about, or that began it; NULL: rows have none. */
	uint32_t (*packet)(const struct statistics_screen *s, uint32_t row);
	bool (*passes)(const struct statistics_screen *s, uint32_t row); /* NULL: all rows */
};

extern const struct table statistics_tables[STATISTICS_TABS];

/* Sorts the rows of the tab anew; the selection stays on its row. */
void statistics_sort(struct statistics_screen *s);

#endif
