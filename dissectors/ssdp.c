/* ssdp.c - Simple Service Discovery Protocol (UPnP Device Architecture 2.0, 1): HTTP's messages in
 * datagrams to a group. */
#include <string.h>

#include "dissect/text_line.h"
#include "http_fields.h"
#include "http_message.h"

static const struct field ssdp_fields[] = {
	{ "ssdp", "Simple Service Discovery Protocol", FIELD_PROTOCOL },
};

static void ssdp_dissect(struct dissection *d, struct cursor *c)
{
	use_fields_of(d, &http_dissector);
	http_dissect(d, c);
}

/* What only devices and those who look for them send (UPnP Device Architecture 2.0, 1.2 and 1.3).
 */
static bool ssdp_looks_like(const struct dissection *d, const struct cursor *c)
{
	static const struct {
		const char *first, *field;
	} kinds[] = {
		{ "M-SEARCH * HTTP/1.1", "ST:" },
		{ "NOTIFY * HTTP/1.1", "NTS:" },
		{ "HTTP/1.1 200 OK", "USN:" },
	};
	struct cursor at = *c;
	struct text_line line;
	const uint8_t *first;

	(void)d;
	if (!cursor_peek(c, 0, 1, &first) || !memchr("MNH", *first, 3) || !take_line(&at, &line))
		return false;
	struct text_part words = line_part(&line);
	for (unsigned i = 0; i < COUNT(kinds); i++) {
		if (!part_equals(&words, kinds[i].first))
			continue;
		while (take_line(&at, &line)) {
			struct text_part header = line_part(&line);
			if (part_begins(&header, kinds[i].field))
				return true;
		}
	}
	return false;
}

static const struct claim ssdp_claims[] = { { BY_UDP_PORT, 1900 } };

const struct dissector ssdp_dissector = {
	.name = "ssdp",
	.short_name = "SSDP",
	.title = "Simple Service Discovery Protocol",
	.fields = ssdp_fields,
	.field_count = COUNT(ssdp_fields),
	.claims = ssdp_claims,
	.claim_count = COUNT(ssdp_claims),
	.borrows = &http_dissector,
	.dissect = ssdp_dissect,
	.looks_like = ssdp_looks_like,
	.at_beginning = true,
};
