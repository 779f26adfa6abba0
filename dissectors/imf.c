/* imf.c - Internet Message Format, RFC 5322: a mail's header, and what stands below it.
 *
 * Whoever carries mail (SMTP, POP, IMAP) hands it on whole, or as far as it has it. */
#include <string.h>

#include "dissect/object.h"
#include "imf.h"
#include "mail_words.h"
#include "media_type.h"
#include "transfer_encoding.h"

/* RFC 5322 section 3.6, RFC 2045 section 3 and what else is common. */
enum value_form { FORM_TEXT, FORM_MAILBOXES, FORM_ADDRESSES, FORM_TYPE };

static const struct header_name {
	const char *name;
	uint8_t field, form;
} header_names[] = {
	{ "Date", IMF_DATE, FORM_TEXT },
	{ "From", IMF_FROM, FORM_MAILBOXES },
	{ "Sender", IMF_SENDER, FORM_MAILBOXES },
	{ "Reply-To", IMF_REPLY_TO, FORM_ADDRESSES },
	{ "To", IMF_TO, FORM_ADDRESSES },
	{ "Cc", IMF_CC, FORM_ADDRESSES },
	{ "Bcc", IMF_BCC, FORM_ADDRESSES },
	{ "Message-ID", IMF_MESSAGE_ID, FORM_TEXT },
	{ "In-Reply-To", IMF_IN_REPLY_TO, FORM_TEXT },
	{ "References", IMF_REFERENCES, FORM_TEXT },
	{ "Subject", IMF_SUBJECT, FORM_TEXT },
	{ "Comments", IMF_COMMENTS, FORM_TEXT },
	{ "Keywords", IMF_KEYWORDS, FORM_TEXT },
	{ "Resent-Date", IMF_RESENT_DATE, FORM_TEXT },
	{ "Resent-From", IMF_RESENT_FROM, FORM_MAILBOXES },
	{ "Resent-Sender", IMF_RESENT_SENDER, FORM_MAILBOXES },
	{ "Resent-To", IMF_RESENT_TO, FORM_ADDRESSES },
	{ "Resent-Cc", IMF_RESENT_CC, FORM_ADDRESSES },
	{ "Resent-Bcc", IMF_RESENT_BCC, FORM_ADDRESSES },
	{ "Resent-Message-ID", IMF_RESENT_MESSAGE_ID, FORM_TEXT },
	{ "Return-Path", IMF_RETURN_PATH, FORM_TEXT },
	{ "Received", IMF_RECEIVED, FORM_TEXT },
	{ "MIME-Version", IMF_MIME_VERSION, FORM_TEXT },
	{ "Content-Type", IMF_CONTENT_TYPE, FORM_TYPE },
	{ "Content-Transfer-Encoding", IMF_CONTENT_TRANSFER_ENCODING, FORM_TEXT },
	{ "Content-ID", IMF_CONTENT_ID, FORM_TEXT },
	{ "Content-Description", IMF_CONTENT_DESCRIPTION, FORM_TEXT },
	{ "Content-Language", IMF_CONTENT_LANGUAGE, FORM_TEXT },
	{ "Autosubmitted", IMF_AUTOSUBMITTED, FORM_TEXT },
	{ "Importance", IMF_IMPORTANCE, FORM_TEXT },
	{ "Priority", IMF_PRIORITY, FORM_TEXT },
	{ "Sensitivity", IMF_SENSITIVITY, FORM_TEXT },
	{ "Precedence", IMF_PRECEDENCE, FORM_TEXT },
	{ "Delivered-To", IMF_DELIVERED_TO, FORM_TEXT },
	{ "User-Agent", IMF_USER_AGENT, FORM_TEXT },
	{ "Thread-Index", IMF_THREAD_INDEX, FORM_TEXT },
	{ "Lines", IMF_LINES, FORM_TEXT },
	{ "X-Mailer", IMF_MAILER, FORM_TEXT },
	{ "X-MimeOLE", IMF_MIMEOLE, FORM_TEXT },
	{ "Expiry-Date", IMF_EXPIRY_DATE, FORM_TEXT },
	{ "X-UIDL", IMF_UIDL, FORM_TEXT },
	{ "X-Authentication-Warning", IMF_AUTHENTICATION_WARNING, FORM_TEXT },
	{ "X-Virus-Scanned", IMF_VIRUS_SCANNED, FORM_TEXT },
	{ "X-Original-To", IMF_ORIGINAL_TO, FORM_TEXT },
};

enum { SHOWN_HEADERS = 1000, SHOWN_ITEMS = 200, SHOWN_LINES = 10000 };

/* One field of the header, with the lines it is folded over. */
struct imf_header {
	struct text_part name, value; /* the value without blanks at both ends; it may hold CR LF */
	uint32_t whole;		      /* with the end of its last line */
	const struct header_name *known;
};

static const struct header_name *known_header(const struct text_part *name)
{
	for (unsigned i = 0; i < COUNT(header_names); i++)
		if (part_is(name, header_names[i].name))
			return &header_names[i];
	return NULL;
}

/* RFC 5322 section 2.2: a name, a colon, and lines that begin with a blank.  False: the header
 * ends here; an empty line is stepped over. */
static bool take_header(struct cursor *c, struct imf_header *header)
{
	struct cursor at = *c;
	const uint8_t *next;
	struct text_line line;

	if (!take_line(&at, &line))
		return false;
	if (!line.length) {
		*c = at;
		return false;
	}
	struct text_part all = line_part(&line);
	uint32_t colon = part_find(&all, ':');
	if (colon == all.length)
		return false;
	uint32_t whole = line.whole;
	while (cursor_peek(&at, 0, 1, &next) && is_blank(*next) && take_line(&at, &line))
		whole += line.whole;
	all.length = whole - (line.whole - line.length);
	header->name = trim_part((struct text_part){ all.bytes, all.start, colon });
	header->value = part_from(&all, colon + 1);
	header->value = trim_part(header->value);
	header->whole = whole;
	header->known = known_header(&header->name);
	*c = at;
	return true;
}

/* --- values --- */

static void show_decoded(struct dissection *d, const struct text_part *value)
{
	const char *text = mail_words(d, value);

	if (text)
		put_text(d, IMF_DECODED, text);
}

/* RFC 5322 section 3.4: "Name <address>", or an address alone. */
static void show_item(struct dissection *d, const struct cursor *c, unsigned field,
		      struct text_part item)
{
	uint32_t open = part_find(&item, '<');
	node_id tree = add_part(d, c, field, &item);

	open_node(d, tree);
	if (open == item.length) {
		add_part(d, c, IMF_ADDRESS, &item);
	} else {
		struct text_part name =
			trim_part((struct text_part){ item.bytes, item.start, open });
		struct text_part address = part_from(&item, open + 1);
		address.length = part_find(&address, '>');
		if (name.length)
			add_part(d, c, IMF_DISPLAY_NAME, &name);
		add_part(d, c, IMF_ADDRESS, &address);
	}
	close_node(d, tree);
}

/* Up to the next comma that is in no quotes, comment or angle brackets. */
static uint32_t item_length(const struct text_part *rest)
{
	bool quoted = false, angle = false;
	unsigned depth = 0;

	for (uint32_t i = 0; i < rest->length; i++) {
		uint8_t byte = rest->bytes[i];
		if (byte == '\\' && (quoted || depth))
			i++;
		else if (byte == '"' && !depth)
			quoted = !quoted;
		else if (quoted)
			continue;
		else if (byte == '(')
			depth++;
		else if (byte == ')' && depth)
			depth--;
		else if (!depth && (byte == '<' || byte == '>'))
			angle = byte == '<';
		else if (byte == ',' && !depth && !angle)
			return i;
	}
	return rest->length;
}

static void show_items(struct dissection *d, const struct cursor *c, node_id tree,
		       const struct imf_header *header)
{
	unsigned field =
		header->known->form == FORM_MAILBOXES ? IMF_MAILBOX_ITEM : IMF_ADDRESS_ITEM;
	struct text_part rest = header->value;
	unsigned count = 0;

	open_node(d, tree);
	while (rest.length) {
		struct text_part item = rest;
		item.length = item_length(&rest);
		rest = part_from(&rest, item.length < rest.length ? item.length + 1 : item.length);
		item = trim_folds(item);
		if (!item.length)
			continue;
		if (++count <= SHOWN_ITEMS)
			show_item(d, c, field, item);
	}
	show_decoded(d, &header->value);
	if (count > SHOWN_ITEMS)
		note_finding(d, IMF_TOO_MANY, "%u addresses, of which %u are shown", count,
			     SHOWN_ITEMS);
	close_node(d, tree);
	label(d, tree, ", %u item%s", count, count == 1 ? "" : "s");
}

static void show_type(struct dissection *d, const struct cursor *c, node_id tree,
		      const struct text_part *value)
{
	struct text_part type = *value;

	type.length = part_find(value, ';');
	struct text_part parameters =
		part_from(value, type.length < value->length ? type.length + 1 : type.length);
	type = trim_part(type);
	open_node(d, tree);
	add_part(d, c, IMF_CONTENT_TYPE_TYPE, &type);
	if (parameters.length)
		add_part(d, c, IMF_CONTENT_TYPE_PARAMETERS, &parameters);
	close_node(d, tree);
}

static void show_extension(struct dissection *d, const struct cursor *c,
			   const struct imf_header *header)
{
	struct text_part all = { header->name.bytes, header->name.start,
				 (uint32_t)(header->value.bytes - header->name.bytes) +
					 header->value.length };
	node_id tree = add_part(d, c, IMF_EXTENSION, &all);

	open_node(d, tree);
	add_part(d, c, IMF_EXTENSION_TYPE, &header->name);
	add_part(d, c, IMF_EXTENSION_VALUE, &header->value);
	show_decoded(d, &header->value);
	close_node(d, tree);
}

static void show_header(struct dissection *d, const struct cursor *c,
			const struct imf_header *header)
{
	if (!header->known) {
		show_extension(d, c, header);
		return;
	}
	node_id tree = add_part(d, c, header->known->field, &header->value);
	if (header->known->form == FORM_TYPE) {
		show_type(d, c, tree, &header->value);
	} else if (header->known->form != FORM_TEXT) {
		show_items(d, c, tree, header);
	} else {
		open_node(d, tree);
		show_decoded(d, &header->value);
		close_node(d, tree);
	}
}

/* --- the message --- */

static void show_text(struct dissection *d, struct cursor *c)
{
	struct text_line line;
	unsigned shown = 0;
	node_id tree = open_tree(d, c, IMF_MESSAGE_TEXT);

	for (; take_line(c, &line) && shown < SHOWN_LINES; shown++) {
		struct text_part words = line_part(&line);
		const char *text = part_text(d, &words);
		/* As the end of the line is shown where there are no lines. */
		info(d, ", %s%s", text, &"  "[2 - (line.whole - line.length)]);
		node_id node = add_text(d, c, IMF_MESSAGE_LINE, line.start, line.whole, text);
		label_set(d, node, "%s", text);
	}
	if (cursor_left(c))
		note_finding(d, IMF_TOO_MANY, "Lines after the first %u are not shown",
			     SHOWN_LINES);
	cursor_skip(c, cursor_left(c));
	close_tree(d, tree, c);
}

/* "SMTP/IMF"; of a second mail in the packet only what is said is added. */
static void begin_columns(struct dissection *d)
{
	static const char own[] = "/IMF";
	const char *above = d->protocol;
	size_t n = strlen(above);
	bool again = n >= sizeof own - 1 && !strcmp(above + n - (sizeof own - 1), own);

	if (!(d->wants & WANT_COLUMNS))
		return;
	char *both = arena_alloc(&d->arena, n + sizeof own);
	memcpy(both, above, n);
	memcpy(both + n, own, sizeof own);
	info_begin(d);
	info(d, "%s", d->info_fence && !again ? " | " : "");
	info_protocol(d, both);
}

static void offer_mail(struct dissection *d, const struct cursor *c,
		       const struct text_part *subject)
{
	static const char suffix[] = ".eml";
	struct object_part part = { .kind = "imf",
				    .type = "message/rfc822",
				    .length = cursor_left(c) };

	if (!d->tells_objects || !cursor_peek(c, 0, part.length, &part.bytes))
		return;
	const char *words = subject->length ? part_text(d, subject) : "mail";
	size_t n = strlen(words);
	char *name = arena_alloc(&d->arena, n + sizeof suffix);
	memcpy(name, words, n);
	memcpy(name + n, suffix, sizeof suffix);
	part.name = name;
	part.last = part.length == cursor_sent(c);
	offer_object(d, &part);
}

static void imf_dissect(struct dissection *d, struct cursor *c)
{
	struct text_part type = { 0 }, encoding = { 0 };
	struct imf_header header;
	struct text_part subject = { 0 };
	struct cursor at = *c;
	unsigned count = 0;

	begin_columns(d);
	while (take_header(&at, &header)) {
		if (header.known && header.known->field == IMF_FROM) {
			info(d, "from: %s, ", part_text(d, &header.value));
		} else if (header.known && header.known->field == IMF_SUBJECT) {
			subject = header.value;
			info(d, "subject: %s, ", part_text(d, &header.value));
		} else if (header.known && header.known->form == FORM_TYPE) {
			type = header.value;
		} else if (header.known && header.known->field == IMF_CONTENT_TRANSFER_ENCODING) {
			encoding = header.value;
		}
		if (wants_fields(d) && count < SHOWN_HEADERS)
			show_header(d, c, &header);
		count++;
	}
	offer_mail(d, c, &subject);
	if (count > SHOWN_HEADERS)
		note_finding(d, IMF_TOO_MANY, "%u header fields, of which %u are shown", count,
			     SHOWN_HEADERS);
	end_header(d, &at);
	if (!type.length && !only_learning(d))
		show_text(d, &at);
	info_fence(d);
	if (type.length && cursor_left(&at))
		hand_on_media_within(d, type, transfer_decoded(d, &at, &encoding));
}

const struct dissector imf_dissector = {
	.name = "imf",
	.short_name = "IMF",
	.title = "Internet Message Format",
	.fields = imf_fields,
	.field_count = IMF_FIELDS,
	.dissect = imf_dissect,
};
