/* bt-dht.c - BitTorrent's distributed hash table: KRPC of BEP 5, with IPv6 (BEP 32).
 *
 * A message is one bencoded dictionary; each of its entries is a subtree with key and value. */
#include <string.h>

#include "bencode.h"

enum { ID_LENGTH = 20, NODE_LENGTH = 26, NODE6_LENGTH = 38, PEER_LENGTH = 6, PEER6_LENGTH = 18 };

enum {
	DHT,
	DHT_STRING,
	DHT_INTEGER,
	DHT_DICTIONARY,
	DHT_ENTRY,
	DHT_LIST,
	DHT_TERMINATOR,
	DHT_ID,
	DHT_IP,
	DHT_IP6,
	DHT_PORT,
	DHT_NODE,
	DHT_NODES,
	DHT_PEER,
	DHT_PEERS,
	DHT_ERROR,
	DHT_TRUNCATED,
	DHT_INVALID_STRING,
	DHT_INVALID_LENGTH,
	DHT_DEEP,
};

static const struct field dht_fields[] = {
	[DHT] = { "bt-dht", "BitTorrent DHT Protocol", FIELD_PROTOCOL,
		  .help = "Finds peers for a file without a tracker", .reference = "BEP 5" },
	[DHT_STRING] = { "bt-dht.bencoded.string", "String", FIELD_TEXT,
			 .help = "Bytes, with their length before them", .reference = "BEP 5" },
	[DHT_INTEGER] = { "bt-dht.bencoded.int", "Int", FIELD_TEXT, .help = "A number",
			  .reference = "BEP 5" },
	[DHT_DICTIONARY] = { "bt-dht.bencoded.dict", "Dictionary", FIELD_NONE,
			     .help = "Names with values", .reference = "BEP 5" },
	[DHT_ENTRY] = { "bt-dht.bencoded.dict_entry", "Dictionary Entry", FIELD_NONE,
			.help = "One name with its value", .reference = "BEP 5" },
	[DHT_LIST] = { "bt-dht.bencoded.list", "List", FIELD_NONE, .help = "Values in order",
		       .reference = "BEP 5" },
	[DHT_TERMINATOR] = { "bt-dht.bencoded.list.terminator", "Terminator", FIELD_TEXT,
			     .help = "The end of the list", .reference = "BEP 5" },
	[DHT_ID] = { "bt-dht.id", "ID", FIELD_BYTES, .help = "Of a node, 20 bytes",
		     .reference = "BEP 5" },
	[DHT_IP] = { "bt-dht.ip", "IP", FIELD_IPV4, .help = "The address of a node or peer",
		     .reference = "BEP 5" },
	[DHT_IP6] = { "bt-dht.ip6", "IP", FIELD_IPV6, .help = "The address of a node or peer",
		      .reference = "BEP 5" },
	[DHT_PORT] = { "bt-dht.port", "Port", FIELD_U16, .help = "The port there",
		       .reference = "BEP 5" },
	[DHT_NODE] = { "bt-dht.node", "Node", FIELD_NONE,
		       .help = "A node near to what is looked for", .reference = "BEP 5" },
	[DHT_NODES] = { "bt-dht.nodes", "Nodes", FIELD_NONE,
			.help = "Nodes near to what is looked for, to ask next",
			.reference = "BEP 5" },
	[DHT_PEER] = { "bt-dht.peer", "Peer", FIELD_NONE,
		       .help = "Somebody who has the file, or a part of it", .reference = "BEP 5" },
	[DHT_PEERS] = { "bt-dht.peers", "Peers", FIELD_NONE,
			.help = "Those who have the file, or a part of it", .reference = "BEP 5" },
	[DHT_ERROR] = { "bt-dht.error", "Error", FIELD_NONE, .help = "What went wrong",
			.reference = "BEP 5" },
	[DHT_TRUNCATED] = { "bt-dht.truncated_data", "Truncated data", FIELD_BYTES,
			    .help = "Bytes that could not be read" },
	[DHT_INVALID_STRING] = FINDING("bt-dht.invalid_string", "String must contain an integer",
				       EXPERT_WARN, GROUP_PROTOCOL),
	[DHT_INVALID_LENGTH] =
		FINDING("bt-dht.invalid_length", "Invalid length", EXPERT_WARN, GROUP_PROTOCOL),
	[DHT_DEEP] =
		FINDING("bt-dht.nested_too_deep", "Nested too deep", EXPERT_ERROR, GROUP_MALFORMED),
};

struct key_words {
	const char *key, *words;
};

/* BEP 5: the keys of the message itself. */
static const struct key_words keys[] = {
	{ "a", "Request arguments" }, { "e", "Error" },		 { "q", "Request type" },
	{ "r", "Response values" },   { "t", "Transaction ID" }, { "v", "Version" },
	{ "y", "Message type" },
};

static const struct key_words message_types[] = { { "q", "Request" },
						  { "r", "Response" },
						  { "e", "Error" } };

static const char *find_words(const struct key_words *table, unsigned n, const struct cursor *c,
			      const struct bencode *string)
{
	for (unsigned i = 0; i < n; i++)
		if (bencode_says(c, string, table[i].key))
			return table[i].words;
	return NULL;
}

/* Text if all of it can be read, else hexadecimal. */
static const char *string_text(struct dissection *d, const struct cursor *c,
			       const struct bencode *string)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *bytes = c->data + string->text;
	uint32_t n = string->text_length;
	bool printable = true;

	if (!wants_fields(d))
		return "";
	for (uint32_t i = 0; i < n && printable; i++)
		printable = bytes[i] >= ' ' && bytes[i] < 0x7f;
	if (printable)
		return text_of(d, bytes, n);
	char *text = arena_alloc(&d->arena, 2 * (size_t)n + 1);
	for (uint32_t i = 0; i < n; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * (size_t)n] = '\0';
	return text;
}

static const char *add_string(struct dissection *d, const struct cursor *c,
			      const struct bencode *string, const char *title)
{
	const char *text = string_text(d, c, string);
	node_id node = add_text(d, c, DHT_STRING, string->start, string->length, text);

	label_set(d, node, "%s: %s", title, text);
	return text;
}

/* An address and its port; returns its words. */
static const char *take_peer(struct dissection *d, struct cursor *c, bool v6)
{
	char text[ADDRESS_TEXT_ROOM] = "";

	if (v6) {
		const uint8_t *address = take_ipv6(d, c, DHT_IP6);
		if (address)
			address_text_ipv6(address, text);
	} else {
		address_text_ipv4(take_ipv4(d, c, DHT_IP), text);
	}
	uint16_t port = take_u16(d, c, DHT_PORT);
	return arena_printf(&d->arena, "%s/Port: %s:%u", v6 ? "IPv6" : "IPv4", text, port);
}

/* "nodes", "nodes6": an ID, an address and a port each. */
static uint32_t take_nodes(struct dissection *d, struct cursor *c, const struct bencode *string,
			   bool v6)
{
	uint32_t size = v6 ? NODE6_LENGTH : NODE_LENGTH, count = string->text_length / size;
	struct cursor nodes = *c;

	nodes.pos = string->start;
	node_id tree = open_tree(d, &nodes, DHT_NODES);
	label_set(d, tree, "Value: %u nodes", count);
	nodes.pos = string->text;
	for (uint32_t i = 0; i < count; i++) {
		node_id node = open_tree(d, &nodes, DHT_NODE);
		struct bencode id = { .text = nodes.pos, .text_length = ID_LENGTH };
		take_bytes(d, &nodes, DHT_ID, ID_LENGTH);
		const char *words = take_peer(d, &nodes, v6);
		label_set(d, node, "Node %u (id: %s, %s)", i + 1, string_text(d, c, &id), words);
		close_tree(d, node, &nodes);
	}
	if (string->text_length % size)
		note_finding(d, DHT_INVALID_LENGTH, "%u bytes are no whole number of nodes",
			     string->text_length);
	close_tree(d, tree, c);
	return count;
}

/* "values": a list of strings, an address and a port each. */
static uint32_t take_peers(struct dissection *d, struct cursor *c)
{
	uint32_t count = 0;
	struct cursor before = *c;

	bencode_next(&before);
	node_id tree = open_tree(d, c, DHT_PEERS);
	while (cursor_left(&before)) {
		struct cursor peer = before;
		struct bencode value = bencode_next(&before);
		if (value.kind == BENCODE_END) {
			add_text(d, &before, DHT_TERMINATOR, value.start, 1, "e");
			break;
		}
		bool v6 = value.text_length == PEER6_LENGTH;
		if (value.kind != BENCODE_STRING || (value.text_length != PEER_LENGTH && !v6)) {
			note_finding(d, DHT_INVALID_LENGTH, "Not an address with a port");
			cursor_skip(&before, cursor_left(&before));
			break;
		}
		peer.pos = value.text;
		node_id node = open_tree(d, &peer, DHT_PEER);
		const char *words = take_peer(d, &peer, v6);
		label_set(d, node, "%u. %s", count + 1, words);
		count++;
		close_tree(d, node, &peer);
	}
	label_set(d, tree, "Value: %u peers", count);
	*c = before;
	close_tree(d, tree, c);
	return count;
}

static const char *take_value(struct dissection *d, struct cursor *c, const char *title,
			      unsigned depth);

static const char *take_error(struct dissection *d, struct cursor *c, unsigned depth)
{
	node_id tree = open_tree(d, c, DHT_ERROR);
	struct cursor look = *c;
	struct bencode code, words;

	bencode_next(&look);
	code = bencode_next(&look);
	words = bencode_next(&look);
	const char *text = "List...";
	if (code.kind == BENCODE_INTEGER && words.kind == BENCODE_STRING) {
		const char *number = text_of(d, c->data + code.text, code.text_length);
		info(d, "error_no=%s error_msg=%s ", number,
		     text_of(d, c->data + words.text, words.text_length));
		text = arena_printf(&d->arena, "error %s, %s", number, string_text(d, c, &words));
	}
	take_value(d, c, "Value", depth);
	label_set(d, tree, "Error: %s", text);
	close_tree(d, tree, c);
	return text;
}

/* The value of a key that means more than its kind; returns its words. */
static const char *take_known(struct dissection *d, struct cursor *c, const struct bencode *key,
			      unsigned depth)
{
	struct cursor look = *c;
	struct bencode value = bencode_next(&look);
	bool v6 = bencode_says(c, key, "nodes6");

	if (value.kind == BENCODE_STRING && (v6 || bencode_says(c, key, "nodes"))) {
		uint32_t count = take_nodes(d, c, &value, v6);
		*c = look;
		info(d, " reply=%u nodes", count);
		return arena_printf(&d->arena, "%u", count);
	}
	if (value.kind == BENCODE_LIST && bencode_says(c, key, "values")) {
		uint32_t count = take_peers(d, c);
		info(d, " reply=%u peers", count);
		return arena_printf(&d->arena, "%u", count);
	}
	if (value.kind == BENCODE_LIST && bencode_says(c, key, "e") && depth == 1)
		return take_error(d, c, depth);
	if (value.kind == BENCODE_STRING && bencode_says(c, key, "ip") &&
	    (value.text_length == PEER_LENGTH || value.text_length == PEER6_LENGTH)) {
		struct cursor peer = *c;
		peer.pos = value.text;
		const char *words = take_peer(d, &peer, value.text_length == PEER6_LENGTH);
		*c = look;
		return words;
	}
	return take_value(d, c, "Value", depth);
}

/* False: what follows cannot be read. */
static bool take_entry(struct dissection *d, struct cursor *c, unsigned depth)
{
	struct cursor before = *c, look = *c;
	struct bencode key = bencode_next(&look);

	if (key.kind != BENCODE_STRING)
		return false;
	node_id tree = open_tree(d, &before, DHT_ENTRY);
	*c = look;
	const char *name = find_words(keys, COUNT(keys), c, &key);
	const char *text = add_string(d, c, &key, "Key");
	struct bencode value = bencode_next(&look);
	const char *words = take_known(d, c, &key, depth);
	if (words && bencode_says(c, &key, "y") && value.kind == BENCODE_STRING) {
		const char *type = find_words(message_types, COUNT(message_types), c, &value);
		words = type ? type : words;
	}
	if (words)
		label_set(d, tree, "%s: %s", depth == 1 && name ? name : text, words);
	close_tree(d, tree, c);
	return words;
}

/* The members of a list or dictionary, up to its end. */
static bool take_members(struct dissection *d, struct cursor *c, bool entries, unsigned depth)
{
	while (cursor_left(c)) {
		struct cursor look = *c;
		struct bencode next = bencode_next(&look);
		if (next.kind == BENCODE_END) {
			add_text(d, c, DHT_TERMINATOR, next.start, 1, "e");
			*c = look;
			return true;
		}
		if (entries ? !take_entry(d, c, depth) : !take_value(d, c, NULL, depth))
			return false;
	}
	return false;
}

/* Returns its words, or NULL: it cannot be read.  Without a title it is called by its kind. */
static const char *take_value(struct dissection *d, struct cursor *c, const char *title,
			      unsigned depth)
{
	struct cursor before = *c;
	struct bencode value = bencode_next(c);

	if (value.kind == BENCODE_STRING)
		return add_string(d, c, &value, title ? title : "String");
	if (value.kind == BENCODE_INTEGER) {
		const char *text = text_of(d, c->data + value.text, value.text_length);
		node_id node = add_text(d, c, DHT_INTEGER, value.start, value.length, text);
		label_set(d, node, "%s: %s", title ? title : "Int", text);
		return text;
	}
	if (value.kind == BENCODE_NONE || value.kind == BENCODE_END || depth >= BENCODE_DEPTH) {
		*c = before;
		if (depth >= BENCODE_DEPTH)
			note_finding(d, DHT_DEEP, NULL);
		return NULL;
	}
	bool entries = value.kind == BENCODE_DICTIONARY;
	node_id tree = open_tree(d, &before, entries ? DHT_DICTIONARY : DHT_LIST);
	label_set(d, tree, "%s: %s",
		  title	    ? title
		  : entries ? "Dictionary"
			    : "List",
		  entries ? "Dictionary..." : "list...");
	bool good = take_members(d, c, entries, depth + 1);
	close_tree(d, tree, c);
	if (!good)
		return NULL;
	return entries ? "Dictionary..." : "List...";
}

static void dht_dissect(struct dissection *d, struct cursor *c)
{
	struct cursor look = *c;

	info_begin(d);
	info(d, "BitTorrent DHT Protocol");
	if (bencode_next(&look).kind == BENCODE_DICTIONARY) {
		*c = look;
		take_members(d, c, true, 1);
	}
	if (cursor_more(c))
		take_bytes(d, c, DHT_TRUNCATED, cursor_sent(c));
}

/* The first key is one of a message's, and in what follows is a transaction. */
static bool dht_looks_like(const struct dissection *d, const struct cursor *c)
{
	static const char firsts[] = "areqtvy";
	const uint8_t *at;
	uint32_t n = cursor_left(c);

	(void)d;
	if (n < 12 || !cursor_peek(c, 0, n, &at) || at[0] != 'd')
		return false;
	if (!memcmp(at, "d2:ip", 5))
		return true;
	return at[1] == '1' && at[2] == ':' && memchr(firsts, at[3], sizeof firsts - 1) &&
	       (at[4] == 'd' || at[4] == 'l' || (at[4] >= '0' && at[4] <= '9'));
}

const struct dissector bt_dht_dissector = {
	.name = "bt-dht",
	.short_name = "BT-DHT",
	.title = "BitTorrent DHT Protocol",
	.fields = dht_fields,
	.field_count = COUNT(dht_fields),
	.dissect = dht_dissect,
	.looks_like = dht_looks_like,
};
