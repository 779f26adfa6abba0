/* flow_text.c - columns of 19 characters between nodes, and two lines for each segment. */
#include "print/flow_text.h"

#include <string.h>

#include "session/stream_list.h"

enum { CELL = 19, LABEL_START = 9, LABEL_ROOM = 200, SHORT_NAME = 18 };

/* --- nodes --- */

static struct endpoint without_port(const struct endpoint *end)
{
	struct endpoint node = *end;

	node.port = 0;
	return node;
}

/* -1: it has no column. */
static int node_of(const struct flow_text *flow, const struct endpoint *end)
{
	struct endpoint node = without_port(end);

	for (int i = 0; i < flow->node_count; i++)
		if (!memcmp(&flow->nodes[i], &node, sizeof node))
			return i;
	return -1;
}

void flow_text_begin_packets(struct flow_text *flow, FILE *out)
{
	*flow = (struct flow_text){ .out = out };
}

void flow_text_add(struct flow_text *flow, const struct endpoint *end)
{
	if (flow->node_count < FLOW_NODES && node_of(flow, end) < 0)
		flow->nodes[flow->node_count++] = without_port(end);
}

void flow_text_begin(struct flow_text *flow, FILE *out, const struct session *session)
{
	uint32_t count = stream_count(session, STREAM_TCP);

	*flow = (struct flow_text){ .out = out, .numbered = count > 1 };
	for (uint32_t i = 0; i < count && flow->node_count < FLOW_NODES; i++) {
		const struct conversation *talk =
			conversation_numbered(session_learned(session), STREAM_TCP, i);

		flow_text_add(flow, &talk->opener);
		flow_text_add(flow, &talk->other);
	}
}

/* --- lines --- */

static void put_repeated(FILE *out, char c, int count)
{
	while (count-- > 0)
		putc(c, out);
}

static void put_cells(FILE *out, int count)
{
	while (count-- > 0)
		fprintf(out, "%*s|", CELL, "");
}

static void put_heading(struct flow_text *flow)
{
	char name[ADDRESS_TEXT_ROOM];
	FILE *out = flow->out;

	fputs(flow->numbered ? "Conv.| Time    |" : "|Time     |", out);
	for (int i = 0; i < flow->node_count; i += 2) {
		address_text(&flow->nodes[i], name);
		fprintf(out, " %-*s|", 2 * CELL, name);
	}
	fprintf(out, "\n%s         |%*s", flow->numbered ? "     |" : "|", CELL, "");
	for (int i = 1; i < flow->node_count; i += 2) {
		unsigned length = address_text(&flow->nodes[i], name);

		if (length < SHORT_NAME)
			fprintf(out, "| %-*s|%*s", CELL - 1, name, CELL, "");
		else
			fprintf(out, "| %-*s", 2 * CELL, name);
	}
	putc('\n', out);
}

/* "PSH, ACK - Len: 141" */
static void put_flags(const struct tcp_event *event, char text[LABEL_ROOM])
{
	static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK",
					     "URG", "ECE", "CWR", "AE" };
	enum { RESERVED = 0xe00 };
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (event->flags >> i & 1)
			used += (size_t)snprintf(text + used, LABEL_ROOM - used, "%s%s",
						 used ? ", " : "", names[i]);
	if (event->flags & RESERVED)
		used += (size_t)snprintf(text + used, LABEL_ROOM - used, "%sReserved",
					 used ? ", " : "");
	if (!used)
		used += (size_t)snprintf(text, LABEL_ROOM, "<None>");
	if (event->length)
		snprintf(text + used, LABEL_ROOM - used, " - Len: %u", event->length);
}

/* As much of the text as fits into so many characters: its bytes. */
static size_t bytes_of(const char *text, int characters)
{
	size_t n = 0;

	while (text[n] && (characters > 0 || ((uint8_t)text[n] & 0xc0) == 0x80)) {
		characters -= ((uint8_t)text[n] & 0xc0) != 0x80;
		n++;
	}
	return n;
}

static int characters_of(const char *text)
{
	int count = 0;

	for (; *text; text++)
		count += ((uint8_t)*text & 0xc0) != 0x80;
	return count;
}

/* The label begins above the arrow and takes as many columns as it needs. */
static void put_label_line(struct flow_text *flow, const struct flow_arrow *arrow, int left,
			   int columns)
{
	int cells = 1, length = characters_of(arrow->label);

	if (length > columns * (CELL + 1))
		length = columns * (CELL + 1);
	while (LABEL_START + length > cells * (CELL + 1) - 1)
		cells++;
	int width = cells * (CELL + 1) - 1 - LABEL_START;
	/* Above an arrow from the last node to itself there is less room. */
	if (left + cells > flow->node_count)
		width = length + 10;
	put_cells(flow->out, left);
	fprintf(flow->out, "%*s%.*s%*s|", LABEL_START, "", (int)bytes_of(arrow->label, length),
		arrow->label, width - length, "");
	put_cells(flow->out, flow->node_count - left - cells);
	fprintf(flow->out, "%s\n", arrow->comment);
}

static void put_arrow_line(struct flow_text *flow, const struct flow_arrow *arrow, int left,
			   int columns, bool to_right)
{
	FILE *out = flow->out;
	int cells = columns + 1;
	/* An arrow from the last node to itself ends one short. */
	bool beyond = left + cells > flow->node_count;
	char port[20];

	fprintf(out, "%s         |", flow->numbered ? "     |" : "|");
	put_cells(out, left);
	snprintf(port, sizeof port, "(%u)",
		 to_right ? arrow->source_port : arrow->destination_port);
	fprintf(out, "%-*s%s", LABEL_START, port, to_right ? "" : "<");
	put_repeated(out, '-', CELL - 1 + (columns - 1) * (CELL + 1));
	snprintf(port, sizeof port, "(%u)",
		 to_right ? arrow->destination_port : arrow->source_port);
	fprintf(out, "%s  %-*s|", to_right ? ">" : "", LABEL_START - beyond, port);
	put_cells(out, flow->node_count - left - cells);
	putc('\n', out);
}

/* There is no column for one of its ends: so they are named. */
static void put_apart(struct flow_text *flow, const struct flow_arrow *arrow)
{
	char source[ADDRESS_TEXT_ROOM], destination[ADDRESS_TEXT_ROOM];

	put_cells(flow->out, flow->node_count);
	address_text(arrow->from, source);
	address_text(arrow->to, destination);
	fprintf(flow->out, "%s(%u) > %s(%u): %s %s\n", source, arrow->source_port, destination,
		arrow->destination_port, arrow->label, arrow->comment);
}

static void put_separator(struct flow_text *flow)
{
	put_repeated(flow->out, '-', flow->node_count * (CELL + 1) + 17);
	putc('\n', flow->out);
}

static void put_arrow(struct flow_text *flow, const struct flow_arrow *arrow)
{
	int source = node_of(flow, arrow->from), destination = node_of(flow, arrow->to);
	bool to_right = source <= destination;
	int left = to_right ? source : destination;
	int columns = to_right ? destination - source : source - destination;

	fprintf(flow->out, "|%-9s|", arrow->time);
	if (source < 0 || destination < 0) {
		put_apart(flow, arrow);
		return;
	}
	put_label_line(flow, arrow, left, columns ? columns : 1);
	put_arrow_line(flow, arrow, left, columns ? columns : 1, to_right);
}

void flow_text_arrow(struct flow_text *flow, const struct flow_arrow *arrow)
{
	if (!flow->begun)
		put_heading(flow);
	flow->begun = true;
	put_arrow(flow, arrow);
}

void flow_text_segment(struct flow_text *flow, const struct tcp_event *event, const char *time,
		       const struct endpoint *from, const struct endpoint *to)
{
	char label[LABEL_ROOM], comment[LABEL_ROOM];
	struct flow_arrow arrow = { time,  from,   to, event->source_port, event->destination_port,
				    label, comment };
	size_t used = 0;

	if (!flow->begun)
		put_heading(flow);
	else if (flow->stream != event->stream)
		put_separator(flow);
	flow->begun = true;
	flow->stream = event->stream;
	if (flow->numbered)
		fprintf(flow->out, "%-5u", event->stream);
	put_flags(event, label);
	used = (size_t)snprintf(comment, sizeof comment, "Seq = %u", event->relative_sequence);
	if (event->flags & TCP_BIT_ACK)
		snprintf(comment + used, sizeof comment - used, " Ack = %u",
			 event->relative_acknowledgment);
	put_arrow(flow, &arrow);
}
