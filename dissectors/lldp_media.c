/* lldp_media.c - LLDP-MED, ANSI/TIA-1057: what telephones and the switches they stand at tell each
 * other, and where they are. */
#include <inttypes.h>

#include "lldp.h"

enum { CAPABILITIES = 1, POLICY, LOCATION, POWER, INVENTORY, INVENTORY_END = INVENTORY + 6 };
enum { POLICY_BYTES = 3, COORDINATE_BYTES = 5, FRACTION_BITS = 25, SIGN_BIT = 33 };

static void take_policy(struct dissection *d, struct cursor *c)
{
	take_u8(d, c, LLDP_MEDIA_APPLICATION);
	look_uint_n(d, c, LLDP_MEDIA_POLICY_UNKNOWN, POLICY_BYTES);
	look_uint_n(d, c, LLDP_MEDIA_TAGGED, POLICY_BYTES);
	look_uint(d, c, LLDP_MEDIA_VLAN);
	look_uint(d, c, LLDP_MEDIA_PRIORITY);
	take_uint(d, c, LLDP_MEDIA_DSCP);
}

/* 6 bits say how many of the 34 that follow are right; these are degrees with 25 binary places, as
 * in DHCP (RFC 6225, 2.3). */
static void take_coordinate(struct dissection *d, struct cursor *c, unsigned resolution,
			    const char *const directions[2])
{
	uint32_t start = c->pos;

	look_uint(d, c, resolution);
	uint64_t high = cursor_u8(c);
	uint64_t bits = (high & 3) << 32 | cursor_u32(c);
	if (!cursor_ok(c))
		return;
	bool negative = bits >> SIGN_BIT;
	uint64_t size = negative ? (UINT64_C(1) << (SIGN_BIT + 1)) - bits : bits;
	uint64_t fraction = size & ((UINT64_C(1) << FRACTION_BITS) - 1);
	node_id node = add_uint(d, c, resolution + 1, start, COORDINATE_BYTES, bits);
	label_set(d, node, "%s: %" PRIu64 ".%04" PRIu64 " degrees %s (0x%010" PRIX64 ")",
		  lldp_fields[resolution + 1].name, size >> FRACTION_BITS,
		  fraction * 10000 >> FRACTION_BITS, directions[negative], bits);
}

static void take_coordinates(struct dissection *d, struct cursor *c)
{
	static const char *const latitudes[] = { "North", "South" };
	static const char *const longitudes[] = { "East", "West" };

	take_coordinate(d, c, LLDP_MEDIA_LATITUDE_RESOLUTION, latitudes);
	take_coordinate(d, c, LLDP_MEDIA_LONGITUDE_RESOLUTION, longitudes);
	look_uint(d, c, LLDP_MEDIA_ALTITUDE_TYPE);
	look_uint(d, c, LLDP_MEDIA_ALTITUDE_RESOLUTION);
	cursor_skip(c, 1);
	take_uint(d, c, LLDP_MEDIA_ALTITUDE);
	take_u8(d, c, LLDP_MEDIA_DATUM);
}

/* Country, then parts of an address: type, length, text (RFC 4776, 3). */
static void take_civic_address(struct dissection *d, struct cursor *c)
{
	uint8_t length = take_u8(d, c, LLDP_MEDIA_CIVIC_LENGTH);

	if (length > cursor_sent(c)) {
		note_finding(d, LLDP_TOO_LONG, NULL);
		return;
	}
	struct cursor address = cursor_split(c, length);
	take_u8(d, &address, LLDP_MEDIA_CIVIC_WHAT);
	take_text(d, &address, LLDP_MEDIA_CIVIC_COUNTRY, 2);
	while (cursor_more(&address)) {
		take_u8(d, &address, LLDP_MEDIA_CIVIC_TYPE);
		uint8_t n = take_u8(d, &address, LLDP_MEDIA_CIVIC_PART_LENGTH);
		if (n > cursor_sent(&address)) {
			note_finding(d, LLDP_TOO_LONG, NULL);
			return;
		}
		if (n)
			take_text(d, &address, LLDP_MEDIA_CIVIC_VALUE, n);
	}
}

static void take_location(struct dissection *d, struct cursor *c)
{
	enum { COORDINATES = 1, CIVIC_ADDRESS, TELEPHONE };
	uint8_t format = take_u8(d, c, LLDP_MEDIA_LOCATION_FORMAT);

	if (format == COORDINATES)
		take_coordinates(d, c);
	else if (format == CIVIC_ADDRESS)
		take_civic_address(d, c);
	else if (format == TELEPHONE && cursor_left(c))
		take_text(d, c, LLDP_MEDIA_ELIN, cursor_left(c));
}

/* What the source's number means depends on who says it. */
static void take_power(struct dissection *d, struct cursor *c)
{
	static const char *const sources[2][4] = {
		{ "Unknown", "Primary Power Source", "Backup Power Source", "Reserved" },
		{ "Unknown", "PSE", "Local", "PSE and Local" },
	};
	uint64_t type = look_uint(d, c, LLDP_MEDIA_POWER_TYPE);
	uint64_t source = look_uint(d, c, LLDP_MEDIA_POWER_SOURCE);

	label_set(d, last_node(d), "..%u%u .... = Power Source: %u %s", (unsigned)source >> 1,
		  (unsigned)source & 1, (unsigned)source, sources[type & 1][source & 3]);
	take_uint(d, c, LLDP_MEDIA_POWER_PRIORITY);
	uint16_t tenths = take_u16(d, c, LLDP_MEDIA_POWER_VALUE);
	label_set(d, last_node(d), "Power Value: %u mW", tenths * 100u);
}

void lldp_take_media(struct dissection *d, struct cursor *c, uint8_t subtype)
{
	if (subtype == CAPABILITIES && cursor_left(c) < 3) {
		note_finding(d, LLDP_TOO_SHORT, NULL);
	} else if (subtype == CAPABILITIES) {
		take_flags(d, c, LLDP_MEDIA_CAPABILITIES, LLDP_MEDIA_CAPABILITIES + 1,
			   LLDP_MEDIA_CAPABILITIES + 6);
		take_u8(d, c, LLDP_MEDIA_CLASS);
	} else if (subtype == POLICY) {
		take_policy(d, c);
	} else if (subtype == LOCATION) {
		take_location(d, c);
	} else if (subtype == POWER) {
		take_power(d, c);
	} else if (subtype >= INVENTORY && subtype <= INVENTORY_END && cursor_left(c)) {
		take_text(d, c, LLDP_MEDIA_INVENTORY + (subtype - (unsigned)INVENTORY),
			  cursor_left(c));
	}
}
