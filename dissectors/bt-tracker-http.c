/* bt-tracker-http.c - what HTTP carries for BitTorrent's trackers: BEP 3, 7, 23. */
#include <string.h>

#include "bencode.h"
#include "bt-tracker.h"

/* --- what a peer asks --- */

static const struct {
	const char *name;
	unsigned field;
} parameters[] = {
	{ "info_hash", TRACKER_INFO_HASH },
	{ "peer_id", TRACKER_PEER_ID },
	{ "port", TRACKER_PORT },
	{ "uploaded", TRACKER_UPLOADED },
	{ "downloaded", TRACKER_DOWNLOADED },
	{ "left", TRACKER_LEFT },
	{ "event", TRACKER_EVENT },
	{ "numwant", TRACKER_WANTED },
};

/* Bytes that stand as %XX, in the arena. */
static uint8_t *decode_percents(struct dissection *d, const struct text_part *part,
				uint32_t *length)
{
	uint8_t *out = arena_alloc(&d->arena, part->length + 1);
	uint32_t n = 0;

	for (uint32_t i = 0; i < part->length; i++) {
		const uint8_t *at = part->bytes + i;
		bool coded = *at == '%' && part->length - i > 2 && hex_value(at[1]) >= 0 &&
			     hex_value(at[2]) >= 0;
		unsigned byte = *at;
		if (coded)
			byte = (unsigned)hex_value(at[1]) << 4 | (unsigned)hex_value(at[2]);
		out[n++] = (uint8_t)byte;
		i += coded ? 2 : 0;
	}
	*length = n;
	return out;
}

static uint64_t event_number(const struct text_part *value)
{
	for (const struct value_name *event = bt_tracker_event_names; event->name; event++)
		if (part_is(value, event->name))
			return event->value;
	return 0;
}

static void show_parameter(struct dissection *d, const struct cursor *c, unsigned field,
			   const struct text_part *value)
{
	uint64_t number = 0;
	uint32_t n;

	if (field == TRACKER_INFO_HASH || field == TRACKER_PEER_ID) {
		const uint8_t *bytes = decode_percents(d, value, &n);
		node_flag(d, add_bytes(d, c, field, value->start, value->length, bytes, n),
			  NODE_GENERATED);
		if (field == TRACKER_INFO_HASH && n == TRACKER_HASH_LENGTH)
			bt_tracker_put_magnet(d, bytes);
		return;
	}
	if (field == TRACKER_EVENT)
		number = event_number(value);
	else if (!part_number(value, field == TRACKER_PORT ? UINT16_MAX : INT64_MAX, &number))
		return;
	node_flag(d, add_uint(d, c, field, value->start, value->length, number), NODE_GENERATED);
}

static bool is_trackers(struct text_part query)
{
	return query.length > 10 && memmem(query.bytes, query.length, "info_hash=", 10);
}

void bt_tracker_show_query(struct dissection *d, const struct cursor *c, struct text_part query)
{
	if (!wants_fields(d) || !is_trackers(query))
		return;
	use_fields_of(d, &bt_tracker_dissector);
	while (query.length) {
		struct text_part one = query;
		one.length = part_find(&query, '&');
		query = part_from(&query, one.length < query.length ? one.length + 1 : one.length);
		uint32_t equals = part_find(&one, '=');
		struct text_part name = one;
		struct text_part value = part_from(&one, equals < one.length ? equals + 1 : equals);
		name.length = equals;
		for (unsigned i = 0; i < COUNT(parameters); i++)
			if (part_is(&name, parameters[i].name))
				show_parameter(d, c, parameters[i].field, &value);
	}
	use_fields_of(d, NULL);
}

/* --- what the tracker answers, a bencoded dictionary --- */

static const struct {
	const char *name;
	unsigned field;
} members[] = {
	{ "interval", TRACKER_INTERVAL },    { "complete", TRACKER_SEEDERS },
	{ "incomplete", TRACKER_LEECHERS },  { "downloaded", TRACKER_COMPLETED },
	{ "failure reason", TRACKER_ERROR }, { "peers", TRACKER_PEERS },
	{ "peers6", TRACKER_PEERS },	     { "files", TRACKER_FILE },
};

static unsigned member_field(const struct cursor *c, const struct bencode *key)
{
	for (unsigned i = 0; i < COUNT(members); i++)
		if (bencode_says(c, key, members[i].name))
			return members[i].field;
	return TRACKER_ENTRY;
}

bool bt_tracker_is_answer(const struct cursor *body)
{
	struct cursor look = *body;

	if (bencode_next(&look).kind != BENCODE_DICTIONARY)
		return false;
	struct bencode key = bencode_next(&look);
	return key.kind == BENCODE_STRING &&
	       (member_field(body, &key) != TRACKER_ENTRY ||
		bencode_says(body, &key, "min interval") ||
		bencode_says(body, &key, "external ip") || bencode_says(body, &key, "tracker id") ||
		bencode_says(body, &key, "warning message"));
}

static void show_number(struct dissection *d, const struct cursor *c, const struct bencode *value,
			unsigned field)
{
	struct text_part digits = { c->data + value->text, value->text, value->text_length };
	uint64_t number;

	if (part_number(&digits, INT32_MAX, &number))
		add_uint(d, c, field, value->start, value->length, number);
}

/* A value that is not known here, with its key. */
static void show_entry(struct dissection *d, struct cursor *c, const struct bencode *key)
{
	struct cursor at = *c;

	at.pos = key->start;
	node_id tree = open_tree(d, &at, TRACKER_ENTRY);
	label_set(d, tree, "%s", text_of(d, c->data + key->text, key->text_length));
	bencode_show(d, c);
	close_tree(d, tree, c);
}

static bool show_members(struct dissection *d, struct cursor *c, unsigned depth);

/* Torrents by their hash, each with its counts. */
static bool show_files(struct dissection *d, struct cursor *c)
{
	struct cursor look = *c;

	while (cursor_left(c)) {
		struct bencode key = bencode_next(&look);
		if (key.kind == BENCODE_END) {
			*c = look;
			return true;
		}
		node_id tree = open_tree(d, c, TRACKER_FILE);
		bool good = key.kind == BENCODE_STRING && key.text_length == TRACKER_HASH_LENGTH &&
			    bencode_next(&look).kind == BENCODE_DICTIONARY;
		if (good) {
			struct cursor hash = *c;
			hash.pos = key.text;
			bt_tracker_take_hash(d, &hash);
			*c = look;
			good = show_members(d, c, 1);
			look = *c;
		}
		close_tree(d, tree, c);
		if (!good)
			return false;
	}
	return false;
}

/* False: what follows cannot be read. */
static bool show_member(struct dissection *d, struct cursor *c, const struct bencode *key,
			unsigned depth)
{
	unsigned field = member_field(c, key);
	struct cursor look = *c;
	struct bencode value = bencode_next(&look);

	if (value.kind == BENCODE_DICTIONARY && field == TRACKER_FILE && !depth) {
		*c = look;
		return show_files(d, c);
	}
	if (value.kind == BENCODE_STRING && field == TRACKER_PEERS) {
		struct cursor peers = *c;
		peers.pos = value.text;
		peers = cursor_split(&peers, value.text_length);
		bt_tracker_take_peers(d, &peers, bencode_says(c, key, "peers6"));
	} else if (value.kind == BENCODE_STRING && field == TRACKER_ERROR) {
		const char *words = text_of(d, c->data + value.text, value.text_length);
		add_text(d, c, TRACKER_ERROR, value.start, value.length, words);
		info(d, " %s", words);
	} else if (value.kind == BENCODE_INTEGER && field < TRACKER_ERROR) {
		show_number(d, c, &value, field);
	} else {
		uint32_t before = c->pos;
		show_entry(d, c, key);
		return c->pos > before && cursor_ok(c);
	}
	*c = look;
	return true;
}

static bool show_members(struct dissection *d, struct cursor *c, unsigned depth)
{
	while (cursor_left(c)) {
		struct bencode key = bencode_next(c);
		if (key.kind == BENCODE_END)
			return true;
		if (key.kind != BENCODE_STRING || !show_member(d, c, &key, depth))
			return false;
	}
	return false;
}

static void bt_tracker_answer_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor look = *c;

	if (only_learning(d))
		return;
	info(d, " (%s)", d->media_type ? d->media_type : "");
	if (bencode_next(&look).kind == BENCODE_DICTIONARY) {
		*c = look;
		if (!show_members(d, c, 0))
			note_finding(d, TRACKER_NO_ANSWER, NULL);
	}
}

static const struct field answer_fields[] = {
	{ "bt-tracker-http", "BitTorrent Tracker over HTTP", FIELD_PROTOCOL,
	  .help = "What a tracker answers to an announcement", .reference = "BEP 3" },
};

const struct dissector bt_tracker_answer_dissector = {
	.name = "bt-tracker-http",
	.short_name = "BT-Tracker",
	.title = "BitTorrent Tracker",
	.fields = answer_fields,
	.field_count = COUNT(answer_fields),
	.fields_of = &bt_tracker_dissector,
	.borrows = &bencode_dissector,
	.dissect = bt_tracker_answer_dissect,
};
