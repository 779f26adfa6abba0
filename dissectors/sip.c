/* sip.c - Session Initiation Protocol, RFC 3261: calls are set up by text much like HTTP's.
 *
 * Requests and responses of a conversation are tied by Call-ID and CSeq in the first pass. */
#include <string.h>

#include "base/hash.h"
#include "media_type.h"
#include "sip.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "state/requests.h"

enum { LOOK_BACK = 16, NS_PER_MS = 1000000, OK_CLASS = 2, UDP_PROTOCOL = 17 };

extern const struct dissector sip_dissector;

/* --- learning --- */

struct sip_fact {
	uint32_t request;  /* of a response, and of an ACK the INVITE; 0: not known */
	uint32_t original; /* the packet that had the same before; 0: none */
};

/* Of a request that is the first of its transaction. */
struct sip_request {
	struct sip_fact fact;
	struct request request;	   /* by Call-ID, sequence number and method */
	uint32_t response, status; /* the last one to it; 0: none yet */
};

/* For the first pass. */
struct sip_talk {
	struct request *newest;
};

/* `method`: instead of that of CSeq; NULL: that. */
static uint32_t transaction_key(const struct sip_message *m, const char *method)
{
	uint64_t call = hash_bytes(m->call_id.bytes, m->call_id.length);
	uint64_t asked = method ? hash_bytes(method, strlen(method))
				: hash_bytes(m->cseq_method.bytes, m->cseq_method.length);

	return (uint32_t)(hash_number(call + m->sequence) ^ asked);
}

static struct sip_request *find_request(const struct sip_talk *talk, uint32_t key)
{
	struct request *request = request_find(talk->newest, key, LOOK_BACK);

	return request ? FACT_OF_REQUEST(request, struct sip_request, request) : NULL;
}

static void learn_request(struct dissection *d, const struct sip_message *m, struct sip_talk *talk)
{
	uint32_t key = transaction_key(m, NULL);
	const struct sip_request *known = find_request(talk, key);
	const struct sip_request *invite =
		part_is(&m->method, "ACK") ? find_request(talk, transaction_key(m, "INVITE"))
					   : NULL;
	struct sip_fact *fact;

	if (known) {
		if ((fact = learn(d, FACT_OWN, sizeof *fact)))
			fact->original = known->request.packet;
		return;
	}
	struct sip_request *first = learn(d, FACT_OWN, sizeof *first);
	if (!first)
		return;
	first->fact.request = invite ? invite->request.packet : 0;
	request_add(&talk->newest, &first->request, key, d->packet.number);
}

static void learn_response(struct dissection *d, const struct sip_message *m,
			   const struct sip_talk *talk)
{
	struct sip_request *known = find_request(talk, transaction_key(m, NULL));
	struct sip_fact *fact = known ? learn(d, FACT_OWN, sizeof *fact) : NULL;

	if (!fact)
		return;
	if (known->response && known->status == m->status) {
		fact->original = known->response;
		return;
	}
	known->response = d->packet.number;
	known->status = m->status;
	fact->request = known->request.packet;
}

static void learn_message(struct dissection *d, const struct sip_message *m)
{
	struct sip_talk *talk =
		d->conversation ? conversation_state(d, &sip_dissector, sizeof *talk) : NULL;

	if (!talk || !m->call_id.length)
		return;
	if (m->is_request)
		learn_request(d, m, talk);
	else
		learn_response(d, m, talk);
}

/* --- the first line --- */

static void show_links(struct dissection *d, const struct sip_message *m)
{
	const struct sip_fact *fact = recall(d, FACT_OWN, NULL);

	put_uint(d, SIP_RESEND, fact && fact->original);
	if (!fact)
		return;
	if (fact->original)
		put_uint(d, SIP_RESEND_ORIGINAL, fact->original);
	if (!fact->request)
		return;
	put_uint(d, SIP_RESPONSE_REQUEST, fact->request);
	int64_t ns = time_since(d, fact->request);
	uint64_t ms = ns > 0 ? (uint64_t)ns / NS_PER_MS : 0;
	put_uint(d, SIP_RESPONSE_TIME, ms);
	if (m->is_response && part_is(&m->cseq_method, "BYE"))
		put_uint(d, SIP_RELEASE_TIME, ms);
}

static void show_start(struct dissection *d, struct cursor *c, const struct sip_message *m)
{
	struct text_line line;
	struct sip_message start;

	if (!take_line(c, &line) || !wants_fields(d))
		return;
	/* Its own places: what was read before counts from the message's first byte. */
	sip_read_start(line_part(&line), &start);
	struct text_part words = line_part(&line);
	node_id tree = add_text(d, c, m->is_request ? SIP_REQUEST_LINE : SIP_STATUS_LINE,
				line.start, line.whole, part_text(d, &words));
	open_node(d, tree);
	if (m->is_request) {
		add_part(d, c, SIP_METHOD, &start.method);
		sip_show_address(d, c, start.uri, SIP_R_URI_DISPLAY_INFO);
	} else {
		add_uint(d, c, SIP_STATUS_CODE, start.code.start, start.code.length, start.status);
	}
	show_links(d, m);
	close_node(d, tree);
}

static bool is_known_method(const struct text_part *method)
{
	static const char *const methods[] = {
		"INVITE",   "ACK",    "BYE",	   "CANCEL", "DO",	"INFO",
		"MESSAGE",  "NOTIFY", "OPTIONS",   "PRACK",  "QAUTH",	"REFER",
		"REGISTER", "SPRACK", "SUBSCRIBE", "UPDATE", "PUBLISH",
	};

	for (unsigned i = 0; i < COUNT(methods); i++)
		if (method->length == strlen(methods[i]) &&
		    !memcmp(method->bytes, methods[i], method->length))
			return true;
	return false;
}

static void word_count(struct dissection *d, const char *before, uint32_t count, const char *after)
{
	info(d, "%s%u binding%s%s)", before, count, count == 1 ? "" : "s", after);
}

/* What a registration changes. */
static void word_bindings(struct dissection *d, const struct sip_message *m)
{
	bool answer = m->is_response;
	uint32_t removed = m->expires_now ? m->bindings : m->removed;

	if (m->all_contacts && !answer)
		info_words(d, "  (remove all bindings)");
	else if (!m->bindings && !answer)
		info_words(d, "  (fetch bindings)");
	else if (!removed || m->all_contacts)
		word_count(d, "  (", m->bindings, "");
	else
		word_count(d, answer ? "  (removed " : "  (remove ", removed, "");
	if (!removed || removed == m->bindings || m->all_contacts)
		return;
	if (answer)
		word_count(d, " (", m->bindings - removed, " kept");
	else
		word_count(d, " (add ", m->bindings - removed, "");
}

static void word_message(struct dissection *d, const struct sip_message *m)
{
	if (!(d->wants & WANT_COLUMNS))
		return;
	if (m->is_request)
		info(d, "%s: %s %s", is_known_method(&m->method) ? "Request" : "Unknown request",
		     part_text(d, &m->method), part_text(d, &m->uri));
	else
		info(d, "Status: %u %s", m->status, part_text(d, &m->phrase));
	bool done = m->is_response && m->status == 200;
	if (done && m->cseq_method.length)
		info(d, " (%s)", part_text(d, &m->cseq_method));
	if (part_is(m->is_request ? &m->method : &m->cseq_method, "REGISTER") &&
	    (m->is_request || done))
		word_bindings(d, m);
	info_words(d, " | ");
}

/* --- the whole --- */

static void show_lines(struct dissection *d, struct cursor body)
{
	struct text_line line;

	while (take_line(&body, &line)) {
		node_id node = add_text(d, &body, SIP_BODY_LINE, line.start, line.whole,
					line_text(d, &line));
		label_set(d, node, "%s", line_text(d, &line));
	}
}

static void show_body(struct dissection *d, struct cursor *c, const struct sip_message *m)
{
	uint64_t n = cursor_sent(c);

	if (m->has_length && m->content_length < n)
		n = m->content_length;
	if (!n || !cursor_ok(c))
		return;
	struct cursor body = cursor_split(c, (uint32_t)n);
	node_id tree = add_node(d, &body, SIP_MSG_BODY, body.pos, cursor_left(&body));
	open_node(d, tree);
	if (m->content_type.length)
		hand_on_media_within(d, m->content_type, body);
	else
		show_lines(d, body);
	close_node(d, tree);
}

static void show_head(struct dissection *d, struct cursor *c, const struct sip_message *m,
		      uint32_t size)
{
	uint32_t start = c->pos;

	show_start(d, c, m);
	if (!wants_fields(d)) {
		cursor_skip(c, size - (c->pos - start));
		return;
	}
	uint32_t n = size - (c->pos - start);
	const uint8_t *bytes;
	if (!cursor_peek(c, 0, n, &bytes))
		return;
	node_id tree = add_text(d, c, SIP_MSG_HDR, c->pos, n, text_of(d, bytes, n));
	label_set(d, tree, "Message Header");
	open_node(d, tree);
	struct cursor head = cursor_split(c, n);
	sip_show_headers(d, &head);
	close_node(d, tree);
}

static void show_other(struct dissection *d, struct cursor *c, const uint8_t *bytes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (bytes[i] != '\r' && bytes[i] != '\n')
			return hand_on_as_data(d, *c);
	info_begin(d);
	info_words(d, "Keep-alive");
	add_node(d, c, SIP_KEEP_ALIVE, c->pos, n);
	cursor_skip(c, n);
}

static void sip_dissect(struct dissection *d, struct cursor *c)
{
	uint32_t n = cursor_left(c);
	struct sip_message m;
	const uint8_t *bytes;

	if (!n || !cursor_peek(c, 0, n, &bytes))
		return cursor_skip(c, 1);
	sip_read_head(bytes, n, &m);
	if (!m.is_request && !m.is_response)
		return show_other(d, c, bytes, n);
	if (d->pen)
		learn_message(d, &m);
	info_begin(d);
	word_message(d, &m);
	if (m.is_request)
		label(d, layer_node(d), " (%s)", part_text(d, &m.method));
	else
		label(d, layer_node(d), " (%u)", m.status);
	show_head(d, c, &m, m.size ? m.size : n);
	if (!m.size && cursor_more(c))
		cursor_skip(c, cursor_sent(c));
	show_body(d, c, &m);
	info_fence(d);
}

static bool sip_looks_like(const struct dissection *d, const struct cursor *c)
{
	struct cursor at = *c;
	struct text_line line;
	struct sip_message m;
	const uint8_t *first;

	(void)d;
	return cursor_peek(c, 0, 1, &first) && *first >= 'A' && *first <= 'z' &&
	       take_line(&at, &line) && line.whole > line.length &&
	       sip_read_start(line_part(&line), &m);
}

static const struct claim sip_claims[] = { { BY_TCP_PORT, 5060 } };

const struct dissector sip_dissector = {
	.name = "sip",
	.short_name = "SIP",
	.title = "Session Initiation Protocol",
	.fields = sip_fields,
	.field_count = SIP_FIELDS,
	.claims = sip_claims,
	.claim_count = COUNT(sip_claims),
	.dissect = sip_dissect,
	.looks_like = sip_looks_like,
	.in_datagrams = true,
	.message_size = sip_message_size,
};
