/* names.c - what addresses and ports are called: one book, filled before there are threads. */
#include "dissect/names.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/user_file.h"

enum { HOSTS_LIMIT = 1 << 20, LINE_ROOM = 1024, PORTS = 1 << 16, VLANS = 1 << 12 };

struct host {
	struct endpoint address; /* port 0 */
	const char *name;
	enum name_origin origin;
};

struct maker { /* who has the addresses that begin with the first `bits` of `prefix` */
	uint64_t prefix;
	const char *name; /* NULL: the slot is free */
	uint8_t bits;
};

/* Wireshark's lists have more than the system's; the first that names something counts. */
static const char *const service_files[] = { "/usr/share/wireshark/services", "/etc/services",
					     NULL };
static const char *const maker_files[] = { "/etc/manuf", "/usr/share/wireshark/wka",
					   "/usr/share/wireshark/manuf", NULL };

static struct {
	unsigned kinds;
	struct arena texts;
	struct host *hosts;
	uint32_t host_count, host_room;
	uint32_t *host_slots; /* host + 1, by hash */
	uint32_t host_mask;
	struct maker *makers; /* by hash */
	uint32_t maker_count, maker_mask;
	uint64_t maker_bits;   /* bit n: there is a prefix of n bits */
	const char **ports[2]; /* TCP's, UDP's */
	const char **vlans;
} book;

static const char *keep(const char *name)
{
	char clean[NAME_ROOM];
	size_t n = text_clean(clean, sizeof clean, (const uint8_t *)name,
			      strnlen(name, NAME_ROOM - 1), true);

	return arena_text(&book.texts, clean, n);
}

/* --- hosts --- */

static uint32_t *find_host(const struct endpoint *address)
{
	struct endpoint key = *address;

	key.port = 0;
	for (uint32_t at = (uint32_t)hash_bytes(&key, sizeof key);; at++) {
		uint32_t *slot = &book.host_slots[at & book.host_mask];
		if (!*slot || !memcmp(&book.hosts[*slot - 1].address, &key, sizeof key))
			return slot;
	}
}

static void grow_hosts(void)
{
	book.host_mask = book.host_mask ? 2 * book.host_mask + 1 : 255;
	free(book.host_slots);
	book.host_slots = must_zeroed(book.host_mask + 1, sizeof *book.host_slots);
	for (uint32_t i = 0; i < book.host_count; i++)
		*find_host(&book.hosts[i].address) = i + 1;
}

void names_add_host(const struct endpoint *address, const char *name, enum name_origin origin)
{
	if (!*name)
		return;
	if (book.host_count >= book.host_mask / 4 * 3)
		grow_hosts();
	uint32_t *slot = find_host(address);
	if (!*slot && book.host_count == HOSTS_LIMIT)
		return;
	if (!*slot) {
		if (book.host_count == book.host_room)
			book.hosts = must_grow(book.hosts, &book.host_room, 64, sizeof *book.hosts);
		book.hosts[book.host_count++] = (struct host){ .address = *address };
		book.hosts[book.host_count - 1].address.port = 0;
		*slot = book.host_count;
	} else if (book.hosts[*slot - 1].origin < NAME_FROM_ANSWER) {
		return;
	}
	struct host *host = &book.hosts[*slot - 1];
	host->name = keep(name);
	host->origin = origin;
}

void names_forget(enum name_origin origin)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < book.host_count; i++)
		if (book.hosts[i].origin != origin)
			book.hosts[kept++] = book.hosts[i];
	if (kept == book.host_count)
		return;
	book.host_count = kept;
	memset(book.host_slots, 0, (book.host_mask + 1) * sizeof *book.host_slots);
	for (uint32_t i = 0; i < kept; i++)
		*find_host(&book.hosts[i].address) = i + 1;
}

unsigned names_host_count(void)
{
	return book.host_count;
}

const char *names_host(unsigned n, struct endpoint *address, enum name_origin *origin)
{
	*address = book.hosts[n].address;
	*origin = book.hosts[n].origin;
	return book.hosts[n].name;
}

static const char *host_name(const struct endpoint *address)
{
	uint32_t slot = book.host_count ? *find_host(address) : 0;

	return slot ? book.hosts[slot - 1].name : NULL;
}

/* --- files --- */

static bool read_lines(const char *path, void (*take)(char *line), struct error *error)
{
	char line[LINE_ROOM];
	FILE *file = fopen(path, "r");

	if (!file)
		return error && error_set(error, "\"%s\": %s", path, strerror(errno));
	while (fgets(line, sizeof line, file)) {
		line[strcspn(line, "#\r\n")] = '\0';
		take(line);
	}
	bool good = !ferror(file);
	fclose(file);
	return good || (error && error_set(error, "\"%s\" cannot be read", path));
}

static void take_host(char *line, enum name_origin origin)
{
	char *rest, *address = strtok_r(line, " \t", &rest);
	char *name = address ? strtok_r(NULL, " \t", &rest) : NULL;
	struct in_addr ipv4;
	struct in6_addr ipv6;

	if (!name)
		return;
	struct endpoint end = { 0 };
	if (inet_pton(AF_INET, address, &ipv4) == 1)
		end = endpoint_ipv4(ntohl(ipv4.s_addr));
	else if (inet_pton(AF_INET6, address, &ipv6) == 1)
		end = endpoint_ipv6(ipv6.s6_addr);
	if (end.type != ADDRESS_NONE)
		names_add_host(&end, name, origin);
}

static void take_system_host(char *line)
{
	take_host(line, NAME_FROM_SYSTEM);
}

static void take_told_host(char *line)
{
	take_host(line, NAME_FROM_FILE);
}

bool names_read_hosts(const char *path, struct error *error)
{
	return read_lines(path, take_told_host, error);
}

/* "http 80/tcp/udp www", or a line for each protocol. */
static void take_service(char *line)
{
	char *rest, *name = strtok_r(line, " \t", &rest);
	char *number = name ? strtok_r(NULL, " \t", &rest) : NULL;
	char *end;

	if (!number)
		return;
	unsigned long first = strtoul(number, &end, 10), last = first;
	if (*end == '-')
		last = strtoul(end + 1, &end, 10);
	if (*end != '/' || first > last || last >= PORTS)
		return;
	const char *kept = keep(name);
	for (unsigned i = 0; i < 2; i++)
		for (unsigned long port = first; port <= last && strstr(end, i ? "udp" : "tcp");
		     port++)
			if (!book.ports[i][port])
				book.ports[i][port] = kept;
}

bool names_read_services(const char *path, struct error *error)
{
	for (unsigned i = 0; i < 2; i++)
		if (!book.ports[i])
			book.ports[i] = must_zeroed(PORTS, sizeof *book.ports[i]);
	return read_lines(path, take_service, error);
}

static struct maker *find_maker(uint64_t prefix, unsigned bits)
{
	for (uint32_t at = (uint32_t)hash_number(prefix << 8 | bits);; at++) {
		struct maker *maker = &book.makers[at & book.maker_mask];
		if (!maker->name || (maker->prefix == prefix && maker->bits == bits))
			return maker;
	}
}

static void grow_makers(void)
{
	struct maker *old = book.makers;
	uint32_t count = old ? book.maker_mask + 1 : 0;

	book.maker_mask = old ? 2 * book.maker_mask + 1 : (1 << 12) - 1;
	book.makers = must_zeroed(book.maker_mask + 1, sizeof *book.makers);
	for (uint32_t i = 0; i < count; i++)
		if (old[i].name)
			*find_maker(old[i].prefix, old[i].bits) = old[i];
	free(old);
}

static uint64_t first_bits(uint64_t address, unsigned bits)
{
	return address & ~((UINT64_C(1) << (48 - bits)) - 1);
}

/* "00-00-5E-00-01/40	NAME", "00:00:0C	NAME	Long name" */
static void take_maker(char *line)
{
	char *rest, *prefix = strtok_r(line, " \t", &rest);
	char *name = prefix ? strtok_r(NULL, " \t", &rest) : NULL;
	unsigned n = 0, bits;
	uint64_t address = 0;

	if (!name)
		return;
	char *at = prefix;
	for (char *end; n < 6; n++, at = end + (*end == ':' || *end == '-')) {
		unsigned long byte = strtoul(at, &end, 16);
		if (end == at || byte > UINT8_MAX)
			break;
		address = address << 8 | byte;
		if (*end == '/' || !*end) {
			n++;
			at = end;
			break;
		}
	}
	bits = *at == '/' ? (unsigned)strtoul(at + 1, NULL, 10) : 8 * n;
	if (!n || !bits || bits > 48)
		return;
	address = first_bits(address << (48 - 8 * n), bits);
	if (book.maker_count >= book.maker_mask / 4 * 3)
		grow_makers();
	struct maker *maker = find_maker(address, bits);
	if (maker->name)
		return;
	*maker = (struct maker){ address, keep(name), (uint8_t)bits };
	book.maker_count++;
	book.maker_bits |= UINT64_C(1) << bits;
}

bool names_read_makers(const char *path, struct error *error)
{
	return read_lines(path, take_maker, error);
}

static void take_vlan(char *line)
{
	char *rest, *end, *number = strtok_r(line, " \t", &rest);
	unsigned long id = number ? strtoul(number, &end, 10) : VLANS;

	if (id >= VLANS || *end)
		return;
	rest += strspn(rest, " \t");
	size_t n = strcspn(rest, "\t");
	while (n && rest[n - 1] == ' ')
		n--;
	rest[n] = '\0';
	if (n && !book.vlans[id])
		book.vlans[id] = keep(rest);
}

bool names_read_vlans(const char *path, struct error *error)
{
	if (!book.vlans)
		book.vlans = must_zeroed(VLANS, sizeof *book.vlans);
	return read_lines(path, take_vlan, error);
}

static void read_users_vlans(void)
{
	char path[USER_PATH_ROOM];

	user_path(USER_CONFIG, "vlans", path);
	names_read_vlans(path, NULL);
}

void names_choose(unsigned kinds)
{
	unsigned news = kinds & ~book.kinds;

	book.kinds = kinds;
	if (news & NAMES_HOST)
		read_lines("/etc/hosts", take_system_host, NULL);
	if (news & NAMES_VLAN)
		read_users_vlans();
	for (unsigned i = 0; news & NAMES_PORT && service_files[i]; i++)
		names_read_services(service_files[i], NULL);
	for (unsigned i = 0; news & NAMES_ETHER && maker_files[i]; i++)
		names_read_makers(maker_files[i], NULL);
}

const char *names_file(enum name_kind kind)
{
	static const char *const host_files[] = { "/etc/hosts", NULL };
	const char *const *files = kind == NAMES_HOST	? host_files
				   : kind == NAMES_PORT ? service_files
							: maker_files;

	while (*files && access(*files, R_OK) != 0)
		files++;
	return *files;
}

unsigned names_chosen(void)
{
	return book.kinds;
}

void names_free(void)
{
	arena_free(&book.texts);
	free(book.hosts);
	free(book.host_slots);
	free(book.makers);
	free(book.ports[0]);
	free(book.ports[1]);
	free(book.vlans);
	memset(&book, 0, sizeof book);
}

/* --- what they are called --- */

/* "VMware_12:34:56": all of what is behind a maker's three bytes; of other prefixes from the first
 * byte on that is not 0. */
static unsigned name_of_maker(const struct maker *maker, uint64_t address, char text[NAME_ROOM])
{
	uint64_t rest = maker->bits == 48 ? 0 : address & ((UINT64_C(1) << (48 - maker->bits)) - 1);
	unsigned bytes = (48u - maker->bits + 7) / 8;
	int n = snprintf(text, NAME_ROOM, "%.*s", NAME_ROOM - 20, maker->name);

	if (maker->bits != 24)
		while (bytes > 1 && !(rest >> (8 * (bytes - 1))))
			bytes--;
	for (unsigned i = 0; i < bytes; i++)
		n += snprintf(text + n, (size_t)(NAME_ROOM - n), "%c%02x", i ? ':' : '_',
			      (unsigned)(rest >> (8 * (bytes - 1 - i)) & 0xff));
	return (unsigned)n;
}

static unsigned name_ether(const uint8_t bytes[6], char text[NAME_ROOM])
{
	uint64_t address = (uint64_t)load_be16(bytes) << 32 | load_be32(bytes + 2);

	if (address == 0xffffffffffff)
		return (unsigned)(stpcpy(text, "Broadcast") - text);
	for (unsigned bits = 48; bits && book.maker_count; bits--) {
		if (!(book.maker_bits >> bits & 1))
			continue;
		const struct maker *maker = find_maker(first_bits(address, bits), bits);
		if (maker->name)
			return name_of_maker(maker, address, text);
	}
	return address_text_ether(bytes, text);
}

static bool is_chosen(const struct endpoint *address)
{
	if (address->type == ADDRESS_ETHER)
		return book.kinds & NAMES_ETHER;
	return book.kinds & NAMES_HOST &&
	       (address->type == ADDRESS_IPV4 || address->type == ADDRESS_IPV6);
}

unsigned name_address(const struct endpoint *address, char text[NAME_ROOM])
{
	if (!is_chosen(address))
		return address_text(address, text);
	if (address->type == ADDRESS_ETHER)
		return name_ether(address->address, text);
	const char *name = host_name(address);
	if (!name)
		return address_text(address, text);
	return (unsigned)(stpcpy(text, name) - text);
}

const char *name_port(uint8_t protocol, uint16_t port)
{
	unsigned i = protocol == IPPROTO_UDP;

	if (!(book.kinds & NAMES_PORT) || !book.ports[i])
		return NULL;
	return i || protocol == IPPROTO_TCP ? book.ports[i][port] : NULL;
}

const char *name_vlan(uint16_t id, char text[NAME_ROOM])
{
	if (!(book.kinds & NAMES_VLAN) || id >= VLANS)
		return NULL;
	if (book.vlans[id])
		return book.vlans[id];
	snprintf(text, NAME_ROOM, "<%u>", id);
	return text;
}

unsigned named_address_text(const struct endpoint *address, char text[NAMED_TEXT_ROOM])
{
	char name[NAME_ROOM], plain[ADDRESS_TEXT_ROOM];

	if (!is_chosen(address))
		return address_text(address, text);
	name_address(address, name);
	address_text(address, plain);
	int n = snprintf(text, NAMED_TEXT_ROOM, "%s (%s)", name, plain);
	return (unsigned)n;
}

unsigned named_ipv4_text(uint32_t address, char text[NAMED_TEXT_ROOM])
{
	struct endpoint end = endpoint_ipv4(address);

	return named_address_text(&end, text);
}

struct endpoint endpoint_ipv4(uint32_t address)
{
	return (struct endpoint){ .type = ADDRESS_IPV4,
				  .length = 4,
				  .address = { (uint8_t)(address >> 24), (uint8_t)(address >> 16),
					       (uint8_t)(address >> 8), (uint8_t)address } };
}

struct endpoint endpoint_ipv6(const uint8_t address[16])
{
	struct endpoint end = { .type = ADDRESS_IPV6, .length = 16 };

	memcpy(end.address, address, 16);
	return end;
}

struct endpoint endpoint_ether(const uint8_t address[6])
{
	struct endpoint end = { .type = ADDRESS_ETHER, .length = 6 };

	memcpy(end.address, address, 6);
	return end;
}
