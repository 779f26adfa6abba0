/* syslog.c - Syslog, RFC 3164 as it is found and RFC 5424 as it should be; over UDP (RFC 5426). */
#include <string.h>

#include "dissect/text_line.h"
#include "state/conversation.h"

enum {
	SYSLOG,
	SYSLOG_FACILITY,
	SYSLOG_LEVEL,
	SYSLOG_MSG,
	SYSLOG_VERSION,
	SYSLOG_TIMESTAMP,
	SYSLOG_TIMESTAMP_RFC3164,
	SYSLOG_HOSTNAME,
	SYSLOG_APPNAME,
	SYSLOG_PROCID,
	SYSLOG_MSGID,
};

enum { PRIORITY_DIGITS = 3, NO_PRIORITY = 0xffff };

/* RFC 5424 section 6.2.1. */
static const struct value_name facility_names[] = {
	{ 0, "KERN - kernel messages" },
	{ 1, "USER - random user-level messages" },
	{ 2, "MAIL - mail system" },
	{ 3, "DAEMON - system daemons" },
	{ 4, "AUTH - security/authorization messages" },
	{ 5, "SYSLOG - messages generated internally by syslogd" },
	{ 6, "LPR - line printer subsystem" },
	{ 7, "NEWS - network news subsystem" },
	{ 8, "UUCP - UUCP subsystem" },
	{ 9, "CRON - clock daemon (BSD, Linux)" },
	{ 10, "AUTHPRIV - security/authorization messages (private)" },
	{ 11, "FTP - ftp daemon" },
	{ 12, "NTP - ntp subsystem" },
	{ 13, "LOGAUDIT - log audit" },
	{ 14, "LOGALERT - log alert" },
	{ 15, "CRON - clock daemon (Solaris)" },
	{ 16, "LOCAL0 - reserved for local use" },
	{ 17, "LOCAL1 - reserved for local use" },
	{ 18, "LOCAL2 - reserved for local use" },
	{ 19, "LOCAL3 - reserved for local use" },
	{ 20, "LOCAL4 - reserved for local use" },
	{ 21, "LOCAL5 - reserved for local use" },
	{ 22, "LOCAL6 - reserved for local use" },
	{ 23, "LOCAL7 - reserved for local use" },
	{ 0, NULL },
};

static const struct value_name level_names[] = {
	{ 0, "EMERG - system is unusable" },
	{ 1, "ALERT - action must be taken immediately" },
	{ 2, "CRIT - critical conditions" },
	{ 3, "ERR - error conditions" },
	{ 4, "WARNING - warning conditions" },
	{ 5, "NOTICE - normal but significant condition" },
	{ 6, "INFO - informational" },
	{ 7, "DEBUG - debug-level messages" },
	{ 0, NULL },
};

static const struct field syslog_fields[] = {
	[SYSLOG] = { "syslog", "Syslog message", FIELD_PROTOCOL,
		     .help = "Brings lines of a host's log to another one that "
			     "keeps them",
		     .reference = "RFC 5424" },
	[SYSLOG_FACILITY] = { "syslog.facility", "Facility", FIELD_U8, .names = facility_names,
			      .mask = 0xf8, .help = "Which part of the system speaks",
			      .reference = "RFC 5424, 6.2.1" },
	[SYSLOG_LEVEL] = { "syslog.level", "Level", FIELD_U8, .names = level_names, .mask = 0x07,
			   .help = "How bad it is: 0 is worst", .reference = "RFC 5424, 6.2.1" },
	[SYSLOG_MSG] = { "syslog.msg", "Message", FIELD_TEXT, .help = "The line",
			 .reference = "RFC 5424, 6.4" },
	[SYSLOG_VERSION] = { "syslog.version", "Syslog version", FIELD_TEXT,
			     .help = "The version of the format: 1", .reference = "RFC 5424, 6.2" },
	[SYSLOG_TIMESTAMP] = { "syslog.timestamp", "Syslog timestamp", FIELD_TIME, BASE_UTC,
			       .help = "When it happened", .reference = "RFC 5424, 6.2" },
	[SYSLOG_TIMESTAMP_RFC3164] = { "syslog.timestamp_rfc3164", "Syslog timestamp (RFC3164)",
				       FIELD_TEXT, .help = "When it happened, without the year",
				       .reference = "RFC 3164, 4.1.2" },
	[SYSLOG_HOSTNAME] = { "syslog.hostname", "Syslog hostname", FIELD_TEXT,
			      .help = "The host that it happened on",
			      .reference = "RFC 5424, 6.2" },
	[SYSLOG_APPNAME] = { "syslog.appname", "Syslog app name", FIELD_TEXT,
			     .help = "The program that speaks", .reference = "RFC 5424, 6.2" },
	[SYSLOG_PROCID] = { "syslog.procid", "Syslog process id", FIELD_TEXT, .help = "Its process",
			    .reference = "RFC 5424, 6.2" },
	[SYSLOG_MSGID] = { "syslog.msgid", "Syslog message id", FIELD_TEXT,
			   .help = "What kind of line it is", .reference = "RFC 5424, 6.2" },
};

/* <PRI>: one to three digits.  NO_PRIORITY: it is not there, and nothing is taken. */
static unsigned take_priority(struct dissection *d, struct cursor *c)
{
	const uint8_t *bytes;
	unsigned priority = 0, n = 1;

	if (!cursor_peek(c, 0, 1, &bytes) || *bytes != '<')
		return NO_PRIORITY;
	for (;
	     n <= PRIORITY_DIGITS && cursor_peek(c, n, 1, &bytes) && *bytes >= '0' && *bytes <= '9';
	     n++)
		priority = priority * 10 + (unsigned)(*bytes - '0');
	if (n == 1)
		return NO_PRIORITY;
	bool closed = cursor_peek(c, n, 1, &bytes) && *bytes == '>';
	add_uint(d, c, SYSLOG_FACILITY, c->pos, n + closed, priority >> 3);
	add_uint(d, c, SYSLOG_LEVEL, c->pos, n + closed, priority & 7);
	cursor_skip(c, n + closed);
	return priority;
}

/* --- RFC 5424 --- */

static int digits_of(const uint8_t *at, unsigned n)
{
	int number = 0;

	for (unsigned i = 0; i < n; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		number = number * 10 + (at[i] - '0');
	}
	return number;
}

/* Days from 1970 to a date of the Gregorian calendar. */
static int64_t days_to(int year, int month, int day)
{
	int64_t shifted = month <= 2 ? year - 1 : year;
	int64_t era = shifted / 400, of_era = shifted - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* "2003-10-11T22:14:15.003Z", "...+02:00" (RFC 3339). */
static bool read_timestamp(const struct text_part *text, int64_t *ns)
{
	const uint8_t *at = text->bytes;
	int64_t fraction = 0, unit = 100000000;
	uint32_t i = 19;

	if (text->length < 20 || at[4] != '-' || at[7] != '-' || at[10] != 'T' || at[13] != ':' ||
	    at[16] != ':')
		return false;
	int year = digits_of(at, 4), month = digits_of(at + 5, 2), day = digits_of(at + 8, 2);
	int hour = digits_of(at + 11, 2), minute = digits_of(at + 14, 2);
	int second = digits_of(at + 17, 2);
	if (year < 1970 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 ||
	    hour < 0 || minute < 0 || second < 0)
		return false;
	if (at[i] == '.')
		for (i++; i < text->length && at[i] >= '0' && at[i] <= '9'; i++, unit /= 10)
			fraction += unit * (at[i] - '0');
	int64_t seconds = days_to(year, month, day) * 86400 + hour * 3600 + minute * 60 + second;
	if (i + 6 == text->length && (at[i] == '+' || at[i] == '-')) {
		int offset = digits_of(at + i + 1, 2) * 3600 + digits_of(at + i + 4, 2) * 60;
		seconds -= at[i] == '+' ? offset : -offset;
	} else if (i + 1 != text->length || at[i] != 'Z') {
		return false;
	}
	*ns = seconds * 1000000000 + fraction;
	return true;
}

static void show_rfc5424(struct dissection *d, const struct cursor *c, struct text_part rest)
{
	struct text_part version = take_word(&rest), time = take_word(&rest);
	int64_t ns;

	add_part(d, c, SYSLOG_VERSION, &version);
	if (read_timestamp(&time, &ns))
		add_uint(d, c, SYSLOG_TIMESTAMP, time.start, time.length, (uint64_t)ns);
	for (unsigned field = SYSLOG_HOSTNAME; field <= SYSLOG_PROCID && rest.length; field++) {
		struct text_part word = take_word(&rest);
		add_part(d, c, field, &word);
	}
	if (rest.length)
		add_part(d, c, SYSLOG_MSGID, &rest);
}

/* --- RFC 3164 --- */

/* "Oct 11 22:14:15 " */
static bool has_old_timestamp(const struct text_part *text)
{
	const uint8_t *at = text->bytes;

	return text->length >= 16 && at[3] == ' ' && at[6] == ' ' && at[9] == ':' &&
	       at[12] == ':' && at[15] == ' ' && digits_of(at + 7, 2) >= 0;
}

static void show_rfc3164(struct dissection *d, const struct cursor *c, struct text_part rest)
{
	struct text_part time = { rest.bytes, rest.start, 15 };

	add_part(d, c, SYSLOG_TIMESTAMP_RFC3164, &time);
	rest = part_from(&rest, 16);
	struct text_part host = take_word(&rest), tag = rest;
	add_part(d, c, SYSLOG_HOSTNAME, &host);
	tag.length = 0;
	while (tag.length < rest.length && rest.bytes[tag.length] != ':' &&
	       rest.bytes[tag.length] != ' ')
		tag.length++;
	if (tag.length)
		add_part(d, c, SYSLOG_PROCID, &tag);
	rest = part_from(&rest, tag.length);
	if (rest.length)
		add_part(d, c, SYSLOG_MSGID, &rest);
}

/* "USER" of "USER - random ..." */
static const char *short_name(struct dissection *d, const struct value_name *names, unsigned value)
{
	const char *name = value_name(names, value);

	if (!name)
		return "UNKNOWN";
	return text_of(d, (const uint8_t *)name, (uint32_t)strcspn(name, " "));
}

static void syslog_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	unsigned priority = take_priority(d, c);
	uint32_t n = cursor_left(c);
	const uint8_t *bytes = (const uint8_t *)"";

	if (only_learning(d))
		return;
	if (n)
		cursor_peek(c, 0, n, &bytes);
	struct text_part message = { bytes, c->pos, n };
	const char *text = part_text(d, &message);
	if (priority == NO_PRIORITY) {
		info(d, "%s", text);
	} else {
		const char *facility = short_name(d, facility_names, priority >> 3);
		const char *level = short_name(d, level_names, priority & 7);
		info(d, "%s.%s: %s", facility, level, text);
		label_set(d, layer_node(d), "Syslog message: %s.%s: %s", facility, level, text);
	}
	node_id tree = add_part(d, c, SYSLOG_MSG, &message);
	open_node(d, tree);
	if (n > 2 && bytes[0] == '1' && bytes[1] == ' ')
		show_rfc5424(d, c, message);
	else if (has_old_timestamp(&message))
		show_rfc3164(d, c, message);
	close_node(d, tree);
	cursor_skip(c, cursor_sent(c));
}

extern const struct dissector syslog_dissector;

/* "<34>Oct 11 22:14:15 mymachine su: ...", "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com
 * ..." */
static bool syslog_looks_like(const struct dissection *d, const struct cursor *c)
{
	enum { LAST_PRIORITY = 191, TIME_ROOM = 64 };
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	uint32_t n = cursor_left(c), i = 1, priority = 0;
	const uint8_t *at;
	int64_t ns;

	if (n < 5 || !cursor_peek(c, 0, n, &at) || at[0] != '<')
		return false;
	for (; i <= PRIORITY_DIGITS && at[i] >= '0' && at[i] <= '9'; i++)
		priority = priority * 10 + (uint32_t)(at[i] - '0');
	if (i == 1 || at[i] != '>' || priority > LAST_PRIORITY)
		return false;
	if (conversation_recognized(d) == &syslog_dissector)
		return true;
	struct text_part rest = { at + i + 1, 0, n - i - 1 };
	if (has_old_timestamp(&rest))
		for (unsigned month = 0; month < 12; month++)
			if (!memcmp(rest.bytes, months + 3 * month, 3))
				return true;
	struct text_part version = take_word(&rest), time = take_word(&rest);
	return version.length == 1 && version.bytes[0] == '1' && time.length < TIME_ROOM &&
	       read_timestamp(&time, &ns);
}

static const struct claim syslog_claims[] = { { BY_UDP_PORT, 514 } };

const struct dissector syslog_dissector = {
	.name = "syslog",
	.short_name = "Syslog",
	.title = "Syslog message",
	.fields = syslog_fields,
	.field_count = COUNT(syslog_fields),
	.claims = syslog_claims,
	.claim_count = COUNT(syslog_claims),
	.dissect = syslog_dissect,
	.looks_like = syslog_looks_like,
	.at_beginning = true,
};
