/* test_options.c - command lines: what is understood, and what is refused with which words. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/options.h"
#include "support/unit_test.h"
#include "ui/key_map.h"
#include "ui/theme.h"

static struct options options;
static struct error error;

/* Words separated by blanks. */
static bool parse(const char *line)
{
	static char words[400];
	static char *argv[40];
	int argc = 1;

	options_free(&options);
	options_init(&options);
	error.text[0] = '\0';
	snprintf(words, sizeof words, "%s", line);
	argv[0] = (char *)(uintptr_t) "peel";
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	argv[argc] = NULL;
	return options_parse(&options, argc, argv, &error);
}

static void refuses(const char *line, const char *words)
{
	if (parse(line))
		fail_msg("\"%s\" was accepted", line);
	if (!strstr(error.text, words))
		fail_msg("\"%s\" was refused with \"%s\", not \"%s\"", line, error.text, words);
	assert_null(strchr(error.text, '\n'));
}

static void statistics_are_asked_for_by_name(void **state)
{
	(void)state;
	assert_true(parse("-r f.pcap -z expert"));
	assert_non_null(options.statistics);
	assert_true(options_ask_for_text(&options));
	assert_true(parse("-z expert,warn -z expert,error -r f.pcap"));
	assert_true(parse("-z help"));
	assert_int_equal(options.errand, ERRAND_STATISTICS);
	refuses("-z expertise", "Invalid -z argument \"expertise\"");
	assert_true(parse("-z expert,warn,ip.addr -r f.pcap"));
	assert_true(parse("-z expert,ip -r f.pcap"));
	refuses("-z expert,warn,ip.addr==", "invalid filter \"ip.addr==\"");
	refuses("-z expert,warning", "invalid filter \"warning\"");
}

static void values_may_stick_or_stand_apart(void **state)
{
	(void)state;
	assert_true(parse("-r f.pcap -c5"));
	assert_string_equal(options.read_path, "f.pcap");
	assert_int_equal(options.packet_limit, 5);
	assert_true(parse("-rf.pcap -c 5"));
	assert_string_equal(options.read_path, "f.pcap");
	assert_true(parse("--read-file=f.pcap"));
	assert_string_equal(options.read_path, "f.pcap");
	assert_true(parse("--read-file f.pcap"));
	assert_string_equal(options.read_path, "f.pcap");
	assert_true(parse("-nVxc 3 -r -"));
	assert_true(options.no_names && options.tree && options.hex);
	assert_int_equal(options.packet_limit, 3);
	assert_string_equal(options.read_path, "-");
}

static void a_word_is_a_file(void **state)
{
	(void)state;
	assert_true(parse("f.pcap -V"));
	assert_string_equal(options.read_path, "f.pcap");
	assert_true(parse("-- -odd.pcap"));
	assert_string_equal(options.read_path, "-odd.pcap");
	refuses("-r a.pcap -r b.pcap", "only one file");
}

static void words_after_a_file_are_its_display_filter(void **state)
{
	(void)state;
	assert_true(parse("f.pcap dns and udp"));
	assert_string_equal(options.read_path, "f.pcap");
	assert_string_equal(options.display_filter, "dns and udp");
	assert_true(parse("-r f.pcap dns"));
	assert_string_equal(options.display_filter, "dns");
	refuses("f.pcap -Y tcp dns", "given twice");
}

static void names_of_files_are_more_files(void **state)
{
	(void)state;
	assert_true(parse("f.pcap /dev/null /etc/passwd dns and udp"));
	assert_string_equal(options.read_path, "f.pcap");
	assert_int_equal(options.more_count, 2);
	assert_string_equal(options.more_paths[1], "/etc/passwd");
	assert_string_equal(options.display_filter, "dns and udp");
	/* A folder is none, and behind a filter there is only more of it. */
	assert_true(parse("--merge a.pcap b.pcap c.pcap"));
	assert_true(options.merge);
	assert_int_equal(options.more_count, 2);
	assert_true(parse("f.pcap / dns /dev/null"));
	assert_int_equal(options.more_count, 0);
	assert_string_equal(options.display_filter, "/ dns /dev/null");
}

static void filters_have_their_place(void **state)
{
	(void)state;
	assert_true(parse("-r f.pcap -2 -R tcp -Y http"));
	assert_string_equal(options.read_filter, "tcp");
	assert_string_equal(options.display_filter, "http");
	refuses("-r f.pcap -R tcp", "two passes");
	refuses("-i lo -w f.pcap -Y tcp", "-f");
	refuses("--show-filter", "-Y");
}

static void words_after_an_interface_are_its_filter(void **state)
{
	(void)state;
	assert_true(parse("-i lo tcp port 80"));
	assert_string_equal(options.live.interfaces[0], "lo");
	assert_string_equal(options.live.filters[0], "tcp port 80");
	assert_null(options.read_path);
	refuses("-i lo -f udp tcp", "given twice");
}

static void capture_filters_go_with_their_interface(void **state)
{
	(void)state;
	assert_true(parse("-f udp -i lo -i eth0 -f tcp"));
	assert_int_equal(options.live.interface_count, 2);
	assert_string_equal(options.live.filters[0], "udp");
	assert_string_equal(options.live.filters[1], "tcp");
	refuses("-f udp", "-i");
	refuses("-i lo -r f.pcap", "not from both");
}

static void live_options_are_kept(void **state)
{
	(void)state;
	assert_true(parse(
		"-i lo -s 96 -p -I -B 8 -y EN10MB -a duration:1.5 -a packets:9 -w out -F pcap"));
	assert_int_equal(options.live.snap_length, 96);
	assert_int_equal(options.live.buffer_mib, 8);
	assert_true(options.live.no_promiscuous && options.live.monitor);
	assert_string_equal(options.live.link_type, "EN10MB");
	assert_int_equal(options.live.duration_ns, 1500000000);
	assert_int_equal(options.live.packet_limit, 9);
	assert_int_equal(options.write_format, FORMAT_PCAP);
	assert_true(parse("-i lo -s 10000000 -B 2047"));
	assert_int_equal(options.live.snap_length, 0);
	assert_int_equal(options.live.buffer_mib, 2047);
	refuses("-i lo -B 2048", "from 1 to 2047");
	refuses("-i lo -a file:3", "file:3");
	refuses("-i lo -a duration:x", "\"x\"");
	refuses("-i lo -a duration:-1", "\"-1\"");
	refuses("-i lo -s 1e3", "1e3");
	refuses("-i lo -B 0", "buffer size");
}

static void wrong_usage_is_named(void **state)
{
	(void)state;
	refuses("--frobnicate", "--frobnicate");
	refuses("-k", "'k'");
	refuses("-r", "-r wants");
	refuses("--read-file", "--read-file wants");
	refuses("--help=x", "takes no value");
	refuses("-c x", "isn't a decimal number");
	refuses("-c -1", "isn't a decimal number");
	refuses("-c 0", "zero");
	refuses("-c 99999999999", "99999999999");
	refuses("-T html", "ek, fields, json, jsonraw, pdml, psml, tabs, text");
	refuses("-T ps", "PostScript");
	refuses("-t x", "adoy");
	refuses("-u x", "hms");
	refuses("-F x", "nsecpcap");
	refuses("-G x", "protocols");
	refuses("-E x=y", "separator=");
}

static void fields_need_each_other(void **state)
{
	(void)state;
	refuses("-T fields", "no fields were specified");
	refuses("-e udp.port", "-Tfields");
	refuses("-T psml -e udp.port", "-Tfields");
	assert_true(parse("-T json -e udp.port -x"));
	refuses("-T pdml -x", "-T pdml");
	refuses("-j ip", "-T text");
	refuses("-T json -j ip -J tcp", "already");
	refuses("--hexdump octal", "noascii");
	refuses("-T fields -e no.such.field", "no.such.field");
	assert_true(parse("-Tfields -eudp.port -E separator=,"));
	assert_int_equal(options.output, OUTPUT_FIELDS);
}

static void text_is_asked_for_by_some_options(void **state)
{
	(void)state;
	static const char *const text[] = { "-V", "-x", "-O udp", "-T text", "-w f",
					    "-q", "-l", "-2",	  "-P",	     "--color" };

	for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
		assert_true(parse(text[i]));
		assert_true(options_ask_for_text(&options));
	}
	assert_true(parse("-n -c 5 -t ad f.pcap --mono -Y tcp"));
	assert_false(options_ask_for_text(&options));
}

static void errands_need_nothing_else(void **state)
{
	(void)state;
	assert_true(parse("-h"));
	assert_int_equal(options.errand, ERRAND_HELP);
	assert_true(parse("--version"));
	assert_int_equal(options.errand, ERRAND_VERSION);
	assert_true(parse("-G fields"));
	assert_int_equal(options.errand, ERRAND_CATALOG);
	assert_true(parse("-D"));
	assert_int_equal(options.errand, ERRAND_INTERFACES);
}

static void no_two_rows_share_a_name(void **state)
{
	(void)state;
	for (const struct option_row *row = option_table; row->letter || row->name; row++)
		for (const struct option_row *other = row + 1; other->letter || other->name;
		     other++) {
			assert_false(row->letter && row->letter == other->letter);
			assert_false(row->name && other->name && !strcmp(row->name, other->name));
		}
}

/* What one of the generators prints, from `given` if it reads something. */
static char *generated(void (*print)(FILE *out), void (*fill)(FILE *out, FILE *given),
		       const char *given)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length), *in = tmpfile();

	assert_non_null(in);
	fputs(given, in);
	rewind(in);
	if (print)
		print(out);
	else
		fill(out, in);
	fclose(in);
	fclose(out);
	return text;
}

static void every_option_is_documented(void **state)
{
	(void)state;
	char *help = generated(help_print, NULL, "");
	char *manual = generated(NULL, man_page_print, ".TH X\n@OPTIONS@\n@PROTOCOLS@\nend\n");
	char *completion = generated(completion_print, NULL, "");

	for (const struct option_row *row = option_table; row->letter || row->name; row++) {
		char dashed[100];
		if (!row->meaning)
			continue;
		if (row->letter) {
			snprintf(dashed, sizeof dashed, "\n  -%c", row->letter);
			assert_non_null(strstr(help, dashed));
			snprintf(dashed, sizeof dashed, "\\fB\\-%c\\fR", row->letter);
			assert_non_null(strstr(manual, dashed));
			snprintf(dashed, sizeof dashed, " -%c", row->letter);
			assert_non_null(strstr(completion, dashed));
		}
		if (row->name) {
			snprintf(dashed, sizeof dashed, "--%s", row->name);
			assert_non_null(strstr(help, dashed));
			assert_non_null(strstr(completion, dashed));
		}
	}
	assert_non_null(strstr(completion, "\t--disable-protocol)\n\t\t_peel_offer '' "
					   "\"$(_peel_known protocols)\"\n"));
	assert_memory_equal(manual, ".TH X\n.SS Input\n", 16);
	assert_non_null(strstr(manual, "\\fBudp\\fR\nUser Datagram Protocol"));
	assert_string_equal(manual + strlen(manual) - 5, "\nend\n");
	free(help);
	free(manual);
	free(completion);
}

/* Those of statistics may want more. */
static void what_is_offered_is_taken(void **state)
{
	(void)state;
	unsigned taken = 0;

	for (const struct option_row *row = option_table; !option_row_is_end(row); row++) {
		const struct choice *choice = row->choices ? row->choices->table : NULL;

		for (; choice && choice->name; choice++) {
			char word[100];
			size_t length = choice->argument ? strcspn(choice->argument, "|") : 0;
			bool is_value = length && choice->argument[length];

			if (!row->apply || (choice->argument && !is_value))
				continue;
			snprintf(word, sizeof word, "%s%s%.*s", choice->name,
				 is_value ? choice->ending : "", (int)length,
				 is_value ? choice->argument : "");
			options_free(&options);
			options_init(&options);
			if (!row->apply(&options, word, &error))
				fail_msg("-%c %s: %s", row->letter, word, error.text);
			taken++;
		}
	}
	assert_in_range(taken, 40, 100);
}

static const struct choice *choices_of(const char *name)
{
	for (const struct option_row *row = option_table; !option_row_is_end(row); row++)
		if (row->name && !strcmp(row->name, name))
			return row->choices->table;
	return NULL;
}

/* These two are the screen's, which the table of options cannot see. */
static void themes_and_key_maps_are_those_of_the_screen(void **state)
{
	(void)state;
	const struct choice *theme = choices_of("theme"), *map = choices_of("keymap");

	for (unsigned n = 0; theme_name(n); n++, theme++) {
		assert_non_null(theme->name);
		assert_string_equal(theme->name, theme_name(n));
	}
	assert_null(theme->name);
	for (unsigned n = 0; n < KEY_SETS; n++, map++) {
		assert_non_null(map->name);
		assert_string_equal(map->name, key_set_names[n]);
	}
	assert_null(map->name);
}

static int tear_down(void **state)
{
	(void)state;
	options_free(&options);
	return 0;
}

UNIT_TESTS(test_options)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(statistics_are_asked_for_by_name),
		cmocka_unit_test(values_may_stick_or_stand_apart),
		cmocka_unit_test(a_word_is_a_file),
		cmocka_unit_test(words_after_an_interface_are_its_filter),
		cmocka_unit_test(words_after_a_file_are_its_display_filter),
		cmocka_unit_test(names_of_files_are_more_files),
		cmocka_unit_test(filters_have_their_place),
		cmocka_unit_test(capture_filters_go_with_their_interface),
		cmocka_unit_test(live_options_are_kept),
		cmocka_unit_test(wrong_usage_is_named),
		cmocka_unit_test(fields_need_each_other),
		cmocka_unit_test(text_is_asked_for_by_some_options),
		cmocka_unit_test(errands_need_nothing_else),
		cmocka_unit_test(no_two_rows_share_a_name),
		cmocka_unit_test(every_option_is_documented),
		cmocka_unit_test(what_is_offered_is_taken),
		cmocka_unit_test(themes_and_key_maps_are_those_of_the_screen),
	};
	return cmocka_run_group_tests_name("options", tests, NULL, tear_down);
}
