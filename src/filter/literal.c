/* literal.c - words, strings and characters as values of the type they are compared with. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "base/number_text.h"
#include "dissect/registry.h"
#include "syntax.h"

/* What a literal is made into, with all that a message needs. */
struct making {
	struct arena *arena;
	const struct syntax *node;
	const struct wanted_type *wanted;
	struct value *value;
	struct filter_error *error;
	const char *text; /* of the literal, with a 0 behind it */
};

static bool refuse(const struct making *making, const char *why)
{
	const struct wanted_type *wanted = making->wanted;
	const char *field =
		wanted->field >= 0 ? registry_field((unsigned)wanted->field)->abbrev : "this";
	char room[QUOTED_ROOM];

	return filter_fail(making->error, making->node->place, "%s is no value of %s (%s)%s%s",
			   quoted(making->error, making->node->place, room), field,
			   type_name(wanted->type), why[0] ? ": " : "", why);
}

/* Digits to the base that C gives them, and 0b; false: it is no number.  *over: too large. */
static bool read_number(const char *text, uint64_t *number, bool *over)
{
	bool is_binary = text[0] == '0' && (text[1] == 'b' || text[1] == 'B');
	const char *digits = is_binary ? text + 2 : text;
	char *end;

	if (!isdigit((unsigned char)digits[0]))
		return false;
	errno = 0;
	*number = strtoull(digits, &end, is_binary ? 2 : 0);
	*over = errno == ERANGE;
	return !*end && end != digits && (end[-1] != 'x' && end[-1] != 'X');
}

/* Wireshark takes any 64 bits for a number of 40, 48 or 56. */
static uint64_t most_of(enum field_type type)
{
	unsigned bits = 8 * field_width(type);

	if (type_is_signed(type))
		bits--;
	else if (type_is_wide(type))
		bits = 64;
	return bits >= 64 || !bits ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
}

/* The value that the field's table has under this name, letters of either case alike. */
static bool find_name(const struct making *making, const struct value_name *names)
{
	for (; names && names->name; names++) {
		if (!strcasecmp(names->name, making->text)) {
			making->value->number = names->value;
			return true;
		}
	}
	return false;
}

static const struct value_name *names_of(const struct wanted_type *wanted)
{
	static const struct value_name truth[] = { { 1, "True" }, { 0, "False" }, { 0, NULL } };

	if (wanted->field < 0)
		return NULL;
	const struct field *field = registry_field((unsigned)wanted->field);
	return field->type == FIELD_BOOL && !field->names ? truth : field->names;
}

static bool make_integer(const struct making *making)
{
	bool over = false;
	char why[80];

	if (making->node->kind == SYNTAX_CHARACTER) {
		making->value->number = making->node->bytes[0];
		return true;
	}
	if (making->node->kind == SYNTAX_WORD &&
	    read_number(making->text, &making->value->number, &over)) {
		uint64_t most = most_of(making->wanted->type);
		if (!over && making->value->number <= most)
			return true;
		snprintf(why, sizeof why, "the largest is %llu", (unsigned long long)most);
		return refuse(making, why);
	}
	if (find_name(making, names_of(making->wanted)))
		return true;
	if (names_of(making->wanted))
		return refuse(making, "it is neither a number nor the name of a value");
	return refuse(making, making->node->kind == SYNTAX_STRING ? "numbers have no quotes" : "");
}

static bool make_bool(const struct making *making)
{
	bool over;

	if (making->node->kind == SYNTAX_WORD) {
		if (read_number(making->text, &making->value->number, &over)) {
			making->value->number = over || making->value->number;
			return true;
		}
		making->value->number = !strcasecmp(making->text, "true");
		if (making->value->number || !strcasecmp(making->text, "false"))
			return true;
	}
	if (making->node->kind == SYNTAX_CHARACTER) {
		making->value->number = making->node->bytes[0] != 0;
		return true;
	}
	if (find_name(making, names_of(making->wanted))) {
		making->value->number = making->value->number != 0;
		return true;
	}
	return refuse(making, "True, False, 1 and 0 are");
}

static bool make_real(const struct making *making)
{
	char *end;

	if (making->node->kind != SYNTAX_WORD)
		return refuse(making, "");
	errno = 0;
	making->value->real = strtod(making->text, &end);
	if (end == making->text || *end)
		return refuse(making, "");
	return errno != ERANGE || making->value->real < 1 || refuse(making, "it is too large");
}

/* "/24" at the end of the text, which is cut off. */
static bool cut_prefix(const struct making *making, char *text, unsigned most)
{
	char *slash = strchr(text, '/'), why[80];

	making->value->prefix = (uint8_t)most;
	if (!slash)
		return true;
	*slash = '\0';
	unsigned long prefix = strtoul(slash + 1, NULL, 10);
	if (prefix > most) {
		snprintf(why, sizeof why, "a prefix has at most %u bits", most);
		return refuse(making, why);
	}
	making->value->prefix = (uint8_t)prefix;
	return true;
}

static bool make_ipv4(const struct making *making)
{
	uint8_t bytes[4];
	char *text = arena_text(making->arena, making->text, strlen(making->text));

	if (making->node->kind != SYNTAX_WORD)
		return refuse(making, "addresses have no quotes");
	if (!cut_prefix(making, text, 32))
		return false;
	if (inet_pton(AF_INET, text, bytes) != 1)
		return refuse(making, "");
	making->value->number = load_be32(bytes);
	return true;
}

static bool make_ipv6(const struct making *making)
{
	uint8_t *bytes = arena_alloc(making->arena, 16);
	char *text = arena_text(making->arena, making->text, strlen(making->text));

	if (making->node->kind != SYNTAX_WORD)
		return refuse(making, "addresses have no quotes");
	if (!cut_prefix(making, text, 128))
		return false;
	if (inet_pton(AF_INET6, text, bytes) != 1)
		return refuse(making, "");
	making->value->bytes = bytes;
	making->value->length = 16;
	return true;
}

/* One or two digits are a byte, four are two; without separators any number are: the last one
 * of an odd number stands alone. */
static bool put_group(const char *digits, size_t n, bool is_all, uint8_t *out, uint32_t *count)
{
	if (!n || (!is_all && n != 1 && n != 2 && n != 4))
		return false;
	for (size_t i = 0; i < n; i += 2) {
		int high = hex_value((uint8_t)digits[i]),
		    low = i + 1 < n ? hex_value((uint8_t)digits[i + 1]) : 0;
		if (high < 0 || low < 0)
			return false;
		out[(*count)++] = (uint8_t)(i + 1 < n ? high << 4 | low : high);
	}
	return true;
}

bool literal_bytes(struct arena *arena, const char *text, uint32_t length, struct value *value)
{
	uint8_t *out = arena_alloc(arena, length + 1);
	const char *end = text + length;
	char separator = '\0';

	value->bytes = out;
	value->length = 0;
	if (length == 4 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X'))
		return put_group(text + 2, 2, true, out, &value->length);
	for (const char *at = text;; at++) {
		size_t n = strcspn(at, ":-.");
		if (n > (size_t)(end - at))
			n = (size_t)(end - at);
		if (!put_group(at, n, n == length, out, &value->length))
			return false;
		at += n;
		if (at == end)
			return true;
		if (separator && *at != separator)
			return false;
		separator = *at;
	}
}

static bool make_bytes(const struct making *making)
{
	const struct syntax *node = making->node;

	making->value->bytes = node->bytes;
	making->value->length = node->byte_count;
	if (node->kind == SYNTAX_WORD &&
	    !literal_bytes(making->arena, making->text, node->byte_count, making->value))
		return refuse(making, "");
	making->value->whole = making->value->length;
	return true;
}

static bool make_ether(const struct making *making)
{
	if (making->node->kind != SYNTAX_WORD)
		return refuse(making, "addresses have no quotes");
	if (!make_bytes(making))
		return false;
	if (making->wanted->partial) {
		making->value->type = FIELD_BYTES;
		return true;
	}
	return making->value->length == 6 || refuse(making, "an address has 6 bytes");
}

static bool make_guid(const struct making *making)
{
	char digits[34];
	unsigned n = 0;

	if (making->node->kind != SYNTAX_WORD)
		return refuse(making, "");
	for (const char *at = making->text; *at && n < sizeof digits - 1; at++)
		if (*at != '-')
			digits[n++] = *at;
	digits[n] = '\0';
	if (n != 32 || !literal_bytes(making->arena, digits, 32, making->value))
		return refuse(making, "");
	return true;
}

static bool make_eui64(const struct making *making)
{
	struct value bytes;
	uint32_t n = making->node->byte_count;
	bool over;

	if (making->node->kind == SYNTAX_CHARACTER) {
		making->value->number = making->node->bytes[0];
		return true;
	}
	if (making->node->kind != SYNTAX_WORD)
		return refuse(making, "addresses have no quotes");
	if (read_number(making->text, &making->value->number, &over) && !over && n < 16)
		return true;
	if (n < 23 || !literal_bytes(making->arena, making->text, n, &bytes) || bytes.length != 8)
		return refuse(making, "an address has 8 bytes");
	making->value->number = load_be64(bytes.bytes);
	return true;
}

static uint32_t put_arc(uint8_t *out, uint64_t arc)
{
	uint32_t n = 1;

	for (uint64_t rest = arc >> 7; rest; rest >>= 7)
		n++;
	for (uint32_t i = n; i--; arc >>= 7)
		out[i] = (uint8_t)((arc & 0x7f) | (i + 1 < n ? 0x80 : 0));
	return n;
}

/* "1.3.6.1" in the encoding of X.690, 8.19. */
static bool make_oid(const struct making *making)
{
	uint8_t *out = arena_alloc(making->arena, 10 * (size_t)making->node->byte_count + 10);
	const char *at = making->text;
	uint64_t top = 0;

	if (making->node->kind != SYNTAX_WORD)
		return refuse(making, "object identifiers have no quotes");
	making->value->bytes = out;
	for (unsigned n = 0;; n++) {
		char *end;
		errno = 0;
		uint64_t arc = strtoull(at, &end, 10);
		if (end == at || errno || arc > UINT32_MAX || (*end && *end != '.'))
			return refuse(making, "");
		if (n == 0)
			top = arc;
		if (top > 2 || (n == 1 && top < 2 && arc >= 40))
			return refuse(making, "its first numbers are 0 to 2, and below 40");
		if (n)
			making->value->length +=
				put_arc(out + making->value->length, n == 1 ? 40 * top + arc : arc);
		if (!*end)
			return n > 0 || refuse(making, "");
		at = end + 1;
	}
}

static bool make_time(const struct making *making)
{
	int64_t ns;

	if (making->node->kind == SYNTAX_CHARACTER || !literal_time(making->text, &ns))
		return refuse(making, "times are as in \"2023-07-04 12:34:56\" or "
				      "\"Jul 4, 2023 12:34:56.5\"");
	making->value->number = (uint64_t)ns;
	return true;
}

static bool make_duration(const struct making *making)
{
	int64_t ns;

	if (making->node->kind != SYNTAX_WORD || !literal_duration(making->text, &ns))
		return refuse(making, "it is a number of seconds, as in 0.5");
	making->value->number = (uint64_t)ns;
	return true;
}

static bool make_text(const struct making *making)
{
	making->value->bytes = making->node->bytes;
	making->value->length = making->node->byte_count;
	return true;
}

static bool make_value(const struct making *making)
{
	switch (making->wanted->type) {
	case FIELD_BOOL:
		return make_bool(making);
	case FIELD_DOUBLE:
		return make_real(making);
	case FIELD_IPV4:
		return make_ipv4(making);
	case FIELD_IPV6:
		return make_ipv6(making);
	case FIELD_ETHER:
		return make_ether(making);
	case FIELD_EUI64:
		return make_eui64(making);
	case FIELD_GUID:
		return make_guid(making);
	case FIELD_OID:
		return make_oid(making);
	case FIELD_BYTES:
	case FIELD_PROTOCOL:
		return make_bytes(making);
	case FIELD_TEXT:
		return make_text(making);
	case FIELD_TIME:
		return make_time(making);
	case FIELD_DURATION:
		return make_duration(making);
	case FIELD_NONE:
	case FIELD_TYPES:
		return refuse(making, "");
	default:
		return make_integer(making);
	}
}

bool literal_value(struct arena *arena, const struct syntax *node, const struct wanted_type *wanted,
		   struct value *value, struct filter_error *error)
{
	struct making making = { arena, node, wanted, value, error, NULL };

	making.text = arena_text(arena, (const char *)node->bytes, node->byte_count);
	*value = (struct value){ .type = (uint8_t)wanted->type };
	return make_value(&making);
}
