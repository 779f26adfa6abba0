/* nbns_fields.c - the fields of NetBIOS names and the names of their values. */
#include "ip_names.h"
#include "nbns.h"

static const struct value_name opcode_names[] = {
	{ 0, "Name query" },
	{ 5, "Registration" },
	{ 6, "Release" },
	{ 7, "Wait for acknowledgment" },
	{ 8, "Refresh" },
	{ 9, "Refresh (alternate opcode)" },
	{ 15, "Multi-homed registration" },
	{ 0, NULL },
};

static const struct value_name rcode_names[] = {
	{ 0, "No error" },
	{ 1, "Request was invalidly formatted" },
	{ 2, "Server failure" },
	{ 3, "Requested name does not exist" },
	{ 4, "Request is not implemented" },
	{ 5, "Request was refused" },
	{ 6, "Name is owned by another node" },
	{ 7, "Name is in conflict" },
	{ 0, NULL },
};

static const struct value_name type_names[] = {
	{ 1, "A" },  { 2, "NS" }, { 10, "NULL" }, { TYPE_NB, "NB" }, { TYPE_NBSTAT, "NBSTAT" },
	{ 0, NULL },
};

static const struct value_name class_names[] = {
	{ 1, "IN" },	 { 2, "CS" },	 { 3, "CH" }, { 4, "HS" },
	{ 254, "NONE" }, { 255, "ANY" }, { 0, NULL },
};

static const struct value_name node_names[] = {
	{ 0, "B-node" }, { 1, "P-node" }, { 2, "M-node" }, { 3, "H-node" }, { 0, NULL },
};

static const struct value_name response_names[] = {
	{ 0, "Message is a query" },
	{ 1, "Message is a response" },
	{ 0, NULL },
};
static const struct value_name authority_names[] = {
	{ 0, "Server is not an authority for domain" },
	{ 1, "Server is an authority for domain" },
	{ 0, NULL },
};
static const struct value_name truncated_names[] = {
	{ 0, "Message is not truncated" },
	{ 1, "Message is truncated" },
	{ 0, NULL },
};
static const struct value_name desired_names[] = {
	{ 0, "Don't do query recursively" },
	{ 1, "Do query recursively" },
	{ 0, NULL },
};
static const struct value_name available_names[] = {
	{ 0, "Server can't do recursive queries" },
	{ 1, "Server can do recursive queries" },
	{ 0, NULL },
};
static const struct value_name broadcast_names[] = {
	{ 0, "Not a broadcast packet" },
	{ 1, "Broadcast packet" },
	{ 0, NULL },
};
static const struct value_name group_names[] = {
	{ 0, "Unique name" },
	{ 1, "Group name" },
	{ 0, NULL },
};
#define FLAG(abbrev, name, words, bit, says, where)                                                \
	{                                                                                          \
		abbrev, name, FIELD_BOOL, .names = words, .mask = bit, .bits = 16, .help = says,   \
					  .reference = where                                       \
	}

const struct field nbns_fields[NBNS_FIELDS] = {
	[NBNS] = { "nbns", "NetBIOS Name Service", FIELD_PROTOCOL,
		   .help = "Names of stations in a local network, and their addresses",
		   .reference = "RFC 1001, 15" },
	[NBNS_ID] = { "nbns.id", "Transaction ID", FIELD_U16, BASE_HEX,
		      .help = "Ties a response to its query", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_FLAGS] = { "nbns.flags", "Flags", FIELD_U16, BASE_HEX,
			 .help = "What the message is and what it wants",
			 .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_RESPONSE] = FLAG("nbns.flags.response", "Response", response_names, RESPONSE,
			       "Whether this asks or answers", "RFC 1002, 4.2.1.1"),
	[NBNS_OPCODE] = { "nbns.flags.opcode", "Opcode", FIELD_U16, .names = opcode_names,
			  .mask = 0x7800,
			  .help = "What is done with the name: asked for, registered, released, "
				  "refreshed",
			  .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_AUTHORITATIVE] =
		FLAG("nbns.flags.authoritative", "Authoritative", authority_names, 0x0400,
		     "Who answers owns the name, or keeps it for its owner", "RFC 1002, 4.2.1.1"),
	[NBNS_TRUNCATED] = FLAG("nbns.flags.truncated", "Truncated", truncated_names, 0x0200,
				"Not all fitted into the datagram", "RFC 1002, 4.2.1.1"),
	[NBNS_RECDESIRED] =
		FLAG("nbns.flags.recdesired", "Recursion desired", desired_names, 0x0100,
		     "A server shall answer, or have the name defended", "RFC 1002, 4.2.1.1"),
	[NBNS_RECAVAIL] = FLAG("nbns.flags.recavail", "Recursion available", available_names,
			       0x0080, "Who answers is a name server", "RFC 1002, 4.2.1.1"),
	[NBNS_BROADCAST] = FLAG("nbns.flags.broadcast", "Broadcast", broadcast_names, 0x0010,
				"It was sent to all, not to one", "RFC 1002, 4.2.1.1"),
	[NBNS_RCODE] = { "nbns.flags.rcode", "Reply code", FIELD_U16, .names = rcode_names,
			 .mask = 0x000f, .help = "Whether it worked, or why not",
			 .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_QUERIES] = { "nbns.count.queries", "Questions", FIELD_U16,
			   .help = "How many questions follow", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_ANSWERS] = { "nbns.count.answers", "Answer RRs", FIELD_U16,
			   .help = "How many records answer", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_AUTH_RR] = { "nbns.count.auth_rr", "Authority RRs", FIELD_U16,
			   .help = "How many records name another server",
			   .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_ADD_RR] = { "nbns.count.add_rr", "Additional RRs", FIELD_U16,
			  .help = "How many more records follow",
			  .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_QUERIES] = { "peel.nbns.queries", "Queries", FIELD_NONE,
				   .help = "The questions", .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_ANSWERS] = { "peel.nbns.answers", "Answers", FIELD_NONE,
				   .help = "The records that answer",
				   .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_AUTHORITY] = { "peel.nbns.authorities", "Authoritative nameservers",
				     FIELD_NONE, .help = "The records that name another server",
				     .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_SECTION_ADDITIONAL] = { "peel.nbns.additional", "Additional records", FIELD_NONE,
				      .help = "What comes along",
				      .reference = "RFC 1002, 4.2.1.1" },
	[NBNS_RECORD] = { "peel.nbns.record", "Record", FIELD_NONE,
			  .help = "A name with what is known of it",
			  .reference = "RFC 1002, 4.2.1.3" },
	[NBNS_NAME] = { "nbns.name", "Name", FIELD_TEXT,
			.help = "The name, of at most 15 characters, with the kind of service in "
				"its 16th byte",
			.reference = "RFC 1002, 4.2.1.2" },
	[NBNS_TYPE] = { "nbns.type", "Type", FIELD_U16, .names = type_names,
			.help = "What is asked for: NB the address, NBSTAT all about the node",
			.reference = "RFC 1002, 4.2.1.2" },
	[NBNS_CLASS] = { "nbns.class", "Class", FIELD_U16, .names = class_names,
			 .help = "Always IN", .reference = "RFC 1002, 4.2.1.2" },
	[NBNS_TTL] = { "nbns.ttl", "Time to live", FIELD_U32,
		       .help = "For how many seconds the name may be kept; 0: for ever",
		       .reference = "RFC 1002, 4.2.1.3" },
	[NBNS_DATA_LENGTH] = { "nbns.data_length", "Data length", FIELD_U16,
			       .help = "Bytes of the record's data",
			       .reference = "RFC 1002, 4.2.1.3" },
	[NBNS_NB_FLAGS] = { "nbns.nb_flags", "Name flags", FIELD_U16, BASE_HEX,
			    .help = "What kind of name it is, and how its owner finds others",
			    .reference = "RFC 1002, 4.2.2" },
	[NBNS_NB_GROUP] =
		FLAG("nbns.nb_flags.group", "Name type", group_names, 0x8000,
		     "Whether one station has the name or several share it", "RFC 1002, 4.2.2"),
	[NBNS_NB_ONT] = { "nbns.nb_flags.ont", "ONT", FIELD_U16, .names = node_names,
			  .mask = 0x6000, .help = "The owner's node type" },
	[NBNS_ADDR] = { "nbns.addr", "Addr", FIELD_IPV4, .help = "The owner's address",
			.reference = "RFC 1002, 4.2.2" },
	[NBNS_DATA] = { "nbns.data", "Data", FIELD_BYTES, .help = "The record's data",
			.reference = "RFC 1002, 4.2.1.3" },
	[NBNS_NUMBER_OF_NAMES] = { "nbns.number_of_names", "Number of names", FIELD_U8,
				   .help = "How many names the node has",
				   .reference = "RFC 1002, 4.2.18" },
	[NBNS_NETBIOS_NAME] = { "nbns.netbios_name", "Name", FIELD_TEXT, .help = "One of them",
				.reference = "RFC 1002, 4.2.18" },
	[NBNS_NAME_FLAGS] = { "nbns.name_flags", "Name flags", FIELD_U16, BASE_HEX,
			      .help = "What it is and how it stands",
			      .reference = "RFC 1002, 4.2.18" },
	[NBNS_NAME_GROUP] =
		FLAG("nbns.name_flags.group", "Name type", group_names, 0x8000,
		     "Whether one station has the name or several share it", "RFC 1002, 4.2.18"),
	[NBNS_NAME_ONT] = { "nbns.name_flags.ont", "ONT", FIELD_U16, .names = node_names,
			    .mask = 0x6000, .help = "The owner's node type" },
	[NBNS_NAME_DRG] = FLAG("nbns.name_flags.drg", "Name is being deregistered", yes_names,
			       0x1000, "The node is giving it up", "RFC 1002, 4.2.18"),
	[NBNS_NAME_CNF] = FLAG("nbns.name_flags.cnf", "Name is in conflict", yes_names, 0x0800,
			       "Another node has it too", "RFC 1002, 4.2.18"),
	[NBNS_NAME_ACT] = FLAG("nbns.name_flags.act", "Name is active", yes_names, 0x0400,
			       "The node uses it", "RFC 1002, 4.2.18"),
	[NBNS_NAME_PRM] = FLAG("nbns.name_flags.prm", "Permanent node name", yes_names, 0x0200,
			       "It is made of the hardware address", "RFC 1002, 4.2.18"),
	[NBNS_UNIT_ID] = { "nbns.unit_id", "Unit ID", FIELD_ETHER,
			   .help = "The node's hardware address", .reference = "RFC 1002, 4.2.18" },
	[NBNS_JUMPERS] = { "nbns.jumpers", "Jumpers", FIELD_U8, BASE_HEX,
			   .help = "How switches on the adapter are set",
			   .reference = "RFC 1002, 4.2.18" },
	[NBNS_TEST_RESULT] = { "nbns.test_result", "Test result", FIELD_U8, BASE_HEX,
			       .help = "What the adapter's own test came to",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_VERSION_NUMBER] = { "nbns.version_number", "Version number", FIELD_U16, BASE_HEX,
				  .help = "Of the adapter's program",
				  .reference = "RFC 1002, 4.2.18" },
	[NBNS_PERIOD] = { "nbns.period_of_statistics", "Period of statistics", FIELD_U16, BASE_HEX,
			  .help = "For how many minutes the counts are",
			  .reference = "RFC 1002, 4.2.18" },
	[NBNS_CRCS] = { "nbns.num_crcs", "Number of CRCs", FIELD_U16,
			.help = "Frames that came with a wrong checksum",
			.reference = "RFC 1002, 4.2.18" },
	[NBNS_ALIGNMENT_ERRORS] = { "nbns.num_alignment_errors", "Number of alignment errors",
				    FIELD_U16, .help = "Frames that came with a broken last byte",
				    .reference = "RFC 1002, 4.2.18" },
	[NBNS_COLLISIONS] = { "nbns.num_collisions", "Number of collisions", FIELD_U16,
			      .help = "How often sending met somebody else's",
			      .reference = "RFC 1002, 4.2.18" },
	[NBNS_SEND_ABORTS] = { "nbns.num_send_aborts", "Number of send aborts", FIELD_U16,
			       .help = "How often sending was given up",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_GOOD_SENDS] = { "nbns.num_good_sends", "Number of good sends", FIELD_U32,
			      .help = "Frames that were sent", .reference = "RFC 1002, 4.2.18" },
	[NBNS_GOOD_RECEIVES] = { "nbns.num_good_receives", "Number of good receives", FIELD_U32,
				 .help = "Frames that came whole",
				 .reference = "RFC 1002, 4.2.18" },
	[NBNS_RETRANSMITS] = { "nbns.numretransmits", "Number of retransmits", FIELD_U16,
			       .help = "Frames that were sent again",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_NO_RESOURCES] = { "nbns.num_no_resource_conditions",
				"Number of no resource conditions", FIELD_U16,
				.help = "How often there was no room for what came",
				.reference = "RFC 1002, 4.2.18" },
	[NBNS_COMMAND_BLOCKS] = { "nbns.numcommand_blocks", "Number of command blocks", FIELD_U16,
				  .help = "Commands that can still be given to the adapter",
				  .reference = "RFC 1002, 4.2.18" },
	[NBNS_PENDING_SESSIONS] = { "nbns.numpending_sessions", "Number of pending sessions",
				    FIELD_U16, .help = "Sessions that are open or about to be",
				    .reference = "RFC 1002, 4.2.18" },
	[NBNS_MAX_PENDING_SESSIONS] = { "nbns.max_num_pending_sessions",
					"Max number of pending sessions", FIELD_U16,
					.help = "How many it is set up for",
					.reference = "RFC 1002, 4.2.18" },
	[NBNS_MAX_SESSIONS] = { "nbns.max_total_sessions_possible", "Max total sessions possible",
				FIELD_U16, .help = "How many it could have",
				.reference = "RFC 1002, 4.2.18" },
	[NBNS_PACKET_SIZE] = { "nbns.session_data_packet_size", "Session data packet size",
			       FIELD_U16, .help = "The longest packet of a session, in bytes",
			       .reference = "RFC 1002, 4.2.18" },
	[NBNS_INCOMPLETE] =
		FINDING("nbns.incomplete_entry", "incomplete entry", EXPERT_ERROR, GROUP_MALFORMED),
};
