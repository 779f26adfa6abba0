/* imap_tags.c - which answer of IMAP goes with which command: the first pass matches their tags. */
#include "base/hash.h"
#include "imap.h"
#include "state/conversation.h"
#include "state/facts.h"

enum { ANSWERS_LIMIT = 1024 };

static uint32_t tag_hash(const struct text_part *tag)
{
	return (uint32_t)hash_bytes(tag->bytes, tag->length);
}

void imap_ask(struct dissection *d, struct imap_message *message, const struct text_part *tag,
	      const struct text_part *command)
{
	struct imap_connection *connection = message->connection;

	if (!connection)
		return;
	connection->pending[connection->pending_count++ % IMAP_PENDING] = (struct imap_pending){
		.tag_hash = tag_hash(tag),
		.packet = d->packet.number,
		.answered_in = message->writes && message->tagged < message->writes->count
				       ? &message->writes->frames[message->tagged]
				       : NULL,
		.starts_tls = part_is(command, "STARTTLS"),
		.authenticates = part_is(command, "AUTHENTICATE"),
	};
	if (part_is(command, "AUTHENTICATE"))
		connection->now.mode = message->now.mode = MODE_SASL;
}

void imap_answer(struct dissection *d, struct imap_message *message, const struct text_part *tag,
		 bool ok)
{
	struct imap_connection *connection = message->connection;
	uint32_t hash = tag_hash(tag);

	if (!connection)
		return;
	for (uint32_t i = 0; i < IMAP_PENDING && i < connection->pending_count; i++) {
		struct imap_pending *pending =
			&connection->pending[(connection->pending_count - 1 - i) % IMAP_PENDING];
		if (!pending->packet || pending->tag_hash != hash)
			continue;
		if (message->writes && message->tagged < message->writes->count)
			message->writes->frames[message->tagged] = pending->packet;
		if (pending->answered_in)
			fact_set_link(pending->answered_in, d->packet.number);
		if (pending->authenticates && connection->now.mode == MODE_SASL)
			connection->now.mode = MODE_LINES;
		if (pending->starts_tls && ok)
			connection->now.mode = MODE_TLS_ASKED;
		pending->packet = 0;
		return;
	}
}

uint32_t imap_answer_frame(const struct dissection *d, struct imap_message *message)
{
	uint32_t n = message->tagged++;

	if (!message->answers || n >= message->answers->count)
		return 0;
	return link_seen(d, &message->answers->frames[n]);
}

/* How many lines of the message have tags. */
static uint32_t count_tagged(struct cursor c, const struct imap_standing *now, bool client)
{
	bool goes_on = client && now->goes_on;
	struct text_line line;
	uint32_t count = 0;

	while (count < ANSWERS_LIMIT && take_line(&c, &line)) {
		struct imap_literal literal = imap_literal_of(&line);
		bool plain =
			!goes_on && line.length && line.bytes[0] != '*' && line.bytes[0] != '+';
		count += plain;
		goes_on = literal.found;
		if (literal.found && !client)
			cursor_skip(&c, literal.length);
	}
	return count;
}

void imap_begin_answers(struct dissection *d, const struct cursor *c, struct imap_message *message)
{
	if (message->connection && message->now.mode <= MODE_TLS_ASKED &&
	    message->now.mode != MODE_LITERAL) {
		uint32_t count = count_tagged(*c, &message->now, from_client(d));
		if (count) {
			message->writes = learn(d, FACT_OTHER,
						(uint32_t)sizeof *message->writes +
							count * (uint32_t)sizeof(uint32_t));
			if (message->writes)
				message->writes->count = count;
		}
	}
	message->answers = message->writes ? message->writes : recall(d, FACT_OTHER, NULL);
}
