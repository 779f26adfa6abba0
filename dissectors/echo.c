/* echo.c - the Echo Protocol, RFC 862: what is sent to port 7 comes back. */
#include "dissect/dissector.h"

enum { PORT_ECHO = 7 };

enum { ECHO, ECHO_REQUEST, ECHO_RESPONSE, ECHO_DATA };

static const struct field echo_fields[] = {
	[ECHO] = { "echo", "Echo", FIELD_PROTOCOL, .help = "Sends back whatever it is sent",
		   .reference = "RFC 862" },
	[ECHO_REQUEST] = { "echo.request", "Echo request", FIELD_BOOL,
			   .help = "What was sent to the server" },
	[ECHO_RESPONSE] = { "echo.response", "Echo response", FIELD_BOOL,
			    .help = "What came back" },
	[ECHO_DATA] = { "echo.data", "Echo data", FIELD_BYTES, .help = "The bytes",
			.reference = "RFC 862" },
};

static void echo_dissect(struct dissection *d, struct cursor *c)
{
	bool request = d->to.port == PORT_ECHO;

	info_begin(d);
	info(d, "%s", request ? "Request" : "Response");
	node_flag(d, put_uint(d, request ? ECHO_REQUEST : ECHO_RESPONSE, 1), NODE_HIDDEN);
	put_bytes(d, ECHO_DATA, c);
	cursor_skip(c, cursor_left(c));
}

static const struct claim echo_claims[] = { { BY_UDP_PORT, PORT_ECHO },
					    { BY_TCP_PORT, PORT_ECHO } };

const struct dissector echo_dissector = {
	.name = "echo",
	.short_name = "ECHO",
	.title = "Echo",
	.fields = echo_fields,
	.field_count = COUNT(echo_fields),
	.claims = echo_claims,
	.claim_count = COUNT(echo_claims),
	.dissect = echo_dissect,
};
