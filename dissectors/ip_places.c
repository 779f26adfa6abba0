/* ip_places.c - places of addresses in the tree, for IPv4 and IPv6. */
#include "ip_places.h"

#include "dissect/geoip.h"

/* What is shown: whose place it is and the node of the address. */
struct shown {
	unsigned first, side;
	node_id address;
};

static bool is_wanted(const struct dissection *d, unsigned first)
{
	for (unsigned i = 0; i < PLACE_FIELDS; i++)
		if (field_wanted(d, first + i))
			return true;
	return false;
}

static void found_out(struct dissection *d, const struct shown *shown, node_id node)
{
	if (node != NO_NODE && shown->address != NO_NODE)
		node_stand_on(d, node, shown->address);
}

static const char *words_of(struct dissection *d, const struct place_words *words)
{
	return words->bytes ? text_of(d, (const uint8_t *)words->bytes, words->length) : NULL;
}

static void show_words(struct dissection *d, const struct shown *shown, unsigned part,
		       const char *words)
{
	if (!words)
		return;
	found_out(d, shown, put_text(d, shown->first + shown->side + part, words));
	found_out(d, shown, put_text(d, shown->first + PLACE_OF_EITHER + part, words));
}

static void show_degrees(struct dissection *d, const struct shown *shown, unsigned part,
			 double degrees)
{
	found_out(d, shown, put_double(d, shown->first + shown->side + part, degrees));
	found_out(d, shown, put_double(d, shown->first + PLACE_OF_EITHER + part, degrees));
}

/* "Lisbon, PT, ASN 64496, Example Networks" */
static const char *summary(struct dissection *d, const struct place *place)
{
	const char *city = words_of(d, &place->city), *iso = words_of(d, &place->iso);
	const char *organization = words_of(d, &place->organization);
	const char *system =
		place->has_system ? arena_printf(&d->arena, "ASN %u", place->system) : NULL;
	const char *parts[] = { city, iso, system, organization };
	const char *words = "";

	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i])
			words = arena_printf(&d->arena, "%s%s%s", words, *words ? ", " : "",
					     parts[i]);
	return words;
}

static void show_place(struct dissection *d, const struct shown *shown,
		       const struct endpoint *address)
{
	unsigned side = shown->first + shown->side;
	struct place place;

	if (!geoip_find(address, &place))
		return;
	node_id tree = put_text(d, side + PLACE_SUMMARY, summary(d, &place));
	found_out(d, shown, tree);
	open_node(d, tree);
	show_words(d, shown, PLACE_CITY, words_of(d, &place.city));
	show_words(d, shown, PLACE_COUNTRY, words_of(d, &place.country));
	show_words(d, shown, PLACE_ISO, words_of(d, &place.iso));
	if (place.has_system) {
		found_out(d, shown, put_uint(d, side + PLACE_SYSTEM, place.system));
		found_out(d, shown,
			  put_uint(d, shown->first + PLACE_OF_EITHER + PLACE_SYSTEM, place.system));
	}
	show_words(d, shown, PLACE_ORGANIZATION, words_of(d, &place.organization));
	if (place.has_position) {
		show_degrees(d, shown, PLACE_LATITUDE, place.latitude);
		show_degrees(d, shown, PLACE_LONGITUDE, place.longitude);
	}
	close_node(d, tree);
}

void ip_show_places(struct dissection *d, unsigned first, node_id source, node_id destination)
{
	if (!wants_fields(d) || !is_wanted(d, first))
		return;
	show_place(d, &(struct shown){ first, PLACE_OF_SOURCE, source }, &d->from);
	show_place(d, &(struct shown){ first, PLACE_OF_DESTINATION, destination }, &d->to);
}
