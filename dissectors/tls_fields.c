/* tls_fields.c - the fields of TLS and of certificates, and small tables of names. */
#include "quic.h"
#include "tls.h"

const struct value_name tls_content_names[] = {
	{ 20, "Change Cipher Spec" },
	{ 21, "Alert" },
	{ 22, "Handshake" },
	{ 23, "Application Data" },
	{ 24, "Heartbeat" },
	{ 25, "Connection ID" },
	{ 0, NULL },
};
const struct value_name tls_level_names[] = { { 1, "Warning" }, { 2, "Fatal" }, { 0, NULL } };
static const struct value_name tls_compression_names[] = {
	{ 0, "null" }, { 1, "DEFLATE" }, { 64, "LZS" }, { 0, NULL }
};
static const struct value_name tls_psk_mode_names[] = {
	{ 0, "PSK-only key establishment (psk_ke)" },
	{ 1, "PSK with (EC)DHE key establishment (psk_dhe_ke)" },
	{ 0, NULL },
};
static const struct value_name tls_curve_type_names[] = {
	{ 1, "explicit_prime" }, { 2, "explicit_char2" }, { 3, "named_curve" }, { 0, NULL }
};
static const struct value_name tls_point_names[] = {
	{ 0, "uncompressed" },
	{ 1, "ansiX962_compressed_prime" },
	{ 2, "ansiX962_compressed_char2" },
	{ 0, NULL },
};
static const struct value_name tls_status_names[] = { { 1, "OCSP" },
						      { 2, "OCSP Multi" },
						      { 0, NULL } };
static const struct value_name tls_key_update_names[] = { { 0, "update_not_requested" },
							  { 1, "update_requested" },
							  { 0, NULL } };
static const struct value_name tls_compress_names[] = {
	{ 1, "zlib" }, { 2, "brotli" }, { 3, "zstd" }, { 0, NULL }
};
static const struct value_name tls_fragment_names[] = {
	{ 1, "512" }, { 2, "1024" }, { 3, "2048" }, { 4, "4096" }, { 0, NULL }
};
static const struct value_name tls_heartbeat_mode_names[] = {
	{ 1, "Peer allowed to send requests" },
	{ 2, "Peer not allowed to send requests" },
	{ 0, NULL },
};
static const struct value_name tls_heartbeat_names[] = { { 1, "Request" },
							 { 2, "Response" },
							 { 0, NULL } };
static const struct value_name tls_name_type_names[] = { { 0, "host_name" }, { 0, NULL } };
/* RFC 9000, 18.2, and those registered since. */
static const struct value_name tls_quic_parameter_names[] = {
	{ 0x00, "original_destination_connection_id" },
	{ 0x01, "max_idle_timeout" },
	{ 0x02, "stateless_reset_token" },
	{ 0x03, "max_udp_payload_size" },
	{ 0x04, "initial_max_data" },
	{ 0x05, "initial_max_stream_data_bidi_local" },
	{ 0x06, "initial_max_stream_data_bidi_remote" },
	{ 0x07, "initial_max_stream_data_uni" },
	{ 0x08, "initial_max_streams_bidi" },
	{ 0x09, "initial_max_streams_uni" },
	{ 0x0a, "ack_delay_exponent" },
	{ 0x0b, "max_ack_delay" },
	{ 0x0c, "disable_active_migration" },
	{ 0x0d, "preferred_address" },
	{ 0x0e, "active_connection_id_limit" },
	{ 0x0f, "initial_source_connection_id" },
	{ 0x10, "retry_source_connection_id" },
	{ 0x11, "version_information" },
	{ 0x20, "max_datagram_frame_size" },
	{ 0x1057, "loss_bits" },
	{ 0x2ab2, "grease_quic_bit" },
	{ 0x3127, "google_initial_rtt" },
	{ 0x3128, "google_connection_options" },
	{ 0x3129, "user_agent" },
	{ 0x4752, "google_quic_version" },
	{ 0xff73db, "version_information" },
	{ 0xff04de1a, "min_ack_delay" },
	{ 0xff04de1b, "min_ack_delay" },
	{ 0, NULL },
};
static const struct value_name x509_version_names[] = {
	{ 0, "v1" }, { 1, "v2" }, { 2, "v3" }, { 0, NULL }
};
static const struct value_name x509_name_kind_names[] = { { 0, "rdnSequence" }, { 0, NULL } };
static const struct value_name x509_time_names[] = { { 0, "utcTime" },
						     { 1, "generalizedTime" },
						     { 0, NULL } };
static const struct value_name x509_string_names[] = {
	{ 0, "teletexString" }, { 1, "printableString" }, { 2, "universalString" },
	{ 3, "bmpString" },	{ 4, "uTF8String" },	  { 0, NULL },
};
static const struct value_name x509_general_names[] = {
	{ 0, "otherName" },
	{ 1, "rfc822Name" },
	{ 2, "dNSName" },
	{ 3, "x400Address" },
	{ 4, "directoryName" },
	{ 5, "ediPartyName" },
	{ 6, "uniformResourceIdentifier" },
	{ 7, "iPAddress" },
	{ 8, "registeredID" },
	{ 0, NULL },
};

const struct field tls_fields[TLS_FIELDS] = {
	[TLS] = { "tls", "Transport Layer Security", FIELD_PROTOCOL,
		  .help = "Shows who the server is, and hides all else from "
			  "those between",
		  .reference = "RFC 8446" },
#define TLS_PREFIX "tls."
#include "tls_rows.h"
#undef TLS_PREFIX
	[X509_SIGNED] = { "x509af.signedCertificate_element", "signedCertificate", FIELD_NONE },
	[X509_VERSION] = { "x509af.version", "version", FIELD_I32, .names = x509_version_names },
	[X509_SERIAL] = { "x509af.serialNumber", "serialNumber", FIELD_BYTES },
	[X509_SIGNATURE] = { "x509af.signature_element", "signature", FIELD_NONE },
	[X509_ALGORITHM] = { "x509af.algorithm.id", "Algorithm Id", FIELD_OID },
	[X509_ISSUER] = { "x509af.issuer", "issuer", FIELD_U32, .names = x509_name_kind_names },
	[X509_RDN_SEQUENCE] = { "x509if.rdnSequence", "rdnSequence", FIELD_U32 },
	[X509_RDN] = { "x509if.RDNSequence_item", "RDNSequence item", FIELD_U32 },
	[X509_ATTRIBUTE] = { "x509if.RelativeDistinguishedName_item_element",
			     "RelativeDistinguishedName item", FIELD_NONE },
	[X509_ATTRIBUTE_ID] = { "x509if.oid", "Object Id", FIELD_OID },
	[X509_DIRECTORY_STRING] = { "x509sat.DirectoryString", "DirectoryString", FIELD_U32,
				    .names = x509_string_names },
	[X509_TELETEX] = { "x509sat.teletexString", "teletexString", FIELD_TEXT },
	[X509_PRINTABLE] = { "x509sat.printableString", "printableString", FIELD_TEXT },
	[X509_UNIVERSAL] = { "x509sat.universalString", "universalString", FIELD_TEXT },
	[X509_BMP] = { "x509sat.bmpString", "bmpString", FIELD_TEXT },
	[X509_UTF8] = { "x509sat.uTF8String", "uTF8String", FIELD_TEXT },
	[X509_COUNTRY] = { "x509sat.CountryName", "CountryName", FIELD_TEXT },
	[X509_IA5] = { "x509sat.IA5String", "IA5String", FIELD_TEXT },
	[X509_SERIAL_NAME] = { "x509sat.SerialNumber", "SerialNumber", FIELD_TEXT },
	[X509_VALIDITY] = { "x509af.validity_element", "validity", FIELD_NONE },
	[X509_NOT_BEFORE] = { "x509af.notBefore", "notBefore", FIELD_U32,
			      .names = x509_time_names },
	[X509_NOT_AFTER] = { "x509af.notAfter", "notAfter", FIELD_U32, .names = x509_time_names },
	[X509_UTC_TIME] = { "x509af.utcTime", "utcTime", FIELD_TEXT },
	[X509_GENERALIZED_TIME] = { "x509af.generalizedTime", "generalizedTime", FIELD_TIME,
				    BASE_UTC },
	[X509_SUBJECT] = { "x509af.subject", "subject", FIELD_U32, .names = x509_name_kind_names },
	[X509_SUBJECT_SEQUENCE] = { "x509af.rdnSequence", "rdnSequence", FIELD_U32 },
	[X509_KEY_INFO] = { "x509af.subjectPublicKeyInfo_element", "subjectPublicKeyInfo",
			    FIELD_NONE },
	[X509_KEY_ALGORITHM] = { "x509af.algorithm_element", "algorithm", FIELD_NONE },
	[X509_KEY] = { "x509af.subjectPublicKey", "subjectPublicKey", FIELD_BYTES },
	[X509_CURVE] = { "pkixalgs.ECParameters", "ECParameters", FIELD_OID },
	[X509_MODULUS] = { "pkcs1.modulus", "modulus", FIELD_BYTES },
	[X509_EXPONENT] = { "pkcs1.publicExponent", "publicExponent", FIELD_I64 },
	[X509_EXTENSIONS] = { "x509af.extensions", "extensions", FIELD_U32 },
	[X509_EXTENSION] = { "x509af.Extension_element", "Extension", FIELD_NONE },
	[X509_EXTENSION_ID] = { "x509af.extension.id", "Extension Id", FIELD_OID },
	[X509_CRITICAL] = { "x509af.critical", "critical", FIELD_BOOL },
	[X509_EXTENSION_VALUE] = { "peel.x509.extension", "Extension value", FIELD_BYTES },
	[X509_GENERAL_NAMES] = { "x509ce.GeneralNames", "GeneralNames", FIELD_U32 },
	[X509_GENERAL_NAME] = { "x509ce.GeneralName", "GeneralName", FIELD_U32,
				.names = x509_general_names },
	[X509_EMAIL] = { "x509ce.rfc822Name", "rfc822Name", FIELD_TEXT },
	[X509_DNS_NAME] = { "x509ce.dNSName", "dNSName", FIELD_TEXT },
	[X509_URI] = { "x509ce.uniformResourceIdentifier", "uniformResourceIdentifier",
		       FIELD_TEXT },
	[X509_IPV4] = { "x509ce.IPAddress.ipv4", "iPAddress", FIELD_IPV4 },
	[X509_IPV6] = { "x509ce.IPAddress.ipv6", "iPAddress", FIELD_IPV6 },
	[X509_DIRECTORY_NAME] = { "x509ce.directoryName", "directoryName", FIELD_U32,
				  .names = x509_name_kind_names },
	[X509_SUBJECT_KEY] = { "x509ce.SubjectKeyIdentifier", "SubjectKeyIdentifier", FIELD_BYTES },
	[X509_AUTHORITY] = { "x509ce.AuthorityKeyIdentifier_element", "AuthorityKeyIdentifier",
			     FIELD_NONE },
	[X509_AUTHORITY_KEY] = { "x509ce.keyIdentifier", "keyIdentifier", FIELD_BYTES },
	[X509_AUTHORITY_ISSUER] = { "x509ce.authorityCertIssuer", "authorityCertIssuer",
				    FIELD_U32 },
	[X509_AUTHORITY_SERIAL] = { "x509ce.authorityCertSerialNumber", "authorityCertSerialNumber",
				    FIELD_BYTES },
	[X509_CONSTRAINTS] = { "x509ce.BasicConstraintsSyntax_element", "BasicConstraintsSyntax",
			       FIELD_NONE },
	[X509_CA] = { "x509ce.cA", "cA", FIELD_BOOL },
	[X509_PATH_LENGTH] = { "x509ce.pathLenConstraint", "pathLenConstraint", FIELD_U64 },
	[X509_KEY_USAGE] = { "x509ce.KeyUsage", "KeyUsage", FIELD_BYTES },
	[X509_USAGE_SIGNATURE] = { "x509ce.KeyUsage.digitalSignature", "digitalSignature",
				   FIELD_BOOL, .mask = 0x80 },
	[X509_USAGE_COMMITMENT] = { "x509ce.KeyUsage.contentCommitment", "contentCommitment",
				    FIELD_BOOL, .mask = 0x40 },
	[X509_USAGE_KEY] = { "x509ce.KeyUsage.keyEncipherment", "keyEncipherment", FIELD_BOOL,
			     .mask = 0x20 },
	[X509_USAGE_DATA] = { "x509ce.KeyUsage.dataEncipherment", "dataEncipherment", FIELD_BOOL,
			      .mask = 0x10 },
	[X509_USAGE_AGREEMENT] = { "x509ce.KeyUsage.keyAgreement", "keyAgreement", FIELD_BOOL,
				   .mask = 0x08 },
	[X509_USAGE_CERTIFICATES] = { "x509ce.KeyUsage.keyCertSign", "keyCertSign", FIELD_BOOL,
				      .mask = 0x04 },
	[X509_USAGE_LISTS] = { "x509ce.KeyUsage.cRLSign", "cRLSign", FIELD_BOOL, .mask = 0x02 },
	[X509_USAGE_ENCIPHER] = { "x509ce.KeyUsage.encipherOnly", "encipherOnly", FIELD_BOOL,
				  .mask = 0x01 },
	[X509_PURPOSES] = { "x509ce.KeyPurposeIDs", "KeyPurposeIDs", FIELD_U32 },
	[X509_PURPOSE] = { "x509ce.KeyPurposeId", "KeyPurposeId", FIELD_OID },
	[X509_PADDING] = { "ber.bitstring.padding", "Padding", FIELD_U8 },
	[X509_SIGNATURE_ALGORITHM] = { "x509af.algorithmIdentifier_element", "algorithmIdentifier",
				       FIELD_NONE },
	[X509_ENCRYPTED] = { "x509af.encrypted", "encrypted", FIELD_BYTES },
};

const struct field dtls_fields[DTLS_FIELDS] = {
	[TLS] = { "dtls", "Datagram Transport Layer Security", FIELD_PROTOCOL },
#define TLS_PREFIX "dtls."
#include "tls_rows.h"
#undef TLS_PREFIX
	[DTLS_EPOCH] = { "dtls.record.epoch", "Epoch", FIELD_U16,
			 .help = "Counts changes of keys; records of epoch 0 are not encrypted",
			 .reference = "RFC 6347, 4.1" },
	[DTLS_SEQUENCE] = { "dtls.record.sequence_number", "Sequence Number", FIELD_U48 },
	[DTLS_MESSAGE_SEQUENCE] = { "dtls.handshake.message_seq", "Message Sequence", FIELD_U16,
				    .help = "Counts handshake messages; one that is sent again "
					    "keeps its number",
				    .reference = "RFC 6347, 4.2.2" },
	[DTLS_FRAGMENT_OFFSET] = { "dtls.handshake.fragment_offset", "Fragment Offset", FIELD_U24 },
	[DTLS_FRAGMENT_LENGTH] = { "dtls.handshake.fragment_length", "Fragment Length", FIELD_U24 },
	[DTLS_COOKIE_LENGTH] = { "dtls.handshake.cookie_length", "Cookie Length", FIELD_U8 },
	[DTLS_COOKIE] = { "dtls.handshake.cookie", "Cookie", FIELD_BYTES,
			  .help = "Shows that the client can be reached at its address",
			  .reference = "RFC 6347, 4.2.1" },
	[DTLS_FRAGMENTS] = { "dtls.fragments", "Message fragments", FIELD_NONE },
	[DTLS_FRAGMENT] = { "dtls.fragment", "Message fragment", FIELD_FRAME },
	[DTLS_FRAGMENT_COUNT] = { "dtls.fragment.count", "Message fragment count", FIELD_U32 },
	[DTLS_REASSEMBLED_LENGTH] = { "dtls.reassembled.length", "Reassembled DTLS length",
				      FIELD_U32 },
	[DTLS_FRAGMENT_PAST_END] =
		FINDING("dtls.handshake.fragment_past_end_msg",
			"Fragment runs past the end of the message", EXPERT_ERROR, GROUP_PROTOCOL),
};
