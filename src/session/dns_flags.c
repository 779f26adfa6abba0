/* dns_flags.c - one table says what each bit of a DNS header means, in a query and in a response.
 */
#include "session/dns_flags.h"

#include <stddef.h>

#define IN_RESPONSES_ONLY     "means something in responses only"
#define IN_RESPONSES_ONLY_BUT "means something in responses only, and is set"
#define MULTICAST_ZERO	      "multicast DNS does not use it: 0"
#define MULTICAST_NOT_ZERO    "multicast DNS does not use it, and it is not 0"

/* Which values must not be, in a query and in a response. */
enum forbidden {
	NOTHING = 0,
	SET_IN_QUERY = 1,
	SET_IN_RESPONSE = 2,
	SET = SET_IN_QUERY | SET_IN_RESPONSE,
	CLEAR_IN_RESPONSE = 4,
	UNASSIGNED = 8, /* a code that no one has given a meaning */
};

struct flag_row {
	const char *name;
	uint16_t mask;
	const char *query[2], *response[2]; /* by value; NULL: by the tables of codes */
	bool unusual[2];		    /* when set in a query, in a response */
	unsigned forbidden;		    /* enum forbidden */
};

static const struct flag_row plain_rows[] = {
	{ "QR", DNS_QR, { "this is a query" }, { NULL, "this is a response" }, { false, false } },
	{ "OPCODE", DNS_OPCODE, { NULL }, { NULL }, { true, true }, UNASSIGNED },
	{ "AA",
	  DNS_AA,
	  { IN_RESPONSES_ONLY, IN_RESPONSES_ONLY_BUT },
	  { "not authoritative: the answer comes from a cache or another server",
	    "authoritative: the server holds the zone itself" },
	  { true, false },
	  SET_IN_QUERY },
	{ "TC",
	  DNS_TC,
	  { "not truncated: the query is whole", "truncated: the query is not whole" },
	  { "not truncated: everything fits in this message",
	    "truncated: the whole answer is to be had over TCP" },
	  { true, true } },
	{ "RD",
	  DNS_RD,
	  { "no recursion: the server is asked for what it knows itself",
	    "recursion desired: the server is asked to find the answer, whomever it has to ask" },
	  { "copied from the query: no recursion was asked for",
	    "copied from the query: recursion was asked for" },
	  { false, false } },
	{ "RA",
	  DNS_RA,
	  { IN_RESPONSES_ONLY, IN_RESPONSES_ONLY_BUT },
	  { "this server does not offer recursion", "this server offers recursion" },
	  { true, false },
	  SET_IN_QUERY },
	{ "Z",
	  DNS_Z,
	  { "reserved, must be 0", "reserved, must be 0, and is not" },
	  { "reserved, must be 0", "reserved, must be 0, and is not" },
	  { true, true },
	  SET },
	{ "AD",
	  DNS_AD,
	  { "the client does not ask whether DNSSEC vouches for the answer",
	    "the client asks to be told whether DNSSEC vouches for the answer" },
	  { "the server does not claim that DNSSEC vouches for the answer",
	    "the server claims that DNSSEC vouches for the answer" },
	  { false, false } },
	{ "CD",
	  DNS_CD,
	  { "the server may check the answer by DNSSEC",
	    "the client does the checking by DNSSEC itself" },
	  { "copied from the query: the server was free to check by DNSSEC",
	    "copied from the query: the client does the checking by DNSSEC itself" },
	  { false, false } },
	{ "RCODE",
	  DNS_RCODE,
	  { IN_RESPONSES_ONLY, IN_RESPONSES_ONLY_BUT },
	  { NULL },
	  { true, true },
	  SET_IN_QUERY | UNASSIGNED },
};

/* RFC 6762, 18 */
static const struct flag_row multicast_rows[] = {
	{ "QR", DNS_QR, { "this is a query" }, { NULL, "this is a response" }, { false, false } },
	{ "OPCODE",
	  DNS_OPCODE,
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { true, true },
	  SET },
	{ "AA",
	  DNS_AA,
	  { IN_RESPONSES_ONLY, IN_RESPONSES_ONLY_BUT },
	  { "not authoritative, as no multicast response should be",
	    "authoritative, as every multicast response is" },
	  { true, false },
	  SET_IN_QUERY | CLEAR_IN_RESPONSE },
	{ "TC",
	  DNS_TC,
	  { "the list of known answers is whole", "more known answers follow in another packet" },
	  { "not truncated: everything fits in this message",
	    "truncated, as no multicast response should be" },
	  { false, true },
	  SET_IN_RESPONSE },
	{ "RD",
	  DNS_RD,
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { true, true },
	  SET },
	{ "RA",
	  DNS_RA,
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { true, true },
	  SET },
	{ "Z",
	  DNS_Z,
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { true, true },
	  SET },
	{ "AD",
	  DNS_AD,
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { true, true },
	  SET },
	{ "CD",
	  DNS_CD,
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { true, true },
	  SET },
	{ "RCODE",
	  DNS_RCODE,
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { MULTICAST_ZERO, MULTICAST_NOT_ZERO },
	  { true, true },
	  SET },
};

/* RFC 4795, 2.1.1 */
static const struct flag_row link_local_rows[] = {
	{ "QR", DNS_QR, { "this is a query" }, { NULL, "this is a response" }, { false, false } },
	{ "OPCODE", DNS_OPCODE, { NULL }, { NULL }, { true, true }, SET },
	{ "C",
	  DNS_AA,
	  { "no conflict is known", "the client heard more than one host answer to this name" },
	  { "the host is the only one with this name", "the name may belong to other hosts too" },
	  { true, true } },
	{ "TC",
	  DNS_TC,
	  { "not truncated: the query is whole", "truncated: the query is not whole" },
	  { "not truncated: everything fits in this message",
	    "truncated: the whole answer is to be had over TCP" },
	  { true, true } },
	{ "T",
	  DNS_RD,
	  { "means something in responses only", IN_RESPONSES_ONLY_BUT },
	  { "the host has made sure that the name is its own",
	    "tentative: the host has yet to make sure that the name is its own" },
	  { true, true },
	  NOTHING },
	{ "Z",
	  DNS_LINK_LOCAL_Z,
	  { "reserved, must be 0", "reserved, must be 0, and is not" },
	  { "reserved, must be 0", "reserved, must be 0, and is not" },
	  { true, true },
	  SET },
	{ "RCODE",
	  DNS_RCODE,
	  { IN_RESPONSES_ONLY, IN_RESPONSES_ONLY_BUT },
	  { NULL },
	  { true, true },
	  SET_IN_QUERY },
};

#define ROWS(table)                                                                                \
	{                                                                                          \
		table, sizeof(table) / sizeof(table)[0]                                            \
	}

static const struct {
	const struct flag_row *rows;
	unsigned count;
} row_sets[DNS_KINDS] = {
	[DNS_KIND_PLAIN] = ROWS(plain_rows),
	[DNS_KIND_MULTICAST] = ROWS(multicast_rows),
	[DNS_KIND_LINK_LOCAL] = ROWS(link_local_rows),
};

static const char *const opcode_meanings[16] = {
	[0] = "QUERY: a question is asked",
	[1] = "IQUERY: an inverse query, which is obsolete",
	[2] = "STATUS: the server is asked how it is",
	[4] = "NOTIFY: a zone has changed",
	[5] = "UPDATE: a zone is to be changed",
	[6] = "DSO: the connection itself is managed",
};

struct code {
	const char *word, *meaning;
};

/* RFC 6895, 2.3 and the IANA registry */
static const struct code rcodes[] = {
	[0] = { "NOERROR", "the server answered the question" },
	[1] = { "FORMERR", "the server could not make sense of the query" },
	[2] = { "SERVFAIL", "the server failed to find the answer" },
	[3] = { "NXDOMAIN", "the name does not exist" },
	[4] = { "NOTIMP", "the server does not do this kind of query" },
	[5] = { "REFUSED", "the server does not want to answer" },
	[6] = { "YXDOMAIN", "a name exists that should not" },
	[7] = { "YXRRSET", "records exist that should not" },
	[8] = { "NXRRSET", "records that should exist do not" },
	[9] = { "NOTAUTH", "the server is not in charge of the zone, or does not accept the key" },
	[10] = { "NOTZONE", "a name lies outside of the zone" },
	[11] = { "DSOTYPENI", "the server does not know this stateful operation" },
	[16] = { "BADVERS", "the server does not speak this version of EDNS" },
	[17] = { "BADKEY", "the server does not know the key" },
	[18] = { "BADTIME", "the signature's time is too far off" },
	[19] = { "BADMODE", "the mode of the TKEY is wrong" },
	[20] = { "BADNAME", "the name of the key is taken" },
	[21] = { "BADALG", "the algorithm is not supported" },
	[22] = { "BADTRUNC", "the signature is cut too short" },
	[23] = { "BADCOOKIE", "the server's cookie is missing or wrong" },
};

static const struct code *code_of(unsigned rcode)
{
	if (rcode >= sizeof rcodes / sizeof rcodes[0] || !rcodes[rcode].word)
		return NULL;
	return &rcodes[rcode];
}

const char *dns_rcode_word(unsigned rcode)
{
	const struct code *code = code_of(rcode);

	return code ? code->word : NULL;
}

const char *dns_rcode_meaning(unsigned rcode)
{
	const struct code *code = code_of(rcode);

	return code ? code->meaning : "a code that nothing is assigned to";
}

const char *dns_do_meaning(bool set)
{
	return set ? "DNSSEC's records are wanted too" : "DNSSEC's records are not wanted";
}

static const char *meaning_of(const struct flag_row *row, unsigned value, bool response)
{
	const char *const *meanings = response ? row->response : row->query;
	const char *meaning = meanings[value != 0];

	if (meaning)
		return meaning;
	if (row->mask == DNS_RCODE)
		return dns_rcode_meaning(value);
	meaning = opcode_meanings[value & 15];
	return meaning ? meaning : "an operation that nothing is assigned to";
}

static bool is_legal(const struct flag_row *row, unsigned value, uint16_t flags)
{
	unsigned forbidden = row->forbidden;
	bool response = flags & DNS_QR;

	/* A primary server that tells of a change sets it (RFC 1996). */
	if (row->mask == DNS_AA && (flags & DNS_OPCODE) == DNS_NOTIFY)
		return true;
	if (value && forbidden & (response ? SET_IN_RESPONSE : SET_IN_QUERY))
		return false;
	if (!value && response && forbidden & CLEAR_IN_RESPONSE)
		return false;
	if (!(forbidden & UNASSIGNED) || (row->mask == DNS_RCODE && !response))
		return true;
	return row->mask == DNS_RCODE ? dns_rcode_word(value) != NULL
				      : opcode_meanings[value & 15] != NULL;
}

unsigned dns_flags_explain(uint16_t flags, enum dns_kind kind,
			   struct dns_flag_line lines[DNS_FLAG_LINES])
{
	bool response = flags & DNS_QR;

	for (unsigned i = 0; i < row_sets[kind].count; i++) {
		const struct flag_row *row = &row_sets[kind].rows[i];
		unsigned value = (flags & row->mask) / (row->mask & -(unsigned)row->mask);
		lines[i] = (struct dns_flag_line){
			.name = row->name,
			.mask = row->mask,
			.value = value,
			.meaning = meaning_of(row, value, response),
			.unusual = value && row->unusual[response],
			.legal = is_legal(row, value, flags),
		};
	}
	return row_sets[kind].count;
}
