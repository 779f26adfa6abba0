/* mqtt.c - MQTT 3.1, 3.1.1 and 5 (OASIS): clients and their broker.
 *
 *     +-------+-------+-----------------------+----------------------+
 *     | type  | flags | length: 7 bits in each| what the type has:   |
 *     |  (4)  |  (4)  | of one to four bytes  | header, payload      |
 *     +-------+-------+-----------------------+----------------------+
 *
 * Only CONNECT says the version: the first pass keeps it for the connection's other packets. */
#include <string.h>

#include "dissect/text_line.h"
#include "media_type.h"
#include "mqtt.h"
#include "state/conversation.h"
#include "state/facts.h"

enum {
	TYPE_CONNECT = 1,
	TYPE_CONNACK,
	TYPE_PUBLISH,
	TYPE_PUBACK,
	TYPE_PUBREC,
	TYPE_PUBREL,
	TYPE_PUBCOMP,
	TYPE_SUBSCRIBE,
	TYPE_SUBACK,
	TYPE_UNSUBSCRIBE,
	TYPE_UNSUBACK,
	TYPE_DISCONNECT = 14,
	TYPE_AUTH,
};
enum { VERSION_5 = 5, LENGTH_BYTES = 4 };
enum { FLAG_USER_NAME = 0x80, FLAG_PASSWORD = 0x40, FLAG_WILL = 0x04 };

/* At most this much is kept of a connection's topic aliases, each way. */
enum { ALIAS_LIMIT = 16, TOPIC_LIMIT = 128 };

/* What the first pass keeps of a connection. */
struct mqtt_connection {
	uint32_t version; /* 0: no CONNECT was seen */
	uint32_t *topics[2][ALIAS_LIMIT];
};

/* And what it learns for each packet. */
struct mqtt_standing {
	uint32_t version;
};

struct mqtt_packet {
	uint8_t type, flags;
	bool is_5;
	uint16_t alias;
	uint32_t topic_length;
	const uint8_t *topic;
	struct text_part content_type;
};

extern const struct dissector mqtt_dissector;

static struct mqtt_connection *mqtt_connection(const struct dissection *d)
{
	return conversation_state(d, &mqtt_dissector, sizeof(struct mqtt_connection));
}

/* A number of seven bits in each byte, the lowest first, that begins at `at`.  Returns the bytes it
 * takes; 0: it goes on, or is too long. */
static uint32_t read_length(const uint8_t *at, uint32_t n, uint32_t *value)
{
	*value = 0;
	for (uint32_t i = 0; i < n && i < LENGTH_BYTES; i++) {
		*value |= (uint32_t)(at[i] & 0x7f) << 7 * i;
		if (!(at[i] & 0x80))
			return i + 1;
	}
	return 0;
}

static uint32_t take_length(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t n = cursor_left(c) < LENGTH_BYTES ? cursor_left(c) : LENGTH_BYTES;
	uint32_t value = 0, bytes = 0, start = c->pos;
	const uint8_t *at;

	if (cursor_peek(c, 0, n, &at))
		bytes = read_length(at, n, &value);
	cursor_skip(c, bytes ? bytes : n + 1);
	add_uint(d, c, field, start, bytes, value);
	return value;
}

/* Two fields: a length of two bytes, and as many of text. */
static const char *take_string(struct dissection *d, struct cursor *c, unsigned length_field)
{
	uint32_t length = (uint32_t)take_uint_n(d, c, length_field, 2);

	return take_text(d, c, length_field + 1, length);
}

/* --- properties of version 5 (2.2.2) --- */

enum property_kind {
	PROPERTY_UNKNOWN,
	PROPERTY_U8,
	PROPERTY_U16,
	PROPERTY_U32,
	PROPERTY_VARIABLE,
	PROPERTY_STRING,
	PROPERTY_PAIR
};

static enum property_kind kind_of(uint8_t id)
{
	static const uint8_t kinds[] = {
		[0x01] = PROPERTY_U8,	  [0x02] = PROPERTY_U32,    [0x03] = PROPERTY_STRING,
		[0x08] = PROPERTY_STRING, [0x09] = PROPERTY_STRING, [0x0b] = PROPERTY_VARIABLE,
		[0x11] = PROPERTY_U32,	  [0x12] = PROPERTY_STRING, [0x13] = PROPERTY_U16,
		[0x15] = PROPERTY_STRING, [0x16] = PROPERTY_STRING, [0x17] = PROPERTY_U8,
		[0x18] = PROPERTY_U32,	  [0x19] = PROPERTY_U8,	    [0x1a] = PROPERTY_STRING,
		[0x1c] = PROPERTY_STRING, [0x1f] = PROPERTY_STRING, [0x21] = PROPERTY_U16,
		[0x22] = PROPERTY_U16,	  [0x23] = PROPERTY_U16,    [0x24] = PROPERTY_U8,
		[0x25] = PROPERTY_U8,	  [0x26] = PROPERTY_PAIR,   [0x27] = PROPERTY_U32,
		[0x28] = PROPERTY_U8,	  [0x29] = PROPERTY_U8,	    [0x2a] = PROPERTY_U8,
	};

	return id < COUNT(kinds) ? kinds[id] : PROPERTY_UNKNOWN;
}

static void take_content_type(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	uint32_t start = c->pos, length = cursor_u16(c);
	const uint8_t *bytes = cursor_bytes(c, length);

	if (!bytes)
		return;
	packet->content_type = (struct text_part){ bytes, start + 2, length };
	add_text(d, c, MQTT_CONTENT_TYPE, start, length + 2, text_of(d, bytes, length));
}

static void take_property(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	enum { CONTENT_TYPE = 0x03, AUTHENTICATION_DATA = 0x16, TOPIC_ALIAS = 0x23, MAX_QOS };
	uint8_t id = take_u8(d, c, MQTT_PROPERTY_ID);
	enum property_kind kind = kind_of(id);

	if (id == CONTENT_TYPE) {
		take_content_type(d, c, packet);
	} else if (id == TOPIC_ALIAS) {
		packet->alias = take_u16(d, c, MQTT_TOPIC_ALIAS);
	} else if (kind == PROPERTY_U8) {
		take_uint_n(d, c, id == MAX_QOS ? MQTT_MAX_QOS : MQTT_NUMBER, 1);
	} else if (kind == PROPERTY_U16 || kind == PROPERTY_U32) {
		take_uint_n(d, c, MQTT_NUMBER, kind == PROPERTY_U16 ? 2 : 4);
	} else if (kind == PROPERTY_VARIABLE) {
		take_length(d, c, MQTT_NUMBER);
	} else if (kind == PROPERTY_STRING) {
		take_string(d, c, MQTT_STRING_LENGTH);
		if (id == AUTHENTICATION_DATA)
			node_flag(d, last_node(d), NODE_SECRET);
	} else if (kind == PROPERTY_PAIR) {
		take_string(d, c, MQTT_KEY_LENGTH);
		take_string(d, c, MQTT_VALUE_LENGTH);
	} else {
		take_text(d, c, MQTT_UNKNOWN_PROPERTY, cursor_left(c));
	}
}

static void take_properties(struct dissection *d, struct cursor *c, unsigned field,
			    struct mqtt_packet *packet)
{
	node_id tree = open_tree(d, c, field);
	uint32_t length = take_length(d, c, MQTT_PROPERTY_LENGTH);
	struct cursor properties = cursor_split(c, length);

	while (cursor_more(&properties))
		take_property(d, &properties, packet);
	close_tree(d, tree, c);
}

/* --- bytes of flags: the word, and its bits as they stand in it --- */

static const uint8_t other_flags[] = { MQTT_HEADER_FLAGS, MQTT_TYPE, MQTT_RESERVED };
static const uint8_t published_flags[] = { MQTT_HEADER_FLAGS, MQTT_TYPE, MQTT_DUP, MQTT_QOS,
					   MQTT_RETAIN };
static const uint8_t connect_flags[] = { MQTT_CONNECT_FLAGS, MQTT_FLAG_USER_NAME,
					 MQTT_FLAG_PASSWORD, MQTT_FLAG_RETAIN,
					 MQTT_FLAG_QOS,	     MQTT_FLAG_WILL,
					 MQTT_FLAG_CLEAN,    MQTT_FLAG_RESERVED };
static const uint8_t ack_flags[] = { MQTT_ACK_FLAGS, MQTT_ACK_RESERVED, MQTT_SESSION_PRESENT };
static const uint8_t option_flags[] = { MQTT_OPTIONS,	       MQTT_OPTIONS_RESERVED,
					MQTT_OPTIONS_RETAIN,   MQTT_OPTIONS_AS_PUBLISHED,
					MQTT_OPTIONS_NO_LOCAL, MQTT_OPTIONS_QOS };

/* The word's line names the flags that are set, and the values that have names. */
static uint8_t take_named_flags(struct dissection *d, struct cursor *c, const uint8_t *fields,
				unsigned count)
{
	struct cursor bits = *c;
	uint8_t word = take_u8(d, c, fields[0]);
	node_id tree = last_node(d);

	open_node(d, tree);
	for (unsigned i = 1; i < count && cursor_ok(c); i++) {
		const struct field *field = &mqtt_fields[fields[i]];
		uint64_t value = look_uint(d, &bits, fields[i]);
		if (field->type == FIELD_BOOL && value)
			label(d, tree, ", %s", field->name);
		else if (field->type != FIELD_BOOL && value_name(field->names, value))
			label(d, tree, ", %s: %s", field->name, value_name(field->names, value));
	}
	close_node(d, tree);
	return word;
}

/* --- packets (3) --- */

static void take_connect(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	take_string(d, c, MQTT_PROTOCOL_LENGTH);
	uint8_t version = take_u8(d, c, MQTT_VERSION);
	uint8_t flags = take_named_flags(d, c, connect_flags, COUNT(connect_flags));
	take_u16(d, c, MQTT_KEEP_ALIVE);
	if (version == VERSION_5)
		take_properties(d, c, MQTT_PROPERTIES, packet);
	take_string(d, c, MQTT_CLIENT_LENGTH);
	if (flags & FLAG_WILL) {
		if (version == VERSION_5)
			take_properties(d, c, MQTT_WILL_PROPERTIES, packet);
		take_string(d, c, MQTT_WILL_TOPIC_LENGTH);
		take_bytes(d, c, MQTT_WILL_MESSAGE, take_u16(d, c, MQTT_WILL_MESSAGE_LENGTH));
	}
	if (flags & FLAG_USER_NAME)
		take_string(d, c, MQTT_USER_NAME_LENGTH);
	/* 3.1.1 wants a user name with every password, 5 does not. */
	if (flags & FLAG_PASSWORD)
		take_string(d, c, MQTT_PASSWORD_LENGTH);
}

static void take_connack(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	take_named_flags(d, c, ack_flags, COUNT(ack_flags));
	take_u8(d, c, packet->is_5 ? MQTT_CONNACK_REASON : MQTT_RETURN_CODE);
	if (packet->is_5)
		take_properties(d, c, MQTT_PROPERTIES, packet);
}

static uint16_t take_id(struct dissection *d, struct cursor *c)
{
	uint16_t id = take_u16(d, c, MQTT_ID);

	info(d, " (id=%u)", id);
	return id;
}

/* --- topic aliases (3.3.2.3.4): the first pass keeps what they stand for --- */

static uint32_t *topic_kept(struct dissection *d, struct mqtt_connection *connection,
			    uint16_t alias)
{
	if (!alias || alias > ALIAS_LIMIT)
		return NULL;
	uint32_t **topic = &connection->topics[d->from_opener][alias - 1];
	if (!*topic)
		*topic = conversation_memory(d, TOPIC_LIMIT);
	return *topic;
}

/* A topic that is longer than what is kept is none that an alias stands for. */
static void keep_topic(struct dissection *d, const struct mqtt_packet *packet)
{
	struct mqtt_connection *connection = mqtt_connection(d);
	uint32_t *kept = connection ? topic_kept(d, connection, packet->alias) : NULL;
	size_t n = packet->topic_length;

	if (!kept)
		return;
	if (n) {
		memset(kept, 0, TOPIC_LIMIT);
		if (n < TOPIC_LIMIT)
			memcpy(kept, packet->topic, n);
	} else if (*kept) {
		uint32_t *fact = learn(d, FACT_OTHER, TOPIC_LIMIT);
		if (fact)
			memcpy(fact, kept, TOPIC_LIMIT);
	}
}

/* The topic that the packet's alias stands for. */
static const char *aliased_topic(struct dissection *d, const struct mqtt_packet *packet)
{
	const char *fact;

	keep_topic(d, packet);
	if (packet->topic_length || !packet->alias)
		return NULL;
	fact = recall(d, FACT_OTHER, NULL);
	if (!fact)
		note_finding(d, MQTT_UNKNOWN_ALIAS, NULL);
	return fact ? text_of(d, (const uint8_t *)fact, TOPIC_LIMIT) : NULL;
}

/* --- what is published --- */

static void take_message(struct dissection *d, struct cursor *c, const struct mqtt_packet *packet)
{
	struct cursor message = *c;

	take_bytes(d, c, MQTT_MESSAGE, cursor_sent(c));
	if (packet->content_type.length && cursor_sent(&message))
		hand_on_media(d, packet->content_type, message);
}

static void take_publish(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	uint16_t length = take_u16(d, c, MQTT_TOPIC_LENGTH);
	const char *topic = "", *aliased;

	packet->topic_length = length;
	if (!cursor_peek(c, 0, length, &packet->topic))
		packet->topic_length = 0;
	if (length)
		topic = take_text(d, c, MQTT_TOPIC, length);
	/* A topic alias stands for it in version 5. */
	else if (!packet->is_5)
		note_finding(d, MQTT_EMPTY_TOPIC, NULL);
	if (packet->flags & 0x06)
		take_id(d, c);
	if (packet->is_5)
		take_properties(d, c, MQTT_PROPERTIES, packet);
	aliased = packet->is_5 ? aliased_topic(d, packet) : NULL;
	if (aliased)
		put_text(d, MQTT_TOPIC, aliased);
	info(d, " [%s]", aliased ? aliased : topic);
	take_message(d, c, packet);
}

/* The reason and the properties may be left out, the last first. */
static void take_outcome(struct dissection *d, struct cursor *c, unsigned field,
			 struct mqtt_packet *packet)
{
	if (!cursor_more(c))
		return;
	take_u8(d, c, field);
	if (cursor_more(c))
		take_properties(d, c, MQTT_PROPERTIES, packet);
}

static void take_subscribe(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	take_id(d, c);
	if (packet->is_5)
		take_properties(d, c, MQTT_PROPERTIES, packet);
	while (cursor_more(c)) {
		uint16_t length = take_u16(d, c, MQTT_TOPIC_LENGTH);
		const char *topic = take_text(d, c, MQTT_TOPIC, length);
		if (packet->type == TYPE_UNSUBSCRIBE)
			continue;
		info(d, " [%s]", topic);
		if (packet->is_5)
			take_named_flags(d, c, option_flags, COUNT(option_flags));
		else
			take_u8(d, c, MQTT_REQUESTED_QOS);
	}
}

static void take_suback(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	unsigned field = packet->type == TYPE_UNSUBACK ? MQTT_UNSUBACK_REASON
			 : packet->is_5		       ? MQTT_SUBACK_REASON
						       : MQTT_GRANTED_QOS;

	take_id(d, c);
	if (packet->is_5)
		take_properties(d, c, MQTT_PROPERTIES, packet);
	else if (packet->type == TYPE_UNSUBACK)
		return;
	while (cursor_more(c))
		take_u8(d, c, field);
}

static void take_packet(struct dissection *d, struct cursor *c, struct mqtt_packet *packet)
{
	switch (packet->type) {
	case TYPE_CONNECT:
		take_connect(d, c, packet);
		break;
	case TYPE_CONNACK:
		take_connack(d, c, packet);
		break;
	case TYPE_PUBLISH:
		take_publish(d, c, packet);
		break;
	case TYPE_PUBACK:
	case TYPE_PUBREC:
	case TYPE_PUBREL:
	case TYPE_PUBCOMP:
		take_id(d, c);
		if (packet->is_5)
			take_outcome(d, c, MQTT_PUBACK_REASON + packet->type - TYPE_PUBACK, packet);
		break;
	case TYPE_SUBSCRIBE:
	case TYPE_UNSUBSCRIBE:
		take_subscribe(d, c, packet);
		break;
	case TYPE_SUBACK:
	case TYPE_UNSUBACK:
		take_suback(d, c, packet);
		break;
	case TYPE_DISCONNECT:
	case TYPE_AUTH:
		if (packet->is_5)
			take_outcome(d, c,
				     packet->type == TYPE_AUTH ? MQTT_AUTH_REASON
							       : MQTT_DISCONNECT_REASON,
				     packet);
		break;
	default:
		break;
	}
}

/* CONNECT says it behind the protocol's name. */
static uint32_t connect_version(const struct cursor *c)
{
	uint32_t length, n = cursor_left(c);
	const uint8_t *at;

	if (!n || !cursor_peek(c, 1, n - 1, &at))
		return 0;
	uint32_t header = 1 + read_length(at, n - 1, &length);
	if (!cursor_peek(c, header, 2, &at))
		return 0;
	uint32_t name = load_be16(at);
	return cursor_peek(c, header + 2 + name, 1, &at) ? *at : 0;
}

static uint32_t version_of(struct dissection *d, const struct cursor *c, uint8_t type)
{
	struct mqtt_connection *connection = mqtt_connection(d);

	if (connection && type == TYPE_CONNECT)
		connection->version = connect_version(c);
	if (connection && connection->version) {
		struct mqtt_standing *fact = learn(d, FACT_OWN, sizeof *fact);
		if (fact)
			fact->version = connection->version;
	}
	const struct mqtt_standing *standing = recall(d, FACT_OWN, NULL);
	return standing ? standing->version : 0;
}

static void mqtt_dissect(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;
	struct mqtt_packet packet = { 0 };

	if (cursor_peek(c, 0, 1, &at))
		packet = (struct mqtt_packet){ .type = *at >> 4, .flags = *at & 15 };
	const char *name = value_name(mqtt_fields[MQTT_TYPE].names, packet.type);
	info_begin(d);
	info(d, "%s%s", d->info_fence ? ", " : "", name);
	label(d, layer_node(d), ", %s", name);
	uint32_t version = version_of(d, c, packet.type);
	packet.is_5 = version == VERSION_5;
	if (!version && packet.type != TYPE_CONNECT)
		note_finding(d, MQTT_UNKNOWN_VERSION, NULL);
	if (packet.type == TYPE_PUBLISH)
		take_named_flags(d, c, published_flags, COUNT(published_flags));
	else
		take_named_flags(d, c, other_flags, COUNT(other_flags));
	struct cursor body = cursor_split(c, take_length(d, c, MQTT_LENGTH));
	take_packet(d, &body, &packet);
	info_fence(d);
}

static void mqtt_message_size(struct dissection *d, const struct cursor *c,
			      struct message_scan *scan)
{
	uint32_t n = cursor_left(c), length = 0;
	const uint8_t *at;

	(void)d;
	if (n < 2 || !cursor_peek(c, 1, n - 1, &at))
		return;
	uint32_t bytes = read_length(at, n - 1, &length);
	if (!bytes && n <= LENGTH_BYTES)
		return;
	scan->known = true;
	scan->size = bytes ? 1 + bytes + length : n;
}

/* A CONNECT: "MQTT" or "MQIsdp" where its name has to be. */
static bool mqtt_looks_like(const struct dissection *d, const struct cursor *c)
{
	uint32_t length, n = cursor_left(c);
	const uint8_t *at;

	(void)d;
	if (n < 10 || !cursor_peek(c, 0, n, &at) || at[0] != TYPE_CONNECT << 4)
		return false;
	uint32_t bytes = read_length(at + 1, n - 1, &length);
	at += 1 + bytes;
	n -= 1 + bytes;
	return bytes && ((n >= 7 && !memcmp(at, "\0\4MQTT", 6) && at[6] >= 4 && at[6] <= 5) ||
			 (n >= 9 && !memcmp(at, "\0\6MQIsdp\3", 9)));
}

static const struct claim mqtt_claims[] = { { BY_TCP_PORT, 1883 } };

const struct dissector mqtt_dissector = {
	.name = "mqtt",
	.short_name = "MQTT",
	.title = "MQ Telemetry Transport Protocol",
	.fields = mqtt_fields,
	.field_count = MQTT_FIELDS,
	.claims = mqtt_claims,
	.claim_count = COUNT(mqtt_claims),
	.dissect = mqtt_dissect,
	.looks_like = mqtt_looks_like,
	.message_size = mqtt_message_size,
	.tells_size = true,
};
