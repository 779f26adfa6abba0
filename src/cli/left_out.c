/* left_out.c - options of tshark that peel does not have, and why; docs/differences.md lists them.
 */
#include "left_out.h"

#include <string.h>

static const struct {
	char letter;	  /* 0: none */
	const char *name; /* NULL: none */
	const char *why;
} left_out[] = {
	{ 'C', NULL, "peel has no configuration profiles" },
	{ 'K', NULL, "Kerberos is not decrypted" },
	{ 'M', NULL, "what is learnt stays within bounds, so it need not be reset" },
	{ 'U', NULL,
	  "messages are not written as packets; -z follow and --export-objects tell them" },
	{ 'X', NULL, "peel has no scripts and no extensions" },
	{ 0, "enable-heuristic", "payload is always recognised by its looks; -d chooses" },
	{ 0, "disable-heuristic",
	  "a protocol is recognised by its looks as long as it is enabled: --disable-protocol" },
	{ 0, "elastic-mapping-filter", "there is no -G elastic-mapping" },
	{ 0, "export-tls-session-keys", "keys are not written" },
	{ 0, "list-time-stamp-types", "time stamps are the host's" },
	{ 0, "time-stamp-type", "time stamps are the host's" },
	{ 0, "temp-dir", "TMPDIR names the folder for temporary files" },
	{ 0, "log-level", "peel keeps no log" },
	{ 0, "log-fatal", "peel keeps no log" },
	{ 0, "log-domains", "peel keeps no log" },
	{ 0, "log-debug", "peel keeps no log" },
	{ 0, "log-noisy", "peel keeps no log" },
	{ 0, "log-file", "peel keeps no log" },
};

enum { LEFT_OUT = sizeof left_out / sizeof left_out[0] };

bool is_left_out_letter(char letter, struct error *error)
{
	for (unsigned i = 0; i < LEFT_OUT; i++)
		if (left_out[i].letter == letter) {
			error_set(error, "-%c is left out: %s", letter, left_out[i].why);
			return true;
		}
	return false;
}

bool is_left_out_name(const char *name, size_t n, struct error *error)
{
	for (unsigned i = 0; i < LEFT_OUT; i++) {
		const char *known = left_out[i].name;
		if (known && strlen(known) == n && !memcmp(known, name, n)) {
			error_set(error, "--%s is left out: %s", known, left_out[i].why);
			return true;
		}
	}
	return false;
}
