/* ftp_transfer.c - the commands that move data, what they moved, and how the server said it went.
 *
 * The data connection counts in the fact of the message that agreed on it; the command's fact
 * names that message, and the final reply's fact the command. */
#include "ftp_transfer.h"

#include <string.h>

#include "base/time.h"
#include "ip_names.h"
#include "state/announced.h"
#include "state/facts.h"
#include "state/learned.h"

static const char *const moving[] = { "RETR", "STOR", "STOU", "APPE", "LIST", "NLST", "MLSD" };

static bool moves_data(const struct text_part *command)
{
	for (unsigned i = 0; i < COUNT(moving); i++)
		if (part_is(command, moving[i]))
			return true;
	return false;
}

/* Behind a translator the address in the message is not the one that the connection shows. */
void ftp_follow_setup(struct dissection *d, struct ftp_transfers *transfers,
		      struct ftp_setup *setup, const struct endpoint *end)
{
	struct endpoint own = d->from;

	own.port = end->port;
	announce_conversation(d, IP_PROTO_TCP, end, &ftp_data_dissector);
	if (memcmp(&own, end, sizeof own) != 0)
		announce_conversation(d, IP_PROTO_TCP, &own, &ftp_data_dissector);
	transfers->setup = d->packet.number;
	transfers->setup_layer = fact_number(d);
	transfers->agreed = setup;
}

static bool is_sized(const struct ftp_transfers *transfers, const struct text_part *name)
{
	return transfers->size_known && !transfers->restarts &&
	       transfers->sized_length == name->length &&
	       !memcmp(transfers->sized, name->bytes, name->length);
}

static void begin_transfer(struct dissection *d, struct ftp_transfers *transfers,
			   const struct text_part *line, const struct text_part *name)
{
	struct ftp_transfer *transfer =
		learn(d, FACT_OTHER, (uint32_t)sizeof *transfer + line->length);

	transfers->running = transfer;
	if (!transfer)
		return;
	transfers->command = d->packet.number;
	transfers->command_layer = fact_number(d);
	transfers->running_command = transfers->commands;
	transfer->setup = transfers->setup;
	transfer->setup_layer = transfers->setup_layer;
	if (part_begins(line, "RETR") && is_sized(transfers, name)) {
		transfer->size_known = 1;
		transfer->size_low = (uint32_t)transfers->size;
		transfer->size_high = (uint32_t)(transfers->size >> 32);
	}
	transfer->text_length = line->length;
	memcpy(transfer->text, line->bytes, line->length);
	if (transfers->agreed) {
		fact_set_link(&transfers->agreed->transfer_layer, transfers->command_layer);
		fact_set_link(&transfers->agreed->transfer, transfers->command);
	}
	transfers->setup = 0;
	transfers->agreed = NULL;
}

void ftp_follow_command(struct dissection *d, struct ftp_transfers *transfers,
			const struct text_part *command, const struct text_part *line,
			const struct text_part *arg)
{
	transfers->commands++;
	if (part_is(command, "SIZE")) {
		transfers->size_known = false;
		transfers->size_command = arg->length <= FTP_NAME_ROOM ? transfers->commands : 0;
		transfers->sized_length = arg->length;
		if (transfers->size_command)
			memcpy(transfers->sized, arg->bytes, arg->length);
	} else if (part_is(command, "REST")) {
		transfers->restarts = true;
	} else if (moves_data(command)) {
		begin_transfer(d, transfers, line, arg);
		transfers->restarts = false;
	}
}

/* Replies come in the order of the commands; the greeting answers none. */
void ftp_follow_reply(struct dissection *d, struct ftp_transfers *transfers, uint32_t code,
		      const struct text_part *arg)
{
	struct text_part size = trim_part(*arg);

	if (code < 200 || transfers->replies == transfers->commands)
		return;
	transfers->replies++;
	if (transfers->replies == transfers->size_command)
		transfers->size_known =
			code == 213 && part_number(&size, UINT64_MAX / 16, &transfers->size);
	if (!transfers->running || transfers->replies != transfers->running_command)
		return;
	fact_set_link(&transfers->running->reply, code);
	fact_set_link(&transfers->running->reply_frame, d->packet.number);
	struct ftp_outcome *outcome = learn(d, FACT_OTHER, sizeof *outcome);
	if (outcome)
		*outcome = (struct ftp_outcome){ transfers->command, transfers->command_layer };
	transfers->running = NULL;
}

/* --- showing it --- */

const struct ftp_transfer *ftp_transfer_of(struct dissection *d,
					   const struct ftp_setup *setup, uint32_t *packet)
{
	*packet = link_seen(d, &setup->transfer);
	return *packet ? fact_of(d, *packet, FACT_OTHER,
				 (uint16_t)fact_link(&setup->transfer_layer), NULL)
		       : NULL;
}

static const char *result_text(uint32_t code)
{
	return code < 300				   ? "complete"
	       : code == 426 || code == 451 || code == 552 ? "aborted"
							   : "refused";
}

/* The message that agreed on the transfer's data connection; NULL: it is not known, or no data was
 * seen as far as the dissection goes. */
static const struct ftp_setup *moved_by(struct dissection *d,
					const struct ftp_transfer *transfer)
{
	const struct ftp_setup *setup =
		transfer->setup && d->learned
			? ftp_setup_in(d, transfer->setup, transfer->setup_layer)
			: NULL;

	return setup && link_seen(d, &setup->last) ? setup : NULL;
}

static uint64_t bytes_moved(const struct ftp_setup *setup)
{
	return (uint64_t)fact_link(&setup->bytes_high) << 32 | fact_link(&setup->bytes_low);
}

static void show_data(struct dissection *d, const struct ftp_setup *setup)
{
	uint32_t first = fact_link(&setup->first), last = fact_link(&setup->last);
	uint64_t bytes = bytes_moved(setup);

	put_uint(d, FTP_TRANSFER_FRAMES, fact_link(&setup->frames));
	put_uint(d, FTP_TRANSFER_BYTES, bytes);
	put_uint(d, FTP_TRANSFER_FIRST, first);
	put_uint(d, FTP_TRANSFER_LAST, last);
	if (first == last)
		return;
	int64_t ns = time_between(index_time(&d->learned->index, first),
				  index_time(&d->learned->index, last));
	uint64_t ms = ns > 0 ? (uint64_t)ns / 1000000 : 0;
	put_uint(d, FTP_TRANSFER_DURATION, ms);
	put_uint(d, FTP_TRANSFER_BITRATE, ms ? bytes * 8 / ms : 0);
}

static void show_begun(struct dissection *d, const struct ftp_transfer *transfer)
{
	const struct ftp_setup *setup = moved_by(d, transfer);

	begin_beside(d);
	if (setup)
		show_data(d, setup);
	if (transfer->setup)
		put_uint(d, FTP_SETUP_FRAME, transfer->setup);
	end_beside(d);
	if (link_seen(d, &transfer->reply_frame))
		put_uint(d, FTP_TRANSFER_REPLY, link_seen(d, &transfer->reply_frame));
}

static void show_ended(struct dissection *d, const struct ftp_outcome *outcome)
{
	const struct ftp_transfer *transfer =
		d->learned ? fact_of(d, outcome->command, FACT_OTHER,
				     (uint16_t)outcome->command_layer, NULL)
			   : NULL;

	if (!transfer)
		return;
	const struct ftp_setup *setup = moved_by(d, transfer);
	uint64_t bytes = setup ? bytes_moved(setup) : 0;
	const char *result = result_text(fact_link(&transfer->reply));
	const char *text = text_of(d, (const uint8_t *)transfer->text, transfer->text_length);
	put_uint(d, FTP_TRANSFER_COMMAND, outcome->command);
	node_id node = put_text(d, FTP_TRANSFER_TEXT, text);
	if (setup)
		label(d, node, ", %llu bytes", (unsigned long long)bytes);
	label(d, node, setup ? ", %s" : ", no data seen, %s", result);
	put_text(d, FTP_TRANSFER_RESULT, result);
	if (!transfer->size_known)
		return;
	uint64_t size = (uint64_t)transfer->size_high << 32 | transfer->size_low;
	put_uint(d, FTP_TRANSFER_SIZE, size);
	if (setup && size != bytes)
		note_finding(d, FTP_TRANSFER_SIZE_DIFFERS,
			     "The file has %llu bytes, of which %llu were transferred",
			     (unsigned long long)size, (unsigned long long)bytes);
}

void ftp_show_transfer(struct dissection *d)
{
	uint32_t size;
	const void *fact = recall(d, FACT_OTHER, &size);

	if (!fact)
		return;
	if (size == sizeof(struct ftp_outcome))
		show_ended(d, fact);
	else
		show_begun(d, fact);
}
