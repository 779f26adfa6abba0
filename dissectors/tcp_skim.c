/* tcp_skim.c - what the first pass needs of a segment's options, without showing them. */
#include <string.h>

#include "base/bytes.h"
#include "tcp.h"

uint32_t tcp_sacked_bytes(const uint8_t *at, uint32_t n)
{
	enum { BLOCK = 8 };
	uint32_t sum = 0;

	if (tcp_only_timestamps(at, n))
		return 0;
	for (uint32_t i = 0; i < n && at[i] != KIND_END;) {
		if (at[i] == KIND_NOP) {
			i++;
			continue;
		}
		if (n - i < 2 || at[i + 1] < 2 || at[i + 1] > n - i)
			break;
		for (uint32_t j = i + 2; at[i] == KIND_SACK && j + BLOCK <= i + at[i + 1]; j += BLOCK)
			sum += load_be32(at + j + 4) - load_be32(at + j);
		i += at[i + 1];
	}
	return sum;
}

/* Is it right, whatever it says? */
static bool is_usual_option(const uint8_t *at, uint32_t length)
{
	switch (at[0]) {
	case KIND_MSS:
		return length == 4;
	case KIND_WSCALE:
		return length == 3 && at[2] <= MOST_WSCALE;
	case KIND_SACK_PERMITTED:
		return length == 2;
	case KIND_TIMESTAMPS:
		return length == 10;
	default:
		return false;
	}
}

bool tcp_skim_options(const uint8_t *at, uint32_t n, struct tcp_header *header)
{
	const uint8_t *mss = NULL, *wscale = NULL;
	unsigned nops = 0;

	for (uint32_t i = 0, length; i < n; i += length) {
		if (at[i] == KIND_END && !bytes_are_zero(at + i, n - i))
			return false;
		if (at[i] == KIND_END)
			break;
		length = at[i] == KIND_NOP || n - i < 2 ? 1 : at[i + 1];
		nops = at[i] == KIND_NOP ? nops + 1 : 0;
		if (nops == NOPS_TOLD ||
		    (!nops && (length > n - i || !is_usual_option(at + i, length))))
			return false;
		mss = at[i] == KIND_MSS ? at + i : mss;
		wscale = at[i] == KIND_WSCALE ? at + i : wscale;
	}
	if (!mss)
		return false;
	if (wscale)
		header->wscale = wscale[2];
	return true;
}
