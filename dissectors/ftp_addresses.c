/* ftp_addresses.c - where a data connection will be: PORT and PASV (RFC 959), EPRT and EPSV (RFC
 * 2428). */
#include <arpa/inet.h>
#include <string.h>

#include "ftp.h"

static bool is_own_address(const struct dissection *d, uint32_t address)
{
	return d->from.type != ADDRESS_IPV4 || load_be32(d->from.address) == address;
}

static struct endpoint ipv4_end(uint32_t address, uint16_t port)
{
	struct endpoint end = { .type = ADDRESS_IPV4, .length = 4, .port = port };

	for (unsigned i = 0; i < 4; i++)
		end.address[i] = (uint8_t)(address >> (24 - 8 * i));
	return end;
}

/* h1,h2,h3,h4,p1,p2 at the front of the part; its length is set to what they take. */
static bool read_host_port(struct text_part *part, uint32_t *address, uint16_t *port)
{
	uint8_t numbers[6];
	uint32_t at = 0;

	for (unsigned i = 0; i < 6; i++) {
		struct text_part digits = part_from(part, at);
		uint64_t number;
		uint32_t n = 0;
		while (n < digits.length && digits.bytes[n] >= '0' && digits.bytes[n] <= '9')
			n++;
		digits.length = n;
		if (!part_number(&digits, 255, &number))
			return false;
		numbers[i] = (uint8_t)number;
		at += n;
		if (i < 5 && (at == part->length || part->bytes[at++] != ','))
			return false;
	}
	part->length = at;
	*address = load_be32(numbers);
	*port = load_be16(numbers + 4);
	return true;
}

bool ftp_show_port(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end)
{
	uint32_t address;
	uint16_t port;

	if (!read_host_port(&arg, &address, &port)) {
		note_finding(d, FTP_PORT_INVALID, "PORT arguments must be six numbers below 256");
		return false;
	}
	add_uint(d, c, FTP_ACTIVE_CIP, arg.start, arg.length, address);
	add_uint(d, c, FTP_ACTIVE_PORT, arg.start, arg.length, port);
	if (!is_own_address(d, address))
		add_uint(d, c, FTP_ACTIVE_NAT, arg.start, arg.length, 1);
	*end = ipv4_end(address, port);
	return true;
}

bool ftp_show_pasv(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end)
{
	uint32_t address;
	uint16_t port;

	while (arg.length && (arg.bytes[0] < '0' || arg.bytes[0] > '9'))
		arg = part_from(&arg, 1);
	if (!read_host_port(&arg, &address, &port)) {
		note_finding(d, FTP_PASSIVE_INVALID, "PASV reply must hold six numbers below 256");
		return false;
	}
	add_uint(d, c, FTP_PASSIVE_IP, arg.start, arg.length, address);
	add_uint(d, c, FTP_PASSIVE_PORT, arg.start, arg.length, port);
	if (!is_own_address(d, address))
		add_uint(d, c, FTP_PASSIVE_NAT, arg.start, arg.length, 1);
	*end = ipv4_end(address, port);
	return true;
}

/* The part before the next delimiter, which is skipped with it.  False: there is none. */
static bool take_until(struct text_part *rest, uint8_t delimiter, struct text_part *part)
{
	*part = *rest;
	part->length = part_find(rest, delimiter);
	if (part->length == rest->length)
		return false;
	*rest = part_from(rest, part->length + 1);
	return true;
}

static bool add_eprt_address(struct dissection *d, const struct cursor *c, uint64_t family,
			     const struct text_part *address, struct endpoint *end)
{
	char text[INET6_ADDRSTRLEN];
	struct in_addr ipv4;
	uint8_t *ipv6;

	if (address->length >= sizeof text)
		return false;
	memcpy(text, address->bytes, address->length);
	text[address->length] = '\0';
	if (family == 1 && inet_pton(AF_INET, text, &ipv4) == 1) {
		add_uint(d, c, FTP_EPRT_IP, address->start, address->length, ntohl(ipv4.s_addr));
		*end = ipv4_end(ntohl(ipv4.s_addr), 0);
		return true;
	}
	ipv6 = arena_alloc(&d->arena, 16);
	if (family != 2 || inet_pton(AF_INET6, text, ipv6) != 1)
		return false;
	add_bytes(d, c, FTP_EPRT_IPV6, address->start, address->length, ipv6, 16);
	*end = (struct endpoint){ .type = ADDRESS_IPV6, .length = 16 };
	memcpy(end->address, ipv6, 16);
	return true;
}

/* |family|address|port|, with any delimiter. */
bool ftp_show_eprt(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end)
{
	struct text_part family, address, port;
	uint64_t af, number;

	if (arg.length) {
		uint8_t delimiter = arg.bytes[0];
		arg = part_from(&arg, 1);
		if (take_until(&arg, delimiter, &family) && take_until(&arg, delimiter, &address) &&
		    take_until(&arg, delimiter, &port) && part_number(&family, 255, &af) &&
		    part_number(&port, 65535, &number)) {
			add_uint(d, c, FTP_EPRT_AF, family.start, family.length, af);
			if (add_eprt_address(d, c, af, &address, end)) {
				end->port = (uint16_t)number;
				add_uint(d, c, FTP_EPRT_PORT, port.start, port.length, number);
				return true;
			}
		}
	}
	note_finding(d, FTP_EPRT_ARGS_INVALID,
		     "EPRT arguments must have the form: |<family>|<addr>|<port>|");
	return false;
}

static void put_own_address(struct dissection *d)
{
	if (d->from.type == ADDRESS_IPV4) {
		put_uint(d, FTP_EPSV_IP, load_be32(d->from.address));
	} else if (d->from.type == ADDRESS_IPV6) {
		uint8_t *address = arena_alloc(&d->arena, 16);
		memcpy(address, d->from.address, 16);
		node_id node = add_bytes(d, NULL, FTP_EPSV_IPV6, 0, 0, address, 16);
		node_flag(d, node, NODE_GENERATED);
	}
}

/* ... (|||port|) */
bool ftp_show_epsv(struct dissection *d, const struct cursor *c, struct text_part arg,
		   struct endpoint *end)
{
	struct text_part port;
	uint64_t number;
	uint32_t open = part_find(&arg, '(');

	if (arg.length - open > 4) {
		arg = part_from(&arg, open + 1);
		uint8_t delimiter = arg.bytes[0];
		bool form = arg.bytes[1] == delimiter && arg.bytes[2] == delimiter;
		arg = part_from(&arg, 3);
		if (form && take_until(&arg, delimiter, &port) &&
		    part_number(&port, 65535, &number)) {
			put_own_address(d);
			*end = d->from;
			end->port = (uint16_t)number;
			add_uint(d, c, FTP_EPSV_PORT, port.start, port.length, number);
			return true;
		}
	}
	note_finding(d, FTP_EPSV_ARGS_INVALID, "EPSV arguments must have the form (|||<port>|)");
	return false;
}
