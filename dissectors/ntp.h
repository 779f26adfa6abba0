/* ntp.h - what the files of the NTP dissector share. */
#ifndef DISSECTORS_NTP_H
#define DISSECTORS_NTP_H

#include "dissect/dissector.h"

enum {
	NTP,
	NTP_FLAGS,
	NTP_LI,
	NTP_VN,
	NTP_MODE,
	NTP_STRATUM,
	NTP_POLL,
	NTP_PRECISION,
	NTP_ROOT_DELAY,
	NTP_ROOT_DISPERSION,
	NTP_REFID,
	NTP_REFTIME,
	NTP_ORG,
	NTP_REC,
	NTP_XMT,
	NTP_EXT,
	NTP_EXT_TYPE,
	NTP_EXT_LENGTH,
	NTP_EXT_VALUE,
	NTP_KEYID,
	NTP_MAC,
	NTP_PADDING,
	NTP_RESPONSE_IN,
	NTP_REQUEST_IN,
	NTP_DELTA,
	NTP_CTRL_FLAGS,
	NTP_CTRL_R,
	NTP_CTRL_ERROR,
	NTP_CTRL_MORE,
	NTP_CTRL_OPCODE,
	NTP_CTRL_SEQUENCE,
	NTP_CTRL_STATUS,
	NTP_CTRL_ERROR_STATUS,
	NTP_SYS_LI,
	NTP_SYS_SOURCE,
	NTP_SYS_COUNT,
	NTP_SYS_CODE,
	NTP_PEER_CONFIG,
	NTP_PEER_AUTHENABLE,
	NTP_PEER_AUTHENTIC,
	NTP_PEER_REACH,
	NTP_PEER_BROADCAST,
	NTP_PEER_SELECTION,
	NTP_PEER_COUNT,
	NTP_PEER_CODE,
	NTP_CTRL_ASSOCIATION,
	NTP_CTRL_OFFSET,
	NTP_CTRL_COUNT,
	NTP_CTRL_DATA,
	NTP_CTRL_PEER,
	NTP_CTRL_ITEM,
	NTP_PRIV_R,
	NTP_PRIV_MORE,
	NTP_PRIV_AUTH_SEQ,
	NTP_PRIV_AUTH,
	NTP_PRIV_SEQ,
	NTP_PRIV_IMPL,
	NTP_PRIV_REQUEST,
	NTP_PRIV_ERR,
	NTP_PRIV_ITEMS,
	NTP_PRIV_RESERVED,
	NTP_PRIV_ITEM_SIZE,
	NTP_PRIV_DATA,
	NTP_EXT_BAD,
	NTP_FIELDS,
};

extern const struct field ntp_fields[NTP_FIELDS];
extern const struct value_name ntp_leap_names[], ntp_version_names[], ntp_mode_names[],
	ntp_opcode_names[], ntp_request_names[], ntp_source_names[];

/* Since 1970, of seconds since 1900, or since 2036 if their first bit is clear, and 1/2^32 of them
 * (RFC 5905, 6; RFC 4330, 3). */
static inline int64_t ntp_time_ns(uint32_t seconds, uint32_t fraction)
{
	enum { TO_1900 = -2208988800, TO_2036 = 2085978496 };
	int64_t since = seconds + (seconds & 0x80000000 ? TO_1900 : TO_2036);

	return since * 1000000000 + (int64_t)((uint64_t)fraction * 1000000000 >> 32);
}

#endif
