/* replay_screens.c - prints a text again with the screens in it as the program draws them now.
 *
 *     $ peel captures/tour.pcapng          begins a program, in a shell
 *     > j Enter                            types keys, or "text"
 *     ! echo >fifo                         does this beside the program
 *     ┌─ 80x24 ───...                      then a screen, of this size, down to its └
 *
 * All other lines stay.  A screen is given time to become what the text says it is; if the first
 * argument is --accept, it is what it is once nothing has changed for a while.  A ▒ in the text is
 * any character, for what no two runs have alike, and stays. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "terminal/watched.h"

enum {
	ROWS_LIMIT = 1100,
	QUIET_MS = 25,
	ACCEPT_MS = 600,
	TRIES = 400,
	ROWS = 24,
	COLUMNS = 80,
	ROW_ROOM = 1 << 14
};

static const char *const margin = "    ";
static const char *const blot = "▒";

struct replay {
	FILE *in;
	struct watched *watched;
	char *command; /* to begin with; NULL: it runs */
	bool accepts, failed;
	char *lines[ROWS_LIMIT]; /* of the screen that is expected */
	int line_count;
};

static void chomp(char *line)
{
	line[strcspn(line, "\n")] = 0;
}

/* Reads the rows of a screen that the text has, without the frame around them. */
static void read_expected(struct replay *r)
{
	char *line = NULL;
	size_t room = 0;

	r->line_count = 0;
	while (getline(&line, &room, r->in) > 0) {
		char *text = line + strlen(margin);

		chomp(line);
		if (!strncmp(text, "└", strlen("└")))
			break;
		size_t length = strlen(text), edge = strlen("│");

		if (r->line_count == ROWS_LIMIT || length < 2 * edge)
			continue;
		text[length - edge] = 0;
		r->lines[r->line_count++] = strdup(text + edge);
	}
	free(line);
}

static void forget_expected(struct replay *r)
{
	while (r->line_count)
		free(r->lines[--r->line_count]);
}

/* What stands in a row now, but that what no two runs have alike is blotted out as the text does.
 */
static const char *row_of(const struct replay *r, int row)
{
	static char blotted[ROW_ROOM];
	const char *now = watched_row(r->watched, row, true);
	const char *text = row < r->line_count ? r->lines[row] : "";
	size_t used = 0;

	while (*now && used + 8 < sizeof blotted) {
		size_t n = 1;
		bool is_blot = !strncmp(text, blot, strlen(blot));

		while ((now[n] & 0xc0) == 0x80)
			n++;
		memcpy(blotted + used, is_blot ? blot : now, is_blot ? strlen(blot) : n);
		used += is_blot ? strlen(blot) : n;
		now += n;
		text += *text != 0;
		while ((*text & 0xc0) == 0x80)
			text++;
	}
	blotted[used] = 0;
	return blotted;
}

static bool is_expected(const struct replay *r)
{
	if (r->line_count != watched_rows(r->watched))
		return false;
	for (int row = 0; row < r->line_count; row++)
		if (strcmp(r->lines[row], row_of(r, row)) != 0)
			return false;
	return true;
}

static void print_edge(const struct replay *r, bool upper)
{
	char title[40] = "";
	int columns = watched_columns(r->watched);
	int used = 0;

	if (upper)
		used = snprintf(title, sizeof title, "─ %dx%d ", columns, watched_rows(r->watched));
	printf("%s%s%s", margin, upper ? "┌" : "└", title);
	for (int i = upper ? used - 2 : 0; i < columns; i++)
		fputs("─", stdout);
	puts(upper ? "┐" : "┘");
}

static void print_screen(const struct replay *r)
{
	print_edge(r, true);
	for (int row = 0; row < watched_rows(r->watched); row++)
		printf("%s│%s│\n", margin, row_of(r, row));
	print_edge(r, false);
}

static void wait_for_screen(struct replay *r)
{
	if (r->accepts) {
		watched_settle(r->watched, ACCEPT_MS);
		return;
	}
	for (int i = 0; i < TRIES; i++) {
		watched_settle(r->watched, QUIET_MS);
		if (is_expected(r))
			return;
	}
}

static void end_program(struct replay *r)
{
	if (r->watched && !watched_end(r->watched)) {
		puts("    (the program did not end when its terminal was closed)");
		r->failed = true;
	}
	r->watched = NULL;
}

static void begin_program(struct replay *r, int rows, int columns)
{
	if (!r->command)
		return;
	r->watched = watched_start(r->command, rows, columns);
	free(r->command);
	r->command = NULL;
}

/* The size stands in the upper edge; a program is begun with the size of its first screen. */
static void show_screen(struct replay *r, const char *edge)
{
	int columns = COLUMNS, rows = ROWS;

	sscanf(edge, "┌─ %dx%d", &columns, &rows);
	read_expected(r);
	begin_program(r, rows, columns);
	if (r->watched) {
		if (rows != watched_rows(r->watched) || columns != watched_columns(r->watched))
			watched_resize(r->watched, rows, columns);
		wait_for_screen(r);
		print_screen(r);
	}
	forget_expected(r);
}

static void type_keys(struct replay *r, const char *keys)
{
	begin_program(r, ROWS, COLUMNS);
	if (!r->watched || !watched_wait_begun(r->watched) || !watched_type(r->watched, keys)) {
		puts("    (these keys could not be typed)");
		r->failed = true;
	}
}

static void replay(struct replay *r)
{
	char *line = NULL;
	size_t room = 0;

	while (getline(&line, &room, r->in) > 0) {
		const char *text = line + strlen(margin);
		bool indented = !strncmp(line, margin, strlen(margin));

		chomp(line);
		if (indented && !strncmp(text, "┌─ ", strlen("┌─ "))) {
			show_screen(r, text);
			continue;
		}
		puts(line);
		if (indented && !strncmp(text, "$ ", 2)) {
			end_program(r);
			free(r->command);
			r->command = strdup(text + 2);
		} else if (indented && !strncmp(text, "> ", 2)) {
			type_keys(r, text + 2);
		} else if (indented && !strncmp(text, "! ", 2) && system(text + 2) != 0) {
			puts("    (this could not be done)");
			r->failed = true;
		}
	}
	end_program(r);
	free(r->command);
	free(line);
}

int main(int argc, char **argv)
{
	struct replay r = { .accepts = argc > 1 && !strcmp(argv[1], "--accept") };
	const char *path = argc > 1 ? argv[argc - 1] : "";

	r.in = fopen(path, "re");
	if (!r.in) {
		perror(path);
		return 2;
	}
	replay(&r);
	fclose(r.in);
	return r.failed;
}
