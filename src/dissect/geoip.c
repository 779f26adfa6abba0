/* geoip.c - places of addresses, by libmaxminddb. */
#include "dissect/geoip.h"

#include <stddef.h>

#ifdef HAVE_MAXMINDDB
#include <arpa/inet.h>
#include <dirent.h>
#include <maxminddb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/user_file.h"

static struct {
	MMDB_s databases[GEOIP_DATABASES];
	unsigned count;
	bool has_paths; /* somebody's maxmind_db_paths named folders */
	void (*complain)(const char *words);
} book;

static void open_database(const char *path)
{
	struct error error;
	int status;

	if (book.count == GEOIP_DATABASES)
		return;
	status = MMDB_open(path, MMDB_MODE_MMAP, &book.databases[book.count]);
	if (status == MMDB_SUCCESS) {
		book.count++;
		return;
	}
	error_set(&error, "\"%s\" is no database of places: %s", path, MMDB_strerror(status));
	book.complain(error.text);
}

static int is_database(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return n > 5 && !strcmp(entry->d_name + n - 5, ".mmdb");
}

static void open_folder(const char *folder)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, is_database, alphasort);

	for (int i = 0; i < count; i++) {
		char path[USER_PATH_ROOM];
		if (snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name) <
		    (int)sizeof path)
			open_database(path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

/* Each line is a folder in quotes. */
static void take_line(void *owner, const char *line)
{
	char folder[USER_LINE_ROOM];
	const char *end = line + strcspn(line, "\r\n");

	(void)owner;
	if (*line != '"')
		return;
	end = memchr(line + 1, '"', (size_t)(end - line - 1));
	if (!end)
		return;
	snprintf(folder, sizeof folder, "%.*s", (int)(end - line - 1), line + 1);
	book.has_paths = true;
	open_folder(folder);
}

static void open_folders(const char *list)
{
	for (const char *at = list;; at++) {
		char folder[USER_PATH_ROOM];
		size_t n = strcspn(at, ":");
		if (n && n < sizeof folder) {
			memcpy(folder, at, n);
			folder[n] = '\0';
			open_folder(folder);
		}
		at += n;
		if (!*at)
			return;
	}
}

void geoip_open(void (*complain)(const char *words))
{
	const char *told = getenv("PEEL_GEOIP");

	book.complain = complain;
	if (told) {
		open_folders(told);
		return;
	}
	user_file_read(USER_CONFIG, "maxmind_db_paths", take_line, NULL);
	if (!book.has_paths)
		user_file_read(USER_OF_WIRESHARK, "maxmind_db_paths", take_line, NULL);
	if (!book.has_paths)
		open_folders("/usr/share/GeoIP:/var/lib/GeoIP");
}

void geoip_close(void)
{
	while (book.count)
		MMDB_close(&book.databases[--book.count]);
	book.has_paths = false;
}

/* What the path leads to, if it is of this type. */
static bool get(MMDB_entry_s *entry, uint32_t type, MMDB_entry_data_s *data,
		const char *const *path)
{
	return MMDB_aget_value(entry, data, path) == MMDB_SUCCESS && data->has_data &&
	       data->type == type;
}

static void get_words(MMDB_entry_s *entry, struct place_words *words, const char *const *path)
{
	MMDB_entry_data_s data;

	if (!words->bytes && get(entry, MMDB_DATA_TYPE_UTF8_STRING, &data, path) && data.data_size)
		*words = (struct place_words){ data.utf8_string, data.data_size };
}

#define PATH(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void add_entry(MMDB_entry_s *entry, struct place *place)
{
	MMDB_entry_data_s data, other;

	get_words(entry, &place->city, PATH("city", "names", "en"));
	get_words(entry, &place->country, PATH("country", "names", "en"));
	get_words(entry, &place->iso, PATH("country", "iso_code"));
	get_words(entry, &place->organization, PATH("autonomous_system_organization"));
	if (!place->has_system &&
	    get(entry, MMDB_DATA_TYPE_UINT32, &data, PATH("autonomous_system_number"))) {
		place->has_system = true;
		place->system = data.uint32;
	}
	if (!place->has_position &&
	    get(entry, MMDB_DATA_TYPE_DOUBLE, &data, PATH("location", "latitude")) &&
	    get(entry, MMDB_DATA_TYPE_DOUBLE, &other, PATH("location", "longitude"))) {
		place->has_position = true;
		place->latitude = data.double_value;
		place->longitude = other.double_value;
	}
}

static socklen_t socket_address(const struct endpoint *address, struct sockaddr_storage *storage)
{
	memset(storage, 0, sizeof *storage);
	if (address->type == ADDRESS_IPV4) {
		struct sockaddr_in ipv4 = { .sin_family = AF_INET };
		memcpy(&ipv4.sin_addr, address->address, 4);
		memcpy(storage, &ipv4, sizeof ipv4);
		return sizeof ipv4;
	}
	struct sockaddr_in6 ipv6 = { .sin6_family = AF_INET6 };
	memcpy(&ipv6.sin6_addr, address->address, 16);
	memcpy(storage, &ipv6, sizeof ipv6);
	return sizeof ipv6;
}

bool geoip_find(const struct endpoint *address, struct place *place)
{
	struct sockaddr_storage storage;
	int error;

	*place = (struct place){ 0 };
	if (!book.count || (address->type != ADDRESS_IPV4 && address->type != ADDRESS_IPV6))
		return false;
	socket_address(address, &storage);
	for (unsigned i = 0; i < book.count; i++) {
		MMDB_lookup_result_s found = MMDB_lookup_sockaddr(
			&book.databases[i], (const struct sockaddr *)&storage, &error);
		if (error == MMDB_SUCCESS && found.found_entry)
			add_entry(&found.entry, place);
	}
	return place->city.bytes || place->country.bytes || place->iso.bytes ||
	       place->organization.bytes || place->has_system || place->has_position;
}

const char *geoip_library_version(void)
{
	return MMDB_lib_version();
}
#else
void geoip_open(void (*complain)(const char *words))
{
	(void)complain;
}

void geoip_close(void)
{
}

bool geoip_find(const struct endpoint *address, struct place *place)
{
	(void)address;
	*place = (struct place){ 0 };
	return false;
}

const char *geoip_library_version(void)
{
	return NULL;
}
#endif
