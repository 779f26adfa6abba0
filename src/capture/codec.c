/* codec.c - gzip (RFC 1952), zstd (RFC 8878) and lz4 frames, by their libraries.
 *
 * All three may be several frames one after the other, and each frame has a check sum. */
#include "codec.h"

#include <limits.h>
#include <string.h>

#include "base/arena.h"

#ifdef HAVE_ZLIB
#include <stdlib.h>
#define ZLIB_CONST
#include <zlib.h>

enum { GZIP_ONLY = 16, GZIP_FIRST_BYTE = 0x1f };

static void *gzip_open(void)
{
	z_stream *z = must_zeroed(1, sizeof *z);

	if (inflateInit2(z, GZIP_ONLY + MAX_WBITS) != Z_OK) {
		free(z);
		return NULL;
	}
	return z;
}

static void gzip_close(void *state)
{
	if (state)
		inflateEnd(state);
	free(state);
}

/* Whatever follows the last member is padding. */
static void skip_rest(struct codec_flow *flow)
{
	flow->in += flow->in_left;
	flow->in_left = 0;
}

static unsigned clamped(size_t n)
{
	return n > INT_MAX ? INT_MAX : (unsigned)n;
}

static const char *gzip_unpack(void *state, struct codec_flow *flow)
{
	z_stream *z = state;

	if (!z)
		return "zlib cannot start";
	if (flow->between && flow->in_left) {
		if (*flow->in != GZIP_FIRST_BYTE) {
			skip_rest(flow);
			return NULL;
		}
		inflateReset(z);
		flow->between = false;
	}
	unsigned in = clamped(flow->in_left), out = clamped(flow->out_left);
	z->next_in = flow->in;
	z->avail_in = in;
	z->next_out = flow->out;
	z->avail_out = out;
	int result = inflate(z, Z_NO_FLUSH);
	flow->in += in - z->avail_in;
	flow->in_left -= in - z->avail_in;
	flow->out += out - z->avail_out;
	flow->out_left -= out - z->avail_out;
	if (result == Z_STREAM_END)
		flow->between = true;
	if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR)
		return NULL;
	return result == Z_DATA_ERROR ? "wrong code or check sum" : "out of memory";
}
#endif

#ifdef HAVE_ZSTD
#include <zstd.h>

static void *zstd_open(void)
{
	return ZSTD_createDStream();
}

static void zstd_close(void *state)
{
	ZSTD_freeDStream(state);
}

static const char *zstd_unpack(void *state, struct codec_flow *flow)
{
	ZSTD_inBuffer in = { flow->in, flow->in_left, 0 };
	ZSTD_outBuffer out = { flow->out, flow->out_left, 0 };

	if (!state)
		return "zstd cannot start";
	size_t result = ZSTD_decompressStream(state, &out, &in);
	flow->in += in.pos;
	flow->in_left -= in.pos;
	flow->out += out.pos;
	flow->out_left -= out.pos;
	if (ZSTD_isError(result))
		return ZSTD_getErrorName(result);
	if (in.pos || out.pos)
		flow->between = result == 0;
	return NULL;
}
#endif

#ifdef HAVE_LZ4
#include <lz4frame.h>

static void *lz4_open(void)
{
	LZ4F_dctx *state = NULL;

	if (LZ4F_isError(LZ4F_createDecompressionContext(&state, LZ4F_VERSION)))
		return NULL;
	return state;
}

static void lz4_close(void *state)
{
	LZ4F_freeDecompressionContext(state);
}

static const char *lz4_unpack(void *state, struct codec_flow *flow)
{
	size_t in = flow->in_left, out = flow->out_left;

	if (!state)
		return "lz4 cannot start";
	size_t result = LZ4F_decompress(state, flow->out, &out, flow->in, &in, NULL);
	if (LZ4F_isError(result))
		return LZ4F_getErrorName(result);
	flow->in += in;
	flow->in_left -= in;
	flow->out += out;
	flow->out_left -= out;
	if (in || out)
		flow->between = result == 0;
	return NULL;
}
#endif

static const struct codec codecs[] = {
#ifdef HAVE_ZLIB
	{ "gzip", "\x1f\x8b", 2, gzip_open, gzip_unpack, gzip_close },
#endif
#ifdef HAVE_ZSTD
	{ "zstd", "\x28\xb5\x2f\xfd", 4, zstd_open, zstd_unpack, zstd_close },
	{ "zstd", "\x50\x2a\x4d\x18", 4, zstd_open, zstd_unpack, zstd_close },
#endif
#ifdef HAVE_LZ4
	{ "lz4", "\x04\x22\x4d\x18", 4, lz4_open, lz4_unpack, lz4_close },
#endif
	{ 0 },
};

const struct codec *codec_for(const uint8_t *bytes, size_t n)
{
	for (const struct codec *codec = codecs; codec->name; codec++)
		if (n >= codec->magic_length && !memcmp(bytes, codec->magic, codec->magic_length))
			return codec;
	return NULL;
}
