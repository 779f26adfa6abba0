/* dns_fields.c - the table of DNS's fields, with the rows of messages, questions and the heads of
 * records.
 *
 * Shared by dns, mdns and llmnr; numbered by the enum in dns.h.  What records hold is in
 * dns_*_rows.h. */
#include "dns.h"
#include "ip_names.h"

static const struct value_name protocol_names[] = {
	{ 1, "ICMP" }, { 6, "TCP" }, { 17, "UDP" }, { 33, "DCCP" }, { 132, "SCTP" }, { 0 },
};

static const struct value_name flags_response_names[] = {
	{ 1, "Message is a response" },
	{ 0, "Message is a query" },
	{ 0 },
};

static const struct value_name flags_authoritative_names[] = {
	{ 1, "Server is an authority for domain" },
	{ 0, "Server is not an authority for domain" },
	{ 0 },
};

static const struct value_name flags_conflict_names[] = {
	{ 1, "The sender received multiple responses" },
	{ 0, "None" },
	{ 0 },
};

static const struct value_name flags_truncated_names[] = {
	{ 1, "Message is truncated" },
	{ 0, "Message is not truncated" },
	{ 0 },
};

static const struct value_name flags_recdesired_names[] = {
	{ 1, "Do query recursively" },
	{ 0, "Don't do query recursively" },
	{ 0 },
};

static const struct value_name flags_tentative_names[] = {
	{ 1, "Tentative" },
	{ 0, "Not tentative" },
	{ 0 },
};

static const struct value_name flags_recavail_names[] = {
	{ 1, "Server can do recursive queries" },
	{ 0, "Server can't do recursive queries" },
	{ 0 },
};

static const struct value_name flags_z_names[] = {
	{ 1, "reserved - incorrect!" },
	{ 0, "reserved (0)" },
	{ 0 },
};

static const struct value_name flags_authenticated_names[] = {
	{ 1, "Answer/authority portion was authenticated by the server" },
	{ 0, "Answer/authority portion was not authenticated by the server" },
	{ 0 },
};

static const struct value_name flags_checkdisable_names[] = {
	{ 1, "Acceptable" },
	{ 0, "Unacceptable" },
	{ 0 },
};

static const struct value_name resp_z_do_names[] = {
	{ 1, "Accepts DNSSEC security RRs" },
	{ 0, "Cannot handle DNSSEC security RRs" },
	{ 0 },
};

static const struct value_name zonemd_scheme_names[] = {
	{ 0, "Reserved" },
	{ 1, "SIMPLE" },
	{ 255, "Reserved" },
	{ 0 },
};

static const struct value_name zonemd_hash_algo_names[] = {
	{ 0, "Reserved" }, { 1, "SHA-384" }, { 2, "SHA-512" }, { 255, "Reserved" }, { 0 },
};

static const struct value_name algorithm_names[] = {
	{ 1, "RSA/MD5" },
	{ 2, "Diffie-Hellman" },
	{ 3, "DSA" },
	{ 4, "Elliptic curve crypto" },
	{ 5, "RSA/SHA1" },
	{ 6, "DSA + NSEC3/SHA1" },
	{ 7, "RSA/SHA1 + NSEC3/SHA1" },
	{ 8, "RSA/SHA-256" },
	{ 10, "RSA/SHA-512" },
	{ 12, "GOST R 34.10-2001" },
	{ 13, "ECDSA Curve P-256 with SHA-256" },
	{ 14, "ECDSA Curve P-386 with SHA-386" },
	{ 15, "Ed25519" },
	{ 16, "Ed448" },
	{ 157, "HMAC/MD5" },
	{ 252, "Indirect key" },
	{ 253, "Private, domain name" },
	{ 254, "Private, OID" },
	{ 0 },
};

static const struct value_name dnskey_flags_zone_key_names[] = {
	{ 1, "This is the zone key for specified zone" },
	{ 0, "This it not a zone key" },
	{ 0 },
};

static const struct value_name key_flags_authentication_names[] = {
	{ 1, "Not Allowed" },
	{ 0, "Allowed" },
	{ 0 },
};

static const struct value_name key_flags_required_names[] = {
	{ 1, "Experimental or optional" },
	{ 0, "Required" },
	{ 0 },
};

static const struct value_name key_flags_ipsec_names[] = {
	{ 1, "Valid" },
	{ 0, "Invalid" },
	{ 0 },
};

static const struct value_name tkey_mode_names[] = {
	{ 1, "Server assigned" },   { 2, "Diffie Hellman" }, { 3, "GSSAPI" },
	{ 4, "Resolver assigned" }, { 5, "Delete" },	     { 0 },
};

static const struct value_name ipseckey_gateway_algorithm_names[] = {
	{ 1, "DSA" },
	{ 2, "RSA" },
	{ 0 },
};

static const struct value_name ipseckey_gateway_type_names[] = {
	{ 0, "No Gateway" },
	{ 1, "IPv4 Gateway" },
	{ 2, "IPv6 Gateway" },
	{ 3, "DNS Gateway" },
	{ 0 },
};

static const struct value_name xpf_ip_version_names[] = {
	{ 0, "Reserved" }, { 4, "IPv4" }, { 5, "ST Datagram" }, { 6, "IPv6" },
	{ 7, "TP/IX" },	   { 8, "PIP" },  { 9, "TUBA" },	{ 0 },
};

static const struct value_name cert_type_names[] = {
	{ 1, "PKIX" },		 { 2, "SPKI" },		  { 3, "PGP" },	   { 4, "IPKIX" },
	{ 5, "ISPKI" },		 { 6, "IPGP" },		  { 7, "ACPKIX" }, { 8, "IACPKIX" },
	{ 253, "Private, URI" }, { 254, "Private, OID" }, { 0 },
};

static const struct value_name digest_names[] = {
	{ 0, "Reserved digest" }, { 1, "SHA-1" },   { 2, "SHA-256" },
	{ 3, "GOST R 34.11-94" }, { 4, "SHA-384" }, { 0 },
};

static const struct value_name nsec3_hash_names[] = {
	{ 0, "Reserved" },
	{ 1, "SHA-1" },
	{ 0 },
};

static const struct value_name family_names[] = {
	{ 1, "IPv4" },
	{ 2, "IPv6" },
	{ 0 },
};

static const struct value_name opt_ext_error_info_code_names[] = {
	{ 0, "Other Error" },
	{ 1, "Unsupported DNSKEY Algorithm" },
	{ 2, "Unsupported DS Digest Type" },
	{ 3, "Stale Answer" },
	{ 4, "Forged Answer" },
	{ 5, "DNSSEC Indeterminate" },
	{ 6, "DNSSEC Bogus" },
	{ 7, "Signature Expired" },
	{ 8, "Signature Not Yet Valid" },
	{ 9, "DNSKEY Missing" },
	{ 10, "RRSIGs Missing" },
	{ 11, "No Zone Key Bit Set" },
	{ 12, "NSEC Missing" },
	{ 13, "Cached Error" },
	{ 14, "Not Ready" },
	{ 15, "Blocked" },
	{ 16, "Censored" },
	{ 17, "Filtered" },
	{ 18, "Prohibited" },
	{ 19, "Stale NXDomain Answer" },
	{ 20, "Not Authoritative" },
	{ 21, "Not Supported" },
	{ 22, "No Reachable Authority" },
	{ 23, "Network Error" },
	{ 24, "Invalid Data" },
	{ 25, "Signature Expired before Valid" },
	{ 26, "Too Early" },
	{ 27, "Unsupported NSEC3 Iterations Value" },
	{ 28, "Unable to conform to policy" },
	{ 29, "Synthesized" },
	{ 0 },
};

static const struct value_name nsec3_flags_opt_out_names[] = {
	{ 1, "Additional insecure delegations allowed" },
	{ 0, "Additional insecure delegations forbidden" },
	{ 0 },
};

static const struct value_name tlsa_certificate_usage_names[] = {
	{ 0, "CA constraint (PKIX-TA)" },
	{ 1, "Service certificate constraint (PKIX-EE)" },
	{ 2, "Trust anchor assertion (DANE-TA)" },
	{ 3, "Domain-issued certificate (DANE-EE)" },
	{ 0 },
};

static const struct value_name tlsa_selector_names[] = {
	{ 0, "Full certificate (Cert)" },
	{ 1, "SubjectPublicKeyInfo (SPKI)" },
	{ 0 },
};

static const struct value_name tlsa_matching_type_names[] = {
	{ 0, "No Hash Used (Full)" },
	{ 1, "256 bit hash by SHA2 (SHA2-256)" },
	{ 2, "512 bit hash by SHA2 (SHA2-512)" },
	{ 0 },
};

static const struct value_name sshfp_algorithm_names[] = {
	{ 0, "Reserved" }, { 1, "RSA" },  { 2, "DSA" }, { 3, "ECDSA" },
	{ 4, "Ed25519" },  { 5, "XMSS" }, { 0 },
};

static const struct value_name sshfp_fingerprint_type_names[] = {
	{ 0, "Reserved" },
	{ 1, "SHA1" },
	{ 2, "SHA256" },
	{ 0 },
};

static const struct value_name hip_hit_pk_algo_names[] = {
	{ 0, "Reserved" },
	{ 1, "DSA" },
	{ 2, "RSA" },
	{ 0 },
};

static const struct value_name apl_negation_names[] = {
	{ 1, "Yes (!)" },
	{ 0, "No (0)" },
	{ 0 },
};

static const struct value_name caa_flags_issuer_critical_names[] = {
	{ 1, "Critical" },
	{ 0, "Not critical" },
	{ 0 },
};

static const struct value_name dso_tlv_type_names[] = {
	{ 0, "Reserved" },	     { 1, "Keep Alive" }, { 2, "Retry Delay" },
	{ 3, "Encryption Padding" }, { 64, "Subscribe" }, { 65, "Push" },
	{ 66, "Unsubscribe" },	     { 67, "Reconfirm" }, { 0 },
};

const struct field dns_fields[] = {
	[DNS] = { "dns", "Domain Name System", FIELD_PROTOCOL,
		  .help = "Asks a server what a name stands for, and brings its answer",
		  .reference = "RFC 1034" },
	[DNS_LENGTH] = { "dns.length", "Length", FIELD_U16,
			 .help = "How long the message is, as TCP does not tell where it ends",
			 .reference = "RFC 1035, 4.2.2" },
	[DNS_FLAGS] = { "dns.flags", "Flags", FIELD_U16, BASE_HEX,
			.help = "What kind of message this is, and how it went",
			.reference = "RFC 1035, 4.1.1", PLACED(2) },
	[DNS_FLAGS_RESPONSE] = { "dns.flags.response", "Response", FIELD_BOOL,
				 .names = flags_response_names, .mask = 0x8000,
				 .help = "This is an answer, and no question",
				 .reference = "RFC 1035, 4.1.1", PLACED(2) },
	[DNS_FLAGS_OPCODE] = { "dns.flags.opcode", "Opcode", FIELD_U16, .names = dns_opcode_names,
			       .mask = 0x7800,
			       .help = "What is asked for: an ordinary lookup, an update, a "
				       "notification",
			       .reference = "RFC 1035, 4.1.1", PLACED(2) },
	[DNS_FLAGS_AUTHORITATIVE] = { "dns.flags.authoritative", "Authoritative", FIELD_BOOL,
				      .names = flags_authoritative_names, .mask = 0x400,
				      .help = "The server answers for its own zone and not from a "
					      "cache",
				      .reference = "RFC 1035, 4.1.1" },
	[DNS_FLAGS_CONFLICT] = { "dns.flags.conflict", "Conflict", FIELD_BOOL,
				 .names = flags_conflict_names, .mask = 0x400,
				 .help = "The sender knows more than one owner of the name",
				 .reference = "RFC 4795, 2.1.1" },
	[DNS_FLAGS_TRUNCATED] = { "dns.flags.truncated", "Truncated", FIELD_BOOL,
				  .names = flags_truncated_names, .mask = 0x200,
				  .help = "The answer did not fit; the asker should come again "
					  "over TCP",
				  .reference = "RFC 1035, 4.1.1", PLACED(2) },
	[DNS_FLAGS_RECDESIRED] = { "dns.flags.recdesired", "Recursion desired", FIELD_BOOL,
				   .names = flags_recdesired_names, .mask = 0x100,
				   .help = "The server is asked to ask others, if it has no answer "
					   "itself",
				   .reference = "RFC 1035, 4.1.1", PLACED(2) },
	[DNS_FLAGS_TENTATIVE] = { "dns.flags.tentative", "Tentative", FIELD_BOOL,
				  .names = flags_tentative_names, .mask = 0x100,
				  .help = "The sender has not yet verified that the name is its "
					  "own",
				  .reference = "RFC 4795, 2.1.1" },
	[DNS_FLAGS_RECAVAIL] = { "dns.flags.recavail", "Recursion available", FIELD_BOOL,
				 .names = flags_recavail_names, .mask = 0x80,
				 .help = "The server would ask others for those who ask it",
				 .reference = "RFC 1035, 4.1.1" },
	[DNS_FLAGS_Z] = { "dns.flags.z", "Z", FIELD_BOOL, .names = flags_z_names, .mask = 0x40,
			  .help = "Not used, and 0", .reference = "RFC 1035, 4.1.1", PLACED(3) },
	[DNS_FLAGS_AUTHENTICATED] = { "dns.flags.authenticated", "Answer authenticated", FIELD_BOOL,
				      .names = flags_authenticated_names, .mask = 0x20,
				      .help = "The server has verified the signatures of what it "
					      "says",
				      .reference = "RFC 4035, 3.2.3" },
	[DNS_FLAGS_CHECKDISABLE] = { "dns.flags.checkdisable", "Non-authenticated data", FIELD_BOOL,
				     .names = flags_checkdisable_names, .mask = 0x10,
				     .help = "The asker will verify signatures itself, and wants "
					     "what fails to verify, too",
				     .reference = "RFC 4035, 3.2.2", PLACED(3) },
	[DNS_FLAGS_RCODE] = { "dns.flags.rcode", "Reply code", FIELD_U16, .names = dns_rcode_names,
			      .mask = 0xf,
			      .help = "How it went: 0 is well, 3 says that the name does not exist",
			      .reference = "RFC 1035, 4.1.1" },
	[DNS_ID] = { "dns.id", "Transaction ID", FIELD_U16, BASE_HEX,
		     .help = "Chosen by the asker; the answer has the same, by which it is known",
		     .reference = "RFC 1035, 4.1.1", PLACED(0) },
	[DNS_QRY_TYPE] = { "dns.qry.type", "Type", FIELD_U16, .names = dns_type_names,
			   .help = "What kind of record is asked for",
			   .reference = "RFC 1035, 4.1.2" },
	[DNS_QRY_CLASS] = { "dns.qry.class", "Class", FIELD_U16, BASE_HEX, .names = dns_class_names,
			    .help = "The class of the zone: Internet, in practice",
			    .reference = "RFC 1035, 4.1.2" },
	[DNS_QRY_QU] = { "dns.qry.qu", "\"QU\" question", FIELD_BOOL, .names = true_names,
			 .mask = 0x8000, .help = "A unicast response is preferred",
			 .reference = "RFC 6762, 5.4" },
	[DNS_QRY_NAME] = { "dns.qry.name", "Name", FIELD_TEXT, .help = "The name that is asked for",
			   .reference = "RFC 1035, 4.1.2" },
	[DNS_QRY_NAME_LEN] = { "dns.qry.name.len", "Name Length", FIELD_U16,
			       .help = "Characters of the name" },
	[DNS_COUNT_LABELS] = { "dns.count.labels", "Label Count", FIELD_U16,
			       .help = "Parts of the name between dots" },
	[DNS_RESP_TYPE] = { "dns.resp.type", "Type", FIELD_U16, .names = dns_type_names,
			    .help = "What kind of record it is", .reference = "RFC 1035, 4.1.3" },
	[DNS_RESP_CLASS] = { "dns.resp.class", "Class", FIELD_U16, BASE_HEX,
			     .names = dns_class_names,
			     .help = "The class of the zone: Internet, in practice",
			     .reference = "RFC 1035, 4.1.3" },
	[DNS_RESP_CACHE_FLUSH] = { "dns.resp.cache_flush", "Cache flush", FIELD_BOOL,
				   .names = true_names, .mask = 0x8000,
				   .help = "Earlier records of this name and type are to be "
					   "forgotten",
				   .reference = "RFC 6762, 10.2" },
	[DNS_RESP_EXT_RCODE] = { "dns.resp.ext_rcode", "Higher bits in extended RCODE", FIELD_U8,
				 BASE_HEX,
				 .help = "The upper bits of a reply code that has more than four",
				 .reference = "RFC 6891, 6.1.3" },
	[DNS_RESP_EDNS0_VERSION] = { "dns.resp.edns0_version", "EDNS0 version", FIELD_U8,
				     .help = "The version of the extension: 0",
				     .reference = "RFC 6891, 6.1.3" },
	[DNS_RESP_Z] = { "dns.resp.z", "Z", FIELD_U16, BASE_HEX, .help = "Flags of the extension",
			 .reference = "RFC 6891, 6.1.3" },
	[DNS_RESP_Z_DO] = { "dns.resp.z.do", "DO bit", FIELD_BOOL, .names = resp_z_do_names,
			    .mask = 0x8000,
			    .help = "The asker understands signatures, and wants them",
			    .reference = "RFC 3225, 3" },
	[DNS_RESP_Z_RESERVED] = { "dns.resp.z.reserved", "Reserved", FIELD_U16, BASE_HEX,
				  .mask = 0x7fff, .help = "Not used, and 0",
				  .reference = "RFC 6891, 6.1.3" },
	[DNS_RESP_NAME] = { "dns.resp.name", "Name", FIELD_TEXT,
			    .help = "The name that the record belongs to",
			    .reference = "RFC 1035, 4.1.3" },
	[DNS_RESP_TTL] = { "dns.resp.ttl", "Time to live", FIELD_U32,
			   .help = "For how many seconds the record may be kept",
			   .reference = "RFC 1035, 4.1.3" },
	[DNS_RESP_LEN] = { "dns.resp.len", "Data length", FIELD_U16,
			   .help = "How many bytes of data follow",
			   .reference = "RFC 1035, 4.1.3" },
	[DNS_RR_UDP_PAYLOAD_SIZE] = { "dns.rr.udp_payload_size", "UDP payload size", FIELD_U16,
				      .help = "How long a datagram the sender can put together",
				      .reference = "RFC 6891, 6.2.3" },
	[DNS_COUNT_QUERIES] = { "dns.count.queries", "Questions", FIELD_U16,
				.help = "How many questions there are: one, in practice",
				.reference = "RFC 1035, 4.1.1", PLACED(4) },
	[DNS_COUNT_ZONES] = { "dns.count.zones", "Zones", FIELD_U16,
			      .help = "How many zones are updated: one",
			      .reference = "RFC 2136, 2.2" },
	[DNS_COUNT_ANSWERS] = { "dns.count.answers", "Answer RRs", FIELD_U16,
				.help = "How many records answer the question",
				.reference = "RFC 1035, 4.1.1", PLACED(6) },
	[DNS_COUNT_PREREQUISITES] = { "dns.count.prerequisites", "Prerequisites", FIELD_U16,
				      .help = "How many records must, or must not, be there for "
					      "the update",
				      .reference = "RFC 2136, 2.2" },
	[DNS_COUNT_AUTH_RR] = { "dns.count.auth_rr", "Authority RRs", FIELD_U16,
				.help = "How many records tell who is responsible for the zone",
				.reference = "RFC 1035, 4.1.1", PLACED(8) },
	[DNS_COUNT_UPDATES] = { "dns.count.updates", "Updates", FIELD_U16,
				.help = "How many records are added or deleted",
				.reference = "RFC 2136, 2.2" },
	[DNS_RESPONSE_IN] = { "dns.response_in", "Response In", FIELD_FRAME, .flags = FIELD_FORWARD,
			      .help = "The packet that answers this question" },
	[DNS_RESPONSE_TO] = { "dns.response_to", "Request In", FIELD_FRAME,
			      .help = "The packet that asked" },
	[DNS_RETRANSMISSION] = { "dns.retransmission", "Retransmission", FIELD_BOOL,
				 .names = true_names, .help = "The same was sent before" },
	[DNS_RETRANSMIT_REQUEST_IN] = { "dns.retransmit_request_in",
					"Retransmitted request. Original request in", FIELD_FRAME,
					.help = "The first of the same questions" },
	[DNS_RETRANSMIT_RESPONSE_IN] = { "dns.retransmit_response_in",
					 "Retransmitted response. Original response in",
					 FIELD_FRAME, .help = "The first of the same answers" },
	[DNS_TIME] = { "dns.time", "Time", FIELD_DURATION, .help = "How long the answer took" },
	[DNS_UNSOLICITED] = { "dns.unsolicited", "Unsolicited", FIELD_BOOL, .names = true_names,
			      .help = "Nobody in this capture asked for it" },
	[DNS_COUNT_ADD_RR] = { "dns.count.add_rr", "Additional RRs", FIELD_U16,
			       .help = "How many records are added because the asker will need "
				       "them",
			       .reference = "RFC 1035, 4.1.1", PLACED(10) },
	[DNS_EXTRANEOUS_DATA] = { "dns.extraneous.data", "Extraneous Data Bytes", FIELD_BYTES,
				  .help = "Bytes that follow the message" },
	[DNS_EXTRANEOUS_LENGTH] = { "dns.extraneous.length", "Extraneous Data Length", FIELD_I32,
				    .help = "How many bytes follow the message" },
	[DNS_RR_OPT_BAD_LENGTH] =
		FINDING("dns.rr.opt.bad_length", "Length too long for any type of IP address.",
			EXPERT_ERROR, GROUP_MALFORMED),
	[DNS_UNDECODED_TYPE] =
		FINDING("dns.undecoded.type", "Undecoded option", EXPERT_NOTE, GROUP_UNDECODED),
	[DNS_DEPR_OPC] = FINDING("dns.depr.opc", "Deprecated opcode", EXPERT_WARN, GROUP_PROTOCOL),
	[DNS_TTL_HIGH_BIT_SET] = FINDING(
		"dns.ttl.high_bit_set", "The uppermost bit of the TTL is set (RFC 2181, section 8)",
		EXPERT_WARN, GROUP_PROTOCOL),
	[DNS_RETRANSMIT_REQUEST] = FINDING("dns.retransmit_request", "DNS query retransmission",
					   EXPERT_WARN, GROUP_PROTOCOL),
	[DNS_RETRANSMIT_RESPONSE] =
		FINDING("dns.retransmit_response", "DNS response retransmission", EXPERT_WARN,
			GROUP_PROTOCOL),
	[DNS_EXTRANEOUS] = { "dns.extraneous", "Extraneous data", FIELD_NONE,
			     .help = "What follows the message" },
	[DNS_QUERIES] = { "dns.queries", "Queries", FIELD_NONE, .flags = FIELD_WORDS,
			  .help = "What is asked", .reference = "RFC 1035, 4.1.2" },
	[DNS_ZONE] = { "dns.zone", "Zone", FIELD_NONE, .flags = FIELD_WORDS,
		       .help = "The zone that is updated", .reference = "RFC 2136, 2.4" },
	[DNS_ANSWERS] = { "dns.answers", "Answers", FIELD_NONE, .flags = FIELD_WORDS,
			  .help = "Records that answer the question",
			  .reference = "RFC 1035, 4.1.3" },
	[DNS_PREREQUISITES] = { "dns.prerequisites", "Prerequisites", FIELD_NONE,
				.flags = FIELD_WORDS,
				.help = "What must, or must not, be there for the update",
				.reference = "RFC 2136, 2.4" },
	[DNS_AUTHORITIES] = { "dns.authorities", "Authoritative nameservers", FIELD_NONE,
			      .flags = FIELD_WORDS,
			      .help = "Records that tell who is responsible for the zone",
			      .reference = "RFC 1035, 4.1.3" },
	[DNS_UPDATES] = { "dns.updates", "Updates", FIELD_NONE, .flags = FIELD_WORDS,
			  .help = "What is added or deleted", .reference = "RFC 2136, 2.4" },
	[DNS_ADDITIONALS] = { "dns.additionals", "Additional records", FIELD_NONE,
			      .flags = FIELD_WORDS, .help = "Records that the asker will need, too",
			      .reference = "RFC 1035, 4.1.3" },
	[DNS_QUESTION] = { "dns.question", "Question", FIELD_NONE, .flags = FIELD_WORDS,
			   .help = "One question", .reference = "RFC 1035, 4.1.2" },
	[DNS_UNICODE_NAME] = { "peel.dns.name.unicode", "Unicode name", FIELD_TEXT,
			       .help = "The same in its own script, as people write it",
			       .reference = "RFC 5891, 4.4" },
	[DNS_RECORD] = { "dns.record", "Resource record", FIELD_NONE, .flags = FIELD_WORDS,
			 .help = "One record: a name, what it has, and for how long",
			 .reference = "RFC 1035, 4.1.3" },
#include "dns_record_rows.h"
#include "dns_security_rows.h"
#include "dns_option_rows.h"
};
