/* ladder.c - --ladder: one stream, drawn. */
#include "ladder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "batch_print.h"
#include "session/verify.h"

enum { COLUMNS_USUAL = 120, COLUMNS_LEAST = 40, COLUMNS_MOST = 1000, STEP = 1 << 16 };

/* The next of the words between commas, and its length. */
static const char *next_part(const char **at, size_t *length)
{
	const char *part = *at;

	*length = strcspn(part, ",");
	*at = part + *length + (part[*length] == ',');
	return part;
}

static bool is_word(const char *part, size_t length, const char *word)
{
	return strlen(word) == length && !memcmp(part, word, length);
}

static bool read_count(const char *part, size_t length, uint32_t least, uint32_t most,
		       uint32_t *value)
{
	uint64_t number = 0;

	if (!length)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (part[i] < '0' || part[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(part[i] - '0');
		if (number > most)
			return false;
	}
	*value = (uint32_t)number;
	return number >= least;
}

static bool read_format(struct ladder_request *request, const char *part, size_t length)
{
	static const char *const names[] = {
		[LADDER_AS_TEXT] = "text",
		[LADDER_AS_MERMAID] = "mermaid",
		[LADDER_AS_CSV] = "csv",
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!is_word(part, length, names[i]))
			continue;
		request->format = (enum ladder_format)i;
		return true;
	}
	return false;
}

bool ladder_request_read(struct ladder_request *request, const char *text, struct error *error)
{
	const char *at = text;
	size_t length;
	const char *part = next_part(&at, &length);

	*request = (struct ladder_request){ .protocol = STREAM_TCP, .asked = true };
	if (is_word(part, length, "tcp") || is_word(part, length, "udp")) {
		request->protocol = part[0] == 't' ? STREAM_TCP : STREAM_UDP;
		part = next_part(&at, &length);
	}
	if (!read_count(part, length, 0, UINT32_MAX - 1, &request->stream))
		return error_set(error,
				 "--ladder wants the number of a stream, as in 0, udp,3, "
				 "0,mermaid or 0,text,100: \"%s\"",
				 text);
	if (!*at)
		return true;
	part = next_part(&at, &length);
	if (!read_format(request, part, length))
		return error_set(error, "--ladder draws text, mermaid or csv, not \"%.*s\"",
				 (int)(length < 64 ? length : 64), part);
	if (!*at)
		return true;
	part = next_part(&at, &length);
	if (request->format != LADDER_AS_TEXT || *at ||
	    !read_count(part, length, COLUMNS_LEAST, COLUMNS_MOST, &request->columns))
		return error_set(error, "--ladder: text takes %d to %d columns: \"%s\"",
				 COLUMNS_LEAST, COLUMNS_MOST, part);
	return true;
}

static int columns_of(const struct ladder_request *request)
{
	struct winsize size;

	if (request->columns)
		return (int)request->columns;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= COLUMNS_LEAST)
		return size.ws_col;
	return COLUMNS_USUAL;
}

static void print(const struct options *options, struct ladder *ladder)
{
	struct ladder_print print = {
		.out = stdout,
		.format = options->ladder.format,
		.columns = columns_of(&options->ladder),
		.ascii = options->ascii,
	};
	struct verdict verdict;
	bool judged = ladder->protocol == STREAM_TCP && ladder->segment_count;
	uint64_t lost = verify_lost_by_file(session_file(ladder->session));

	verdict_init(&verdict);
	if (judged)
		ladder_judge(ladder, &verdict, lost, false);
	ladder_print(&print, ladder, judged ? &verdict : NULL);
	verdict_free(&verdict);
}

int ladder_of_session(const struct options *options, struct session *session)
{
	const struct ladder_request *request = &options->ladder;
	struct ladder *ladder = ladder_new(session, request->protocol, request->stream);

	if (!ladder) {
		complain("there is no %s stream %u: the capture has %u",
			 request->protocol == STREAM_TCP ? "TCP" : "UDP", request->stream,
			 stream_count(session, request->protocol));
		return EXIT_TROUBLE;
	}
	while (ladder_update(ladder, STEP))
		;
	ladder_fold(ladder, !options->ladder_whole);
	print(options, ladder);
	ladder_free(ladder);
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_FINE;
	complain("cannot write standard output: %s", strerror(errno ? errno : EIO));
	return EXIT_TROUBLE;
}
