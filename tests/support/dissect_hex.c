/* dissect_hex.c - bytes are kept in blocks of just their size, so that a sanitizer sees
 * any read beyond them. */
#include "support/dissect_hex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dissect/registry.h"
#include "support/sound_tree.h"
#include "support/unit_test.h"

static struct dissection dissection;
static uint8_t *kept;

static unsigned digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = strchr(digits, tolower((unsigned char)c));

	if (!c || !at)
		fail_msg("'%c' is no hex digit", c);
	return (unsigned)(at - digits);
}

/* How many bytes; they are in `kept`. */
static uint32_t read_hex(const char *hex)
{
	uint32_t count = 0;
	uint8_t *bytes = malloc(strlen(hex) / 2 + 1);

	assert_non_null(bytes);
	while (*hex) {
		if (isspace((unsigned char)*hex)) {
			hex++;
			continue;
		}
		bytes[count++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
		hex += 2;
	}
	free(kept);
	kept = bytes;
	return count;
}

static const struct dissection *dissect_kept(const char *name, uint32_t captured, uint32_t reported)
{
	const struct dissector *dissector;
	uint8_t *exact = malloc(captured ? captured : 1);

	assert_non_null(exact);
	memcpy(exact, kept, captured);
	free(kept);
	kept = exact;
	registry_build();
	dissector = registry_dissector_named(name);
	if (!dissector)
		fail_msg("no dissector is called %s", name);
	if (!dissection.info)
		dissection_init(&dissection);
	dissection.wants = WANT_FIELDS | WANT_LABELS | WANT_COLUMNS;
	dissection.packet = (struct packet_facts){
		.number = 1,
		.captured = captured,
		.reported = reported,
		.link_type = 1,
		.has_time = true,
	};
	dissect_packet_as(&dissection, dissector, kept);
	return &dissection;
}

const struct dissection *dissect_hex(const char *dissector, const char *hex)
{
	uint32_t length = read_hex(hex);

	return dissect_kept(dissector, length, length);
}

const struct dissection *dissect_hex_cut(const char *dissector, const char *hex, uint32_t captured)
{
	uint32_t length = read_hex(hex);

	assert_true(captured <= length);
	return dissect_kept(dissector, captured, length);
}

/* NULL: there is none. */
static const struct node *find_node(const struct dissection *d, const char *abbrev, unsigned n)
{
	for (uint32_t i = 0; i < d->node_count; i++) {
		const struct field *field = registry_field(d->nodes[i].field);
		if (!strcmp(field->abbrev, abbrev) && !n--)
			return &d->nodes[i];
	}
	return NULL;
}

const struct node *node_named(const struct dissection *d, const char *abbrev, unsigned n)
{
	const struct node *node = find_node(d, abbrev, n);

	if (!node)
		fail_msg("the packet has no %s number %u", abbrev, n);
	return node;
}

bool has_node(const struct dissection *d, const char *abbrev)
{
	return find_node(d, abbrev, 0) != NULL;
}

unsigned count_nodes(const struct dissection *d, const char *abbrev)
{
	unsigned count = 0;

	while (find_node(d, abbrev, count))
		count++;
	return count;
}

void assert_uint_field(const struct dissection *d, const char *abbrev, uint64_t value)
{
	assert_int_equal(node_named(d, abbrev, 0)->value.number, value);
}

void assert_text_field(const struct dissection *d, const char *abbrev, const char *text)
{
	const struct node *node = node_named(d, abbrev, 0);

	assert_int_equal(node->value_length, strlen(text));
	assert_memory_equal(node->value.text, text, node->value_length);
}

void assert_sound_tree(const struct dissection *d)
{
	const char *fault = sound_tree_fault(d);

	if (fault)
		fail_msg("%s", fault);
}

void assert_survives_truncation(const char *dissector, const char *hex)
{
	uint32_t length = read_hex(hex);

	for (uint32_t n = 0; n <= length; n++) {
		assert_sound_tree(dissect_hex_cut(dissector, hex, n));
		read_hex(hex);
		assert_sound_tree(dissect_kept(dissector, n, n));
	}
}
