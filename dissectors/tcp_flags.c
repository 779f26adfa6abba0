/* tcp_flags.c - the flags of a segment, as bits, letters and words. */
#include <string.h>

#include "tcp.h"

enum { FLAG_BITS = 12, WORDS_ROOM = 80 };

static void put_flag_letters(struct dissection *d, node_id tree, uint16_t flags)
{
	static const char letters[] = "RRRACEUAPRSF";
	char string[3 * FLAG_BITS + 1], *letter = string;

	if (!field_wanted(d, TCP_FLAGS_STR))
		return;
	for (unsigned i = 0; i < FLAG_BITS; i++) {
		if (flags >> (FLAG_BITS - 1 - i) & 1)
			*letter++ = letters[i];
		else
			letter = stpcpy(letter, "·");
	}
	*letter = '\0';
	open_node(d, tree);
	put_text(d, TCP_FLAGS_STR, arena_text(&d->arena, string, strlen(string)));
	node_stand_on(d, last_node(d), tree);
	close_node(d, tree);
}

/* Each bit stands on its byte of the two. */
static void place_bits(struct dissection *d, node_id tree)
{
	if (tree == NO_NODE)
		return;
	unsigned cwr = d->layers[d->layer_count - 1].first_field + TCP_FLAGS_CWR;
	for (node_id n = tree + 1; n < tree + d->nodes[tree].span; n++) {
		d->nodes[n].start += d->nodes[n].field >= cwr;
		d->nodes[n].length = 1;
	}
}

/* Returns their end. */
static char *flag_words(uint16_t flags, char words[WORDS_ROOM])
{
	static const char *const names[] = { "FIN", "SYN", "RST", "PSH", "ACK",
					     "URG", "ECE", "CWR", "AE" };
	char *at = words;

	for (unsigned bits = flags & 0x1ff; bits; bits &= bits - 1) {
		at = at == words ? at : stpcpy(at, ", ");
		at = stpcpy(at, names[__builtin_ctz(bits)]);
	}
	if (flags & TCP_BITS_RESERVED)
		at = stpcpy(at == words ? at : stpcpy(at, ", "), "Reserved");
	return at == words ? stpcpy(at, "<None>") : at;
}

static void info_flags(struct dissection *d, const char *words, const char *end)
{
	info_words(d, " [");
	info_put(d, words, (size_t)(end - words));
	info_words(d, "]");
}

void tcp_word_flags(struct dissection *d, uint16_t flags)
{
	char words[WORDS_ROOM];

	info_flags(d, words, flag_words(flags, words));
}

void tcp_show_flags(struct dissection *d, struct cursor *c, struct tcp_header *header)
{
	char words[WORDS_ROOM];

	header->flags = (uint16_t)take_flags(d, c, TCP_FLAGS, TCP_FLAGS_RES, TCP_FLAGS_FIN);
	node_id tree = last_node(d);
	place_bits(d, tree);
	if (header->flags & (TCP_BIT_SYN | TCP_BIT_FIN | TCP_BIT_RST))
		tcp_show_flag_findings(d, tree, header->flags);
	if (only_learning(d))
		return;
	const char *end = flag_words(header->flags, words);
	if (d->wants & WANT_COLUMNS)
		info_flags(d, words, end);
	label_set(d, tree, "Flags: 0x%03x (%s)", header->flags, words);
	put_flag_letters(d, tree, header->flags);
	if (header->flags & TCP_BIT_FIN)
		tcp_show_closer(d, tree);
}
