/* ssh_agreed.c - which methods both sides agreed on: RFC 4253, 7.1.
 *
 * The lists of the side that speaks first are kept until the other's come; what they come to is a
 * fact of the packet that completes them, which all messages of the connection name. */
#include <string.h>

#include "state/conversation.h"
#include "state/facts.h"
#include "ssh.h"

enum {
	LONGEST_OFFER = 1 << 14,
	LONGEST_LIST =
		1 << 11, /* of the server's, and how many names of the client's are looked for */
	MOST_NAMES = 64,
	LONGEST_NAME = 64, /* RFC 4251, 6 */
};

struct name_list {
	const uint8_t *at;
	uint32_t length;
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

static bool list_has(struct name_list list, const uint8_t *name, uint32_t n)
{
	while (list.length) {
		uint32_t length = name_length(&list);
		if (length == n && !memcmp(list.at, name, n))
			return true;
		step_over(&list, length);
	}
	return false;
}

/* The client's first that the server has too; its length, 0: there is none. */
static uint32_t choose(struct name_list client, struct name_list server, const uint8_t **name)
{
	if (server.length > LONGEST_LIST)
		server.length = LONGEST_LIST;
	for (unsigned i = 0; client.length && i < MOST_NAMES; i++) {
		uint32_t n = name_length(&client);
		*name = client.at;
		if (n && n <= LONGEST_NAME && list_has(server, client.at, n))
			return n;
		step_over(&client, n);
	}
	return 0;
}

static void learn_agreed(struct dissection *d, const struct name_list *client,
			 const struct name_list *server)
{
	static const uint8_t lists[AGREED_NAMES] = {
		LIST_KEX,
		LIST_CIPHER_TO_SERVER,
		LIST_CIPHER_TO_CLIENT,
		LIST_COMPRESSION_TO_SERVER,
		LIST_COMPRESSION_TO_CLIENT,
	};
	char names[AGREED_NAMES * (LONGEST_NAME + 1)];
	uint16_t starts[AGREED_NAMES], at = 0;

	for (unsigned i = 0; i < AGREED_NAMES; i++) {
		const uint8_t *name = NULL;
		uint32_t n = choose(list_numbered(client->at, client->length, lists[i]),
				    list_numbered(server->at, server->length, lists[i]), &name);
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

static void keep_offer(struct dissection *d, struct ssh_offers *offers, const uint8_t *bytes,
		       uint32_t n)
{
	uint8_t *kept = conversation_memory(d, n);

	if (!kept)
		return;
	memcpy(kept, bytes, n);
	offers->lists = kept;
	offers->length = n;
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
	if (!offers->lists) {
		offers->of_server = of_server;
		keep_offer(d, offers, bytes, n);
		return;
	}
	if (of_server == offers->of_server)
		return;
	struct name_list first = { offers->lists, offers->length }, second = { bytes, n };
	learn_agreed(d, of_server ? &first : &second, of_server ? &second : &first);
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
