/* dns_trial.c - the messages of one DNS lookup are read again, and what each rule looks for is
 * noted.
 *
 * Nothing is said here: see dns_verdict.c. */
#include "dns_trial.h"

#include <stdio.h>
#include <string.h>

#include "dns_pairing.h"

/* Bits are explained for so many messages of a lookup. */
enum { DETAILED_MESSAGES = 16 };

static void note(struct evidence *evidence, uint32_t packet)
{
	evidence->count++;
	if (packet == evidence->last)
		return;
	evidence->last = packet;
	if (evidence->places < FINDING_PACKETS)
		evidence->packets[evidence->places] = packet;
	evidence->places++;
}

static void note_rule(struct dns_trial *t, enum dns_rule rule, const struct dns_message *m)
{
	note(&t->of[rule], m->packet);
}

static void explain(struct dns_trial *t, const struct dns_message *m)
{
	struct dns_flag_line lines[DNS_FLAG_LINES];
	struct verdict *v = t->verdict;
	char value[24];

	if (!v->wants_details || !m->has_header || t->messages > DETAILED_MESSAGES)
		return;
	unsigned count = dns_flags_explain(m->flags, m->kind, lines);
	for (unsigned i = 0; i < count; i++) {
		const char *word = lines[i].mask == DNS_RCODE && m->flags & DNS_QR
					   ? dns_rcode_word(lines[i].value)
					   : "";
		snprintf(value, sizeof value, "%u%s%s", lines[i].value, word && *word ? " " : "",
			 word ? word : "");
		verdict_detail(v, m->packet, lines[i].name, value, lines[i].meaning);
		if (lines[i].unusual)
			verdict_detail_is_unusual(v);
	}
	int64_t dnssec = dns_message_number(t->reader, m, t->reader->fields.do_bit);
	if (dnssec >= 0)
		verdict_detail(v, m->packet, "DO", dnssec ? "1" : "0", dns_do_meaning(dnssec));
}

/* Which of the bits that multicast DNS does not use are set (RFC 6762, 18). */
static bool breaks_multicast(const struct dns_message *m)
{
	uint16_t zero = DNS_OPCODE | DNS_RD | DNS_RA | DNS_Z | DNS_AD | DNS_CD | DNS_RCODE;

	if (m->flags & DNS_QR)
		return m->flags & (zero | DNS_TC) || !(m->flags & DNS_AA);
	return m->flags & (zero | DNS_AA);
}

static void check_form(struct dns_trial *t, const struct dns_message *m)
{
	if (m->malformed || (!m->has_header && !m->cut) || dns_message_has_bad_name(t->reader, m))
		note_rule(t, MALFORMED, m);
	else if (m->cut)
		note_rule(t, CUT, m);
	if (dns_message_number(t->reader, m, t->reader->fields.extraneous) > 0)
		note_rule(t, EXTRA_DATA, m);
	if (m->kind == DNS_KIND_PLAIN && m->flags & DNS_Z)
		note_rule(t, Z_SET, m);
	if (m->kind == DNS_KIND_LINK_LOCAL && m->flags & DNS_LINK_LOCAL_Z)
		note_rule(t, Z_SET, m);
	/* To one host only it is no multicast, and other rules hold (RFC 6762, 6.7). */
	if (m->kind == DNS_KIND_MULTICAST && m->from.port == 5353 && m->to.port == 5353 &&
	    breaks_multicast(m))
		note_rule(t, MULTICAST_BITS, m);
}

/* Against the query, which is known. */
static void compare(struct dns_trial *t, const struct dns_message *m, bool has_opt)
{
	uint16_t differs = m->flags ^ t->query.flags;

	if (differs & DNS_OPCODE)
		note_rule(t, OPCODE_DIFFERS, m);
	if (m->kind != DNS_KIND_PLAIN)
		return;
	if (differs & DNS_RD && !(t->query.flags & DNS_OPCODE))
		note_rule(t, RD_DIFFERS, m);
	if (has_opt && !t->query_has_opt && !t->query.malformed && !t->query.cut)
		note_rule(t, OPT_UNASKED, m);
}

static void read_query(struct dns_trial *t, const struct dns_message *m)
{
	note(&t->queries, m->packet);
	t->last_query_ns = m->time_ns;
	if (t->queries.count == 1) {
		t->query = *m;
		t->query.name = arena_text(&t->verdict->arena, m->name, strlen(m->name));
		t->query_has_opt =
			dns_message_number(t->reader, m, t->reader->fields.ext_rcode) >= 0;
		if (t->responses.count) {
			note_rule(t, OUT_OF_ORDER, &t->response);
			compare(t, &t->response, false);
		}
	}
	if (m->kind == DNS_KIND_MULTICAST)
		return;
	if (m->flags & DNS_RCODE)
		note_rule(t, RCODE_IN_QUERY, m);
	/* What asks for something else than records sets AA by right (RFC 1996). */
	if (m->kind == DNS_KIND_LINK_LOCAL || m->flags & DNS_OPCODE)
		return;
	if (m->flags & DNS_AA)
		note_rule(t, AA_IN_QUERY, m);
	if (m->flags & DNS_RA)
		note_rule(t, RA_IN_QUERY, m);
}

static void compare_responses(struct dns_trial *t, const struct dns_message *m, unsigned rcode)
{
	uint32_t records;
	uint64_t answers = dns_answers_number(t->reader, m, &records);

	if (t->responses.count == 1) {
		t->answers = answers;
		t->records = records;
		return;
	}
	if (dns_is_transfer(&t->response)) {
		t->records += records;
		return;
	}
	if ((m->flags | t->response.flags) & DNS_TC || m->cut || m->malformed)
		return;
	if (answers == t->answers && rcode == t->rcode)
		note_rule(t, RESPONSE_AGAIN, m);
	else if (m->kind != DNS_KIND_MULTICAST)
		note_rule(t, TWO_ANSWERS, m);
}

static void check_response_bits(struct dns_trial *t, const struct dns_message *m)
{
	if (m->kind == DNS_KIND_LINK_LOCAL && m->flags & DNS_AA)
		note_rule(t, NAME_CONFLICT, m);
	if (m->kind == DNS_KIND_LINK_LOCAL && m->flags & DNS_RD)
		note_rule(t, NAME_TENTATIVE, m);
	if (m->kind == DNS_KIND_MULTICAST && m->from.port != 5353)
		note_rule(t, MULTICAST_PORT, m);
	if (m->kind == DNS_KIND_PLAIN && (m->flags & (DNS_RA | DNS_RD)) == DNS_RA)
		note_rule(t, RA_WITHOUT_RD, m);
	if (m->stream && m->flags & DNS_TC)
		note_rule(t, TC_OVER_TCP, m);
}

static void read_response(struct dns_trial *t, const struct dns_message *m)
{
	int64_t upper = dns_message_number(t->reader, m, t->reader->fields.ext_rcode);
	unsigned rcode = (m->flags & DNS_RCODE) | (upper > 0 ? (unsigned)upper << 4 : 0);

	note(&t->responses, m->packet);
	if (t->responses.count == 1) {
		t->response = *m;
		t->response.name = arena_text(&t->verdict->arena, m->name, strlen(m->name));
		t->rcode = rcode;
	}
	compare_responses(t, m, rcode);
	check_response_bits(t, m);
	if (t->queries.count)
		compare(t, m, upper >= 0);
	else
		t->saw_asking = dns_lookups_saw_asking(t->lookups, m);
	if (dns_answers_loop(t->reader, m))
		note_rule(t, CNAME_LOOP, m);
	if (dns_answers_expired(t->reader, m))
		note_rule(t, TTL_ZERO, m);
}

static void read_wrong(struct dns_trial *t, const struct dns_message *m, enum dns_rule rule)
{
	struct verdict *v = t->verdict;

	note_rule(t, rule, m);
	if (t->wrong[rule])
		return;
	if (rule == WRONG_ID)
		t->wrong[rule] = arena_printf(&v->arena, "0x%04x", m->id);
	else if (rule == WRONG_QUESTION)
		t->wrong[rule] = dns_question_text(t, m);
	else
		t->wrong[rule] = dns_end_text(v, rule == WRONG_SOURCE ? &m->from : &m->to);
}

static void read_part(struct dns_trial *t, const struct dns_message *m, enum dns_role role)
{
	struct verdict *v = t->verdict;

	t->messages++;
	if (role == DNS_ROLE_ERROR) {
		note_rule(t, UNREACHABLE, m);
		if (!t->error_words)
			t->error_words = arena_text(&v->arena, t->reader->port.d.info,
						    strlen(t->reader->port.d.info));
		return;
	}
	if (role == DNS_ROLE_RETRY) {
		note_rule(t, TC_RETRIED, m);
		return;
	}
	explain(t, m);
	check_form(t, m);
	switch (role) {
	case DNS_ROLE_QUERY:
		read_query(t, m);
		break;
	case DNS_ROLE_RESPONSE:
		read_response(t, m);
		break;
	case DNS_ROLE_WRONG_ID:
		read_wrong(t, m, WRONG_ID);
		break;
	case DNS_ROLE_WRONG_QUESTION:
		read_wrong(t, m, WRONG_QUESTION);
		break;
	case DNS_ROLE_WRONG_SOURCE:
		read_wrong(t, m, WRONG_SOURCE);
		break;
	case DNS_ROLE_WRONG_PORT:
		read_wrong(t, m, WRONG_PORT);
		break;
	default:
		note_rule(t, ECHOED, m);
	}
}

/* The message that a part is, in its packet. */
static void open_part(struct dns_trial *t, const struct dns_part *part)
{
	struct dns_message m = { .packet = part->packet };

	verdict_packet(t->verdict, part->packet);
	if (!dns_reader_open(t->reader, part->packet, false)) {
		note_rule(t, CUT, &m);
		return;
	}
	while (dns_reader_next(t->reader, &m))
		if (m.ordinal == part->ordinal) {
			read_part(t, &m, part->role);
			return;
		}
}

void dns_trial_read(struct dns_trial *t, const struct dns_lookup *lookup)
{
	uint32_t next;

	for (uint32_t at = lookup->first; at; at = next) {
		const struct dns_part *part = dns_part_numbered(t->lookups, at);
		struct dns_message other = { .packet = part->packet };
		next = part->next;
		if (part->role == DNS_ROLE_SAME_ID)
			note_rule(t, ID_REUSED, &other);
		else
			open_part(t, part);
	}
}
