/* bencode.c - the notation of BEP 3, as BitTorrent's extended messages carry it. */
#include <string.h>

#include "bencode.h"

enum { MOST_DIGITS = 20 };

enum {
	BENCODE,
	BENCODE_FIELD_STRING_LENGTH,
	BENCODE_FIELD_STRING,
	BENCODE_FIELD_INTEGER,
	BENCODE_FIELD_DICTIONARY,
	BENCODE_FIELD_ENTRY,
	BENCODE_FIELD_LIST,
	BENCODE_INVALID,
	BENCODE_BAD_STRING,
	BENCODE_BAD_STRING_LENGTH,
	BENCODE_BAD_INTEGER,
	BENCODE_DEEP,
	BENCODE_BAD_KEY,
};

static const struct field bencode_fields[] = {
	[BENCODE] = { "bencode", "Bencode", FIELD_PROTOCOL,
		      .help = "Numbers, strings, lists and names with values, as "
			      "BitTorrent writes them",
		      .reference = "BEP 3" },
	[BENCODE_FIELD_STRING_LENGTH] = { "bencode.str.length", "String Length", FIELD_U32,
					  .help = "Bytes of the string", .reference = "BEP 3" },
	[BENCODE_FIELD_STRING] = { "bencode.str", "String", FIELD_TEXT, .help = "A string of bytes",
				   .reference = "BEP 3" },
	[BENCODE_FIELD_INTEGER] = { "bencode.int", "Integer", FIELD_I64, .help = "A number",
				    .reference = "BEP 3" },
	[BENCODE_FIELD_DICTIONARY] = { "bencode.dict", "Dictionary", FIELD_NONE,
				       .help = "Names with values", .reference = "BEP 3" },
	[BENCODE_FIELD_ENTRY] = { "bencode.dict.entry", "Entry", FIELD_NONE,
				  .help = "One name with its value", .reference = "BEP 3" },
	[BENCODE_FIELD_LIST] = { "bencode.list", "List", FIELD_NONE, .help = "Values in order",
				 .reference = "BEP 3" },
	[BENCODE_INVALID] =
		FINDING("bencode.invalid", "Invalid Bencoding", EXPERT_ERROR, GROUP_MALFORMED),
	[BENCODE_BAD_STRING] = FINDING("bencode.str.invalid", "Decode Aborted: Invalid String",
				       EXPERT_ERROR, GROUP_MALFORMED),
	[BENCODE_BAD_STRING_LENGTH] =
		FINDING("bencode.str.length.invalid", "Decode Aborted: Invalid String Length",
			EXPERT_ERROR, GROUP_MALFORMED),
	[BENCODE_BAD_INTEGER] = FINDING("bencode.int.invalid", "Decode Aborted: Invalid Integer",
					EXPERT_ERROR, GROUP_MALFORMED),
	[BENCODE_DEEP] = FINDING("bencode.nest", "Decode Aborted: Nested Too Deep", EXPERT_ERROR,
				 GROUP_MALFORMED),
	[BENCODE_BAD_KEY] =
		FINDING("bencode.dict.key_invalid", "Decode Aborted: Invalid Dictionary Key",
			EXPERT_ERROR, GROUP_MALFORMED),
};

/* --- reading --- */

/* Digits from `at` on; 0: there are none, or too many. */
static uint32_t count_digits(const uint8_t *at, uint32_t n)
{
	uint32_t digits = 0;

	while (digits < n && at[digits] >= '0' && at[digits] <= '9')
		digits++;
	return digits <= MOST_DIGITS ? digits : 0;
}

static bool read_string(const uint8_t *at, uint32_t n, struct bencode *found)
{
	uint32_t digits = count_digits(at, n), length = 0;

	if (!digits || digits > 9 || digits >= n || at[digits] != ':')
		return false;
	for (uint32_t i = 0; i < digits; i++)
		length = length * 10 + (at[i] - '0');
	if (length > n - digits - 1)
		return false;
	found->text = found->start + digits + 1;
	found->text_length = length;
	found->length = digits + 1 + length;
	return true;
}

static bool read_integer(const uint8_t *at, uint32_t n, struct bencode *found)
{
	uint32_t sign = n > 1 && at[1] == '-';
	uint32_t digits = n > 1 + sign ? count_digits(at + 1 + sign, n - 1 - sign) : 0;

	if (!digits || 1 + sign + digits >= n || at[1 + sign + digits] != 'e')
		return false;
	found->text = found->start + 1;
	found->text_length = sign + digits;
	found->length = 2 + sign + digits;
	return true;
}

struct bencode bencode_next(struct cursor *c)
{
	struct bencode found = { .kind = BENCODE_NONE, .start = c->pos, .length = 1 };
	uint32_t n = cursor_left(c);
	const uint8_t *at;

	if (!n || !cursor_peek(c, 0, n, &at))
		return found;
	switch (at[0]) {
	case 'i':
		found.kind = read_integer(at, n, &found) ? BENCODE_INTEGER : BENCODE_NONE;
		break;
	case 'l':
		found.kind = BENCODE_LIST;
		break;
	case 'd':
		found.kind = BENCODE_DICTIONARY;
		break;
	case 'e':
		found.kind = BENCODE_END;
		break;
	default:
		found.kind = read_string(at, n, &found) ? BENCODE_STRING : BENCODE_NONE;
	}
	if (found.kind != BENCODE_NONE)
		cursor_skip(c, found.length);
	return found;
}

bool bencode_says(const struct cursor *c, const struct bencode *string, const char *words)
{
	return string->kind == BENCODE_STRING && string->text_length == strlen(words) &&
	       !memcmp(c->data + string->text, words, string->text_length);
}

/* --- showing --- */

static void show_string(struct dissection *d, const struct cursor *c, const struct bencode *string)
{
	add_uint(d, c, BENCODE_FIELD_STRING_LENGTH, string->start, string->text - 1 - string->start,
		 string->text_length);
	add_text(d, c, BENCODE_FIELD_STRING, string->text, string->text_length,
		 text_of(d, c->data + string->text, string->text_length));
}

static void show_integer(struct dissection *d, const struct cursor *c,
			 const struct bencode *integer)
{
	uint32_t at = integer->text, end = at + integer->text_length;
	bool negative = c->data[at] == '-';
	uint64_t value = 0;

	for (at += negative; at < end; at++)
		value = value * 10 + (c->data[at] - '0');
	add_uint(d, c, BENCODE_FIELD_INTEGER, integer->start, integer->length,
		 negative ? -value : value);
}

/* Which rule what stands here breaks; nothing but an end has none of its own. */
static unsigned broken_rule(const struct cursor *c)
{
	uint32_t n = cursor_left(c), digits;
	const uint8_t *at;

	if (!n || !cursor_peek(c, 0, n, &at))
		return BENCODE_INVALID;
	if (at[0] == 'i')
		return BENCODE_BAD_INTEGER;
	if (at[0] < '0' || at[0] > '9')
		return BENCODE_INVALID;
	digits = count_digits(at, n);
	return digits && digits < n && at[digits] == ':' ? BENCODE_BAD_STRING_LENGTH
							 : BENCODE_BAD_STRING;
}

static bool show_value(struct dissection *d, struct cursor *c, unsigned depth);

/* False: what follows cannot be read. */
static bool show_entry(struct dissection *d, struct cursor *c, unsigned depth)
{
	struct cursor look = *c;
	struct bencode key = bencode_next(&look);

	if (key.kind != BENCODE_STRING) {
		note_finding(d, BENCODE_BAD_KEY, NULL);
		return false;
	}
	node_id tree = open_tree(d, c, BENCODE_FIELD_ENTRY);
	label_set(d, tree, "Entry Key: %s", text_of(d, c->data + key.text, key.text_length));
	*c = look;
	show_string(d, c, &key);
	struct bencode value = bencode_next(&look);
	if (value.kind == BENCODE_STRING || value.kind == BENCODE_INTEGER)
		label(d, tree, "  Value: %s", text_of(d, c->data + value.text, value.text_length));
	bool good = show_value(d, c, depth);
	close_tree(d, tree, c);
	return good;
}

static bool show_members(struct dissection *d, struct cursor *c, bool entries, unsigned depth)
{
	while (cursor_left(c)) {
		struct cursor look = *c;
		if (bencode_next(&look).kind == BENCODE_END) {
			*c = look;
			return true;
		}
		if (!(entries ? show_entry(d, c, depth) : show_value(d, c, depth)))
			return false;
	}
	note_finding(d, BENCODE_INVALID, NULL);
	return false;
}

static bool show_value(struct dissection *d, struct cursor *c, unsigned depth)
{
	struct cursor before = *c;
	struct bencode value = bencode_next(c);

	if (value.kind == BENCODE_STRING) {
		show_string(d, c, &value);
	} else if (value.kind == BENCODE_INTEGER) {
		show_integer(d, c, &value);
	} else if (value.kind == BENCODE_NONE || value.kind == BENCODE_END) {
		*c = before;
		note_finding(d, broken_rule(c), NULL);
		return false;
	} else if (depth == BENCODE_DEPTH) {
		*c = before;
		note_finding(d, BENCODE_DEEP, NULL);
		return false;
	} else {
		bool entries = value.kind == BENCODE_DICTIONARY;
		node_id tree = open_tree(d, &before,
					 entries ? BENCODE_FIELD_DICTIONARY : BENCODE_FIELD_LIST);
		bool good = show_members(d, c, entries, depth + 1);
		close_tree(d, tree, c);
		return good;
	}
	return true;
}

void bencode_show(struct dissection *d, struct cursor *c)
{
	use_fields_of(d, &bencode_dissector);
	begin_part(d, bencode_dissector.short_name);
	show_value(d, c, 0);
	end_part(d, c);
	use_fields_of(d, NULL);
}

static void bencode_dissect(struct dissection *d, struct cursor *c)
{
	show_value(d, c, 0);
}

const struct dissector bencode_dissector = {
	.name = "bencode",
	.short_name = "Bencode",
	.title = "Bencode",
	.fields = bencode_fields,
	.field_count = COUNT(bencode_fields),
	.dissect = bencode_dissect,
};
