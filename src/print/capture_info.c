/* capture_info.c - the lines of Wireshark's Capture File Properties, and what is missing. */
#include "print/capture_info.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

#include "base/number_text.h"
#include "capture/link_type.h"
#include "print/dns_card.h"
#include "session/verify.h"
#include "state/learned.h"

enum { NUMBER_ROOM = 40, LABEL = 15, VALUE = 20, INTERFACES_TOLD = 100 };

static const double NANOSECONDS = 1e9;

static const char *grouped_text(uint64_t n, char text[NUMBER_ROOM])
{
	*number_put_grouped(text, n) = '\0';
	return text;
}

/* --- sums --- */

void packet_sums_add(struct packet_sums *sums, const struct session *session, uint32_t packet)
{
	const struct index_block *block = index_block_of(&session_learned(session)->index, packet);

	time_range_add(&sums->times, session, packet);
	sums->packets++;
	sums->bytes += block->reported[index_slot(packet)];
}

struct packet_sums session_sums(const struct session *session)
{
	struct packet_sums sums = { 0 };

	for (uint32_t n = 1; n <= session_packet_count(session); n++)
		packet_sums_add(&sums, session, n);
	return sums;
}

struct capture_quality session_quality(const struct session *session)
{
	struct capture_quality quality = { .lost = verify_lost_by_file(session_file(session)) };
	int64_t before = INT64_MIN;

	for (uint32_t n = 1; n <= session_packet_count(session); n++) {
		const struct index_block *block =
			index_block_of(&session_learned(session)->index, n);
		uint16_t flags = block->flags[index_slot(n)];
		int64_t time = block->time_ns[index_slot(n)];

		quality.cut += flags & INDEX_CUT ? 1 : 0;
		if (!(flags & INDEX_HAS_TIME))
			continue;
		quality.backwards += time < before;
		before = time;
	}
	return quality;
}

void quality_text(const struct capture_quality *quality, char text[QUALITY_ROOM])
{
	const struct {
		uint64_t count;
		const char *one, *many;
	} parts[] = {
		{ quality->lost, "packet was lost while capturing",
		  "packets were lost while capturing" },
		{ quality->cut, "packet is cut short", "packets are cut short" },
		{ quality->backwards, "packet has an earlier time than the one before",
		  "packets have an earlier time than the one before" },
	};
	char number[NUMBER_ROOM];
	size_t used = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < sizeof parts / sizeof parts[0] && used < QUALITY_ROOM; i++)
		if (parts[i].count)
			used += (size_t)snprintf(
				text + used, QUALITY_ROOM - used, "%s%s %s", used ? "; " : "",
				grouped_text(parts[i].count, number),
				parts[i].count == 1 ? parts[i].one : parts[i].many);
}

/* --- lines --- */

static void put_said(FILE *out, const char *label, const char *value)
{
	if (value && *value)
		fprintf(out, "  %-*s %s\n", LABEL, label, value);
}

/* A sentence. */
static void put_sentence(FILE *out, const char *label, const char *value, unsigned columns)
{
	int at = *label ? LABEL + 1 : 0;

	if (!value || !*value)
		return;
	fprintf(out, "  %-*s", at, label);
	put_wrapped(out, value, (unsigned)at + 2, columns);
}

static void put_count(FILE *out, const char *label, uint64_t n, const char *unit)
{
	char number[NUMBER_ROOM];

	fprintf(out, "  %-*s %s %s\n", LABEL, label, grouped_text(n, number), unit);
}

static void put_time(FILE *out, const char *label, int64_t ns)
{
	time_t seconds = (time_t)(ns / 1000000000);
	struct tm tm;
	char text[80];

	if (!localtime_r(&seconds, &tm))
		return;
	strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
	fprintf(out, "  %-*s %s.%06" PRId64 "\n", LABEL, label, text, ns % 1000000000 / 1000);
}

/* "Ethernet", or how many kinds there are. */
static const char *encapsulation(const struct capture_file *file)
{
	unsigned count = capture_file_interface_count(file);
	const char *name = "", *other;

	for (unsigned i = 0; i < count; i++) {
		link_type_encapsulation(capture_file_interface(file, (uint16_t)i)->link_type,
					&other);
		if (i && strcmp(name, other) != 0)
			return "per packet";
		name = other;
	}
	return name;
}

static void put_file(FILE *out, const struct capture_file *file, const struct file_digest *digest)
{
	unsigned count;
	char *const *paths = capture_file_paths(file, &count);

	fputs("File\n", out);
	for (unsigned i = 0; i < count; i++)
		put_said(out, i ? "" : "Name", paths[i]);
	put_count(out, "Length", capture_file_size(file), "bytes");
	for (unsigned i = 0; digest && i < count; i++) {
		const char *text = file_digest_text(digest, i);

		/* In halves, as whole it would be wider than small screens. */
		fprintf(out, "  %-*s %.32s\n", LABEL, i ? "" : "SHA-256",
			text ? text : "(cannot be read)");
		if (text)
			fprintf(out, "  %-*s %s\n", LABEL, "", text + 32);
	}
	put_said(out, "Format", capture_file_format(file));
	put_said(out, "Encapsulation", encapsulation(file));
}

static void put_times(FILE *out, const struct packet_sums *all)
{
	if (!all->times.known)
		return;
	fputs("\nTime\n", out);
	put_time(out, "First packet", all->times.earliest);
	put_time(out, "Last packet", all->times.latest);
	fprintf(out, "  %-*s %.6f s\n", LABEL, "Elapsed",
		(double)time_range_span(&all->times) / NANOSECONDS);
}

static void put_sections(FILE *out, const struct capture_file *file, unsigned columns)
{
	unsigned count = capture_file_section_count(file);

	for (unsigned i = 0; i < count; i++) {
		const struct capture_section *section = capture_file_section(file, i);

		if (!section->hardware && !section->system && !section->application &&
		    !section->comment)
			continue;
		fprintf(out, count > 1 ? "\nCapture, section %u\n" : "\nCapture\n", i + 1);
		put_said(out, "Hardware", section->hardware);
		put_said(out, "OS", section->system);
		put_said(out, "Application", section->application);
		put_sentence(out, "Comment", section->comment, columns);
	}
}

static void put_interface(FILE *out, const struct capture_interface *from, unsigned number)
{
	const char *type = link_type_description(from->link_type);
	char dropped[NUMBER_ROOM] = "not said", limit[NUMBER_ROOM] = "none", name[60];

	if (from->dropped != UINT64_MAX)
		grouped_text(from->dropped, dropped);
	if (from->snap_length)
		grouped_text(from->snap_length, limit);
	snprintf(name, sizeof name, "%u %.50s", number, from->name ? from->name : "");
	fprintf(out, "  %-22s dropped %-10s snap length %-10s %s", name, dropped, limit,
		type ? type : "unknown");
	if (from->filter)
		fprintf(out, ", filter %s", from->filter);
	putc('\n', out);
	put_said(out, "", from->description);
	put_said(out, "", from->hardware);
}

static void put_interfaces(FILE *out, const struct capture_file *file)
{
	unsigned count = capture_file_interface_count(file);

	if (count)
		fputs("\nInterfaces\n", out);
	for (unsigned i = 0; i < count && i < INTERFACES_TOLD; i++)
		put_interface(out, capture_file_interface(file, (uint16_t)i), i);
	if (count > INTERFACES_TOLD)
		put_count(out, "", count - INTERFACES_TOLD, "more");
}

static void put_quality(FILE *out, const struct session *session, unsigned columns)
{
	struct capture_quality quality = session_quality(session);
	char text[QUALITY_ROOM];

	fputs("\nQuality\n", out);
	quality_text(&quality, text);
	put_sentence(out, "", session_problem(session), columns);
	const char *passed_over = capture_file_passed_over(session_file(session));

	if (*passed_over) {
		fputs("  Passed over, as it cannot be read:\n", out);
		put_sentence(out, "", passed_over, columns);
	}
	put_sentence(out, "", text, columns);
	if (*text)
		return;
	if (!*session_problem(session) && !*passed_over)
		fputs("  Nothing is known to be missing.\n", out);
}

/* --- statistics --- */

enum { SUMS = 3 };

static double span_of(const struct packet_sums *sums)
{
	return (double)time_range_span(&sums->times) / NANOSECONDS;
}

static double per(double a, double b)
{
	return b > 0 ? a / b : 0;
}

static double value_of(const struct packet_sums *sums, unsigned row)
{
	double packets = (double)sums->packets, bytes = (double)sums->bytes;

	switch (row) {
	case 0:
		return packets;
	case 1:
		return span_of(sums);
	case 2:
		return per(packets, span_of(sums));
	case 3:
		return per(bytes, packets);
	case 4:
		return bytes;
	case 5:
		return per(bytes, span_of(sums));
	default:
		return per(bytes * 8, span_of(sums));
	}
}

static void put_statistics(FILE *out, const struct packet_sums *const sums[SUMS])
{
	static const struct {
		const char *name;
		int decimals;
	} rows[] = { { "Packets", 0 },	      { "Time span, s", 3 }, { "Packets a second", 1 },
		     { "Bytes a packet", 1 }, { "Bytes", 0 },	     { "Bytes a second", 1 },
		     { "Bits a second", 1 } };

	fprintf(out, "\n%-20s %15s %15s %15s\n", "Statistics", "Captured", "Displayed", "Marked");
	for (unsigned row = 0; row < sizeof rows / sizeof rows[0]; row++) {
		fprintf(out, "  %-18s", rows[row].name);
		for (unsigned i = 0; i < SUMS; i++)
			if (sums[i] && sums[i]->packets)
				fprintf(out, " %15.*f", rows[row].decimals, value_of(sums[i], row));
			else
				fprintf(out, " %15s", "-");
		putc('\n', out);
	}
}

void capture_info_print(FILE *out, const struct session *session,
			const struct capture_info_extras *extras)
{
	const struct capture_file *file = session_file(session);
	struct packet_sums all = session_sums(session);
	const struct packet_sums *const sums[SUMS] = { &all, extras->displayed, extras->marked };

	put_file(out, file, extras->digest);
	put_times(out, &all);
	put_sections(out, file, extras->columns);
	put_interfaces(out, file);
	put_quality(out, session, extras->columns);
	put_statistics(out, sums);
}
