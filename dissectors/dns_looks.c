/* dns_looks.c - is it a message of DNS, or of NetBIOS's name service, which has the same form
 * (RFC 1035, 4.1; RFC 1002, 4.2.1)?
 *
 * Ports do not say so: then every byte must have its place, from the header's counts to the last
 * record's end, which other payload has by no chance.  In a conversation that is known for it a
 * header is enough. */
#include "dns.h"
#include "state/conversation.h"

enum {
	HEADER_LENGTH = 12,
	QUESTION_TAIL = 4, /* type and class */
	RECORD_TAIL = 10,  /* with TTL and length */
	NAME_LIMIT = 255,
	LABEL_LIMIT = 63,
	ENCODED_LENGTH =
		32, /* RFC 1002, 4.1: a NetBIOS name, each half byte as a letter of A to P */
	IP_PROTO_TCP = 6,
	RESPONSE = 0x8000,
	AUTHORITATIVE = 0x400,
	RECURSION_AVAILABLE = 0x80,
	RESERVED = 0x40,
	LAST_RCODE = 11, /* of a header, RFC 8914 */
	TYPE_NB = 32,
	TYPE_NBSTAT = 33,
	LAST_USUAL_TYPE = 260,
	LAST_UNUSUAL_TYPE = 32769, /* DLV */
};

/* A message at work: all of it is at hand. */
struct message_form {
	const uint8_t *at;
	uint32_t length, pos;
	bool is_netbios;
};

static bool is_label(const struct message_form *form, const uint8_t *label, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (form->is_netbios ? label[i] < 'A' || label[i] > 'P'
				     : label[i] < '!' || label[i] > '~')
			return false;
	return true;
}

/* Steps over a name of readable labels; a pointer leads back to an earlier one. */
static bool skip_name(struct message_form *form)
{
	uint32_t start = form->pos;

	while (form->pos < form->length && form->pos - start < NAME_LIMIT) {
		uint32_t size = form->at[form->pos++];
		if (!size)
			return !form->is_netbios || form->pos - start > ENCODED_LENGTH;
		if (size >= 0xc0) {
			if (form->pos == form->length)
				return false;
			uint32_t to = (size & 0x3f) << 8 | form->at[form->pos++];
			return to >= HEADER_LENGTH && to < start;
		}
		if (size > LABEL_LIMIT || size > form->length - form->pos)
			return false;
		/* What follows the encoded name is its scope, in plain letters. */
		bool encoded = form->is_netbios && form->pos == start + 1;
		if (encoded ? size != ENCODED_LENGTH || !is_label(form, form->at + form->pos, size)
			    : !form->is_netbios && !is_label(form, form->at + form->pos, size))
			return false;
		form->pos += size;
	}
	return false;
}

static bool is_type(const struct message_form *form, uint16_t type)
{
	if (form->is_netbios)
		return type == TYPE_NB || type == TYPE_NBSTAT || type == 1 || type == 2 ||
		       type == 10;
	return type && (type <= LAST_USUAL_TYPE || type == LAST_UNUSUAL_TYPE - 1 ||
			type == LAST_UNUSUAL_TYPE);
}

static bool is_class(uint16_t class)
{
	return class == 1 || class == 3 || class == 4 || class == 254 || class == 255;
}

static bool skip_questions(struct message_form *form, uint32_t count)
{
	for (; count; count--) {
		if (!skip_name(form) || form->length - form->pos < QUESTION_TAIL)
			return false;
		const uint8_t *tail = form->at + form->pos;
		if (!is_type(form, load_be16(tail)) || !is_class(load_be16(tail + 2)))
			return false;
		form->pos += QUESTION_TAIL;
	}
	return true;
}

static bool skip_records(struct message_form *form, uint32_t count)
{
	for (; count; count--) {
		if (!skip_name(form) || form->length - form->pos < RECORD_TAIL)
			return false;
		const uint8_t *tail = form->at + form->pos;
		uint32_t type = load_be16(tail), size = load_be16(tail + 8);
		form->pos += RECORD_TAIL;
		/* What is offered in place of a class is the size of datagrams (RFC 6891). */
		bool fits = type == DNS_TYPE_OPT ? load_be16(tail + 2) != 0
						 : type && is_class(load_be16(tail + 2));
		if (!fits || size > form->length - form->pos)
			return false;
		form->pos += size;
	}
	return true;
}

static bool is_opcode(const struct message_form *form, unsigned opcode)
{
	static const uint16_t known[2] = { 1 << 0 | 1 << 4 | 1 << 5, 1 << 0 | 1 << 5 | 1 << 6 |
									     1 << 7 | 1 << 8 |
									     1 << 9 | 1 << 15 };

	return known[form->is_netbios] >> opcode & 1;
}

/* Flags and counts, as questions and answers have them. */
static bool is_header(const struct message_form *form)
{
	const uint8_t *at = form->at;
	uint16_t flags = load_be16(at + 2);
	uint32_t questions = load_be16(at + 4), answers = load_be16(at + 6);
	uint32_t authorities = load_be16(at + 8), additionals = load_be16(at + 10);

	if (!is_opcode(form, dns_opcode(flags)) || flags & RESERVED)
		return false;
	if (flags & RESPONSE)
		return (flags & 15) <= LAST_RCODE && questions <= 1 &&
		       (questions || (form->is_netbios && answers));
	if (flags & (RECURSION_AVAILABLE | 15) || questions != 1)
		return false;
	if (dns_opcode(flags))
		return true;
	return !(flags & AUTHORITATIVE) && !answers && !authorities && additionals <= 2;
}

static bool is_message(const uint8_t *at, uint32_t n, bool is_netbios)
{
	struct message_form form = { at, n, HEADER_LENGTH, is_netbios };

	if (n < HEADER_LENGTH || !is_header(&form) || !skip_questions(&form, load_be16(at + 4)))
		return false;
	uint32_t records = (uint32_t)load_be16(at + 6) + load_be16(at + 8) + load_be16(at + 10);
	return skip_records(&form, records) && form.pos == n;
}

/* A header, of more or less of a message. */
static bool may_go_on(const struct cursor *c, bool is_netbios)
{
	struct message_form form = { .is_netbios = is_netbios };

	return cursor_peek(c, 0, HEADER_LENGTH, &form.at) && load_be16(form.at + 4) <= 1 &&
	       is_opcode(&form, dns_opcode(load_be16(form.at + 2)));
}

static bool is_datagram(const struct cursor *c, bool is_netbios)
{
	uint32_t n = cursor_left(c);
	const uint8_t *at;

	return n == cursor_sent(c) && n > HEADER_LENGTH && cursor_peek(c, 0, n, &at) &&
	       is_message(at, n, is_netbios);
}

/* A length comes before the message, of which the segment has all. */
static bool begins_stream(const struct cursor *c)
{
	uint32_t n = cursor_left(c);
	const uint8_t *at;

	return n > 2 + HEADER_LENGTH && cursor_peek(c, 0, n, &at) && load_be16(at) <= n - 2 &&
	       is_message(at + 2, load_be16(at), false);
}

bool dns_looks_like(const struct dissection *d, const struct cursor *c)
{
	if (d->inside || (d->conversation && d->conversation->protocol == IP_PROTO_TCP))
		return begins_stream(c);
	if (conversation_recognized(d) == &dns_dissector)
		return may_go_on(c, false);
	return is_datagram(c, false);
}

bool nbns_looks_like(const struct dissection *d, const struct cursor *c)
{
	if (conversation_recognized(d) == &nbns_dissector)
		return may_go_on(c, true);
	return is_datagram(c, true);
}
