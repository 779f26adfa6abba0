/* whois.c - WHOIS, RFC 3912: one line asks, and the answer lasts until the connection ends. */
#include <string.h>

#include "dissect/text_line.h"
#include "state/conversation.h"
#include "state/facts.h"

enum {
	WHOIS,
	WHOIS_QUERY,
	WHOIS_ANSWER,
	WHOIS_ANSWER_IN,
	WHOIS_ANSWER_TO,
	WHOIS_TIME,
	WHOIS_NO_END,
	WHOIS_ENCODING,
};

#define SAYS(words) .help = words, .reference = "RFC 3912, 2"

static const struct field whois_fields[] = {
	[WHOIS] = { "whois", "WHOIS", FIELD_PROTOCOL,
		    SAYS("Asks a registry whose a name or an address is") },
	[WHOIS_QUERY] = { "whois.query", "Query", FIELD_TEXT, SAYS("What is asked about") },
	[WHOIS_ANSWER] = { "whois.answer", "Answer", FIELD_TEXT, SAYS("A line of the answer") },
	[WHOIS_ANSWER_IN] = { "whois.answer_in", "Answer In", FIELD_FRAME, .flags = FIELD_FORWARD,
			      SAYS("The packet that ends the answer") },
	[WHOIS_ANSWER_TO] = { "whois.answer_to", "Query In", FIELD_FRAME,
			      SAYS("The packet that asked") },
	[WHOIS_TIME] = { "whois.response_time", "Response Time", FIELD_DURATION,
			 SAYS("From the query to the end of the answer") },
	[WHOIS_NO_END] = FINDING("whois.nocrlf", "Missing <CR><LF>", EXPERT_WARN, GROUP_MALFORMED),
	[WHOIS_ENCODING] =
		FINDING("whois.encoding",
			"WHOIS has no mechanism to indicate encoding (RFC 3912), assuming UTF-8",
			EXPERT_CHAT, GROUP_ASSUMPTION),
};

enum { WORDS_LIMIT = 128 };

/* What is learnt for a query, and for its answer; the state of a connection is the former. */
struct whois_fact {
	uint32_t packet; /* the query's or, in a query's, a link to the answer's */
	char words[WORDS_LIMIT];
};

struct whois_connection {
	uint32_t packet;
	struct whois_fact *fact;
	char words[WORDS_LIMIT];
};

extern const struct dissector whois_dissector;

static struct whois_connection *whois_connection(const struct dissection *d)
{
	return conversation_state(d, &whois_dissector, sizeof(struct whois_connection));
}

static void whois_message_size(struct dissection *d, const struct cursor *c,
			       struct message_scan *scan)
{
	if (from_client(d)) {
		scan_lines(c, scan);
		return;
	}
	scan->until_end = true;
}

static void learn_query(struct dissection *d, const struct text_part *words)
{
	struct whois_connection *connection = whois_connection(d);
	struct whois_fact *fact = connection ? learn(d, FACT_OWN, sizeof *fact) : NULL;

	if (!fact)
		return;
	memset(connection, 0, sizeof *connection);
	connection->packet = d->packet.number;
	connection->fact = fact;
	memcpy(connection->words, words->bytes,
	       words->length < WORDS_LIMIT ? words->length : WORDS_LIMIT - 1);
}

static void learn_answer(struct dissection *d)
{
	struct whois_connection *connection = whois_connection(d);
	struct whois_fact *fact;

	if (!connection || !connection->fact)
		return;
	fact = learn(d, FACT_OWN, sizeof *fact);
	if (!fact)
		return;
	fact->packet = connection->packet;
	memcpy(fact->words, connection->words, WORDS_LIMIT);
	fact_set_link(&connection->fact->packet, d->packet.number);
}

static void show_query(struct dissection *d, struct cursor *c)
{
	struct text_line line;

	label(d, layer_node(d), ": Query");
	while (take_line(c, &line)) {
		struct text_part words = line_part(&line);
		learn_query(d, &words);
		info(d, "Query: %s", part_text(d, &words));
		if (wants_fields(d))
			add_text(d, c, WHOIS_QUERY, line.start, line.whole, line_text(d, &line));
		if (line.whole == line.length)
			note_finding(d, WHOIS_NO_END, NULL);
	}
	const struct whois_fact *fact = recall(d, FACT_OWN, NULL);
	uint32_t answer = fact ? link_seen(d, &fact->packet) : 0;
	if (answer)
		put_uint(d, WHOIS_ANSWER_IN, answer);
}

static void show_answer(struct dissection *d, struct cursor *c)
{
	struct text_line line;

	learn_answer(d);
	const struct whois_fact *fact = recall(d, FACT_OWN, NULL);
	label(d, layer_node(d), ": Answer");
	info(d, "Answer: %s",
	     fact ? text_of(d, (const uint8_t *)fact->words, WORDS_LIMIT) : "Query unknown");
	if (fact) {
		put_uint(d, WHOIS_ANSWER_TO, fact->packet);
		put_duration(d, WHOIS_TIME, time_since(d, fact->packet));
	}
	while (wants_fields(d) && take_line(c, &line))
		add_text(d, c, WHOIS_ANSWER, line.start, line.whole, line_text(d, &line));
	note_finding(d, WHOIS_ENCODING, NULL);
}

static void whois_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	if (from_client(d))
		show_query(d, c);
	else
		show_answer(d, c);
}

static const struct claim whois_claims[] = { { BY_TCP_PORT, 43 } };

const struct dissector whois_dissector = {
	.name = "whois",
	.short_name = "WHOIS",
	.title = "WHOIS",
	.fields = whois_fields,
	.field_count = COUNT(whois_fields),
	.claims = whois_claims,
	.claim_count = COUNT(whois_claims),
	.dissect = whois_dissect,
	.message_size = whois_message_size,
};
