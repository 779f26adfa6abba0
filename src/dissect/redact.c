/* redact.c - every place that says a secret says stars instead, as many. */
#include "dissect/redact.h"

#include <string.h>

#include "base/text.h"
#include "dissect/registry.h"

enum { MASK = '*', SECRETS_LIMIT = 64, LONGEST = 1 << 16, SHORT = 4 };

struct secrets {
	struct {
		const uint8_t *bytes;
		size_t length;
	} list[SECRETS_LIMIT];
	unsigned count;
};

static bool is_secret(const struct node *node)
{
	return node->flags & NODE_SECRET || registry_field(node->field)->flags & FIELD_SECRET;
}

static void add_secret(struct secrets *secrets, const void *bytes, size_t length)
{
	if (!length || length > LONGEST || secrets->count == SECRETS_LIMIT)
		return;
	for (unsigned i = 0; i < secrets->count; i++)
		if (secrets->list[i].length == length &&
		    !memcmp(secrets->list[i].bytes, bytes, length))
			return;
	secrets->list[secrets->count].bytes = bytes;
	secrets->list[secrets->count++].length = length;
}

/* Where the node's secret stands in its buffer: of a header line only its value.  False: nowhere.
 */
static bool place_of(const struct dissection *d, const struct node *node, uint32_t *start,
		     uint32_t *length)
{
	const struct buffer *buffer =
		node->source < d->buffer_count ? &d->buffers[node->source] : NULL;

	*start = node->start;
	*length = node->length;
	if (!buffer || *start > buffer->length || *length > buffer->length - *start)
		return false;
	if (registry_field(node->field)->type != FIELD_TEXT || !node->value.text)
		return true;
	size_t n = strlen(node->value.text);
	const uint8_t *value =
		n ? memmem(buffer->bytes + *start, *length, node->value.text, n) : NULL;
	if (value) {
		*start = (uint32_t)(value - buffer->bytes);
		*length = (uint32_t)n;
	}
	return true;
}

/* As it stands in the packet, as the field says it, and as labels and Info have it. */
static void add_node_secrets(struct dissection *d, const struct node *node, struct secrets *secrets)
{
	uint32_t start, length;

	if (place_of(d, node, &start, &length))
		add_secret(secrets, d->buffers[node->source].bytes + start, length);
	if (registry_field(node->field)->type != FIELD_TEXT || !node->value.text)
		return;
	size_t n = strlen(node->value.text);
	add_secret(secrets, node->value.text, n);
	if (n > LONGEST)
		return;
	char *clean = arena_alloc(&d->arena, 4 * n + 1);
	add_secret(secrets, clean,
		   text_clean(clean, 4 * n + 1, (const uint8_t *)node->value.text, n, false));
}

static bool is_word(uint8_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c >= 0x80;
}

/* A short secret stands for itself only where it is a word. */
static bool stands_alone(const uint8_t *bytes, size_t n, size_t at, size_t length)
{
	return length >= SHORT || ((!at || !is_word(bytes[at - 1])) &&
				   (at + length >= n || !is_word(bytes[at + length])));
}

/* Where the next secret of this kind is, from `at` on; n: nowhere. */
static size_t find(const uint8_t *bytes, size_t n, size_t at, const uint8_t *what, size_t length)
{
	while (at < n && length <= n - at) {
		const uint8_t *found = memmem(bytes + at, n - at, what, length);
		if (!found)
			break;
		at = (size_t)(found - bytes);
		if (stands_alone(bytes, n, at, length))
			return at;
		at++;
	}
	return n;
}

static bool has_secret(const struct secrets *secrets, const uint8_t *bytes, size_t n)
{
	for (unsigned i = 0; i < secrets->count; i++)
		if (find(bytes, n, 0, secrets->list[i].bytes, secrets->list[i].length) < n)
			return true;
	return false;
}

/* The same bytes twice, as one secret may be part of another. */
static void mask(const struct secrets *secrets, const uint8_t *given, uint8_t *bytes, size_t n)
{
	for (unsigned i = 0; i < secrets->count; i++) {
		size_t length = secrets->list[i].length;
		for (size_t at = 0; (at = find(given, n, at, secrets->list[i].bytes, length)) < n;
		     at += length)
			memset(bytes + at, MASK, length);
	}
}

static uint8_t *masked(struct dissection *d, const struct secrets *secrets, const uint8_t *bytes,
		       size_t n)
{
	uint8_t *copy = arena_alloc(&d->arena, n + 1);

	memcpy(copy, bytes, n);
	copy[n] = '\0';
	mask(secrets, bytes, copy, n);
	return copy;
}

static const char *masked_text(struct dissection *d, const struct secrets *secrets,
			       const char *text)
{
	size_t n = text ? strlen(text) : 0;

	if (!n || !has_secret(secrets, (const uint8_t *)text, n))
		return text;
	return (const char *)masked(d, secrets, (const uint8_t *)text, n);
}

static bool points_at_bytes(enum field_type type)
{
	return type == FIELD_BYTES || type == FIELD_PROTOCOL || type == FIELD_ETHER ||
	       type == FIELD_IPV6 || type == FIELD_GUID || type == FIELD_OID;
}

static void move_values(struct dissection *d, const uint8_t *old, size_t n, const uint8_t *copy)
{
	for (node_id i = 0; i < d->node_count; i++) {
		struct node *node = &d->nodes[i];
		if (points_at_bytes(registry_field(node->field)->type) &&
		    node->value.bytes >= old && node->value.bytes <= old + n)
			node->value.bytes = copy + (node->value.bytes - old);
	}
}

static void mask_buffers(struct dissection *d, const struct secrets *secrets)
{
	for (unsigned i = 0; i < d->buffer_count; i++) {
		struct buffer *buffer = &d->buffers[i];
		const uint8_t *old = buffer->bytes;
		uint8_t *copy = masked(d, secrets, old, buffer->length);
		for (node_id n = 0; n < d->node_count; n++) {
			const struct node *node = &d->nodes[n];
			uint32_t start, length;
			if (node->source == i && is_secret(node) &&
			    place_of(d, node, &start, &length))
				memset(copy + start, MASK, length);
		}
		move_values(d, old, buffer->length, copy);
		buffer->bytes = copy;
	}
}

static void mask_value(struct dissection *d, const struct secrets *secrets, struct node *node)
{
	enum field_type type = registry_field(node->field)->type;

	if (type == FIELD_TEXT && node->value.text && is_secret(node)) {
		size_t n = strlen(node->value.text);
		char *stars = arena_alloc(&d->arena, n + 1);
		memset(stars, MASK, n);
		stars[n] = '\0';
		node->value.text = stars;
	} else if (type == FIELD_TEXT) {
		node->value.text = masked_text(d, secrets, node->value.text);
	} else if (type == FIELD_BYTES && node->value.bytes &&
		   has_secret(secrets, node->value.bytes, node->value_length)) {
		node->value.bytes = masked(d, secrets, node->value.bytes, node->value_length);
	}
}

void redact(struct dissection *d)
{
	struct secrets secrets = { .count = 0 };

	for (node_id i = 0; i < d->node_count; i++)
		if (is_secret(&d->nodes[i]))
			add_node_secrets(d, &d->nodes[i], &secrets);
	if (!secrets.count)
		return;
	/* What the list points at stays as it is: only copies are masked. */
	mask_buffers(d, &secrets);
	for (node_id i = 0; i < d->node_count; i++)
		mask_value(d, &secrets, &d->nodes[i]);
	for (uint32_t i = 1; i < d->label_count; i++)
		d->labels[i] = masked_text(d, &secrets, d->labels[i]);
	for (uint32_t i = 0; i < d->finding_count; i++)
		d->findings[i].words = masked_text(d, &secrets, d->findings[i].words);
	if (d->info_length) {
		const uint8_t *copy = masked(d, &secrets, (const uint8_t *)d->info, d->info_length);
		memcpy(d->info, copy, d->info_length);
	}
}
