/* lookup_card.c - a lookup's messages are read again from their packets.
 *
 *   0.000000  #1       ──▶ no answer for 5.001 s    PTR 8.8.8.8.in-addr.arpa
 *   5.001009  #2       ──▶ again after 5.001 s      PTR 8.8.8.8.in-addr.arpa
 *   5.006792  #3       ◀── 5.78 ms after #2         PTR 8.8.8.8.in-addr.arpa PTR ... */
#include "print/lookup_card.h"

#include <string.h>

#include "base/span.h"
#include "base/text.h"
#include "base/time.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "print/dns_card.h"

enum {
	MESSAGES_SHOWN = 40,
	NOTE_COLUMNS = 24,
	NOTE_ROOM = 80,
	TEXT_ROOM = 512,
	SENTENCE_ROOM = 4096
};

static const struct dns_part *next_part(const struct lookup_card *card, const struct dns_part *part)
{
	return part->next ? dns_part_numbered(card->lookups, part->next) : NULL;
}

static const struct dns_part *first_part(const struct lookup_card *card)
{
	return dns_part_numbered(card->lookups, card->lookup->first);
}

uint32_t lookup_packet(const struct lookup_card *card, bool query)
{
	enum dns_role role = query ? DNS_ROLE_QUERY : DNS_ROLE_RESPONSE;

	for (const struct dns_part *part = first_part(card); part; part = next_part(card, part))
		if (part->role == role)
			return part->packet;
	return 0;
}

static bool is_asked(const struct dns_part *part)
{
	return part->role == DNS_ROLE_QUERY || part->role == DNS_ROLE_RETRY ||
	       part->role == DNS_ROLE_SAME_ID;
}

static int64_t between(const struct lookup_card *card, const struct dns_part *from,
		       const struct dns_part *to)
{
	return time_between(session_packet_time(card->port->session, from->packet),
			    session_packet_time(card->port->session, to->packet));
}

/* What it is to the message before, or to the one behind it. */
static void put_note(const struct lookup_card *card, const struct dns_part *part,
		     const struct dns_part *query, char note[NOTE_ROOM])
{
	static const char *const words[] = {
		[DNS_ROLE_WRONG_ID] = "another ID",
		[DNS_ROLE_WRONG_QUESTION] = "another question",
		[DNS_ROLE_WRONG_SOURCE] = "from another source",
		[DNS_ROLE_WRONG_PORT] = "to another port",
		[DNS_ROLE_ECHO] = "the query, sent back",
		[DNS_ROLE_RETRY] = "again, over TCP",
		[DNS_ROLE_ERROR] = "ICMP: not delivered",
		[DNS_ROLE_SAME_ID] = "another with this ID",
	};
	const struct dns_part *next = next_part(card, part);
	char span[SPAN_ROOM];

	note[0] = '\0';
	if (words[part->role])
		snprintf(note, NOTE_ROOM, "%s", words[part->role]);
	else if (part->role == DNS_ROLE_QUERY && query)
		snprintf(note, NOTE_ROOM, "again after %s",
			 span_short(between(card, query, part), span));
	else if (part->role == DNS_ROLE_QUERY && next && next->role == DNS_ROLE_QUERY)
		snprintf(note, NOTE_ROOM, "no answer for %s",
			 span_short(between(card, part, next), span));
	else if (part->role == DNS_ROLE_RESPONSE && query)
		snprintf(note, NOTE_ROOM, "%s after #%u",
			 span_short(between(card, query, part), span), query->packet);
}

/* The heading has the ID: "Standard query response 0x1008 A example.org A 192.0.2.80". */
static const char *without_id(const char *info)
{
	static const char *const beginnings[] = { "Standard query response 0x",
						  "Standard query 0x" };

	for (unsigned i = 0; i < 2; i++) {
		size_t n = strlen(beginnings[i]);

		if (!strncmp(info, beginnings[i], n))
			return info + n + strcspn(info + n, " ") + (strchr(info + n, ' ') != NULL);
	}
	return info;
}

static void put_message(FILE *out, const struct lookup_card *card, const struct dns_part *part,
			const char *note)
{
	struct session *session = card->port->session;
	int64_t since = time_between(session_packet_time(session, 1),
				     session_packet_time(session, part->packet));
	const char *info = "";

	if (view_port_dissect(card->port, part->packet, WANT_COLUMNS) && card->port->d.info)
		info = without_id(card->port->d.info);
	fprintf(out, " %11.6f  #%-7u %s %-*s %s\n", (double)since / 1e9, part->packet,
		is_asked(part) ? "──▶" : "◀──", NOTE_COLUMNS, note, info);
}

static void cleaned(const char *text, char clean[SENTENCE_ROOM])
{
	text_clean(clean, SENTENCE_ROOM, (const uint8_t *)text, strlen(text), true);
}

static void put_messages(FILE *out, const struct lookup_card *card)
{
	const struct dns_part *query = NULL;
	unsigned shown = 0, more = 0;
	char note[NOTE_ROOM], clean[SENTENCE_ROOM];

	cleaned(card->verdict->name, clean);
	fprintf(out, "%s\n", clean);
	for (const struct dns_part *part = first_part(card); part; part = next_part(card, part)) {
		if (shown++ >= MESSAGES_SHOWN) {
			more++;
			continue;
		}
		put_note(card, part, query, note);
		put_message(out, card, part, note);
		if (part->role == DNS_ROLE_QUERY)
			query = part;
	}
	if (more)
		fprintf(out, " and %u more\n", more);
}

static void put_verdict(FILE *out, const struct lookup_card *card)
{
	const struct verdict *v = card->verdict;
	char clean[SENTENCE_ROOM];

	for (unsigned i = 0; i < v->finding_count; i++) {
		fprintf(out, " %s ", mark_texts[v->findings[i].mark]);
		cleaned(v->findings[i].text, clean);
		put_wrapped(out, clean, 3, card->columns);
	}
}

/* A record says in its label who has what; what it lives for stands below it. */
static void put_record(FILE *out, const struct dissection *d, node_id record)
{
	uint16_t ttl = (uint16_t)registry_field_named("dns.resp.ttl");
	char text[TEXT_ROOM], lives[TEXT_ROOM];

	node_text(d, &d->nodes[record], text, sizeof text);
	fprintf(out, " %s", text);
	for (node_id i = record + 1; i < record + d->nodes[record].span && i < d->node_count; i++)
		if (d->nodes[i].field == ttl) {
			node_text(d, &d->nodes[i], lives, sizeof lives);
			fprintf(out, "   %s", lives);
			break;
		}
	putc('\n', out);
}

static void put_answers(FILE *out, const struct dissection *d)
{
	uint16_t answers = (uint16_t)registry_field_named("dns.answers");
	uint16_t record = (uint16_t)registry_field_named("dns.record");

	for (node_id i = 0; i < d->node_count; i++) {
		const struct node *node = &d->nodes[i];

		if (node->field != answers)
			continue;
		fputs("\nAnswers\n", out);
		for (node_id k = i + 1; k < i + node->span && k < d->node_count; k++)
			if (d->nodes[k].field == record)
				put_record(out, d, k);
	}
}

void lookup_card_print(FILE *out, const struct lookup_card *card)
{
	uint32_t packet = lookup_packet(card, card->of_query);

	put_messages(out, card);
	put_verdict(out, card);
	putc('\n', out);
	/* Whoever has no reply has flags of the query, and the other way round. */
	if (!packet)
		packet = lookup_packet(card, !card->of_query);
	if (!packet ||
	    !view_port_dissect(card->port, packet, WANT_FIELDS | WANT_LABELS | WANT_COLUMNS))
		return;
	dns_card_print(out, &card->port->d, card->columns);
	put_answers(out, &card->port->d);
}
