/* damage.c - from bytes that make no sense to the next ones that do. */
#include "capture_format.h"

enum {
	PIECE = 1 << 16,
	AT_ONCE = 1 << 20, /* bytes that are searched before somebody may stop it */
	PLACES = 1 << 16,  /* that are passed over: a file of damage alone has an end */
};

/* How many bytes there are from `at` on, up to PIECE. */
static size_t piece_at(struct capture_file *file, uint64_t at, bool wait)
{
	size_t held = 0;

	return capture_bytes(file, at, PIECE, wait, &held) ? (size_t)PIECE : held;
}

/* Among the first `n` - DAMAGE_HEAD + 1 bytes; false: none of them. */
static bool find_in_piece(struct capture_file *file, size_t n, bool wait, uint64_t *found)
{
	uint64_t at = file->search_at;
	size_t held;

	for (size_t i = 0; i + DAMAGE_HEAD <= n; i++) {
		/* What was looked at further on may have moved the window. */
		const uint8_t *p = capture_bytes(file, at + i, DAMAGE_HEAD, wait, &held);

		if (!p)
			return false;
		if (!file->format->may_begin(file, p) || !file->format->begins(file, at + i, wait))
			continue;
		*found = at + i;
		return true;
	}
	return false;
}

static enum record_status go_on_from(struct capture_file *file, uint64_t found)
{
	char bytes[32], number[32];

	file->skipped_bytes += found - file->at;
	file->skips_made++;
	if (file->skips != UINT32_MAX)
		file->skips--;
	grouped(bytes, file->skipped_bytes);
	grouped(number, file->packets);
	if (file->skips_made == 1 && file->packets)
		error_set(&file->passed_over, "%s bytes after packet #%s", bytes, number);
	else if (file->skips_made == 1)
		error_set(&file->passed_over, "%s bytes before the first packet", bytes);
	else
		error_set(&file->passed_over, "%s bytes in %u places, the last after packet #%s",
			  bytes, file->skips_made, number);
	file->at = found;
	file->search_at = 0;
	file->damaged = false;
	file->problem.text[0] = '\0';
	return RECORD_OK;
}

static enum record_status nothing_follows(struct capture_file *file)
{
	struct error problem = file->problem;

	file->skips = 0;
	file->search_at = 0;
	file->search_failed = true;
	error_set(&file->problem, "%s Nothing that follows is plausible as a packet.",
		  problem.text);
	return RECORD_DAMAGED;
}

enum record_status damage_pass_over(struct capture_file *file, bool wait)
{
	uint64_t found;

	if (!file->format->may_begin || file->skips_made == PLACES)
		return nothing_follows(file);
	if (!file->search_at)
		file->search_at = file->at + 1;
	for (uint64_t from = file->search_at; wait || file->search_at - from < AT_ONCE;) {
		size_t held = piece_at(file, file->search_at, wait);

		if (held < DAMAGE_HEAD)
			return file->spool && !spool_ended(file->spool) ? RECORD_NONE
									: nothing_follows(file);
		if (find_in_piece(file, held, wait, &found))
			return go_on_from(file, found);
		file->search_at += held - DAMAGE_HEAD + 1;
	}
	return RECORD_SEARCHING;
}
