/* sip_headers.c - the header section of a message of SIP (RFC 3261, 7.3 and 20), line by line. */
#include <ctype.h>
#include <string.h>

#include "sip.h"

/* --- parameters --- */

struct parameter {
	const char *name;
	unsigned field;
};

/* The number that the digits in front make; false: there are none, or too many. */
static bool read_number(struct text_part part, uint64_t *number)
{
	uint32_t digits = 0;

	while (digits < part.length && part.bytes[digits] >= '0' && part.bytes[digits] <= '9')
		digits++;
	part.length = digits;
	return part_number(&part, UINT32_MAX, number);
}

/* The same; 0: there is none. */
static uint64_t number_of(const struct text_part *part)
{
	uint64_t number;

	return read_number(*part, &number) ? number : 0;
}

static void add_number(struct dissection *d, const struct cursor *c, unsigned field,
		       const struct text_part *part)
{
	add_uint(d, c, field, part->start, part->length, number_of(part));
}

static void add_value(struct dissection *d, const struct cursor *c, unsigned field,
		      const struct text_part *part)
{
	if (sip_fields[field].type == FIELD_TEXT)
		add_part(d, c, field, part);
	else
		add_number(d, c, field, part);
}

/* One that nobody knows is shown as it stands. */
static void add_unknown(struct dissection *d, const struct cursor *c, const struct text_part *one)
{
	node_id node = add_part(d, c, SIP_PARAMETER, one);

	label_set(d, node, "%s", part_text(d, one));
}

/* name=value; without a value the name is the value. */
static void show_parameter(struct dissection *d, const struct cursor *c, struct text_part one,
			   const struct parameter *known)
{
	one = trim_folds(one);
	uint32_t equals = part_find(&one, '=');
	struct text_part name = one, value = part_from(&one, equals < one.length ? equals + 1 : 0);

	name.length = equals;
	name = trim_folds(name);
	value = trim_folds(value);
	for (; known->name; known++)
		if (part_is(&name, known->name)) {
			add_value(d, c, known->field, &value);
			return;
		}
	if (one.length)
		add_unknown(d, c, &one);
}

static void show_parameters(struct dissection *d, const struct cursor *c, struct text_part rest,
			    char separator, const struct parameter *known)
{
	while (rest.length)
		show_parameter(d, c, sip_take_value(&rest, separator), known);
}

/* --- addresses --- */

enum { DISPLAY, ADDRESS, USER, HOST, PORT, PARAMETER };

/* user@host:port;parameters of a URI whose scheme has these. */
static void show_uri_parts(struct dissection *d, const struct cursor *c, struct text_part uri,
			   unsigned fields)
{
	uint32_t colon = part_find(&uri, ':');
	struct text_part scheme = uri, host = part_from(&uri, colon < uri.length ? colon + 1 : 0);

	scheme.length = colon;
	if (!part_is(&scheme, "sip") && !part_is(&scheme, "sips"))
		return;
	uint32_t at = part_find(&host, '@');
	if (at < host.length) {
		struct text_part user = host;
		user.length = at;
		add_part(d, c, fields + USER, &user);
		host = part_from(&host, at + 1);
	}
	struct text_part rest = host;
	uint32_t end = 0, closing = part_find(&host, ']');
	if (host.length && host.bytes[0] == '[' && closing < host.length)
		end = closing;
	while (end < host.length && !memchr(":;?", host.bytes[end], 3))
		end++;
	host.length = end;
	add_part(d, c, fields + HOST, &host);
	rest = part_from(&rest, end);
	if (rest.length && rest.bytes[0] == ':') {
		struct text_part port = part_from(&rest, 1);
		for (end = 0; end < port.length && !memchr(";?", port.bytes[end], 2);)
			end++;
		rest = part_from(&port, end);
		port.length = end;
		add_part(d, c, fields + PORT, &port);
	}
	while (rest.length && rest.bytes[0] == ';' && fields != SIP_R_URI_DISPLAY_INFO) {
		rest = part_from(&rest, 1);
		struct text_part one = rest;
		one.length = part_find(&rest, ';');
		rest = part_from(&rest, one.length);
		add_part(d, c, fields + PARAMETER, &one);
	}
}

static struct text_part skip_blanks(struct text_part part)
{
	uint32_t i = 0;

	while (i < part.length && (is_blank(part.bytes[i]) || memchr("\r\n", part.bytes[i], 2)))
		i++;
	return part_from(&part, i);
}

/* Takes the name for people off the front: quoted, or what stands before the bracket. */
static struct text_part take_display(struct text_part *rest)
{
	struct text_part display = *rest;
	uint32_t i = 0;

	if (display.length && display.bytes[0] == '"') {
		for (i = 1; i < display.length && display.bytes[i] != '"'; i++)
			i += display.bytes[i] == '\\';
		i = i < display.length ? i + 1 : display.length;
	} else {
		uint32_t bracket = part_find(&display, '<');
		i = bracket < display.length ? bracket : 0;
	}
	display.length = i;
	*rest = part_from(rest, i);
	*rest = skip_blanks(*rest);
	return display;
}

struct text_part sip_show_address(struct dissection *d, const struct cursor *c,
				  struct text_part part, unsigned fields)
{
	struct text_part rest = skip_blanks(part), uri;
	struct text_part display = take_display(&rest);
	bool bracketed = rest.length && rest.bytes[0] == '<';

	if (display.length && fields != SIP_R_URI_DISPLAY_INFO) {
		add_part(d, c, fields + DISPLAY, &display);
		node_flag(d, add_part(d, c, SIP_DISPLAY_INFO, &display), NODE_HIDDEN);
	}
	if (bracketed)
		rest = part_from(&rest, 1);
	uri = rest;
	uri.length = part_find(&rest, bracketed ? '>' : ';');
	if (bracketed && uri.length == rest.length)
		return part_from(&rest, rest.length);
	rest = part_from(&rest, uri.length + bracketed);
	if (fields == SIP_R_URI_DISPLAY_INFO) {
		uri = part;
		rest = part_from(&part, part.length);
	}
	uri = trim_folds(uri);
	if (!uri.length)
		return rest;
	node_id tree = add_part(d, c, fields + ADDRESS, &uri);
	open_node(d, tree);
	show_uri_parts(d, c, uri, fields);
	close_node(d, tree);
	return rest;
}

/* The one address of a header, and what the header says about it. */
static void show_one_address(struct dissection *d, const struct cursor *c, struct text_part value,
			     unsigned fields)
{
	struct text_part rest = sip_show_address(d, c, value, fields);

	while (rest.length) {
		struct text_part one = sip_take_value(&rest, ';');
		one = trim_folds(one);
		if (fields == SIP_TC_DISPLAY_INFO && part_begins(&one, "target-uri=\"")) {
			one = part_from(&one, 12);
			one.length = part_find(&one, '"');
			add_part(d, c, SIP_TC_TARGET_URI, &one);
		}
		if (!part_begins(&one, "tag="))
			continue;
		one = part_from(&one, 4);
		if (fields == SIP_FROM_DISPLAY_INFO)
			add_part(d, c, SIP_FROM_TAG, &one);
		else if (fields == SIP_TO_DISPLAY_INFO)
			add_part(d, c, SIP_TO_TAG, &one);
		node_flag(d, add_part(d, c, SIP_TAG, &one), NODE_HIDDEN);
	}
}

static void show_addresses(struct dissection *d, const struct cursor *c, struct text_part rest,
			   unsigned fields)
{
	if (rest.length == 1 && rest.bytes[0] == '*')
		return;
	while (rest.length) {
		struct text_part one = sip_take_value(&rest, ',');
		struct text_part parameters = sip_show_address(d, c, one, fields);
		while (fields == SIP_CONTACT_DISPLAY_INFO && parameters.length) {
			struct text_part parameter = sip_take_value(&parameters, ';');
			parameter = trim_folds(parameter);
			if (parameter.length)
				add_part(d, c, SIP_CONTACT_PARAMETER, &parameter);
		}
	}
}

/* --- the other forms --- */

static const struct parameter via_parameters[] = {
	{ "branch", SIP_VIA_BRANCH },
	{ "maddr", SIP_VIA_MADDR },
	{ "rport", SIP_VIA_RPORT },
	{ "received", SIP_VIA_RECEIVED },
	{ "ttl", SIP_VIA_TTL },
	{ "comp", SIP_VIA_COMP },
	{ "sigcomp-id", SIP_VIA_SIGCOMP_ID },
	{ "oc", SIP_VIA_OC },
	{ "oc-validity", SIP_VIA_OC_VALIDITY },
	{ "oc-seq", SIP_VIA_OC_SEQ },
	{ "oc-algo", SIP_VIA_OC_ALGO },
	{ "be-route", SIP_VIA_BE_ROUTE },
	{ NULL, 0 },
};

static void show_sent_by(struct dissection *d, const struct cursor *c, struct text_part by)
{
	uint32_t closing = part_find(&by, ']');
	struct text_part host = by, rest = by;

	if (by.length && by.bytes[0] == '[' && closing < by.length) {
		host = part_from(&by, 1);
		host.length = closing - 1;
		rest = part_from(&by, closing + 1);
	} else {
		host.length = part_find(&by, ':');
		rest = part_from(&by, host.length);
		host = trim_folds(host);
	}
	add_part(d, c, SIP_VIA_SENT_BY_ADDRESS, &host);
	uint32_t colon = part_find(&rest, ':');
	if (colon == rest.length)
		return;
	struct text_part port = part_from(&rest, colon + 1);
	uint64_t number;
	port = trim_folds(port);
	if (part_number(&port, UINT16_MAX, &number))
		add_uint(d, c, SIP_VIA_SENT_BY_PORT, port.start, port.length, number);
	else
		note_finding(d, SIP_VIA_SENT_BY_PORT_INVALID, NULL);
}

/* SIP/2.0/UDP host:port;parameters, with blanks around the slashes if one likes. */
static void show_hop(struct dissection *d, const struct cursor *c, struct text_part hop)
{
	struct text_part by = sip_take_value(&hop, ';');
	uint32_t slash = part_find(&by, '/');

	for (unsigned i = 0; i < 2 && slash < by.length; i++) {
		by = part_from(&by, slash + 1);
		slash = i ? by.length : part_find(&by, '/');
	}
	by = skip_blanks(by);
	struct text_part transport = by;
	uint32_t end = 0;
	while (end < by.length && !is_blank(by.bytes[end]) && !memchr("\r\n", by.bytes[end], 2))
		end++;
	transport.length = end;
	by = part_from(&by, end);
	by = trim_folds(by);
	if (by.length && transport.length)
		add_part(d, c, SIP_VIA_TRANSPORT, &transport);
	show_sent_by(d, c, by);
	while (hop.length) {
		struct text_part one = sip_take_value(&hop, ';');
		show_parameter(d, c, one, via_parameters);
		if (part_begins(&one, "oc=")) {
			one = part_from(&one, 3);
			add_number(d, c, SIP_VIA_OC_VAL, &one);
			node_flag(d, last_node(d), NODE_GENERATED);
		}
	}
}

static void show_sequence(struct dissection *d, const struct cursor *c, struct text_part value)
{
	struct text_part number = take_word(&value);

	number = trim_folds(number);
	value = trim_folds(value);
	if (!value.length)
		return;
	add_number(d, c, SIP_CSEQ_SEQ, &number);
	add_part(d, c, SIP_CSEQ_METHOD, &value);
}

static void show_acknowledged(struct dissection *d, const struct cursor *c, struct text_part value)
{
	struct text_part number = take_word(&value);

	add_number(d, c, SIP_RACK_RSEQ_SEQ, &number);
	if (!value.length)
		return;
	number = take_word(&value);
	add_number(d, c, SIP_RACK_CSEQ_SEQ, &number);
	if (value.length)
		add_part(d, c, SIP_RACK_CSEQ_METHOD, &value);
}

/* protocol;cause=number;text="words" */
static void show_cause(struct dissection *d, const struct cursor *c, struct text_part value)
{
	struct text_part protocol = sip_take_value(&value, ';');
	unsigned field = part_is(&protocol, "q.850") ? SIP_REASON_CAUSE_Q850
			 : part_is(&protocol, "sip") ? SIP_REASON_CAUSE_SIP
						     : SIP_REASON_CAUSE_OTHER;

	add_part(d, c, SIP_REASON_PROTOCOLS, &protocol);
	while (value.length) {
		struct text_part one = sip_take_value(&value, ';');
		one = trim_folds(one);
		if (part_begins(&one, "cause=")) {
			one = part_from(&one, 6);
			add_number(d, c, field, &one);
		} else if (part_begins(&one, "text=")) {
			one = part_from(&one, 5);
			bool quoted = one.length >= 2 && one.bytes[0] == '"' &&
				      one.bytes[one.length - 1] == '"';
			one = part_from(&one, quoted);
			one.length -= quoted;
			add_part(d, c, SIP_REASON_TEXT, &one);
		}
	}
}

enum { UUID_BYTES = 16 };

/* 32 hexadecimal digits as bytes in the arena; NULL: it is no such number. */
static const uint8_t *read_uuid(struct dissection *d, const struct text_part *part)
{
	uint8_t *bytes = arena_alloc(&d->arena, UUID_BYTES);

	if (part->length != 2 * UUID_BYTES)
		return NULL;
	for (uint32_t i = 0; i < UUID_BYTES; i++) {
		int high = hex_value(part->bytes[2 * i]), low = hex_value(part->bytes[2 * i + 1]);
		if (high < 0 || low < 0)
			return NULL;
		bytes[i] = (uint8_t)(high << 4 | low);
	}
	return bytes;
}

/* The sender's number alone (RFC 7329), or with the other side's (RFC 7989). */
static void show_session(struct dissection *d, const struct cursor *c, struct text_part value)
{
	struct text_part local = sip_take_value(&value, ';');
	const uint8_t *uuid = read_uuid(d, &local);

	if (!wants_fields(d) || !uuid)
		return;
	bool both = part_begins(&value, "remote=");
	add_bytes(d, c, both ? SIP_SESSION_ID_LOCAL_UUID : SIP_SESSION_ID_SESS_ID, local.start,
		  local.length, uuid, UUID_BYTES);
	while (value.length) {
		struct text_part one = sip_take_value(&value, ';');
		struct text_part remote = part_from(&one, one.length < 7 ? one.length : 7);
		uuid = part_begins(&one, "remote=") ? read_uuid(d, &remote) : NULL;
		if (uuid)
			add_bytes(d, c, SIP_SESSION_ID_REMOTE_UUID, remote.start, remote.length,
				  uuid, UUID_BYTES);
		else
			add_part(d, c, SIP_SESSION_ID_PARAM, &one);
	}
}

static const struct parameter credential_parameters[] = {
	{ "response", SIP_AUTH_DIGEST_RESPONSE },
	{ "nc", SIP_AUTH_NC },
	{ "username", SIP_AUTH_USERNAME },
	{ "realm", SIP_AUTH_REALM },
	{ "nonce", SIP_AUTH_NONCE },
	{ "algorithm", SIP_AUTH_ALGORITHM },
	{ "opaque", SIP_AUTH_OPAQUE },
	{ "qop", SIP_AUTH_QOP },
	{ "cnonce", SIP_AUTH_CNONCE },
	{ "uri", SIP_AUTH_URI },
	{ "domain", SIP_AUTH_DOMAIN },
	{ "stale", SIP_AUTH_STALE },
	{ "auts", SIP_AUTH_AUTS },
	{ "rspauth", SIP_AUTH_RSPAUTH },
	{ "nextnonce", SIP_AUTH_NEXTNONCE },
	{ "ik", SIP_AUTH_IK },
	{ "ck", SIP_AUTH_CK },
	{ NULL, 0 },
};

/* Authentication-Info has no scheme in front. */
static void show_credentials(struct dissection *d, const struct cursor *c, struct text_part value,
			     unsigned field)
{
	if (field != SIP_AUTHENTICATION_INFO) {
		struct text_part scheme = take_word(&value);
		add_part(d, c, SIP_AUTH_SCHEME, &scheme);
		if (!part_is(&scheme, "digest"))
			return;
	}
	show_parameters(d, c, value, ',', credential_parameters);
}

static const struct parameter security_parameters[] = {
	{ "alg", SIP_SEC_MECHANISM_ALG },	{ "ealg", SIP_SEC_MECHANISM_EALG },
	{ "prot", SIP_SEC_MECHANISM_PROT },	{ "spi-c", SIP_SEC_MECHANISM_SPI_C },
	{ "spi-s", SIP_SEC_MECHANISM_SPI_S },	{ "port1", SIP_SEC_MECHANISM_PORT1 },
	{ "port-c", SIP_SEC_MECHANISM_PORT_C }, { "port2", SIP_SEC_MECHANISM_PORT2 },
	{ "port-s", SIP_SEC_MECHANISM_PORT_S }, { NULL, 0 },
};

static void show_security(struct dissection *d, const struct cursor *c, struct text_part rest)
{
	while (rest.length) {
		struct text_part one = sip_take_value(&rest, ',');
		struct text_part mechanism = sip_take_value(&one, ';');
		mechanism = trim_folds(mechanism);
		add_part(d, c, SIP_SEC_MECHANISM, &mechanism);
		show_parameters(d, c, one, ';', security_parameters);
	}
}

static void show_access(struct dissection *d, const struct cursor *c, struct text_part rest)
{
	static const struct parameter known[] = {
		{ "utran-cell-id-3gpp", SIP_P_ACCESS_NETWORK_INFO_UTRAN_CELL_ID_3GPP },
		{ NULL, 0 },
	};

	while (rest.length) {
		struct text_part one = sip_take_value(&rest, ',');
		struct text_part kind = sip_take_value(&one, ';');
		kind = trim_folds(kind);
		add_part(d, c, SIP_P_ACCESS_NETWORK_INFO_ACCESS_TYPE, &kind);
		show_parameters(d, c, one, ';', known);
	}
}

/* --- lines --- */

static const struct sip_header *find_header(const struct text_part *name)
{
	const struct sip_header *header = sip_headers;

	for (; header->name; header++)
		if (name->length == 1 ? (name->bytes[0] | 0x20) == header->letter
				      : part_is(name, header->name))
			return header;
	return NULL;
}

static void show_number(struct dissection *d, const struct text_part *value, unsigned field)
{
	uint64_t number;

	if (read_number(*value, &number))
		return;
	if (field == SIP_CONTENT_LENGTH)
		note_finding(d, SIP_CONTENT_LENGTH_INVALID, NULL);
	else if (field == SIP_RETRY_AFTER)
		note_finding(d, SIP_RETRY_AFTER_INVALID, NULL);
}

static void show_value(struct dissection *d, const struct cursor *c, struct text_part value,
		       const struct sip_header *header)
{
	static const struct parameter charging[] = { { "icid-value", SIP_ICID_VALUE },
						     { NULL, 0 } };

	switch (header->form) {
	case SIP_WORDS:
	case SIP_CALL:
		return;
	case SIP_NUMBER:
		return show_number(d, &value, header->field);
	case SIP_ADDRESS:
		return show_one_address(d, c, value, header->address);
	case SIP_ADDRESSES:
		return show_addresses(d, c, value, header->address);
	case SIP_HOPS:
		while (value.length)
			show_hop(d, c, sip_take_value(&value, ','));
		return;
	case SIP_SEQUENCE:
		return show_sequence(d, c, value);
	case SIP_ACKNOWLEDGED:
		return show_acknowledged(d, c, value);
	case SIP_CAUSE:
		return show_cause(d, c, value);
	case SIP_SESSION:
		return show_session(d, c, value);
	case SIP_CREDENTIALS:
		return show_credentials(d, c, value, header->field);
	case SIP_SECURITY:
		return show_security(d, c, value);
	case SIP_ACCESS:
		return show_access(d, c, value);
	case SIP_CHARGING:
		return show_parameters(d, c, value, ';', charging);
	}
}

static const char *lower_text(struct dissection *d, const struct text_part *part)
{
	char *text = arena_text(&d->arena, (const char *)part->bytes, part->length);

	for (char *at = text; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return text_of(d, (const uint8_t *)text, (uint32_t)strlen(text));
}

static void show_header(struct dissection *d, const struct cursor *c, const struct text_line *line)
{
	struct text_part whole = line_part(line), name = whole;
	uint32_t colon = part_find(&whole, ':');

	if (colon == whole.length) {
		note_finding(d, SIP_HEADER_NO_COLON, NULL);
		return;
	}
	struct text_part value = part_from(&whole, colon + 1);
	value = trim_folds(value);
	name.length = colon;
	name = trim_part(name);
	const struct sip_header *header = find_header(&name);
	unsigned field = header ? header->field : SIP_UNKNOWN_HEADER;
	const char *text = part_text(d, &whole);
	bool number = header && header->form == SIP_NUMBER;
	node_id node =
		number ? add_uint(d, c, field, line->start, line->whole, number_of(&value))
		       : add_text(d, c, field, line->start, line->whole, part_text(d, &value));

	if (!number || value.length != 0)
		label_set(d, node, "%s", text);
	open_node(d, node);
	if (header)
		show_value(d, c, value, header);
	else
		note_finding(d, SIP_UNRECOGNIZED_HEADER, "Unrecognised SIP header (%s)",
			     lower_text(d, &name));
	close_node(d, node);
	if (header && header->form == SIP_CALL)
		node_flag(d,
			  add_text(d, c, SIP_CALL_ID_GENERATED, line->start, line->whole,
				   part_text(d, &value)),
			  NODE_GENERATED);
}

void sip_show_headers(struct dissection *d, struct cursor *c)
{
	struct text_line line, more;
	const uint8_t *next;

	while (take_line(c, &line)) {
		if (line.length == 0 && line.whole)
			return;
		while (cursor_peek(c, 0, 1, &next) && is_blank(*next) && take_line(c, &more)) {
			line.length = more.start - line.start + more.length;
			line.whole = more.start - line.start + more.whole;
		}
		show_header(d, c, &line);
	}
	note_finding(d, SIP_HEADER_NOT_TERMINATED, NULL);
}
