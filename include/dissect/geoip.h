/* geoip.h - where addresses are and whose networks they belong to, as databases of MaxMind's format
 * say.
 *
 * Opened before there are threads, and only read afterwards. */
#ifndef DISSECT_GEOIP_H
#define DISSECT_GEOIP_H

#include <stdbool.h>
#include <stdint.h>

#include "dissect/address.h"

enum { GEOIP_DATABASES = 16 };

/* Bytes in a database, not terminated; nobody promises that they are UTF-8.  NULL: it does not say.
 */
struct place_words {
	const char *bytes;
	uint32_t length;
};

struct place {
	struct place_words city, country, iso, organization;
	uint32_t system;	    /* the number of the autonomous system */
	double latitude, longitude; /* degrees, north and east */
	bool has_system, has_position;
};

/* Opens the *.mmdb files in the folders that $PEEL_GEOIP names, with colons between them ("":
 * none); without it, in those of maxmind_db_paths, peel's or Wireshark's, and where distributions
 * put them. `complain` is told in one line of each that cannot be read. */
void geoip_open(void (*complain)(const char *words));
void geoip_close(void);

/* False: no database knows the address.  What the first one says counts. */
bool geoip_find(const struct endpoint *address, struct place *place);

/* Of the library; NULL: peel was built without it. */
const char *geoip_library_version(void);

#endif
