/* ntp.c - Network Time Protocol: RFC 5905 (version 4), RFC 1305 (3 and control), RFC 8915 (NTS),
 * RFC 7822 (extension fields), RFC 9327 (control messages).
 *
 *     |LI| VN |mode|   stratum  |    poll    | precision  |
 *     | root delay, root dispersion, reference            |  3 of 4 bytes
 *     | reference, origin, receive, transmit time         |  4 of 8 bytes
 *     | extension fields, key, MAC                        |
 */
#include "base/time.h"
#include "dissect/dissector.h"
#include "state/conversation.h"
#include "state/facts.h"

enum mode { MODE_CLIENT = 3, MODE_SERVER = 4, MODE_CONTROL = 6, MODE_PRIVATE = 7 };

enum { UDP = 17, MAC_MD5 = 4 + 16, MAC_SHA1 = 4 + 20, MAC_LONGEST = 4 + 20, LEAST_EXTENSION = 16 };

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

static const struct value_name leap_names[] = { { 0, "no warning" },
						{ 1, "last minute of the day has 61 seconds" },
						{ 2, "last minute of the day has 59 seconds" },
						{ 3, "unknown (clock unsynchronized)" },
						{ 0, NULL } };

static const struct value_name version_names[] = {
	{ 0, "reserved" },	{ 1, "NTP Version 1" }, { 2, "NTP Version 2" },
	{ 3, "NTP Version 3" }, { 4, "NTP Version 4" }, { 5, "reserved" },
	{ 6, "reserved" },	{ 7, "reserved" },	{ 0, NULL }
};

static const struct value_name mode_names[] = { { 0, "reserved" },
						{ 1, "symmetric active" },
						{ 2, "symmetric passive" },
						{ 3, "client" },
						{ 4, "server" },
						{ 5, "broadcast" },
						{ 6, "reserved for NTP control message" },
						{ 7, "reserved for private use" },
						{ 0, NULL } };

static const struct value_name extension_names[] = {
	{ 0x2, "No-Operation Request" },
	{ 0x102, "Association Message Request" },
	{ 0x104, "Unique Identifier" },
	{ 0x202, "Certificate Message Request" },
	{ 0x204, "NTS Cookie" },
	{ 0x302, "Cookie Message Request" },
	{ 0x304, "NTS Cookie Placeholder" },
	{ 0x402, "Autokey Message Request" },
	{ 0x404, "NTS Authenticator and Encrypted Extension Fields" },
	{ 0x502, "Leapseconds Message Request" },
	{ 0x602, "Sign Message Request" },
	{ 0x702, "IFF Identity Message Request" },
	{ 0x802, "GQ Identity Message Request" },
	{ 0x902, "MV Identity Message Request" },
	{ 0x2005, "Checksum Complement" },
	{ 0x8002, "No-Operation Response" },
	{ 0x8102, "Association Message Response" },
	{ 0x8202, "Certificate Message Response" },
	{ 0x8302, "Cookie Message Response" },
	{ 0x8402, "Autokey Message Response" },
	{ 0x8502, "Leapseconds Message Response" },
	{ 0x8602, "Sign Message Response" },
	{ 0x8702, "IFF Identity Message Response" },
	{ 0x8802, "GQ Identity Message Response" },
	{ 0x8902, "MV Identity Message Response" },
	{ 0xc002, "No-Operation Error Response" },
	{ 0xc102, "Association Message Error Response" },
	{ 0xc202, "Certificate Message Error Response" },
	{ 0xc302, "Cookie Message Error Response" },
	{ 0xc402, "Autokey Message Error Response" },
	{ 0xc502, "Leapseconds Message Error Response" },
	{ 0xc602, "Sign Message Error Response" },
	{ 0xc702, "IFF Identity Message Error Response" },
	{ 0xc802, "GQ Identity Message Error Response" },
	{ 0xc902, "MV Identity Message Error Response" },
	{ 0, NULL }
};

static const struct value_name response_names[] = { { 0, "Request" },
						    { 1, "Response" },
						    { 0, NULL } };

static const struct value_name opcode_names[] = { { 0, "reserved" },
						  { 1, "read status" },
						  { 2, "read variables" },
						  { 3, "write variables" },
						  { 4, "read clock variables" },
						  { 5, "write clock variables" },
						  { 6, "set trap address/port" },
						  { 7, "asynchronous message" },
						  { 8, "runtime configuration" },
						  { 9, "save config to file" },
						  { 10, "retrieve MRU (mrulist)" },
						  { 11, "retrieve ordered list" },
						  { 12, "request a client nonce" },
						  { 31, "unset trap address/port" },
						  { 0, NULL } };

static const struct value_name error_names[] = { { 0, "unspecified" },
						 { 1, "authentication failure" },
						 { 2, "invalid message length or format" },
						 { 3, "invalid opcode" },
						 { 4, "unknown association identifier" },
						 { 5, "unknown variable name" },
						 { 6, "invalid variable value" },
						 { 7, "administratively prohibited" },
						 { 0, NULL } };

static const struct value_name clock_source_names[] = {
	{ 0, "unspecified or unknown" },
	{ 1, "Calibrated atomic clock (e.g. HP 5061)" },
	{ 2, "VLF (band 4) or LF (band 5) radio (e.g. OMEGA, WWVB)" },
	{ 3, "HF (band 7) radio (e.g. CHU, MSF, WWV/H)" },
	{ 4, "UHF (band 9) satellite (e.g. GOES, GPS)" },
	{ 5, "local net (e.g. DCN, TSP, DTS)" },
	{ 6, "UDP/NTP" },
	{ 7, "UDP/TIME" },
	{ 8, "eyeball-and-wristwatch" },
	{ 9, "telephone modem (e.g. NIST)" },
	{ 0, NULL }
};

static const struct value_name system_event_names[] = {
	{ 0, "unspecified" },
	{ 1, "frequency correction (drift) file not available" },
	{ 2, "frequency correction started (frequency stepped)" },
	{ 3, "spike detected and ignored, starting stepout timer" },
	{ 4, "frequency training started" },
	{ 5, "clock synchronized" },
	{ 6, "system restart" },
	{ 7, "panic stop (required step greater than panic threshold)" },
	{ 8, "no system peer" },
	{ 9, "leap second insertion/deletion armed" },
	{ 10, "leap second disarmed" },
	{ 11, "leap second inserted or deleted" },
	{ 12, "clock stepped (stepout timer expired)" },
	{ 13, "kernel loop discipline status changed" },
	{ 14, "leapseconds table loaded from file" },
	{ 15, "leapseconds table outdated, updated file needed" },
	{ 0, NULL }
};

static const struct value_name selection_names[] = {
	{ 0, "rejected" },
	{ 1, "passed sanity checks (tests 1 through 8 in Section 3.4.3)" },
	{ 2, "passed correctness checks (intersection algorithm in Section 4.2.1)" },
	{ 3, "passed candidate checks (if limit check implemented)" },
	{ 4, "passed outlier checks (clustering algorithm in Section 4.2.2)" },
	{ 5, "current synchronization source; max distance exceeded (if limit check implemented)" },
	{ 6, "current synchronization source; max distance okay" },
	{ 7, "reserved" },
	{ 0, NULL }
};

static const struct value_name peer_event_names[] = {
	{ 0, "unspecified" },
	{ 1, "association mobilized" },
	{ 2, "association demobilized" },
	{ 3, "peer unreachable (peer.reach was nonzero now zero)" },
	{ 4, "peer reachable (peer.reach was zero now nonzero)" },
	{ 5, "association restarted or timed out" },
	{ 6, "no server found (ntpdate mode)" },
	{ 7, "rate exceeded (kiss code RATE)" },
	{ 8, "access denied (kiss code DENY)" },
	{ 9, "leap armed from server LI code" },
	{ 10, "become system peer" },
	{ 11, "reference clock event (see clock status word)" },
	{ 12, "authentication failure" },
	{ 13, "popcorn spike suppressor" },
	{ 14, "entering interleave mode" },
	{ 15, "interleave error (recovered)" },
	{ 16, "leapsecond values update from server" },
	{ 0, NULL }
};

static const struct value_name implementation_names[] = {
	{ 0, "UNIV" }, { 2, "XNTPD_OLD (pre-IPv6)" }, { 3, "XNTPD" }, { 0, NULL }
};

static const struct value_name request_names[] = {
	{ 0, "PEER_LIST" },	    { 1, "PEER_LIST_SUM" },
	{ 2, "PEER_INFO" },	    { 3, "PEER_STATS" },
	{ 4, "SYS_INFO" },	    { 5, "SYS_STATS" },
	{ 6, "IO_STATS" },	    { 7, "MEM_STATS" },
	{ 8, "LOOP_INFO" },	    { 9, "TIMER_STATS" },
	{ 10, "CONFIG" },	    { 11, "UNCONFIG" },
	{ 12, "SET_SYS_FLAG" },	    { 13, "CLR_SYS_FLAG" },
	{ 14, "MONITOR" },	    { 15, "NOMONITOR" },
	{ 16, "GET_RESTRICT" },	    { 17, "RESADDFLAGS" },
	{ 18, "RESSUBFLAGS" },	    { 19, "UNRESTRICT" },
	{ 20, "MON_GETLIST" },	    { 21, "RESET_STATS" },
	{ 22, "RESET_PEER" },	    { 23, "REREAD_KEYS" },
	{ 24, "DO_DIRTY_HACK" },    { 25, "DONT_DIRTY_HACK" },
	{ 26, "TRUSTKEY" },	    { 27, "UNTRUSTKEY" },
	{ 28, "AUTHINFO" },	    { 29, "TRAPS" },
	{ 30, "ADD_TRAP" },	    { 31, "CLR_TRAP" },
	{ 32, "REQUEST_KEY" },	    { 33, "CONTROL_KEY" },
	{ 34, "GET_CTLSTATS" },	    { 35, "GET_LEAPINFO" },
	{ 36, "GET_CLOCKINFO" },    { 37, "SET_CLKFUDGE" },
	{ 38, "GET_KERNEL" },	    { 39, "GET_CLKBUGINFO" },
	{ 41, "SET_PRECISION" },    { 42, "MON_GETLIST_1" },
	{ 43, "HOSTNAME_ASSOCID" }, { 44, "IF_STATS" },
	{ 45, "IF_RELOAD" },	    { 0, NULL }
};

static const struct value_name private_error_names[] = { { 0x0, "No error" },
							 { 0x1,
							   "incompatible implementation number" },
							 { 0x2, "unimplemented request code" },
							 { 0x3, "format error" },
							 { 0x4, "no data available" },
							 { 0x5, "unknown" },
							 { 0x6, "unknown" },
							 { 0x7, "authentication failure" },
							 { 0, NULL } };

/* RFC 5905, figure 12, as numbers. */
static const struct value_name source_names[] = {
	{ 0x474f4553, "Geosynchronous Orbit Environment Satellite" },
	{ 0x47505300, "Global Position System" },
	{ 0x47414c00, "Galileo Positioning System" },
	{ 0x50505300, "Generic pulse-per-second" },
	{ 0x49524947, "Inter-Range Instrumentation Group" },
	{ 0x57575642, "LF Radio WWVB Ft. Collins, CO 60 kHz" },
	{ 0x44434600, "LF Radio DCF77 Mainflingen, DE 77.5 kHz" },
	{ 0x48424700, "LF Radio HBG Prangins, HB 75 kHz" },
	{ 0x4d534600, "LF Radio MSF Anthorn, UK 60 kHz" },
	{ 0x4a4a5900, "LF Radio JJY Fukushima, JP 40 kHz, Saga, JP 60 kHz" },
	{ 0x4c4f5243, "MF Radio LORAN C station, 100 kHz" },
	{ 0x54444600, "MF Radio Allouis, FR 162 kHz" },
	{ 0x43485500, "HF Radio CHU Ottawa, Ontario" },
	{ 0x57575600, "HF Radio WWV Ft. Collins, CO" },
	{ 0x57575648, "HF Radio WWVH Kauai, HI" },
	{ 0x4e495354, "NIST telephone modem" },
	{ 0x41435453, "NIST telephone modem" },
	{ 0x55534e4f, "USNO telephone modem" },
	{ 0x50544200, "European telephone modem" },
	{ 0x4c4f434c, "uncalibrated local clock" },
	{ 0, NULL }
};

static const struct value_name bool_peer_names[] = { { 0, "not set" }, { 1, "set" }, { 0, NULL } };

static const struct field ntp_fields[] = {
	[NTP] = { "ntp", "Network Time Protocol", FIELD_PROTOCOL,
		  .help = "Tells the time, and how far it can be trusted",
		  .reference = "RFC 5905" },
	[NTP_FLAGS] = { "ntp.flags", "Flags", FIELD_U8, BASE_HEX,
			.help = "What kind of message it is", .reference = "RFC 5905, 7.3" },
	[NTP_LI] = { "ntp.flags.li", "Leap Indicator", FIELD_U8, .names = leap_names, .mask = 0xc0,
		     .help = "Whether the day's last minute is a second longer "
			     "or shorter",
		     .reference = "RFC 5905, 7.3" },
	[NTP_VN] = { "ntp.flags.vn", "Version number", FIELD_U8, .names = version_names,
		     .mask = 0x38, .help = "The version of the protocol",
		     .reference = "RFC 5905, 7.3" },
	[NTP_MODE] = { "ntp.flags.mode", "Mode", FIELD_U8, .names = mode_names, .mask = 7,
		       .help = "Whether a client or a server speaks",
		       .reference = "RFC 5905, 7.3" },
	[NTP_STRATUM] = { "ntp.stratum", "Peer Clock Stratum", FIELD_U8,
			  .help = "How many servers away the reference clock is",
			  .reference = "RFC 5905, 7.3" },
	[NTP_POLL] = { "ntp.ppoll", "Peer Polling Interval", FIELD_U8, .help = "As a power of two",
		       .reference = "RFC 5905, 7.3" },
	[NTP_PRECISION] = { "ntp.precision", "Peer Clock Precision", FIELD_U8,
			    .help = "As a power of two, mostly negative",
			    .reference = "RFC 5905, 7.3" },
	[NTP_ROOT_DELAY] = { "ntp.rootdelay", "Root Delay", FIELD_U32, .help = "In 1/65536 seconds",
			     .reference = "RFC 5905, 7.3" },
	[NTP_ROOT_DISPERSION] = { "ntp.rootdispersion", "Root Dispersion", FIELD_U32,
				  .help = "In 1/65536 seconds", .reference = "RFC 5905, 7.3" },
	[NTP_REFID] = { "ntp.refid", "Reference ID", FIELD_BYTES,
			.help = "Where the sender has its time from",
			.reference = "RFC 5905, 7.3" },
	[NTP_REFTIME] = { "ntp.reftime", "Reference Timestamp", FIELD_TIME, BASE_UTC,
			  .help = "When the clock was last set", .reference = "RFC 5905, 7.3" },
	[NTP_ORG] = { "ntp.org", "Origin Timestamp", FIELD_TIME, BASE_UTC,
		      .help = "When the request was sent, by the client's clock",
		      .reference = "RFC 5905, 7.3" },
	[NTP_REC] = { "ntp.rec", "Receive Timestamp", FIELD_TIME, BASE_UTC,
		      .help = "When the client's message came to the server",
		      .reference = "RFC 5905, 7.3" },
	[NTP_XMT] = { "ntp.xmt", "Transmit Timestamp", FIELD_TIME, BASE_UTC,
		      .help = "When this message was sent", .reference = "RFC 5905, 7.3" },
	[NTP_EXT] = { "ntp.ext", "Extension", FIELD_NONE,
		      .help = "What is said beyond the fixed part", .reference = "RFC 7822" },
	[NTP_EXT_TYPE] = { "ntp.ext.type", "Field Type", FIELD_U16, BASE_HEX, extension_names,
			   .help = "What the extension is about", .reference = "RFC 7822" },
	[NTP_EXT_LENGTH] = { "ntp.ext.length", "Length", FIELD_U16,
			     .help = "Bytes of the extension", .reference = "RFC 7822" },
	[NTP_EXT_VALUE] = { "ntp.ext.value", "Value", FIELD_BYTES, .help = "What it says",
			    .reference = "RFC 7822" },
	[NTP_KEYID] = { "ntp.keyid", "Key ID", FIELD_BYTES,
			.help = "Which key the signature was made with",
			.reference = "RFC 5905, 7.3" },
	[NTP_MAC] = { "ntp.mac", "Message Authentication Code", FIELD_BYTES,
		      .help = "Shows that the message is from who knows the key",
		      .reference = "RFC 5905, 7.3" },
	[NTP_PADDING] = { "ntp.padding", "Padding", FIELD_BYTES,
			  .help = "Bytes that fill the message" },
	[NTP_RESPONSE_IN] = { "ntp.response_in", "Response In", FIELD_FRAME, .flags = FIELD_FORWARD,
			      .help = "The packet with the answer" },
	[NTP_REQUEST_IN] = { "ntp.request_in", "Request In", FIELD_FRAME,
			     .help = "The packet with the question" },
	[NTP_DELTA] = { "ntp.delta_time", "Delta Time", FIELD_DURATION, .unit = " seconds",
			.help = "How long the answer took" },
	[NTP_CTRL_FLAGS] = { "ntp.ctrl.flags2", "Flags 2", FIELD_U8, BASE_HEX,
			     .help = "What kind of control message it is",
			     .reference = "RFC 9327, 2" },
	[NTP_CTRL_R] = { "ntp.ctrl.flags2.r", "Response bit", FIELD_U8, .names = response_names,
			 .mask = 0x80, .help = "This is an answer", .reference = "RFC 9327, 2" },
	[NTP_CTRL_ERROR] = { "ntp.ctrl.flags2.error", "Error bit", FIELD_U8, .mask = 0x40,
			     .help = "Something went wrong", .reference = "RFC 9327, 2" },
	[NTP_CTRL_MORE] = { "ntp.ctrl.flags2.more", "More bit", FIELD_U8, .mask = 0x20,
			    .help = "More of the answer follows", .reference = "RFC 9327, 2" },
	[NTP_CTRL_OPCODE] = { "ntp.ctrl.flags2.opcode", "Opcode", FIELD_U8, .names = opcode_names,
			      .mask = 0x1f, .help = "What is asked for",
			      .reference = "RFC 9327, 2" },
	[NTP_CTRL_SEQUENCE] = { "ntp.ctrl.sequence", "Sequence", FIELD_U16,
				.help = "Ties the answer to its question",
				.reference = "RFC 9327, 2" },
	[NTP_CTRL_STATUS] = { "ntp.ctrl.status", "Status", FIELD_U16, BASE_HEX,
			      .help = "How the host, or one of its peers, is doing",
			      .reference = "RFC 9327, 2" },
	[NTP_CTRL_ERROR_STATUS] = { "ntp.ctrl.err_status", "Error Status Word", FIELD_U16,
				    .names = error_names, .mask = 0xff00, .help = "What went wrong",
				    .reference = "RFC 9327, 3" },
	[NTP_SYS_LI] = { "ntp.ctrl.sys_status.li", "Leap Indicator", FIELD_U16, .names = leap_names,
			 .mask = 0xc000,
			 .help = "Whether the day's last minute is a second longer "
				 "or shorter",
			 .reference = "RFC 9327, 3" },
	[NTP_SYS_SOURCE] = { "ntp.ctrl.sys_status.clksrc", "Clock Source", FIELD_U16,
			     .names = clock_source_names, .mask = 0x3f00,
			     .help = "What the clock is set by", .reference = "RFC 9327, 3" },
	[NTP_SYS_COUNT] = { "ntp.ctrl.sys_status.count", "System Event Counter", FIELD_U16,
			    .mask = 0xf0, .help = "Events since somebody last asked",
			    .reference = "RFC 9327, 3" },
	[NTP_SYS_CODE] = { "ntp.ctrl.sys_status.code", "System Event Code", FIELD_U16,
			   .names = system_event_names, .mask = 0xf, .help = "The last of them",
			   .reference = "RFC 9327, 3" },
	[NTP_PEER_CONFIG] = { "ntp.ctrl.peer_status.config", "Peer configured", FIELD_BOOL,
			      .names = bool_peer_names, .mask = 0x8000, .bits = 16,
			      .help = "Somebody configured the peer", .reference = "RFC 9327, 3" },
	[NTP_PEER_AUTHENABLE] = { "ntp.ctrl.peer_status.authenable", "Peer authentication enabled",
				  FIELD_BOOL, .names = bool_peer_names, .mask = 0x4000, .bits = 16,
				  .help = "Its messages should be signed",
				  .reference = "RFC 9327, 3" },
	[NTP_PEER_AUTHENTIC] = { "ntp.ctrl.peer_status.authentic", "Peer authentication okay",
				 FIELD_BOOL, .names = bool_peer_names, .mask = 0x2000, .bits = 16,
				 .help = "Its signatures are right", .reference = "RFC 9327, 3" },
	[NTP_PEER_REACH] = { "ntp.ctrl.peer_status.reach", "Peer reachable", FIELD_BOOL,
			     .names = bool_peer_names, .mask = 0x1000, .bits = 16,
			     .help = "It answers", .reference = "RFC 9327, 3" },
	[NTP_PEER_BROADCAST] = { "ntp.ctrl.peer_status.bcast", "Peer broadcast association",
				 FIELD_BOOL, .names = bool_peer_names, .mask = 0x0800, .bits = 16,
				 .help = "It tells the time to all", .reference = "RFC 9327, 3" },
	[NTP_PEER_SELECTION] = { "ntp.ctrl.peer_status.selection", "Peer Selection", FIELD_U16,
				 .names = selection_names, .mask = 0x0700,
				 .help = "Whether its time counts", .reference = "RFC 9327, 3" },
	[NTP_PEER_COUNT] = { "ntp.ctrl.peer_status.count", "Peer Event Counter", FIELD_U16,
			     .mask = 0xf0, .help = "Events since somebody last asked",
			     .reference = "RFC 9327, 3" },
	[NTP_PEER_CODE] = { "ntp.ctrl.peer_status.code", "Peer Event Code", FIELD_U16,
			    .names = peer_event_names, .mask = 0xf, .help = "The last of them",
			    .reference = "RFC 9327, 3" },
	[NTP_CTRL_ASSOCIATION] = { "ntp.ctrl.associd", "AssociationID", FIELD_U16,
				   .help = "The peer that it is about; 0: the host itself",
				   .reference = "RFC 9327, 2" },
	[NTP_CTRL_OFFSET] = { "ntp.ctrl.offset", "Offset", FIELD_U16,
			      .help = "Where in the answer these bytes belong",
			      .reference = "RFC 9327, 2" },
	[NTP_CTRL_COUNT] = { "ntp.ctrl.count", "Count", FIELD_U16,
			     .help = "How many bytes of data follow", .reference = "RFC 9327, 2" },
	[NTP_CTRL_DATA] = { "ntp.ctrl.data", "Data", FIELD_NONE,
			    .help = "The data: names with values", .reference = "RFC 9327, 2" },
	[NTP_CTRL_ITEM] = { "ntp.ctrl.item", "Item", FIELD_TEXT, .help = "One name with its value",
			    .reference = "RFC 9327, 2" },
	[NTP_PRIV_R] = { "ntp.priv.flags.r", "Response bit", FIELD_U8, .names = response_names,
			 .mask = 0x80, .help = "This is an answer" },
	[NTP_PRIV_MORE] = { "ntp.priv.flags.more", "More bit", FIELD_U8, .mask = 0x40,
			    .help = "More of the answer follows" },
	[NTP_PRIV_AUTH_SEQ] = { "ntp.priv.auth_seq", "Auth, sequence", FIELD_U8,
				.help = "Whether it is signed, and which part it is" },
	[NTP_PRIV_AUTH] = { "ntp.priv.auth", "Auth bit", FIELD_U8, .mask = 0x80,
			    .help = "It is signed" },
	[NTP_PRIV_SEQ] = { "ntp.priv.seq", "Sequence number", FIELD_U8, .mask = 0x7f,
			   .help = "Which part of the answer it is" },
	[NTP_PRIV_IMPL] = { "ntp.priv.impl", "Implementation", FIELD_U8,
			    .names = implementation_names,
			    .help = "The program whose requests these are" },
	[NTP_PRIV_REQUEST] = { "ntp.priv.reqcode", "Request code", FIELD_U8, .names = request_names,
			       .help = "What is asked for" },
	[NTP_PRIV_ERR] = { "ntp.priv.err", "Err", FIELD_U8, BASE_HEX, private_error_names,
			   .mask = 0xf0, .help = "How it went" },
	[NTP_PRIV_ITEMS] = { "ntp.priv.numitems", "Number of data items", FIELD_U16, .mask = 0x0fff,
			     .help = "How many items follow" },
	[NTP_PRIV_RESERVED] = { "ntp.priv.reserved", "Reserved", FIELD_U8, BASE_HEX, .mask = 0xf0,
				.help = "Not used, and 0" },
	[NTP_PRIV_ITEM_SIZE] = { "ntp.priv.itemsize", "Size of data item", FIELD_U16,
				 .mask = 0x0fff, .help = "Bytes of each item" },
	[NTP_PRIV_DATA] = { "ntp.priv.data", "Data", FIELD_BYTES, .help = "The items" },
	[NTP_EXT_BAD] = FINDING("ntp.ext.invalid_length", "Extension invalid length", EXPERT_WARN,
				GROUP_PROTOCOL),
};

/* --- requests and responses --- */

struct ntp_match {
	uint32_t request, response; /* packets; 0: not known */
};

/* The first pass's: the client's last request of this conversation. */
struct ntp_waiting {
	uint32_t sent[2]; /* its transmit time, which the answer repeats as origin */
	uint32_t packet;
};

extern const struct dissector ntp_dissector;

static void match(struct dissection *d, uint8_t mode, const uint8_t *times)
{
	struct ntp_waiting *waiting = conversation_state(d, &ntp_dissector, sizeof *waiting);
	const uint8_t *origin = times + 8, *sent = times + 24;

	if (!waiting)
		return;
	if (mode == MODE_CLIENT) {
		waiting->sent[0] = load_be32(sent);
		waiting->sent[1] = load_be32(sent + 4);
		waiting->packet = d->packet.number;
		(void)learn(d, FACT_OWN, sizeof(struct ntp_match));
	} else if (mode == MODE_SERVER && waiting->packet &&
		   waiting->sent[0] == load_be32(origin) &&
		   waiting->sent[1] == load_be32(origin + 4)) {
		struct ntp_match *here = learn(d, FACT_OWN, sizeof *here);
		const struct layer *layer = &d->layers[d->layer_count - 1];
		struct ntp_match *there = fact_pen(d, waiting->packet, FACT_OWN, layer->serial);
		if (here)
			here->request = waiting->packet;
		if (there)
			fact_set_link(&there->response, d->packet.number);
		waiting->packet = 0;
	}
}

static void show_match(struct dissection *d)
{
	const struct ntp_match *known = recall(d, FACT_OWN, NULL);
	uint32_t response = known ? link_seen(d, &known->response) : 0;

	if (response)
		put_uint(d, NTP_RESPONSE_IN, response);
	if (!known || !known->request)
		return;
	put_uint(d, NTP_REQUEST_IN, known->request);
	put_duration(d, NTP_DELTA, time_since(d, known->request));
}

/* --- versions 1 to 4 --- */

static const char *stratum_words(uint8_t stratum)
{
	if (stratum == 0)
		return "unspecified or invalid";
	if (stratum == 1)
		return "primary reference";
	if (stratum < 16)
		return "secondary reference";
	return stratum == 16 ? "unsynchronized" : "reserved";
}

/* RFC 5905, 6: seconds since 1900, or since 2036 if the first bit is clear (RFC 4330, 3). */
static void take_time(struct dissection *d, struct cursor *c, unsigned field)
{
	enum { TO_1900 = -2208988800, TO_2036 = 2085978496 };
	uint32_t start = c->pos;
	int64_t seconds = cursor_u32(c);
	uint64_t fraction = cursor_u32(c);
	bool unset = !seconds && !fraction;
	int64_t since = seconds + (seconds & 0x80000000 ? TO_1900 : TO_2036);
	int64_t ns =
		unset ? TIME_UNSET : since * 1000000000 + (int64_t)(fraction * 1000000000 >> 32);

	add_uint(d, c, field, start, 8, (uint64_t)ns);
}

/* In 1/65536 seconds. */
static void take_short_time(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t value = take_u32(d, c, field);
	uint64_t millionths = ((uint64_t)value * 1000000 + 0x8000) >> 16;

	label_set(d, last_node(d), "%s: %u.%06u seconds", ntp_fields[field].name,
		  (unsigned)(millionths / 1000000), (unsigned)(millionths % 1000000));
}

static void take_poll(struct dissection *d, struct cursor *c)
{
	enum { LEAST = 4, MOST = 17 };
	uint8_t poll = take_u8(d, c, NTP_POLL);

	if (poll >= LEAST && poll <= MOST)
		label_set(d, last_node(d), "Peer Polling Interval: %u (%u seconds)", poll,
			  1u << poll);
	else
		label_set(d, last_node(d), "Peer Polling Interval: invalid (%u)", poll);
}

static void take_precision(struct dissection *d, struct cursor *c)
{
	int8_t power = (int8_t)take_u8(d, c, NTP_PRECISION);
	double seconds = 1;

	if (!(d->wants & WANT_LABELS))
		return;
	for (int i = 0; i < (power < 0 ? -power : power); i++)
		seconds = power < 0 ? seconds / 2 : seconds * 2;
	label_set(d, last_node(d), "Peer Clock Precision: %.6f seconds", seconds);
}

/* A name for the first two strata, and whatever its sender likes else, often an address. */
static void take_reference(struct dissection *d, struct cursor *c, uint8_t stratum)
{
	const uint8_t *id = take_bytes(d, c, NTP_REFID, 4);
	char text[ADDRESS_TEXT_ROOM];

	if (!id)
		return;
	if (!load_be32(id)) {
		label_set(d, last_node(d), "Reference ID: NULL");
	} else if (stratum == 1 && value_name(source_names, load_be32(id))) {
		label_set(d, last_node(d), "Reference ID: %s",
			  value_name(source_names, load_be32(id)));
	} else if (stratum <= 1) {
		label_set(d, last_node(d),
			  stratum ? "Reference ID: Unidentified reference source '%s'"
				  : "Reference ID: Unidentified Kiss-o'-Death message '%s'",
			  text_of(d, id, 4));
	} else {
		address_text_ipv4(load_be32(id), text);
		label_set(d, last_node(d), "Reference ID: %s", text);
	}
}

static bool is_extension(const struct cursor *c)
{
	const uint8_t *at;

	/* RFC 7822, 3: the last one is longer than a MAC could be. */
	return cursor_left(c) > MAC_LONGEST && cursor_peek(c, 0, 4, &at);
}

static void take_extension(struct dissection *d, struct cursor *c)
{
	uint32_t start = c->pos;
	node_id tree = open_tree(d, c, NTP_EXT);

	take_u16(d, c, NTP_EXT_TYPE);
	uint32_t length = take_u16(d, c, NTP_EXT_LENGTH);
	if (length < LEAST_EXTENSION || length % 4 || length - 4 > cursor_left(c)) {
		note_finding_on(d, last_node(d), NTP_EXT_BAD, "Extension invalid length: %u",
				length);
		length = 4 + cursor_left(c);
	}
	if (c->pos - start < length)
		take_bytes(d, c, NTP_EXT_VALUE, length - (c->pos - start));
	close_tree(d, tree, c);
}

static void take_mac(struct dissection *d, struct cursor *c)
{
	if (cursor_left(c) < 4)
		return;
	take_bytes(d, c, NTP_KEYID, 4);
	if (cursor_left(c))
		take_bytes(d, c, NTP_MAC, cursor_left(c));
}

static void take_standard(struct dissection *d, struct cursor *c, uint8_t flags)
{
	enum { TO_TIMES = 15 };
	const uint8_t *times;

	if (d->conversation && cursor_peek(c, TO_TIMES, 32, &times))
		match(d, flags & 7, times);
	show_match(d);
	uint8_t stratum = take_u8(d, c, NTP_STRATUM);

	label_set(d, last_node(d), "Peer Clock Stratum: %s (%u)", stratum_words(stratum), stratum);
	take_poll(d, c);
	take_precision(d, c);
	take_short_time(d, c, NTP_ROOT_DELAY);
	take_short_time(d, c, NTP_ROOT_DISPERSION);
	take_reference(d, c, stratum);
	for (unsigned i = 0; i < 4; i++)
		take_time(d, c, NTP_REFTIME + i);
	while ((flags >> 3 & 7) >= 4 && is_extension(c))
		take_extension(d, c);
	take_mac(d, c);
}

/* --- mode 6: RFC 9327 --- */

enum opcode { READ_STATUS = 1, READ_VARIABLES, WRITE_VARIABLES, READ_CLOCK, WRITE_CLOCK };

static void take_status(struct dissection *d, struct cursor *c, uint8_t flags, uint16_t association)
{
	unsigned first = association ? NTP_PEER_CONFIG : NTP_SYS_LI;
	unsigned last = association ? NTP_PEER_CODE : NTP_SYS_CODE;

	if (!(flags & 0x80)) {
		take_u16(d, c, NTP_CTRL_STATUS);
	} else if (flags & 0x40) {
		take_flags(d, c, NTP_CTRL_STATUS, NTP_CTRL_ERROR_STATUS, NTP_CTRL_ERROR_STATUS);
	} else if ((flags & 0x1f) == READ_STATUS || (flags & 0x1f) == READ_VARIABLES) {
		take_flags(d, c, NTP_CTRL_STATUS, first, last);
	} else {
		take_u16(d, c, NTP_CTRL_STATUS);
	}
}

/* "name=value, name=value": what stands in quotes may have commas. */
static void take_items(struct dissection *d, struct cursor *c)
{
	while (cursor_left(c)) {
		uint32_t start = c->pos, n = 0, left = cursor_left(c);
		const uint8_t *at = NULL;
		bool quoted = false;
		if (!cursor_peek(c, 0, left, &at))
			return;
		while (n < left && (quoted || at[n] != ',')) {
			quoted ^= at[n] == '"';
			n++;
		}
		uint32_t skip = 0;
		while (skip < n && (at[skip] == ' ' || at[skip] == '\r' || at[skip] == '\n'))
			skip++;
		if (n > skip)
			add_text(d, c, NTP_CTRL_ITEM, start + skip, n - skip,
				 text_of(d, at + skip, n - skip));
		cursor_skip(c, n < left ? n + 1 : n);
	}
}

static void take_control(struct dissection *d, struct cursor *c)
{
	const uint8_t *at;
	uint8_t flags = (uint8_t)take_flags(d, c, NTP_CTRL_FLAGS, NTP_CTRL_R, NTP_CTRL_OPCODE);
	const char *opcode = value_name(opcode_names, flags & 0x1f);

	label(d, last_node(d), ", Response bit: %s, Opcode: %s",
	      flags & 0x80 ? "Response" : "Request", opcode ? opcode : "Unknown");
	take_u16(d, c, NTP_CTRL_SEQUENCE);
	uint16_t association = cursor_peek(c, 2, 2, &at) ? load_be16(at) : 0;
	take_status(d, c, flags, association);
	take_u16(d, c, NTP_CTRL_ASSOCIATION);
	take_u16(d, c, NTP_CTRL_OFFSET);
	uint16_t count = take_u16(d, c, NTP_CTRL_COUNT);
	if (!count)
		return;
	struct cursor data = cursor_split(c, count);
	node_id tree = open_tree(d, &data, NTP_CTRL_DATA);
	take_items(d, &data);
	close_tree(d, tree, &data);
	uint32_t padding = -count & 3u;
	if (padding && padding <= cursor_left(c))
		take_bytes(d, c, NTP_PADDING, padding);
	take_mac(d, c);
}

/* --- mode 7 --- */

static void take_private(struct dissection *d, struct cursor *c, bool response)
{
	take_flags(d, c, NTP_PRIV_AUTH_SEQ, NTP_PRIV_AUTH, NTP_PRIV_SEQ);
	take_u8(d, c, NTP_PRIV_IMPL);
	uint8_t request = take_u8(d, c, NTP_PRIV_REQUEST);
	const char *name = value_name(request_names, request);
	if (name)
		info(d, ", %s, %s", response ? "Response" : "Request", name);
	else
		info(d, ", %s", response ? "Response" : "Request");
	look_uint(d, c, NTP_PRIV_ERR);
	take_uint(d, c, NTP_PRIV_ITEMS);
	look_uint(d, c, NTP_PRIV_RESERVED);
	take_uint(d, c, NTP_PRIV_ITEM_SIZE);
	if (cursor_left(c))
		take_bytes(d, c, NTP_PRIV_DATA, cursor_left(c));
}

/* --- the message --- */

static void say_flags(struct dissection *d, uint8_t flags, node_id tree)
{
	static const char *const short_names[] = {
		"reserved", "symmetric active", "symmetric passive", "client",
		"server",   "broadcast",	"control",	     "private"
	};
	const char *version = value_name(version_names, flags >> 3 & 7);
	uint8_t mode = flags & 7;

	info(d, "%s, %s", version, short_names[mode]);
	label(d, layer_node(d), " (%s, %s)", version, short_names[mode]);
	if (mode == MODE_PRIVATE)
		label(d, tree, ", Response bit: %s, Version number: %s, Mode: %s",
		      flags & 0x80 ? "Response" : "Request", version, value_name(mode_names, mode));
	else
		label(d, tree, ", Leap Indicator: %s, Version number: %s, Mode: %s",
		      value_name(leap_names, flags >> 6), version, value_name(mode_names, mode));
}

static void ntp_dissect(struct dissection *d, struct cursor *c)
{
	info_begin(d);
	uint8_t flags = (uint8_t)look_uint(d, c, NTP_FLAGS), mode = flags & 7;
	node_id tree = last_node(d);
	if (!cursor_ok(c))
		return;
	say_flags(d, flags, tree);
	open_node(d, tree);
	if (mode == MODE_PRIVATE) {
		look_uint(d, c, NTP_PRIV_R);
		look_uint(d, c, NTP_PRIV_MORE);
	} else {
		look_uint(d, c, NTP_LI);
	}
	look_uint(d, c, NTP_VN);
	look_uint(d, c, NTP_MODE);
	close_node(d, tree);
	cursor_skip(c, 1);
	if (mode == MODE_CONTROL)
		take_control(d, c);
	else if (mode == MODE_PRIVATE)
		take_private(d, c, flags & 0x80);
	else
		take_standard(d, c, flags);
}

/* --- is it? --- */

enum {
	STANDARD_LENGTH = 48,
	ORIGIN_AT = 24,
	TRANSMIT_AT = 40,
	UNKNOWN_STRATUM = 16,
	CLOSE = 24 * 3600, /* seconds that a clock may be wrong for its time to be a sign */
};

static const int64_t seconds_to_1970 = 2208988800;

/* A question or its answer, alone or with extensions and a checksum behind it. */
static bool is_exchange(const struct cursor *c, const uint8_t **at)
{
	uint32_t n = cursor_left(c);

	if (n < STANDARD_LENGTH || n % 4 || n != cursor_sent(c) || !cursor_peek(c, 0, n, at))
		return false;
	uint8_t mode = (*at)[0] & 7, version = (*at)[0] >> 3 & 7;
	return version && version <= 4 && (mode == MODE_CLIENT || mode == MODE_SERVER) &&
	       (*at)[1] <= UNKNOWN_STRATUM;
}

/* The sender's time is that of the capture; later datagrams between the same ends need not say so.
 */
static bool ntp_looks_like(const struct dissection *d, const struct cursor *c)
{
	const uint8_t *at;

	if (conversation_recognized(d) == &ntp_dissector)
		return cursor_peek(c, 0, 12, &at) && (at[0] >> 3 & 7) <= 4;
	if (!is_exchange(c, &at))
		return false;
	uint32_t now = (uint32_t)(d->packet.time_ns / 1000000000 + seconds_to_1970);
	int32_t apart = (int32_t)(load_be32(at + TRANSMIT_AT) - now);
	return cursor_left(c) == STANDARD_LENGTH && apart > -CLOSE && apart < CLOSE;
}

/* Clients may put a random number in place of their time: the answer gives it back. */
static bool ntp_becomes_sure(struct dissection *d, const struct cursor *c)
{
	struct ntp_waiting *waiting;
	const uint8_t *at;

	if (!is_exchange(c, &at) ||
	    !(waiting = conversation_state(d, &ntp_dissector, sizeof *waiting)))
		return false;
	if ((at[0] & 7) == MODE_CLIENT) {
		waiting->sent[0] = load_be32(at + TRANSMIT_AT);
		waiting->sent[1] = load_be32(at + TRANSMIT_AT + 4);
		return false;
	}
	if (!waiting->sent[1] || waiting->sent[0] != load_be32(at + ORIGIN_AT) ||
	    waiting->sent[1] != load_be32(at + ORIGIN_AT + 4))
		return false;
	conversation_recognize(d, &ntp_dissector);
	return true;
}

static const struct claim ntp_claims[] = { { BY_UDP_PORT, 123 } };

const struct dissector ntp_dissector = {
	.name = "ntp",
	.short_name = "NTP",
	.title = "Network Time Protocol",
	.fields = ntp_fields,
	.field_count = NTP_FIELDS,
	.claims = ntp_claims,
	.claim_count = COUNT(ntp_claims),
	.dissect = ntp_dissect,
	.looks_like = ntp_looks_like,
	.becomes_sure = ntp_becomes_sure,
	.at_beginning = true,
};
