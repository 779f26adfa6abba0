/* dns_names.c - domain names out of messages, and words that records share.
 *
 * A name costs a bounded number of steps whatever its pointers say: at most 255 octets
 * are kept (RFC 1035, 2.3.4), and at most MAX_JUMPS pointers are followed. */
#include "dns.h"

#include <string.h>

#include "base/idn.h"

enum { MAX_NAME_OCTETS = 255, MAX_JUMPS = 128, LABEL_KIND = 0xc0, POINTER = 0xc0 };
enum { UNICODE_ROOM = 4 * MAX_NAME_OCTETS + 1 };

enum name_end { NAME_WHOLE, NAME_TOO_LONG, NAME_LOOPS, NAME_BROKEN };

struct name_buffer {
	uint8_t bytes[MAX_NAME_OCTETS]; /* the labels with dots between them */
	uint32_t length, labels;
	bool has_zero;
};

static void fail_malformed(struct cursor *c)
{
	cursor_fail(c, UINT32_MAX);
}

/* False: with this label the name is longer than allowed. */
static bool append_label(struct name_buffer *name, const uint8_t *label, uint32_t n)
{
	uint32_t dot = name->length ? 1 : 0;

	/* On the wire a name has one octet more for its first label and one for the root. */
	if (name->length + dot + n + 2 > MAX_NAME_OCTETS)
		return false;
	if (dot)
		name->bytes[name->length++] = '.';
	memcpy(name->bytes + name->length, label, n);
	name->length += n;
	name->labels++;
	name->has_zero = name->has_zero || memchr(label, 0, n);
	return true;
}

/* Moves to where a pointer leads. */
static void jump(const struct dns_message *m, struct cursor *at, uint32_t offset)
{
	*at = m->whole;
	cursor_skip(at, offset);
}

/* Collects the labels.  `here` is the cursor that steps over the name where it stands; after the
 * first pointer the rest is read elsewhere. */
static enum name_end collect(const struct dns_message *m, struct cursor *here,
			     struct name_buffer *name)
{
	struct cursor elsewhere;
	struct cursor *at = here;
	unsigned jumps = 0;
	bool too_long = false;

	for (;;) {
		uint8_t size = cursor_u8(at);
		if (!cursor_ok(at))
			return NAME_BROKEN;
		if (size == 0)
			return too_long ? NAME_TOO_LONG : NAME_WHOLE;
		if ((size & LABEL_KIND) == POINTER) {
			uint32_t offset = (uint32_t)(size & ~LABEL_KIND) << 8 | cursor_u8(at);
			if (!cursor_ok(at))
				return NAME_BROKEN;
			if (too_long)
				return NAME_TOO_LONG;
			if (++jumps > MAX_JUMPS)
				return NAME_LOOPS;
			jump(m, &elsewhere, offset);
			at = &elsewhere;
			continue;
		}
		if (size & LABEL_KIND) {
			fail_malformed(at);
			return NAME_BROKEN;
		}
		const uint8_t *label = cursor_bytes(at, size);
		if (!label)
			return NAME_BROKEN;
		if (!too_long && !append_label(name, label, size))
			too_long = true;
		if (too_long && at != here)
			return jumps > 1 ? NAME_LOOPS : NAME_TOO_LONG;
	}
}

/* Zero bytes would end the text: they are written as \000. */
static const char *text_without_zeros(struct dissection *d, const struct name_buffer *name)
{
	uint8_t bytes[4 * MAX_NAME_OCTETS];
	uint32_t n = 0;

	for (uint32_t i = 0; i < name->length; i++) {
		if (name->bytes[i]) {
			bytes[n++] = name->bytes[i];
		} else {
			memcpy(bytes + n, "\\000", 4);
			n += 4;
		}
	}
	return text_of(d, bytes, n);
}

static void set_fixed(struct dns_name *name, const char *text)
{
	name->text = text;
	name->length = (uint32_t)strlen(text);
	name->labels = 1;
}

struct dns_name dns_name_read(struct dissection *d, const struct dns_message *m, struct cursor *c)
{
	struct dns_name name = { .text = "", .start = c->pos };
	struct name_buffer buffer = { .length = 0 };
	enum name_end end = collect(m, c, &buffer);

	name.wire = c->pos - name.start;
	if (end == NAME_BROKEN)
		return name;
	if (end == NAME_LOOPS) {
		set_fixed(&name, "<Name contains a pointer that loops>");
	} else if (end == NAME_TOO_LONG) {
		set_fixed(&name, "<Name too long>");
	} else if (buffer.length == 0) {
		set_fixed(&name, "<Root>");
	} else {
		name.length = buffer.length;
		name.labels = buffer.labels;
		name.text = buffer.has_zero ? text_without_zeros(d, &buffer)
					    : text_of(d, buffer.bytes, buffer.length);
	}
	return name;
}

const char *dns_name_take(struct dissection *d, const struct dns_message *m, struct cursor *c,
			  unsigned field)
{
	struct dns_name name = dns_name_read(d, m, c);

	add_text(d, c, field, name.start, name.wire, name.text);
	dns_name_show_unicode(d, c, &name);
	return name.text;
}

void dns_name_show_unicode(struct dissection *d, const struct cursor *c,
			   const struct dns_name *name)
{
	char text[UNICODE_ROOM];

	if (!wants_fields(d) || !idn_is_coded(name->text) ||
	    !idn_to_unicode(name->text, text, sizeof text))
		return;
	node_flag(d,
		  add_text(d, c, DNS_UNICODE_NAME, name->start, name->wire,
			   text_of(d, (const uint8_t *)text, (uint32_t)strlen(text))),
		  NODE_GENERATED);
}

/* The names in the table say more: "AAAA (IPv6 Address)". */
const char *dns_type_word(struct dissection *d, uint16_t type)
{
	if (!dns_wants_words(d))
		return "";
	if (type == DNS_TYPE_ANY)
		return "ANY";
	if (type == DNS_TYPE_NULL)
		return "NULL";
	const char *name = value_name(dns_type_names, type);
	if (!name)
		return arena_printf(&d->arena, "Unknown (%u)", type);
	const char *more = strchr(name, '(');
	return more ? arena_text(&d->arena, name, (size_t)(more - name) - 1) : name;
}

const char *dns_seconds_text(struct dissection *d, uint32_t seconds)
{
	static const struct {
		uint32_t size;
		const char *name;
	} units[] = {
		{ 86400, "day" },
		{ 3600, "hour" },
		{ 60, "minute" },
		{ 1, "second" },
	};
	const char *text = "";

	if (seconds == 0)
		return "0 seconds";
	for (unsigned i = 0; i < COUNT(units); i++) {
		uint32_t n = seconds / units[i].size;
		seconds %= units[i].size;
		if (n)
			text = arena_printf(&d->arena, "%s%s%u %s%s", text, *text ? ", " : "", n,
					    units[i].name, n == 1 ? "" : "s");
	}
	return text;
}

uint32_t dns_seconds_take(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t seconds = take_u32(d, c, field);
	node_id node = last_node(d);

	label(d, node, " (%s)", dns_seconds_text(d, seconds));
	return seconds;
}
