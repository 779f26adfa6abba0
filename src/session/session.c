/* session.c - reads a capture in order once, learning, and then any packet of it again. */
#include "session/session.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/packet_set.h"
#include "dissect/path.h"
#include "dissect/registry.h"
#include "filter/filter.h"
#include "session/comments.h"
#include "state/conversation.h"
#include "state/sealed.h"

#include "lookahead.h"

enum {
	GATHER_WORDING = 1 << 16,       /* bytes of a split message fetched to learn or to word a row */
	GATHER_ALL = 1 << 24,           /* and to show it whole */
};

/* Records that were read and not taken in: the packet at work, and those that are near. */
enum { AT_HAND = 32, SHORT_RECORD = 100 /* bytes */ };
struct at_hand {
	struct record records[AT_HAND];
	const uint8_t *bytes[AT_HAND];
	struct expected expected[AT_HAND];
	unsigned next, count;
};

struct session {
	struct capture_file *file;
	struct learned *learned;
	struct dissection d;            /* of the bare first pass */
	struct file_window window;      /* other packets' bytes, for the first pass */
	struct packet_source source;
	_Atomic uint32_t limit;
	_Atomic bool follow;
	struct comments *comments;      /* the user's; NULL: none */
	struct packet_set ignored;
	struct packet_notes notes;      /* of the packet at hand */
	void (*watch)(void *owner, const struct dissection *d); /* NULL: nobody */
	void *watcher;
	unsigned secrets_taken;         /* of those in the file */
	struct at_hand at_hand;
	bool damaged;
	bool has_sections;              /* the file is pcapng */
};

/* Where the index says the packet is; false: it is not there (any more). */
static bool read_packet(const struct session *session, struct file_window *window, uint32_t number,
			struct record *record, const uint8_t **bytes)
{
	const struct index_block *block = index_block_of(&session->learned->index, number);
	uint32_t slot = index_slot(number);
	uint64_t offset = (uint64_t)block->offset_high[slot] << 32 | block->offset_low[slot];

	if (!capture_file_read(session->file, window, offset, block->interface[slot], record, bytes))
		return false;
	record->has_notes = block->flags[slot] & INDEX_NOTES;
	return true;
}

static bool first_pass_bytes(void *owner, uint32_t number, const uint8_t **bytes, uint32_t *length)
{
	struct session *session = owner;
	struct record record;

	if (!number || number > session->learned->index.count ||
	    !read_packet(session, &session->window, number, &record, bytes))
		return false;
	*length = record.captured;
	return true;
}

void session_use_comments(struct session *session, struct comments *comments)
{
	session->comments = comments;
}

bool session_new_comment(const struct session *session, uint32_t packet, struct packet_notes *notes)
{
	return comments_copy(session->comments, packet, notes);
}

bool session_has_new_comment(const struct session *session, uint32_t packet)
{
	return comments_has(session->comments, packet);
}

struct session *session_new(struct capture_file *file)
{
	struct session *session = must_zeroed(1, sizeof *session);
	unsigned files;

	registry_build();
	session->file = file;
	session->learned = learned_new();
	session->source = (struct packet_source){ first_pass_bytes, session };
	capture_file_look_beside(file, &session->window);
	capture_file_paths(file, &files);
	session->has_sections = files > 1 || !strncmp(capture_file_format(file), "pcapng", 6);
	dissection_init(&session->d);
	return session;
}

void session_free(struct session *session)
{
	if (!session)
		return;
	dissection_free(&session->d);
	file_window_free(&session->window);
	packet_notes_free(&session->notes);
	packet_set_free(&session->ignored);
	learned_free(session->learned);
	capture_file_close(session->file);
	free(session);
}

struct capture_file *session_file(const struct session *session)
{
	return session->file;
}

const struct learned *session_learned(const struct session *session)
{
	return session->learned;
}

void session_ignore(struct session *session, const uint32_t *packets, uint32_t count)
{
	packet_set_free(&session->ignored);
	packet_set_add_all(&session->ignored, packets, count);
}

enum { KEYS_LIMIT = 64 << 20, KEYS_TLS = 0x544c534b /* "TLSK" */ };

bool session_read_keys(struct session *session, const char *path, struct error *error)
{
	FILE *file = fopen(path, "rb");
	uint8_t *text = must_alloc(KEYS_LIMIT);

	if (!file) {
		free(text);
		return error_set(error, "The key log \"%s\" could not be opened: %s", path,
				 strerror(errno));
	}
	size_t n = fread(text, 1, KEYS_LIMIT, file);
	secrets_read(session->learned, text, (uint32_t)n);
	fclose(file);
	free(text);
	return true;
}

/* The key logs that the capture holds, as far as it was read. */
static void take_in_secrets(struct session *session)
{
	unsigned count = capture_file_secret_count(session->file);

	for (; session->secrets_taken < count; session->secrets_taken++) {
		const struct capture_secret *secret =
			capture_file_secret(session->file, session->secrets_taken);
		if (secret->type == KEYS_TLS)
			secrets_read(session->learned, secret->bytes, secret->length);
	}
}

uint32_t session_packet_count(const struct session *session)
{
	return atomic_load_explicit(&session->learned->index.published, memory_order_acquire);
}

int64_t session_packet_time(const struct session *session, uint32_t number)
{
	return index_time(&session->learned->index, number);
}

void session_limit(struct session *session, uint32_t packets)
{
	session->limit = packets;
}

void session_watch(struct session *session, void (*watch)(void *owner, const struct dissection *d),
		   void *owner)
{
	session->watch = watch;
	session->watcher = owner;
}

void session_follow(struct session *session, bool follow)
{
	session->follow = follow;
}

const char *session_problem(const struct session *session)
{
	return capture_file_problem(session->file);
}

static void describe_packet(struct dissection *d, const struct session *session, uint32_t number,
			    const struct record *record)
{
	const struct capture_interface *from = capture_file_interface(session->file, record->interface);

	d->packet = (struct packet_facts){
		.number = number, .shown = number, .before = number - 1, .time_ns = record->time_ns, .captured = record->captured,
		.reported = record->reported, .interface = record->interface, .has_time = record->has_time,
		.sent_less = record->sent_less, .link_type = from->link_type, .fcs_bytes = from->fcs_bytes, .section = from->section,
		.has_section = session->has_sections, .interface_number = from->number,
		.interface_name = from->name, .interface_description = from->description,
		.ignored = packet_set_has(&session->ignored, number),
	};
}

static void index_record(struct packet_index *x, uint32_t number, const struct record *record)
{
	struct index_block *block = index_block_of(x, number);
	uint32_t slot = index_slot(number);

	block->time_ns[slot] = record->time_ns;
	block->offset_low[slot] = (uint32_t)record->offset;
	block->offset_high[slot] = (uint16_t)(record->offset >> 32);
	block->interface[slot] = record->interface;
	block->reported[slot] = record->reported;
	block->flags[slot] = (uint16_t)((record->has_time ? INDEX_HAS_TIME : 0) |
					(record->has_comment ? INDEX_COMMENT : 0) |
					(record->has_notes ? INDEX_NOTES : 0) |
					(record->captured < record->reported ? INDEX_CUT : 0));
}

/* What the file and the user say of a packet that was described. */
static void add_notes(struct dissection *d, const struct session *session, struct file_window *window,
		      const struct record *record, struct packet_notes *notes)
{
	if (likely(!record->has_notes && !(d->wants & WANT_FIELDS)))
		return;
	if (record->has_notes)
		capture_file_notes(session->file, window, record->offset, record->interface, notes);
	else
		packet_notes_clear(notes);
	comments_copy(session->comments, d->packet.number, notes);
	d->packet.notes = notes;
	d->packet.has_comment = notes->comment_count;
	uint8_t check_bytes = packet_check_bytes(notes->flags);
	if (check_bytes)
		d->packet.fcs_bytes = check_bytes;
}

/* May what is true of the ends be remembered with the conversation?  What a tunnel carries may have others,
 * and no conversation. */
static unsigned ends_of(const struct dissection *d)
{
	if (!d->conversation || d->conversations_seen != 1 || d->is_routed ||
	    !conversation_is_between(d->conversation, &d->from, &d->to))
		return 0;
	return INDEX_ENDS | (d->from_opener ? INDEX_FROM_OPENER : 0u);
}

/* Asks memory for what the next packets need. */
static void fetch_ahead(const struct session *session)
{
	const struct at_hand *at_hand = &session->at_hand;
	unsigned next = at_hand->next;

	if (next < at_hand->count)
		fetch_expected(session->learned, &at_hand->expected[next]);
	if (next + 1 < at_hand->count)
		__builtin_prefetch(at_hand->bytes[next + 1]);
}

/* Appends one packet, takes it apart with the pen in hand, and publishes it. */
static bool take_in(struct session *session, struct dissection *d, const struct record *record,
		    const uint8_t *bytes)
{
	struct packet_index *x = &session->learned->index;
	uint32_t number = index_append(x);

	if (!number)
		return false;
	index_record(x, number, record);
	take_in_secrets(session);
	describe_packet(d, session, number, record);
	fetch_ahead(session);
	d->learned = d->pen = session->learned;
	d->paths = session->learned->paths;
	d->source = &session->source;
	d->gather_limit = d->wants & WANT_FIELDS ? GATHER_ALL : GATHER_WORDING;
	d->tells_segments = session->watch;
	add_notes(d, session, &session->window, record, &session->notes);
	dissect_packet(d, bytes);
	struct index_block *block = index_block_of(x, number);
	block->path[index_slot(number)] = d->path;
	if (record->has_comment && d->severity < EXPERT_COMMENT)
		d->severity = EXPERT_COMMENT;
	block->flags[index_slot(number)] |= (uint16_t)((unsigned)d->severity << INDEX_SEVERITY_SHIFT | ends_of(d));
	learned_publish(session->learned);
	if (session->watch)
		session->watch(session->watcher, d);
	return true;
}

static bool limit_reached(const struct session *session)
{
	uint32_t limit = session->limit;

	return limit && session->learned->index.count >= limit;
}

void session_skip(struct session *session, uint32_t times)
{
	capture_file_skip(session->file, times);
	session->damaged = false;
}

bool session_has_grown(const struct session *session)
{
	return !session->damaged && !limit_reached(session) && capture_file_has_grown(session->file);
}

/* From what the packets so far took of the file; the first ones are taken for short ones. */
static void expect_rest(struct session *session)
{
	struct packet_index *x = &session->learned->index;
	uint64_t size = capture_file_size(session->file), at = capture_file_position(session->file);
	uint64_t rest = size > at ? size - at : 0;

	x->rest = x->count ? (uint64_t)((double)rest * x->count / (double)(at | 1)) : rest / SHORT_RECORD;
}

/* Reads the next records; false: there are none, and *state says why. */
static bool reach_for_records(struct session *session, bool wait, enum scan_state *state)
{
	struct at_hand *at_hand = &session->at_hand;

	*state = SCAN_DONE;
	switch (capture_file_next(session->file, wait, &at_hand->records[0], &at_hand->bytes[0])) {
	case RECORD_OK:
		at_hand->next = 0;
		at_hand->count = 1 + capture_file_more(session->file, &at_hand->records[1],
						       &at_hand->bytes[1], AT_HAND - 1);
		expect_rest(session);
		look_ahead(session->learned, at_hand->records, at_hand->bytes, at_hand->count,
			   at_hand->expected);
		*state = SCAN_MORE;
		return true;
	case RECORD_NONE:
		if (session->follow || (!wait && capture_file_news(session->file) >= 0))
			*state = SCAN_WAITING;
		return false;
	case RECORD_SEARCHING:
		*state = SCAN_MORE;
		return false;
	case RECORD_CUT:
		/* What is being written now may be whole the next time. */
		if (session->follow)
			*state = SCAN_WAITING;
		return false;
	case RECORD_DAMAGED:
		session->damaged = true;
		return false;
	}
	return false;
}

/* Takes in the next record that the limit allows; false: none, and *state says why. */
static bool take_next(struct session *session, struct dissection *d, bool wait, enum scan_state *state)
{
	struct at_hand *at_hand = &session->at_hand;

	*state = SCAN_DONE;
	if (session->damaged || limit_reached(session))
		return false;
	if (at_hand->next == at_hand->count && !reach_for_records(session, wait, state))
		return false;
	*state = SCAN_MORE;
	unsigned n = at_hand->next++;
	if (take_in(session, d, &at_hand->records[n], at_hand->bytes[n]))
		return true;
	*state = SCAN_DONE;
	return false;
}

enum scan_state session_scan(struct session *session, uint32_t packets, bool wait)
{
	enum scan_state state = SCAN_MORE;

	while (packets-- && take_next(session, &session->d, wait, &state))
		continue;
	return state;
}

bool session_scan_one(struct session *session, struct dissection *d, bool wait, enum scan_state *state)
{
	do
		if (take_next(session, d, wait, state))
			return true;
	while (*state == SCAN_MORE);
	return false;
}

bool view_port_bytes(struct view_port *port, uint32_t number, const uint8_t **bytes, uint32_t *length)
{
	struct record record;

	if (!number || number > session_packet_count(port->session) ||
	    !read_packet(port->session, &port->other, number, &record, bytes))
		return false;
	*length = record.captured;
	return true;
}

bool view_port_glance(struct view_port *port, struct glance *glance)
{
	struct record record;

	if (!read_packet(port->session, &port->window, glance->number, &record, &glance->bytes))
		return false;
	const struct capture_interface *from =
		capture_file_interface(port->session->file, record.interface);
	glance->captured = record.captured;
	glance->reported = record.reported;
	glance->link_type = from->link_type;
	/* What the file says of it may be that a check sequence follows. */
	return !from->fcs_bytes && !record.has_notes;
}

static bool port_bytes(void *owner, uint32_t number, const uint8_t **bytes, uint32_t *length)
{
	return view_port_bytes(owner, number, bytes, length);
}

void view_port_init(struct view_port *port, struct session *session)
{
	*port = (struct view_port){ .session = session };
	dissection_init(&port->d);
}

void view_port_free(struct view_port *port)
{
	dissection_free(&port->d);
	file_window_free(&port->window);
	file_window_free(&port->other);
	packet_notes_free(&port->notes);
}

/* As tshark with -R: packets are counted without those that are left out. */
static void describe_renumbered(struct view_port *port, uint32_t number)
{
	const uint32_t *numbers = port->numbers;
	uint32_t before = number - 1;

	while (before && numbers[before] == numbers[number])
		before--;
	port->d.packet.shown = numbers[number];
	port->d.packet.before = before;
}

static void renumber_nodes(struct view_port *port)
{
	struct dissection *d = &port->d;
	uint32_t count = session_packet_count(port->session);

	for (node_id i = 0; i < d->node_count; i++) {
		struct node *node = &d->nodes[i];
		if (registry_field(node->field)->type == FIELD_FRAME && node->value.number &&
		    node->value.number <= count)
			node->value.number = port->numbers[node->value.number];
	}
}

bool view_port_dissect(struct view_port *port, uint32_t number, unsigned wants)
{
	struct session *session = port->session;
	struct dissection *d = &port->d;
	struct record record;
	const uint8_t *bytes;

	if (!number || number > session_packet_count(session) ||
	    !read_packet(session, &port->window, number, &record, &bytes))
		return false;
	const struct index_block *block = index_block_of(&session->learned->index, number);
	record.time_ns = block->time_ns[index_slot(number)];
	describe_packet(d, session, number, &record);
	if (port->numbers)
		describe_renumbered(port, number);
	port->source = (struct packet_source){ port_bytes, port };
	d->learned = session->learned;
	d->pen = NULL;
	d->paths = NULL;
	d->source = &port->source;
	d->wants = wants;
	d->path = block->path[index_slot(number)];
	d->gather_limit = wants & WANT_FIELDS ? GATHER_ALL : GATHER_WORDING;
	add_notes(d, session, &port->other, &record, &port->notes);
	dissect_packet(d, bytes);
	if (port->numbers)
		renumber_nodes(port);
	return true;
}
