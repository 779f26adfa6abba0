/* dns_verdict.c - what is to be said of a DNS lookup: rules, in docs/verify.md, and their
 * sentences. */
#include <string.h>

#include "base/time.h"
#include "dissect/registry.h"
#include "dns_trial.h"

const struct rule dns_rules[DNS_RULES + 1] = {
	[ANSWERED] = { "answered", MARK_GOOD, OUTCOME_CLEAN, "a response came, RCODE NOERROR" },
	[FAILED] = { "failed", MARK_NOTABLE, OUTCOME_NEUTRAL,
		     "a response came with another RCODE" },
	[UNANSWERED] = { "unanswered", MARK_BAD, OUTCOME_VIOLATION, "no response came" },
	[UNREACHABLE] = { "unreachable", MARK_BAD, OUTCOME_VIOLATION,
			  "ICMP says that a query could not be delivered" },
	[ICMP_ERROR] = { "icmp-error", MARK_NOTABLE, OUTCOME_NEUTRAL,
			 "the same, but it was answered all the same, or asked of a group" },
	[NO_ANSWER_NEEDED] = { "nobody-has-it", MARK_COUNTED, OUTCOME_NEUTRAL,
			       "no one answered a question asked of a group" },
	[ANNOUNCEMENT] = { "announcement", MARK_COUNTED, OUTCOME_NEUTRAL,
			   "a multicast response that no one asked for" },
	[NO_QUERY] = { "no-query", MARK_BAD, OUTCOME_VIOLATION, "a response without its query" },
	[WRONG_ID] = { "wrong-id", MARK_BAD, OUTCOME_VIOLATION,
		       "a response to this question with another ID" },
	[WRONG_QUESTION] = { "wrong-question", MARK_BAD, OUTCOME_VIOLATION,
			     "a response with this ID to another question" },
	[WRONG_SOURCE] = { "wrong-source", MARK_BAD, OUTCOME_VIOLATION,
			   "a response with this ID and question from another address or port" },
	[WRONG_PORT] = { "wrong-port", MARK_BAD, OUTCOME_VIOLATION,
			 "a response with this ID and question to another port of the client" },
	[TWO_ANSWERS] = { "two-answers", MARK_BAD, OUTCOME_VIOLATION,
			  "responses that contradict each other" },
	[QUERY_AGAIN] = { "query-repeated", MARK_NOTABLE, OUTCOME_NEUTRAL,
			  "the query was sent more than once" },
	[RESPONSE_AGAIN] = { "response-repeated", MARK_NOTABLE, OUTCOME_NEUTRAL,
			     "the same response came more than once" },
	[TC_RETRIED] = { "tc-retried", MARK_COUNTED, OUTCOME_NEUTRAL,
			 "a truncated response, and the question again over TCP" },
	[TC_NOT_RETRIED] = { "tc-not-retried", MARK_BAD, OUTCOME_VIOLATION,
			     "a truncated response, and no question over TCP" },
	[TC_OVER_TCP] = { "tc-over-tcp", MARK_NOTABLE, OUTCOME_NEUTRAL,
			  "TC in a response over TCP" },
	[ECHOED] = { "qr-mismatch", MARK_BAD, OUTCOME_VIOLATION,
		     "the server sent the query back, QR still 0" },
	[OPCODE_DIFFERS] = { "opcode-mismatch", MARK_BAD, OUTCOME_VIOLATION,
			     "the response's OPCODE is not the query's" },
	[AA_IN_QUERY] = { "aa-in-query", MARK_BAD, OUTCOME_VIOLATION, "AA in a query" },
	[RA_IN_QUERY] = { "ra-in-query", MARK_BAD, OUTCOME_VIOLATION, "RA in a query" },
	[RCODE_IN_QUERY] = { "rcode-in-query", MARK_BAD, OUTCOME_VIOLATION,
			     "an RCODE other than 0 in a query" },
	[Z_SET] = { "z-set", MARK_BAD, OUTCOME_VIOLATION, "Z is not 0" },
	[RD_DIFFERS] = { "rd-mismatch", MARK_BAD, OUTCOME_VIOLATION,
			 "the response's RD is not the query's" },
	[RA_WITHOUT_RD] = { "ra-without-rd", MARK_COUNTED, OUTCOME_NEUTRAL,
			    "RA in a response without RD" },
	[OPT_UNASKED] = { "opt-unasked", MARK_BAD, OUTCOME_VIOLATION,
			  "an OPT record in the response to a query without" },
	[CNAME_LOOP] = { "cname-loop", MARK_BAD, OUTCOME_VIOLATION,
			 "aliases that lead back to where they began" },
	[TTL_ZERO] = { "ttl-0", MARK_COUNTED, OUTCOME_NEUTRAL, "an answer with TTL 0" },
	[ID_REUSED] = { "id-reused", MARK_NOTABLE, OUTCOME_NEUTRAL,
			"the ID was that of another open query between the same ports" },
	[OUT_OF_ORDER] = { "out-of-order", MARK_NOTABLE, OUTCOME_NEUTRAL,
			   "the response is stored before the query" },
	[MULTICAST_BITS] = { "mdns-bits", MARK_BAD, OUTCOME_VIOLATION,
			     "header bits that multicast DNS forbids" },
	[MULTICAST_PORT] = { "mdns-port", MARK_BAD, OUTCOME_VIOLATION,
			     "a multicast response from another port than 5353" },
	[NAME_CONFLICT] = { "name-conflict", MARK_NOTABLE, OUTCOME_NEUTRAL,
			    "LLMNR's bit C: the name is not unique" },
	[NAME_TENTATIVE] = { "name-tentative", MARK_NOTABLE, OUTCOME_NEUTRAL,
			     "LLMNR's bit T: the name is not made sure of" },
	[EXTRA_DATA] = { "extra-data", MARK_BAD, OUTCOME_VIOLATION, "bytes after the last record" },
	[MALFORMED] = { "malformed", MARK_BAD, OUTCOME_VIOLATION,
			"a message that contradicts itself" },
	[CUT] = { "cut", MARK_OPEN, OUTCOME_UNDECIDABLE,
		  "a message that the capture does not hold whole" },
};

/* Sentences that say no more than where. */
static const struct {
	const char *before, *after;
} plain_sentences[DNS_RULES] = {
	[TC_OVER_TCP] = { "TC is set in ", ", though over TCP nothing need be left out." },
	[AA_IN_QUERY] = { "AA is set in query ", "; it means something in responses only." },
	[RA_IN_QUERY] = { "RA is set in query ", "; it means something in responses only." },
	[RCODE_IN_QUERY] = { "RCODE is not 0 in query ",
			     "; it means something in responses only." },
	[Z_SET] = { "Z is not 0 in ", ", as it must be." },
	[RD_DIFFERS] = { "RD is not copied from the query in ", "." },
	[RA_WITHOUT_RD] = { "RA without RD in ", ": recursion is offered, not asked for." },
	[OPT_UNASKED] = { "There is an OPT record in ", ", though the query has none." },
	[CNAME_LOOP] = { "Aliases lead back to where they began in ", "." },
	[TTL_ZERO] = { "TTL 0 in ", ": not to be kept." },
	[ID_REUSED] = { "The ID was still in use for query ", ", which was not answered yet." },
	[OUT_OF_ORDER] = { "The capture is out of order: the query is stored after response ",
			   "." },
	[MULTICAST_PORT] = { "Port 5353 is not the source of multicast response ", "." },
	[NAME_CONFLICT] = { "C is set in ", ": the name belongs to more than one host." },
	[NAME_TENTATIVE] = { "T is set in ",
			     ": the host is not sure yet that the name is its own." },
	[EXTRA_DATA] = { "Bytes follow the last record of ", "." },
	[MALFORMED] = { "Malformed: ", "." },
	[CUT] = { "Not held whole by the capture: ", "." },
};

/* A response later than this after the capture's start had its query in it. */
#define LATE_NS INT64_C(5000000000)

const char *dns_end_text(struct verdict *v, const struct endpoint *end)
{
	char address[ADDRESS_TEXT_ROOM];

	address_text(end, address);
	return arena_printf(&v->arena, end->type == ADDRESS_IPV6 ? "[%s]:%u" : "%s:%u", address,
			    end->port);
}

/* "AAAA", "TYPE65400" (RFC 3597) */
static const char *type_text(struct dns_trial *t, uint16_t type)
{
	struct arena *arena = &t->verdict->arena;
	const struct field *field = registry_field((unsigned)t->reader->fields.qry_type);
	const char *name = value_name(field->names, type);

	if (type == TYPE_ANY)
		return "ANY";
	if (!name)
		return arena_printf(arena, "TYPE%u", type);
	return arena_text(arena, name, strcspn(name, " "));
}

const char *dns_question_text(struct dns_trial *t, const struct dns_message *m)
{
	if (!m->question_count)
		return "no question";
	return arena_printf(&t->verdict->arena, "%s %s", type_text(t, m->type), m->name);
}

static const char *rcode_text(struct dns_trial *t, unsigned rcode)
{
	const char *word = dns_rcode_word(rcode);

	return word ? word : arena_printf(&t->verdict->arena, "RCODE %u", rcode);
}

static const char *list_text(struct dns_trial *t, const struct evidence *e)
{
	return verdict_packet_list(t->verdict, e->packets, e->places);
}

static void point(struct dns_trial *t, const struct evidence *e)
{
	for (uint32_t i = 0; i < e->places && i < FINDING_PACKETS; i++)
		verdict_point(t->verdict, e->packets[i]);
}

static int64_t took_ns(const struct dns_trial *t)
{
	return time_between(t->query.time_ns, t->response.time_ns);
}

/* " in 5.73 ms"; nothing can be said if the response is stored before the query. */
static const char *took_text(struct dns_trial *t)
{
	if (took_ns(t) < 0)
		return "";
	return arena_printf(&t->verdict->arena, " in %s", verdict_span(t->verdict, took_ns(t)));
}

/* "1 record", "3 records in 2 messages" */
static const char *records_text(struct dns_trial *t)
{
	struct arena *arena = &t->verdict->arena;
	const char *text =
		arena_printf(arena, "%u record%s", t->records, t->records == 1 ? "" : "s");

	if (!t->records)
		text = "no record";
	if (t->responses.count > 1 && dns_is_transfer(&t->response))
		text = arena_printf(arena, "%s in %u messages", text, t->responses.count);
	return text;
}

static void say_answered(struct dns_trial *t)
{
	struct verdict *v = t->verdict;
	const char *packets =
		arena_printf(&v->arena, "#%u, #%u", t->query.packet, t->response.packet);

	if (t->rcode)
		verdict_add(v, &dns_rules[FAILED], "Answered %s%s (%s): %s.",
			    rcode_text(t, t->rcode), took_text(t), packets,
			    dns_rcode_meaning(t->rcode));
	else
		verdict_add(v, &dns_rules[ANSWERED], "Answered %s with %s%s (%s).",
			    rcode_text(t, 0), records_text(t), took_text(t), packets);
	verdict_point(v, t->query.packet);
	verdict_point(v, t->response.packet);
}

/* Has what is missing perhaps only not been captured?  Then why, else NULL. */
static const char *doubt(struct dns_trial *t, int64_t since_ns)
{
	struct verify_run *run = t->run;
	struct arena *arena = &t->verdict->arena;

	if (run->lost)
		return arena_printf(arena, "the capture lacks %llu packet%s that were lost",
				    (unsigned long long)run->lost, run->lost == 1 ? "" : "s");
	if (since_ns == run->last_ns)
		return "the capture ends with it";
	if (verify_ends_soon_after(run, since_ns))
		return arena_printf(arena, "the capture ends %s later",
				    verdict_span(t->verdict, time_between(since_ns, run->last_ns)));
	return NULL;
}

static void say_unanswered(struct dns_trial *t)
{
	struct verdict *v = t->verdict;
	const char *why = doubt(t, t->last_query_ns);
	const char *queries = t->queries.count == 1 ? "query" : "queries";

	if (t->of[UNREACHABLE].count)
		return;
	if (t->query.kind != DNS_KIND_PLAIN)
		verdict_add(v, &dns_rules[NO_ANSWER_NEEDED],
			    "Nobody answered %s, as it should be when nobody has the name.",
			    list_text(t, &t->queries));
	else if (why)
		verdict_add_as(v, &dns_rules[UNANSWERED], OUTCOME_UNDECIDABLE,
			       "No answer to %s %s, but %s.", queries, list_text(t, &t->queries),
			       why);
	else
		verdict_add(v, &dns_rules[UNANSWERED], "No answer to %s %s in %s.", queries,
			    list_text(t, &t->queries),
			    verdict_span(v, time_between(t->query.time_ns, t->run->last_ns)));
	point(t, &t->queries);
}

static bool is_group(const struct endpoint *end)
{
	if (end->type == ADDRESS_IPV4) /* RFC 1112, 4 */
		return end->address[0] >> 4 == 14;
	return end->type == ADDRESS_IPV6 && end->address[0] == 0xff; /* RFC 4291, 2.7 */
}

static void say_unreachable(struct dns_trial *t)
{
	/* Someone else may answer a question to a group, and a query sent again may arrive.
	 * Multicast DNS may ask one host too (RFC 6762, 5.5): then nobody else will. */
	bool harmless = is_group(&t->query.to) || t->responses.count;

	if (!t->of[UNREACHABLE].count)
		return;
	verdict_add(t->verdict, &dns_rules[harmless ? ICMP_ERROR : UNREACHABLE],
		    "The query was not delivered: %s says \"%s\".",
		    list_text(t, &t->of[UNREACHABLE]), t->error_words);
	point(t, &t->of[UNREACHABLE]);
}

static void say_no_query(struct dns_trial *t)
{
	struct verdict *v = t->verdict;
	const char *responses = list_text(t, &t->responses);

	if (t->response.kind == DNS_KIND_MULTICAST)
		verdict_add(v, &dns_rules[ANNOUNCEMENT], "Announced by %s to all.", responses);
	else if (t->response.time_ns == t->run->first_ns)
		verdict_add_as(v, &dns_rules[NO_QUERY], OUTCOME_UNDECIDABLE,
			       "No query for response %s: the capture begins with it.", responses);
	else if (time_between(t->run->first_ns, t->response.time_ns) < LATE_NS)
		verdict_add_as(
			v, &dns_rules[NO_QUERY], OUTCOME_UNDECIDABLE,
			"No query for response %s: the capture began %s before.", responses,
			verdict_span(v, time_between(t->run->first_ns, t->response.time_ns)));
	else if (t->run->lost)
		verdict_add_as(v, &dns_rules[NO_QUERY], OUTCOME_UNDECIDABLE,
			       "No query for response %s, but %s.", responses,
			       doubt(t, t->run->first_ns));
	else if (!t->saw_asking)
		verdict_add_as(v, &dns_rules[NO_QUERY], OUTCOME_UNDECIDABLE,
			       "No query for response %s: nothing of what %s asks was captured.",
			       responses, dns_end_text(v, &t->response.to));
	else
		verdict_add(v, &dns_rules[NO_QUERY], "Response %s answers nothing that was asked.",
			    responses);
	point(t, &t->responses);
}

static const char *responses_text(struct dns_trial *t, const struct evidence *e)
{
	return arena_printf(&t->verdict->arena, "response%s %s", e->places == 1 ? "" : "s",
			    list_text(t, e));
}

static void say_wrong(struct dns_trial *t, enum dns_rule rule)
{
	struct verdict *v = t->verdict;
	const struct evidence *e = &t->of[rule];
	uint32_t query = t->query.packet;

	if (!e->count)
		return;
	if (rule == WRONG_ID)
		verdict_add(v, &dns_rules[rule], "Wrong ID %s in %s; query #%u has 0x%04x.",
			    t->wrong[rule], responses_text(t, e), query, t->query.id);
	else if (rule == WRONG_QUESTION)
		verdict_add(v, &dns_rules[rule], "Wrong question %s in %s; query #%u asks %s.",
			    t->wrong[rule], responses_text(t, e), query,
			    dns_question_text(t, &t->query));
	else if (rule == WRONG_SOURCE)
		verdict_add(v, &dns_rules[rule], "Wrong source %s of %s; query #%u went to %s.",
			    t->wrong[rule], responses_text(t, e), query,
			    dns_end_text(v, &t->query.to));
	else
		verdict_add(v, &dns_rules[rule], "Wrong port in %s to %s; query #%u came from %s.",
			    responses_text(t, e), t->wrong[rule], query,
			    dns_end_text(v, &t->query.from));
	verdict_point(v, query);
	point(t, e);
}

/* Each query sent may have its own answer, and a server may answer each in another way. */
static void say_two_answers(struct dns_trial *t)
{
	struct verdict *v = t->verdict;
	const struct evidence *e = &t->of[TWO_ANSWERS];

	if (!e->count)
		return;
	if (t->responses.count <= t->queries.count)
		verdict_add_as(v, &dns_rules[TWO_ANSWERS], OUTCOME_UNDECIDABLE,
			       "Different answers: #%u, then %s; but the query was sent %u times.",
			       t->response.packet, list_text(t, e), t->queries.count);
	else
		verdict_add(v, &dns_rules[TWO_ANSWERS],
			    "Different answers to one query: #%u, then %s.", t->response.packet,
			    list_text(t, e));
	verdict_point(v, t->response.packet);
	point(t, e);
}

static void say_repeated(struct dns_trial *t)
{
	struct verdict *v = t->verdict;

	if (t->queries.count > 1 && t->responses.count)
		verdict_add(v, &dns_rules[QUERY_AGAIN],
			    "Query sent %u times (%s); answered %s after the first.",
			    t->queries.count, list_text(t, &t->queries),
			    verdict_span(v, took_ns(t)));
	else if (t->queries.count > 1)
		verdict_add(v, &dns_rules[QUERY_AGAIN], "Query sent %u times (%s).",
			    t->queries.count, list_text(t, &t->queries));
	if (t->queries.count > 1)
		point(t, &t->queries);
	if (!t->of[RESPONSE_AGAIN].count)
		return;
	verdict_add(v, &dns_rules[RESPONSE_AGAIN], "Same answer %u times (%s).",
		    t->of[RESPONSE_AGAIN].count + 1, list_text(t, &t->responses));
	point(t, &t->responses);
}

static void say_truncated(struct dns_trial *t)
{
	struct verdict *v = t->verdict;
	uint32_t packet = t->response.packet;

	if (!t->responses.count || t->response.stream || !(t->response.flags & DNS_TC) ||
	    t->response.kind == DNS_KIND_MULTICAST)
		return;
	const char *why = doubt(t, t->response.time_ns);
	if (t->of[TC_RETRIED].count)
		verdict_add(v, &dns_rules[TC_RETRIED],
			    "Truncated in #%u; asked again over TCP in %s.", packet,
			    list_text(t, &t->of[TC_RETRIED]));
	else if (why)
		verdict_add_as(v, &dns_rules[TC_NOT_RETRIED], OUTCOME_UNDECIDABLE,
			       "Truncated in #%u and not asked again over TCP, but %s.", packet,
			       why);
	else
		verdict_add(v, &dns_rules[TC_NOT_RETRIED],
			    "Truncated in #%u, but never asked again over TCP.", packet);
	verdict_point(v, packet);
	point(t, &t->of[TC_RETRIED]);
}

static const char *mnemonic(unsigned flags)
{
	static const char *const words[16] = { "QUERY",	 "IQUERY", "STATUS", NULL,
					       "NOTIFY", "UPDATE", "DSO" };

	return words[flags >> 11 & 15] ? words[flags >> 11 & 15] : "not assigned";
}

static void say_mismatches(struct dns_trial *t)
{
	struct verdict *v = t->verdict;

	if (t->of[ECHOED].count) {
		verdict_add(v, &dns_rules[ECHOED],
			    "Query #%u came back from the server in %s, with QR 0: no response.",
			    t->query.packet, list_text(t, &t->of[ECHOED]));
		point(t, &t->of[ECHOED]);
	}
	if (t->of[OPCODE_DIFFERS].count) {
		verdict_add(v, &dns_rules[OPCODE_DIFFERS],
			    "OPCODE of response %s is %u (%s), the query's %u (%s).",
			    list_text(t, &t->of[OPCODE_DIFFERS]), t->response.flags >> 11 & 15,
			    mnemonic(t->response.flags), t->query.flags >> 11 & 15,
			    mnemonic(t->query.flags));
		point(t, &t->of[OPCODE_DIFFERS]);
	}
	if (t->of[MULTICAST_BITS].count) {
		verdict_add(v, &dns_rules[MULTICAST_BITS],
			    "Header bits of %s are not as multicast DNS has them: %s.",
			    list_text(t, &t->of[MULTICAST_BITS]),
			    "AA 1 in responses only, TC 1 in queries only, all others 0");
		point(t, &t->of[MULTICAST_BITS]);
	}
}

static void say_plain(struct dns_trial *t)
{
	for (unsigned rule = 0; rule < DNS_RULES; rule++) {
		if (!plain_sentences[rule].before || !t->of[rule].count)
			continue;
		verdict_add(t->verdict, &dns_rules[rule], "%s%s%s", plain_sentences[rule].before,
			    list_text(t, &t->of[rule]), plain_sentences[rule].after);
		point(t, &t->of[rule]);
	}
}

static void say_all(struct dns_trial *t)
{
	bool asked = t->queries.count > 0, headless = !t->query.has_header;

	if (t->responses.count && asked)
		say_answered(t);
	else if (t->responses.count)
		say_no_query(t);
	else if (asked && !headless)
		say_unanswered(t);
	say_unreachable(t);
	say_wrong(t, WRONG_ID);
	say_wrong(t, WRONG_QUESTION);
	say_wrong(t, WRONG_SOURCE);
	say_wrong(t, WRONG_PORT);
	say_two_answers(t);
	say_repeated(t);
	say_truncated(t);
	say_mismatches(t);
	say_plain(t);
}

/* --- the subject --- */

static void add_end(struct verdict *v, const char *name, const char *port_name,
		    const struct endpoint *end)
{
	char address[ADDRESS_TEXT_ROOM];

	address_text(end, address);
	verdict_attribute(v, name, "%s", address);
	verdict_number(v, port_name, end->port);
}

static void describe(struct dns_trial *t)
{
	static const char *const kinds[DNS_KINDS] = { "dns", "mdns", "llmnr" };
	struct verdict *v = t->verdict;
	bool asked = t->queries.count > 0;
	const struct dns_message *m = asked ? &t->query : &t->response;
	const char *client = dns_end_text(v, asked ? &m->from : &m->to);
	const char *server = dns_end_text(v, asked ? &m->to : &m->from);

	if (!m->has_header)
		verdict_name(v, "no header  %s → %s", client, server);
	else if (m->kind == DNS_KIND_MULTICAST && !asked)
		verdict_name(v, "%s  %s → all", dns_question_text(t, m), server);
	else
		verdict_name(v, "%s 0x%04x  %s → %s%s", dns_question_text(t, m), m->id, client,
			     server, m->stream ? " TCP" : "");
	verdict_attribute(v, "protocol", "%s", kinds[m->kind]);
	verdict_attribute(v, "transport", "%s", m->stream ? "tcp" : "udp");
	add_end(v, "client", "client_port", asked ? &m->from : &m->to);
	add_end(v, "server", "server_port", asked ? &m->to : &m->from);
	verdict_number(v, "id", m->id);
	if (m->question_count) {
		verdict_attribute(v, "type", "%s", type_text(t, m->type));
		verdict_attribute(v, "question", "%s", m->name);
	}
	verdict_number(v, "queries", t->queries.count);
	verdict_number(v, "responses", t->responses.count);
	if (t->responses.count)
		verdict_attribute(v, "rcode", "%s", rcode_text(t, t->rcode));
	if (asked && t->responses.count && took_ns(t) >= 0)
		verdict_number(v, "took_ns", (uint64_t)took_ns(t));
}

void dns_verdict_make(struct dns_trial *t)
{
	describe(t);
	say_all(t);
}
