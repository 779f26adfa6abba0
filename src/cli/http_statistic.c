/* http_statistic.c - -z http,stat: HTTP messages by status and by method, SSDP's too. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "session/count_tree.h"
#include "tally_statistic.h"

enum { FIRST_CODE = 100, CODES = 600, RULE = 67, METHOD_ROOM = 256 };

struct http_messages {
	uint16_t method, code, words_field; /* registry numbers */
	uint64_t codes[CODES];
	const char *words[CODES]; /* what they mean; in `texts` */
	struct arena texts;
	struct count_tree *methods;
	uint8_t classes[PATH_LIMIT]; /* 0: not asked, 1: without, 2: with */
};

static void *begin_messages(unsigned variant)
{
	struct http_messages *messages = must_zeroed(1, sizeof *messages);

	(void)variant;
	messages->method = tally_field("http.request.method");
	messages->code = tally_field("http.response.code");
	messages->words_field = tally_field("http.response.code.desc");
	messages->methods = count_tree_new();
	return messages;
}

static void end_messages(void *counts)
{
	struct http_messages *messages = counts;

	count_tree_free(messages->methods);
	arena_free(&messages->texts);
	free(messages);
}

static bool must_look(void *state, const struct tally_packet *packet)
{
	uint8_t *class = &((struct http_messages *)state)->classes[packet->path];

	if (!*class)
		*class = tally_path_has(packet, "http") || tally_path_has(packet, "ssdp") ? 2 : 1;
	return *class == 2;
}

/* A code that has no name of its own counts with the others of its class. */
static const char *const other_names[] = {
	"Informational - Others", "Success - Others",	   "Redirection - Others",
	"Client Error - Others",  "Server Error - Others",
};

static void count_code(struct http_messages *messages, uint64_t code, const char *words)
{
	if (code < FIRST_CODE || code >= CODES)
		return;
	if (!words) {
		code = code / 100 * 100 + 99;
		words = other_names[code / 100 - 1];
	}
	messages->codes[code]++;
	if (!messages->words[code])
		messages->words[code] = arena_text(&messages->texts, words, strlen(words));
}

static void count_messages(void *state, const struct tally_packet *packet)
{
	struct http_messages *messages = state;
	const struct dissection *d = packet->d;

	for (uint32_t i = 0; d && i < d->node_count; i++) {
		const struct node *node = &d->nodes[i], *next = node + 1;
		bool has_words = i + 1 < d->node_count && next->field == messages->words_field;
		if (node->field == messages->code)
			count_code(messages, node->value.number,
				   has_words ? next->value.text : NULL);
		else if (node->field == messages->method)
			count_tree_tick(messages->methods, COUNT_TREE_ROOT, node->value.text);
	}
}

/* tshark prints codes in the order of its hash table. */
static unsigned place_of(unsigned code)
{
	return code * 11 % 127;
}

static int compare_codes(const void *a, const void *b)
{
	unsigned left = *(const unsigned *)a, right = *(const unsigned *)b;

	if (place_of(left) != place_of(right))
		return place_of(left) < place_of(right) ? -1 : 1;
	return left < right ? -1 : 1;
}

static void print_codes(const struct http_messages *messages, FILE *out)
{
	unsigned codes[CODES], count = 0;

	for (unsigned code = FIRST_CODE; code < CODES; code++)
		if (messages->codes[code])
			codes[count++] = code;
	qsort(codes, count, sizeof *codes, compare_codes);
	for (unsigned i = 0; i < count; i++)
		fprintf(out, "  %3u %-35s %9llu\n", codes[i], messages->words[codes[i]],
			(unsigned long long)messages->codes[codes[i]]);
}

static void print_methods(const struct count_tree *tree, FILE *out)
{
	uint32_t node = count_tree_at_node(tree, COUNT_TREE_ROOT)->first_child;

	while (node) {
		const struct count_node *method = count_tree_at_node(tree, node);
		char name[METHOD_ROOM];
		text_clean(name, sizeof name, (const uint8_t *)method->name, strlen(method->name),
			   true);
		fprintf(out, "  %-39s %9llu \n", name, (unsigned long long)method->count);
		node = method->next;
	}
}

static void print_rule(FILE *out)
{
	for (int i = 0; i < RULE; i++)
		fputc('=', out);
	fputc('\n', out);
}

static void print_messages(const void *counts, unsigned variant, const char *filter,
			   struct session *session, FILE *out)
{
	const struct http_messages *messages = counts;

	(void)variant;
	(void)session;
	fputc('\n', out);
	print_rule(out);
	if (*filter)
		fprintf(out, "HTTP Statistics with filter %s\n", filter);
	else
		fputs("HTTP Statistics\n", out);
	fprintf(out, "* %-39s %9s\n", "HTTP Response Status Codes", "Packets");
	print_codes(messages, out);
	fprintf(out, "* %-39s %9s\n", "HTTP Request Methods", "Packets");
	print_methods(messages->methods, out);
	print_rule(out);
}

static const char *const read_fields[] = {
	"http.request.method",
	"http.response.code",
	"http.response.code.desc",
	NULL,
};

static const struct counter message_counter = {
	.must_look = must_look,
	.count = count_messages,
	.fields = read_fields,
};

const struct statistic http_statistic =
	TALLY_STATISTIC("http,stat", "HTTP messages by status and by method", &message_counter, 0,
			begin_messages, print_messages, end_messages);
