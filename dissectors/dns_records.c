/* dns_records.c - what records hold, type by type: mostly one table of their items. */
#include "dns.h"

#include <math.h>
#include <string.h>

enum item_kind {
	ITEM_END,
	ITEM_UINT,
	ITEM_SECONDS,
	ITEM_TIME,
	ITEM_IPV4,
	ITEM_IPV6,
	ITEM_ETHER,
	ITEM_NAME,    /* its length is found out for `text`, if that is set */
	ITEM_STRING,  /* a length in `field`, then as much text in `text` */
	ITEM_STRINGS, /* as many of those as there are */
	ITEM_BYTES,
	ITEM_TEXT,    /* the rest */
	ITEM_FIXED_8, /* 8 bytes */
	ITEM_TYPES,   /* windows of types */
};

struct rdata_item {
	uint8_t kind;
	bool show; /* the columns and the record's line say what was shown up to here */
	uint16_t field, text;
	const char *word; /* stands before the value in the record's line; NULL: not shown */
};

struct rdata_format {
	uint16_t type;
	bool owner; /* the Info column repeats the owner */
	struct rdata_item items[10];
	void (*take)(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c);
};

/* What the items have said so far. */
struct words {
	const char *line, *column;
};

static const char *number_text(struct dissection *d, uint64_t number)
{
	return dns_wants_words(d) ? arena_printf(&d->arena, "%u", (unsigned)number) : "";
}

static const char *ipv4_text(struct dissection *d, uint32_t address)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!dns_wants_words(d))
		return "";
	return arena_text(&d->arena, text, address_text_ipv4(address, text));
}

static const char *ipv6_text(struct dissection *d, const uint8_t *address)
{
	char text[ADDRESS_TEXT_ROOM];

	if (!address || !dns_wants_words(d))
		return "";
	return arena_text(&d->arena, text, address_text_ipv6(address, text));
}

static const char *take_string(struct dissection *d, struct cursor *c, unsigned length_field,
			       unsigned field)
{
	return take_text(d, c, field, take_u8(d, c, length_field));
}

static void take_time(struct dissection *d, struct cursor *c, unsigned field)
{
	uint32_t seconds = cursor_u32(c);

	add_uint(d, c, field, c->pos - 4, 4, seconds * UINT64_C(1000000000));
}

static const char *take_name(struct dissection *d, const struct dns_message *m,
			     const struct rdata_item *item, struct cursor *c)
{
	struct dns_name name = dns_name_read(d, m, c);

	if (item->text)
		put_uint(d, item->text, name.length);
	add_text(d, c, item->field, name.start, name.wire, name.text);
	dns_name_show_unicode(d, c, &name);
	return name.text;
}

static const char *take_item(struct dissection *d, const struct dns_message *m,
			     const struct rdata_item *item, struct cursor *c)
{
	switch (item->kind) {
	case ITEM_UINT:
		return number_text(d, take_uint(d, c, item->field));
	case ITEM_SECONDS:
		dns_seconds_take(d, c, item->field);
		return "";
	case ITEM_TIME:
		take_time(d, c, item->field);
		return "";
	case ITEM_IPV4:
		return ipv4_text(d, take_ipv4(d, c, item->field));
	case ITEM_IPV6:
		return ipv6_text(d, take_ipv6(d, c, item->field));
	case ITEM_ETHER:
		take_ether(d, c, item->field);
		return "";
	case ITEM_NAME:
		return take_name(d, m, item, c);
	case ITEM_STRING:
		return take_string(d, c, item->field, item->text);
	case ITEM_STRINGS:
		while (cursor_more(c))
			take_string(d, c, item->field, item->text);
		return "";
	case ITEM_TEXT:
		return take_text(d, c, item->field, cursor_sent(c));
	case ITEM_FIXED_8:
		take_bytes(d, c, item->field, 8);
		return "";
	case ITEM_TYPES:
		dns_type_windows_take(d, c);
		return "";
	default:
		take_bytes(d, c, item->field, cursor_sent(c));
		return "";
	}
}

static void add_words(struct dissection *d, struct words *words, const char *word,
		      const char *value)
{
	if (d->wants & WANT_ANY_LABELS)
		words->line = arena_printf(&d->arena, "%s, %s%s%s", words->line, word,
					   *word ? " " : "", value);
	if (d->wants & WANT_COLUMNS)
		words->column = arena_printf(&d->arena, "%s %s", words->column, value);
}

static void show_words(struct dissection *d, const struct dns_record *record,
		       const struct words *words)
{
	label(d, record->node, "%s", words->line);
	info_text(d, "", words->column);
}

static void take_items(struct dissection *d, const struct dns_message *m,
		       const struct dns_record *record, const struct rdata_item *item,
		       struct cursor *c)
{
	struct words words = { "", "" };

	for (; item->kind != ITEM_END && cursor_ok(c); item++) {
		const char *value = take_item(d, m, item, c);
		if (item->word)
			add_words(d, &words, item->word, value);
		if (item->show)
			show_words(d, record, &words);
	}
}

/* --- records that are not a plain row of items --- */

static void take_wks(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	struct words words = { "", "" };
	unsigned first_port = 0;

	(void)m;
	add_words(d, &words, "addr", ipv4_text(d, take_ipv4(d, c, DNS_WKS_ADDRESS)));
	show_words(d, record, &words);
	take_uint(d, c, DNS_WKS_PROTOCOL);
	for (; cursor_more(c); first_port += 8) {
		const uint8_t *at;
		if (cursor_peek(c, 0, 1, &at) && *at == 0) {
			cursor_skip(c, 1);
			continue;
		}
		uint8_t bits = take_u8(d, c, DNS_WKS_BITS);
		node_id node = last_node(d);
		const char *before = " (";
		for (unsigned bit = 0; bit < 8; bit++) {
			if (!(bits & 0x80 >> bit))
				continue;
			label(d, node, "%s%u", before, first_port + bit);
			before = ", ";
		}
		if (bits)
			label(d, node, ")");
	}
}

static void take_isdn(struct dissection *d, const struct dns_message *m,
		      const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	take_string(d, c, DNS_IDSN_LENGTH, DNS_IDSN_ADDRESS);
	if (cursor_more(c))
		take_string(d, c, DNS_IDSN_SA_LENGTH, DNS_IDSN_SA_ADDRESS);
}

static void take_key(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	dns_key_take(d, c);
}

static void take_dnskey(struct dissection *d, const struct dns_message *m,
			const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	dns_dnskey_take(d, c);
}

static void take_nsec3(struct dissection *d, const struct dns_message *m,
		       const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	dns_nsec3_take(d, c);
}

static void take_nsec3param(struct dissection *d, const struct dns_message *m,
			    const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	dns_nsec3param_take(d, c);
}

static void take_tsig(struct dissection *d, const struct dns_message *m,
		      const struct dns_record *record, struct cursor *c)
{
	(void)record;
	dns_tsig_take(d, m, c);
}

static void take_tkey(struct dissection *d, const struct dns_message *m,
		      const struct dns_record *record, struct cursor *c)
{
	(void)record;
	dns_name_take(d, m, c, DNS_TKEY_ALGO_NAME);
	take_time(d, c, DNS_TKEY_SIGNATURE_INCEPTION);
	take_time(d, c, DNS_TKEY_SIGNATURE_EXPIRATION);
	take_uint(d, c, DNS_TKEY_MODE);
	take_uint(d, c, DNS_TKEY_ERROR);
	uint16_t size = take_u16(d, c, DNS_TKEY_KEY_SIZE);
	if (size)
		take_bytes(d, c, DNS_TKEY_KEY_DATA, size);
	size = take_u16(d, c, DNS_TKEY_OTHER_SIZE);
	if (size)
		take_bytes(d, c, DNS_TKEY_OTHER_DATA, size);
}

/* Centimetres as mantissa and power of ten (RFC 1876, 2). */
static void take_loc_size(struct dissection *d, struct cursor *c, unsigned field)
{
	uint8_t size = take_u8(d, c, field);
	node_id node = last_node(d);

	label(d, node, " (%g m)", (size >> 4) * pow(10, size & 15) / 100);
}

/* Thousandths of a second of arc around 2^31. */
static void take_loc_angle(struct dissection *d, struct cursor *c, unsigned field,
			   uint32_t most_degrees, const char *directions)
{
	uint32_t value = take_u32(d, c, field);
	node_id node = last_node(d);
	bool positive = value >= UINT32_C(1) << 31;
	uint32_t angle = positive ? value - (UINT32_C(1) << 31) : (UINT32_C(1) << 31) - value;

	if (angle > most_degrees * 3600000) {
		label(d, node, " (Value out of range)");
		return;
	}
	label(d, node, " (%u deg %u min %u.%03u sec %c)", angle / 3600000, angle / 60000 % 60,
	      angle / 1000 % 60, angle % 1000, directions[positive ? 0 : 1]);
}

static void take_loc(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	struct cursor all = *c;

	(void)m;
	(void)record;
	if (take_u8(d, c, DNS_LOC_VERSION) != 0) {
		take_bytes(d, &all, DNS_LOC_UNKNOWN_DATA, cursor_sent(&all));
		return;
	}
	take_loc_size(d, c, DNS_LOC_SIZE);
	take_loc_size(d, c, DNS_LOC_HORIZONTAL_PRECISION);
	take_loc_size(d, c, DNS_LOC_VERTICAL_PRECISION);
	take_loc_angle(d, c, DNS_LOC_LATITUDE, 90, "NS");
	take_loc_angle(d, c, DNS_LOC_LONGITUDE, 180, "EW");
	uint32_t altitude = take_u32(d, c, DNS_LOC_ALTITUDE);
	node_id node = last_node(d);
	label(d, node, " (%g m)", ((double)altitude - 10000000) / 100);
}

/* RFC 2535, 5.2: a bitmap of types below 128. */
static void take_nxt(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	struct words words = { "", "" };
	unsigned first_type = 0;

	add_words(d, &words, "next domain name", dns_name_take(d, m, c, DNS_NXT_NEXT_DOMAIN_NAME));
	show_words(d, record, &words);
	for (; cursor_more(c); first_type += 8) {
		uint8_t bits = cursor_u8(c);
		for (unsigned bit = 0; bit < 8; bit++)
			if (bits & 0x80 >> bit)
				dns_type_in_bitmap_add(d, c, first_type + bit);
	}
}

/* RFC 2874, 3: only the bytes of the address that the prefix leaves open are there. */
static void take_a6(struct dissection *d, const struct dns_message *m,
		    const struct dns_record *record, struct cursor *c)
{
	uint8_t *address = arena_zeroed(&d->arena, 16);
	uint32_t prefix = take_u8(d, c, DNS_A6_PREFIX_LEN);
	const char *name = "";

	if (prefix > 128)
		cursor_fail(c, UINT32_MAX);
	uint32_t n = cursor_ok(c) ? (128 - prefix + 7) / 8 : 0;
	const uint8_t *suffix = cursor_bytes(c, n);
	if (suffix && n) {
		memcpy(address + 16 - n, suffix, n);
		add_bytes(d, c, DNS_A6_ADDRESS_SUFFIX, c->pos - n, n, address, 16);
	}
	if (prefix)
		name = dns_name_take(d, m, c, DNS_A6_PREFIX_NAME);
	const char *text = ipv6_text(d, address);
	label(d, record->node, ", addr %u %s %s", prefix, text, name);
	info(d, " %u %s %s", prefix, text, name);
}

/* RFC 3123: addresses without the zeros they end in. */
static void take_apl(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	while (cursor_more(c)) {
		uint16_t family = take_u16(d, c, DNS_APL_ADDRESS_FAMILY);
		take_uint(d, c, DNS_APL_CODED_PREFIX);
		look_uint(d, c, DNS_APL_NEGATION);
		uint32_t n = take_u8(d, c, DNS_APL_AFDLENGTH);
		if ((family != 1 || n > 4) && (family != 2 || n > 16)) {
			take_bytes(d, c, DNS_APL_AFDPART_DATA, n);
			continue;
		}
		const uint8_t *part = cursor_bytes(c, n);
		if (!part)
			return;
		uint8_t *address = arena_zeroed(&d->arena, 16);
		memcpy(address, part, n);
		if (family == 1)
			add_uint(d, c, DNS_APL_AFDPART_IPV4, c->pos - n, n, load_be32(address));
		else
			add_bytes(d, c, DNS_APL_AFDPART_IPV6, c->pos - n, n, address, 16);
	}
}

/* RFC 4025 */
static void take_ipseckey(struct dissection *d, const struct dns_message *m,
			  const struct dns_record *record, struct cursor *c)
{
	(void)record;
	take_uint(d, c, DNS_IPSECKEY_GATEWAY_PRECEDENCE);
	uint8_t gateway = take_u8(d, c, DNS_IPSECKEY_GATEWAY_TYPE);
	take_uint(d, c, DNS_IPSECKEY_GATEWAY_ALGORITHM);
	if (gateway == 1)
		take_ipv4(d, c, DNS_IPSECKEY_GATEWAY_IPV4);
	else if (gateway == 2)
		take_ipv6(d, c, DNS_IPSECKEY_GATEWAY_IPV6);
	else if (gateway == 3)
		dns_name_take(d, m, c, DNS_IPSECKEY_GATEWAY_DNS);
	if (cursor_more(c))
		take_bytes(d, c, DNS_IPSECKEY_PUBLIC_KEY, cursor_sent(c));
}

/* RFC 8005, 5 */
static void take_hip(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	(void)record;
	uint8_t tag_length = take_u8(d, c, DNS_HIP_HIT_LENGTH);
	take_uint(d, c, DNS_HIP_HIT_PK_ALGO);
	uint16_t key_length = take_u16(d, c, DNS_HIP_PK_LENGTH);
	take_bytes(d, c, DNS_HIP_HIT, tag_length);
	take_bytes(d, c, DNS_HIP_PK, key_length);
	while (cursor_more(c))
		dns_name_take(d, m, c, DNS_HIP_RENDEZVOUS_SERVER);
}

/* RFC 8659, 4.1 */
static void take_caa(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	static const struct {
		const char *tag;
		unsigned field;
	} tags[] = {
		{ "issue", DNS_CAA_ISSUE },
		{ "issuewild", DNS_CAA_ISSUEWILD },
		{ "iodef", DNS_CAA_IODEF },
	};
	unsigned field = DNS_CAA_UNKNOWN;
	const uint8_t *at = NULL;

	(void)m;
	(void)record;
	take_flags(d, c, DNS_CAA_FLAGS, DNS_CAA_FLAGS_ISSUER_CRITICAL,
		   DNS_CAA_FLAGS_ISSUER_CRITICAL);
	uint8_t length = cursor_peek(c, 0, 1, &at) ? *at : 0;
	if (!cursor_peek(c, 1, length, &at)) {
		cursor_skip(c, 1 + (uint32_t)length);
		return;
	}
	for (unsigned i = 0; i < COUNT(tags); i++)
		if (strlen(tags[i].tag) == length && memcmp(tags[i].tag, at, length) == 0)
			field = tags[i].field;
	struct cursor value = *c;
	cursor_skip(&value, 1 + (uint32_t)length);
	uint32_t value_length = cursor_sent(&value);
	take_text(d, &value, field, value_length);
	node_id tree = last_node(d);
	open_node(d, tree);
	take_string(d, c, DNS_CAA_TAG_LENGTH, DNS_CAA_TAG);
	take_text(d, c, DNS_CAA_VALUE, value_length);
	close_node(d, tree);
}

static void take_csync(struct dissection *d, const struct dns_message *m,
		       const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	take_uint(d, c, DNS_CSYNC_SOA);
	take_flags(d, c, DNS_CSYNC_FLAGS, DNS_CSYNC_FLAGS_IMMEDIATE, DNS_CSYNC_FLAGS_SOAMINIMUM);
	put_bytes(d, DNS_CSYNC_TYPE_BITMAP, c);
	dns_type_windows_take(d, c);
}

static void take_wins(struct dissection *d, const struct dns_message *m,
		      const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	take_uint_n(d, c, DNS_WINS_LOCAL_FLAG, 4);
	take_uint(d, c, DNS_WINS_LOOKUP_TIMEOUT);
	take_uint(d, c, DNS_WINS_CACHE_TIMEOUT);
	uint32_t count = take_u32(d, c, DNS_WINS_NB_WINS_SERVERS);
	for (; count && cursor_more(c); count--)
		take_ipv4(d, c, DNS_WINS_WINS_SERVER);
}

static void take_winsr(struct dissection *d, const struct dns_message *m,
		       const struct dns_record *record, struct cursor *c)
{
	struct words words = { "", "" };

	take_uint_n(d, c, DNS_WINSR_LOCAL_FLAG, 4);
	take_uint(d, c, DNS_WINSR_LOOKUP_TIMEOUT);
	take_uint(d, c, DNS_WINSR_CACHE_TIMEOUT);
	add_words(d, &words, "name result domain",
		  dns_name_take(d, m, c, DNS_WINSR_NAME_RESULT_DOMAIN));
	show_words(d, record, &words);
}

static void take_xpf(struct dissection *d, const struct dns_message *m,
		     const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	uint64_t version = look_uint_n(d, c, DNS_XPF_IP_VERSION, 1) & 15;
	cursor_skip(c, 1);
	take_uint(d, c, DNS_XPF_PROTOCOL);
	if (version == 4) {
		take_ipv4(d, c, DNS_XPF_SOURCE_IPV4);
		take_ipv4(d, c, DNS_XPF_DESTINATION_IPV4);
	} else if (version == 6) {
		take_ipv6(d, c, DNS_XPF_SOURCE_IPV6);
		take_ipv6(d, c, DNS_XPF_DESTINATION_IPV6);
	} else {
		return;
	}
	take_uint(d, c, DNS_XPF_SPORT);
	take_uint(d, c, DNS_XPF_DPORT);
}

static void take_service(struct dissection *d, const struct dns_message *m,
			 const struct dns_record *record, struct cursor *c)
{
	(void)record;
	dns_service_dissect(d, m, c);
}

static void take_options(struct dissection *d, const struct dns_message *m,
			 const struct dns_record *record, struct cursor *c)
{
	(void)m;
	(void)record;
	dns_options_dissect(d, c);
}

#define NAME(f)                                                                                    \
	{                                                                                          \
		ITEM_NAME, .field = (f)                                                            \
	}
#define NAME_SHOWN(f, w)                                                                           \
	{                                                                                          \
		ITEM_NAME, .field = (f), .word = (w), .show = true                                 \
	}
#define UINT(f)                                                                                    \
	{                                                                                          \
		ITEM_UINT, .field = (f)                                                            \
	}
#define SIGNATURE_ITEMS                                                                            \
	{                                                                                          \
		UINT(DNS_RRSIG_TYPE_COVERED), UINT(DNS_RRSIG_ALGORITHM), UINT(DNS_RRSIG_LABELS),   \
			{ ITEM_SECONDS, .field = DNS_RRSIG_ORIGINAL_TTL },                         \
			{ ITEM_TIME, .field = DNS_RRSIG_SIGNATURE_EXPIRATION },                    \
			{ ITEM_TIME, .field = DNS_RRSIG_SIGNATURE_INCEPTION },                     \
			UINT(DNS_RRSIG_KEY_TAG), NAME(DNS_RRSIG_SIGNERS_NAME),                     \
		{                                                                                  \
			ITEM_BYTES, .field = DNS_RRSIG_SIGNATURE                                   \
		}                                                                                  \
	}
#define DIGEST_ITEMS                                                                               \
	{                                                                                          \
		UINT(DNS_DS_KEY_ID), UINT(DNS_DS_ALGORITHM), UINT(DNS_DS_DIGEST_TYPE),             \
		{                                                                                  \
			ITEM_BYTES, .field = DNS_DS_DIGEST                                         \
		}                                                                                  \
	}

static const struct rdata_format formats[] = {
	{ 1, .items = { { ITEM_IPV4, .field = DNS_A, .word = "addr", .show = true } } },
	{ 2, .items = { NAME_SHOWN(DNS_NS, "ns") } },
	{ 3, .owner = true, .items = { NAME(DNS_MD) } },
	{ 4, .owner = true, .items = { NAME(DNS_MF) } },
	{ 5, .items = { NAME_SHOWN(DNS_CNAME, "cname") } },
	{ 6, .items = { NAME_SHOWN(DNS_SOA_MNAME, "mname"),
			NAME(DNS_SOA_RNAME),
			UINT(DNS_SOA_SERIAL_NUMBER),
			{ ITEM_SECONDS, .field = DNS_SOA_REFRESH_INTERVAL },
			{ ITEM_SECONDS, .field = DNS_SOA_RETRY_INTERVAL },
			{ ITEM_SECONDS, .field = DNS_SOA_EXPIRE_LIMIT },
			{ ITEM_SECONDS, .field = DNS_SOA_MINIMUM_TTL } } },
	{ 7, .owner = true, .items = { NAME(DNS_MB) } },
	{ 8, .owner = true, .items = { NAME(DNS_MG) } },
	{ 9, .owner = true, .items = { NAME(DNS_MR) } },
	{ 10, .owner = true, .items = { { ITEM_BYTES, .field = DNS_NULL } } },
	{ 11, .take = take_wks },
	{ 12, .items = { NAME_SHOWN(DNS_PTR_DOMAIN_NAME, "") } },
	{ 13, .items = { { ITEM_STRING, .field = DNS_HINFO_CPU_LENGTH, .text = DNS_HINFO_CPU,
			   .word = "CPU" },
			 { ITEM_STRING, .field = DNS_HINFO_OS_LENGTH, .text = DNS_HINFO_OS,
			   .word = "OS", .show = true } } },
	{ 14, .owner = true, .items = { NAME(DNS_MINFO_R), NAME(DNS_MINFO_E) } },
	{ 15, .items = { { ITEM_UINT, .field = DNS_MX_PREFERENCE, .word = "preference" },
			 NAME_SHOWN(DNS_MX_MAIL_EXCHANGE, "mx") } },
	{ 16, .items = { { ITEM_STRINGS, .field = DNS_TXT_LENGTH, .text = DNS_TXT } } },
	{ 17, .owner = true, .items = { NAME(DNS_RP_MAILBOX), NAME(DNS_RP_TXT_RR) } },
	{ 18, .owner = true, .items = { UINT(DNS_AFSDB_SUBTYPE), NAME(DNS_AFSDB_HOSTNAME) } },
	{ 19, .owner = true,
	  .items = { { ITEM_STRING, .field = DNS_X25_LENGTH, .text = DNS_X25_PSDN_ADDRESS } } },
	{ 20, .owner = true, .take = take_isdn },
	{ 21, .owner = true, .items = { UINT(DNS_RT_SUBTYPE), NAME(DNS_RT_INTERMEDIATE_HOST) } },
	{ 22, .owner = true, .items = { { ITEM_BYTES, .field = DNS_NSAP_RDATA } } },
	{ 23, .owner = true, .items = { NAME(DNS_NSAP_PTR_OWNER) } },
	{ 24, .items = SIGNATURE_ITEMS },
	{ 25, .take = take_key },
	{ 26, .owner = true,
	  .items = { UINT(DNS_PX_PREFERENCE), NAME(DNS_PX_MAP822), NAME(DNS_PX_MAP400) } },
	{ 27, .owner = true,
	  .items = { { ITEM_STRING, .field = DNS_GPOS_LONGITUDE_LENGTH,
		       .text = DNS_GPOS_LONGITUDE },
		     { ITEM_STRING, .field = DNS_GPOS_LATITUDE_LENGTH, .text = DNS_GPOS_LATITUDE },
		     { ITEM_STRING, .field = DNS_GPOS_ALTITUDE_LENGTH,
		       .text = DNS_GPOS_ALTITUDE } } },
	{ 28, .items = { { ITEM_IPV6, .field = DNS_AAAA, .word = "addr", .show = true } } },
	{ 29, .take = take_loc },
	{ 30, .take = take_nxt },
	{ 33, .items = { { ITEM_UINT, .field = DNS_SRV_PRIORITY, .word = "priority" },
			 { ITEM_UINT, .field = DNS_SRV_WEIGHT, .word = "weight" },
			 { ITEM_UINT, .field = DNS_SRV_PORT, .word = "port" },
			 NAME_SHOWN(DNS_SRV_TARGET, "target") } },
	{ 35,
	  .items = { { ITEM_UINT, .field = DNS_NAPTR_ORDER, .word = "order" },
		     { ITEM_UINT, .field = DNS_NAPTR_PREFERENCE, .word = "preference" },
		     { ITEM_STRING, .field = DNS_NAPTR_FLAGS_LENGTH, .text = DNS_NAPTR_FLAGS,
		       .word = "flags" },
		     { ITEM_STRING, .field = DNS_NAPTR_SERVICE_LENGTH, .text = DNS_NAPTR_SERVICE },
		     { ITEM_STRING, .field = DNS_NAPTR_REGEX_LENGTH, .text = DNS_NAPTR_REGEX },
		     { ITEM_NAME, .field = DNS_NAPTR_REPLACEMENT,
		       .text = DNS_NAPTR_REPLACEMENT_LENGTH, .show = true } } },
	{ 36, .items = { { ITEM_UINT, .field = DNS_KX_PREFERENCE, .word = "preference" },
			 NAME_SHOWN(DNS_KX_KEY_EXCHANGE, "kx") } },
	{ 37, .items = { UINT(DNS_CERT_TYPE),
			 UINT(DNS_CERT_KEY_TAG),
			 UINT(DNS_CERT_ALGORITHM),
			 { ITEM_BYTES, .field = DNS_CERT_CERTIFICATE } } },
	{ 38, .take = take_a6 },
	{ 39, .items = { NAME_SHOWN(DNS_DNAME, "dname") } },
	{ 41, .take = take_options },
	{ 42, .owner = true, .take = take_apl },
	{ 43, .items = DIGEST_ITEMS },
	{ 44, .items = { UINT(DNS_SSHFP_ALGORITHM),
			 UINT(DNS_SSHFP_FINGERPRINT_TYPE),
			 { ITEM_BYTES, .field = DNS_SSHFP_FINGERPRINT } } },
	{ 45, .take = take_ipseckey },
	{ 46, .items = SIGNATURE_ITEMS },
	{ 47,
	  .items = { NAME_SHOWN(DNS_NSEC_NEXT_DOMAIN_NAME, "next domain name"), { ITEM_TYPES } } },
	{ 48, .take = take_dnskey },
	{ 49, .owner = true, .items = { { ITEM_BYTES, .field = DNS_DHCID_RDATA } } },
	{ 50, .take = take_nsec3 },
	{ 51, .owner = true, .take = take_nsec3param },
	{ 52, .owner = true,
	  .items = { UINT(DNS_TLSA_CERTIFICATE_USAGE),
		     UINT(DNS_TLSA_SELECTOR),
		     UINT(DNS_TLSA_MATCHING_TYPE),
		     { ITEM_BYTES, .field = DNS_TLSA_CERTIFICATE_ASSOCIATION_DATA } } },
	{ 55, .owner = true, .take = take_hip },
	{ 59, .items = DIGEST_ITEMS },
	{ 60, .take = take_dnskey },
	{ 61, .items = { { ITEM_TEXT, .field = DNS_OPENPGPKEY } } },
	{ 62, .take = take_csync },
	{ 63, .items = { UINT(DNS_ZONEMD_SERIAL),
			 UINT(DNS_ZONEMD_SCHEME),
			 UINT(DNS_ZONEMD_HASH_ALGO),
			 { ITEM_BYTES, .field = DNS_ZONEMD_DIGEST } } },
	{ 64, .take = take_service },
	{ 65, .take = take_service },
	{ 99, .items = { { ITEM_STRINGS, .field = DNS_SPF_LENGTH, .text = DNS_SPF } } },
	{ 104,
	  .items = { UINT(DNS_ILNP_NID_PREFERENCE), { ITEM_FIXED_8, .field = DNS_ILNP_NID } } },
	{ 105, .items = { UINT(DNS_ILNP_L32_PREFERENCE), { ITEM_IPV4, .field = DNS_ILNP_L32 } } },
	{ 106,
	  .items = { UINT(DNS_ILNP_L64_PREFERENCE), { ITEM_FIXED_8, .field = DNS_ILNP_L64 } } },
	{ 107, .items = { UINT(DNS_ILNP_LP_PREFERENCE), NAME(DNS_ILNP_LP) } },
	{ 108, .items = { { ITEM_ETHER, .field = DNS_EUI48 } } },
	{ 109, .items = { UINT(DNS_EUI64) } },
	{ 249, .take = take_tkey },
	{ 250, .take = take_tsig },
	{ 257, .take = take_caa },
	{ 32769, .items = DIGEST_ITEMS },
	{ 65281, .take = take_wins },
	{ 65282, .take = take_winsr },
	{ 65422, .take = take_xpf },
};

static const struct rdata_format *format_of(uint16_t type)
{
	unsigned low = 0, high = COUNT(formats);

	while (low < high) {
		unsigned middle = (low + high) / 2;
		if (formats[middle].type < type)
			low = middle + 1;
		else
			high = middle;
	}
	return low < COUNT(formats) && formats[low].type == type ? &formats[low] : NULL;
}

void dns_rdata_dissect(struct dissection *d, const struct dns_message *m,
		       const struct dns_record *record, struct cursor *c)
{
	const struct rdata_format *format = format_of(record->type);

	if (!cursor_more(c))
		return;
	if (!format) {
		note_finding(d, DNS_UNDECODED_TYPE, "Records of this type are shown as bytes");
		take_bytes(d, c, DNS_DATA, cursor_sent(c));
		return;
	}
	if (format->owner)
		info_text(d, " ", record->owner);
	if (format->take)
		format->take(d, m, record, c);
	else
		take_items(d, m, record, format->items, c);
}
