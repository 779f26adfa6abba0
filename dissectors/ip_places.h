/* ip_places.h - places of addresses, for IPv4 and IPv6. */
#ifndef DISSECTORS_IP_PLACES_H
#define DISSECTORS_IP_PLACES_H

#include "dissect/dissector.h"

/* The order of a protocol's fields from its first one about places on: a tree and what is below it for
 * the source, the same for the destination, and what is said of either. */
enum {
	PLACE_SUMMARY, PLACE_CITY, PLACE_COUNTRY, PLACE_ISO, PLACE_SYSTEM, PLACE_ORGANIZATION,
	PLACE_LATITUDE, PLACE_LONGITUDE, PLACE_PARTS,
	PLACE_OF_SOURCE = 0,
	PLACE_OF_DESTINATION = PLACE_PARTS,
	PLACE_OF_EITHER = 2 * PLACE_PARTS - 1, /* has no tree of its own */
	PLACE_FIELDS = PLACE_OF_EITHER + PLACE_PARTS,
};

#define PLACE_ROW(first, side, part, name, title, type, words) \
	[first + side + part] = { name, title, type, .help = words }

#define PLACE_ROWS_OF(first, side, name, title, whose)                                              \
	PLACE_ROW(first, side, PLACE_CITY, name "city", title " GeoIP City", FIELD_TEXT,            \
		  "The city where " whose " is, says a database"),                                 \
	PLACE_ROW(first, side, PLACE_COUNTRY, name "country", title " GeoIP Country", FIELD_TEXT,   \
		  "The country where " whose " is, says a database"),                              \
	PLACE_ROW(first, side, PLACE_ISO, name "country_iso",                                       \
		  title " GeoIP ISO Two Letter Country Code", FIELD_TEXT,                           \
		  "That country's two letters of ISO 3166"),                                       \
	PLACE_ROW(first, side, PLACE_SYSTEM, name "asnum", title " GeoIP AS Number", FIELD_U32,     \
		  "The autonomous system that announces the network of " whose),                   \
	PLACE_ROW(first, side, PLACE_ORGANIZATION, name "org", title " GeoIP AS Organization",      \
		  FIELD_TEXT, "Who runs that system"),                                             \
	PLACE_ROW(first, side, PLACE_LATITUDE, name "lat", title " GeoIP Latitude", FIELD_DOUBLE,   \
		  "Degrees north of the equator, roughly"),                                        \
	PLACE_ROW(first, side, PLACE_LONGITUDE, name "lon", title " GeoIP Longitude", FIELD_DOUBLE, \
		  "Degrees east of Greenwich, roughly")

#define PLACE_ROWS(first, protocol)                                                                 \
	PLACE_ROW(first, PLACE_OF_SOURCE, PLACE_SUMMARY, protocol ".geoip.src_summary",             \
		  "Source GeoIP", FIELD_TEXT, "Where the sender is and whose network that is"),    \
	PLACE_ROW(first, PLACE_OF_DESTINATION, PLACE_SUMMARY, protocol ".geoip.dst_summary",        \
		  "Destination GeoIP", FIELD_TEXT, "Where it goes to and whose network that is"),  \
	PLACE_ROWS_OF(first, PLACE_OF_SOURCE, protocol ".geoip.src_", "Source", "the sender"),      \
	PLACE_ROWS_OF(first, PLACE_OF_DESTINATION, protocol ".geoip.dst_", "Destination",           \
		      "the receiver"),                                                             \
	PLACE_ROWS_OF(first, PLACE_OF_EITHER, protocol ".geoip.", "Source or Destination",          \
		      "either host")

/* Shows what databases say of the packet's two addresses, which have been shown in these nodes.  `first`
 * is the layer's first field about places. */
void ip_show_places(struct dissection *d, unsigned first, node_id source, node_id destination);

#endif
