/* x509.h - what the files that read certificates share. */
#ifndef DISSECTORS_X509_H
#define DISSECTORS_X509_H

#include "der.h"
#include "tls.h"

/* "id-at-commonName"; NULL: it is not known. */
const char *x509_oid_name(const struct der *oid);
bool x509_oid_is(const struct der *oid, const char *name);
void x509_add_oid(struct dissection *d, const struct cursor *c, unsigned field,
		  const struct der *oid);
void x509_add_string(struct dissection *d, const struct cursor *c, unsigned field,
		     const struct der *der);
/* "id-at-commonName=a,id-at-countryName=b", the last part first; of a whole name, or of `one` part
 * of it. */
const char *x509_name_words(struct dissection *d, struct cursor c, bool one);
/* A Name, which is a choice of one: an RDNSequence, shown as `sequence` below `field`. */
void x509_show_name(struct dissection *d, const struct der *name, unsigned field,
		    unsigned sequence);
/* All that are in `c`. */
void x509_show_extensions(struct dissection *d, struct cursor c);

#endif
