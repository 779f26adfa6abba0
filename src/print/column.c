/* column.c - columns of the packet list: reading their formats, and what each says of a packet. */
#include "print/column.h"

#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/bitmap.h"
#include "base/number_text.h"
#include "base/text.h"
#include "dissect/registry.h"
#include "dissect/value_text.h"
#include "state/conversation.h"

#define SOURCE_FIELDS	   "eth.src sll.src.eth"
#define DESTINATION_FIELDS "eth.dst"

const struct column_format column_formats[] = {
	{ "%m", "Number", SAYS_NUMBER },
	{ "%t", "Time, in the format chosen", SAYS_TIME, .time = TIME_AS_CHOSEN },
	{ "%s", "Source", SAYS_SOURCE },
	{ "%d", "Destination", SAYS_DESTINATION },
	{ "%p", "Protocol", SAYS_PROTOCOL },
	{ "%L", "Length in bytes", SAYS_LENGTH },
	{ "%i", "Info", SAYS_INFO },
	{ "%Cus", "Fields: %Cus:FIELD or FIELD:OCCURRENCE:R", SAYS_FIELDS },
	{ "%Rt", "Time since the first packet", SAYS_TIME, .time = TIME_RELATIVE },
	{ "%Tt", "Time since the packet before", SAYS_TIME, .time = TIME_DELTA },
	{ "%Gt", "Time since the packet shown before", SAYS_TIME, .time = TIME_DELTA_SHOWN },
	{ "%At", "Time of day", SAYS_TIME, .time = TIME_ABSOLUTE },
	{ "%Yt", "Date and time", SAYS_TIME, .time = TIME_ABSOLUTE_DATE },
	{ "%YDOYt", "Day of the year and time", SAYS_TIME, .time = TIME_ABSOLUTE_DAY_OF_YEAR },
	{ "%Aut", "Time of day, UTC", SAYS_TIME, .time = TIME_UTC_CLOCK },
	{ "%Yut", "Date and time, UTC", SAYS_TIME, .time = TIME_UTC_DATE },
	{ "%YDOYut", "Day of the year and time, UTC", SAYS_TIME, .time = TIME_UTC_DAY_OF_YEAR },
	{ "%rs", "Source, named", SAYS_SOURCE },
	{ "%us", "Source, not named", SAYS_SOURCE, .as_numbers = true },
	{ "%rd", "Destination, named", SAYS_DESTINATION },
	{ "%ud", "Destination, not named", SAYS_DESTINATION, .as_numbers = true },
	{ "%hs", "Source on the link", SAYS_FIELDS, .fields = SOURCE_FIELDS },
	{ "%rhs", "Source on the link, named", SAYS_FIELDS, .fields = SOURCE_FIELDS },
	{ "%uhs", "Source on the link, not named", SAYS_FIELDS, true, .fields = SOURCE_FIELDS },
	{ "%hd", "Destination on the link", SAYS_FIELDS, .fields = DESTINATION_FIELDS },
	{ "%rhd", "Destination on the link, named", SAYS_FIELDS, .fields = DESTINATION_FIELDS },
	{ "%uhd", "Destination on the link, not named", SAYS_FIELDS, true,
	  .fields = DESTINATION_FIELDS },
	{ "%ns", "Source in the network", SAYS_SOURCE, .of_network = true },
	{ "%rns", "Source in the network, named", SAYS_SOURCE, .of_network = true },
	{ "%uns", "Source in the network, not named", SAYS_SOURCE, true, true },
	{ "%nd", "Destination in the network", SAYS_DESTINATION, .of_network = true },
	{ "%rnd", "Destination in the network, named", SAYS_DESTINATION, .of_network = true },
	{ "%und", "Destination in the network, not named", SAYS_DESTINATION, true, true },
	{ "%S", "Source port", SAYS_SOURCE_PORT },
	{ "%rS", "Source port, named", SAYS_SOURCE_PORT },
	{ "%uS", "Source port, not named", SAYS_SOURCE_PORT, .as_numbers = true },
	{ "%D", "Destination port", SAYS_DESTINATION_PORT },
	{ "%rD", "Destination port, named", SAYS_DESTINATION_PORT },
	{ "%uD", "Destination port, not named", SAYS_DESTINATION_PORT, .as_numbers = true },
	{ "%B", "Bytes so far", SAYS_BYTES },
	{ "%a", "Severity of the worst finding", SAYS_FIELDS, .fields = "_ws.expert.severity" },
	{ "%q", "VLAN", SAYS_FIELDS, .fields = "vlan.id" },
	{ "%f", "DSCP of IP", SAYS_FIELDS, .fields = "ip.dsfield.dscp ipv6.tclass.dscp" },
	{ "%V", "VSAN: not known here", SAYS_NOTHING },
	{ "%y", "DCE/RPC call: not known here", SAYS_NOTHING },
	{ "%I", "FW-1 interface: not known here", SAYS_NOTHING },
	{ "%F", "Frequency: not known here", SAYS_NOTHING },
	{ "%e", "Signal strength: not known here", SAYS_NOTHING },
	{ "%x", "Transmission rate: not known here", SAYS_NOTHING },
	{ "%E", "TEI: not known here", SAYS_NOTHING },
	{ 0 },
};

static const char custom_text[] = "%Cus";

/* --- reading --- */

static const struct column_format *format_named(const char *text, size_t n)
{
	for (const struct column_format *f = column_formats; f->text; f++)
		if (strlen(f->text) == n && !memcmp(f->text, text, n))
			return f;
	return NULL;
}

static void add_field(struct column *column, const char *name, size_t n)
{
	char text[COLUMN_FORMAT_ROOM];

	if (!n || n >= sizeof text || column->field_count == COLUMN_FIELDS)
		return;
	memcpy(text, name, n);
	text[n] = '\0';
	int field = registry_field_named(text);

	if (field >= 0)
		column->fields[column->field_count++] = (uint16_t)field;
}

/* "http.host or dns.qry.name", "tcp.port||udp.port" */
static void add_fields(struct column *column, const char *text, size_t n)
{
	while (n) {
		size_t length = 0;

		while (length < n && text[length] != ' ' && text[length] != '|')
			length++;
		if (length != 2 || memcmp(text, "or", 2) != 0)
			add_field(column, text, length);
		length += length < n;
		text += length;
		n -= length;
	}
}

/* ":OCCURRENCE:R" after the fields, as far as they are there. */
static bool read_rest(struct column *column, const char *text)
{
	char *end;

	if (*text != ':')
		return !*text;
	long occurrence = strtol(text + 1, &end, 10);

	if (end == text + 1 || (*end && *end != ':') || occurrence < -INT16_MAX ||
	    occurrence > INT16_MAX)
		return false;
	column->occurrence = (int)occurrence;
	column->as_numbers = end[0] == ':' && end[1] == 'U';
	return true;
}

static bool read_custom(struct column *column, const char *text)
{
	size_t n = strcspn(text, ":");

	add_fields(column, text, n);
	return read_rest(column, text + n);
}

bool column_read(struct column *column, const char *title, const char *format)
{
	size_t custom = sizeof custom_text - 1;
	size_t n = strlen(format);
	bool is_custom =
		!strncmp(format, custom_text, custom) && (!format[custom] || format[custom] == ':');

	registry_build();
	*column = (struct column){ .format = format_named(format, is_custom ? custom : n) };
	text_clean(column->title, sizeof column->title, (const uint8_t *)title, strlen(title),
		   false);
	if (!column->format)
		return false;
	column->as_numbers = column->format->as_numbers;
	if (is_custom)
		return !format[custom] || read_custom(column, format + custom + 1);
	if (column->format->fields) {
		add_fields(column, column->format->fields, strlen(column->format->fields));
		/* The innermost one, as Wireshark fills its columns. */
		column->occurrence = -1;
	}
	return true;
}

void column_of_field(struct column *column, uint16_t field)
{
	*column = (struct column){ .format = format_named(custom_text, sizeof custom_text - 1),
				   .fields = { field },
				   .field_count = 1 };
	snprintf(column->title, sizeof column->title, "%s", registry_field(field)->name);
}

bool column_may_be_named(const struct column *column)
{
	switch (column->format->says) {
	case SAYS_SOURCE:
	case SAYS_DESTINATION:
	case SAYS_SOURCE_PORT:
	case SAYS_DESTINATION_PORT:
	case SAYS_FIELDS:
		return true;
	default:
		return false;
	}
}

static bool is_like(const struct column_format *a, const struct column_format *b)
{
	return a->says == b->says && a->of_network == b->of_network &&
	       (a->fields == b->fields ||
		(a->fields && b->fields && !strcmp(a->fields, b->fields)));
}

void column_name_values(struct column *column, bool named)
{
	const struct column_format *other = column_formats;

	column->as_numbers = !named;
	if (!strcmp(column->format->text, custom_text))
		return;
	while (other->text && (other->as_numbers == named || !is_like(other, column->format)))
		other++;
	if (other->text)
		column->format = other;
	else
		column->as_numbers = column->format->as_numbers;
}

void column_format_text(const struct column *column, char text[COLUMN_FORMAT_ROOM])
{
	size_t used = (size_t)snprintf(text, COLUMN_FORMAT_ROOM, "%s", column->format->text);

	if (strcmp(text, custom_text) != 0)
		return;
	for (unsigned i = 0; i < column->field_count && used < COLUMN_FORMAT_ROOM; i++)
		used += (size_t)snprintf(text + used, COLUMN_FORMAT_ROOM - used, "%s%s",
					 i ? " or " : ":",
					 registry_field(column->fields[i])->abbrev);
	if (used < COLUMN_FORMAT_ROOM)
		snprintf(text + used, COLUMN_FORMAT_ROOM - used, "%s:%d:%c",
			 column->field_count ? "" : ":", column->occurrence,
			 column->as_numbers ? 'U' : 'R');
}

/* --- what it reads --- */

unsigned column_wants(const struct column *column)
{
	return WANT_COLUMNS | (column->field_count ? WANT_FIELDS : 0u);
}

void column_want_fields(const struct column *column, uint8_t *fields)
{
	for (unsigned i = 0; i < column->field_count; i++)
		bitmap_add(fields, column->fields[i]);
}

bool column_needs_later(const struct column *column)
{
	for (unsigned i = 0; i < column->field_count; i++)
		if (registry_field(column->fields[i])->flags & FIELD_FORWARD)
			return true;
	return false;
}

/* --- what it says --- */

struct values {
	char *at, *end;
};

static void put_value(struct values *values, const char *start, const struct node *node, bool named)
{
	if (values->at > start && values->end - values->at > 1)
		*values->at++ = ',';
	values->at += node_value_text(node, named, values->at, (size_t)(values->end - values->at));
}

static unsigned count_nodes(const struct dissection *d, uint16_t field)
{
	unsigned count = 0;

	for (node_id i = 0; i < d->node_count; i++)
		count += d->nodes[i].field == field;
	return count;
}

static const char *fields_text(const struct column *column, struct dissection *d,
			       char room[COLUMN_TEXT_ROOM])
{
	struct values values = { .at = room, .end = room + COLUMN_TEXT_ROOM };
	int wanted = column->occurrence;

	room[0] = '\0';
	for (unsigned f = 0; f < column->field_count; f++) {
		int count = wanted < 0 ? (int)count_nodes(d, column->fields[f]) : 0, at = 0;
		int only = wanted < 0 ? count + wanted + 1 : wanted;

		if (wanted < 0 && only < 1)
			continue;
		for (node_id i = 0; i < d->node_count; i++) {
			if (d->nodes[i].field != column->fields[f])
				continue;
			if (++at == only || !wanted)
				put_value(&values, room, &d->nodes[i], !column->as_numbers);
		}
	}
	return room;
}

static const char *address_words(const struct column *column, const struct endpoint *endpoint,
				 char *room)
{
	if (column->format->of_network && endpoint->type != ADDRESS_IPV4 &&
	    endpoint->type != ADDRESS_IPV6)
		room[0] = '\0';
	else if (column->as_numbers)
		address_text(endpoint, room);
	else
		name_address(endpoint, room);
	return room;
}

static const char *port_words(const struct column *column, const struct dissection *d,
			      const struct endpoint *endpoint, char *room)
{
	uint8_t protocol = d->conversation ? d->conversation->protocol : IPPROTO_TCP;
	const char *name = column->as_numbers ? NULL : name_port(protocol, endpoint->port);

	*number_put(room, endpoint->port) = '\0';
	if (!endpoint->port)
		room[0] = '\0';
	return name && endpoint->port ? name : room;
}

const char *column_text(const struct column *column, struct dissection *d,
			const struct column_facts *facts, char room[COLUMN_TEXT_ROOM])
{
	int time = column->format->time;

	switch (column->format->says) {
	case SAYS_NUMBER:
		*number_put(room, d->packet.shown) = '\0';
		return room;
	case SAYS_TIME:
		summary_time(room, d, time == TIME_AS_CHOSEN ? facts->time_format : (unsigned)time,
			     facts->times, facts->decimals);
		return room;
	case SAYS_SOURCE:
		return address_words(column, &d->from, room);
	case SAYS_DESTINATION:
		return address_words(column, &d->to, room);
	case SAYS_SOURCE_PORT:
		return port_words(column, d, &d->from, room);
	case SAYS_DESTINATION_PORT:
		return port_words(column, d, &d->to, room);
	case SAYS_PROTOCOL:
		return d->protocol ? d->protocol : "";
	case SAYS_LENGTH:
		*number_put(room, d->packet.reported) = '\0';
		return room;
	case SAYS_BYTES:
		*number_put(room, facts->bytes) = '\0';
		if (!facts->bytes)
			room[0] = '\0';
		return room;
	case SAYS_INFO:
		return d->info ? d->info : "";
	case SAYS_FIELDS:
		return fields_text(column, d, room);
	default:
		return "";
	}
}
