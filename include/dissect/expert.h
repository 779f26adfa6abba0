/* expert.h - how bad a finding is and what it is about, with Wireshark's numbers and words. */
#ifndef DISSECT_EXPERT_H
#define DISSECT_EXPERT_H

#include <stdbool.h>
#include <stdint.h>

enum expert_severity {
	EXPERT_NONE,	/* the field is no finding */
	EXPERT_COMMENT, /* somebody wrote it */
	EXPERT_CHAT,	/* as things should be: a connection opens */
	EXPERT_NOTE,	/* worth a look: an application may report this */
	EXPERT_WARN,
	EXPERT_ERROR,
	EXPERT_SEVERITIES,
};

enum expert_group {
	GROUP_NONE,
	GROUP_CHECKSUM,
	GROUP_SEQUENCE,
	GROUP_RESPONSE_CODE,
	GROUP_REQUEST_CODE,
	GROUP_UNDECODED,
	GROUP_REASSEMBLE,
	GROUP_MALFORMED,
	GROUP_DEBUG,
	GROUP_PROTOCOL,
	GROUP_SECURITY,
	GROUP_COMMENTS,
	GROUP_DECRYPTION,
	GROUP_ASSUMPTION,
	GROUP_DEPRECATED,
	GROUP_RECEIVE,
	GROUP_INTERFACE,
	GROUP_DISSECTOR_BUG,
	EXPERT_GROUPS,
};

/* "Warning", "Sequence": as the tree and tables say. */
const char *expert_severity_name(enum expert_severity severity);
const char *expert_group_name(enum expert_group group);

/* Is one of these fields (a bit each) reported beside protocols: _ws.expert, _ws.malformed?  If
 * not, a dissection may ignore findings. */
bool expert_is_among(const uint8_t *fields);

#endif
