/* app.h - what the screen is about: the capture, what is selected in it, and what is open.
 *
 * Views read it and ask it for changes.  Nothing here waits: the first pass and the capture run
 * elsewhere and report by pipes. */
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

/* Opens a file, or captures; what was open is closed.  False: see error, nothing has changed. */
bool app_open(struct app *app, const char *path, struct error *error);
/* Several are merged by time. */
bool app_open_files(struct app *app, char *const *paths, unsigned count, struct error *error);
bool app_capture(struct app *app, const struct live_options *options, struct error *error);
void app_close(struct app *app);
/* Shows a file that was opened, in place of nothing; from here on it belongs to the session. */
bool app_look_at(struct app *app, struct capture_file *file, struct error *error);
/* --- a capture that goes on, and what the helper tells of it --- */
void app_live_end(struct app *app);
void app_live_news(struct app *app);
/* Without asking whether packets may be lost by it. */
void app_restart_now(struct app *app);
bool app_act_on_capture(struct app *app, enum action action);
/* Reads the capture anew from its beginning, after `change`, while no thread reads packets: marks
 * and what is selected stay.  False: it cannot be read again, and nothing has changed. */
bool app_rescan(struct app *app, void (*change)(void *owner), void *owner, struct error *error);
/* The two halves of it, for a capture that is not the one changed. */
bool app_can_read_again(struct app *app, struct error *error);
void app_suspend_reading(struct app *app);
bool app_resume_reading(struct app *app, struct error *error);
/* Looks for interfaces and files to offer. */
void app_start_screen(struct app *app);
int64_t app_clock(void); /* CLOCK_MONOTONIC, ns */

/* --- what the event loop tells --- */
void app_event(struct app *app, const struct event *event);
/* Reads no further, for now; false: there is no more to read, or the capture goes on by itself. */
void app_stop_reading(struct app *app);
bool app_read_on(struct app *app);
/* Reads on if the file has been written to since it was read. */
void app_look_for_growth(struct app *app);
/* Something can be read from the scanner or the capture. */
void app_news(struct app *app);
/* Time has come; also does a piece of work that is under way. */
void app_tick(struct app *app);
/* When to call app_tick() next; INT64_MAX: no need, 0: at once. */
int64_t app_wake_time(const struct app *app);
void app_draw(struct app *app, struct screen *screen);

/* --- which packets are shown --- */
/* Shows those that pass; "": all.  False: the filter is not valid, and nothing has changed. */
bool app_set_filter(struct app *app, const char *text);
/* Puts a text in the bar. */
void app_open_filter_bar(struct app *app, const char *text);
void app_close_filter_bar(struct app *app);
/* As it was before. */
void app_cancel_filter_bar(struct app *app);
/* The line has changed. */
void app_check_filter_line(struct app *app);
bool app_act_on_filter(struct app *app, enum action action);
/* Keeps where one is in the file for the next time. */
void app_remember(struct app *app);
/* Once its first packet is there: goes to where one was. */
void app_recall(struct app *app);
void app_forget(struct app *app);
/* Opens the file that was left last, as it was left.  False: see error. */
bool app_restore(struct app *app, struct error *error);
/* The filter that was set the last time. */
void app_apply_last_filter(struct app *app);
/* More packets are there, or were looked at. */
void app_filter_news(struct app *app);
void app_filter_end(struct app *app);
/* Runs the filter that is set anew. */
void app_refilter(struct app *app);
bool app_is_filtered(const struct app *app);
/* Is it still being found out which packets pass? */
bool app_is_filtering(const struct app *app);
struct filter_food app_filter_food(const struct app *app);
int64_t app_preview_time(const struct app *app);
/* When to count more of the fields that are offered; INT64_MAX: never, 0: at once. */
int64_t app_field_count_time(const struct app *app);
void app_count_fields(struct app *app);
void app_preview(struct app *app);
/* The packet shown in a row; 0: there is none. */
uint32_t app_packet_in_row(const struct app *app, uint32_t row);
/* The row that shows a packet; UINT32_MAX: none does. */
uint32_t app_row_of_packet(const struct app *app, uint32_t packet);
/* Reads the user's history, saved filters and macros. */
void app_read_user_files(struct app *app);
/* The keys of a set, and the user's on top of them. */
void app_use_keys(struct app *app, enum key_set set);
void app_read_colour_rules(struct app *app);
void app_read_macros(struct app *app);

/* --- finding and marking packets --- */
bool app_act_on_find(struct app *app, enum action action);
bool app_find_packet(struct app *app, enum find_kind kind, const char *text);
void app_find_again(struct app *app, bool backwards);
/* A step further. */
void app_find_packet_more(struct app *app);
bool app_is_finding(const struct app *app);
void app_find_end(struct app *app);
bool app_act_on_marks(struct app *app, enum action action);
/* The letter that an action waited for; false: none did. */
bool app_take_name(struct app *app, uint32_t key);
void app_forget_marks(struct app *app);
/* Reads the capture as if packets were not there, or with them again. */
void app_toggle_ignored(struct app *app);
/* When to read it, if keys for that may still come; INT64_MAX: never. */
int64_t app_ignored_time(const struct app *app);
void app_ignored_more(struct app *app);
/* ":ignore displayed", "marked", "10-20", "none". */
void app_ignore_command(struct app *app, const char *text);
/* Those that were ignored the last time, again; false: none were. */
bool app_ignore_again(struct app *app);
/* Of the selected packet; "": none. */
bool app_has_comment(const struct app *app, uint32_t packet);
void app_comment(struct app *app, const char *text);
/* As few letters as say what the first comment of the selected packet is. */
void app_ask_comment(struct app *app);

/* A new rule for packets like this one. */
void app_add_colour_rule(struct app *app);
/* "colour-conversation" and its like; `count`: which colour, 0 for the next. */
bool app_act_on_colours(struct app *app, enum action action, uint32_t count);
/* Rules or columns are others now. */
void app_rows_changed(struct app *app);
/* A column for the selected field, or none any more. */
void app_toggle_column(struct app *app);
void app_read_columns(struct app *app);
/* Columns of a profile; "": the usual ones.  One that is not there is made of those that are shown. */
void app_use_profile(struct app *app, const char *name);
/* The next by the alphabet, and the usual columns after the last. */
void app_next_profile(struct app *app);
/* The one that the file was left with, if it is still there. */
void app_recall_profile(struct app *app, const char *name);
void profile_file_name(const char *profile, char name[PROFILE_FILE_ROOM]);
bool app_act_on_columns(struct app *app, enum action action, uint32_t count);
/* Columns are others, or stand elsewhere: measured anew, and kept for the next time. */
void app_columns_changed(struct app *app);
/* ":column http.host", ":column Host=http.host": adds one. */
void app_add_column(struct app *app, const char *text);
void app_name_column(struct app *app, const char *title);
void app_complete_column(struct app *app); /* the field in the prompt */
void app_size_column(struct app *app, unsigned n, int width);
/* --- the order of rows --- */
/* Where a row is in the order of capture, and the other way round. */
uint32_t app_captured_row(const struct app *app, uint32_t row);
uint32_t app_sorted_row(const struct app *app, uint32_t row);
bool app_is_sorted(const struct app *app);
/* By a column of the list; UNSORTED: by none. */
void app_sort(struct app *app, unsigned n, enum sort_way way);
/* Rising, falling, not at all, in turn. */
void app_sort_on(struct app *app, unsigned n);
void app_sort_command(struct app *app, const char *text);
/* Other rows are shown, or columns say something else: sorts anew, if they are to be sorted. */
void app_resort(struct app *app);
void app_forget_order(struct app *app);
void app_stop_sorting(struct app *app);
int64_t app_order_time(const struct app *app);
void app_order_more(struct app *app);
int app_order_news_at(const struct app *app); /* readable: there is news; -1: never */
void app_order_news(struct app *app);

/* ":skip", ":skip all": goes on behind damage. */
void app_skip(struct app *app, const char *rest);
/* Shows no packet that comes, though they are captured and read; or all of them again. */
void app_freeze(struct app *app);
void app_thaw(struct app *app);
/* Those that were read, shown or not. */
uint32_t app_packets_read(const struct app *app);
/* Sizes of panes, from one time to the next. */
void app_read_panes(struct app *app);
void app_write_panes(struct app *app);
/* "usual", "stacked" ...; false: there is none. */
bool app_set_arrangement(struct app *app, const char *name);
bool app_act_on_panes(struct app *app, enum action action, uint32_t count);
/* A click, a turn of the wheel, a held button: for the view that is there. */
void app_click(struct app *app, const struct mouse *mouse);
/* Whoever drags something with the mouse; false: nobody does, or can here. */
bool app_drag(struct app *app, const struct mouse *mouse);
/* '3': the rule is that of the conversation with this colour; 0: of none. */
char app_talk_digit(const struct app *app, int rule);
/* "HTTP": the rule that colours the selected packet; "": none. */
const char *app_rule_name(const struct app *app);

/* --- what views ask --- */
uint32_t app_packet_count(const struct app *app);
/* Of packets shown. */
uint32_t app_row_count(const struct app *app);
uint32_t app_selected_row(const struct app *app); /* UINT32_MAX: none */
void app_select_row(struct app *app, uint32_t row);
/* Packets that were lost while capturing, between a row's and the one shown before it. */
uint64_t app_lost_before(const struct app *app, uint32_t row);
/* The words of a row, valid until the next call.  False: the packet cannot be read any more. */
bool app_read_row(struct app *app, uint32_t row, struct list_row *out);
/* Of a packet; 0: none. */
uint32_t app_conversation(const struct app *app, uint32_t packet);
/* Does the selected packet name this one? */
bool app_is_linked(const struct app *app, uint32_t packet);
/* What acknowledges the selected packet, among those that are there. */
void app_find_acknowledgment(struct app *app);
uint32_t app_previous_in_conversation(const struct app *app, uint32_t packet);
/* The worst finding of a packet, as far as is known. */
enum expert_severity app_severity(const struct app *app, uint32_t packet);
/* How row's packet relates to the selected one, as a character for the gutter; ' ': not. */
uint32_t app_relation(const struct app *app, uint32_t row, bool later_on_screen);
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
void app_save(struct app *app, const char *path, bool overwrite);
void app_save_more(struct app *app);
void app_save_command(struct app *app, const char *text);
uint32_t app_save_count(const struct app *app, enum save_scope scope);
/* Which packets a text begins with ("displayed ", "marked ", "10-20 "), in save_scope: all if it names
 * none; returns the rest of it. */
const char *app_read_scope(struct app *app, const char *text);
/* Their numbers, rising, to be freed.  `count`: app_save_count() of them. */
uint32_t *app_scoped_packets(const struct app *app, uint32_t count);
void app_next_scope(struct app *app);
/* What a shell makes of "~/". */
void expand_home(const char *typed, char *path, size_t room);
/* Text that was pasted where nobody types: asks what it is for. */
void app_ask_pasted(struct app *app, const char *text);
void app_take_pasted(struct app *app);
bool app_act_on_copy(struct app *app, enum action action);
/* Rows between which copying and marking work; false: none are chosen. */
bool app_range_of_rows(const struct app *app, uint32_t *first, uint32_t *last);
/* Bytes of the buffer that is shown. */
bool app_range_of_bytes(const struct app *app, uint32_t *first, uint32_t *last);
void app_choose_bytes(struct app *app, uint32_t from);
bool app_act_on_range(struct app *app, enum action action);
/* "13 rows, #4 to #16"; "": nothing is chosen. */
void app_range_text(const struct app *app, char *text, size_t room);
void app_show_findings(struct app *app);
/* The SHA-256 of its files, by a thread that is looked after now and then. */
void app_start_digest(struct app *app);
void app_forget_digest(struct app *app);
int64_t app_digest_time(const struct app *app);
void app_digest_more(struct app *app);
/* Is there more to find?  When it may be looked for. */
int64_t app_findings_time(const struct app *app);
void app_find_more(struct app *app);
void app_show_statistics(struct app *app, enum statistics_tab tab);
void app_statistics_end(struct app *app);
/* Counts what the tab shows, from the first packet on. */
void app_begin_counting(struct app *app);
/* Only packets that pass the filter count, or all. */
void app_limit_statistics(struct app *app);
int64_t app_statistics_time(const struct app *app);
void app_count_more(struct app *app);
/* Opens one of its tabs. */
bool app_act_on_statistics(struct app *app, enum action action);
/* Opens the stream of the packet. */
void app_show_stream(struct app *app, uint32_t packet);
/* Opens a stream of TCP or UDP by its number. */
void app_show_stream_numbered(struct app *app, enum stream_protocol protocol, uint32_t number);
void app_stream_close(struct app *app);
/* Back to a stream that a packet was gone to from; false: there is none. */
bool app_stream_return(struct app *app);
/* The stream `by` numbers on. */
void app_stream_step(struct app *app, int by);
/* To a packet of it in the list, from where one can return. */
void app_stream_leave_for(struct app *app, uint32_t packet);
void app_stream_news(struct app *app);
int64_t app_stream_time(const struct app *app);
void app_stream_more(struct app *app);
/* Writes what the sides shown said. */
void app_stream_save(struct app *app, const char *path);
/* Takes the packet apart that the stream's details show. */
void app_stream_show_packet(struct app *app, uint32_t packet);
/* The packet whose details are shown: the selected one, or the stream's. */
const struct packet_focus *app_focus(const struct app *app);
struct packet_focus *app_shown_focus(struct app *app); /* the same, to be moved */
/* The view that gets the keys. */
struct view *app_view_in_focus(struct app *app);
/* Where the focus is, unless help is above all. */
enum place app_place(const struct app *app);
/* Of what was counted: a table or the graph. */
enum view_id app_statistics_view(const struct app *app);
/* Leaves this capture, or peel if it is the only one. */
void app_quit(struct app *app);
/* All captures. */
void app_leave_all(struct app *app);
/* Opens a file beside this one; in place of the start screen. */
void app_open_tab(struct app *app, const char *typed);
/* This file and another, in a tab of their own. */
void app_merge(struct app *app, const char *typed);
void app_go_to_tab(struct app *app, const char *typed);
bool app_act_on_tabs(struct app *app, enum action action, uint32_t count);
void app_quit_now(struct app *app);

void app_message(struct app *app, enum message_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* What was said last stays in the list of messages. */
void app_keep_message(struct app *app);
void app_forget_messages(struct app *app);
/* Is the capture filter of the start screen valid? */
void app_check_filter(struct app *app);
/* What is wrong with the file; "": nothing is known yet. */
const char *app_problem(const struct app *app);
/* Lines that the message takes in so many columns, at least 1. */
int status_rows_wanted(const struct app *app, int columns);
/* Lines that the keys take: more than one while a sequence may go on. */
int key_rows_wanted(const struct app *app, int columns);
/* Is the capture going on? */
bool app_is_live(const struct app *app);
/* May more packets come? */
bool app_can_grow(const struct app *app);
bool app_has_unsaved(const struct app *app);
/* The share of the file that was read, in percent; -1: not known. */
int app_progress(const struct app *app);
const char *app_name(const struct app *app);

#endif
