/* ladder_layout.c - where the parts of a ladder's rows stand, and the lines that hold them
 * together. */
#include <stdio.h>
#include <string.h>

#include "base/glyph.h"
#include "base/number_text.h"
#include "base/time.h"
#include "ladder_label.h"

enum { DECIMALS = 6 };

/* A part is there on ladders of at least so many columns. */
static const struct {
	int from, room;
} parts[LADDER_PARTS] = {
	[LADDER_NUMBER] = { 30, 5 },	 [LADDER_TIME] = { 60, 10 },
	[LADDER_DELTA] = { 100, 9 },	 [LADDER_CLIENT_STATE] = { 140, 12 },
	[LADDER_CLIENT_LINE] = { 0, 1 }, [LADDER_ARROW] = { 0, 0 },
	[LADDER_SERVER_LINE] = { 0, 1 }, [LADDER_SERVER_STATE] = { 140, 12 },
	[LADDER_WINDOW] = { 100, 7 },	 [LADDER_NOTE] = { 50, 13 },
};

static int digits_of(uint32_t number)
{
	int digits = 1;

	for (; number >= 10; number /= 10)
		digits++;
	return digits;
}

static uint32_t last_packet(const struct ladder *ladder)
{
	uint32_t count = ladder->segment_count;

	return count ? ladder->segments[count - 1].packet : 0;
}

/* Two numbers side by side where there is room, else one and a "+". */
static int number_room(const struct ladder *ladder, int columns)
{
	int digits = digits_of(last_packet(ladder));
	int wanted = columns >= 100 ? 2 * digits + 1 : digits + 1;

	return wanted > parts[LADDER_NUMBER].room ? wanted : parts[LADDER_NUMBER].room;
}

/* "acks FIN #" and a number, which is never cut. */
static int note_room(const struct ladder *ladder, int columns)
{
	int room = columns >= 140 ? 22 : parts[LADDER_NOTE].room;
	int wanted = 10 + digits_of(last_packet(ladder));

	return columns >= 70 && wanted > room ? wanted : room;
}

static int time_room(const struct ladder *ladder)
{
	char text[NUMBER_TEXT_ROOM];
	int64_t last = ladder->segment_count ? ladder_time(ladder, ladder->segment_count - 1) : 0;
	int64_t ns = time_between(session_packet_time(ladder->session, 1), last);
	int digits =
		(int)(number_put(text, (ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns) / 1000000000) -
		      text);
	int wanted = digits + 1 + DECIMALS + (ns < 0);

	return wanted > parts[LADDER_TIME].room ? wanted : parts[LADDER_TIME].room;
}

void ladder_layout_make(struct ladder_layout *layout, const struct ladder *ladder, int columns)
{
	bool absolute = layout->absolute;
	int used = 1, at = 1;

	*layout = (struct ladder_layout){ .columns = columns, .absolute = absolute };
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++)
		if (columns >= parts[p].from)
			layout->room[p] = parts[p].room;
	if (columns >= parts[LADDER_NUMBER].from)
		layout->room[LADDER_NUMBER] = number_room(ladder, columns);
	if (columns >= parts[LADDER_TIME].from && ladder->segment_count)
		layout->room[LADDER_TIME] = time_room(ladder);
	if (columns >= parts[LADDER_NOTE].from)
		layout->room[LADDER_NOTE] = note_room(ladder, columns);
	if (ladder->protocol != STREAM_TCP)
		layout->room[LADDER_CLIENT_STATE] = layout->room[LADDER_SERVER_STATE] =
			layout->room[LADDER_WINDOW] = 0;
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++)
		used += layout->room[p] + (layout->room[p] && p != LADDER_ARROW &&
					   p != LADDER_CLIENT_LINE && p != LADDER_NOTE);
	layout->room[LADDER_ARROW] = columns > used ? columns - used : 0;
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++) {
		layout->start[p] = at;
		at += layout->room[p] +
		      (layout->room[p] && p != LADDER_ARROW && p != LADDER_CLIENT_LINE);
	}
}

void ladder_rule(struct ladder_line *line, const struct ladder_layout *layout, const char *words,
		 const char *crossing)
{
	int client = layout->start[LADDER_CLIENT_LINE], server = layout->start[LADDER_SERVER_LINE];
	int at = 0;
	char name[40] = "";

	line->is_rule = true;
	line->tone = TONE_SECTION;
	line->arrow[0] = '\0';
	if (words[0] && client > (int)strlen(words) + 6)
		snprintf(name, sizeof name, "── %s ", words);
	append_text(line->arrow, sizeof line->arrow, name);
	at = text_columns(name);
	append_repeated(line->arrow, sizeof line->arrow, client - at, "─");
	append_text(line->arrow, sizeof line->arrow, crossing);
	at = client + 1;
	if (words[0] && !name[0]) {
		snprintf(name, sizeof name, "─ %s ", words);
		append_text(line->arrow, sizeof line->arrow, name);
		at += text_columns(name);
	}
	append_repeated(line->arrow, sizeof line->arrow, server - at, "─");
	append_text(line->arrow, sizeof line->arrow, crossing);
	append_repeated(line->arrow, sizeof line->arrow, layout->columns - server - 1, "─");
}

void ladder_end_line(struct ladder_line *line, const struct ladder_layout *layout)
{
	*line = (struct ladder_line){ 0 };
	ladder_rule(line, layout, "", "┴");
}

/* Both ends over their life lines; what has no room is told by other lines of the screen. */
static void put_ends(struct ladder_line *line, const struct ladder_layout *layout,
		     const struct ladder *ladder)
{
	char client[END_TEXT_ROOM], server[END_TEXT_ROOM];
	int room = layout->room[LADDER_ARROW];

	ladder_end_text(ladder, LADDER_CLIENT, client);
	ladder_end_text(ladder, LADDER_SERVER, server);
	int blank = room - text_columns(client) - text_columns(server);

	if (blank < 1) {
		snprintf(client, sizeof client, "client");
		snprintf(server, sizeof server, "server");
		blank = room - 12;
	}
	line->arrow[0] = '\0';
	append_text(line->arrow, sizeof line->arrow, client);
	append_repeated(line->arrow, sizeof line->arrow, blank, " ");
	append_text(line->arrow, sizeof line->arrow, server);
}

void ladder_heading(struct ladder_line *line, const struct ladder_layout *layout,
		    const struct ladder *ladder)
{
	static const char *const titles[LADDER_PARTS] = {
		[LADDER_NUMBER] = "No.",
		[LADDER_TIME] = "Time",
		[LADDER_DELTA] = "Δ",
		[LADDER_CLIENT_STATE] = "Client",
		[LADDER_SERVER_STATE] = "Server",
		[LADDER_WINDOW] = "Win",
		[LADDER_NOTE] = "Note",
	};

	*line = (struct ladder_line){ .tone = TONE_SECTION };
	for (enum ladder_part p = 0; p < LADDER_PARTS; p++)
		if (titles[p])
			append_text(line->text[p], LADDER_PART_ROOM, titles[p]);
	put_ends(line, layout, ladder);
}
