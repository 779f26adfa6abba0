/* http_topics.c - HTTP messages by method and status, requests by host and path, and the load of
 * servers.  SSDP's are HTTP's in datagrams, and count as in tshark. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "topics.h"

enum http_node { TOTAL, REQUESTS, RESPONSES, BROKEN, CLASS_1, OTHERS = CLASS_1 + 5 };
enum server_node { BY_SERVER, BY_ADDRESS, BY_HOST, ANSWERS };
enum http_field { HTTP, SSDP, METHOD, URI, CODE, PHRASE, DESCRIPTION, HOST, HTTP_FIELDS };

static const char *const field_names[] = {
	"http",
	"ssdp",
	"http.request.method",
	"http.request.uri",
	"http.response.code",
	"http.response.phrase",
	"http.response.code.desc",
	"http.host",
	NULL,
};

static void begin_packets(struct topics *topics)
{
	static const char *const classes[] = { "1xx: Informational", "2xx: Success",
					       "3xx: Redirection", "4xx: Client Error",
					       "5xx: Server Error" };
	struct count_tree *tree = topics->tree;
	uint32_t *nodes = topics->nodes;

	nodes[TOTAL] = count_tree_node(tree, COUNT_TREE_ROOT, "Total HTTP Packets");
	nodes[REQUESTS] = count_tree_node(tree, nodes[TOTAL], "HTTP Request Packets");
	nodes[RESPONSES] = count_tree_node(tree, nodes[TOTAL], "HTTP Response Packets");
	nodes[BROKEN] = count_tree_node(tree, nodes[RESPONSES], "???: broken");
	for (unsigned i = 0; i < 5; i++)
		nodes[CLASS_1 + i] = count_tree_node(tree, nodes[RESPONSES], classes[i]);
	nodes[OTHERS] = count_tree_node(tree, nodes[TOTAL], "Other HTTP Packets");
}

static void begin_servers(struct topics *topics)
{
	struct count_tree *tree = topics->tree;
	uint32_t *nodes = topics->nodes;

	nodes[BY_SERVER] = count_tree_node(tree, COUNT_TREE_ROOT, "HTTP Requests by Server");
	nodes[BY_ADDRESS] =
		count_tree_node(tree, nodes[BY_SERVER], "HTTP Requests by Server Address");
	nodes[BY_HOST] = count_tree_node(tree, nodes[BY_SERVER], "HTTP Requests by HTTP Host");
	nodes[ANSWERS] = count_tree_node(tree, COUNT_TREE_ROOT, "HTTP Responses by Server Address");
}

void begin_http_topics(struct topics *topics)
{
	for (unsigned i = 0; i < HTTP_FIELDS; i++)
		topics->fields[i] = tally_field(field_names[i]);
	if (topics->kind == TOPICS_HTTP)
		begin_packets(topics);
	else if (topics->kind == TOPICS_HTTP_SERVERS)
		begin_servers(topics);
	else
		topics->nodes[TOTAL] = count_tree_node(topics->tree, COUNT_TREE_ROOT,
						       "HTTP Requests by HTTP Host");
}

/* NULL: the message has no such field. */
static const char *text_in(const struct topics *topics, const struct message *message,
			   enum http_field field)
{
	const struct node *node = message_node(message, topics->fields[field]);

	return node ? node->value.text : NULL;
}

static void count_status(struct topics *topics, const struct message *message, unsigned code)
{
	const char *words = text_in(topics, message, DESCRIPTION);
	enum http_node class =
		code >= 100 && code < 600 ? (enum http_node)(CLASS_1 + code / 100 - 1) : BROKEN;
	char name[256];

	if (!words)
		words = text_in(topics, message, PHRASE);
	snprintf(name, sizeof name, "%u %s", code, words ? words : "");
	count_tree_add(topics->tree, topics->nodes[RESPONSES]);
	count_tree_add(topics->tree, topics->nodes[class]);
	count_tree_tick(topics->tree, topics->nodes[class], name);
}

static void count_packet(struct topics *topics, const struct message *message,
			 const struct dissection *d)
{
	const struct node *code = message_node(message, topics->fields[CODE]);
	const char *method = text_in(topics, message, METHOD);

	(void)d;
	count_tree_add(topics->tree, topics->nodes[TOTAL]);
	if (code) {
		count_status(topics, message, (unsigned)code->value.number);
	} else if (method) {
		count_tree_add(topics->tree, topics->nodes[REQUESTS]);
		count_tree_tick(topics->tree, topics->nodes[REQUESTS], method);
	} else {
		count_tree_add(topics->tree, topics->nodes[OTHERS]);
	}
}

static void count_request(struct topics *topics, const struct message *message,
			  const struct dissection *d)
{
	const char *host = text_in(topics, message, HOST), *uri = text_in(topics, message, URI);

	(void)d;
	if (!text_in(topics, message, METHOD))
		return;
	count_tree_add(topics->tree, topics->nodes[TOTAL]);
	if (!host)
		return;
	uint32_t node = count_tree_tick(topics->tree, topics->nodes[TOTAL], host);
	if (uri)
		count_tree_tick(topics->tree, node, uri);
}

static void count_asked_server(struct topics *topics, const char *host, const char *address)
{
	struct count_tree *tree = topics->tree;
	uint32_t node;

	count_tree_add(tree, topics->nodes[BY_SERVER]);
	count_tree_add(tree, topics->nodes[BY_ADDRESS]);
	node = count_tree_tick(tree, topics->nodes[BY_ADDRESS], address);
	count_tree_add(tree, topics->nodes[BY_HOST]);
	if (!host)
		return;
	count_tree_tick(tree, node, host);
	node = count_tree_tick(tree, topics->nodes[BY_HOST], host);
	count_tree_tick(tree, node, address);
}

static void count_server(struct topics *topics, const struct message *message,
			 const struct dissection *d)
{
	const struct node *code = message_node(message, topics->fields[CODE]);
	struct count_tree *tree = topics->tree;
	char address[ADDRESS_TEXT_ROOM];

	if (text_in(topics, message, METHOD)) {
		address_text(&d->to, address);
		count_asked_server(topics, text_in(topics, message, HOST), address);
	} else if (code) {
		address_text(&d->from, address);
		count_tree_add(tree, topics->nodes[ANSWERS]);
		uint32_t node = count_tree_tick(tree, topics->nodes[ANSWERS], address);
		bool good = code->value.number > 100 && code->value.number < 400;
		count_tree_tick(tree, node, good ? "OK" : "KO");
	}
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	return topics_have_either(state, packet, "http", "ssdp");
}

static void count_http(void *state, const struct tally_packet *packet)
{
	struct topics *topics = state;
	struct message message = { 0 };
	void (*count)(struct topics * topics, const struct message *message,
		      const struct dissection *d) = topics->kind == TOPICS_HTTP ? count_packet
						    : topics->kind == TOPICS_HTTP_REQUESTS
							    ? count_request
							    : count_server;

	if (!packet->d)
		return;
	for (enum http_field layer = HTTP; layer <= SSDP; layer++) {
		message.end = NULL;
		while (next_message(&message, packet->d, topics->fields[layer])) {
			if (message.layer->flags & NODE_CARRIER)
				continue;
			count_tree_at(topics->tree, packet->since_ns);
			count(topics, &message, packet->d);
		}
	}
}

const struct counter http_counter = {
	.must_look = must_look,
	.count = count_http,
	.fields = field_names,
};
