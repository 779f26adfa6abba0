/* codec.h - one way to unpack bytes.  Which there are depends on the libraries at hand. */
#ifndef CAPTURE_CODEC_H
#define CAPTURE_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct codec_flow {
	const uint8_t *in;
	size_t in_left;
	uint8_t *out;
	size_t out_left;
	bool between;                   /* all that came in so far is complete */
};

struct codec {
	const char *name;
	const char *magic;              /* what the packed data begins with */
	uint8_t magic_length;
	void *(*open)(void);
	/* Takes input and makes output until one of them is used up.  NULL, or why it cannot. */
	const char *(*unpack)(void *state, struct codec_flow *flow);
	void (*close)(void *state);
};

/* NULL: none knows these first bytes. */
const struct codec *codec_for(const uint8_t *bytes, size_t n);

#endif
