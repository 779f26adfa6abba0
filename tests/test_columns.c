/* test_columns.c - columns of the packet list as the user changes them: by mouse, by commands, and
 * from one time to the next. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/user_file.h"
#include "support/typed_app.h"
#include "support/unit_test.h"
#include "ui/app_capture.h"
#include "ui/app_filter.h"
#include "ui/app_memory.h"
#include "ui/app_rows.h"

static char folder[100];

static int set_up(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/peel-columns-XXXXXX");
	assert_non_null(mkdtemp(folder));
	setenv("XDG_CONFIG_HOME", folder, 1);
	setenv("XDG_STATE_HOME", folder, 1);
	typed_options = (struct ui_options){ .remembers = true };
	begin_app_on("http.pcap");
	show_at(36, 120);
	return 0;
}

static int tear_down(void **state)
{
	char command[150];

	(void)state;
	end_app();
	typed_options = (struct ui_options){ 0 };
	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
	return 0;
}

/* The app as it is at the next start. */
static void begin_again(void)
{
	end_app();
	begin_app_on("http.pcap");
	app_read_user_files(&app);
	show_at(36, 120);
}

static void mouse(enum mouse_kind kind, int button, int row, int column)
{
	app_event(&app,
		  &(struct event){ .key = KEY_MOUSE, .mouse = { kind, button, row, column } });
	draw();
}

/* Where a column's heading is; its row is HEADING. */
enum { HEADING = 2 };

static int heading_at(const char *title)
{
	for (unsigned i = 0; i < app.user.columns.count; i++)
		if (!strcmp(app.user.columns.columns[i].column.title, title))
			return app.column_places.start[i];
	fail_msg("no column %s", title);
	return 0;
}

static void assert_titles(const char *expected)
{
	char titles[500] = "";
	size_t used = 0;

	for (unsigned i = 0; i < app.user.columns.count; i++)
		used += (size_t)snprintf(titles + used, sizeof titles - used, "%s%s", i ? " " : "",
					 app.user.columns.columns[i].column.title);
	assert_string_equal(titles, expected);
}

static void are_as_they_were_the_next_time(void **state)
{
	(void)state;
	app_command(&app, "column Host=http.host");
	app_command(&app, "column Since=%Gt");
	draw();
	type("( ( ( L c G K Space j > >");
	assert_titles("No. Time Source Destination Len Proto Host Info Since");
	int width = app.user.columns.columns[8].width;

	assert_int_not_equal(width, 0);
	begin_again();
	assert_titles("No. Time Source Destination Len Proto Host Info Since");
	assert_true(app.user.columns.columns[7].hidden);
	assert_int_equal(app.user.columns.columns[8].width, width);
	type("c d");
	begin_again();
	assert_titles("Time Source Destination Len Proto Host Info Since");
}

static void a_fresh_run_leaves_them_alone(void **state)
{
	(void)state;
	app_command(&app, "column Host=http.host");
	typed_options.fresh = true;
	begin_again();
	assert_titles("No. Time Source Destination Proto Len Info");
	app_command(&app, "column ip.ttl");
	typed_options.fresh = false;
	begin_again();
	assert_titles("No. Time Source Destination Proto Len Host Info");
}

static void the_command_line_says_others(void **state)
{
	(void)state;
	struct column_list list;
	struct error error;

	assert_true(column_list_read(&list, "\"N\",\"%m\",\"Proto\",\"%p\",I,%i", &error));
	typed_options.columns = &list;
	begin_again();
	assert_titles("N Proto I");
	app_command(&app, "column ip.ttl");
	typed_options.columns = NULL;
	column_list_free(&list);
	begin_again();
	assert_titles("No. Time Source Destination Proto Len Info");
}

static void a_heading_is_dragged_to_another_place(void **state)
{
	(void)state;
	int from = heading_at("Proto"), to = heading_at("Source");

	mouse(MOUSE_PRESS, 0, HEADING, from + 2);
	mouse(MOUSE_DRAG, 0, HEADING, heading_at("Destination"));
	mouse(MOUSE_DRAG, 0, HEADING, to + 1);
	mouse(MOUSE_RELEASE, 0, HEADING, to + 1);
	assert_titles("No. Time Proto Source Destination Len Info");
	begin_again();
	assert_titles("No. Time Proto Source Destination Len Info");
}

static void its_edge_is_dragged_to_size_it(void **state)
{
	(void)state;
	int start = heading_at("Source"), edge = heading_at("Destination") - 1;

	mouse(MOUSE_PRESS, 0, HEADING, edge);
	mouse(MOUSE_DRAG, 0, HEADING, edge + 7);
	mouse(MOUSE_RELEASE, 0, HEADING, edge + 7);
	assert_int_equal(app.user.columns.columns[2].width, edge + 7 - start);
	assert_int_equal(heading_at("Destination"), edge + 8);
	/* A drag that is over sizes nothing any more. */
	mouse(MOUSE_DRAG, 0, HEADING, edge);
	assert_int_equal(heading_at("Destination"), edge + 8);
}

static void numbers_stay_whole(void **state)
{
	(void)state;
	type("30G");
	int edge = heading_at("Source") - 1;

	mouse(MOUSE_PRESS, 0, HEADING, edge);
	mouse(MOUSE_DRAG, 0, HEADING, edge - 6);
	mouse(MOUSE_RELEASE, 0, HEADING, edge - 6);
	assert_int_equal(heading_at("Source"), edge + 1);
	assert_on_screen(&screen, "204.347578");
}

static void a_right_click_opens_the_sheet_there(void **state)
{
	(void)state;
	mouse(MOUSE_PRESS, 2, HEADING, heading_at("Len"));
	assert_on_screen(&screen, "─ Columns ─");
	assert_on_screen(&screen, "▌ ✓  Len");
}

static void one_column_stays(void **state)
{
	(void)state;
	type("c d d d d d d");
	assert_titles("Info");
	type("Space d");
	assert_titles("Info");
	assert_on_screen(&screen, "One column has to stay.");
}

static void keys_that_come_at_once_remove_only_columns_that_are_there(void **state)
{
	unsigned count = app.user.columns.count;

	(void)state;
	type("c G");
	for (unsigned i = 0; i < 3; i++)
		app_event(&app, &(struct event){ .key = 'd' });
	assert_int_equal(app.user.columns.count, count - 3);
	draw();
	assert_int_equal(app.sheet.row, count - 4);
}

static void what_is_no_field_is_no_column(void **state)
{
	(void)state;
	app_command(&app, "column no.such");
	draw();
	assert_on_screen(&screen, "\"no.such\" is no field and no format of a column");
	app_command(&app, "column %Zz");
	assert_titles("No. Time Source Destination Proto Len Info");
	type("c + http.hos Tab");
	assert_string_equal(app.line.text, "http.host");
	type("Enter");
	assert_titles("No. Time Source Destination Proto Len Host Info");
}

static void titles_cannot_control_the_terminal(void **state)
{
	(void)state;
	assert_true(user_file_write(USER_CONFIG, "columns",
				    "%m title=a\033[31mb\n%Cus:ip.ttl width=-4 title=\n"
				    "%Cus:ip.ttl:x title=bad\n%i hidden width=9999\n"));
	begin_again();
	assert_titles("a\uFFFD[31mb Time to Live Info");
	assert_int_equal(app.user.columns.columns[1].width, 0);
}

/* --- sorting --- */

static void assert_rows(const char *expected)
{
	char rows[1000] = "";
	size_t used = 0;

	for (uint32_t i = 0; i < 6; i++)
		used += (size_t)snprintf(rows + used, sizeof rows - used, "%s%u", i ? " " : "",
					 app_packet_in_row(&app, i));
	assert_string_equal(rows, expected);
	for (uint32_t i = 0; i < app_row_count(&app); i++)
		assert_int_equal(app_row_of_packet(&app, app_packet_in_row(&app, i)), i);
}

/* The texts of a column, as they come, are in order. */
static void assert_rising(unsigned column, int (*compare)(const char *a, const char *b))
{
	char before[COLUMN_TEXT_ROOM] = "";
	struct list_row row;

	for (uint32_t i = 0; i < app_row_count(&app); i++) {
		assert_true(app_read_row(&app, i, &row));
		if (i && compare(before, row.texts[column]) > 0)
			fail_msg("row %u: %s before %s", i, before, row.texts[column]);
		snprintf(before, sizeof before, "%s", row.texts[column]);
	}
}

static int compare_numbers(const char *a, const char *b)
{
	double x = atof(a), y = atof(b);

	/* What has no value is last. */
	return !*a && *b ? 1 : !*b ? 0 : (x > y) - (x < y);
}

static int compare_falling(const char *a, const char *b)
{
	return compare_numbers(b, a);
}

static int compare_texts(const char *a, const char *b)
{
	return !*a && *b ? 1 : !*b ? 0 : strncmp(a, b, 128);
}

static void sorts_by_any_column(void **state)
{
	(void)state;
	app_command(&app, "column tcp.window_size");
	app_command(&app, "column http.host");
	app_command(&app, "column %Tt");
	app_command(&app, "column %S");
	app_command(&app, "column tcp.time_delta");
	draw();
	for (unsigned i = 0; i < app.user.columns.count; i++) {
		const struct column *c = &app.user.columns.columns[i].column;
		bool address =
			c->format->says == SAYS_SOURCE || c->format->says == SAYS_DESTINATION;
		bool text = c->format->says == SAYS_PROTOCOL || c->format->says == SAYS_INFO ||
			    !strcmp(c->title, "Host");

		app_sort(&app, i, SORTED_UP);
		draw();
		assert_int_equal(app.order.count, 57);
		if (!address)
			assert_rising(i, text ? compare_texts : compare_numbers);
	}
}

static void goes_back_to_the_order_of_capture(void **state)
{
	(void)state;
	type(") ) ) ) ) a");
	assert_rows("23 24 25 33 34 35");
	type("a");
	assert_on_screen(&screen, "Len ▼");
	uint32_t longest = app_packet_in_row(&app, 0);

	assert_int_not_equal(longest, 1);
	type("a");
	assert_rows("1 2 3 4 5 6");
	assert_int_equal(app.order.count, 0);
	assert_on_screen(&screen, "in the order of capture");
}

static void a_click_on_a_heading_sorts(void **state)
{
	(void)state;
	mouse(MOUSE_PRESS, 0, HEADING, heading_at("Len") + 1);
	mouse(MOUSE_RELEASE, 0, HEADING, heading_at("Len") + 1);
	assert_rows("23 24 25 33 34 35");
	assert_on_screen(&screen, "by Len ▲");
}

static void the_selected_packet_stays_in_sight(void **state)
{
	(void)state;
	type("40G");
	app_command(&app, "sort -Len");
	draw();
	assert_int_equal(app.selected, 40);
	assert_on_screen(&screen, "▌  40");
	type("j");
	assert_int_equal(app.selected, app_packet_in_row(&app, app_row_of_packet(&app, 40) + 1));
}

static void wait_for_filter(void)
{
	while (app_is_filtering(&app)) {
		struct pollfd fd = { .fd = packet_filter_news(&app.filter), .events = POLLIN };

		assert_true(poll(&fd, 1, 10000) > 0);
		app_filter_news(&app);
	}
	draw();
}

static void what_a_filter_shows_is_sorted_anew(void **state)
{
	(void)state;
	app_command(&app, "sort -No.");
	draw();
	assert_rows("57 56 55 54 53 52");
	app_set_filter(&app, "http.request");
	wait_for_filter();
	assert_int_equal(app.order.count, app_row_count(&app));
	assert_true(app_packet_in_row(&app, 0) > app_packet_in_row(&app, 1));
	assert_rising(0, compare_falling);
	app_set_filter(&app, "");
	draw();
	assert_rows("57 56 55 54 53 52");
}

static void without_its_column_nothing_is_sorted(void **state)
{
	(void)state;
	app_command(&app, "sort-by -Len");
	draw();
	assert_int_equal(app.order.count, 57);
	type("c j j j j j Space");
	assert_int_equal(app.order.count, 0);
	type("Space Esc");
	assert_rows("1 2 3 4 5 6");
	app_command(&app, "sort-by -Len");
	draw();
	type("c j j j j j d Esc");
	assert_rows("1 2 3 4 5 6");
}

static void sorting_can_be_stopped(void **state)
{
	(void)state;
	app_sort(&app, 6, SORTED_UP);
	type("^C");
	assert_int_equal(app.order.count, 0);
	assert_int_equal(columns_sorted(&app.user.columns), -1);
	assert_on_screen(&screen, "Sorting was stopped: the packets are in the order of capture.");
}

/* The first packets of http.pcap alone, then all of them. */
static void copy_until(const char *path, uint32_t packet)
{
	const struct packet_index *x = &session_learned(app.session)->index;
	size_t size = index_block_of(x, packet)->offset_low[index_slot(packet)];
	char *bytes = malloc(1 << 20);
	FILE *in = fopen(capture_file_path(session_file(app.session)), "rb"),
	     *out = fopen(path, "wb");

	assert_non_null(in);
	assert_non_null(out);
	size_t whole = fread(bytes, 1, 1 << 20, in);

	assert_true(size < whole);
	fwrite(bytes, 1, packet == 1 ? whole : size, out);
	fclose(in);
	fclose(out);
	free(bytes);
}

static void what_comes_later_is_below_until_it_is_sorted_in(void **state)
{
	(void)state;
	char some[150], all[150], command[400];

	snprintf(some, sizeof some, "%s/some.pcap", folder);
	snprintf(all, sizeof all, "%s/all.pcap", folder);
	copy_until(some, 31);
	copy_until(all, 1);
	end_app();
	begin_app(some);
	app_command(&app, "sort-by -No.");
	draw();
	assert_rows("30 29 28 27 26 25");
	snprintf(command, sizeof command, "cat %s >%s", all, some);
	assert_int_equal(system(command), 0);
	app_look_for_growth(&app);
	app.order.next = INT64_MAX;
	read_all();
	assert_int_equal(app_row_count(&app), 57);
	assert_int_equal(app.order.count, 30);
	assert_rows("30 29 28 27 26 25");
	assert_int_equal(app_packet_in_row(&app, 30), 31);
	app.order.next = app.now;
	draw();
	assert_rows("57 56 55 54 53 52");
}

static void no_column_of_that_name_sorts(void **state)
{
	(void)state;
	app_command(&app, "sort http.host");
	draw();
	assert_on_screen(&screen, "There is no column \"http.host\": :column http.host adds one.");
	app_command(&app, "column Host=http.host");
	app_command(&app, "sort http.host");
	draw();
	assert_on_screen(&screen, "Host ▲");
	type("fk");
	app_command(&app, "sort-by");
	draw();
	assert_rows("1 2 3 4 5 6");
}

static void profiles_are_sets_of_columns(void **state)
{
	(void)state;
	app_command(&app, "profile web");
	draw();
	assert_on_screen(&screen, "Profile web begins with the columns as they are.");
	app_command(&app, "column Host=http.host");
	draw();
	assert_on_screen(&screen, " Host ");
	app_command(&app, "profile");
	draw();
	assert_true(screen_find(&screen, " Host ") < 0);
	/* In the sheet p goes through them. */
	type("c p");
	assert_string_equal(app.profile, "web");
	type("p Esc");
	assert_string_equal(app.profile, "");
	app_command(&app, "profile web");
	app_command(&app, "profile no/name");
	assert_string_equal(app.profile, "web");
	/* A file comes back with its own. */
	begin_again();
	assert_string_equal(app.profile, "web");
	assert_on_screen(&screen, " Host ");
	assert_on_screen(&screen, "columns web");
}

/* --- panes --- */

static void edges_of_panes_are_dragged(void **state)
{
	(void)state;
	struct rect details = app.layout.panes[PANE_DETAILS], bytes = app.layout.panes[PANE_BYTES];

	mouse(MOUSE_PRESS, 0, details.row, 30);
	mouse(MOUSE_DRAG, 0, details.row - 5, 30);
	mouse(MOUSE_RELEASE, 0, details.row - 5, 30);
	assert_int_equal(app.layout.panes[PANE_DETAILS].row, details.row - 5);
	assert_int_equal(app.layout.panes[PANE_BYTES].row, bytes.row);
	assert_int_equal(app.focus, PANE_DETAILS);
	mouse(MOUSE_PRESS, 0, bytes.row, 30);
	mouse(MOUSE_DRAG, 0, bytes.row + 2, 30);
	mouse(MOUSE_RELEASE, 0, bytes.row + 2, 30);
	assert_int_equal(app.layout.panes[PANE_BYTES].row, bytes.row + 2);
	assert_int_equal(app.layout.panes[PANE_DETAILS].row, details.row - 5);
	begin_again();
	assert_int_equal(app.layout.panes[PANE_BYTES].row, bytes.row + 2);
	assert_int_equal(app.layout.panes[PANE_DETAILS].row, details.row - 5);
	type("^W=");
	assert_int_equal(app.layout.panes[PANE_DETAILS].row, details.row);
	begin_again();
	assert_int_equal(app.layout.panes[PANE_DETAILS].row, details.row);
}

static void panes_beside_one_another_are_dragged_sideways(void **state)
{
	(void)state;
	show_at(50, 170);
	struct rect bytes = app.layout.panes[PANE_BYTES];

	mouse(MOUSE_PRESS, 0, bytes.row + 3, bytes.column);
	mouse(MOUSE_DRAG, 0, bytes.row + 3, bytes.column - 20);
	mouse(MOUSE_RELEASE, 0, bytes.row + 3, bytes.column - 20);
	assert_int_equal(app.layout.panes[PANE_BYTES].column, bytes.column - 20);
	type("^Wh");
	assert_int_equal(app.focus, PANE_DETAILS);
	type("^Wl");
	assert_int_equal(app.focus, PANE_BYTES);
	type("^Wk");
	assert_int_equal(app.focus, PANE_LIST);
	type("^Wj ^Wl");
	assert_int_equal(app.focus, PANE_BYTES);
	type("^W- ^W-");
	assert_int_equal(app.layout.panes[PANE_BYTES].column, bytes.column - 16);
}

static void panes_in_columns_are_dragged_at_their_edges(void **state)
{
	(void)state;
	type("| | |");
	assert_int_equal(app.layout.arrangement, ARRANGED_COLUMNS);
	struct rect details = app.layout.panes[PANE_DETAILS], bytes = app.layout.panes[PANE_BYTES];

	mouse(MOUSE_PRESS, 0, details.row + 2, details.column);
	mouse(MOUSE_DRAG, 0, details.row + 2, details.column - 10);
	mouse(MOUSE_RELEASE, 0, details.row + 2, details.column - 10);
	assert_int_equal(app.layout.panes[PANE_DETAILS].column, details.column - 10);
	mouse(MOUSE_PRESS, 0, bytes.row, bytes.column + 8);
	mouse(MOUSE_DRAG, 0, bytes.row - 3, bytes.column + 8);
	mouse(MOUSE_RELEASE, 0, bytes.row - 3, bytes.column + 8);
	assert_int_equal(app.layout.panes[PANE_BYTES].row, bytes.row - 3);
	type("^Wk ^W+");
	assert_int_equal(app.layout.panes[PANE_BYTES].row, bytes.row - 2);
	/* It belongs to the file. */
	begin_again();
	assert_int_equal(app.layout.arrangement, ARRANGED_COLUMNS);
}

static void views_in_the_title_are_clicked(void **state)
{
	(void)state;
	const struct view_tab *tabs = app.view_tabs;

	mouse(MOUSE_PRESS, 0, 0, tabs[2].from + 1);
	assert_true(app.statistics.open);
	assert_on_screen(&screen, "[Convs]");
	mouse(MOUSE_PRESS, 0, 0, tabs[1].from + 1);
	assert_false(app.statistics.open);
	assert_true(app.stream.open);
	mouse(MOUSE_PRESS, 0, 0, tabs[VIEW_TABS - 1].from + 1);
	assert_false(app.stream.open);
	assert_true(app.expert_open);
	mouse(MOUSE_PRESS, 0, 0, tabs[0].from + 1);
	assert_false(app.expert_open);
	assert_on_screen(&screen, "[Packets]");
}

static void every_pane_keeps_some_room(void **state)
{
	(void)state;
	type("200^W+");
	assert_true(app.layout.panes[PANE_DETAILS].rows >= 2);
	type("200^W-");
	assert_true(app.layout.panes[PANE_LIST].rows >= 3);
	type("Tab Tab 300^W+");
	assert_true(app.layout.panes[PANE_DETAILS].rows >= 2);
	for (int rows = LEAST_ROWS; rows < 60; rows++) {
		show_at(rows, 90);
		for (enum pane p = 0; p < PANES; p++)
			assert_true(app.layout.panes[p].rows >= 0);
	}
	type("z ^W+");
	assert_on_screen(&screen, "This pane is alone.");
}

static void a_right_click_offers_filters(void **state)
{
	(void)state;
	mouse(MOUSE_PRESS, 2, HEADING + 4, 40);
	assert_int_equal(app.selected, 4);
	assert_on_screen(&screen, "c This conversation");
	int row = 0;

	while (!strstr(screen_row(&screen, row), "c This conversation"))
		row++;
	const char *line = screen_row(&screen, row);
	int column = (int)(strstr(line, "c This conversation") - line);

	mouse(MOUSE_PRESS, 0, row, column + 3);
	assert_string_equal(app.filter_text, "tcp.stream == 0");
}

static void a_double_click_is_enter(void **state)
{
	(void)state;
	mouse(MOUSE_PRESS, 0, HEADING + 4, 40);
	mouse(MOUSE_PRESS, 0, HEADING + 4, 40);
	assert_int_equal(app.focus, PANE_DETAILS);
	assert_int_equal(app.selected, 4);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_columns)
{
	const struct CMUnitTest tests[] = {
		TEST(are_as_they_were_the_next_time),
		TEST(a_fresh_run_leaves_them_alone),
		TEST(the_command_line_says_others),
		TEST(a_heading_is_dragged_to_another_place),
		TEST(its_edge_is_dragged_to_size_it),
		TEST(numbers_stay_whole),
		TEST(a_right_click_opens_the_sheet_there),
		TEST(one_column_stays),
		TEST(keys_that_come_at_once_remove_only_columns_that_are_there),
		TEST(what_is_no_field_is_no_column),
		TEST(titles_cannot_control_the_terminal),
		TEST(sorts_by_any_column),
		TEST(goes_back_to_the_order_of_capture),
		TEST(a_click_on_a_heading_sorts),
		TEST(the_selected_packet_stays_in_sight),
		TEST(what_a_filter_shows_is_sorted_anew),
		TEST(without_its_column_nothing_is_sorted),
		TEST(sorting_can_be_stopped),
		TEST(what_comes_later_is_below_until_it_is_sorted_in),
		TEST(no_column_of_that_name_sorts),
		TEST(profiles_are_sets_of_columns),
		TEST(edges_of_panes_are_dragged),
		TEST(panes_beside_one_another_are_dragged_sideways),
		TEST(panes_in_columns_are_dragged_at_their_edges),
		TEST(views_in_the_title_are_clicked),
		TEST(every_pane_keeps_some_room),
		TEST(a_right_click_offers_filters),
		TEST(a_double_click_is_enter),
	};
	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
