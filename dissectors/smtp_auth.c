/* smtp_auth.c - SMTP's authentication, RFC 4954: names and passwords, in base64. */
#include <string.h>

#include "smtp.h"

static const char *decoded(struct dissection *d, const struct text_part *part)
{
	uint8_t *plain = arena_alloc(&d->arena, (size_t)part->length + 1);
	int64_t n = base64_decode(plain, part->bytes, part->length);

	if (n < 0) {
		note_finding(d, SMTP_BASE64_DECODE, "Not base64");
		return part_text(d, part);
	}
	return text_of(d, plain, (uint32_t)n);
}

static void show_decoded(struct dissection *d, const struct cursor *c, unsigned field,
			 const struct text_part *part)
{
	if (d->wants & WANT_FIELDS)
		add_text(d, c, field, part->start, part->length, decoded(d, part));
}

/* RFC 4616: an identity to act as, the user and the password, each after a 0. */
static void show_plain(struct dissection *d, const struct cursor *c, const struct text_part *part)
{
	uint8_t *plain;
	const uint8_t *user, *password;

	if (!(d->wants & WANT_FIELDS))
		return;
	plain = arena_alloc(&d->arena, (size_t)part->length + 1);
	int64_t n = base64_decode(plain, part->bytes, part->length);
	if (n < 0 || !(user = memchr(plain, 0, (size_t)n))) {
		add_part(d, c, SMTP_AUTH_USERNAME_PASSWORD, part);
		note_finding(d, SMTP_BASE64_DECODE, "Not base64 of a user and a password");
		return;
	}
	uint32_t left = (uint32_t)(plain + n - ++user);
	password = left ? memchr(user, 0, left) : NULL;
	uint32_t length = password ? (uint32_t)(password - user) : left;
	add_text(d, c, SMTP_AUTH_USERNAME, part->start, part->length, text_of(d, user, length));
	if (password)
		add_text(d, c, SMTP_AUTH_PASSWORD, part->start, part->length,
			 text_of(d, password + 1, left - length - 1));
}

void smtp_take_auth(struct dissection *d, const struct cursor *c, struct text_part rest,
		    uint8_t *step)
{
	struct text_part mechanism = take_word(&rest);
	bool initial = rest.length > 0;

	if (part_is(&mechanism, "LOGIN")) {
		*step = initial ? AUTH_PASSWORD : AUTH_USERNAME;
		if (initial)
			show_decoded(d, c, SMTP_AUTH_USERNAME, &rest);
	} else if (part_is(&mechanism, "PLAIN")) {
		*step = initial ? AUTH_OTHER : AUTH_PLAIN;
		if (initial)
			show_plain(d, c, &rest);
	} else {
		*step = AUTH_OTHER;
	}
}

void smtp_show_auth_line(struct dissection *d, const struct cursor *c, const struct text_line *line,
			 uint8_t *step)
{
	struct text_part part = line_part(line);

	if (*step == AUTH_USERNAME) {
		info(d, "User: %s", part_text(d, &part));
		show_decoded(d, c, SMTP_AUTH_USERNAME, &part);
		*step = AUTH_PASSWORD;
	} else if (*step == AUTH_PASSWORD) {
		info(d, "Pass: %s", part_text(d, &part));
		show_decoded(d, c, SMTP_AUTH_PASSWORD, &part);
		*step = AUTH_OTHER;
	} else if (*step == AUTH_PLAIN) {
		info(d, "%s", part_text(d, &part));
		show_plain(d, c, &part);
		*step = AUTH_OTHER;
	} else {
		info(d, "%s", part_text(d, &part));
		add_part(d, c, SMTP_AUTH_LINE, &part);
	}
}
