/* test_explained.c - the tables of fields: names, sentences, and where they are defined. */
#include <string.h>

#include "dissect/registry.h"
#include "support/unit_test.h"

/* Add a protocol when its fields are explained. */
static const char *const explained[] = {
	"ah",
	"arp",
	"bencode",
	"bittorrent",
	"bt-dht",
	"bt-tracker",
	"bt-tracker-http",
	"bt-utp",
	"cdp",
	"chap",
	"data-text-lines",
	"dhcp",
	"dhcpv6",
	"dns",
	"dtls",
	"eap",
	"eapol",
	"esp",
	"eth",
	"ftp",
	"ftp-data",
	"gre",
	"http",
	"http2",
	"http3",
	"icmp",
	"icmpv6",
	"ieee8021ad",
	"igmp",
	"image-gif",
	"image-jfif",
	"imap",
	"imf",
	"ip",
	"ipcp",
	"ipv6",
	"ipv6cp",
	"json",
	"lcp",
	"llc",
	"lldp",
	"llmnr",
	"mdns",
	"mime_multipart",
	"mipv6",
	"mpls",
	"mqtt",
	"nbns",
	"nflog",
	"ntp",
	"pap",
	"png",
	"pop",
	"ppp",
	"pppoed",
	"pppoes",
	"quic",
	"sdp",
	"sip",
	"smtp",
	"snmp",
	"ssh",
	"stp",
	"syslog",
	"tcp",
	"telnet",
	"tftp",
	"tls",
	"udp",
	"urlencoded-form",
	"vlan",
	"vxlan",
	"websocket",
	"whois",
	"xml",
};

/* These are defined by the capture file, and by peel. */
static const char *const of_no_document[] = {
	"data", "frame", "null", "pkt_comment", "raw", "sll"
};

static bool is_in(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

static bool is_explained(const struct dissector *owner)
{
	return is_in(explained, COUNT(explained), owner->name) ||
	       is_in(of_no_document, COUNT(of_no_document), owner->name);
}

/* A finding says in words what it is about. */
static bool needs_help(const struct field *field)
{
	return field->severity == EXPERT_NONE;
}

static void every_field_has_a_sentence(void **state)
{
	(void)state;
	unsigned missing = 0;

	for (unsigned n = 0; n < registry_field_count(); n++) {
		const struct field *field = registry_field(n);
		if (!is_explained(registry_field_owner(n)) || !needs_help(field) || field->help)
			continue;
		print_error("%s has no help\n", field->abbrev);
		missing++;
	}
	assert_int_equal(missing, 0);
}

/* Of these only what is seen every day. */
static const char *const explained_parts[] = {
	"icmpv6.echo.",	  "icmpv6.mld.",      "icmpv6.mldr.",	      "icmpv6.nd.",
	"icmpv6.opt.mtu", "icmpv6.opt.dnssl", "icmpv6.opt.linkaddr",  "icmpv6.opt.prefix",
	"icmpv6.opt.src", "icmpv6.opt.rdnss", "icmpv6.opt.route_inf", "icmpv6.opt.target",
};

static bool is_part(const char *name)
{
	for (size_t i = 0; i < COUNT(explained_parts); i++)
		if (!strncmp(name, explained_parts[i], strlen(explained_parts[i])))
			return true;
	return false;
}

static void every_day_s_fields_have_a_sentence_and_a_section(void **state)
{
	(void)state;
	unsigned seen = 0, missing = 0;

	for (unsigned n = 0; n < registry_field_count(); n++) {
		const struct field *field = registry_field(n);
		if (!is_part(field->abbrev) || !needs_help(field))
			continue;
		seen++;
		if (field->help && field->reference)
			continue;
		print_error("%s is not explained\n", field->abbrev);
		missing++;
	}
	assert_int_equal(missing, 0);
	assert_true(seen > COUNT(explained_parts));
}

/* Where a field has no section of its own, its protocol has one. */
static void every_protocol_says_where_it_is_defined(void **state)
{
	(void)state;
	unsigned missing = 0;

	for (unsigned n = 0; n < registry_field_count(); n++) {
		const struct dissector *owner = registry_field_owner(n);
		if (n != registry_first_field(owner) ||
		    !is_in(explained, COUNT(explained), owner->name) ||
		    registry_field(n)->reference)
			continue;
		print_error("%s has no reference\n", owner->name);
		missing++;
	}
	assert_int_equal(missing, 0);
}

static void sentences_are_one_and_short(void **state)
{
	(void)state;
	for (unsigned n = 0; n < registry_field_count(); n++) {
		const struct field *field = registry_field(n);
		size_t length = field->help ? strlen(field->help) : 1;
		if (length == 0 || length > 160 || (field->help && field->help[length - 1] == '.'))
			fail_msg("%s: %s", field->abbrev, field->help);
	}
}

/* Filters and -e find one row by its name; a finding may have the name of what it is about. */
static void no_two_fields_share_a_name(void **state)
{
	(void)state;
	for (unsigned n = 0; n < registry_field_count(); n++) {
		const struct field *field = registry_field(n);
		if (registry_field_named(field->abbrev) != (int)n && needs_help(field))
			fail_msg("%s is two fields", field->abbrev);
	}
}

static void every_name_is_a_protocol(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(explained); i++)
		if (registry_field_named(explained[i]) < 0)
			fail_msg("no protocol is called %s", explained[i]);
}

static int build_registry(void **state)
{
	(void)state;
	registry_build();
	return 0;
}

UNIT_TESTS(test_explained)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_has_a_sentence),
		cmocka_unit_test(every_day_s_fields_have_a_sentence_and_a_section),
		cmocka_unit_test(every_protocol_says_where_it_is_defined),
		cmocka_unit_test(sentences_are_one_and_short),
		cmocka_unit_test(no_two_fields_share_a_name),
		cmocka_unit_test(every_name_is_a_protocol),
	};
	return cmocka_run_group_tests_name("explained", tests, build_registry, NULL);
}
