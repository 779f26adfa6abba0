/* user_state.h - what is the user's, not the capture's: settings, messages, what was copied.
 *
 * It goes along to the tab that is shown (ui/tabs.h), as a whole: so nothing in here may point into
 * an app. */
#ifndef UI_USER_STATE_H
#define UI_USER_STATE_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "filter/colour_rules.h"
#include "print/column.h"
#include "ui/filter_bar.h"
#include "ui/key_map.h"
#include "ui/layout.h"
#include "ui/list_columns.h"
#include "ui/name_screen.h"
#include "ui/rule_looks.h"
#include "ui/setting.h"
#include "ui/theme.h"
#include "ui/user_filters.h"

enum message_kind { MESSAGE_NOTE, MESSAGE_WARNING, MESSAGE_ERROR };

enum { MESSAGES_KEPT = 200 };

struct said {
	enum message_kind kind;
	time_t at;
	char *text;
};

struct message_log {
	struct said said[MESSAGES_KEPT]; /* the newest last */
	unsigned count;
};

struct user_state {
	struct key_map keys;
	enum key_set key_set;
	bool keys_from_file; /* the user's come on top of the set */
	uint8_t setting_sources[SETTINGS_MOST];

	/* Filters. */
	struct filter_history history; /* typed or chosen, newest last */
	struct saved_filters saved_filters;
	struct filter_macros *macros;
	bool filter_live; /* it is applied while it is typed */

	/* How packets are shown. */
	struct list_columns columns;
	enum time_format time_format;
	struct name_choice names;	 /* answers: as kinds are the book's */
	struct name_choice names_before; /* when names were on */
	bool colours;
	struct colour_rules rules; /* of the rows; the first that holds */
	enum rule_style rule_style;

	/* The screen. */
	struct theme theme;
	char theme_name[THEME_NAME_MOST + 1];
	struct pane_sizes pane_sizes;
	bool pane_sizes_changed; /* they are to be kept */
	bool plain;		 /* ui/plain.h */
	bool mouse;

	struct message_log messages;
	char *copied; /* what was copied last; NULL: nothing */
};

#endif
