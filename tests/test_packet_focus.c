/* test_packet_focus.c - fields, what is open, and bytes, linked both ways.
 *
 *  eth [0,14)      ip [14,34)        tcp [34,54), flags [46,48) with syn and ack below
 */
#include "support/unit_test.h"
#include "ui/packet_focus.h"

enum { ETH, IP, IP_SRC, IP_HIDDEN, TCP, TCP_FLAGS, TCP_SYN, TCP_ACK, TCP_STREAM, NODES };
enum { FIELD_OF_ETH = 10 }; /* fields are numbered as the nodes, from here */

static struct node nodes[NODES] = {
	[ETH] = { .depth = 0, .span = 1, .start = 0, .length = 14 },
	[IP] = { .depth = 0, .span = 3, .start = 14, .length = 20 },
	[IP_SRC] = { .depth = 1, .span = 1, .start = 26, .length = 4 },
	[IP_HIDDEN] = { .depth = 1, .span = 1, .start = 26, .length = 4, .flags = NODE_HIDDEN },
	[TCP] = { .depth = 0, .span = 5, .start = 34, .length = 20 },
	[TCP_FLAGS] = { .depth = 1, .span = 3, .start = 46, .length = 2 },
	[TCP_SYN] = { .depth = 2, .span = 1, .start = 46, .length = 2 },
	[TCP_ACK] = { .depth = 2, .span = 1, .start = 46, .length = 2 },
	[TCP_STREAM] = { .depth = 1, .span = 1, .flags = NODE_GENERATED },
};

static struct dissection packet, without_tcp;
static struct packet_focus focus;
static const uint8_t bytes[60];

static int set_up(void **state)
{
	(void)state;
	for (unsigned i = 0; i < NODES; i++)
		nodes[i].field = (uint16_t)(FIELD_OF_ETH + i);
	packet.nodes = without_tcp.nodes = nodes;
	packet.node_count = NODES;
	without_tcp.node_count = TCP;
	packet.buffers[0] = without_tcp.buffers[0] = (struct buffer){ bytes, sizeof bytes, NULL };
	packet.buffer_count = without_tcp.buffer_count = 1;
	focus_init(&focus);
	focus_on(&focus, &packet);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	focus_free(&focus);
	return 0;
}

static void begins_with_protocols(void **state)
{
	(void)state;
	assert_int_equal(focus.row_count, 3);
	assert_int_equal(focus.node, ETH);
	assert_false(focus_has_children(&focus, ETH));
	assert_true(focus_has_children(&focus, IP));
}

static void opens_and_closes(void **state)
{
	(void)state;
	focus_open(&focus, TCP, true);
	assert_int_equal(focus.row_count, 5);
	focus_open_subtree(&focus, TCP, true);
	assert_int_equal(focus.row_count, 7);
	focus_open_all(&focus, true);
	assert_int_equal(focus.row_count, NODES - 1); /* but for the hidden one */
	focus_open_all(&focus, false);
	assert_int_equal(focus.row_count, 3);
}

static void the_cursor_does_not_vanish_when_its_tree_closes(void **state)
{
	(void)state;
	focus_select_node(&focus, TCP_SYN);
	assert_int_equal(focus.node, TCP_SYN);
	focus_open(&focus, TCP, false);
	assert_int_equal(focus.node, TCP);
	assert_int_equal(focus_row(&focus), 2);
}

static void a_field_selects_its_bytes(void **state)
{
	(void)state;
	focus_open_all(&focus, true);
	focus_select_row(&focus, 2);
	assert_int_equal(focus.node, IP_SRC);
	assert_int_equal(focus.byte, 26);
}

static void a_byte_selects_the_innermost_field(void **state)
{
	(void)state;
	focus_select_byte(&focus, 0, 27);
	assert_int_equal(focus.node, IP_SRC);
	assert_true(focus_is_open(&focus, IP));
	focus_select_byte(&focus, 0, 3);
	assert_int_equal(focus.node, ETH);
	focus_select_byte(&focus, 0, 47);
	assert_int_equal(focus.node, TCP_SYN);
	assert_int_equal(focus.byte, 47);
}

static void a_flag_stays_while_the_cursor_moves_in_its_word(void **state)
{
	(void)state;
	focus_select_node(&focus, TCP_ACK);
	focus_select_byte(&focus, 0, 47);
	assert_int_equal(focus.node, TCP_ACK);
}

static void a_byte_of_no_field_is_selected_alone(void **state)
{
	(void)state;
	focus_select_byte(&focus, 0, 56);
	assert_int_equal(focus.byte, 56);
	focus_select_byte(&focus, 0, 1000);
	assert_int_equal(focus.byte, sizeof bytes - 1);
	focus_select_byte(&focus, 3, 0);
	assert_int_equal(focus.buffer, 0);
}

static void the_cursor_stays_on_the_field_from_packet_to_packet(void **state)
{
	(void)state;
	focus_select_node(&focus, TCP_ACK);
	focus_on(&focus, &without_tcp);
	assert_int_equal(focus.node, ETH);
	focus_on(&focus, &packet);
	assert_int_equal(focus.node, TCP_ACK);
	focus_on(&focus, NULL);
	assert_null(focus_node(&focus));
	assert_int_equal(focus.row_count, 0);
}

static void knows_parents_and_protocols(void **state)
{
	(void)state;
	assert_int_equal(focus_parent(&focus, TCP_ACK), TCP_FLAGS);
	assert_int_equal(focus_parent(&focus, TCP), NO_NODE);
	assert_int_equal(focus_protocol(&focus, TCP_STREAM), TCP);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

UNIT_TESTS(test_packet_focus)
{
	const struct CMUnitTest tests[] = {
		TEST(begins_with_protocols),
		TEST(opens_and_closes),
		TEST(the_cursor_does_not_vanish_when_its_tree_closes),
		TEST(a_field_selects_its_bytes),
		TEST(a_byte_selects_the_innermost_field),
		TEST(a_flag_stays_while_the_cursor_moves_in_its_word),
		TEST(a_byte_of_no_field_is_selected_alone),
		TEST(the_cursor_stays_on_the_field_from_packet_to_packet),
		TEST(knows_parents_and_protocols),
	};
	return cmocka_run_group_tests_name("packet_focus", tests, NULL, NULL);
}
