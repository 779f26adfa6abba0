/* x509.c - certificates, RFC 5280, in DER (X.690).
 *
 * A damaged certificate is noted, and the handshake around it goes on. */
#include <string.h>

#include "x509.h"

/* --- times --- */

static bool two_digits(const uint8_t *at, int *number)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return false;
	*number = (at[0] - '0') * 10 + at[1] - '0';
	return true;
}

/* Days since 1970 in the Gregorian calendar. */
static int64_t days_of(int year, int month, int day)
{
	year -= month <= 2;
	int64_t era = year / 400;
	int64_t of_era = year - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct date {
	int year, month, day, hour, minute, second;
};

/* YYMMDDhhmm[ss]Z or, four digits in front, YYYYMMDDhhmmssZ (RFC 5280, 4.1.2.5). */
static bool read_date(const struct der *der, struct date *date)
{
	const uint8_t *at = der->bytes;
	uint32_t n = der->length;
	int century = 0;

	if (der->tag == DER_GENERALIZED_TIME) {
		if (n < 14 || !two_digits(at, &century))
			return false;
		at += 2;
		n -= 2;
	}
	if (n < 10 || !two_digits(at, &date->year) || !two_digits(at + 2, &date->month) ||
	    !two_digits(at + 4, &date->day) || !two_digits(at + 6, &date->hour) ||
	    !two_digits(at + 8, &date->minute))
		return false;
	date->second = 0;
	if (n >= 12 && !two_digits(at + 10, &date->second))
		date->second = 0;
	if (der->tag == DER_UTC_TIME)
		century = date->year < 50 ? 20 : 19;
	date->year += century * 100;
	return date->month >= 1 && date->month <= 12;
}

static int64_t seconds_of(const struct date *date)
{
	return ((days_of(date->year, date->month, date->day) * 24 + date->hour) * 60 +
		date->minute) *
		       60 +
	       date->second;
}

/* Seconds since 1970, or *known false. */
static int64_t show_time(struct dissection *d, const struct der *time, unsigned field, bool *known)
{
	struct date date = { 0 };
	bool general = time->tag == DER_GENERALIZED_TIME;

	*known = read_date(time, &date);
	int64_t seconds = *known ? seconds_of(&date) : 0;
	node_id tree = add_uint(d, &time->body, field, time->start, time->length, general);
	open_node(d, tree);
	if (!*known) {
		note_finding(d, TLS_CERTIFICATE_DAMAGED, "The time is damaged");
	} else if (general) {
		/* Years up to 9999 do not fit in nanoseconds: the last that do stand for them. */
		int64_t most = INT64_MAX / 1000000000;
		add_uint(d, &time->body, X509_GENERALIZED_TIME, time->start, time->length,
			 (uint64_t)((seconds < most ? seconds : most) * 1000000000));
	} else {
		add_text(d, &time->body, X509_UTC_TIME, time->start, time->length,
			 arena_printf(&d->arena, "%04d-%02d-%02d %02d:%02d:%02d (UTC)", date.year,
				      date.month, date.day, date.hour, date.minute, date.second));
	}
	close_node(d, tree);
	return seconds;
}

static void show_validity(struct dissection *d, const struct der *validity)
{
	struct cursor body = validity->body;
	struct der before, after;
	bool before_known = false, after_known = false;
	int64_t from = 0, until = 0, now = d->packet.time_ns / 1000000000;

	node_id tree = add_node(d, &body, X509_VALIDITY, validity->start, validity->length);
	open_node(d, tree);
	if (take_der(&body, &before))
		from = show_time(d, &before, X509_NOT_BEFORE, &before_known);
	if (take_der(&body, &after))
		until = show_time(d, &after, X509_NOT_AFTER, &after_known);
	if (d->packet.has_time && before_known && now < from)
		note_finding(d, TLS_CERTIFICATE_DATES, "The certificate is not valid yet");
	else if (d->packet.has_time && after_known && now > until)
		note_finding(d, TLS_CERTIFICATE_DATES, "The certificate has expired");
	close_node(d, tree);
}

/* --- keys and algorithms --- */

static void show_algorithm(struct dissection *d, const struct der *algorithm, unsigned field)
{
	struct cursor body = algorithm->body;
	struct der oid, parameter;

	node_id tree = add_node(d, &body, field, algorithm->start, algorithm->length);
	if (!take_tagged(&body, DER_OID, &oid))
		return;
	const char *name = x509_oid_name(&oid);
	if (name)
		label(d, tree, " (%s)", name);
	open_node(d, tree);
	x509_add_oid(d, &body, X509_ALGORITHM, &oid);
	if (take_tagged(&body, DER_OID, &parameter))
		x509_add_oid(d, &body, X509_CURVE, &parameter);
	close_node(d, tree);
}

/* An integer of any length, in hexadecimal. */
static void show_number(struct dissection *d, const struct cursor *c, unsigned field,
			const struct der *number)
{
	enum { SHOWN = 36 };
	node_id node = add_bytes(d, c, field, number->start, number->length, number->bytes,
				 number->length);
	char digits[2 * SHOWN + 1];
	uint32_t n = number->length < SHOWN ? number->length : SHOWN;

	for (uint32_t i = 0; i < n; i++) {
		digits[2 * i] = "0123456789abcdef"[number->bytes[i] >> 4];
		digits[2 * i + 1] = "0123456789abcdef"[number->bytes[i] & 15];
	}
	digits[2 * n] = '\0';
	label_set(d, node, "%s: 0x%s%s", tls_fields[field].name, digits,
		  number->length > SHOWN ? "…" : "");
}

static void show_rsa_key(struct dissection *d, struct cursor c)
{
	struct der key, modulus, exponent;

	if (!take_tagged(&c, DER_SEQUENCE, &key))
		return;
	c = key.body;
	if (!take_tagged(&c, DER_INTEGER, &modulus) || !take_tagged(&c, DER_INTEGER, &exponent))
		return;
	show_number(d, &c, X509_MODULUS, &modulus);
	add_uint(d, &c, X509_EXPONENT, exponent.start, exponent.length, der_unsigned(&exponent));
}

static void show_key_info(struct dissection *d, const struct der *info)
{
	struct cursor body = info->body;
	struct der algorithm, key;

	node_id tree = add_node(d, &body, X509_KEY_INFO, info->start, info->length);
	open_node(d, tree);
	if (take_tagged(&body, DER_SEQUENCE, &algorithm))
		show_algorithm(d, &algorithm, X509_KEY_ALGORITHM);
	if (take_tagged(&body, DER_BIT_STRING, &key) && key.length) {
		struct cursor inner = key.body, id = algorithm.body;
		struct der oid;
		cursor_skip(&inner, 1);
		node_id bits = add_bytes(d, &body, X509_KEY, key.start + 1, key.length - 1,
					 key.bytes + 1, key.length - 1);
		open_node(d, bits);
		if (take_tagged(&id, DER_OID, &oid) && x509_oid_is(&oid, "rsaEncryption"))
			show_rsa_key(d, inner);
		close_node(d, bits);
	}
	close_node(d, tree);
}

/* --- a certificate --- */

static const char *show_signed_part(struct dissection *d, const struct der *part)
{
	struct cursor body = part->body;
	const char *subject = "";
	struct der der;

	if (take_tagged(&body, DER_CONSTRUCTED, &der)) {
		struct cursor version = der.body;
		if (take_tagged(&version, DER_INTEGER, &der) && der.length == 1)
			add_uint(d, &body, X509_VERSION, der.start, 1, der.bytes[0]);
	}
	if (take_tagged(&body, DER_INTEGER, &der))
		show_number(d, &body, X509_SERIAL, &der);
	if (take_tagged(&body, DER_SEQUENCE, &der))
		show_algorithm(d, &der, X509_SIGNATURE);
	if (take_tagged(&body, DER_SEQUENCE, &der))
		x509_show_name(d, &der, X509_ISSUER, X509_RDN_SEQUENCE);
	if (take_tagged(&body, DER_SEQUENCE, &der))
		show_validity(d, &der);
	if (take_tagged(&body, DER_SEQUENCE, &der)) {
		x509_show_name(d, &der, X509_SUBJECT, X509_SUBJECT_SEQUENCE);
		if (d->wants & WANT_LABELS)
			subject = x509_name_words(d, der.body, false);
	}
	if (take_tagged(&body, DER_SEQUENCE, &der))
		show_key_info(d, &der);
	while (take_der(&body, &der))
		if (der.tag == DER_CONSTRUCTED + 3)
			x509_show_extensions(d, der.body);
	return subject;
}

static const char *show_parts(struct dissection *d, struct cursor c)
{
	const char *subject = "";
	struct der outer, part, der;

	if (!take_tagged(&c, DER_SEQUENCE, &outer)) {
		note_finding(d, TLS_CERTIFICATE_DAMAGED, NULL);
		return subject;
	}
	c = outer.body;
	if (!take_tagged(&c, DER_SEQUENCE, &part)) {
		note_finding(d, TLS_CERTIFICATE_DAMAGED, NULL);
		return subject;
	}
	node_id tree = add_node(d, &c, X509_SIGNED, part.start, part.length);
	open_node(d, tree);
	subject = show_signed_part(d, &part);
	close_node(d, tree);
	if (take_tagged(&c, DER_SEQUENCE, &der))
		show_algorithm(d, &der, X509_SIGNATURE_ALGORITHM);
	if (take_tagged(&c, DER_BIT_STRING, &der) && der.length) {
		add_uint(d, &c, X509_PADDING, der.start, 1, der.bytes[0]);
		add_bytes(d, &c, X509_ENCRYPTED, der.start + 1, der.length - 1, der.bytes + 1,
			  der.length - 1);
	}
	return subject;
}

void x509_certificate(struct dissection *d, struct cursor c, node_id node)
{
	open_node(d, node);
	const char *subject = show_parts(d, c);
	close_node(d, node);
	if (subject[0])
		label(d, node, " (%s)", subject);
}
