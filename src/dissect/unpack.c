/* unpack.c - runs a library's decoder into memory that doubles until its limit. */
#include "dissect/unpack.h"

#include <stdlib.h>
#include <string.h>

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_BROTLI
#include <brotli/decode.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

enum {
	FIRST_ROOM = 4096,
	ZSTD_WINDOW_LOG = 23, /* 8 MiB, what RFC 8878 section 3.1.1.1.2 asks decoders for */
};

/* What comes out. */
struct output {
	struct arena *arena;
	uint8_t *bytes;
	uint32_t length, room, limit;
};

/* Makes room for more; false: the limit is reached. */
static bool __attribute__((unused)) output_grow(struct output *out)
{
	uint32_t room = out->room ? out->room : FIRST_ROOM / 2;

	if (out->length < out->room)
		return true;
	if (out->room >= out->limit)
		return false;
	room = room > out->limit / 2 ? out->limit : room * 2;
	uint8_t *bytes = arena_alloc(out->arena, room);
	if (out->length)
		memcpy(bytes, out->bytes, out->length);
	out->bytes = bytes;
	out->room = room;
	return true;
}

#ifdef HAVE_ZLIB
/* Two bytes that RFC 1950 allows. */
static bool has_zlib_header(const uint8_t *bytes, uint32_t n)
{
	return n >= 2 && (bytes[0] & 0x0f) == 8 && bytes[0] >> 4 <= 7 &&
	       (((unsigned)bytes[0] << 8) | bytes[1]) % 31 == 0;
}

static enum unpack_end run_zlib(z_stream *z, struct output *out, bool members)
{
	for (;;) {
		if (!output_grow(out))
			return UNPACK_LIMITED;
		z->next_out = out->bytes + out->length;
		z->avail_out = out->room - out->length;
		int result = inflate(z, Z_SYNC_FLUSH);
		out->length = out->room - z->avail_out;
		if (result == Z_STREAM_END) {
			/* Another member may follow, or padding. */
			if (!members || !z->avail_in || *z->next_in != 0x1f ||
			    inflateReset(z) != Z_OK)
				return UNPACK_WHOLE;
		} else if (result != Z_OK && result != Z_BUF_ERROR) {
			return UNPACK_BROKEN;
		} else if (z->avail_out) {
			return UNPACK_CUT;
		}
	}
}

static enum unpack_end unpack_zlib(struct output *out, enum packing packing, const uint8_t *bytes,
				   uint32_t n)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)bytes, .avail_in = n };
	int window = packing == PACKING_GZIP ? MAX_WBITS + 32 : MAX_WBITS;

	if (packing == PACKING_RAW_DEFLATE ||
	    (packing == PACKING_DEFLATE && !has_zlib_header(bytes, n)))
		window = -MAX_WBITS;
	if (inflateInit2(&z, window) != Z_OK)
		return UNPACK_BROKEN;
	enum unpack_end end = run_zlib(&z, out, packing == PACKING_GZIP);
	inflateEnd(&z);
	return end;
}
#endif

#ifdef HAVE_BROTLI
static enum unpack_end unpack_brotli(struct output *out, const uint8_t *bytes, uint32_t n)
{
	BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
	enum unpack_end end = UNPACK_BROKEN;
	size_t in = n;

	while (state) {
		if (!output_grow(out)) {
			end = UNPACK_LIMITED;
			break;
		}
		size_t room = out->room - out->length;
		uint8_t *next = out->bytes + out->length;
		BrotliDecoderResult result =
			BrotliDecoderDecompressStream(state, &in, &bytes, &room, &next, NULL);
		out->length = out->room - (uint32_t)room;
		if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
			continue;
		end = result == BROTLI_DECODER_RESULT_SUCCESS		 ? UNPACK_WHOLE
		      : result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT ? UNPACK_CUT
									 : UNPACK_BROKEN;
		break;
	}
	if (state)
		BrotliDecoderDestroyInstance(state);
	return end;
}
#endif

#ifdef HAVE_ZSTD
static enum unpack_end run_zstd(ZSTD_DCtx *context, struct output *out, ZSTD_inBuffer *in)
{
	for (;;) {
		if (!output_grow(out))
			return UNPACK_LIMITED;
		ZSTD_outBuffer to = { out->bytes, out->room, out->length };
		size_t result = ZSTD_decompressStream(context, &to, in);
		out->length = (uint32_t)to.pos;
		if (ZSTD_isError(result))
			return UNPACK_BROKEN;
		if (in->pos == in->size && to.pos < to.size)
			return result ? UNPACK_CUT : UNPACK_WHOLE;
	}
}

static enum unpack_end unpack_zstd(struct output *out, const uint8_t *bytes, uint32_t n)
{
	ZSTD_DCtx *context = ZSTD_createDCtx();
	ZSTD_inBuffer in = { bytes, n, 0 };

	if (!context)
		return UNPACK_BROKEN;
	ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
	enum unpack_end end = run_zstd(context, out, &in);
	ZSTD_freeDCtx(context);
	return end;
}
#endif

static enum unpack_end run(struct output *out, enum packing packing, const uint8_t *bytes,
			   uint32_t n)
{
	(void)out;
	(void)bytes;
	(void)n;
	switch (packing) {
#ifdef HAVE_ZLIB
	case PACKING_GZIP:
	case PACKING_DEFLATE:
	case PACKING_RAW_DEFLATE:
		return unpack_zlib(out, packing, bytes, n);
#endif
#ifdef HAVE_BROTLI
	case PACKING_BROTLI:
		return unpack_brotli(out, bytes, n);
#endif
#ifdef HAVE_ZSTD
	case PACKING_ZSTD:
		return unpack_zstd(out, bytes, n);
#endif
	default:
		return UNPACK_MISSING;
	}
}

struct unpacked unpack(struct arena *arena, enum packing packing, const uint8_t *bytes, uint32_t n,
		       uint32_t limit)
{
	struct output out = { .arena = arena, .limit = limit };
	struct unpacked result = { .end = run(&out, packing, bytes, n) };

	result.bytes = out.bytes ? out.bytes : (const uint8_t *)"";
	result.length = out.length;
	return result;
}

/* --- streams of deflate --- */

#ifdef HAVE_ZLIB
struct inflation {
	z_stream z;
	enum unpack_end end;
};

struct inflation *inflation_begin(void)
{
	struct inflation *inflation = must_zeroed(1, sizeof *inflation);

	inflation->end = UNPACK_CUT;
	if (inflateInit2(&inflation->z, -MAX_WBITS) == Z_OK)
		return inflation;
	free(inflation);
	return NULL;
}

void inflation_end(struct inflation *inflation)
{
	if (inflation)
		inflateEnd(&inflation->z);
	free(inflation);
}

/* A last block ends no more than itself (RFC 7692, 7.2.3.4). */
static bool go_on(z_stream *z)
{
	uint8_t window[1 << MAX_WBITS];
	uInt n = 0;

	return inflateGetDictionary(z, window, &n) == Z_OK && inflateReset(z) == Z_OK &&
	       inflateSetDictionary(z, window, n) == Z_OK;
}

static enum unpack_end run_inflation(z_stream *z, struct output *out)
{
	for (;;) {
		if (!output_grow(out))
			return UNPACK_LIMITED;
		z->next_out = out->bytes + out->length;
		z->avail_out = out->room - out->length;
		int result = inflate(z, Z_SYNC_FLUSH);
		out->length = out->room - z->avail_out;
		if (result != Z_OK && result != Z_BUF_ERROR &&
		    (result != Z_STREAM_END || !go_on(z)))
			return UNPACK_BROKEN;
		if (!z->avail_in && z->avail_out)
			return UNPACK_CUT;
	}
}

struct unpacked inflation_feed(struct inflation *inflation, struct arena *arena,
			       const uint8_t *bytes, uint32_t n, uint32_t limit)
{
	struct output out = { .arena = arena, .limit = limit };
	struct unpacked result = { .bytes = (const uint8_t *)"", .end = UNPACK_MISSING };

	if (!inflation)
		return result;
	inflation->z.next_in = (Bytef *)(uintptr_t)bytes;
	inflation->z.avail_in = n;
	if (inflation->end == UNPACK_CUT)
		inflation->end = run_inflation(&inflation->z, &out);
	result.end = inflation->end;
	if (out.length)
		result.bytes = out.bytes;
	result.length = out.length;
	return result;
}

#else

struct inflation *inflation_begin(void)
{
	return NULL;
}

void inflation_end(struct inflation *inflation)
{
	(void)inflation;
}

struct unpacked inflation_feed(struct inflation *inflation, struct arena *arena,
			       const uint8_t *bytes, uint32_t n, uint32_t limit)
{
	(void)inflation;
	(void)arena;
	(void)bytes;
	(void)n;
	(void)limit;
	return (struct unpacked){ .bytes = (const uint8_t *)"", .end = UNPACK_MISSING };
}

#endif
