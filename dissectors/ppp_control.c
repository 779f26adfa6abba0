/* ppp_control.c - the header and options of PPP's control protocols. */
#include "ppp.h"

#include "dissect/value_text.h"

const struct value_name ppp_code_names[] = {
	{ 0, "Vendor Specific" }, { 1, "Configuration Request" }, { 2, "Configuration Ack" },
	{ 3, "Configuration Nak" }, { 4, "Configuration Reject" }, { 5, "Termination Request" },
	{ 6, "Termination Ack" }, { 7, "Code Reject" }, { 8, "Protocol Reject" },
	{ 9, "Echo Request" }, { 10, "Echo Reply" }, { 11, "Discard Request" },
	{ 12, "Identification" }, { 13, "Time Remaining" }, { 14, "Reset Request" },
	{ 15, "Reset Ack" }, { 0 },
};

unsigned take_control_header(struct dissection *d, struct cursor *c, struct cursor *body)
{
	info_begin(d);
	use_fields_of(d, &ppp_dissector);
	unsigned code = take_u8(d, c, PPP_CODE);
	const char *name = value_name(ppp_code_names, code);
	if (cursor_ok(c))
		info(d, "%s", name ? name : "Unknown");
	take_u8(d, c, PPP_IDENTIFIER);
	uint32_t length = take_u16(d, c, PPP_LENGTH);
	use_fields_of(d, NULL);
	*body = cursor_split(c, length > 4 ? length - 4 : 0);
	c->pos = body->captured;
	return cursor_ok(c) ? code : 0;
}

static const struct ppp_option *find_option(const struct ppp_option *table, uint8_t type)
{
	for (; table->name; table++)
		if (table->type == type)
			return table;
	return NULL;
}

static void take_option_field(struct dissection *d, struct cursor *data, unsigned field)
{
	enum field_type type = d->fields[field].type;
	uint32_t left = cursor_left(data);

	if (type == FIELD_BYTES)
		take_bytes(d, data, field, left);
	else if (type == FIELD_TEXT)
		take_text(d, data, field, left);
	else if (type == FIELD_ETHER)
		take_ether(d, data, field);
	else
		take_uint(d, data, field);
}

static void word_option(struct dissection *d, node_id tree, node_id value)
{
	char text[NODE_TEXT_ROOM];

	if (!(d->wants & WANT_ANY_LABELS) || value == NO_NODE)
		return;
	node_text(d, &d->nodes[value], text, sizeof text);
	for (const char *at = text; *at; at++)
		if (at[0] == ':' && at[1] == ' ') {
			label(d, tree, "%s", at);
			return;
		}
}

/* Where its length cannot be right there is only this line of it. */
static void note_length(struct dissection *d, const struct cursor *option, const char *name,
			uint32_t length,
			bool past_end)
{
	use_fields_of(d, &ppp_dissector);
	node_id node = note_finding(
		d, PPP_OPTION_NOTE,
		past_end ? "%s (option length = %u byte%s says option goes past end of options)"
			 : "%s (with too-short option length = %u byte%s)",
		name, length, length == 1 ? "" : "s");
	node_set_length(d, node, cursor_left(option));
	use_fields_of(d, NULL);
}

static void show_option(struct dissection *d, struct cursor *option,
			const struct ppp_options *options,
			const struct ppp_option *kind, node_id list)
{
	node_id tree = open_tree(d, option, options->tree);

	label_set(d, tree, "%s", kind->name);
	label(d, list, ", %s", kind->name);
	take_uint(d, option, options->type);
	label_set(d, last_node(d), "Type: %s (%u)", kind->name, kind->type);
	take_uint(d, option, options->length);
	for (unsigned i = 0; i < OPTION_FIELDS && kind->fields[i] && cursor_left(option); i++) {
		take_option_field(d, option, kind->fields[i]);
		if (i == 0 && kind->says_value)
			word_option(d, tree, last_node(d));
	}
	close_tree(d, tree, option);
}

void show_options(struct dissection *d, struct cursor *body, const struct ppp_options *options)
{
	uint32_t size = cursor_left(body);
	const uint8_t *p;

	if (only_learning(d) || !size)
		return;
	use_fields_of(d, &ppp_dissector);
	node_id list = open_tree(d, body, PPP_OPTIONS);
	use_fields_of(d, NULL);
	label_set(d, list, "Options: (%u byte%s)", size, size == 1 ? "" : "s");
	while (cursor_peek(body, 0, 2, &p)) {
		const struct ppp_option *kind = find_option(options->table, p[0]);
		const char *name = kind ? kind->name : "Unknown";
		uint32_t length = p[1], smallest = kind && kind->smallest > 2 ? kind->smallest : 2;
		if (length < smallest || length > cursor_left(body)) {
			note_length(d, body, name, length, length >= smallest);
			break;
		}
		struct cursor option = cursor_split(body, length);
		if (kind) {
			show_option(d, &option, options, kind, list);
			continue;
		}
		node_id node = add_node(d, &option, options->tree, option.pos, length);
		label_set(d, node, "Unknown (0x%02x) (%u bytes)", p[0], length);
	}
	close_tree(d, list, body);
}
