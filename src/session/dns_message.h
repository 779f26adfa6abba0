/* dns_message.h - what a DNS message says, read from a packet's dissection; private to src/session.
 */
#ifndef SESSION_DNS_MESSAGE_H
#define SESSION_DNS_MESSAGE_H

#include "session/dns_flags.h"
#include "session/session.h"

/* Registry numbers of the fields that matter. */
struct dns_field_numbers {
	int dns, mdns, llmnr, malformed, cut;
	int length, id, flags, qry_name, qry_type, qry_class;
	int resp_name, resp_type, resp_ttl, resp_len, srv_service, srv_proto, srv_name;
	int answers, record, cname, dname, ext_rcode, do_bit, extraneous;
	int ip_src, ip_dst, ipv6_src, ipv6_dst, udp_srcport, udp_dstport;
};

enum { DNS_QUESTIONS = 16 }; /* of one multicast message that take part in pairing */

struct dns_message {
	uint32_t packet;
	uint16_t ordinal; /* among those of its packet, from 0 */
	int64_t time_ns;
	enum dns_kind kind;
	bool stream;	 /* over TCP */
	bool quoted;	 /* in an error message of ICMP: from and to are the quoted packet's */
	bool has_header; /* id and flags could be read */
	bool malformed, cut;
	struct endpoint from, to;
	uint16_t id, flags;
	const char *name; /* of the first question; "": none.  Until the next packet is read */
	uint16_t type, class;
	/* A number for each question: name without case, type and class.  Of multicast responses,
	 * which repeat no question, for each record of the answers. */
	uint64_t questions[DNS_QUESTIONS];
	unsigned question_count;
	uint32_t first_node, end_node; /* in the dissection */
};

/* Reads messages packet by packet. */
struct dns_reader {
	struct view_port port;
	struct dns_field_numbers fields;
	uint8_t *pairing_fields; /* those that pairing needs, for dissection.wanted_fields */
	uint8_t *path_class;	 /* what a stack of protocols holds; by its number */
	unsigned path_room;
	uint32_t at; /* the next node to look at */
	uint16_t ordinal;
};

void dns_reader_init(struct dns_reader *reader, struct session *session);
void dns_reader_free(struct dns_reader *reader);
/* Takes packet n apart if DNS is in it; `for_pairing`: only as far as pairing needs it. */
bool dns_reader_open(struct dns_reader *reader, uint32_t n, bool for_pairing);
/* The next message of that packet; false: there are no more. */
bool dns_reader_next(struct dns_reader *reader, struct dns_message *m);

/* What differs between two responses if they differ: a number made of the answers' records, in
 * whatever order, without times to live. */
uint64_t dns_answers_number(struct dns_reader *reader, const struct dns_message *m,
			    uint32_t *records);
/* Do CNAME or DNAME records of the answers lead back to a name they came from? */
bool dns_answers_loop(struct dns_reader *reader, const struct dns_message *m);
/* A number of the message's field, or -1. */
int64_t dns_message_number(const struct dns_reader *reader, const struct dns_message *m, int field);
/* Is there a record with time to live 0 among the answers? */
bool dns_answers_expired(const struct dns_reader *reader, const struct dns_message *m);
/* Does it hold a name that cannot be: too long, or with pointers that lead nowhere? */
bool dns_message_has_bad_name(const struct dns_reader *reader, const struct dns_message *m);

#endif
