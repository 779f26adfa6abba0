/* open_error.c - why something is no capture, and what may have been meant. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "capture_format.h"

enum {
	NEARBY_ENTRIES = 10000,         /* of a folder that are looked at */
	NEARBY_CHANGES = 3,             /* letters that may differ from what was meant */
	NAME_ROOM = 256,
};

/* How many letters must be added, removed or changed to make b of a. */
static unsigned distance(const char *a, const char *b)
{
	unsigned row[NAME_ROOM];
	size_t n = strlen(b);

	if (strlen(a) >= NAME_ROOM || n >= NAME_ROOM)
		return NAME_ROOM;
	for (unsigned j = 0; j <= n; j++)
		row[j] = j;
	for (unsigned i = 1; *a; a++, i++) {
		unsigned corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= n; j++) {
			unsigned change = corner + (*a != b[j - 1]);
			unsigned add = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;

			corner = row[j];
			row[j] = change < add ? change : add;
		}
	}
	return row[n];
}

/* Does one name begin with the other up to its last dot?  "x.pcap" and "x.pcapng.gz" do. */
static bool same_stem(const char *a, const char *b)
{
	const char *dot = strchr(a, '.');
	size_t n = dot ? (size_t)(dot - a) : strlen(a);

	return n >= 3 && !strncmp(a, b, n) && (b[n] == '.' || !b[n]);
}

/* The file beside `path` whose name is most like it; "" if none is like it. */
static void find_nearby(const char *path, char found[NAME_ROOM])
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char folder[4096] = ".";
	unsigned best = NEARBY_CHANGES + 1, limit = (unsigned)strlen(name) / 3 + 1;
	struct dirent *entry;

	*found = 0;
	if (slash)
		snprintf(folder, sizeof folder, "%.*s", (int)(slash - path + 1), path);
	DIR *all = opendir(folder);
	for (int i = 0; all && *name && i < NEARBY_ENTRIES && (entry = readdir(all)); i++) {
		unsigned changes = distance(name, entry->d_name);

		if (entry->d_name[0] == '.')
			continue;
		if (same_stem(name, entry->d_name))
			changes = changes < NEARBY_CHANGES ? changes : NEARBY_CHANGES;
		if (changes < best && (changes <= limit || same_stem(name, entry->d_name))) {
			best = changes;
			snprintf(found, NAME_ROOM, "%s", entry->d_name);
		}
	}
	if (all)
		closedir(all);
}

static bool permission_error(struct error *error, const char *path)
{
	struct stat status;
	struct passwd *owner;

	if (stat(path, &status) != 0)
		return error_set(error, "cannot read \"%s\": permission denied.", path);
	owner = getpwuid(status.st_uid);
	if (owner)
		return error_set(error, "cannot read \"%s\": permission denied (owner %s, mode %04o).",
				 path, owner->pw_name, (unsigned)status.st_mode & 07777);
	return error_set(error, "cannot read \"%s\": permission denied (owner %u, mode %04o).", path,
			 (unsigned)status.st_uid, (unsigned)status.st_mode & 07777);
}

bool open_error(struct error *error, const char *path, int cause)
{
	char nearby[NAME_ROOM];

	switch (cause) {
	case ENOENT:
		find_nearby(path, nearby);
		if (*nearby)
			return error_set(error, "cannot open \"%s\": no such file. Nearby: \"%s\".", path,
					 nearby);
		return error_set(error, "cannot open \"%s\": no such file.", path);
	case EACCES:
		return permission_error(error, path);
	case EISDIR:
		return error_set(error, "\"%s\" is a directory. Name a capture in it.", path);
	default:
		return error_set(error, "cannot open \"%s\": %s.", path, strerror(cause));
	}
}

/* Formats that may be met but are not read. */
static const char *foreign_format(const uint8_t *bytes, size_t n)
{
	static const struct { const char *name, *magic; uint8_t length; } known[] = {
		{ "a snoop capture", "snoop\0\0\0", 8 },
		{ "a Network Monitor capture", "GMBU", 4 },
		{ "a Network Monitor capture", "RTSS", 4 },
		{ "a Sniffer capture", "TRSNIFF data", 12 },
		{ "an EtherPeek capture", "\x7fver", 4 },
		{ "a Bluetooth log", "btsnoop\0", 8 },
		{ "an iptrace capture", "iptrace ", 8 },
		{ "a program", "\x7f" "ELF", 4 },
		{ "a PDF document", "%PDF", 4 },
		{ "a PNG image", "\x89PNG", 4 },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (n >= known[i].length && !memcmp(bytes, known[i].magic, known[i].length))
			return known[i].name;
	return NULL;
}

static bool looks_like_text(const uint8_t *bytes, size_t n)
{
	size_t odd = 0;

	for (size_t pos = 0; pos < n;) {
		uint32_t code;
		unsigned length = text_character(bytes + pos, n - pos, &code);

		if (!length && n - pos < 4)
			break;          /* cut by us */
		if (!length || !code)
			return false;
		odd += !text_is_safe(code) && !isspace((int)code);
		pos += length;
	}
	return odd * 4 <= n;
}

bool foreign_error(struct error *error, const char *path, const uint8_t *bytes, size_t n,
		   const char *packed)
{
	char start[64] = "", quoted[100];
	bool missing;
	const char *other = compression_name(bytes, n, &missing);
	const char *in = packed ? packed : "", *space = packed ? " " : "";

	if (other && missing && !packed)
		return error_set(error, "\"%s\" is packed by %s, which this peel cannot unpack: unpack it first.",
				 path, other);
	if (other)
		return error_set(error, "\"%s\" is packed twice (%s in %s): unpack it first.", path, other,
				 packed);
	other = foreign_format(bytes, n);
	if (other)
		return error_set(error, "\"%s\" is %s, not pcap or pcapng%s", path, other,
				 strstr(other, "capture") ? ". Wireshark's editcap can convert it." : ".");
	if (looks_like_text(bytes, n)) {
		text_clean(quoted, sizeof quoted, bytes, n, true);
		return error_set(error, "\"%s\" is %s%stext (\"%s…\"), not a capture.", path, in, space, quoted);
	}
	for (size_t i = 0; i < n && i < 4; i++)
		sprintf(start + 3 * i, " %02x", bytes[i]);
	return error_set(error, "\"%s\" is not a capture file: it starts with%s%s%s%s. "
			 "Known: pcap, pcapng, and these in gzip, zstd, lz4. --raw ethernet shows it as bytes.", path, start,
			 packed ? " (unpacked by " : "", in, packed ? ")" : "");
}
