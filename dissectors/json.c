/* json.c - JavaScript Object Notation, RFC 8259.
 *
 * Several values may follow each other (RFC 7464, JSON lines).  A value is checked before any of it
 * is shown: text that is none is shown as text. */
#include <string.h>

#include "media_type.h"

enum {
	JSON,
	JSON_OBJECT,
	JSON_ARRAY,
	JSON_MEMBER,
	JSON_PATH_WITH_VALUE,
	JSON_MEMBER_WITH_VALUE,
	JSON_STRING,
	JSON_NUMBER,
	JSON_TRUE,
	JSON_FALSE,
	JSON_NULL,
	JSON_KEY,
	JSON_PATH,
	JSON_TOO_DEEP,
};

static const struct field json_fields[] = {
	[JSON] = { "json", "JavaScript Object Notation", FIELD_PROTOCOL,
		   .help = "Values with names, lists and texts, for programs",
		   .reference = "RFC 8259" },
	[JSON_OBJECT] = { "json.object", "Object", FIELD_NONE, .help = "Values with names",
			  .reference = "RFC 8259, 4" },
	[JSON_ARRAY] = { "json.array", "Array", FIELD_NONE, .help = "A list of values",
			 .reference = "RFC 8259, 5" },
	[JSON_MEMBER] = { "json.member", "Member", FIELD_TEXT, .help = "A value with its name",
			  .reference = "RFC 8259, 4" },
	[JSON_PATH_WITH_VALUE] = { "json.path_with_value", "Path with value", FIELD_TEXT,
				   .help = "Of a value that holds no others: its place and "
					   "itself" },
	[JSON_MEMBER_WITH_VALUE] = { "json.member_with_value", "Member with value", FIELD_TEXT,
				     .help = "A value with its name, as one text",
				     .reference = "RFC 8259, 4" },
	[JSON_STRING] = { "json.value.string", "String value", FIELD_TEXT, .help = "A text",
			  .reference = "RFC 8259, 7" },
	[JSON_NUMBER] = { "json.value.number", "Number value", FIELD_TEXT, .help = "A number",
			  .reference = "RFC 8259, 6" },
	[JSON_TRUE] = { "json.value.true", "True value", FIELD_NONE, .help = "True",
			.reference = "RFC 8259, 3" },
	[JSON_FALSE] = { "json.value.false", "False value", FIELD_NONE, .help = "False",
			 .reference = "RFC 8259, 3" },
	[JSON_NULL] = { "json.value.null", "Null value", FIELD_NONE, .help = "No value",
			.reference = "RFC 8259, 3" },
	[JSON_KEY] = { "json.key", "Key", FIELD_TEXT, .help = "The value's name",
		       .reference = "RFC 8259, 4" },
	[JSON_PATH] = { "json.path", "Path", FIELD_TEXT, .help = "/list/[]/name" },
	[JSON_TOO_DEEP] = FINDING("json.too_deep", "Objects and arrays are nested too deeply",
				  EXPERT_WARN, GROUP_UNDECODED),
};

struct text_reader {
	const uint8_t *bytes;
	uint32_t start; /* of the bytes, in the cursor's source */
	uint32_t at, length;
};

static void skip_blanks(struct text_reader *r)
{
	while (r->at < r->length &&
	       (r->bytes[r->at] == ' ' || r->bytes[r->at] == '\t' || r->bytes[r->at] == '\r' ||
		r->bytes[r->at] == '\n' || r->bytes[r->at] == 0x1e))
		r->at++;
}

static uint8_t next_byte(const struct text_reader *r)
{
	return r->at < r->length ? r->bytes[r->at] : 0;
}

/* --- checking --- */

static bool skip_string(struct text_reader *r)
{
	if (next_byte(r) != '"')
		return false;
	for (r->at++; r->at < r->length; r->at++) {
		if (r->bytes[r->at] == '"') {
			r->at++;
			return true;
		}
		if (r->bytes[r->at] == '\\')
			r->at++;
	}
	return false;
}

static bool skip_word(struct text_reader *r, const char *word)
{
	uint32_t n = (uint32_t)strlen(word);

	if (r->length - r->at < n || memcmp(r->bytes + r->at, word, n) != 0)
		return false;
	r->at += n;
	return true;
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool skip_digits(struct text_reader *r)
{
	uint32_t from = r->at;

	while (is_digit(next_byte(r)))
		r->at++;
	return r->at > from;
}

static bool skip_number(struct text_reader *r)
{
	if (next_byte(r) == '-')
		r->at++;
	if (!skip_digits(r))
		return false;
	if (next_byte(r) == '.') {
		r->at++;
		if (!skip_digits(r))
			return false;
	}
	if (next_byte(r) == 'e' || next_byte(r) == 'E') {
		r->at++;
		if (next_byte(r) == '+' || next_byte(r) == '-')
			r->at++;
		return skip_digits(r);
	}
	return true;
}

static bool skip_scalar(struct text_reader *r)
{
	uint8_t c = next_byte(r);

	if (c == '"')
		return skip_string(r);
	if (c == '-' || is_digit(c))
		return skip_number(r);
	return skip_word(r, "true") || skip_word(r, "false") || skip_word(r, "null");
}

/* "key": */
static bool skip_key(struct text_reader *r)
{
	skip_blanks(r);
	if (!skip_string(r))
		return false;
	skip_blanks(r);
	return skip_word(r, ":");
}

/* What the check knows of the containers around it: a bit each, set for objects. */
struct nesting {
	uint64_t is_object;
	unsigned depth;
};

/* After a value: closes what ends and steps to the next one.  False: no JSON. */
static bool skip_between(struct text_reader *r, struct nesting *n)
{
	while (n->depth) {
		bool object = n->is_object & 1;
		skip_blanks(r);
		uint8_t c = next_byte(r);
		r->at += c != 0;
		if (c == ',')
			return !object || skip_key(r);
		if (c != (object ? '}' : ']'))
			return false;
		n->is_object >>= 1;
		n->depth--;
	}
	return true;
}

/* Opens a container.  Sets *empty if it is closed at once. */
static bool skip_opening(struct text_reader *r, struct nesting *n, bool *empty)
{
	bool object = next_byte(r) == '{';

	*empty = false;
	if (n->depth == 64)
		return false;
	r->at++;
	skip_blanks(r);
	if (next_byte(r) == (object ? '}' : ']')) {
		r->at++;
		*empty = true;
		return true;
	}
	n->is_object = n->is_object << 1 | object;
	n->depth++;
	return !object || skip_key(r);
}

/* Steps over one value.  False: there is none, or not all of it. */
static bool skip_value(struct text_reader *r)
{
	struct nesting n = { 0 };
	bool empty = false;

	do {
		skip_blanks(r);
		uint8_t c = next_byte(r);
		if (c == '{' || c == '[') {
			if (!skip_opening(r, &n, &empty))
				return false;
			if (!empty)
				continue;
		} else if (!skip_scalar(r)) {
			return false;
		}
		if (!skip_between(r, &n))
			return false;
	} while (n.depth);
	return true;
}

/* --- showing.  What is shown was checked before, or is cut. --- */

static uint32_t hex4(const uint8_t *p)
{
	uint32_t value = 0;

	for (unsigned i = 0; i < 4; i++) {
		uint8_t c = p[i], low = c | 0x20;
		if (!is_digit(c) && !(low >= 'a' && low <= 'f'))
			return UINT32_MAX;
		value = value << 4 | (uint32_t)(is_digit(c) ? c - '0' : low - 'a' + 10);
	}
	return value;
}

static uint32_t put_utf8(uint8_t *out, uint32_t c)
{
	if (c < 0x80) {
		out[0] = (uint8_t)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (uint8_t)(0xc0 | c >> 6);
		out[1] = (uint8_t)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (uint8_t)(0xe0 | c >> 12);
		out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
		out[2] = (uint8_t)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (uint8_t)(0xf0 | c >> 18);
	out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
	out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
	out[3] = (uint8_t)(0x80 | (c & 0x3f));
	return 4;
}

/* What a backslash at `at` stands for; *at is set behind it. */
static uint32_t read_escape(const uint8_t *bytes, uint32_t n, uint32_t *at, uint8_t *out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	uint8_t c = bytes[*at + 1];
	const char *known = c ? strchr(from, c) : NULL;
	uint32_t code = c == 'u' && n - *at >= 6 ? hex4(bytes + *at + 2) : UINT32_MAX;

	if (code == UINT32_MAX) {
		*at += 2;
		out[0] = known ? (uint8_t)to[known - from] : c;
		return 1;
	}
	*at += 6;
	bool high = code >= 0xd800 && code < 0xdc00;
	if (high && n - *at >= 6 && bytes[*at] == '\\' && bytes[*at + 1] == 'u') {
		uint32_t low = hex4(bytes + *at + 2);
		if (low >= 0xdc00 && low < 0xe000) {
			*at += 6;
			return put_utf8(out, 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
		}
	}
	return put_utf8(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
}

/* The string without its quotes and escapes. */
static const char *string_text(struct dissection *d, const uint8_t *bytes, uint32_t n)
{
	if (n >= 2) {
		bytes++;
		n -= 2;
	}
	if (!n || !memchr(bytes, '\\', n))
		return n ? text_of(d, bytes, n) : "";
	uint8_t *out = arena_alloc(&d->arena, n + 4);
	uint32_t length = 0;
	for (uint32_t at = 0; at < n;) {
		if (bytes[at] == '\\' && n - at > 1)
			length += read_escape(bytes, n, &at, out + length);
		else
			out[length++] = bytes[at++];
	}
	return text_of(d, out, length);
}

struct shown {
	struct dissection *d;
	const struct cursor *c;
	struct text_reader *r;
	const char *path, *member;
	unsigned depth;
};

static void show_value(struct shown *s);

static const char *path_below(struct shown *s, const char *name)
{
	if (!field_wanted(s->d, JSON_PATH) && !field_wanted(s->d, JSON_PATH_WITH_VALUE))
		return "";
	return arena_printf(&s->d->arena, "%.*s/%.*s", JSON_PATH_LIMIT, s->path, JSON_PATH_LIMIT,
			    name);
}

static void show_scalar(struct shown *s)
{
	struct dissection *d = s->d;
	struct text_reader *r = s->r;
	uint32_t from = r->at;
	uint8_t first = next_byte(r);

	if (!skip_scalar(r)) {
		r->at = r->length;
		return;
	}
	const uint8_t *bytes = r->bytes + from;
	uint32_t n = r->at - from;
	const char *text = first == '"' ? string_text(d, bytes, n) : text_of(d, bytes, n);
	const char *with_value = arena_printf(&d->arena, "%s:%s", s->path, text);
	node_id node = add_text(d, s->c, JSON_PATH_WITH_VALUE, r->start + from, n, with_value);
	node_flag(d, node, NODE_GENERATED);
	with_value = arena_printf(&d->arena, "%.*s:%s", JSON_PATH_LIMIT, s->member, text);
	node = add_text(d, s->c, JSON_MEMBER_WITH_VALUE, r->start + from, n, with_value);
	node_flag(d, node, NODE_GENERATED);
	if (first == '"')
		add_text(d, s->c, JSON_STRING, r->start + from, n, text);
	else if (first == 't' || first == 'f' || first == 'n')
		add_node(d, s->c,
			 first == 't'	? JSON_TRUE
			 : first == 'f' ? JSON_FALSE
					: JSON_NULL,
			 r->start + from, n);
	else
		add_text(d, s->c, JSON_NUMBER, r->start + from, n, text);
}

static void show_member(struct shown *s)
{
	struct dissection *d = s->d;
	struct text_reader *r = s->r;
	const char *path = s->path, *member = s->member;

	skip_blanks(r);
	uint32_t from = r->at;
	if (!skip_string(r)) {
		r->at = r->length;
		return;
	}
	uint32_t n = r->at - from;
	const char *key = string_text(d, r->bytes + from, n);
	skip_blanks(r);
	skip_word(r, ":");
	s->member = key;
	s->path = path_below(s, key);
	node_id node = add_text(d, s->c, JSON_MEMBER, r->start + from, n, key);
	open_node(d, node);
	show_value(s);
	add_text(d, s->c, JSON_KEY, r->start + from, n, key);
	node_id path_node = add_text(d, s->c, JSON_PATH, r->start + from, n, s->path);
	node_flag(d, path_node, NODE_GENERATED);
	close_node(d, node);
	node_set_length(d, node, r->at - from);
	s->path = path;
	s->member = member;
}

static void show_container(struct shown *s)
{
	struct text_reader *r = s->r;
	bool object = next_byte(r) == '{';
	uint32_t from = r->at;
	const char *path = s->path, *member = s->member;

	node_id node = add_node(s->d, s->c, object ? JSON_OBJECT : JSON_ARRAY, r->start + from, 1);
	open_node(s->d, node);
	s->depth++;
	if (!object) {
		s->member = "[]";
		s->path = path_below(s, "[]");
	}
	r->at++;
	skip_blanks(r);
	while (r->at < r->length && next_byte(r) != '}' && next_byte(r) != ']') {
		uint32_t at = r->at;
		object ? show_member(s) : show_value(s);
		skip_blanks(r);
		skip_word(r, ",");
		skip_blanks(r);
		if (r->at == at)
			r->at = r->length;
	}
	r->at += r->at < r->length;
	s->path = path;
	s->member = member;
	s->depth--;
	close_node(s->d, node);
	node_set_length(s->d, node, r->at - from);
}

static void show_value(struct shown *s)
{
	struct text_reader *r = s->r;

	skip_blanks(r);
	if (next_byte(r) != '{' && next_byte(r) != '[') {
		show_scalar(s);
	} else if (s->depth == JSON_DEPTH_LIMIT) {
		note_finding(s->d, JSON_TOO_DEEP, NULL);
		if (!skip_value(r))
			r->at = r->length;
	} else {
		show_container(s);
	}
}

/* The values one after the other, up to text that is none. */
static void take_values(struct dissection *d, const struct cursor *c, struct text_reader *r,
			bool cut)
{
	if (cut && !wants_fields(d))
		return;
	for (skip_blanks(r); r->at < r->length; skip_blanks(r)) {
		struct text_reader ahead = *r;
		if (!skip_value(&ahead) && !cut)
			return;
		if (wants_fields(d)) {
			struct text_reader at = *r;
			struct shown s = { .d = d, .c = c, .r = &at, .path = "", .member = "" };
			show_value(&s);
		}
		if (ahead.at == r->at)
			return;
		*r = ahead;
	}
}

static void json_dissect(struct dissection *d, struct cursor *c)
{
	const char *type = d->media_type ? d->media_type : "";
	struct text_reader r = { .start = c->pos, .length = cursor_left(c) };
	/* What is checked must not depend on how much of it a pass has fetched. */
	bool cut = cursor_sent(c) > r.length || r.length > PARTS_WITHIN;
	struct cursor rest = *c;

	if (!cursor_peek(c, 0, r.length, &r.bytes))
		return;
	info(d, ", JavaScript Object Notation (%s)", type);
	if (d->wants & WANT_COLUMNS)
		info_protocol(d, arena_printf(&d->arena, "%s/JSON", d->protocol));
	label(d, layer_node(d), ": %s", type);
	take_values(d, c, &r, cut);
	if (r.at < r.length && !cut) {
		cursor_skip(&rest, r.at);
		end_header(d, &rest);
		dissect_layer(d, &data_text_lines_dissector, rest);
	}
}

const struct dissector json_dissector = {
	.name = "json",
	.short_name = "JSON",
	.title = "JavaScript Object Notation",
	.fields = json_fields,
	.field_count = COUNT(json_fields),
	.dissect = json_dissect,
};
