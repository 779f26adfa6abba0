/* dns_message.c - DNS messages out of dissections: the dissectors have read them, so nothing here
 * looks at bytes. */
#include "dns_message.h"

#include <stdlib.h>
#include <string.h>

#include "base/bitmap.h"
#include "base/hash.h"
#include "dissect/registry.h"

enum path_class { PATH_UNKNOWN, PATH_WITHOUT, PATH_WITH, PATH_QUOTED };

static void find_fields(struct dns_field_numbers *f)
{
	*f = (struct dns_field_numbers){
		.dns = registry_field_named("dns"),
		.mdns = registry_field_named("mdns"),
		.llmnr = registry_field_named("llmnr"),
		.malformed = registry_field_named("_ws.malformed"),
		.cut = registry_field_named("_ws.short"),
		.length = registry_field_named("dns.length"),
		.id = registry_field_named("dns.id"),
		.flags = registry_field_named("dns.flags"),
		.qry_name = registry_field_named("dns.qry.name"),
		.qry_type = registry_field_named("dns.qry.type"),
		.qry_class = registry_field_named("dns.qry.class"),
		.resp_name = registry_field_named("dns.resp.name"),
		.resp_type = registry_field_named("dns.resp.type"),
		.resp_ttl = registry_field_named("dns.resp.ttl"),
		.resp_len = registry_field_named("dns.resp.len"),
		.srv_service = registry_field_named("dns.srv.service"),
		.srv_proto = registry_field_named("dns.srv.proto"),
		.srv_name = registry_field_named("dns.srv.name"),
		.answers = registry_field_named("dns.answers"),
		.record = registry_field_named("dns.record"),
		.cname = registry_field_named("dns.cname"),
		.dname = registry_field_named("dns.dname"),
		.ext_rcode = registry_field_named("dns.resp.ext_rcode"),
		.do_bit = registry_field_named("dns.resp.z.do"),
		.extraneous = registry_field_named("dns.extraneous.length"),
		.ip_src = registry_field_named("ip.src"),
		.ip_dst = registry_field_named("ip.dst"),
		.ipv6_src = registry_field_named("ipv6.src"),
		.ipv6_dst = registry_field_named("ipv6.dst"),
		.udp_srcport = registry_field_named("udp.srcport"),
		.udp_dstport = registry_field_named("udp.dstport"),
	};
}

static uint8_t *pairing_fields(const struct dns_field_numbers *f)
{
	const int wanted[] = {
		f->dns,	      f->mdns,	  f->llmnr,	  f->malformed, f->cut,	      f->length,
		f->id,	      f->flags,	  f->qry_name,	  f->qry_type,	f->qry_class, f->resp_name,
		f->resp_type, f->answers, f->srv_service, f->srv_proto, f->srv_name,
	};
	uint8_t *bits = must_zeroed(registry_field_count() / 8 + 1, 1);

	for (unsigned i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (wanted[i] >= 0)
			bitmap_add(bits, (uint32_t)wanted[i]);
	return bits;
}

void dns_reader_init(struct dns_reader *reader, struct session *session)
{
	*reader = (struct dns_reader){ 0 };
	view_port_init(&reader->port, session);
	find_fields(&reader->fields);
	reader->pairing_fields = pairing_fields(&reader->fields);
}

void dns_reader_free(struct dns_reader *reader)
{
	view_port_free(&reader->port);
	free(reader->pairing_fields);
	free(reader->path_class);
}

static bool is_quoting(const char *name)
{
	return !strcmp(name, "icmp") || !strcmp(name, "icmpv6");
}

static bool is_dns(const char *name)
{
	return !strcmp(name, "dns") || !strcmp(name, "mdns") || !strcmp(name, "llmnr");
}

static enum path_class classify(const struct path_table *paths, uint16_t path)
{
	bool found = false;

	for (; path != PATH_NONE; path = path_parent(paths, path)) {
		const char *name = path_name(paths, path);
		if (found && is_quoting(name))
			return PATH_QUOTED;
		found = found || is_dns(name);
	}
	return found ? PATH_WITH : PATH_WITHOUT;
}

static enum path_class class_of(struct dns_reader *reader, uint32_t n)
{
	const struct learned *learned = session_learned(reader->port.session);
	uint16_t path = index_block_of(&learned->index, n)->path[index_slot(n)];

	if (path >= reader->path_room) {
		unsigned room = path + 64u;
		reader->path_class = must_resize(reader->path_class, room, 1);
		memset(reader->path_class + reader->path_room, PATH_UNKNOWN,
		       room - reader->path_room);
		reader->path_room = room;
	}
	if (reader->path_class[path] == PATH_UNKNOWN)
		reader->path_class[path] = (uint8_t)classify(learned->paths, path);
	return reader->path_class[path];
}

bool dns_reader_open(struct dns_reader *reader, uint32_t n, bool for_pairing)
{
	enum path_class class = class_of(reader, n);
	unsigned wants = WANT_FIELDS;

	reader->at = 0;
	reader->ordinal = 0;
	if (class == PATH_WITHOUT)
		return false;
	reader->port.d.wanted_fields = NULL;
	if (class == PATH_QUOTED)
		wants |= WANT_COLUMNS;
	else if (for_pairing)
		reader->port.d.wanted_fields = reader->pairing_fields;
	return view_port_dissect(&reader->port, n, wants);
}

static const struct node *node_in(const struct dissection *d, uint32_t from, uint32_t to, int field)
{
	for (uint32_t i = from; i < to; i++)
		if (d->nodes[i].field == field)
			return &d->nodes[i];
	return NULL;
}

/* A DNS name's letters, without case. */
static uint64_t name_number(struct dissection *d, const char *name)
{
	size_t n = strlen(name);
	char *lower = arena_text(&d->arena, name, n);

	for (size_t i = 0; i < n; i++)
		if (lower[i] >= 'A' && lower[i] <= 'Z')
			lower[i] = (char)(lower[i] + 'a' - 'A');
	return hash_bytes(lower, n);
}

static uint64_t question_number(uint64_t name, uint16_t type, uint16_t class)
{
	uint64_t parts[2] = { name, (uint64_t)type << 16 | class };

	return hash_bytes(parts, sizeof parts);
}

static void add_question(struct dns_message *m, uint64_t number)
{
	if (m->question_count < DNS_QUESTIONS)
		m->questions[m->question_count++] = number;
}

static void read_questions(struct dns_reader *reader, struct dns_message *m)
{
	const struct dns_field_numbers *f = &reader->fields;
	struct dissection *d = &reader->port.d;
	const char *name = NULL;
	uint16_t type = 0;

	for (uint32_t i = m->first_node; i < m->end_node; i++) {
		const struct node *node = &d->nodes[i];
		if (node->field == f->answers || node->field == f->resp_type)
			return;
		if (node->field == f->qry_name)
			name = node->value.text;
		else if (node->field == f->qry_type)
			type = (uint16_t)node->value.number;
		if (node->field != f->qry_class || !name)
			continue;
		uint16_t class = (uint16_t)node->value.number;
		if (!m->question_count) {
			m->name = name;
			m->type = type;
			m->class = class;
		}
		if (!m->question_count || m->kind == DNS_KIND_MULTICAST)
			add_question(m, question_number(name_number(d, name), type, class));
		name = NULL;
	}
}

/* Of a service record, whose owner is shown in parts. */
static const char *join_owner(struct dissection *d, const char *owner, const char *part)
{
	return owner[0] ? arena_printf(&d->arena, "%s.%s", owner, part) : part;
}

/* What a multicast response answers: owner and type of the records, in the class of the Internet.
 */
static void read_answered(struct dns_reader *reader, struct dns_message *m)
{
	const struct dns_field_numbers *f = &reader->fields;
	struct dissection *d = &reader->port.d;
	const char *owner = "";
	uint32_t i = m->first_node;

	while (i < m->end_node && d->nodes[i].field != f->answers)
		i++;
	uint32_t end = i < m->end_node ? i + d->nodes[i].span : i;
	for (; i < end; i++) {
		const struct node *node = &d->nodes[i];
		if (node->field == f->resp_name)
			owner = node->value.text;
		else if (node->field == f->srv_service || node->field == f->srv_proto ||
			 node->field == f->srv_name)
			owner = join_owner(d, owner, node->value.text);
		if (node->field != f->resp_type)
			continue;
		uint16_t type = (uint16_t)node->value.number;
		if (!m->question_count) {
			m->name = owner;
			m->type = type;
			m->class = 1;
		}
		add_question(m, question_number(name_number(d, owner), type, 1));
		owner = "";
	}
}

static void set_address(struct endpoint *to, const struct node *node, bool v6)
{
	to->type = v6 ? ADDRESS_IPV6 : ADDRESS_IPV4;
	to->length = v6 ? 16 : 4;
	if (v6 && node->value.bytes) {
		memcpy(to->address, node->value.bytes, 16);
		return;
	}
	for (unsigned i = 0; i < 4; i++)
		to->address[i] = (uint8_t)(node->value.number >> (24 - 8 * i));
}

/* Who spoke to whom in a packet that ICMP quotes: the last addresses before the message. */
static void read_quoted_ends(struct dns_reader *reader, struct dns_message *m)
{
	const struct dns_field_numbers *f = &reader->fields;
	const struct dissection *d = &reader->port.d;

	m->from = m->to = (struct endpoint){ 0 };
	for (uint32_t i = 0; i < m->first_node; i++) {
		const struct node *node = &d->nodes[i];
		if (node->field == f->ip_src || node->field == f->ipv6_src)
			set_address(&m->from, node, node->field == f->ipv6_src);
		else if (node->field == f->ip_dst || node->field == f->ipv6_dst)
			set_address(&m->to, node, node->field == f->ipv6_dst);
		else if (node->field == f->udp_srcport)
			m->from.port = (uint16_t)node->value.number;
		else if (node->field == f->udp_dstport)
			m->to.port = (uint16_t)node->value.number;
	}
}

/* A layer's fault is reported by a node after those of the layer. */
static void read_fault(struct dns_reader *reader, struct dns_message *m)
{
	const struct dissection *d = &reader->port.d;

	if (m->end_node >= d->node_count)
		return;
	m->malformed = d->nodes[m->end_node].field == reader->fields.malformed;
	m->cut = d->nodes[m->end_node].field == reader->fields.cut;
}

static void read_message(struct dns_reader *reader, struct dns_message *m)
{
	const struct dns_field_numbers *f = &reader->fields;
	struct dissection *d = &reader->port.d;
	const struct node *first = &d->nodes[m->first_node];
	const struct node *id = node_in(d, m->first_node, m->end_node, f->id);
	const struct node *flags = node_in(d, m->first_node, m->end_node, f->flags);

	m->kind = first->field == f->mdns    ? DNS_KIND_MULTICAST
		  : first->field == f->llmnr ? DNS_KIND_LINK_LOCAL
					     : DNS_KIND_PLAIN;
	m->stream = node_in(d, m->first_node, m->end_node, f->length) != NULL;
	m->quoted = first->depth > 0;
	m->has_header = id && flags;
	if (m->has_header) {
		m->id = (uint16_t)id->value.number;
		m->flags = (uint16_t)flags->value.number;
	}
	read_questions(reader, m);
	if (m->kind == DNS_KIND_MULTICAST && m->flags & DNS_QR && !m->question_count)
		read_answered(reader, m);
	if (m->quoted)
		read_quoted_ends(reader, m);
	else
		read_fault(reader, m);
}

bool dns_reader_next(struct dns_reader *reader, struct dns_message *m)
{
	const struct dns_field_numbers *f = &reader->fields;
	const struct dissection *d = &reader->port.d;

	for (; reader->at < d->node_count; reader->at++) {
		const struct node *node = &d->nodes[reader->at];
		if (node->field != f->dns && node->field != f->mdns && node->field != f->llmnr)
			continue;
		*m = (struct dns_message){
			.packet = d->packet.number,
			.ordinal = reader->ordinal++,
			.time_ns = d->packet.time_ns,
			.from = d->from,
			.to = d->to,
			.name = "",
			.first_node = reader->at,
			.end_node = reader->at + node->span,
		};
		read_message(reader, m);
		reader->at = m->end_node;
		return true;
	}
	return false;
}

/* --- what judging looks at --- */

int64_t dns_message_number(const struct dns_reader *reader, const struct dns_message *m, int field)
{
	const struct node *node = node_in(&reader->port.d, m->first_node, m->end_node, field);

	return node ? (int64_t)node->value.number : -1;
}

/* The nodes of the answers; false: there are none. */
static bool find_answers(const struct dns_reader *reader, const struct dns_message *m,
			 uint32_t *first, uint32_t *end)
{
	const struct dissection *d = &reader->port.d;
	const struct node *answers = node_in(d, m->first_node, m->end_node, reader->fields.answers);

	if (!answers)
		return false;
	*first = (uint32_t)(answers - d->nodes) + 1;
	*end = *first - 1 + answers->span;
	return true;
}

static uint64_t value_number(struct dissection *d, const struct node *node)
{
	switch (registry_field(node->field)->type) {
	case FIELD_TEXT:
		return name_number(d, node->value.text ? node->value.text : "");
	case FIELD_BYTES:
	case FIELD_OID:
		return node->value.bytes ? hash_bytes(node->value.bytes, node->value_length) : 0;
	case FIELD_IPV6:
	case FIELD_GUID:
		return node->value.bytes ? hash_bytes(node->value.bytes, 16) : 0;
	case FIELD_ETHER:
		return node->value.bytes ? hash_bytes(node->value.bytes, 6) : 0;
	case FIELD_NONE:
	case FIELD_PROTOCOL:
		return 0;
	default:
		return node->value.number;
	}
}

static uint64_t record_number(struct dns_reader *reader, uint32_t first, uint32_t end)
{
	const struct dns_field_numbers *f = &reader->fields;
	struct dissection *d = &reader->port.d;
	uint64_t sum = 0;

	for (uint32_t i = first; i < end; i++) {
		const struct node *node = &d->nodes[i];
		if (node->field == f->resp_ttl || node->field == f->resp_len)
			continue;
		uint64_t parts[3] = { sum, node->field, value_number(d, node) };
		sum = hash_bytes(parts, sizeof parts);
	}
	return sum;
}

uint64_t dns_answers_number(struct dns_reader *reader, const struct dns_message *m,
			    uint32_t *records)
{
	const struct dissection *d = &reader->port.d;
	uint32_t i, end;
	uint64_t sum = 0;

	*records = 0;
	if (!find_answers(reader, m, &i, &end))
		return 0;
	for (; i < end; i += d->nodes[i].span) {
		sum += record_number(reader, i, i + d->nodes[i].span);
		(*records)++;
	}
	return sum;
}

bool dns_answers_expired(const struct dns_reader *reader, const struct dns_message *m)
{
	const struct dissection *d = &reader->port.d;
	uint32_t i, end;

	if (!find_answers(reader, m, &i, &end))
		return false;
	for (; i < end; i++)
		if (d->nodes[i].field == reader->fields.resp_ttl && !d->nodes[i].value.number)
			return true;
	return false;
}

/* The dissector has words of its own where a name should be. */
bool dns_message_has_bad_name(const struct dns_reader *reader, const struct dns_message *m)
{
	const struct dissection *d = &reader->port.d;

	for (uint32_t i = m->first_node; i < m->end_node; i++) {
		const struct node *node = &d->nodes[i];
		if (registry_field(node->field)->type != FIELD_TEXT || !node->value.text ||
		    node->value.text[0] != '<')
			continue;
		if (!strcmp(node->value.text, "<Name too long>") ||
		    !strcmp(node->value.text, "<Name contains a pointer that loops>"))
			return true;
	}
	return false;
}

/* --- names that lead in a circle --- */

struct alias {
	uint64_t owner, target;
	uint32_t walk; /* the walk that came by; 0: none yet */
};

static int by_owner(const void *a, const void *b)
{
	const struct alias *x = a, *y = b;

	return x->owner < y->owner ? -1 : x->owner > y->owner;
}

static uint32_t read_aliases(struct dns_reader *reader, uint32_t i, uint32_t end,
			     struct alias *aliases)
{
	const struct dns_field_numbers *f = &reader->fields;
	struct dissection *d = &reader->port.d;
	uint64_t owner = 0;
	uint32_t count = 0;

	for (; i < end; i++) {
		const struct node *node = &d->nodes[i];
		if (node->field == f->resp_name)
			owner = name_number(d, node->value.text);
		else if (node->field == f->cname || node->field == f->dname)
			aliases[count++] =
				(struct alias){ owner, name_number(d, node->value.text), 0 };
	}
	return count;
}

/* Each alias is walked once: a walk that meets itself has found a circle. */
bool dns_answers_loop(struct dns_reader *reader, const struct dns_message *m)
{
	uint32_t first, end;

	if (!find_answers(reader, m, &first, &end))
		return false;
	struct alias *aliases =
		arena_alloc(&reader->port.d.arena, (size_t)(end - first + 1) * sizeof *aliases);
	uint32_t count = read_aliases(reader, first, end, aliases);

	qsort(aliases, count, sizeof *aliases, by_owner);
	for (uint32_t i = 0; i < count; i++) {
		struct alias *at = &aliases[i];
		while (at && !at->walk) {
			struct alias key = { .owner = at->target };
			at->walk = i + 1;
			at = bsearch(&key, aliases, count, sizeof *aliases, by_owner);
		}
		if (at && at->walk == i + 1)
			return true;
	}
	return false;
}
