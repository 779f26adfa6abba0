/* mqtt_fields.c - what MQTT's fields are called.  The references are to OASIS MQTT 5.0; the
 * sections of 3.1.1 have the same numbers up to 3.14. */
#include "ip_names.h"
#include "mqtt.h"

static const struct value_name type_names[] = {
	{ 0, "Reserved" },
	{ 1, "Connect Command" },
	{ 2, "Connect Ack" },
	{ 3, "Publish Message" },
	{ 4, "Publish Ack" },
	{ 5, "Publish Received" },
	{ 6, "Publish Release" },
	{ 7, "Publish Complete" },
	{ 8, "Subscribe Request" },
	{ 9, "Subscribe Ack" },
	{ 10, "Unsubscribe Request" },
	{ 11, "Unsubscribe Ack" },
	{ 12, "Ping Request" },
	{ 13, "Ping Response" },
	{ 14, "Disconnect Req" },
	{ 15, "Authentication Exchange" },
	{ 0, NULL },
};

static const struct value_name qos_names[] = {
	{ 0, "At most once delivery (Fire and Forget)" },
	{ 1, "At least once delivery (Acknowledged deliver)" },
	{ 2, "Exactly once delivery (Assured Delivery)" },
	{ 3, "Reserved" },
	{ 128, "Failure" },
	{ 0, NULL },
};

static const struct value_name version_names[] = {
	{ 3, "MQTT v3.1" },
	{ 4, "MQTT v3.1.1" },
	{ 5, "MQTT v5.0" },
	{ 0, NULL },
};

static const struct value_name return_names[] = {
	{ 0, "Connection Accepted" },
	{ 1, "Connection Refused: unacceptable protocol version" },
	{ 2, "Connection Refused: identifier rejected" },
	{ 3, "Connection Refused: server unavailable" },
	{ 4, "Connection Refused: bad user name or password" },
	{ 5, "Connection Refused: not authorized" },
	{ 0, NULL },
};

static const struct value_name retain_names[] = {
	{ 0, "Send msgs at subscription time" },
	{ 1, "Send msgs if subscription does not exist" },
	{ 2, "Do not send msgs at subscription time" },
	{ 3, "Reserved" },
	{ 0, NULL },
};

/* The reasons for a failure mean the same in every message (MQTT 5.0, 2.4). */
#define FAILURE_REASONS                                                                            \
	{ 128, "Unspecified error" }, { 129, "Malformed Packet" }, { 130, "Protocol Error" },      \
		{ 131, "Implementation specific error" }, { 132, "Unsupported Protocol Version" }, \
		{ 133, "Client Identifier not valid" }, { 134, "Bad User Name or Password" },      \
		{ 135, "Not authorized" }, { 136, "Server unavailable" }, { 137, "Server busy" },  \
		{ 138, "Banned" }, { 139, "Server shutting down" },                                \
		{ 140, "Bad authentication method" }, { 141, "Keep Alive timeout" },               \
		{ 142, "Session taken over" }, { 143, "Topic Filter invalid" },                    \
		{ 144, "Topic Name invalid" }, { 145, "Packet Identifier in use" },                \
		{ 146, "Packet Identifier not found" }, { 147, "Receive Maximum exceeded" },       \
		{ 148, "Topic Alias invalid" }, { 149, "Packet too large" },                       \
		{ 150, "Message rate too high" }, { 151, "Quota exceeded" },                       \
		{ 152, "Administrative action" }, { 153, "Payload format invalid" },               \
		{ 154, "Retain not supported" }, { 155, "QoS not supported" },                     \
		{ 156, "Use another server" }, { 157, "Server moved" },                            \
		{ 158, "Shared Subscription not supported" }, { 159, "Connection rate exceeded" }, \
		{ 160, "Maximum connect time" },                                                   \
		{ 161, "Subscription Identifiers not supported" },                                 \
		{ 162, "Wildcard Subscription not supported" },                                    \
	{                                                                                          \
		0, NULL                                                                            \
	}

static const struct value_name reason_names[] = {
	{ 0, "Success" },
	{ 16, "No matching subscribers" },
	{ 17, "No subscription existed" },
	{ 24, "Continue authentication" },
	{ 25, "Re-authenticate" },
	FAILURE_REASONS,
};

static const struct value_name granted_names[] = {
	{ 0, "Granted QoS 0" },
	{ 1, "Granted QoS 1" },
	{ 2, "Granted QoS 2" },
	FAILURE_REASONS,
};

static const struct value_name disconnect_names[] = {
	{ 0, "Normal disconnection" },
	{ 4, "Disconnect with Will Message" },
	FAILURE_REASONS,
};

static const struct value_name property_names[] = {
	{ 0x01, "Payload Format Indicator" },
	{ 0x02, "Publication Expiry Interval" },
	{ 0x03, "Content Type" },
	{ 0x08, "Response Topic" },
	{ 0x09, "Correlation Data" },
	{ 0x0b, "Subscription Identifier" },
	{ 0x11, "Session Expiry Interval" },
	{ 0x12, "Assigned Client Identifier" },
	{ 0x13, "Server Keep Alive" },
	{ 0x15, "Authentication Method" },
	{ 0x16, "Authentication Data" },
	{ 0x17, "Request Problem Information" },
	{ 0x18, "Will Delay Interval" },
	{ 0x19, "Request Response Information" },
	{ 0x1a, "Response Information" },
	{ 0x1c, "Server Reference" },
	{ 0x1f, "Reason String" },
	{ 0x21, "Receive Maximum" },
	{ 0x22, "Topic Alias Maximum" },
	{ 0x23, "Topic Alias" },
	{ 0x24, "Maximum QoS" },
	{ 0x25, "Retain Available" },
	{ 0x26, "User Property" },
	{ 0x27, "Maximum Packet Size" },
	{ 0x28, "Wildcard Subscription Available" },
	{ 0x29, "Subscription Identifier Available" },
	{ 0x2a, "Shared Subscription Available" },
	{ 0, NULL },
};

#define SAYS(words, section) .help = words, .reference = "MQTT 5.0, " section
#define LENGTH_OF(abbrev, name, words)                                                             \
	{                                                                                          \
		abbrev, name, FIELD_U16, SAYS("Bytes of the " words, "1.5.4")                      \
	}
#define FLAG(abbrev, name, mask, words, section)                                                   \
	{                                                                                          \
		abbrev, name, FIELD_BOOL, BASE_DEC, set_names, mask, SAYS(words, section)          \
	}
#define REASON(abbrev, names, section)                                                             \
	{                                                                                          \
		abbrev, "Reason Code", FIELD_U8, BASE_DEC, names,                                  \
			SAYS("How the request went; from 128 on it failed", section)               \
	}

const struct field mqtt_fields[MQTT_FIELDS] = {
	[MQTT] = { "mqtt", "MQ Telemetry Transport Protocol", FIELD_PROTOCOL,
		   SAYS("Clients publish messages to topics, and a broker passes them on to who "
			"subscribed to those",
			"1.2") },
	[MQTT_HEADER_FLAGS] = { "mqtt.hdrflags", "Header Flags", FIELD_U8, BASE_HEX,
				SAYS("The kind of packet, and four bits that depend on it",
				     "2.1") },
	[MQTT_TYPE] = { "mqtt.msgtype", "Message Type", FIELD_U8, BASE_DEC, type_names, 0xf0,
			SAYS("The kind of packet", "2.1.2") },
	[MQTT_RESERVED] = { "mqtt.hdr_reserved", "Reserved", FIELD_U8, BASE_DEC, NULL, 0x0f,
			    SAYS("Fixed bits: 2 in PUBREL, SUBSCRIBE and UNSUBSCRIBE, else 0",
				 "2.1.3") },
	[MQTT_DUP] = FLAG("mqtt.dupflag", "DUP Flag", 0x08,
			  "This may be sent again, as its first sending was not acknowledged",
			  "3.3.1.1"),
	[MQTT_QOS] = { "mqtt.qos", "QoS Level", FIELD_U8, BASE_DEC, qos_names, 0x06,
		       SAYS("What is done so that the message arrives", "3.3.1.2") },
	[MQTT_RETAIN] = FLAG("mqtt.retain", "Retain", 0x01,
			     "The broker keeps the message for who subscribes later", "3.3.1.3"),
	[MQTT_LENGTH] = { "mqtt.len", "Msg Len", FIELD_U64,
			  SAYS("Bytes that follow: seven bits in each of up to four bytes",
			       "2.1.4") },
	[MQTT_PROTOCOL_LENGTH] =
		LENGTH_OF("mqtt.proto_len", "Protocol Name Length", "protocol's name"),
	[MQTT_PROTOCOL_NAME] = { "mqtt.protoname", "Protocol Name", FIELD_TEXT,
				 SAYS("MQTT; in version 3.1 MQIsdp", "3.1.2.1") },
	[MQTT_VERSION] = { "mqtt.ver", "Version", FIELD_U8, BASE_DEC, version_names,
			   SAYS("The version that the whole connection has", "3.1.2.2") },
	[MQTT_CONNECT_FLAGS] = { "mqtt.conflags", "Connect Flags", FIELD_U8, BASE_HEX,
				 SAYS("What follows, and how the session begins", "3.1.2.3") },
	[MQTT_FLAG_USER_NAME] = FLAG("mqtt.conflag.uname", "User Name Flag", 0x80,
				     "A user name follows", "3.1.2.8"),
	[MQTT_FLAG_PASSWORD] =
		FLAG("mqtt.conflag.passwd", "Password Flag", 0x40, "A password follows", "3.1.2.9"),
	[MQTT_FLAG_RETAIN] =
		FLAG("mqtt.conflag.retain", "Will Retain", 0x20,
		     "The broker keeps the will as it keeps retained messages", "3.1.2.7"),
	[MQTT_FLAG_QOS] = { "mqtt.conflag.qos", "QoS Level", FIELD_U8, BASE_DEC, qos_names, 0x18,
			    SAYS("With which the will is published", "3.1.2.6") },
	[MQTT_FLAG_WILL] = FLAG("mqtt.conflag.willflag", "Will Flag", 0x04,
				"The broker publishes the will that follows if the connection "
				"breaks",
				"3.1.2.5"),
	[MQTT_FLAG_CLEAN] = FLAG("mqtt.conflag.cleansess", "Clean Session Flag", 0x02,
				 "An earlier session of the client is forgotten", "3.1.2.4"),
	[MQTT_FLAG_RESERVED] =
		FLAG("mqtt.conflag.reserved", "(Reserved)", 0x01, "Must be 0", "3.1.2.3"),
	[MQTT_KEEP_ALIVE] = { "mqtt.kalive", "Keep Alive", FIELD_U16,
			      SAYS("The most seconds that the client is silent; 0: any",
				   "3.1.2.10") },
	[MQTT_CLIENT_LENGTH] =
		LENGTH_OF("mqtt.clientid_len", "Client ID Length", "client's identifier"),
	[MQTT_CLIENT] = { "mqtt.clientid", "Client ID", FIELD_TEXT,
			  SAYS("Who connects; empty: the broker chooses a name", "3.1.3.1") },
	[MQTT_WILL_TOPIC_LENGTH] =
		LENGTH_OF("mqtt.willtopic_len", "Will Topic Length", "will's topic"),
	[MQTT_WILL_TOPIC] = { "mqtt.willtopic", "Will Topic", FIELD_TEXT,
			      SAYS("Where the will is published", "3.1.3.3") },
	[MQTT_WILL_MESSAGE_LENGTH] = LENGTH_OF("mqtt.willmsg_len", "Will Message Length", "will"),
	[MQTT_WILL_MESSAGE] = { "mqtt.willmsg", "Will Message", FIELD_BYTES,

				SAYS("What is published if the connection breaks", "3.1.3.4") },
	[MQTT_USER_NAME_LENGTH] = LENGTH_OF("mqtt.username_len", "User Name Length", "user's name"),
	[MQTT_USER_NAME] = { "mqtt.username", "User Name", FIELD_TEXT,
			     SAYS("Who the client says it is", "3.1.3.5") },
	[MQTT_PASSWORD_LENGTH] = LENGTH_OF("mqtt.passwd_len", "Password Length", "password"),
	[MQTT_PASSWORD] = { "mqtt.passwd", "Password", FIELD_TEXT, .flags = FIELD_SECRET,
			    SAYS("What proves it", "3.1.3.6") },
	[MQTT_ACK_FLAGS] = { "mqtt.conack.flags", "Acknowledge Flags", FIELD_U8, BASE_HEX,
			     SAYS("Whether the broker had a session of the client", "3.2.2.1") },
	[MQTT_ACK_RESERVED] =
		FLAG("mqtt.conack.flags.reserved", "Reserved", 0xfe, "Must be 0", "3.2.2.1"),
	[MQTT_SESSION_PRESENT] = FLAG("mqtt.conack.flags.sp", "Session Present", 0x01,
				      "The broker goes on with an earlier session", "3.2.2.1.1"),
	[MQTT_RETURN_CODE] = { "mqtt.conack.val", "Return Code", FIELD_U8, BASE_DEC, return_names,
			       .help = "Whether the broker takes the connection",
			       .reference = "MQTT 3.1.1, 3.2.2.3" },
	[MQTT_TOPIC_LENGTH] = LENGTH_OF("mqtt.topic_len", "Topic Length", "topic"),
	[MQTT_TOPIC] = { "mqtt.topic", "Topic", FIELD_TEXT,
			 SAYS("What a message is about, in levels set apart by /; in a "
			      "subscription + stands for one level and # for all that follow",
			      "4.7") },
	[MQTT_ID] = { "mqtt.msgid", "Message Identifier", FIELD_U16,
		      SAYS("By which acknowledgements refer to the packet", "2.2.1") },
	[MQTT_MESSAGE] = { "mqtt.msg", "Message", FIELD_BYTES, SAYS("What is published", "3.3.3") },
	[MQTT_REQUESTED_QOS] = { "mqtt.sub.qos", "Requested QoS", FIELD_U8, BASE_DEC, qos_names,
				 .help = "The most that the subscriber wants",
				 .reference = "MQTT 3.1.1, 3.8.3" },
	[MQTT_GRANTED_QOS] = { "mqtt.suback.qos", "Granted QoS", FIELD_U8, BASE_DEC, qos_names,
			       .help = "The most that the subscriber gets",
			       .reference = "MQTT 3.1.1, 3.9.3" },
	[MQTT_OPTIONS] = { "mqtt.subscription_options", "Subscription Options", FIELD_U8, BASE_HEX,
			   SAYS("How the topic's messages are passed on", "3.8.3.1") },
	[MQTT_OPTIONS_RESERVED] = { "mqtt.subscription_options_reserved", "Reserved", FIELD_U8,
				    BASE_HEX, NULL, 0xc0, SAYS("Must be 0", "3.8.3.1") },
	[MQTT_OPTIONS_RETAIN] = { "mqtt.subscription_options_retain", "Retain Handling", FIELD_U8,
				  BASE_DEC, retain_names, 0x30,
				  SAYS("When retained messages are sent", "3.8.3.1") },
	[MQTT_OPTIONS_AS_PUBLISHED] = FLAG("mqtt.subscription_options_rap", "Retain As Published",
					   0x08, "Messages keep their Retain flag", "3.8.3.1"),
	[MQTT_OPTIONS_NO_LOCAL] = FLAG("mqtt.subscription_options_nl", "No Local", 0x04,
				       "The client's own messages do not come back", "3.8.3.1"),
	[MQTT_OPTIONS_QOS] = { "mqtt.subscription_options_qos", "QoS", FIELD_U8, BASE_DEC,
			       qos_names, 0x03,
			       SAYS("The most that the subscriber wants", "3.8.3.1") },
	[MQTT_CONNACK_REASON] = REASON("mqtt.connack.reason_code", reason_names, "3.2.2.2"),
	[MQTT_PUBACK_REASON] = REASON("mqtt.puback.reason_code", reason_names, "3.4.2.1"),
	[MQTT_PUBREC_REASON] = REASON("mqtt.pubrec.reason_code", reason_names, "3.5.2.1"),
	[MQTT_PUBREL_REASON] = REASON("mqtt.pubrel.reason_code", reason_names, "3.6.2.1"),
	[MQTT_PUBCOMP_REASON] = REASON("mqtt.pubcomp.reason_code", reason_names, "3.7.2.1"),
	[MQTT_SUBACK_REASON] = REASON("mqtt.suback.reason_code", granted_names, "3.9.3"),
	[MQTT_UNSUBACK_REASON] = REASON("mqtt.unsuback.reason_code", reason_names, "3.11.3"),
	[MQTT_DISCONNECT_REASON] = { "mqtt.disconnect.reason_code", "Reason Code", FIELD_U8,
				     BASE_DEC, disconnect_names,
				     SAYS("Why the connection ends", "3.14.2.1") },
	[MQTT_AUTH_REASON] = { "mqtt.auth.reason_code", "Reason Code", FIELD_U8, BASE_DEC,
			       reason_names, SAYS("How the authentication goes on", "3.15.2.1") },
	[MQTT_PROPERTIES] = { "mqtt.properties", "Properties", FIELD_NONE,
			      SAYS("What version 5 adds to the packet", "2.2.2") },
	[MQTT_WILL_PROPERTIES] = { "mqtt.will_properties", "Will Properties", FIELD_NONE,
				   SAYS("Of the will", "3.1.3.2") },
	[MQTT_PROPERTY_LENGTH] = { "mqtt.property_len", "Total Length", FIELD_U64,
				   SAYS("Bytes of all properties", "2.2.2.1") },
	[MQTT_PROPERTY_ID] = { "mqtt.property_id", "ID", FIELD_U8, BASE_HEX, property_names,
			       SAYS("Which property it is, and so what value follows", "2.2.2.2") },
	[MQTT_NUMBER] = { "mqtt.prop_number", "Value", FIELD_U32,
			  SAYS("The property's value", "2.2.2.2") },
	[MQTT_STRING_LENGTH] = { "mqtt.prop_string_len", "Length", FIELD_U32,
				 SAYS("Bytes of the value", "1.5.4") },
	[MQTT_STRING] = { "mqtt.prop_string", "Value", FIELD_TEXT,
			  SAYS("The property's value", "2.2.2.2") },
	[MQTT_KEY_LENGTH] = { "mqtt.prop_key_len", "Key Length", FIELD_U32,
			      SAYS("Bytes of the user property's name", "1.5.7") },
	[MQTT_KEY] = { "mqtt.prop_key", "Key", FIELD_TEXT,
		       SAYS("A user property's name", "1.5.7") },
	[MQTT_VALUE_LENGTH] = { "mqtt.prop_value_len", "Value Length", FIELD_U32,
				SAYS("Bytes of the user property's value", "1.5.7") },
	[MQTT_VALUE] = { "mqtt.prop_value", "Value", FIELD_TEXT,
			 SAYS("A user property's value", "1.5.7") },
	[MQTT_CONTENT_TYPE] = { "mqtt.property.content_type", "Content Type", FIELD_TEXT,
				SAYS("What the message is, as its sender says", "3.3.2.3.9") },
	[MQTT_MAX_QOS] = { "mqtt.property.max_qos", "QoS", FIELD_U8, BASE_DEC, qos_names,
			   SAYS("The most that the broker supports", "3.2.2.3.4") },
	[MQTT_TOPIC_ALIAS] = { "mqtt.property.topic_alias", "Topic Alias", FIELD_U16,
			       SAYS("A number that stands for the topic from here on",
				    "3.3.2.3.4") },
	[MQTT_UNKNOWN_PROPERTY] = { "mqtt.prop_unknown", "Unknown Property", FIELD_TEXT,
				    SAYS("A property that no one defined, and all behind it",
					 "2.2.2.2") },
	[MQTT_UNKNOWN_VERSION] =
		FINDING("mqtt.unknown_version", "Unknown version (missing the CONNECT packet?)",
			EXPERT_NOTE, GROUP_PROTOCOL),
	[MQTT_EMPTY_TOPIC] = FINDING("mqtt.illegal_topic_length", "Length cannot be 0",
				     EXPERT_WARN, GROUP_PROTOCOL),
	[MQTT_UNKNOWN_ALIAS] = FINDING("mqtt.unknown_topic_alias", "Unknown topic alias",
				       EXPERT_WARN, GROUP_UNDECODED),
};
