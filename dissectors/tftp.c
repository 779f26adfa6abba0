/* tftp.c - Trivial File Transfer Protocol, RFC 1350; options: RFC 2347 to 2349, windows: RFC 7440.
 *
 * A request goes to port 69 and is answered from a port of the transfer's own, which the request
 * announces.  Its fact holds what both sides agreed on. */
#include <string.h>
#include <strings.h>

#include "dissect/dissector.h"
#include "dissect/object.h"
#include "ip_names.h"
#include "state/announced.h"
#include "state/facts.h"
#include "state/learned.h"
#include "state/conversation.h"

enum {
	TFTP,
	TFTP_OPCODE,
	TFTP_SOURCE_FILE,
	TFTP_DESTINATION_FILE,
	TFTP_REQUEST_FRAME,
	TFTP_TYPE,
	TFTP_BLOCK,
	TFTP_BLOCK_FULL,
	TFTP_OPTION,
	TFTP_OPTION_NAME,
	TFTP_OPTION_VALUE,
	TFTP_ERROR_CODE,
	TFTP_ERROR_MESSAGE,
	TFTP_ERROR,
	TFTP_SIZE_PROBE,
	TFTP_MSFTWINDOW,
	TFTP_BLOCK_WRAP,
	TFTP_BLOCKSIZE_RANGE,
	TFTP_WINDOWSIZE_RANGE,
	TFTP_TOO_MANY,
};

enum opcode { READ = 1, WRITE, DATA, ACK, ERROR, OACK };

enum { PORT = 69, BLOCK_BYTES = 2, DEFAULT_BLOCK = 512, NAME_LIMIT = 512, OPTIONS_LIMIT = 100 };

static const struct value_name opcode_names[] = {
	{ READ, "Read Request" },
	{ WRITE, "Write Request" },
	{ DATA, "Data Packet" },
	{ ACK, "Acknowledgement" },
	{ ERROR, "Error Code" },
	{ OACK, "Option Acknowledgement" },
	{ 0 },
};

static const struct value_name error_names[] = {
	{ 0, "Not defined" },
	{ 1, "File not found" },
	{ 2, "Access violation" },
	{ 3, "Disk full or allocation exceeded" },
	{ 4, "Illegal TFTP Operation" },
	{ 5, "Unknown transfer ID" },
	{ 6, "File already exists" },
	{ 7, "No such user" },
	{ 8, "Option negotiation failed" },
	{ 0 },
};

static const struct field tftp_fields[] = {
	[TFTP] = { "tftp", "Trivial File Transfer Protocol", FIELD_PROTOCOL,
		   .help = "Moves one file over UDP, block by block", .reference = "RFC 1350" },
	[TFTP_OPCODE] = { "tftp.opcode", "Opcode", FIELD_U16, .names = opcode_names,
			  .help = "What the packet is", .reference = "RFC 1350, 5" },
	[TFTP_SOURCE_FILE] = { "tftp.source_file", "Source File", FIELD_TEXT,
			       .help = "The file that is fetched", .reference = "RFC 1350, 5" },
	[TFTP_DESTINATION_FILE] = { "tftp.destination_file", "Destination File", FIELD_TEXT,
				    .help = "The file that is stored", .reference = "RFC 1350, 5" },
	[TFTP_REQUEST_FRAME] = { "tftp.request_frame", "Request frame", FIELD_FRAME,
				 .help = "The packet that began the transfer" },
	[TFTP_TYPE] = { "tftp.type", "Type", FIELD_TEXT, .help = "Whether line ends are translated",
			.reference = "RFC 1350, 5" },
	[TFTP_BLOCK] = { "tftp.block", "Block", FIELD_U16, .help = "The number of the block",
			 .reference = "RFC 1350, 5" },
	[TFTP_BLOCK_FULL] = { "tftp.block.full", "Full Block Number", FIELD_U32,
			      .help = "With how often the 16 bits have wrapped" },
	[TFTP_OPTION] = { "peel.tftp.option", "Option", FIELD_NONE,
			  .help = "Something that both sides may agree on",
			  .reference = "RFC 2347" },
	[TFTP_OPTION_NAME] = { "tftp.option.name", "Option name", FIELD_TEXT,
			       .help = "What it is about", .reference = "RFC 2347" },
	[TFTP_OPTION_VALUE] = { "tftp.option.value", "Option value", FIELD_TEXT,
				.help = "What is asked for, or agreed", .reference = "RFC 2347" },
	[TFTP_ERROR_CODE] = { "tftp.error.code", "Error code", FIELD_U16, .names = error_names,
			      .help = "What went wrong", .reference = "RFC 1350, 5" },
	[TFTP_ERROR_MESSAGE] = { "tftp.error.message", "Error message", FIELD_TEXT,
				 .help = "The same in words", .reference = "RFC 1350, 5" },
	[TFTP_ERROR] = FINDING("tftp.error", "TFTP ERROR packet", EXPERT_WARN, GROUP_RESPONSE_CODE),
	[TFTP_SIZE_PROBE] = FINDING("tftp.likely_tsize_probe", "Likely transfer size (tsize) probe",
				    EXPERT_CHAT, GROUP_REQUEST_CODE),
	[TFTP_MSFTWINDOW] =
		FINDING("tftp.msftwindow.unrecognized", "Unrecognized msftwindow option",
			EXPERT_WARN, GROUP_RESPONSE_CODE),
	[TFTP_BLOCK_WRAP] = FINDING("tftp.block.wrap", "TFTP block number is about to wrap",
				    EXPERT_NOTE, GROUP_SEQUENCE),
	[TFTP_BLOCKSIZE_RANGE] = FINDING("tftp.blocksize_range", "TFTP blocksize out of range",
					 EXPERT_WARN, GROUP_RESPONSE_CODE),
	[TFTP_WINDOWSIZE_RANGE] = FINDING("tftp.windowsize_range", "TFTP windowsize out of range",
					  EXPERT_WARN, GROUP_RESPONSE_CODE),
	[TFTP_TOO_MANY] = FINDING("peel.tftp.too_many", "More options than are shown", EXPERT_NOTE,
				  GROUP_UNDECODED),
};

/* FACT_OWN of a request: what the transfer is. */
struct tftp_request {
	bool writes, asks_size;
	uint32_t block_size; /* a link: the OACK says it */
	uint32_t name_length;
	char name[];
};

/* FACT_OWN of a data packet or an acknowledgement: how often block numbers had wrapped. */
struct tftp_wraps {
	uint32_t count;
};

struct tftp_connection {
	uint32_t block, wraps;
};

extern const struct dissector tftp_dissector;

/* The next 0-terminated text of the packet, shown; false: there is none. */
static bool take_string(struct dissection *d, struct cursor *c, unsigned field, const char **text)
{
	uint32_t n = cursor_left(c);
	const uint8_t *bytes;

	*text = "";
	if (!n || !cursor_peek(c, 0, n, &bytes))
		return false;
	const uint8_t *end = memchr(bytes, 0, n);
	uint32_t length = end ? (uint32_t)(end - bytes) : n;
	if (!only_learning(d))
		*text = text_of(d, bytes, length);
	if (wants_fields(d))
		add_text(d, c, field, c->pos, length + (end != NULL), *text);
	/* What the capture lacks may hold the end. */
	cursor_skip(c, length + (end || n < cursor_sent(c)));
	return true;
}

/* --- the transfer that a packet belongs to --- */

static const struct tftp_request *request_of(struct dissection *d, uint32_t *packet)
{
	const struct announcement *by =
		d->learned && d->conversation ? announcement_of(d->learned, d->conversation) : NULL;
	uint32_t size;

	if (!by)
		return NULL;
	const struct tftp_request *request =
		fact_of(d, by->packet, FACT_OWN, (uint16_t)by->layer, &size);
	*packet = by->packet;
	return request && size >= sizeof *request ? request : NULL;
}

static void show_request(struct dissection *d)
{
	uint32_t packet;
	const struct tftp_request *request = request_of(d, &packet);

	if (!request || !wants_fields(d))
		return;
	put_text(d, TFTP_DESTINATION_FILE,
		 text_of(d, (const uint8_t *)request->name, request->name_length));
	node_id node = put_uint(d, TFTP_REQUEST_FRAME, packet);
	label_set(d, node, "%s Request in frame %u", request->writes ? "Write" : "Read", packet);
}

/* --- options --- */

static uint32_t number_in(const uint8_t *bytes, uint32_t n)
{
	uint64_t number = 0;

	for (uint32_t i = 0; i < n && bytes[i] >= '0' && bytes[i] <= '9' && number < UINT32_MAX;
	     i++)
		number = number * 10 + (uint64_t)(bytes[i] - '0');
	return number > UINT32_MAX ? UINT32_MAX : (uint32_t)number;
}

static bool is_option(const uint8_t *name, uint32_t n, const char *wanted)
{
	return n == strlen(wanted) && !strncasecmp((const char *)name, wanted, n);
}

static void check_option(struct dissection *d, const uint8_t *name, uint32_t length, uint32_t value)
{
	/* RFC 2348 and RFC 7440. */
	if (is_option(name, length, "blksize") && (value < 8 || value > 65464))
		note_finding(d, TFTP_BLOCKSIZE_RANGE, NULL);
	if (is_option(name, length, "windowsize") && value < 1)
		note_finding(d, TFTP_WINDOWSIZE_RANGE, NULL);
	/* Windows asks with one number, and is answered with the other. */
	if (is_option(name, length, "msftwindow") && value != 31416 && value != 27182)
		note_finding(d, TFTP_MSFTWINDOW, NULL);
}

static void learn_block_size(struct dissection *d, uint32_t value)
{
	const struct announcement *by =
		d->pen && d->conversation ? announcement_of(d->learned, d->conversation) : NULL;
	struct tftp_request *request =
		by ? fact_pen(d, by->packet, FACT_OWN, (uint16_t)by->layer) : NULL;

	if (request)
		fact_set_link(&request->block_size, value);
}

/* True: it is about the size of the file. */
static bool take_option(struct dissection *d, struct cursor *c, bool agreed)
{
	const char *name_text, *value_text;
	struct cursor name = *c, value;

	node_id tree = open_tree(d, c, TFTP_OPTION);
	take_string(d, c, TFTP_OPTION_NAME, &name_text);
	value = *c;
	take_string(d, c, TFTP_OPTION_VALUE, &value_text);
	uint32_t name_length = value.pos - name.pos, value_length = c->pos - value.pos;
	name_length -= name_length && name.data[value.pos - 1] == 0;
	uint32_t number = number_in(value.data + value.pos, value_length);
	const uint8_t *name_bytes = name.data + name.pos;
	check_option(d, name_bytes, name_length, number);
	if (agreed && is_option(name_bytes, name_length, "blksize"))
		learn_block_size(d, number);
	close_tree(d, tree, c);
	info(d, ", %s=%s", name_text, value_text);
	label_set(d, tree, "Option: %s = %s", name_text, value_text);
	return is_option(name_bytes, name_length, "tsize");
}

/* True: one of them is about the size of the file. */
static bool take_options(struct dissection *d, struct cursor *c, bool agreed)
{
	unsigned count = 0;
	bool size = false;

	for (; cursor_left(c) && count < OPTIONS_LIMIT; count++)
		size |= take_option(d, c, agreed);
	if (cursor_left(c))
		note_finding(d, TFTP_TOO_MANY, NULL);
	return size;
}

/* --- packets --- */

static void take_request(struct dissection *d, struct cursor *c, bool writes)
{
	struct cursor name = *c;
	const char *text;

	take_string(d, c, writes ? TFTP_DESTINATION_FILE : TFTP_SOURCE_FILE, &text);
	uint32_t length = c->pos - name.pos;
	length -= length && name.data[c->pos - 1] == 0;
	if (length > NAME_LIMIT)
		length = NAME_LIMIT;
	struct tftp_request *request = learn(d, FACT_OWN, (uint32_t)sizeof *request + length);
	if (request) {
		request->writes = writes;
		request->block_size = DEFAULT_BLOCK;
		request->name_length = length;
		memcpy(request->name, name.data + name.pos, length);
		announce_conversation(d, IP_PROTO_UDP, &d->from, &tftp_dissector);
	}
	info(d, ", File: %s", text);
	take_string(d, c, TFTP_TYPE, &text);
	info(d, ", Transfer type: %s", text);
	bool asks_size = take_options(d, c, false);
	if (request)
		request->asks_size = asks_size && !writes;
}

/* In the first pass the numbers go up by little; when they fall by more than half they have
 * wrapped. */
static uint32_t full_block(struct dissection *d, uint16_t block)
{
	struct tftp_connection *connection =
		conversation_state(d, &tftp_dissector, sizeof *connection);
	const struct tftp_wraps *old;

	if (!connection) {
		old = recall(d, FACT_OWN, NULL);
		return (old ? old->count << 16 : 0) + block;
	}
	if (block < connection->block && connection->block - block > 0x8000)
		connection->wraps++;
	uint32_t wraps = connection->wraps;
	/* A late packet from before. */
	if (block > connection->block && block - connection->block > 0x8000 && wraps)
		wraps--;
	else
		connection->block = block;
	if (wraps) {
		struct tftp_wraps *fact = learn(d, FACT_OWN, sizeof *fact);
		if (fact)
			fact->count = wraps;
	}
	return wraps << 16 | block;
}

static uint32_t take_block(struct dissection *d, struct cursor *c, bool another_follows)
{
	uint16_t block = take_u16(d, c, TFTP_BLOCK);

	if (!cursor_ok(c))
		return 0;
	if (block == UINT16_MAX && another_follows)
		note_finding_on(d, last_node(d), TFTP_BLOCK_WRAP, NULL);
	uint32_t full = full_block(d, block);
	info(d, ", Block: %u", full);
	put_uint(d, TFTP_BLOCK_FULL, full);
	return full;
}

/* Blocks count from 1, and each but the last is full. */
static void offer_block(struct dissection *d, const struct cursor *c, uint32_t block,
			uint32_t block_size)
{
	struct object_part part = { .kind = "tftp", .length = cursor_left(c) };
	uint32_t packet;

	if (!d->tells_objects || !block || !cursor_peek(c, 0, part.length, &part.bytes))
		return;
	const struct announcement *by =
		d->conversation ? announcement_of(d->learned, d->conversation) : NULL;
	const struct tftp_request *request = request_of(d, &packet);
	if (!request || !by)
		return;
	part.key = (uint64_t)by->packet << 16 | (by->layer & 0xffff);
	part.offset = (uint64_t)(block - 1) * block_size;
	part.name = text_of(d, (const uint8_t *)request->name, request->name_length);
	part.last = cursor_sent(c) < block_size;
	offer_object(d, &part);
}

static void take_data(struct dissection *d, struct cursor *c)
{
	uint32_t packet;
	const struct tftp_request *request = request_of(d, &packet);
	uint32_t block_size = request ? fact_link(&request->block_size) : DEFAULT_BLOCK;

	bool is_full = cursor_sent(c) >= BLOCK_BYTES && cursor_sent(c) - BLOCK_BYTES >= block_size;
	uint32_t block = take_block(d, c, is_full);
	if (cursor_sent(c) < block_size)
		info(d, " (last)");
	end_header(d, c);
	offer_block(d, c, block, block_size);
	if (cursor_sent(c))
		hand_on_as_data(d, *c);
}

/* Who boots over a network asks for a file's size, and ends the transfer once it is told. */
static bool is_size_probe(struct dissection *d, uint16_t code)
{
	const struct tftp_connection *connection =
		conversation_state(d, &tftp_dissector, sizeof *connection);
	uint32_t packet;

	if (!connection)
		return recall(d, FACT_OWN, NULL) != NULL;
	const struct tftp_request *request = request_of(d, &packet);
	return request && request->asks_size && (code == 0 || code == 8) && connection->block < 2 &&
	       !connection->wraps && learn(d, FACT_OWN, 1);
}

static void take_error(struct dissection *d, struct cursor *c)
{
	const char *message;
	uint16_t code = take_u16(d, c, TFTP_ERROR_CODE);
	const char *name = value_name(error_names, code);

	take_string(d, c, TFTP_ERROR_MESSAGE, &message);
	if (name)
		info(d, ", Code: %s, Message: %s", name, message);
	else
		info(d, ", Code: Unknown (%u), Message: %s", code, message);
	note_finding(d, is_size_probe(d, code) ? TFTP_SIZE_PROBE : TFTP_ERROR, NULL);
}

static void tftp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint16_t opcode = take_u16(d, c, TFTP_OPCODE);
	if (!cursor_ok(c))
		return;
	const char *name = value_name(opcode_names, opcode);
	if (name)
		info(d, "%s", name);
	else
		info(d, "Unknown (0x%04x)", opcode);
	if (opcode > WRITE)
		show_request(d);
	switch (opcode) {
	case READ:
	case WRITE:
		take_request(d, c, opcode == WRITE);
		break;
	case DATA:
		take_data(d, c);
		break;
	case ACK:
		take_block(d, c, false);
		break;
	case ERROR:
		take_error(d, c);
		break;
	case OACK:
		take_options(d, c, true);
		break;
	default:
		hand_on_as_data(d, *c);
	}
}

/* Steps over text that a 0 byte ends. */
static bool skip_string(const uint8_t **at, uint32_t *n, uint32_t most)
{
	const uint8_t *end = memchr(*at, 0, *n < most ? *n : most);

	for (const uint8_t *letter = *at; end && letter < end; letter++)
		if (*letter < ' ' || *letter == 0x7f)
			return false;
	if (!end || end == *at)
		return false;
	*n -= (uint32_t)(end + 1 - *at);
	*at = end + 1;
	return true;
}

/* A request: a name, one of three modes, and pairs of options up to the last byte. */
static bool tftp_looks_like(const struct dissection *d, const struct cursor *c)
{
	static const char *const modes[] = { "octet", "netascii", "mail" };
	uint32_t n = cursor_left(c), strings = 0;
	const uint8_t *at;

	if (n < BLOCK_BYTES || !cursor_peek(c, 0, n, &at) || at[0] || !at[1] || at[1] > OACK)
		return false;
	if (conversation_recognized(d) == &tftp_dissector)
		return true;
	if (at[1] > WRITE || n != cursor_sent(c))
		return false;
	at += 2;
	n -= 2;
	if (!skip_string(&at, &n, NAME_LIMIT))
		return false;
	const char *mode = (const char *)at;
	if (!skip_string(&at, &n, NAME_LIMIT))
		return false;
	while (n && strings < 2 * OPTIONS_LIMIT && skip_string(&at, &n, NAME_LIMIT))
		strings++;
	for (unsigned i = 0; i < COUNT(modes); i++)
		if (!strcasecmp(mode, modes[i]))
			return !n && strings % 2 == 0;
	return false;
}

static const struct claim tftp_claims[] = { { BY_UDP_PORT, PORT } };

const struct dissector tftp_dissector = {
	.name = "tftp",
	.short_name = "TFTP",
	.title = "Trivial File Transfer Protocol",
	.fields = tftp_fields,
	.field_count = COUNT(tftp_fields),
	.claims = tftp_claims,
	.claim_count = COUNT(tftp_claims),
	.dissect = tftp_dissect,
	.looks_like = tftp_looks_like,
	.at_beginning = true,
};
