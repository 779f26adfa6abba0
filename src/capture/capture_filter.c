/* capture_filter.c - libpcap says what is wrong with a filter; we find out where. */
#include "capture_filter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { WORDS_TRIED = 200 };     /* of a filter, to find the word that is wrong */

static bool compiles(pcap_t *pcap, const char *filter)
{
	struct bpf_program program;

	if (pcap_compile(pcap, &program, filter, 1, PCAP_NETMASK_UNKNOWN) != 0)
		return false;
	pcap_freecode(&program);
	return true;
}

static size_t end_of_blanks(const char *text, size_t at)
{
	while (isspace((unsigned char)text[at]))
		at++;
	return at;
}

static size_t end_of_word(const char *text, size_t at)
{
	if (strchr("()!", text[at]) && text[at])
		return at + 1;
	while (text[at] && !isspace((unsigned char)text[at]) && !strchr("()", text[at]))
		at++;
	return at;
}

/* What may stand between two parts that are right by themselves. */
static bool is_joint(const char *word, size_t n)
{
	static const char *const joints[] = { "and", "or", "not", "&&", "||", "!", "(", ")" };

	for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
		if (strlen(joints[i]) == n && !strncmp(word, joints[i], n))
			return true;
	return false;
}

/* Where a filter stops making sense: behind the longest part that compiles by itself. */
static size_t place_of_error(pcap_t *pcap, const char *filter)
{
	char *part = must_copy(filter);
	size_t good = 0, at = end_of_blanks(filter, 0);

	for (int i = 0; filter[at] && i < WORDS_TRIED; i++) {
		at = end_of_word(filter, at);
		part[at] = 0;
		if (compiles(pcap, part))
			good = at;
		part[at] = filter[at];
		at = end_of_blanks(filter, at);
	}
	free(part);
	at = end_of_blanks(filter, good);
	while (filter[at] && is_joint(filter + at, end_of_word(filter, at) - at))
		at = end_of_blanks(filter, end_of_word(filter, at));
	return at;
}

/* A word of the filter that the message quotes, as in: unknown port 'htpp'. */
static const char *quoted_word(const char *filter, const char *message)
{
	const char *start = strpbrk(message, "'\"");
	const char *end = start ? strchr(start + 1, *start) : NULL;
	char word[64];

	if (!end || end == start + 1 || (size_t)(end - start) > sizeof word)
		return NULL;
	memcpy(word, start + 1, (size_t)(end - start) - 1);
	word[end - start - 1] = 0;
	return strstr(filter, word);
}

bool capture_filter_compile(pcap_t *pcap, const char *filter, struct bpf_program *program,
			    struct error *error)
{
	char message[PCAP_ERRBUF_SIZE];
	size_t at;

	if (pcap_compile(pcap, program, filter, 1, PCAP_NETMASK_UNKNOWN) == 0)
		return true;
	strncpy(message, pcap_geterr(pcap), sizeof message - 1);
	message[sizeof message - 1] = 0;
	const char *found = quoted_word(filter, message);
	if (!found && !strstr(message, "syntax error"))
		return error_set(error, "capture filter: \"%s\" — %s.", filter, message);
	at = found ? (size_t)(found - filter) : place_of_error(pcap, filter);
	if (!filter[at])
		return error_set(error, "capture filter: \"%s\" — it ends too early. Example: tcp port 80",
				 filter);
	return error_set(error, "capture filter: \"%s\" — %s at character %zu (\"%.*s\"). "
			 "Example: tcp port 80", filter, found ? message : "syntax error", at + 1,
			 (int)(end_of_word(filter, at) - at), filter + at);
}
