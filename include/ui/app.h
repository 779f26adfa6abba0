/* app.h - what the screen is about: the capture, what is selected in it, and what is open.
 *
 * Views read it and ask it for changes: here, and in app_*.h by subject.  Nothing of that waits: the
 * first pass and the capture run elsewhere and report by pipes. */
#ifndef UI_APP_H
#define UI_APP_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#include "base/error.h"
#include "base/packet_set.h"
#include "capture/live_capture.h"
#include "filter/colour_rules.h"
#include "print/capture_info.h"
#include "session/comments.h"
#include "session/session.h"
#include "session/time_range.h"
#include "ui/decode_screen.h"
#include "ui/drag.h"
#include "ui/expert_tree.h"
#include "ui/file_chooser.h"
#include "ui/filter_bar.h"
#include "ui/help_screen.h"
#include "ui/interface_list.h"
#include "ui/key_map.h"
#include "ui/layout.h"
#include "ui/line_edit.h"
#include "ui/list_columns.h"
#include "ui/loss_list.h"
#include "ui/name_screen.h"
#include "ui/object_screen.h"
#include "ui/packet_find.h"
#include "ui/packet_focus.h"
#include "ui/packet_order.h"
#include "ui/range.h"
#include "ui/palette.h"
#include "ui/recent_files.h"
#include "ui/rule_looks.h"
#include "ui/save_job.h"
#include "ui/scroll_map.h"
#include "ui/setting.h"
#include "ui/sheet.h"
#include "ui/statistics_screen.h"
#include "ui/stream_screen.h"
#include "ui/theme.h"
#include "ui/ui.h"
#include "ui/user_state.h"
#include "ui/view.h"
#include "ui/view_tabs.h"
#include "ui/work.h"

enum { PLACES_KEPT = 64, LINKS = 64, NAMES = 26, REPEATS_KEPT = 32 };

enum view_id {
	VIEW_LIST,
	VIEW_DETAILS,
	VIEW_BYTES, /* as enum pane */
	VIEW_EXPLAIN,
	VIEW_TITLE,
	VIEW_STATUS,
	VIEW_KEYS,
	VIEW_START,
	VIEW_EXPERT,
	VIEW_STATISTICS,
	VIEW_IO_GRAPH,
	VIEW_STREAM,
	VIEW_STREAM_DETAILS, /* of the packet at its cursor */
	VIEW_STREAM_BYTES,
	VIEW_FILTER,
	VIEW_HELP,
	VIEW_PROMPT,
	VIEW_PALETTE,
	VIEW_FILES,
	VIEW_SHEET,
	VIEW_DIALOG,
	VIEWS,
};

enum prompt {
	PROMPT_NONE,
	PROMPT_GO_TO,
	PROMPT_COMMAND,
	PROMPT_OPEN,
	PROMPT_OPEN_TAB,
	PROMPT_MERGE,
	PROMPT_SAVE,
	PROMPT_FIND,
	PROMPT_FIND_PACKET,
	PROMPT_SAVE_STREAM,
	PROMPT_EXPORT,
	PROMPT_COMMENT,
	PROMPT_COLUMN,
	PROMPT_COLUMN_TITLE,
	PROMPT_CURVE,
	PROMPTS,
};
/* Which packets are saved. */
enum save_scope { SAVE_ALL, SAVE_DISPLAYED, SAVE_MARKED, SAVE_RANGE };
enum dialog { DIALOG_NONE, DIALOG_KEEP, DIALOG_OVERWRITE, DIALOG_RESTART, DIALOG_PASTE, DIALOG_ERROR };

/* ...or what else a click means there. */
enum { START_LINES = 400 };
static const uint32_t START_NOTHING = UINT32_MAX, START_FILTER = UINT32_MAX - 1,
		      START_RESTORE = UINT32_MAX - 2;

/* Of Wireshark's files. */
enum { IMPORT_PARTS = 5 };

struct import_part {
	uint32_t count; /* 0: there are none */
	bool replaces;	/* what peel has of it */
	bool wanted;
};

struct tabs;

struct app {
	const struct ui_options *options;
	struct user_state user;
	struct tabs *tabs; /* this one is among; NULL: it is alone */
	struct view views[VIEWS];
	struct view_tab view_tabs[VIEW_TABS]; /* in the title that was drawn last */
	struct layout layout;
	enum pane focus;
	enum arrangement arrangement;
	bool zoomed, help_open, expert_open;
	struct help_screen help; /* while it is open */
	enum prompt prompt;
	struct line_edit line; /* of the prompt */
	struct palette palette; /* above it, while it is a command's */
	struct file_chooser chooser; /* or while it asks for a file to open */
	struct sheet sheet;
	char *sheet_text; /* of a sheet that is lines of text; NULL: none */
	size_t sheet_size;
	uint32_t sheet_lines;
	struct import_part import[IMPORT_PARTS];

	/* What is remembered of the file. */
	bool recalled, forgotten;
	uint64_t lost; /* packets, says the file */
	char quality[QUALITY_ROOM]; /* what is missing in the capture; "": nothing known */
	bool restoring; /* what is offered is to be applied */
	char offered_filter[LINE_ROOM]; /* set the last time; "": none, or it was applied */
	struct decode_screen decode;
	struct name_screen names;
	struct object_screen objects;
	enum dialog dialog;
	char dialog_text[800];
	char pasted[LINE_ROOM]; /* outside of a line: what DIALOG_PASTE asks about */
	enum place place; /* where the focus is, for keys and help */

	/* The capture; session is NULL on the start screen. */
	struct session *session;
	struct scanner *scanner;
	enum scan_state scan_state;
	int64_t size_looked_at;	   /* when it was looked whether the file has grown */
	bool grown;		   /* it has, since it was opened */
	struct capture_file *reopened; /* to be read again; NULL but between the two */
	bool reading_stopped;	   /* by the user, before its end */
	bool frozen;		   /* what came since then is not shown: packet_count stays */
	uint64_t frozen_size;	   /* of the capture in bytes, when it was frozen */
	uint32_t packet_count;	   /* read so far; does not change while a screen is drawn */
	struct time_range times;   /* of these packets */
	struct live_capture *live; /* NULL: not live */
	struct live_options *live_options; /* how it was begun; NULL: not live */
	bool live_problem_told;
	struct loss_list losses;
	char live_name[200];		/* its interfaces */
	char live_filter[300];		/* their capture filters; "": none */
	uint32_t live_saved;		/* so many packets are in a file of the user's... */
	char live_saved_as[4096];	/* ...with this name; "": it was captured into */
	int64_t live_since, live_until; /* CLOCK_MONOTONIC, ns; until 0: still on */
	uint64_t live_rate, live_rate_packets;
	int64_t live_rate_at, live_looked_at;

	/* Which of them are shown. */
	struct packet_filter filter;
	char *filter_text;	/* the filter that is set; NULL: none */
	bool filter_off;	/* set, but all packets are shown */
	uint32_t filter_anchor; /* this packet, or the next one that passes, is to be selected; 0:
				   done */
	uint32_t filter_home;	/* selected before the filter was set... */
	uint32_t filter_picked; /* ...which selected this one, as that one does not pass */
	int filter_line;	/* where on the screen the anchor was */
	struct filter_bar bar;

	struct packet_find find;
	struct packet_set marked, references; /* of time */
	struct packet_set ignored;	      /* read as if they were not there... */
	int64_t ignored_at; /* ...from then on, if no more are chosen; 0: that has been done */
	struct packet_set offered_ignored;    /* the last time; empty: none, or they are again */
	uint32_t named[NAMES];		      /* packets with letters; 0: none has it */
	struct comments *comments;	      /* the user's, of packets */
	enum action naming;		      /* an action that waits for a letter */

	/* What is selected in it. */
	uint32_t selected; /* the packet; 0: none */
	bool following;	   /* the last packet, as more come... */
	bool follows_to_end; /* ...but only until all is read */
	struct view_port list_port, packet_port;
	struct packet_focus packet;
	uint32_t links[LINKS]; /* packets that the selected one names */
	unsigned link_count;
	uint32_t acknowledged_by; /* the packet that acknowledges the selected one; 0: none is known */
	uint32_t repeats[REPEATS_KEPT]; /* ACKs that repeat the selected one */
	unsigned repeat_count;
	uint32_t places[PLACES_KEPT]; /* packets been at */
	unsigned place_count, place_at;
	bool rules_changed;	   /* of the rows: the terminal does not know yet */
	bool theme_changed; /* as above */
	char profile[PROFILE_ROOM]; /* whose columns they are; "": the usual ones */
	struct packet_order order; /* of the rows */
	struct column_places column_places; /* of the list that was drawn last */
	struct drag drag;
	struct range range;
	int64_t clicked_at; /* 0: a second click is a first one */
	int clicked_row, clicked_column;
	uint8_t *row_fields; /* what rules and columns of rows read: a bit per registry field */
	struct scroll_map scroll_map;
	uint32_t measured_from, measured_to; /* rows whose width is known */
	int drawn_rows, drawn_columns;	     /* of the screen that was drawn last */

	struct expert_tree experts;
	uint32_t expert_last;	/* packets up to here may be judged: what answers them has come */
	uint32_t expert_coming; /* up to here next time */
	int64_t expert_moved_at, expert_told_at;
	bool expert_stopped; /* by the user, before all were judged */

	struct stream_screen stream;
	struct statistics_screen statistics;

	/* The start screen. */
	struct interface_list interfaces;
	bool capture_permitted;
	struct line_edit capture_filter;
	struct recent_files recent;
	struct capture_choice *files; /* others, of the folder */
	unsigned file_count;
	uint32_t start_row;
	uint32_t start_lines[START_LINES]; /* the row on each line of it that was drawn, ... */
	bool filter_focused;
	struct error filter_error;

	enum work work; /* that goes on, as was noted last, */
	int64_t work_since;

	struct file_digest *digest; /* of the capture's files; NULL: not asked for */
	bool digest_done;
	int64_t digest_looked_at;

	struct save_job *saving; /* NULL: nothing is being saved */
	enum save_scope save_scope;
	uint32_t save_from, save_to; /* SAVE_RANGE */
	uint32_t save_left_out;	     /* SAVE_MARKED: not read yet when it began */
	char save_path[4096];
	bool quit_when_saved;

	bool copy_pending; /* the terminal has not got it yet */

	enum message_kind message_kind;
	char message[800];     /* "": none */
	int64_t message_until; /* it stays at least until then */
	int64_t cancelled_at;  /* the last ^C */
	bool quit, suspend, redraw;
	bool dirty;	      /* the screen is not what the app is */
	int64_t now;	      /* CLOCK_MONOTONIC, ns */
	const char *terminal; /* "UTF-8 256 colours" */
};

void app_init(struct app *app, const struct ui_options *options);
void app_free(struct app *app);
int64_t app_clock(void); /* CLOCK_MONOTONIC, ns */

void app_event(struct app *app, const struct event *event);
/* Time has come; also does a piece of work that is under way. */
void app_tick(struct app *app);
/* When to call app_tick() next; INT64_MAX: no need, 0: at once. */
int64_t app_wake_time(const struct app *app);
void app_draw(struct app *app, struct screen *screen);
void app_select_row(struct app *app, uint32_t row);
/* False: there is no such packet; a message says so. */
bool app_go_to(struct app *app, uint32_t packet);
bool app_act(struct app *app, enum action action, uint32_t count);
/* "guessed", "dark", ... or a user's file; false: there is none, a message says so. */
bool app_set_theme(struct app *app, const char *name);
void app_set_time_format(struct app *app, enum time_format format);
/* The part of it that moves among packets. */
bool app_act_on_selection(struct app *app, enum action action, uint32_t count);
void app_show_packet(struct app *app, uint32_t packet);
void app_open_help(struct app *app);
void app_focus_pane(struct app *app, enum pane pane);
void app_ask(struct app *app, enum prompt prompt, const char *text);
/* Is a file to be chosen that is opened then? */
bool app_asks_for_file(const struct app *app);
void app_answer(struct app *app);   /* Enter in the prompt */
void app_complete(struct app *app); /* Tab in it */
/* As if its key were typed. */
void app_do(struct app *app, enum action action);
void app_command(struct app *app, const char *text);
/* Are settings, and what is remembered, kept in files? */
bool app_keeps_files(const struct app *app);
/* May any file be written?  False: a message says why not. */
bool app_may_write(struct app *app);
/* Text that was pasted where nobody types: asks what it is for. */
void app_ask_pasted(struct app *app, const char *text);
void app_take_pasted(struct app *app);
/* The packet whose details are shown: the selected one, or the stream's. */
const struct packet_focus *app_focus(const struct app *app);
struct packet_focus *app_shown_focus(struct app *app); /* the same, to be moved */
/* The view that gets the keys. */
struct view *app_view_in_focus(struct app *app);
/* Where the focus is, unless help is above all. */
enum place app_place(const struct app *app);
/* Leaves this capture, or peel if it is the only one. */
void app_quit(struct app *app);
void app_quit_now(struct app *app);

void app_message(struct app *app, enum message_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* What was said last stays in the list of messages. */
void app_keep_message(struct app *app);
void app_forget_messages(struct app *app);
/* Lines that the message takes in so many columns, at least 1. */
int status_rows_wanted(const struct app *app, int columns);
/* Lines that the keys take: more than one while a sequence may go on. */
int key_rows_wanted(const struct app *app, int columns);

#endif
