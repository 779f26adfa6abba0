/* test_statistics_view.c - the screen of statistics: its tables, their order, and the filters that
 * their rows set. */
#include <stdlib.h>
#include <string.h>

#include "support/typed_app.h"
#include "support/unit_test.h"

static char path[4096];

static const char *capture(const char *name)
{
	const char *srcdir = getenv("srcdir");

	snprintf(path, sizeof path, "%s/captures/%s", srcdir ? srcdir : ".", name);
	return path;
}

static int tear_down(void **state)
{
	(void)state;
	end_app();
	return 0;
}

static void conversations_show_the_busiest_first(void **state)
{
	(void)state;
	begin_app(capture("http.pcap"));
	type("gc");
	assert_on_screen(&screen, "Conversations ─ Ethernet [IPv4] IPv6 TCP UDP ─ by Bytes ▼");
	assert_on_screen(&screen, "[Conversations]");
	int first = screen_find(&screen, "192.0.2.1            ");
	int second = screen_find(&screen, "198.51.100.10        ");

	assert_in_range(first, 0, 23);
	assert_int_equal(second, first + 1);
	assert_on_screen(&screen, "2 rows");
}

static void both_directions_add_up_to_the_total(void **state)
{
	(void)state;
	begin_app(capture("http.pcap"));
	show_at(36, 140);
	type("gc T T");
	struct statistics_screen *s = &app.statistics;

	assert_int_equal(s->layer, TRAFFIC_TCP);
	assert_int_equal(s->rows, 6);
	uint64_t bytes = 0;
	for (uint32_t i = 0; i < s->rows; i++) {
		const struct traffic_row *row = traffic_row(s->traffic[TRAFFIC_TCP], i);
		bytes += row->bytes[0] + row->bytes[1];
	}
	assert_int_equal(bytes, 5347);
	assert_on_screen(&screen, "A → B");
}

static void enter_shows_the_packets_of_a_row(void **state)
{
	(void)state;
	begin_app(capture("http.pcap"));
	type("gc T T j Enter");
	assert_string_equal(app.filter_text, "tcp.stream == 2");
	assert_false(app.statistics.open);
	type("ge Enter");
	assert_non_null(strstr(app.filter_text, "ip.addr == "));
}

static void order_can_be_changed_and_it_says_so(void **state)
{
	(void)state;
	begin_app(capture("http.pcap"));
	type("gc O");
	assert_on_screen(&screen, "by Bytes ▲");
	int first = screen_find(&screen, "198.51.100.10        ");

	assert_int_equal(screen_find(&screen, "192.0.2.1            "), first + 1);
	type("gd gc");
	assert_on_screen(&screen, "by Bytes ▲");
}

static void protocols_stand_below_what_they_are_in(void **state)
{
	(void)state;
	begin_app(capture("dns.pcap"));
	type("gp");
	int ethernet = screen_find(&screen, "Ethernet ");

	assert_int_equal(screen_find(&screen, "    Internet Protocol Version 4"), ethernet + 1);
	assert_int_equal(screen_find(&screen, "      User Datagram Protocol"), ethernet + 2);
	assert_int_equal(screen_find(&screen, "        Domain Name System"), ethernet + 3);
	type("j j j Enter");
	assert_string_equal(app.filter_text, "dns");
}

static void names_stand_beside_addresses_where_they_are_chosen(void **state)
{
	(void)state;
	begin_app(capture("tour.pcapng"));
	show_at(36, 160);
	type("gc");
	assert_int_equal(screen_find(&screen, "(203.0.113.10)"), -1);
	type("q gn");
	read_all();
	type("gc");
	assert_on_screen(&screen, "ns1.example.test (203.0.113.10)");
	type("ge");
	assert_on_screen(&screen, "ns1.example.test (203.0.113.10)");
	type("q gn");
	read_all();
}

static void lookups_tell_answers_and_what_got_none(void **state)
{
	(void)state;
	begin_app(capture("dns-lost.pcapng"));
	show_at(24, 120);
	type("gd");
	assert_on_screen(&screen, "✗ no reply");
	assert_on_screen(&screen, "by Query ▲");
}

static void the_selected_lookup_stands_below_the_table(void **state)
{
	(void)state;
	begin_app(capture("dns-well.pcap"));
	show_at(36, 120);
	type("gd 7j");
	assert_on_screen(&screen, "A repeated.example 0x1008  192.0.2.1:40007 → 192.0.2.53:53");
	assert_on_screen(&screen, "#15      ──▶ no answer for 5.001 s    A repeated.example");
	assert_on_screen(&screen, "#16      ──▶ again after 5.001 s      A repeated.example");
	assert_on_screen(&screen, "#17      ◀── 1.00 ms after #16        A repeated.example A 192");
	assert_on_screen(&screen, "✓ Answered NOERROR with 1 record in 5.002 s (#15, #17).");
	assert_on_screen(&screen, "Flags 0x8180 of the response 0x1008");
	type("T");
	assert_on_screen(&screen, "Flags 0x0100 of the query 0x1008");
	type("Enter");
	assert_int_equal(app.selected, 15);
}

/* On a small screen Enter shows it in place of the table, then goes to its packet. */
static void a_lookup_takes_a_small_screen_whole(void **state)
{
	(void)state;
	begin_app(capture("dns-well.pcap"));
	type("gd");
	assert_int_equal(screen_find(&screen, "── Lookup ─"), -1);
	type("Enter");
	assert_on_screen(&screen, "── Lookup ─");
	type("G");
	assert_on_screen(&screen, "answered.example: type A, class IN, addr 192.0.2.80");
	assert_on_screen(&screen, "Time to live: 300");
	type("Esc");
	assert_on_screen(&screen, "── DNS ─");
	type("Enter Enter");
	assert_int_equal(app.selected, 2);
	assert_false(app.statistics.open);
}

static void leases_tell_how_they_came_about(void **state)
{
	(void)state;
	begin_app(capture("dhcp.pcap"));
	show_at(24, 120);
	type("gl");
	assert_on_screen(&screen, "DORA");
	assert_on_screen(&screen, "leased for 120 s");
	assert_on_screen(&screen, "✗ refused");
	type("Enter");
	assert_string_equal(app.filter_text, "dhcp.id == 0xa0ddeb7f && frame.number in {1..4}");
}

static void arp_tells_exchanges_and_addresses(void **state)
{
	(void)state;
	begin_app(capture("arp-course.pcapng"));
	show_at(24, 120);
	type("ga");
	assert_on_screen(&screen, "ARP ─ [Exchanges] Addresses ─ by # ▲");
	assert_on_screen(&screen, "✗ no reply");
	assert_on_screen(&screen, "conflict with #17");
	type("Enter");
	assert_string_equal(app.filter_text, "frame.number in {1, 2}");
	type("ga T");
	assert_on_screen(&screen, "ARP ─ Exchanges [Addresses] ─ by First ▲");
	type("Enter");
	assert_string_equal(
		app.filter_text,
		"arp.src.proto_ipv4 == 198.51.100.10 && arp.src.hw_mac == 02:00:00:00:00:0a");
}

static void requests_tell_status_and_time(void **state)
{
	(void)state;
	begin_app(capture("http.pcap"));
	show_at(24, 120);
	type("gh");
	assert_on_screen(&screen, "/private/secret.t…");
	assert_on_screen(&screen, "404 Not Here");
	type("Enter");
	assert_non_null(strstr(app.filter_text, "frame.number in {"));
}

static void groups_are_named_in_the_title(void **state)
{
	(void)state;
	begin_app(capture("http.pcap"));
	type("gh r");
	assert_on_screen(&screen, "[HTTP]");
	assert_on_screen(&screen, "HTTP by host");
}

static void bars_of_no_requests_are_none(void **state)
{
	(void)state;
	begin_app(capture("dns.pcap"));
	type("gh w");
	assert_on_screen(&screen, "There is nothing of this kind here.");
}

static void a_lookup_opens_from_its_bar(void **state)
{
	(void)state;
	begin_app(capture("dns.pcap"));
	type("gd w Enter");
	assert_on_screen(&screen, "── Lookup ");
	type("Esc");
	assert_on_screen(&screen, "▏");
}

static void limit_counts_only_what_passes(void **state)
{
	(void)state;
	begin_app(capture("http.pcap"));
	type("gc L");
	assert_on_screen(&screen, "No display filter is set.");
	type("T T Enter gc L");
	assert_on_screen(&screen, "filtered · 1 row");
	assert_int_equal(app.statistics.rows, 1);
}

static void the_graph_names_its_series(void **state)
{
	(void)state;
	begin_app(capture("dns.pcap"));
	type("gi");
	assert_on_screen(&screen, "I/O graph");
	assert_on_screen(&screen, "▌1 all packets 22   2 tcp.analysis.flags 0   3 dns 22");
	show_at(5, 20);
	assert_int_equal(app.statistics.graph.count, 3);
	type("Esc");
	assert_false(app.statistics.open);
	assert_false(app.quit);
}

static void the_graphs_cursor_begins_at_the_selected_packet(void **state)
{
	(void)state;
	begin_app(capture("tour.pcapng"));
	type("131G gi");
	struct io_graph *graph = &app.statistics.graph;
	int64_t at = session_packet_time(app.session, 131) - session_packet_time(app.session, 1);

	assert_int_equal(graph->cursor, at / graph->interval_ns);
	type("Enter gi");
	assert_int_equal(graph->cursor, at / graph->interval_ns);
}

static void each_packet_is_in_one_interval_of_the_graph(void **state)
{
	(void)state;
	begin_app(capture("tour.pcapng"));
	for (type("gi"); app.statistics.graph.interval_ns > 1000000; type("<")) {
		double packets = 0, bytes = 0;

		for (uint32_t i = 0; i < io_graph_intervals(&app); i++) {
			app.statistics.graph.unit = IO_PACKETS_IN;
			packets += io_graph_value(&app.statistics.graph, 0, i);
			app.statistics.graph.unit = IO_BYTES_IN;
			bytes += io_graph_value(&app.statistics.graph, 0, i);
		}
		assert_int_equal(packets, 238);
		assert_int_equal(bytes, 41835);
	}
}

static void intervals_end_where_they_could_not_be_drawn(void **state)
{
	(void)state;
	begin_app(capture("tour.pcapng"));
	type("gi");
	for (unsigned i = 0; i < 40; i++)
		type("<");
	assert_on_screen(&screen, "are the shortest for this capture");
	assert_in_range(io_graph_intervals(&app), 1000, 1 << 17);
	for (unsigned i = 0; i < 60; i++)
		type(">");
	assert_on_screen(&screen, "are the longest for this capture");
	assert_int_equal(io_graph_intervals(&app), 1);
	for (unsigned i = 0; i < 30; i++)
		type("+");
	assert_on_screen(&screen, "makes shorter intervals");
}

static void curves_are_few_and_one_stays(void **state)
{
	(void)state;
	begin_app(capture("tour.pcapng"));
	type("/ arp Enter gi");
	assert_on_screen(&screen, "4 arp");
	type("a udp Enter a tcp Enter a http Enter");
	assert_on_screen(&screen, "There is room for 6 curves");
	type("a udp Enter");
	assert_on_screen(&screen, "▌5 udp");
	for (unsigned i = 0; i < 6; i++)
		type("d");
	assert_on_screen(&screen, "The last curve stays.");
	type("q X gi");
	assert_int_equal(app.statistics.graph.count, 1);
}

static void every_tab_fits_every_size(void **state)
{
	(void)state;
	static const char *const keys[] = { "gc", "ge", "gp", "gd", "gh", "gi" };
	static const int sizes[][2] = {
		{ 5, 20 }, { 10, 40 }, { 24, 80 }, { 36, 120 }, { 60, 200 }
	};

	begin_app(capture("tour.pcapng"));
	for (unsigned i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		show_at(sizes[i][0], sizes[i][1]);
		for (unsigned k = 0; k < sizeof keys / sizeof keys[0]; k++) {
			type(keys[k]);
			assert_true(app.statistics.open);
			type("G o O");
		}
	}
}

UNIT_TESTS(test_statistics_view)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(conversations_show_the_busiest_first, tear_down),
		cmocka_unit_test_teardown(both_directions_add_up_to_the_total, tear_down),
		cmocka_unit_test_teardown(enter_shows_the_packets_of_a_row, tear_down),
		cmocka_unit_test_teardown(order_can_be_changed_and_it_says_so, tear_down),
		cmocka_unit_test_teardown(protocols_stand_below_what_they_are_in, tear_down),
		cmocka_unit_test_teardown(names_stand_beside_addresses_where_they_are_chosen,
					  tear_down),
		cmocka_unit_test_teardown(lookups_tell_answers_and_what_got_none, tear_down),
		cmocka_unit_test_teardown(the_selected_lookup_stands_below_the_table, tear_down),
		cmocka_unit_test_teardown(a_lookup_takes_a_small_screen_whole, tear_down),
		cmocka_unit_test_teardown(leases_tell_how_they_came_about, tear_down),
		cmocka_unit_test_teardown(arp_tells_exchanges_and_addresses, tear_down),
		cmocka_unit_test_teardown(requests_tell_status_and_time, tear_down),
		cmocka_unit_test_teardown(groups_are_named_in_the_title, tear_down),
		cmocka_unit_test_teardown(bars_of_no_requests_are_none, tear_down),
		cmocka_unit_test_teardown(a_lookup_opens_from_its_bar, tear_down),
		cmocka_unit_test_teardown(limit_counts_only_what_passes, tear_down),
		cmocka_unit_test_teardown(the_graph_names_its_series, tear_down),
		cmocka_unit_test_teardown(the_graphs_cursor_begins_at_the_selected_packet,
					  tear_down),
		cmocka_unit_test_teardown(each_packet_is_in_one_interval_of_the_graph, tear_down),
		cmocka_unit_test_teardown(intervals_end_where_they_could_not_be_drawn, tear_down),
		cmocka_unit_test_teardown(curves_are_few_and_one_stays, tear_down),
		cmocka_unit_test_teardown(every_tab_fits_every_size, tear_down),
	};

	return cmocka_run_group_tests_name("statistics view", tests, NULL, NULL);
}
