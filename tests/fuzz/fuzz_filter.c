/* fuzz_filter.c - any text as display filters, one a line, over a few packets: what compiles ends,
 * and says the same whether all fields are there or only those it wants. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#include "filter/filter.h"
#include "session/session.h"
#include "support/build_capture.h"

enum { LONGEST = 1 << 16, MOST_LINES = 3000 };

/* DNS over UDP, a TCP SYN with options, ICMP that quotes a datagram, ARP. */
static const char *const packets[] = {
	"020000000002020000000001080045000039000100004011f6b8c0000201c6336402"
	"9c4000350025000012340100000100000000000003777777076578616d706c6500000100"
	"01",
	"0200000000020200000000010800450000380001400040066cbdc0000201c6336402"
	"9c40005000000001000000009002faf000000000020405b40402080a0000000100000000",
	"020000000001020000000002080045000038000100004001f6c9c6336402c0000201"
	"03010000000000004500001c000100004011f6d5c0000201c63364029c40003500080000",
	"ffffffffffff020000000001080600010800060400010200000000"
	"01c0000201000000000000"
	"c0000202",
};

static uint32_t unhex(const char *text, uint8_t *out)
{
	uint32_t n = 0;
	char digits[3] = "";

	for (; text[0] && text[1]; text += 2) {
		memcpy(digits, text, 2);
		out[n++] = (uint8_t)strtoul(digits, NULL, 16);
	}
	return n;
}

static struct session *make_session(void)
{
	struct built_capture file;
	struct error error;
	uint8_t bytes[256];

	capture_begin(&file, 1);
	for (size_t i = 0; i < sizeof packets / sizeof *packets; i++) {
		uint32_t n = unhex(packets[i], bytes);
		capture_add(&file, bytes, n, n);
	}
	struct session *session = scan_bytes(file.bytes, file.length, &error);
	if (!session)
		abort();
	capture_free(&file);
	return session;
}

static bool answer(struct view_port *port, const struct filter *filter, uint32_t packet)
{
	if (!view_port_dissect(port, packet, WANT_FIELDS))
		abort();
	return filter_matches(filter, &port->d);
}

static void ask(struct session *session, struct view_port *port, const struct filter *filter)
{
	const struct learned *learned = session_learned(session);

	for (uint32_t n = 1; n <= session_packet_count(session); n++) {
		uint16_t path = index_block_of(&learned->index, n)->path[index_slot(n)];
		port->d.wanted_fields = NULL;
		port->d.wanted_layers = 0;
		bool full = answer(port, filter, n);
		port->d.wanted_fields = filter_wanted_fields(filter);
		port->d.wanted_layers = filter_wanted_layers(filter, learned->paths, path);
		if (answer(port, filter, n) != full)
			abort();
		enum filter_verdict verdict = filter_verdict_on_path(filter, learned->paths, path);
		if (verdict != FILTER_LOOK && (verdict == FILTER_YES) != full)
			abort();
	}
}

static void try_filter(struct session *session, struct view_port *port, FILE *nowhere,
		       const char *text)
{
	struct filter_error error;
	struct filter *filter = filter_compile(text, NULL, &error);

	if (!filter) {
		if (!error.message[0] ||
		    (error.text && error.column + error.length > strlen(error.text)))
			abort();
		free(error.text);
		return;
	}
	filter_print(filter, nowhere);
	ask(session, port, filter);
	filter_set_reference(filter, &port->d);
	ask(session, port, filter);
	filter_free(filter);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct session *session;
	static FILE *nowhere;
	char *text = malloc(size + 1), *next = text;
	struct view_port port;

	if (!session) {
		session = make_session();
		nowhere = fopen("/dev/null", "w");
	}
	if (!text || !nowhere)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	view_port_init(&port, session);
	for (unsigned lines = 0; next && lines < MOST_LINES; lines++) {
		char *line = strsep(&next, "\n");
		/* Rows of tests/filters begin with what passes. */
		char *tab = strchr(line, '\t');
		if (strlen(line) < LONGEST)
			try_filter(session, &port, nowhere, tab ? tab + 1 : line);
	}
	view_port_free(&port);
	free(text);
	return 0;
}
