/* ftp-data.c - what FTP moves over a connection of its own, RFC 959 section 3.
 *
 * The control connection announces it; without that, port 20 tells it.  Whatever is at hand is
 * a message: data has no structure. */
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "dissect/object.h"
#include "ftp.h"
#include "media_type.h"
#include "state/announced.h"
#include "state/facts.h"

enum {
	FTP_DATA,
	FTP_DATA_SETUP_FRAME,
	FTP_DATA_SETUP_METHOD,
	FTP_DATA_COMMAND,
	FTP_DATA_COMMAND_FRAME,
	FTP_DATA_DIRECTORY,
};

static const struct field ftp_data_fields[] = {
	[FTP_DATA] = { "ftp-data", "FTP Data", FIELD_PROTOCOL,
		       .help = "A file or a list on its way, as a command of the "
			       "other connection asked",
		       .reference = "RFC 959, 3" },
	[FTP_DATA_SETUP_FRAME] = { "ftp-data.setup-frame", "Setup frame", FIELD_FRAME,
				   .help = "Which agreed on this connection" },
	[FTP_DATA_SETUP_METHOD] = { "ftp-data.setup-method", "Setup method", FIELD_TEXT,
				    .help = "PORT, PASV, EPRT, or EPASV for EPSV" },
	[FTP_DATA_COMMAND] = { "ftp-data.command", "Command", FIELD_TEXT, .flags = FIELD_FORWARD,
			       .help = "The command that moves the data, with its argument" },
	[FTP_DATA_COMMAND_FRAME] = { "ftp-data.command-frame", "Command frame", FIELD_FRAME,
				     .flags = FIELD_FORWARD, .help = "The packet with that command",
				     .reference = "RFC 959, 3" },
	[FTP_DATA_DIRECTORY] = { "ftp-data.current-working-directory", "Current working directory",
				 FIELD_TEXT, .help = "The folder that relative names are in",
				 .reference = "RFC 959, 3" },
};

static const char *const method_names[] = {
	[FTP_PORT] = "PORT",
	[FTP_PASV] = "PASV",
	[FTP_EPRT] = "EPRT",
	[FTP_EPSV] = "EPASV",
};

struct ftp_data_connection {
	bool tls_seen;
};

static const struct announcement *announced(const struct dissection *d)
{
	return d->learned && d->conversation ? announcement_of(d->learned, d->conversation) : NULL;
}

/* The message that agreed on this connection; NULL: none is known. */
static const struct ftp_setup *setup_of(struct dissection *d)
{
	const struct announcement *by = announced(d);

	return by ? ftp_setup_in(d, by->packet, by->layer) : NULL;
}

/* TLS itself carries what is inside, which may look as it pleases. */
static bool speaks_tls(struct dissection *d, const struct cursor *c)
{
	struct ftp_data_connection *connection =
		d->inside ? NULL : conversation_state(d, &ftp_data_dissector, sizeof *connection);

	if (!connection)
		return false;
	if (!connection->tls_seen && begins_tls(c)) {
		const struct ftp_setup *setup = setup_of(d);
		connection->tls_seen = setup && setup->protected;
	}
	return connection->tls_seen;
}

static void ftp_data_message_size(struct dissection *d, const struct cursor *c,
				  struct message_scan *scan)
{
	if (scan->offset == 0 && speaks_tls(d, c))
		scan_tls(d, c, scan);
	else
		scan_all(c, scan);
}

/* The first pass adds the bytes to what the control connection shows. */
static void count(struct dissection *d, uint32_t bytes)
{
	const struct announcement *by = announced(d);
	struct ftp_setup *setup =
		by ? fact_pen(d, by->packet, FACT_OWN, (uint16_t)by->layer) : NULL;

	if (!setup || !setup->fact.method)
		return;
	uint64_t sum = ((uint64_t)setup->bytes_high << 32 | setup->bytes_low) + bytes;
	fact_set_link(&setup->bytes_high, (uint32_t)(sum >> 32));
	fact_set_link(&setup->bytes_low, (uint32_t)sum);
	fact_set_link(&setup->frames, setup->frames + 1);
	if (!setup->first)
		fact_set_link(&setup->first, d->packet.number);
	fact_set_link(&setup->last, d->packet.number);
}

static void show_command(struct dissection *d, const struct ftp_setup *setup)
{
	uint32_t packet;
	const struct ftp_transfer *transfer = ftp_transfer_of(d, setup, &packet);

	if (!transfer)
		return;
	const char *text = text_of(d, (const uint8_t *)transfer->text, transfer->text_length);
	info(d, " (%s)", text);
	put_text(d, FTP_DATA_COMMAND, text);
	put_uint(d, FTP_DATA_COMMAND_FRAME, packet);
}

static void show_setup(struct dissection *d)
{
	const struct announcement *by = announced(d);
	const struct ftp_setup *setup = setup_of(d);

	if (!setup)
		return;
	begin_beside(d);
	put_uint(d, FTP_DATA_SETUP_FRAME, by->packet);
	put_text(d, FTP_DATA_SETUP_METHOD, method_names[setup->fact.method]);
	info(d, " (%s)", method_names[setup->fact.method]);
	show_command(d, setup);
	put_text(d, FTP_DATA_DIRECTORY, ftp_directory(d, &setup->fact));
	end_beside(d);
}

/* A listing, or a file that begins as text. */
static bool is_text(const struct cursor *c)
{
	enum { LOOKED_AT = 10 };
	uint32_t n = cursor_left(c) < LOOKED_AT ? cursor_left(c) : LOOKED_AT;
	const uint8_t *bytes;

	if (!n || !cursor_peek(c, 0, n, &bytes))
		return false;
	for (uint32_t i = 0; i < n; i++)
		if ((bytes[i] < ' ' || bytes[i] > '~') && (bytes[i] < '\t' || bytes[i] > '\r'))
			return false;
	return true;
}

/* "RETR a/b.txt" is "b.txt"; a listing "LIST.txt". */
static const char *object_name(struct dissection *d, const struct ftp_setup *setup)
{
	uint32_t packet;
	const struct ftp_transfer *transfer = setup ? ftp_transfer_of(d, setup, &packet) : NULL;

	if (!transfer)
		return "";
	const char *text = transfer->text;
	uint32_t end = transfer->text_length, start = end;
	if (end >= 4 && (!strncasecmp(text, "LIST", 4) || !strncasecmp(text, "NLST", 4) ||
			 !strncasecmp(text, "MLSD", 4)))
		return arena_text(&d->arena, "LIST.txt", 8);
	while (start && text[start - 1] != '/' && text[start - 1] != ' ')
		start--;
	return text_of(d, (const uint8_t *)text + start, end - start);
}

static void offer_piece(struct dissection *d, const struct cursor *c)
{
	struct object_part part = { .kind = "ftp-data",
				    .offset = OBJECT_APPEND,
				    .length = cursor_left(c) };

	if (!d->tells_objects || !cursor_peek(c, 0, part.length, &part.bytes))
		return;
	const struct announcement *by = announced(d);
	const struct ftp_setup *setup = setup_of(d);
	part.name = object_name(d, setup);
	part.key = by ? (uint64_t)by->packet << 16 | (by->layer & 0xffff)
		      : UINT64_C(1) << 63 | (d->conversation ? d->conversation->stream : 0);
	part.last = setup && fact_link(&setup->last) == d->packet.number;
	offer_object(d, &part);
}

static void ftp_data_dissect(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c);

	info_begin(d);
	info(d, "FTP Data: %u bytes", n);
	label_set(d, layer_node(d), "FTP Data (%u bytes data)", n);
	count(d, n);
	if (!only_learning(d))
		show_setup(d);
	offer_piece(d, c);
	end_header(d, c);
	if (is_text(c))
		dissect_layer(d, &data_text_lines_dissector, *c);
}

static const struct claim ftp_data_claims[] = { { BY_TCP_PORT, 20 } };

const struct dissector ftp_data_dissector = {
	.name = "ftp-data",
	.short_name = "FTP-DATA",
	.title = "FTP Data",
	.fields = ftp_data_fields,
	.field_count = COUNT(ftp_data_fields),
	.claims = ftp_data_claims,
	.claim_count = COUNT(ftp_data_claims),
	.dissect = ftp_data_dissect,
	.message_size = ftp_data_message_size,
};
