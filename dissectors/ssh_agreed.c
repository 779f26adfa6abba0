/* ssh_agreed.c - which methods both sides agreed on: RFC 4253, 7.1.
 *
 * Of the lists of the side that speaks first only hashes of the names are kept: those that count
 * are in the other side's, too.  What both come to is a fact of the packet that completes them,
 * which all messages of the connection name. */
#include <string.h>

#include "base/hash.h"
#include "state/conversation.h"
#include "state/facts.h"
#include "ssh.h"

enum {
	LONGEST_OFFER = 1 << 14,
	MOST_NAMES = 64,   /* of a list */
	LONGEST_NAME = 64, /* RFC 4251, 6 */
};

struct name_list {
	const uint8_t *at;
	uint32_t length;
};

/* What is kept of the names of one. */
struct kept_list {
	const uint32_t *hashes;
	unsigned count;
};

static struct name_list list_numbered(const uint8_t *bytes, uint32_t n, unsigned which)
{
	struct name_list list = { NULL, 0 };

	for (;; which--) {
		if (n < 4 || load_be32(bytes) > n - 4)
			return (struct name_list){ NULL, 0 };
		list = (struct name_list){ bytes + 4, load_be32(bytes) };
		if (!which)
			return list;
		bytes += 4 + list.length;
		n -= 4 + list.length;
	}
}

/* Bytes of the name at the beginning, without the comma. */
static uint32_t name_length(const struct name_list *list)
{
	const uint8_t *comma = list->length ? memchr(list->at, ',', list->length) : NULL;

	return comma ? (uint32_t)(comma - list->at) : list->length;
}

static void step_over(struct name_list *list, uint32_t name)
{
	uint32_t n = name < list->length ? name + 1 : name;

	list->at += n;
	list->length -= n;
}

static const uint8_t lists_agreed[AGREED_NAMES] = {
	LIST_KEX,
	LIST_CIPHER_TO_SERVER,
	LIST_CIPHER_TO_CLIENT,
	LIST_COMPRESSION_TO_SERVER,
	LIST_COMPRESSION_TO_CLIENT,
};

static uint32_t hash_of(const uint8_t *name, uint32_t n)
{
	return (uint32_t)hash_bytes(name, n);
}

/* The first name of a list with this hash; its length, 0: there is none. */
static uint32_t find_name(struct name_list list, uint32_t hash, const uint8_t **name)
{
	for (unsigned i = 0; list.length && i < MOST_NAMES; i++) {
		uint32_t n = name_length(&list);
		*name = list.at;
		if (n && n <= LONGEST_NAME && hash_of(list.at, n) == hash)
			return n;
		step_over(&list, n);
	}
	return 0;
}

static bool has_hash(const struct kept_list *kept, uint32_t hash)
{
	for (unsigned i = 0; i < kept->count; i++)
		if (kept->hashes[i] == hash)
			return true;
	return false;
}

/* The client's first that the server has too; its length, 0: there is none. */
static uint32_t choose(const struct kept_list *kept, bool of_server, struct name_list now,
		       const uint8_t **name)
{
	uint32_t n = 0;

	if (!of_server) {
		for (unsigned i = 0; !n && i < kept->count; i++)
			n = find_name(now, kept->hashes[i], name);
		return n;
	}
	for (unsigned i = 0; now.length && i < MOST_NAMES; i++) {
		n = name_length(&now);
		*name = now.at;
		if (n && n <= LONGEST_NAME && has_hash(kept, hash_of(now.at, n)))
			return n;
		step_over(&now, n);
	}
	return 0;
}

static void learn_agreed(struct dissection *d, const struct ssh_offers *offers,
			 const uint8_t *bytes, uint32_t length)
{
	const uint32_t *hashes = offers->hashes;
	char names[AGREED_NAMES * (LONGEST_NAME + 1)];
	uint16_t starts[AGREED_NAMES], at = 0;

	for (unsigned i = 0; i < AGREED_NAMES; i++) {
		const uint8_t *name = NULL;
		struct kept_list kept = { hashes, offers->counts[i] };
		uint32_t n = choose(&kept, offers->of_server,
				    list_numbered(bytes, length, lists_agreed[i]), &name);
		hashes += kept.count;
		if (n)
			memcpy(names + at, name, n);
		names[at + n] = '\0';
		starts[i] = at;
		at = (uint16_t)(at + n + 1);
	}
	struct ssh_agreed *agreed = learn(d, FACT_OTHER, (uint32_t)sizeof *agreed + at);
	if (!agreed)
		return;
	memcpy(agreed->starts, starts, sizeof starts);
	memcpy(agreed->names, names, at);
}

static unsigned hash_names(struct name_list list, uint32_t *hashes)
{
	unsigned count = 0;

	for (unsigned i = 0; list.length && i < MOST_NAMES; i++) {
		uint32_t n = name_length(&list);
		if (n && n <= LONGEST_NAME)
			hashes[count++] = hash_of(list.at, n);
		step_over(&list, n);
	}
	return count;
}

static void keep_offer(struct dissection *d, struct ssh_offers *offers, const uint8_t *bytes,
		       uint32_t n)
{
	uint32_t hashes[AGREED_NAMES * MOST_NAMES], count = 0;

	for (unsigned i = 0; i < AGREED_NAMES; i++) {
		unsigned more =
			hash_names(list_numbered(bytes, n, lists_agreed[i]), hashes + count);
		offers->counts[i] = (uint8_t)more;
		count += more;
	}
	uint32_t size = (count + 1) * (uint32_t)sizeof *hashes;
	offers->hashes = conversation_memory(d, size);
	if (!offers->hashes)
		return;
	memcpy(offers->hashes, hashes, count * sizeof *hashes);
	offers->first_in = d->packet.number;
	offers->first_layer = fact_number(d);
}

void ssh_note_offer(struct dissection *d, struct ssh_offers *offers, const struct cursor *lists,
		    bool of_server)
{
	uint32_t n = cursor_left(lists);
	const uint8_t *bytes;

	if (offers->agreed_in || !n || n > LONGEST_OFFER || !cursor_peek(lists, 0, n, &bytes))
		return;
	if (!offers->hashes) {
		offers->of_server = of_server;
		keep_offer(d, offers, bytes, n);
		return;
	}
	if (of_server == offers->of_server)
		return;
	learn_agreed(d, offers, bytes, n);
	offers->agreed_in = d->packet.number;
	offers->agreed_layer = fact_number(d);
	struct ssh_start *start =
		fact_pen(d, offers->first_in, FACT_OWN, (uint16_t)offers->first_layer);
	if (start)
		ssh_know_agreed(start, offers);
}

void ssh_know_agreed(struct ssh_start *start, const struct ssh_offers *offers)
{
	fact_set_link(&start->agreed_layer, offers->agreed_layer);
	fact_set_link(&start->agreed_in, offers->agreed_in);
}

const struct ssh_agreed *ssh_agreed_of(struct dissection *d, const struct ssh_start *start)
{
	uint32_t packet = start ? link_seen(d, &start->agreed_in) : 0;

	if (!packet || only_learning(d))
		return NULL;
	uint16_t layer = (uint16_t)fact_link(&start->agreed_layer);
	if (packet == d->packet.number && layer == fact_number(d))
		return recall(d, FACT_OTHER, NULL);
	return fact_of(d, packet, FACT_OTHER, layer, NULL);
}

const char *ssh_agreed_name(const struct ssh_agreed *agreed, unsigned on)
{
	const char *name = agreed->names + agreed->starts[on];

	return *name ? name : "none";
}
