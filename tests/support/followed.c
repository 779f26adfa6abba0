/* followed.c - turns as text. */
#include "support/followed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/segments.h"
#include "support/unit_test.h"

struct follow *follow;
static char *said; /* "> hello [3 lost]you\n< [4 cut]\n" */
static size_t said_size;

static void tell_piece(FILE *out, const struct follow_piece *piece)
{
	if (follow_is_missing(piece)) {
		fprintf(out, "[%u %s]", piece->length,
			piece->source == FOLLOW_CUT ? "cut" : "lost");
		return;
	}
	const uint8_t *bytes = follow_bytes(follow, piece);
	assert_non_null(bytes);
	fwrite(bytes, 1, piece->length, out);
}

const char *tell(void)
{
	free(said);
	FILE *out = open_memstream(&said, &said_size);
	assert_non_null(out);
	for (uint32_t i = 0; i < follow_turn_count(follow); i++) {
		const struct follow_turn *turn = follow_turn(follow, i);
		fputs(turn->side == FOLLOW_OPENER ? "> " : "< ", out);
		if (turn->kind == TURN_RESET)
			fputs("RST: ", out);
		for (uint32_t p = 0; p < turn->piece_count; p++)
			tell_piece(out, follow_piece(follow, turn->first_piece + p));
		putc('\n', out);
	}
	fclose(out);
	return said;
}

void begin_follow(enum follow_kind kind)
{
	follow_free(follow);
	follow = follow_new(segments_session(), kind, 0);
	assert_non_null(follow);
}

void follow_in(struct session *session)
{
	follow_free(follow);
	follow = follow_new(session, FOLLOW_TCP, 0);
	assert_non_null(follow);
}

const char *followed(void)
{
	begin_follow(FOLLOW_TCP);
	while (follow_update(follow, 3, true) == FOLLOW_MORE)
		;
	return tell();
}

int start(void **state)
{
	(void)state;
	segments_begin();
	return 0;
}

int stop(void **state)
{
	(void)state;
	follow_free(follow);
	follow = NULL;
	free(said);
	said = NULL;
	segments_end();
	return 0;
}

void client(uint32_t sequence, const char *text)
{
	segment(true, sequence, 5001, PUSH | ACK, text);
}

void server(uint32_t acknowledged, const char *text)
{
	segment(false, 5001, acknowledged, PUSH | ACK, text);
}
