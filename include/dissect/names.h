/* names.h - names of addresses and ports, where the user asks for them (-N).
 *
 * Like the registry they are written before there are threads, and only read afterwards.  Names
 * are clean (base/text.h), wherever they are from. */
#ifndef DISSECT_NAMES_H
#define DISSECT_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "dissect/address.h"

enum name_kind {
	NAMES_ETHER = 1, /* makers of network cards, and well-known groups */
	NAMES_HOST = 2,	 /* hosts files, and what is added */
	NAMES_PORT = 4,	 /* services */
	NAMES_VLAN = 8,	 /* the user's file "vlans" */
};

enum name_origin {		     /* the first of these is believed most */
		   NAME_FROM_SYSTEM, /* /etc/hosts */
		   NAME_FROM_FILE,   /* -H */
		   NAME_FROM_CAPTURE,
		   NAME_FROM_ANSWER, /* of DNS; the last one counts */
};

enum { NAME_ROOM = 64 };

/* Reads what these kinds (a set) need from the system's files; none that is missing is a fault. */
void names_choose(unsigned kinds);
unsigned names_chosen(void);
void names_free(void);

/* Files of names; false: it cannot be read.  As /etc/hosts: an address, its name, others that are
 * not used; the first line of an address counts. */
bool names_read_hosts(const char *path, struct error *error);
/* As /etc/services, or Wireshark's services: "http 80/tcp/udp". */
bool names_read_services(const char *path, struct error *error);
/* As Wireshark's manuf: "00:00:0C	Cisco	Cisco Systems, Inc", "01-00-5E/25 IPv4mcast". */
bool names_read_makers(const char *path, struct error *error);

/* As Wireshark's vlans: "100	Office", the rest of the line, or up to a tab. */
bool names_read_vlans(const char *path, struct error *error);

void names_add_host(const struct endpoint *address, const char *name, enum name_origin origin);
/* Takes away what was told by this. */
void names_forget(enum name_origin origin);
/* The first of the files with this kind's names that is there; NULL: none. */
const char *names_file(enum name_kind kind);
/* All hosts that have names, in the order in which they were told. */
unsigned names_host_count(void);
const char *names_host(unsigned n, struct endpoint *address, enum name_origin *origin);

/* The host's or the network card's name, or else the address.  What its kind is not chosen for
 * stays an address.  Returns the length. */
unsigned name_address(const struct endpoint *address, char text[NAME_ROOM]);
/* "http"; NULL: it has no name, or names of ports are not chosen.  `protocol`: of IP. */
const char *name_port(uint8_t protocol, uint16_t port);

/* "<100>" if it has no name; NULL: names of VLANs are not chosen.  Text lives as the book does, or
 * is `text`. */
const char *name_vlan(uint16_t id, char text[NAME_ROOM]);

enum { NAMED_TEXT_ROOM = NAME_ROOM + ADDRESS_TEXT_ROOM + 3 };

/* "www.example (192.0.2.1)" where names of this kind of address are chosen; else the address. */
unsigned named_address_text(const struct endpoint *address, char text[NAMED_TEXT_ROOM]);
unsigned named_ipv4_text(uint32_t address, char text[NAMED_TEXT_ROOM]);

struct endpoint endpoint_ipv4(uint32_t address);
struct endpoint endpoint_ipv6(const uint8_t address[16]);
struct endpoint endpoint_ether(const uint8_t address[6]);

#endif
