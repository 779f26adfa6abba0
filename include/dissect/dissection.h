/* dissection.h - one packet taken apart: a flat array of nodes, made on demand.
 *
 * A dissection is reused from packet to packet by one thread.  After a layer's fault
 * nothing that layer does has any effect, so dissectors need no error paths. */
#ifndef DISSECT_DISSECTION_H
#define DISSECT_DISSECTION_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/likely.h"
#include "base/number_text.h"
#include "dissect/address.h"
#include "dissect/cursor.h"
#include "dissect/field.h"

struct conversation;
struct object_part;
struct dissector;
struct learned;
struct path_table;

typedef uint32_t node_id;               /* index into dissection.nodes */
#define NO_NODE UINT32_MAX              /* not wanted, or after a fault */

enum node_flag {
	NODE_GENERATED = 1,             /* [in brackets]: not in the packet, found out */
	NODE_HIDDEN = 2,                /* for filters and -e, not in the tree */
	NODE_BAD = 4,                   /* its value is wrong */
	NODE_SECRET = 16,               /* --redact masks what it says */
	NODE_LABEL_ONLY = 8,            /* the label replaces name and value */
	NODE_CARRIER = 32,              /* a layer without a message: all its bytes are the next one's */
};

struct node {                           /* 40 bytes */
	uint16_t field;                 /* index in the registry of all fields */
	uint8_t depth;                  /* 0: a protocol */
	uint8_t flags;                  /* enum node_flag */
	uint32_t span;                  /* nodes in this subtree, itself included */
	uint32_t start, length;         /* the bytes, in buffer `source` */
	uint32_t value_length;          /* of value.bytes and value.text; a protocol's are all its bytes */
	uint32_t label : 24;            /* index in dissection.labels; 0: none */
	uint32_t source : 8;            /* the byte buffer that start and length are in */
	union {
		uint64_t number;
		double real;
		const uint8_t *bytes;   /* in the frame, a buffer or the arena */
		const char *text;       /* in the arena, 0-terminated */
	} value;
};

enum want {
	WANT_FIELDS = 1,  /* fill the node array */
	WANT_LABELS = 2,  /* also what dissectors word themselves */
	WANT_COLUMNS = 4, /* the Protocol and Info columns */
	WANT_NAMING_LABELS =
		8, /* of the labels those that stand for a value: lines of text, reports */
	WANT_ANY_LABELS = WANT_LABELS | WANT_NAMING_LABELS,
};

enum { MAX_LAYERS = 256, MAX_BUFFERS = 64, MAX_DEPTH = 100, MAX_NODES = 1 << 19, INFO_LIMIT = 4096 };

struct layer {
	const struct dissector *dissector;
	node_id node;
	uint32_t start;                 /* of its bytes, in its buffer */
	node_id below;                  /* the first node of the layers it handed on to */
	node_id below_end;              /* and the one after their last */
	uint16_t first_field;           /* registry index of the dissector's field 0 */
	uint16_t serial;                /* how many layers began before it in this packet */
	uint8_t fault;                  /* enum cursor_fault, set by the layer's cursors */
	const char *part;               /* what of it is being read, if a fault names that; or NULL */
};

/* Bytes that are not the frame's own: reassembled, de-chunked. */
struct buffer {
	const uint8_t *bytes;
	uint32_t length;
	const char *title;              /* "Reassembled TCP" */
	uint32_t message;               /* which, + 1, of those put together from packets; 0: none */
	bool partial;                   /* its rest was not fetched: see gather_limit */
};

/* Over whose headers the first pass stepped last (src/dissect/stride.h), and the paths behind them. */
enum { MAX_STRIDES = 8 };
struct strides {
	const struct dissector *over[MAX_STRIDES]; /* NULL: no one's */
	uint16_t paths[MAX_STRIDES];
};

struct packet_notes; /* capture/capture_file.h */

/* Where the packet came from. */
struct packet_facts {
	uint32_t number;                /* from 1, in the file */
	uint32_t shown;                 /* what it is called: the same, unless some were left out */
	uint32_t before;                /* the packet before it that was not left out; 0: none */
	int64_t time_ns;
	uint32_t captured, reported;
	uint16_t link_type;
	uint16_t interface, section;
	uint8_t fcs_bytes;
	bool has_time;
	bool sent_less;                 /* the file says that less was sent than it holds */
	bool has_section;               /* the file (pcapng) says section and interface */
	bool ignored;                   /* the user takes it for absent */
	bool has_comment;               /* in the notes */
	uint32_t interface_number;      /* within its section */
	const char *interface_name, *interface_description;    /* NULL: not said */
	const struct packet_notes *notes;       /* what the file and the user say of it; NULL: nobody asked */
};

/* How a dissection gets at other packets' bytes, for messages of several. */
struct packet_source {
	/* The captured bytes of a packet, valid until the next call.  False: not to be had. */
	bool (*bytes)(void *owner, uint32_t number, const uint8_t **bytes, uint32_t *length);
	void *owner;
};

/* What a dissector noted about the packet. */
struct finding {
	const struct field *field; /* has its severity and group */
	const char *protocol;	   /* whose it is: "TCP", or a part of it, "MPTCP"; constant */
	const char *words;	   /* in the arena, or constant; may hold packet bytes */
	bool quoted;		   /* about a packet that an error message quotes */
};

struct tcp_segment;

enum { FACT_PLACES = 8 };

struct dissection {
	/* Given. */
	struct packet_facts packet;
	const struct learned *learned;  /* what the first pass found out; NULL in unit tests */
	struct learned *pen;            /* the same, to write in; NULL after the first pass */
	const struct packet_source *source;     /* NULL: only messages within one packet are whole */
	struct path_table *paths;       /* in the first pass: where stacks of protocols are interned */
	unsigned wants;                 /* enum want */
	const uint32_t *last_shown;     /* the packet shown before this one, 0: none; NULL: all are shown */
	bool one_pass;                  /* shown as the first pass saw it: no links to later packets */
	bool tells_objects;		/* somebody saves files: see parts */
	bool tells_segments;            /* somebody follows connections: see segments */
	const uint8_t *wanted_fields;   /* one bit per field; NULL: all of them */
	bool ignores_findings; /* nobody looks at findings, as far as they are no wanted field */
	uint16_t stop_after;            /* what this many conversations carry is not taken apart; 0: all is */
	/* Bit n: somebody looks at the fields of the packet's n-th layer, counted from 0 as in its path.
	 * The others are only walked through, and what is below the last one not at all.  0: all. */
	uint64_t wanted_layers;
	/* One bit per dissector (registry_showing()): what the others show nobody looks at.  NULL:
	 * all. */
	const uint8_t *wanted_dissectors;

	/* Made.  Reset between packets, so a warm dissection never allocates. */
	struct node *nodes;
	uint32_t node_count, node_room;
	const char **labels;            /* labels[0] is not used */
	uint32_t label_count, label_room;
	struct arena arena;
	const char *protocol;           /* the Protocol column: the last layer to begin its info */
	char *info;                     /* 0-terminated; clean; room for INFO_LIMIT */
	uint32_t info_length, info_fence;
	uint8_t worst_fault;            /* enum cursor_fault of the layer that failed, if one did */
	const struct dissector *failed; /* whose layer that was */
	const char *failed_name;        /* its short name, or that of the part that failed */
	uint8_t severity;		/* enum expert_severity of the worst finding */
	struct finding *findings;	/* in the order they were made, if WANT_FIELDS */
	uint32_t finding_count, finding_room;
	struct object_part *parts;	/* that were offered to be saved (dissect/object.h) */
	uint32_t part_count, part_room;
	const struct tcp_segment *segments; /* TCP's, from the innermost on (state/tcp_segment.h); NULL: none */

	/* The walk. */
	struct buffer buffers[MAX_BUFFERS];     /* [0]: the frame */
	uint8_t buffer_count;
	struct layer layers[MAX_LAYERS];        /* from the frame down to the one at work */
	uint16_t layer_count, serial;
	const struct field *fields;     /* of the layer at work: what its enum indexes */
	const uint8_t *fault;           /* of the layer at work; before the first one there is none */
	unsigned asked;                 /* wants, as they were given; a layer nobody looks at has less */
	uint8_t depth, base_depth;
	uint32_t opened[UINT8_MAX + 1]; /* how many nodes there were when this depth was entered */
	node_id last;                   /* the last node added; NO_NODE: it was not wanted */
	uint16_t path;                  /* the stack of protocols, interned */
	struct strides strides;
	struct endpoint from, to;       /* innermost addresses and ports */
	uint8_t hops_left;              /* TTL or hop limit of the innermost IP header */
	bool is_routed;                 /* options or extensions may name more addresses than two */
	bool in_error;                  /* inside a packet that ICMP quotes: learn nothing */
	bool is_undelivered;		/* of which ICMP says that it did not arrive */
	uint32_t matched_port;          /* by which hand_on() found the dissector at work */
	const struct dissector *detected;       /* who recognised the payload at hand, which its port does not
						 * tell; NULL: no one */
	const char *media_type;         /* what the body at hand is said to be, "text/html"; NULL: nothing is */
	const char *media_parameters;   /* what followed it: "charset=utf-8" */
	void *carrier;                  /* what QUIC keeps for the stream whose bytes are at hand, in the first pass */
	uint64_t carrier_stream;        /* its number there, in every pass */
	const struct conversation *conversation;        /* innermost; NULL: none */
	uint32_t previous_packet;       /* of that conversation; 0: this is its first */
	uint16_t conversations_seen;    /* conversation_of() calls in this packet */
	uint16_t segments_seen;         /* TCP segments that were compared */
	uint16_t inner_seen;            /* stream_feed_inner() calls */
	uint8_t inside;                 /* how many streams inside streams are around the layer at work */
	uint64_t fact_hint;             /* where the last fact was found */
	uint32_t fact_hint_packet;
	struct fact_places *fact_places[FACT_PLACES]; /* of packets with many facts; facts.c */
	bool from_opener;               /* in a conversation: sent by the side that opened it */
	uint32_t gather_limit;          /* bytes of a message of several packets that are fetched */
};

/* All of a dissection that lives longer than a packet. */
void dissection_init(struct dissection *d);
void dissection_free(struct dissection *d);

/* Takes one packet apart: d->packet.captured bytes.  d->packet, learned, pen, source and
 * wants are set before. */
void dissect_packet(struct dissection *d, const uint8_t *bytes);
/* The same, with another dissector than frame at the bottom; NULL finds nothing. */
void dissect_packet_as(struct dissection *d, const struct dissector *first, const uint8_t *bytes);

/* --- for dissectors: reading.  `field` is the dissector's own enum. --- */

/* take_*: read the field at the cursor, step over it, add its node, return its value.
 * The field's type says the width and its mask the bits (the value is shifted down). */
uint64_t take_uint(struct dissection *d, struct cursor *c, unsigned field);
uint64_t take_uint_le(struct dissection *d, struct cursor *c, unsigned field);
/* The same with the width in bytes given, for fields whose size the packet says (1-8),
 * and for FIELD_BOOL with a mask in a wider word. */
uint64_t take_uint_n(struct dissection *d, struct cursor *c, unsigned field, uint32_t n);
/* A flags word: the node of `field`, and below it one child for each of the fields
 * first..last, each on the word's bytes with its own mask.  Returns the word. */
uint64_t take_flags(struct dissection *d, struct cursor *c, unsigned field, unsigned first, unsigned last);
/* Adds the node and returns the value without stepping over it: bit fields that share bytes. */
uint64_t look_uint(struct dissection *d, struct cursor *c, unsigned field);
uint64_t look_uint_n(struct dissection *d, struct cursor *c, unsigned field, uint32_t n);
const uint8_t *take_bytes(struct dissection *d, struct cursor *c, unsigned field, uint32_t n);
/* n bytes as text up to the first 0 byte; what is not UTF-8 becomes U+FFFD.  Returns it, or ""
 * after a fault or in the bare first pass. */
const char *take_text(struct dissection *d, struct cursor *c, unsigned field, uint32_t n);
uint32_t take_ipv4(struct dissection *d, struct cursor *c, unsigned field);
/* The bytes, or NULL after a fault. */
const uint8_t *take_ipv6(struct dissection *d, struct cursor *c, unsigned field);
const uint8_t *take_ether(struct dissection *d, struct cursor *c, unsigned field);
/* Reads an address of FIELD_ETHER, FIELD_IPV4 or FIELD_IPV6 into *to, its port untouched. */
void take_address(struct dissection *d, struct cursor *c, unsigned field, struct endpoint *to);

/* Is anyone going to look at any field?  Not while rows are only worded. */
static inline bool wants_fields(const struct dissection *d)
{
	return unlikely(d->wants & WANT_FIELDS);
}

/* The same for fields of one, two and four bytes.  Rows and the first pass want no fields: then they
 * are only read, which is most of what dissectors do. */
static inline bool only_reads(const struct dissection *d, unsigned field)
{
	return !wants_fields(d) && !d->fields[field].mask;
}

static inline uint8_t take_u8(struct dissection *d, struct cursor *c, unsigned field)
{
	return only_reads(d, field) ? cursor_u8(c) : (uint8_t)take_uint_n(d, c, field, 1);
}

static inline uint16_t take_u16(struct dissection *d, struct cursor *c, unsigned field)
{
	return only_reads(d, field) ? cursor_u16(c) : (uint16_t)take_uint_n(d, c, field, 2);
}

static inline uint32_t take_u32(struct dissection *d, struct cursor *c, unsigned field)
{
	return only_reads(d, field) ? cursor_u32(c) : (uint32_t)take_uint_n(d, c, field, 4);
}

/* --- nodes on bytes that were read otherwise: [start, start + length) of c's buffer --- */

node_id add_node(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length);
node_id add_uint(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length,
		 uint64_t value);
/* For FIELD_IPV6, FIELD_ETHER, FIELD_GUID, FIELD_OID and FIELD_BYTES: `bytes` must live as long as
 * the dissection's packet; NULL: those of the buffer at start. */
node_id add_bytes(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length,
		  const uint8_t *bytes, uint32_t n);
/* Text that is UTF-8 already and lives in the arena, or is constant. */
node_id add_text(struct dissection *d, const struct cursor *c, unsigned field, uint32_t start, uint32_t length,
		 const char *text);

/* Bytes from the packet as UTF-8 text in the arena, up to the first 0 byte. */
const char *text_of(struct dissection *d, const uint8_t *bytes, uint32_t n);

/* --- put_*: what was found out, not read: generated, without bytes --- */

node_id put_none(struct dissection *d, unsigned field);
node_id put_uint(struct dissection *d, unsigned field, uint64_t value);
node_id put_double(struct dissection *d, unsigned field, double value);
/* `text` lives in the arena, or is constant. */
node_id put_text(struct dissection *d, unsigned field, const char *text);
node_id put_duration(struct dissection *d, unsigned field, int64_t ns);
/* A hidden number on the bytes of the last node added: udp.port beside udp.srcport. */
void put_alias(struct dissection *d, unsigned field, uint64_t value);
/* The same for fields of bytes (eth.addr, ipv6.addr); NULL adds nothing. */
void put_alias_bytes(struct dissection *d, unsigned field, const uint8_t *bytes, uint32_t n);
/* The rest of the cursor as FIELD_BYTES; the cursor stays. */
node_id put_bytes(struct dissection *d, unsigned field, const struct cursor *c);
/* A finding, for rows made with FINDING(): the tree "[Expert Info (Warning/Sequence): words]" with
 * the field below.  A NULL format says the row's own words. */
node_id note_finding(struct dissection *d, unsigned field, const char *format, ...)
	__attribute__((format(printf, 3, 4), cold));
/* The same below a node of this layer that is there already, or NO_NODE. */
node_id note_finding_on(struct dissection *d, node_id node, unsigned field, const char *format, ...)
	__attribute__((format(printf, 4, 5), cold));

/* --- shape --- */

/* Nodes added from here on are children of a new FIELD_NONE node, whose bytes begin at
 * the cursor and end where it stands at close_tree(). */
node_id open_tree(struct dissection *d, const struct cursor *c, unsigned field);
void close_tree(struct dissection *d, node_id tree, const struct cursor *c);
/* The same below a node of this layer that is there already, or NO_NODE.  If it is not the last one,
 * those after it move down, and their ids change. */
static inline void open_node(struct dissection *d, node_id node)
{
	(void)node;
	if (d->depth < UINT8_MAX)
		d->depth++;
	if (wants_fields(d))
		d->opened[d->depth] = d->node_count;
}

void gather_children(struct dissection *d, node_id node);

static inline void close_node(struct dissection *d, node_id node)
{
	if (wants_fields(d))
		gather_children(d, node);
	if (d->depth)
		d->depth--;
}
/* In between nodes stand beside the protocols, not inside this one.  Not while a tree is open. */
void begin_beside(struct dissection *d);
void end_beside(struct dissection *d);
/* A tree there: "[2 Reassembled TCP Segments]". */
node_id open_tree_beside(struct dissection *d, const struct cursor *c, unsigned field);
void close_tree_beside(struct dissection *d, node_id tree);
/* The last node added, or NO_NODE if it was not wanted. */
node_id last_node(const struct dissection *d);
void node_flag(struct dissection *d, node_id node, unsigned flags);
void node_set_length(struct dissection *d, node_id node, uint32_t length);
/* What was found out about another node stands on its bytes, or, empty, where they begin. */
void node_stand_on(struct dissection *d, node_id node, node_id other);
void node_stand_at(struct dissection *d, node_id node, node_id other);
node_id layer_node(const struct dissection *d);

/* A fault or a finding from here on names this part of the layer, as other dissectors have it as a layer of its
 * own ("IPv6 Fragment"). */
static inline void begin_part(struct dissection *d, const char *name)
{
	d->layers[d->layer_count - 1].part = name;
}

static inline void end_part(struct dissection *d, const struct cursor *c)
{
	if (cursor_ok(c))
		begin_part(d, NULL);
}
/* The protocol's own node ends where the cursor stands: what follows is payload. */
void end_header(struct dissection *d, const struct cursor *c);
/* The protocol's bytes, payload included, end where the cursor does: what follows is not its own. */
void end_layer(struct dissection *d, const struct cursor *c);

/* Is anyone going to look at this field?  To save work beyond reading. */
bool field_wanted(const struct dissection *d, unsigned field);
/* Did anyone name this field?  For what is only made then. */
bool field_asked_for(const struct dissection *d, unsigned field);
/* Is this the bare first pass, where only learning and handing on count? */
static inline bool only_learning(const struct dissection *d)
{
	return likely(d->wants == 0);
}

/* Is it told as the first pass tells it, which knows no later packet? */
static inline bool knows_no_later(const struct dissection *d)
{
	return d->pen || d->one_pass;
}

/* Has it gone as far into the packet as was asked for? */
static inline bool stops_here(const struct dissection *d)
{
	return unlikely(d->stop_after) && d->conversations_seen >= d->stop_after;
}

/* --- words.  Free when not wanted: the arguments are not even evaluated. --- */

/* Is its label what it is known by? */
bool label_is_name(const struct dissection *d, node_id node);

static inline bool label_wanted(const struct dissection *d, node_id node)
{
	return unlikely(d->wants & WANT_ANY_LABELS) && node != NO_NODE &&
	       (d->wants & WANT_LABELS || label_is_name(d, node));
}

/* Appends to what the tree shows for the node: ", Src Port: 53". */
void label_add(struct dissection *d, node_id node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Replaces it. */
void label_put(struct dissection *d, node_id node, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The node may be made in them: it is asked for once, whether words are wanted or not. */
#define label(d, node, ...) label_with_((d), (node), label_add, __VA_ARGS__)
#define label_set(d, node, ...) label_with_((d), (node), label_put, __VA_ARGS__)
#define label_with_(d, node, put, ...)                          \
	do {                                                    \
		const node_id labelled_ = (node);               \
		if (label_wanted((d), labelled_))               \
			put((d), labelled_, __VA_ARGS__);       \
	} while (0)

/* This layer's name becomes the Protocol column, and what was in Info is dropped but for
 * what stands before a fence. */
void info_begin(struct dissection *d);
/* The text is cleaned: it may hold packet bytes. */
void info_add(struct dissection *d, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define info(d, ...) (unlikely((d)->wants & WANT_COLUMNS) ? info_add((d), __VA_ARGS__) : (void)0)
/* The same for a literal, and for a literal and a decimal number, which need no format at run time:
 * for words that most packets have. */
#define info_words(d, words) \
	(unlikely((d)->wants & WANT_COLUMNS) ? info_put((d), words, sizeof words - 1) : (void)0)
#define info_count(d, words, number) \
	(unlikely((d)->wants & WANT_COLUMNS) ? info_put_number((d), words, sizeof words - 1, (number)) : (void)0)

/* The same for a literal, and for text that may come from the packet. */
void info_put_foreign(struct dissection *d, const char *words, size_t n, const char *text);
#define info_text(d, words, text) \
	(unlikely((d)->wants & WANT_COLUMNS) ? info_put_foreign((d), words, sizeof words - 1, (text)) : (void)0)

/* Where the next n bytes of Info go; NULL: the layer has failed, or they do not fit. */
static inline char *info_room(struct dissection *d, size_t n)
{
	return *d->fault == FAULT_NONE && n <= INFO_LIMIT - d->info_length ? d->info + d->info_length : NULL;
}

static inline void info_end(struct dissection *d, char *end)
{
	d->info_length = (uint32_t)(end - d->info);
	*end = '\0';
}

/* n bytes that are known to be clean. */
static inline void info_put(struct dissection *d, const char *words, size_t n)
{
	char *at = info_room(d, n);

	if (!at)
		return;
	memcpy(at, words, n);
	info_end(d, at + n);
}

static inline void info_put_number(struct dissection *d, const char *words, size_t n, uint64_t number)
{
	char *at = info_room(d, n + NUMBER_TEXT_ROOM);

	if (!at)
		return;
	memcpy(at, words, n);
	info_end(d, number_put(at + n, number));
}
void info_fence(struct dissection *d);
/* Puts text of our own before everything, and keeps it there whatever begins afterwards. */
void info_prefix(struct dissection *d, const char *text);
/* Both ports, as Info and the layer's line begin with them; `protocol`: of IP. */
void tell_ports(struct dissection *d, uint8_t protocol);
/* Until columns_on() the columns stay as they are: what is quoted is no news for them. */
unsigned columns_off(struct dissection *d);
void columns_on(struct dissection *d, unsigned wanted);
/* Another word for the Protocol column than the dissector's short_name. */
void info_protocol(struct dissection *d, const char *name);

/* Makes n bytes, which live as long as the packet is looked at, a source that nodes can
 * point into; shares the fault of `c`. */
struct cursor cursor_on_buffer(struct dissection *d, const struct cursor *c, const uint8_t *bytes, uint32_t n,
			       const char *title);

#endif
